"""The whole organisation's completion and the yearly requirement as lines of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.plan import Plan
from desktop.domain.verdicts import CreditState, PersonVerdict, SetState
from desktop.domain.yearly_hours import LineStanding, YearlyStanding, YearlyState
from desktop.exports.content import (
    EvidencePlace,
    OrganisationRate,
    YearlyLine,
    YearlySummary,
)
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.summary_people import has_completed_all, has_completed_any
from desktop.services.verifying import evaluate_everybody
from desktop.services.wording import hours_words
from desktop.services.yearly_hours import (
    STATE_WORDS,
    counted_words,
    yearly_notes,
    yearly_standing,
)


@dataclass(frozen=True, slots=True)
class Completion:
    """How far the whole organisation has come.

    Attributes:
        rates: A line for each thing to complete, everything together first.
        headline: That first line in words.
        sentences: Every line in words.
        in_short: Of these the first, and that of the yearly requirement.
    """

    rates: tuple[OrganisationRate, ...]
    headline: str
    sentences: tuple[str, ...]
    in_short: tuple[str, ...]


def completion(office: Office, plan_id: str) -> Completion:
    """How far the whole organisation has come under a plan.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
    """
    basis, verdicts = evaluate_everybody(office, plan_id)
    return completion_of(basis, verdicts)


def completion_of(basis: Basis, verdicts: Sequence[PersonVerdict]) -> Completion:
    """The same of verdicts that are there already."""
    rates = organisation_rates(basis, verdicts)
    sentences = tuple(_rate_words(rate) for rate in rates)
    first = rates[0]
    headline = f"完成率 {_percent(first)}" if first.eligible else "沒有適用對象"
    is_yearly = basis.plan.yearly_requirement is not None
    return Completion(
        rates, headline, sentences, (sentences[0], *(sentences[-1:] if is_yearly else ()))
    )


def _rate_words(rate: OrganisationRate) -> str:
    if not rate.eligible:
        return f"{rate.item}：沒有適用對象"
    words = f"{rate.item}：{rate.completed}／{rate.eligible} 人（{_percent(rate)}）"
    return f"{words}，待確認或未知 {rate.waiting} 人" if rate.waiting else words


def _percent(rate: OrganisationRate) -> str:
    """A share as a whole percentage that says 100 and 0 only of all and nobody."""
    share = round(rate.completed * 100 / rate.eligible)
    if 0 < rate.completed < rate.eligible:
        share = min(max(share, 1), 99)
    return f"{share}%"


def organisation_rates(
    basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[OrganisationRate, ...]:
    """What the whole organisation completed; people who may not apply do not count."""
    plan = basis.plan
    eligible = [verdict for verdict in verdicts if verdict.is_eligible is not False]
    rates = _credit_rates(plan, eligible) if plan.credit else _set_rates(plan, eligible)
    if plan.yearly_requirement is not None:
        hours = hours_words(plan.yearly_requirement.hours)
        states = [
            standing.state
            for verdict in eligible
            if (standing := yearly_standing(basis, verdict)) is not None
        ]
        rates.append(
            OrganisationRate(
                f"年度必修 {hours} 小時",
                len(eligible),
                states.count(YearlyState.MET),
                states.count(YearlyState.DISPUTED) + states.count(YearlyState.UNKNOWN),
            )
        )
    return tuple(rates)


def _credit_rates(plan: Plan, eligible: Sequence[PersonVerdict]) -> list[OrganisationRate]:
    reached = [verdict for verdict in eligible if has_completed_any(plan, verdict)]
    minimum = plan.credit.minimum_hours if plan.credit is not None else Decimal(0)
    may_reach = sum(
        1
        for verdict in eligible
        if verdict.credit is not None
        and verdict.credit.state is CreditState.BELOW_MINIMUM
        and verdict.credit.possible_hours >= minimum
    )
    credited = sum(map(has_completed_all, eligible))
    return [
        OrganisationRate("時數已登錄", len(eligible), credited, may_reach),
        OrganisationRate("達最低時數", len(eligible), len(reached), may_reach),
    ]


def _set_rates(plan: Plan, eligible: Sequence[PersonVerdict]) -> list[OrganisationRate]:
    """Everything, anything, and a line a set, of the people it is meant for."""
    own = [[(s.set_id, s.state) for s in verdict.sets] for verdict in eligible]
    states = [[state for _, state in mine] for mine in own]
    done, open_one = SetState.PASS, SetState.REVIEW
    rates = [
        OrganisationRate(
            "全部完成",
            len(eligible),
            sum(map(has_completed_all, eligible)),
            sum(open_one in mine and SetState.INCOMPLETE not in mine for mine in states),
        )
    ]
    if len(plan.sets) == 1:
        return rates
    rates.append(
        OrganisationRate(
            "完成一套以上",
            len(eligible),
            sum(done in mine for mine in states),
            sum(open_one in mine and done not in mine for mine in states),
        )
    )
    for course_set in plan.sets:
        mine = [state for sets in own for set_id, state in sets if set_id == course_set.id]
        rates.append(
            OrganisationRate(
                f"完成：{course_set.title}", len(mine), mine.count(done), mine.count(open_one)
            )
        )
    return rates


def yearly_summary(standing: YearlyStanding | None) -> YearlySummary | None:
    """A person's standing on 明細."""
    if standing is None:
        return None
    return YearlySummary(
        verdict=STATE_WORDS[standing.state],
        hours=standing.total.has,
        short=standing.short_by,
    )


def yearly_lines(basis: Basis, verdicts: Sequence[PersonVerdict]) -> tuple[YearlyLine, ...]:
    """Every person's lines and total on 年度必修."""
    found: list[YearlyLine] = []
    for verdict in verdicts:
        standing = yearly_standing(basis, verdict)
        if standing is None:
            continue
        found.extend(_workbook_line(verdict, standing, line) for line in standing.lines)
        found.append(_workbook_line(verdict, standing, standing.total))
    return tuple(found)


def _workbook_line(
    verdict: PersonVerdict, standing: YearlyStanding, line: LineStanding
) -> YearlyLine:
    person = verdict.person
    is_total = line is standing.total
    counted = line.counted
    page = standing.page
    return YearlyLine(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        is_eligible=verdict.is_eligible is True,
        item=f"合計（{line.title}）" if is_total else line.title,
        needs=line.needs,
        stated=line.stated,
        counted=counted.least
        if counted is not None and counted.is_exact
        else counted_words(counted),
        short=standing.short_by if is_total else line.short_by,
        verdict=STATE_WORDS[line.state],
        notes=yearly_notes(standing) if is_total else (),
        place=EvidencePlace(page.place.file_name, page.place.sheet or page.place.page)
        if page is not None
        else None,
        is_total=is_total,
    )
