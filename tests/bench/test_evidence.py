"""How fast each kind of evidence is read: pages a second.

Run with ``pytest tests/bench --benchmark-only``; the rates stand under ``extra_info``. A sheet or web
page counts as one page. Nothing here asserts a time.

On two cores shared with five others (2026-11): a text PDF 22 pages a second, a web page 54, a sheet 78;
a picture at 1x 0.10, at 1.5x 0.09, a scanned page 0.12. On a machine of its own a picture takes 3 to 6 seconds.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desktop.importers.readers.images import picture_pages
from desktop.importers.reading import read_file

SAMPLES = Path(__file__).parents[1] / "samples"
RECORDS = SAMPLES / "kaohsiung-114" / "input" / "records"
PICTURES = SAMPLES / "pictures"
TEXTS = {
    "text PDF": RECORDS / "A0002_陳堃霖.pdf",
    "HTML": RECORDS / "A0011_林羽達.html",
    "sheet": RECORDS / "A0012_林羽達.xlsx",
}
SHOWN = {
    "picture at 1x": PICTURES / "screen.png",
    "photo": PICTURES / "photo.jpg",
    "TIFF of two pages": PICTURES / "two_pages.tif",
    "scanned page": PICTURES / "portal.pdf",
}


def pages_of(data: bytes) -> int:
    """How many pages a file has, 1 for what has none."""
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        try:
            return len(document)
        finally:
            document.close()
    return max(picture_pages(data), 1)


def measure(benchmark, name: str, data: bytes, *, rounds: int) -> None:
    read_file(name, data)  # loads what is loaded once: models, fonts
    found = benchmark.pedantic(read_file, args=(name, data), rounds=rounds)
    assert found[0].rows
    pages = pages_of(data)
    benchmark.extra_info["pages"] = pages
    benchmark.extra_info["rows"] = len(found[0].rows)
    benchmark.extra_info["pages per second"] = round(pages / benchmark.stats.stats.mean, 2)


@pytest.mark.parametrize("kind", TEXTS)
def test_read_text(benchmark, kind: str) -> None:
    path = TEXTS[kind]
    measure(benchmark, path.name, path.read_bytes(), rounds=5)


@pytest.mark.parametrize("kind", SHOWN)
def test_read_picture(benchmark, kind: str) -> None:
    path = SHOWN[kind]
    measure(benchmark, path.name, path.read_bytes(), rounds=3)


def test_read_picture_at_one_and_a_half(benchmark) -> None:
    picture = Image.open(PICTURES / "screen.png").convert("RGB")
    size = (round(picture.width * 1.5), round(picture.height * 1.5))
    buffer = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(buffer, format="PNG")
    measure(benchmark, "screen15.png", buffer.getvalue(), rounds=3)
