"""Personal data in texts: identity numbers masked in part, and what a log may not hold."""

from __future__ import annotations

import re

MASK = "＊＊＊＊"
_IDENTITY_NUMBER = re.compile(r"(?<![A-Za-z0-9])([A-Z][1289A-D]\d{4})\d{4}(?!\d)")


def masked_identity_numbers(text: str) -> str:
    """The text with the last four digits of each identity number masked.

    National identification numbers (a letter, 1 or 2, eight digits) and residents' numbers, old
    (two letters) and new (8 or 9).
    """
    return _IDENTITY_NUMBER.sub(rf"\1{MASK}", text)


_NAME = "[\u4e00-\u9fff\u3400-\u4dbf]{2,4}"
_NAMES = re.compile(
    rf"(?<=「){_NAME}(?=」)"  # quoted in a sentence
    rf"|{_NAME}(?=[_ ]?[A-Z]{{1,2}}\d{{3,6}}(?!\d))"  # before an identifier
    rf"|(?<=\d_){_NAME}|(?<=\d ){_NAME}(?=\.)"  # after one
    rf"|{_NAME}(?=[_ ]學習紀錄)"  # of a printout's file
)
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![A-Za-z0-9])[A-Z][1289A-D]\d{8}(?!\d)"), "身分證"),
    (re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{3,6}(?![A-Za-z0-9])"), "人員"),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "信箱"),
    (re.compile(r"(?<!\d)09\d{2}-?\d{3}-?\d{3}(?!\d)"), "電話"),
)


def masked_personal_data(words: str) -> str:
    """A text without the personal data that can be told by its look.

    Args:
        words: A line of a log, a sentence; who stands on the roster is not known here.
    """
    words = _NAMES.sub("姓名", words)
    for pattern, word in _MASKS:
        words = pattern.sub(f"〈{word}〉", words)
    return words
