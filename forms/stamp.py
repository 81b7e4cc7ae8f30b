"""The personnel office's check stamp, rectangular form (design paper.md section 11)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from forms.rocdate import stamped_date
from forms.sheet import Align, Sheet
from forms.textfit import POINT, Style

RED = (0xC4 / 255, 0x16 / 255, 0x1C / 255)
WHITE = (1.0, 1.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class CheckStamp:
    """What a check stamp says: the settled decision on a set, as the audit trail has it."""

    agency: str
    """Such as ``高雄市港濱區公所人事室``."""
    is_passed: bool
    clerk: str
    day: datetime.date
    number: str
    heading: str = "公餘時間查核"


class CheckStampDrawing:
    """Draws the stamp; measures in millimetres from its upper left corner."""

    WIDTH = 40.0
    HEIGHT = 22.0
    INSET = 1.3
    LINES = (6.5, 13.7)
    AGENCY_WIDTH = 35.5

    def draw(self, sheet: Sheet, stamp: CheckStamp, *, x: float, y: float) -> None:
        """Draw the stamp with its corner at x, y: outlined 相符, or 不符 white on red."""
        sheet.box(x + 0.4, y + 0.4, 39.2, 21.2, pen=0.8 / POINT, radius=1.0, colour=RED)
        sheet.box(
            x + self.INSET, y + self.INSET, 37.4, 19.4, pen=0.2 / POINT, radius=0.5, colour=RED
        )
        for line in self.LINES:
            sheet.line(x + 1.3, y + line, x + 38.7, y + line, width=0.2 / POINT, colour=RED)
        self._agency(sheet, stamp.agency, x=x, y=y)
        self._text(sheet, stamp.heading, 3.7, 0.1, x + 13.9, y + 11.45, width=23.6)
        self._verdict(sheet, stamp, x=x, y=y)
        date = stamped_date(stamp.day)
        clerk = f"查核：{stamp.clerk}"
        date_width = self._width(sheet, date, 2.8)
        self._text(
            sheet,
            clerk,
            2.8,
            0.03,
            x + 2.4,
            y + 16.75,
            width=34.4 - date_width,
            align=Align.LEFT,
        )
        self._text(sheet, date, 2.8, 0.03, x + 37.6, y + 16.75, width=20, align=Align.RIGHT)
        self._text(sheet, f"編號 {stamp.number}", 2.6, 0.03, x + 20, y + 19.85, width=35.5)

    def _agency(self, sheet: Sheet, agency: str, *, x: float, y: float) -> None:
        if len(agency) <= 14:
            self._text(sheet, agency, 3.2, 0.05, x + 20, y + 5.0, width=self.AGENCY_WIDTH)
            return
        half = (len(agency) + 1) // 2
        for text, baseline in ((agency[:half], 3.6), (agency[half:], 5.9)):
            self._text(sheet, text, 2.1, 0.03, x + 20, y + baseline, width=self.AGENCY_WIDTH)

    def _verdict(self, sheet: Sheet, stamp: CheckStamp, *, x: float, y: float) -> None:
        place = (x + 26.1, y + 7.3, 11.4, 5.6)
        if stamp.is_passed:
            sheet.box(*place, pen=0.35 / POINT, radius=0.5, colour=RED)
        else:
            sheet.box(*place, pen=0, radius=0.5, fill=RED)
        self._text(
            sheet,
            "相符" if stamp.is_passed else "不符",
            4.3,
            0.12,
            x + 31.8,
            y + 11.605,
            width=10,
            colour=RED if stamp.is_passed else WHITE,
        )

    def _width(self, sheet: Sheet, text: str, height: float) -> float:
        """Give the width of a text whose spaces are drawn full."""
        narrow = sheet.fitter.width(text, height / POINT)
        return narrow + text.count(" ") * 0.22 * height

    def _text(
        self,
        sheet: Sheet,
        text: str,
        height: float,
        stroke: float,
        x: float,
        baseline: float,
        *,
        width: float,
        align: Align = Align.CENTRE,
        colour: tuple[float, float, float] = RED,
    ) -> None:
        """Draw one line so high (millimetres of an em), smaller where the width demands it."""
        needed = self._width(sheet, text, height)
        if needed > width:
            height *= width / needed
        style = Style(size=height / POINT, stroke=stroke / POINT)
        sheet.text(text, style, x=x, baseline=baseline, align=align, colour=colour, space=None)
