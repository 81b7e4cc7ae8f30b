"""Compensatory leave and commendation of a plan file, and what all benefits have in common."""

from __future__ import annotations

from desktop.domain.conditions import BenefitConditions, Frequency, Threshold
from desktop.domain.entitlements import Quota, QuotaOrder
from desktop.domain.plan import (
    AdvanceLeave,
    Combination,
    Commendation,
    CommendationRule,
    CompensatoryLeave,
    LeaveRule,
    OffDutyCheck,
    Validity,
)
from desktop.rules.toml_table import TableReader

CHECKS = {check.value: check for check in OffDutyCheck}
COMBINATIONS = {combination.value: combination for combination in Combination}
FREQUENCIES = {frequency.value: frequency for frequency in Frequency}
AWARDS = {word: word for word in ("嘉獎", "記功", "記大功")}
PLACES = {"unit": True, "organisation": False}
STARTS = {"next_day": False, "same_day": True}
_ORDERS = {order.value: order for order in QuotaOrder}


def read_threshold(table: TableReader) -> Threshold | None:
    """How much of its sets a rule asks for, None when it asks for each set complete."""
    keys = ("at_least_hours", "at_least_courses", "at_least_sets")
    threshold = Threshold(
        hours=table.optional_amount(keys[0]),
        courses=table.integer(keys[1], least=1, needed=False),
        sets=table.integer(keys[2], least=1, needed=False),
    )
    named = [key for key in keys if table.has(key)]
    if len(named) > 1:
        table.problem(named[1], f"一條規定只能有一個門檻，請在 {'、'.join(named)} 中留一個。")
    return threshold if named else None


def read_benefit_conditions(table: TableReader) -> BenefitConditions:
    """What a benefit asks of the person and of the papers."""
    return BenefitConditions(
        received_by=table.day("received_by", needed=False),
        received_clause=table.clause_of("received_by", "received_clause"),
        report_by=table.day("report_by", needed=False),
        report_clause=table.clause_of("report_by", "report_clause"),
        in_post_on=table.day("in_post_on", needed=False),
        in_post_clause=table.clause_of("in_post_on", "in_post_clause"),
        frequency=table.choice("frequency", FREQUENCIES, usual="each_plan"),
        frequency_clause=table.clause_of("frequency", "frequency_clause", unless="each_plan"),
        is_refused_after_higher=table.truth("not_after_higher", usual=False),
        higher_clause=table.clause_of("not_after_higher", "higher_clause"),
    )


def read_leave(table: TableReader) -> CompensatoryLeave:
    """``[compensatory_leave]``: hours of leave."""
    check: OffDutyCheck = table.choice("off_duty_check", CHECKS)
    validity = table.table("validity", needed=False)
    advance = table.table("advance", needed=False)
    leave = CompensatoryLeave(
        rules=tuple(_leave_rule(row) for row in table.tables("rule")),
        off_duty_check=check,
        off_duty_clause=table.clause("off_duty_clause", needed=check is not OffDutyCheck.NONE),
        deadline=table.needed_day("deadline"),
        deadline_clause=table.needed_clause("deadline_clause"),
        combination=table.choice("combination", COMBINATIONS, usual="sum"),
        cap_hours=table.integer("cap_hours", least=1, needed=False),
        cap_clause=table.clause_of("cap_hours", "cap_clause"),
        validity=_validity(validity) if validity else None,
        conditions=read_benefit_conditions(table),
        counts_leave_without_pay=table.truth("counts_leave_without_pay", usual=False),
        registered_as=table.text("registered_as", needed=False),
        registered_reason=table.text("registered_reason", needed=False),
        advance=_advance(advance) if advance else None,
    )
    table.close()
    return leave


def _advance(table: TableReader) -> AdvanceLeave:
    advance = AdvanceLeave(
        evidence_days=table.integer("evidence_days", least=1) or 0,
        clause=table.needed_clause(),
    )
    table.close()
    return advance


