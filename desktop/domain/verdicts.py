"""Verdicts: what the program decided on records, sets, benefits and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from desktop.domain.conditions import Minimum
from desktop.domain.entitlements import UnitBand
from desktop.domain.evidence import LearningRow
from desktop.domain.findings import Clause, Finding, ReasonCode
from desktop.domain.left_out import LeftOut
from desktop.domain.people import Person
from desktop.domain.plan import CommendationRule
from desktop.domain.provenance import SourcePlace
from desktop.domain.successions import Forerunner


class Verdict(StrEnum):
    """A record's verdict."""

    PASS = "pass"
    REVIEW = "review"
    FAIL = "fail"


class SetState(StrEnum):
    """How far a set is done (rules.md section 4)."""

    PASS = "pass"
    REVIEW = "review"
    INCOMPLETE = "incomplete"


class BenefitState(StrEnum):
    """What becomes of a benefit (rules.md section 5)."""

    GRANTED = "granted"
    REVIEW = "review"
    NONE = "none"


class CreditState(StrEnum):
    """What becomes of the hours of a nominated programme (cli.md)."""

    CREDITED = "credited"
    BELOW_MINIMUM = "below_minimum"
    REPORT_MISSING = "report_missing"
    NOT_NOMINATED = "not_nominated"


class DecisionKind(StrEnum):
    """What a clerk may decide on a record (rules.md section 6)."""

    ACCEPT = "accept"  # 採計
    REFUSE = "refuse"  # 不採計
    CORRECTION = "correction"  # 請補正

    @property
    def word(self) -> str:
        """The act's name on screen."""
        return {"accept": "採計", "refuse": "不採計", "correction": "請補正"}[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """A clerk's decision on one record, beside the program's verdict.

    Attributes:
        id: The store's identifier.
        record_key: The record decided on (see ``RecordVerdict.key``).
        kind: What was decided.
        reason: Why, in words; never empty.
        decided_by: The clerk's name.
        decided_at: When.
        fingerprint: Of the facts it was made on; when they change the clerk is asked again.
    """

    id: str
    record_key: str
    kind: DecisionKind
    reason: str
    decided_by: str
    decided_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """One learning record under one set of the plan, or of a free choice of courses.

    Attributes:
        key: Stable over imports: person, set, course and span of the record.
        row: The evidence row; of duplicates the first.
        copies: The other rows that say the same.
        course: The plan's spelling, or the name as read outside the plan.
        set_id: None for a course outside the plan and for a free choice.
        verdict: The program's own; None outside the plan.
        findings: In alphabetical order of code.
        commendation_verdict: The same record judged by the commendation's checks.
        commendation_findings: What those checks found.
        other_findings: By id of an entitlement or unit award with a yardstick of its own, what
            its checks found.
        fingerprint: Digest of the record's facts and findings.
        decision: The clerk's decision in force, None without or when its facts changed.
        outdated_decision: A decision whose facts have changed since.
        forerunners: Readings that this one replaced by a person's word; shown, not judged.
    """

    key: str
    row: LearningRow
    copies: tuple[LearningRow, ...]
    course: str
    set_id: str | None
    verdict: Verdict | None
    findings: tuple[Finding, ...]
    commendation_verdict: Verdict | None
    commendation_findings: tuple[Finding, ...]
    fingerprint: str
    decision: Decision | None = None
    outdated_decision: Decision | None = None
    other_findings: Mapping[str, tuple[Finding, ...]] = field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )
    forerunners: tuple[Forerunner, ...] = ()

    @property
    def is_in_plan(self) -> bool:
        """Whether the plan asks for the course: in one of its sets, or by free choice."""
        return self.verdict is not None

    @property
    def reasons(self) -> tuple[ReasonCode, ...]:
        """The codes found, in alphabetical order, each once."""
        return tuple(sorted({finding.code for finding in self.findings}))

    @property
    def worst_reason(self) -> ReasonCode | None:
        """The code that weighs most, what a person decides on; None where nothing was found."""
        if not self.findings:
            return None
        return max(self.findings, key=lambda finding: finding.severity).code

    @property
    def settled(self) -> Verdict | None:
        """The verdict that counts: the clerk's decision where there is one."""
        return settle(self.verdict, self.decision)

    @property
    def settled_for_commendation(self) -> Verdict | None:
        """The same for the commendation.

        What the commendation's own checks pass stays passed: a clerk who refuses a course for
        the leave (learned while on duty) takes nothing from the commendation.
        """
        if self.commendation_verdict is Verdict.PASS:
            return Verdict.PASS
        return settle(self.commendation_verdict, self.decision)


