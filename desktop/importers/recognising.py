"""Which kind a document is: exactly one importer must claim it, else the clerk is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import EvidenceKind, Extraction, Refusal, RefusalReason
from desktop.domain.text import matching_key
from desktop.importers.base import TableImporter
from desktop.importers.document import Document
from desktop.importers.mapping import extract_by_profile
from desktop.importers.registry import IMPORTERS
from desktop.importers.split_headings import with_joined_headings
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


_MAPPABLE = frozenset(
    {RefusalReason.NOT_RECOGNISED, RefusalReason.NO_COLUMNS, RefusalReason.AMBIGUOUS_KIND}
)
_OFFER = "也可以在匯入頁用「對應欄位」指定每一欄是什麼"


def extract(
    document: Document,
    *,
    expected: EvidenceKind | None = None,
    profiles: Sequence[ColumnProfile] = (),
) -> Extraction:
    """What the document holds, by its headings' profile or by the one importer that claims it.

    Args:
        document: One file as read.
        expected: The kind that the clerk or the command line says it is.
        profiles: How headings of unknown shape are read; what the clerk confirmed goes first.
    """
    if document.has_optical_tables:
        # Nobody maps a picture, whose headings may be misread, and two rows would lose their boxes.
        return _recognised(document, expected)
    by_profile = extract_by_profile(document, profiles, expected=expected)
    if by_profile is not None:
        return by_profile
    # The upper of two rows of headings alone may look like a kind's: both together say more.
    joined = with_joined_headings(document)
    found = _recognised(joined, expected) if joined is not None else None
    return (
        found if found is not None and found.kind is not None else _recognised(document, expected)
    )


def _recognised(document: Document, expected: EvidenceKind | None) -> Extraction:
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
                    f"請分成不同檔案，或在匯入時指定種類{_offer(document)}。"
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


def may_be_mapped(document: Document) -> bool:
    """Whether the document holds a table whose columns a person can name; pictures hold none.

    A heading misread in a picture would name its column wrongly.
    """
    return not document.has_optical_tables and any(
        sum(sum(cell != "" for cell in row.cells) > 1 for row in table.rows) > 1
        for table in document.tables
    )


def _offer(document: Document) -> str:
    return f"，{_OFFER}" if may_be_mapped(document) else ""


def _refused(document: Document, fault: tuple[RefusalReason, str]) -> Extraction:
    source = document.source
    return Extraction(
        source.digest,
        source.name,
        None,
        refusals=(Refusal(source.place(), *fault),),
        remarks=document.remarks,
        may_be_mapped=fault[0] in _MAPPABLE and may_be_mapped(document),
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
    nearness = _nearness(document, importer)
    if nearness.found:
        return RefusalReason.NO_COLUMNS, _lacking(document, nearness)
    return (
        RefusalReason.NO_COLUMNS,
        (
            f"「{name}」的前 {HEADER_ROWS} 列找不到{expected.words}的欄位標題，未匯入，"
            f"請確認標題列有：{'、'.join(group[0].value for group in importer.layout.required)}"
            f"{_offer(document)}。"
        ),
    )


def _nobodys(document: Document) -> tuple[RefusalReason, str]:
    name = document.source.name
    text = f"{document.title}\n{document.text}"
    nearest = nearest_kind(document)
    if nearest is not None and nearest.found >= _MOSTLY:
        return RefusalReason.NO_COLUMNS, _lacking(document, nearest)
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
    guess = f"看起來最像{nearest.words}，" if nearest is not None and nearest.found > 1 else ""
    return (
        RefusalReason.NOT_RECOGNISED,
        (
            f"「{name}」沒有這套程式認得的欄位標題（例如課程名稱、上課期間），{guess}未匯入，"
            f"請確認是學習紀錄、名冊或差勤等資料{_offer(document)}。"
        ),
    )


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a document comes to a kind.

    Attributes:
        kind: The kind.
        found: How many of the kind's columns its best row of headings has.
        headings: How many headings that row has.
        missing: Columns without which it is not of the kind.
    """

    kind: EvidenceKind
    found: int
    headings: int
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """The guess in words: ``差勤紀錄（10 欄有 7 欄相符）``."""
        return f"{self.kind.words}（{self.headings} 欄有 {self.found} 欄相符）"


def nearest_kind(document: Document) -> Nearness | None:
    """The kind whose columns the document has most of; None when it has none of any."""
    near = [_nearness(document, importer) for importer in IMPORTERS]
    best = max(near, key=lambda one: (one.found, -len(one.missing)))
    return best if best.found else None


def _nearness(document: Document, importer: TableImporter) -> Nearness:
    """How many of the importer's columns the best row of headings has, and what it lacks."""
    best = Nearness(
        importer.kind, 0, 0, tuple(group[0].value for group in importer.layout.required)
    )
    for table in document.tables:
        for row in table.rows[:HEADER_ROWS]:
            places = importer.layout.some_columns(row)
            if len(places) > best.found:
                best = Nearness(
                    importer.kind,
                    len(places),
                    sum(cell != "" for cell in row.cells),
                    tuple(column.value for column in importer.layout.missing(places)),
                )
    return best


def _lacking(document: Document, nearness: Nearness) -> str:
    columns = "、".join(f"「{column}」" for column in nearness.missing) or "必要欄位"
    return (
        f"「{document.source.name}」像是{nearness.words}，但缺少{columns}欄，未匯入任何資料，"
        f"請補上該欄，或以較寬的紙張重新列印後再匯入{_offer(document)}。"
    )
