"""The promotion plan: stages dated from the effective day, states, contacts, the printed schedule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.promotion import Contact, MeasureState
from desktop.services.deciding import ReasonMissingError
from desktop.services.logbook import LogbookRefusedError
from desktop.services.office import Office
from desktop.services.promotion import (
    drop_contact,
    follow_plan,
    load_promotion_plan,
    move_stage,
    promotion_view,
    put_contact,
    set_effective,
    set_measure,
)
from desktop.services.promotion_paper import issue_schedule, preview_schedule
from desktop.services.undoing import redo, undo
from tests.unit.services.papers import words

ANNEX = Path(__file__).parents[2] / "samples" / "forms" / "annex-schedule.txt"
EFFECTIVE = date(2014, 7, 1)


def shown(office: Office) -> list[str]:
    return [stage.days_words for stage in promotion_view(office).stages]


def test_stages_and_measures_are_those_of_the_annex_word_for_word(office: Office) -> None:
    rows = ANNEX.read_text(encoding="utf-8").strip().split("\n")[3:]
    plan = load_promotion_plan(office.library.folder)
    told = []
    for stage in plan.stages:
        told.append(f"{stage.label}{stage.name}{stage.condition}")
        told += [f"{m.label}{m.text}\t{m.lead}\t{m.assisting}" for m in stage.measures]
    assert told == rows


def test_stages_follow_one_another_from_the_effective_day(office: Office) -> None:
    assert shown(office) == ["日期未定"] * 4
    set_effective(office, EFFECTIVE, reason="院授人培字第0000000000號函")
    # 6, 6 and 12 months by 民法 §121: until the day before the corresponding one.
    assert shown(office) == [
        "103-07-01 至 103-12-31",
        "104-01-01 至 104-06-30",
        "104-07-01 至 105-06-30",
        "105-07-01 起",
    ]
    assert promotion_view(office).effective_note.startswith("院授人培字第0000000000號函（周雅雯")


def test_moved_stage_is_marked_and_those_after_it_follow(office: Office) -> None:
    set_effective(office, EFFECTIVE, reason="函")
    move_stage(office, "near", date(2014, 10, 1), date(2015, 3, 31), reason="與前置期同步實施")
    assert shown(office)[1:] == [
        "103-10-01 至 104-03-31（調）",
        "104-04-01 至 105-03-31",
        "105-04-01 起",
    ]
    assert promotion_view(office).stages[1].note.startswith("與前置期同步實施（周雅雯")
    undo(office)
    assert shown(office)[1] == "104-01-01 至 104-06-30"
    redo(office)
    follow_plan(office, "near", reason="恢復")
    assert shown(office)[1] == "104-01-01 至 104-06-30"


def test_moves_without_reason_or_turned_round_are_refused(office: Office) -> None:
    with pytest.raises(ReasonMissingError):
        set_effective(office, EFFECTIVE, reason=" ")
    with pytest.raises(LogbookRefusedError, match="早於起日"):
        move_stage(office, "near", EFFECTIVE, date(2014, 6, 1), reason="調整")
    with pytest.raises(LogbookRefusedError, match="找不到這個階段"):
        move_stage(office, "none", EFFECTIVE, None, reason="調整")
    assert shown(office) == ["日期未定"] * 4


def test_measure_is_late_once_its_day_passed_unless_done_or_stopped(office: Office) -> None:
    set_effective(office, EFFECTIVE, reason="函")  # the clock says 2025-09-01
    assert promotion_view(office).late == 7  # the far stage has no end
    set_measure(office, "preparation-1", MeasureState.DONE, note="104-02 成立")
    set_measure(office, "preparation-2", MeasureState.UNDER_WAY, due=date(2025, 12, 31))
    first, second = promotion_view(office).stages[0].measures
    assert (first.state.word, first.is_late, first.due) == ("已完成", False, date(2014, 12, 31))
    assert (second.state.word, second.is_late, second.is_own_due) == ("辦理中", False, True)
    assert promotion_view(office).late == 5
    with pytest.raises(ReasonMissingError):
        set_measure(office, "near-1", MeasureState.STOPPED)
    with pytest.raises(LogbookRefusedError, match="找不到這項措施"):
        set_measure(office, "near-9", MeasureState.DONE)


def test_contacts_are_entered_changed_and_dropped(office: Office) -> None:
    put_contact(office, Contact("", "人事總處", "陳聯絡", "02-2397-9298"))
    (one,) = promotion_view(office).contacts
    put_contact(office, Contact(one.id, "人事總處", "林聯絡"))
    assert [c.name for c in promotion_view(office).contacts] == ["林聯絡"]
    drop_contact(office, promotion_view(office).contacts[0])
    assert promotion_view(office).contacts == ()
    undo(office)
    assert [c.name for c in promotion_view(office).contacts] == ["林聯絡"]
    with pytest.raises(LogbookRefusedError, match="要填機關和姓名"):
        put_contact(office, Contact("", "人事總處", " "))


def test_schedule_is_numbered_once_and_renewed_when_something_changed(office: Office) -> None:
    set_effective(office, EFFECTIVE, reason="函")
    assert preview_schedule(office).number == "IP-103-000001"
    first = issue_schedule(office)
    assert first.number == "IP-103-000001"
    text = words(first.pdf)
    assert "辦理期程及分工表" in text
    assert "未開始" in text
    assert issue_schedule(office).number == first.number  # 補印
    set_measure(office, "preparation-1", MeasureState.DONE)
    second = issue_schedule(office)
    assert second.number == "IP-103-000002"
    assert "已完成" in words(second.pdf)
    with office.store.reading() as reader:
        former, _ = reader.documents("international-platform")
    assert former.cancelled_by == second.number


def test_schedule_of_a_practice_store_says_so(office: Office) -> None:
    paper = preview_schedule(replace(office, is_practice=True))
    assert "練習" in words(paper.pdf)
    assert "練習" not in words(preview_schedule(office).pdf)


def test_schedule_without_states_is_a_paper_of_its_own(office: Office) -> None:
    paper = preview_schedule(office, has_states=False)
    assert "辦理情形" not in words(paper.pdf)
    assert (
        issue_schedule(office, has_states=False).number
        == issue_schedule(office, has_states=False).number
    )
