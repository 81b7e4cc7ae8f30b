"""Which pages go to the printer, in which order: ranges, copies, fresh sheets for duplex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from desktop.services.issuing import PreviewedForms

_PART = re.compile(r"(\d+)?(?:(-)(\d+)?)?")
_LOOKALIKES = str.maketrans("０１２３４５６７８９－–—~～，、；;　", "0123456789-----,,,, ")


class PageRangeError(ValueError):
    """The pages asked for cannot be understood; its text is a sentence."""


def parse_pages(words: str, count: int) -> tuple[int, ...]:
    """The pages that ``1-3、5、8-`` names, from 0, each once and in order; all for nothing.

    Args:
        words: As written; full-width signs too.
        count: How many pages there are.

    Raises:
        PageRangeError: When a part is no page or range of these pages.
    """
    plain = words.translate(_LOOKALIKES).replace(" ", "")
    if not plain:
        return tuple(range(count))
    pages: set[int] = set()
    for part in plain.split(","):
        found = _PART.fullmatch(part)
        if found is None or not (found[1] or found[3]):
            raise PageRangeError(f"「{words}」看不懂，請寫成 1-3、5 這樣的頁碼。")
        first = int(found[1]) if found[1] else 1
        last = int(found[3]) if found[3] else (count if found[2] else first)
        if not 1 <= first <= last <= count:
            raise PageRangeError(f"沒有第 {part} 頁，這次共 {count} 頁，請改頁碼。")
        pages.update(range(first - 1, last))
    return tuple(sorted(pages))


def print_run(
    documents: Sequence[int],
    *,
    pages: Sequence[int] | None = None,
    copies: int = 1,
    is_duplex: bool = False,
    is_collated: bool = True,
) -> tuple[int | None, ...]:
    """The pages to send, from 0, in order; None for a blank side.

    On both sides, every document and every copy begins on a fresh sheet: nobody's form stands on
    the back of somebody else's.

    Args:
        documents: How many pages each document has.
        pages: Which of all pages; every one when None.
        copies: How often.
        is_duplex: Whether both sides of a sheet are printed.
        is_collated: 1 2 1 2 rather than 1 1 2 2; 1 1 2 2 on both sides keeps a document's sheets
            together as well.
    """
    ends = [0]
    for count in documents:
        ends.append(ends[-1] + count)
    wanted = set(range(ends[-1])) if pages is None else set(pages)
    parts: list[tuple[int | None, ...]] = []
    for first, end in pairwise(ends):
        part: tuple[int | None, ...] = tuple(n for n in range(first, end) if n in wanted)
        if is_duplex and len(part) % 2:
            part = (*part, None)
        parts.append(part)
    if is_collated:
        whole = tuple(page for part in parts for page in part)
        return whole * copies
    if is_duplex:
        return tuple(page for part in parts for page in part * copies)
    return tuple(page for part in parts for page in part for _ in range(copies))


def pages_fault(words: str, count: int) -> str:
    """What is wrong with pages as written, in a sentence; empty when nothing is.

    Args:
        words: As written.
        count: How many pages there are; 0 when nobody knows yet.
    """
    try:
        parse_pages(words, count or 999_999)
    except PageRangeError as error:
        return str(error)
    return ""


def chosen_pages(words: str, previewed: PreviewedForms) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The papers that have a page among those asked for, and which pages of these to print.

    Args:
        words: Pages as written, counted over everything previewed.
        previewed: Everything, as it would print.

    Returns:
        The keys of the papers, and the pages from 0 counted over these papers alone.

    Raises:
        PageRangeError: When the words name no pages.
    """
    wanted = set(parse_pages(words, len(previewed.keys)))
    keys = tuple(dict.fromkeys(previewed.keys[page] for page in sorted(wanted)))
    kept = [page for page, key in enumerate(previewed.keys) if key in set(keys)]
    return keys, tuple(place for place, page in enumerate(kept) if page in wanted)
