"""A year in the life of an office of sixty: program and hand-kept books agree to the hour."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop.domain.case_states import CaseState
from desktop.services.auditing import audit_actors, audit_lines, check_audit
from desktop.services.cases import case_counts, case_list
from desktop.services.issuing import form_candidates
from desktop.services.leaving_out import commendable
from desktop.services.ledger_candidates import grant_candidates
from desktop.services.ledger_ground import lost_ground
from desktop.services.ledger_register import issue_register
from desktop.services.ledger_using import record_use
from desktop.services.ledger_views import expiring, ledger_card, ledger_people
from desktop.services.office import open_office
from desktop.services.overview import overview
from desktop.services.summarising import RunFacts, write_summaries
from desktop.services.verifying import evaluate_everybody
from tests.journeys.year_data import EVERYBODY, LEFT_OPEN, PLAN, UNITS, code, unit
from tests.journeys.year_script import LEFT_OUT, Year, whole_year

YEAR_END = date(2025, 12, 31)
LATIN_NAME = re.compile(r"(?:^|[；、] ?)([A-Za-z][a-z_]*) ")
"""What stands before a value in the trail's details, where it is not Chinese."""
ASKED_DAYS = (
    date(2025, 4, 14),
    date(2025, 4, 15),
    date(2025, 5, 7),
    date(2025, 5, 10),
    date(2025, 5, 29),
    date(2025, 6, 30),
    date(2025, 9, 30),
    date(2025, 10, 1),
    YEAR_END,
    date(2027, 2, 17),
    date(2027, 2, 18),
    date(2027, 2, 19),
    date(2027, 3, 8),
    date(2027, 6, 9),
    date(2027, 8, 1),
)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The office at the end of its year; tests of it put the clock where they want it."""
    made = whole_year(tmp_path_factory.mktemp("year"))
    yield made
    made.office.close()


@pytest.fixture(autouse=True)
def year_end(year: Year) -> None:
    """Each test begins on the last day of the year."""
    year.clock.now = datetime(2025, 12, 31, 17)


def test_each_day_that_was_looked_at_agrees_with_the_books(year: Year) -> None:
    assert {
        what: {"program": seen, "books": books}
        for what, (seen, books) in year.seen.items()
        if seen != books
    } == {}


def test_balance_of_everybody_on_any_day_is_the_count_of_their_hours(year: Year) -> None:
    people = [person.employee_id for person in ledger_people(year.office)]
    numbers = [n for n in EVERYBODY if code(n) in people]
    seen = {
        (n, day): ledger_card(year.office, code(n), as_of=day).balance
        for n in numbers
        for day in ASKED_DAYS
    }
    assert len(numbers) == 60
    assert seen == {(n, day): year.books.balance(n, day) for n in numbers for day in ASKED_DAYS}
    assert sum(hours for (_, day), hours in seen.items() if day == YEAR_END) > 300


def test_register_holds_every_hour_granted_here(year: Year) -> None:
    files = issue_register(year.office, PLAN, date(2025, 1, 1), YEAR_END)
    rows = list(csv.DictReader(io.StringIO(files.csv.decode("utf-8-sig"))))
    listed: Counter[tuple[str, str]] = Counter()
    for row in rows:
        listed[row["人員代號"], row["起算日"]] += int(row["時數"])
    wanted = Counter(
        {
            (code(n), first.isoformat()): hours
            for (n, first), hours in year.books.granted_here().items()
        }
    )
    assert listed == wanted
    for content in (files.xlsx, files.ods):
        sheets = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = sheets.get_sheet_by_index(0).to_python()
        assert sum(any(str(cell).startswith("P00") for cell in row) for row in cells) == len(rows)


def workbook(year: Year) -> dict[str, bytes]:
    """The supervisors' workbook of the year end, as xlsx and ODS."""
    basis, verdicts = evaluate_everybody(year.office, PLAN)
    rows = len(year.known.readings)
    facts = RunFacts(YEAR_END, (), (), rows, rows, 0)
    return write_summaries(year.office, basis, verdicts, facts)


