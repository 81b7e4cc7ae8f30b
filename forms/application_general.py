"""數位學習補休申請表 for every plan without a form of its own, driven by the plan's data.

Layout: design paper.md section 4. Which columns there are follows from what the plan checks; all
titles, notes and the plan's words are content.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forms.application_contents import (
    GeneralApplication,
    GeneralCourseRow,
    Receipt,
    TimeColumns,
)
from forms.booklet import PORTRAIT, Laid
from forms.contents import Note
from forms.document import ContentTooLongError, Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.general_courses import HOURS, Columns, GeneralCourses, LaidCourse, columns_for
from forms.head_rows import TextRow, draw_text_row, receipt_text, text_row
from forms.notes import LaidNotes, NotesLook, draw_notes, notes_that_fit
from forms.seals import application_seals
from forms.sheet import Align, Sheet
from forms.table import PADDING, column_lines, outline, row_lines
from forms.textfit import Style, TextFitter
from forms.titles import title_line

CONTINUED = "（續）"


@dataclass(frozen=True)
class _Prepared:
    """One form measured: all but its rows of courses, which are shared out."""

    content: GeneralApplication
    columns: Columns
    courses: GeneralCourses
    heads: tuple[TextRow, ...]
    receipt: TextRow | None

    @property
    def head_height(self) -> float:
        return sum(row.height for row in self.heads)


class GeneralApplicationForm(PrintedForm[GeneralApplication]):
    """Draws the form; measures in millimetres, sizes in points."""

    kind = Kind.APPLICATION
    paper = PORTRAIT

    PLAN_MIDDLE = 23.9
    TITLE_MIDDLE = 31.2
    TITLE_WIDTH = 130.0
    TABLE_TOP = 39.0
    HEAD_LINE = 8.5
    JOB_TITLE_AT = 62.8
    COLUMN_HEADS = 7.0
    TOTAL_ROW = 7.0
    RECEIPT_ROW = 8.0
    SEALS_GAP = 4.2
    SEAL_HEIGHT = 24.0

    PLAN = Style(size=13, stroke=0.30)
    TITLE = Style(size=20, stroke=0.45)
    PERSON = Style(size=12)
    SET = Style(size=11)
    BASIS = Style(size=10.5)
    TOTAL = Style(size=11, stroke=0.22)
    RECEIPT = Style(size=10.5)
    NOTES = NotesLook(
        title=Style(size=11, stroke=0.28, leading=1.36),
        text=Style(size=10, leading=1.36),
        side=2.0,
        padding=2.5,
        levels=((0.0, 1.6),),
    )
    NOTES_SIZES = (10.0, 9.5)
    LONG_NOTES_SIZES = (9.0, 8.5, 8.0)
    """Only where the notes leave no room for a single course beside them."""

    fields = (
        Field(name="plan", label="計畫", sample="新竹市政府 109 年度推動數位學習實施計畫"),
        Field(name="unit", label="服務單位", sample="秘書室"),
        Field(name="job_title", label="職稱", sample="技士"),
        Field(name="name", label="姓名", sample="陳犇"),
        Field(
            name="set_title",
            label="組裝課程名稱",
            sample="新竹市政府 109 年度數位學習組裝課程",
        ),
        Field(
            name="basis", label="申請依據", sample="新竹市政府 109 年度推動數位學習實施計畫伍、四"
        ),
        Field(name="leave", label="申請補休", sample="1 天（8 小時）"),
        Field(
            name="courses",
            label="編號、課程類別、課程名稱、時數、完成日期",
            sample="多元性別權益保障教育訓練",
        ),
        Field(
            name="notes",
            label="填表說明",
            sample="本申請表由申請人、單位主管及人事單位核章後，由人事單位登記。",
        ),
        Field(name="receipt", label="人事單位收件日期、收件期限", sample="109 年 9 月 30 日"),
        Field(name="seals", label="核章欄", sample="申請人核章："),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="HC-109-000031"),
        Field(name="stamp", label="人事單位查核章", sample="相符"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: GeneralApplication) -> Metadata:
        """Tell title, author, number and time of the form."""
        return Metadata(
            title=content.title, author=content.author, kind=self.kind, issue=content.issue
        )

    def sample(self) -> GeneralApplication:
        """Give an invented form for previews."""
        value = {field.name: field.sample for field in self.fields}
        return GeneralApplication(
            issue=Issue(issued_at=datetime.datetime(2020, 8, 24, 11, 40), number=value["issue"]),
            author="新竹市竹風區公所",
            plan=value["plan"],
            unit=value["unit"],
            job_title=value["job_title"],
            name=value["name"],
            set_title=value["set_title"],
            set_size="1 門，2 小時",
            basis=value["basis"],
            leave=value["leave"],
            year=109,
            time_columns=TimeColumns.NONE,
            courses=(
                GeneralCourseRow(
                    number="1",
                    category="性別主流化",
                    name=value["courses"],
                    hours="2",
                    end=datetime.date(2020, 5, 4),
                ),
            ),
            hours="2",
            notes=(Note(text=value["notes"]),),
            receipt=Receipt(
                deadline=datetime.date(2020, 9, 30),
                received=datetime.date(2020, 8, 21),
                is_late=False,
            ),
        )

    def texts(self, content: GeneralApplication) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        stamp = content.stamp
        return (
            content.plan,
            content.title,
            content.unit,
            content.job_title,
            content.name,
            content.set_title,
            content.set_size,
            content.basis,
            content.leave,
            *(
                text
                for row in content.courses
                for text in (row.number, row.category, row.name, row.hours)
            ),
            content.hours,
            content.notes_title,
            *(note.text for note in content.notes),
            *content.seals,
            content.issue.number or "",
            *((stamp.agency, stamp.heading, stamp.clerk, stamp.number) if stamp else ()),
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: GeneralApplication, fitter: TextFitter) -> Laid:
        """Share the rows out over pages, the last of them with sum, notes and seals."""
        form = self._prepared(content, fitter)
        rows = [form.courses.laid(course, fitter) for course in content.courses]
        space = self.paper.bottom - self.TABLE_TOP - form.head_height - self.COLUMN_HEADS
        pages: list[Callable[[Sheet], None]] = []
        first = 0
        while True:
            rest = rows[first:]
            room = space - form.courses.height(rest, fitter) - self._tail_height(form)
            notes = notes_that_fit(
                content.notes_title if content.notes else "",
                content.notes,
                self.NOTES,
                fitter=fitter,
                width=self.paper.text_width,
                room=room,
                sizes=self.NOTES_SIZES + (self.LONG_NOTES_SIZES if len(rest) <= 1 else ()),
            )
            if notes is not None:
                pages.append(self._page(form, rest, notes, is_first=not pages))
                break
            count = form.courses.count_that_fits(rest, fitter, room=space)
            if count == len(rest) and count > 1:
                count -= 1
            if count == 0 or len(rest) <= 1:
                raise ContentTooLongError(
                    f"「{content.set_title}」的課程名稱或填表說明過長，一頁容納不下，"
                    "尚未產生文件，請縮短後再列印。"
                )
            pages.append(self._page(form, rest[:count], None, is_first=not pages))
            first += count
        return Laid(
            metadata=self.metadata(content),
            pages=tuple(pages),
            outline=(
                content.unit or "未填單位",
                f"{content.name or '空白表'}\u3000{content.set_title}",
            ),
        )

    def _tail_height(self, form: _Prepared) -> float:
        """Give the height of all that follows the courses, but for the notes."""
        total = self.TOTAL_ROW if form.content.hours else 0.0
        receipt = form.receipt.height if form.receipt else 0.0
        return total + receipt + self.SEALS_GAP + self.SEAL_HEIGHT

    def _prepared(self, content: GeneralApplication, fitter: TextFitter) -> _Prepared:
        columns = columns_for(
            content.time_columns, has_categories=any(row.category for row in content.courses)
        )
        width = self.paper.text_width
        split = sum(columns.widths[: columns.split])
        size = f"（{content.set_size}）" if content.set_size else ""
        heads = [
            text_row(
                fitter,
                self.PERSON,
                (
                    (f"服務單位：{content.unit}", 0.0, self.JOB_TITLE_AT),
                    (f"職稱：{content.job_title}", self.JOB_TITLE_AT, split),
                    (f"姓名：{content.name}", split, width),
                ),
                height=self.HEAD_LINE,
            ),
            text_row(
                fitter,
                self.SET,
                ((f"組裝課程名稱：{content.set_title}{size}", 0.0, width),),
                height=self.HEAD_LINE,
            ),
        ]
        if content.basis or content.leave:
            texts = (
                (f"申請依據：{content.basis}", 0.0, split),
                (f"申請補休：{content.leave}", split, width),
            )
            heads.append(text_row(fitter, self.BASIS, texts, height=self.HEAD_LINE))
        receipt = None
        if content.receipt is not None:
            text = receipt_text(content.receipt)
            receipt = text_row(fitter, self.RECEIPT, ((text, 0.0, width),), height=self.RECEIPT_ROW)
        courses = GeneralCourses(
            self.paper.left, columns, time_columns=content.time_columns, year=content.year
        )
        return _Prepared(content, columns, courses, tuple(heads), receipt)

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        form: _Prepared,
        rows: Sequence[LaidCourse],
        notes: LaidNotes | None,
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            self._draw_titles(sheet, form.content, is_first=is_first)
            bottom = self._draw_table(sheet, form, rows, notes)
            if notes is not None:
                application_seals(
                    sheet,
                    form.content.seals,
                    form.content.stamp,
                    y=bottom + self.SEALS_GAP,
                    height=self.SEAL_HEIGHT,
                )

        return draw

    def _draw_titles(self, sheet: Sheet, content: GeneralApplication, *, is_first: bool) -> None:
        title = content.title if is_first else content.title + CONTINUED
        for text, style, middle in (
            (content.plan, self.PLAN, self.PLAN_MIDDLE),
            (title, self.TITLE, self.TITLE_MIDDLE),
        ):
            title_line(
                sheet,
                text,
                style,
                centre=self.paper.width / 2,
                middle=middle,
                width=self.TITLE_WIDTH,
            )

    def _draw_table(
        self,
        sheet: Sheet,
        form: _Prepared,
        rows: Sequence[LaidCourse],
        notes: LaidNotes | None,
    ) -> float:
        left, right = self.paper.left, self.paper.right
        x = form.columns.lefts(left)
        y = self.TABLE_TOP
        tops: list[float] = []
        for head in form.heads:
            draw_text_row(sheet, head, x=left, y=y, width=self.paper.text_width)
            if head.has_split:
                split = x[form.columns.split]
                column_lines(sheet, lefts=[split], top=y, bottom=y + head.height)
            y += head.height
            tops.append(y)
        form.courses.draw_heads(sheet, top=y, height=self.COLUMN_HEADS)
        y = form.courses.draw(sheet, rows, y + self.COLUMN_HEADS)
        if notes is not None:
            tops.append(y)
            if form.content.hours:
                self._draw_total(sheet, form, y)
                y += self.TOTAL_ROW
                tops.append(y)
            draw_notes(sheet, notes, x=left, y=y, width=self.paper.text_width)
            y += notes.height
            if form.receipt is not None:
                tops.append(y)
                draw_text_row(sheet, form.receipt, x=left, y=y, width=self.paper.text_width)
                y += form.receipt.height
        row_lines(sheet, left=left, right=right, tops=tops)
        outline(sheet, left=left, right=right, top=self.TABLE_TOP, bottom=y)
        return y

    def _draw_total(self, sheet: Sheet, form: _Prepared, y: float) -> None:
        x = form.columns.lefts(self.paper.left)
        hours = form.columns.heads.index(HOURS)
        for text, left, right in (
            ("合計", x[0], x[hours]),
            (form.content.hours, x[hours], x[hours + 1]),
        ):
            width = right - left - 2 * PADDING
            cell = sheet.fitter.fitted(
                text, self.TOTAL, width=width, height=self.TOTAL_ROW, bold=(0, len(text))
            )
            sheet.fitted(
                cell,
                x=left + PADDING,
                y=y,
                width=width,
                height=self.TOTAL_ROW,
                align=Align.CENTRE,
            )
        column_lines(sheet, lefts=x[hours : hours + 2], top=y, bottom=y + self.TOTAL_ROW)
