"""The long lists of the office: learning records and the audit trail."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desktop.domain.evidence import KIND_WORDS, LEARNING_KINDS, EvidenceKind, RefusalReason
from desktop.services.auditing import audit_line_of, audit_names
from desktop.services.listing import CellType, ListColumn, ListRow, StoreList
from desktop.services.office import Office
from desktop.store.browse_tables import AUDIT, RECORDS
from desktop.store.values import AuditEntry

_YES_NO = MappingProxyType({True: "是", False: "否"})
_STATES = MappingProxyType(
    {
        "": "已知人員",
        RefusalReason.PERSON_UNKNOWN.value: "待指定人員",
        RefusalReason.PERSON_AMBIGUOUS.value: "同名待指定",
    }
)
_KINDS = MappingProxyType(
    {kind.value: KIND_WORDS[kind] for kind in EvidenceKind if kind in LEARNING_KINDS}
)
RECORD_COLUMNS = (
    ListColumn("employee_id", "人員代號", width=84),
    ListColumn("name", "姓名", width=84),
    ListColumn("unit", "單位", width=92),
    ListColumn("course", "課程", width=300),
    ListColumn("start", "起", CellType.MOMENT, width=148),
    ListColumn("end", "迄", CellType.MOMENT, width=148),
    ListColumn("hours", "認證時數", CellType.NUMBER, width=76, has_sum=True),
    ListColumn("reading", "閱讀時間", CellType.LENGTH, width=84, has_sum=True),
    ListColumn("passed", "通過狀態", width=76),
    ListColumn("kind", "證據", CellType.CHOICE, width=132, choices=_KINDS),
    ListColumn("file", "檔案", width=180),
    ListColumn("page", "頁", CellType.NUMBER, width=44),
    ListColumn("row", "列", CellType.NUMBER, width=44),
    ListColumn("imported", "匯入時間", CellType.MOMENT, width=148),
    ListColumn("state", "人員狀態", CellType.CHOICE, width=92, is_shown=False, choices=_STATES),
    ListColumn("course_code", "課程代碼", width=136, is_shown=False),
    ListColumn("score", "測驗", CellType.NUMBER, width=60, is_shown=False),
    ListColumn("questionnaire", "問卷", CellType.CHOICE, 60, is_shown=False, choices=_YES_NO),
    ListColumn("uploaded", "時數已上傳", CellType.CHOICE, 84, is_shown=False, choices=_YES_NO),
    ListColumn("category", "課程類別", width=92, is_shown=False),
    ListColumn("learning_type", "學習類別", width=92, is_shown=False),
    ListColumn("doubtful", "辨識存疑", CellType.CHOICE, 76, is_shown=False, choices=_YES_NO),
    ListColumn("sheet", "工作表", width=92, is_shown=False),
    ListColumn("import", "匯入批次", width=200, is_shown=False),
)
AUDIT_COLUMNS = (
    ListColumn("seq", "序號", CellType.NUMBER, width=64),
    ListColumn("at", "時間", CellType.MOMENT, width=148),
    ListColumn("actor", "誰", width=90),
    ListColumn("act", "做了什麼", width=160),
    ListColumn("subject", "對象", width=220),
    ListColumn("before", "之前", width=136),
    ListColumn("after", "之後", width=100),
    ListColumn("why", "理由", width=136),
    ListColumn("more", "其他", width=220, can_sort=False, can_filter=False),
    ListColumn("hash", "雜湊", width=160, is_shown=False),
    ListColumn("codes", "完整的代碼", width=200, can_sort=False, can_filter=False, is_shown=False),
)


def record_list(office: Office) -> StoreList:
    """Every learning row of an import that was not taken back, as it was read.

    Rows that wait for their person are among them. A row's subject is its person's id, None while
    nobody knows.
    """
    return StoreList(
        office,
        name="records",
        title="學習紀錄明細",
        table=RECORDS,
        columns=RECORD_COLUMNS,
        subject=lambda row: row["owner"],
    )


class _AuditList(StoreList):
    """The trail, its entries in the words that people read."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, name="audit", title="稽核紀錄", table=AUDIT, columns=AUDIT_COLUMNS)

    def rows(self, numbers: Sequence[int]) -> tuple[ListRow | None, ...]:
        """The entries of these numbers; None for one that is gone."""
        with self._office.store.reading() as reader:
            found = reader.browse_rows(self._table, numbers)
            details = {number: json.loads(row["detail"]) for number, row in found.items()}
            names = audit_names(
                self._office,
                reader,
                [(row["subject_id"], details[number]) for number, row in found.items()],
            )
        return tuple(
            self._line(n, found[n], details[n], names) if n in found else None for n in numbers
        )

    def _line(
        self,
        number: int,
        row: Mapping[str, Any],
        detail: Mapping[str, Any],
        names: Mapping[str, str],
    ) -> ListRow:
        line = audit_line_of(
            self._office,
            AuditEntry(
                seq=row["seq"],
                at=datetime.fromisoformat(row["at"]),
                actor=row["actor"],
                act=row["act"],
                subject=row["subject_id"],
                detail=dict(detail),
                previous_hash="",
                hash=row["hash"],
            ),
            names,
        )
        return ListRow(number, tuple(getattr(line, one.name) for one in self.columns), line)


def audit_list(office: Office) -> StoreList:
    """The audit trail, the newest first; a row's subject is its ``AuditLine``."""
    return _AuditList(office)
