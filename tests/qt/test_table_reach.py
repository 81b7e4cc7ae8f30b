"""What every short table can do: order by several headings, copy rows, put columns away."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.table_reach import TableReach, bare_heading
from tests.qt.conftest import settle_plainly


@dataclass(frozen=True)
class Line:
    name: str
    unit: str
    hours: int | None


LINES = (Line("丙", "二科", 10), Line("甲", "一科", 9), Line("乙", "一科", None), Line("丁", "", 9))


@pytest.fixture
def table(qtbot, theme):
    model: TableModel[Line] = TableModel(
        [
            TableColumn("姓名", lambda one: one.name),
            TableColumn("單位", lambda one: one.unit),
            TableColumn(
                "時數",
                lambda one: "" if one.hours is None else f"{one.hours} 時",
                is_number=True,
                key=lambda one: one.hours,
            ),
        ],
        key=lambda one: one.name,
    )
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    prepare_table(view, can_sort=True)
    view.resize(500, 300)
    view.show()
    model.show_rows(LINES)
    return view, model


def names(model: TableModel[Line]) -> str:
    return "".join(one.name for one in model.rows)


def click(view: QTableView, section: int, keys=Qt.KeyboardModifier.NoModifier) -> None:
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_click_orders_by_value_then_turns_round_then_ends(table) -> None:
    view, model = table
    found = []
    for _ in range(3):
        click(view, 2)
        found.append((names(model), model.headerData(2, Qt.Orientation.Horizontal)))
    assert found == [("甲丁丙乙", "時數 ▲"), ("丙甲丁乙", "時數 ▼"), ("丙甲乙丁", "時數")]


def test_several_headings_decide_one_after_another(table) -> None:
    _, model = table
    model.sort_by(1)
    model.sort_by(0, adds=True)
    assert names(model) == "乙甲丙丁"
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == [
        "姓名 ▲2",
        "單位 ▲1",
        "時數",
    ]
    model.sort_by(1, adds=True)
    assert names(model) == "丙乙甲丁"
    assert model.headerData(1, Qt.Orientation.Horizontal, Role.VALUE) == "單位"


def test_order_keeps_the_chosen_row_the_ticks_and_later_rows(table) -> None:
    view, model = table
    view.selectRow(1)
    model.tick(["甲", "丙"])
    model.sort_by(0)
    assert model.row(view.currentIndex().row()) is LINES[1]
    assert [model.row(one.row()).name for one in view.selectionModel().selectedRows()] == ["甲"]
    assert model.ticked == ("丙", "甲")
    model.show_rows((*LINES, Line("一", "三科", 1)))
    assert names(model) == "一丁丙乙甲"


def test_rows_are_copied_whole_as_they_stand(table) -> None:
    view, model = table
    view.setColumnHidden(1, True)
    view.horizontalHeader().moveSection(2, 0)
    model.sort_by(2)
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines() == ["9 時\t甲", "9 時\t丁", "10 時\t丙", "\t乙"]


def test_columns_are_put_away_and_the_last_one_stays(table) -> None:
    view, model = table
    model.sort_by(0)
    reach = view.findChild(TableReach)
    actions = reach.columns_menu().actions()
    actions = actions[: [one.isSeparator() for one in actions].index(True)]
    assert [one.text() for one in actions] == ["姓名", "單位", "時數"]
    for one in actions:
        one.setChecked(False)
    assert [view.isColumnHidden(n) for n in range(3)] == [True, True, False]
    actions[0].setChecked(True)
    assert not view.isColumnHidden(0)
    assert bare_heading(view, 0) == "姓名"


def test_sorted_lists_keep_their_chosen_row_when_they_are_filled_again(kept_window) -> None:
    window = kept_window
    window.open_page("forms")
    settle_plainly(window)
    page = window.pages["forms"]
    page.table.sort_by(0)
    page.table.sort_by(0)
    last = len(page.table.rows) - 1
    page.view.selectRow(last)
    chosen = page.table.row(last)
    assert page._all.index(chosen) != last
    page._fill()
    assert page._current() is chosen
    settle_plainly(window)


def test_ticks_of_a_long_list_are_gone_over_once_a_filling(
    kept_window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = kept_window
    window.open_page("forms")
    settle_plainly(window)
    page = window.pages["forms"]
    asked = []
    ticked = TableModel.ticked
    monkeypatch.setattr(
        TableModel, "ticked", property(lambda model: asked.append(model) or ticked.fget(model))
    )
    page._say_numbers()
    assert asked == [page.table]
