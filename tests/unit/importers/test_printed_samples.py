"""Printed samples against what they truly say: fonts, cut rows, narrow columns, no rules."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.evidence import EvidenceKind, Extraction, LearningRow
from desktop.domain.text import same_but_for_page_breaks
from desktop.importers.reading import read_file

SAMPLES = Path(__file__).parents[2] / "samples" / "evidence"
EPLUS = sorted(path.name for path in SAMPLES.glob("eplus_*.pdf"))


def read(name: str, *, file_name: str = "learn_record_01.pdf") -> Extraction:
    (extraction,) = read_file(file_name, (SAMPLES / name).read_bytes())
    return extraction


def truth(name: str) -> list[dict[str, str | None]]:
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def seconds(clock: str) -> timedelta:
    hours, minutes, rest = clock.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=int(rest))


@pytest.mark.parametrize("name", EPLUS)
def test_printed_record_every_field_of_every_row_is_read(name: str) -> None:
    extraction = read(name)
    assert extraction.kind is EvidenceKind.EPLUS_RECORD
    assert extraction.refusals == ()
    wanted = truth(name)
    assert len(extraction.rows) == len(wanted)
    for row, want in zip(extraction.rows, wanted, strict=True):
        assert isinstance(row, LearningRow)
        assert same_but_for_page_breaks(row.course_name, str(want["course"])), row.course_name
        assert row.course_code == want["code"]
        assert (row.start and row.start.isoformat()) == want["start"]
        assert (row.end and row.end.isoformat()) == want["end"]
        assert row.reading_time == seconds(str(want["reading"]))
        assert row.pass_status == want["state"]
        assert row.certified_hours == Decimal(str(want["hours"]))
        assert row.person_name == want["person"]
        assert row.employee_id is None


def test_portal_print_day_of_registration_is_the_completion_and_no_time_is_made_up() -> None:
    extraction = read("portal_hours.pdf")
    assert extraction.kind is EvidenceKind.PORTAL_HOURS
    wanted = truth("portal_hours.pdf")
    assert len(extraction.rows) == len(wanted)
    for row, want in zip(extraction.rows, wanted, strict=True):
        assert same_but_for_page_breaks(row.course_name, str(want["course"])), row.course_name
        assert row.completed_on.isoformat() == want["completed"]
        assert str(row.certified_hours) == want["hours"]
        assert row.person_name == want["person"]
    assert all(row.start is None and row.end is None for row in extraction.rows)
    assert all(row.pass_status is None for row in extraction.rows)


def test_row_cut_by_a_page_break_both_rectangles_are_kept() -> None:
    rows = read("eplus_repeated_headings.pdf").rows
    cut = [row for row in rows if len(row.place.boxes) == 2]
    assert cut, "the sample is printed so that a page break cuts a row"
    for row in cut:
        (first, above), (second, below) = row.place.boxes
        assert second == first + 1 == row.place.page + 1
        assert above.top > below.top


def test_rows_of_a_print_are_counted_on_their_page() -> None:
    rows = read("eplus_repeated_headings.pdf", file_name="A0012_王小明.pdf").rows
    assert rows[0].place.reference == "A0012_王小明.pdf#p1r1"
    by_page: dict[int, list[int]] = {}
    for row in rows:
        by_page.setdefault(row.place.page, []).append(row.place.row)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_page.values())
    assert len(by_page) > 1


def test_page_and_file_name_agree_the_number_comes_from_the_file_name() -> None:
    rows = read("eplus_repeated_headings.pdf", file_name="A0012_王小明.pdf").rows
    assert {(row.employee_id, row.person_name) for row in rows} == {("A0012", "王小明")}


def test_page_and_file_name_disagree_the_page_wins_and_it_is_remarked() -> None:
    extraction = read("eplus_repeated_headings.pdf", file_name="A0099_李大華.pdf")
    assert {(row.employee_id, row.person_name) for row in extraction.rows} == {(None, "王小明")}
    assert any("王小明" in remark and "李大華" in remark for remark in extraction.remarks)


def test_page_names_nobody_the_file_name_says_whose_it_is() -> None:
    rows = read("eplus_narrow_columns.pdf", file_name="王小明 學習紀錄.pdf").rows
    assert {(row.employee_id, row.person_name) for row in rows} == {(None, "王小明")}