def table_of(content: bytes, title: str, first_heading: str) -> list[dict[str, Any]]:
    """The rows of a sheet under the line that begins so, until a blank or the total."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(title)
    rows: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=False)
    at = next(place for place, row in enumerate(rows) if row[0] == first_heading)
    found = []
    for row in rows[at + 1 :]:
        if row[0] in ("", "合計"):
            break
        found.append(dict(zip(rows[at], row, strict=True)))
    return found


@pytest.mark.parametrize("name", ["summary.xlsx", "summary.ods"])
def test_workbook_agrees_with_the_books_and_with_the_ledger(year: Year, name: str) -> None:
    book = workbook(year)[name]
    people = table_of(book, "明細", "人員代號")
    sure = {row["人員代號"]: int(row["補休確定時數"]) for row in people}
    assert sure == {code(n): year.known.hours(n) for n in year.roster}
    units = {row["單位"]: int(row["核給時數"]) for row in table_of(book, "總表", "單位")}
    assert units == {
        each: sum(year.known.hours(n) for n in year.roster if unit(n) == each) for each in UNITS
    }
    listed = {person.employee_id: person.granted for person in ledger_people(year.office)}
    differing = {owner: (hours, listed[owner]) for owner, hours in sure.items()}
    # Who came with hours of another office had room for one set only: 6 brought along, 4 here.
    assert {owner: both for owner, both in differing.items() if both[0] != both[1]} == {
        "P0059": (12, 10)
    }


def test_commendation_list_is_of_everybody_who_finished_but_who_was_left_out(year: Year) -> None:
    found = commendable(year.office, PLAN)
    finished = [code(n) for n in year.roster if year.known.is_commended(n)]
    assert [one.employee_id for one in found] == finished
    assert [one.employee_id for one in found if not one.is_listed] == [code(LEFT_OUT)]
    listed = table_of(workbook(year)["summary.xlsx"], "敘獎", "序號")
    assert len(listed) == len(finished) - 1


def test_cases_closed_at_the_end_are_those_the_ledger_holds(year: Year) -> None:
    closed = {
        view.key
        for view in case_list(year.office, PLAN, CaseState.CLOSED)
        if view.reason != "不適用"
    }
    held = {(code(h.number), h.set_id) for h in year.books.hours if h.state() != "void"}
    here = {code(n) for n in year.roster}
    assert closed == {(owner, set_id) for owner, set_id in held if set_id and owner in here}
    counts = case_counts(year.office, PLAN)
    # Stamped, and no room under the cap.
    assert counts[CaseState.STAMPED] == 2
    waiting = {view.employee_id for view in case_list(year.office, PLAN, CaseState.CORRECTION)}
    assert waiting >= {code(n) for n in LEFT_OPEN}


def test_nothing_is_left_to_print_or_to_enter(year: Year) -> None:
    assert [one.key for one in grant_candidates(year.office, PLAN) if one.is_ready] == []
    assert {one.key for one in grant_candidates(year.office, PLAN) if one.state == "已達上限"} == {
        "P0059/city",
        "P0059/common",
    }
    printable = [one for one in form_candidates(year.office, PLAN) if one.is_printable]
    assert [one.key for one in printable if not one.number] == []


def test_every_grant_stands_on_a_verdict_at_the_end(year: Year) -> None:
    assert lost_ground(year.office, PLAN) == ()


def test_overview_tells_the_same_of_everybody(year: Year) -> None:
    shown = overview(year.office, PLAN)
    assert shown.whole.complete == sum(len(year.known.finished(n)) == 3 for n in year.roster)
    assert shown.whole.begun == sum(len(year.known.finished(n)) in (1, 2) for n in year.roster)
    held = {
        h.number
        for h in year.books.hours
        if h.set_id and h.state() != "void" and h.number in year.roster
    }
    steps = {step.key: step.people for step in shown.steps}
    assert steps["registered"] == len(held)


@pytest.mark.parametrize("day", [date(2027, 1, 20), date(2027, 2, 18), date(2027, 5, 15)])
def test_hours_that_lapse_soon_are_told_and_then_are_gone(year: Year, day: date) -> None:
    year.clock.now = datetime(day.year, day.month, day.day, 9)
    for within in (30, 60, 90):
        told: Counter[tuple[str, date]] = Counter()
        for line in expiring(year.office, within):
            told[line.employee_id, line.expires] += line.hours
        assert told == Counter(
            {(code(n), last): hours for (n, last), hours in year.books.lapsing(day, within).items()}
        )
    soon = overview(year.office, PLAN).expiring
    assert [(one.within_days, one.hours) for one in soon] == [
        (within, year.books.lapsing(day, within).total()) for within in (30, 60, 90)
    ]
    listed = {
        p.employee_id: (p.granted, p.used, p.expired, p.remaining)
        for p in ledger_people(year.office)
    }
    assert listed == {code(n): year.books.figures(n, day) for n in EVERYBODY}


def test_trail_is_whole_and_names_who_did_what(year: Year) -> None:
    assert year.office.store.verify() == ()
    assert check_audit(year.office) == ()
    assert set(audit_actors(year.office)) >= {"林主任", "周雅雯", "陳稽核"}
    reasons = {line.why for line in audit_lines(year.office, text="沖銷補休帳", limit=100)}
    assert reasons == {"核給撤銷，改由另一筆支應", "日曆修正，2 月 8 日補班"}
    by_reader = {line.act for line in audit_lines(year.office, actor="陳稽核", limit=100)}
    assert by_reader == {"登入"}


def test_trail_calls_nothing_by_a_name_of_the_program(year: Year) -> None:
    lines = audit_lines(year.office, limit=100_000)
    told = [words for line in lines for words in (line.before, line.after, line.more)]
    assert len(lines) > 80
    assert {name for words in told for name in LATIN_NAME.findall(words)} == set()


def test_a_use_after_the_year_finds_what_the_books_find(year: Year) -> None:
    """Last, since it adds to the ledger: the year after, out of what lapses first."""
    year.clock.now = datetime(2026, 12, 1, 9)
    record_use(year.office, code(2), date(2026, 12, 1), 3)
    year.books.use(2, date(2026, 12, 1), 3)
    for day in (date(2026, 12, 1), *ASKED_DAYS[-6:]):
        card = ledger_card(year.office, code(2), as_of=day)
        assert card.balance == year.books.balance(2, day)


def test_year_is_kept_over_a_restart(year: Year, tmp_path: Path) -> None:
    """The store alone holds it: a copy opened anew says the same."""
    backup = year.office.store.backup("年終")
    copy = tmp_path / "again.db"
    copy.write_bytes(backup.read_bytes())
    again = open_office(copy, actor="周雅雯", clock=year.clock)
    assert ledger_people(again) == ledger_people(year.office)
    assert case_counts(again, PLAN) == case_counts(year.office, PLAN)
    again.close()
