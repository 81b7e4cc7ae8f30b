from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PIL import Image

from desktop.domain.evidence import EvidenceKind, Extraction, LearningRow
from desktop.domain.findings import ReasonCode
from desktop.domain.provenance import FieldPlace, PageBox, SourcePlace
from desktop.domain.verdicts import RecordVerdict, Verdict
from desktop.services.draft import DraftFile, ImportDraft, RowState
from desktop.services.evidence_pages import draft_page_picture, page_count, page_picture, readings
from desktop.services.import_preview import preview
from desktop.services.importing import store_batch, take_back
from desktop.services.office import Office
from desktop.services.reading_review import (
    DoubtfulCell,
    confirm,
    confirm_in_draft,
    correct,
    correct_in_draft,
    count_doubtful,
    doubtful_cells,
    judged,
)
from desktop.services.reading_words import (
    ReadingRefusedError,
    correction_words,
    read_value,
    value_words,
)
from desktop.services.summary_records import record_line
from desktop.services.undoing import redo, redo_words, undo, undo_words
from desktop.services.verdict_json import person_entry
from desktop.services.verifying import case

PLAN = "kaohsiung-114"
WHO = "A0001"
BOX = PageBox(0.2, 0.4, 0.5, 0.5)


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 200), "white").save(buffer, format="PNG")
    return buffer.getvalue()


CONTENT = png()
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def doubted(name: str, row: int = 4, **changes: object) -> LearningRow:
    """A row of a picture: 08:00 would be on duty, what stands there is 19:52."""
    cells = ("start", "end", "reading_time", "certified_hours", "pass_status", "course_name")
    read = LearningRow(
        SourcePlace(
            DIGEST,
            f"{WHO}.png",
            page=1,
            row=row,
            boxes=((1, PageBox(0.0, 0.4, 1.0, 0.5)),),
            fields=tuple(FieldPlace(field, 1, BOX, 0.61) for field in cells),
        ),
        EvidenceKind.EPLUS_RECORD,
        name,
        employee_id=WHO,
        start=datetime(2025, 3, 12, 11, 52, 18),
        end=datetime(2025, 3, 12, 20, 55, 41),
        certified_hours=Decimal("1.0"),
        reading_time=timedelta(minutes=50),
        pass_status="已通過",
        doubtful_fields=("start",),
        raw={"課程名稱": name, "上課期間": "2025-03-12 11:52:18~2025-03-12 20:55:41"},
    )
    return replace(read, **changes)  # type: ignore[arg-type]


def draft_of(*rows: LearningRow, name: str = f"{WHO}.png") -> ImportDraft:
    extraction = Extraction(DIGEST, name, EvidenceKind.EPLUS_RECORD, rows)
    return ImportDraft((DraftFile(f"0:{DIGEST}", name, DIGEST, CONTENT, extraction),))


@pytest.fixture
def course(sample: Office) -> str:
    """A course of the plan of one hour that nobody of the sample needs to have taken twice."""
    taken = {record.course for record in case(sample, PLAN, WHO).verdict.records}
    plan = case(sample, PLAN, WHO).plan
    courses = [c for s in plan.sets for c in s.courses if c.hours == 1]
    return next((c.name for c in courses if c.name not in taken), courses[0].name)


def the_record(office: Office) -> RecordVerdict:
    (found,) = [r for r in case(office, PLAN, WHO).verdict.records if r.row.place.digest == DIGEST]
    return found


def the_cell(office: Office, draft: ImportDraft | None = None) -> DoubtfulCell:
    (cell,) = doubtful_cells(office, draft)
    return cell


def test_stored_doubt_is_listed_with_its_place_and_its_row(sample: Office, course: str) -> None:
    store_batch(sample, draft_of(doubted(course)))
    cell = the_cell(sample)
    assert (cell.page, cell.box, cell.field_words) == (1, BOX, "起")
    assert (cell.as_read, cell.typed) == ("114-03-12 11:52:18", "114-03-12 11:52:18")
    assert cell.employee_id == WHO
    assert cell.owner.endswith(WHO)
    assert "迄 114-03-12 20:55:41" in cell.neighbours
    assert "0.61" in cell.why
    assert count_doubtful(sample) == 1


