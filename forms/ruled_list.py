"""The shape of a plain landscape list: heads, rows, grey sums of a group, total, notes, seals.

The lists of a nominated programme, the register of leave granted and the committee's table are made
of it (design paper.md sections 8 and 13, heads and seals as in section 5).
"""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from forms.booklet import LANDSCAPE, Laid
from forms.document import Issue, Metadata
from forms.form import PrintedForm
from forms.pagination import Block, paginated
from forms.rocdate import spoken_date
from forms.roster import (
    CONTINUED,
    SEAL_ROW,
    draw_cells,
    draw_list_seals,
    draw_sum,
    title_and_line,
)
from forms.sheet import Align, Sheet
from forms.table import PADDING, PADDING_UPRIGHT, column_lines, edges, outline, row_lines
from forms.textfit import SMALLEST, Fitted, Style, TextFitter

BODY = Style(size=10.5, leading=1.1)
NAME = Style(size=11.5, leading=1.1)
WORDS = Style(size=10, leading=1.15)


@dataclass(frozen=True)
class ListColumn:
    """One column: its head, its width in millimetres, how its text is set."""

    head: str
    width: float
    style: Style = BODY
    is_left: bool = False
    lines: int = 1
    """Lines a text takes before anything shrinks; with more than one the row grows instead."""


@dataclass(frozen=True)
class ListGroup:
    """Rows that belong together, with what stands below them in grey; no sum without a label."""

    rows: tuple[tuple[str, ...], ...]
    sum_label: str = ""
    sum_text: str = ""


@dataclass(frozen=True)
class _Row:
    cells: tuple[Fitted, ...]
    height: float


@dataclass(frozen=True)
class _Sum:
    label: str
    text: str
    height: float


class ListContent(Protocol):
    """What every such list carries."""

    @property
    def issue(self) -> Issue:
        """Number and time."""

    @property
    def agency(self) -> str:
        """Whose list it is."""

    @property
    def title(self) -> str:
        """Printed after the agency."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines below the list."""

    @property
    def seals(self) -> tuple[str, ...]:
        """Labels of the fields for seals."""


class DatedListContent(ListContent, Protocol):
    """What a list of a plan as of a day carries."""

    @property
    def plan(self) -> str:
        """The plan's title."""

    @property
    def day(self) -> datetime.date:
        """The day in the second line."""

    @property
    def day_label(self) -> str:
        """Which day that is."""

    @property
    def total(self) -> str:
        """After ``合計``."""


ListT = TypeVar("ListT", bound=ListContent)
DatedListT = TypeVar("DatedListT", bound=DatedListContent)


