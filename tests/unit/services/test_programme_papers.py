"""The papers of a nominated programme, from the sample's records and a list of nominees."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.services.importing import read_batch, store_batch
from desktop.services.issuing import form_candidates, issue_forms, paper_choices
from desktop.services.office import Office
from desktop.services.programme_papers import (
    below_minimum_list,
    credit_list,
    nomination_list,
    nominees_of,
)
from desktop.services.reminder_papers import report_reminder
from desktop.services.verifying import case, evaluate_everybody
from forms.document import Issue
from forms.programme_contents import ReportReminder
from tests.unit.services.papers import fill, words

PLAN = "taipei-coursera-113"
ISSUE = Issue(issued_at=datetime(2024, 7, 5, 9))
NOMINEES = (
    "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\n"
    "T0001,賴怡廷,02-2720-0001,hr@example.tw,,\n"
    "T0002,彭育珍,02-2720-0002,hr@example.tw,辦理涉外業務,\n"
    "T0005,孫佳廷,02-2720-0005,hr@example.tw,,是\n"
    "T0006,郭佩瑋,02-2720-0006,hr@example.tw,辦理涉外業務,\n"
)


@pytest.fixture
def programme(office: Office) -> Office:
    return fill(office, PLAN)


@pytest.fixture
def nominated(programme: Office, tmp_path: Path) -> Office:
    sheet = tmp_path / "薦送名冊.csv"
    sheet.write_text(NOMINEES, encoding="utf-8")
    store_batch(programme, read_batch(programme, [sheet]))
    return programme


def test_programme_offers_its_four_papers(programme: Office) -> None:
    assert [(p.id, p.title, p.may_be_stamped) for p in paper_choices(programme, PLAN)] == [
        ("nominations", "薦送名冊", False),
        ("credits", "時數採認清冊", False),
        ("below-minimum", "未達最低時數名冊", False),
        ("reminders", "研習報告催繳單", False),
    ]


def test_nominees_are_listed_as_their_list_gives_them(nominated: Office) -> None:
    basis, verdicts = evaluate_everybody(nominated, PLAN)
    found = nomination_list(
        basis.plan, verdicts, nominees_of(nominated, basis.plan), issue=ISSUE, agency="某局"
    )
    assert found is not None
    assert [(r.name, r.telephone, r.email, r.priority, r.remark) for r in found.rows] == [
        ("賴怡廷", "02-2720-0001", "hr@example.tw", "", "不適用"),
        ("彭育珍", "02-2720-0002", "hr@example.tw", "辦理涉外業務", ""),
        ("孫佳廷", "02-2720-0005", "hr@example.tw", "", "遞補"),
        ("郭佩瑋", "02-2720-0006", "hr@example.tw", "辦理涉外業務", ""),
    ]
    assert found.total == "4 人（遞補 1 人）\u3000辦理涉外業務 2 人"
    assert found.day == date(2023, 11, 27)
    assert found.notes[0] == (
        "名額：依一級機關（含所屬）獲配名額足額派訓；已薦送人員因故無法參加時，務必另遴員遞補。"
        "（三、（三）1）"
    )
    assert found.notes[-1].endswith("請改派：賴怡廷。")


def test_without_a_list_no_nominee_is_invented(programme: Office) -> None:
    (candidate,) = form_candidates(programme, PLAN, paper="nominations")
    assert (candidate.state, candidate.is_printable) == ("沒有資料", False)


def test_each_course_is_recognised_or_refused_with_reason_and_clause(nominated: Office) -> None:
    basis, verdicts = evaluate_everybody(nominated, PLAN)
    found = credit_list(basis.plan, verdicts, issue=ISSUE, agency="某局")
    assert found is not None
    assert [person.name for person in found.people] == ["彭育珍", "孫佳廷", "郭佩瑋"]
    assert found.total == "3 人，登錄 1 人，共 27 時"
    first = found.people[0]
    assert first.outcome == "登錄 27 時（採認 27 時）"
    by_name = {course.name: course for course in first.courses}
    refused = by_name["Digital Transformation"]
    assert (refused.hours, refused.recognised) == ("9", "不採認")
    assert refused.reason == "通過狀態是「無證書」（三、（四）3）。"
    chinese = by_name["English for Career Development"]
    assert chinese.reason == "授課語言「中文」不在採認範圍（三、（四）4（2））。"
    assert sum(float(c.recognised) for c in first.courses if c.recognised[0].isdigit()) == 27
    assert found.people[2].courses == ()
    # Who learned without being nominated is named, not passed over.
    assert found.notes[1].startswith("有學習紀錄但不在薦送名冊或人員類別不適用，不採認：賴怡廷、")


def test_same_course_twice_is_recognised_once(programme: Office, tmp_path: Path) -> None:
    sheet = tmp_path / "補件.csv"
    sheet.write_text(
        "人員代號,姓名,課程名稱,語言,開課國家/地區,開始日期,完成日期,完課時數,證書\n"
        "T0002,彭育珍,Global Diplomacy,英語,美國,113/05/01,113/05/20,8,有\n",
        encoding="utf-8",
    )
    store_batch(programme, read_batch(programme, [sheet]))
    basis, verdicts = evaluate_everybody(programme, PLAN)
    found = credit_list(basis.plan, verdicts, issue=ISSUE, agency="")
    assert found is not None
    person = next(p for p in found.people if p.name == "彭育珍")
    twice = [(c.ended, c.recognised) for c in person.courses if c.name == "Global Diplomacy"]
    assert twice == [(date(2024, 2, 25), "8"), (date(2024, 5, 20), "重複")]
    assert person.outcome == "登錄 27 時（採認 27 時）"


def test_who_is_not_credited_is_listed_with_the_reason(programme: Office) -> None:
    basis, verdicts = evaluate_everybody(programme, PLAN)
    found = below_minimum_list(basis.plan, verdicts, issue=ISSUE, agency="")
    assert found is not None
    assert [(r.name, r.recognised, r.report_received, r.reason) for r in found.rows] == [
        (
            "孫佳廷",
            "31",
            None,
            "採認 31 時，研習報告應於 113-07-14 前繳交（三、（四）5），沒有收件登記",
        ),
        ("郭佩瑋", "0", None, "採認 0 時，未達 18 時（三、（四）4（1））"),
    ]
    assert found.total == "2 人：未依限繳交研習報告 1 人、未達最低時數 1 人"


def reminder(
    office: Office, employee_id: str, *, on: datetime, is_on_a_list: bool = False
) -> ReportReminder | None:
    found = case(office, PLAN, employee_id)
    return report_reminder(
        found.plan,
        found.verdict,
        is_on_a_list=is_on_a_list,
        issue=Issue(issued_at=on),
        agency="某局",
        clerk="游珏羣",
    )


def test_reminder_names_the_day_the_report_is_due(programme: Office) -> None:
    found = reminder(programme, "T0005", on=datetime(2024, 7, 5, 9))
    assert found is not None
    assert (found.day, found.due, found.recognised) == (
        date(2024, 7, 5),
        date(2024, 7, 14),
        "31 時",
    )
    assert found.lead == "台端參加上開研習，截至本通知日尚未收到研習報告，請依限繳交。"
    assert found.paragraphs[0] == (
        "依據：國際數位學習平臺雙語研習專班第2期程（Coursera）三、（四）5"
        "「學員於研習期間結束後2週內，應繳交簡要研習報告」。"
    )
    late = reminder(programme, "T0005", on=datetime(2024, 7, 15, 9))
    assert late is not None
    assert "期限已過，請儘速補繳。" in late.lead


def test_who_handed_in_or_never_began_is_not_reminded(programme: Office) -> None:
    at = datetime(2024, 7, 5, 9)
    assert reminder(programme, "T0002", on=at) is None  # handed in
    assert reminder(programme, "T0001", on=at) is None  # a teacher
    assert reminder(programme, "T0006", on=at) is None  # no record, and no list names anybody
    listed = reminder(programme, "T0006", on=at, is_on_a_list=True)
    assert listed is not None
    assert listed.lead.endswith("另台端採認時數 0 時，未達 18 時（三、（四）4（1））。")


def test_papers_are_numbered_in_one_run_and_printed(nominated: Office) -> None:
    numbers = []
    for paper in ("nominations", "credits", "below-minimum", "reminders"):
        keys = [c.key for c in form_candidates(nominated, PLAN, paper=paper) if c.is_printable]
        issued = issue_forms(nominated, PLAN, keys, with_stamp=False, paper=paper)
        numbers += issued.numbers
        assert "".join(issued.numbers[0].split()) in words(issued.pdf)
    assert numbers == [f"TC-113-{serial:06d}" for serial in range(1, 6)]
    again = issue_forms(nominated, PLAN, ["list"], with_stamp=False, paper="credits")
    assert again.numbers == ("TC-113-000002",)
    assert "補印" in words(again.pdf)