def settle(verdict: Verdict | None, decision: Decision | None) -> Verdict | None:
    """The verdict that counts once the clerk's decision is heard.

    A correction request leaves the record open: a fail stays a fail, anything else waits.

    Args:
        verdict: The program's own; None outside the plan.
        decision: The clerk's decision in force, if any.
    """
    if verdict is None or decision is None:
        return verdict
    if decision.kind is DecisionKind.ACCEPT:
        return Verdict.PASS
    if decision.kind is DecisionKind.REFUSE:
        return Verdict.FAIL
    return Verdict.FAIL if verdict is Verdict.FAIL else Verdict.REVIEW


@dataclass(frozen=True, slots=True)
class MinimumStanding:
    """How far one least amount of a set is reached, in hours or courses.

    Attributes:
        minimum: What the plan asks for.
        sure: Of passing records that surely fit.
        possible: The same with records under review and those that may fit.
    """

    minimum: Minimum
    sure: Decimal
    possible: Decimal

    @property
    def needed(self) -> Decimal:
        """The least amount."""
        if self.minimum.hours is not None:
            return self.minimum.hours
        return Decimal(self.minimum.courses or 0)


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """One set of one person.

    Attributes:
        set_id: Which set.
        state: How far it is done.
        missing: Courses without any record, the plan's spelling and order.
        failed: Courses whose best record fails.
        under_review: Courses whose best record awaits a person.
        counted: The record that counts for each course that has one, in the plan's order.
        completed_on: The day its last course ended, or the day its minimums were reached; None
            unless the state is PASS.
        minimums: How far each of the set's minimums is reached, in the plan's order.
    """

    set_id: str
    state: SetState
    missing: tuple[str, ...]
    failed: tuple[str, ...]
    under_review: tuple[str, ...]
    counted: tuple[RecordVerdict, ...]
    completed_on: date | None
    minimums: tuple[MinimumStanding, ...] = ()


class HindranceCode(StrEnum):
    """Why a benefit is not, or not yet, given although courses may be complete."""

    NOT_ELIGIBLE = "not_eligible"
    CATEGORY_UNKNOWN = "category_unknown"  # 名冊沒有人員類別
    RANK_UNKNOWN = "rank_unknown"  # a set is chosen by what the roster does not say
    NOT_RECEIVED = "not_received"  # no receipt in time
    REPORT_MISSING = "report_missing"
    RECEIPT_UNCLEAR = "receipt_unclear"  # a receipt does not say of what
    NOT_IN_POST = "not_in_post"
    HAD_THIS_YEAR = "had_this_year"
    HAD_BEFORE = "had_before"
    HAD_HIGHER = "had_higher"
    HISTORY_UNKNOWN = "history_unknown"  # nobody imported 歷年核給紀錄
    QUOTA_EXHAUSTED = "quota_exhausted"
    QUOTA_TIED = "quota_tied"  # people equal in everything stand at the limit


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that stands in the way of a benefit.

    Attributes:
        code: What.
        is_certain: Whether it refuses the benefit; else it leaves it to a person.
        clause: Where the rule stands.
        day: The day it is about (limit, day of leaving), if any.
        words: What it is about, as written (former award, set); may be empty.
        evidence: Places that show it.
    """

    code: HindranceCode
    is_certain: bool
    clause: Clause | None = None
    day: date | None = None
    words: str = ""
    evidence: tuple[SourcePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """Hours granted under one rule, with the last day they may be used (None: no limit)."""

    set_id: str
    hours: int
    completed_on: date
    first_day: date
    expires: date | None


@dataclass(frozen=True, slots=True)
class LeaveVerdict:
    """Compensatory leave of one person: what is sure now, what is possible, what hinders it."""

    state: BenefitState
    hours: int
    possible_hours: int
    grants: tuple[Grant, ...]
    hindrances: tuple[Hindrance, ...] = ()


@dataclass(frozen=True, slots=True)
class Award:
    """A commendation of one kind: 嘉獎, 記功 or 記大功, so many 次."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class CommendationVerdict:
    """Commendation of one person: what is sure now and what is possible.

    Attributes:
        state: What becomes of it.
        count: 次 that are sure, of all kinds of award.
        possible_count: The same if every review were settled as a pass.
        award: The highest kind that is sure; empty without one.
        awards: Every kind that is sure, the highest first.
        completed_on: The day what it stands on was complete; for ranking under a quota.
        hindrances: What stands in its way.
        possible_awards: Every kind if every review were settled as a pass, the highest first.
        given_by: The rules that give what is sure, in the plan's order.
    """

    state: BenefitState
    count: int
    possible_count: int
    award: str = ""
    awards: tuple[Award, ...] = ()
    completed_on: date | None = None
    hindrances: tuple[Hindrance, ...] = ()
    possible_awards: tuple[Award, ...] = ()
    given_by: tuple[CommendationRule, ...] = ()


