"""The courses of the general form: columns by what the plan checks, categories joined."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from forms.application_contents import GeneralCourseRow, TimeColumns
from forms.rocdate import Slot, date_slots
from forms.sheet import BASELINE, Align, Sheet
from forms.table import PADDING, PADDING_UPRIGHT, column_lines, edges, row_lines
from forms.textfit import POINT, Fitted, Style, TextFitter

NUMBER, CATEGORY, NAME, HOURS = "編號", "課程類別", "課程名稱", "時數"
START, END, DONE = "時間(起)", "時間(迄)", "完成日期"


@dataclass(frozen=True)
class Columns:
    """Heads and widths of the table."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    split: int
    """Column where the right cells of the form's head begin."""

    def lefts(self, left: float) -> tuple[float, ...]:
        """Give the left side of each column and the right side of the last."""
        return edges(left, self.widths)

    def index(self, head: str) -> int | None:
        """Give the place of a column, None where the table has no such column."""
        return self.heads.index(head) if head in self.heads else None


def columns_for(time_columns: TimeColumns, *, has_categories: bool) -> Columns:
    """Give the columns of a plan by its off-duty check; no categories, no column for them."""
    if time_columns is TimeColumns.START_AND_END:
        return Columns((NUMBER, NAME, HOURS, START, END), (11.0, 54.0, 11.0, 47.0, 47.0), 4)
    name, done = (66.0, 47.0) if time_columns is TimeColumns.COMPLETION else (77.0, 36.0)
    if not has_categories:
        return Columns((NUMBER, NAME, HOURS, DONE), (10.0, 33.0 + name, 14.0, done), 2)
    heads = (NUMBER, CATEGORY, NAME, HOURS, DONE)
    return Columns(heads, (10.0, 33.0, name, 14.0, done), 3)


@dataclass(frozen=True)
class LaidCourse:
    """The fitted cells of one course."""

    course: GeneralCourseRow
    number: Fitted
    name: Fitted
    hours: Fitted
    height: float


@dataclass(frozen=True)
class _Group:
    """Neighbours of one category on one page."""

    category: Fitted
    rows: tuple[LaidCourse, ...]
    height: float
    """More than that of its rows where the category needs it: the last row grows."""


