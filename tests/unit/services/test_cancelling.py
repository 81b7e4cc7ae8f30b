"""註銷單: a document no longer counts, is kept, and the series has no gap."""

from __future__ import annotations

import json

import pytest

from desktop.services.calibrating import calibration_offset, calibration_sheet
from desktop.services.cancelling import (
    CancellationRefusedError,
    cancel_document,
    issued_documents,
)
from desktop.services.issuing import form_candidates, issue_forms
from desktop.services.office import Office
from desktop.services.promotion_paper import issue_schedule
from desktop.store import NotStoredError
from tests.unit.services.papers import texts, words

PLAN = "kaohsiung-114"
KEYS = ["A0011/policy", "A0011/city"]


def states(office: Office) -> dict[str, str]:
    return {entry.number: entry.state for entry in issued_documents(office, PLAN)}


def test_slip_names_document_person_and_reason_and_has_its_own_number(sample: Office) -> None:
    issue_forms(sample, PLAN, KEYS, with_stamp=False)
    issue_forms(sample, PLAN, KEYS[:1], with_stamp=False)
    slip = cancel_document(sample, "KH-114-000001", reason=" 當事人  撤回申請 ")
    assert slip.number == "KH-114-000003"
    (page,) = texts(slip.pdf)
    said = "".join(page.split())
    for expected in (
        "文件註銷單",
        "KH-114-000001",
        "KH-114-000003",
        "公餘時間完成數位學習補休申請表",
        "當事人撤回申請",
        "2次",
        "周雅雯",
    ):
        assert expected in said
    assert states(sample) == {
        "KH-114-000003": "註銷單",
        "KH-114-000002": "有效",
        "KH-114-000001": "已註銷",
    }


def test_schedule_is_listed_under_every_plan_and_cancelled_like_any_document(
    sample: Office,
) -> None:
    issue_forms(sample, PLAN, KEYS[:1], with_stamp=False)
    schedule = issue_schedule(sample)
    assert states(sample) == {schedule.number: "有效", "KH-114-000001": "有效"}
    (listed,) = (e for e in issued_documents(sample, PLAN) if e.number == schedule.number)
    assert (listed.kind, listed.name, listed.may_be_cancelled) == ("辦理期程及分工表", "", True)
    slip = cancel_document(sample, schedule.number, reason="期程修正")
    (page,) = texts(slip.pdf)
    said = "".join(page.split())
    assert "期程修正" in said
    assert schedule.number in said
    assert "公務人員國際教育網路平台推動計畫" in said
    assert states(sample)[schedule.number] == "已註銷"
    assert issue_schedule(sample).number not in (schedule.number, slip.number)


def test_cancelled_document_keeps_its_content_and_the_next_print_gets_a_new_number(
    sample: Office,
) -> None:
    issue_forms(sample, PLAN, KEYS[:1], with_stamp=False)
    with sample.store.reading() as reader:
        frozen = reader.document_content("KH-114-000001")
    cancel_document(sample, "KH-114-000001", reason="誤印")
    with sample.store.reading() as reader:
        assert reader.document_content("KH-114-000001") == frozen
    candidate = next(c for c in form_candidates(sample, PLAN) if c.key == KEYS[0])
    assert (candidate.number, candidate.times_printed) == ("", 0)
    again = issue_forms(sample, PLAN, KEYS[:1], with_stamp=False)
    assert again.numbers == ("KH-114-000003",)
    assert "補印" not in words(again.pdf)
    with sample.store.reading() as reader:
        serials = [document.serial for document in reader.documents(PLAN)]
    assert serials == [1, 2, 3]


def test_reason_stands_in_the_audit_trail(sample: Office) -> None:
    issue_forms(sample, PLAN, KEYS[:1], with_stamp=False)
    cancel_document(sample, "KH-114-000001", reason="誤印")
    with sample.store.reading() as reader:
        (entry,) = reader.audit_entries(1)
    assert (entry.act, entry.subject) == ("註銷 KH-114-000001", "KH-114-000001")
    assert entry.detail["reason"] == "誤印"
    assert entry.detail["slip"] == "KH-114-000002"


def test_no_reason_a_slip_or_a_second_time_is_refused_and_uses_no_number(sample: Office) -> None:
    issue_forms(sample, PLAN, KEYS[:1], with_stamp=False)
    with pytest.raises(CancellationRefusedError, match="請寫明註銷「KH-114-000001」的原因"):
        cancel_document(sample, "KH-114-000001", reason=" 　")
    slip = cancel_document(sample, "KH-114-000001", reason="誤印")
    with pytest.raises(CancellationRefusedError, match="是註銷單"):
        cancel_document(sample, slip.number, reason="再註銷")
    with pytest.raises(CancellationRefusedError, match="已由「KH-114-000002」註銷"):
        cancel_document(sample, "KH-114-000001", reason="再註銷")
    with pytest.raises(NotStoredError):
        cancel_document(sample, "KH-114-000009", reason="沒有這件")
    with sample.store.reading() as reader:
        assert [d.serial for d in reader.documents(PLAN)] == [1, 2]


def test_slip_content_is_frozen_with_what_it_cancels(sample: Office) -> None:
    issue_forms(sample, PLAN, KEYS[:1], with_stamp=False)
    slip = cancel_document(sample, "KH-114-000001", reason="誤印")
    with sample.store.reading() as reader:
        content = json.loads(reader.document_content(slip.number))
        document = reader.document(slip.number)
    assert content["number"] == "KH-114-000001"
    assert document.cancels == "KH-114-000001"
    assert document.kind == "X"


def test_offset_is_what_the_ruler_lacks_and_adds_to_what_was_moved_already() -> None:
    assert calibration_offset(19.5, 20.5) == (0.5, -0.5)
    assert calibration_offset(20.0, 20.0, right=0.5, down=-0.5) == (0.5, -0.5)
    assert calibration_offset(20.5, 19.0, right=0.5, down=-0.5) == (0.0, 0.5)


def test_calibration_sheet_names_the_printer_and_uses_no_number(sample: Office) -> None:
    said = words(calibration_sheet(sample, printer="人事室雷射", right=0.5, down=-1.0))
    assert "印表機：人事室雷射" in said
    assert "往右0.5、往下-1.0公釐" in said
    assert "空白表" in said
    assert issue_forms(sample, PLAN, KEYS[:1], with_stamp=False).numbers == ("KH-114-000001",)
