"""敘獎建議名冊 as tables: one flat table with filters, and the list grouped by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop.exports.content import (
    AWARDS_JOINED,
    CommendationEntry,
    CommendationListContent,
    NotCommendedEntry,
)
from desktop.exports.roc_text import roc_date, roc_moment
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    Column,
    Formula,
    Row,
    RowRole,
    SheetContent,
    TableContent,
    WorkbookContent,
)

_SEALS = ("　" * 16).join(("承辦人：", "人事主管：", "機關首長："))

COMMENDATION_COLUMNS = (
    Column("number", "序號", CellKind.LABEL, 6),
    Column("unit", "服務機關／單位", CellKind.TEXT, 20),
    Column("title", "職稱", CellKind.TEXT, 14),
    Column("name", "姓名", CellKind.LABEL, 13),
    Column("rank", "官職等", CellKind.TEXT, 16),
    Column("reason", "獎懲事由", CellKind.TEXT, 40),
    Column("award", "擬獎懲額度", CellKind.LABEL, 22),
    Column("clause", "法令依據（條款）", CellKind.TEXT, 28),
    Column("remark", "備註", CellKind.TEXT, 18),
)


def commendation_table(entries: Sequence[CommendationEntry], name: str) -> TableContent:
    """Lay out the people put forward as one table with filters and a total."""
    rows = [_entry_row(number, entry) for number, entry in enumerate(entries, start=1)]
    if entries:
        rows.append(_count_row("合計", RowRole.TOTAL, entries, (0, len(entries) - 1)))
    return TableContent(name, COMMENDATION_COLUMNS, tuple(rows))


def grouped_commendation_table(entries: Sequence[CommendationEntry], name: str) -> TableContent:
    """Lay out the people put forward by unit, with a subtotal a unit and a total.

    Units stand in the order of their first entry; 序號 runs on over the units. Subtotals between
    the rows rule out filters, so this one is a printed list rather than a real table.
    """
    by_unit: dict[str, list[CommendationEntry]] = {}
    for entry in entries:
        by_unit.setdefault(entry.unit, []).append(entry)
    rows: list[Row] = []
    number = 0
    for unit, members in by_unit.items():
        first = len(rows)
        for entry in members:
            number += 1
            rows.append(_entry_row(number, entry))
        span = (first, len(rows) - 1)
        rows.append(_count_row(f"{unit or '（未填單位）'}小計", RowRole.SUBTOTAL, members, span))
    if entries:
        span = (0, len(rows) - 1)
        rows.append(_count_row("合計", RowRole.TOTAL, entries, span))
    return TableContent(name, COMMENDATION_COLUMNS, tuple(rows), is_filterable=False)


def commendation_list_workbook(content: CommendationListContent) -> WorkbookContent:
    """Describe the workbook of the commendation list."""
    title = f"{content.agency}敘獎建議名冊"
    return WorkbookContent(
        title=title,
        author=content.created_by,
        created=content.created,
        footer=f"製表 {roc_moment(content.created)}　{content.created_by}",
        sheets=(
            SheetContent(
                title="敘獎建議名冊",
                heading=title,
                lines=(
                    f"計畫：{content.plan_title}",
                    f"認定基準日：{roc_date(content.as_of)}",
                ),
                tables=(grouped_commendation_table(content.entries, "CommendationList"),),
                notes=(
                    *content.notes,
                    "",
                    _SEALS,
                ),
            ),
            *((_others_sheet(content),) if content.others else ()),
        ),
    )


def _others_sheet(content: CommendationListContent) -> SheetContent:
    """Describe 未獲敘獎名單: a row a person, with the reason and what it rests on."""
    columns = (
        Column("number", "序號", CellKind.LABEL, 6),
        Column("unit", "服務機關／單位", CellKind.TEXT, 20),
        Column("title", "職稱", CellKind.TEXT, 14),
        Column("name", "姓名", CellKind.LABEL, 13),
        Column("rank", "官職等", CellKind.TEXT, 16),
        Column("cause", "類別", CellKind.TEXT, 16),
        Column("reason", "未獲敘獎原因", CellKind.TEXT, 52),
        Column("clause", "依據", CellKind.TEXT, 20),
        Column("remark", "備註", CellKind.TEXT, 18),
    )
    rows = tuple(_other_row(number, one) for number, one in enumerate(content.others, start=1))
    return SheetContent(
        title="未獲敘獎名單",
        heading=f"{content.agency}未獲敘獎名單（共 {len(rows)} 人）",
        lines=(
            f"計畫：{content.plan_title}",
            f"認定基準日：{roc_date(content.as_of)}",
        ),
        tables=(TableContent("NotCommended", columns, rows),),
        frozen_columns=4,
        notes=("", _SEALS),
    )


def _other_row(number: int, one: NotCommendedEntry) -> Row:
    return Row(
        (
            number,
            one.unit,
            one.title,
            one.name,
            one.rank,
            one.cause,
            one.reason,
            one.clause,
            one.remark,
        )
    )


def _entry_row(number: int, entry: CommendationEntry) -> Row:
    return Row(
        (
            number,
            entry.unit,
            entry.title,
            entry.name,
            entry.rank,
            entry.reason,
            entry.award,
            entry.clause,
            entry.remark,
        )
    )


def _count_row(
    label: str,
    role: RowRole,
    entries: Sequence[CommendationEntry],
    span: tuple[int, int],
) -> Row:
    """Count people and each kind of award over the rows of `span`, as formulas."""
    counts = Counter(award for entry in entries for award in entry.awards)
    awards = tuple(counts)
    # Only entries carry a number in 序號, so the total may span the subtotals.
    people = Formula("COUNT({number})", len(entries), span, unit="人")
    parts: list[str] = []
    for index in range(len(awards)):
        # FIND compares exactly: COUNTIF would read signs such as * and < in the award's words.
        found = f'FIND({{sought_{index}}};"{AWARDS_JOINED}"&{{award}}&"{AWARDS_JOINED}")'
        parts.append(f'{{award_{index}}}&" "&SUMPRODUCT(ISNUMBER({found})*1)&" 人次"')
    words = "；".join(f"{award} {count} 人次" for award, count in counts.items())
    literals = tuple(
        literal
        for index, award in enumerate(awards)
        for literal in (
            (f"award_{index}", award),
            (f"sought_{index}", AWARDS_JOINED + award + AWARDS_JOINED),
        )
    )
    awarded = Formula('&"；"&'.join(parts), words, span, literals)
    cells: list[CellValue] = [None] * len(COMMENDATION_COLUMNS)
    cells[1], cells[3], cells[6] = label, people, awarded
    return Row(tuple(cells), role)
