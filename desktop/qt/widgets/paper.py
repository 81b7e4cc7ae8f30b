"""The preview of printed pages: the very PDF that prints, page by page."""

from __future__ import annotations

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QPointF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.theme import look
from desktop.qt.widgets.basics import ElidedLabel, label, pane, tool

ZOOM_STEP = 1.25


class PaperView(QWidget):
    """Pages of a PDF held in memory, with page turning and zoom.

    Attributes:
        page_changed: Another page is in sight, from 0.
    """

    page_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.SinglePage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setAccessibleName("列印預覽")
        self.view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.view.pageNavigator().currentPageChanged.connect(self._turned)
        self._unit = "份"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self.view, 1)
        self._say()
        self._put_on()

    def _put_on(self) -> None:
        """Give the ground behind the page its colour; QPdfView takes it from the palette."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, look().colour("surface.evidence"))
        self.view.setPalette(palette)

    def changeEvent(self, event) -> None:
        """Follow another look."""
        if event.type() == QEvent.Type.StyleChange:
            self._put_on()
        super().changeEvent(event)

    def _make_head(self) -> QWidget:
        head = pane("paneHead")
        head.setMinimumHeight(36)
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        self.back = tool("chevron_left_16_regular", "上一份")
        self.forth = tool("chevron_right_16_regular", "下一份")
        self.back.clicked.connect(lambda: self.go_to(self.page - 1))
        self.forth.clicked.connect(lambda: self.go_to(self.page + 1))
        self._place = label("", "strong")
        self._title = ElidedLabel("")
        row.addWidget(self.back)
        row.addWidget(self._place)
        row.addWidget(self.forth)
        row.addSpacing(8)
        row.addWidget(self._title, 1)
        smaller, larger = tool("zoom_out_16_regular", "縮小"), tool("zoom_in_16_regular", "放大")
        whole, wide = tool("page_fit_16_regular", "整頁"), tool("arrow_fit_16_regular", "整頁寬")
        smaller.clicked.connect(lambda: self.zoom(1 / ZOOM_STEP))
        larger.clicked.connect(lambda: self.zoom(ZOOM_STEP))
        whole.clicked.connect(lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitInView))
        wide.clicked.connect(lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth))
        for widget in (smaller, larger, whole, wide):
            row.addWidget(widget)
        return head

    def show_pdf(self, content: bytes, *, keep_page: bool = False, unit: str = "份") -> None:
        """Show other pages; the bytes are the ones that print, ``unit`` is what a page is."""
        self._unit = unit
        self.back.setToolTip(f"上一{unit}")
        self.forth.setToolTip(f"下一{unit}")
        page = self.page if keep_page else 0
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(content)
        self._buffer.setData(self._bytes)
        if content:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._buffer)
            self.go_to(min(page, self.document.pageCount() - 1))
        self._say()

    @property
    def content(self) -> bytes:
        """The bytes shown."""
        return bytes(self._bytes.data())

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self.view.pageNavigator().currentPage()

    def go_to(self, page: int) -> None:
        """Turn to a page, from 0."""
        if 0 <= page < self.document.pageCount():
            self.view.pageNavigator().jump(page, QPointF(), 0)
            self._say()

    def say_title(self, words: str) -> None:
        """Say whose page is in sight."""
        self._title.setText(words)

    def zoom(self, factor: float) -> None:
        """Larger or smaller than now."""
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom:
            points = self.document.pagePointSize(self.page)
            room = self.view.viewport().size()
            dpi = self.view.logicalDpiX() / 72
            now = room.width() / max(points.width() * dpi, 1)
            if self.view.zoomMode() == QPdfView.ZoomMode.FitInView:
                now = min(now, room.height() / max(points.height() * dpi, 1))
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        else:
            now = self.view.zoomFactor()
        self.view.setZoomFactor(min(max(now * factor, 0.2), 6.0))

    def _turned(self, page: int) -> None:
        self._say()
        self.page_changed.emit(page)

    def _say(self) -> None:
        count = self.document.pageCount()
        self._place.setText(f"{self.page + 1}／{count} {self._unit}" if count else "")
        self.back.setEnabled(count > 0 and self.page > 0)
        self.forth.setEnabled(self.page + 1 < count)
