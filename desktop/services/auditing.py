"""The audit trail: searched, its entries in words, and its chain checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.domain.accounts import AccountRole
from desktop.domain.ledger import EntryKind
from desktop.domain.masking import masked_identity_numbers
from desktop.domain.moments import roc_date
from desktop.services.office import Office
from desktop.store.reader import Reader
from desktop.store.values import AuditEntry

MOST_LINES = 2000
LONGEST_CODE = 200
SHORT = 8
"""Of a code that nobody reads, so many characters are shown beside what it stands for."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CODE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")
"""An identifier of the store, a digest: told by what it stands for, else in short."""
_WORD_OF = {kind.value: kind.word for kind in EntryKind} | {
    role.value: role.word for role in AccountRole
}
_KNOWN = frozenset({"before", "after", "why"})
_NAMES = {
    "account": "帳號",
    "advance": "先行補休",
    "agency_settings": "機關設定",
    "attendance_entry": "差勤",
    "audit": "稽核",
    "balance_after": "餘額",
    "batch": "匯入批次",
    "batch_file": "檔案",
    "box": "用章欄位",
    "calendar_day": "行事曆日",
    "calendar_year": "行事曆",
    "case_step": "案件步驟",
    "chances": "機會",
    "clause": "條文",
    "column_profile": "欄位對應",
    "consented_by": "同意人",
    "day": "日期",
    "decision": "決定",
    "deleted": "刪除",
    "deleted_row": "刪除清單",
    "deletion": "刪除編號",
    "document": "文號",
    "done": "原來的動作",
    "entries": "筆數",
    "entry": "登記",
    "evidence_due": "證明期限",
    "expires": "到期日",
    "failures": "錯誤次數",
    "files": "檔案",
    "first_day": "起算日",
    "for": "用於",
    "format": "資料檔格式",
    "former_award": "歷年核給",
    "from": "來自",
    "grant": "核給",
    "grants": "核給",
    "hours": "時數",
    "identity_numbers": "身分證字號",
    "issued_document": "文件",
    "kind": "種類",
    "known_row": "已有的列",
    "learning_row": "學習紀錄",
    "leave_without_pay": "留職停薪",
    "ledger_entry": "補休帳",
    "ledger_head": "帳鏈",
    "list": "名單雜湊",
    "logbook_entry": "專班活動登記",
    "moved": "移轉",
    "nominee": "薦送名單",
    "number_series": "文件編號",
    "office_setting": "設定",
    "on_day": "到期日算到",
    "owner": "章的主人",
    "people": "人數",
    "periods": "保存年限",
    "person": "人員",
    "person_decision": "列名決定",
    "plan": "計畫",
    "plan_draft": "計畫草稿",
    "plan_version": "計畫版本",
    "print_log": "列印",
    "prizes": "份數",
    "punch": "刷卡",
    "reading_correction": "辨識更正",
    "reason": "理由",
    "reason_template": "理由範本",
    "receipt": "收件",
    "refused_row": "拒收的列",
    "reversed": "沖銷",
    "role": "角色",
    "roster_revision": "名冊",
    "row_succession": "補正關係",
    "scanned_sheet": "回件",
    "seal": "封記",
    "seed": "種子",
    "seq": "序號",
    "set": "套",
    "shift": "輪值",
    "slip": "註銷單",
    "source_file": "原始檔",
    "stamp_act": "用章",
    "stated_hours": "時數摘要",
    "template": "範本",
    "title": "名稱",
    "to": "轉往",
    "undo_step": "復原步驟",
    "units": "項數",
    "use": "使用",
    "used_elsewhere": "他機關已用",
    "uses": "使用",
    "verdict": "判定",
    "why": "理由",
    "winners": "中獎人",
}
"""What tables and details are called in what people read."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry as people read it.

    Attributes:
        seq: Its place in the chain.
        at: When.
        actor: Who.
        act: What was done.
        subject: On what, as people call it.
        subject_id: The same as the trail holds it, where that is another text; else empty.
        before, after, why: As described, empty where nothing was.
        more: What else the entry holds, in words.
        hash: Its hash in the chain.
        codes: Every identifier and digest in the detail as the trail holds it, whole.
    """

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    subject_id: str
    before: str
    after: str
    why: str
    more: str
    hash: str
    codes: str = ""


