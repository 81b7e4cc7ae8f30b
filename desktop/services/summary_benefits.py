"""Benefits beside leave and 嘉獎, and awards for units, as content of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from desktop.domain.entitlements import Entitlement, UnitAward, UnitAwardKind
from desktop.domain.findings import Clause
from desktop.domain.plan import Plan
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import (
    BenefitState,
    EntitlementVerdict,
    Hindrance,
    HindranceCode,
    PersonVerdict,
    UnitStanding,
)
from desktop.exports.benefit_content import (
    BenefitColumn,
    BenefitContent,
    ListLine,
    PersonBenefit,
    RecipientLine,
    UnitAwardLine,
)
from desktop.exports.content import EvidencePlace, IncompleteSet, PendingItem
from desktop.services.benefit_words import (
    awards_words,
    band_words,
    benefit_lines,
    clause_words,
    commendation_title,
    completion_rate,
    has_several_awards,
    hindrance_words,
    reason_words,
    unit_kind_words,
)
from desktop.services.summary_words import BENEFIT_WORDS

WHOLE_ORGANISATION = "全機關"
_COUNTED_IN = {UnitAwardKind.DRAW: "次", UnitAwardKind.VOUCHER: "元", UnitAwardKind.CASH: "元"}


def benefit_content(
    plan: Plan, verdicts: Sequence[PersonVerdict], units: Sequence[UnitStanding]
) -> BenefitContent:
    """Everything the workbook says of such benefits."""
    names = {v.person.employee_id: v.person.name for v in verdicts}
    awards = {award.id: award for award in plan.unit_awards}
    return BenefitContent(
        award_word=commendation_title(plan),
        awards={v.person.employee_id: awards_words(v.commendation.awards) for v in verdicts}
        if has_several_awards(plan)
        else None,
        columns=tuple(BenefitColumn(each.title, each.kind.unit) for each in plan.entitlements),
        people=MappingProxyType(
            {
                verdict.person.employee_id: tuple(
                    PersonBenefit(BENEFIT_WORDS[e.state], e.amount, e.possible_amount)
                    for e in verdict.entitlements
                )
                for verdict in verdicts
            }
        ),
        lines=(*_personal_lines(plan, verdicts), *_unit_lines(awards, units)),
        has_lists=bool(plan.entitlements)
        or any(award.kind is not UnitAwardKind.COMMENDATION for award in plan.unit_awards),
        units=tuple(_unit(awards[found.award_id], found, names) for found in units),
        recipients=tuple(_recipients(awards, units)),
    )


def benefit_clauses(plan: Plan) -> Iterator[Clause]:
    """The clauses that such benefits and conditions rest on, for 說明."""
    for course_set in plan.sets:
        yield from (minimum.clause for minimum in course_set.minimums)
    leave, commendation = plan.compensatory_leave, plan.commendation
    if commendation is not None and commendation.quota is not None:
        yield commendation.quota.clause
    for benefit in (leave, commendation, *plan.entitlements):
        if benefit is not None:
            asked = benefit.conditions
            for clause in (
                asked.received_clause,
                asked.report_clause,
                asked.in_post_clause,
                asked.frequency_clause,
                asked.higher_clause,
            ):
                if clause is not None:
                    yield clause
    for entitlement in plan.entitlements:
        yield entitlement.deadline_clause
        yield from (rule.clause for rule in entitlement.rules)
    for award in plan.unit_awards:
        yield award.completed_clause
        yield from (band.clause for band in award.bands)


def _personal_lines(plan: Plan, verdicts: Sequence[PersonVerdict]) -> Iterator[ListLine]:
    for position, entitlement in enumerate(plan.entitlements):
        for verdict in verdicts:
            found = verdict.entitlements[position]
            if found.amount:
                yield _personal_line(entitlement, verdict, found)


def _personal_line(
    entitlement: Entitlement, verdict: PersonVerdict, found: EntitlementVerdict
) -> ListLine:
    person = verdict.person
    more = found.possible_amount - found.amount
    unit = entitlement.kind.unit
    return ListLine(
        benefit=entitlement.title,
        unit=person.unit,
        employee_id=person.employee_id,
        name=person.name,
        title=person.title,
        amount=found.amount,
        counted_in=unit,
        clause="、".join(dict.fromkeys(rule.clause.point for rule in entitlement.rules)),
        remark=f"待確認的通過後可再增加 {more} {unit}" if more > 0 else "",
    )


def _unit_lines(awards: dict[str, UnitAward], units: Sequence[UnitStanding]) -> Iterator[ListLine]:
    for found in units:
        award = awards[found.award_id]
        if found.band is None or award.kind is UnitAwardKind.COMMENDATION:
            continue
        yield ListLine(
            benefit=award.title,
            unit=found.unit or WHOLE_ORGANISATION,
            employee_id="",
            name="",
            title="",
            amount=found.band.amount or 0,
            counted_in=_COUNTED_IN[award.kind],
            clause=found.band.clause.point,
            remark=f"單位的{unit_kind_words(award.kind)}",
        )


def _unit(award: UnitAward, found: UnitStanding, names: dict[str, str]) -> UnitAwardLine:
    best = found.possible_band if found.state is BenefitState.REVIEW else None
    shown = found.band or best
    return UnitAwardLine(
        award=award.title,
        unit=found.unit or WHOLE_ORGANISATION,
        headcount=found.headcount,
        completed=found.completed,
        possible=found.possible,
        rate=completion_rate(found),
        verdict=BENEFIT_WORDS[found.state],
        given=band_words(award.kind, found.band),
        possible_given=band_words(award.kind, best),
        clause=shown.clause.point if shown is not None else "",
        lacking=tuple(f"{who} {names.get(who, '')}".strip() for who in found.lacking),
    )


def _recipients(
    awards: dict[str, UnitAward], units: Sequence[UnitStanding]
) -> Iterator[RecipientLine]:
    """One line a place, of what is sure."""
    for found in units:
        band = found.band
        if band is None:
            continue
        for recipient in band.recipients:
            for _ in range(recipient.people):
                yield RecipientLine(
                    unit=found.unit or WHOLE_ORGANISATION,
                    award=awards[found.award_id].title,
                    role=recipient.role,
                    given=f"{recipient.award}{recipient.count}次",
                    clause=band.clause.point,
                )


# --------------------------------------------------------------------------- 未完成 and 待確認
_SAID_ELSEWHERE = frozenset({HindranceCode.NOT_ELIGIBLE, HindranceCode.CATEGORY_UNKNOWN})
"""明細 says these in the person's remark."""