@dataclass(frozen=True, slots=True)
class EntitlementVerdict:
    """Official leave, draw entries, voucher or cash of one person.

    Attributes:
        entitlement_id: Which of the plan's.
        state: What becomes of it.
        amount: What is sure: hours, entries or dollars.
        possible_amount: The same if every review were settled as a pass.
        completed_on: The day what it stands on was complete, None unless something is sure.
        hindrances: What stands in its way.
    """

    entitlement_id: str
    state: BenefitState
    amount: int
    possible_amount: int
    completed_on: date | None = None
    hindrances: tuple[Hindrance, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit under one unit award.

    Attributes:
        award_id: Which of the plan's unit awards.
        unit: 服務單位; empty for the organisation as one.
        headcount: Eligible people in post on the day of the headcount.
        completed: Of them, who surely completed.
        possible: Of them, who would if every review were settled as a pass.
        state: GRANTED when a band fits what is sure; REVIEW when a better one is possible.
        band: The band that is sure, None without one.
        possible_band: The best band that is possible.
        lacking: Employee ids of those that surely have not completed.
    """

    award_id: str
    unit: str
    headcount: int
    completed: int
    possible: int
    state: BenefitState
    band: UnitBand | None
    possible_band: UnitBand | None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditVerdict:
    """Hours uploaded for one person of a nominated programme.

    Attributes:
        state: What becomes of them.
        hours: Hours uploaded; 0 unless credited.
        recognised_hours: Hours of the records that pass, each course once.
        possible_hours: The same if every review were settled as a pass.
        report_received_on: The day the study report came first, None without one.
    """

    state: CreditState
    hours: Decimal
    recognised_hours: Decimal
    possible_hours: Decimal
    report_received_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """Everything decided about one person under one plan.

    Attributes:
        person: Whose verdict it is.
        is_eligible: Whether the category may apply; None when the roster does not say.
        records: Sorted by set and course.
        sets: In the order of set ids, those of another tier left out.
        commendation_sets: The same sets judged by the commendation's checks.
        leave, commendation: The benefits.
        credit: Of a nominated programme, in place of the two benefits; None elsewhere.
        entitlements: The plan's other benefits, in its order.
        unit_completions: By id of a unit award, what this person adds to it: PASS completed,
            REVIEW possible, INCOMPLETE not.
        left_out: The clerk's decision to leave the person off the commendation list, in force.
        outdated_left_out: One whose facts have changed since; the clerk is asked again.
        list_place: Place on the commendation list, from 0, where a clerk wants another order than
            by unit and rank; None elsewhere.
    """

    person: Person
    is_eligible: bool | None
    records: tuple[RecordVerdict, ...]
    sets: tuple[SetVerdict, ...]
    commendation_sets: tuple[SetVerdict, ...]
    leave: LeaveVerdict
    commendation: CommendationVerdict
    credit: CreditVerdict | None = None
    entitlements: tuple[EntitlementVerdict, ...] = ()
    unit_completions: Mapping[str, SetState] = field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )
    left_out: LeftOut | None = None
    outdated_left_out: LeftOut | None = None
    list_place: int | None = None
