"""What every table of the window has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.qt.models.tables import TableModel
from desktop.qt.widgets import paint
from desktop.qt.widgets.delegates import CellDelegate
from desktop.qt.widgets.short_list import ShortList
from desktop.qt.widgets.table_reach import TableReach, sort_by_headings


def prepare_table(
    view: QTableView,
    *,
    keeps_blue: bool = False,
    has_reach: bool = True,
    can_sort: bool = False,
    can_filter: bool | None = None,
) -> None:
    """Make a table one of the window's: look, keys, copying.

    Args:
        view: The table.
        keeps_blue: Whether the selected row drives other panes and stays blue.
        has_reach: Whether rows are copied and columns chosen here; a long list does so itself.
        can_sort: Whether its headings sort the rows of its ``TableModel``.
        can_filter: Whether it has a filter row, remembered order and views; as ``can_sort`` says
            when None. Nothing may have been said of its headings before.
    """
    model = view.model()
    is_list = can_sort if can_filter is None else can_filter
    if is_list and isinstance(model, TableModel):
        ShortList(view, model, can_sort=can_sort)
    view.setItemDelegate(CellDelegate(view, keeps_blue=keeps_blue))
    if has_reach:
        TableReach(view)
    if can_sort and isinstance(model, TableModel):
        sort_by_headings(view, model)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(paint.row_height("row_table"))
    view.verticalHeader().setMinimumSectionSize(paint.row_height("row_table"))
    view.setProperty("usualRows", True)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setSectionsMovable(True)
