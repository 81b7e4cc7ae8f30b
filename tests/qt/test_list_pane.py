"""Long lists in the window: windows of rows, order, filters, columns, views, copy, sums, export."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.domain.listing import ListQuery, Sort
from desktop.qt.models.list_layout import ColumnPlace, LayoutMemory, ListLayout, layout_of
from desktop.qt.models.windowed import PAGE, WAITING, WindowedModel
from desktop.qt.theme import look
from desktop.services.listing import CellType, ListColumn, ListRow
from tests.qt.conftest import settle

COLUMNS = (
    ListColumn("name", "姓名"),
    ListColumn("hours", "時數", CellType.NUMBER, has_sum=True),
)
MANY = 800_000


def row(number: int) -> ListRow:
    return ListRow(number, (f"第{number}人", number % 4), f"A{number}")


class Answering:
    """Answers a model's questions when told to, as a thread would."""

    def __init__(self, model: WindowedModel) -> None:
        self.model = model
        self.asked: list[tuple[int, int, Sequence[int]]] = []
        model.wanted.connect(lambda *question: self.asked.append(question))

    def answer(self) -> None:
        for page, series, numbers in self.asked:
            self.model.take(series, page, [row(number) for number in numbers])
        self.asked.clear()


@pytest.fixture
def model(qapp):
    model = WindowedModel(COLUMNS)
    model.show_numbers(array("q", range(MANY)))
    return model


