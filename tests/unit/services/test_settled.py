"""Whether all is kept: nothing changed since, or anything at all did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.attendance import AttendanceEntry, AttendanceKind, Punch, Receipt, Shift
from desktop.domain.calendar import CalendarYear
from desktop.domain.moments import Span
from desktop.domain.plan import UnitAward
from desktop.domain.successions import SuccessionAnswer
from desktop.domain.verdicts import DecisionKind
from desktop.services import settled as module
from desktop.services.case_following import follow_cases, keep_stale, keep_verdicts
from desktop.services.deciding import decide
from desktop.services.importing import take_back
from desktop.services.imports import imports
from desktop.services.issuing import issue_forms
from desktop.services.office import Office, open_office
from desktop.services.settled import is_settled, settled_mark
from desktop.services.stale_verdicts import stale
from desktop.services.undoing import undo
from desktop.services.verifying import case
from desktop.store import Writer

PLAN = "kaohsiung-114"
WHO = "A0011"
NIGHT = Span(datetime(2025, 3, 15, 18), datetime(2025, 3, 15, 21))


@pytest.fixture
def mark(sample: Office) -> str:
    """Of the sample with everything kept."""
    keep_verdicts(sample, PLAN)
    return settled_mark(sample, PLAN)


def record_key(sample: Office) -> str:
    return next(r.key for r in case(sample, PLAN, "A0004").verdict.records if r.verdict == "fail")


def test_nothing_is_settled_before_anything_was_kept(sample: Office) -> None:
    assert settled_mark(sample, PLAN) == ""
    assert not is_settled(sample, PLAN, "")


def test_first_keeping_settles_and_a_second_one_finds_nothing_more(
    sample: Office, mark: str
) -> None:
    assert mark
    assert is_settled(sample, PLAN, mark)
    assert stale(sample, PLAN) == ()
    assert not keep_verdicts(sample, PLAN).changed_anything
    assert settled_mark(sample, PLAN) == mark


def test_mark_holds_when_the_store_is_opened_again(sample: Office, mark: str) -> None:
    path = sample.store.path
    sample.store.close()
    again = open_office(path, actor="林承辦", clock=lambda: datetime(2025, 12, 24, 8))
    assert is_settled(again, PLAN, mark)
    assert settled_mark(again, PLAN) == ""
    again.store.close()


def test_other_plan_is_another_matter(sample: Office, mark: str) -> None:
    assert not is_settled(sample, "kaohsiung-103", mark)


WRITES: dict[str, Callable[[Writer], Any]] = {
    "roster": lambda w: w.replace_roster(
        [replace(p, unit="秘書室") if p.employee_id == WHO else p for p in w.people()], None
    ),
    "attendance": lambda w: w.add_attendance(
        [AttendanceEntry(WHO, AttendanceKind.OVERTIME, "加班", NIGHT)], None
    ),
    "shift": lambda w: w.add_shifts([Shift(WHO, date(2025, 3, 15), NIGHT)], None),
    "punch": lambda w: w.add_punches(
        [Punch(WHO, date(2025, 3, 15), datetime(2025, 3, 15, 8), None)], None
    ),
    "receipt": lambda w: w.add_receipts([Receipt(WHO, PLAN, date(2025, 11, 20))], None),
    "calendar": lambda w: w.add_calendar_year(
        CalendarYear(year=2031, days_off=frozenset(), names={}, version="x"), None
    ),
    "agency": lambda w: w.set_agency(str(w.agency_text()[0]) + "\n# 更動\n"),
    "plan": lambda w: w.add_plan("other", "1", "id = 'other'"),
    "plan withdrawn": lambda w: w.withdraw_plan(PLAN),
    "a pair of readings": lambda w: w.add_succession(
        WHO, older_key="a", newer_key="b", answer=SuccessionAnswer.REPLACES, reason="補正"
    ),
    "left out": lambda w: w.leave_out(
        PLAN, WHO, matter="commendation", reason="另案", fingerprint="f"
    ),
    "setting": lambda w: w.set_office_setting("list order", {"x": 1}),
}


@pytest.mark.parametrize("what", WRITES)
def test_whatever_is_written_unsettles(sample: Office, mark: str, what: str) -> None:
    with sample.store.writing("更動") as writer:
        WRITES[what](writer)
    assert not is_settled(sample, PLAN, mark)


ACTS: dict[str, Callable[[Office], Any]] = {
    "decision": lambda office: decide(
        office, PLAN, [record_key(office)], kind=DecisionKind.REFUSE, reason="與加班重疊"
    ),
    "print": lambda office: issue_forms(office, PLAN, [f"{WHO}/policy"], with_stamp=False),
    "import taken back": lambda office: take_back(office, imports(office)[0].id),
}


@pytest.mark.parametrize("what", ACTS)
def test_whatever_is_done_unsettles_until_it_is_kept(sample: Office, mark: str, what: str) -> None:
    ACTS[what](sample)
    assert not is_settled(sample, PLAN, mark)
    keep_stale(sample, PLAN)
    kept = settled_mark(sample, PLAN)
    assert is_settled(sample, PLAN, kept)
    assert not is_settled(sample, PLAN, mark)


def test_what_is_undone_unsettles_though_all_is_as_it_was(sample: Office, mark: str) -> None:
    ACTS["decision"](sample)
    undo(sample)
    assert not is_settled(sample, PLAN, mark)


def test_what_waits_for_the_clerk_is_never_settled(sample: Office, mark: str) -> None:
    with sample.store.reading() as reader:
        year = next(y for y in sample.calendar(reader)[0].years.values() if y.year == 2025)
    moved = replace(year, days_off=year.days_off - {date(2025, 3, 15)}, version="revised")
    with sample.store.writing("行事曆") as writer:
        writer.add_calendar_year(moved, None)
    keep_verdicts(sample, PLAN)
    assert settled_mark(sample, PLAN) == ""
    waiting = stale(sample, PLAN)
    assert waiting
    keep_verdicts(sample, PLAN)
    assert settled_mark(sample, PLAN) == ""
    assert stale(sample, PLAN) == waiting
    keep_stale(sample, PLAN)
    assert is_settled(sample, PLAN, settled_mark(sample, PLAN))
    assert stale(sample, PLAN) == ()


def test_what_somebody_else_writes_meanwhile_is_not_taken_for_seen(
    sample: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_verdicts(sample, PLAN)
    found = module.head_of

    def wrote(office: Office) -> Any:
        head = found(office)
        with office.store.writing("別人") as writer:
            WRITES["attendance"](writer)
        return head

    monkeypatch.setattr("desktop.services.case_following.head_of", wrote)
    keep_verdicts(sample, PLAN)
    assert settled_mark(sample, PLAN) == ""


@pytest.mark.parametrize(("has_day", "is_same"), [(True, True), (False, False)])
def test_new_day_counts_where_heads_are_counted_on_the_day(
    sample: Office, monkeypatch: pytest.MonkeyPatch, has_day: bool, is_same: bool
) -> None:
    with sample.store.reading() as reader:
        plan = sample.plan(reader, PLAN)
    award = _award(date(2025, 12, 31) if has_day else None)
    counted = replace(plan, unit_awards=(award,))
    monkeypatch.setattr(type(sample), "plan", lambda *_: counted)
    before = module.mark_of(sample, PLAN)
    sample.clock.now += timedelta(days=1)  # type: ignore[attr-defined]
    assert (module.mark_of(sample, PLAN) == before) is is_same


def _award(day: date | None) -> UnitAward:
    made = object.__new__(UnitAward)
    object.__setattr__(made, "headcount_on", day)
    return made


def test_new_version_of_the_program_looks_again(
    sample: Office, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "__version__", "99")
    assert not is_settled(sample, PLAN, mark)


def test_following_alone_moves_the_trail_and_so_unsettles(sample: Office) -> None:
    assert follow_cases(sample, PLAN).changed_anything
    assert settled_mark(sample, PLAN) == ""
