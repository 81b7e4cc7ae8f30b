"""Forms: numbered once, frozen, marked when printed again, cancelled when changed."""

from __future__ import annotations

import pypdfium2
import pytest

from desktop.domain.verdicts import DecisionKind
from desktop.services.deciding import decide
from desktop.services.issuing import (
    NothingToPrintError,
    form_candidates,
    issue_forms,
    issue_forms_each,
    preview_forms,
    safe_file_name,
)
from desktop.services.office import Office
from desktop.services.progress import CancelledError
from desktop.services.verifying import case
from desktop.store import TakeBackRefusedError

PLAN = "kaohsiung-114"


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[index].get_textpage().get_text_bounded() for index in range(len(document))]


def test_candidates_say_why_a_form_cannot_be_printed(sample: Office) -> None:
    states = {candidate.key: candidate.state for candidate in form_candidates(sample, PLAN)}
    assert states["A0011/policy"] == "可列印"
    assert states["A0001/policy"] == "不適用"
    assert states["A0010/policy"] == "待確認"
    assert states["A0009/policy"] == "未完成"


def test_first_print_numbers_without_gaps_and_reprint_keeps_the_number(sample: Office) -> None:
    keys = ["A0011/policy", "A0011/city"]
    first = issue_forms(sample, PLAN, keys, with_stamp=False)
    assert first.numbers == ("KH-114-000001", "KH-114-000002")
    again = issue_forms(sample, PLAN, keys, with_stamp=False)
    assert again.numbers == first.numbers
    assert all("補印" in page for page in texts(again.pdf))
    assert not any("補印" in page for page in texts(first.pdf))


def test_preview_uses_no_number(sample: Office) -> None:
    preview_forms(sample, PLAN, ["A0011/policy"], with_stamp=True)
    issued = issue_forms(sample, PLAN, ["A0011/city"], with_stamp=False)
    assert issued.numbers == ("KH-114-000001",)


def test_preview_shows_the_page_that_prints(sample: Office) -> None:
    keys = ["A0012/common"]
    shown = texts(preview_forms(sample, PLAN, keys, with_stamp=False).pdf)[0]
    printed = texts(issue_forms(sample, PLAN, keys, with_stamp=False).pdf)[0]
    assert shown.split("製表")[0] == printed.split("製表")[0]
    assert "KH-114-000001" in shown


def test_cancelled_print_uses_no_number(sample: Office) -> None:
    with pytest.raises(CancelledError):
        issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False, progress=lambda *_: False)
    issued = issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False)
    assert issued.numbers == ("KH-114-000001",)


def test_changed_form_gets_a_new_number_that_cancels_the_former(sample: Office) -> None:
    issue_forms(sample, PLAN, ["A0003/city"], with_stamp=False)
    verdict = case(sample, PLAN, "A0003").verdict
    record = next(r for r in verdict.records if r.set_id == "city")
    with sample.store.writing("改單位") as writer:
        people = [
            person if person.employee_id != "A0003" else _moved(person)
            for person in writer.people()
        ]
        writer.replace_roster(people, None)
    assert record is not None
    second = issue_forms(sample, PLAN, ["A0003/city"], with_stamp=False)
    assert second.numbers == ("KH-114-000002",)
    with sample.store.reading() as reader:
        former, latter = sorted(reader.documents(PLAN), key=lambda d: d.serial)
    assert former.is_cancelled
    assert latter.cancels == former.number


def _moved(person):
    from dataclasses import replace

    return replace(person, unit="民政局")


def test_nothing_ready_says_so(sample: Office) -> None:
    with pytest.raises(NothingToPrintError):
        preview_forms(sample, PLAN, ["A0009/policy"], with_stamp=False)


def test_form_carries_minutes_unit_and_rare_name(sample: Office) -> None:
    keys = [record.key for record in case(sample, PLAN, "A0006").verdict.records]
    decide(sample, PLAN, keys, kind=DecisionKind.ACCEPT, reason="已補出勤證明")
    page = texts(issue_forms(sample, PLAN, ["A0006/city"], with_stamp=True).pdf)[0]
    assert "李犇" in page
    assert "人事室" in page
    assert "市政議題訓練" in page
    assert "相符" in page


def test_one_file_a_person_with_its_name(sample: Office) -> None:
    files, change = issue_forms_each(
        sample, PLAN, ["A0011/policy", "A0011/city", "A0012/city"], with_stamp=False
    )
    assert [name for name, _ in files] == [
        "A0011_林羽達_kaohsiung-114_000001.pdf",
        "A0012_林羽達_kaohsiung-114_000003.pdf",
    ]
    assert [len(texts(pdf)) for _, pdf in files] == [2, 1]
    assert change.employee_ids == {"A0011", "A0012"}


def test_file_names_hold_no_sign_that_windows_forbids() -> None:
    assert safe_file_name('A/1_王:小*明?"<>|.pdf') == "A＿1_王＿小＿明＿＿＿＿＿.pdf"


def test_import_cannot_be_taken_back_once_a_form_went_out(sample: Office) -> None:
    with sample.store.reading() as reader:
        batch = reader.batches()[0]
    issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False)
    from desktop.services.importing import take_back

    with pytest.raises(TakeBackRefusedError):
        take_back(sample, batch.id)
