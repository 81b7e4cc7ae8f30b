"""What a long list shows, written into a file or for the clipboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from desktop.domain.changes import ChangeSet
from desktop.domain.moments import roc_moment
from desktop.exports import (
    ListSheetColumn,
    ListSheetContent,
    list_csv,
    write_list_ods,
    write_list_xlsx,
)
from desktop.exports.table_model import CellKind, CellValue
from desktop.services.listing import CellType, ListColumn, ListRow, ListSource, ListValue
from desktop.services.listing_words import as_tab_separated, length_words, plain_words
from desktop.services.office import Office
from desktop.services.progress import Progress, silent, step

MOST_COPIED = 100_000
MOST_IN_A_WORKBOOK = 50_000
_ROWS_A_STEP = 2_000
_KINDS = {CellType.NUMBER: CellKind.NUMBER, CellType.MOMENT: CellKind.MOMENT}
_PIXELS_A_SIGN = 7


class ListTooLongError(ValueError):
    """More rows than the clipboard or a workbook takes; carries a sentence for the clerk."""


def copied_text(
    source: ListSource,
    numbers: Sequence[int],
    columns: Sequence[str],
    *,
    has_headings: bool,
    report: Progress = silent,
) -> str:
    """Cells as a spreadsheet puts them on the clipboard.

    Args:
        source: The list.
        numbers: Of the rows, in order.
        columns: Names of the columns, in order.
        has_headings: Whether the headings come first.
        report: Hears how far it is; may ask to stop.

    Raises:
        ListTooLongError: When there are more rows than a clipboard takes.
        CancelledError: When asked to stop.
    """
    if len(numbers) > MOST_COPIED:
        raise ListTooLongError(
            f"選了 {len(numbers):,} 列，剪貼簿最多 {MOST_COPIED:,} 列，"
            "剪貼簿沒有更動；請改用「匯出」存成 CSV 檔。"
        )
    places, chosen = _columns(source, columns)
    lines = [[one.heading for one in chosen]] if has_headings else []
    for rows in _parts(source, numbers, report, "複製"):
        lines += [[plain_words(row.values[place]) for place in places] for row in rows]
    return as_tab_separated(lines)


def export_list(
    office: Office,
    source: ListSource,
    numbers: Sequence[int],
    columns: Sequence[str],
    path: Path,
    *,
    lines: Sequence[str] = (),
    report: Progress = silent,
) -> ChangeSet:
    """Write rows into a file; the export is itself an entry of the audit trail.

    Args:
        office: The open office.
        source: The list.
        numbers: Of the rows, in order.
        columns: Names of the columns, in order.
        path: Ends in ``.csv``, ``.xlsx`` or ``.ods``; a file that is there is replaced when the
            new one is whole.
        lines: What was asked for, for the head of a workbook.
        report: Hears how far it is; may ask to stop.

    Raises:
        ListTooLongError: When there are more rows than a workbook takes.
        CancelledError: When asked to stop; no file is left behind.
        OSError: When the file cannot be written.
    """
    is_csv = path.suffix.lower() == ".csv"
    if not is_csv and len(numbers) > MOST_IN_A_WORKBOOK:
        raise ListTooLongError(
            f"有 {len(numbers):,} 列，試算表檔最多 {MOST_IN_A_WORKBOOK:,} 列，沒有存檔；"
            "請改存 CSV 檔，或先篩選。"
        )
    part = path.with_name(path.name + ".part")
    try:
        if is_csv:
            _write_csv(source, numbers, columns, part, report)
        else:
            part.write_bytes(_workbook(office, source, numbers, columns, path, lines, report))
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    act = f"匯出{source.title}"
    with office.store.writing(act) as writing:
        writing.audit(act, "", {"entries": len(numbers)})
    return ChangeSet(act, frozenset())


def _columns(source: ListSource, names: Sequence[str]) -> tuple[list[int], list[ListColumn]]:
    places = {one.name: place for place, one in enumerate(source.columns)}
    return [places[name] for name in names], [source.columns[places[name]] for name in names]


def _parts(
    source: ListSource, numbers: Sequence[int], report: Progress, words: str
) -> Iterator[list[ListRow]]:
    for first in range(0, len(numbers), _ROWS_A_STEP):
        step(report, first, len(numbers), words)
        found = source.rows(numbers[first : first + _ROWS_A_STEP])
        yield [row for row in found if row is not None]


def _write_csv(
    source: ListSource,
    numbers: Sequence[int],
    columns: Sequence[str],
    path: Path,
    report: Progress,
) -> None:
    places, chosen = _columns(source, columns)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(list_csv([[one.heading for one in chosen]]))
        for rows in _parts(source, numbers, report, "匯出"):
            file.write(list_csv([plain_words(row.values[p]) for p in places] for row in rows))


def _workbook(
    office: Office,
    source: ListSource,
    numbers: Sequence[int],
    columns: Sequence[str],
    path: Path,
    lines: Sequence[str],
    report: Progress,
) -> bytes:
    places, chosen = _columns(source, columns)
    cells: list[tuple[CellValue, ...]] = []
    for rows in _parts(source, numbers, report, "匯出"):
        cells += [tuple(_cell(row.values[place]) for place in places) for row in rows]
    now = office.clock()
    content = ListSheetContent(
        title=source.title,
        created=now,
        created_by=office.clerk or office.actor,
        lines=(f"{len(cells):,} 列，{roc_moment(now)}", *lines),
        columns=tuple(
            ListSheetColumn(
                one.heading, _KINDS.get(one.type, CellKind.TEXT), max(one.width / _PIXELS_A_SIGN, 8)
            )
            for one in chosen
        ),
        rows=tuple(cells),
    )
    write = write_list_ods if path.suffix.lower() == ".ods" else write_list_xlsx
    return write(content)


def _cell(value: ListValue) -> CellValue:
    if isinstance(value, timedelta):
        return length_words(value)
    if isinstance(value, (Decimal, datetime, date, str)) or value is None:
        return value
    return plain_words(value) if isinstance(value, bool) else value
