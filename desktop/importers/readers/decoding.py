"""Bytes to text: UTF-8 and Big5 in the order that cannot mistake one for the other.

Strict UTF-8 failing is a sure sign of another encoding; cp950 comes before Big5-HKSCS, which alone
knows 堃 喆 峯 犇. Bytes that decode into what nobody writes are refused, not shown as garbage.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,30})", re.I)
_BIG5_NAMES = frozenset({"big5", "big5-hkscs", "big5hkscs", "cp950", "ms950", "x-x-big5", "950"})
_SAMPLE = 200_000
# More than one in so many characters that nobody writes: no text of this encoding.
_PLAUSIBLE_ODD_SHARE = 200


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, with remarks on how it was decoded."""

    text: str
    remarks: tuple[str, ...] = ()


def decode(name: str, data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of ``data``.

    Args:
        name: The file's name, for the sentence.
        data: The bytes of a text file.
        declared: The encoding that the file or its envelope names, if any.

    Raises:
        ReadingError: When no known encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data, encoding)
            if text is None or not is_plausible(text):
                raise unreadable(name)
            return Decoded(text)
    encodings = ["utf-8", "cp950", "big5hkscs"]
    if declared and declared.lower() not in (*encodings, *_BIG5_NAMES, "utf8"):
        encodings.append(declared)
    for encoding in encodings:
        text = _strictly(data, encoding)
        if text is None or not is_plausible(text):
            continue
        if encoding == "big5hkscs":
            return Decoded(text, ("檔案是 Big5（含香港增補字），請核對罕用字是否正確。",))
        if encoding == "cp950" and any(unicodedata.category(letter) == "Co" for letter in text):
            return Decoded(text, ("檔案含有 Big5 造字，各機關的造字不同，請核對姓名與課程名稱。",))
        return Decoded(text)
    raise unreadable(name)


def decode_html(name: str, data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of a page, its own ``meta charset`` being a hint only."""
    found = _CHARSET.search(data[:4_096])
    return decode(name, data, declared=found[1].decode("ascii") if found else declared)


def is_plausible(text: str) -> bool:
    """Whether a text looks written: few unassigned, private or control characters."""
    sample = text[:_SAMPLE]
    odd = sum(1 for letter in sample if _is_odd(letter))
    return odd * _PLAUSIBLE_ODD_SHARE <= len(sample) or (odd <= 3 and odd * 4 <= len(sample))


def _is_odd(letter: str) -> bool:
    if letter in "\t\n\r\f\x1a" or " " <= letter <= "~":
        return False
    category = unicodedata.category(letter)
    return (
        category in ("Cn", "Cc", "Cs")
        or letter == "\ufffd"
        or (
            # Private use stands for 造字: a few are normal, the share decides.
            category == "Co"
        )
    )


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def unreadable(name: str) -> ReadingError:
    """The error for text in no known encoding."""
    return ReadingError(
        RefusalReason.UNREADABLE,
        f"「{name}」的文字編碼無法辨識（不是 UTF-8 也不是 Big5），沒有匯入任何資料，"
        "請另存為 UTF-8 或 xlsx 再匯入。",
    )
