"""Short lists: the filter row, the order remembered, saved views, sums of what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu, QTableView, QWidget

from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.short_list import FILTER_KEY, ShortList, short_list_of, show_every_row
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.table_reach import TableReach, selection_words
from tests.conftest import PATIENCE_MS
from tests.qt.conftest import settle_plainly


@dataclass(frozen=True)
class Line:
    name: str
    unit: str
    hours: str
    day: str


LINES = (
    Line("丙", "臺中二科", "10 時", "114-03-12"),
    Line("甲", "一科", "9 時", "114-04-01"),
    Line("乙", "一科", "不限", "—"),
    Line("丁", "", "2.5 時", "114-03-31"),
)


class Ground(QWidget):
    """Takes what a page would say in the status bar."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def tell_selection(self, words: str) -> None:
        self.said.append(words)


def make(ground: Ground, settings: QSettings | None = None) -> tuple[QTableView, TableModel[Line]]:
    model: TableModel[Line] = TableModel(
        [
            TableColumn("姓名", lambda one: one.name),
            TableColumn("單位", lambda one: one.unit),
            TableColumn("時數", lambda one: one.hours, is_number=True),
            TableColumn("日期", lambda one: one.day),
        ],
        key=lambda one: one.name,
        parent=ground,
    )
    view = QTableView(ground)
    view.setModel(model)
    prepare_table(view, can_sort=True)
    view.setGeometry(0, 0, 560, 320)
    if settings is not None:
        the_list(view).remember(settings, "page/table")
    return view, model


def the_list(view: QTableView) -> ShortList:
    found = short_list_of(view)
    assert found is not None
    return found


@pytest.fixture
def ground(qtbot, theme) -> Ground:
    ground = Ground()
    qtbot.addWidget(ground)
    ground.resize(600, 360)
    return ground


@pytest.fixture
def table(ground: Ground) -> tuple[QTableView, TableModel[Line]]:
    view, model = make(ground)
    ground.show()
    model.show_rows(LINES)
    return view, model


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def names(model: TableModel[Line]) -> str:
    return "".join(one.name for one in model.rows)


