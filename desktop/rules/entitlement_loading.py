"""Entitlements of a plan file: official leave, draw entries, vouchers, cash."""

from __future__ import annotations

from desktop.domain.entitlements import (
    Entitlement,
    EntitlementKind,
    EntitlementRule,
    OffDutyCheck,
    Per,
)
from desktop.rules.benefit_loading import (
    CHECKS,
    COMBINATIONS,
    read_benefit_conditions,
    read_threshold,
)
from desktop.rules.toml_table import TableReader

KINDS = {kind.value: kind for kind in EntitlementKind}
_PER = {per.value: per for per in Per}


def read_entitlement(table: TableReader) -> Entitlement:
    """One ``[[entitlement]]``."""
    check: OffDutyCheck = table.choice("off_duty_check", CHECKS, usual="none")
    entitlement = Entitlement(
        id=table.text("id"),
        kind=table.choice("kind", KINDS),
        title=table.text("title"),
        deadline=table.needed_day("deadline"),
        deadline_clause=table.needed_clause("deadline_clause"),
        rules=tuple(_rule(row) for row in table.tables("rule")),
        combination=table.choice("combination", COMBINATIONS, usual="sum"),
        cap=table.integer("cap", least=1, needed=False),
        cap_clause=table.clause_of("cap", "cap_clause"),
        off_duty_check=check,
        off_duty_clause=table.clause("off_duty_clause", needed=check is not OffDutyCheck.NONE),
        counts_leave_without_pay=table.truth("counts_leave_without_pay", usual=True),
        conditions=read_benefit_conditions(table),
    )
    table.close()
    return entitlement


def _rule(row: TableReader) -> EntitlementRule:
    per: Per = row.choice("per", _PER, usual="rule")
    threshold = read_threshold(row)
    if per is Per.COURSE and threshold is not None:
        row.problem(
            "per", '每門課都給（per = "course"）就沒有門檻，請刪去 at_least_…，或刪去 per。'
        )
    rule = EntitlementRule(
        set_ids=row.texts("sets"),
        amount=row.integer("amount", least=1) or 0,
        clause=row.needed_clause(),
        threshold=threshold,
        per=per,
    )
    row.close()
    return rule
