"""Import, review, print: what a clerk does in a morning, on a real store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog

from desktop.domain.findings import ReasonCode
from desktop.domain.verdicts import DecisionKind
from desktop.qt.dialogs.refused import RefusedFilesDialog
from desktop.qt.dialogs.same_reason import SameReasonDialog
from desktop.qt.dialogs.stale import StaleDialog
from desktop.qt.printing import PrintJob
from desktop.qt.services import services_of
from desktop.qt.window_place import fit_screen
from desktop.services.draft import RowState
from tests.qt.conftest import PLAN, settle

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


def drop(target, *paths: Path) -> None:
    """Drop files on a widget as the system does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    acts, left, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    for kind in (QEvent.Type.DragEnter, QEvent.Type.Drop):
        event = QDropEvent(QPointF(50, 50), acts, mime, left, keys.NoModifier, kind)
        QApplication.sendEvent(target, event)
        assert event.isAccepted()


def dialog_of(kind: type[QDialog]) -> QDialog:
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    )


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def test_dropped_files_are_shown_stored_and_taken_back(qtbot, open_window, empty_office, tmp_path):
    window = open_window(empty_office)
    window.open_page("import")
    page = window.pages["import"]
    (tmp_path / "便當訂購.csv").write_text("品項,數量\n雞腿,3\n", encoding="utf-8")
    records = sorted((SAMPLE / "records").iterdir())
    drop(page, SAMPLE / "roster.xlsx", SAMPLE / "records", tmp_path / "便當訂購.csv")
    settle(qtbot, window)

    # Nothing is stored by looking.
    services = services_of(empty_office)
    assert services.status().rows == 0
    shown = {file.name.rsplit("/", 1)[-1] for file in page.file_model.rows}
    assert {"roster.xlsx", "便當訂購.csv", *(path.name for path in records)} <= shown
    total = sum(page._preview.counts.values())
    assert total == page._preview.rows_in
    storable = (
        total - page._preview.counts[RowState.REFUSED]
        if (RowState.REFUSED in page._preview.counts)
        else total
    )
    assert page.store_button.text().strip() == f"存入 {storable:,} 列(&S)"

    page.store_button.click()
    settle(qtbot, window)
    refused = dialog_of(RefusedFilesDialog)
    assert "便當訂購.csv" in refused.text()
    refused.accept()
    stored = services.status()
    assert stored.people > 0
    assert stored.rows > 0
    assert window.undoing.undo_action.text().startswith("復原：匯入")

    window.undoing.undo_action.trigger()
    settle(qtbot, window)
    assert services.status().rows == 0


def test_same_files_again_are_known_and_change_nothing(qtbot, open_window, sample):
    window = open_window(sample)
    window.open_page("import")
    page = window.pages["import"]
    rows = services_of(sample).status().rows
    page.add_paths([SAMPLE / "records"])
    settle(qtbot, window)
    assert page._preview.counts.get(RowState.NEW, 0) == 0
    assert not page.store_button.isEnabled()
    page.cancel_button.click()
    assert services_of(sample).status().rows == rows


def test_file_without_a_known_person_waits_until_one_is_named(qtbot, open_window, sample):
    window = open_window(sample)
    window.open_page("import")
    page = window.pages["import"]
    settle(qtbot, window)
    waiting = page.pending.table.rows
    assert waiting
    assert window.rail.rail_model.item(1).count == len(waiting)
    page.pending.view.selectRow(0)
    page.pending.field.setText("沒有這個人")
    page.pending.assign_button.click()
    assert page.pending.field.property("error")
    page.setFocus()  # the list of names would grab the keyboard, which this platform has not
    page.pending.field.textEdited.emit("A0003")
    settle(qtbot, window)
    page.pending.field.setText("A0003")
    page.pending.assign_button.click()
    settle(qtbot, window)
    assert len(page.pending.table.rows) == len(waiting) - 1