def test_correction_changes_the_verdict_and_undo_brings_the_doubt_back(
    sample: Office, course: str
) -> None:
    store_batch(sample, draft_of(doubted(course)))
    cell = the_cell(sample)
    before = the_record(sample)
    assert ReasonCode.LOW_CONFIDENCE in {finding.code for finding in before.findings}
    assert "辨識存疑" in judged(sample, PLAN, cell)

    change = correct(sample, cell, "114/3/12 19:52:18")

    after = the_record(sample)
    assert change.undo_token
    assert change.employee_ids == {WHO}
    assert after.row.start == datetime(2025, 3, 12, 19, 52, 18)
    assert after.verdict is not before.verdict
    assert ReasonCode.LOW_CONFIDENCE not in {finding.code for finding in after.findings}
    assert doubtful_cells(sample) == ()
    assert count_doubtful(sample) == 0
    assert undo_words(sample) == "更正辨識「起」"

    undo(sample)
    assert the_record(sample).verdict is before.verdict
    assert the_record(sample).row == before.row
    assert the_cell(sample) == cell
    assert redo_words(sample) == "更正辨識「起」"

    redo(sample)
    assert the_record(sample).row.start == datetime(2025, 3, 12, 19, 52, 18)
    undo(sample)
    assert the_cell(sample) == cell


def test_confirmation_keeps_the_reading_and_ends_the_doubt(sample: Office, course: str) -> None:
    store_batch(sample, draft_of(doubted(course)))
    confirm(sample, the_cell(sample))
    record = the_record(sample)
    assert record.row.start == datetime(2025, 3, 12, 11, 52, 18)
    assert ReasonCode.START_ON_DUTY in {finding.code for finding in record.findings}
    assert record.verdict is Verdict.FAIL
    assert undo_words(sample) == "確認辨識「起」"


def test_settled_cell_can_be_listed_and_corrected_again(sample: Office, course: str) -> None:
    store_batch(sample, draft_of(doubted(course)))
    confirm(sample, the_cell(sample))
    (settled,) = doubtful_cells(sample, with_settled=True)
    assert settled.is_settled
    correct(sample, settled, "114-03-12 19:52:18")
    (again,) = doubtful_cells(sample, with_settled=True)
    assert again.typed == "114-03-12 19:52:18"
    assert again.as_read == "114-03-12 11:52:18"


def test_original_field_table_and_workbook_say_who_put_it_right(
    sample: Office, course: str
) -> None:
    store_batch(sample, draft_of(doubted(course)))
    correct(sample, the_cell(sample), "114-03-12 19:52:18")
    record = the_record(sample)
    (word,) = record.row.corrections
    shown = [one for one in readings(record) if one.is_correction]
    assert [one.field for one in shown] == ["起的更正"]
    assert shown[0].as_in_original == "辨識 11:52:18"
    assert shown[0].as_read.startswith("→ 更正 19:52:18，周雅雯 114-09-02 09:")
    found = case(sample, PLAN, WHO)
    line = record_line(found.plan, found.verdict, record)
    assert line.decision == f"起：{correction_words(word)}"
    assert "辨識 11:52:18 → 更正 19:52:18，周雅雯 114-09-02" in line.decision


def test_correction_stands_in_the_verdicts_as_a_persons_word(sample: Office, course: str) -> None:
    store_batch(
        sample, draft_of(doubted(course, doubtful_fields=("start", "reading_time", "pass_status")))
    )
    for cell in doubtful_cells(sample):
        if cell.field == "pass_status":
            confirm(sample, cell)
        else:
            correct(
                sample, cell, {"start": "114/3/12 19:52", "reading_time": "0:40:00"}[cell.field]
            )
    found = case(sample, PLAN, WHO)
    entries = [e for e in person_entry(found.plan, found.verdict)["records"] if "corrections" in e]
    for said in entries[0]["corrections"]:
        assert said.pop("at").startswith("2025-09-02T")
    by = {"by": "周雅雯"}
    assert [e["corrections"] for e in entries] == [
        [
            {
                "field": "start",
                "as_read": "114-03-12 11:52:18",
                "corrected": "2025-03-12T19:52:00",
                **by,
            },
            {"field": "reading_time", "as_read": "00:50:00", "corrected": 2400, **by},
            {"field": "pass_status", "as_read": "已通過", "corrected": None, **by},
        ]
    ]


def test_same_file_imported_again_keeps_the_correction(sample: Office, course: str) -> None:
    outcome = store_batch(sample, draft_of(doubted(course)))
    correct(sample, the_cell(sample), "114-03-12 19:52:18")
    take_back(sample, outcome.batch_id)
    assert doubtful_cells(sample, with_settled=True) == ()

    again = draft_of(doubted(course), name="改名.png")
    assert doubtful_cells(sample, again) == ()
    store_batch(sample, again)
    assert the_record(sample).row.start == datetime(2025, 3, 12, 19, 52, 18)


def test_correction_in_a_batch_is_stored_with_it_and_not_before(
    sample: Office, course: str
) -> None:
    draft = draft_of(doubted(course))
    assert preview(sample, draft).counts[RowState.DOUBTFUL] == 1
    fixed = correct_in_draft(sample, draft, the_cell(sample, draft), "114-03-12 19:52:18")
    with sample.store.reading() as reader:
        assert reader.reading_corrections() == {}
    assert doubtful_cells(sample, fixed) == ()
    assert RowState.DOUBTFUL not in preview(sample, fixed).counts
    (row,) = preview(sample, fixed).files[0].rows
    assert row.start == "114-03-12 19:52:18"
    assert "更正 19:52:18" in row.note

    store_batch(sample, fixed)
    record = the_record(sample)
    assert record.row.start == datetime(2025, 3, 12, 19, 52, 18)
    assert record.row.corrections[0].actor == "周雅雯"
    assert undo_words(sample) == "匯入 1 個檔案"


