"""The original: its page with the row framed, or its table, and what was read beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import RecordVerdict
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.theme import ui_metrics
from desktop.qt.tokens import Look
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import ElidedLabel, IconLabel, Splitter, label, pane, tool
from desktop.qt.widgets.delegates import CellDelegate

FRAME = 4.0
PAGE_WIDTH_PX = 1240
ZOOM_STEP = 1.2
LONG_FIELD = "課程名稱"
NO_CELLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Page:
    image: QImage
    pages: int
    number: int


class PageView(QGraphicsView):
    """One page, fitted to the width, with the row under pale yellow in a red frame.

    Attributes:
        zoomed: The scale is another one, in per cent.
    """

    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._page: QGraphicsPixmapItem | None = None
        self._boxes: list[QRectF] = []
        self._fits = True
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName("原件")

    def show_page(self, image: QImage | None, boxes: Sequence[QRectF]) -> None:
        """Show a page.

        Args:
            image: The page, None for nothing.
            boxes: The row's rectangles as fractions of the page.
        """
        self._scene.clear()
        self._page = None
        self._boxes = []
        if image is None or image.isNull():
            return
        self._page = self._scene.addPixmap(QPixmap.fromImage(image))
        self._page.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        width, height = image.width(), image.height()
        self._scene.setSceneRect(0, 0, width, height)
        self._boxes = [
            QRectF(b.left() * width, b.top() * height, b.width() * width, b.height() * height)
            for b in boxes
        ]
        self.fit()

    def drawForeground(self, painter: QPainter, rect) -> None:
        """Fill and frame the row; the frame stays as thick whatever the zoom."""
        for box in self._boxes:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(box, on_paper("verdict.review.ground"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            scale = max(self.transform().m11(), 0.01)
            pen = QPen(on_paper("verdict.fail"), FRAME / 2 / scale)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            grow = FRAME / 2 / scale
            painter.drawRect(box.adjusted(-grow, -grow, grow, grow))

    # --------------------------------------------------------------------- zoom
    def fit(self) -> None:
        """Fit the page to the width and bring the row into sight."""
        self._fits = True
        if self._page is None:
            return
        room = self.viewport().width() - 16
        scale = max(room, 50) / max(self._scene.width(), 1)
        self.resetTransform()
        self.scale(scale, scale)
        if self._boxes:
            self.centerOn(self._boxes[0].center())
        self.zoomed.emit(self.percent())

    def refit(self) -> None:
        """Fit again, unless the clerk has zoomed."""
        if self._fits:
            self.fit()

    def percent(self) -> int:
        """The scale against the paper at 96 dpi (an A4 page is 794 px wide)."""
        if self._page is None:
            return 100
        return round(self.transform().m11() * self._scene.width() / 794 * 100)

    def zoom(self, factor: float) -> None:
        """Larger or smaller."""
        if self._page is None or not 10 <= self.percent() * factor <= 600:
            return
        self._fits = False
        self.scale(factor, factor)
        self.zoomed.emit(self.percent())

    def wheelEvent(self, event) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event) -> None:
        """Zoom with + − 0."""
        acts = {"+": ZOOM_STEP, "=": ZOOM_STEP, "-": 1 / ZOOM_STEP}
        if event.text() in acts:
            self.zoom(acts[event.text()])
        elif event.text() == "0":
            self.fit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event) -> None:
        """Stay fitted."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()


def on_paper(name: str) -> QColor:
    """A colour for paper: the page is white in the dark look too."""
    return Look(is_dark=False).colour(name)


