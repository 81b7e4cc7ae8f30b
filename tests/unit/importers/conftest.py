"""Small files of evidence, good and bad, built on the spot; all people are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

EPLUS_HEADINGS = [
    "No.",
    "課程類型",
    "課程名稱",
    "上課期間",
    "閱讀時數",
    "測驗",
    "問卷",
    "通過條件",
    "通過狀態",
    "認證時數",
    "終身學習時數上傳狀態",
    "終身學習時數上傳時間",
]
PERIOD = "2025-01-04 08:00:00~ 2025-01-04 09:00:00"

Rows = Sequence[Sequence[Any]]


def eplus_row(
    course: str = "雙軸轉型淨零港都 (PCENTER114100001)",
    period: Any = PERIOD,
    *,
    number: str = "1",
    state: str = "已通過",
    hours: Any = "1.0",
    reading: Any = "00:51:32",
) -> list[Any]:
    """One row of a 學習紀錄."""
    return [number, "開放式", course, period, reading, "100", "已填", "", state, hours, "成功", ""]


def xlsx(rows: Rows, *, sheet: str = "工作表1") -> bytes:
    """A workbook of one sheet."""
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def xlsx_of(workbook: openpyxl.Workbook) -> bytes:
    """A workbook's bytes."""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def csv(rows: Rows, *, encoding: str = "utf-8-sig", mark: str = ",") -> bytes:
    """A text sheet."""
    lines = (mark.join('"' + str(c).replace('"', '""') + '"' for c in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def page(rows: Rows, *, above: str = "", charset: str = "utf-8") -> bytes:
    """A saved page with one table."""
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return (
        f'<html><head><meta charset="{charset}"><title>學習紀錄</title></head><body>'
        f"<div>{above}</div><table>{body}</table></body></html>"
    ).encode(charset)


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A zip package with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in members.items():
            package.writestr(name, part)
    return out.getvalue()


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
    '<table:table table:name="工作表1">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods(rows: Rows, *, extra: str = "") -> bytes:
    """An OpenDocument sheet of texts, with more markup after its last cell."""
    markup = ""
    for index, row in enumerate(rows, 1):
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        more = extra if index == len(rows) else ""
        markup += f"<table:table-row>{cells}{more}</table:table-row>"
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<?xml version='1.0'?><m/>",
            "content.xml": _ODS.replace("{rows}", markup).encode(),
        }
    )


class Build:
    """The builders, for tests to take as one fixture."""

    headings = EPLUS_HEADINGS
    period = PERIOD
    row = staticmethod(eplus_row)
    xlsx = staticmethod(xlsx)
    csv = staticmethod(csv)
    ods = staticmethod(ods)
    page = staticmethod(page)
    repacked = staticmethod(repacked)
    archive = staticmethod(archive)


@pytest.fixture(scope="session")
def build() -> type[Build]:
    return Build
