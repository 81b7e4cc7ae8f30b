"""Tables of the leave ledger: lines, grants to be entered, rows of attendance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from desktop.domain.ledger import EntryKind
from desktop.domain.moments import roc_date
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn

if TYPE_CHECKING:
    from desktop.services.ledger_attendance import AttendanceUse
    from desktop.services.ledger_candidates import GrantCandidate
    from desktop.services.ledger_view_values import ExpiringLine, LineView, OwedView

NO_DAY = "—"
Roles = Mapping[int, Callable[[Any], Any]]


_ICONS = {
    EntryKind.USE.value: "calendar_clock_16_regular",
    EntryKind.REVERSAL.value: "arrow_undo_16_regular",
    EntryKind.ADVANCE_USE.value: "calendar_clock_16_regular",
    EntryKind.SETTLEMENT.value: "arrow_down_16_regular",
    EntryKind.TRANSFER_OUT.value: "open_16_regular",
    "lapsed": "circle_line_16_regular",
}
CONTENT, DOCUMENT = 2, 5


def _mark(line: LineView) -> tuple[tuple[str, str], ...]:
    if line.is_reversed:
        return (("decided", "已沖銷"),)
    return ()


def _adds(line: LineView) -> bool:
    return line.kind in (EntryKind.GRANT.value, EntryKind.TRANSFER_IN.value)


def _hours(line: LineView) -> str:
    if not line.change:
        return f"({line.hours})"
    return f"{line.change:+d}".replace("-", "−")


def line_columns() -> list[TableColumn[LineView]]:
    """A card's lines."""
    quiet: Roles = {Role.QUIET: lambda line: line.is_reversed}
    return [
        TableColumn("日期", lambda line: roc_date(line.day), quiet),
        TableColumn(
            "事由",
            lambda line: line.word,
            {
                Role.STATE: lambda line: "pass" if _adds(line) and not line.is_reversed else None,
                Role.ICON: lambda line: _ICONS.get(line.kind),
                Role.WARN: lambda line: "decided" if line.kind == "reversal" else None,
                Role.STRONG: lambda line: line.kind == "reversal",
                **quiet,
            },
        ),
        TableColumn("內容", lambda line: line.words, quiet),
        TableColumn(
            "時數",
            _hours,
            {Role.STRONG: lambda line: not line.is_reversed, **quiet},
            is_number=True,
        ),
        TableColumn("餘額", lambda line: str(line.balance), quiet, is_number=True, has_sum=False),
        TableColumn("文號", lambda line: line.document_number, {Role.QUIET: lambda line: True}),
        TableColumn(
            "註記",
            lambda line: "、".join(words for _, words in _mark(line)),
            {Role.CHIPS: _mark, Role.CHIP_ICONS: lambda line: True},
        ),
    ]


def expiring_columns() -> list[TableColumn[ExpiringLine]]:
    """What lapses soon."""
    return [
        TableColumn("到期日", lambda line: roc_date(line.expires)),
        TableColumn("還有", lambda line: f"{line.days_left} 天", is_number=True, has_sum=False),
        TableColumn("單位", lambda line: line.unit),
        TableColumn("姓名", lambda line: line.name),
        TableColumn("代號", lambda line: line.employee_id, {Role.QUIET: lambda line: True}),
        TableColumn("時數", lambda line: f"{line.hours} 時", is_number=True),
        TableColumn("核給", lambda line: line.title),
    ]


def owed_columns() -> list[TableColumn[OwedView]]:
    """Evidence that is owed."""
    return [
        TableColumn(
            "補證明期限",
            lambda line: roc_date(line.evidence_due),
            {Role.STATE: lambda line: "fail" if line.days_left < 0 else None},
        ),
        TableColumn(
            "還有",
            lambda line: (
                f"{line.days_left} 天" if line.days_left >= 0 else f"逾 {-line.days_left} 天"
            ),
            is_number=True,
            has_sum=False,
        ),
        TableColumn("單位", lambda line: line.unit),
        TableColumn("姓名", lambda line: line.name),
        TableColumn("代號", lambda line: line.employee_id, {Role.QUIET: lambda line: True}),
        TableColumn("時數", lambda line: f"{line.hours} 時", is_number=True),
        TableColumn("先行補休", lambda line: f"{roc_date(line.day)}，{line.consented_by}同意"),
    ]


def candidate_columns() -> list[TableColumn[GrantCandidate]]:
    """What could be granted."""
    quiet: Roles = {Role.QUIET: lambda one: not one.is_ready}
    return [
        TableColumn("姓名", lambda one: one.name, quiet),
        TableColumn("代號", lambda one: one.employee_id, {Role.QUIET: lambda one: True}),
        TableColumn("核給", lambda one: one.set_title, quiet),
        TableColumn("時數", lambda one: f"{one.hours or one.registered_hours} 時", is_number=True),
        TableColumn("起算日", lambda one: roc_date(one.first_day), quiet),
        TableColumn(
            "到期日", lambda one: roc_date(one.expires) if one.expires else "無期限", quiet
        ),
        TableColumn("申請表", lambda one: one.number or NO_DAY, quiet),
        TableColumn(
            "狀態",
            lambda one: one.state,
            {Role.STATE: _candidate_state, **quiet},
        ),
    ]


_WRONG = frozenset({"帳上較多", "帳上日期不同"})
_WAITING = frozenset({"先更正帳上", "申請表要重印"})


def _candidate_state(one: GrantCandidate) -> str | None:
    if one.is_ready:
        return "pass"
    if one.state in _WRONG:
        return "fail"
    return "review" if one.state in _WAITING else None


def attendance_columns() -> list[TableColumn[AttendanceUse]]:
    """Rows of the attendance system that are leave of the ledger."""
    quiet: Roles = {Role.QUIET: lambda one: not one.is_ready}
    return [
        TableColumn("日期", lambda one: roc_date(one.entry.span.start.date()), quiet),
        TableColumn("姓名", lambda one: one.name or "（不在名冊）", quiet),
        TableColumn("代號", lambda one: one.entry.employee_id, {Role.QUIET: lambda one: True}),
        TableColumn("假別", lambda one: one.entry.kind_words, quiet),
        TableColumn("起迄", lambda one: one.times, quiet),
        TableColumn(
            "時數", lambda one: f"{one.hours} 時" if one.hours else NO_DAY, quiet, is_number=True
        ),
        TableColumn(
            "狀態",
            lambda one: one.state,
            {Role.STATE: lambda one: "pass" if one.is_ready else None, **quiet},
        ),
    ]
