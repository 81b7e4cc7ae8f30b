"""The office at a glance: counts that agree with their lists, what is next, days left."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.domain.case_states import CaseState
from desktop.services.case_stamping import mark_stamped
from desktop.services.issuing import issue_forms
from desktop.services.ledger_using import record_advance_use
from desktop.services.office import Office
from desktop.services.overview import (
    Deadline,
    ExpiringSoon,
    Overview,
    UnitProgress,
    back_up_now,
    backup_words,
    overview,
)
from desktop.services.stale_verdicts import store_verdicts
from tests.unit.services.conftest import Clock
from tests.unit.services.ledgers import PLAN as LEDGER_PLAN
from tests.unit.services.ledgers import XU, grant, ledger_office
from tests.unit.services.test_cases import make_day_off

PLAN = "kaohsiung-114"


def steps(shown: Overview) -> dict[str, int]:
    return {step.key: step.people for step in shown.steps}


def titles(shown: Overview) -> list[str]:
    return [thing.title for thing in shown.next_things]


def test_funnel_counts_people_and_its_lists_hold_them(sample: Office) -> None:
    shown = overview(sample, PLAN)
    assert steps(shown) == {
        "received": 11,
        "checked": 11,
        "waiting": 8,
        "correction": 0,
        "printable": 4,
        "stamped": 0,
        "registered": 0,
    }
    for step in shown.steps:
        assert len({employee_id for employee_id, _ in step.cases}) == step.people
    assert shown.steps[0].note == "名冊 12 人"
    assert shown.unprinted == 9


def test_printed_and_stamped_forms_move_on_in_the_funnel(sample: Office) -> None:
    numbers = issue_forms(sample, PLAN, ["A0011/policy", "A0012/policy"], with_stamp=False).numbers
    mark_stamped(sample, PLAN, numbers[:1])
    shown = overview(sample, PLAN)
    assert (steps(shown)["printable"], steps(shown)["stamped"]) == (4, 1)
    notes = {step.key: step.note for step in shown.steps}
    assert (notes["stamped"], notes["registered"]) == ("1 人送核中", "1 人待登錄")
    assert shown.unprinted == 7
    assert "1 件核章完成" in titles(shown)


def test_overdue_corrections_are_named_with_the_earliest_day(sample: Office) -> None:
    issue_forms(sample, PLAN, ["A0004", "A0009"], with_stamp=False, paper="corrections")
    shown = overview(sample, PLAN)
    assert steps(shown)["correction"] == 2
    assert not any("逾期" in title for title in titles(shown))
    assert isinstance(sample.clock, Clock)
    sample.clock.now = datetime(2025, 9, 20, 9)
    shown = overview(sample, PLAN)
    overdue = next(thing for thing in shown.next_things if "逾期" in thing.title)
    assert (overdue.title, overdue.detail) == ("補正逾期 2 人", "最早 114-09-16")


def test_units_add_up_to_the_whole_and_leave_out_who_may_not_apply(sample: Office) -> None:
    shown = overview(sample, PLAN)
    assert shown.whole == UnitProgress("全機關", 2, 2, 7)
    for part in ("complete", "begun", "rest"):
        assert sum(getattr(unit, part) for unit in shown.units) == getattr(shown.whole, part)
    assert shown.legend == ("全部完成", "完成一套以上", "未完成")


@pytest.mark.parametrize(
    ("counts", "percent"),
    [((0, 0, 0), 0), ((0, 0, 3), 0), ((1, 0, 999), 1), ((999, 1, 0), 99), ((3, 0, 0), 100)],
)
def test_share_says_nobody_and_all_only_of_nobody_and_all(
    counts: tuple[int, int, int], percent: int
) -> None:
    assert UnitProgress("民政課", *counts).percent == percent


def test_deadlines_count_the_days_from_today(sample: Office) -> None:
    assert overview(sample, PLAN).deadlines == (
        Deadline("補休課程完成", date(2025, 8, 31), -2),
        Deadline("敘獎課程完成", date(2025, 8, 31), -2),
        Deadline("計畫結束", date(2025, 12, 31), 120),
    )


def test_verdicts_that_would_differ_are_among_what_is_next(sample: Office) -> None:
    store_verdicts(sample, PLAN)
    assert not any("結果將不同" in title for title in titles(overview(sample, PLAN)))
    make_day_off(sample, date(2025, 3, 15), is_off=False)
    assert "2 人結果將不同" in titles(overview(sample, PLAN))


def test_backup_is_told_with_its_age(sample: Office) -> None:
    assert overview(sample, PLAN).backup.title == "還沒有備份"
    change = back_up_now(sample)
    assert change.areas
    told = overview(sample, PLAN).backup
    assert told.is_recent
    assert told.title.startswith("今天 09:00")
    old = backup_words(sample.store.backups(), datetime(2025, 10, 1))
    assert (old.is_recent, old.title.split(" ")[0]) == (False, "114-09-02")


def test_empty_office_has_an_overview_without_figures(office: Office) -> None:
    shown = overview(office, PLAN)
    assert not shown.has_people
    assert set(steps(shown).values()) == {0}
    assert {view.state for view in shown.cases} == set[CaseState]()


def test_leave_about_to_lapse_and_owed_evidence_come_from_the_ledger(tmp_path: Path) -> None:
    office, _ = ledger_office(tmp_path, today=date(2014, 9, 1))
    grant(office, day=date(2014, 8, 1), hours=4, expires=date(2014, 9, 30))
    grant(office, day=date(2014, 8, 20), hours=8, expires=date(2014, 11, 15), set_id="side-2")
    assert overview(office, LEDGER_PLAN).expiring == (
        ExpiringSoon(30, 1, 4),
        ExpiringSoon(60, 1, 4),
        ExpiringSoon(90, 1, 12),
    )
    record_advance_use(
        office,
        LEDGER_PLAN,
        XU,
        date(2014, 9, 3),
        2,
        consented_by="林主任",
        consented_on=date(2014, 9, 2),
    )
    owed = next(t for t in overview(office, LEDGER_PLAN).next_things if "待補證明" in t.title)
    assert (owed.title, owed.page) == ("先用補休待補證明 1 筆", "ledger")
    office.close()