class ReadingTable(QTableView):
    """Each field as the original has it and as it was read."""

    def __init__(self) -> None:
        super().__init__()
        self._marked: frozenset[str] = frozenset()
        self.table: TableModel = TableModel(
            [
                TableColumn("欄位", lambda r: r.field, {Role.QUIET: lambda r: True}),
                TableColumn(
                    "原件",
                    lambda r: r.as_in_original.replace("\n", ""),
                    {Role.WRAPS: lambda r: r.field == LONG_FIELD},
                ),
                TableColumn(
                    "讀取結果",
                    lambda r: r.as_read.replace("\n", ""),
                    {
                        Role.WARN: lambda r: "fail" if r.field in self._marked else None,
                        Role.STRONG: lambda r: r.field in self._marked,
                        Role.WRAPS: lambda r: r.field == LONG_FIELD,
                    },
                ),
            ],
            parent=self,
        )
        self.setModel(self.table)
        prepare_table(self)
        header = self.horizontalHeader()
        width = ui_metrics("body").horizontalAdvance("課程名稱") + 18
        header.resizeSection(0, round(width))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName("原件文字與讀取結果")

    def show_readings(self, readings, marked: frozenset[str]) -> None:
        """Show another row's fields, the deciding ones in red."""
        self._marked = marked
        self.table.show_rows(readings)
        self._share_heights()

    def _share_heights(self) -> None:
        """Room for a long name: as many lines as it needs, three at most."""
        metrics = ui_metrics("body")
        room = max(self.columnWidth(1) - 16, 60)
        for number, reading in enumerate(self.table.rows):
            lines = 1
            if reading.field == LONG_FIELD:
                texts = (reading.as_in_original, reading.as_read)
                widest = max(metrics.horizontalAdvance(text.replace("\n", "")) for text in texts)
                lines = min(int(widest * 1.06 // room) + 1, 3)
            usual = paint.row_height("row_table")
            tall = round(paint.text_height() * lines + 6)
            self.setRowHeight(number, usual if lines == 1 else tall)

    def resizeEvent(self, event) -> None:
        """Break long names anew."""
        super().resizeEvent(event)
        self._share_heights()

    def sizeHint(self):
        """As tall as its rows."""
        hint = super().sizeHint()
        rows = sum(self.rowHeight(row) for row in range(self.table.rowCount()))
        hint.setHeight(self.horizontalHeader().height() + max(rows, 24) + 2)
        return hint


def prepare_table(view: QTableView, *, keeps_blue: bool = False) -> None:
    """What every table of the window has in common."""
    view.setItemDelegate(CellDelegate(view, keeps_blue=keeps_blue))
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
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setSectionsMovable(True)


class EvidencePane(QWidget):
    """Head with file, page and zoom; the page or sheet; the fields under it.

    Attributes:
        opened_apart: The clerk wants the original in a window of its own.
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self.page = PageView()
        self.page.zoomed.connect(lambda percent: self._zoom.setText(f"{percent}%"))
        self.sheet = QTableView()
        prepare_table(self.sheet)
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
        below.addLayout(title)
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
        self.page.show_page(None, ())
        self.readings.show_readings((), frozenset())
        self._say("選一列，這裡顯示它在原件上的樣子。")

    def show_record(self, record: RecordVerdict, marked: frozenset[str]) -> None:
        """Show a record's original and its fields, the deciding fields marked."""
        readings = tuple(self._services.readings(record))
        self.readings.show_readings(readings, marked)
        self._row_words.setText(record.row.place.words)
        self.page.setAccessibleDescription(
            "；".join(f"{one.field} {one.as_in_original}" for one in readings)
        )
        self.show_place(record.row.place, record.row.raw)
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
            if len(self._cache) > 24:
                self._cache.pop(next(iter(self._cache)))
            self._cache[(place.digest, page.number)] = page
            self._show_page(place, page)
        elif tables:
            self._show_sheet(place, raw, tables)
        else:
            self._say("這份原件沒有頁面可以顯示，下面是讀到的文字。")

    def _show_page(self, place: SourcePlace, page: _Page) -> None:
        boxes = [
            QRectF(b.left, b.top, b.right - b.left, b.bottom - b.top)
            for number, b in place.boxes
            if number == page.number
        ]
        self.page.show_page(page.image, boxes)
        self._pages.setText(f"{page.number}／{page.pages} 頁")
        self._show_only(self.page)

    def _show_sheet(self, place: SourcePlace, raw: Mapping[str, str], tables) -> None:
        table = next((t for t in tables if t.name == place.sheet), tables[0])
        if place.sheet is None and place.page is not None and place.page <= len(tables):
            table = tables[place.page - 1]
        width = max((len(row) for row in table.rows), default=0)
        marked = row_in_table(table.rows, raw, guess=(place.row or 0) - table.first_row)

        def column(number: int) -> TableColumn:
            def text(pair: tuple[int, Sequence[str]]) -> str:
                return pair[1][number] if number < len(pair[1]) else ""

            return TableColumn(
                _letters(number), text, {Role.STRONG: lambda pair: pair[0] == marked}
            )

        self._sheet_model = TableModel([column(n) for n in range(width)], parent=self)
        self._sheet_model.show_rows(tuple(enumerate(table.rows)))
        self.sheet.setModel(self._sheet_model)
        metrics = ui_metrics("body")
        for number in range(width):
            texts = [row[number] for row in table.rows[2:60] if number < len(row)]
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            self.sheet.setColumnWidth(number, round(min(max(widest + 16, 36), 260)))
        if 0 <= marked < len(table.rows):
            self.sheet.selectRow(marked)
            self.sheet.scrollTo(
                self._sheet_model.index(marked, 0), QAbstractItemView.ScrollHint.PositionAtCenter
            )
        self._pages.setText(table.name)
        self._show_only(self.sheet)

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


def row_in_table(rows: Sequence[Sequence[str]], raw: Mapping[str, str], *, guess: int) -> int:
    """Which row of a table holds these cells; the guess where several or none do.

    Args:
        rows: The table's cells.
        raw: Heading to text, as the row was read.
        guess: Where the row should be by its number.
    """
    wanted = {_squeezed(text) for text in raw.values() if text.strip()}
    scores = [len(wanted & {_squeezed(cell) for cell in row}) for row in rows]
    best = max(scores, default=0)
    if best == 0 or (0 <= guess < len(scores) and scores[guess] == best):
        return guess
    return scores.index(best)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


KIND_ICONS = {
    ".pdf": "document_pdf_16_regular",
    ".png": "image_16_regular",
    ".jpg": "image_16_regular",
    ".jpeg": "image_16_regular",
    ".xlsx": "table_16_regular",
    ".xls": "table_16_regular",
    ".ods": "table_16_regular",
    ".csv": "table_16_regular",
    ".html": "code_16_regular",
    ".htm": "code_16_regular",
    ".mhtml": "code_16_regular",
    ".mht": "code_16_regular",
}


def kind_icon(file_name: str) -> str:
    """The icon of a file by its name's end."""
    dot = file_name.rfind(".")
    return KIND_ICONS.get(file_name[dot:].lower() if dot >= 0 else "", "document_16_regular")
