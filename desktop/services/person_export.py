"""Everything about one person in one archive: data, a workbook, originals, what was printed.

What somebody is given who asks what the office holds about them (個人資料保護法 第3條、第10條).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.accounts import AccountRole
from desktop.domain.changes import Area, ChangeSet
from desktop.domain.masking import masked_identity_numbers
from desktop.domain.moments import roc_date
from desktop.exports.table_model import (
    CellKind,
    Column,
    Row,
    SheetContent,
    TableContent,
    WorkbookContent,
)
from desktop.exports.xlsx_writer import write_xlsx
from desktop.services.office import Office
from desktop.services.person_words import COLUMN_WORDS, ONLY_IN_JSON, TABLE_WORDS
from desktop.store import NotStoredError
from desktop.store.person_data import PersonFile

_ACT = "匯出個人資料"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_WIDTH = 16.0
_Table = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PersonExport:
    """An archive about one person.

    Attributes:
        file_name: What to call it.
        content: The zip's bytes.
        change: Nothing but the entry in the trail.
        withheld: Files left out because they tell of others too.
    """

    file_name: str
    content: bytes
    change: ChangeSet
    withheld: tuple[str, ...]


def export_person(office: Office, employee_id: str) -> PersonExport:
    """Put together everything that the office holds about one person; the trail says so.

    Identity numbers are masked in data and workbook unless a head is at work. Originals are as
    they were handed in; one that tells of others too is left out, by name, and its rows about
    this person stand in the data.

    Args:
        office: The open office.
        employee_id: Whose data.

    Raises:
        NotStoredError: When nothing is held about such a person.
        ReadOnlyError: When who is at work may only look.
    """
    with office.store.writing(_ACT) as writer:
        tables = writer.person_tables(employee_id)
        if not tables:
            raise NotStoredError(f"沒有 {employee_id} 的任何資料，沒有匯出；請確認人員代號。")
        files = writer.person_files(employee_id)
        papers = writer.person_papers(employee_id)
        agency, _ = office.agency(writer)
        originals = [
            (one, writer.file_bytes(one.digest)) for one in files if not one.tells_of_others
        ]
        counts = {name: len(rows) for name, rows in tables.items()}
        writer.audit(_ACT, employee_id, {"files": len(originals), "rows": counts})
    now = office.clock()
    is_masked = office.role is not AccountRole.HEAD
    withheld = tuple(one.name for one in files if one.tells_of_others)
    shown = masked_identity_numbers if is_masked else str
    data = {name: [_parsed(row) for row in rows] for name, rows in tables.items()}
    text = shown(
        json.dumps({"employee_id": employee_id, "tables": data}, ensure_ascii=False, indent=1)
    )
    parts: list[tuple[str, bytes]] = [
        (
            "說明.txt",
            _explanation(office, employee_id, tables, originals, withheld, now).encode("utf-8-sig"),
        ),
        ("資料.json", text.encode()),
        ("資料.xlsx", _workbook(agency.name, office.actor, employee_id, tables, now, is_masked)),
    ]
    parts += [(f"原始檔/{one.digest[:8]}_{_safe(one.name)}", held) for one, held in originals]
    parts += [(f"已印文件/{number}.json", _frozen(frozen, is_masked)) for number, frozen in papers]
    return PersonExport(
        file_name=f"{_safe(employee_id)}_個人資料_{now:%Y%m%d}.zip",
        content=_zipped(parts, now),
        change=ChangeSet(_ACT, frozenset[Area](), frozenset({employee_id})),
        withheld=withheld,
    )


def _parsed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what is stored as JSON text opened."""
    found = dict(row)
    for name in ONLY_IN_JSON & found.keys():
        if isinstance(found[name], str) and found[name][:1] in "[{" and found[name]:
            found[name] = json.loads(found[name])
    return found


def _workbook(
    agency: str,
    author: str,
    employee_id: str,
    tables: Mapping[str, _Table],
    now: datetime,
    is_masked: bool,
) -> bytes:
    shown = masked_identity_numbers if is_masked else str
    sheets = []
    for name, rows in tables.items():
        title = TABLE_WORDS.get(name, name)
        # Of an entry that names others too, less is told: not every row has every column.
        named = dict.fromkeys(key for row in rows for key in row)
        keys = [key for key in named if key in COLUMN_WORDS]
        columns = tuple(Column(key, COLUMN_WORDS[key], CellKind.TEXT, _WIDTH) for key in keys)
        cells = tuple(Row(tuple(shown(_cell(row.get(key))) for key in keys)) for row in rows)
        lines = (f"{employee_id}　共 {len(rows):,} 列", "日期與時間照資料檔所存（西元）。")
        sheets.append(
            SheetContent(title, f"{agency}{title}", lines, (TableContent(name, columns, cells),))
        )
    return write_xlsx(
        WorkbookContent(
            title=f"{employee_id} 個人資料",
            author=author,
            created=now,
            footer=f"製表 {roc_date(now.date())}　{author}",
            sheets=tuple(sheets),
        )
    )


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _frozen(frozen: bytes, is_masked: bool) -> bytes:
    if not is_masked:
        return frozen
    return masked_identity_numbers(frozen.decode("utf-8", errors="replace")).encode()


def _explanation(
    office: Office,
    employee_id: str,
    tables: Mapping[str, _Table],
    originals: Sequence[tuple[PersonFile, bytes]],
    withheld: Sequence[str],
    now: datetime,
) -> str:
    is_masked = office.role is not AccountRole.HEAD
    lines = [
        f"{employee_id} 的個人資料",
        f"匯出：{roc_date(now.date())} {now:%H:%M}　{office.actor}",
        "",
        "資料.json　每一個資料表的全部欄位；資料.xlsx　同樣的資料，供閱讀。",
        "原始檔　交來的檔案，內容未更動；已印文件　每份文件凍結的內容。",
        "資料與活頁簿中的身分證統一編號已遮蔽末四碼；主管匯出才有全碼。"
        if is_masked
        else "由主管匯出，身分證統一編號未遮蔽。",
        "沒有個人歸屬的逐筆決定不在內；備份檔不在內。",
        "",
        *(f"{TABLE_WORDS.get(name, name)}　{len(rows):,} 列" for name, rows in tables.items()),
        "",
        f"附上的原始檔 {len(originals)} 個。",
    ]
    if withheld:
        lines.append("下列檔案也有別人的資料，沒有附上；屬於本人的列都在資料裡：")
        lines += [f"　{name}" for name in withheld]
    return "\r\n".join(lines) + "\r\n"


def _safe(name: str) -> str:
    return _NOT_IN_NAMES.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .") or "檔案"


def _zipped(parts: Iterable[tuple[str, bytes]], now: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
