"""Findings: what a check found, with its clause, its facts and its evidence.

A finding is a value; the Chinese sentence for it is made from the facts where it is shown, so
that screen, paper and workbook say the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum

from desktop.domain.attendance import AttendanceEntry
from desktop.domain.moments import Span
from desktop.domain.people import LeaveWithoutPay
from desktop.domain.provenance import SourcePlace


class Severity(IntEnum):
    """How much a finding weighs; a record's verdict is its worst."""

    INFO = 0
    REVIEW = 1
    FAIL = 2


class ReasonCode(StrEnum):
    """The codes of rules.md section 3."""

    NOT_IN_PLAN = "not_in_plan"
    NOT_PASSED = "not_passed"
    INVALID_TIMES = "invalid_times"
    TIME_MISSING = "time_missing"
    BEFORE_PERIOD = "before_period"
    AFTER_DEADLINE = "after_deadline"
    START_ON_DUTY = "start_on_duty"
    END_ON_DUTY = "end_on_duty"
    OVERLAPS_OVERTIME = "overlaps_overtime"
    OVERLAPS_OFFICIAL_LEAVE = "overlaps_official_leave"
    OVERLAPS_BUSINESS_TRIP = "overlaps_business_trip"
    OVERLAPS_ON_CALL = "overlaps_on_call"
    ATTENDANCE_INSIDE_SPAN = "attendance_inside_span"
    FLEX_UNCERTAIN = "flex_uncertain"
    ON_PERSONAL_LEAVE = "on_personal_leave"
    DURING_LEAVE_WITHOUT_PAY = "during_leave_without_pay"
    HOURS_MISMATCH = "hours_mismatch"
    READING_EXCEEDS_SPAN = "reading_exceeds_span"
    INSUFFICIENT_OFF_DUTY_TIME = "insufficient_off_duty_time"
    OVERLAPS_OTHER_COURSE = "overlaps_other_course"
    NAME_APPROXIMATE = "name_approximate"
    NAME_UNCERTAIN = "name_uncertain"
    LOW_CONFIDENCE = "low_confidence"
    DUPLICATE_RECORD = "duplicate_record"
    LANGUAGE_NOT_RECOGNISED = "language_not_recognised"
    REGION_NOT_RECOGNISED = "region_not_recognised"
    SCORE_TOO_LOW = "score_too_low"
    QUESTIONNAIRE_NOT_DONE = "questionnaire_not_done"
    HOURS_NOT_UPLOADED = "hours_not_uploaded"
    ENROLLED_TOO_EARLY = "enrolled_too_early"
    CONDITION_NOT_SHOWN = "condition_not_shown"


USUAL_SEVERITY: dict[ReasonCode, Severity] = {
    ReasonCode.NOT_IN_PLAN: Severity.INFO,
    ReasonCode.NOT_PASSED: Severity.FAIL,
    ReasonCode.INVALID_TIMES: Severity.FAIL,
    ReasonCode.TIME_MISSING: Severity.REVIEW,
    ReasonCode.BEFORE_PERIOD: Severity.FAIL,
    ReasonCode.AFTER_DEADLINE: Severity.FAIL,
    ReasonCode.START_ON_DUTY: Severity.FAIL,
    ReasonCode.END_ON_DUTY: Severity.FAIL,
    ReasonCode.OVERLAPS_OVERTIME: Severity.FAIL,
    ReasonCode.OVERLAPS_OFFICIAL_LEAVE: Severity.FAIL,
    ReasonCode.OVERLAPS_BUSINESS_TRIP: Severity.FAIL,
    ReasonCode.OVERLAPS_ON_CALL: Severity.FAIL,
    ReasonCode.ATTENDANCE_INSIDE_SPAN: Severity.REVIEW,
    ReasonCode.FLEX_UNCERTAIN: Severity.REVIEW,
    ReasonCode.ON_PERSONAL_LEAVE: Severity.REVIEW,
    ReasonCode.DURING_LEAVE_WITHOUT_PAY: Severity.FAIL,
    ReasonCode.HOURS_MISMATCH: Severity.REVIEW,
    ReasonCode.READING_EXCEEDS_SPAN: Severity.REVIEW,
    ReasonCode.INSUFFICIENT_OFF_DUTY_TIME: Severity.REVIEW,
    ReasonCode.OVERLAPS_OTHER_COURSE: Severity.REVIEW,
    ReasonCode.NAME_APPROXIMATE: Severity.INFO,
    ReasonCode.NAME_UNCERTAIN: Severity.REVIEW,
    ReasonCode.LOW_CONFIDENCE: Severity.REVIEW,
    ReasonCode.DUPLICATE_RECORD: Severity.INFO,
    ReasonCode.LANGUAGE_NOT_RECOGNISED: Severity.FAIL,
    ReasonCode.REGION_NOT_RECOGNISED: Severity.FAIL,
    ReasonCode.SCORE_TOO_LOW: Severity.FAIL,
    ReasonCode.QUESTIONNAIRE_NOT_DONE: Severity.FAIL,
    ReasonCode.HOURS_NOT_UPLOADED: Severity.FAIL,
    ReasonCode.ENROLLED_TOO_EARLY: Severity.FAIL,
    ReasonCode.CONDITION_NOT_SHOWN: Severity.REVIEW,
}


