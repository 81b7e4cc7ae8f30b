"""What stands in the way of a benefit: category, papers, post, and what the person had before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.attendance import FormerAward, Receipt, ReceiptKind
from desktop.domain.conditions import BenefitConditions, Frequency
from desktop.domain.findings import Clause
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import BenefitState, Hindrance, HindranceCode
from desktop.rules.audience import OwnSets
from desktop.rules.history import Family, means_plan


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims a benefit, and what is on record of the person beside learning.

    Attributes:
        person: Of the roster.
        is_eligible: By 人員類別; None when the roster does not say.
        receipts: What was received from the person under this plan, and when.
        history: What the person had before; None when nobody imported a list.
    """

    person: Person
    is_eligible: bool | None
    receipts: tuple[Receipt, ...] = ()
    history: tuple[FormerAward, ...] | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """How high a benefit is, sure and possible, on the scale of what the person had before."""

    sure: int
    possible: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the hindrances leave of a benefit.

    Attributes:
        hindrances: What was met.
        gives_sure: Whether what is sure stands.
        gives_possible: Whether what is possible stands.
    """

    hindrances: tuple[Hindrance, ...]
    gives_sure: bool
    gives_possible: bool


def weigh(
    conditions: BenefitConditions,
    claimant: Claimant,
    *,
    plan: Plan,
    family: Family,
    levels: Levels,
) -> Outcome:
    """What hinders a benefit that the person's courses would give.

    Certain hindrances refuse it; others leave it to a person: nothing is sure, all is possible.

    Args:
        conditions: The benefit's.
        claimant: Who claims it.
        plan: The plan.
        family: Which former awards are the same benefit.
        levels: What the courses alone would give; nothing is hindered where nothing is possible.
    """
    if not levels.possible:
        return Outcome((), gives_sure=True, gives_possible=True)
    found = (
        *_category(claimant, plan),
        *_papers(conditions, claimant.receipts, plan),
        *_post(conditions, claimant.person),
        *_history(conditions, claimant, plan=plan, family=family, levels=levels),
    )
    is_refused = any(hindrance.is_certain for hindrance in found)
    return Outcome(found, gives_sure=not found, gives_possible=not is_refused)


def state_of(sure: int, possible: int) -> BenefitState:
    """What becomes of a benefit by what is sure and what is possible."""
    if possible > sure:
        return BenefitState.REVIEW
    return BenefitState.GRANTED if sure else BenefitState.NONE


def unsaid_hindrances(
    own: OwnSets, rules: Sequence[tuple[tuple[str, ...], Clause]], claimant: Claimant
) -> tuple[Hindrance, ...]:
    """``rank_unknown`` for rules that name a set which may be the person's own.

    The sets count as not the person's own; what else is sure stays sure.

    Args:
        own: The person's own sets.
        rules: Sets and clause of each rule of the benefit.
        claimant: Who claims it.
    """
    if claimant.is_eligible is False:
        return ()
    found: dict[str, Hindrance] = {}
    for names, clause in rules:
        for words in own.unsaid_of(names):
            found.setdefault(
                words, Hindrance(HindranceCode.RANK_UNKNOWN, False, clause, words=words)
            )
    return tuple(found.values())


def is_in_post(person: Person, day: date) -> bool:
    """Whether the person is in post on a day: the day of leaving (離職日) itself is none."""
    has_begun = person.hired_on is None or person.hired_on <= day
    return has_begun and (person.left_on is None or person.left_on > day)


def _category(claimant: Claimant, plan: Plan) -> Iterator[Hindrance]:
    clause = plan.eligibility.clause
    if claimant.is_eligible is False:
        category = claimant.person.category
        yield Hindrance(HindranceCode.NOT_ELIGIBLE, True, clause, words=category)
    elif claimant.is_eligible is None:
        yield Hindrance(HindranceCode.CATEGORY_UNKNOWN, False, clause)


def _papers(
    conditions: BenefitConditions, receipts: Sequence[Receipt], plan: Plan
) -> Iterator[Hindrance]:
    for kind, code, last_day, clause in (
        (
            ReceiptKind.APPLICATION,
            HindranceCode.NOT_RECEIVED,
            conditions.received_by,
            conditions.received_clause,
        ),
        (
            ReceiptKind.REPORT,
            HindranceCode.REPORT_MISSING,
            conditions.report_by,
            conditions.report_clause,
        ),
    ):
        if last_day is None:
            continue
        in_time = [r for r in receipts if r.received_on <= last_day and r.kind in (kind, None)]
        if any(r.kind is kind for r in in_time):
            continue
        places = tuple(r.place for r in in_time if r.place is not None)
        if not in_time:
            yield Hindrance(code, True, clause, day=last_day)
        elif len(asked_papers(plan)) > 1:
            yield Hindrance(
                HindranceCode.RECEIPT_UNCLEAR, False, clause, day=last_day, evidence=places
            )


def asked_papers(plan: Plan) -> frozenset[ReceiptKind]:
    """What kinds of papers some benefit of the plan must have received by a day."""
    leave, commendation = plan.compensatory_leave, plan.commendation
    conditions = [b.conditions for b in (leave, commendation, *plan.entitlements) if b is not None]
    kinds = set()
    if any(asked.received_by is not None for asked in conditions):
        kinds.add(ReceiptKind.APPLICATION)
    has_report = plan.credit is not None and plan.credit.report_by is not None
    if has_report or any(asked.report_by is not None for asked in conditions):
        kinds.add(ReceiptKind.REPORT)
    return frozenset(kinds)


def _post(conditions: BenefitConditions, person: Person) -> Iterator[Hindrance]:
    day = conditions.in_post_on
    if day is not None and not is_in_post(person, day):
        changed = person.left_on if person.left_on and person.left_on <= day else person.hired_on
        yield Hindrance(HindranceCode.NOT_IN_POST, True, conditions.in_post_clause, day=changed)


def _history(
    conditions: BenefitConditions,
    claimant: Claimant,
    *,
    plan: Plan,
    family: Family,
    levels: Levels,
) -> Iterator[Hindrance]:
    if not conditions.asks_for_history:
        return
    clause = conditions.frequency_clause or conditions.higher_clause
    if claimant.history is None:
        yield Hindrance(HindranceCode.HISTORY_UNKNOWN, False, clause)
        return
    had = [
        award
        for award in claimant.history
        if family.holds(award) and award.year <= plan.year and not _is_this_one(award, plan)
    ]
    if conditions.frequency is Frequency.ONCE_A_YEAR:
        had_before = [award for award in had if award.year == plan.year]
        yield from _had(HindranceCode.HAD_THIS_YEAR, had_before, plan, conditions.frequency_clause)
    elif conditions.frequency is Frequency.FIRST_TIME_ONLY:
        yield from _had(HindranceCode.HAD_BEFORE, had, plan, conditions.frequency_clause)
    if conditions.is_refused_after_higher:
        yield from _higher(had, family, levels, conditions.higher_clause)


def _is_this_one(award: FormerAward, plan: Plan) -> bool:
    """Whether the list tells of this very plan's award."""
    return award.year == plan.year and means_plan(award.plan, plan)


