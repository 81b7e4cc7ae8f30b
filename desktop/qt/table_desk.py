"""Acts on the table in sight: its filter row, its columns and views; for the window's menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.qt.shown_lists import pane_of, title_of
from desktop.qt.widgets.find_strip import NOTHING, list_in
from desktop.qt.widgets.short_list import short_list_of
from desktop.qt.widgets.table_reach import TableReach


class TableDesk(QObject):
    """Serves the table that has the keyboard, else the page's largest."""

    def __init__(self, window: QWidget, *, note: Callable[[str, str], None]) -> None:
        """Serve a window.

        Args:
            window: The window.
            note: Shows a note: kind and sentence.
        """
        super().__init__(window)
        self._note = note

    def toggle_filters(self, page: QWidget | None, focus: QWidget | None) -> None:
        """Show or put away the filter row; that of a long list is always there."""
        view = _table_of(page, focus)
        pane = pane_of(view) if view is not None else None
        short = short_list_of(view) if view is not None else None
        if pane is not None:
            pane.focus_filter()
        elif short is not None:
            short.toggle_filters()
        else:
            self._refuse(view, "沒有篩選列")

    def open_menu(self, page: QWidget | None, focus: QWidget | None) -> None:
        """Open the menu of columns, filters and views."""
        view = _table_of(page, focus)
        pane = pane_of(view) if view is not None else None
        reach = view.findChild(TableReach) if view is not None else None
        if pane is not None:
            pane.columns_button.showMenu()
        elif reach is not None:
            reach.open_menu()
        else:
            self._refuse(view, "沒有欄位可以選")

    def focus_filter(self, page: QWidget | None, focus: QWidget | None) -> bool:
        """Put the keyboard into a filter row in sight; False without one, or when it is there."""
        view = _table_of(page, focus)
        short = short_list_of(view) if view is not None else None
        if short is None or focus in short.header.fields.values():
            return False
        return short.focus_filter()

    def _refuse(self, view: QAbstractItemView | None, lacks: str) -> None:
        words = NOTHING if view is None else f"「{title_of(view)}」{lacks}"
        self._note("info", f"{words}。")


def _table_of(page: QWidget | None, focus: QWidget | None) -> QAbstractItemView | None:
    """The table that the keyboard is in, be it in its filter row; else the largest of a page."""
    one = focus
    while one is not None and one is not page:
        if isinstance(one, QAbstractItemView) and short_list_of(one) is not None:
            return one
        one = one.parentWidget()
    return list_in(page, focus) if page is not None else None
