"""Identity numbers with their last four digits masked."""

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