class End(StrEnum):
    """Which end of a course a finding is about."""

    START = "start"
    END = "end"

    @property
    def word(self) -> str:
        """起 or 迄."""
        return "起" if self is End.START else "迄"


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a rule stands in its source document.

    Attributes:
        point: 點次 (``陸、五``).
        quotation: The words relied on, as the document has them; may be empty.
    """

    point: str
    quotation: str = ""


class DutySource(StrEnum):
    """Where a piece of duty time comes from."""

    SHIFT = "shift"
    PATTERN = "pattern"
    PUNCHES = "punches"


@dataclass(frozen=True, slots=True)
class DutySegment:
    """One piece of certain duty time.

    Attributes:
        span: From when until when.
        source: What makes it duty.
        label: The pattern's or shift's name on screen.
        place: The row of the shift or punch sheet behind it, if any.
    """

    span: Span
    source: DutySource
    label: str = ""
    place: SourcePlace | None = None


class BandSide(StrEnum):
    """Which band of a flexible day is meant."""

    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    WHOLE_DAY = "whole_day"


@dataclass(frozen=True, slots=True)
class UncertainBand:
    """A piece of time that may or may not be duty.

    Attributes:
        span: From when until when.
        side: The arrival or departure band, or a whole day without a known pattern.
        label: The pattern's name on screen.
    """

    span: Span
    side: BandSide
    label: str = ""


@dataclass(frozen=True, slots=True)
class DutyFact:
    """A moment stands in certain duty time."""

    end: End
    moment: datetime
    segment: DutySegment


@dataclass(frozen=True, slots=True)
class UncertainFact:
    """A moment stands where duty is not certain."""

    end: End
    moment: datetime
    band: UncertainBand


@dataclass(frozen=True, slots=True)
class OverlapFact:
    """The span meets an attendance entry; ``overlap`` is the time they share."""

    span: Span | None
    entry: AttendanceEntry
    overlap: timedelta


@dataclass(frozen=True, slots=True)
class PersonalLeaveFact:
    """A moment in duty time, the person being on leave then."""

    end: End
    moment: datetime
    segment: DutySegment
    entry: AttendanceEntry


@dataclass(frozen=True, slots=True)
class LimitFact:
    """A start before the first day, or an end after the last, by ``days`` days."""

    end: End
    day: date
    moment: datetime | None
    limit: date
    days: int


@dataclass(frozen=True, slots=True)
class WithoutPayFact:
    """An end of the course lies in a spell without pay.

    ``counts_for_commendation`` says whether the plan's commendation counts such records.
    """

    end: End
    day: date
    spell: LeaveWithoutPay
    counts_for_commendation: bool = False


@dataclass(frozen=True, slots=True)
class StatusFact:
    """通過狀態 as read."""

    status: str


@dataclass(frozen=True, slots=True)
class TimesFact:
    """Start and end that contradict each other, or times that cannot exist, as read."""

    start: datetime | None
    end: datetime | None
    as_read: str


@dataclass(frozen=True, slots=True)
class TimeMissingFact:
    """What the evidence shows instead of times."""

    missing: tuple[End, ...]
    completed_on: date | None


@dataclass(frozen=True, slots=True)
class HoursFact:
    """Certified hours against the plan's; None when the evidence, or the plan, has none."""

    certified: Decimal | None
    planned: Decimal | None


@dataclass(frozen=True, slots=True)
class ReadingFact:
    """Reading time against the time there was for it."""

    reading: timedelta
    available: timedelta


@dataclass(frozen=True, slots=True)
class OtherCourseFact:
    """Another course at the same time."""

    course: str
    overlap: timedelta
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class NameFact:
    """A name as read, and the plan's course it was taken for; ``score`` from 0 to 100."""

    as_read: str
    matched: str
    score: float
    runner_up: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateFact:
    """The other places the same record stands at."""

    places: tuple[SourcePlace, ...]


@dataclass(frozen=True, slots=True)
class FieldsFact:
    """Fields whose optical reading is doubtful."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecognitionFact:
    """A language or region that the plan does not recognise; empty when none is shown."""

    value: str
    matched: str = ""


class ConditionKind(StrEnum):
    """What a set may ask a record to show beside its times."""

    SCORE = "score"  # 測驗
    QUESTIONNAIRE = "questionnaire"  # 問卷
    UPLOAD = "upload"  # 終身學習時數上傳
    ENROLMENT = "enrolment"  # 選讀、開始日期

    @property
    def word(self) -> str:
        """Its name on screen."""
        return {
            "score": "測驗成績",
            "questionnaire": "問卷填寫狀態",
            "upload": "終身學習時數上傳狀態",
            "enrolment": "開始日期",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ScoreFact:
    """測驗 in points, and the points needed."""

    score: Decimal
    needed: Decimal


@dataclass(frozen=True, slots=True)
class ConditionFact:
    """A condition that the evidence shows as not met, or does not show."""

    kind: ConditionKind


@dataclass(frozen=True, slots=True)
class SpellFact:
    """An end of the course lies in a spell without pay, under a plan that gives no leave."""

    end: End
    day: date
    spell: LeaveWithoutPay


Fact = (
    DutyFact
    | UncertainFact
    | OverlapFact
    | PersonalLeaveFact
    | LimitFact
    | WithoutPayFact
    | StatusFact
    | TimesFact
    | TimeMissingFact
    | HoursFact
    | ReadingFact
    | OtherCourseFact
    | NameFact
    | DuplicateFact
    | FieldsFact
    | RecognitionFact
    | ScoreFact
    | ConditionFact
    | SpellFact
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found about one record.

    Attributes:
        code: The reason code.
        severity: Its weight under this plan.
        facts: What was met; several when the code was found more than once (two overtimes).
        clause: Where the rule stands; None for the program's own rule (程式規則).
        evidence: The places that show it, the record's own first.
    """

    code: ReasonCode
    severity: Severity
    facts: tuple[Fact, ...]
    clause: Clause | None
    evidence: tuple[SourcePlace, ...]
