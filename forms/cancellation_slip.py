"""註銷單: an issued document no longer counts; it is kept, and this slip says why.

No source has this paper: it is ours, after the house's rule that a printed document is cancelled
by another one and never deleted. It is kept on file with the cancelled sheet.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from forms.booklet import PORTRAIT, Laid, seal_boxes
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.labels import Cell, LabelRow, LabelTable
from forms.rocdate import official_date, spoken_time
from forms.sheet import Align, Sheet
from forms.textfit import Style, TextFitter
from forms.titles import title_line

NOTES = (
    "本單所列文件自註銷日起不再採計；原件不銷毀，併同本單歸檔。",
    "需重新核發者另行列印，編號不再使用。",
)


@dataclass(frozen=True, kw_only=True)
class CancellationSlip:
    """What the slip says.

    Attributes:
        issue: Its own number and time.
        office: Agency.
        plan: The plan's name.
        number: Of the document that no longer counts.
        document: What that document is.
        person: Whose it is: unit, title and name; empty for a list.
        issued_at, issued_by: When and by whom it was first printed.
        prints: How often it went out.
        reason: Why it is cancelled.
        day: From when on.
        clerk: Who cancels.
    """

    issue: Issue
    office: str
    plan: str
    number: str
    document: str
    person: str
    issued_at: datetime.datetime
    issued_by: str
    prints: int
    reason: str
    day: datetime.date
    clerk: str
    seals: tuple[str, ...] = ("承辦人核章：", "人事主管核章：")
    title: str = "文件註銷單"


class CancellationSlipForm(PrintedForm[CancellationSlip]):
    """Draws the slip: a table of what is cancelled, two notes, two seals."""

    kind = Kind.CANCELLATION_SLIP
    paper = PORTRAIT

    OFFICE = Style(size=13, stroke=0.30)
    TITLE = Style(size=20, stroke=0.45)
    LABEL = Style(size=12, stroke=0.22)
    VALUE = Style(size=12, leading=1.3)
    STRONG = Style(size=13, stroke=0.28)
    NOTE = Style(size=10.5, leading=1.36)
    SEAL = Style(size=11)
    COLUMNS = (34.0, 51.0, 34.0, 51.0)
    TABLE_TOP = 42.0
    ROW = 11.0
    REASON_ROW = 40.0
    SEAL_WIDTH = 54.0
    SEAL_HEIGHT = 25.0

    fields = (
        Field(name="office", label="機關", sample="高雄市港濱區公所"),
        Field(name="plan", label="計畫", sample="高雄市政府 114 年度推動數位學習實施計畫"),
        Field(name="number", label="註銷文件編號", sample="KH-114-000123"),
        Field(name="document", label="文件種類", sample="公餘時間完成數位學習補休申請表"),
        Field(name="person", label="當事人", sample="民政課　里幹事　陳犇"),
        Field(name="issued_at", label="核發時間", sample="114 年 5 月 2 日 14 時 05 分"),
        Field(name="issued_by", label="核發人", sample="游珏羣"),
        Field(name="prints", label="列印次數", sample="2"),
        Field(name="reason", label="註銷原因", sample="當事人撤回申請，改以後一套課程申請。"),
        Field(name="day", label="註銷日期", sample="中華民國 114 年 5 月 6 日"),
        Field(name="clerk", label="註銷人", sample="游珏羣"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000131"),
    )

    def metadata(self, content: CancellationSlip) -> Metadata:
        """Tell title, author, number and time of the slip."""
        return Metadata(
            title=content.title, author=content.office, kind=self.kind, issue=content.issue
        )

    def sample(self) -> CancellationSlip:
        """Give an invented slip for previews."""
        value = {field.name: field.sample for field in self.fields}
        return CancellationSlip(
            issue=Issue(issued_at=datetime.datetime(2025, 5, 6, 15, 32), number=value["issue"]),
            office=value["office"],
            plan=value["plan"],
            number=value["number"],
            document=value["document"],
            person=value["person"],
            issued_at=datetime.datetime(2025, 5, 2, 14, 5),
            issued_by=value["issued_by"],
            prints=2,
            reason=value["reason"],
            day=datetime.date(2025, 5, 6),
            clerk=value["clerk"],
        )

    def texts(self, content: CancellationSlip) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.office,
            content.title,
            content.plan,
            content.number,
            content.document,
            content.person,
            content.issued_by,
            content.reason,
            content.clerk,
            *content.seals,
            content.issue.number or "",
        )

    def laid(self, content: CancellationSlip, fitter: TextFitter) -> Laid:
        """Lay the slip out on one page."""
        table = LabelTable(left=self.paper.left, columns=self.COLUMNS)
        rows = self._rows(table, content, fitter)

        def page(sheet: Sheet) -> None:
            middle = self.paper.left + self.paper.text_width / 2
            for text, style, at in (
                (content.office, self.OFFICE, 23.0),
                (content.title, self.TITLE, 32.0),
            ):
                title_line(sheet, text, style, centre=middle, middle=at, width=118)
            y = table.draw(sheet, rows, self.TABLE_TOP) + 5
            for note in NOTES:
                lines = fitter.broken(note, size=self.NOTE.size, width=self.paper.text_width)
                sheet.lines(lines, self.NOTE, x=self.paper.left, y=y, width=self.paper.text_width)
                y += len(lines) * self.NOTE.line_height
            seal_boxes(
                sheet,
                content.seals,
                lefts=(self.paper.left, self.paper.left + self.SEAL_WIDTH + 4),
                y=y + 6,
                width=self.SEAL_WIDTH,
                height=self.SEAL_HEIGHT,
                style=self.SEAL,
            )

        return Laid(
            metadata=self.metadata(content),
            pages=(page,),
            outline=(content.title, content.number),
        )

    def _rows(
        self, table: LabelTable, content: CancellationSlip, fitter: TextFitter
    ) -> Sequence[LabelRow]:
        person = content.person or "（全機關名冊）"
        lines: tuple[tuple[tuple[str, str, Style], ...], ...] = (
            (("註銷文件編號", content.number, self.STRONG),),
            (("文件種類", content.document, self.VALUE),),
            (("計畫", content.plan, self.VALUE),),
            (("當事人", person, self.VALUE),),
            (
                ("核發時間", spoken_time(content.issued_at), Style(size=10.5)),
                ("核發人", content.issued_by, self.VALUE),
            ),
            (
                ("已列印次數", f"{content.prints} 次", self.VALUE),
                ("註銷日期", official_date(content.day), Style(size=10.5)),
            ),
            (("註銷原因", content.reason, self.VALUE),),
            (("註銷人", content.clerk, self.VALUE),),
        )
        return [
            table.row(
                fitter,
                self._cells(line),
                height=self.REASON_ROW if line[0][0] == "註銷原因" else self.ROW,
            )
            for line in lines
        ]

    def _cells(self, line: Sequence[tuple[str, str, Style]]) -> list[Cell]:
        firsts = [2 * index for index in range(len(line))]
        ends = [*firsts[1:], len(self.COLUMNS)]
        cells: list[Cell] = []
        for (label, value, style), (first, end) in zip(
            line, pairwise([*firsts, ends[-1]]), strict=True
        ):
            cells.append(
                Cell(
                    text=label,
                    first=first,
                    end=first + 1,
                    style=self.LABEL,
                    align=Align.CENTRE,
                )
            )
            cells.append(Cell(text=value, first=first + 1, end=end, style=style))
        return cells
