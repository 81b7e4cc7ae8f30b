"""The courses of a correction notice: what is wrong with each, and what to hand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.contents import CorrectionRow
from forms.rocdate import listed_time
from forms.sheet import Align, Sheet
from forms.table import PADDING, PADDING_UPRIGHT, column_lines, edges, outline, row_lines
from forms.textfit import Fitted, Style, TextFitter


@dataclass(frozen=True)
class CourseLines:
    """The fitted cells of one course, and the height the highest of them needs."""

    cells: tuple[Fitted, ...]
    height: float


class CorrectionTable:
    """Fits and draws the courses; measures in millimetres, sizes in points."""

    COLUMNS = (11.0, 42.0, 39.0, 38.0, 14.0, 26.0)
    HEADS = (
        "課程\n編號",
        "課程名稱",
        "學習時間（起／迄）",
        "不符或待確認情形",
        "依據",
        "應補正事項",
    )
    LEFT_COLUMNS = (1, 2, 3, 5)
    HEAD_ROW = 9.4
    ROW = 18.0

    HEAD = Style(size=10.5, stroke=0.22, leading=1.2)
    CELL = Style(size=10, leading=1.28)

    def __init__(self, left: float) -> None:
        """Take the left side of the table."""
        self._left = left

    def row(self, row: CorrectionRow, fitter: TextFitter) -> CourseLines:
        """Fit one course; its row grows where a text needs it."""
        times = "\n".join(
            f"{word} {listed_time(moment) if moment else '（無紀錄）'}"
            for word, moment in (("起", row.start), ("迄", row.end))
        )
        texts = (row.number, row.name, times, row.problem, row.basis, row.remedy)
        inside = self.ROW - 2 * PADDING_UPRIGHT
        lines = int(inside / self.CELL.line_height)
        cells = tuple(
            fitter.fitted(text, self.CELL, width=width - 2 * PADDING, lines=lines, height=inside)
            for text, width in zip(texts, self.COLUMNS, strict=True)
        )
        needed = max(cell.height for cell in cells) + 2 * PADDING_UPRIGHT
        return CourseLines(cells, max(self.ROW, needed))

    def draw(self, sheet: Sheet, rows: Sequence[CourseLines], top: float) -> float:
        """Draw heads and rows from a height down; give the bottom of the table."""
        x = edges(self._left, self.COLUMNS)
        for column, head in enumerate(self.HEADS):
            cell = sheet.fitter.fitted(
                head,
                self.HEAD,
                width=self.COLUMNS[column] - 2 * PADDING,
                lines=1 + head.count("\n"),
                bold=(0, len(head)),
            )
            self._draw_cell(sheet, cell, x, column, top, self.HEAD_ROW, Align.CENTRE)
        y = top + self.HEAD_ROW
        tops: list[float] = []
        for row in rows:
            tops.append(y)
            for column, cell in enumerate(row.cells):
                align = Align.LEFT if column in self.LEFT_COLUMNS else Align.CENTRE
                self._draw_cell(sheet, cell, x, column, y, row.height, align)
            y += row.height
        row_lines(sheet, left=x[0], right=x[-1], tops=tops)
        column_lines(sheet, lefts=x[1:-1], top=top, bottom=y)
        outline(sheet, left=x[0], right=x[-1], top=top, bottom=y)
        return y

    def _draw_cell(
        self,
        sheet: Sheet,
        cell: Fitted,
        x: Sequence[float],
        column: int,
        y: float,
        height: float,
        align: Align,
    ) -> None:
        width = self.COLUMNS[column] - 2 * PADDING
        sheet.fitted(cell, x=x[column] + PADDING, y=y, width=width, height=height, align=align)
