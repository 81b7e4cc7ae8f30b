"""The original: its page with the row framed, or its table, and what was read beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.provenance import SourcePlace
from desktop.domain.readings import FIELD_WORDS, RowIdentity
from desktop.domain.verdicts import RecordVerdict
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.readings import StoredReadings
from desktop.qt.services import Services
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets.basics import (
    ElidedLabel,
    IconLabel,
    Splitter,
    label,
    link,
    pane,
    tool,
)
from desktop.qt.widgets.evidence_parts import (
    OriginalDelegate,
    cells_of,
    column_letters,
    cut_out,
    kind_icon,
    row_in_table,
)
from desktop.qt.widgets.page_view import ZOOM_STEP, PageView, on_view
from desktop.qt.widgets.reading_desk import ReadingDesk
from desktop.qt.widgets.reading_table import ReadingTable
from desktop.qt.widgets.table_basics import prepare_table

PAGE_WIDTH_PX = 1240
MOST_KEPT = 24
FIELDS_OF_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {words: (name,) for name, words in FIELD_WORDS.items()}
    | {"起": ("start", "started_on"), "迄": ("end", "completed_on"), "測驗": ("score",)}
)
"""The attributes of a row behind a field's words in the table."""
NO_CELLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Page:
    image: QImage
    pages: int
    number: int


