"""Folding of written text for comparison. What is stored and printed is never folded.

A browser's PDF may carry Kangxi radicals for common characters, a platform may write 台 where the
plan writes 臺, and every source has its own dashes and widths. Keys built here make such spellings
meet; NFKC alone leaves the CJK Radicals Supplement (U+2E80-2EF3) as it is, hence a table.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop.domain.variants import VARIANTS

# Radical, then the character it stands for, in traditional form (after Unicode's
# EquivalentUnifiedIdeograph; simplified shapes are led on to the traditional ones).
_RADICALS = (
    "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅人 ⺆冂 ⺇几 ⺈刀 ⺉刀 ⺊卜 ⺋卩 ⺌小 ⺍小 ⺎兀 ⺏尢 ⺐尢 ⺑尢 "
    "⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖心 ⺗心 ⺘手 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歹 ⺟母 ⺠民 ⺡水 ⺢水 ⺣火 "
    "⺤爪 ⺥爪 ⺦爿 ⺧牛 ⺨犬 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭示 ⺮竹 ⺯糸 ⺰糸 ⺱网 ⺲网 ⺳网 ⺴网 "
    "⺵网 ⺶羊 ⺷羊 ⺸羊 ⺹老 ⺺聿 ⺻聿 ⺼肉 ⺽臼 ⺾艸 ⺿艸 ⻀艸 ⻁虎 ⻂衣 ⻃西 ⻄西 ⻅見 "
    "⻆角 ⻇角 ⻈言 ⻉貝 ⻊足 ⻋車 ⻌辵 ⻍辵 ⻎辵 ⻏邑 ⻐金 ⻑長 ⻒長 ⻓長 ⻔門 ⻕阜 ⻖阜 "
    "⻗雨 ⻘青 ⻙韋 ⻚頁 ⻛風 ⻜飛 ⻝食 ⻞食 ⻟食 ⻠食 ⻡首 ⻢馬 ⻣骨 ⻤鬼 ⻥魚 ⻦鳥 ⻧鹵 "
    "⻨麥 ⻩黃 ⻪黽 ⻫齊 ⻬齊 ⻭齒 ⻮齒 ⻯龍 ⻰龍 ⻱龜 ⻲龜 ⻳龜"
)

_RADICAL_FOLDS = {ord(pair[0]): pair[1] for pair in _RADICALS.split()}
_FOLDS = {
    **{code: VARIANTS.get(ord(letter), letter) for code, letter in _RADICAL_FOLDS.items()},
    **VARIANTS,
}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Symbols that carry meaning in a course name (C++ and C are two courses) stay in the key.
_DASH_LIKE_SYMBOLS = frozenset("−~～─━│|^`´¨")
_BREAK = re.compile(r"[ \t\u3000\u00a0]*\n[ \t\u3000\u00a0\n]*")


@lru_cache(maxsize=16_384)
def matching_key(text: str) -> str:
    """The text folded for comparison: width, radicals, variants, case, spaces and punctuation.

    Two names with equal keys are the same name written differently (rules.md section 3,
    ``name_approximate``). Dashes of every length, underscores and all spaces are dropped.

    Args:
        text: Any text as read.
    """
    # What is dropped or lowered may let neighbours compose: until nothing changes any more.
    while (key := _folded_once(text)) != text:
        text = key
    return key


def _folded_once(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDS)
    return "".join(letter for letter in folded if not _is_dropped(letter)).casefold()


def _is_dropped(letter: str) -> bool:
    category = unicodedata.category(letter)
    return (category[0] in "PZC" and category != "Co") or letter in _DASH_LIKE_SYMBOLS


def person_key(name: str) -> str:
    """A person's name folded for looking it up; look for the very spelling first.

    Args:
        name: A name as written, perhaps with spaces between its characters.
    """
    return matching_key(name)


def is_variant_spelling(one: str, other: str) -> bool:
    """Whether two spellings of one key differ in more than width, spaces and radicals.

    Args:
        one: A name as read.
        other: The name that its key found.
    """
    return _without_variants(one) != _without_variants(other)


def _without_variants(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_RADICAL_FOLDS)
    return "".join(letter for letter in folded if not _is_dropped(letter)).casefold()


def same_but_for_page_breaks(read: str, name: str) -> bool:
    r"""Whether ``read`` is ``name`` but for the line breaks that a page or cell put in.

    Args:
        read: What was read; each ``\\n`` stands for nothing or for one space.
        name: The name to compare with, without breaks.
    """
    pieces = [piece.strip(" \u3000\u00a0") for piece in _BREAK.split(read)]
    pattern = " ?".join(re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, name.strip()) is not None


def has_private_use(text: str) -> bool:
    """Whether the text holds a private-use character (造字), read differently by each system."""
    return any(unicodedata.category(letter) == "Co" for letter in text)


def normalise_digits(text: str) -> str:
    """The text with full-width digits, letters, colons, slashes and spaces as ASCII."""
    return text.translate(_FULL_WIDTH)
