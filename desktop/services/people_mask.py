"""Blots people out of a text: everybody whom the store knows, wherever their name stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from desktop.domain.masking import masked_personal_data

NAME, CODE, FILE, AGENCY = "〈姓名〉", "〈人員〉", "〈檔案〉", "〈機關〉"
_SHORTEST = 2
"""A word of one letter would blot out half the text."""
_SURE = 4
"""Letters and digits together of which nothing else is likely to be written."""
_FILES = re.compile(
    r"""(?ix) [^\s「」/\\:：,，;；|"'<>]+ \."""
    r"""(pdf|mhtml|html?|xlsx?|ods|csv|png|jpe?g|tiff?|bmp|zip) (?![A-Za-z0-9])"""
)


class PeopleMask:
    """Knows names, codes and other words that must not be told."""

    def __init__(
        self, *, names: Iterable[str], codes: Iterable[str], agencies: Iterable[str] = ()
    ) -> None:
        """Learn what to blot out.

        Args:
            names: Of people, as written anywhere.
            codes: 人員代號, as written anywhere.
            agencies: The office's own name.
        """
        words = dict.fromkeys(agencies, AGENCY)
        words |= {word: NAME for name in names for word in _spellings(name)}
        words |= dict.fromkeys(codes, CODE)
        # By their first two letters, the longest first: a text is read once, whoever many.
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for word in sorted(words, key=len, reverse=True):
            if len(word) >= _SHORTEST:
                self._by_start.setdefault(word[:_SHORTEST], []).append((word, words[word]))

    def masked(self, text: str) -> str:
        """The text without people, files that may be named after them, numbers and mail."""
        return masked_personal_data(_FILES.sub(_file, self._without_known(text)))

    def _without_known(self, text: str) -> str:
        parts: list[str] = []
        at = kept = 0
        while at < len(text):
            found = next(
                (
                    (word, mask)
                    for word, mask in self._by_start.get(text[at : at + _SHORTEST], ())
                    if text.startswith(word, at) and _stands_alone(text, at, word)
                ),
                None,
            )
            if found is None:
                at += 1
                continue
            parts += [text[kept:at], found[1]]
            at += len(found[0])
            kept = at
        parts.append(text[kept:])
        return "".join(parts)


def _stands_alone(text: str, at: int, word: str) -> bool:
    """Whether a word of Latin letters or digits is no piece of a longer one.

    A code of letters and digits is blotted out wherever it stands; ``72`` is a piece of many words.
    """
    if len(word) >= _SURE and not word.isdigit() and not word.isalpha():
        return True
    end = at + len(word)
    before = at > 0 and _is_latin(word[0]) and _is_latin(text[at - 1])
    after = end < len(text) and _is_latin(word[-1]) and _is_latin(text[end])
    return not before and not after


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _spellings(name: str) -> set[str]:
    """A name as written, without spaces, and in its usual forms of the same characters."""
    bare = "".join(name.split())
    return {name, bare, unicodedata.normalize("NFKC", name), unicodedata.normalize("NFKC", bare)}


def _file(found: re.Match[str]) -> str:
    return f"{FILE}.{found[1]}"
