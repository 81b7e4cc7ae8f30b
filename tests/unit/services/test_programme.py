"""What the window shows of a nominated programme: queue, case, timeline, decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.findings import ReasonCode
from desktop.domain.verdicts import CreditState, DecisionKind
from desktop.services.deciding import decide, same_reason_rows
from desktop.services.importing import read_batch, store_batch, take_back
from desktop.services.office import Office
from desktop.services.stale_verdicts import stale, store_verdicts
from desktop.services.timeline import timeline
from desktop.services.verifying import case, explain, queue

PLAN = "taipei-coursera-113"
INPUT = Path(__file__).parents[2] / "samples" / PLAN / "input"


@pytest.fixture
def programme(office: Office) -> Office:
    """An office that has imported the sample of the programme."""
    paths = [INPUT / "roster.xlsx", INPUT / "applications.xlsx", INPUT / "records"]
    store_batch(office, read_batch(office, paths))
    return office


def test_records_of_a_free_choice_wait_in_the_queue(programme: Office) -> None:
    by_id = {entry.employee_id: entry for entry in queue(programme, PLAN)}
    assert (by_id["T0002"].state, by_id["T0002"].fails, by_id["T0002"].passes) == ("fail", 2, 5)
    assert (by_id["T0007"].state, by_id["T0006"].state) == ("pass", "empty")
    assert by_id["T0001"].undecided == 0  # no nominee: nothing to decide
    assert by_id["T0002"].reasons == {
        ReasonCode.LANGUAGE_NOT_RECOGNISED,
        ReasonCode.NOT_PASSED,
    }


@pytest.mark.parametrize(
    ("employee_id", "words"),
    [
        ("T0001", "不登錄：人員類別「教師」不適用（三、（一））（採認 26 時）"),
        ("T0002", "登錄 27 時（採認 27 時）"),
        (
            "T0005",
            "不登錄：採認 31 時，研習報告應於 113-07-14 前繳交（三、（四）5），沒有收件登記",
        ),
        ("T0006", "不登錄：採認 0 時，未達 18 時（三、（四）4（1））"),
    ],
)
def test_case_says_what_becomes_of_the_hours_and_why(
    programme: Office, employee_id: str, words: str
) -> None:
    assert case(programme, PLAN, employee_id).credit_words == words


def test_failing_record_is_explained_with_its_clause(programme: Office) -> None:
    records = case(programme, PLAN, "T0004").verdict.records
    record = next(r for r in records if r.course == "中級華語語法")
    explained = [(e.chip, e.sentence, e.clause) for e in explain(record)]
    assert explained == [
        ("語言不採認", "授課語言「簡體中文」不在採認範圍。", "三、（四）4（2）"),
        ("地區不採認", "開課國家或地區「中國大陸」不在採認範圍。", "三、（四）4（3）"),
    ]


def test_accepted_record_is_counted_and_the_stored_verdict_is_stale(programme: Office) -> None:
    store_verdicts(programme, PLAN)
    assert stale(programme, PLAN) == ()
    rows = same_reason_rows(programme, PLAN, ReasonCode.NOT_PASSED)
    row = next(row for row in rows if row.employee_id == "T0002")
    decide(programme, PLAN, [row.record_key], kind=DecisionKind.ACCEPT, reason="補附證書")
    credit = case(programme, PLAN, "T0002").verdict.credit
    assert credit is not None
    assert (credit.state, credit.hours) == (CreditState.CREDITED, 36)


def test_timeline_of_a_free_choice_shows_its_last_day_and_claims_no_off_duty_time(
    programme: Office,
) -> None:
    record = case(programme, PLAN, "T0002").verdict.records[0]
    drawn = timeline(programme, PLAN, "T0002", record.key)
    assert [day.day for day in drawn.days] == [record.row.completed_on]
    assert drawn.sentence == "本計畫不檢核公餘時間，沒有不符的地方。"


def test_list_of_nominees_imported_later_changes_who_takes_part(
    programme: Office, tmp_path: Path
) -> None:
    before = case(programme, PLAN, "T0007").verdict.credit
    assert before is not None
    assert before.state is CreditState.CREDITED
    sheet = tmp_path / "薦送名冊.csv"
    sheet.write_text(
        "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\n"
        "T0002,彭育珍,0912,hr@example.tw,,\n",
        encoding="utf-8",
    )
    outcome = store_batch(programme, read_batch(programme, [sheet]))
    after = case(programme, PLAN, "T0007")
    assert after.verdict.credit is not None
    assert after.verdict.credit.state is CreditState.NOT_NOMINATED
    assert after.credit_words == "不登錄：不在薦送名冊（採認 25 時）"
    take_back(programme, outcome.batch_id)
    again = case(programme, PLAN, "T0007").verdict.credit
    assert again is not None
    assert again.state is CreditState.CREDITED
