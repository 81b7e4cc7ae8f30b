"""One course as a block: its name, hours and completion at the left, its seals at the right."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from forms.application_contents import CourseBlock
from forms.rocdate import EMPTY, Slot, roc_year
from forms.seal_pictures import place_seal_picture
from forms.sheet import BASELINE, Sheet
from forms.table import PADDING_UPRIGHT
from forms.textfit import POINT, Fitted, Style, TextFitter

YEAR_EM = 2.6
PART_EM = 2.2


@dataclass(frozen=True)
class LaidBlock:
    """A block with its texts fitted."""

    course: CourseBlock
    label: str
    name: Fitted
    lines: tuple[tuple[str, tuple[Slot, ...]], ...]
    """Labels with the slots behind them: hours, day, time."""
    seals: tuple[Fitted, ...]
    height: float


class BlockDrawing:
    """Fits and draws blocks; measures in millimetres, sizes in points."""

    HEIGHT = 21.88
    SIDE = 2.2
    SEAL_CLEAR = 38.0
    """Millimetres to the right of the longest label."""
    SEAL_SIDE = 2.3
    TEXT_WIDTH = 101.0
    INDENT = 2.0
    """Of all but the name, in em."""
    TEXT = Style(size=11, leading=1.22)

    def __init__(self, left: float, columns: tuple[float, float]) -> None:
        """Take the left side of the table and the widths of its two columns."""
        self._left = left
        self._columns = columns

    def laid(
        self, course: CourseBlock, seals: Sequence[str], year: int | None, fitter: TextFitter
    ) -> LaidBlock:
        """Fit one block; a name over two lines shrinks, then the block grows.

        Args:
            course: What it shows.
            seals: Labels of its lines for seals.
            year: Year of the Republic printed where the day is not known, or None.
            fitter: Measures and breaks.
        """
        label = f"課程{course.number}名稱："
        width = self.TEXT_WIDTH - fitter.width(label, self.TEXT.size)
        name = fitter.fitted(course.name, self.TEXT, width=width, lines=2)
        lines = _slots(course, year, hours_em=sum(fitter.widths(course.hours)))
        seal_width = self._columns[1] - 2 * self.SEAL_SIDE
        labels = tuple(fitter.fitted(seal, self.TEXT, width=seal_width) for seal in seals)
        text = self._name_height(name) + len(lines) * self.TEXT.line_height
        seal = max((fitted.height for fitted in labels), default=0.0) + 2 * PADDING_UPRIGHT
        height = max(self.HEIGHT, text + 2 * PADDING_UPRIGHT, seal * len(labels))
        return LaidBlock(course, label, name, lines, labels, height)

    def draw(self, sheet: Sheet, block: LaidBlock, y: float) -> None:
        """Draw a block from a height down, without the rules around it."""
        style, line = self.TEXT, self.TEXT.line_height
        x = self._left + self.SIDE
        name_height = self._name_height(block.name)
        top = y + (block.height - name_height - len(block.lines) * line) / 2
        # The label stands on the first line of the name, whatever that one's size.
        first = top + self._above(block.name)
        name = block.name.style
        baseline = first + name.line_height / 2 + BASELINE * name.size * POINT
        sheet.text(block.label, style, x=x, baseline=baseline)
        hang = sheet.fitter.width(block.label, style.size)
        sheet.lines(block.name.lines, name, x=x + hang, y=first, width=self.TEXT_WIDTH - hang)
        top += name_height
        x += self.INDENT * style.size * POINT
        for label, slots in block.lines:
            sheet.text(label, style, x=x, baseline=top + line / 2 + BASELINE * style.size * POINT)
            behind = sheet.fitter.width(label, style.size)
            sheet.slots(slots, style, x=x + behind, y=top, height=line)
            top += line
        self._draw_seals(sheet, block, y)

    def _above(self, name: Fitted) -> float:
        """Give what the label needs above a name in a smaller size."""
        return (self.TEXT.line_height - name.style.line_height) / 2

    def _name_height(self, name: Fitted) -> float:
        return max(self.TEXT.line_height, self._above(name) + name.height)

    def _draw_seals(self, sheet: Sheet, block: LaidBlock, y: float) -> None:
        left = self._left + self._columns[0]
        right = left + self._columns[1]
        height = block.height / max(len(block.seals), 1)
        for index, seal in enumerate(block.seals):
            top = y + index * height
            if index:
                sheet.line(left, top, right, top, width=0.25, dash=(0.35, 0.35))
            width = right - left - 2 * self.SEAL_SIDE
            sheet.fitted(seal, x=left + self.SEAL_SIDE, y=top, width=width, height=height)
            label = "".join(line.text for line in seal.lines)
            place_seal_picture(
                sheet, label, x=right - self.SEAL_CLEAR, y=top, width=self.SEAL_CLEAR, height=height
            )


def _slots(
    course: CourseBlock, year: int | None, *, hours_em: float
) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
    """Give the lines below the name: labels and slots, empty ones where nothing is known."""
    day = (str(year) if year is not None else EMPTY, EMPTY, EMPTY)
    time = (EMPTY, EMPTY)
    if course.completed is not None:
        moment = course.completed
        day = (str(roc_year(moment)), str(moment.month), str(moment.day))
        if isinstance(moment, datetime.datetime):
            time = (f"{moment.hour:02d}", f"{moment.minute:02d}")
    return (
        ("時數：", (Slot(course.hours or EMPTY, "小時", max(PART_EM, hours_em)),)),
        (
            "完成日期：",
            (Slot(day[0], "年", YEAR_EM), Slot(day[1], "月", PART_EM), Slot(day[2], "日", PART_EM)),
        ),
        ("時間：", (Slot(time[0], "時", PART_EM), Slot(time[1], "分（24小時制）", PART_EM))),
    )