def _had(
    code: HindranceCode, had: Sequence[FormerAward], plan: Plan, clause: Clause | None
) -> Iterator[Hindrance]:
    """One hindrance; uncertain when only awards of this year without a plan's name are known."""
    if not had:
        return
    certain = [award for award in had if award.year != plan.year or award.plan.strip()]
    yield _about(code, certain or had, is_certain=bool(certain), clause=clause)


def _higher(
    had: Sequence[FormerAward], family: Family, levels: Levels, clause: Clause | None
) -> Iterator[Hindrance]:
    """``had_higher``: certain when even what is possible lies below a former award."""
    code = HindranceCode.HAD_HIGHER
    above = [a for a in had if (family.level(a) or 0) > levels.possible]
    if above:
        yield _about(code, above, is_certain=True, clause=clause)
        return
    unclear = [a for a in had if (level := family.level(a)) is None or level > levels.sure > 0]
    if unclear:
        yield _about(code, unclear, is_certain=False, clause=clause)


def _about(
    code: HindranceCode,
    awards: Sequence[FormerAward],
    *,
    is_certain: bool,
    clause: Clause | None,
) -> Hindrance:
    words = "、".join(dict.fromkeys(award.words for award in awards))
    places = tuple(award.place for award in awards if award.place is not None)
    given = [award.given_on for award in awards if award.given_on is not None]
    day = max(given) if given else None
    return Hindrance(code, is_certain, clause, day=day, words=words, evidence=places)
