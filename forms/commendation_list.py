"""敘獎建議名冊: who is proposed for a commendation, by unit (design paper.md section 5)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from forms.booklet import LANDSCAPE, Laid
from forms.contents import CommendationList, CommendationRow
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.pagination import Block, paginated
from forms.roster import (
    CONTINUED,
    GAP,
    draw_cells,
    draw_list_seals,
    draw_sum,
    title_and_plan,
)
from forms.sheet import Align, Sheet
from forms.table import PADDING, PADDING_UPRIGHT, column_lines, edges, outline, row_lines
from forms.textfit import SMALLEST, Fitted, Style, TextFitter


@dataclass(frozen=True)
class _Row:
    cells: tuple[Fitted, ...]
    height: float


@dataclass(frozen=True)
class _Subtotal:
    label: str
    text: str
    height: float


def _kinds(row: CommendationRow) -> list[str]:
    """The awards of one person, several kinds counted apart (``記功1次、嘉獎1次``)."""
    return row.award.split("、")


class CommendationListForm(PrintedForm[CommendationList]):
    """Draws the list; measures in millimetres, sizes in points."""

    kind = Kind.COMMENDATION_LIST
    paper = LANDSCAPE

    COLUMNS = (11.0, 31.0, 31.0, 23.0, 28.0, 56.0, 18.0, 40.0, 19.0)
    HEADS = (
        "序號",
        "服務機關／單位",
        "職稱",
        "姓名",
        "官職等",
        "獎懲事由",
        "擬獎懲\n額度",
        "法令依據（條款）",
        "備註",
    )
    TABLE_TOP = 33.0
    HEAD_ROW = 9.5
    ROW = 7.9
    SUBTOTAL_ROW = 5.6
    TOTAL_ROW = 7.5
    ROOM = 149.0
    TAIL = 32.0
    SEAL_GAP = 4.5

    HEAD = Style(size=10.5, stroke=0.22, leading=1.2)
    BODY = Style(size=10.5, leading=1.1)
    NAME = Style(size=11.5, leading=1.1)
    RANK = Style(size=10, leading=1.1)
    LONG_RANK = Style(size=9, leading=1.08)
    SMALL = Style(size=9, leading=1.08)
    SUBTOTAL = Style(size=10, stroke=0.28)
    TOTAL = Style(size=11, stroke=0.28)
    WORDS_ARE_LEFT = (5, 7)
    """Columns whose text stands left: reason and clause."""

    fields = (
        Field(name="agency", label="機關", sample="高雄市港濱區公所"),
        Field(
            name="plan",
            label="計畫",
            sample="高雄市政府 114 年度推動數位學習－「知識啟航·e 展雄才」實施計畫",
        ),
        Field(name="day", label="認定基準日", sample="114 年 8 月 31 日"),
        Field(name="rows.unit", label="服務機關／單位", sample="民政課"),
        Field(name="rows.job_title", label="職稱", sample="里幹事"),
        Field(name="rows.name", label="姓名", sample="陳犇"),
        Field(name="rows.rank", label="官職等", sample="委任第五職等"),
        Field(
            name="rows.reason",
            label="獎懲事由",
            sample="完成本府114年度數位學習組裝課程三套共30小時，訓練進修績優。",
        ),
        Field(name="rows.award", label="擬獎懲額度", sample="嘉獎1次"),
        Field(
            name="rows.basis",
            label="法令依據（條款）",
            sample="本府114年度推動數位學習實施計畫陸、六",
        ),
        Field(name="rows.remark", label="備註", sample="留職停薪"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000301"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: CommendationList) -> Metadata:
        """Tell title, author, number and time of the list."""
        return Metadata(
            title=content.agency + content.title,
            author=content.agency,
            kind=self.kind,
            issue=content.issue,
        )

    def sample(self) -> CommendationList:
        """Give an invented list for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        return CommendationList(
            issue=Issue(issued_at=datetime.datetime(2025, 9, 8, 10, 20), number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            day=datetime.date(2025, 8, 31),
            rows=(
                CommendationRow(
                    unit=value["unit"],
                    job_title=value["job_title"],
                    name=value["name"],
                    rank=value["rank"],
                    reason=value["reason"],
                    award=value["award"],
                    basis=value["basis"],
                    remark=value["remark"],
                ),
            ),
        )

    def texts(self, content: CommendationList) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.agency,
            content.title,
            content.plan,
            *(text for row in content.rows for text in self._texts_of(row)),
            *content.awards,
            *content.seals,
            content.issue.number or "",
            content.not_commended_number or "",
        )

    # ------------------------------------------------------------------------------------ layout

    @staticmethod
    def _texts_of(row: CommendationRow) -> tuple[str, ...]:
        return (
            row.unit,
            row.job_title,
            row.name,
            row.rank,
            row.reason,
            row.award,
            row.basis,
            row.remark,
        )

    def laid(self, content: CommendationList, fitter: TextFitter) -> Laid:
        """Share the rows out over pages, subtotals and total never without a row."""
        blocks: list[Block] = []
        drawn: list[_Row | _Subtotal] = []
        number = 0
        for unit, group in groupby(content.rows, key=lambda row: row.unit):
            members = list(group)
            for index, person in enumerate(members):
                number += 1
                row = self._row(number, person, fitter)
                drawn.append(row)
                is_apart = 0 < index < len(members) - 1
                blocks.append(Block(height=row.height, may_end_page=is_apart))
            drawn.append(self._subtotal(unit, members))
            blocks.append(Block(height=self.SUBTOTAL_ROW))
        if blocks:
            # The last subtotal stays with the total, and its row with it.
            last = blocks.pop()
            blocks[-1] = Block(height=blocks[-1].height + last.height)
        spans = paginated(blocks, room=self.ROOM, room_on_last=self.ROOM - self.TAIL)
        pages: list[Callable[[Sheet], None]] = []
        for first, end in spans:
            is_last = end == len(blocks)
            part = drawn[first:] if is_last else drawn[first:end]
            pages.append(self._page(content, part, is_first=first == 0, is_last=is_last))
        return Laid(
            metadata=self.metadata(content),
            pages=tuple(pages),
            outline=(content.agency + content.title,),
        )

    def _row(self, number: int, row: CommendationRow, fitter: TextFitter) -> _Row:
        rank = self.LONG_RANK if len(row.rank) >= 8 else self.RANK
        styles = (
            (str(number), self.BODY, 1),
            (row.unit, self.BODY, 1),
            (row.job_title, self.BODY, 1),
            (row.name, self.NAME, 1),
            (row.rank, rank, 1),
            (row.reason, self.SMALL, 2),
            (row.award, self.BODY, 2),
            (row.basis, self.SMALL, 2),
            (row.remark, self.SMALL, 2),
        )
        cells = tuple(
            fitter.fitted(
                text,
                style,
                width=width - 2 * PADDING,
                lines=lines,
                smallest=style.size if style is self.SMALL else SMALLEST,
            )
            for (text, style, lines), width in zip(styles, self.COLUMNS, strict=True)
        )
        needed = max(cell.height for cell in cells) + 2 * PADDING_UPRIGHT
        return _Row(cells, max(self.ROW, needed))

    def _subtotal(self, unit: str, members: Sequence[CommendationRow]) -> _Subtotal:
        awards = Counter(award for row in members for award in _kinds(row))
        parts = [f"{len(members)} 人", *(f"{award} {n} 人次" for award, n in awards.items())]
        return _Subtotal(f"{unit}小計", GAP.join(parts), self.SUBTOTAL_ROW)

    def _total(self, content: CommendationList) -> str:
        awards = Counter(dict.fromkeys(content.awards, 0))
        awards.update(award for row in content.rows for award in _kinds(row))
        parts = [
            f"{len(content.rows)} 人",
            *(f"{award} {count} 人次" for award, count in awards.items()),
        ]
        if content.not_commended_number:
            parts.append(f"（未獲敘獎者另列名單，編號 {content.not_commended_number}）")
        return GAP.join(parts)

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: CommendationList,
        part: Sequence[_Row | _Subtotal],
        *,
        is_first: bool,
        is_last: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            self._draw_head(sheet, content, is_first=is_first)
            x = edges(self.paper.left, self.COLUMNS)
            y = self.TABLE_TOP + self.HEAD_ROW
            tops: list[float] = []
            for item in part:
                tops.append(y)
                if isinstance(item, _Row):
                    self._draw_row(sheet, item, x, y)
                else:
                    draw_sum(
                        sheet,
                        item.label,
                        item.text,
                        self.SUBTOTAL,
                        lefts=x,
                        y=y,
                        height=item.height,
                        is_grey=True,
                    )
                y += item.height
            if is_last:
                tops.append(y)
                draw_sum(
                    sheet,
                    "合計",
                    self._total(content),
                    self.TOTAL,
                    lefts=x,
                    y=y,
                    height=self.TOTAL_ROW,
                )
                y += self.TOTAL_ROW
            row_lines(sheet, left=x[0], right=x[-1], tops=tops)
            outline(sheet, left=x[0], right=x[-1], top=self.TABLE_TOP, bottom=y)
            if is_last:
                draw_list_seals(sheet, content.seals, y + self.SEAL_GAP)

        return draw

    def _draw_head(self, sheet: Sheet, content: CommendationList, *, is_first: bool) -> None:
        title_and_plan(
            sheet,
            title=content.agency + content.title,
            plan=content.plan + ("" if is_first else CONTINUED),
            day=content.day,
        )
        x = edges(self.paper.left, self.COLUMNS)
        for text, left, width in zip(self.HEADS, x[:-1], self.COLUMNS, strict=True):
            cell = sheet.fitter.fitted(
                text, self.HEAD, width=width - 2 * PADDING, lines=2, bold=(0, len(text))
            )
            sheet.fitted(
                cell,
                x=left + PADDING,
                y=self.TABLE_TOP,
                width=width - 2 * PADDING,
                height=self.HEAD_ROW,
                align=Align.CENTRE,
            )
        column_lines(
            sheet, lefts=x[1:-1], top=self.TABLE_TOP, bottom=self.TABLE_TOP + self.HEAD_ROW
        )

    def _draw_row(self, sheet: Sheet, row: _Row, x: Sequence[float], y: float) -> None:
        draw_cells(
            sheet, row.cells, lefts=x, y=y, height=row.height, left_columns=self.WORDS_ARE_LEFT
        )
