"""The official office calendar as a sheet; taken whole or not at all (inputs.md section 5)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from desktop.domain.evidence import (
    CalendarDayRow,
    EvidenceKind,
    EvidenceRow,
    Refusal,
    RefusalReason,
)
from desktop.domain.moments import WEEKDAY_WORDS, days_between
from desktop.importers.base import WholeTableImporter
from desktop.importers.document import Document
from desktop.importers.headings import Column
from desktop.importers.row_cells import needed_day_in
from desktop.importers.tabulation import DataRow, Layout, Tabulated
from desktop.importers.values import (
    RowFaultError,
    day_of,
    identifier,
    one_line,
)


class Calendar(WholeTableImporter):
    """政府行政機關辦公日曆表: 是否放假 decides, 0 is worked, 2 is off."""

    kind = EvidenceKind.CALENDAR
    layout = Layout(
        wanted=(Column.GREGORIAN_DAY, Column.WEEKDAY, Column.IS_OFF, Column.REMARK),
        required=((Column.GREGORIAN_DAY,), (Column.IS_OFF,)),
    )

    def read_row(self, row: DataRow) -> CalendarDayRow:
        """One day.

        Raises:
            RowFaultError: When the date cannot be read or 是否放假 is neither 0 nor 2.
        """
        day = needed_day_in(row, Column.GREGORIAN_DAY)
        state = identifier(row.cells.get(Column.IS_OFF, "")) or ""
        if state not in ("0", "2"):
            raise RowFaultError(
                RefusalReason.UNREADABLE, f"是否放假「{state}」不是 0 或 2，請更正後再匯入"
            )
        return CalendarDayRow(
            row.place, day, state == "2", one_line(row.cells.get(Column.REMARK, ""))
        )

    def remarks(self, table: Tabulated) -> tuple[str, ...]:
        """Days whose written weekday is not the date's: official files have had such slips."""
        slips = []
        for row in table.rows:
            written = row.text(Column.WEEKDAY).removeprefix("星期").removeprefix("週")
            day = day_of(row.cells[Column.GREGORIAN_DAY])
            if written and written != WEEKDAY_WORDS[day.weekday()]:
                slips.append(f"{day}")
        if not slips:
            return ()
        return (
            (
                f"日曆表有 {len(slips)} 天的星期與日期不符（{'、'.join(slips[:6])}），"
                "仍以「是否放假」為準，請核對公告。"
            ),
        )

    def check(self, document: Document, rows: Sequence[EvidenceRow]) -> list[Refusal]:
        """Refuse a year with missing or doubled days: a missing day would count as worked."""
        days = Counter(row.day for row in rows if isinstance(row, CalendarDayRow))
        by_year: defaultdict[int, set[date]] = defaultdict(set)
        for day in days:
            by_year[day.year].add(day)
        source = document.source
        refusals = []
        doubled = next((day for day, count in sorted(days.items()) if count > 1), None)
        if doubled is not None:
            refusals.append(
                Refusal(
                    source.place(),
                    RefusalReason.UNREADABLE,
                    f"「{source.name}」的日曆表中 {doubled} 出現兩次，整個檔案未匯入，"
                    "請向行政院人事行政總處重新下載。",
                )
            )
        for year, known in sorted(by_year.items()):
            whole = set(days_between(date(year, 1, 1), date(year, 12, 31)))
            missing = sorted(whole - known)
            if missing:
                refusals.append(
                    Refusal(
                        source.place(),
                        RefusalReason.UNREADABLE,
                        f"「{source.name}」的日曆表缺少 {year} 年的 {len(missing)} 天"
                        f"（如 {missing[0]}），整個檔案未匯入，請下載完整的日曆表。",
                    )
                )
        return refusals