def type_in(view: QTableView, heading: str, words: str) -> None:
    """Type over a column and press Enter."""
    field = the_list(view).header.fields[heading]
    field.setFocus()
    field.setText(words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def entry(menu: QMenu, words: str):
    return next(one for one in menu.actions() if one.text().partition("\t")[0] == words)


def test_filter_row_is_not_there_until_it_is_asked_for(table) -> None:
    view, _ = table
    header, short = view.horizontalHeader(), the_list(view)
    low = header.sizeHint().height()
    assert not short.header.fields
    short.toggle_filters()
    assert all(field.isVisible() for field in short.header.fields.values())
    assert header.sizeHint().height() >= low + 24
    assert header.height() == header.sizeHint().height()
    assert view.window().focusWidget() is short.header.fields["姓名"]
    short.toggle_filters()
    assert not any(field.isVisible() for field in short.header.fields.values())
    assert header.height() == low


@pytest.mark.parametrize(
    ("heading", "words", "found"),
    [
        ("單位", "台中", "丙"),
        ("單位", "=", "丁"),
        ("單位", "<>一科", "丙丁"),
        ("時數", ">=9", "丙甲"),
        ("時數", "2~9", "甲丁"),
        ("時數", "不限", "乙"),
        ("日期", "114-03", "丙丁"),
        ("日期", ">114-03-12", "甲丁"),
        ("日期", "=", "乙"),
    ],
)
def test_words_over_a_column_leave_the_rows_that_fit(table, heading, words, found) -> None:
    view, model = table
    the_list(view).show_filters(True)
    type_in(view, heading, words)
    assert names(model) == found
    assert the_list(view).header.count_words == f"顯示 {len(found)}／4 列"
    assert [one.name for one in model.given] == ["丙", "甲", "乙", "丁"]


def test_words_without_sense_are_ringed_and_leave_every_row(table) -> None:
    view, model = table
    the_list(view).show_filters(True)
    type_in(view, "時數", "很多")
    field = the_list(view).header.fields["時數"]
    assert names(model) == "丙甲乙丁"
    assert field.property("error")
    assert "不是數字" in field.toolTip()
    fault = "「時數」的篩選「很多」不是數字，這一欄沒有篩選"
    assert the_list(view).header.count_words == f"4 列　{fault}"
    type_in(view, "時數", "")
    assert not field.property("error")


def test_chosen_row_stays_chosen_and_comes_back(table) -> None:
    view, model = table
    the_list(view).show_filters(True)
    view.selectRow(3)
    type_in(view, "日期", "114-03")
    assert model.row(view.currentIndex().row()) is LINES[3]
    assert [model.row(one.row()).name for one in view.selectionModel().selectedRows()] == ["丁"]
    type_in(view, "日期", "114-04")
    assert model.row(view.currentIndex().row()) is LINES[1]
    type_in(view, "日期", "115")
    assert names(model) == ""
    assert not view.currentIndex().isValid()
    type_in(view, "日期", "")
    assert model.row(view.currentIndex().row()) is LINES[3]
    assert [model.row(one.row()).name for one in view.selectionModel().selectedRows()] == ["丁"]


def test_page_hears_of_one_other_row_when_the_chosen_one_leaves(table) -> None:
    view, model = table
    the_list(view).show_filters(True)
    view.selectRow(0)
    heard: list[Line | None] = []
    view.selectionModel().currentRowChanged.connect(
        lambda now, _: heard.append(model.row(now.row()))
    )
    type_in(view, "單位", "=")
    assert heard[0] is LINES[3]
    assert {one.name for one in heard if one is not None} == {"丁"}


def test_several_chosen_rows_that_stay_are_chosen_still(table) -> None:
    view, model = table
    the_list(view).show_filters(True)
    view.selectAll()
    type_in(view, "單位", "一科")
    chosen = {model.row(one.row()).name for one in view.selectionModel().selectedRows()}
    assert chosen == {"甲", "乙"}


def test_enter_in_a_field_opens_no_row(table) -> None:
    view, model = table
    opened: list[int] = []
    view.activated.connect(lambda index: opened.append(index.row()))
    view.selectRow(0)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [0]
    the_list(view).show_filters(True)
    type_in(view, "單位", "一科")
    assert (names(model), opened) == ("甲乙", [0])


def test_filter_and_order_go_together(table) -> None:
    view, model = table
    the_list(view).show_filters(True)
    model.sort_by(2)
    type_in(view, "日期", "114")
    assert names(model) == "丁甲丙"
    view.selectRow(1)
    model.sort_by(2)
    assert names(model) == "丙甲丁"
    assert model.row(view.currentIndex().row()) is LINES[1]
    type_in(view, "日期", "")
    assert set(names(model)) == set("丙甲乙丁")
    model.sort_by(2)
    assert names(model) == "丙甲乙丁"


def test_rows_given_later_are_narrowed_by_their_own_kind(table) -> None:
    view, model = table
    model.show_rows(())
    the_list(view).show_filters(True)
    type_in(view, "日期", ">=114-04")
    model.show_rows(LINES)
    assert names(model) == "甲"
    assert the_list(view).header.count_words == "顯示 1／4 列"


def test_ticked_rows_that_are_left_out_stay_ticked_and_are_told(table, qtbot) -> None:
    view, model = table
    short = the_list(view)
    short.show_filters(True)
    model.tick(["丙", "甲"])
    type_in(view, "單位", "一科")
    assert model.ticked == ("丙", "甲")
    assert short.header.count_words == "顯示 2／4 列，沒顯示的有 1 列已勾選"
    model.tick_all()
    assert model.ticked == ("丙", "甲", "乙")
    model.tick(())
    qtbot.waitUntil(lambda: short.header.count_words == "顯示 2／4 列", timeout=PATIENCE_MS)


def test_putting_the_filter_row_away_shows_every_row(table) -> None:
    view, model = table
    the_list(view).show_filters(True)
    type_in(view, "單位", "一科")
    the_list(view).toggle_filters()
    assert names(model) == "丙甲乙丁"
    assert view.window().focusWidget() is view
    the_list(view).toggle_filters()
    assert the_list(view).header.typed() == {}


def test_row_asked_for_elsewhere_is_shown(table) -> None:
    view, model = table
    the_list(view).show_filters(True)
    type_in(view, "單位", "一科")
    show_every_row(view)
    assert names(model) == "丙甲乙丁"


def test_escape_and_down_lead_from_a_field_to_the_rows(table) -> None:
    view, model = table
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
        the_list(view).show_filters(True)
        field = the_list(view).header.fields["單位"]
        field.setFocus()
        QTest.keyClicks(field, "=")
        QTest.keyClick(field, key)
        assert names(model) == "丁"
        assert view.window().focusWidget() is view
        the_list(view).show_filters(False)


def test_menu_of_the_headings_has_filter_order_and_views(ground, kept) -> None:
    view, model = make(ground, kept)
    model.show_rows(LINES)
    ground.show()
    reach = view.findChild(TableReach)
    menu = reach.columns_menu()
    assert [one.text() for one in menu.actions() if not one.isSeparator()] == [
        "姓名",
        "單位",
        "時數",
        "日期",
        f"篩選列\t{FILTER_KEY}",
        "清除篩選",
        "照原來的順序",
        "檢視畫面",
    ]
    entry(menu, "篩選列").trigger()
    type_in(view, "單位", "一科")
    model.sort_by(0)
    menu = reach.columns_menu()
    assert entry(menu, "篩選列").isChecked()
    entry(menu, "清除篩選").trigger()
    entry(menu, "照原來的順序").trigger()
    assert names(model) == "丙甲乙丁"


def test_order_and_filter_row_are_there_again(ground, kept) -> None:
    view, model = make(ground, kept)
    model.sort_by(1)
    model.sort_by(0, adds=True)
    model.sort_by(0, adds=True)
    the_list(view).show_filters(True)
    type_in(view, "姓名", "甲")
    the_list(view).save()
    again, later = make(ground, kept)
    later.show_rows(LINES)
    assert later.sorts == ((1, False), (0, True))
    # What was typed doesn't come back: no row is left out at a start.
    assert names(later) == "甲乙丙丁"
    assert the_list(again).has_filters


@pytest.mark.parametrize("damage", ["", "nonsense", "[]", '{"sorts": 3}', '{"sorts": [["x", 1]]}'])
def test_damaged_memory_leaves_the_pages_own_order(ground, kept, damage: str) -> None:
    kept.setValue("page/table order", damage)
    _, model = make(ground, kept)
    model.show_rows(LINES)
    assert names(model) == "丙甲乙丁"


def test_views_keep_columns_order_and_filter_under_a_name(ground, kept, monkeypatch) -> None:
    view, model = make(ground, kept)
    model.show_rows(LINES)
    ground.show()
    short = the_list(view)
    short.show_filters(True)
    view.horizontalHeader().moveSection(3, 0)
    view.setColumnWidth(1, 133)
    view.setColumnHidden(2, True)
    model.sort_by(0)
    type_in(view, "日期", "114-03")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" 三月 ", True))
    short.ask_view_name()

    def views() -> QMenu:
        return entry(view.findChild(TableReach).columns_menu(), "檢視畫面").menu()

    entry(views(), "恢復原來的畫面").trigger()
    assert names(model) == "丙甲乙丁"
    assert not view.isColumnHidden(2)
    assert view.horizontalHeader().visualIndex(3) == 3
    short.show_filters(False)
    entry(views(), "三月").trigger()
    assert names(model) == "丁丙"
    assert view.isColumnHidden(2)
    assert view.horizontalHeader().visualIndex(3) == 0
    assert view.columnWidth(1) == 133
    assert short.header.fields["日期"].text() == "114-03"
    entry(entry(views(), "刪除畫面").menu(), "三月").trigger()
    assert "三月" not in [one.text() for one in views().actions()]


