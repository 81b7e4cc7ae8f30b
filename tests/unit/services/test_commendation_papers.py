"""敘獎建議名冊 and its counterpart: together everybody, each reason in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.domain.verdicts import DecisionKind
from desktop.services.commendation_papers import (
    commendation_list,
    not_commended_list,
)
from desktop.services.committee_papers import committee_drafts
from desktop.services.deciding import decide
from desktop.services.issuing import form_candidates, issue_forms, preview_forms
from desktop.services.office import Office
from desktop.services.verifying import case, evaluate_everybody
from forms.contents import NotCommendedList
from forms.document import Issue, Kind
from tests.unit.services.papers import SAMPLES, fill, texts, words

P103, P114 = "kaohsiung-103", "kaohsiung-114"
ISSUE = Issue(issued_at=datetime(2014, 9, 1, 9))


@pytest.fixture
def kaohsiung(office: Office) -> Office:
    return fill(office, P103)


def without_rank(tmp_path: Path, *employee_ids: str) -> Path:
    """The sample's roster with the rank of these people left blank."""
    book = openpyxl.load_workbook(SAMPLES / P103 / "input" / "roster.xlsx")
    sheet = book.active
    heads = [cell.value for cell in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        if row[0].value in employee_ids:
            row[heads.index("官職等")].value = None
    path = tmp_path / "roster.xlsx"
    book.save(path)
    return path


def others(office: Office, plan_id: str) -> NotCommendedList:
    basis, verdicts = evaluate_everybody(office, plan_id)
    listed = not_commended_list(basis.plan, verdicts, issue=ISSUE, agency="高雄市政府")
    assert listed is not None
    return listed


@pytest.mark.parametrize("plan_id", [P103, P114])
def test_both_lists_together_are_everybody(
    plan_id: str, office: Office, request: pytest.FixtureRequest
) -> None:
    if plan_id == P103:
        fill(office, P103)
    else:
        office = request.getfixturevalue("sample")
    basis, verdicts = evaluate_everybody(office, plan_id)
    proposed = commendation_list(basis.plan, verdicts, issue=ISSUE, agency="")
    rest = not_commended_list(basis.plan, verdicts, issue=ISSUE, agency="")
    assert proposed is not None
    assert rest is not None
    names = sorted(row.name for row in (*proposed.rows, *rest.rows))
    assert names == sorted(verdict.person.name for verdict in verdicts)
    assert rest.examined == len(verdicts)


def test_each_reason_is_said_with_its_clause(kaohsiung: Office) -> None:
    listed = others(kaohsiung, P103)
    assert listed.sets == ("主餐", "副餐2", "副餐3")
    said = [(r.name, r.completed, r.cause, r.reason, r.basis, r.remark) for r in listed.rows]
    assert said == [
        (
            "胡秀芬",
            (True, False, False),
            "逾期完成",
            "「【守護正義的防線】霸凌不要來」迄 103-09-27 已過期限 103-08-31，晚 27 天",
            "陸、六（三）2（2）；陸、六（三）1",
            "",
        ),
        (
            "何建蓉",
            (False, False, False),
            "不屬適用對象",
            "不屬適用對象（教師）",
            "肆",
            "不列入",
        ),
        (
            "葉柏",
            (False, True, False),
            "逾期完成",
            "「執行力與人際互動」迄 104-01-03 已過期限 103-08-31，晚 125 天",
            "陸、六（三）2（1）；陸、六（三）1",
            "",
        ),
        (
            "陳志瑋",
            (False, True, False),
            "未完成或未通過",
            (
                "缺 7 門：兩岸情勢概述；打造好政策，政府好出色；政策溝通與宣導；處變不驚-快速應變力；"
                "組織氣候的塑造；組織信任力：達成目標的極速能量；團隊建立與願景型塑"
            ),
            "陸、六（三）2（1）",
            "",
        ),
        ("胡秀芬", (False, False, False), "未完成或未通過", "未選讀", "陸、六（三）2（1）", ""),
    ]


def test_reasons_of_duty_time_do_not_appear(sample: Office) -> None:
    # A0004 studied on duty: no leave, but the commendation does not ask for that.
    listed = others(sample, P114)
    assert listed.sets == ("政策", "市政", "共通")
    for row in listed.rows:
        for words_of_leave in ("在上班時間", "加班", "彈性", "留職停薪"):
            assert words_of_leave not in row.reason


def test_what_the_clerk_decided_is_a_remark(kaohsiung: Office) -> None:
    records = case(kaohsiung, P103, "K0004").verdict.records
    late = next(
        r for r in records if (r.set_id, r.course) == ("main-elementary", "執行力與人際互動")
    )
    decide(kaohsiung, P103, [late.key], kind=DecisionKind.REFUSE, reason="逾期屬實")
    row = next(row for row in others(kaohsiung, P103).rows if row.name == "葉柏")
    assert row.cause == "逾期完成"
    assert row.remark == "不採計 114-09-01"


def test_refusal_for_the_leave_takes_no_commendation(kaohsiung: Office) -> None:
    before = others(kaohsiung, P103)
    records = case(kaohsiung, P103, "K0005").verdict.records
    on_duty = next(r for r in records if r.course == "政策溝通與宣導")
    decide(kaohsiung, P103, [on_duty.key], kind=DecisionKind.REFUSE, reason="公差中")
    assert others(kaohsiung, P103) == before


def test_unknown_rank_is_a_reason_on_the_list(office: Office, tmp_path: Path) -> None:
    fill(office, P103, roster=without_rank(tmp_path, "K0003"))
    row = next(row for row in others(office, P103).rows if row.name == "張峯源")
    assert (row.cause, row.reason, row.remark) == (
        "官等不明",
        "名冊沒有官等，無法決定主餐",
        "請補官等",
    )
    assert row.completed == (False, True, False)
    states = {c.employee_id: (c.state, c.set_title) for c in form_candidates(office, P103)}
    assert states["K0003"] == ("官等不明", "名冊沒有官等，無法決定主餐")


def test_lists_go_out_together_and_name_each_other(kaohsiung: Office) -> None:
    issued = issue_forms(kaohsiung, P103, ["lists"], with_stamp=True, paper="commendations")
    assert issued.numbers == ("KH-103-000001", "KH-103-000002")
    assert list(issued.pdfs) == [Kind.COMMENDATION_LIST, Kind.NOT_COMMENDED_LIST]
    proposed = words(issued.pdfs[Kind.COMMENDATION_LIST])
    rest = words(issued.pdfs[Kind.NOT_COMMENDED_LIST])
    assert "（未獲敘獎者另列名單，編號KH-103-000002）" in proposed
    assert "敘獎建議名冊（編號KH-103-000001）同時產製" in rest
    assert "兩者合計即全體受查人員8人" in rest


def test_lists_are_renewed_together_when_one_of_them_changes(
    kaohsiung: Office,
) -> None:
    issue_forms(kaohsiung, P103, ["lists"], with_stamp=False, paper="commendations")
    again = issue_forms(kaohsiung, P103, ["lists"], with_stamp=False, paper="commendations")
    assert again.numbers == ("KH-103-000001", "KH-103-000002")
    assert all("補印" in page for page in texts(again.pdf))
    with kaohsiung.store.writing("改職稱") as writer:
        people = [
            person if person.employee_id != "K0006" else replace(person, title="參事")
            for person in writer.people()
        ]
        writer.replace_roster(people, None)
    # The change is on the counterpart alone, yet both refer to the other's number.
    renewed = issue_forms(kaohsiung, P103, ["lists"], with_stamp=False, paper="commendations")
    assert renewed.numbers == ("KH-103-000003", "KH-103-000004")
    assert "編號KH-103-000004" in words(renewed.pdfs[Kind.COMMENDATION_LIST])
    with kaohsiung.store.reading() as reader:
        cancelled = {d.number: d.cancelled_by for d in reader.documents(P103)}
    assert cancelled["KH-103-000001"] == "KH-103-000003"
    assert cancelled["KH-103-000002"] == "KH-103-000004"


def test_preview_of_the_lists_uses_no_number(kaohsiung: Office) -> None:
    shown = preview_forms(kaohsiung, P103, ["lists"], with_stamp=False, paper="commendations")
    assert shown.keys == ("lists", "lists")
    assert "KH-103-000001" in words(shown.pdf)
    with kaohsiung.store.reading() as reader:
        assert reader.documents(P103) == ()


def test_committee_sees_the_cases_of_the_list(sample: Office) -> None:
    basis, verdicts = evaluate_everybody(sample, P114)
    issue = Issue(issued_at=sample.clock())
    listed = commendation_list(basis.plan, verdicts, issue=issue, agency="測試局")
    (draft,) = committee_drafts(sample, basis, verdicts)
    table = draft.parts[0].content
    assert listed is not None
    assert [(r.unit, r.name, r.award) for r in table.rows] == [
        (r.unit, r.name, r.award) for r in listed.rows
    ]
    assert {row.outcome for row in table.rows} == {""}
    assert table.total == f"{len(table.rows)} 人　嘉獎1次 {len(table.rows)} 人次"


def test_committee_has_nothing_to_decide_without_a_case(sample: Office) -> None:
    basis, _ = evaluate_everybody(sample, P114)
    (draft,) = committee_drafts(sample, basis, ())
    assert not draft.is_ready
    assert draft.state == "沒有案件"
