"""Readings of one piece of text at several scales, and what may be relied on in them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desktop.importers.optical.engine import ReadLine
from desktop.importers.optical.lines import essence

SURE = 0.75
"""Certainty of the least certain letter or digit under which a reading is doubtful."""
_QUITE_SURE = 0.9
_MARK_BONUS = 0.2


@dataclass(frozen=True, slots=True)
class Settled:
    """What a piece says.

    Attributes:
        text: The characters.
        certainty: Of its least certain letter or digit.
        agrees: Whether the readings agree.
        least: The certainty of the least certain of the readings that say so.
    """

    text: str
    certainty: float
    agrees: bool
    least: float


def settle(lines: tuple[ReadLine, ...]) -> Settled:
    """What one, two or three readings of a piece come to.

    Two readings that agree settle it. Where they don't, two out of three do if both are quite sure
    and the third was not; otherwise nothing is settled, and the first reading is shown.

    Args:
        lines: The readings; a third only where the first two differ.
    """
    first = lines[0]
    texts = [essence(line.text) for line in lines]
    chosen, agrees = first, len(set(texts)) == 1
    if len(lines) == 3 and not agrees:
        for one, two, other in ((0, 2, 1), (1, 2, 0)):
            if texts[one] == texts[two]:
                chosen = lines[one]
                sure = min(certainty(lines[one]), certainty(lines[two])) >= _QUITE_SURE
                agrees = sure and certainty(lines[other]) < SURE
                break
    alike = [line for line, text in zip(lines, texts, strict=True) if text == essence(chosen.text)]
    return Settled(chosen.text, certainty(chosen), agrees, min(map(certainty, alike)))


def settle_name(lines: tuple[ReadLine, ...], drawn_wider: tuple[ReadLine, ...] = ()) -> Settled:
    """The likeliest reading of a piece of a course's name; the code behind it doesn't count.

    Which course it is the rules say from the whole name: a slip of one character is theirs to
    weigh. But (A) and (B) are courses of their own: the readings have to agree in letters and
    digits. A narrow II may look like an I: where they don't, two readings of the piece drawn wider
    settle it if both are sure of what the likeliest one says and no other was sure of its own.

    Args:
        lines: The readings.
        drawn_wider: Those of the piece drawn wider, where there are any.
    """
    chances = [certainty(line, len(name_of(line.text))) for line in lines]
    best = chances.index(max(chances))
    wanted = marks_of(lines[best].text)
    others = [line for line in lines if marks_of(line.text) != wanted]
    agrees = not others or (
        len(drawn_wider) > 1
        and all(marks_of(line.text) == wanted for line in drawn_wider)
        and all(_certainty_of_marks(line) >= SURE for line in drawn_wider)
        and all(_certainty_of_marks(line) < SURE for line in others)
    )
    return Settled(_ROMAN.sub("II", lines[best].text), chances[best], agrees, chances[best])


_CODE = re.compile(r"\s*[(（]?\s*[A-Z]{2,}[A-Z0-9]*\d{5,}\s*[)）]?\s*$")
# A narrow II is read as one sign, or as that and an I.
_ROMAN = re.compile(r"Ⅱ[IlⅠ]?|[IⅠ][lⅠ]|Ⅰ[I]")
_MARKS = re.compile(r"[^A-Za-z0-9]")


def name_of(text: str) -> str:
    """A line of a course's name without the code at its end."""
    return _CODE.sub("", text)


def chance_of_ones(lines: tuple[ReadLine, ...]) -> float:
    """How sure it is that no 一 in a course's name is a dash: as the most doubting reading says.

    Args:
        lines: The readings of one piece.
    """
    return min(
        (
            chance
            for line in lines
            for letter, chance in zip(line.text, line.certainties, strict=True)
            if letter == "一"
        ),
        default=1.0,
    )


def has_code(text: str) -> bool:
    """Whether a course's code stands behind its name: then the name alone doesn't tell which.

    Args:
        text: Of the cell.
    """
    return _CODE.search(text) is not None


def marks_of(text: str) -> str:
    """The letters and digits of a course's name: what tells (A) from (B)."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", _ROMAN.sub("II", name_of(text))))


def marks_differ(lines: tuple[ReadLine, ...]) -> bool:
    """Whether readings of a course's name disagree in letters or digits.

    Args:
        lines: The readings of one piece.
    """
    return len({marks_of(line.text) for line in lines}) > 1


def _certainty_of_marks(line: ReadLine) -> float:
    """That of the least certain letter or digit of a course's name."""
    length = len(name_of(line.text))
    return min(
        (
            chance
            for letter, chance in zip(line.text[:length], line.certainties[:length], strict=True)
            if marks_of(letter)
        ),
        default=1.0,
    )


def _is_label(letter: str) -> bool:
    """Whether a colon behind it follows a word, as behind 登, and stands in no number."""
    return letter.isalpha() and not letter.isascii()


def certainty(line: ReadLine, length: int | None = None) -> float:
    """That of the least certain letter or digit; 1 where there is none.

    Of the marks only those inside numbers count, and less: a wrong one leaves no date and no
    number behind, yet where it is unclear its neighbours often are.

    Args:
        line: As read.
        length: How many characters of it count; all when None.
    """
    return min(
        (
            chance if letter.isalnum() else min(1.0, chance + _MARK_BONUS)
            for letter, chance, before in zip(
                line.text[:length], line.certainties[:length], " " + line.text, strict=False
            )
            if letter.isalnum() or (letter in ":." and not _is_label(before))
        ),
        default=1.0,
    )
