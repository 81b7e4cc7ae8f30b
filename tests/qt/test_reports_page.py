"""報表 in the window: choose, see, keep the choice, export, open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import openpyxl
import pytest
from PySide6.QtCore import QSettings, Qt, QUrl

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.reports_page import LAST, ReportsPage
from desktop.qt.services import services_of
from desktop.services.office import open_office
from desktop.services.report_choices import EVERYTHING, choice_of
from tests.qt.conftest import NOW, settle


@pytest.fixture(scope="module")
def window(qapp, theme, pristine, tmp_path_factory) -> Iterator[MainWindow]:
    """One window on an office of its own for all tests; each takes back what it did."""
    folder = tmp_path_factory.mktemp("reports")
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
def page(window, qtbot) -> ReportsPage:
    settle(qtbot, window)
    window.open_page("reports")
    settle(qtbot, window)
    page = window.pages["reports"]
    page._use(EVERYTHING)
    wait(page, window, qtbot)
    return page


def wait(page, window, qtbot) -> None:
    """Until an act is done and the report is made again."""
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not page._timer.isActive())
    settle(qtbot, window)


def top(page, title: str):
    return next(item for item in page.tree._tops if item.data(0, Qt.ItemDataRole.UserRole) == title)


def headings(page) -> list[str]:
    model, view = page.preview.model, page.preview.view
    return [
        model.headerData(n, Qt.Orientation.Horizontal)
        for n in range(model.columnCount())
        if not view.isColumnHidden(n)
    ]


def test_every_sheet_is_shown_as_it_will_be_exported(page):
    assert [item.data(0, Qt.ItemDataRole.UserRole) for item in page.tree._tops] == [
        sheet.title for sheet in page._report.sheets
    ]
    page.tree.setCurrentItem(top(page, "明細"))
    assert headings(page)[:3] == ["人員代號", "姓名", "單位"]
    assert page.preview.model.rows[-1][1][0] == "合計"
    page.tree.setCurrentItem(top(page, "總表"))
    assert "各單位完成率" in page.preview.charts.text()
    page.preview.tabs.setCurrentIndex(1)
    assert headings(page)[0] == "全機關"


def test_columns_and_sheets_that_are_not_wanted_leave_the_preview_and_the_file(
    page, window, qtbot, tmp_path
):
    people = top(page, "明細")
    page.tree.setCurrentItem(people)
    title = next(
        people.child(n) for n in range(people.childCount()) if people.child(n).text(0) == "職稱"
    )
    title.setCheckState(0, Qt.CheckState.Unchecked)
    assert "職稱" not in headings(page)
    top(page, "拒收").setCheckState(0, Qt.CheckState.Unchecked)
    page.tree.setCurrentItem(top(page, "拒收"))
    assert page.preview.stack.currentWidget() is page.preview.message
    assert "7 張工作表，不含 1 欄" in page.words.text()
    page.kinds["ods"].setChecked(True)
    page.export_to(tmp_path / "月報.xlsx")
    settle(qtbot, window)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["月報.ods", "月報.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "月報.xlsx")
    assert "拒收" not in book.sheetnames
    assert "職稱" not in [c.value for row in book["明細"].iter_rows(max_row=6) for c in row]
    opened: list[QUrl] = []
    page.open_url = opened.append
    page.open_button.click()
    page.folder_button.click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "月報.xlsx"), str(tmp_path)]


def test_nothing_wanted_cannot_be_exported(page):
    page.kinds["xlsx"].setChecked(False)
    page.kinds["ods"].setChecked(False)
    assert not page.export_button.isEnabled()
    assert page.export_button.toolTip() == "先選一種檔案格式"
    page.kinds["ods"].setChecked(True)
    assert page.export_button.isEnabled()
    for item in page.tree._tops:
        item.setCheckState(0, Qt.CheckState.Unchecked)
    assert page.export_button.toolTip() == "先勾選至少一張工作表"


def test_units_narrow_the_report(page, window, qtbot):
    unit = page._report.units[0]
    page.units.choose([unit])
    wait(page, window, qtbot)
    assert page._report.chosen_units == (unit,)
    page.tree.setCurrentItem(top(page, "明細"))
    assert {row[2] for _, row in page.preview.model.rows[:-1]} == {unit}
    assert page.words.text().startswith("1 個單位")


def test_choice_is_kept_under_a_name_taken_again_and_undone(page, window, qtbot):
    top(page, "說明").setCheckState(0, Qt.CheckState.Unchecked)
    page.names.setEditText("月報")
    page.keep_button.click()
    wait(page, window, qtbot)
    assert window.undoing.undo_action.text() == "復原：儲存報表選擇「月報」"
    page.all_button.click()
    assert page.choice.left_out_sheets == ()
    page.names.setCurrentIndex(page.names.findText("月報"))
    page.names.activated.emit(page.names.currentIndex())
    assert page.choice.left_out_sheets == ("說明",)
    page.drop_button.click()
    wait(page, window, qtbot)
    assert page.names.findText("月報") < 0
    for _ in range(2):
        window.undoing.undo()
        wait(page, window, qtbot)
    assert page.names.findText("月報") < 0


def test_last_choice_is_remembered_and_a_broken_one_is_not(page, window):
    import json

    top(page, "拒收").setCheckState(0, Qt.CheckState.Unchecked)
    page.save_state()
    settings = window.context.settings
    assert choice_of(json.loads(settings.value(LAST))).left_out_sheets == ("拒收",)
    assert page._last_choice().left_out_sheets == ("拒收",)
    settings.setValue(LAST, "{")
    assert page._last_choice() == EVERYTHING


def test_failed_export_says_so_and_leaves_no_half_file(page, window, qtbot, tmp_path):
    with qtbot.waitSignal(page.noted) as noted:
        page.export_to(tmp_path / "沒有" / "月報.xlsx")
    settle(qtbot, window)
    assert noted.args[0] == "fail"
    assert list(tmp_path.iterdir()) == []
    assert page.export_button.isEnabled()


def test_papers_of_the_plan_are_a_click_away(page, window, qtbot):
    links = [page.papers.itemAt(n).widget() for n in range(page.papers.count())]
    next(one for one in links if one.text() == "查核表").click()
    settle(qtbot, window)
    forms = window.pages["forms"]
    assert window.current_page is forms
    assert forms.papers.currentText() == "查核表"