class GeneralCourses:
    """Fits and draws the courses; measures in millimetres, sizes in points."""

    ROW = 6.5
    PADDING_UPRIGHT = 0.25
    """Tighter than elsewhere: twenty courses stand on a page."""

    HEAD = Style(size=11, stroke=0.22)
    CELL = Style(size=11)
    LONG_NAME = Style(size=10, leading=1.15)
    CATEGORY = Style(size=10.5, leading=1.15)
    DATE = Style(size=10.5)

    def __init__(
        self, left: float, columns: Columns, *, time_columns: TimeColumns, year: int
    ) -> None:
        """Take the left side of the table, its columns, and the year printed for lack of a day."""
        self._columns = columns
        self._lefts = columns.lefts(left)
        self._time_columns = time_columns
        self._year = year

    def laid(self, course: GeneralCourseRow, fitter: TextFitter) -> LaidCourse:
        """Fit one course: its name on one line, or smaller on two, or the row grows."""
        number = fitter.fitted(course.number, self.CELL, width=self._inside(NUMBER))
        hours = fitter.fitted(course.hours, self.CELL, width=self._inside(HOURS))
        width = self._inside(NAME)
        name = fitter.fitted(course.name, self.CELL, width=width, smallest=self.CELL.size)
        if len(name.lines) > 1:
            name = fitter.fitted(course.name, self.LONG_NAME, width=width, lines=2)
        highest = max(cell.height for cell in (number, name, hours))
        return LaidCourse(
            course, number, name, hours, max(self.ROW, highest + 2 * self.PADDING_UPRIGHT)
        )

    def height(self, rows: Sequence[LaidCourse], fitter: TextFitter) -> float:
        """Give the height of rows that stand on one page together."""
        return sum(group.height for group in self._groups(rows, fitter))

    def count_that_fits(
        self, rows: Sequence[LaidCourse], fitter: TextFitter, *, room: float
    ) -> int:
        """Tell how many rows from the first fit so many millimetres."""
        count = len(rows)
        while count and self.height(rows[:count], fitter) > room + 1e-6:
            count -= 1
        return count

    def draw_heads(self, sheet: Sheet, *, top: float, height: float) -> None:
        """Draw the heads of the columns."""
        baseline = top + height / 2 + BASELINE * self.HEAD.size * POINT
        x = self._lefts
        for text, left, right in zip(self._columns.heads, x[:-1], x[1:], strict=True):
            sheet.text(text, self.HEAD, x=(left + right) / 2, baseline=baseline, align=Align.CENTRE)
        column_lines(sheet, lefts=x[1:-1], top=top, bottom=top + height)

    def draw(self, sheet: Sheet, rows: Sequence[LaidCourse], top: float) -> float:
        """Draw rows with the lines above them from a height down; give the bottom."""
        x = self._lefts
        category = self._columns.index(CATEGORY)
        y = top
        for group in self._groups(rows, sheet.fitter):
            row_lines(sheet, left=x[0], right=x[-1], tops=[y])
            if category is not None:
                self._draw_cell(sheet, group.category, CATEGORY, y, group.height, Align.CENTRE)
            bottom = y + group.height
            for index, row in enumerate(group.rows):
                is_last = index == len(group.rows) - 1
                height = bottom - y if is_last else row.height
                if index and category is not None:
                    row_lines(sheet, left=x[0], right=x[category], tops=[y])
                    row_lines(sheet, left=x[category + 1], right=x[-1], tops=[y])
                self._draw_row(sheet, row, y, height)
                y += height
        column_lines(sheet, lefts=x[1:-1], top=top, bottom=y)
        return y

    # ------------------------------------------------------------------------------------ inside

    def _inside(self, head: str) -> float:
        return self._columns.widths[self._columns.heads.index(head)] - 2 * PADDING

    def _groups(self, rows: Sequence[LaidCourse], fitter: TextFitter) -> list[_Group]:
        has_column = self._columns.index(CATEGORY) is not None
        parts: list[tuple[str, list[LaidCourse]]] = []
        for category, group in groupby(rows, key=lambda row: row.course.category):
            members = list(group)
            if has_column and category:
                parts.append((category, members))
            else:
                parts += [("", [row]) for row in members]
        groups = []
        for category, members in parts:
            height = sum(row.height for row in members)
            inside = height - 2 * PADDING_UPRIGHT
            width = self._inside(CATEGORY) if has_column else self._inside(NAME)
            cell = _evenly(fitter, category, self.CATEGORY, width=width, height=inside)
            height = max(height, cell.height + 2 * PADDING_UPRIGHT)
            groups.append(_Group(cell, tuple(members), height))
        return groups

    def _draw_row(self, sheet: Sheet, row: LaidCourse, y: float, height: float) -> None:
        self._draw_cell(sheet, row.number, NUMBER, y, height, Align.CENTRE)
        self._draw_cell(sheet, row.name, NAME, y, height, Align.LEFT)
        self._draw_cell(sheet, row.hours, HOURS, y, height, Align.CENTRE)
        for head in (START, END, DONE):
            column = self._columns.index(head)
            if column is None:
                continue
            slots = self._slots(row.course.start if head == START else row.course.end)
            width = sum(slot.em + 1 for slot in slots) * self.DATE.size * POINT
            left = self._lefts[column] + (self._columns.widths[column] - width) / 2
            sheet.slots(slots, self.DATE, x=left, y=y, height=height)

    def _draw_cell(
        self, sheet: Sheet, cell: Fitted, head: str, y: float, height: float, align: Align
    ) -> None:
        left = self._lefts[self._columns.heads.index(head)] + PADDING
        sheet.fitted(cell, x=left, y=y, width=self._inside(head), height=height, align=align)

    def _slots(self, moment: datetime.date | None) -> tuple[Slot, ...]:
        """Give the slots of a time or day; a day without a time leaves the time's slots empty."""
        is_day = self._time_columns is TimeColumns.NONE
        if moment is None or isinstance(moment, datetime.datetime):
            slots = date_slots(moment, year=self._year)
        else:
            midnight = datetime.datetime(moment.year, moment.month, moment.day)
            slots = date_slots(midnight, year=self._year)[:3]
            slots += date_slots(None, year=self._year)[3:]
        return slots[:3] if is_day else slots


def _evenly(fitter: TextFitter, text: str, style: Style, *, width: float, height: float) -> Fitted:
    """Fit a text; where it needs several lines, make them about equally long."""
    fitted = fitter.fitted(text, style, width=width, height=height)
    count = len(fitted.lines)
    while count > 1:
        width -= fitted.style.size * POINT
        narrower = fitter.fitted(text, fitted.style, width=width, lines=count)
        if len(narrower.lines) > count or narrower.style.size < fitted.style.size:
            break
        fitted = narrower
    return fitted
