"""Three thousand application forms: printed to a file, read back page by page.

Run with ``pytest tests/bench/test_paper_batch.py --benchmark-only``; forms per second, bytes per
form and memory stand under ``extra_info``. Nothing here asserts a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.forms import many_people
from tests.unit.forms.reading_back import faults
from tests.unit.forms.test_boxes import BOTTOM

PEOPLE = 3000
GROWTH = 120.0
"""Megabytes that the batch may take beside what fifty forms take: the large faces of rare names
load later, the pages themselves are 15 MB."""
SCRIPT = Path(__file__).with_name("paper_batch.py")


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("batch") / "forms.pdf"


def test_batch_is_printed_to_a_file_in_the_memory_of_a_few_forms(benchmark, batch) -> None:
    def run() -> dict[str, float]:
        done = subprocess.run(
            [sys.executable, str(SCRIPT), str(PEOPLE), str(batch)],
            capture_output=True,
            check=True,
            text=True,
        )
        return json.loads(done.stdout)

    figures = benchmark.pedantic(run, rounds=1, iterations=1)
    benchmark.extra_info.update(figures)
    assert figures["pages"] == PEOPLE
    assert figures["peak, MB"] - figures["peak after 50 forms, MB"] < GROWTH


def test_batch_read_back_has_everybody_and_nothing_outside_its_box(benchmark, batch) -> None:
    if not batch.exists():
        subprocess.run([sys.executable, str(SCRIPT), str(PEOPLE), str(batch)], check=True)

    def texts_of(index: int) -> list[str]:
        content = many_people.application(index, ())
        number = content.issue.number or ""
        return [content.unit, content.name, number, *(c.name for c in content.courses)]

    found = benchmark.pedantic(
        lambda: faults(batch, bottom=BOTTOM, texts_of=texts_of), rounds=1, iterations=1
    )
    assert found == []
