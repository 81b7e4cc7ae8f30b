"""What a workbook must not be before it is opened: a bomb, a macro, a reach outside, a lie.

Only stored values are ever read; these checks make sure that the stored values are all there is.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import ReadingError, Source

MAX_UNPACKED = 200_000_000
MAX_PARTS = 5_000
MAX_RATIO = 100
RATIO_FROM = 20_000_000
MAX_CELL_AREA = 20_000_000
_XML_ENDINGS = (".xml", ".rels", ".vml")

_FORBIDDEN_MARKS = (b"<!doctype", b"<!entity")
# A sheet is known by what it holds: its name is the workbook's to choose.
_SHEET = re.compile(rb"<(?:\w+:)?sheetData[\s>]")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.S)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?v>)", re.S)
# Another workbook, a DDE server, a function that fetches: anything but this file's own cells.
_OUTSIDE = re.compile(
    rb"'[^']{0,300}\[[^\]']{1,300}\][^']{0,300}'!|\[[^\]]{1,300}\][^!\s+\-*/(),;=&<>]{0,100}!|\||"
    rb"\b(?:DDE|WEBSERVICE|RTD|CALL|REGISTER\.ID|IMPORTDATA|IMPORTXML)\s*\(|"
    rb"file://|https?://|\\\\",
    re.I,
)
_QUOTED = re.compile(rb"\"[^\"]*\"|&quot;.*?&quot;", re.S)
_ODS_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell\b([^>]*table:formula=\"([^\"]*)\"[^>]*?)(/?)>", re.S
)
_ODS_REPEAT = re.compile(rb"number-(rows|columns)-repeated\s*=\s*[\"'](\d{1,12})[\"']")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.S)
_ODS_FILLED = re.compile(rb"<table:table-cell\b([^>]*)>")
_ODS_MAX_REPEAT = 1_048_576


def guard_package(source: Source, data: bytes) -> None:
    """Refuse a zip package that is broken, encrypted, a bomb or hostile.

    Raises:
        ReadingError: With the reason and a sentence.
    """
    parts = _unpacked(source, data)
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = [name.lower() for name in package.namelist()]
    if any(
        "encryption-data" in _head(parts[name]) for name in parts if name.endswith("manifest.xml")
    ):
        raise ReadingError(
            RefusalReason.ENCRYPTED, f"「{source.name}」設有密碼，無法開啟，請先解除密碼再匯入。"
        )
    if any("vbaproject" in name or "/macrosheets/" in name for name in names) or any(
        name.startswith(("basic/", "scripts/")) for name in names
    ):
        raise _hostile(source, "含有巨集，基於安全沒有開啟，請另存為不含巨集的 xlsx 再匯入。")
    for folder, program in (("word/", "Word"), ("ppt/", "PowerPoint")):
        if any(name.startswith(folder) for name in names):
            raise ReadingError(
                RefusalReason.NOT_RECOGNISED,
                f"「{source.name}」是 {program} 文件，未匯入，請改附試算表、網頁或列印的 PDF。",
            )
    for name, part in parts.items():
        if name.lower().endswith(_XML_ENDINGS):
            _guard_markup(source, part)
    if any(name.startswith("xl/externallinks/") and name.endswith(".xml") for name in names):
        raise _hostile(
            source, "含有連到其他檔案的外部連結，沒有匯入，請先中斷連結、改貼成值再匯入。"
        )
    for name, part in parts.items():
        if name.lower().startswith("xl/") and _SHEET.search(part):
            _guard_sheet(source, part)
        elif name.lower() == "content.xml":
            _guard_ods(source, part)
    if any(name.endswith("workbook.bin") for name in names):
        raise ReadingError(
            RefusalReason.NOT_RECOGNISED,
            f"「{source.name}」是二進位活頁簿（xlsb），請另存為 xlsx 再匯入。",
        )


def _unpacked(source: Source, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            total = sum(part.file_size for part in parts)
            if (
                len(parts) > MAX_PARTS
                or total > MAX_UNPACKED
                or (total > RATIO_FROM and total > MAX_RATIO * len(data))
            ):
                raise _hostile(
                    source,
                    f"解開後會膨脹到 {total // 1_000_000} MB，疑似壓縮炸彈，沒有開啟，"
                    "請向提供者索取正常的檔案。",
                )
            if any(part.flag_bits & 1 for part in parts):
                raise ReadingError(
                    RefusalReason.ENCRYPTED,
                    f"「{source.name}」設有密碼，無法開啟，請先解除密碼再匯入。",
                )
            return {
                part.filename: package.read(part)
                for part in parts
                if part.filename.lower().endswith((*_XML_ENDINGS, ".bin"))
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」已損壞，無法解開，沒有匯入任何資料，請重新取得檔案再匯入。",
        ) from error


def _head(part: bytes) -> str:
    return part[:200_000].decode("utf-8", "replace")


def _hostile(source: Source, words: str) -> ReadingError:
    return ReadingError(RefusalReason.HOSTILE, f"「{source.name}」{words}")


def _guard_markup(source: Source, part: bytes) -> None:
    """XML with a document type may declare entities that reach into this machine."""
    if b"\x00" in part[:200]:
        part = part.replace(b"\x00", b"")  # UTF-16: the marks are ASCII
    head = part[:4_096].lower()
    if any(mark in head for mark in _FORBIDDEN_MARKS) or b"<!ENTITY" in part:
        raise _hostile(source, "的內容夾帶外部實體宣告，基於安全沒有開啟，請重新存檔再匯入。")


def _guard_sheet(source: Source, part: bytes) -> None:
    rows, columns = 0, 0
    for found in _CELL.finditer(part):
        place = _REFERENCE.search(found[1])
        if place is None:
            continue
        rows = max(rows, int(place[2]))
        columns = max(columns, _column_number(place[1]))
    if rows * columns > MAX_CELL_AREA:
        raise ReadingError(
            RefusalReason.TOO_LARGE,
            f"「{source.name}」的資料範圍達 {rows} 列 {columns} 欄，過大而未匯入，"
            "請刪去多餘的空白列與欄再匯入。",
        )
    if not _HAS_FORMULA.search(part):
        return
    for found in _CELL.finditer(part):
        if found[2]:
            continue
        end = _CELL_END.search(part, found.end())
        body = part[found.end() : end.start() if end else len(part)]
        if _HAS_FORMULA.search(body):
            _guard_formula(source, found[1], body)


def _guard_formula(source: Source, attributes: bytes, body: bytes) -> None:
    place = _REFERENCE.search(attributes)
    where = (place[1] + place[2]).decode("ascii") if place else "某處"
    formula = _FORMULA.search(body)
    # What stands in quotation marks is text, an address under HYPERLINK for one.
    words = _QUOTED.sub(b"", formula[1]) if formula and formula[1] else b""
    if _OUTSIDE.search(words):
        raise _hostile(source, f"儲存格 {where} 的公式會連到檔案以外，沒有匯入，請改貼成值再匯入。")
    value = _VALUE.search(body)
    is_text = re.search(rb"\bt\s*=\s*[\"']str[\"']", attributes) is not None
    if value is None or (not is_text and not (value[1] or b"").strip()):
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」儲存格 {where} 是沒有計算結果的公式，整個檔案未匯入，"
            "請用試算表軟體開啟存檔或改貼成值再匯入。",
        )
    if re.search(rb"\bt\s*=\s*[\"']e[\"']", attributes):
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」儲存格 {where} 的公式結果是錯誤值，整個檔案未匯入，"
            "請修正公式或改貼成值再匯入。",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _guard_ods(source: Source, part: bytes) -> None:
    if b"<table:dde-link" in part or b"<office:dde-source" in part:
        raise _hostile(source, "含有 DDE 連結，沒有匯入，請改貼成值再匯入。")
    for repeat in _ODS_REPEAT.finditer(part):
        if int(repeat[2]) > _ODS_MAX_REPEAT:
            raise _hostile(source, "宣告了不可能的重複列數，沒有開啟，請重新存檔再匯入。")
    area = 0
    for row in _ODS_ROW.finditer(part):
        width = sum(
            _repeated(cell[1]) for cell in _ODS_FILLED.finditer(row[2]) if b"value-type" in cell[1]
        )
        area += width * _repeated(row[1])
    if area > MAX_CELL_AREA:
        raise ReadingError(
            RefusalReason.TOO_LARGE,
            f"「{source.name}」的資料重複達 {area} 格，過大而未匯入，請刪去多餘的列與欄再匯入。",
        )
    for cell in _ODS_CELL.finditer(part):
        if _OUTSIDE.search(cell[2].replace(b"[.", b"").replace(b"[$", b"")):
            raise _hostile(source, "有公式會連到檔案以外，沒有匯入，請改貼成值再匯入。")
        if b"office:value-type=" not in cell[1] and b"calcext:value-type=" not in cell[1]:
            raise ReadingError(
                RefusalReason.UNREADABLE,
                f"「{source.name}」有沒有計算結果的公式，整個檔案未匯入，"
                "請用試算表軟體開啟存檔或改貼成值再匯入。",
            )


def _repeated(attributes: bytes) -> int:
    found = _ODS_REPEAT.search(attributes)
    return int(found[2]) if found else 1


def guard_ole(source: Source, data: bytes) -> None:
    """Refuse an old workbook that is encrypted or carries macros.

    Raises:
        ReadingError: With the reason and a sentence.
    """
    if _utf16("EncryptedPackage") in data:
        raise ReadingError(
            RefusalReason.ENCRYPTED, f"「{source.name}」設有密碼，無法開啟，請先解除密碼再匯入。"
        )
    if _utf16("_VBA_PROJECT") in data:
        raise _hostile(source, "含有巨集，基於安全沒有開啟，請另存為不含巨集的 xlsx 再匯入。")
    if _utf16("WordDocument") in data:
        raise ReadingError(
            RefusalReason.NOT_RECOGNISED,
            f"「{source.name}」是 Word 文件，請改附試算表、網頁或列印的 PDF。",
        )


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
