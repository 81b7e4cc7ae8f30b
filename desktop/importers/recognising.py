"""Which kind a document is: exactly one importer must claim it."""

from __future__ import annotations

import re

from desktop.domain.evidence import EvidenceKind, Extraction, Refusal, RefusalReason
from desktop.domain.text import matching_key
from desktop.importers.base import TableImporter
from desktop.importers.document import Document
from desktop.importers.registry import IMPORTERS
from desktop.importers.tabulation import HEADER_ROWS

OPTICAL_KINDS = frozenset({EvidenceKind.EPLUS_RECORD, EvidenceKind.PORTAL_HOURS})
"""Kinds that are taken from a picture; anything else needs its original file."""
_LOGIN = re.compile(
    r"帳號[\s\S]{0,200}密碼|尚未登入|請重新登入|請先登入|會員登入|閒置過久|重新登入|忘記密碼"
)
_NOT_FOUND = re.compile(
    r"404|找不到(?:網頁|頁面)|無法連上|系統維護|服務暫停|Internal Server Error", re.I
)
_MOSTLY = 3
"""Headings of a kind from which a file counts as a damaged one of that kind."""


def extract(document: Document, *, expected: EvidenceKind | None = None) -> Extraction:
    """What the document holds, by the one importer that claims it.

    Args:
        document: One file as read.
        expected: The kind that the clerk or the command line says it is.
    """
    claimants = [importer for importer in IMPORTERS if importer.identify(document)]
    if expected is not None:
        mine = [importer for importer in claimants if importer.kind is expected]
        if mine:
            return _extracted(document, mine[0])
        return _refused(document, _not_as_expected(document, claimants, expected))
    if len(claimants) == 1:
        return _extracted(document, claimants[0])
    if claimants:
        names = "與".join(importer.kind.words for importer in claimants)
        return _refused(
            document,
            (
                RefusalReason.AMBIGUOUS_KIND,
                (
                    f"「{document.source.name}」同時符合{names}的格式，無法判定是哪一種，未匯入，"
                    "請分成不同檔案，或在匯入時指定種類。"
                ),
            ),
        )
    return _refused(document, _nobodys(document))


def _extracted(document: Document, importer: TableImporter) -> Extraction:
    """What the importer reads; of pictures only the kinds whose rows can carry a doubt."""
    if document.has_optical_tables and importer.kind not in OPTICAL_KINDS:
        return _refused(
            document,
            (
                RefusalReason.NOT_RECOGNISED,
                (
                    f"「{document.source.name}」是{importer.kind.words}的圖片，這類資料差一個字就會"
                    "影響判斷，不能從圖片匯入，請改用原來的試算表或 CSV 檔。"
                ),
            ),
        )
    return importer.extract(document)


def _refused(document: Document, fault: tuple[RefusalReason, str]) -> Extraction:
    source = document.source
    return Extraction(
        source.digest,
        source.name,
        None,
        refusals=(Refusal(source.place(), *fault),),
        remarks=document.remarks,
    )


def _not_as_expected(
    document: Document, claimants: list[TableImporter], expected: EvidenceKind
) -> tuple[RefusalReason, str]:
    name = document.source.name
    if claimants:
        return (
            RefusalReason.NOT_RECOGNISED,
            (
                f"「{name}」看起來是{claimants[0].kind.words}，不是{expected.words}，未匯入，"
                "請確認選對了檔案。"
            ),
        )
    importer = next(importer for importer in IMPORTERS if importer.kind is expected)
    found, missing = _nearest(document, importer)
    if found:
        return RefusalReason.NO_COLUMNS, _lacking(name, importer, missing)
    return (
        RefusalReason.NO_COLUMNS,
        (
            f"「{name}」的前 {HEADER_ROWS} 列找不到{expected.words}的欄位標題，未匯入，"
            f"請確認標題列有：{'、'.join(group[0].value for group in importer.layout.required)}。"
        ),
    )


def _nobodys(document: Document) -> tuple[RefusalReason, str]:
    name = document.source.name
    text = f"{document.title}\n{document.text}"
    scored = [(importer, *_nearest(document, importer)) for importer in IMPORTERS]
    importer, found, missing = max(scored, key=lambda item: (item[1], -len(item[2])))
    if found >= _MOSTLY:
        return RefusalReason.NO_COLUMNS, _lacking(name, importer, missing)
    if _LOGIN.search(text) or matching_key(document.title).startswith("登入"):
        return (
            RefusalReason.NOT_RECOGNISED,
            f"「{name}」是登入頁面，不是學習紀錄，請登入後重新列印或另存再匯入。",
        )
    if _NOT_FOUND.search(text) and len(text) < 2_000:
        return (
            RefusalReason.NOT_RECOGNISED,
            f"「{name}」是網站的錯誤頁面，不是學習紀錄，請重新開啟網頁列印後再匯入。",
        )
    if not document.tables and not text.strip():
        return RefusalReason.EMPTY, f"「{name}」沒有任何內容，請確認檔案後重新匯入。"
    return (
        RefusalReason.NOT_RECOGNISED,
        (
            f"「{name}」沒有這套程式認得的欄位標題（例如課程名稱、上課期間），未匯入，"
            "請確認是學習紀錄、名冊或差勤等資料。"
        ),
    )


def _nearest(document: Document, importer: TableImporter) -> tuple[int, list[str]]:
    """How many of the importer's columns the best row of headings has, and what it lacks."""
    best, missing = 0, [group[0].value for group in importer.layout.required]
    for table in document.tables:
        for row in table.rows[:HEADER_ROWS]:
            places = importer.layout.some_columns(row)
            if len(places) > best:
                best = len(places)
                missing = [column.value for column in importer.layout.missing(places)]
    return best, missing


def _lacking(name: str, importer: TableImporter, missing: list[str]) -> str:
    columns = "、".join(f"「{column}」" for column in missing) or "必要欄位"
    return (
        f"「{name}」像是{importer.kind.words}，但缺少{columns}欄，未匯入任何資料，"
        "請補上該欄，或以較寬的紙張重新列印後再匯入。"
    )
