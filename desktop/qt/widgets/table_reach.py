"""What every short table can do with the keyboard and its headings: copy, choose columns, sum."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableModel
from desktop.qt.widgets.short_list import chosen_rows, short_list_of
from desktop.services.listing import ListColumn
from desktop.services.listing_fits import tally_in, type_of
from desktop.services.listing_words import as_tab_separated, tally_words

_TALLY_MS = 150
SORTS = "sortsByHeadings"
"""The property of a table whose headings put its rows in order."""


def shown_columns(view: QTableView) -> list[int]:
    """The columns in sight from left to right, by their place in the model."""
    header = view.horizontalHeader()
    places = (header.logicalIndex(visual) for visual in range(header.count()))
    return [place for place in places if not header.isSectionHidden(place)]


def bare_heading(view: QAbstractItemView, place: int) -> str:
    """A column's heading without its place in the order; empty where there is none."""
    model, side = view.model(), Qt.Orientation.Horizontal
    words = model.headerData(place, side, Role.VALUE) or model.headerData(place, side)
    return words if isinstance(words, str) else ""


def count_chosen(view: QTableView) -> int:
    """How many rows are chosen: an act on one row is for none of several."""
    return len(chosen_rows(view))


def copied_rows(view: QTableView) -> str:
    """The selected rows, or the current one, as a spreadsheet puts them on the clipboard."""
    model, selection = view.model(), view.selectionModel()
    if model is None or selection is None:
        return ""
    rows = sorted({index.row() for index in selection.selectedIndexes()})
    if not rows and view.currentIndex().isValid():
        rows = [view.currentIndex().row()]
    places = shown_columns(view)
    return as_tab_separated(
        [str(model.index(row, place).data() or "") for place in places] for row in rows
    )


def copy_rows(view: QTableView) -> None:
    """Put the selected rows on the clipboard; it stays as it is where there are none."""
    text = copied_rows(view)
    if text:
        QGuiApplication.clipboard().setText(text)


def sort_by_headings(view: QTableView, model: TableModel[Any]) -> None:
    """Have a click on a heading put the rows in its order, with Ctrl among those alike so far."""
    header = view.horizontalHeader()

    def clicked(section: int) -> None:
        keys = QGuiApplication.keyboardModifiers()
        model.sort_by(section, adds=bool(keys & Qt.KeyboardModifier.ControlModifier))

    header.sectionClicked.connect(clicked)
    view.setProperty(SORTS, True)


def selection_words(view: QTableView) -> str:
    """What the selected rows come to: their number, and sums of columns in sight; empty for one."""
    selection, model = view.selectionModel(), view.model()
    if selection is None or model is None:
        return ""
    rows = chosen_rows(view)
    if len(rows) < 2:
        return ""
    head = f"選取 {len(rows):,} 列"
    if not isinstance(model, TableModel):
        return head
    columns, tallies = [], []
    for place in shown_columns(view):
        column = model.columns[place]
        if not (column.is_number and column.has_sum):
            continue
        cells = [model.cell(model.rows[row], place) for row in rows]
        kind = type_of(cells, is_number=True)
        columns.append(ListColumn(str(place), column.heading, kind, has_sum=True))
        tallies.append(tally_in(columns[-1], cells))
    words = tally_words(columns, tallies)
    return f"{head}　{words}" if words else head


class TableReach(QObject):
    """Serves one table.

    Ctrl+C copies whole rows, the headings' menu shows and hides columns, F3 and Shift+F3 do in the
    column with the keyboard what a click on its heading does. What several chosen rows come to is
    told to the page, which says it in the status bar.
    """

    def __init__(self, view: QTableView) -> None:
        """Serve a table as long as it lives."""
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)
        header = view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask)
        self._tally = QTimer(self)
        self._tally.setSingleShot(True)
        self._tally.setInterval(_TALLY_MS)
        self._tally.timeout.connect(self._sum_up)
        self._has_told = False
        self.follow_selection()

    def follow_selection(self) -> None:
        """Tell of what is chosen, also in another model than before."""
        selection = self._view.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(lambda *_: self._tally.start())
            self._view.model().modelReset.connect(self._tally.start)

    def _sum_up(self) -> None:
        words = selection_words(self._view) if self._view.isVisible() else ""
        if not (words or self._has_told):
            return
        self._has_told = bool(words)
        one: QWidget | None = self._view.parentWidget()
        while one is not None:
            tell = getattr(one, "tell_selection", None)
            if tell is not None:
                tell(words)
                return
            one = one.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy with the clipboard's key, which Qt would have copy a single cell."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self._view)
            return True
        model, index = self._view.model(), self._view.currentIndex()
        is_sort = event.key() == Qt.Key.Key_F3 and bool(self._view.property(SORTS))
        if is_sort and isinstance(model, TableModel) and index.isValid():
            is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            model.sort_by(index.column(), adds=is_shifted)
            return True
        return False

    def open_menu(self) -> None:
        """Open the headings' menu without a mouse."""
        header = self._view.horizontalHeader()
        self._ask(QPoint(0, header.height()))

    def _ask(self, place: QPoint) -> None:
        header = self._view.horizontalHeader()
        self.columns_menu().popup(header.mapToGlobal(place))

    def columns_menu(self) -> QMenu:
        """Every column, to be put away but the last one; then what a list has beside columns."""
        header = self._view.horizontalHeader()
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for visual in range(header.count()):
            place = header.logicalIndex(visual)
            action = menu.addAction(bare_heading(self._view, place) or f"第 {place + 1} 欄")
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(place))
            action.toggled.connect(partial(self._show_column, place))
        short = short_list_of(self._view)
        if short is not None:
            short.extend_menu(menu)
        return menu

    def _show_column(self, place: int, is_shown: bool) -> None:
        if is_shown or shown_columns(self._view) != [place]:
            self._view.setColumnHidden(place, not is_shown)
