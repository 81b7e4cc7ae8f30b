"""A nominated programme: places, who replaces whom and why, reports, and what hours come of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.verdicts import CreditState
from desktop.services.auditing import audit_lines
from desktop.services.deciding import ReasonMissingError
from desktop.services.importing import read_batch, store_batch
from desktop.services.logbook import LogbookRefusedError
from desktop.services.nominating import (
    NomineeLine,
    ProgrammeView,
    nominate,
    programme_view,
    record_reports,
    replace_nominee,
    set_places,
    withdraw,
)
from desktop.services.office import Office
from desktop.services.state_export import export_state
from desktop.services.undoing import redo, undo, undo_words
from desktop.services.verifying import case

PLAN = "taipei-coursera-113"
INPUT = Path(__file__).parents[2] / "samples" / PLAN / "input"
DAY = date(2023, 11, 20)
CONTACT = {"telephone": "02-27208889", "email": "hr@example.tw", "is_free_of_exclusions": True}


@pytest.fixture(scope="module")
def files() -> list[Path]:
    return [INPUT / "roster.xlsx", INPUT / "applications.xlsx", INPUT / "records"]


@pytest.fixture
def programme(office: Office, files: list[Path], tmp_path: Path) -> Office:
    """The programme's sample with two people on the list of nominees."""
    sheet = tmp_path / "薦送名冊.csv"
    sheet.write_text(
        "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\n"
        "T0002,彭育珍,0912,hr@example.tw,辦理涉外業務,\n"
        "T0005,孫佳廷,0913,hr@example.tw,,\n",
        encoding="utf-8",
    )
    store_batch(office, read_batch(office, [*files, sheet]))
    return office


def view(office: Office) -> ProgrammeView:
    found = programme_view(office, PLAN)
    assert found is not None
    return found


def line(office: Office, employee_id: str) -> NomineeLine:
    (found,) = [one for one in view(office).lines if one.employee_id == employee_id]
    return found


def credit(office: Office, employee_id: str) -> CreditState:
    found = case(office, PLAN, employee_id).verdict.credit
    assert found is not None
    return found.state


def test_page_shows_the_imported_list_with_hours_and_reports(programme: Office) -> None:
    shown = view(programme)
    assert [(one.employee_id, one.state, one.credit) for one in shown.lines] == [
        ("T0002", "薦送", "可登錄"),
        ("T0005", "薦送", "缺報告"),
    ]
    assert (shown.nominated, shown.places, shown.reports, shown.credited) == (2, None, 1, 1)
    assert (shown.register_by, shown.minimum_hours) == (date(2023, 11, 27), 18)
    assert shown.email == "hr@example.tw"


def test_plan_without_nomination_has_no_such_page(office: Office) -> None:
    assert programme_view(office, "kaohsiung-114") is None


def test_quota_is_entered_with_its_source_and_kept_to(programme: Office) -> None:
    set_places(programme, PLAN, 3, reason="府授人考字第1120146632號名額配當表")
    assert (view(programme).places, view(programme).shortage) == (3, 1)
    assert "府授人考字第1120146632號名額配當表（周雅雯" in view(programme).places_note
    nominate(programme, PLAN, "T0007", day=DAY, reason="補足名額", **CONTACT)
    assert view(programme).shortage == 0
    with pytest.raises(LogbookRefusedError, match="名額 3 人已滿"):
        nominate(programme, PLAN, "T0004", day=DAY, reason="再加一人", **CONTACT)
    assert view(programme).nominated == 3


def test_replacement_says_who_by_whom_when_and_why_on_both_lines(programme: Office) -> None:
    assert credit(programme, "T0007") is CreditState.NOT_NOMINATED
    replace_nominee(programme, PLAN, "T0005", "T0007", day=DAY, reason="調任他機關", **CONTACT)
    new, old = line(programme, "T0007"), line(programme, "T0005")
    assert (new.state, new.is_in) == ("遞補", True)
    assert new.note.startswith("112-11-20 遞補孫佳廷：調任他機關（周雅雯 114-09-01")
    assert (old.state, old.is_in) == ("退出", False)
    assert old.note.startswith(f"112-11-20 退出，由{new.name}遞補：調任他機關")
    assert credit(programme, "T0007") is CreditState.CREDITED
    assert credit(programme, "T0005") is CreditState.NOT_NOMINATED
    (entry,) = audit_lines(programme, text="遞補", limit=1)
    assert entry.subject == f"孫佳廷 T0005、{new.name} T0007"
    assert (entry.subject_id, entry.why) == ("T0005、T0007", "調任他機關")


