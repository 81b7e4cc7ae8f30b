"""What a plan asks for beside the courses themselves: of a record, of a person, of a benefit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.findings import Clause
from desktop.domain.people import RankTier


@dataclass(frozen=True, slots=True)
class NotRecognised:
    """Words of a language or region that a plan does not recognise.

    Attributes:
        words: Every spelling of it that evidence is known to use.
        clause: Where it stands.
    """

    words: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class RecordConditions:
    """What a set asks of each record beside its times; None and False ask for nothing.

    Attributes:
        minimum_score: Points of the test (測驗) needed, 0 to 100.
        needs_questionnaire: Whether the questionnaire (問卷) must be done.
        needs_uploaded_hours: Whether the hours must be uploaded to 終身學習.
        enrolled_from: First day on which the course may have been begun (新選讀).
        languages, regions: What is not recognised.
    """

    minimum_score: Decimal | None = None
    score_clause: Clause | None = None
    needs_questionnaire: bool = False
    questionnaire_clause: Clause | None = None
    needs_uploaded_hours: bool = False
    upload_clause: Clause | None = None
    enrolled_from: date | None = None
    enrolled_clause: Clause | None = None
    languages: NotRecognised | None = None
    regions: NotRecognised | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a set is for; an empty list asks for nothing, several lists must all fit.

    Attributes:
        tiers: Rank tiers (官等).
        categories: 人員類別, compared like the plan's own.
        titles: 職稱, compared folded and whole.
        is_supervisor: True for supervisors only (主管), False for the others only, None for both.
        clause: Where it stands.
    """

    clause: Clause
    tiers: tuple[RankTier, ...] = ()
    categories: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    is_supervisor: bool | None = None


@dataclass(frozen=True, slots=True)
class Minimum:
    """One least amount that a set asks for: hours, or courses, of what fits.

    Exactly one of ``hours`` and ``courses`` is given. Filters that are empty take everything.

    Attributes:
        clause: Where it stands.
        hours: Least certified hours of passing records, each course once.
        courses: Least number of courses with a passing record.
        categories: 課程項目 of the plan's list, or 課程類型 that the evidence shows.
        learning_types: 學習類別 that the evidence shows (數位, 實體 …).
        is_business_related: True: only what the evidence shows as 業務相關; False: only the rest.
    """

    clause: Clause
    hours: Decimal | None = None
    courses: int | None = None
    categories: tuple[str, ...] = ()
    learning_types: tuple[str, ...] = ()
    is_business_related: bool | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much of its sets a rule asks for, when it is not every set complete.

    Exactly one is given.

    Attributes:
        hours: Hours of passing records in the sets together, each course once (tiers by hours).
        courses: Courses with a passing record in the sets together.
        sets: How many of the sets must be complete (any N of the sets).
    """

    hours: Decimal | None = None
    courses: int | None = None
    sets: int | None = None


class Frequency(StrEnum):
    """How often a person may have a benefit."""

    EACH_PLAN = "each_plan"  # as often as plans grant it
    ONCE_A_YEAR = "once_a_year"  # 每年以一次為限
    FIRST_TIME_ONLY = "first_time_only"  # 以第一次為限


@dataclass(frozen=True, slots=True)
class BenefitConditions:
    """What a benefit asks of the person and of the papers; None asks for nothing.

    Attributes:
        received_by: Last day the application or evidence may be received.
        report_by: Last day the study report may be received.
        in_post_on: Day on which the person must still be in post (離職日 later than it).
        frequency: How often a person may have it.
        is_refused_after_higher: Whether a level is refused to who had a higher one before.
    """

    received_by: date | None = None
    received_clause: Clause | None = None
    report_by: date | None = None
    report_clause: Clause | None = None
    in_post_on: date | None = None
    in_post_clause: Clause | None = None
    frequency: Frequency = Frequency.EACH_PLAN
    frequency_clause: Clause | None = None
    is_refused_after_higher: bool = False
    higher_clause: Clause | None = None

    @property
    def asks_for_history(self) -> bool:
        """Whether what the person had before must be known."""
        return self.frequency is not Frequency.EACH_PLAN or self.is_refused_after_higher


NO_CONDITIONS = BenefitConditions()
