"""A person against the yearly requirement: the page, the records, and what neither says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import Decision, DecisionKind, RecordVerdict
from desktop.domain.yearly_hours import (
    LineStanding,
    StatedFigure,
    StatedHours,
    YearlyStanding,
    YearlyState,
)
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from desktop.rules.plan_loading import examine_plan
from desktop.rules.yearly_hours import judge_yearly_hours
from tests.unit.rules import offices

PLAN = "hsinchu-109"
PERSON = Person("H0001", "王信雯", "農業局", category="公務人員", pattern_code="A")
POLICY, GREEN, GENDER = "當前政府重大政策", "環境教育", "性別主流"
OTHERS = "廉政與服務倫理、人權教育、行政中立、多元族群文化、公民參與"
TOTAL = "每年必須完成之課程總學習時數"
DUST, SATELLITES = "懸浮微粒—小粒子的大衝擊", "滄海桑田—那些衛星帶我們看到的地球角落"
MET, SHORT = YearlyState.MET, YearlyState.SHORT
DISPUTED, UNKNOWN = YearlyState.DISPUTED, YearlyState.UNKNOWN


def row(course: str, hours: str | None = "2", day: date | None = date(2020, 5, 2), **rest: object):
    fields: dict[str, object] = {
        "place": SourcePlace("a" * 64, "王信雯.html", row=1),
        "kind": EvidenceKind.PORTAL_HOURS,
        "course_name": course,
        "completed_on": day,
        "certified_hours": None if hours is None else Decimal(hours),
    }
    return LearningRow(**(fields | rest))  # type: ignore[arg-type]


def page(
    *figures: tuple[str, str], year: int | None = 109, name: str = "王信雯.html"
) -> StatedHours:
    return StatedHours(
        SourcePlace("b" * 64, name, page=1),
        year,
        tuple(StatedFigure(label, Decimal(hours)) for label, hours in figures),
    )


FULL_PAGE = page(
    (f"{TOTAL}(10小時)", "10"),
    (f"{POLICY}(1小時)", "1"),
    (f"{GREEN}(4小時)", "4"),
    (f"{GENDER}(1小時)", "2"),
    (f"{OTHERS}(4小時)", "4"),
)


def records(
    *rows: LearningRow, decisions: dict[str, Decision] | None = None, plan: str = PLAN
) -> tuple[RecordVerdict, ...]:
    times = WorkingTimes(offices.every_year(), offices.agency())
    facts = PersonFacts(PERSON, rows, (), (), decisions or {})
    return Evaluator(offices.plan(plan), times).evaluate(facts).records


def standing(
    *rows: LearningRow,
    pages: tuple[StatedHours, ...] = (),
    decisions: dict[str, Decision] | None = None,
) -> YearlyStanding:
    plan: Plan = offices.plan(PLAN)
    found = judge_yearly_hours(plan, records(*rows, decisions=decisions), pages)
    assert found is not None
    return found


def line(found: YearlyStanding, title: str) -> LineStanding:
    return next(one for one in found.lines if one.title == title)


def least(found: YearlyStanding, title: str) -> Decimal:
    counted = line(found, title).counted
    assert counted is not None
    return counted.least


# ------------------------------------------------------------------------------ the plan's data
def test_the_109_plan_asks_for_the_ten_hours_of_the_portal_line_by_line() -> None:
    requirement = offices.plan(PLAN).yearly_requirement
    assert requirement is not None
    assert (requirement.title, requirement.hours) == (TOTAL, 10)
    assert [(one.title, one.hours) for one in requirement.lines] == [
        (POLICY, 1),
        (GREEN, 4),
        (GENDER, 1),
        (OTHERS, 4),
    ]
    assert requirement.clause.quotation == "每年必須完成之課程總學習時數(10小時)"
    for one in requirement.lines:
        assert one.clause.quotation == f"{one.title}({one.hours}小時)"


def test_every_required_course_of_the_109_plan_counts_for_a_line() -> None:
    requirement = offices.plan(PLAN).yearly_requirement
    assert requirement is not None
    named = {name for one in requirement.lines for name in (one.title, *one.categories)}
    (assembled,) = offices.plan(PLAN).sets
    outside = {course.category for course in assembled.courses} - named
    assert outside == {"業務知能相關與政策能力訓練"}


def test_a_sound_requirement_is_read_and_a_plan_without_one_has_none() -> None:
    path = offices.CASES / "plans" / "yearly-requirement.toml"
    plan, problems = examine_plan(path.read_text(encoding="utf-8"))
    assert problems == ()
    assert plan is not None
    assert plan.yearly_requirement is not None
    assert plan.yearly_requirement.lines[1].categories == ("性別主流化",)
    assert offices.plan("kaohsiung-114").yearly_requirement is None
    assert judge_yearly_hours(offices.plan("kaohsiung-114"), (), (FULL_PAGE,)) is None


# ------------------------------------------------------------------------------ what is counted
def test_without_page_and_records_everything_is_unknown() -> None:
    found = standing()
    assert {one.state for one in found.lines} == {UNKNOWN}
    assert found.state is UNKNOWN
    assert (found.total.has, found.short_by) == (None, None)


def test_records_count_by_the_category_that_the_plan_gives_their_course() -> None:
    found = standing(
        row(DUST), row(SATELLITES), row("多元性別權益保障教育訓練"), row("傳染病防治", "1")
    )
    assert [least(found, title) for title in (POLICY, GREEN, GENDER, OTHERS)] == [0, 4, 2, 0]
    assert [one.state for one in found.lines] == [SHORT, MET, MET, SHORT]
    assert [one.short_by for one in found.lines] == [1, 0, 0, 4]
    # Two hours of 性別主流 do not stand in for another line.
    assert found.total.has == 5
    assert (found.state, found.short_by, found.unplaced_hours) == (SHORT, 5, 0)


def test_a_course_taken_twice_counts_once() -> None:
    found = standing(row(DUST), row(DUST, day=date(2020, 7, 1)))
    assert least(found, GREEN) == 2


def test_a_course_of_another_year_does_not_count() -> None:
    found = standing(row(DUST, day=date(2019, 12, 31)), row(SATELLITES, day=date(2020, 1, 1)))
    assert least(found, GREEN) == 2


def test_a_course_too_late_for_the_leave_counts_for_the_year() -> None:
    (late,) = records(row(DUST, day=date(2020, 12, 31)))
    assert "after_deadline" in [code.value for code in late.reasons]
    assert least(standing(row(DUST, day=date(2020, 12, 31))), GREEN) == 2


def test_a_course_that_was_not_passed_does_not_count() -> None:
    failed = row(DUST, kind=EvidenceKind.EPLUS_RECORD, pass_status="未通過")
    outside = row("戶外", kind=EvidenceKind.EPLUS_RECORD, pass_status="未通過")
    found = standing(failed, outside, row(SATELLITES))
    assert least(found, GREEN) == 2
    assert found.unplaced_hours == 0


def test_a_course_outside_the_plan_leaves_every_line_open() -> None:
    found = standing(row(DUST), row(SATELLITES), row("見證大程序的風華", "1"))
    assert found.unplaced_hours == 1
    assert [one.state for one in found.lines] == [UNKNOWN, MET, UNKNOWN, SHORT]
    # Three hours are missing in 其餘 at least, but how many exactly nobody knows.
    assert line(found, OTHERS).short_by is None
    assert (found.state, found.short_by) == (SHORT, None)


@pytest.mark.parametrize("heading", ["課程類別", "學習類別", "課程項目"])
def test_a_category_that_the_row_shows_is_taken(heading: str) -> None:
    found = standing(row("見證大程序的風華", "1", raw={heading: "環境教育"}))
    assert (least(found, GREEN), found.unplaced_hours) == (1, 0)


def test_the_portals_way_of_teaching_is_no_category() -> None:
    found = standing(row("見證大程序的風華", "1", raw={"學習類別": "數位", "業務相關": "*"}))
    assert (least(found, GREEN), found.unplaced_hours) == (0, 1)


def test_a_course_without_hours_leaves_no_upper_limit() -> None:
    found = standing(row("見證大程序的風華", None), row(DUST))
    assert found.courses_without_hours == 1
    counted = line(found, GREEN).counted
    assert counted is not None
    assert (counted.least, counted.most) == (2, None)
    assert {one.state for one in found.lines} == {UNKNOWN}


def test_a_similar_name_waits_until_somebody_accepts_it() -> None:
    similar = row("懸浮微粒—小粒子的大衝墼")
    (record,) = records(similar)
    assert [code.value for code in record.reasons] == ["name_uncertain"]
    waiting = standing(similar)
    assert (least(waiting, GREEN), waiting.waiting_hours) == (0, 2)
    accepted = standing(similar, decisions=_decided(record, DecisionKind.ACCEPT))
    assert (least(accepted, GREEN), accepted.waiting_hours) == (2, 0)
    refused = standing(similar, decisions=_decided(record, DecisionKind.REFUSE))
    assert (least(refused, GREEN), refused.waiting_hours) == (0, 2)


def _decided(on: RecordVerdict, kind: DecisionKind) -> dict[str, Decision]:
    made = Decision("D1", on.key, kind, "已查證", "林人事", datetime(2020, 9, 1), on.fingerprint)
    return {on.key: made}


# ---------------------------------------------------------------------------- page beside records
def test_the_page_alone_is_believed() -> None:
    found = standing(pages=(FULL_PAGE,))
    assert [one.stated for one in found.lines] == [1, 4, 2, 4]
    assert (found.state, found.total.stated, found.short_by) == (MET, 10, 0)
    assert found.page == FULL_PAGE
    assert not found.differs


def test_page_and_records_that_contradict_each_other_are_both_shown() -> None:
    short_page = page((f"{TOTAL}(10小時)", "2"), (f"{GREEN}(4小時)", "2"))
    found = standing(row(DUST), row(SATELLITES), pages=(short_page,))
    green = line(found, GREEN)
    assert (green.stated, green.counted and green.counted.least) == (2, 4)
    assert green.differs
    assert green.state is DISPUTED
    assert green.short_by == 2
    assert found.total.differs
    # No page says anything of the other lines: the records do.
    assert line(found, POLICY).state is SHORT


def test_a_difference_that_changes_nothing_is_said_and_settles_the_line() -> None:
    found = standing(
        row(DUST), row(SATELLITES), pages=(page((f"{GREEN}(4小時)", "5"), (TOTAL, "4")),)
    )
    assert (line(found, GREEN).differs, line(found, GREEN).state) == (True, MET)


def test_open_hours_explain_a_page_that_says_more() -> None:
    found = standing(
        row(DUST), row("見證大程序的風華", "2"), pages=(page((GREEN, "4"), (TOTAL, "4")),)
    )
    assert (line(found, GREEN).differs, line(found, GREEN).state) == (False, MET)
    assert not found.total.differs


@pytest.mark.parametrize(
    ("stated", "differs"), [("5", False), ("6", False), ("7", True), ("4", True)]
)
def test_a_total_may_cap_each_line_or_not(stated: str, differs: bool) -> None:
    # 4 of 環境教育 and 2 of 性別主流, of which one hour is asked for: 5, or 6 uncapped.
    rows = (row(DUST), row(SATELLITES), row("多元性別權益保障教育訓練"))
    found = standing(*rows, pages=(page((f"{TOTAL}(10小時)", stated)),))
    assert found.total.differs is differs


def test_a_later_page_of_the_year_replaces_the_earlier_and_both_are_told() -> None:
    later = replace(FULL_PAGE, figures=(StatedFigure(f"{GREEN}(4小時)", Decimal(3)),))
    found = standing(pages=(FULL_PAGE, later))
    assert (found.page, found.earlier_pages) == (later, (FULL_PAGE,))
    assert line(found, GREEN).stated == 3


def test_pages_of_other_years_or_of_none_are_not_used() -> None:
    other, undated = replace(FULL_PAGE, year=108), replace(FULL_PAGE, year=None)
    found = standing(pages=(other, undated))
    assert found.page is None
    assert found.undated_pages == (undated,)
    assert found.state is UNKNOWN


@pytest.mark.parametrize(
    "label",
    [
        "環境教育(4小時)",
        "環境教育（4 小時）",
        "環境教育（４小時）",
        "環境教育",
        "環境 教育 (4小時)",
    ],
)
def test_a_label_is_found_however_its_hours_are_written(label: str) -> None:
    assert line(standing(pages=(page((label, "3")),)), GREEN).stated == 3


def test_a_total_of_a_kind_is_not_the_line_of_that_kind() -> None:
    found = standing(pages=(page(("環境教育類學習總時數", "4"), (TOTAL, "4")),))
    assert line(found, GREEN).stated is None
