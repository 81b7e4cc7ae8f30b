"""A plan as data: one agency's dated rule set for one year, each number with its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from desktop.domain.conditions import (
    NO_CONDITIONS,
    Audience,
    BenefitConditions,
    Minimum,
    NotRecognised,
    RecordConditions,
    Threshold,
)
from desktop.domain.entitlements import (
    ClauseReading,
    Combination,
    Entitlement,
    OffDutyCheck,
    Quota,
    UnitAward,
)
from desktop.domain.findings import Clause, ReasonCode, Severity
from desktop.domain.people import RankTier
from desktop.domain.yearly_requirement import YearlyRequirement

__all__ = [
    "Combination",
    "Commendation",
    "CommendationRule",
    "CompensatoryLeave",
    "Course",
    "CourseSet",
    "Credit",
    "Eligibility",
    "FormNote",
    "FormTexts",
    "LeaveRule",
    "Nomination",
    "NotRecognised",
    "OffDutyCheck",
    "OfficialLeave",
    "Plan",
    "SharedCourses",
    "Source",
    "Validity",
]


class SharedCourses(StrEnum):
    """What a course counts for that stands in several of a person's sets."""

    EACH = "each"  # in every set that lists it
    ONCE = "once"  # in the first of them, in the plan's order


@dataclass(frozen=True, slots=True)
class Source:
    """The document a plan comes from.

    Attributes:
        title: The document's title.
        document_number: 文號.
        dated: The date it was issued.
        checked_on: The day somebody compared this data with the document.
    """

    title: str
    document_number: str
    dated: date | None
    checked_on: date


@dataclass(frozen=True, slots=True)
class Course:
    """One course of a set.

    Attributes:
        name: The plan's own spelling.
        hours: Certified hours the plan gives.
        category: 課程項目, may be empty.
        printed_name: The form's spelling where it differs from the plan's; else empty.
    """

    name: str
    hours: Decimal
    category: str = ""
    printed_name: str = ""

    @property
    def name_on_form(self) -> str:
        """The name as the application form prints it."""
        return self.printed_name or self.name


@dataclass(frozen=True, slots=True)
class CourseSet:
    """A named list of courses with hours (組裝課程, 套餐).

    Attributes:
        id: Short identifier, as ``verdicts.json`` writes it.
        title: The set's name.
        hours: Hours of the whole set; the courses add up to it. 0 for an open set.
        courses: In the plan's order; empty for an open set.
        clause: Where the list stands.
        group: Name under which rules ask for "the person's own" of several sets; may be empty.
        for_tier: The rank tier the set is for, when sets of a group are chosen by rank.
        audience: Whom the set is for otherwise, None for everybody.
        minimums: What completes the set, all of them together; none: each of its courses.
        is_open: Whether every course counts that the accepted evidence shows (no list).
        conditions: What each record must show beside its times.
    """

    id: str
    title: str
    hours: Decimal
    courses: tuple[Course, ...]
    clause: Clause
    group: str = ""
    for_tier: RankTier | None = None
    audience: Audience | None = None
    minimums: tuple[Minimum, ...] = ()
    is_open: bool = False
    conditions: RecordConditions | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may apply: categories in, categories expressly out, and the clause."""

    categories: tuple[str, ...]
    excluded: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class LeaveRule:
    """Hours for completing sets (or groups) together.

    Attributes:
        set_ids: Sets or groups that must all be complete.
        hours: Whole hours granted.
        grant_set: The set the grant is booked under; a group means the person's own set of it.
        clause: Where the rule stands.
        threshold: How much of the sets is asked for, None: each complete.
    """

    set_ids: tuple[str, ...]
    hours: int
    grant_set: str
    clause: Clause
    threshold: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a grant may be used: months from a day, to a date, or to the year's end.

    Attributes:
        months: 「課程完成次日起 N 內」; two years are 24. None when another limit is named.
        clause: Where it stands.
        until: The last day for everybody, None when another limit is named.
        is_to_year_end: Whether leave lapses on 31 December of the year of completion.
        begins_on_the_day: Whether the months run from the day of completion itself, not from the
            day after.
    """

    months: int | None
    clause: Clause
    until: date | None = None
    is_to_year_end: bool = False
    begins_on_the_day: bool = False


