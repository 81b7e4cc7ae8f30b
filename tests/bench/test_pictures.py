"""How fast pictures are read: pages a second for a screenshot, a photo and a scan.

Run with ``pytest tests/bench --benchmark-only``; the rates stand under ``extra_info``. Nothing
here asserts a time.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.importers.reading import read_file

SAMPLES = Path(__file__).parents[1] / "samples" / "pictures"


@pytest.mark.parametrize(
    ("name", "pages"),
    [("screen.png", 1), ("photo.jpg", 1), ("two_pages.tif", 2), ("portal.pdf", 1)],
)
def test_read_picture(benchmark, name: str, pages: int) -> None:
    data = (SAMPLES / name).read_bytes()
    read_file(name, data)  # loads the models
    found = benchmark.pedantic(read_file, args=(name, data), rounds=3)
    assert found[0].rows
    benchmark.extra_info["pages"] = pages
    benchmark.extra_info["pages per second"] = round(pages / benchmark.stats.stats.mean, 2)
