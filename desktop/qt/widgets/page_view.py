"""One page of an original: the row under pale yellow in a frame, its cells, and the zoom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from desktop.domain.provenance import PageBox
from desktop.qt.tokens import Look

FRAME = 4.0
ZOOM_STEP = 1.2
WIDEST_CELL = 0.8
"""Of the view's width, where a cell is aimed at: the rest shows its neighbours."""
TALLEST_CELL = 0.72
LARGEST_SCALE = 4.0
CELL_ALPHA = 60


class PageView(QGraphicsView):
    """One page, fitted to the width, with the row under pale yellow in a red frame.

    Cells that matter are marked stronger inside the row. Aimed at a cell, the view fits that cell
    instead of the page.

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
        self._cells: list[QRectF] = []
        self._aim: QRectF | None = None
        self._fits = True
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName("原件")

    def show_page(
        self,
        image: QImage | None,
        boxes: Sequence[QRectF],
        *,
        cells: Sequence[QRectF] = (),
        aim: QRectF | None = None,
    ) -> None:
        """Show a page; all rectangles are fractions of it.

        Args:
            image: The page, None for nothing.
            boxes: The row's rectangles.
            cells: Cells of the row that matter.
            aim: The cell to fit, None to fit the page.
        """
        self._scene.clear()
        self._page, self._boxes, self._cells, self._aim = None, [], [], None
        if image is None or image.isNull():
            return
        self._page = self._scene.addPixmap(QPixmap.fromImage(image))
        self._page.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        width, height = image.width(), image.height()
        self._scene.setSceneRect(0, 0, width, height)

        def on_scene(b: QRectF) -> QRectF:
            return QRectF(
                b.left() * width, b.top() * height, b.width() * width, b.height() * height
            )

        self._boxes = [on_scene(box) for box in boxes]
        self._cells = [on_scene(box) for box in cells]
        self._aim = on_scene(aim) if aim is not None else None
        self.fit()

    @property
    def marked_cells(self) -> tuple[QRectF, ...]:
        """The marked cells in pixels of the page."""
        return tuple(self._cells)

    def drawForeground(self, painter: QPainter, rect) -> None:
        """Fill and frame row and cells; the frame stays as thick whatever the zoom."""
        for box in self._boxes:
            self._mark(painter, box, on_paper("verdict.review.ground"), FRAME)
        for box in self._cells:
            ground = on_paper("verdict.review")
            ground.setAlpha(CELL_ALPHA)
            self._mark(painter, box, ground, FRAME / 2)

    def _mark(self, painter: QPainter, box: QRectF, ground: QColor, frame: float) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(box, ground)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        thick = frame / 2 / max(self.transform().m11(), 0.01)
        painter.setPen(QPen(on_paper("verdict.fail"), thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-thick, -thick, thick, thick))

    # --------------------------------------------------------------------- zoom
    def fit(self) -> None:
        """Fit the page to the width, or the cell aimed at, and bring the row into sight."""
        self._fits = True
        if self._page is None:
            return
        room = max(self.viewport().width() - 16, 50)
        scale = room / max(self._scene.width(), 1)
        if self._aim is not None:
            tall = max(self.viewport().height() - 8, 30)
            cell = self._aim
            wanted = min(
                room * WIDEST_CELL / max(cell.width(), 1),
                tall * TALLEST_CELL / max(cell.height(), 1),
            )
            scale = max(min(wanted, LARGEST_SCALE), scale)
        self.resetTransform()
        self.scale(scale, scale)
        middle = self._aim or next(iter(self._cells or self._boxes), None)
        if middle is not None:
            self.centerOn(middle.center())
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


def on_view(box: PageBox) -> QRectF:
    """A rectangle of a page, as fractions."""
    return QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)