@dataclass(frozen=True, slots=True)
class AdvanceLeave:
    """Leave that may be used before it is granted, with the unit head's consent.

    Attributes:
        evidence_days: Days from the use within which the evidence is owed.
        clause: Where the plan allows it.
    """

    evidence_days: int
    clause: Clause


@dataclass(frozen=True, slots=True)
class CompensatoryLeave:
    """The leave a plan grants, and what it asks for.

    Attributes:
        off_duty_check: Which moments must be off duty; ``off_duty_clause`` says where.
        deadline: Last day in time; ``deadline_clause`` says where.
        rules: In the plan's order, in which grants are made under the cap.
        combination: Whether rules add up or the best counts.
        cap_hours: Most hours in the year, None without a cap.
        validity: How long a grant lasts, None when the plan names no expiry.
        counts_leave_without_pay: Whether records made without pay count all the same.
        registered_as: 假別 in the attendance system.
        registered_reason: 事由 in the attendance system.
        conditions: Of the person and the papers.
        advance: Whether leave may be used before it is granted, None where it may not.
    """

    off_duty_check: OffDutyCheck
    off_duty_clause: Clause | None
    deadline: date
    deadline_clause: Clause
    rules: tuple[LeaveRule, ...]
    combination: Combination = Combination.SUM
    cap_hours: int | None = None
    cap_clause: Clause | None = None
    validity: Validity | None = None
    counts_leave_without_pay: bool = False
    registered_as: str = ""
    registered_reason: str = ""
    conditions: BenefitConditions = NO_CONDITIONS
    advance: AdvanceLeave | None = None


