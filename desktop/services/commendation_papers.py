"""敘獎建議名冊 and 未獲敘獎名單: both lists together are everybody examined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.findings import ReasonCode
from desktop.domain.moments import roc_date
from desktop.domain.people import Person, RankTier
from desktop.domain.plan import Commendation, CommendationRule, Plan
from desktop.domain.verdicts import (
    HindranceCode,
    PersonVerdict,
    RecordVerdict,
    SetState,
    SetVerdict,
    Verdict,
)
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.own_sets import own_sets, short_title, unknown_rank_words
from desktop.services.paper_drafts import READY, Contents, Draft, Part
from desktop.services.wording import explain_all
from forms.commendation_list import CommendationListForm
from forms.contents import CommendationList, CommendationRow, NotCommendedList, NotCommendedRow
from forms.document import Issue
from forms.not_commended_list import NotCommendedListForm

KEY = "lists"

_TIER_ORDER = {RankTier.SENIOR: 0, RankTier.JUNIOR: 1, RankTier.ELEMENTARY: 2, None: 3}

_UNFINISHED = "未完成或未通過"
_LATE = "逾期完成"
_HOURS = "時數不符"
_OPEN = "待確認"
_NO_RANK = "官等不明"
_NOT_ELIGIBLE = "不屬適用對象"
_NO_CATEGORY = "人員類別不明"
_OTHER = "其他規定"
CAUSES = (_UNFINISHED, _LATE, _HOURS, _OPEN, _NO_RANK, _NOT_ELIGIBLE, _NO_CATEGORY, _OTHER)
"""Kinds of reason in the order of the list's total."""

