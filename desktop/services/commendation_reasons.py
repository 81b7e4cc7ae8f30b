"""Why somebody is not proposed for a commendation, in words, with the clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.findings import ReasonCode
from desktop.domain.moments import roc_date
from desktop.domain.plan import Commendation, CommendationRule, Plan
from desktop.domain.verdicts import (
    HindranceCode,
    PersonVerdict,
    RecordVerdict,
    SetState,
    SetVerdict,
)
from desktop.services.benefit_words import (
    awards_words,
    clause_words,
    hindrance_words,
    minimum_words,
)
from desktop.services.own_sets import sets_called, unknown_rank_words
from desktop.services.wording import explain_all, hours_words

_UNFINISHED = "未完成或未通過"
_LATE = "逾期完成"
_HOURS = "時數不符"
_OPEN = "待確認"
_NO_RANK = "官等不明"
_NOT_ELIGIBLE = "不屬適用對象"
_NO_CATEGORY = "人員類別不明"
_OTHER = "其他規定"
_LEFT_OUT = "承辦人不列名"
CAUSES = (
    _UNFINISHED,
    _LATE,
    _HOURS,
    _OPEN,
    _NO_RANK,
    _NOT_ELIGIBLE,
    _NO_CATEGORY,
    _OTHER,
    _LEFT_OUT,
)
"""Kinds of reason in the order of the list's total."""

_MOST_TOLD = 300
"""Characters in which reasons are told course by course; of further courses the names."""
_MOST_NAMES = 24

_TOLD_OTHERWISE = frozenset(
    {HindranceCode.NOT_ELIGIBLE, HindranceCode.CATEGORY_UNKNOWN, HindranceCode.RANK_UNKNOWN}
)


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


def sets_judged(plan: Plan, verdict: PersonVerdict, names: Sequence[str]) -> list[SetVerdict]:
    """The person's sets of those names as the commendation judges them."""
    wanted = {s.id for name in names for s in sets_called(plan, verdict, name)}
    return [s for s in verdict.commendation_sets if s.set_id in wanted]


def why_not(plan: Plan, commendation: Commendation, verdict: PersonVerdict) -> Refusal:
    """Why a person is not proposed: the first thing that settles it, in words.

    Where several awards are open to the person, the one is looked at that lacks least.
    """
    person = verdict.person
    if verdict.left_out is not None:
        awards = awards_words(verdict.commendation.awards)
        words = f"{verdict.left_out.reason}（程式判定可獲{awards}）"
        return Refusal(_LEFT_OUT, words, "承辦人決定", "不列名")
    clause = plan.eligibility.clause.point
    if verdict.is_eligible is False:
        return Refusal(_NOT_ELIGIBLE, f"不屬適用對象（{person.category}）", clause, "不列入")
    unknown_rank = unknown_rank_words(plan, person)
    rules = [rule for rule in commendation.rules if _applies(plan, verdict, rule)]
    if not rules:
        points = dict.fromkeys(rule.clause.point for rule in commendation.rules)
        return Refusal(_NO_RANK, unknown_rank or "沒有適用的課程", "；".join(points), "請補官等")
    rule = min(rules, key=lambda one: _outstanding(sets_judged(plan, verdict, one.set_ids)))
    sets = sets_judged(plan, verdict, rule.set_ids)
    refusal = _of_sets(plan, rule, sets)
    if refusal is None:
        refusal = _of_hindrances(rule, verdict)
    if refusal is None and verdict.is_eligible is None:
        refusal = Refusal(_NO_CATEGORY, "名冊沒有人員類別，無法認定是否適用", clause)
    if refusal is None:
        refusal = Refusal(_OTHER, "已完成課程，依規定未獲敘獎", rule.clause.point)
    return replace(refusal, remark=_decision_remark(sets))


def _applies(plan: Plan, verdict: PersonVerdict, rule: CommendationRule) -> bool:
    called = [sets_called(plan, verdict, name) for name in rule.set_ids]
    return any(called) if rule.threshold is not None else all(called)


def _outstanding(sets: Sequence[SetVerdict]) -> int:
    """How many courses a rule still lacks; those under review weigh less than any other."""
    short = sum(len(s.missing) + len(s.failed) for s in sets)
    return short * 1000 + sum(len(s.under_review) for s in sets)


def _of_sets(plan: Plan, rule: CommendationRule, sets: Sequence[SetVerdict]) -> Refusal | None:
    """What is missing, failed or open in the sets of a rule; None when they are complete."""
    if all(s.state is SetState.PASS for s in sets):
        return None
    clauses = {rule.clause.point: None}
    parts = [*_short_of_threshold(rule, sets), *_short_of_minimums(plan, sets)]
    causes = [_UNFINISHED] * len(parts)
    listed = [] if rule.threshold is not None else [s for s in sets if not s.minimums]
    missing = list(dict.fromkeys(course for s in listed for course in s.missing))
    if not any(s.counted for s in sets):
        return Refusal(_UNFINISHED, "未選讀", rule.clause.point)
    if missing:
        parts.append(f"缺 {len(missing)} 門：{_names(missing)}")
        causes.append(_UNFINISHED)
    bad: dict[str, tuple[RecordVerdict, bool]] = {}
    for record, is_open in _bad_records(sets):
        bad.setdefault(record.course, (record, is_open))
    rest = []
    for course, (record, is_open) in bad.items():
        explained = [e for e in explain_all(record.commendation_findings) if e.severity > 0]
        words = "".join(e.sentence for e in explained).removesuffix("。") or _decided(record)
        if sum(map(len, parts)) + len(words) > _MOST_TOLD:
            rest.append(course)
        else:
            parts.append(f"「{course}」{words}")
        clauses.update(dict.fromkeys(e.clause for e in explained))
        causes.append(_OPEN if is_open else _cause_of([e.finding.code for e in explained]))
    if rest:
        parts.append(f"另有 {len(rest)} 門不符或待確認：{_names(rest)}")
    if not parts:
        parts.append("時數或門數未達規定")
        causes.append(_UNFINISHED)
    closed = [cause for cause in causes if cause != _OPEN]
    return Refusal((closed or causes)[0], "；".join(parts), "；".join(clauses))


def _names(courses: Sequence[str]) -> str:
    """Course names in full; past twenty-four the workbook has them, a page has not the room."""
    said = "；".join(courses[:_MOST_NAMES])
    return said if len(courses) <= _MOST_NAMES else f"{said}；其餘見彙總表課程明細"


def _short_of_threshold(rule: CommendationRule, sets: Sequence[SetVerdict]) -> list[str]:
    """What a rule asks for that does not ask for each set."""
    threshold = rule.threshold
    if threshold is None:
        return []
    if threshold.sets is not None:
        done = sum(s.state is SetState.PASS for s in sets)
        return [f"應完成 {threshold.sets} 套，已完成 {done} 套"]
    if threshold.courses is not None:
        return [f"未達 {threshold.courses} 門"]
    return [f"未達 {hours_words(threshold.hours)} 時"]


def _short_of_minimums(plan: Plan, sets: Sequence[SetVerdict]) -> list[str]:
    """What a set asks for at least and is not reached."""
    return [
        f"「{plan.course_set(judged.set_id).title}」{minimum_words(standing)}"
        for judged in sets
        for standing in judged.minimums
        if standing.sure < standing.needed
    ]


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
    known = [h for h in verdict.commendation.hindrances if h.code not in _TOLD_OTHERWISE]
    if not known:
        return None
    words = [hindrance_words(hindrance).removesuffix("。") for hindrance in known]
    points = dict.fromkeys(clause_words(h) or rule.clause.point for h in known)
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