@dataclass(frozen=True, slots=True)
class CommendationRule:
    """An award (嘉獎, 記功, 記大功) for sets or groups together, complete or to a threshold."""

    set_ids: tuple[str, ...]
    award: str
    count: int
    clause: Clause
    threshold: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Commendation:
    """The commendation a plan gives; it asks for no off-duty time unless it says so.

    Attributes:
        deadline: Last day in time.
        deadline_clause: Where it stands.
        rules: In the plan's order.
        combination: Whether awards add up or the better one counts.
        off_duty_check: NONE unless the plan asks.
        counts_leave_without_pay: Whether records made without pay count (114: they do).
        reason: 獎懲事由 on the list.
        legal_basis: 法令依據 on the list.
        off_duty_clause: Where an off-duty check stands, None without one.
        cap_count: Most 次 in the year when awards add up; ``cap_clause`` says where.
        conditions: Of the person and the papers.
        quota: Most people who may have it, None without one.
    """

    deadline: date
    deadline_clause: Clause
    rules: tuple[CommendationRule, ...]
    combination: Combination = Combination.BEST
    off_duty_check: OffDutyCheck = OffDutyCheck.NONE
    counts_leave_without_pay: bool = True
    reason: str = ""
    legal_basis: str = ""
    off_duty_clause: Clause | None = None
    cap_count: int | None = None
    cap_clause: Clause | None = None
    conditions: BenefitConditions = NO_CONDITIONS
    quota: Quota | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Hours of freely chosen courses that a nominated programme uploads.

    Attributes:
        minimum_hours: Recognised hours asked for; ``minimum_clause`` says where.
        deadline: Last day a course may end; ``deadline_clause`` says where.
        clause: Where it stands that hours are uploaded.
        report_by: Last day the study report may be received, None when none is asked.
        languages, regions: What is not recognised, None when everything is.
    """

    minimum_hours: Decimal
    minimum_clause: Clause
    deadline: date
    deadline_clause: Clause
    clause: Clause
    report_by: date | None = None
    report_clause: Clause | None = None
    languages: NotRecognised | None = None
    regions: NotRecognised | None = None


@dataclass(frozen=True, slots=True)
class Nomination:
    """How people get into a nominated programme; the texts are for people.

    Attributes:
        register_by: Last day nominees may be registered.
        clause: Where it stands.
        quota: How many, in words.
        priority: Who goes first, in words.
        excluded: Who may not be nominated though the category fits, in words.
    """

    register_by: date
    clause: Clause
    quota: str = ""
    priority: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialLeave:
    """公假 for studying, which the agency may give: at most ``most_hours`` a person."""

    most_hours: int
    clause: Clause


FORM_LAYOUTS = ("kaohsiung-114", "kaohsiung-103", "general")
"""The layouts of application forms that the program knows."""


@dataclass(frozen=True, slots=True)
class FormNote:
    """One note of the application form; ``{set}`` stands for the set's title.

    Attributes:
        text: Word for word.
        is_underlined: Whether the form underlines it.
        label: What stands before it in an outline (``（1）``); empty: its number among the notes.
        level: 0 for the outermost, more for what stands further in.
    """

    text: str
    is_underlined: bool = False
    label: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class FormTexts:
    """The words of the plan's application form.

    Attributes:
        layout: Which form class prints it (one of ``FORM_LAYOUTS``).
        title: Heading of the form.
        set_line: Words before the set's title (``高雄市政府 114 年度數位學習組裝課程－``).
        notes_heading: Line above the notes.
        notes: In order.
        seals: Labels of the seal boxes.
        instruction: Line below the title (``※填表前請先詳閱注意事項``), where the layout has one.
    """

    layout: str
    title: str
    set_line: str
    notes_heading: str
    notes: tuple[FormNote, ...]
    seals: tuple[str, ...]
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan.

    Attributes:
        id: Identifier (``kaohsiung-114``).
        version: Digest of the TOML text it was read from; set by the loader.
        code: Two to four capitals for document numbers (``KH``).
        agency: Whose plan it is.
        title: Full title; ``short_title`` for the window.
        year: ROC year.
        first_day, last_day: 辦理期程.
        period_clause: Where the period stands.
        evidence: Kinds of evidence the plan accepts, first the usual one.
        sets: Every set in the plan's order.
        credit: Hours uploaded for freely chosen courses; such a plan has no sets.
        nomination: How people get in, for a nominated programme.
        official_leave: 公假 for studying, None when the plan names none.
        yearly_requirement: Hours everybody must complete in the year, None when it names none.
        clauses: The clause behind each reason code; a code without one is 程式規則.
        severities: Codes whose severity the plan changes.
        correction_days: Days a correction request gives.
        notes: Choices made where the source is silent, for people.
        entitlements: Official leave, draw entries, vouchers, cash.
        unit_awards: Awards for a unit.
        readings: How unclear clauses are read, each a switch.
        shared_courses: What a course counts for that stands in several sets.
    """

    id: str
    version: str
    code: str
    agency: str
    title: str
    short_title: str
    year: int
    source: Source
    first_day: date
    last_day: date
    period_clause: Clause
    eligibility: Eligibility
    evidence: tuple[str, ...]
    sets: tuple[CourseSet, ...]
    compensatory_leave: CompensatoryLeave | None
    commendation: Commendation | None
    credit: Credit | None = None
    nomination: Nomination | None = None
    official_leave: OfficialLeave | None = None
    yearly_requirement: YearlyRequirement | None = None
    clauses: Mapping[ReasonCode, Clause] = field(default_factory=lambda: MappingProxyType({}))
    severities: Mapping[ReasonCode, Severity] = field(default_factory=lambda: MappingProxyType({}))
    form: FormTexts | None = None
    correction_days: int = 14
    notes: tuple[str, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    unit_awards: tuple[UnitAward, ...] = ()
    readings: tuple[ClauseReading, ...] = ()
    shared_courses: SharedCourses = SharedCourses.EACH

    def course_set(self, set_id: str) -> CourseSet:
        """The set of that id.

        Raises:
            KeyError: When the plan has no such set.
        """
        for course_set in self.sets:
            if course_set.id == set_id:
                return course_set
        raise KeyError(set_id)

    @property
    def off_duty_check(self) -> OffDutyCheck:
        """The check a record's own verdict follows: the leave's, or the next benefit's."""
        if self.credit is not None:
            return OffDutyCheck.NONE
        benefits = (
            self.compensatory_leave,
            self.commendation,
            *self.entitlements,
            *self.unit_awards,
        )
        return next((b.off_duty_check for b in benefits if b is not None), OffDutyCheck.NONE)
