"""The personnel office's check stamp, rectangular and round (design paper.md section 11)."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from enum import Enum

from forms.rocdate import stamped_date
from forms.sheet import Align, Sheet
from forms.textfit import POINT, Style

RED = (0xC4 / 255, 0x16 / 255, 0x1C / 255)
WHITE = (1.0, 1.0, 1.0)


class StampShape(Enum):
    """Which of the two forms a stamp has."""

    RECTANGLE = "rectangle"
    ROUND = "round"


LONGEST_ROUND_AGENCY = 13
"""Characters; an agency of a longer name has the rectangle."""


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
    shape: StampShape = StampShape.RECTANGLE

    @property
    def is_round(self) -> bool:
        """Whether it is drawn round: as wished, where the agency's name has room on the arc."""
        return self.shape is StampShape.ROUND and len(self.agency) <= LONGEST_ROUND_AGENCY


def draw_check_stamp(sheet: Sheet, stamp: CheckStamp, *, x: float, y: float, height: float) -> None:
    """Draw a stamp in the form it has, in the middle of its place.

    Args:
        sheet: Page to draw on.
        stamp: What it says.
        x: Left side of its place, 40 mm wide.
        y: Top of its place.
        height: Of its place; a round stamp is 36 mm across where there is room.
    """
    if not stamp.is_round:
        top = y + (height - CheckStampDrawing.HEIGHT) / 2
        CheckStampDrawing().draw(sheet, stamp, x=x, y=top)
        return
    across = min(height, RoundStampDrawing.ACROSS)
    RoundStampDrawing().draw(
        sheet, stamp, x=x + (CheckStampDrawing.WIDTH - across) / 2, y=y, across=across
    )


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


class RoundStampDrawing:
    """Draws the round stamp: 36 mm across, smaller where its place is lower.

    Measures are those of a stamp of 36 mm from its upper left corner.
    """

    ACROSS = 36.0
    RINGS = ((17.6, 0.8), (16.7, 0.2))
    AGENCY_RADIUS = 13.0
    MOST_DEGREES = 126.0
    MOST_STEP = 14.0
    NUMBER_RADIUS = 15.6
    NUMBER_STEP = 6.0

    def draw(
        self, sheet: Sheet, stamp: CheckStamp, *, x: float, y: float, across: float = ACROSS
    ) -> None:
        """Draw the stamp with the corner of its square at x, y, so many millimetres across."""
        pen = _RoundPen(sheet, x=x, y=y, scale=across / self.ACROSS)
        for radius, width in self.RINGS:
            pen.ring(radius, width)
        count = max(len(stamp.agency) - 1, 1)
        step = min(self.MOST_STEP, self.MOST_DEGREES / count)
        size = 0.99 * self.AGENCY_RADIUS * math.radians(step)
        pen.arc(stamp.agency, size, 0.06, baseline=18 - self.AGENCY_RADIUS, step=step)
        pen.text(stamp.heading, 2.95, 0.09, at=18, baseline=13.35, width=26)
        for line in (15.0, 21.0):
            pen.line(1.57, line, 34.43)
        pen.text(stamped_date(stamp.day), 4.0, 0.06, at=18, baseline=19.45, width=30)
        pen.verdict(6.4, 22.3, 9.6, 5.2, is_passed=stamp.is_passed)
        pen.text(
            "相符" if stamp.is_passed else "不符",
            3.9,
            0.12,
            at=11.2,
            baseline=26.265,
            width=9,
            colour=RED if stamp.is_passed else WHITE,
        )
        pen.text(stamp.clerk, 3.2, 0.04, at=23.4, baseline=26.2, width=13.2)
        pen.arc(stamp.number, 2.5, 0.03, baseline=18 + self.NUMBER_RADIUS, step=-self.NUMBER_STEP)


class _RoundPen:
    """Draws in the stamp's own millimetres."""

    def __init__(self, sheet: Sheet, *, x: float, y: float, scale: float) -> None:
        self._sheet, self._x, self._y, self._scale = sheet, x, y, scale

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._x + x * self._scale, self._y + y * self._scale

    def ring(self, radius: float, width: float) -> None:
        x, y = self._at(18, 18)
        self._sheet.circle(x, y, radius * self._scale, pen=width * self._scale / POINT, colour=RED)

    def line(self, left: float, y: float, right: float) -> None:
        (x1, y1), (x2, y2) = self._at(left, y), self._at(right, y)
        self._sheet.line(x1, y1, x2, y2, width=0.3 * self._scale / POINT, colour=RED)

    def verdict(self, x: float, y: float, width: float, height: float, *, is_passed: bool) -> None:
        left, top = self._at(x, y)
        size = (width * self._scale, height * self._scale)
        if is_passed:
            pen = 0.35 * self._scale / POINT
            self._sheet.box(left, top, *size, pen=pen, radius=0.5 * self._scale, colour=RED)
        else:
            self._sheet.box(left, top, *size, pen=0, radius=0.5 * self._scale, fill=RED)

    def text(
        self,
        text: str,
        height: float,
        stroke: float,
        *,
        at: float,
        baseline: float,
        width: float,
        colour: tuple[float, float, float] = RED,
    ) -> None:
        """Draw one line around a place, smaller where the width demands it."""
        needed = self._width(text, height)
        height *= min(1.0, width / needed) if needed else 1.0
        x, y = self._at(at, baseline)
        style = Style(size=height * self._scale / POINT, stroke=stroke * self._scale / POINT)
        self._sheet.text(
            text, style, x=x, baseline=y, align=Align.CENTRE, colour=colour, space=None
        )

    def _width(self, text: str, height: float) -> float:
        narrow = self._sheet.fitter.width(text, height / POINT)
        return narrow + text.count(" ") * 0.22 * height

    def arc(self, text: str, height: float, stroke: float, *, baseline: float, step: float) -> None:
        """Draw characters around the middle, so many degrees apart, clockwise when positive."""
        x, y = self._at(18, baseline)
        centre = self._at(18, 18)
        style = Style(size=height * self._scale / POINT, stroke=stroke * self._scale / POINT)
        for index, character in enumerate(text):
            degrees = step * (index - (len(text) - 1) / 2)
            with self._sheet.turned(*centre, degrees):
                self._sheet.text(
                    character,
                    style,
                    x=x,
                    baseline=y,
                    align=Align.CENTRE,
                    colour=RED,
                    space=None,
                )
