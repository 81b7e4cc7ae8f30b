"""未獲敘獎名單: who was examined and is not proposed, and why (design paper.md section 6).

It is the counterpart of the commendation list: the two together are everybody examined.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from forms.booklet import LANDSCAPE, Laid
from forms.contents import NotCommendedList, NotCommendedRow
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.pagination import Block, paginated
from forms.roster import (
    CONTINUED,
    SEAL_ROW,
    draw_cells,
    draw_list_seals,
    draw_sum,
    title_and_plan,
)
from forms.sheet import Align, Sheet
from forms.table import PADDING, PADDING_UPRIGHT, column_lines, edges, outline, row_lines
from forms.textfit import SMALLEST, Fitted, Style, TextFitter

DONE = "○"
NOT_DONE = "×"
MOST_COLUMNS = 3
"""Sets that have a column each; more share one."""


@dataclass(frozen=True)
class _Columns:
    """Widths in millimetres, and which of them are the sets'."""

    widths: tuple[float, ...]
    first_set: int
    end_set: int
    is_shared: bool


@dataclass(frozen=True)
class _Row:
    cells: tuple[Fitted, ...]
    height: float


class NotCommendedListForm(PrintedForm[NotCommendedList]):
    """Draws the list; measures in millimetres, sizes in points."""

    kind = Kind.NOT_COMMENDED_LIST
    paper = LANDSCAPE

    PERSON_WIDTHS = (11.0, 24.0, 31.0, 23.0, 29.0)
    PERSON_HEADS = ("序號", "單位", "職稱", "姓名", "官職等")
    SET_WIDTH = 11.0
    SHARED_WIDTH = 33.0
    LEAST_SETS_WIDTH = 22.0
    """Room for the head above the sets."""
    REASON_AND_SETS = 97.0
    """What fewer sets leave goes to the reason."""
    END_WIDTHS = (17.0, 25.0)
    SETS_HEAD = "完成情形"
    END_HEADS = ("未獲敘獎原因", "依據", "備註")
    TABLE_TOP = 33.0
    UPPER_HEAD = 6.0
    LOWER_HEAD = 5.5
    ROW = 9.6
    TOTAL_ROW = 7.5
    LEGEND_GAP = 1.5
    SEAL_GAP = 4.3

    HEAD = Style(size=10.5, stroke=0.22, leading=1.2)
    SET_HEAD = Style(size=9.5, stroke=0.22, leading=1.2)
    BODY = Style(size=10.5, leading=1.1)
    NAME = Style(size=11.5, leading=1.1)
    RANK = Style(size=10, leading=1.1)
    LONG_RANK = Style(size=9, leading=1.08)
    MARK = Style(size=11)
    REASON = Style(size=9.5, leading=1.18)
    BASIS = Style(size=9.5, leading=1.18)
    REMARK = Style(size=9, leading=1.18)
    TOTAL = Style(size=10.5, stroke=0.28)
    LEGEND = Style(size=9.5, leading=1.25)

    fields = (
        Field(name="agency", label="機關", sample="高雄市港濱區公所"),
        Field(
            name="plan",
            label="計畫",
            sample="高雄市政府 114 年度推動數位學習－「知識啟航·e 展雄才」實施計畫",
        ),
        Field(name="day", label="認定基準日", sample="114 年 8 月 31 日"),
        Field(name="sets", label="組裝課程", sample="政策"),
        Field(name="rows.unit", label="單位", sample="民政課"),
        Field(name="rows.job_title", label="職稱", sample="里幹事"),
        Field(name="rows.name", label="姓名", sample="汪乃文"),
        Field(name="rows.rank", label="官職等", sample="委任第五職等"),
        Field(name="rows.completed", label="完成情形", sample="×"),
        Field(
            name="rows.reason",
            label="未獲敘獎原因",
            sample="缺 2 門：從農田到餐桌的減碳策略：再生農法與永續食材；智在高雄~智慧城市任你行",
        ),
        Field(name="rows.basis", label="依據", sample="陸、六"),
        Field(name="rows.remark", label="備註", sample="補件中"),
        Field(name="rows.cause", label="原因類別", sample="未完成或未通過"),
        Field(name="examined", label="受查人數", sample="34 人"),
        Field(name="commendation_number", label="敘獎建議名冊編號", sample="KH-114-000301"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000302"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: NotCommendedList) -> Metadata:
        """Tell title, author, number and time of the list."""
        return Metadata(
            title=content.agency + content.title,
            author=content.agency,
            kind=self.kind,
            issue=content.issue,
        )

    def sample(self) -> NotCommendedList:
        """Give an invented list for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        return NotCommendedList(
            issue=Issue(issued_at=datetime.datetime(2025, 9, 8, 10, 20), number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            day=datetime.date(2025, 8, 31),
            sets=(value["sets"], "市政", "共通"),
            rows=(
                NotCommendedRow(
                    unit=value["unit"],
                    job_title=value["job_title"],
                    name=value["name"],
                    rank=value["rank"],
                    completed=(False, True, True),
                    cause=value["cause"],
                    reason=value["reason"],
                    basis=value["basis"],
                    remark=value["remark"],
                ),
            ),
            examined=34,
            commendation_number=value["commendation_number"],
        )

    def texts(self, content: NotCommendedList) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.agency,
            content.title,
            content.plan,
            *(content.sets if len(content.sets) <= MOST_COLUMNS else ()),
            *(text for row in content.rows for text in self._texts_of(row)),
            *content.seals,
            content.issue.number or "",
            content.commendation_number or "",
        )

    @staticmethod
    def _texts_of(row: NotCommendedRow) -> tuple[str, ...]:
        return (
            row.unit,
            row.job_title,
            row.name,
            row.rank,
            row.cause,
            row.reason,
            row.basis,
            row.remark,
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: NotCommendedList, fitter: TextFitter) -> Laid:
        """Share the rows out over pages, the total never without one, seals on the last only."""
        columns = self._columns(len(content.sets))
        rows = [
            self._row(number, row, columns, fitter)
            for number, row in enumerate(content.rows, start=1)
        ]
        legend = self._legend(content, fitter)
        room = self.paper.bottom - self.TABLE_TOP - self.UPPER_HEAD - self.LOWER_HEAD
        tail = self.TOTAL_ROW + self.LEGEND_GAP + legend.height + self.SEAL_GAP + SEAL_ROW
        spans = paginated(
            [
                Block(height=row.height, may_end_page=may_end)
                for row, may_end in zip(rows, _may_end_page(content.rows), strict=True)
            ],
            room=room,
            room_on_last=room - tail,
        )
        return Laid(
            metadata=self.metadata(content),
            pages=tuple(
                self._page(
                    content,
                    columns,
                    rows[first:end],
                    legend if index == len(spans) - 1 else None,
                    is_first=index == 0,
                )
                for index, (first, end) in enumerate(spans)
            ),
            outline=(content.agency + content.title,),
        )

    def _columns(self, count: int) -> _Columns:
        """Give the columns for so many sets."""
        is_shared = count > MOST_COLUMNS or count == 0
        if is_shared:
            sets: tuple[float, ...] = (self.SHARED_WIDTH,)
        else:
            sets = (max(self.SET_WIDTH, self.LEAST_SETS_WIDTH / count),) * count
        reason = self.REASON_AND_SETS - sum(sets)
        first = len(self.PERSON_WIDTHS)
        widths = (*self.PERSON_WIDTHS, *sets, reason, *self.END_WIDTHS)
        return _Columns(widths, first, first + len(sets), is_shared)

    def _row(
        self, number: int, row: NotCommendedRow, columns: _Columns, fitter: TextFitter
    ) -> _Row:
        rank = self.LONG_RANK if len(row.rank) >= 8 else self.RANK
        if columns.is_shared:
            marks: tuple[str, ...] = (f"{sum(row.completed)}／{len(row.completed)} 套",)
        else:
            marks = tuple(DONE if is_done else NOT_DONE for is_done in row.completed)
        texts = (
            (str(number), self.BODY, 1),
            (row.unit, self.BODY, 1),
            (row.job_title, self.BODY, 1),
            (row.name, self.NAME, 1),
            (row.rank or "—", rank, 1),
            *((mark, self.MARK, 1) for mark in marks),
            # Three lines before anything shrinks, and the row grows rather than the words.
            (row.reason, self.REASON, 3),
            (row.basis or "—", self.BASIS, 2),
            (row.remark, self.REMARK, 2),
        )
        cells = tuple(
            fitter.fitted(
                text,
                style,
                width=width - 2 * PADDING,
                lines=lines,
                smallest=style.size if lines > 1 else SMALLEST,
            )
            for (text, style, lines), width in zip(texts, columns.widths, strict=True)
        )
        needed = max(cell.height for cell in cells) + 2 * PADDING_UPRIGHT
        return _Row(cells, max(self.ROW, needed))

    def _total(self, content: NotCommendedList) -> str:
        causes = Counter(dict.fromkeys(content.causes, 0))
        causes.update(row.cause for row in content.rows)
        parts = "、".join(f"{cause} {count} 人" for cause, count in causes.items() if count)
        return f"{len(content.rows)} 人" + (f"：{parts}" if parts else "")

    def _legend(self, content: NotCommendedList, fitter: TextFitter) -> Fitted:
        number = content.commendation_number
        other = f"敘獎建議名冊（編號 {number}）" if number else "敘獎建議名冊"
        marks = f"{DONE} 已完成；{NOT_DONE} 未完成或不符。"
        if self._columns(len(content.sets)).is_shared:
            marks = "完成情形為已完成套數／全部套數。"
        text = (
            f"說明：{marks}本名單與{other}同時產製，兩者合計即全體受查人員 {content.examined} 人。"
        )
        return fitter.fitted(text, self.LEGEND, width=self.paper.text_width, lines=2)

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: NotCommendedList,
        columns: _Columns,
        rows: Sequence[_Row],
        legend: Fitted | None,
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            title_and_plan(
                sheet,
                title=content.agency + content.title,
                plan=content.plan + ("" if is_first else CONTINUED),
                day=content.day,
            )
            x = edges(self.paper.left, columns.widths)
            y = self._draw_heads(sheet, content, columns, x)
            tops: list[float] = []
            left_columns = (columns.end_set,)
            for row in rows:
                tops.append(y)
                draw_cells(
                    sheet, row.cells, lefts=x, y=y, height=row.height, left_columns=left_columns
                )
                y += row.height
            if legend is not None:
                tops.append(y)
                total = self._total(content)
                draw_sum(sheet, "合計", total, self.TOTAL, lefts=x, y=y, height=self.TOTAL_ROW)
                y += self.TOTAL_ROW
            row_lines(sheet, left=x[0], right=x[-1], tops=tops)
            outline(sheet, left=x[0], right=x[-1], top=self.TABLE_TOP, bottom=y)
            if legend is not None:
                y += self.LEGEND_GAP
                sheet.lines(legend.lines, legend.style, x=x[0], y=y, width=self.paper.text_width)
                draw_list_seals(sheet, content.seals, y + legend.height + self.SEAL_GAP)

        return draw

    def _draw_heads(
        self, sheet: Sheet, content: NotCommendedList, columns: _Columns, x: Sequence[float]
    ) -> float:
        """Draw the heads, those of the sets below one of their own; give the bottom."""
        top = self.TABLE_TOP
        middle = top + self.UPPER_HEAD
        bottom = middle + self.LOWER_HEAD
        first, end = columns.first_set, columns.end_set
        heads = [
            (text, index, index + 1, top, bottom, self.HEAD)
            for index, text in enumerate(self.PERSON_HEADS)
        ]
        heads += [
            (text, index, index + 1, top, bottom, self.HEAD)
            for index, text in enumerate(self.END_HEADS, start=end)
        ]
        if columns.is_shared:
            heads.append((self.SETS_HEAD, first, end, top, bottom, self.HEAD))
        else:
            heads.append((self.SETS_HEAD, first, end, top, middle, self.HEAD))
            heads += [
                (text, index, index + 1, middle, bottom, self.SET_HEAD)
                for index, text in enumerate(content.sets, start=first)
            ]
            row_lines(sheet, left=x[first], right=x[end], tops=[middle])
            column_lines(sheet, lefts=x[first + 1 : end], top=middle, bottom=bottom)
        for text, left, right, upper, lower, style in heads:
            width = x[right] - x[left] - 2 * PADDING
            cell = sheet.fitter.one_line(text, style, width=width, where="欄名")
            bold = sheet.fitter.fitted(
                text, cell.style, width=width, bold=(0, len(text)), smallest=cell.style.size
            )
            sheet.fitted(
                bold,
                x=x[left] + PADDING,
                y=upper,
                width=width,
                height=lower - upper,
                align=Align.CENTRE,
            )
        column_lines(sheet, lefts=(*x[1 : first + 1], *x[end:-1]), top=top, bottom=bottom)
        row_lines(sheet, left=x[0], right=x[-1], tops=[bottom])
        return bottom


def _may_end_page(rows: Sequence[NotCommendedRow]) -> list[bool]:
    """Tell of each row whether a page may end after it: not after a unit's first of several."""
    result: list[bool] = []
    for _, group in groupby(rows, key=lambda row: row.unit):
        count = len(list(group))
        result += [count == 1, *[True] * (count - 1)]
    return result
