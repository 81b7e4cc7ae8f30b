"""Columns of 國際資源: the catalogue, measures, contacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.domain.moments import roc_date
from desktop.domain.resources import Recognition
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn

if TYPE_CHECKING:
    from desktop.domain.promotion import Contact
    from desktop.services.promotion import MeasureView, StageView
    from desktop.services.resource_catalogue import ResourceLine

Roles = dict[int, Callable[[Any], Any]]
_STATES = {
    "not_begun": "missing",
    "under_way": "info",
    "done": "pass",
    "moved": "decided",
    "stopped": "missing",
}
_RECOGNISED = {
    Recognition.YES: "pass",
    Recognition.NO: "fail",
    Recognition.CONDITIONAL: "review",
}
RECOMMENDED = (("", "推薦與否"), ("yes", "推薦"), ("no", "不推薦"), ("open", "未評"))


def recommended_key(line: ResourceLine) -> str:
    """``yes``, ``no`` or ``open``."""
    said = line.resource.is_recommended
    return "open" if said is None else "yes" if said else "no"


def fits(
    line: ResourceLine, words: str, languages: frozenset[str], origins: frozenset[str], said: str
) -> bool:
    """Whether a resource is shown under these filters; every word must stand somewhere in it."""
    if languages and line.resource.language not in languages:
        return False
    if origins and line.origin not in origins:
        return False
    if said and recommended_key(line) != said:
        return False
    one = line.resource
    text = " ".join(
        (one.name, one.kind, one.provider, one.country, one.language, one.source, one.reason)
    ).casefold()
    return all(word in text for word in words.casefold().split())


def resource_columns() -> list[TableColumn[ResourceLine]]:
    """The catalogue."""
    words = dict(RECOMMENDED)
    marks = {"yes": "pass", "no": "fail"}
    return [
        TableColumn("名稱", lambda r: r.resource.name, {Role.STRONG: lambda r: True}),
        TableColumn("類別", lambda r: r.resource.kind),
        TableColumn("提供者", lambda r: r.resource.provider or "—"),
        TableColumn("國家地區", lambda r: r.resource.country or "—"),
        TableColumn("語言", lambda r: r.resource.language or "—"),
        TableColumn("時數", lambda r: r.resource.hours or "—", is_number=True),
        TableColumn(
            "推薦",
            lambda r: words[recommended_key(r)],
            {Role.STATE: lambda r: marks.get(recommended_key(r))},
        ),
        TableColumn(
            "終身學習時數",
            lambda r: r.resource.recognised.word,
            {Role.STATE: lambda r: _RECOGNISED.get(r.resource.recognised)},
        ),
        TableColumn("選讀", lambda r: f"{r.times:,} 次", is_number=True),
        TableColumn("人數", lambda r: f"{r.people:,} 人", is_number=True),
        TableColumn("資料來自", lambda r: r.origin, {Role.QUIET: lambda r: True}),
    ]


@dataclass(frozen=True)
class MeasureRow:
    """A measure with its stage."""

    stage: StageView
    view: MeasureView


def measure_columns() -> list[TableColumn[MeasureRow]]:
    """Measures of every stage."""
    return [
        TableColumn("階段", lambda m: m.stage.stage.name, {Role.QUIET: lambda m: True}),
        TableColumn(
            "具體措施",
            lambda m: f"{m.view.measure.label}{m.view.measure.text}",
            {Role.STRONG: lambda m: True},
        ),
        TableColumn("主辦機關", lambda m: m.view.measure.lead),
        TableColumn("協辦機關", lambda m: m.view.measure.assisting),
        TableColumn(
            "辦理情形",
            lambda m: m.view.state.word + ("（逾期）" if m.view.is_late else ""),
            {Role.STATE: lambda m: "fail" if m.view.is_late else _STATES[m.view.state.value]},
        ),
        TableColumn(
            "期限",
            lambda m: roc_date(m.view.due) if m.view.due else "—",
            {Role.STRONG: lambda m: m.view.is_own_due},
        ),
        TableColumn("登記", lambda m: m.view.note, {Role.QUIET: lambda m: True}),
    ]


def contact_columns() -> list[TableColumn[Contact]]:
    """The single-window contacts."""
    return [
        TableColumn("機關", lambda c: c.agency, {Role.STRONG: lambda c: True}),
        TableColumn("聯絡人", lambda c: c.name),
        TableColumn("電話", lambda c: c.telephone),
        TableColumn("電子信箱", lambda c: c.email),
        TableColumn("備註", lambda c: c.note, {Role.QUIET: lambda c: True}),
    ]
