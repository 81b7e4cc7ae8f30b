"""敘獎 in the window: one tick leaves somebody out, order, preview, files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.commendation_page import CommendationPage
from desktop.qt.printing import PrintJob
from desktop.qt.services import services_of
from desktop.services.office import open_office
from tests.qt.conftest import NOW, settle

CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture(scope="module")
def window(qapp, theme, pristine, tmp_path_factory) -> Iterator[MainWindow]:
    """One window on an office of its own for all tests; each takes back what it did."""
    folder = tmp_path_factory.mktemp("commendation")
    path = folder / pristine.name
    shutil.copy(pristine, path)
    office = open_office(path, actor="範例承辦人", clock=lambda: NOW)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(services_of(office), settings=settings, theme=theme, actor="周雅雯")
    window.resize(1366, 688)
    window.show()
    yield window
    window.close()
    assert window.operations.finish()
    qapp.processEvents()
    office.store.close()


@pytest.fixture
def page(window, qtbot) -> CommendationPage:
    settle(qtbot, window)
    window.open_page("commendations")
    settle(qtbot, window)
    page = window.pages["commendations"]
    page.tabs.setCurrentIndex(0)
    page.views.setCurrentIndex(0)
    return page


def untick(page, employee_id: str) -> None:
    ids = [one.employee_id for one in page.sure_model.rows]
    index = page.sure_model.index(ids.index(employee_id), 0)
    assert page.sure_model.setData(index, Qt.CheckState.Unchecked, CHECK)


def listed(page) -> dict[str, bool]:
    return {one.employee_id: one.is_listed for one in page.sure_model.rows}


def test_one_tick_and_a_reason_leave_somebody_out_until_undone(page, window, qtbot):
    assert all(listed(page).values())
    untick(page, "A0011")
    assert page.bar.out_button.text() == "不列名 1 人(&N)"
    assert not page.bar.out_button.isEnabled()  # no reason yet
    page.bar.reason.setEditText("另案已敘獎")
    qtbot.keyClick(page.bar.reason.lineEdit(), Qt.Key.Key_Return)
    assert not page.bar.out_button.isEnabled()  # done once, however often the key is pressed
    settle(qtbot, window)
    assert [code for code, is_on in listed(page).items() if not is_on] == ["A0011"]
    assert page.tiles["不列名"].figure.text() == "1 人"
    assert page.sure_view.hasFocus() or not window.isActiveWindow()
    page.receive("A0011")
    assert page.why.grounds[0].head == "不列名"
    # Ticked again, with a reason, the person is back; both steps are undone.
    ids = [one.employee_id for one in page.sure_model.rows]
    place = page.sure_model.index(ids.index("A0011"), 0)
    page.sure_model.setData(place, Qt.CheckState.Checked, CHECK)
    assert page.bar.back_button.text() == "恢復列名 1 人(&I)"
    page.bar.reason.setEditText("另案撤回")
    page.bar.accept()
    settle(qtbot, window)
    assert all(listed(page).values())
    for _ in range(2):
        window.undoing.undo()
        settle(qtbot, window)
    assert all(listed(page).values())


def test_ticks_without_a_reason_go_back_with_escape(page, qtbot):
    untick(page, "A0002")
    untick(page, "A0003")
    assert page.bar.out_button.text() == "不列名 2 人(&N)"
    qtbot.keyClick(page.bar.reason.lineEdit(), Qt.Key.Key_Escape)
    assert len(page.sure_model.ticked) == len(page.sure_model.rows)
    assert not page.bar.drop_button.isVisible()


def test_last_reason_is_offered_so_that_enter_takes_it(page, window, qtbot):
    services = window.context.services
    services.leave_out(page.plan_id, ["A0012"], reason="另案已敘獎")
    services.keep_reason("自願不列名")
    page.reload()
    settle(qtbot, window)
    untick(page, "A0011")
    qtbot.keyClick(page.sure_view, Qt.Key.Key_Return)
    assert page.bar.words in ("另案已敘獎", "自願不列名")
    assert page.bar.out_button.isEnabled()
    page.bar.dropped.emit()
    window.undoing.undo()
    settle(qtbot, window)


def test_who_is_not_proposed_shows_reason_and_clause(page):
    page.receive("A0001")
    assert page.tabs.currentIndex() == 1
    ground = page.why.grounds[0]
    assert ground.head == "不屬適用對象"
    assert ground.clause
    assert not page.bar.isVisible()


def test_rows_are_moved_by_key_and_kept_as_one_step(page, window, qtbot):
    before = [one.employee_id for one in page.sure_model.rows]
    page.sure_view.selectRow(2)
    for _ in range(2):
        qtbot.keyClick(page.sure_view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    moved = [before[2], before[0], before[1], *before[3:]]
    assert [one.employee_id for one in page.sure_model.rows] == moved
    assert page.orders.currentText() == "人工排序"
    qtbot.waitUntil(lambda: not page._order_timer.isActive())
    settle(qtbot, window)
    assert [one.employee_id for one in page.sure_model.rows] == moved
    assert window.undoing.undo_action.text() == "復原：敘獎人工排序"
    window.undoing.undo()
    settle(qtbot, window)
    assert [one.employee_id for one in page.sure_model.rows] == before


def test_another_sorting_is_chosen_and_undone(page, window, qtbot):
    before = [one.employee_id for one in page.sure_model.rows]
    page.orders.setCurrentIndex(1)
    page.orders.activated.emit(1)
    settle(qtbot, window)
    ranks = [one.rank for one in page.sure_model.rows]
    assert ranks[0].startswith("薦任")
    assert ranks[-1].startswith("相當")
    window.undoing.undo()
    settle(qtbot, window)
    assert [one.employee_id for one in page.sure_model.rows] == before
    assert page.orders.currentText() == "單位、官等"


def test_unit_filter_narrows_both_lists(page, qtbot):
    unit = page.sure_model.rows[0].unit
    page.units.choose([unit])
    assert {one.unit for one in page.sure_model.rows} == {unit}
    assert {one.unit for one in page.other_model.rows} <= {unit}
    page.units.choose([])


def test_lists_are_previewed_saved_and_printed(page, window, qtbot, tmp_path):
    page.views.setCurrentIndex(2)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: page.preview.document.pageCount() == 1)
    page.views.setCurrentIndex(1)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: page.preview.document.pageCount() >= 2)
    page.save_lists_to(tmp_path / "名冊.pdf")
    settle(qtbot, window)
    document = pypdfium2.PdfDocument(tmp_path / "名冊.pdf")
    first = document[0].get_textpage().get_text_range()
    assert "敘獎建議名冊" in first
    assert "已印 1 次" in page.paper_words.text()

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page._choose_printer = lambda parent, title: PrintJob(printer)
    page.views.setCurrentIndex(2)
    page.print_lists()
    settle(qtbot, window)
    assert len(pypdfium2.PdfDocument(tmp_path / "printed.pdf")) == 1
    page._choose_printer = lambda parent, title: None
    page.print_lists()
    settle(qtbot, window)


def test_workbook_is_saved_with_both_sheets(page, window, qtbot, tmp_path):
    page.export_sheet_to(tmp_path / "名冊.xlsx")
    settle(qtbot, window)
    assert openpyxl.load_workbook(tmp_path / "名冊.xlsx").sheetnames == [
        "敘獎建議名冊",
        "未獲敘獎名單",
    ]
    with qtbot.waitSignal(page.noted) as noted:
        page.export_sheet_to(tmp_path / "沒有這個資料夾" / "名冊.ods")
    assert noted.args[0] == "fail"
    settle(qtbot, window)


def test_plan_without_commendation_says_so(page, window, qtbot):
    plan = page.plan_id
    window.choose_plan("taipei-coursera-113")
    settle(qtbot, window)
    assert page.stack.currentWidget() is page.empty
    assert page.empty.title.text() == "這個計畫沒有敘獎"
    window.choose_plan(plan)
    settle(qtbot, window)
    assert page.stack.currentWidget() is page.splitter