def test_chosen_rows_are_counted_and_summed_as_in_long_lists(table, ground, qtbot) -> None:
    view, _ = table
    view.selectAll()
    qtbot.waitUntil(lambda: bool(ground.said), timeout=PATIENCE_MS)
    assert ground.said == ["選取 4 列　時數 合計 21.5　平均 7.17"]
    view.setColumnHidden(2, True)
    assert selection_words(view) == "選取 4 列"
    view.selectRow(0)
    qtbot.waitUntil(lambda: ground.said[-1] == "", timeout=PATIENCE_MS)
    assert len(ground.said) == 2


def test_many_rows_are_narrowed_without_a_signal_too_many(ground) -> None:
    view, model = make(ground)
    model.show_rows([Line(f"人{n}", "一科" if n % 3 else "二科", "1 時", "") for n in range(900)])
    the_list(view).show_filters(True)
    view.selectRow(450)
    heard: list[int] = []
    view.selectionModel().currentRowChanged.connect(lambda now, _: heard.append(now.row()))
    type_in(view, "單位", "一科")
    assert len(model.rows) == 600
    assert model.row(view.currentIndex().row()).name == "人451"
    assert len(heard) == 1
    type_in(view, "單位", "")
    assert [one.name for one in model.rows] == [f"人{n}" for n in range(900)]
    assert model.row(view.currentIndex().row()).name == "人450"
    view.selectRow(451)
    view.selectionModel().select(
        model.index(452, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    type_in(view, "單位", "一科")
    assert model.row(view.currentIndex().row()).name == "人451"
    chosen = [model.row(one.row()).name for one in view.selectionModel().selectedRows()]
    assert chosen == ["人451", "人452"]
    type_in(view, "單位", "二科")
    assert (model.row(view.currentIndex().row()).name, len(model.rows)) == ("人0", 300)


# ------------------------------------------------------------------- in the window
Act = Callable[[], None]


def page_of(window, name: str):
    window.open_page(name)
    settle_plainly(window)
    window.activateWindow()
    return window.pages[name]


def test_filter_key_shows_the_row_and_acts_meet_the_row_in_sight(kept_window) -> None:
    window = kept_window
    page = page_of(window, "duty")
    view, model = page.roster.view, page.roster.model
    view.setFocus()
    action = next(one for one in window.actions() if one.shortcut().toString() == FILTER_KEY)
    action.trigger()
    short = the_list(view)
    assert short.header.isAncestorOf(window.focusWidget())
    wanted = page.roster.people[5]
    type_in(view, "代號", f"={wanted.employee_id}")
    assert [one.employee_id for one in model.rows] == [wanted.employee_id]
    chosen: list[str] = []
    page.roster.person_chosen.connect(chosen.append)
    view.activated.emit(model.index(0, 0))
    page.roster.person_chosen.disconnect(chosen.append)
    settle_plainly(window)
    assert chosen == [wanted.employee_id]
    assert len(page.roster.people) > 1
    assert page.roster.count.text() == f"{len(page.roster.people)} 人"
    page.tabs.setCurrentIndex(0)
    settle_plainly(window)
    view.setFocus()
    window.find_here()
    assert window.focusWidget() in short.header.fields.values()
    window.find_here()
    assert window.focusWidget() is page.roster.search
    view.setFocus()
    action.trigger()
    action.trigger()
    assert len(model.rows) == len(page.roster.people)
    if short.has_filters:
        short.show_filters(False)


def test_ctrl_f_goes_into_a_filter_row_in_sight_and_from_there_to_finding(kept_window) -> None:
    window = kept_window
    page = page_of(window, "commendations")
    view = page.sure_view
    view.setFocus()
    window.toggle_filters()
    view.setFocus()
    window.find_here()
    assert window.focusWidget() in the_list(view).header.fields.values()
    window.find_here()
    assert window.focusWidget() is window.find_strip.field
    window.find_strip.leave()
    the_list(view).show_filters(False)


def test_counts_of_a_page_stay_and_a_form_asked_for_is_shown(kept_window) -> None:
    window = kept_window
    page = page_of(window, "forms")
    said, there = page._count.text(), len(page.table.rows)
    wanted = page.table.rows[-1]
    short = the_list(page.view)
    short.show_filters(True)
    type_in(page.view, "代號", f"<>{wanted.employee_id}")
    assert 0 < len(page.table.rows) < there
    assert page._count.text() == said
    type_in(page.view, "姓名", "=沒有這個人")
    assert (page._count.text(), page.every.checkState()) == (said, Qt.CheckState.Unchecked)
    page.receive(wanted.employee_id)
    assert page._current().employee_id == wanted.employee_id
    assert len(page.table.rows) == there
    short.show_filters(False)
    settle_plainly(window)


def test_order_of_a_page_is_remembered_when_the_window_closes(kept_window) -> None:
    window = kept_window
    page = page_of(window, "forms")
    page.table.put_in_order(((1, True),))
    page.save_state()
    page.table.put_in_order(())
    page.remember("columns", page.view.horizontalHeader())
    assert page.table.sorts == ((1, True),)
    page.table.put_in_order(())
    page.save_state()
    settle_plainly(window)


def test_status_bar_sums_what_is_chosen_on_a_page(kept_window, qtbot) -> None:
    window = kept_window
    page = page_of(window, "duty")
    page.tabs.setCurrentIndex(0)
    page.roster.view.setFocus()
    page.roster.view.selectAll()
    words = f"選取 {len(page.roster.people):,} 列"
    qtbot.waitUntil(lambda: window.status.selection.text() == words, timeout=PATIENCE_MS)
    page.roster.view.clearSelection()
    qtbot.waitUntil(window.status.selection.isHidden, timeout=PATIENCE_MS)


def test_table_without_a_filter_row_says_so(kept_window, monkeypatch) -> None:
    window = kept_window
    page = page_of(window, "duty")
    page.tabs.setCurrentIndex(3)
    settle_plainly(window)
    page.patterns.view.setFocus()
    noted: list[str] = []
    monkeypatch.setattr(window.tables, "_note", lambda kind, words: noted.append(words))
    window.toggle_filters()
    assert noted == ["「班別的時段」沒有篩選列。"]
    page.tabs.setCurrentIndex(0)


def test_person_moves_among_those_in_sight_and_keeps_the_tick(kept_window) -> None:
    window = kept_window
    page = page_of(window, "commendations")
    view, model = page.sure_view, page.sure_model
    there, said = [one.employee_id for one in model.given], len(model.ticked)
    short = the_list(view)
    short.show_filters(True)
    type_in(view, "姓名", f"<>{there[1]}")
    assert [one.employee_id for one in model.rows] == [there[0], *there[2:]]
    view.selectRow(0)
    assert not page.up.isEnabled()
    assert page.down.isEnabled()
    type_in(view, "姓名", there[0])
    assert len(model.rows) == 1
    assert not page.down.isEnabled()
    assert len(model.ticked) == said
    page.receive(there[-1])
    assert page.current.employee_id == there[-1]
    assert len(model.rows) == len(there)
    short.show_filters(False)