def test_only_rows_that_are_looked_at_are_asked_for(model, qapp):
    answering = Answering(model)
    assert model.rowCount() == MANY
    assert model.text(500_000, 0) == WAITING
    qapp.processEvents()
    assert [page for page, _, _ in answering.asked] == [500_000 // PAGE]
    answering.answer()
    assert model.text(500_000, 0) == "第500000人"
    assert model.row(500_000).subject == "A500000"


def read_all(answering: Answering, qtbot) -> list[int]:
    """Answer until nothing more is asked; the pages in the order they were asked for."""
    pages: list[int] = []
    while answering.asked:
        assert len(answering.asked) == 1  # one reading at a time
        pages.append(answering.asked[0][0])
        answering.answer()
        if answering.model._needed:
            qtbot.waitUntil(lambda: bool(answering.asked))
    return pages


def test_pages_passed_while_dragging_are_not_read(model, qtbot):
    answering = Answering(model)
    for place in range(64, MANY, 128 * 80):
        model.text(place, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    last = (MANY - 64) // (128 * 80) * 80
    assert read_all(answering, qtbot) == [last, last - 80, last - 160, last - 240]


def test_what_is_looked_at_while_another_page_is_read_comes_after_it(model, qtbot):
    answering = Answering(model)
    model.text(64, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    model.text(PAGE * 50 + 64, 0)
    model.text(PAGE * 90 + 64, 0)
    assert read_all(answering, qtbot) == [0, 90, 50]
    assert model.text(PAGE * 50 + 64, 0) == f"第{PAGE * 50 + 64}人"


def test_pages_come_also_after_one_that_could_not_be_read(model, qtbot):
    answering = Answering(model)
    model.text(64, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    ((page, series, _),) = answering.asked
    answering.asked.clear()
    model.text(PAGE + 64, 0)
    model.give_up(series, page)
    qtbot.waitUntil(lambda: bool(answering.asked))
    assert read_all(answering, qtbot) == [1]
    model.text(64, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    assert read_all(answering, qtbot) == [0]


def test_page_that_was_on_its_way_when_all_was_forgotten_is_asked_for_again(model, qtbot):
    answering = Answering(model)
    model.text(64, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    model.text(PAGE * 9 + 64, 0)
    model.forget()
    model.text(64, 0)
    model.text(PAGE * 9 + 64, 0)
    qtbot.waitUntil(lambda: len(answering.asked) == 2)
    del answering.asked[0]
    assert read_all(answering, qtbot) == [9, 0]


def test_page_after_is_read_before_its_rows_come_into_sight(model, qtbot):
    answering = Answering(model)
    model.text(PAGE * 5 + 64, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    assert read_all(answering, qtbot) == [5]
    model.text(PAGE * 6 - 1, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    assert read_all(answering, qtbot) == [6]
    model.text(PAGE * 5, 0)
    qtbot.waitUntil(lambda: bool(answering.asked))
    assert read_all(answering, qtbot) == [4]


def test_answer_to_an_older_list_is_dropped(model, qapp):
    answering = Answering(model)
    model.text(0, 0)
    qapp.processEvents()
    model.show_numbers(array("q", [7, 5]), [Sort("name", is_descending=True)])
    answering.answer()
    assert model.text(0, 0) == WAITING
    qapp.processEvents()
    answering.answer()
    assert [model.text(n, 0) for n in range(2)] == ["第7人", "第5人"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "姓名 ▼"


def test_row_that_is_gone_says_so(model):
    model.show_numbers(array("q", [7]))
    model.text(0, 0)
    model.take(model._series, 0, [None])
    assert (model.text(0, 0), model.text(0, 1), model.row(0)) == ("（已不在）", "", None)


def test_layout_survives_the_settings(tmp_path):
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    layout = ListLayout(
        (ColumnPlace("hours", 60, True), ColumnPlace("name", 120, False)),
        (Sort("hours", is_descending=True),),
        {"name": "臺"},
    )
    memory = LayoutMemory(settings, "records")
    memory.keep_last(layout)
    memory.keep_view("我的", layout)
    memory.keep_view("別的", ListLayout())
    memory.drop_view("別的")
    settings.sync()
    again = LayoutMemory(QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat), "records")
    assert again.last() == layout
    assert again.views() == {"我的": layout}
    assert layout_of("{damaged") is None
    assert layout_of('{"columns": 3}') is None


@pytest.fixture
def records(kept_window, qtbot):
    """The page of a window that every test finds as the first did."""
    window = kept_window
    window.open_page("records")
    pane = window.pages["records"].list
    pane.headings_action.setChecked(False)
    pane.show_layout(pane._first_layout)
    settle(qtbot, window)
    return window, pane


def column_of(pane, name: str) -> int:
    return next(n for n, one in enumerate(pane.source.columns) if one.name == name)


def texts(pane, name: str, count: int = 3) -> list[str]:
    return [pane.model.text(row, column_of(pane, name)) for row in range(count)]


def test_typing_under_a_heading_narrows_and_clicking_it_sorts(records, qtbot):
    window, pane = records
    everything = len(pane.model.numbers)
    QTest.keyClicks(pane.header.fields["employee_id"], "A0011")
    qtbot.waitUntil(lambda: len(pane.model.numbers) < everything)
    settle(qtbot, window)
    assert set(texts(pane, "employee_id")) == {"A0011"}
    assert pane.count.text() == f"{len(pane.model.numbers):,} 筆"
    pane.sort_by(column_of(pane, "start"), descends=True)
    settle(qtbot, window)
    starts = texts(pane, "start", 10)
    assert starts == sorted(starts, reverse=True)
    pane.sort_by(column_of(pane, "hours"))
    pane.sort_by(column_of(pane, "start"), adds=True)
    settle(qtbot, window)
    assert pane.model.headerData(column_of(pane, "start"), Qt.Orientation.Horizontal).endswith("▲2")
    pane.clear_filters()
    settle(qtbot, window)
    assert len(pane.model.numbers) == everything


def test_field_without_meaning_is_ringed_and_said(records, qtbot):
    window, pane = records
    said = []
    pane.noted.connect(lambda kind, sentence: said.append((kind, sentence)))
    everything = len(pane.model.numbers)
    field = pane.header.fields["hours"]
    field.setText("兩小時")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert said
    assert said[0][0] == "review"
    assert "不是數字" in said[0][1]
    assert field.property("error") is True
    assert field.accessibleDescription() == said[0][1]
    assert len(pane.model.numbers) == everything


def test_selection_is_summed_up_and_copied(records, qtbot):
    window, pane = records
    pane.sort_by(column_of(pane, "employee_id"))
    settle(qtbot, window)
    left, right = column_of(pane, "end"), column_of(pane, "hours")
    block = QItemSelection(pane.model.index(0, left), pane.model.index(2, right))
    pane.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    hours = sum(int(text) for text in texts(pane, "hours"))
    qtbot.waitUntil(lambda: "認證時數" in window.status.selection.text())
    assert window.status.selection.text().startswith(f"選取 3 列　認證時數 合計 {hours}　")
    assert "閱讀時間" not in window.status.selection.text()
    pane.headings_action.setChecked(True)
    pane.copy()
    settle(qtbot, window)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "迄\t認證時數"
    assert [line.split("\t")[1] for line in lines[1:]] == texts(pane, "hours")


def test_all_rows_are_summed_by_the_database_and_leaving_the_page_clears_it(records, qtbot):
    window, pane = records
    pane.view.selectAll()
    (whole,) = pane.source.tallies(["hours"], ListQuery())
    qtbot.waitUntil(lambda: "認證時數" in window.status.selection.text())
    assert f"選取 {len(pane.model.numbers):,} 列" in window.status.selection.text()
    assert f"合計 {int(whole.total):,}" in window.status.selection.text()
    window.open_page("audit")
    assert window.status.selection.text() == ""
    settle(qtbot, window)


def test_columns_are_chosen_moved_and_come_back_with_a_named_view(records, qtbot):
    window, pane = records
    before = pane.shown_columns()
    pane.show_column(column_of(pane, "kind"), False)
    pane.show_column(column_of(pane, "score"), True)
    pane.move_column(column_of(pane, "course"), -1)
    pane.header.fields["unit"].setText("農業")
    pane.sort_by(column_of(pane, "name"))
    settle(qtbot, window)
    stood = pane.layout_now()
    pane.keep_view("農業局")
    pane.show_layout(pane._first_layout)
    settle(qtbot, window)
    assert pane.shown_columns() == before
    assert pane.header.typed() == {}
    pane.show_layout(pane._memory.views()["農業局"])
    settle(qtbot, window)
    assert pane.layout_now() == stood
    assert not pane.header.fields["kind"].isVisible()
    assert pane.header.fields["score"].isVisible()
    assert set(texts(pane, "unit")) == {"農業局"}


def test_last_column_in_sight_stays(records):
    _, pane = records
    for place in pane.shown_columns():
        pane.show_column(place, False)
    assert len(pane.shown_columns()) == 1


def test_list_stands_as_it_was_left(open_window, shared_sample, qtbot):
    window = open_window(shared_sample)
    window.open_page("records")
    settle(qtbot, window)
    pane = window.pages["records"].list
    pane.sort_by(column_of(pane, "name"), descends=True)
    pane.header.resizeSection(column_of(pane, "course"), 333)
    settle(qtbot, window)
    window.close()
    again = open_window(shared_sample)
    pane = again.pages["records"].list
    assert pane.layout_now().sorts == (Sort("name", is_descending=True),)
    assert pane.header.sectionSize(column_of(pane, "course")) == 333


def test_enter_opens_the_person_of_the_row(records, qtbot):
    window, pane = records
    pane.header.fields["employee_id"].setText("A0011")
    pane.read()
    settle(qtbot, window)
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current_page.name == "review"
    assert window.pages["review"].person.name.text() == "林羽達"


def test_keyboard_sorts_filters_and_opens_the_menus(records, qtbot):
    window, pane = records
    pane.view.setCurrentIndex(pane.model.index(0, column_of(pane, "course")))
    pane.sort_current()
    settle(qtbot, window)
    assert pane.model.sorts == (Sort("course"),)
    pane.focus_filter()
    assert window.focusWidget() is pane.header.fields["course"]
    words = [action.text() for action in pane.column_menu(column_of(pane, "course")).actions()]
    assert {"由大到小排序", "往左移", "隱藏「課程」"} <= set(words)


def test_export_writes_the_columns_in_sight(records, qtbot, tmp_path):
    window, pane = records
    pane.show_column(column_of(pane, "employee_id"), False)
    pane.save_to(tmp_path / "明細.csv")
    settle(qtbot, window)
    lines = (tmp_path / "明細.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("姓名,單位,課程,")
    assert len(lines) >= len(pane.model.numbers) + 1


def test_heading_asks_no_row_whether_a_column_is_selected(records):
    _, pane = records
    pane.view.selectAll()
    assert pane.header.selectionModel() is not pane.view.selectionModel()
    assert not pane.header.selectionModel().hasSelection()


def test_scrolling_paints_only_the_rows_that_come_into_sight(records, qtbot):
    _, pane = records
    attribute = Qt.WidgetAttribute.WA_OpaquePaintEvent
    assert pane.view.viewport().testAttribute(attribute)
    at = pane.view.viewport().rect().bottomLeft() - QPoint(-5, 5)
    assert pane.view.rowAt(at.y()) >= 0


def test_cells_are_painted_with_their_ground_and_words(records, qtbot):
    window, pane = records
    view, model = pane.view, pane.model
    column = column_of(pane, "course")
    view.setCurrentIndex(model.index(0, column))
    model_index = model.index(2, column)
    view.selectionModel().select(model_index, QItemSelectionModel.SelectionFlag.Select)
    settle(qtbot, window)
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def colours_of(row: int) -> set[str]:
        cell = view.visualRect(model.index(row, column)).adjusted(2, 2, -2, -3)
        return {
            picture.pixelColor(round(x * ratio), round(y * ratio)).name()
            for x in range(cell.left(), min(cell.right(), view.viewport().width()))
            for y in range(cell.top(), cell.bottom())
        }

    name = "row_selected" if view.hasFocus() else "row_selected_idle"
    assert look().colour(f"surface.{name}").name() in colours_of(2)
    assert look().colour("surface.card").name() in colours_of(1)
    assert all(len(colours_of(row)) > 4 for row in range(3))  # words, their edges smoothed


def test_empty_office_says_what_comes_first(open_window, empty_office, qtbot):
    window = open_window(empty_office)
    window.open_page("records")
    settle(qtbot, window)
    assert window.pages["records"]._empty.isVisible()


def test_counted_rows_in_the_status_bar_lead_to_the_list(kept_window, qtbot):
    kept_window.open_page("overview")
    settle(qtbot, kept_window)
    kept_window.status.counts.click()
    settle(qtbot, kept_window)
    assert kept_window.current_page.name == "records"
    assert kept_window.rail.current_name == "import"


def test_course_found_by_the_search_narrows_the_list(records, qtbot):
    window, pane = records
    window.open_page("records", {"course": "農田到餐桌"})
    settle(qtbot, window)
    assert pane.header.typed() == {"course": "農田到餐桌"}
    assert 0 < len(pane.model.numbers) < 40
