"""公餘時間完成數位學習補休申請表 of the 114 plan: one sheet of one person and one set.

Words, order and columns are those of annex 2 of the plan (高市府人考字第 11430193600 號函);
sizes are design paper.md section 2. Titles, courses and notes are content: the class knows none.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forms.booklet import PORTRAIT, Laid
from forms.contents import Application114, CourseRow, Note
from forms.document import ContentTooLongError, Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.notes import LaidNotes, NotesLook, draw_notes, notes_that_fit
from forms.rocdate import date_slots
from forms.seals import application_seals
from forms.sheet import Align, Sheet
from forms.table import PADDING, PADDING_UPRIGHT, column_lines, edges, outline, row_lines
from forms.textfit import POINT, Fitted, Style, TextFitter
from forms.titles import title_line

CONTINUED = "（續）"


@dataclass(frozen=True)
class _Row:
    course: CourseRow
    number: Fitted
    name: Fitted
    hours: Fitted
    height: float


class Application114Form(PrintedForm[Application114]):
    """Draws the form; measures in millimetres, sizes in points."""

    kind = Kind.APPLICATION
    paper = PORTRAIT

    COLUMNS = (11.0, 54.0, 11.0, 47.0, 47.0)
    HEADS = ("編號", "課程名稱", "時數", "時間(起)", "時間(迄)")
    TABLE_TOP = 36.0
    TITLE_RISE = 0.7
    PERSON_ROW = 10.0
    SET_ROW = 10.0
    HEAD_ROW = 8.0
    COURSE_ROW = 11.0
    GAP = 4.0
    SEAL_HEIGHT = 25.0

    TITLE = Style(size=20, stroke=0.45)
    PERSON = Style(size=13)
    SET = Style(size=12.5, stroke=0.28)
    HEAD = Style(size=12, stroke=0.22)
    COURSE = Style(size=12, leading=1.15)
    CELL = Style(size=12)
    DATE = Style(size=10.5)
    NOTES = NotesLook(
        title=Style(size=11, stroke=0.28, leading=1.36),
        text=Style(size=10.5, leading=1.36),
        side=2.0,
        padding=3.27,
        levels=((0.0, 1.6),),
    )
    NOTES_SIZES = (10.5, 9.5)
    LONG_NOTES_SIZES = (9.0, 8.5, 8.0)
    """Only where the notes leave no room for a single course beside them."""

    fields = (
        Field(name="unit", label="服務單位", sample="民政課"),
        Field(name="name", label="姓名", sample="李𠮷堃"),
        Field(
            name="set_title",
            label="組裝課程名稱",
            sample="高雄市政府 114 年度數位學習組裝課程－政策能力訓練",
        ),
        Field(
            name="courses",
            label="編號、課程名稱、時數、時間(起)、時間(迄)",
            sample="雙軸轉型淨零港都",
        ),
        Field(
            name="notes",
            label="填表說明",
            sample="本申請表由申請人、單位主管及人事單位核章後方得申請補休。",
        ),
        Field(name="seals", label="核章欄", sample="申請人核章："),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000123"),
        Field(name="stamp", label="人事單位查核章", sample="相符"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: Application114) -> Metadata:
        """Tell title, author, number and time of the form."""
        return Metadata(
            title=content.title, author=content.author, kind=self.kind, issue=content.issue
        )

    def sample(self) -> Application114:
        """Give an invented form for previews."""
        value = {field.name: field.sample for field in self.fields}
        return Application114(
            issue=Issue(issued_at=datetime.datetime(2025, 5, 2, 14, 5), number=value["issue"]),
            author="高雄市港濱區公所",
            unit=value["unit"],
            name=value["name"],
            set_title=value["set_title"],
            set_title_bold="政策能力訓練",
            year=114,
            courses=(
                CourseRow(
                    number="1",
                    name=value["courses"],
                    hours="1",
                    start=datetime.datetime(2025, 3, 15, 9, 2),
                    end=datetime.datetime(2025, 3, 15, 9, 58),
                ),
                CourseRow(number="2", name="全球淨零趨勢帶給高雄的挑戰與機會", hours="2"),
            ),
            notes=(Note(text=value["notes"]),),
        )

    def texts(self, content: Application114) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        stamp = content.stamp
        return (
            content.title,
            content.unit,
            content.name,
            content.set_title,
            *(text for row in content.courses for text in (row.number, row.name, row.hours)),
            content.notes_title,
            *(note.text for note in content.notes),
            *content.seals,
            content.issue.number or "",
            *((stamp.agency, stamp.heading, stamp.clerk, stamp.number) if stamp else ()),
        )

    def laid(self, content: Application114, fitter: TextFitter) -> Laid:
        """Share the rows out over pages, the last of them with notes and seals."""
        head = self._head_height(content, fitter)
        rows = [self._row(course, fitter) for course in content.courses]
        space = self.paper.bottom - self.TABLE_TOP
        pages: list[Callable[[Sheet], None]] = []
        first = 0
        while True:
            rest = rows[first:]
            room = space - head - self._tail_height()
            sizes = self.NOTES_SIZES + (self.LONG_NOTES_SIZES if len(rest) <= 1 else ())
            room -= sum(row.height for row in rest)
            notes = notes_that_fit(
                content.notes_title,
                content.notes,
                self.NOTES,
                fitter=fitter,
                width=self.paper.text_width,
                room=room,
                sizes=sizes,
            )
            if notes is not None:
                pages.append(self._page(content, rest, notes, is_first=not pages))
                break
            count = self._rows_that_fit(rest, space - head)
            if count == len(rest) and count > 1:
                count -= 1
            if count == 0 or len(rest) <= 1:
                raise ContentTooLongError(
                    f"「{content.set_title}」的課程名稱或填表說明過長，一頁容納不下，尚未產生文件，請縮短後再列印。"
                )
            pages.append(self._page(content, rest[:count], None, is_first=not pages))
            first += count
        person = content.name or "空白表"
        return Laid(
            metadata=self.metadata(content),
            pages=tuple(pages),
            outline=(
                content.unit or "未填單位",
                f"{person}　{content.set_title_bold or content.set_title}",
            ),
        )

    def _rows_that_fit(self, rows: Sequence[_Row], room: float) -> int:
        used = 0.0
        for count, row in enumerate(rows):
            used += row.height
            if used > room:
                return count
        return len(rows)

    def _tail_height(self) -> float:
        return self.GAP + self.SEAL_HEIGHT

    def _row(self, course: CourseRow, fitter: TextFitter) -> _Row:
        inside = [width - 2 * PADDING for width in self.COLUMNS]
        number = fitter.fitted(course.number, self.CELL, width=inside[0])
        name = fitter.fitted(course.name, self.COURSE, width=inside[1], lines=2)
        hours = fitter.fitted(course.hours, self.CELL, width=inside[2])
        needed = max(cell.height for cell in (number, name, hours)) + 2 * PADDING_UPRIGHT
        return _Row(course, number, name, hours, max(self.COURSE_ROW, needed))

    def _person_cells(self, content: Application114, fitter: TextFitter) -> tuple[Fitted, Fitted]:
        left = sum(self.COLUMNS[:3]) - 2 * PADDING
        right = sum(self.COLUMNS[3:]) - 2 * PADDING
        return (
            fitter.fitted(f"服務單位：{content.unit}", self.PERSON, width=left),
            fitter.fitted(f"姓名：{content.name}", self.PERSON, width=right),
        )

    def _set_cell(self, content: Application114, fitter: TextFitter) -> Fitted:
        text = f"組裝課程名稱：{content.set_title}"
        bold = (len(text) - len(content.set_title_bold), len(text))
        if not content.set_title.endswith(content.set_title_bold):
            bold = (0, 0)
        width = sum(self.COLUMNS) - 2 * PADDING
        return fitter.fitted(text, self.SET, width=width, bold=bold)

    def _person_height(self, content: Application114, fitter: TextFitter) -> float:
        cells = self._person_cells(content, fitter)
        return max(self.PERSON_ROW, *(cell.height + 2 * PADDING_UPRIGHT for cell in cells))

    def _set_height(self, content: Application114, fitter: TextFitter) -> float:
        return max(self.SET_ROW, self._set_cell(content, fitter).height + 2 * PADDING_UPRIGHT)

    def _head_height(self, content: Application114, fitter: TextFitter) -> float:
        person = self._person_height(content, fitter)
        return person + self._set_height(content, fitter) + self.HEAD_ROW

    # -------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: Application114,
        rows: Sequence[_Row],
        notes: LaidNotes | None,
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            self._draw_title(sheet, content.title if is_first else content.title + CONTINUED)
            bottom = self._draw_table(sheet, content, rows, notes)
            if notes is not None:
                application_seals(
                    sheet,
                    content.seals,
                    content.stamp,
                    y=bottom + self.GAP,
                    height=self.SEAL_HEIGHT,
                )

        return draw

    def _draw_title(self, sheet: Sheet, title: str) -> None:
        # Beside the QR code, which begins at 172: as wide on the left.
        middle = (self.paper.top + self.TABLE_TOP) / 2 - self.TITLE_RISE
        title_line(sheet, title, self.TITLE, centre=self.paper.width / 2, middle=middle, width=132)

    def _draw_table(
        self,
        sheet: Sheet,
        content: Application114,
        rows: Sequence[_Row],
        notes: LaidNotes | None,
    ) -> float:
        x = edges(self.paper.left, self.COLUMNS)
        person_bottom = self.TABLE_TOP + self._person_height(content, sheet.fitter)
        set_bottom = person_bottom + self._set_height(content, sheet.fitter)
        y = head_bottom = set_bottom + self.HEAD_ROW
        self._draw_head(sheet, content, x, person_bottom, set_bottom)
        tops = [person_bottom, set_bottom, head_bottom]
        for row in rows:
            self._draw_row(sheet, row, x, y, content.year)
            y += row.height
            tops.append(y)
        column_lines(sheet, lefts=x[3:4], top=self.TABLE_TOP, bottom=person_bottom)
        column_lines(sheet, lefts=x[1:-1], top=set_bottom, bottom=y)
        if notes is None:
            tops.pop()
        else:
            draw_notes(sheet, notes, x=x[0], y=y, width=self.paper.text_width)
            y += notes.height
        row_lines(sheet, left=x[0], right=x[-1], tops=tops)
        outline(sheet, left=x[0], right=x[-1], top=self.TABLE_TOP, bottom=y)
        return y

    def _draw_head(
        self,
        sheet: Sheet,
        content: Application114,
        x: Sequence[float],
        person_bottom: float,
        set_bottom: float,
    ) -> None:
        unit, name = self._person_cells(content, sheet.fitter)
        height = person_bottom - self.TABLE_TOP
        for cell, left, right in ((unit, x[0], x[3]), (name, x[3], x[5])):
            sheet.fitted(
                cell,
                x=left + PADDING,
                y=self.TABLE_TOP,
                width=right - left - 2 * PADDING,
                height=height,
            )
        sheet.fitted(
            self._set_cell(content, sheet.fitter),
            x=x[0] + PADDING,
            y=person_bottom,
            width=x[5] - x[0] - 2 * PADDING,
            height=set_bottom - person_bottom,
        )
        baseline = set_bottom + self.HEAD_ROW / 2 + 0.3 * self.HEAD.size * POINT
        for text, left, right in zip(self.HEADS, x[:-1], x[1:], strict=True):
            sheet.text(text, self.HEAD, x=(left + right) / 2, baseline=baseline, align=Align.CENTRE)

    def _draw_row(self, sheet: Sheet, row: _Row, x: Sequence[float], y: float, year: int) -> None:
        for cell, column, align in (
            (row.number, 0, Align.CENTRE),
            (row.name, 1, Align.LEFT),
            (row.hours, 2, Align.CENTRE),
        ):
            sheet.fitted(
                cell,
                x=x[column] + PADDING,
                y=y,
                width=self.COLUMNS[column] - 2 * PADDING,
                height=row.height,
                align=align,
            )
        for moment, column in ((row.course.start, 3), (row.course.end, 4)):
            slots = date_slots(moment, year=year)
            width = sum(slot.em + 1 for slot in slots) * self.DATE.size * POINT
            left = x[column] + (self.COLUMNS[column] - width) / 2
            sheet.slots(slots, self.DATE, x=left, y=y, height=row.height)
