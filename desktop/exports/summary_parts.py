"""What several sheets of the supervisors' workbook share: heading lines, place of evidence."""

from __future__ import annotations

from desktop.exports.content import EvidencePlace, SummaryContent
from desktop.exports.roc_text import roc_date
from desktop.exports.table_model import CellKind, CellValue, Column

PLACE_COLUMNS = (
    Column("file", "來源檔案", CellKind.TEXT, 18),
    Column("page", "頁", CellKind.LABEL, 8),
    Column("row", "列", CellKind.LABEL, 6),
)


def heading_lines(content: SummaryContent) -> tuple[str, ...]:
    """Return the lines under a sheet's heading: the plan and the day, and the units chosen."""
    line = f"計畫：{content.plan_title}　　基準日：{roc_date(content.as_of)}"
    return (line, f"單位：{content.scope}") if content.scope else (line,)


def place_cells(place: EvidencePlace) -> tuple[CellValue, ...]:
    """Return the values of the place columns."""
    return (place.file, place.page, place.row)


def sentences(parts: tuple[str, ...]) -> str:
    """Join sentences, one a line, so that several reasons don't run together."""
    return "\n".join(parts)
