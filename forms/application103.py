"""公餘時間完成數位學習補休申請表 of the 103 plan: a block a course, each with its own seals.

Words, order and blanks are those of annex 2 of the plan (高市府人考字第 10330434200 號函); sizes
and the table of grants are design paper.md section 3. Titles, courses and notes are content.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from forms.application_contents import (
    Application103,
    CourseBlock,
    GrantLedger,
    GrantRow,
    OutlineNote,
)
from forms.block_pages import BlockPage, Tail, shared_out
from forms.booklet import PORTRAIT, Laid
from forms.course_block import BlockDrawing, LaidBlock
from forms.document import ContentTooLongError, Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.grant_table import GrantTable
from forms.labels import Cell, LabelRow, LabelTable
from forms.notes import NotesLook, draw_notes, notes_that_fit
from forms.sheet import Align, Sheet
from forms.stamp import CheckStampDrawing, draw_check_stamp
from forms.table import PADDING, column_lines, outline, row_lines
from forms.textfit import Style, TextFitter
from forms.titles import title_line

CONTINUED = "（續）"


class Application103Form(PrintedForm[Application103]):
    """Draws the form; measures in millimetres, sizes in points."""

    kind = Kind.APPLICATION
    paper = PORTRAIT

    PERSON_COLUMNS = (22.0, 52.0, 14.0, 32.0, 14.0, 36.0)
    PERSON_HEADS = ("服務單位", "職稱", "姓名")
    COLUMNS = (105.0, 65.0)
    TITLE_MIDDLE = 25.3
    NEXT_TITLE_MIDDLE = 26.9
    TITLE_WIDTH = 132.0
    INSTRUCTION_Y = 31.2
    INSTRUCTION_HEIGHT = 5.0
    TABLE_TOP = 37.0
    NEXT_TABLE_TOP = 34.0
    PERSON_ROW = 9.0
    JOIN = 0.3
    """Between two tables that stand one on the other."""
    HEAD_ROW = 7.5
    EXTENSION_ROW = 6.5
    SIDE = 2.3
    """Left of the text in the row that asks for more."""
    STAMP_GAP = 2.5
    STAMP_LEFT = 150.0

    TITLE = Style(size=20, stroke=0.45)
    NEXT_TITLE = Style(size=13, stroke=0.30)
    INSTRUCTION = Style(size=11)
    LABEL = Style(size=12, stroke=0.22)
    VALUE = Style(size=12)
    HEAD = Style(size=10.5, stroke=0.22)
    EXTENSION = Style(size=11)
    NOTES = NotesLook(
        title=Style(size=11, stroke=0.28, leading=1.27),
        text=Style(size=9.5, leading=1.3),
        side=2.2,
        padding=2.9,
        levels=((0.0, 1.28), (1.2, 2.4), (3.2, 1.52)),
    )
    NOTES_SIZES = (9.5, 9.0, 8.5, 8.0)

    fields = (
        Field(name="unit", label="服務單位", sample="社會課"),
        Field(name="job_title", label="職稱", sample="辦事員"),
        Field(name="name", label="姓名", sample="周喆"),
        Field(name="courses", label="課程名稱、時數、完成日期及時間", sample="執行力與人際互動"),
        Field(
            name="ledger",
            label="補休核給及使用情形",
            sample="103年度補休核給及使用情形（上限12小時）",
        ),
        Field(name="ledger.rows", label="主餐＋副餐", sample="委任主餐＋副餐1—窈窕精緻餐"),
        Field(
            name="notes",
            label="填表注意事項",
            sample="完成課程日期、時間請補休人員詳實登載，不得杜撰。",
        ),
        Field(name="seals", label="核章欄", sample="申請人簽名："),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-103-000047"),
        Field(name="stamp", label="人事單位查核章", sample="相符"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: Application103) -> Metadata:
        """Tell title, author, number and time of the form."""
        return Metadata(
            title=content.title, author=content.author, kind=self.kind, issue=content.issue
        )

    def sample(self) -> Application103:
        """Give an invented form for previews."""
        value = {field.name: field.sample for field in self.fields}
        return Application103(
            issue=Issue(issued_at=datetime.datetime(2014, 7, 30, 10, 12), number=value["issue"]),
            author="高雄市港濱區公所",
            unit=value["unit"],
            job_title=value["job_title"],
            name=value["name"],
            courses=(
                CourseBlock(
                    number="1",
                    name=value["courses"],
                    hours="2",
                    completed=datetime.datetime(2014, 6, 14, 10, 47),
                ),
            ),
            ledger=GrantLedger(
                title=value["ledger"],
                combination_head="主餐＋副餐",
                rows=(
                    GrantRow(
                        combination=value["ledger.rows"],
                        completed=datetime.date(2014, 7, 26),
                        granted="4",
                        used="0",
                        balance="4",
                        expires=datetime.date(2015, 1, 26),
                    ),
                ),
                granted="4",
                used="0",
                balance="4",
                grantable="8",
            ),
            notes=(OutlineNote(label="1.", text=value["notes"]),),
        )

    def texts(self, content: Application103) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        stamp, ledger = content.stamp, content.ledger
        return (
            content.title,
            content.instruction,
            content.unit,
            content.job_title,
            content.name,
            content.course_head,
            content.seal_head,
            *content.seals,
            *(text for row in content.courses for text in (row.number, row.name, row.hours)),
            content.extension,
            *(GrantTable.texts(ledger) if ledger else ()),
            content.notes_title,
            *(text for note in content.notes for text in (note.label, note.text)),
            content.issue.number or "",
            *((stamp.agency, stamp.heading, stamp.clerk, stamp.number) if stamp else ()),
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: Application103, fitter: TextFitter) -> Laid:
        """Share the blocks out over pages, then the grants, then the notes, never split."""
        person = self._person(content, fitter)
        blocks = self._blocks(content, fitter)
        tail = self._tail(content, fitter, self._room(person, is_first=False))
        pages = shared_out(
            blocks,
            tail,
            first_room=self._room(person, is_first=True),
            room=self._room(person, is_first=False),
            whose=content.name or content.title,
        )
        return Laid(
            metadata=self.metadata(content),
            pages=tuple(
                self._page(content, person, page, tail, is_first=index == 0)
                for index, page in enumerate(pages)
            ),
            outline=(
                content.unit or "未填單位",
                f"{content.name or '空白表'}\u3000{content.outline or content.title}",
            ),
        )

    def _room(self, person: LabelRow, *, is_first: bool) -> float:
        """Give the height below the heads of a page."""
        top = self.TABLE_TOP if is_first else self.NEXT_TABLE_TOP
        return self.paper.bottom - top - person.height - self.JOIN - self.HEAD_ROW

    @property
    def _person_table(self) -> LabelTable:
        return LabelTable(left=self.paper.left, columns=self.PERSON_COLUMNS)

    def _person(self, content: Application103, fitter: TextFitter) -> LabelRow:
        values = (content.unit, content.job_title, content.name)
        cells = [
            Cell(text=text, first=column, end=column + 1, style=style, align=Align.CENTRE)
            for index, pair in enumerate(zip(self.PERSON_HEADS, values, strict=True))
            for column, text, style in (
                (2 * index, pair[0], self.LABEL),
                (2 * index + 1, pair[1], self.VALUE),
            )
        ]
        return self._person_table.row(fitter, cells, height=self.PERSON_ROW)

    def _blocks(self, content: Application103, fitter: TextFitter) -> list[LaidBlock]:
        drawing = BlockDrawing(self.paper.left, self.COLUMNS)
        courses = list(content.courses)
        courses += [
            CourseBlock(number=str(number))
            for number in range(len(courses) + 1, content.least_blocks + 1)
        ]
        return [drawing.laid(course, content.seals, content.year, fitter) for course in courses]

    def _tail(self, content: Application103, fitter: TextFitter, room: float) -> Tail:
        extension = fitter.fitted(
            content.extension, self.EXTENSION, width=self.paper.text_width - 2 * self.SIDE
        )
        grants: tuple[LabelRow, ...] = ()
        if content.ledger is not None:
            grants = GrantTable(self.paper.left).rows(content.ledger, fitter)
        stamp = 0.0 if content.stamp is None else self.STAMP_GAP + CheckStampDrawing.HEIGHT
        notes = notes_that_fit(
            content.notes_title,
            content.notes,
            self.NOTES,
            fitter=fitter,
            width=self.paper.text_width,
            room=room - stamp,
            sizes=self.NOTES_SIZES,
        )
        if notes is None or sum(row.height for row in grants) > room:
            raise ContentTooLongError(
                f"「{content.name or content.title}」的補休核給情形或填表注意事項過長，"
                "一頁容納不下，尚未產生文件，請縮短後再列印。"
            )
        return Tail(
            extension=extension,
            extension_height=max(self.EXTENSION_ROW, extension.height + 1.0),
            join=self.JOIN,
            grants=grants,
            notes=notes,
            stamp_height=stamp,
        )

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: Application103,
        person: LabelRow,
        page: BlockPage,
        tail: Tail,
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            y = self._draw_head(sheet, content, person, is_first=is_first) + self.JOIN
            if page.has_grid:
                y = self._draw_grid(sheet, content, page, tail, y) + self.JOIN
            if page.has_grants or page.has_notes:
                y = self._draw_lower(sheet, content, page, tail, y)
            if page.has_notes and content.stamp is not None:
                draw_check_stamp(
                    sheet,
                    content.stamp,
                    x=self.STAMP_LEFT,
                    y=y + self.STAMP_GAP,
                    height=CheckStampDrawing.HEIGHT,
                )

        return draw

    def _draw_head(
        self, sheet: Sheet, content: Application103, person: LabelRow, *, is_first: bool
    ) -> float:
        """Draw title and person; give the bottom of the person's table."""
        centre = self.paper.width / 2
        if not is_first:
            title_line(
                sheet,
                content.title + CONTINUED,
                self.NEXT_TITLE,
                centre=centre,
                middle=self.NEXT_TITLE_MIDDLE,
                width=self.TITLE_WIDTH,
            )
            return self._person_table.draw(sheet, [person], self.NEXT_TABLE_TOP)
        title_line(
            sheet,
            content.title,
            self.TITLE,
            centre=centre,
            middle=self.TITLE_MIDDLE,
            width=self.TITLE_WIDTH,
        )
        width = self.paper.qr_x - self.paper.left - 4
        instruction = sheet.fitter.one_line(
            content.instruction, self.INSTRUCTION, width=width, where="表首說明"
        )
        sheet.fitted(
            instruction,
            x=self.paper.left,
            y=self.INSTRUCTION_Y,
            width=width,
            height=self.INSTRUCTION_HEIGHT,
        )
        return self._person_table.draw(sheet, [person], self.TABLE_TOP)

    def _draw_grid(
        self, sheet: Sheet, content: Application103, page: BlockPage, tail: Tail, top: float
    ) -> float:
        """Draw the blocks with their heads, and the row asking for more; give the bottom."""
        left, right = self.paper.left, self.paper.right
        middle = left + self.COLUMNS[0]
        y = top + self.HEAD_ROW
        for text, x, width in (
            (content.course_head, left, self.COLUMNS[0]),
            (content.seal_head, middle, self.COLUMNS[1]),
        ):
            inside = width - 2 * PADDING
            cell = sheet.fitter.fitted(
                text, self.HEAD, width=inside, height=self.HEAD_ROW, bold=(0, len(text))
            )
            sheet.fitted(
                cell, x=x + PADDING, y=top, width=inside, height=self.HEAD_ROW, align=Align.CENTRE
            )
        drawing = BlockDrawing(left, self.COLUMNS)
        tops: list[float] = []
        for block in page.blocks:
            tops.append(y)
            drawing.draw(sheet, block, y)
            y += block.height
        column_lines(sheet, lefts=[middle], top=top, bottom=y)
        if page.has_extension:
            tops.append(y)
            sheet.fitted(
                tail.extension,
                x=left + self.SIDE,
                y=y,
                width=self.paper.text_width - 2 * self.SIDE,
                height=tail.extension_height,
            )
            y += tail.extension_height
        row_lines(sheet, left=left, right=right, tops=tops)
        outline(sheet, left=left, right=right, top=top, bottom=y)
        return y

    def _draw_lower(
        self, sheet: Sheet, content: Application103, page: BlockPage, tail: Tail, top: float
    ) -> float:
        """Draw grants and notes in one table; give its bottom."""
        left, right = self.paper.left, self.paper.right
        y = top
        if page.has_grants:
            y = GrantTable(left).draw(sheet, tail.grants, y)
        if page.has_notes:
            if page.has_grants:
                row_lines(sheet, left=left, right=right, tops=[y])
            draw_notes(sheet, tail.notes, x=left, y=y, width=self.paper.text_width)
            y += tail.notes.height
        outline(sheet, left=left, right=right, top=top, bottom=y)
        return y