_HINDRANCES = {
    HindranceCode.NOT_RECEIVED: "未於期限內收件",
    HindranceCode.REPORT_MISSING: "未繳交報告",
    HindranceCode.RECEIPT_UNCLEAR: "收件登記沒有寫明是哪一件",
    HindranceCode.NOT_IN_POST: "認定時已離職",
    HindranceCode.HAD_THIS_YEAR: "本年度已獲獎勵",
    HindranceCode.HAD_BEFORE: "以前已獲同項獎勵",
    HindranceCode.HAD_HIGHER: "以前已獲較高獎勵",
    HindranceCode.HISTORY_UNKNOWN: "沒有歷年核給紀錄可查",
    HindranceCode.QUOTA_EXHAUSTED: "名額已滿",
    HindranceCode.QUOTA_TIED: "與他人同序，名額由機關決定",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody is not proposed.

    Attributes:
        cause: The kind of reason, one of CAUSES.
        reason: In words, course names in full.
        basis: The clauses behind it.
        remark: What the clerk decided, if anything.
    """

    cause: str
    reason: str
    basis: str
    remark: str = ""


def commendation_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """Both lists as one draft: they are made together and name each other's number."""
    issue = Issue(issued_at=office.clock())
    listed = commendation_list(basis.plan, verdicts, issue=issue, agency=basis.agency.name)
    others = not_commended_list(basis.plan, verdicts, issue=issue, agency=basis.agency.name)
    parts = [
        *([Part(CommendationListForm, listed)] if listed is not None else []),
        *([Part(NotCommendedListForm, others)] if others is not None else []),
    ]
    sure = len(listed.rows) if listed is not None else 0
    rest = len(others.rows) if others is not None else 0
    return (
        Draft(
            key=KEY,
            employee_id=None,
            set_id=None,
            name="敘獎名冊",
            unit="",
            subject=f"敘獎 {sure} 人，未獲敘獎 {rest} 人",
            state=READY if parts else "名冊沒有人",
            parts=tuple(parts),
            link=_numbers_of_each_other,
        ),
    )


def _numbers_of_each_other(contents: Contents) -> Contents:
    numbers = {type(content): content.issue.number for content in contents}
    linked = []
    for content in contents:
        if isinstance(content, CommendationList):
            content = replace(content, not_commended_number=numbers.get(NotCommendedList))
        elif isinstance(content, NotCommendedList):
            content = replace(content, commendation_number=numbers.get(CommendationList))
        linked.append(content)
    return tuple(linked)


# --------------------------------------------------------------------------------- who is proposed


def commendation_list(
    plan: Plan,
    verdicts: Sequence[PersonVerdict],
    *,
    issue: Issue,
    agency: str,
) -> CommendationList | None:
    """敘獎建議名冊 of everybody whose commendation is sure; None when there is nobody.

    Order: units as in the roster, in them rank from high to low, then 人員代號.
    """
    commendation = plan.commendation
    if commendation is None:
        return None
    rows = tuple(
        CommendationRow(
            unit=verdict.person.unit,
            job_title=verdict.person.title,
            name=verdict.person.name,
            rank=verdict.person.rank,
            reason=commendation.reason,
            award=award_words(verdict),
            basis=commendation.legal_basis,
            remark=commendation_remark(plan, verdict),
        )
        for verdict in commended(verdicts)
    )
    if not rows:
        return None
    return CommendationList(
        issue=issue,
        agency=agency or plan.agency,
        plan=plan.title,
        day=commendation.deadline,
        rows=rows,
        awards=tuple(dict.fromkeys(f"{r.award}{r.count}次" for r in commendation.rules)),
    )


def award_words(verdict: PersonVerdict) -> str:
    """``嘉獎1次``."""
    return f"{verdict.commendation.award}{verdict.commendation.count}次"


def commendation_remark(plan: Plan, verdict: PersonVerdict) -> str:
    """What the committee will ask about: 留職停薪, 承辦人改判."""
    remarks = []
    counted = [record for s in verdict.commendation_sets for record in s.counted]
    if any(
        finding.code is ReasonCode.DURING_LEAVE_WITHOUT_PAY
        for record in counted
        for finding in record.findings
    ):
        remarks.append("留職停薪期間完成")
    if any(
        record.decision is not None and record.commendation_verdict is not Verdict.PASS
        for record in counted
    ):
        remarks.append("承辦人改判")
    return "、".join(remarks)


def commended(verdicts: Sequence[PersonVerdict]) -> tuple[PersonVerdict, ...]:
    """Everybody whose commendation is sure, in the order of the list."""
    return tuple(v for v in _in_order(verdicts) if v.commendation.count > 0)


def _in_order(verdicts: Sequence[PersonVerdict]) -> list[PersonVerdict]:
    units: dict[str, int] = {}
    for verdict in sorted(verdicts, key=lambda v: v.person.roster_position):
        units.setdefault(verdict.person.unit, len(units))
    return sorted(verdicts, key=lambda v: (units[v.person.unit], *_rank_order(v.person)))


def _rank_order(person: Person) -> tuple[bool, int, str]:
    return ("相當" in person.rank, _TIER_ORDER[person.tier], person.employee_id)


# ----------------------------------------------------------------------------- who is not, and why


def not_commended_list(
    plan: Plan,
    verdicts: Sequence[PersonVerdict],
    *,
    issue: Issue,
    agency: str,
) -> NotCommendedList | None:
    """未獲敘獎名單 of everybody else, with the reason; None when there is nobody."""
    commendation = plan.commendation
    if commendation is None:
        return None
    names = tuple(dict.fromkeys(name for rule in commendation.rules for name in rule.set_ids))
    rows = []
    for verdict in _in_order(verdicts):
        if verdict.commendation.count > 0:
            continue
        refusal = why_not(plan, commendation, verdict)
        rows.append(
            NotCommendedRow(
                unit=verdict.person.unit,
                job_title=verdict.person.title,
                name=verdict.person.name,
                rank=verdict.person.rank,
                completed=tuple(_is_complete(plan, verdict, name) for name in names),
                cause=refusal.cause,
                reason=refusal.reason,
                basis=refusal.basis,
                remark=refusal.remark,
            )
        )
    if not rows:
        return None
    return NotCommendedList(
        issue=issue,
        agency=agency or plan.agency,
        plan=plan.title,
        day=commendation.deadline,
        sets=tuple(short_title(plan, name) for name in names),
        rows=tuple(rows),
        examined=len(verdicts),
        causes=CAUSES,
    )


def _is_complete(plan: Plan, verdict: PersonVerdict, name: str) -> bool:
    judged = _judged(plan, verdict, [name])
    return bool(judged) and all(s.state is SetState.PASS for s in judged)


def _judged(plan: Plan, verdict: PersonVerdict, names: Sequence[str]) -> list[SetVerdict]:
    """The person's sets of those names as the commendation judges them."""
    wanted = {s.id for name in names for s in own_sets(plan, verdict, name)}
    return [s for s in verdict.commendation_sets if s.set_id in wanted]


def why_not(plan: Plan, commendation: Commendation, verdict: PersonVerdict) -> Refusal:
    """Why a person is not proposed: the first thing that settles it, in words.

    Where several awards are open to the person, the one is looked at that lacks least.
    """
    person = verdict.person
    clause = plan.eligibility.clause.point
    if verdict.is_eligible is False:
        return Refusal(_NOT_ELIGIBLE, f"不屬適用對象（{person.category}）", clause, "不列入")
    unknown_rank = unknown_rank_words(plan, person)
    rules = [rule for rule in commendation.rules if _applies(plan, verdict, rule)]
    if not rules:
        points = dict.fromkeys(rule.clause.point for rule in commendation.rules)
        return Refusal(_NO_RANK, unknown_rank or "沒有適用的課程", "；".join(points), "請補官等")
    rule = min(rules, key=lambda one: _outstanding(_judged(plan, verdict, one.set_ids)))
    sets = _judged(plan, verdict, rule.set_ids)
    refusal = _of_sets(rule, sets)
    if refusal is None:
        refusal = _of_hindrances(rule, verdict)
    if refusal is None and verdict.is_eligible is None:
        refusal = Refusal(_NO_CATEGORY, "名冊沒有人員類別，無法認定是否適用", clause)
    if refusal is None:
        refusal = Refusal(_OTHER, "已完成課程，依規定未獲敘獎", rule.clause.point)
    return replace(refusal, remark=_decision_remark(sets))


def _applies(plan: Plan, verdict: PersonVerdict, rule: CommendationRule) -> bool:
    return all(own_sets(plan, verdict, name) for name in rule.set_ids)


def _outstanding(sets: Sequence[SetVerdict]) -> int:
    """How many courses a rule still lacks; those under review weigh less than any other."""
    short = sum(len(s.missing) + len(s.failed) for s in sets)
    return short * 1000 + sum(len(s.under_review) for s in sets)


def _of_sets(rule: CommendationRule, sets: Sequence[SetVerdict]) -> Refusal | None:
    """What is missing, failed or open in the sets of a rule; None when they are complete."""
    if all(s.state is SetState.PASS for s in sets):
        return None
    clauses = {rule.clause.point: None}
    parts: list[str] = []
    causes: list[str] = []
    missing = list(dict.fromkeys(course for s in sets for course in s.missing))
    if missing and not any(s.counted for s in sets):
        return Refusal(_UNFINISHED, "未選讀", rule.clause.point)
    if missing:
        parts.append(f"缺 {len(missing)} 門：{'；'.join(missing)}")
        causes.append(_UNFINISHED)
    seen: set[str] = set()
    for record, is_open in _bad_records(sets):
        if record.course in seen:
            continue
        seen.add(record.course)
        explained = [e for e in explain_all(record.commendation_findings) if e.severity > 0]
        words = "".join(e.sentence for e in explained).removesuffix("。") or _decided(record)
        parts.append(f"「{record.course}」{words}")
        clauses.update(dict.fromkeys(e.clause for e in explained))
        causes.append(_OPEN if is_open else _cause_of([e.finding.code for e in explained]))
    if not parts:
        parts.append("時數或門數未達規定")
        causes.append(_UNFINISHED)
    closed = [cause for cause in causes if cause != _OPEN]
    return Refusal((closed or causes)[0], "；".join(parts), "；".join(clauses))


def _bad_records(sets: Sequence[SetVerdict]) -> list[tuple[RecordVerdict, bool]]:
    """The counted records that fail or wait, and whether they wait."""
    found = []
    for judged in sets:
        for record in judged.counted:
            if record.course in judged.failed:
                found.append((record, False))
            elif record.course in judged.under_review:
                found.append((record, True))
    return found


def _cause_of(codes: Sequence[ReasonCode]) -> str:
    if ReasonCode.AFTER_DEADLINE in codes:
        return _LATE
    return _HOURS if ReasonCode.HOURS_MISMATCH in codes else _UNFINISHED


def _of_hindrances(rule: CommendationRule, verdict: PersonVerdict) -> Refusal | None:
    known = [h for h in verdict.commendation.hindrances if h.code in _HINDRANCES]
    if not known:
        return None
    words = []
    for hindrance in known:
        day = f"（{roc_date(hindrance.day)}）" if hindrance.day is not None else ""
        said = f"：{hindrance.words}" if hindrance.words else ""
        words.append(f"{_HINDRANCES[hindrance.code]}{day}{said}")
    points = dict.fromkeys(h.clause.point if h.clause else rule.clause.point for h in known)
    cause = _OTHER if any(h.is_certain for h in known) else _OPEN
    return Refusal(cause, "；".join(words), "；".join(points))


def _decided(record: RecordVerdict) -> str:
    decision = record.decision
    return f"{decision.kind.word}：{decision.reason}" if decision is not None else "尚待確認"


def _decision_remark(sets: Sequence[SetVerdict]) -> str:
    """What the clerk decided on records that still do not count, and when."""
    words = dict.fromkeys(
        f"{record.decision.kind.word} {roc_date(record.decision.decided_at.date())}"
        for record, _ in _bad_records(sets)
        if record.decision is not None
    )
    return "；".join(words)