def test_confirmation_in_a_batch_ends_the_doubt(sample: Office, course: str) -> None:
    draft = draft_of(doubted(course))
    assert doubtful_cells(sample, confirm_in_draft(sample, draft, the_cell(sample, draft))) == ()


def test_file_stored_already_is_not_asked_about_again(sample: Office, course: str) -> None:
    draft = draft_of(doubted(course))
    store_batch(sample, draft)
    assert doubtful_cells(sample, draft) == ()


def test_row_of_an_unknown_person_waits_with_its_doubt(sample: Office, course: str) -> None:
    row = doubted(course, employee_id=None, person_name="查無此人")
    store_batch(sample, draft_of(row))
    cell = the_cell(sample)
    assert (cell.employee_id, cell.owner) == (None, "查無此人")
    assert judged(sample, PLAN, cell) == ""
    correct(sample, cell, "114-03-12 19:52:18")
    assert count_doubtful(sample) == 0


def test_value_that_nobody_read_can_be_typed_but_not_confirmed(sample: Office, course: str) -> None:
    row = doubted(course, start=None, raw={"上課期間": "2025-03-12 11:?2:18~"})
    store_batch(sample, draft_of(row))
    cell = the_cell(sample)
    assert (cell.as_read, cell.typed, cell.candidates) == ("2025-03-12 11:?2:18~", "", ())
    with pytest.raises(ReadingRefusedError, match="沒有讀出可以確認的值"):
        confirm(sample, cell)
    assert count_doubtful(sample) == 1
    correct(sample, cell, "2025-03-12 19:52:18")
    assert the_record(sample).row.start == datetime(2025, 3, 12, 19, 52, 18)


def test_refused_word_changes_nothing(sample: Office, course: str) -> None:
    store_batch(sample, draft_of(doubted(course)))
    before = undo_words(sample)
    with pytest.raises(ReadingRefusedError, match="沒有更正任何資料"):
        correct(sample, the_cell(sample), "十一點")
    assert undo_words(sample) == before
    assert count_doubtful(sample) == 1


REFUSED = {
    "nothing": ("start", "  ", "還沒有寫"),
    "time without date": ("start", "11:52:18", "讀不出日期和時間"),
    "two readings": ("completed_on", "03/04/2025", "有兩種讀法"),
    "impossible": ("end", "114/02/30 08:00:00", "不是存在的日期或時間"),
    "no length": ("reading_time", "很久", "讀不出時間長度"),
    "no number": ("certified_hours", "一", "讀不出數字"),
    "no state": ("pass_status", "大概", "不是通過狀態"),
    "no flag": ("is_questionnaire_done", "也許", "看不出是或否"),
}


@pytest.mark.parametrize(("field", "typed", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_value_is_refused_in_words(field: str, typed: str, words: str) -> None:
    with pytest.raises(ReadingRefusedError, match=words):
        read_value(field, typed)


ACCEPTED = {
    "roc moment": ("start", "114-03-12 11:52:18", datetime(2025, 3, 12, 11, 52, 18)),
    "full width": ("end", "１１４／３／１２ ０８：００：００", datetime(2025, 3, 12, 8)),
    "length": ("reading_time", "01:10:22", timedelta(hours=1, minutes=10, seconds=22)),
    "hours in words": ("certified_hours", "1.5 小時", Decimal("1.5")),
    "points": ("score", "85分", Decimal(85)),
    "state": ("pass_status", "通過", "已通過"),
    "flag": ("are_hours_uploaded", "成功", True),
    "name": ("course_name", " 雙軸轉型淨零港都 ", "雙軸轉型淨零港都"),
}


@pytest.mark.parametrize(("field", "typed", "value"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_accepted_spellings_are_read_and_their_words_read_again(field, typed, value) -> None:
    assert read_value(field, typed) == value
    assert read_value(field, value_words(value)) == value


def test_picture_is_shown_before_and_after_it_is_stored(sample: Office, course: str) -> None:
    draft = draft_of(doubted(course))
    early = draft_page_picture(sample, draft, DIGEST, 1, width_px=2000)
    store_batch(sample, draft)
    late = page_picture(sample, DIGEST, 1, width_px=2000)
    assert early == late
    assert (late.width, late.height) == (400, 200)
    assert page_count(sample, DIGEST) == 1
    assert draft_page_picture(sample, draft, "0" * 64, 1, width_px=2000) is None