def audit_lines(
    office: Office,
    *,
    text: str = "",
    actor: str = "",
    first: date | None = None,
    last: date | None = None,
    limit: int = MOST_LINES,
) -> tuple[AuditLine, ...]:
    """Entries that hold every word of a search, the newest first.

    Args:
        office: The open office.
        text: Words looked for in who, what, on what and in the detail.
        actor: Only this person's; everybody's when empty.
        first: From this day on.
        last: Until this day, itself included.
        limit: At most so many.
    """
    with office.store.reading() as reader:
        entries = reader.search_audit(
            words=text.split(), actor=actor, first=first, last=last, limit=limit
        )
        names = audit_names(office, reader, [(entry.subject, entry.detail) for entry in entries])
    return tuple(audit_line_of(office, entry, names) for entry in entries)


def audit_actors(office: Office) -> tuple[str, ...]:
    """Everybody who stands in the trail."""
    with office.store.reading() as reader:
        return reader.audit_actors()


def check_audit(office: Office) -> tuple[str, ...]:
    """What is wrong with the chain, naming the first bad entry; empty when it is whole."""
    return office.store.check_chain()


def audit_names(
    office: Office, reader: Reader, entries: Iterable[tuple[str, Mapping[str, Any]]]
) -> dict[str, str]:
    """What people call the codes in entries: people, imports, grants, activities, plans, sets.

    Args:
        office: The open office.
        reader: Of its store.
        entries: Subjects and details.
    """
    codes: set[str] = set()
    for subject, detail in entries:
        codes |= {subject, *_texts(detail)}
    plans = office.all_plans(reader)
    names = reader.audit_subjects({one for one in codes if one and len(one) <= LONGEST_CODE})
    sets = {f"/{one.id}": one.title for plan in plans for one in plan.sets}
    for code, words in names.items():
        slash = code.find("/")
        if slash > 0 and (title := sets.get(code[slash:])):
            names[code] = f"{words.removesuffix(code[slash:])}　{title}"
    return {plan.id: plan.short_title for plan in plans} | names


def _texts(value: Any) -> Iterator[str]:
    """Every text in a detail, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def audit_line_of(office: Office, entry: AuditEntry, names: Mapping[str, str]) -> AuditLine:
    """An entry as people read it; identity numbers masked for who may only look.

    Args:
        office: The open office.
        entry: As the trail holds it.
        names: What its codes are called (``audit_names``).
    """
    shown = masked_identity_numbers if office.role is AccountRole.READER else str
    detail = entry.detail
    return AuditLine(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        act=shown(entry.act),
        subject=shown(names.get(entry.subject, entry.subject)),
        subject_id=shown(entry.subject) if entry.subject in names else "",
        before=shown(_words(detail.get("before"), names)),
        after=shown(_words(detail.get("after"), names)),
        why=shown(_words(detail.get("why"), names)),
        more=shown(_more(detail, names)),
        hash=entry.hash,
        codes="、".join(dict.fromkeys(one for one in _texts(detail) if _CODE.fullmatch(one))),
    )


def _words(value: Any, names: Mapping[str, str]) -> str:
    """A detail as people read it: names for keys and codes, dates of the Republic."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        told = {key: one for key, one in value.items() if one not in (None, "", [], {})}
        return "、".join(
            f"{_NAMES.get(key, key)} {_words(one, names)}" for key, one in told.items()
        )
    if isinstance(value, list):
        return "；".join(_words(one, names) for one in value)
    if isinstance(value, str):
        return _told(value, names)
    return json.dumps(value, ensure_ascii=False)


def _told(text: str, names: Mapping[str, str]) -> str:
    if _DAY.fullmatch(text):
        return roc_date(date.fromisoformat(text))
    if text in names:
        return names[text]
    if _CODE.fullmatch(text):
        # Identifiers begin with their time of day: only their end tells one from another.
        return f"…{text[-SHORT:]}" if "-" in text else f"{text[:SHORT]}…"
    return _WORD_OF.get(text, text)


def _more(detail: Mapping[str, Any], names: Mapping[str, str]) -> str:
    rest = {key: value for key, value in detail.items() if key not in _KNOWN and value}
    rows = rest.pop("rows", {})
    if "ledger_head" in rest:  # a hash stands behind what people look for
        rest["ledger_head"] = rest.pop("ledger_head")
    parts = [f"{_NAMES.get(key, key)} {_words(value, names)}" for key, value in rest.items()]
    parts += [f"{_NAMES.get(name, name)} {count} 列" for name, count in rows.items()]
    return "；".join(parts)