def _leave_rule(row: TableReader) -> LeaveRule:
    set_ids = row.texts("sets")
    rule = LeaveRule(
        set_ids=set_ids,
        hours=row.integer("hours", least=1) or 0,
        grant_set=row.text("grant_set", needed=False) or (set_ids[-1] if set_ids else ""),
        clause=row.needed_clause(),
        threshold=read_threshold(row),
    )
    row.close()
    return rule


def _validity(table: TableReader) -> Validity:
    years = table.integer("years", least=1, needed=False)
    months = table.integer("months", least=1, needed=False)
    to_year_end = table.truth("to_year_end", usual=False)
    named = [table.has(key) for key in ("years", "months", "until")]
    if named.count(True) + to_year_end != 1:
        table.problem("", "期限請填 years、months、until 或 to_year_end = true 其中一個。")
    elif table.has("starts") and not (named[0] or named[1]):
        table.problem("starts", "起算日只和 years、months 一起寫，請刪去這一項。")
    validity = Validity(
        months=years * 12 if years is not None else months,
        clause=table.needed_clause(),
        until=table.day("until", needed=False),
        is_to_year_end=to_year_end,
        begins_on_the_day=table.choice("starts", STARTS, usual="next_day"),
    )
    table.close()
    return validity


def read_commendation(table: TableReader) -> Commendation:
    """``[commendation]``: 嘉獎, 記功, 記大功."""
    check: OffDutyCheck = table.choice("off_duty_check", CHECKS, usual="none")
    combination: Combination = table.choice("combination", COMBINATIONS, usual="best")
    if table.has("cap_count") and combination is Combination.BEST:
        table.problem(
            "cap_count", '擇優（combination = "best"）不會累加，請刪去上限，或改成 "sum"。'
        )
    quota = table.table("quota", needed=False)
    commendation = Commendation(
        deadline=table.needed_day("deadline"),
        deadline_clause=table.needed_clause("deadline_clause"),
        rules=tuple(_commendation_rule(row) for row in table.tables("rule")),
        combination=combination,
        off_duty_check=check,
        counts_leave_without_pay=table.truth("counts_leave_without_pay", usual=True),
        reason=table.text("reason", needed=False),
        legal_basis=table.text("legal_basis", needed=False),
        off_duty_clause=table.clause("off_duty_clause", needed=check is not OffDutyCheck.NONE),
        cap_count=table.integer("cap_count", least=1, needed=False),
        cap_clause=table.clause_of("cap_count", "cap_clause"),
        conditions=read_benefit_conditions(table),
        quota=_quota(quota) if quota else None,
    )
    table.close()
    return commendation


def _commendation_rule(row: TableReader) -> CommendationRule:
    rule = CommendationRule(
        set_ids=row.texts("sets"),
        award=row.choice("award", AWARDS),
        count=row.integer("count", least=1) or 0,
        clause=row.needed_clause(),
        threshold=read_threshold(row),
    )
    row.close()
    return rule


def _quota(table: TableReader) -> Quota:
    percent = table.share("percent")
    people = table.integer("people", least=1, needed=False)
    if table.has("percent") == table.has("people"):
        table.problem("", "名額請填 percent（百分比）或 people（人數）其中一個。")
    order: tuple[QuotaOrder, ...] = (QuotaOrder.COMPLETED_ON,)
    if table.has("order"):
        order = _quota_order(table)
    quota = Quota(
        clause=table.needed_clause(),
        percent=percent,
        people=people,
        is_per_unit=table.choice("per", PLACES, usual="unit"),
        order=order,
    )
    table.close()
    return quota


def _quota_order(table: TableReader) -> tuple[QuotaOrder, ...]:
    words = table.texts("order")
    for word in dict.fromkeys(words):
        if word not in _ORDERS:
            table.problem("order", f"不認得排序「{word}」，只能填 {'、'.join(_ORDERS)}。")
        elif words.count(word) > 1:
            table.problem("order", f"排序「{word}」寫了兩次，請刪去一個。")
    return tuple(_ORDERS[word] for word in words if word in _ORDERS)
