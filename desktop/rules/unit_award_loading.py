"""Awards for a unit in a plan file: what is measured, in bands, and who gets what."""

from __future__ import annotations

from desktop.domain.entitlements import (
    Recipient,
    UnitAward,
    UnitAwardKind,
    UnitBand,
    UnitMeasure,
)
from desktop.rules.benefit_loading import AWARDS, CHECKS, PLACES, read_threshold
from desktop.rules.toml_table import TableReader

KINDS = {kind.value: kind for kind in UnitAwardKind}
MEASURES = {measure.value: measure for measure in UnitMeasure}
_LEAST = {
    UnitMeasure.COMPLETION_RATE: "at_least_percent",
    UnitMeasure.PEOPLE: "at_least_people",
    UnitMeasure.EVERYBODY: "",
}


def read_unit_award(table: TableReader) -> UnitAward:
    """One ``[[unit_award]]``."""
    kind: UnitAwardKind = table.choice("kind", KINDS)
    measure: UnitMeasure = table.choice("measure", MEASURES)
    known_kind = kind if str(table.values.get("kind")) in KINDS else None
    known_measure = measure if str(table.values.get("measure")) in MEASURES else None
    award = UnitAward(
        id=table.text("id"),
        kind=kind,
        title=table.text("title"),
        measure=measure,
        set_ids=table.texts("sets"),
        completed_by=table.needed_day("completed_by"),
        completed_clause=table.needed_clause("completed_clause"),
        bands=tuple(_band(row, known_kind, known_measure) for row in table.tables("band")),
        threshold=read_threshold(table),
        headcount_on=table.day("headcount_on", needed=False),
        headcount_clause=table.clause_of("headcount_on", "headcount_clause"),
        is_per_unit=table.choice("per", PLACES, usual="unit"),
        off_duty_check=table.choice("off_duty_check", CHECKS, usual="none"),
        counts_leave_without_pay=table.truth("counts_leave_without_pay", usual=True),
    )
    table.close()
    return award


def _band(row: TableReader, kind: UnitAwardKind | None, measure: UnitMeasure | None) -> UnitBand:
    """One band; a kind or measure that is none (told already) asks nothing of it."""
    is_commendation = kind is UnitAwardKind.COMMENDATION
    gives_amount = kind is not None and not is_commendation
    percent = row.share("at_least_percent")
    people = row.integer("at_least_people", least=1, needed=False)
    if measure is not None:
        _check_least(row, measure)
    if is_commendation and row.has("amount"):
        row.problem("amount", "敘獎由 [[unit_award.band.recipient]] 寫明，請刪去數量。")
    if gives_amount and row.has("recipient"):
        row.problem("recipient", "只有敘獎才寫得獎人，請刪去這一段，或改獎項種類。")
    band = UnitBand(
        clause=row.needed_clause(),
        at_least_percent=percent,
        at_least_people=people,
        headcount_from=row.integer("headcount_from", least=1, needed=False),
        headcount_to=row.integer("headcount_to", least=1, needed=False),
        recipients=tuple(
            _recipient(each) for each in row.tables("recipient", needed=is_commendation)
        ),
        amount=row.integer("amount", least=1, needed=gives_amount),
    )
    row.close()
    return band


def _check_least(row: TableReader, measure: UnitMeasure) -> None:
    """The key that the measure is compared with is there, and no other."""
    needed = _LEAST[measure]
    if needed and not row.has(needed):
        row.problem(needed, f"依「{measure.value}」衡量的級距要寫最低標準，請補上這一項。")
    for key in ("at_least_percent", "at_least_people"):
        if key != needed and row.has(key):
            instead = f"改成 {needed}" if needed else "刪去這一項"
            row.problem(key, f"依「{measure.value}」衡量時用不到這一項，請{instead}。")


def _recipient(table: TableReader) -> Recipient:
    recipient = Recipient(
        role=table.text("role"),
        people=table.integer("people", least=1) or 0,
        award=table.choice("award", AWARDS),
        count=table.integer("count", least=1) or 0,
    )
    table.close()
    return recipient