def test_replacement_is_undone_and_done_again_as_one_step(programme: Office) -> None:
    before = export_state(programme)
    replace_nominee(programme, PLAN, "T0005", "T0007", day=DAY, reason="調任", **CONTACT)
    after = export_state(programme)
    assert undo_words(programme).endswith("遞補孫佳廷")
    undo(programme)
    assert export_state(programme) == before
    assert credit(programme, "T0007") is CreditState.NOT_NOMINATED
    redo(programme)
    assert export_state(programme) == after


def test_who_withdrew_leaves_a_place_that_somebody_takes_later(programme: Office) -> None:
    set_places(programme, PLAN, 2, reason="府函")
    withdraw(programme, PLAN, "T0005", day=DAY, reason="公務繁忙")
    assert view(programme).shortage == 1
    assert "尚未遞補" in line(programme, "T0005").note
    replace_nominee(programme, PLAN, "T0005", "T0007", day=DAY, reason="遞補空缺", **CONTACT)
    assert view(programme).shortage == 0
    assert "由" in line(programme, "T0005").note
    with pytest.raises(LogbookRefusedError, match="目前不在薦送名單"):
        replace_nominee(programme, PLAN, "T0005", "T0004", day=DAY, reason="再換", **CONTACT)


@pytest.mark.parametrize(
    ("employee_id", "changes", "words"),
    [
        ("T0001", {}, "人員類別「教師」不在參加對象（三、（一））"),
        ("T0002", {}, "已經在薦送名單"),
        ("X9999", {}, "名冊沒有人員代號「X9999」"),
        ("T0007", {"telephone": " "}, "沒有填聯絡電話"),
        ("T0007", {"is_free_of_exclusions": False}, "還沒有確認"),
    ],
)
def test_who_may_not_be_nominated_is_refused_with_the_reason(
    programme: Office, employee_id: str, changes: dict[str, object], words: str
) -> None:
    before = export_state(programme)
    with pytest.raises(LogbookRefusedError, match="沒有") as refused:
        nominate(programme, PLAN, employee_id, day=DAY, reason="加派", **(CONTACT | changes))  # type: ignore[arg-type]
    assert words in str(refused.value)
    assert export_state(programme) == before


def test_every_act_needs_its_reason(programme: Office) -> None:
    with pytest.raises(ReasonMissingError):
        withdraw(programme, PLAN, "T0005", day=DAY, reason="  ")
    with pytest.raises(ReasonMissingError):
        set_places(programme, PLAN, 3, reason="")


def test_report_recorded_by_hand_credits_the_hours_when_in_time(programme: Office) -> None:
    assert credit(programme, "T0005") is CreditState.REPORT_MISSING
    record_reports(programme, PLAN, ["T0005"], day=date(2024, 7, 15))
    assert credit(programme, "T0005") is CreditState.REPORT_MISSING  # a day late
    undo(programme)
    record_reports(programme, PLAN, ["T0005"], day=date(2024, 7, 14))
    assert credit(programme, "T0005") is CreditState.CREDITED
    assert line(programme, "T0005").report_received_on == date(2024, 7, 14)


def test_report_of_a_day_to_come_or_of_a_stranger_is_refused(programme: Office) -> None:
    with pytest.raises(LogbookRefusedError, match="還沒到"):
        record_reports(programme, PLAN, ["T0005"], day=date(2031, 1, 1))
    with pytest.raises(LogbookRefusedError, match="不在薦送名單"):
        record_reports(programme, PLAN, ["T0005", "T0007"], day=date(2024, 7, 1))
    assert line(programme, "T0005").report_received_on is None


def test_without_a_list_nobody_is_withdrawn_and_the_first_nominee_starts_it(
    office: Office, files: list[Path]
) -> None:
    store_batch(office, read_batch(office, files))
    assert not view(office).has_list
    with pytest.raises(LogbookRefusedError, match="還沒有薦送名單"):
        withdraw(office, PLAN, "T0005", day=DAY, reason="退出")
    nominate(office, PLAN, "T0007", day=DAY, reason="首派", **CONTACT)
    assert [one.employee_id for one in view(office).lines] == ["T0007"]
    assert credit(office, "T0002") is CreditState.NOT_NOMINATED
