"""A long list with everything around it: filters, order, columns, views, copy, sums, export."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.listing import Condition, ListQuery, Sort
from desktop.qt.models.list_layout import LayoutMemory, ListLayout
from desktop.qt.models.windowed import WindowedModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import EmptyState, button, label, on_click, tool
from desktop.qt.widgets.big_table import BigTable, is_adding
from desktop.qt.widgets.text_fit import fitted_for
from desktop.qt.widgets.views_menu import ask_name, columns_now, fill_views, put_columns
from desktop.services.listing import ListRow, ListSource, Tally
from desktop.services.listing_filters import all_conditions
from desktop.services.listing_words import tally_words

FORMATS = "CSV (*.csv);;Excel (*.xlsx);;ODS (*.ods)"
_TALLY_MS = 150


class ListPane(QWidget):
    """A long list of the office.

    Attributes:
        told: What the status bar should say of the selection; empty for nothing.
        noted: A note for the window: kind and sentence.
        shown: Other rows are shown; how many.
        row_changed: Another row is the current one, or it was read: the row, or None.
        opened: A row was opened.
    """

    told = Signal(str)
    noted = Signal(str, str)
    shown = Signal(int)
    row_changed = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        source: ListSource,
        *,
        services: Services,
        operations: Operations,
        settings: QSettings,
        sorts: Sequence[Sort] = (),
        is_narrow: bool = False,
    ) -> None:
        """Make the list; nothing is read before ``read``.

        Args:
            source: What is listed.
            services: To copy and export.
            operations: To do all that off the UI thread.
            settings: Where layouts are remembered.
            sorts: The order until the clerk makes another.
            is_narrow: Whether it stands beside what its current row is about: buttons without
                words, no heading, the current row blue as a whole.
        """
        super().__init__()
        self.source = source
        self._services, self._operations, self._settings = services, operations, settings
        self._memory = LayoutMemory(settings, source.name)
        self._extra: tuple[Condition, ...] = ()
        self._sorts = tuple(sorts)
        self._query = ListQuery()
        self._is_narrow = is_narrow
        self._followed: int | None = None
        self.model = WindowedModel(source.columns, self)
        self.view = BigTable(self.model, keeps_blue=is_narrow)
        self.view.setAccessibleName(source.title)
        self.header = self.view.header
        self._first_layout = self.layout_now()
        self._build()
        self._connect()
        last = self._memory.last()
        if last is not None:
            self._put_on(last)

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(12, 6, 12, 6)
        self.bar.setSpacing(8)
        self.count = label("", "caption" if self._is_narrow else "secondary")
        if not self._is_narrow:
            self.bar.addWidget(label(self.source.title, "title"))
        self.bar.addWidget(self.count)
        self.bar.addStretch()
        self._make_buttons()
        self._views_menu = QMenu(self.views_button)
        self._columns_menu = QMenu(self.columns_button)
        self._views_menu.aboutToShow.connect(self._fill_views)
        self._columns_menu.aboutToShow.connect(lambda: self._fill_columns(self._columns_menu))
        self.views_button.setMenu(self._views_menu)
        self.columns_button.setMenu(self._columns_menu)
        for one in (self.clear_button, self.views_button, self.columns_button, self.export_button):
            self.bar.addWidget(one)
            if isinstance(one, QToolButton):
                one.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        column.addLayout(self.bar)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        column.addLayout(self._stack, 1)
        self.headings_action = QAction("複製時帶標題", self)
        self.headings_action.setCheckable(True)
        kept = self._settings.value(f"lists/{self.source.name}/headings", False, type=bool)
        self.headings_action.setChecked(bool(kept))

    def _make_buttons(self) -> None:
        self.clear_button: QPushButton | QToolButton
        self.views_button: QPushButton | QToolButton
        self.columns_button: QPushButton | QToolButton
        self.export_button: QPushButton | QToolButton
        if self._is_narrow:
            self.bar.setSpacing(2)
            self.clear_button = tool("filter_16_regular", "清除篩選")
            self.views_button = tool("more_horizontal_16_regular", "檢視畫面")
            self.columns_button = tool("table_settings_16_regular", "選擇欄位")
            self.export_button = tool("save_16_regular", f"匯出{self.source.title}")
            return
        self.clear_button = button("清除篩選(&X)", icon_name="filter_16_regular")
        self.views_button = button("檢視畫面(&V)")
        self.columns_button = button("欄位(&L)", icon_name="table_settings_16_regular")
        self.export_button = button("匯出…(&E)", icon_name="save_16_regular")

    def _connect(self) -> None:
        on_click(self.clear_button, self.clear_filters)
        on_click(self.export_button, self.export)
        self.header.filters_changed.connect(self.read)
        self.header.sectionClicked.connect(self._heading_clicked)
        self.header.customContextMenuRequested.connect(self._heading_menu)
        self.view.copy_wanted.connect(self.copy)
        self.view.opened.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._cell_menu)
        self.model.wanted.connect(self._fetch)
        self.model.dataChanged.connect(self._rows_came)
        self._tally = QTimer(self)
        self._tally.setSingleShot(True)
        self._tally.setInterval(_TALLY_MS)
        self._tally.timeout.connect(self._sum_up)
        selection = self.view.selectionModel()
        selection.selectionChanged.connect(lambda *_: self._tally.start())
        selection.currentRowChanged.connect(lambda *_: self._tell_row())

    # ------------------------------------------------------------------ reading
    def narrow(self, conditions: Iterable[Condition]) -> None:
        """Narrow the list by something beside the fields, and read."""
        self._extra = tuple(conditions)
        self.read()

    def read(self, *, keeps_place: bool = False) -> None:
        """Find the rows that fit, in order.

        Args:
            keeps_place: Whether the current row stays in sight: the list is the same, its rows
                may have changed.
        """
        conditions, faults = all_conditions(self.source.columns, self.header.typed())
        self.header.show_faults(faults)
        for sentence in faults.values():
            self.noted.emit("review", sentence)
        query = ListQuery((*conditions, *self._extra), self._sorts)
        self.clear_button.setEnabled(bool(self.header.typed()))
        self.count.setText("讀取中…")
        row = self.current_row() if keeps_place else None
        self._operations.run_read(
            lambda report: self.source.find(query, report),
            lambda numbers: self._found(query, numbers, None if row is None else row.number),
            words=f"讀取{self.source.title}",
            owner=self,
            latest=f"list {self.source.name}",
            can_cancel=True,
        )

    def follow(self, number: int | None) -> None:
        """Have a row be the current one whenever it is found, and none where it is not.

        Args:
            number: The row's; None to begin at the first row again.
        """
        self._followed = number

    def _found(self, query: ListQuery, numbers: array[int], number: int | None) -> None:
        self._query = query
        number = number if self._followed is None else self._followed
        column = max(self.view.currentIndex().column(), 0)
        self.model.show_numbers(numbers, query.sorts)
        self.count.setText(f"{len(numbers):,} 筆")
        self.export_button.setEnabled(bool(numbers))
        if number is not None and number in numbers:
            self._make_current(numbers.index(number), column)
        elif numbers and self._followed is None:
            self._make_current(0, column)
        self.told.emit("")
        self.shown.emit(len(numbers))
        self._tell_row()

    def _make_current(self, row: int, column: int) -> None:
        if self.header.isSectionHidden(column):
            column = self.shown_columns()[0]
        self.view.setCurrentIndex(self.model.index(row, column))

    def _fetch(self, page: int, series: int, numbers: array[int]) -> None:
        def failed(sentence: str) -> None:
            self.model.give_up(series, page)
            self.noted.emit("fail", sentence)

        self._operations.run_read(
            lambda report: self.source.rows(numbers),
            lambda rows: self.model.take(series, page, rows),
            words=f"讀取{self.source.title}",
            on_failure=failed,
            owner=self,
        )

    def current_row(self) -> ListRow | None:
        """The row with the keyboard; None without one, or while it is not read."""
        index = self.view.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def _rows_came(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.view.currentIndex().row() <= last.row():
            self._tell_row()

    def _tell_row(self) -> None:
        self.row_changed.emit(self.current_row())

    def _open(self, place: int) -> None:
        row = self.model.row(place)
        if row is not None:
            self.opened.emit(row)

    # ------------------------------------------------------------- order, filters
    def _heading_clicked(self, logical: int) -> None:
        self.sort_by(logical, adds=is_adding())

    def sort_by(self, logical: int, *, adds: bool = False, descends: bool | None = None) -> None:
        """Put the rows in a column's order; once more turns it round.

        Args:
            logical: The column.
            adds: Whether it only decides among rows alike so far.
            descends: The direction; the other one than before when None.
        """
        column = self.source.columns[logical]
        if not column.can_sort:
            self.noted.emit("info", f"「{column.heading}」是拼起來的文字，不能依它排序。")
            return
        before = next((one for one in self._sorts if one.column == column.name), None)
        if descends is None:
            descends = before is not None and not before.is_descending
        sort = Sort(column.name, descends)
        if not adds:
            self._sorts = (sort,)
        elif before is None:
            self._sorts = (*self._sorts, sort)
        else:
            self._sorts = tuple(sort if one is before else one for one in self._sorts)
        self.read()

    def sort_current(self, *, adds: bool = False) -> None:
        """The same for the column with the keyboard."""
        index = self.view.currentIndex()
        if index.isValid():
            self.sort_by(index.column(), adds=adds)

    def clear_sorts(self) -> None:
        """Rows as they came in."""
        self._sorts = ()
        self.read()

    def clear_filters(self) -> None:
        """Empty every field."""
        self.header.type_in({})
        self.read()
        self.view.setFocus()

    def focus_filter(self) -> None:
        """Put the keyboard into the field over the current column."""
        index = self.view.currentIndex()
        place = index.column() if index.isValid() else self.shown_columns()[0]
        self.header.focus_field(place)

    # -------------------------------------------------------------------- columns
    def shown_columns(self) -> list[int]:
        """The columns in sight from left to right, by their place in the source."""
        places = (self.header.logicalIndex(visual) for visual in range(self.header.count()))
        return [place for place in places if not self.header.isSectionHidden(place)]

    def show_column(self, logical: int, is_shown: bool) -> None:
        """Show or hide a column; the last one in sight stays."""
        if not is_shown and self.shown_columns() == [logical]:
            return
        self.header.setSectionHidden(logical, not is_shown)
        if is_shown and self.header.sectionSize(logical) < 24:
            usual = self.source.columns[logical].width
            self.header.resizeSection(logical, round(usual * fitted_for(self.header)))
        self.header.place_fields()

    def move_column(self, logical: int, step: int) -> None:
        """Move a column past the next one in sight."""
        shown = self.shown_columns()
        at = shown.index(logical) + step if logical in shown else -1
        if 0 <= at < len(shown):
            self.header.moveSection(
                self.header.visualIndex(logical), self.header.visualIndex(shown[at])
            )

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        for visual in range(self.header.count()):
            place = self.header.logicalIndex(visual)
            action = menu.addAction(self.source.columns[place].heading)
            action.setCheckable(True)
            action.setChecked(not self.header.isSectionHidden(place))
            action.toggled.connect(partial(self.show_column, place))
        menu.addSeparator()
        menu.addAction("恢復原來的欄位", self.reset_columns)

    def reset_columns(self) -> None:
        """Columns as they were before the clerk moved any; filters and order stay."""
        now = self.layout_now()
        self._put_on(ListLayout(self._first_layout.columns, now.sorts, now.filters))

    def _heading_menu(self, place: QPoint) -> None:
        logical = self.header.logicalIndexAt(place)
        if logical >= 0:
            self.column_menu(logical).popup(self.header.mapToGlobal(place))

    def column_menu(self, logical: int) -> QMenu:
        """What can be done with one column."""
        column = self.source.columns[logical]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if column.can_sort:
            for words, adds, descends in (
                ("由小到大排序", False, False),
                ("由大到小排序", False, True),
                ("加在後面排序", True, None),
            ):
                menu.addAction(words, partial(self.sort_by, logical, adds=adds, descends=descends))
            menu.addAction("照匯入先後", self.clear_sorts)
            menu.addSeparator()
        menu.addAction("往左移", partial(self.move_column, logical, -1))
        menu.addAction("往右移", partial(self.move_column, logical, 1))
        menu.addAction(f"隱藏「{column.heading}」", partial(self.show_column, logical, False))
        return menu

    def _cell_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        logical = index.column() if index.isValid() else self.shown_columns()[0]
        menu = self.column_menu(logical)
        first = menu.actions()[0]
        copy = QAction("複製\tCtrl+C", menu)
        copy.triggered.connect(lambda _=False: self.copy())
        menu.insertActions(first, [copy, self.headings_action])
        menu.insertSeparator(first)
        menu.popup(self.view.viewport().mapToGlobal(place))

    # ---------------------------------------------------------------------- views
    def layout_now(self) -> ListLayout:
        """How the list stands."""
        columns = columns_now(self.header, self.source.columns)
        return ListLayout(columns, self._sorts, self.header.typed())

    def show_layout(self, layout: ListLayout) -> None:
        """Have the list stand so, and read."""
        self._put_on(layout)
        self.read()

    def _put_on(self, layout: ListLayout) -> None:
        places = {one.name: place for place, one in enumerate(self.source.columns)}
        put_columns(self.header, self.source.columns, layout.columns)
        self._sorts = tuple(
            one
            for one in layout.sorts
            if one.column in places and self.source.columns[places[one.column]].can_sort
        )
        self.header.type_in(layout.filters)
        self.header.place_fields()
        self.header.order_fields()

    def _fill_views(self) -> None:
        fill_views(
            self._views_menu,
            self._memory,
            show=self.show_layout,
            ask=self.ask_view_name,
            first=self._first_layout,
        )

    def ask_view_name(self) -> None:
        """Ask for a name and keep the layout under it."""
        name = ask_name(self)
        if name:
            self.keep_view(name)

    def keep_view(self, name: str) -> None:
        """Keep the layout under a name."""
        self._memory.keep_view(name, self.layout_now())
        self.told.emit(f"已儲存檢視畫面「{name}」")

    def save_state(self) -> None:
        """Remember how the list stands."""
        self._memory.keep_last(self.layout_now())
        key = f"lists/{self.source.name}/headings"
        self._settings.setValue(key, self.headings_action.isChecked())

    # ----------------------------------------------------------- copy, sums, export
    def _selected(self) -> tuple[array[int], list[int]]:
        """Numbers of the rows with a selected cell, in order, and the columns, as in sight."""
        ranges = [(r.top(), r.bottom(), r.left(), r.right()) for r in self._ranges()]
        columns = {c for _, _, left, right in ranges for c in range(left, right + 1)}
        numbers: array[int] = array("q")
        done = -1
        for top, bottom, _, _ in sorted(ranges):
            numbers.extend(self.model.numbers[max(top, done + 1) : bottom + 1])
            done = max(done, bottom)
        return numbers, [place for place in self.shown_columns() if place in columns]

    def _ranges(self):
        return self.view.selectionModel().selection()

    def _names(self, places: Iterable[int]) -> list[str]:
        return [self.source.columns[place].name for place in places]

    def copy(self) -> None:
        """Put the selected cells on the clipboard as a spreadsheet would."""
        numbers, places = self._selected()
        if not numbers:
            return
        source, names = self.source, self._names(places)
        has_headings = self.headings_action.isChecked()
        is_one = len(numbers) == len(names) == 1 and not has_headings

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text.rstrip("\r\n") if is_one else text)
            self.told.emit(f"已複製 {len(numbers):,} 列 × {len(names)} 欄")

        self._operations.run_read(
            lambda report: self._services.copied_text(
                source, numbers, names, has_headings=has_headings, report=report
            ),
            copied,
            words="複製",
            owner=self,
            latest=f"copy {source.name}",
            can_cancel=True,
        )

    def _sum_up(self) -> None:
        cells = sum((r.width() * r.height() for r in self._ranges()), 0)
        if cells < 2:
            self.told.emit("")
            return
        source, wanted = self.source, self._rows_to_sum()
        head = f"選取 {len(self._selected()[0]):,} 列"
        if not wanted:
            self.told.emit(head)
            return

        def summed(tallies: Sequence[Tally]) -> None:
            words = tally_words(source.columns, tallies)
            self.told.emit(f"{head}　{words}" if words else head)

        self._operations.run_read(
            lambda report: [
                one for name, rows in wanted.items() for one in source.tallies([name], rows)
            ],
            summed,
            words="加總選取的列",
            owner=self,
            latest=f"sums {source.name}",
        )

    def _rows_to_sum(self) -> dict[str, ListQuery | array[int]]:
        """For each selected column that has a sum, its selected rows; the query for all."""
        found: dict[str, ListQuery | array[int]] = {}
        for place in self.shown_columns():
            column = self.source.columns[place]
            if not column.has_sum:
                continue
            ranges = [r for r in self._ranges() if r.left() <= place <= r.right()]
            numbers: array[int] = array("q")
            for one in ranges:  # Qt keeps the ranges of a selection apart
                numbers.extend(self.model.numbers[one.top() : one.bottom() + 1])
            is_all = len(numbers) == len(self.model.numbers)
            if numbers:
                found[column.name] = self._query if is_all else numbers
        return found

    def export(self) -> None:
        """Ask for a file and write what is shown into it."""
        name, _ = QFileDialog.getSaveFileName(
            self, f"匯出{self.source.title}", f"{self.source.title}.csv", FORMATS
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write what is shown, columns as in sight, into a file."""
        source, numbers = self.source, self.model.numbers
        names = self._names(self.shown_columns())
        headings = {one.name: one.heading for one in source.columns}
        lines = [f"{headings[name]}：{words}" for name, words in self.header.typed().items()]
        words = f"已匯出 {len(numbers):,} 列到「{path.name}」。"
        self._operations.run_write(
            lambda report: self._services.export_list(
                source, numbers, names, path, lines=lines, report=report
            ),
            lambda _: self.noted.emit("pass", words),
            words=f"匯出{source.title}",
            owner=self,
            can_cancel=True,
        )

    def show_empty(self, empty: EmptyState | None) -> None:
        """Show something else where there is nothing at all to list, or the table again."""
        if empty is not None and self._stack.indexOf(empty) < 0:
            self._stack.addWidget(empty)
        self._stack.setCurrentWidget(empty if empty is not None else self.view)
