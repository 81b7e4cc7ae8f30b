"""Checks on the language and region of a course against what a plan does not recognise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.conditions import NotRecognised
from desktop.domain.findings import Finding, ReasonCode, RecognitionFact, Severity
from desktop.domain.text import matching_key
from desktop.rules.checks.context import CheckContext

# A word this short is met by chance inside another one ("CN" in "technical"), a Chinese word of
# one character begins many others.
_LATIN_LETTERS_NEEDED = 4
_CHARACTERS_NEEDED = 2


def check_recognition(
    context: CheckContext, *, languages: NotRecognised | None, regions: NotRecognised | None
) -> Iterator[Finding]:
    """``language_not_recognised`` and ``region_not_recognised``.

    A refused word fails; none at all, or one beside others (英文/中文), is for a person.
    """
    row = context.row
    for code, shown, refused in (
        (ReasonCode.LANGUAGE_NOT_RECOGNISED, row.language, languages),
        (ReasonCode.REGION_NOT_RECOGNISED, row.region, regions),
    ):
        if refused is not None:
            yield from _check_words(context, code, shown or "", refused)


def _check_words(
    context: CheckContext, code: ReasonCode, shown: str, refused: NotRecognised
) -> Iterator[Finding]:
    key = matching_key(shown)
    if not key:
        fact, severity = RecognitionFact(""), Severity.REVIEW
    else:
        word, is_certain = _refused_word(key, refused.words)
        if not word:
            return
        fact = RecognitionFact(shown, word)
        severity = Severity.FAIL if is_certain else Severity.REVIEW
    yield Finding(code, severity, (fact,), refused.clause, (context.row.place,))


def _refused_word(key: str, words: Sequence[str]) -> tuple[str, bool]:
    """The refused word that a folded cell means, and whether it certainly does."""
    held = ""
    for word in words:
        refused = matching_key(word)
        if key == refused:
            return word, True
        if _is_telling(refused) and key.startswith(refused):
            return word, True
        is_latin = refused.isascii()
        if refused in key and (not is_latin or _is_telling(refused)):
            held = held or word
    return held, False


def _is_telling(folded: str) -> bool:
    needed = _LATIN_LETTERS_NEEDED if folded.isascii() else _CHARACTERS_NEEDED
    return len(folded) >= needed