def hindered_benefits(plan: Plan, verdicts: Sequence[PersonVerdict]) -> list[IncompleteSet]:
    """Benefits that something certain stands in the way of though the courses are there."""
    return [
        IncompleteSet(
            employee_id=verdict.person.employee_id,
            name=verdict.person.name,
            unit=verdict.person.unit,
            set_title=line.title,
            missing=(),
            failed=(),
            reasons=tuple(map(reason_words, found)),
        )
        for verdict in verdicts
        if verdict.is_eligible is not False
        for line in benefit_lines(plan, verdict)
        if (found := _of(line.hindrances, is_certain=True))
    ]


def unsettled_benefits(plan: Plan, verdicts: Sequence[PersonVerdict]) -> list[PendingItem]:
    """Benefits that wait for a person's word on something beside the courses."""
    return [
        PendingItem(
            employee_id=verdict.person.employee_id,
            name=verdict.person.name,
            unit=verdict.person.unit,
            set_title=line.title,
            course="",
            start=None,
            end=None,
            questions=tuple(hindrance_words(h) for h in found),
            clauses=tuple(dict.fromkeys(c for h in found if (c := clause_words(h)))),
            consequence=f"{line.title}：{line.words}",
            place=_place(found),
        )
        for verdict in verdicts
        if verdict.is_eligible is not False
        for line in benefit_lines(plan, verdict)
        if (found := _of(line.hindrances, is_certain=False))
    ]


def _of(hindrances: Sequence[Hindrance], *, is_certain: bool) -> tuple[Hindrance, ...]:
    return tuple(
        h for h in hindrances if h.is_certain is is_certain and h.code not in _SAID_ELSEWHERE
    )


def _place(found: Sequence[Hindrance]) -> EvidencePlace:
    places: list[SourcePlace] = [place for hindrance in found for place in hindrance.evidence]
    if not places:
        return EvidencePlace("")
    return EvidencePlace(places[0].file_name, places[0].sheet or places[0].page, places[0].row)
