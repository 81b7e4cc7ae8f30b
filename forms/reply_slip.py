"""The reply slip of a correction notice: torn off, signed and sent back."""

from __future__ import annotations

from forms.booklet import Paper
from forms.contents import CorrectionNotice
from forms.labels import Cell, LabelRow, LabelTable
from forms.rocdate import EMPTY, Slot, roc_year
from forms.sheet import Align, Sheet
from forms.table import edges
from forms.textfit import POINT, Style, TextFitter

GAP = "\u3000"


class ReplySlip:
    """Fits and draws the slip; measures in millimetres, sizes in points."""

    TITLE_GAP = 7.9
    GAP = 12.9
    ROWS = (8.0, 8.2, 17.0)

    TEAR = Style(size=9)
    TITLE = Style(size=13, stroke=0.30)
    LABEL = Style(size=11.5, stroke=0.22, leading=1.3)
    VALUE = Style(size=11.5)
    REPLY = Style(size=11)

    def __init__(self, paper: Paper, columns: tuple[float, ...]) -> None:
        """Take the sheet, and the widths of two labels and their values."""
        self._paper = paper
        self._columns = columns
        self._table = LabelTable(left=paper.left, columns=columns)

    def height(self, content: CorrectionNotice, fitter: TextFitter) -> float:
        """Give the height from the tear line to the bottom."""
        return self.GAP + sum(row.height for row in self._rows(content, fitter))

    def draw(self, sheet: Sheet, content: CorrectionNotice, y: float) -> None:
        """Draw the slip, its tear line at a height."""
        paper = self._paper
        middle = paper.left + paper.text_width / 2
        words = f"{content.labels.tear}{content.return_to}"
        tear = sheet.fitter.one_line(words, self.TEAR, width=110, where="送回單位").style
        half = sheet.fitter.width(words, tear.size) / 2 + 3
        for left, right in ((paper.left, middle - half), (middle + half, paper.right)):
            sheet.line(left, y, right, y, width=0.6, dash=(1.0, 1.0))
        sheet.text(words, tear, x=middle, baseline=y + 0.3 * tear.size * POINT, align=Align.CENTRE)
        sheet.text(
            f"{content.title}\u3000{content.labels.slip}",
            self.TITLE,
            x=middle,
            baseline=y + self.TITLE_GAP + 0.3 * self.TITLE.size * POINT,
            align=Align.CENTRE,
        )
        rows = self._rows(content, sheet.fitter)
        bottom = self._table.draw(sheet, rows, y + self.GAP)
        slots = (
            Slot(str(roc_year(content.day)), "年", 2.0),
            Slot(EMPTY, "月", 2.8),
            Slot(EMPTY, "日", 2.8),
        )
        x = edges(paper.left, self._columns)
        width = sum(slot.em + 1 for slot in slots) * self.VALUE.size * POINT
        height = rows[-1].height
        sheet.slots(
            slots,
            self.VALUE,
            x=x[3] + (self._columns[3] - width) / 2,
            y=bottom - height,
            height=height,
        )

    def _rows(self, content: CorrectionNotice, fitter: TextFitter) -> tuple[LabelRow, ...]:
        value = self.VALUE
        replies = GAP.join(f"□ {reply}" for reply in content.replies)
        number = content.issue.number or ""
        rows = (
            (
                self._label("通知編號", 0),
                Cell(text=number, first=1, end=2, style=value),
                self._label("姓\u3000\u3000名", 2),
                Cell(text=f"{content.unit}{GAP}{content.name}", first=3, end=4, style=value),
            ),
            (
                self._label("回覆事項", 0),
                Cell(text=replies, first=1, end=4, style=self.REPLY),
            ),
            (
                self._label("簽收人\n簽\u3000章", 0),
                Cell(text="", first=1, end=2, style=value),
                self._label("日\u3000\u3000期", 2),
                Cell(text="", first=3, end=4, style=value),
            ),
        )
        return tuple(
            self._table.row(fitter, row, height=height)
            for row, height in zip(rows, self.ROWS, strict=True)
        )

    def _label(self, text: str, column: int) -> Cell:
        return Cell(text=text, first=column, end=column + 1, style=self.LABEL, align=Align.CENTRE)
