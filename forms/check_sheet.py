"""查核表: each record's span beside the duty of its days (design paper.md section 10)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.domain.moments import TimeBand
from forms.booklet import LANDSCAPE, Laid
from forms.check_contents import CheckResult, CheckRow, CheckSheet, DayStrip
from forms.day_strips import draw_legend, draw_strips, strips_height
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.pagination import Block, paginated
from forms.rocdate import WEEKDAYS, listed_date
from forms.roster import CONTINUED, GAP, draw_seal_table, title_and_line
from forms.sheet import OUTLINE, Align, Sheet
from forms.table import PADDING, column_lines, edges, outline, row_lines
from forms.textfit import Fitted, Style, TextFitter

HEADS = (
    "編號",
    "課程名稱（時數）",
    "學習時間（起／迄）",
    "當日班別、刷卡、差勤",
    "時間對照圖（0–24 時）",
    "結果",
    "理由（依據）",
    "承辦人決定",
)
COLUMNS = (9.0, 44.0, 34.0, 39.0, 60.0, 15.0, 28.0, 28.0)
LEFT_COLUMNS = frozenset({1, 2, 3, 6, 7})
STRIPS, RESULT = 4, 5
UNKNOWN = "—"


@dataclass(frozen=True)
class _Row:
    content: CheckRow
    cells: tuple[Fitted, ...]
    height: float


class CheckSheetForm(PrintedForm[CheckSheet]):
    """Draws the sheet; measures in millimetres, sizes in points."""

    kind = Kind.CHECK_SHEET
    paper = LANDSCAPE

    TABLE_TOP = 33.0
    HEAD_ROW = 8.0
    ROW = 11.0
    UPRIGHT = 0.25
    STRIP_MARGIN = 1.35
    """Above and below the strips of a row."""
    CONCLUSION = 9.5
    TAIL_GAP = 2.3
    SEALS_LEFT = 139.0
    SEAL_LABEL = 14.0
    SEAL_HEIGHT = 18.0
    LEGEND_HEIGHT = 11.5
    RESULT_HEIGHT = 5.6

    HEAD = Style(size=9.5, stroke=0.22)
    BODY = Style(size=9.5, leading=1.15)
    TIMES = Style(size=8.5, leading=1.5)
    SMALL = Style(size=9, leading=1.15)
    FOUND = Style(size=10.5)
    BOXED = Style(size=10.5, stroke=0.28)
    OUTCOME = Style(size=10.5, stroke=0.28, leading=1.2)
    NOTES = Style(size=9, leading=1.25)

    fields = (
        Field(name="agency", label="機關", sample="高雄市港濱區公所"),
        Field(name="unit", label="單位", sample="民政課"),
        Field(name="job_title", label="職稱", sample="里幹事"),
        Field(name="name", label="姓名", sample="陳犇"),
        Field(name="person_code", label="人員代號", sample="A0109"),
        Field(
            name="set_title",
            label="組裝課程",
            sample="高雄市政府 114 年度數位學習組裝課程－政策能力訓練",
        ),
        Field(name="pattern", label="班別", sample="彈性班 F"),
        Field(name="rows.course", label="課程名稱（時數）", sample="全球淨零趨勢（2）"),
        Field(name="rows.duty_words", label="當日班別、刷卡、差勤", sample="彈性班"),
        Field(name="rows.result", label="結果", sample="相符"),
        Field(name="rows.reasons", label="理由（依據）", sample="起迄均為公餘時間"),
        Field(name="rows.decision", label="承辦人決定", sample="依查核結果"),
        Field(name="outcome", label="本套結論", sample="尚未完成"),
        Field(name="conclusion", label="結論說明", sample="相符 1 門、缺 8 門。"),
        Field(name="notes", label="資料來源", sample="資料：學習紀錄（114/05/05 匯入）"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000130"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: CheckSheet) -> Metadata:
        """Tell title, author, number and time of the sheet."""
        return Metadata(
            title=content.title, author=content.agency, kind=self.kind, issue=content.issue
        )

    def sample(self) -> CheckSheet:
        """Give an invented sheet for previews."""
        value = {field.name.removeprefix("rows."): field.sample for field in self.fields}
        return CheckSheet(
            issue=Issue(issued_at=datetime.datetime(2025, 5, 6, 15, 30), number=value["issue"]),
            agency=value["agency"],
            unit=value["unit"],
            job_title=value["job_title"],
            name=value["name"],
            person_code=value["person_code"],
            set_title=value["set_title"],
            pattern=value["pattern"],
            rows=(
                CheckRow(
                    number="2",
                    course=value["course"],
                    start=datetime.datetime(2025, 3, 18, 19, 5, 20),
                    end=datetime.datetime(2025, 3, 18, 21, 10, 2),
                    duty_words=value["duty_words"],
                    strips=(
                        DayStrip(
                            label="3/18",
                            duty=(TimeBand(8 * 3600, 12 * 3600),),
                            course=TimeBand(19 * 3600, 21 * 3600),
                        ),
                    ),
                    result=CheckResult.MATCHES,
                    reasons=value["reasons"],
                    decision=value["decision"],
                ),
            ),
            outcome=value["outcome"],
            conclusion=value["conclusion"],
            notes=(value["notes"],),
        )

    def texts(self, content: CheckSheet) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.title,
            content.unit,
            content.job_title,
            content.name,
            content.person_code,
            content.set_title,
            content.pattern,
            *(
                text
                for row in content.rows
                for text in (
                    row.number,
                    row.course,
                    row.dates,
                    row.duty_words,
                    *(strip.label for strip in row.strips),
                    row.reasons,
                    row.decision,
                )
            ),
            content.outcome,
            content.conclusion,
            *content.notes,
            *content.seals,
            content.issue.number or "",
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: CheckSheet, fitter: TextFitter) -> Laid:
        """Share the records out over pages; conclusion, legend and seals close the last."""
        rows = [self._row(row, fitter) for row in content.rows]
        conclusion = self._conclusion(content, fitter)
        notes = self._notes(content, fitter)
        room = self.paper.bottom - self.TABLE_TOP - self.HEAD_ROW
        closing = self._conclusion_height(conclusion) + self.TAIL_GAP + self._tail_height(notes)
        spans = paginated(
            [Block(height=row.height) for row in rows], room=room, room_on_last=room - closing
        )
        pages = tuple(
            self._page(
                content,
                rows[first:end],
                conclusion if index == len(spans) - 1 else None,
                notes,
                is_first=index == 0,
            )
            for index, (first, end) in enumerate(spans)
        )
        return Laid(
            metadata=self.metadata(content), pages=pages, outline=(content.unit, content.name)
        )

    def _row(self, row: CheckRow, fitter: TextFitter) -> _Row:
        texts = (
            (row.number, self.BODY),
            (row.course, self.BODY),
            (_times(row), self.TIMES),
            (row.duty_words, self.SMALL),
            ("", self.SMALL),
            (row.result.value, self.FOUND if row.result is CheckResult.MATCHES else self.BOXED),
            (row.reasons, self.SMALL),
            (row.decision, self.SMALL),
        )
        cells = tuple(
            fitter.fitted(
                text,
                style,
                width=width - 2 * self._padding(column),
                lines=3 if column != RESULT else 1,
                bold=(0, len(text)),
            )
            for column, ((text, style), width) in enumerate(zip(texts, COLUMNS, strict=True))
        )
        needed = max(cell.height for cell in cells) + 2 * self.UPRIGHT
        strips = strips_height(row.strips) + 2 * self.STRIP_MARGIN
        return _Row(row, cells, max(self.ROW, needed, strips))

    @staticmethod
    def _padding(column: int) -> float:
        """Times keep to one line each: they have the column up to its rules."""
        return 0.8 if column == 2 else PADDING

    def _conclusion(self, content: CheckSheet, fitter: TextFitter) -> Fitted:
        return fitter.fitted(
            f"{content.outcome}：{content.conclusion}",
            self.OUTCOME,
            width=sum(COLUMNS[2:]) - 2 * PADDING,
            lines=2,
            bold=(0, len(content.outcome)),
        )

    def _conclusion_height(self, conclusion: Fitted) -> float:
        return max(self.CONCLUSION, conclusion.height + 1.0)

    def _notes(self, content: CheckSheet, fitter: TextFitter) -> tuple[Fitted, ...]:
        width = self.SEALS_LEFT - self.paper.left - 3
        return tuple(
            fitter.fitted(note, self.NOTES, width=width, lines=4) for note in content.notes
        )

    def _tail_height(self, notes: Sequence[Fitted]) -> float:
        legend = self.LEGEND_HEIGHT + sum(note.height for note in notes)
        return max(legend, self.SEAL_HEIGHT)

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: CheckSheet,
        rows: Sequence[_Row],
        conclusion: Fitted | None,
        notes: Sequence[Fitted],
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            x = edges(self.paper.left, COLUMNS)
            self._draw_head(sheet, content, x, is_first=is_first)
            y = self.TABLE_TOP + self.HEAD_ROW
            tops: list[float] = []
            for row in rows:
                tops.append(y)
                self._draw_row(sheet, row, x, y)
                y += row.height
            if conclusion is not None:
                tops.append(y)
                y = self._draw_conclusion(sheet, conclusion, x, y)
            row_lines(sheet, left=x[0], right=x[-1], tops=tops)
            outline(sheet, left=x[0], right=x[-1], top=self.TABLE_TOP, bottom=y)
            if conclusion is not None:
                self._draw_tail(sheet, content, notes, y + self.TAIL_GAP)

        return draw

    def _draw_head(
        self, sheet: Sheet, content: CheckSheet, x: Sequence[float], *, is_first: bool
    ) -> None:
        person = f"{content.name}（{content.person_code}）" if content.person_code else content.name
        parts = (content.unit, content.job_title, person, content.set_title)
        left = GAP.join(part for part in parts if part) + ("" if is_first else CONTINUED)
        right = f"班別：{content.pattern}"
        title_and_line(sheet, title=content.title, left=left, right=right)
        for head, side, width in zip(HEADS, x[:-1], COLUMNS, strict=True):
            cell = sheet.fitter.fitted(
                head, self.HEAD, width=width - 2 * 0.2, lines=2, bold=(0, len(head))
            )
            sheet.fitted(
                cell,
                x=side + 0.2,
                y=self.TABLE_TOP,
                width=width - 2 * 0.2,
                height=self.HEAD_ROW,
                align=Align.CENTRE,
            )
        column_lines(
            sheet, lefts=x[1:-1], top=self.TABLE_TOP, bottom=self.TABLE_TOP + self.HEAD_ROW
        )

    def _draw_row(self, sheet: Sheet, row: _Row, x: Sequence[float], y: float) -> None:
        for column, cell in enumerate(row.cells):
            padding = self._padding(column)
            sheet.fitted(
                cell,
                x=x[column] + padding,
                y=y,
                width=COLUMNS[column] - 2 * padding,
                height=row.height,
                align=Align.LEFT if column in LEFT_COLUMNS else Align.CENTRE,
            )
        strips = row.content.strips
        top = y + (row.height - strips_height(strips)) / 2
        draw_strips(sheet, strips, x=x[STRIPS] + PADDING, y=top)
        self._box_result(sheet, row, x[RESULT], y)
        column_lines(sheet, lefts=x[1:-1], top=y, bottom=y + row.height)

    def _box_result(self, sheet: Sheet, row: _Row, x: float, y: float) -> None:
        """A failed result stands in a box, an open one in a dashed box."""
        if row.content.result is CheckResult.MATCHES:
            return
        left, right = x + 1.2, x + COLUMNS[RESULT] - 1.2
        top = y + (row.height - self.RESULT_HEIGHT) / 2
        bottom = top + self.RESULT_HEIGHT
        if row.content.result is CheckResult.FAILS:
            sheet.box(left, top, right - left, self.RESULT_HEIGHT, pen=OUTLINE)
            return
        dash = (0.8, 0.5)
        for x1, y1, x2, y2 in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            sheet.line(x1, y1, x2, y2, width=0.6, dash=dash)

    def _draw_conclusion(
        self, sheet: Sheet, conclusion: Fitted, x: Sequence[float], y: float
    ) -> float:
        height = self._conclusion_height(conclusion)
        label = "本套結論"
        cell = sheet.fitter.fitted(
            label, self.OUTCOME, width=x[2] - x[0] - 2 * PADDING, bold=(0, len(label))
        )
        for text, first, end, align in (
            (cell, 0, 2, Align.CENTRE),
            (conclusion, 2, len(COLUMNS), Align.LEFT),
        ):
            sheet.fitted(
                text,
                x=x[first] + PADDING,
                y=y,
                width=x[end] - x[first] - 2 * PADDING,
                height=height,
                align=align,
            )
        column_lines(sheet, lefts=x[2:3], top=y, bottom=y + height)
        return y + height

    def _draw_tail(
        self, sheet: Sheet, content: CheckSheet, notes: Sequence[Fitted], y: float
    ) -> None:
        width = self.SEALS_LEFT - self.paper.left - 3
        at = draw_legend(sheet, x=self.paper.left, y=y + 0.8)
        for note in notes:
            sheet.lines(note.lines, note.style, x=self.paper.left, y=at, width=width)
            at += note.height
        draw_seal_table(
            sheet,
            content.seals,
            x=self.SEALS_LEFT,
            y=y,
            width=self.paper.right - self.SEALS_LEFT,
            height=self.SEAL_HEIGHT,
            label_width=self.SEAL_LABEL,
        )


def _times(row: CheckRow) -> str:
    if row.start is None and row.end is None:
        return row.dates or UNKNOWN
    return "\n".join(_time(moment) for moment in (row.start, row.end))


def _time(moment: datetime.datetime | None) -> str:
    if moment is None:
        return UNKNOWN
    return f"{listed_date(moment)}({WEEKDAYS[moment.weekday()]}) {moment:%H:%M:%S}"
