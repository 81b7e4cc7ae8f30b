"""The two tables of a leave card: grants, and the lines of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from forms.labels import Cell, LabelRow, LabelTable
from forms.leave_contents import LeaveCardEntry, LeaveCardGrant
from forms.rocdate import listed_date
from forms.sheet import Align, Sheet
from forms.textfit import Style, TextFitter

NO_EXPIRY = "無期限"
UNKNOWN = "—"
DATE_PADDING = 0.0
"""A date takes its column to the rules, rather than two lines."""


class _CardTable:
    """Heads, rows and a closing row of sums under fixed columns."""

    COLUMNS: tuple[float, ...]
    HEADS: tuple[str, ...]
    ROW = 7.5
    LEFT_COLUMN: int
    DATE_COLUMNS: tuple[int, ...]
    HEAD = Style(size=10.5, stroke=0.22, leading=1.2)
    BODY = Style(size=10.5, leading=1.15)
    SUM = Style(size=10.5, stroke=0.28)

    def __init__(self, left: float) -> None:
        """Take the left side of the table, in millimetres."""
        self._table = LabelTable(left=left, columns=self.COLUMNS)

    def _row(self, fitter: TextFitter, texts: Sequence[str], *, height: float) -> LabelRow:
        cells = [
            Cell(
                text=text,
                first=column,
                end=column + 1,
                style=self.BODY,
                align=Align.LEFT if column == self.LEFT_COLUMN else Align.CENTRE,
                padding=DATE_PADDING if column in self.DATE_COLUMNS else 1.2,
            )
            for column, text in enumerate(texts)
        ]
        return self._table.row(fitter, cells, height=height)

    def _heads(self, fitter: TextFitter, *, height: float) -> LabelRow:
        cells = [
            Cell(text=text, first=i, end=i + 1, style=self.HEAD, align=Align.CENTRE)
            for i, text in enumerate(self.HEADS)
        ]
        return self._table.row(fitter, cells, height=height)

    def _closing(
        self,
        fitter: TextFitter,
        label: str,
        sums: Sequence[int],
        *,
        label_end: int,
        height: float,
    ) -> LabelRow:
        """A row of a label over the first columns, a sum in each of the next, one empty cell."""
        cells = [Cell(text=label, first=0, end=label_end, style=self.SUM, align=Align.CENTRE)]
        cells += [
            Cell(text=str(value), first=at, end=at + 1, style=self.SUM, align=Align.CENTRE)
            for at, value in enumerate(sums, start=label_end)
        ]
        after = label_end + len(sums)
        if after < len(self.COLUMNS):
            cells.append(Cell(text="", first=after, end=len(self.COLUMNS), style=self.SUM))
        return self._table.row(fitter, cells, height=height)


class GrantsTable(_CardTable):
    """一、核給批次; measures in millimetres."""

    COLUMNS = (11.0, 48.0, 21.0, 21.0, 21.0, 12.0, 12.0, 12.0, 12.0)
    HEADS = (
        "批次",
        "計畫／組裝課程",
        "完成日",
        "起算日",
        "到期日",
        "核給",
        "已用",
        "逾期",
        "結存",
    )
    LEFT_COLUMN = 1
    DATE_COLUMNS = (2, 3, 4)
    HEAD_ROW = 7.5
    TOTAL_ROW = 7.5

    def rows(self, grants: Sequence[LeaveCardGrant], fitter: TextFitter) -> tuple[LabelRow, ...]:
        """Fit a row a grant."""
        return tuple(
            self._row(
                fitter,
                (
                    grant.number,
                    grant.title,
                    listed_date(grant.completed) if grant.completed else UNKNOWN,
                    listed_date(grant.starts),
                    listed_date(grant.expires) if grant.expires else NO_EXPIRY,
                    str(grant.granted),
                    str(grant.used),
                    str(grant.expired),
                    str(grant.balance),
                ),
                height=self.ROW,
            )
            for grant in grants
        )

    def draw(
        self,
        sheet: Sheet,
        rows: Sequence[LabelRow],
        grants: Sequence[LeaveCardGrant],
        top: float,
        *,
        is_last: bool,
    ) -> float:
        """Draw heads, rows and, where the table ends, the sums of all grants; give the bottom."""
        parts = [self._heads(sheet.fitter, height=self.HEAD_ROW), *rows]
        if is_last:
            sums = [
                sum(grant.granted for grant in grants),
                sum(grant.used for grant in grants),
                sum(grant.expired for grant in grants),
                sum(grant.balance for grant in grants),
            ]
            closing = self._closing(
                sheet.fitter, "合計（時）", sums, label_end=5, height=self.TOTAL_ROW
            )
            parts.append(closing)
        return self._table.draw(sheet, parts, top)


class EntryTable(_CardTable):
    """二、異動明細; measures in millimetres."""

    COLUMNS = (9.0, 21.0, 54.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 20.0)
    HEADS = ("筆", "日期", "摘要", "核給", "使用", "沖銷", "逾期", "餘額", "批次", "依據")
    LEFT_COLUMN = 2
    DATE_COLUMNS = (1,)
    HEAD_ROW = 8.0
    CLOSING_ROW = 8.0

    def rows(self, entries: Sequence[LeaveCardEntry], fitter: TextFitter) -> tuple[LabelRow, ...]:
        """Fit a row a line of the ledger."""
        return tuple(
            self._row(
                fitter,
                (
                    entry.number,
                    listed_date(entry.day),
                    entry.text,
                    *(
                        str(hours) if hours else ""
                        for hours in (entry.granted, entry.used, entry.reversed, entry.expired)
                    ),
                    str(entry.balance),
                    entry.grant,
                    entry.basis,
                ),
                height=self.ROW,
            )
            for entry in entries
        )

    def draw(
        self,
        sheet: Sheet,
        rows: Sequence[LabelRow],
        entries: Sequence[LeaveCardEntry],
        top: float,
        *,
        is_last: bool,
        blank: int,
    ) -> float:
        """Draw heads, rows, empty rows and the sums so far; give the bottom.

        Args:
            sheet: Page to draw on.
            rows: Those of this page.
            entries: All lines up to the last of this page: what the sums are of.
            top: Millimetres from the upper side of the sheet.
            is_last: Whether the table ends here (``合計``) or goes on (``接次頁``).
            blank: How many empty rows follow.
        """
        empty = self._row(sheet.fitter, [""] * len(self.COLUMNS), height=self.ROW)
        sums = [
            sum(entry.granted for entry in entries),
            sum(entry.used for entry in entries),
            sum(entry.reversed for entry in entries),
            sum(entry.expired for entry in entries),
            entries[-1].balance if entries else 0,
        ]
        closing = self._closing(
            sheet.fitter,
            "合計" if is_last else "接次頁",
            sums,
            label_end=3,
            height=self.CLOSING_ROW,
        )
        parts = [self._heads(sheet.fitter, height=self.HEAD_ROW), *rows, *[empty] * blank, closing]
        return self._table.draw(sheet, parts, top)
