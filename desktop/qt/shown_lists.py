"""Exporting the list in sight: what a table shows, columns and order as they stand, into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTableView,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import announce
from desktop.qt.widgets.find_strip import NOTHING, list_in, rows_of, words_in
from desktop.qt.widgets.list_pane import FORMATS, ListPane
from desktop.qt.widgets.short_list import short_list_of
from desktop.qt.widgets.table_reach import bare_heading
from desktop.services.shown_list import ShownList

ROWS_A_TURN = 500
"""Rows taken over before the window gets to breathe: 500 rows of ten cells are 15 ms."""
_UNFIT = str.maketrans(dict.fromkeys('\\/:*?"<>|：', "_"))


class ShownListDesk(QObject):
    """Writes the list that has the keyboard, else the page's largest, into a file."""

    def __init__(
        self,
        services: Services,
        operations: Operations,
        window: QWidget,
        *,
        note: Callable[[str, str], None],
    ) -> None:
        """Serve a window.

        Args:
            services: Of the open office.
            operations: The way off the UI thread.
            window: Over which the file is asked for.
            note: Shows a note: kind and sentence.
        """
        super().__init__(window)
        self._services, self._operations = services, operations
        self._window, self._note = window, note

    def export(self, page: QWidget | None, focus: QWidget | None) -> None:
        """Ask for a file and write the list into it."""
        view = list_in(page, focus) if page is not None else None
        if view is None:
            announce(self._window, NOTHING)
            self._note("info", f"{NOTHING}，沒有匯出。")
            return
        long_list = pane_of(view)
        if long_list is not None:
            long_list.export()
            return
        if not view.model().rowCount(view.rootIndex()):
            self._note("info", f"「{title_of(view)}」沒有東西可以匯出。")
            return
        title = title_of(view)
        name, _ = QFileDialog.getSaveFileName(
            self._window, f"匯出{title}", f"{title.translate(_UNFIT)}.csv", FORMATS
        )
        if name:
            self.save_to(view, Path(name))

    def save_to(self, view: QAbstractItemView, path: Path) -> None:
        """Take over what a list shows, a part at a time, and write it into a file."""
        places = _places(view)
        rows: list[list[str]] = []
        left = _cells(view, places)

        def go_on() -> None:
            if not isValid(view):
                return
            before = len(rows)
            rows.extend(islice(left, ROWS_A_TURN))
            if len(rows) - before < ROWS_A_TURN:
                self._write(view, places, rows, path)
            else:
                QTimer.singleShot(0, self, go_on)

        go_on()

    def _write(
        self, view: QAbstractItemView, places: list[int], rows: list[list[str]], path: Path
    ) -> None:
        headings, widths = [], []
        for place in places:
            words = bare_heading(view, place)
            headings.append(words if isinstance(words, str) and words else f"第 {place + 1} 欄")
            header = _header(view)
            widths.append(header.sectionSize(place) if header is not None else 240)
        source = ShownList(title_of(view), headings, widths, rows)
        services, names = self._services, [one.name for one in source.columns]
        short = short_list_of(view)
        lines = short.filter_lines() if short is not None else ()
        self._operations.run_write(
            lambda report: services.export_list(
                source, range(len(rows)), names, path, lines=lines, report=report
            ),
            lambda _: self._note("pass", f"已匯出 {len(rows):,} 列到「{path.name}」。"),
            words=f"匯出{source.title}",
            owner=self,
            can_cancel=True,
        )


def title_of(view: QAbstractItemView) -> str:
    """What a list is called."""
    return view.accessibleName() or "清單"


def pane_of(view: QWidget) -> ListPane | None:
    """The long list that a view belongs to; None for another table."""
    one: QWidget | None = view
    while one is not None and not isinstance(one, ListPane):
        one = one.parentWidget()
    return one


def _header(view: QAbstractItemView) -> QHeaderView | None:
    if isinstance(view, QTableView):
        return view.horizontalHeader()
    return view.header() if isinstance(view, QTreeView) else None


def _places(view: QAbstractItemView) -> list[int]:
    """The columns in sight from left to right."""
    header = _header(view)
    if header is None:
        return [0]
    places = (header.logicalIndex(visual) for visual in range(header.count()))
    return [place for place in places if not header.isSectionHidden(place)]


def _cells(view: QAbstractItemView, places: list[int]) -> Iterator[list[str]]:
    model = view.model()
    for index in rows_of(model, view.rootIndex()):
        if isinstance(view, QTableView) and view.isRowHidden(index.row()):
            continue
        yield [_cell(index.siblingAtColumn(place), len(places)) for place in places]


def _cell(index: QModelIndex, columns: int) -> str:
    words = index.data(Qt.ItemDataRole.DisplayRole)
    if isinstance(words, str):
        return words
    # A list whose rows are painted whole says them to a screen reader.
    return words_in(index) if columns == 1 else ""
