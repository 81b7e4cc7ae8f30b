"""Reads a batch back page by page: nothing outside its box, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdfium2

from tests.unit.forms.conftest import ReadPage, read_page
from tests.unit.forms.test_boxes import body_bottom, crossings, strays


def pages_of(source: bytes | Path) -> Iterator[ReadPage]:
    """The pages of a file, one at a time."""
    document = pypdfium2.PdfDocument(source)
    for index in range(len(document)):
        page = document[index]
        yield read_page(page)
        page.close()


def faults(
    source: bytes | Path, *, bottom: float, texts_of: Callable[[int], Sequence[str]]
) -> list[str]:
    """What is wrong with the pages of a batch, in words; empty when all is well.

    Args:
        source: The PDF.
        bottom: Millimetres below which nothing of the body may stand.
        texts_of: What page ``index`` must have, word for word, spaces aside.
    """
    found: list[str] = []
    for index, page in enumerate(pages_of(source)):
        found += [f"page {index}: {glyph.text} crosses {at}" for glyph, at in crossings(page)]
        found += [f"page {index}: {glyph} outside the margins" for glyph in strays(page)]
        if body_bottom(page) > bottom:
            found.append(f"page {index}: too low")
        for text in texts_of(index):
            if "".join(text.split()) not in page.words:
                found.append(f"page {index}: lost {text}")
    return found
