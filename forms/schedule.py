"""辦理期程及分工表: stages, measures, who leads and who assists (design paper.md section 12)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forms.booklet import PORTRAIT, Laid, seal_boxes, spread
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.pagination import Block, paginated
from forms.rocdate import listed_date, spoken_date
from forms.roster import CONTINUED, GAP
from forms.schedule_contents import Schedule, ScheduleMeasure, ScheduleStage
from forms.sheet import BASELINE, GREY, Align, Sheet
from forms.table import PADDING, column_lines, edges, outline, row_lines
from forms.textfit import POINT, Fitted, Style, TextFitter
from forms.titles import title_line

MEASURES = "實施計畫具體措施"
SHARES = "權責分工"
LEAD = "主辦機關"
ASSISTING = "協辦機關"
STATE = "辦理情形"


@dataclass(frozen=True)
class _Row:
    """A stage (grey, over all columns but the last) or a measure, as fitted."""

    label: str
    cells: tuple[Fitted, ...]
    height: float
    is_stage: bool


class ScheduleForm(PrintedForm[Schedule]):
    """Draws the schedule; measures in millimetres, sizes in points."""

    kind = Kind.SCHEDULE
    paper = PORTRAIT

    COLUMNS = (61.0, 42.0, 43.0, 24.0)
    COLUMNS_WITHOUT_STATE = (85.0, 42.0, 43.0)
    PLAN_MIDDLE = 24.1
    TITLE_MIDDLE = 31.1
    LINE_MIDDLE = 39.8
    TABLE_TOP = 43.5
    HEAD_ROW = 7.0
    ROW = 10.0
    UPRIGHT = 1.0
    SIDE = 1.8
    HANG = 2.1
    """Indent behind the label, in em."""
    NOTES_GAP = 1.9
    SEAL_GAP = 5.3
    SEAL_HEIGHT = 23.0

    TITLE = Style(size=16, stroke=0.45)
    LINE = Style(size=10.5)
    HEAD = Style(size=11, stroke=0.22)
    STAGE = Style(size=11, stroke=0.28, leading=1.25)
    MEASURE = Style(size=11, leading=1.25)
    OFFICES = Style(size=10.5, leading=1.25)
    DATES = Style(size=9.5, leading=1.3)
    STATES = Style(size=10.5, leading=1.25)
    NOTES = Style(size=9.5, leading=1.3)
    SEAL = Style(size=11)

    fields = (
        Field(name="agency", label="機關", sample="高雄市港濱區公所"),
        Field(name="plan", label="計畫", sample="公務人員國際教育網路平台推動計畫"),
        Field(name="effective", label="計畫生效日", sample="103 年 7 月 1 日"),
        Field(name="day", label="資料截止日", sample="103 年 12 月 31 日"),
        Field(name="stages.name", label="階段", sample="前置期階段"),
        Field(name="stages.condition", label="期程", sample="(自本計畫生效日起實施)"),
        Field(name="stages.measures.text", label="具體措施", sample="建立單一窗口"),
        Field(name="stages.measures.lead", label="主辦機關", sample="人事總處及保訓會"),
        Field(name="stages.measures.assisting", label="協辦機關", sample="各主管機關"),
        Field(name="stages.measures.state", label="辦理情形", sample="辦理中"),
        Field(name="notes", label="說明", sample="階段得同步實施。"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="IP-103-000004"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: Schedule) -> Metadata:
        """Tell title, author, number and time of the schedule."""
        return Metadata(
            title=content.plan + content.title,
            author=content.agency,
            kind=self.kind,
            issue=content.issue,
        )

    def sample(self) -> Schedule:
        """Give an invented schedule for previews."""
        value = {field.name.rsplit(".", 1)[-1]: field.sample for field in self.fields}
        return Schedule(
            issue=Issue(issued_at=datetime.datetime(2014, 12, 31, 17, 5), number=value["issue"]),
            agency=value["agency"],
            plan=value["plan"],
            effective=datetime.date(2014, 7, 1),
            day=datetime.date(2014, 12, 31),
            stages=(
                ScheduleStage(
                    label="一、",
                    name=value["name"],
                    condition=value["condition"],
                    first_day=datetime.date(2014, 7, 1),
                    last_day=datetime.date(2014, 12, 31),
                    measures=(
                        ScheduleMeasure(
                            label="(一)",
                            text=value["text"],
                            lead=value["lead"],
                            assisting=value["assisting"],
                            state=value["state"],
                        ),
                    ),
                ),
            ),
            notes=(value["notes"],),
        )

    def texts(self, content: Schedule) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.plan,
            content.title,
            *(
                text
                for stage in content.stages
                for text in (
                    stage.label,
                    stage.name,
                    stage.condition,
                    *(
                        words
                        for m in stage.measures
                        for words in (m.label, m.text, m.lead, m.assisting, m.state)
                    ),
                )
            ),
            *content.notes,
            *content.seals,
            content.issue.number or "",
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: Schedule, fitter: TextFitter) -> Laid:
        """Share the stages out over pages, broken between stages where that is possible."""
        rows: list[_Row] = []
        blocks: list[Block] = []
        for stage in content.stages:
            stage_row = self._stage(stage, content, fitter)
            measures = [self._measure(measure, content, fitter) for measure in stage.measures]
            own = [stage_row, *measures]
            rows += own
            blocks += [
                Block(height=row.height, may_end_page=index == len(own) - 1)
                for index, row in enumerate(own)
            ]
        notes = [
            fitter.fitted(note, self.NOTES, width=self.paper.text_width, lines=4)
            for note in content.notes
        ]
        room = self.paper.bottom - self.TABLE_TOP - 2 * self.HEAD_ROW
        tail = self.SEAL_GAP + self.SEAL_HEIGHT
        tail += (self.NOTES_GAP if notes else 0.0) + sum(note.height for note in notes)
        spans = paginated(blocks, room=room, room_on_last=room - tail)
        pages = tuple(
            self._page(
                content,
                rows[first:end],
                notes if index == len(spans) - 1 else None,
                is_first=index == 0,
            )
            for index, (first, end) in enumerate(spans)
        )
        return Laid(
            metadata=self.metadata(content), pages=pages, outline=(content.plan + content.title,)
        )

    def _columns(self, content: Schedule) -> tuple[float, ...]:
        return self.COLUMNS if content.has_states else self.COLUMNS_WITHOUT_STATE

    def _stage(self, stage: ScheduleStage, content: Schedule, fitter: TextFitter) -> _Row:
        columns = self._columns(content)
        hang = self.HANG * self.STAGE.size * POINT
        cells = [
            fitter.fitted(
                stage.name + stage.condition,
                self.STAGE,
                width=sum(columns[:3]) - 2 * self.SIDE - hang,
                lines=6,
                bold=(0, len(stage.name)),
            )
        ]
        if content.has_states:
            width = columns[3] - 2 * PADDING
            cells.append(fitter.fitted(_dates(stage), self.DATES, width=width, lines=3))
        height = max(cell.height for cell in cells) + 2 * self.UPRIGHT
        return _Row(stage.label, tuple(cells), max(self.ROW, height), is_stage=True)

    def _measure(self, measure: ScheduleMeasure, content: Schedule, fitter: TextFitter) -> _Row:
        columns = self._columns(content)
        hang = self.HANG * self.MEASURE.size * POINT
        parts = [
            (measure.text, self.MEASURE, columns[0] - 2 * self.SIDE - hang),
            (measure.lead, self.OFFICES, columns[1] - 2 * self.SIDE),
            (measure.assisting, self.OFFICES, columns[2] - 2 * self.SIDE),
        ]
        if content.has_states:
            parts.append((measure.state, self.STATES, columns[3] - 2 * PADDING))
        cells = tuple(
            fitter.fitted(text, style, width=width, lines=12, smallest=style.size)
            for text, style, width in parts
        )
        height = max(cell.height for cell in cells) + 2 * self.UPRIGHT
        return _Row(measure.label, cells, max(self.ROW, height), is_stage=False)

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: Schedule,
        rows: Sequence[_Row],
        notes: Sequence[Fitted] | None,
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            self._draw_titles(sheet, content, is_first=is_first)
            x = edges(self.paper.left, self._columns(content))
            self._draw_heads(sheet, content, x)
            y = self.TABLE_TOP + 2 * self.HEAD_ROW
            tops: list[float] = []
            for row in rows:
                tops.append(y)
                self._draw_row(sheet, row, x, y)
                y += row.height
            row_lines(sheet, left=x[0], right=x[-1], tops=tops)
            outline(sheet, left=x[0], right=x[-1], top=self.TABLE_TOP, bottom=y)
            if notes is not None:
                y += self.NOTES_GAP if notes else 0.0
                for note in notes:
                    sheet.lines(note.lines, note.style, x=x[0], y=y, width=self.paper.text_width)
                    y += note.height
                lefts, width = spread(
                    len(content.seals), left=self.paper.left, right=self.paper.right, gap=4.0
                )
                seal_boxes(
                    sheet,
                    content.seals,
                    lefts=lefts,
                    y=y + self.SEAL_GAP,
                    width=width,
                    height=self.SEAL_HEIGHT,
                    style=self.SEAL,
                )

        return draw

    def _draw_titles(self, sheet: Sheet, content: Schedule, *, is_first: bool) -> None:
        title = content.title if is_first else content.title + CONTINUED
        for text, middle in ((content.plan, self.PLAN_MIDDLE), (title, self.TITLE_MIDDLE)):
            title_line(
                sheet, text, self.TITLE, centre=self.paper.width / 2, middle=middle, width=126
            )
        parts = [
            f"{label}：{spoken_date(day)}"
            for label, day in (("計畫生效日", content.effective), ("資料截止日", content.day))
            if day is not None
        ]
        baseline = self.LINE_MIDDLE + BASELINE * self.LINE.size * POINT
        sheet.text((GAP * 2).join(parts), self.LINE, x=self.paper.left, baseline=baseline)

    def _draw_heads(self, sheet: Sheet, content: Schedule, x: Sequence[float]) -> None:
        top, row = self.TABLE_TOP, self.HEAD_ROW
        heads = [
            (MEASURES, x[0], x[1], top, 2 * row),
            (SHARES, x[1], x[3], top, row),
            (LEAD, x[1], x[2], top + row, row),
            (ASSISTING, x[2], x[3], top + row, row),
        ]
        if content.has_states:
            heads.append((STATE, x[3], x[4], top, 2 * row))
        for text, left, right, y, height in heads:
            cell = sheet.fitter.fitted(
                text, self.HEAD, width=right - left - 2 * PADDING, bold=(0, len(text))
            )
            sheet.fitted(
                cell,
                x=left + PADDING,
                y=y,
                width=right - left - 2 * PADDING,
                height=height,
                align=Align.CENTRE,
            )
        column_lines(sheet, lefts=x[1:2], top=top, bottom=top + 2 * row)
        column_lines(sheet, lefts=x[2:3], top=top + row, bottom=top + 2 * row)
        column_lines(sheet, lefts=x[3:-1], top=top, bottom=top + 2 * row)
        row_lines(sheet, left=x[1], right=x[3], tops=(top + row,))

    def _draw_row(self, sheet: Sheet, row: _Row, x: Sequence[float], y: float) -> None:
        style = self.STAGE if row.is_stage else self.MEASURE
        if row.is_stage:
            grey = (GREY, GREY, GREY)
            sheet.box(x[0], y, x[-1] - x[0], row.height, pen=0, fill=grey)
        hang = self.HANG * style.size * POINT
        # The label stands on the first line of its text.
        first_line = y + (row.height - row.cells[0].height) / 2 + row.cells[0].style.line_height / 2
        baseline = first_line + BASELINE * style.size * POINT
        plain = Style(size=style.size)
        sheet.text(row.label, plain, x=x[0] + self.SIDE, baseline=baseline)
        ends = [x[0], x[3], *x[4:]] if row.is_stage else list(x)
        for column, cell in enumerate(row.cells):
            is_last = column == len(ends) - 2 and len(x) == 5
            side = PADDING if is_last else self.SIDE
            indent = hang if column == 0 else 0.0
            sheet.fitted(
                cell,
                x=ends[column] + side + indent,
                y=y,
                width=ends[column + 1] - ends[column] - 2 * side - indent,
                height=row.height,
                align=Align.CENTRE if is_last else Align.LEFT,
            )
        column_lines(sheet, lefts=ends[1:-1], top=y, bottom=y + row.height)


def _dates(stage: ScheduleStage) -> str:
    if stage.first_day is None:
        return ""
    moved = " 調" if stage.is_moved else ""
    first = listed_date(stage.first_day)
    if stage.last_day is None:
        return f"{first}{moved}\n起"
    return f"{first}\n至 {listed_date(stage.last_day)}{moved}"