class EvidencePane(QWidget):
    """Head with file, page and zoom; the page or sheet; the fields under it.

    Attributes:
        opened_apart: The clerk wants the original in a window of its own.
        desk: Where doubtful readings of the row are put right; hidden until asked for.
    """

    opened_apart = Signal()

    def __init__(self, services: Services, operations: Operations, *, series: str) -> None:
        """Make an empty pane.

        Args:
            services: To read originals.
            operations: To read them off the UI thread.
            series: A name of its own among panes, so that only its newest reading counts.
        """
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._services, self._operations, self._series = services, operations, series
        self._place: SourcePlace | None = None
        self._cache: dict[tuple[str, int], _Page] = {}
        self._marked_fields: frozenset[str] = frozenset()
        self._words_of_fields: tuple[str, ...] = ()
        self._marked_texts: tuple[str, ...] = ()
        self.plan_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self.page = PageView()
        self.page.zoomed.connect(lambda percent: self._zoom.setText(f"{percent}%"))
        self.sheet = QTableView()
        prepare_table(self.sheet)
        self.sheet.setItemDelegate(OriginalDelegate(self.sheet))
        self.sheet.setAccessibleName("原件（表格）")
        self._sheet_model: TableModel = TableModel([], parent=self)
        self.message = label("", "secondary", wraps=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        for widget in (self.page, self.sheet, self.message):
            self.stack.addWidget(widget)
        lower = pane()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        title = QHBoxLayout()
        title.setContentsMargins(12, 6, 12, 6)
        title.setSpacing(8)
        self._row_words = label("", "strong")
        title.addWidget(self._row_words)
        title.addWidget(ElidedLabel("原件文字與讀取結果", "secondary"), 1)
        self.correct_link = link("更正辨識…")
        self.correct_link.setAccessibleName("更正這一列的辨識")
        self.correct_link.setCheckable(True)
        self.correct_link.toggled.connect(self._show_desk)
        self.correct_link.hide()
        title.addWidget(self.correct_link)
        below.addLayout(title)
        self.desk = ReadingDesk(self._operations, series=f"{series}-desk", has_picture=False)
        self.desk.shown.connect(self._aim)
        self.desk.hide()
        below.addWidget(self.desk)
        self.readings = ReadingTable()
        below.addWidget(self.readings)
        self.splitter = Splitter(Qt.Orientation.Vertical, self.stack, lower)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self._lower = lower
        column.addWidget(self.splitter, 1)
        self.clear()

    def _make_head(self) -> QWidget:
        head = pane("paneHead")
        head.setFixedHeight(44)
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(2)
        self._icon = IconLabel("document_16_regular")
        row.addWidget(self._icon)
        row.addSpacing(4)
        self._name = ElidedLabel("", "strong")
        row.addWidget(self._name, 1)
        self._pages = label("", "secondary")
        row.addWidget(self._pages)
        smaller, larger = tool("zoom_out_16_regular", "縮小"), tool("zoom_in_16_regular", "放大")
        fit, apart = tool("arrow_fit_16_regular", "整頁寬"), tool("open_16_regular", "另開視窗")
        self._zoom = label("", "caption")
        smaller.clicked.connect(lambda: self.page.zoom(1 / ZOOM_STEP))
        larger.clicked.connect(lambda: self.page.zoom(ZOOM_STEP))
        fit.clicked.connect(self.page_fit)
        apart.clicked.connect(self.opened_apart)
        self._zooms = (smaller, self._zoom, larger, fit)
        for widget in (*self._zooms, apart):
            row.addWidget(widget)
        return head

    def correct_readings(self) -> bool:
        """Open the desk on the row shown; False when the row has no doubtful reading."""
        if self.correct_link.isHidden():
            return False
        self.correct_link.setChecked(True)
        self.desk.editor.setFocus()
        return True

    def _show_desk(self, is_open: bool) -> None:
        is_open = is_open and not self.correct_link.isHidden()
        self.desk.setVisible(is_open)
        self.correct_link.setText("收起" if is_open else "更正辨識…")
        if is_open and self._place is not None:
            only = RowIdentity.of(self._place)
            self.desk.begin(StoredReadings(self._services, self.plan_id, only=only))
        else:
            self.desk.end()
        QTimer.singleShot(0, self, self._share_height)

    def _aim(self, cell) -> None:
        """Bring the cell that the desk shows into sight; the whole page without one."""
        place = self._place
        if place is None or (cell is not None and cell.identity != RowIdentity.of(place)):
            return
        page = self._cache.get((place.digest, (cell.page if cell else place.page) or 1))
        if page is not None:
            self._show_page(place, page)

    def page_fit(self) -> None:
        """Fit the page to the width."""
        self.page.fit()

    # ------------------------------------------------------------------ content
    def clear(self) -> None:
        """Show nothing."""
        self._place = None
        self._name.setText("原件")
        self._pages.setText("")
        self._row_words.setText("")
        self.correct_link.hide()
        self._show_desk(False)
        self.page.show_page(None, ())
        self.readings.show_readings((), frozenset())
        self._say("選一列，這裡顯示它在原件上的樣子。")

    def show_record(self, record: RecordVerdict, marked: frozenset[str]) -> None:
        """Show a record's original and its fields, the deciding fields marked."""
        row = record.row
        readings = tuple(self._services.readings(record))
        doubtful = frozenset(row.doubtful_fields)
        marked |= {words for words, names in FIELDS_OF_WORDS.items() if doubtful & {*names}}
        self._marked_fields = doubtful.union(*(FIELDS_OF_WORDS.get(words, ()) for words in marked))
        self._words_of_fields = tuple(one.field for one in readings if not one.is_correction)
        self._marked_texts = tuple(
            one.as_in_original for one in readings if one.field in marked and not one.is_correction
        )
        self.readings.show_readings(readings, marked)
        self._row_words.setText(row.place.words)
        is_other_row = self._place is None or RowIdentity.of(self._place) != RowIdentity.of(
            row.place
        )
        self.correct_link.setVisible(bool(row.doubtful_fields or row.corrections))
        if is_other_row:
            self.desk.end()
        self.page.setAccessibleDescription(
            "；".join(f"{one.field} {one.as_in_original}" for one in readings)
        )
        self.show_place(row.place, row.raw)
        if is_other_row or self.correct_link.isHidden():
            self._show_desk(self.correct_link.isChecked())
        else:
            self.desk.reload()
        QTimer.singleShot(0, self, self._share_height)

    def _share_height(self) -> None:
        wanted = self.readings.sizeHint().height() + 36
        total = self.splitter.height()
        if total > wanted * 1.5:
            self.splitter.setSizes([total - wanted, wanted])
        elif total > 0:
            self.splitter.setSizes([round(total * 0.62), round(total * 0.38)])
        self.page.refit()

    def show_place(self, place: SourcePlace, raw: Mapping[str, str] = NO_CELLS) -> None:
        """Show the original at a place.

        Args:
            place: File, page and row.
            raw: The row's cells as read, by which it is found in a table.
        """
        is_same_page = self._place is not None and (self._place.digest, self._place.page) == (
            place.digest,
            place.page,
        )
        self._place = place
        self._name.setText(place.file_name)
        self._icon.show_icon(kind_icon(place.file_name), "text.primary")
        number = place.page or 1
        known = self._cache.get((place.digest, number))
        if known is not None:
            self._show_page(place, known)
            return
        if not is_same_page:
            self._say("讀取原件…")
        services = self._services

        def read(report):
            tables = ()
            picture = services.page_picture(place.digest, number, width_px=PAGE_WIDTH_PX)
            if picture is None:
                tables = services.as_tables(place.digest)
                return None, tables
            image = QImage.fromData(picture.png)
            return _Page(image, services.page_count(place.digest), number), tables

        self._operations.run_read(
            read,
            lambda result: self._arrived(place, raw, *result),
            words="讀取原件",
            owner=self,
            latest=self._series,
            on_failure=self._say,
        )

    def _arrived(
        self, place: SourcePlace, raw: Mapping[str, str], page: _Page | None, tables
    ) -> None:
        if page is not None:
            if len(self._cache) > MOST_KEPT:
                self._cache.pop(next(iter(self._cache)))
            self._cache[(place.digest, page.number)] = page
            self._show_page(place, page)
        elif tables:
            self._show_sheet(place, raw, tables)
        else:
            self._say("這份原件沒有頁面可以顯示，下面是讀到的文字。")

    def _show_page(self, place: SourcePlace, page: _Page) -> None:
        boxes = [on_view(box) for number, box in place.boxes if number == page.number]
        here = [part for part in place.fields if part.page == page.number]
        cell = self.desk.cell if not self.desk.isHidden() else None
        if cell is not None and cell.box is not None and cell.page == page.number:
            cells, aim = [on_view(cell.box)], on_view(cell.box)
        else:
            cells = list(
                {
                    (part.box.left, part.box.top): on_view(part.box)
                    for part in here
                    if part.field in self._marked_fields
                }.values()
            )
            aim = None
        self.page.show_page(page.image, boxes, cells=cells, aim=aim)
        self.readings.show_cuts(self._cuts_of(place, page))
        self._pages.setText(f"{page.number}／{page.pages} 頁")
        self._show_only(self.page)

    def _cuts_of(self, place: SourcePlace, page: _Page) -> Mapping[str, QPixmap]:
        """The row's cells as they look on a picture, by the field in words."""
        found: dict[str, QPixmap] = {}
        for words in self._words_of_fields:
            names = FIELDS_OF_WORDS.get(words, ())
            part = next((one for one in place.fields if one.field in names), None)
            if part is not None and part.page == page.number:
                found[words] = cut_out(page.image, part)
        return found

    def _show_sheet(self, place: SourcePlace, raw: Mapping[str, str], tables) -> None:
        table = next((t for t in tables if t.name == place.sheet), tables[0])
        if place.sheet is None and place.page is not None and place.page <= len(tables):
            table = tables[place.page - 1]
        width = max((len(row) for row in table.rows), default=0)
        marked = row_in_table(table.rows, raw, guess=(place.row or 0) - table.first_row)
        is_there = 0 <= marked < len(table.rows)
        cells = cells_of(table.rows[marked], self._marked_texts) if is_there else ()

        def column(number: int) -> TableColumn:
            def text(pair: tuple[int, Sequence[str]]) -> str:
                return pair[1][number] if number < len(pair[1]) else ""

            return TableColumn(
                column_letters(number),
                text,
                {
                    Role.STRONG: lambda pair: pair[0] == marked,
                    Role.IS_DECIDING: lambda pair: pair[0] == marked and number in cells,
                },
            )

        self._sheet_model = TableModel([column(n) for n in range(width)], parent=self)
        self._sheet_model.show_rows(tuple(enumerate(table.rows)))
        self.sheet.setModel(self._sheet_model)
        metrics = ui_metrics("body")
        for number in range(width):
            texts = [row[number] for row in table.rows[2:60] if number < len(row)]
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            self.sheet.setColumnWidth(number, round(min(max(widest + 16, 36), 260)))
        self._pages.setText(table.name)
        self._show_only(self.sheet)
        if is_there:
            self.sheet.selectRow(marked)
            self._aim_sheet(marked, cells)
            # Shown for the first time it gets its room only now.
            QTimer.singleShot(0, self.sheet, lambda: self._aim_sheet(marked, cells))

    def _aim_sheet(self, row: int, cells: Sequence[int]) -> None:
        """Bring a row of the table into sight, and the cells of it that decide."""
        hint = QAbstractItemView.ScrollHint
        model = self._sheet_model
        self.sheet.scrollTo(model.index(row, 0), hint.PositionAtCenter)
        for number in reversed(cells):  # the first last, so that it is surely in sight
            self.sheet.scrollTo(model.index(row, number), hint.EnsureVisible)

    def _show_only(self, widget: QWidget) -> None:
        self.stack.setCurrentWidget(widget)
        for one in self._zooms:
            one.setVisible(widget is self.page)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self._show_only(self.message)

    def resizeEvent(self, event) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._share_height)

    def changeEvent(self, event) -> None:
        """Paint anew in another look."""
        if event.type() == QEvent.Type.PaletteChange:
            self.page.viewport().update()
        super().changeEvent(event)