def test_unknown_person_is_asked_for_before_storing(qtbot, open_window, empty_office):
    window = open_window(empty_office)
    window.open_page("import")
    page = window.pages["import"]
    strangers = [p for p in (SAMPLE / "records").iterdir() if "汪不識" in p.name]
    assert strangers
    page.add_paths([SAMPLE / "roster.xlsx", *strangers])
    settle(qtbot, window)
    row = next(n for n, file in enumerate(page.file_model.rows) if file.question)
    page.file_view.selectRow(row)
    assert page.question.isVisible()
    page.question.field.textEdited.emit("A0003")
    settle(qtbot, window)
    page.question.field.setText("A0003")
    page.question.assign_button.click()
    settle(qtbot, window)
    assert not any(file.question for file in page._preview.files)

    page.file_view.selectRow(row)
    page.question.left_out.emit()
    settle(qtbot, window)
    assert next(f for f in page._preview.files if f.name == strangers[0].name).is_left_out


def test_pasted_table_is_read_like_a_file(qtbot, open_window, sample):
    window = open_window(sample)
    window.open_page("import")
    page = window.pages["import"]
    mime = QMimeData()
    saved = next(p for p in (SAMPLE / "records").iterdir() if p.suffix == ".html")
    mime.setHtml(saved.read_text(encoding="utf-8"))
    QGuiApplication.clipboard().setMimeData(mime)
    page.paste_button.click()
    settle(qtbot, window)
    assert len(page.file_model.rows) == 1
    assert page.file_model.rows[0].rows_in > 0


def test_reading_can_be_stopped_and_leaves_nothing(qtbot, open_window, empty_office):
    window = open_window(empty_office)
    window.open_page("import")
    page = window.pages["import"]
    page.add_paths([SAMPLE])
    page.cancel_button.click()
    settle(qtbot, window)
    assert page._preview is None
    assert page.add_files_button.isEnabled()
    assert services_of(empty_office).status().rows == 0


def test_failed_store_says_what_was_kept_and_can_be_tried_again(qtbot, open_window, empty_office):
    def fail(*arguments, **options):
        raise OSError(28, "No space left on device")

    services = replace(services_of(empty_office), store_batch=fail)
    window = open_window(empty_office, services)
    window.open_page("import")
    page = window.pages["import"]
    page.add_paths([SAMPLE / "roster.xlsx"])
    settle(qtbot, window)
    with qtbot.waitSignal(window.operations.failed) as failed:
        page.store_button.click()
    settle(qtbot, window)
    assert failed.args[0] == (
        "「存入」沒有完成：磁碟空間不足，資料沒有變動；請清出空間，再試一次。"
    )
    assert page._preview is not None
    assert page.store_button.isEnabled()


# ---------------------------------------------------------------------------------------- 審核
def open_case(qtbot, window, employee_id: str):
    window.open_page("review", employee_id)
    settle(qtbot, window)
    return window.pages["review"]


