"""The benefits of a plan as people read them: leave, commendation, entitlements, unit awards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.conditions import BenefitConditions, Frequency, Threshold
from desktop.domain.entitlements import (
    Combination,
    Entitlement,
    OffDutyCheck,
    Per,
    Quota,
    QuotaOrder,
    UnitAward,
    UnitAwardKind,
    UnitBand,
    UnitMeasure,
)
from desktop.domain.findings import Clause
from desktop.domain.moments import roc_date
from desktop.domain.plan import Commendation, CompensatoryLeave, Plan, Validity
from desktop.services.wording import hours_words

_CHECK_WORDS = {
    OffDutyCheck.START_AND_END: "開始和完成都要在公餘",
    OffDutyCheck.COMPLETION: "完成的時刻要在公餘",
    OffDutyCheck.NONE: "不檢核",
}
_FREQUENCY_WORDS = {
    Frequency.ONCE_A_YEAR: "每年以一次為限",
    Frequency.FIRST_TIME_ONLY: "以第一次為限",
}
_ORDER_WORDS = {
    QuotaOrder.HOURS: "採認時數多的",
    QuotaOrder.COMPLETED_ON: "先完成的",
}
_UNIT_KIND_WORDS = {
    UnitAwardKind.COMMENDATION: "敘獎",
    UnitAwardKind.DRAW: "抽獎機會",
    UnitAwardKind.VOUCHER: "禮券",
    UnitAwardKind.CASH: "獎金",
}
_MEASURE_WORDS = {
    UnitMeasure.COMPLETION_RATE: "完成率",
    UnitMeasure.PEOPLE: "完成人數",
    UnitMeasure.EVERYBODY: "全員完成",
}


def benefit_lines(plan: Plan) -> Iterator[str]:
    """Every benefit of a plan in words, in the order of plan files."""
    if plan.compensatory_leave is not None:
        yield from _leave_lines(plan.compensatory_leave)
    if plan.commendation is not None:
        yield from _commendation_lines(plan.commendation)
    for entitlement in plan.entitlements:
        yield from _entitlement_lines(entitlement)
    for award in plan.unit_awards:
        yield from _unit_award_lines(award)


def by_clause(clause: Clause | None) -> str:
    """The clause in brackets, empty without one."""
    return f"（{clause.point}）" if clause is not None and clause.point else ""


def _leave_lines(leave: CompensatoryLeave) -> Iterator[str]:
    cap = f"，上限 {leave.cap_hours} 時{by_clause(leave.cap_clause)}" if leave.cap_hours else ""
    yield f"補休　期限 {roc_date(leave.deadline)}{by_clause(leave.deadline_clause)}{cap}"
    for rule in leave.rules:
        yield f"    {_asked(rule.set_ids, rule.threshold)}　{rule.hours} 時{by_clause(rule.clause)}"
    yield from _common_lines(leave, rules=len(leave.rules))
    if leave.validity is not None:
        yield f"    {_validity_words(leave.validity)}使用{by_clause(leave.validity.clause)}"
    if leave.advance is not None:
        days = leave.advance.evidence_days
        yield f"    可先行補休，{days} 日內補證明{by_clause(leave.advance.clause)}"
    if leave.registered_as:
        reason = f"，事由　{leave.registered_reason}" if leave.registered_reason else ""
        yield f"    假別　{leave.registered_as}{reason}"


def _validity_words(validity: Validity) -> str:
    if validity.until is not None:
        return f"{roc_date(validity.until)} 前"
    if validity.is_to_year_end:
        return "完成當年 12 月 31 日前"
    return f"完成{'當日' if validity.begins_on_the_day else '次日'}起 {validity.months} 個月內"


def _commendation_lines(award: Commendation) -> Iterator[str]:
    cap = f"，上限 {award.cap_count} 次{by_clause(award.cap_clause)}" if award.cap_count else ""
    yield f"敘獎　期限 {roc_date(award.deadline)}{by_clause(award.deadline_clause)}{cap}"
    for rule in award.rules:
        given = f"{rule.award} {rule.count} 次{by_clause(rule.clause)}"
        yield f"    {_asked(rule.set_ids, rule.threshold)}　{given}"
    yield from _common_lines(award, rules=len(award.rules))
    if award.quota is not None:
        yield f"    名額　{_quota_words(award.quota)}"
    if award.reason:
        yield f"    事由　{award.reason}"
    if award.legal_basis:
        yield f"    法令依據　{award.legal_basis}"


def _quota_words(quota: Quota) -> str:
    where = "各單位" if quota.is_per_unit else "全機關"
    most = f"適用人員的 {quota.percent}%" if quota.percent is not None else f"{quota.people} 人"
    order = "、".join(_ORDER_WORDS[each] for each in quota.order)
    return f"{where}至多{most}{by_clause(quota.clause)}，{order}優先"


def _entitlement_lines(entitlement: Entitlement) -> Iterator[str]:
    unit = entitlement.kind.unit
    cap = (
        f"，上限 {entitlement.cap:,} {unit}{by_clause(entitlement.cap_clause)}"
        if entitlement.cap
        else ""
    )
    deadline = f"期限 {roc_date(entitlement.deadline)}{by_clause(entitlement.deadline_clause)}"
    yield f"{entitlement.kind.word}　{entitlement.title}　{deadline}{cap}"
    for rule in entitlement.rules:
        each = "每門 " if rule.per is Per.COURSE else ""
        given = f"{each}{rule.amount:,} {unit}{by_clause(rule.clause)}"
        yield f"    {_asked(rule.set_ids, rule.threshold)}　{given}"
    yield from _common_lines(entitlement, rules=len(entitlement.rules))


def _common_lines(
    benefit: CompensatoryLeave | Commendation | Entitlement, *, rules: int
) -> Iterator[str]:
    """What all benefits ask alike."""
    if rules > 1:
        is_sum = benefit.combination is Combination.SUM
        yield f"    符合幾條時　{'累加' if is_sum else '只給最好的一條'}"
    yield f"    公餘　{_CHECK_WORDS[benefit.off_duty_check]}" + (
        by_clause(benefit.off_duty_clause)
        if benefit.off_duty_check is not OffDutyCheck.NONE
        else ""
    )
    yield f"    {_pay_words(benefit.counts_leave_without_pay)}"
    yield from (f"    {words}" for words in _condition_words(benefit.conditions))


def _pay_words(counts: bool) -> str:
    return f"留職停薪期間的學習{'照常採計' if counts else '不採計'}"


def _condition_words(asked: BenefitConditions) -> Iterator[str]:
    if asked.received_by is not None:
        yield f"申請或證明最晚 {roc_date(asked.received_by)} 送達{by_clause(asked.received_clause)}"
    if asked.report_by is not None:
        yield f"研習報告最晚 {roc_date(asked.report_by)} 送達{by_clause(asked.report_clause)}"
    if asked.in_post_on is not None:
        yield f"{roc_date(asked.in_post_on)} 仍須在職{by_clause(asked.in_post_clause)}"
    if asked.frequency in _FREQUENCY_WORDS:
        yield f"{_FREQUENCY_WORDS[asked.frequency]}{by_clause(asked.frequency_clause)}"
    if asked.is_refused_after_higher:
        yield f"已有較高等次者不再給{by_clause(asked.higher_clause)}"


def _asked(set_ids: Sequence[str], threshold: Threshold | None) -> str:
    """Which sets, and how much of them."""
    if threshold is None:
        return "＋".join(set_ids)
    named = "、".join(set_ids)
    if threshold.sets is not None:
        return f"{named} 任 {threshold.sets} 套"
    if threshold.courses is not None:
        return f"{named} 合計 {threshold.courses} 門以上"
    return f"{named} 合計 {hours_words(threshold.hours)} 時以上"


def _unit_award_lines(award: UnitAward) -> Iterator[str]:
    place = "各單位" if award.is_per_unit else "全機關"
    measure = f"依{place}{_MEASURE_WORDS[award.measure]}"
    yield f"單位獎勵　{award.title}　{_UNIT_KIND_WORDS[award.kind]}，{measure}"
    deadline = f"最晚 {roc_date(award.completed_by)} 完成{by_clause(award.completed_clause)}"
    yield f"    {_asked(award.set_ids, award.threshold)}　{deadline}"
    if award.headcount_on is not None:
        yield f"    人數以 {roc_date(award.headcount_on)} 為準{by_clause(award.headcount_clause)}"
    yield f"    公餘　{_CHECK_WORDS[award.off_duty_check]}"
    yield f"    {_pay_words(award.counts_leave_without_pay)}"
    for number, band in enumerate(award.bands, start=1):
        asked, given = _band_words(band), _given_words(award, band)
        yield f"    第 {number} 級　{asked}　{given}{by_clause(band.clause)}"


def _band_words(band: UnitBand) -> str:
    least = "全員完成"
    if band.at_least_percent is not None:
        least = f"完成率 {band.at_least_percent}% 以上"
    elif band.at_least_people is not None:
        least = f"{band.at_least_people} 人以上完成"
    low, high = band.headcount_from, band.headcount_to
    if low is not None and high is not None:
        return f"{low} 至 {high} 人的單位，{least}"
    if low is not None:
        return f"{low} 人以上的單位，{least}"
    return f"{high} 人以下的單位，{least}" if high is not None else least


def _given_words(award: UnitAward, band: UnitBand) -> str:
    if award.kind is UnitAwardKind.COMMENDATION:
        return "、".join(
            f"{one.role}至多 {one.people} 人各{one.award} {one.count} 次" for one in band.recipients
        )
    return f"{band.amount:,} {'次' if award.kind is UnitAwardKind.DRAW else '元'}"
