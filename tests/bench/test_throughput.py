"""How fast the main job goes: pages read, records checked, forms printed, each per second.

Run with ``pytest tests/bench --benchmark-only``; the rates stand under ``extra_info``. Nothing
here asserts a time.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from desktop.cli import main
from desktop.importers.reading import read_file
from desktop.services.checking import load_plan_choice
from desktop.services.importing import read_batch, store_batch
from desktop.services.issuing import form_candidates, issue_forms, preview_forms
from desktop.services.office import Office, open_office
from desktop.services.verifying import evaluate_everybody

_spec = importlib.util.spec_from_file_location(
    "office_of_sixty", Path(__file__).with_name("office_of_sixty.py")
)
assert _spec is not None
assert _spec.loader is not None
sixty = importlib.util.module_from_spec(_spec)
sys.modules["office_of_sixty"] = sixty
_spec.loader.exec_module(sixty)

PLAN = "kaohsiung-114"


def clock() -> datetime:
    return datetime(2025, 9, 1, 9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sixty")
    office = open_office(place / "x.db", actor="量測", clock=clock)
    plan, _ = load_plan_choice(office, PLAN)
    made = sixty.write_office(place / "office", plan, office.fonts)
    office.store.close()
    return made


@pytest.fixture(scope="module")
def office(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path = tmp_path_factory.mktemp("store") / "gongyu.db"
    made = open_office(path, actor="量測", clock=clock)
    with made.store.writing("設定") as writer:
        writer.set_agency((folder / "agency.toml").read_text(encoding="utf-8"))
    store_batch(made, read_batch(made, [folder / "roster.csv", folder / "records"]))
    yield made
    made.store.close()


def rate(benchmark, name: str, count: int) -> None:
    benchmark.extra_info[name] = count
    benchmark.extra_info[f"{name} per second"] = round(count / benchmark.stats.stats.mean, 1)


def test_read_printouts(benchmark, folder: Path) -> None:
    files = [(path.name, path.read_bytes()) for path in sorted((folder / "records").iterdir())]
    pages = sum(len(pypdfium2.PdfDocument(data)) for _, data in files)

    def read() -> int:
        return sum(len(e.rows) for name, data in files for e in read_file(name, data))

    assert benchmark.pedantic(read, rounds=1) == sixty.PEOPLE * 23
    rate(benchmark, "pages", pages)


def test_check_records(benchmark, office: Office) -> None:
    def check() -> int:
        return sum(len(v.records) for v in evaluate_everybody(office, PLAN)[1])

    assert benchmark(check) == sixty.PEOPLE * 23
    rate(benchmark, "records", sixty.PEOPLE * 23)


def test_preview_forms(benchmark, office: Office) -> None:
    keys = [c.key for c in form_candidates(office, PLAN) if c.is_printable]
    shown = benchmark.pedantic(
        lambda: preview_forms(office, PLAN, keys, with_stamp=False), rounds=1, warmup_rounds=1
    )
    assert len(pypdfium2.PdfDocument(shown.pdf)) == len(keys)
    rate(benchmark, "forms", len(keys))


def test_issue_forms(benchmark, office: Office) -> None:
    keys = [c.key for c in form_candidates(office, PLAN) if c.is_printable]
    issued = benchmark.pedantic(lambda: issue_forms(office, PLAN, keys, with_stamp=False), rounds=1)
    assert len(issued.numbers) == len(keys)
    rate(benchmark, "forms", len(keys))


def test_whole_check_run(benchmark, folder: Path, tmp_path: Path) -> None:
    given = [
        "check",
        "--plan",
        PLAN,
        "--roster",
        str(folder / "roster.csv"),
        "--agency",
        str(folder / "agency.toml"),
        "--records",
        str(folder / "records"),
        "--out",
        str(tmp_path / "out"),
        "--forms",
    ]
    assert benchmark.pedantic(lambda: main(given), rounds=1) == 0
    rate(benchmark, "people", sixty.PEOPLE)
