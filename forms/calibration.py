"""校正頁: where a printer really puts things, measured with a ruler.

Two crosses stand exactly 20 mm from the left and upper edge, and 20 mm from the right and 40 mm
from the lower edge, with scales of half millimetres beside them. What the ruler shows instead is
the printer's offset; ``offset`` makes of it what the program has to move every page by.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from forms.booklet import PORTRAIT, Laid
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.sheet import Align, Sheet
from forms.textfit import Style, TextFitter

MARK = 20.0
"""Millimetres of a cross from the edges."""


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Which printer the sheet is for.

    Attributes:
        issue: Time of the print; it has no number.
        office: Agency.
        printer: The printer's name.
        right: Millimetres by which pages are moved to the right now.
        down: Millimetres by which they are moved down now.
    """

    issue: Issue
    office: str
    printer: str
    right: float = 0.0
    down: float = 0.0


class CalibrationForm(PrintedForm[Calibration]):
    """Draws the crosses, their scales and what to do."""

    kind = Kind.CALIBRATION
    paper = PORTRAIT

    TITLE = Style(size=20, stroke=0.45)
    TEXT = Style(size=12, leading=1.5)
    SCALE = Style(size=9)
    ARM = 12.0
    TEXT_TOP = 62.0
    TEXT_LEFT = 36.0
    TEXT_WIDTH = 138.0

    fields = (
        Field(name="office", label="機關", sample="高雄市港濱區公所"),
        Field(name="printer", label="印表機", sample="人事室雷射印表機"),
        Field(name="right", label="現在往右移", sample="0.4"),
        Field(name="down", label="現在往下移", sample="-0.6"),
        Field(name="issue", label="製表時間", sample="114 年 5 月 2 日 14 時 05 分"),
    )

    def metadata(self, content: Calibration) -> Metadata:
        """Tell title, author and time of the sheet."""
        return Metadata(
            title="印表機校正頁", author=content.office, kind=self.kind, issue=content.issue
        )

    def sample(self) -> Calibration:
        """Give an invented sheet for previews."""
        value = {field.name: field.sample for field in self.fields}
        return Calibration(
            issue=Issue(issued_at=datetime.datetime(2025, 5, 2, 14, 5)),
            office=value["office"],
            printer=value["printer"],
            right=0.4,
            down=-0.6,
        )

    def texts(self, content: Calibration) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (content.office, content.printer)

    def laid(self, content: Calibration, fitter: TextFitter) -> Laid:
        """Lay the sheet out."""

        def page(sheet: Sheet) -> None:
            paper = self.paper
            middle = paper.width / 2
            sheet.text("印表機校正頁", self.TITLE, x=middle, baseline=48, align=Align.CENTRE)
            y = self.TEXT_TOP
            for text in self._words(content):
                lines = fitter.broken(text, size=self.TEXT.size, width=self.TEXT_WIDTH)
                sheet.lines(lines, self.TEXT, x=self.TEXT_LEFT, y=y, width=self.TEXT_WIDTH)
                y += len(lines) * self.TEXT.line_height + 2
            self._cross(sheet, MARK, MARK, "甲")
            self._cross(sheet, paper.width - MARK, paper.height - 2 * MARK, "乙")

        return Laid(metadata=self.metadata(content), pages=(page,), outline=("印表機校正頁",))

    def _words(self, content: Calibration) -> tuple[str, ...]:
        now = (
            f"這一頁已照目前的設定往右 {content.right:.1f}、往下 {content.down:.1f} 公釐。"
            if content.right or content.down
            else "這一頁沒有移動過。"
        )
        return (
            f"印表機：{content.printer}",
            now,
            "一、請用「實際大小」（100%）印在 A4 紙上，不要選「符合頁面」。",
            "二、用尺量左上角十字甲的直線到紙張左邊緣、橫線到紙張上邊緣的距離，讀到 0.5 公釐。",
            "三、兩個距離都應是 20 公釐；把量到的數字填進「印表機校正」，之後的每一頁就會移正。",
            "四、右下角的十字乙到右邊緣應是 20 公釐，到下邊緣應是 40 公釐。",
            "五、甲準而乙不準，是印表機縮放了頁面，請到印表機設定關閉縮放。",
        )

    def _cross(self, sheet: Sheet, x: float, y: float, name: str) -> None:
        sheet.line(x - self.ARM, y, x + self.ARM, y, width=0.3)
        sheet.line(x, y - self.ARM, x, y + self.ARM, width=0.3)
        for half in range(-20, 21):
            at = half / 2
            length = 2.4 if half % 10 == 0 else 1.6 if half % 2 == 0 else 0.9
            if half:
                sheet.line(x + at, y, x + at, y + length, width=0.2)
                sheet.line(x, y + at, x + length, y + at, width=0.2)
        sheet.text(name, self.SCALE, x=x - 4, baseline=y - 2, align=Align.CENTRE)


def offset(*, measured_left: float, measured_top: float) -> tuple[float, float]:
    """What pages have to be moved by, right and down, when the cross came out elsewhere.

    Args:
        measured_left: Millimetres from the sheet's left edge to the upright line of cross 甲.
        measured_top: Millimetres from its upper edge to the level line.
    """
    return round(MARK - measured_left, 1), round(MARK - measured_top, 1)
