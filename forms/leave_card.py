"""補休紀錄卡: what one person was granted, used and has left (design paper.md section 9)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forms.booklet import PORTRAIT, Laid, seal_boxes, spread
from forms.document import Field, Issue, Kind, Metadata
from forms.form import PrintedForm
from forms.labels import Cell, LabelRow, LabelTable
from forms.leave_card_tables import EntryTable, GrantsTable
from forms.leave_contents import LeaveCard, LeaveCardEntry, LeaveCardGrant
from forms.pagination import Block, paginated
from forms.rocdate import listed_date
from forms.roster import CONTINUED
from forms.sheet import BASELINE, Align, Sheet
from forms.textfit import POINT, Fitted, Style, TextFitter
from forms.titles import title_line


@dataclass(frozen=True)
class _Part:
    """Rows of both tables that stand on one page; None where a table is not on it."""

    grants: tuple[int, int] | None = None
    entries: tuple[int, int] | None = None


class LeaveCardForm(PrintedForm[LeaveCard]):
    """Draws the card; measures in millimetres, sizes in points."""

    kind = Kind.LEAVE_CARD
    paper = PORTRAIT

    LABEL_COLUMNS = (20.0, 37.0, 20.0, 37.0, 20.0, 36.0)
    AGENCY_MIDDLE = 23.9
    TITLE_MIDDLE = 31.2
    LABELS_TOP = 40.0
    LABEL_ROW = 8.5
    HEADING = 10.6
    """From one table to the next, with the heading between."""
    HEADING_MIDDLE = 6.5
    BLANK_UP_TO = 13
    NOTES_GAP = 1.9
    SEAL_GAP = 4.4
    SEAL_HEIGHT = 23.0

    AGENCY = Style(size=13, stroke=0.30)
    TITLE = Style(size=20, stroke=0.45)
    LABEL = Style(size=11.5, stroke=0.22)
    VALUE = Style(size=11.5)
    NAME = Style(size=13)
    SECTION = Style(size=12.5, stroke=0.28)
    NOTES = Style(size=9.5, leading=1.3)
    SEAL = Style(size=11)

    fields = (
        Field(name="agency", label="機關", sample="高雄市港濱區公所"),
        Field(name="person_code", label="人員代號", sample="A0106"),
        Field(name="name", label="姓名", sample="李焱堃"),
        Field(name="unit", label="單位", sample="民政課"),
        Field(name="job_title", label="職稱", sample="課員"),
        Field(name="rank", label="官職等", sample="薦任第七職等"),
        Field(name="day", label="截止日", sample="116/05/04"),
        Field(name="grants.title", label="計畫／組裝課程", sample="114 年度／政策能力訓練"),
        Field(name="grants.completed", label="完成日", sample="114/04/12"),
        Field(name="grants.starts", label="起算日", sample="114/04/13"),
        Field(name="grants.expires", label="到期日", sample="116/04/12"),
        Field(name="entries.day", label="日期", sample="114/05/02"),
        Field(name="entries.text", label="摘要", sample="核給\u3000政策能力訓練"),
        Field(name="entries.basis", label="依據", sample="000123"),
        Field(name="notes", label="說明", sample="說明：餘額＝核給－使用＋沖銷－逾期。"),
        Field(name="issue", label="文件編號、製表時間、補印次數", sample="KH-114-000512"),
    )

    # ------------------------------------------------------------------------------ what it is

    def metadata(self, content: LeaveCard) -> Metadata:
        """Tell title, author, number and time of the card."""
        return Metadata(
            title=content.title, author=content.agency, kind=self.kind, issue=content.issue
        )

    def sample(self) -> LeaveCard:
        """Give an invented card for previews."""
        value = {field.name: field.sample for field in self.fields}
        return LeaveCard(
            issue=Issue(issued_at=datetime.datetime(2027, 5, 4, 9, 18), number=value["issue"]),
            agency=value["agency"],
            person_code=value["person_code"],
            name=value["name"],
            unit=value["unit"],
            job_title=value["job_title"],
            rank=value["rank"],
            day=datetime.date(2027, 5, 4),
            grants=(
                LeaveCardGrant(
                    number="1",
                    title=value["grants.title"],
                    completed=datetime.date(2025, 4, 12),
                    starts=datetime.date(2025, 4, 13),
                    expires=datetime.date(2027, 4, 12),
                    granted=4,
                    used=0,
                    expired=0,
                    balance=4,
                ),
            ),
            entries=(
                LeaveCardEntry(
                    number="1",
                    day=datetime.date(2025, 5, 2),
                    text=value["entries.text"],
                    granted=4,
                    balance=4,
                    grant="1",
                    basis=value["entries.basis"],
                ),
            ),
            notes=(value["notes"],),
        )

    def texts(self, content: LeaveCard) -> tuple[str, ...]:
        """List every text of the content that is printed."""
        return (
            content.agency,
            content.title,
            content.person_code,
            content.name,
            content.unit,
            content.job_title,
            content.rank,
            *(text for grant in content.grants for text in (grant.number, grant.title)),
            *(
                text
                for entry in content.entries
                for text in (entry.number, entry.text, entry.grant, entry.basis)
            ),
            *content.notes,
            *content.seals,
            content.issue.number or "",
        )

    # ------------------------------------------------------------------------------------ layout

    def laid(self, content: LeaveCard, fitter: TextFitter) -> Laid:
        """Share grants and lines out over pages, the last of them with notes and seals."""
        labels = self._labels(content, fitter)
        grants = GrantsTable(self.paper.left).rows(content.grants, fitter)
        entries = EntryTable(self.paper.left).rows(content.entries, fitter)
        notes = [
            fitter.fitted(note, self.NOTES, width=self.paper.text_width, lines=8)
            for note in content.notes
        ]
        parts = self._parts(labels, grants, entries, notes)
        pages = tuple(
            self._page(
                content,
                labels,
                grants,
                entries,
                notes if index == len(parts) - 1 else None,
                part,
                is_first=index == 0,
            )
            for index, part in enumerate(parts)
        )
        return Laid(
            metadata=self.metadata(content), pages=pages, outline=(content.unit, content.name)
        )

    def _labels(self, content: LeaveCard, fitter: TextFitter) -> tuple[LabelRow, ...]:
        def row(*pairs: tuple[str, str, Style]) -> LabelRow:
            cells = []
            for index, (label, value, style) in enumerate(pairs):
                at = 2 * index
                cells += [
                    Cell(text=label, first=at, end=at + 1, style=self.LABEL, align=Align.CENTRE),
                    Cell(text=value, first=at + 1, end=at + 2, style=style, align=Align.CENTRE),
                ]
            return self._table.row(fitter, cells, height=self.LABEL_ROW)

        return (
            row(
                ("人員代號", content.person_code, self.VALUE),
                ("姓名", content.name, self.NAME),
                ("單位", content.unit, self.VALUE),
            ),
            row(
                ("職稱", content.job_title, self.VALUE),
                ("官職等", content.rank, self.VALUE),
                ("截止日", listed_date(content.day), self.VALUE),
            ),
        )

    @property
    def _table(self) -> LabelTable:
        return LabelTable(left=self.paper.left, columns=self.LABEL_COLUMNS)

    def _parts(
        self,
        labels: Sequence[LabelRow],
        grants: Sequence[LabelRow],
        entries: Sequence[LabelRow],
        notes: Sequence[Fitted],
    ) -> list[_Part]:
        """Fill pages with grants, then with lines; a table's first rows stay with its heads."""
        top = self.LABELS_TOP + sum(row.height for row in labels)
        page = self.paper.bottom - top
        room = page - self.HEADING - GrantsTable.HEAD_ROW - GrantsTable.TOTAL_ROW
        grant_spans = paginated(_blocks(grants), room=room, room_on_last=room)
        first, end = grant_spans[-1]
        taken = self.HEADING + GrantsTable.HEAD_ROW + GrantsTable.TOTAL_ROW
        taken += sum(row.height for row in grants[first:end])

        room = page - self.HEADING - EntryTable.HEAD_ROW - EntryTable.CLOSING_ROW
        tail = self.SEAL_GAP + self.SEAL_HEIGHT
        tail += (self.NOTES_GAP if notes else 0.0) + sum(note.height for note in notes)
        fits = taken + sum(row.height for row in entries) <= room - tail
        first_two = sum(row.height for row in entries[:2])
        follows = fits or (len(entries) > 1 and taken + first_two <= room)
        entry_spans = paginated(
            _blocks(entries),
            room=room,
            room_on_last=room - tail,
            taken_on_first=taken if follows else 0.0,
        )
        parts = [_Part(grants=span) for span in grant_spans]
        if follows:
            parts[-1] = _Part(grants=grant_spans[-1], entries=entry_spans.pop(0))
        return parts + [_Part(entries=span) for span in entry_spans]

    # ------------------------------------------------------------------------------------- pages

    def _page(
        self,
        content: LeaveCard,
        labels: Sequence[LabelRow],
        grants: Sequence[LabelRow],
        entries: Sequence[LabelRow],
        notes: Sequence[Fitted] | None,
        part: _Part,
        *,
        is_first: bool,
    ) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            self._draw_titles(sheet, content, is_first=is_first)
            y = self._table.draw(sheet, labels, self.LABELS_TOP)
            if part.grants is not None:
                start, end = part.grants
                is_last = end == len(grants)
                y = self._heading(sheet, "一、核給批次", y, is_continued=start > 0)
                table = GrantsTable(self.paper.left)
                y = table.draw(sheet, grants[start:end], content.grants, y, is_last=is_last)
            if part.entries is not None:
                start, end = part.entries
                y = self._heading(sheet, "二、異動明細（單位：小時）", y, is_continued=start > 0)
                y = EntryTable(self.paper.left).draw(
                    sheet,
                    entries[start:end],
                    content.entries[:end],
                    y,
                    is_last=notes is not None,
                    blank=self._blank_rows(entries[start:end], y, notes),
                )
            if notes is not None:
                y += self.NOTES_GAP if notes else 0.0
                for note in notes:
                    sheet.lines(note.lines, note.style, x=self.paper.left, y=y, width=170.0)
                    y += note.height
                self._draw_seals(sheet, content, y + self.SEAL_GAP)

        return draw

    def _blank_rows(
        self, rows: Sequence[LabelRow], top: float, notes: Sequence[Fitted] | None
    ) -> int:
        """Count the ruled rows that fill a last page, thirteen with those that are written."""
        if notes is None:
            return 0
        used = top + EntryTable.HEAD_ROW + EntryTable.CLOSING_ROW
        used += sum(row.height for row in rows) + self.SEAL_GAP + self.SEAL_HEIGHT
        used += (self.NOTES_GAP if notes else 0.0) + sum(note.height for note in notes)
        free = int((self.paper.bottom - used) / EntryTable.ROW + 1e-6)
        return max(0, min(self.BLANK_UP_TO - len(rows), free))

    def _draw_titles(self, sheet: Sheet, content: LeaveCard, *, is_first: bool) -> None:
        title = content.title if is_first else content.title + CONTINUED
        for text, style, middle in (
            (content.agency, self.AGENCY, self.AGENCY_MIDDLE),
            (title, self.TITLE, self.TITLE_MIDDLE),
        ):
            title_line(sheet, text, style, centre=self.paper.width / 2, middle=middle, width=130)

    def _heading(self, sheet: Sheet, text: str, y: float, *, is_continued: bool) -> float:
        baseline = y + self.HEADING_MIDDLE + BASELINE * self.SECTION.size * POINT
        words = text + CONTINUED if is_continued else text
        sheet.text(words, self.SECTION, x=self.paper.left, baseline=baseline)
        return y + self.HEADING

    def _draw_seals(self, sheet: Sheet, content: LeaveCard, y: float) -> None:
        lefts, width = spread(
            len(content.seals), left=self.paper.left, right=self.paper.right, gap=4.0
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


def _blocks(rows: Sequence[LabelRow]) -> list[Block]:
    """A table's first row never ends a page while there are more."""
    return [
        Block(height=row.height, may_end_page=index > 0 or len(rows) == 1)
        for index, row in enumerate(rows)
    ]