def test_reason_is_seen_with_its_sentence_clause_and_original(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    review = open_case(qtbot, window, "A0008")
    record = review.table.current_record()
    assert record.row.start.strftime("%H:%M:%S") == "11:59:59"
    reason = review.reasons.reasons[0]
    assert reason.chip == "起在上班"
    assert reason.sentence == "起 11:59:59 在上班時間 08:00–12:00 內，早 1 秒。"
    assert reason.clause
    assert [item.name for item in review.strip.items() if item.name.startswith("起")] == [
        "起 11:59:59 上班中"
    ]
    assert review.facts.lens.isVisible()
    marked = [r.field for r in review.evidence.readings.table.rows]
    assert {"課程名稱", "起", "迄"} <= set(marked)


def test_page_of_a_printout_is_framed_at_the_row(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    review = open_case(qtbot, window, "A0004")
    assert review.evidence.stack.currentWidget() is review.evidence.page
    place = review.table.current_record().row.place
    assert len(review.evidence.page._boxes) == len([b for n, b in place.boxes if n == place.page])
    zoom = review.evidence.page.percent()
    qtbot.keyClicks(review.evidence.page, "+")
    assert review.evidence.page.percent() > zoom
    qtbot.keyClicks(review.evidence.page, "0")
    assert review.evidence.page.percent() == zoom


def test_row_of_a_sheet_is_marked(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    review = open_case(qtbot, window, "A0005")
    assert review.evidence.stack.currentWidget() is review.evidence.sheet
    name = review.table.current_record().row.raw["課程名稱"]
    chosen = review.evidence.sheet.selectionModel().selectedRows()[0].row()
    cells = review.evidence._sheet_model.row(chosen)[1]
    assert any("".join(cell.split()) == "".join(name.split()) for cell in cells)


def test_refusal_that_follows_the_program_is_one_key(qtbot, open_window, sample):
    window = open_window(sample)
    review = open_case(qtbot, window, "A0008")
    before = review.queue.model.entries
    undecided = next(e.undecided for e in before if e.employee_id == "A0008")
    key = review.table.current_record().key
    review.decisions.refuse_button.click()
    settle(qtbot, window)
    after = next(e for e in review.queue.model.entries if e.employee_id == "A0008")
    assert after.undecided == undecided - 1
    case = services_of(sample).case(PLAN, "A0008")
    decision = next(r for r in case.verdict.records if r.key == key).decision
    assert decision.kind is DecisionKind.REFUSE
    assert decision.reason == "起 11:59:59 在上班時間 08:00–12:00 內，早 1 秒。"
    # On to the next row that needs one.
    assert review.table.current_record().key != key
    assert review.table.courses.row(review.table.currentIndex()).needs_decision


def test_overruling_a_fail_asks_for_words_first(qtbot, open_window, sample):
    window = open_window(sample)
    review = open_case(qtbot, window, "A0008")
    key = review.table.current_record().key
    review.decisions.accept_button.click()
    assert review.decisions.error.isVisible()
    assert review.decisions.error.text() == "請先寫理由"
    assert review.table.current_record().decision is None
    review.decisions.reason.setEditText("已核對出勤紀錄，鐘面誤差")
    review.decisions.accept_button.click()
    settle(qtbot, window)
    index = review.table.courses.index_of(key)
    assert review.table.courses.row(index).state_words == "採計"

    assert window.bar.undo.text() == "復原：採計"
    window.undoing.undo_action.trigger()
    settle(qtbot, window)
    index = review.table.courses.index_of(key)
    assert review.table.courses.row(index).state_words == "不符"
    window.undoing.redo_action.trigger()
    settle(qtbot, window)
    index = review.table.courses.index_of(key)
    assert review.table.courses.row(index).state_words == "採計"


def test_last_reason_for_the_code_and_act_is_offered_and_no_other(qtbot, open_window, sample):
    services = services_of(sample)
    rows = services.same_reason_rows(PLAN, ReasonCode.START_ON_DUTY)
    first, second = [row for row in rows if row.employee_id == "A0008"][:2]
    services.decide(PLAN, [first.record_key], kind=DecisionKind.ACCEPT, reason="當日調班，已附證明")
    other = services.same_reason_rows(PLAN, ReasonCode.TIME_MISSING)[0]
    services.decide(PLAN, [other.record_key], kind=DecisionKind.ACCEPT, reason="已補原件")
    window = open_window(sample)
    review = open_case(qtbot, window, "A0008")
    bar = review.decisions
    review.table.go_to(review.table.courses.index_of(second.record_key))
    bar.correct_button.click()
    assert (bar.reason.currentText(), bar.error.text()) == ("", "請先寫理由")
    bar.accept_button.click()
    assert bar.reason.currentText() == bar.reason.lineEdit().selectedText() == "當日調班，已附證明"
    assert bar.error.text().startswith("這是上次「起在上班」採計的理由")
    bar.accept_button.click()
    settle(qtbot, window)
    row = review.table.courses.row(review.table.courses.index_of(second.record_key))
    assert row.record.decision.reason == "當日調班，已附證明"


def test_last_reason_is_offered_and_the_same_key_accepts_it(qtbot, open_window, sample):
    services = services_of(sample)
    rows = services.same_reason_rows(PLAN, ReasonCode.TIME_MISSING)
    mine = [row for row in rows if row.employee_id == "A0006"]
    services.decide(PLAN, [mine[0].record_key], kind=DecisionKind.ACCEPT, reason="已補原件")
    window = open_window(sample)
    review = open_case(qtbot, window, "A0006")
    key = review.table.current_record().key
    review.decisions.accept_button.click()
    assert review.decisions.reason.currentText() == "已補原件"
    review.decisions.accept_button.click()
    settle(qtbot, window)
    row = review.table.courses.row(review.table.courses.index_of(key))
    assert row.record.decision.reason == "已補原件"


def test_workbench_is_driven_without_the_mouse(qtbot, open_window, sample):
    """F8 to the next row, Alt+R refuses it, Ctrl+Z takes it back, F6 goes round the panes."""
    window = open_window(sample)
    review = open_case(qtbot, window, "A0003")
    window.activateWindow()
    review.table.setFocus()
    first = review.table.current_record().key
    qtbot.keyClick(review.table, Qt.Key.Key_F8)
    settle(qtbot, window)
    second = review.table.current_record().key
    assert second != first
    with qtbot.waitSignal(review.decisions.decided):  # the button is seen to go down first
        qtbot.keyClick(review.table, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, window)
    case = services_of(sample).case(PLAN, "A0003")
    decided = {r.key for r in case.verdict.records if r.decision is not None}
    assert decided == {second}
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    case = services_of(sample).case(PLAN, "A0003")
    assert not any(r.decision for r in case.verdict.records)

    review.table.setFocus()
    seen = []
    for _ in range(5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert seen[:2] == [review.strip, review.reasons]
    assert seen[3:] == [review.queue.view, review.table]

    qtbot.keyClick(review.table, Qt.Key.Key_Return)
    assert review.decisions.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is review.table


def test_changed_facts_are_listed_until_the_clerk_agrees(qtbot, open_window, sample, tmp_path):
    window = open_window(sample)
    open_case(qtbot, window, "A0008")
    review = window.pages["review"]
    assert review.stale.notes.count() == 0
    services = services_of(sample)
    row = services.case(PLAN, "A0008").verdict.records[0].row
    day = row.start.date()
    sheet = tmp_path / "差勤.csv"
    sheet.write_text(
        "人員代號,姓名,差勤類別,開始日期,開始時間,結束日期,結束時間\n"
        f"A0008,郭欣君,加班,{day},{row.start:%H:%M},{row.end.date()},{row.end:%H:%M}\n",
        encoding="utf-8",
    )
    draft = services.read_batch([sheet])
    window.operations.run_write(lambda report: services.store_batch(draft, {}), words="匯入")
    settle(qtbot, window)
    if not services.stale(PLAN):
        raise AssertionError(services.preview(draft).files[0].refusals)
    assert review.stale.notes.count() == 1
    review.stale.open_list(services.stale(PLAN))
    dialog_of(StaleDialog).accept_button.click()
    settle(qtbot, window)
    assert services.stale(PLAN) == ()
    assert review.stale.notes.count() == 0


def test_f8_walks_through_what_waits_across_people(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    review = open_case(qtbot, window, "A0003")
    needing = len(review.table.rows_needing_decision())
    assert needing == 2
    people = []
    for _ in range(needing):
        review.go_to_needing(1)
        settle(qtbot, window)
        people.append(review.person.name.text())
    assert people == ["宋冠珍", "莊慧娟"]


def test_one_written_reason_settles_every_row_of_a_kind(qtbot, open_window, sample):
    window = open_window(sample)
    review = open_case(qtbot, window, "A0006")
    services = services_of(sample)
    code = review.same.code
    rows = services.same_reason_rows(PLAN, code)
    review.decisions.same_button.click()
    settle(qtbot, window)
    dialog = dialog_of(SameReasonDialog)
    dialog.reason.setEditText("已請同仁補原件並核對")
    dialog.accept_button.click()
    settle(qtbot, window)
    assert services.same_reason_rows(PLAN, code) == ()
    assert services.undo_words() == f"採計 {len(rows)} 筆"


def test_search_finds_people_courses_and_commands(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    open_case(qtbot, window, "A0004")
    window.activateWindow()
    window.focus_search()
    qtbot.waitUntil(window.bar.search.hasFocus)
    for words, section in (("A0008", "人員"), ("生成式", "課程"), ("列印", "指令")):
        window.bar.search.setText(words)
        qtbot.waitUntil(
            lambda section=section: any(h.section == section for h in window.bar.search.hits)
        )
    window.bar.search.setText("A0008")
    qtbot.waitUntil(lambda: [h.section for h in window.bar.search.hits][:1] == ["人員"])
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.pages["review"].person.name.text() == "郭欣君"


# --------------------------------------------------------------------------------------- 申請表
def test_preview_shows_the_page_that_is_saved(qtbot, open_window, sample, tmp_path):
    window = open_window(sample)
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    qtbot.waitUntil(lambda: forms.paper.document.pageCount() > 0)
    ticked = forms.table.ticked
    assert forms.paper.document.pageCount() == len(ticked)
    previewed = page_texts(forms.paper.content)
    forms.save_one_to(tmp_path / "申請表.pdf")
    settle(qtbot, window)
    saved = page_texts((tmp_path / "申請表.pdf").read_bytes())
    assert len(saved) == len(ticked)
    for shown, kept in zip(previewed, saved, strict=True):
        body = shown.split("★")[0]
        assert kept.startswith(body)
    numbered = [c for c in forms._all if c.key in ticked]
    assert all(candidate.number for candidate in numbered)
    assert all(candidate.times_printed == 1 for candidate in numbered)


def test_each_person_gets_a_file(qtbot, open_window, sample, tmp_path):
    window = open_window(sample)
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    people = {c.employee_id for c in forms._all if c.key in forms.table.ticked}
    folder = tmp_path / "每人"
    folder.mkdir()
    forms.save_each_to(folder)
    settle(qtbot, window)
    assert {path.name.split("_")[0] for path in folder.iterdir()} == people


def test_printing_sends_every_page_to_the_chosen_printer(qtbot, open_window, sample, tmp_path):
    window = open_window(sample)
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    paper = tmp_path / "印出.pdf"
    asked = []

    def choose(parent, title):
        asked.append(title)
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return PrintJob(printer)

    forms._choose_printer = choose
    count = len(forms.table.ticked)
    forms.print_button.click()
    settle(qtbot, window)
    assert asked == [f"列印 {count} 份申請表"]
    assert len(pypdfium2.PdfDocument(paper.read_bytes())) == count


def test_changing_ones_mind_at_the_printer_numbers_nothing(qtbot, open_window, sample):
    window = open_window(sample)
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    forms._choose_printer = lambda parent, title: None
    forms.print_button.click()
    settle(qtbot, window)
    assert not any(candidate.number for candidate in services_of(sample).form_candidates(PLAN))


def test_only_printable_forms_can_be_ticked(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    forms.table.tick(())
    forms.table.tick_all()
    states = {c.state for c in forms._all if c.key in forms.table.ticked}
    assert states == {"可列印"}
    assert forms.print_button.text().strip() == f"列印 {len(forms.table.ticked)} 份(&P)"
    forms.table.tick(())
    assert not forms.print_button.isEnabled()


def test_decision_reaches_the_forms(qtbot, open_window, sample):
    """The way through: a refused set becomes printable once its rows are accepted."""
    services = services_of(sample)
    case = services.case(PLAN, "A0006")
    keys = [r.key for r in case.verdict.records if r.set_id is not None]
    window = open_window(sample)
    forms = window.pages["forms"]
    window.open_page("forms")
    settle(qtbot, window)
    before = {c.key for c in forms._all if c.is_printable}
    window.operations.run_write(
        lambda report: services.decide(PLAN, keys, kind=DecisionKind.ACCEPT, reason="已核對原件"),
        words="採計",
    )
    settle(qtbot, window)
    after = {c.key for c in forms._all if c.is_printable}
    assert {key.split("/")[0] for key in after - before} == {"A0006"}


def test_window_comes_back_as_it_was(qtbot, open_window, sample):
    window = open_window(sample)
    window.open_page("forms")
    window.resize(1210, 640)
    settle(qtbot, window)
    window.close()
    again = open_window(sample)
    assert again.current_page.name == "forms"
    assert again.plan_id == PLAN


@pytest.mark.parametrize(
    "area",
    [
        QRect(0, 0, 1280, 672),  # 150 % on a common screen
        QRect(0, 0, 1920, 1032),
        QRect(-1280, 40, 1280, 680),
    ],
)
def test_window_is_never_larger_than_its_screen(qtbot, open_window, sample, area):
    window = open_window(sample)
    window.resize(1366, 688)
    window.move(area.topLeft())
    edges = window.frameGeometry().size() - window.size()
    fit_screen(window, area)
    assert area.contains(window.frameGeometry())
    assert window.width() == min(1366, area.width() - edges.width())
    assert window.height() == min(688, area.height() - edges.height())
