"""Benefits in words: what somebody is given, what stands in its way, how far a minimum is reached.

The one place that makes sentences of these, so that window, paper and workbook say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.conditions import Minimum
from desktop.domain.entitlements import Entitlement, EntitlementKind, UnitAwardKind, UnitBand
from desktop.domain.moments import roc_date
from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    Award,
    BenefitState,
    CommendationVerdict,
    EntitlementVerdict,
    Hindrance,
    HindranceCode,
    MinimumStanding,
    PersonVerdict,
    SetState,
    UnitStanding,
)
from desktop.services.wording import hours_words

LEAVE_TITLE = "補休"
PLAIN_AWARD = "嘉獎"
_COUNTED = "次"
_UNIT_KIND_WORDS = {
    UnitAwardKind.COMMENDATION: "敘獎",
    UnitAwardKind.DRAW: EntitlementKind.DRAW.word,
    UnitAwardKind.VOUCHER: EntitlementKind.VOUCHER.word,
    UnitAwardKind.CASH: EntitlementKind.CASH.word,
}


# ----------------------------------------------------------------------------------- hindrances
def hindrance_words(hindrance: Hindrance) -> str:
    """Why a benefit is not, or not yet, given: one sentence without its clause."""
    day = roc_date(hindrance.day) if hindrance.day is not None else ""
    words = hindrance.words
    sentences = {
        HindranceCode.NOT_ELIGIBLE: f"人員類別「{words}」不在適用對象",
        HindranceCode.CATEGORY_UNKNOWN: "名冊沒有人員類別，無法認定是否適用",
        HindranceCode.RANK_UNKNOWN: f"名冊沒有註明，無法認定該讀哪一套（{words}）",
        HindranceCode.NOT_RECEIVED: f"未在 {day} 前收件",
        HindranceCode.REPORT_MISSING: f"未在 {day} 前收到研習報告",
        HindranceCode.RECEIPT_UNCLEAR: f"收件登記沒有註明是申請還是研習報告（{day} 前須收到）",
        HindranceCode.NOT_IN_POST: _not_in_post(hindrance),
        HindranceCode.HAD_THIS_YEAR: f"已於 {words}，每年以一次為限",
        HindranceCode.HAD_BEFORE: f"已於 {words}，以第一次為限",
        HindranceCode.HAD_HIGHER: f"已於 {words}，高於這一次",
        HindranceCode.HISTORY_UNKNOWN: "還沒有匯入歷年核給紀錄，無法認定以前有沒有核給過",
        HindranceCode.QUOTA_EXHAUSTED: f"名額已滿{_in_brackets(words)}",
        HindranceCode.QUOTA_TIED: f"與他人條件相同，名額不足，須由承辦人決定{_in_brackets(words)}",
    }
    uncertain = {
        HindranceCode.HAD_THIS_YEAR: f"已於 {words}，沒有註明計畫，不知是否就是本計畫核給的",
        HindranceCode.HAD_BEFORE: f"已於 {words}，沒有註明計畫，不知是否就是本計畫核給的",
        HindranceCode.HAD_HIGHER: f"已於 {words}，無法認定是否高於這一次",
        HindranceCode.QUOTA_EXHAUSTED: "依目前確定的部分名額已滿，待確認的通過後才可能列入",
    }
    if not hindrance.is_certain and hindrance.code in uncertain:
        return f"{uncertain[hindrance.code]}。"
    return f"{sentences[hindrance.code]}。"


def _not_in_post(hindrance: Hindrance) -> str:
    if hindrance.day is None:
        return "規定的日期當天不在職"
    return f"規定的日期當天不在職（到職或離職日 {roc_date(hindrance.day)}）"


def _in_brackets(words: str) -> str:
    return f"（{words}）" if words else ""


def clause_words(hindrance: Hindrance) -> str:
    """Where the rule stands; empty when it stands nowhere."""
    return hindrance.clause.point if hindrance.clause is not None else ""


def reason_words(hindrance: Hindrance) -> str:
    """The sentence with its clause; clauses hold round brackets of their own."""
    clause = clause_words(hindrance)
    return f"{hindrance_words(hindrance)}〔{clause}〕" if clause else hindrance_words(hindrance)


# ------------------------------------------------------------------------------------- benefits
@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit of one person in words.

    Attributes:
        title: Its name: 補休, 敘獎, the entitlement's own title.
        state: What becomes of it.
        words: What is sure and what is possible (``確定 8 時，可能 12 時``).
        hindrances: What stands in its way, as the engine found it.
    """

    title: str
    state: BenefitState
    words: str
    hindrances: tuple[Hindrance, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The hindrances as sentences with their clauses."""
        return tuple(map(reason_words, self.hindrances))


def benefit_lines(plan: Plan, verdict: PersonVerdict) -> tuple[BenefitLine, ...]:
    """Every benefit that the plan gives, for one person, in the plan's order."""
    return tuple(_lines(plan, verdict))


def _lines(plan: Plan, verdict: PersonVerdict) -> Iterator[BenefitLine]:
    leave, commendation = verdict.leave, verdict.commendation
    if plan.compensatory_leave is not None:
        words = sure_and_possible(leave.hours, leave.possible_hours, "時")
        yield BenefitLine(LEAVE_TITLE, leave.state, words, leave.hindrances)
    if plan.commendation is not None:
        title = commendation_title(plan)
        words = commendation_words(plan, commendation)
        yield BenefitLine(title, commendation.state, words, commendation.hindrances)
    by_id = {entitlement.id: entitlement for entitlement in plan.entitlements}
    for found in verdict.entitlements:
        entitlement = by_id[found.entitlement_id]
        words = entitlement_words(entitlement, found)
        yield BenefitLine(entitlement.title, found.state, words, found.hindrances)


def sure_and_possible(sure: int, possible: int, unit: str) -> str:
    """``確定 8 時，可能 12 時``; the possible only where it is more."""
    if possible > sure:
        return f"確定 {sure} {unit}，可能 {possible} {unit}"
    return f"確定 {sure} {unit}"


def entitlement_words(entitlement: Entitlement, found: EntitlementVerdict) -> str:
    """What is sure and possible of an entitlement, in its own unit."""
    return sure_and_possible(found.amount, found.possible_amount, entitlement.kind.unit)


def has_several_awards(plan: Plan) -> bool:
    """Whether the plan's commendation gives anything but 嘉獎."""
    commendation = plan.commendation
    return commendation is not None and any(r.award != PLAIN_AWARD for r in commendation.rules)


def commendation_title(plan: Plan) -> str:
    """What the commendation is called: 嘉獎, or 敘獎 where there are several kinds."""
    return "敘獎" if has_several_awards(plan) else PLAIN_AWARD


def commendation_words(plan: Plan, commendation: CommendationVerdict) -> str:
    """What is sure and possible of the commendation; kinds are named where there are several."""
    if not has_several_awards(plan):
        return sure_and_possible(commendation.count, commendation.possible_count, _COUNTED)
    sure = awards_words(commendation.awards)
    words = f"確定{sure}" if sure else "確定 0 次"
    possible = awards_words(commendation.possible_awards)
    is_more = commendation.state is BenefitState.REVIEW and possible
    return f"{words}，可能{possible}" if is_more else words


def awards_words(awards: Sequence[Award]) -> str:
    """``記功1次、嘉獎1次``, the highest first; empty without any."""
    return "、".join(f"{award.name}{award.count}次" for award in awards)


def further_gains(plan: Plan, verdict: PersonVerdict) -> tuple[str, ...]:
    """What settled reviews would add beside leave and 嘉獎, in words."""
    gains = []
    possible = verdict.commendation.possible_awards
    if has_several_awards(plan) and possible != verdict.commendation.awards:
        gains.append(f"{commendation_title(plan)}可達{awards_words(possible)}")
    by_id = {entitlement.id: entitlement for entitlement in plan.entitlements}
    for found in verdict.entitlements:
        more = found.possible_amount - found.amount
        if more > 0:
            entitlement = by_id[found.entitlement_id]
            gains.append(f"{entitlement.title}可再增加 {more} {entitlement.kind.unit}")
    return tuple(gains)


# ------------------------------------------------------------------------------------- minimums
def minimum_words(standing: MinimumStanding) -> str:
    """How far a minimum is reached: ``數位 5 時：已 3 時，還差 2 時``."""
    minimum = standing.minimum
    unit = "時" if minimum.hours is not None else "門"
    short = standing.needed - standing.sure
    words = f"{minimum_title(minimum)}：已 {hours_words(standing.sure)} {unit}"
    if short <= 0:
        return f"{words}，已達成"
    open_ones = min(standing.possible, standing.needed) - standing.sure
    if open_ones > 0:
        words += f"，待確認 {hours_words(open_ones)} {unit}"
    return f"{words}，還差 {hours_words(short)} {unit}"


def minimums_words(standings: Sequence[MinimumStanding]) -> str:
    """The minimums of a set in one line: the first that is short, and how many more are."""
    short = [standing for standing in standings if standing.sure < standing.needed]
    if not short:
        return "最低要求都已達成" if len(standings) > 1 else minimum_words(standings[0])
    more = f"，另 {len(short) - 1} 項未達" if len(short) > 1 else ""
    return f"{minimum_words(short[0])}{more}"


def minimum_title(minimum: Minimum) -> str:
    """What a minimum asks for: ``業務相關 20 時``, ``40 時``."""
    what = [*minimum.categories, *minimum.learning_types]
    if minimum.is_business_related is not None:
        what.append("業務相關" if minimum.is_business_related else "非業務相關")
    needed = (
        f"{hours_words(minimum.hours)} 時"
        if minimum.hours is not None
        else f"{minimum.courses or 0} 門"
    )
    return f"{'、'.join(what)} {needed}" if what else needed


def open_minimums(verdict: PersonVerdict, set_id: str) -> tuple[str, ...]:
    """The minimums of a set that are not surely reached, in words."""
    return tuple(
        minimum_words(standing)
        for found in verdict.sets
        if found.set_id == set_id and found.state is not SetState.PASS
        for standing in found.minimums
        if standing.sure < standing.needed
    )


# ---------------------------------------------------------------------------------------- units
def unit_kind_words(kind: UnitAwardKind) -> str:
    """What a unit is given."""
    return _UNIT_KIND_WORDS[kind]


def band_words(kind: UnitAwardKind, band: UnitBand | None) -> str:
    """What a band gives: ``機關首長1人嘉獎2次、主辦人員2人嘉獎1次``, or ``抽獎機會 1 次``."""
    if band is None:
        return ""
    if kind is UnitAwardKind.COMMENDATION:
        return "、".join(f"{r.role}{r.people}人{r.award}{r.count}次" for r in band.recipients)
    unit = EntitlementKind(kind.value).unit
    return f"{unit_kind_words(kind)} {band.amount or 0} {unit}"


def completion_rate(standing: UnitStanding) -> Decimal:
    """Share of the headcount that surely completed, 0 to 1."""
    if not standing.headcount:
        return Decimal(0)
    return Decimal(standing.completed) / Decimal(standing.headcount)
