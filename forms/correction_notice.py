"""補正通知單: what is wrong with a person's records, and by when to hand in what.

Layout: design paper.md section 7. The sentences are content; the class sets and shares them out.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forms.booklet import PORTRAIT, Laid, seal_boxes, spread
from forms.contents import CorrectionNotice, CorrectionRow
from forms.correction_table import CorrectionTable, CourseLines
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.labels import Cell, LabelRow, LabelTable
from forms.pagination import Block, paginated
from forms.reply_slip import ReplySlip
from forms.rocdate import official_date
from forms.sheet import Align, Sheet
from forms.textfit import POINT, Style, TextFitter, TextLine
from forms.titles import title_line

CONTINUED = "（續）"
GAP = "\u3000"
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class _Text:
    """Lead and paragraphs as broken."""

    lead: tuple[TextLine, ...]
    paragraphs: tuple[tuple[TextLine, ...], ...]


class CorrectionNoticeForm(PrintedForm[CorrectionNotice]):
    """Draws the notice and its reply slip; measures in millimetres, sizes in points."""

    kind = Kind.CORRECTION_NOTICE
    paper = PORTRAIT

    LABEL_COLUMNS = (24.0, 61.0, 24.0, 61.0)
    OFFICE_MIDDLE = 23.9
    TITLE_MIDDLE = 31.2
    LABELS_TOP = 40.0
    LABEL_ROW = 9.0
    LEAD_GAP = 3.4
    TABLE_GAP = 2.9
    TABLE_TOP = 86.0
    TEXT_GAP = 3.2
    SEAL_GAP = 2.8
    SEAL_LEFTS = (94.0, 144.0)
    SEAL_WIDTH = 46.0
    SEAL_HEIGHT = 20.0
    TEAR_GAP = 6.1
    HANG = 2.1
    """Indent of numbered paragraphs, in em."""

    OFFICE = Style(size=13, stroke=0.30)
    TITLE = Style(size=20, stroke=0.45)
    LABEL = Style(size=12, stroke=0.22, leading=1.3)
    VALUE = Style(size=12)
    DEADLINE = Style(size=12, stroke=0.28)
    LEAD = Style(size=12, leading=1.5)
    TEXT = Style(size=11, leading=1.45)
    CLERK = Style(size=11)
    SEAL = Style(size=11)

    fields = (
        Field(name="office", label="發文單位", sample="高雄市港濱區公所人事室"),
        Field(name="unit", label="受通知人單位", sample="民政課"),
        Field(name="job_title", label="受通知人職稱", sample="里幹事"),
        Field(name="name", label="受通知人", sample="陳犇"),
        Field(name="day", label="通知日期", sample="中華民國 114 年 5 月 6 日"),
        Field(name="deadline", label="補正期限", sample="中華民國 114 年 5 月 20 日"),
        Field(name="matter", label="申請事項", sample="公餘時間完成數位學習補休"),
        Field(
            name="set_title",
            label="組裝課程",
            sample="高雄市政府 114 年度數位學習組裝課程－政策能力訓練",
        ),
        Field(
            name="lead",
            label="說明",
            sample="臺端申請上開補休，經查所附學習紀錄計有 1 門課程與規定不符或尚待確認，"
            "請依下列事項補正；逾期未補正者，該組裝課程不予核給補休，其餘已符合之課程紀錄仍予保留。",
        ),
        Field(name="rows.name", label="課程名稱", sample="智在高雄~智慧城市任你行"),
        Field(
            name="rows.problem", label="不符或待確認情形", sample="與加班重疊（加班 18:00–20:00）"
        ),
        Field(name="rows.basis", label="依據", sample="填表說明 2"),
        Field(name="rows.remedy", label="應補正事項", sample="於公餘時間重新選讀後，補送學習紀錄"),
        Field(
            name="paragraphs",
            label="依據、補正方式、疑義",
            sample="對查核結果有疑義者，得於補正期限內向承辦人說明，並提供出勤或學習紀錄佐證。",
        ),
        Field(name="clerk", label="承辦人", sample="游珏羣"),
        Field(name="clerk_title", label="承辦人職稱", sample="課員"),
        Field(name="telephone", label="電話", sample="（07）000-0000 分機 12"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000131"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: CorrectionNotice) -> Metadata:
        """Tell title, author, number and time of the notice."""
        return Metadata(
            title=content.title, author=content.office, kind=self.kind, issue=content.issue
        )

    def sample(self) -> CorrectionNotice:
        """Give an invented notice for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        person = {field.name: field.sample for field in self.fields}
        return CorrectionNotice(
            issue=Issue(issued_at=datetime.datetime(2025, 5, 6, 15, 32), number=value["issue"]),
            office=value["office"],
            unit=value["unit"],
            job_title=value["job_title"],
            name=person["name"],
            day=datetime.date(2025, 5, 6),
            deadline=datetime.date(2025, 5, 20),
            matter=value["matter"],
            set_title=value["set_title"],
            lead=value["lead"],
            rows=(
                CorrectionRow(
                    number="6",
                    name=person["rows.name"],
                    start=datetime.datetime(2025, 4, 8, 18, 40, 2),
                    end=datetime.datetime(2025, 4, 8, 19, 35, 41),
                    problem=value["problem"],
                    basis=value["basis"],
                    remedy=value["remedy"],
                ),
            ),
            paragraphs=(value["paragraphs"],),
            clerk=value["clerk"],
            clerk_title=value["clerk_title"],
            telephone=value["telephone"],
        )

    def texts(self, content: CorrectionNotice) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.office,
            content.title,
            content.unit,
            content.job_title,
            content.name,
            content.matter,
            content.set_title,
            content.lead,
            *(
                text
                for row in content.rows
                for text in (row.number, row.name, row.problem, row.basis, row.remedy)
            ),
            *content.paragraphs,
            content.clerk,
            content.clerk_title,
            content.telephone,
            content.return_to,
            *content.replies,
            *content.seals,
            content.issue.number or "",
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: CorrectionNotice, fitter: TextFitter) -> Laid:
        """Share the courses out over pages, the last of them with the reply slip."""
        labels = self._labels(content, fitter)
        text = self._text(content, fitter)
        rows = [self._courses.row(row, fitter) for row in content.rows]
        top = self._table_top(labels, text)
        room = self.paper.bottom - top - CorrectionTable.HEAD_ROW
        spans = paginated(
            [Block(height=row.height) for row in rows],
            room=room,
            room_on_last=room - self._tail_height(content, text, fitter),
        )
        pages = tuple(
            self._page(
                content,
                labels,
                text,
                rows[first:end],
                is_first=index == 0,
                is_last=index == len(spans) - 1,
            )
            for index, (first, end) in enumerate(spans)
        )
        return Laid(
            metadata=self.metadata(content), pages=pages, outline=(content.unit, content.name)
        )

    def _text(self, content: CorrectionNotice, fitter: TextFitter) -> _Text:
        width = self.paper.text_width
        lead = fitter.broken(
            content.lead,
            size=self.LEAD.size,
            width=width,
            first_indent=2 * self.LEAD.size * POINT,
        )
        hang = self.HANG * self.TEXT.size * POINT
        paragraphs = tuple(
            fitter.broken(paragraph, size=self.TEXT.size, width=width - hang)
            for paragraph in content.paragraphs
        )
        return _Text(lead, paragraphs)

    def _table_top(self, labels: Sequence[LabelRow], text: _Text) -> float:
        """Give the top of the course table: 86, lower where the head or the lead is longer."""
        above = self.LABELS_TOP + sum(row.height for row in labels)
        lead = len(text.lead) * self.LEAD.line_height
        return max(self.TABLE_TOP, above + self.LEAD_GAP + lead + self.TABLE_GAP)

    def _paragraphs_height(self, text: _Text) -> float:
        return sum(len(lines) for lines in text.paragraphs) * self.TEXT.line_height

    def _tail_height(self, content: CorrectionNotice, text: _Text, fitter: TextFitter) -> float:
        return (
            self.TEXT_GAP
            + self._paragraphs_height(text)
            + self.SEAL_GAP
            + self.SEAL_HEIGHT
            + self.TEAR_GAP
            + self._slip.height(content, fitter)
        )

    def _labels(self, content: CorrectionNotice, fitter: TextFitter) -> tuple[LabelRow, ...]:
        person = GAP.join(part for part in (content.unit, content.job_title, content.name) if part)
        table = self._table
        return tuple(
            table.row(fitter, cells, height=self.LABEL_ROW)
            for cells in (
                (
                    self._label("受通知人", 0),
                    Cell(text=person, first=1, end=2, style=self.VALUE),
                    self._label("通知日期", 2),
                    Cell(text=official_date(content.day), first=3, end=4, style=self.VALUE),
                ),
                (
                    self._label(content.labels.matter, 0),
                    Cell(text=content.matter, first=1, end=2, style=self.VALUE),
                    self._label(content.labels.deadline, 2),
                    Cell(text=official_date(content.deadline), first=3, end=4, style=self.DEADLINE),
                ),
                (
                    self._label(content.labels.set_title, 0),
                    Cell(text=content.set_title, first=1, end=4, style=self.VALUE),
                ),
            )
        )

    @property
    def _courses(self) -> CorrectionTable:
        return CorrectionTable(self.paper.left)

    @property
    def _slip(self) -> ReplySlip:
        return ReplySlip(self.paper, self.LABEL_COLUMNS)

    @property
    def _table(self) -> LabelTable:
        return LabelTable(left=self.paper.left, columns=self.LABEL_COLUMNS)

    def _label(self, text: str, column: int) -> Cell:
        return Cell(text=text, first=column, end=column + 1, style=self.LABEL, align=Align.CENTRE)

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: CorrectionNotice,
        labels: Sequence[LabelRow],
        text: _Text,
        rows: Sequence[CourseLines],
        *,
        is_first: bool,
        is_last: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            self._draw_titles(sheet, content, is_first=is_first)
            y = self._table.draw(sheet, labels, self.LABELS_TOP)
            top = self._table_top(labels, text)
            if is_first:
                sheet.lines(
                    text.lead,
                    self.LEAD,
                    x=self.paper.left,
                    y=y + self.LEAD_GAP,
                    width=self.paper.text_width,
                    is_justified=True,
                    first_indent=2 * self.LEAD.size * POINT,
                )
            else:
                top = y + self.TABLE_GAP
            if rows:
                top = self._courses.draw(sheet, rows, top)
            if is_last:
                y = self._draw_paragraphs(sheet, text, top + self.TEXT_GAP)
                y = self._draw_clerk(sheet, content, y + self.SEAL_GAP)
                self._slip.draw(sheet, content, y + self.TEAR_GAP)

        return draw

    def _draw_titles(self, sheet: Sheet, content: CorrectionNotice, *, is_first: bool) -> None:
        title = content.title if is_first else content.title + CONTINUED
        for text, style, middle in (
            (content.office, self.OFFICE, self.OFFICE_MIDDLE),
            (title, self.TITLE, self.TITLE_MIDDLE),
        ):
            title_line(sheet, text, style, centre=self.paper.width / 2, middle=middle, width=130)

    def _draw_paragraphs(self, sheet: Sheet, text: _Text, y: float) -> float:
        hang = self.HANG * self.TEXT.size * POINT
        for index, lines in enumerate(text.paragraphs):
            baseline = y + self.TEXT.line_height / 2 + 0.3 * self.TEXT.size * POINT
            numeral = NUMERALS[index] if index < len(NUMERALS) else str(index + 1)
            sheet.text(f"{numeral}、", self.TEXT, x=self.paper.left, baseline=baseline)
            sheet.lines(
                lines,
                self.TEXT,
                x=self.paper.left + hang,
                y=y,
                width=self.paper.text_width - hang,
                is_justified=True,
            )
            y += len(lines) * self.TEXT.line_height
        return y

    def _draw_clerk(self, sheet: Sheet, content: CorrectionNotice, y: float) -> float:
        room = self.SEAL_LEFTS[0] - self.paper.left - 4
        clerk = GAP.join(part for part in (content.clerk, content.clerk_title) if part)
        for text, middle in (
            (f"承辦人：{clerk}", y + 11.0),
            (f"電\u3000話：{content.telephone}", y + 16.9),
        ):
            cell = sheet.fitter.one_line(text, self.CLERK, width=room, where="承辦人")
            baseline = middle + 0.3 * cell.style.size * POINT
            sheet.text(text, cell.style, x=self.paper.left, baseline=baseline)
        lefts: tuple[float, ...] = self.SEAL_LEFTS
        width = self.SEAL_WIDTH
        if len(content.seals) != len(lefts):
            lefts, width = spread(
                len(content.seals), left=self.SEAL_LEFTS[0], right=self.paper.right, gap=3.0
            )
        seal_boxes(
            sheet,
            content.seals,
            lefts=lefts,
            y=y,
            width=width,
            height=self.SEAL_HEIGHT,
            style=self.SEAL,
        )
        return y + self.SEAL_HEIGHT
