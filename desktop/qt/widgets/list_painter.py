"""Paints the cells of a long list: grounds, words, marks, and the ring of the current cell.

All cells in sight are painted in one go. Through a delegate Qt asks the model and calls back for
every cell, some 300 times a screen, which alone takes most of the 16 ms a screen has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QItemSelectionRange, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.qt.models.windowed import QUIET, WAITING, WindowedModel
from desktop.qt.theme import look, ui_font, ui_metrics
from desktop.qt.widgets import paint

MOST_LAID_OUT = 20_000
MARGIN = 6
_Span = tuple[int, int, int, int]
"""Selected cells: first and last row, first and last column."""


class LaidOut:
    """Words as they are painted, by text and room; all are forgotten when there are too many."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[tuple[str, int], tuple[QStaticText, float]] = {}
        self._begin(ui_metrics("body"))

    def _begin(self, metrics: QFontMetricsF) -> None:
        self._kept.clear()
        self._metrics = metrics
        self._font = ui_font("body")
        self._widest = metrics.horizontalAdvance("龘") + 1

    def of(self, text: str, room: int) -> tuple[QStaticText, float]:
        """The words cut to a width in pixels, and how wide they are then."""
        metrics = ui_metrics("body")
        if metrics is not self._metrics:  # the text is of another size
            self._begin(metrics)
        found = self._kept.get((text, room))
        if found is None:
            if len(self._kept) > MOST_LAID_OUT:
                self._kept.clear()
            line = text.replace("\n", " ")
            # Shaping words takes longest: what surely fits is not measured before it is laid out.
            if len(line) * self._widest > room:
                line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            words = QStaticText(line)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.prepare(font=self._font)
            found = self._kept[text, room] = (words, words.size().width())
        return found


class RowHeights(QStyledItemDelegate):
    """Tells how high a row is; the painting is the painter's."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The same height for every row."""
        return QSize(60, paint.row_height("row_table"))


class ListPainter:
    """Paints the rows of one view."""

    def __init__(self, view: QTableView, model: WindowedModel, *, keeps_blue: bool = False) -> None:
        """Serve one view.

        Args:
            view: Whose cells are painted.
            model: What they show.
            keeps_blue: Whether the current row drives other panes and is blue as a whole.
        """
        self._view = view
        self._model = model
        self._keeps_blue = keeps_blue
        self._laid_out = LaidOut()

    def paint(self, painter: QPainter, rects: Iterable[QRect]) -> None:
        """Paint what is in sight of some places of the viewport, the ground under it too.

        Args:
            painter: On the viewport.
            rects: What is to be painted.
        """
        rects = tuple(rects)
        self._begin()
        for rect in rects:
            painter.fillRect(rect, self._ground)
        rows = self._rows_in(rects)
        if not rows:
            return
        left = min(rect.left() for rect in rects)
        right = max(rect.right() for rect in rects)
        columns = self._columns_between(left, right)
        spans = self._selected_between(rows[0], rows[-1])
        for row in rows:
            self._row(painter, row, columns, [one for one in spans if one[0] <= row <= one[1]])

    def _begin(self) -> None:
        colours = look()
        self._ground = colours.colour("surface.card")
        self._primary = colours.colour("text.primary")
        self._secondary = colours.colour("text.secondary")
        self._line = QPen(colours.colour("line.subtle"), 1)
        self._has_focus = self._view.hasFocus()
        name = "row_selected" if self._has_focus else "row_selected_idle"
        self._selected = colours.colour(f"surface.{name}")
        current = self._view.currentIndex()
        self._current = (current.row(), current.column())
        self._text_height = ui_metrics("body").height()

    def _rows_in(self, rects: Sequence[QRect]) -> list[int]:
        count = self._model.rowCount()
        found: set[int] = set()
        for rect in rects:
            first, last = self._view.rowAt(rect.top()), self._view.rowAt(rect.bottom())
            if first >= 0:
                found.update(range(first, (count - 1 if last < 0 else last) + 1))
        return sorted(found)

    def _columns_between(self, left: int, right: int) -> list[tuple[int, int, int, bool]]:
        """Column, left edge, width and whether it stands at the right, of those in sight."""
        header = self._view.horizontalHeader()
        found = []
        for column in range(header.count()):
            width = header.sectionSize(column)
            at = header.sectionViewportPosition(column)
            if width > 0 and at <= right and at + width > left:
                found.append((column, at, width, self._model.is_right(column)))
        return found

    def _selected_between(self, first: int, last: int) -> list[_Span]:
        # The stubs do not know that Qt's selections are lists.
        chosen = cast(Iterable[QItemSelectionRange], self._view.selectionModel().selection())
        return [
            (one.top(), one.bottom(), one.left(), one.right())
            for one in chosen
            if one.top() <= last and one.bottom() >= first
        ]

    def _row(
        self,
        painter: QPainter,
        row: int,
        columns: Sequence[tuple[int, int, int, bool]],
        spans: Sequence[_Span],
    ) -> None:
        view, model = self._view, self._model
        top, height = view.rowViewportPosition(row), view.rowHeight(row)
        is_current = row == self._current[0]
        if spans or is_current:
            for column, left, width, _ in columns:
                is_selected = any(first <= column <= last for _, _, first, last in spans)
                rect = QRect(left, top, width, height)
                self._under(painter, rect, is_current=is_current, is_selected=is_selected)
        first, last = columns[0] if columns else None, columns[-1] if columns else None
        if first is None or last is None:
            return
        painter.setPen(self._line)
        bottom = top + height - 1
        ends = [(left, left + width - 1) for _, left, width, _ in columns]
        painter.drawLine(
            min(left for left, _ in ends), bottom, max(right for _, right in ends), bottom
        )
        held = model.held(row)
        base = round(top + (height - self._text_height) / 2)
        pen: QColor | None = None
        for column, left, width, is_right in columns:
            room = width - 2 * MARGIN
            text = WAITING if held is None else held.text(column)
            if not text or room <= 0:
                continue
            mark = "" if held is None else model.mark_of(held, column)
            if mark and mark != QUIET:
                place = QRectF(left + MARGIN, top, room, height)
                painter.save()  # it writes strongly; the words after it do not
                paint.verdict(painter, place, mark, text)
                painter.restore()
                continue
            words, taken = self._laid_out.of(text, room)
            wanted = self._secondary if mark or held is None else self._primary
            if wanted is not pen:
                painter.setPen(wanted)
                pen = wanted
            at = round(left + width - 1 - MARGIN - taken) if is_right else left + MARGIN
            painter.drawStaticText(at, base, words)
        if is_current and self._has_focus:
            self._ring(painter, columns, top, height)

    def _under(
        self, painter: QPainter, rect: QRect, *, is_current: bool, is_selected: bool
    ) -> None:
        """What lies under a cell of a row that is the current one or has selected cells."""
        colours = look()
        if is_current and self._keeps_blue:
            painter.fillRect(rect, colours.colour("surface.row_selected"))
            if rect.left() <= 0:
                bar = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(bar, colours.colour("accent.base"))
        elif is_selected:
            painter.fillRect(rect, self._selected)
        elif is_current:
            painter.fillRect(rect, colours.colour("surface.row_hover"))

    def _ring(
        self,
        painter: QPainter,
        columns: Sequence[tuple[int, int, int, bool]],
        top: int,
        height: int,
    ) -> None:
        for column, left, width, _ in columns:
            if column == self._current[1]:
                painter.setPen(QPen(look().colour("accent.focus"), 2))
                painter.drawRect(QRect(left, top, width, height).adjusted(1, 1, -1, -2))