class RuledList(PrintedForm[ListT]):
    """Draws such a list; measures in millimetres, sizes in points."""

    paper = LANDSCAPE
    columns: ClassVar[tuple[ListColumn, ...]]

    TABLE_TOP = 33.0
    HEAD_ROW = 9.5
    ROW = 7.9
    SUM_ROW = 6.4
    TOTAL_ROW = 7.5
    NOTES_GAP = 1.5
    SEAL_GAP = 4.3

    HEAD = Style(size=10.5, stroke=0.22, leading=1.2)
    SUM = Style(size=10, stroke=0.28)
    TOTAL = Style(size=10.5, stroke=0.28)
    NOTES = Style(size=9.5, leading=1.25)

    @abstractmethod
    def groups(self, content: ListT) -> tuple[ListGroup, ...]:
        """Give the rows of the list, a text a column but the first (序號), group by group."""

    @abstractmethod
    def line(self, content: ListT, *, is_first: bool) -> tuple[str, str]:
        """Give the left and the right half of the line below the title.

        Args:
            content: The list.
            is_first: False on a page that continues the list; its left half says so.
        """

    @abstractmethod
    def draw_total(self, sheet: Sheet, content: ListT, *, lefts: Sequence[float], y: float) -> None:
        """Draw the total row, ``TOTAL_ROW`` high, without the line above it.

        Args:
            sheet: Page to draw on.
            content: The list.
            lefts: Left side of each column and the right side of the last, in millimetres.
            y: Top of the row.
        """

    @abstractmethod
    def other_texts(self, content: ListT) -> tuple[str, ...]:
        """List the texts of line and total."""

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: ListT) -> Metadata:
        """Tell title, author, number and time of the list."""
        return Metadata(
            title=content.agency + content.title,
            author=content.agency,
            kind=self.kind,
            issue=content.issue,
        )

    def texts(self, content: ListT) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.agency,
            content.title,
            *(
                text
                for group in self.groups(content)
                for text in (*(t for row in group.rows for t in row), group.sum_label)
            ),
            *(group.sum_text for group in self.groups(content)),
            *self.other_texts(content),
            *content.notes,
            *content.seals,
            content.issue.number or "",
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: ListT, fitter: TextFitter) -> Laid:
        """Share the rows out over pages: no sum without a row, no total alone, seals at the end."""
        drawn: list[_Row | _Sum] = []
        blocks: list[Block] = []
        number = 0
        for group in self.groups(content):
            for index, texts in enumerate(group.rows):
                number += 1
                row = self._row(number, texts, fitter)
                is_end = index == len(group.rows) - 1
                is_first_of_several = index == 0 and not is_end
                may_end = not is_first_of_several and not (is_end and bool(group.sum_label))
                drawn.append(row)
                blocks.append(Block(height=row.height, may_end_page=may_end))
            if group.sum_label:
                drawn.append(_Sum(group.sum_label, group.sum_text, self.SUM_ROW))
                blocks.append(Block(height=self.SUM_ROW))
        if drawn and isinstance(drawn[-1], _Sum):
            # The last sum stays with the total, and its row with it.
            last = blocks.pop()
            blocks[-1] = Block(height=blocks[-1].height + last.height)
        notes = [
            fitter.fitted(note, self.NOTES, width=self.paper.text_width, lines=3)
            for note in content.notes
        ]
        room = self.paper.bottom - self.TABLE_TOP - self.HEAD_ROW
        tail = self.TOTAL_ROW + self.SEAL_GAP + SEAL_ROW
        tail += (self.NOTES_GAP if notes else 0.0) + sum(note.height for note in notes)
        spans = paginated(blocks, room=room, room_on_last=room - tail)
        pages: list[Callable[[Sheet], None]] = []
        for index, (first, end) in enumerate(spans):
            is_last = index == len(spans) - 1
            part = drawn[first:] if is_last else drawn[first:end]
            pages.append(self._page(content, part, notes if is_last else None, is_first=index == 0))
        return Laid(
            metadata=self.metadata(content),
            pages=tuple(pages),
            outline=(content.agency + content.title,),
        )

    def _row(self, number: int, texts: Sequence[str], fitter: TextFitter) -> _Row:
        cells = tuple(
            fitter.fitted(
                text,
                column.style,
                width=column.width - 2 * PADDING,
                lines=column.lines,
                smallest=column.style.size if column.lines > 1 else SMALLEST,
            )
            for text, column in zip((str(number), *texts), self.columns, strict=True)
        )
        needed = max(cell.height for cell in cells) + 2 * PADDING_UPRIGHT
        return _Row(cells, max(self.ROW, needed))

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: ListT,
        part: Sequence[_Row | _Sum],
        notes: Sequence[Fitted] | None,
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            self._draw_head(sheet, content, is_first=is_first)
            x = edges(self.paper.left, [column.width for column in self.columns])
            left_columns = [n for n, column in enumerate(self.columns) if column.is_left]
            y = self.TABLE_TOP + self.HEAD_ROW
            tops: list[float] = []
            for item in part:
                tops.append(y)
                if isinstance(item, _Row):
                    draw_cells(
                        sheet,
                        item.cells,
                        lefts=x,
                        y=y,
                        height=item.height,
                        left_columns=left_columns,
                    )
                else:
                    draw_sum(
                        sheet,
                        item.label,
                        item.text,
                        self.SUM,
                        lefts=x,
                        y=y,
                        height=item.height,
                        is_grey=True,
                    )
                y += item.height
            if notes is not None:
                tops.append(y)
                self.draw_total(sheet, content, lefts=x, y=y)
                y += self.TOTAL_ROW
            row_lines(sheet, left=x[0], right=x[-1], tops=tops)
            outline(sheet, left=x[0], right=x[-1], top=self.TABLE_TOP, bottom=y)
            if notes is not None:
                y += self.NOTES_GAP if notes else 0.0
                for note in notes:
                    sheet.lines(note.lines, note.style, x=x[0], y=y, width=self.paper.text_width)
                    y += note.height
                draw_list_seals(sheet, content.seals, y + self.SEAL_GAP)

        return draw

    def _draw_head(self, sheet: Sheet, content: ListT, *, is_first: bool) -> None:
        left_half, right_half = self.line(content, is_first=is_first)
        title_and_line(
            sheet, title=content.agency + content.title, left=left_half, right=right_half
        )
        top, bottom = self.TABLE_TOP, self.TABLE_TOP + self.HEAD_ROW
        x = edges(self.paper.left, [column.width for column in self.columns])
        for column, left in zip(self.columns, x[:-1], strict=True):
            width = column.width - 2 * PADDING
            cell = sheet.fitter.fitted(
                column.head, self.HEAD, width=width, lines=2, bold=(0, len(column.head))
            )
            sheet.fitted(
                cell,
                x=left + PADDING,
                y=top,
                width=width,
                height=self.HEAD_ROW,
                align=Align.CENTRE,
            )
        column_lines(sheet, lefts=x[1:-1], top=top, bottom=bottom)


class DatedList(RuledList[DatedListT]):
    """A list of a plan as of a day, closed by a total in words."""

    def line(self, content: DatedListT, *, is_first: bool) -> tuple[str, str]:
        """Give plan and day."""
        plan = content.plan + ("" if is_first else CONTINUED)
        return f"計畫：{plan}", f"{content.day_label}：{spoken_date(content.day)}"

    def draw_total(
        self, sheet: Sheet, content: DatedListT, *, lefts: Sequence[float], y: float
    ) -> None:
        """Draw the words of the total after ``合計``."""
        draw_sum(sheet, "合計", content.total, self.TOTAL, lefts=lefts, y=y, height=self.TOTAL_ROW)

    def other_texts(self, content: DatedListT) -> tuple[str, ...]:
        """List plan, label of the day and total."""
        return (content.plan, content.day_label, content.total)
