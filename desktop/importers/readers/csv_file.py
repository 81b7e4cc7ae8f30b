"""Sheets saved as text: comma, semicolon or tab between the cells, UTF-8 or Big5."""

from __future__ import annotations

import csv
import io
import re

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import Document, GridRow, ReadingError, Source, Table
from desktop.importers.readers.decoding import decode

MAX_ROWS = 500_000
MAX_COLUMNS = 2_000
_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'="([^"]*)"')
_FORMULA = re.compile(r"=\s*[-+(@A-Za-z0-9$'\[]")
_OUTSIDE = re.compile(r"\||://|\[|\\|\b(?:DDE|WEBSERVICE|RTD|CALL)\s*\(", re.I)


def read_csv(source: Source, data: bytes) -> Document:
    """The one table of a text sheet.

    Raises:
        ReadingError: When it cannot be decoded, is malformed or is far too large.
    """
    decoded = decode(source.name, data)
    return read_csv_text(source, decoded.text, remarks=decoded.remarks)


def read_csv_text(source: Source, text: str, *, remarks: tuple[str, ...] = ()) -> Document:
    """The one table of decoded text; see ``read_csv``."""
    text = text.rstrip("\x1a\x00")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[GridRow] = []
    try:
        for number, cells in enumerate(reader, 1):
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise ReadingError(
                    RefusalReason.TOO_LARGE,
                    f"「{source.name}」超過 {MAX_ROWS} 列或 {MAX_COLUMNS} 欄，未匯入，"
                    "請分成幾個檔案再匯入。",
                )
            rows.append(GridRow(tuple(_value(source, cell, number) for cell in cells), number))
    except csv.Error as error:
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」第 {reader.line_num} 行的引號或欄位不完整，整個檔案未匯入，"
            "請修正或另存為 xlsx 再匯入。",
        ) from error
    return Document(source, (Table(tuple(rows)),), remarks=remarks)


def _value(source: Source, cell: str, number: int) -> str:
    """A cell's text; ``="0012"`` is how spreadsheets are told to keep the noughts.

    Raises:
        ReadingError: When it is any other formula: a text sheet stores no result of it.
    """
    text = cell.strip()
    if not text.startswith("="):
        return text
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        return quoted[1].strip()
    if not _FORMULA.match(text):
        return text
    reaches_outside = _OUTSIDE.search(text) is not None
    kind = "會連到檔案以外的公式" if reaches_outside else "沒有計算結果的公式"
    raise ReadingError(
        RefusalReason.HOSTILE if reaches_outside else RefusalReason.UNREADABLE,
        f"「{source.name}」第 {number} 列有{kind}，整個檔案未匯入，請改貼成值再匯入。",
    )


def _delimiter(text: str) -> str:
    """The delimiter that parts the first lines most evenly, a comma when none does."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))
