"""The menu of 檢視畫面 that long and short lists have in common, and the columns of a layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHeaderView, QInputDialog, QMenu, QWidget

from desktop.qt.models.list_layout import ColumnPlace, LayoutMemory, ListLayout
from desktop.qt.widgets.text_fit import fitted_for
from desktop.services.listing import ListColumn


def fill_views(
    menu: QMenu,
    memory: LayoutMemory,
    *,
    show: Callable[[ListLayout], None],
    ask: Callable[[], None],
    first: ListLayout,
) -> None:
    """Fill a menu with the layouts that have a name.

    Args:
        menu: Emptied before.
        memory: Holds the layouts.
        show: Has the list stand like one of them.
        ask: Asks for a name for how the list stands.
        first: How it stood before the clerk changed anything.
    """
    menu.clear()
    views = memory.views()
    for name, layout in views.items():
        menu.addAction(name, partial(show, layout))
    if not views:
        menu.addAction("還沒有存過畫面").setEnabled(False)
    menu.addSeparator()
    menu.addAction("儲存目前的畫面…", ask)
    if views:
        drop = menu.addMenu("刪除畫面")
        for name in views:
            drop.addAction(name, partial(memory.drop_view, name))
    menu.addAction("恢復原來的畫面", partial(show, first))


def ask_name(parent: QWidget) -> str:
    """Ask under which name a layout is kept; empty when it is not."""
    words = "欄位、順序、寬度、排序和篩選會一起記下。名稱："
    name, is_sure = QInputDialog.getText(parent, "儲存目前的畫面", words)
    return name.strip() if is_sure else ""


def columns_now(header: QHeaderView, columns: Sequence[ListColumn]) -> tuple[ColumnPlace, ...]:
    """How the columns stand from left to right, hidden ones among them."""
    found = []
    for visual in range(header.count()):
        place = header.logicalIndex(visual)
        column, is_hidden = columns[place], header.isSectionHidden(place)
        shown = round(header.sectionSize(place) / fitted_for(header))
        found.append(ColumnPlace(column.name, column.width if is_hidden else shown, not is_hidden))
    return tuple(found)


def put_columns(
    header: QHeaderView, columns: Sequence[ListColumn], places: Sequence[ColumnPlace]
) -> None:
    """Have the columns stand so; those that the layout doesn't know stay as they are."""
    logical = {one.name: place for place, one in enumerate(columns)}
    for visual, one in enumerate(known for known in places if known.name in logical):
        place = logical[one.name]
        header.moveSection(header.visualIndex(place), visual)
        header.setSectionHidden(place, not one.is_shown)
        if one.is_shown:
            header.resizeSection(place, round(one.width * fitted_for(header)))
