"""Columns of 專班活動: nominees, activities, sessions, sign-ups, draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.domain.activities import Draw, SignUpState
from desktop.domain.moments import roc_date, roc_moment
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.domain.people import Person
    from desktop.services.activities import ActivityView, SessionView, SignUpLine
    from desktop.services.drawing import ChanceLine
    from desktop.services.nominating import NomineeLine

Roles = dict[int, Callable[[Any], Any]]
_CREDIT = {"credited": "pass", "below_minimum": "fail", "report_missing": "fail"}
_STATES = {
    SignUpState.SIGNED: "info",
    SignUpState.WAITING: "review",
    SignUpState.WITHDRAWN: "missing",
    SignUpState.ATTENDED: "pass",
    SignUpState.ABSENT: "fail",
}


def hours_text(hours: Decimal) -> str:
    """Hours without zeros behind the point: ``31 時``."""
    return f"{hours.normalize():f} 時"


def _state_of(line: NomineeLine) -> str | None:
    if not line.is_in:
        return "missing"
    return "review" if line.is_unfit else "pass"


def _gone(line: NomineeLine) -> bool:
    return not line.is_in


def nominee_columns() -> list[TableColumn[NomineeLine]]:
    """Nominees and those who left."""
    quiet: Roles = {Role.QUIET: _gone}
    return [
        TableColumn("姓名", lambda n: n.name, {Role.STRONG: lambda n: n.is_in, **quiet}),
        TableColumn("代號", lambda n: n.employee_id, {Role.QUIET: lambda n: True}),
        TableColumn("單位", lambda n: n.unit, quiet),
        TableColumn("職稱", lambda n: n.title, quiet),
        TableColumn(
            "狀態",
            lambda n: f"{n.state}（不適用）" if n.is_in and n.is_unfit else n.state,
            {Role.STATE: _state_of},
        ),
        TableColumn("優先條件", lambda n: n.priority, quiet),
        TableColumn("聯絡電話", lambda n: n.telephone, quiet),
        TableColumn("採認", lambda n: hours_text(n.recognised_hours), quiet, is_number=True),
        TableColumn(
            "研習報告",
            lambda n: roc_date(n.report_received_on) if n.report_received_on else "—",
            quiet,
        ),
        TableColumn(
            "結果",
            lambda n: n.credit,
            {Role.STATE: lambda n: _CREDIT.get(n.credit_state)},
        ),
        TableColumn("登記", lambda n: n.note, {Role.QUIET: lambda n: True}),
    ]


def activity_columns() -> list[TableColumn[ActivityView]]:
    """The list at the left."""
    return [
        TableColumn("活動", lambda a: a.activity.name, {Role.STRONG: lambda a: True}),
        TableColumn("類別", lambda a: a.activity.kind.word, {Role.QUIET: lambda a: True}),
        TableColumn("場次", lambda a: str(len(a.sessions)), is_number=True),
    ]


def session_days(view: SessionView) -> str:
    """A session's days, or that they are not fixed."""
    first, last = view.session.first_day, view.session.last_day
    if first is None:
        return "日期未定"
    return roc_date(first) if last in (None, first) else f"{roc_date(first)} 至 {roc_date(last)}"


def session_columns() -> list[TableColumn[SessionView]]:
    """Sessions with their places."""
    return [
        TableColumn("場次", lambda s: s.session.name, {Role.STRONG: lambda s: True}),
        TableColumn("日期", session_days, {Role.QUIET: lambda s: s.session.first_day is None}),
        TableColumn("地點", lambda s: s.session.venue),
        TableColumn(
            "時數", lambda s: f"{s.session.hours} 時" if s.session.hours else "—", is_number=True
        ),
        TableColumn(
            "名額",
            lambda s: "不限" if s.session.places is None else str(s.session.places),
            is_number=True,
        ),
        TableColumn("報名", lambda s: str(s.taken), is_number=True),
        TableColumn(
            "空位",
            lambda s: "—" if s.free is None else str(s.free),
            {Role.STATE: lambda s: "review" if s.free == 0 and s.waiting else None},
            is_number=True,
        ),
        TableColumn("候補", lambda s: str(s.waiting), is_number=True),
        TableColumn("出席", lambda s: str(s.attended), is_number=True),
    ]


def sign_up_columns() -> list[TableColumn[SignUpLine]]:
    """Who signed up for a session."""
    return [
        TableColumn("姓名", lambda p: p.name, {Role.STRONG: lambda p: True}),
        TableColumn("代號", lambda p: p.employee_id, {Role.QUIET: lambda p: True}),
        TableColumn("單位", lambda p: p.unit),
        TableColumn("狀態", lambda p: p.state.word, {Role.STATE: lambda p: _STATES[p.state]}),
        TableColumn("登記", lambda p: p.note, {Role.QUIET: lambda p: True}),
    ]


def draw_columns() -> list[TableColumn[Draw]]:
    """The draws of an activity."""
    return [
        TableColumn("抽獎", lambda d: d.title, {Role.STRONG: lambda d: True, Role.QUIET: _is_void}),
        TableColumn("時間", lambda d: roc_moment(d.at)[:-3], {Role.QUIET: _is_void}),
        TableColumn("機會", lambda d: f"{len(d.chances):,}", is_number=True),
        TableColumn("份數", lambda d: str(d.prizes), is_number=True),
        TableColumn("中獎", lambda d: f"{len(d.winners)} 人", is_number=True),
        TableColumn("種子", lambda d: d.seed, {Role.QUIET: _is_void}),
        TableColumn(
            "效力",
            lambda d: f"作廢：{d.void_reason}" if d.void_reason else "有效",
            {Role.STATE: lambda d: "missing" if d.void_reason else "pass"},
        ),
        TableColumn("抽獎人", lambda d: d.actor, {Role.QUIET: lambda d: True}),
    ]


def _is_void(draw: Draw) -> bool:
    return bool(draw.void_reason)


def chance_columns() -> list[TableColumn[ChanceLine]]:
    """The list before a draw."""
    return [
        TableColumn("姓名", lambda c: c.name, {Role.STRONG: lambda c: True}),
        TableColumn("代號", lambda c: c.employee_id, {Role.QUIET: lambda c: True}),
        TableColumn("單位", lambda c: c.unit),
        TableColumn("機會", lambda c: c.why),
        TableColumn(
            "待確認",
            lambda c: c.doubt,
            {Role.STATE: lambda c: "review" if c.doubt else None},
        ),
    ]


def person_columns() -> list[TableColumn[Person]]:
    """People to choose from."""
    return [
        TableColumn("姓名", lambda p: p.name, {Role.STRONG: lambda p: True}),
        TableColumn("代號", lambda p: p.employee_id, {Role.QUIET: lambda p: True}),
        TableColumn("單位", lambda p: p.unit),
        TableColumn("職稱", lambda p: p.title),
        TableColumn("人員類別", lambda p: p.category),
    ]
