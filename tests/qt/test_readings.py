"""Doubtful readings in the window: beside their picture, by keyboard, with undo."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.domain.evidence import EvidenceKind, Extraction, LearningRow
from desktop.domain.provenance import FieldPlace, PageBox, SourcePlace
from desktop.qt.widgets.evidence_parts import trimmed
from desktop.qt.widgets.page_view import PageView
from desktop.services import unfinished_imports
from desktop.services.draft import DraftFile, ImportDraft
from desktop.services.importing import store_batch
from desktop.services.undoing import undo_words
from desktop.services.verifying import case
from tests.qt.conftest import PLAN, settle

WHO = "A0001"
PERIOD = PageBox(0.2, 0.4, 0.5, 0.5)
HOURS = PageBox(0.6, 0.4, 0.7, 0.5)
ROW = PageBox(0.0, 0.4, 1.0, 0.5)


def picture_of(mark: str) -> bytes:
    buffer = io.BytesIO()
    image = Image.new("RGB", (800, 400), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((180, 168, 300, 190), fill="black")
    draw.text((10, 10), str(mark.encode()), fill="black")
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def doubted(digest: str, name: str, course: str, row: int = 4, **changes: object) -> LearningRow:
    """Read as 11:52 (on duty); what stands there is 19:52."""
    boxes = {
        "start": PERIOD,
        "end": PERIOD,
        "reading_time": HOURS,
        "certified_hours": HOURS,
        "pass_status": HOURS,
        "course_name": HOURS,
    }
    read = LearningRow(
        SourcePlace(
            digest,
            name,
            page=1,
            row=row,
            boxes=((1, ROW),),
            fields=tuple(FieldPlace(field, 1, box, 0.61) for field, box in boxes.items()),
        ),
        EvidenceKind.EPLUS_RECORD,
        course,
        employee_id=WHO,
        start=datetime(2025, 3, 12, 11, 52, 18),
        end=datetime(2025, 3, 12, 20, 55, 41),
        certified_hours=Decimal("1.0"),
        reading_time=timedelta(minutes=50),
        pass_status="已通過",
        doubtful_fields=("start",),
        raw={"課程名稱": course, "上課期間": "2025-03-12 11:52:18~2025-03-12 20:55:41"},
    )
    return replace(read, **changes)  # type: ignore[arg-type]


def draft_of(course: str, *names: str) -> ImportDraft:
    """A file a name, its second row doubtful in its hours as well."""
    files = []
    for name in names:
        content = picture_of(name)
        digest = hashlib.sha256(content).hexdigest()
        rows = (
            doubted(digest, name, course),
            doubted(
                digest,
                name,
                course,
                row=5,
                start=datetime(2025, 3, 15, 19, 0),
                end=datetime(2025, 3, 15, 20, 30),
                doubtful_fields=("reading_time", "certified_hours"),
            ),
        )
        extraction = Extraction(digest, name, EvidenceKind.EPLUS_RECORD, rows)
        files.append(DraftFile(f"{len(files)}:{digest}", name, digest, content, extraction))
    return ImportDraft(tuple(files))


@pytest.fixture
def course(sample) -> str:
    taken = {record.course for record in case(sample, PLAN, WHO).verdict.records}
    courses = [c for s in case(sample, PLAN, WHO).plan.sets for c in s.courses if c.hours == 1]
    return next((c.name for c in courses if c.name not in taken), courses[0].name)


@pytest.fixture
def window(open_window, sample):
    return open_window(sample, only=("import", "review"))


def show_batch(window, qtbot, draft: ImportDraft):
    window.open_page("import")
    page = window.pages["import"]
    page._arrived(draft, page.services.preview(draft, {}))
    settle(qtbot, window)
    return page


def show_review(window, qtbot, row: int):
    window.open_page("review")
    page = window.pages["review"]
    page.receive(WHO)
    settle(qtbot, window)
    courses = page.table.courses
    found = [
        index
        for index in courses.record_indexes()
        if (record := courses.row(index).record) is not None
        and record.row.place.file_name == "圖.png"
        and record.row.place.row == row
    ]
    page.table.go_to(found[0])
    settle(qtbot, window)
    return page


# -------------------------------------------------------------------------------- a batch not stored
def test_doubtful_cell_stands_beside_its_picture(window, qtbot, course):
    page = show_batch(window, qtbot, draft_of(course, "圖.png"))
    desk = page.desk
    assert desk.isVisible()
    assert (desk.cell.field_words, desk.editor.text()) == ("起", "114-03-12 11:52:18")
    assert desk.stack.currentWidget() is desk.picture
    (cell,) = desk.picture.marked_cells
    visible = desk.picture.mapToScene(desk.picture.viewport().rect()).boundingRect()
    assert visible.contains(cell)
    assert cell.width() > visible.width() / 2
    assert page.row_view.currentIndex().row() == 0
    assert "3 格" in page.readings_button.text()


def test_one_key_goes_through_the_doubtful_cells_of_all_files(window, qtbot, course):
    page = show_batch(window, qtbot, draft_of(course, "圖.png", "乙.png"))
    seen = []
    for _ in range(7):
        page.go_to_next_reading()
        settle(qtbot, window)
        assert page.desk.editor.hasFocus()
        file = page._current_file()
        row = page.row_model.row(page.row_view.currentIndex().row())
        seen.append((file.name, row.place.row, page.desk.cell.field))
    one = [("圖.png", 4, "start"), ("圖.png", 5, "reading_time"), ("圖.png", 5, "certified_hours")]
    assert seen == [*one, *[("乙.png", *rest) for _, *rest in one], one[0]]


def test_chosen_row_brings_its_cell_to_the_desk(window, qtbot, course):
    page = show_batch(window, qtbot, draft_of(course, "圖.png"))
    page.row_view.selectRow(1)
    assert page.desk.cell.field == "reading_time"


def test_typed_value_goes_into_the_preview_and_undo_takes_it_back(
    window, qtbot, course, sample, monkeypatch
):
    # Whether the picture would be read alike is another test's matter.
    monkeypatch.setattr(unfinished_imports, "read_again", lambda kept, *_: kept)
    page = show_batch(window, qtbot, draft_of(course, "圖.png"))
    page.go_to_next_reading()
    page.desk.editor.selectAll()
    qtbot.keyClicks(page.desk.editor, "114/3/12 19:52")
    qtbot.keyClick(page.desk.editor, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.row_model.row(0).start == "114-03-12 19:52:00"
    assert "更正 19:52:00，範例承辦人" in page.desk.outcome.text()
    assert page.desk.cell.field == "reading_time"
    assert page.own_steps()[0]
    (kept,) = unfinished_imports.reopen_unfinished(sample).draft.readings
    assert (kept.field, kept.corrected) == ("start", "2025-03-12T19:52:00")
    # Nothing was typed since: Ctrl+Z is the window's, not the field's.
    qtbot.keyClick(page.desk.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert page.row_model.row(0).start == "114-03-12 11:52:18"
    assert not page.own_steps()[0]
    assert unfinished_imports.reopen_unfinished(sample).draft.readings == ()


def test_what_is_being_typed_stays_when_the_cells_are_read_again(window, qtbot, course):
    page = show_batch(window, qtbot, draft_of(course, "圖.png"))
    page.go_to_next_reading()
    qtbot.keyClicks(page.desk.editor, "114/3/12 1")
    page.desk.reload()
    settle(qtbot, window)
    assert page.desk.editor.text() == "114/3/12 1"
    page.desk.go(1)
    assert page.desk.editor.text() == "00:50:00"


def test_text_that_is_no_value_is_refused_under_the_field(window, qtbot, course):
    page = show_batch(window, qtbot, draft_of(course, "圖.png"))
    page.desk.editor.setText("03/04/2025 08:00")
    page.desk.save()
    settle(qtbot, window)
    assert "有兩種讀法" in page.desk.error.text()
    assert page.desk.error.isVisible()
    assert page.desk.open_count == 3
    page.desk.editor.setFocus()
    qtbot.keyClicks(page.desk.editor, "1")
    assert not page.desk.error.isVisible()


def test_cell_that_nobody_can_read_waits(window, qtbot, course):
    page = show_batch(window, qtbot, draft_of(course, "圖.png"))
    page.go_to_next_reading()
    page.desk.skip()
    assert "留著待確認" in page.desk.outcome.text()
    assert page.desk.cell.field == "reading_time"
    assert page.desk.open_count == 3


def test_stored_batch_keeps_what_was_said(window, qtbot, course, sample):
    page = show_batch(window, qtbot, draft_of(course, "圖.png"))
    page.desk.editor.setText("114-03-12 19:52:18")
    page.desk.save()
    settle(qtbot, window)
    page.store()
    settle(qtbot, window)
    assert not page.desk.isVisible()
    rows = [r.row for r in case(sample, PLAN, WHO).verdict.records if r.row.corrections]
    assert [(r.start, r.doubtful_fields) for r in rows] == [(datetime(2025, 3, 12, 19, 52, 18), ())]
    assert page.waiting_readings.isVisible()
    assert "2 格" in page.waiting_readings.accessibleName()


# ------------------------------------------------------------------------------------ what is stored
def test_stored_cells_are_confirmed_one_after_the_other(window, qtbot, course, sample):
    store_batch(sample, draft_of(course, "圖.png"))
    window.open_page("import")
    page = window.pages["import"]
    page._read_pending()
    settle(qtbot, window)
    page.waiting_readings.open_button.click()
    settle(qtbot, window)
    pane = page.stored_readings
    assert pane.isVisible()
    assert [cell.field for cell in pane.model.rows] == ["start", "reading_time", "certified_hours"]
    pane.desk.editor.setText("114-03-12 19:52:18")
    pane.desk.save()
    settle(qtbot, window)
    assert "判定：" in pane.desk.outcome.text()
    assert pane.desk.cell.field == "reading_time"
    # Unchanged, the field confirms what was read.
    pane.desk.save()
    settle(qtbot, window)
    assert "確認無誤" in pane.desk.outcome.text()
    assert [cell.field for cell in pane.model.rows] == ["certified_hours"]
    pane.settled_box.setChecked(True)
    assert len(pane.model.rows) == 3
    assert undo_words(sample) == "確認辨識「閱讀時數」"
    window.undoing.undo()
    settle(qtbot, window)
    assert pane.desk.open_count == 2
    pane.back_button.click()
    assert page.empty.isVisible()


# ----------------------------------------------------------------------------------- beside a verdict
def test_cells_are_marked_on_the_page_beside_the_verdict(window, qtbot, course, sample):
    store_batch(sample, draft_of(course, "圖.png"))
    page = show_review(window, qtbot, 4)
    view = page.evidence.page
    assert page.evidence.stack.currentWidget() is view
    assert [cell.left() / view.sceneRect().width() for cell in view.marked_cells] == [0.2]
    assert set(page.evidence.readings.cuts) >= {"課程名稱", "起", "迄", "閱讀時數", "認證時數"}
    # The period as it looks: what is black in the picture, not the room around it.
    assert page.evidence.readings.cuts["起"].width() < 220


def test_reading_is_put_right_beside_the_verdict(window, qtbot, course, sample):
    store_batch(sample, draft_of(course, "圖.png"))
    page = show_review(window, qtbot, 4)
    assert page.evidence.desk.isHidden()
    page.correct_readings()
    settle(qtbot, window)
    desk = page.evidence.desk
    assert desk.isVisible()
    assert desk.editor.text() == "114-03-12 11:52:18"
    desk.editor.setText("114-03-12 19:52:18")
    desk.save()
    settle(qtbot, window)
    record = page.table.current_record()
    assert record.row.start == datetime(2025, 3, 12, 19, 52, 18)
    fields = [reading.field for reading in page.evidence.readings.table.rows]
    assert "起的更正" in fields
    said = page.evidence.readings.table.rows[fields.index("起的更正")]
    assert "11:52:18" in said.as_in_original
    assert "19:52:18，範例承辦人" in said.as_read
    window.undoing.undo()
    settle(qtbot, window)
    assert page.table.current_record().row.doubtful_fields == ("start",)
    assert not desk.cell.is_settled


def test_row_without_doubt_offers_no_correction(window, qtbot, shared_sample):
    window.open_page("review")
    page = window.pages["review"]
    settle(qtbot, window)
    assert page.evidence.correct_link.isHidden()
    assert not page.evidence.correct_readings()


# ------------------------------------------------------------------------------------------- pictures
def test_view_fits_the_cell_aimed_at(qtbot, theme):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show()
    image = QImage(1240, 1754, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    cell = QRectF(0.4, 0.5, 0.1, 0.02)
    view.show_page(image, [QRectF(0, 0.5, 1, 0.02)])
    whole = view.percent()
    view.show_page(image, [], cells=[cell], aim=cell)
    assert view.percent() > 3 * whole
    visible = view.mapToScene(view.viewport().rect()).boundingRect()
    assert visible.contains(view.marked_cells[0])


@pytest.mark.parametrize(("paper", "ink"), [("white", "black"), ("#202020", "white")])
def test_cut_loses_the_room_around_its_text(qapp, paper, ink):
    image = QImage(200, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(paper))
    painter = QPainter(image)
    painter.fillRect(80, 20, 40, 16, QColor(ink))
    painter.end()
    cut = trimmed(image)
    assert (cut.width(), cut.height()) == (48, 22)


def test_empty_cut_stays_whole(qapp):
    image = QImage(200, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    assert trimmed(image).size() == image.size()
