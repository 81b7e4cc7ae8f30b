"""What a short list has of a long one: its filter row, its order remembered, its saved views.

A short list is a table of a page or dialog whose rows are all at hand. Its model leaves out the
rows that do not fit, so that a row of the view is always that row of the model, and no act of a
page meets another row than the one the clerk sees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QObject,
    QSettings,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QMenu, QTableView

from desktop.domain.listing import Condition, Sort
from desktop.qt.models.list_layout import LayoutMemory, ListLayout
from desktop.qt.models.tables import TableModel, runs_of
from desktop.qt.widgets.basics import announce
from desktop.qt.widgets.filter_header import FilterHeader
from desktop.qt.widgets.views_menu import ask_name, columns_now, fill_views, put_columns
from desktop.services.listing import CellType, ListColumn
from desktop.services.listing_filters import ListFilterError
from desktop.services.listing_fits import conditions_for, fits, type_of

FILTER_KEY = "Ctrl+Shift+L"
MOST_READ = 500
"""Rows by whose cells a column's kind is told."""


class ShortList(QObject):
    """Serves one table: filters, order, layouts."""

    def __init__(self, view: QTableView, model: TableModel[Any], *, can_sort: bool) -> None:
        """Serve a table as long as it lives; its headings become ones with fields, put away.

        Args:
            view: The table; nothing is said of its headings before.
            model: Its rows.
            can_sort: Whether its rows may stand in another order than the page's own.
        """
        super().__init__(view)
        self.view, self.model, self.can_sort = view, model, can_sort
        self.header = FilterHeader((), view, has_fields=False)
        view.setHorizontalHeader(self.header)
        self._names = _names_of(model)
        self._memory: LayoutMemory | None = None
        self._settings: QSettings | None = None
        self._key = ""
        self._first: ListLayout | None = None
        self._is_reset = False
        self._faults: dict[str, str] = {}
        self._pushed: tuple[Any, Any] | None = None
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self._say)
        self.header.filters_changed.connect(self._narrow)
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.header.place_fields())
        model.modelReset.connect(self._rows_changed)
        model.ticked_changed.connect(self._due.start)

    # -------------------------------------------------------------------- filter
    def columns(self) -> tuple[ListColumn, ...]:
        """The columns, each with the type that its cells tell."""
        model, rows = self.model, self.model.given[:MOST_READ]
        return tuple(
            ListColumn(
                name,
                column.heading,
                type_of((model.cell(row, n) for row in rows), is_number=column.is_number),
                has_sum=column.is_number and column.has_sum,
                can_sort=self.can_sort,
            )
            for n, (name, column) in enumerate(zip(self._names, model.columns, strict=True))
        )

    @property
    def has_filters(self) -> bool:
        """Whether the fields are in sight."""
        return self.header.has_fields

    def show_filters(self, is_shown: bool) -> None:
        """Show the fields, or put them away and show every row."""
        if is_shown == self.has_filters:
            return
        if is_shown:
            self.header.show_fields(self.columns())
        else:
            self.header.hide_fields()
        self._narrow()

    def toggle_filters(self) -> None:
        """Show the fields and put the keyboard into one, or put them away."""
        self.show_filters(not self.has_filters)
        if not self.focus_filter():
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_filter(self) -> bool:
        """Put the keyboard into the field over the current column; False without fields."""
        if self.has_filters:
            self.header.focus_field(max(self.view.currentIndex().column(), 0))
        return self.has_filters

    def clear_filters(self) -> None:
        """Empty every field and show every row."""
        self.header.type_in({})
        self._narrow()

    def filter_lines(self) -> list[str]:
        """What stands in the fields, a line each, for what is written out."""
        headings = dict(zip(self._names, (one.heading for one in self.model.columns), strict=True))
        return [f"{headings[name]}：{words}" for name, words in self.header.typed().items()]

    def _narrow(self) -> None:
        """Show the rows that fit; the row with the keyboard stays it, or is it again when shown."""
        choice = self._choice if self.header.typed() else None
        view, model = self.view, self.model
        at = view.currentIndex()
        current = model.row(at.row()) if at.isValid() else None
        wanted = current
        if self._pushed is not None and current is self._pushed[1]:
            wanted = self._pushed[0]
        if choice is None:
            self._faults = {}
            self.header.show_faults({})
        column = max(at.column(), 0)
        before, chosen = model.rows, {id(model.rows[number]) for number in chosen_rows(view)}
        self._is_reset = False
        model.narrow(choice, leaving=self._step_aside)
        if self._is_reset:
            near = _near(before, at.row(), model.rows, chosen) if at.isValid() else None
            self._choose_again(chosen, near, column)
        back = next((n for n, row in enumerate(model.rows) if row is wanted), -1)
        if wanted is not None and back >= 0:
            self._pushed = None
            if view.currentIndex().row() != back:
                view.setCurrentIndex(model.index(back, column))
        elif wanted is not None:
            self._pushed = (wanted, model.row(view.currentIndex().row()))
        self._say()
        if self.has_filters:
            announce(view, self.header.count_words)

    def _step_aside(self, stay: Sequence[int]) -> None:
        """Give the keyboard to a row that stays: a chosen one, else the nearest.

        Qt would go from neighbour to neighbour while rows leave, and the page with it.
        """
        at, chosen = self.view.currentIndex(), self.view.selectionModel()
        if not at.isValid() or not stay or at.row() in stay:
            return
        kept = sorted(set(chosen_rows(self.view)) & set(stay))
        if kept:
            nothing = QItemSelectionModel.SelectionFlag.NoUpdate
            chosen.setCurrentIndex(self.model.index(kept[0], at.column()), nothing)
        else:
            near = next((row for row in stay if row > at.row()), stay[-1])
            self.view.setCurrentIndex(self.model.index(near, at.column()))

    def _choose_again(self, chosen: set[int], near: Any, column: int) -> None:
        """Choose what was chosen before the model was reset, as far as it is shown.

        Args:
            chosen: Identities of the rows.
            near: The row that gets the keyboard; None for none.
            column: Of the keyboard.
        """
        model, selection = self.model, self.view.selectionModel()
        again, last = QItemSelection(), model.columnCount() - 1
        is_chosen = [id(row) in chosen for row in model.rows]
        for first, end in runs_of(is_chosen):
            again.select(model.index(first, 0), model.index(end, last))
        if near is not None:
            row = next(n for n, one in enumerate(model.rows) if one is near)
            self.view.setCurrentIndex(model.index(row, column))
        if any(is_chosen):
            selection.select(again, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _choice(self, rows: Sequence[Any]) -> list[bool]:
        """Which of these rows fit what stands in the fields; fields without sense are ringed."""
        typed = self.header.typed()
        faults: dict[str, str] = {}
        tests: list[tuple[int, CellType, tuple[Condition, ...]]] = []
        for n, column in enumerate(self.columns()):
            words = typed.get(column.name, "")
            if not words:
                continue
            try:
                cells = [self.model.cell(row, n) for row in rows]
                tests.append((n, column.type, conditions_for(column, words, cells)))
            except ListFilterError as error:
                faults[column.name] = str(error)
        self._faults = faults
        self.header.show_faults(faults)
        return [
            all(
                fits(condition, kind, self.model.cell(row, n))
                for n, kind, conditions in tests
                for condition in conditions
            )
            for row in rows
        ]

    def _rows_changed(self) -> None:
        self._is_reset = True
        self._pushed = None
        if self.has_filters:
            self.header.show_columns(self.columns())
        self._say()

    def _say(self) -> None:
        if not self.has_filters:
            self.header.say_count("")
            return
        shown, there = len(self.model.rows), len(self.model.given)
        words = f"{there:,} 列" if shown == there else f"顯示 {shown:,}／{there:,} 列"
        hidden = self.model.hidden_ticks
        if hidden:
            words += f"，沒顯示的有 {hidden:,} 列已勾選"
        for sentence in self._faults.values():
            words += f"　{sentence.partition('；')[0]}"
        self.header.say_count(words, "、".join(self.filter_lines()))

    # ----------------------------------------------------------- order and views
    def layout_now(self) -> ListLayout:
        """How the list stands."""
        sorts = tuple(Sort(self._names[n], descends) for n, descends in self.model.sorts)
        return ListLayout(columns_now(self.header, self.columns()), sorts, self.header.typed())

    def show_layout(self, layout: ListLayout) -> None:
        """Have the list stand so."""
        put_columns(self.header, self.columns(), layout.columns)
        self._put_in_order(layout.sorts)
        if layout.filters:
            self.show_filters(True)
        self.header.type_in(layout.filters)
        self._narrow()

    def _put_in_order(self, sorts: Sequence[Sort]) -> None:
        if self.can_sort:
            known = [one for one in sorts if one.column in self._names]
            self.model.put_in_order(
                tuple((self._names.index(one.column), one.is_descending) for one in known)
            )

    def remember(self, settings: QSettings, key: str) -> None:
        """Bring the order back as it was left, with the fields if they were in sight.

        What stood in the fields does not come back by itself: no row is left out at a start.

        Args:
            settings: Where it is remembered.
            key: The page's and the table's name.
        """
        self._first = self.layout_now()
        self._settings, self._key = settings, f"{key} order"
        self._memory = LayoutMemory(settings, key)
        try:
            kept = json.loads(str(settings.value(self._key, "{}")))
            sorts = [Sort(str(name), bool(descends)) for name, descends in kept.get("sorts", [])]
            has_filters = bool(kept.get("has_filters", False))
        except (ValueError, TypeError, AttributeError):
            return
        self._put_in_order(sorts)
        self.show_filters(has_filters)

    def save(self) -> None:
        """Remember the order, and whether the fields are in sight."""
        if self._settings is None:
            return
        sorts = [[self._names[n], descends] for n, descends in self.model.sorts]
        kept = {"sorts": sorts, "has_filters": self.has_filters}
        self._settings.setValue(self._key, json.dumps(kept, ensure_ascii=False))

    def ask_view_name(self) -> None:
        """Ask for a name and keep the layout under it."""
        name = ask_name(self.view)
        if name:
            self.keep_view(name)

    def keep_view(self, name: str) -> None:
        """Keep the layout under a name."""
        if self._memory is not None:
            self._memory.keep_view(name, self.layout_now())
            announce(self.view, f"已儲存檢視畫面「{name}」")

    def extend_menu(self, menu: QMenu) -> None:
        """Add to the headings' menu what a list has beside its columns."""
        menu.addSeparator()
        fields = menu.addAction(f"篩選列\t{FILTER_KEY}")
        fields.setCheckable(True)
        fields.setChecked(self.has_filters)
        fields.triggered.connect(lambda _: self.toggle_filters())
        menu.addAction("清除篩選", self.clear_filters).setEnabled(bool(self.header.typed()))
        if self.can_sort:
            plain = menu.addAction("照原來的順序", lambda: self.model.put_in_order(()))
            plain.setEnabled(bool(self.model.sorts))
        if self._memory is not None and self._first is not None:
            views = menu.addMenu("檢視畫面")
            fill_views(
                views,
                self._memory,
                show=self.show_layout,
                ask=self.ask_view_name,
                first=self._first,
            )


def short_list_of(view: QObject | None) -> ShortList | None:
    """What serves a table as a short list; None for another kind."""
    if view is None:
        return None
    return view.findChild(ShortList, options=Qt.FindChildOption.FindDirectChildrenOnly)


def show_every_row(view: QTableView) -> None:
    """Empty a list's filter, for a row that the clerk asked for elsewhere."""
    short = short_list_of(view)
    if short is not None and short.header.typed():
        short.clear_filters()


def chosen_rows(view: QTableView) -> list[int]:
    """The numbers of the rows in which anything is chosen, in order."""
    selection = view.selectionModel()
    if selection is None:
        return []
    # The stubs do not know that a selection is a row of ranges.
    ranges = cast(Iterable[QItemSelectionRange], selection.selection())
    return sorted({n for one in ranges for n in range(one.top(), one.bottom() + 1)})


def _names_of(model: TableModel[Any]) -> list[str]:
    """A name for every column: its heading, numbered where there are several of it."""
    names: list[str] = []
    for n, column in enumerate(model.columns):
        name = column.heading or f"第 {n + 1} 欄"
        names.append(name if name not in names else f"{name} {n + 1}")
    return names


def _near(before: Sequence[Any], at: int, now: Sequence[Any], chosen: set[int]) -> Any:
    """The row shown now that is nearest to where the keyboard was; None where none is shown.

    Args:
        before: The rows shown before.
        at: Which of them had the keyboard.
        now: The rows shown now.
        chosen: Identities of the rows that were chosen: one of them comes first.
    """
    shown = {id(row) for row in now}
    around = [before[at], *(row for row in before if id(row) in chosen)]
    around += [*before[at:], *reversed(before[:at])]
    near = next((row for row in around if id(row) in shown), None)
    return near if near is not None or not now else now[0]
