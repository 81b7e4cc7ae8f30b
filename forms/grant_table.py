"""Leave granted and used so far, as a table on an application (design paper.md section 3)."""

from __future__ import annotations

from collections.abc import Sequence

from forms.application_contents import GrantLedger, GrantRow
from forms.labels import Cell, LabelRow, LabelTable
from forms.rocdate import listed_date
from forms.sheet import Align, Sheet
from forms.textfit import Style, TextFitter


class GrantTable:
    """Fits and draws the table, without its outline; measures in millimetres, sizes in points."""

    COLUMNS = (9.0, 51.0, 22.0, 18.0, 33.0, 18.0, 19.0)
    ROW = 6.6
    SIDE = 2.2
    """Left and right of the title."""
    TITLE = Style(size=11, stroke=0.28)
    HEAD = Style(size=10, stroke=0.22)
    CELL = Style(size=10)

    def __init__(self, left: float) -> None:
        """Take the left side of the table."""
        self._table = LabelTable(left=left, columns=self.COLUMNS)

    @staticmethod
    def texts(ledger: GrantLedger) -> tuple[str, ...]:
        """List every text of the ledger that is printed."""
        return (
            ledger.title,
            ledger.combination_head,
            *(
                text
                for row in ledger.rows
                for text in (row.combination, row.granted, row.used, row.balance)
            ),
            ledger.granted,
            ledger.used,
            ledger.balance,
            ledger.grantable,
        )

    def rows(self, ledger: GrantLedger, fitter: TextFitter) -> tuple[LabelRow, ...]:
        """Fit title, heads, a row a grant, empty rows up to the least number, and the sums."""
        end = len(self.COLUMNS)
        heads = (
            "次",
            ledger.combination_head,
            "完成日",
            "核給",
            "補休期限",
            "已使用",
            "餘額",
        )
        count = max(len(ledger.rows), ledger.least_rows)
        grants: list[GrantRow | None] = [*ledger.rows]
        grants += [None] * (count - len(ledger.rows))
        sums = (ledger.granted, ledger.used, ledger.balance)
        granted, used, balance = (_hours(hours) for hours in sums)
        grantable = f"尚可核給 {ledger.grantable} 小時" if ledger.grantable else ""
        cells = (
            (Cell(text=ledger.title, first=0, end=end, style=self.TITLE, padding=self.SIDE),),
            self._cells(heads, self.HEAD, left=()),
            *(
                self._cells(self._texts_of(number, grant), self.CELL, left=(1,))
                for number, grant in enumerate(grants, start=1)
            ),
            (
                Cell(text="本年度累計", first=0, end=3, style=self.HEAD, align=Align.CENTRE),
                *self._cells(
                    (granted, grantable, used, balance),
                    self.CELL,
                    left=(),
                    first=3,
                ),
            ),
        )
        return tuple(self._table.row(fitter, row, height=self.ROW) for row in cells)

    def draw(self, sheet: Sheet, rows: Sequence[LabelRow], top: float) -> float:
        """Draw the rows from a height down; give the bottom."""
        return self._table.draw(sheet, rows, top, has_outline=False)

    def _cells(
        self, texts: Sequence[str], style: Style, *, left: Sequence[int], first: int = 0
    ) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                text=text,
                first=column,
                end=column + 1,
                style=style,
                align=Align.LEFT if column in left else Align.CENTRE,
            )
            for column, text in enumerate(texts, start=first)
        )

    @staticmethod
    def _texts_of(number: int, grant: GrantRow | None) -> tuple[str, ...]:
        if grant is None:
            return (str(number), "", "", "", "", "", "")
        return (
            str(number),
            grant.combination,
            listed_date(grant.completed),
            _hours(grant.granted),
            "無期限" if grant.expires is None else f"至 {listed_date(grant.expires)}",
            _hours(grant.used),
            _hours(grant.balance),
        )


def _hours(number: str) -> str:
    return f"{number} 小時" if number else ""
