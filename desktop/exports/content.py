"""What the workbooks say: finished facts, worded and counted by the caller, ready to be laid out.

Nothing here judges. Verdicts arrive in words (see `tones.py` for the words that get a colour),
reasons as whole Chinese sentences, dates as naive local Taiwan time. No field is meant for an
identity number; a text that holds one all the same is masked when it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desktop.exports.benefit_content import NO_BENEFITS, BenefitContent

Moment = datetime | date | None


AWARDS_JOINED = "、"
"""What stands between two kinds of award of one person."""


@dataclass(frozen=True)
class UnitSummary:
    """One unit's line on 總表; every count is of people unless its name says otherwise.

    Attributes:
        unit: The unit's name as the roster writes it.
        headcount: People on the roster.
        eligible: People the plan applies to.
        with_records: Eligible people with at least one record in the plan.
        completed_any: Eligible people who completed at least one course set.
        completed_all: Eligible people who completed everything the plan asks of them.
        completed_per_set: Eligible people who completed each set, in the order of the set titles.
        hours_granted: Hours of compensatory leave that are sure.
        commendations: Commendations that are sure, in 次.
        waiting: Things that wait for a person's decision.
    """

    unit: str
    headcount: int
    eligible: int
    with_records: int
    completed_any: int
    completed_all: int
    completed_per_set: tuple[int, ...]
    hours_granted: Decimal
    commendations: int
    waiting: int


@dataclass(frozen=True)
class OrganisationRate:
    """One line of the whole organisation's completion on 總表.

    Attributes:
        item: What is completed.
        eligible: People it applies to.
        completed: Of these, those who completed it.
        waiting: Of these, those of whom it is not known yet.
    """

    item: str
    eligible: int
    completed: int
    waiting: int = 0


@dataclass(frozen=True)
class YearlySummary:
    """The yearly requirement of one person on 明細; hours are None where nobody says."""

    verdict: str
    hours: Decimal | None
    short: Decimal | None


@dataclass(frozen=True)
class YearlyLine:
    """One line of the yearly requirement of one person on 年度必修.

    Attributes:
        employee_id: 人員代號.
        name: Name as written.
        unit: Unit.
        is_eligible: Whether the plan applies to the person.
        item: The line's name, or the total's.
        needs: Hours asked for.
        stated: Hours on the portal's page; None where no page says them.
        counted: What the records come to, in words where it is open.
        short: Hours still missing; None where that is unknown.
        verdict: Word for what follows.
        notes: Sentences on the person's figures; only with the total.
        place: Where the page stands; None without one.
        is_total: Whether it is the line of all lines together.
    """

    employee_id: str
    name: str
    unit: str
    is_eligible: bool
    item: str
    needs: Decimal
    stated: Decimal | None
    counted: Decimal | str
    short: Decimal | None
    verdict: str
    notes: tuple[str, ...]
    place: EvidencePlace | None
    is_total: bool


@dataclass(frozen=True)
class CreditSummary:
    """What a nominated programme gives one person, in place of leave and commendation.

    Attributes:
        verdict: Word for what becomes of the hours.
        recognised: Hours recognised now.
        possible: Hours recognised if every review were settled as a pass.
        uploaded: Hours uploaded; 0 unless all conditions are met.
    """

    verdict: str
    recognised: Decimal
    possible: Decimal
    uploaded: Decimal


@dataclass(frozen=True)
class PersonSummary:
    """One person's line on 明細.

    Attributes:
        employee_id: 人員代號, kept as text (leading zeros stay).
        name: Name as written.
        unit: Unit as the roster writes it.
        title: 職稱.
        rank: 官職等 in words.
        category: 身分別 in words.
        is_eligible: Whether the plan applies to the person.
        set_verdicts: A word for each set, in the order of the set titles; "" where none applies.
        leave_verdict: Word for the compensatory leave.
        leave_hours_sure: Hours that are sure now.
        leave_hours_possible: Hours if every review were settled as a pass.
        commendation_verdict: Word for the commendation.
        commendations_sure: 嘉獎 in 次 that are sure now.
        commendations_possible: 嘉獎 in 次 if every review were settled as a pass.
        remark: Anything a supervisor must know, e.g. why the plan doesn't apply.
        credit: Of a nominated programme; the six benefit fields are not shown then.
        yearly: Where the plan has a yearly requirement.
    """

    employee_id: str
    name: str
    unit: str
    title: str
    rank: str
    category: str
    is_eligible: bool
    set_verdicts: tuple[str, ...]
    leave_verdict: str
    leave_hours_sure: Decimal
    leave_hours_possible: Decimal
    commendation_verdict: str
    commendations_sure: int
    commendations_possible: int
    remark: str = ""
    credit: CreditSummary | None = None
    yearly: YearlySummary | None = None


@dataclass(frozen=True)
class EvidencePlace:
    """Where a fact was read.

    Attributes:
        file: File name as it was handed in.
        page: Page number from 1, or the name of a sheet; None where the file has neither.
        row: Row number from 1 on that page or sheet; None where unknown.
    """

    file: str
    page: int | str | None = None
    row: int | None = None


@dataclass(frozen=True)
class RecordLine:
    """One learning record on 課程明細.

    Attributes:
        employee_id: 人員代號.
        name: Name as written.
        unit: Unit.
        set_title: Title of the course set; "" for a course outside the plan.
        course: The plan's own spelling, or the spelling on the evidence outside the plan.
        start: Start; a plain date where the evidence has no time, None where it has nothing.
        end: End, likewise.
        hours: Certified hours; None where the evidence has none.
        verdict: The program's verdict in a word; "" where none is made.
        reasons: One Chinese sentence for each reason.
        clauses: The clauses behind the reasons, each once.
        place: Where the record was read.
        decision: The clerk's decision with who, when and why, and what was put right of the
            reading, as one text; "" where there is neither.
    """

    employee_id: str
    name: str
    unit: str
    set_title: str
    course: str
    start: Moment
    end: Moment
    hours: Decimal | None
    verdict: str
    reasons: tuple[str, ...]
    clauses: tuple[str, ...]
    place: EvidencePlace
    decision: str = ""


@dataclass(frozen=True)
class IncompleteSet:
    """A set that somebody has not completed, with the courses that are missing or failed.

    Attributes:
        employee_id, name, unit: Whose it is.
        set_title: The set, or the benefit that something else stands in the way of.
        missing, failed: Courses.
        reasons: What else is lacking, one sentence each: a minimum not reached, a receipt.
    """

    employee_id: str
    name: str
    unit: str
    set_title: str
    missing: tuple[str, ...]
    failed: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class PendingItem:
    """Something that waits for a person's decision.

    Attributes:
        employee_id: 人員代號; "" while the person is unknown.
        name: Name as written.
        unit: Unit; "" while the person is unknown.
        set_title: Course set; "" where the question isn't about a set.
        course: Course; "" where the question isn't about a course.
        start: Start on the evidence.
        end: End on the evidence.
        questions: What must be decided, one Chinese sentence each.
        clauses: The clauses behind the questions, each once.
        consequence: What would follow from a pass, e.g. 「補休可再增加 4 小時」.
        place: Where it was read.
    """

    employee_id: str
    name: str
    unit: str
    set_title: str
    course: str
    start: Moment
    end: Moment
    questions: tuple[str, ...]
    clauses: tuple[str, ...]
    consequence: str
    place: EvidencePlace


@dataclass(frozen=True)
class CommendationEntry:
    """One person on the commendation list (敘獎建議名冊), columns as the list prints them.

    Where several kinds of award add up, ``award`` names each (``記功1次、嘉獎1次``).
    """

    unit: str
    title: str
    name: str
    rank: str
    reason: str
    award: str
    clause: str
    remark: str = ""

    @property
    def awards(self) -> tuple[str, ...]:
        """Each kind of award, as they are counted."""
        return tuple(self.award.split(AWARDS_JOINED))


@dataclass(frozen=True)
class RefusedItem:
    """A file or a row that was not stored.

    Attributes:
        file: File name as it was handed in.
        place: Page and row in words; "" for the whole file.
        rows: Rows refused by this entry; 0 where a file could not be read far enough to count.
        reason: Short name of the reason.
        message: One Chinese sentence: what happened, where, what was kept, what to do.
    """

    file: str
    place: str
    rows: int
    reason: str
    message: str


@dataclass(frozen=True)
class FileRead:
    """One file that was read, with its row balance and its digest (SHA-256, hexadecimal)."""

    file: str
    kind: str
    rows_read: int
    rows_stored: int
    rows_refused: int
    digest: str = ""


@dataclass(frozen=True)
class ClauseNote:
    """A clause the verdicts rest on: its number, what it says, the document it stands in."""

    clause: str
    text: str
    document: str


@dataclass(frozen=True)
class DecisionNote:
    """Who decided what: the program's word and the clerk's stand side by side."""

    decided_at: datetime
    decided_by: str
    person: str
    subject: str
    program_verdict: str
    decision: str
    reason: str


@dataclass(frozen=True)
class SummaryContent:
    """Everything the supervisors' workbook says.

    Attributes:
        agency: Agency's name for the headings.
        plan_title: Plan's title.
        plan_id: Plan's identifier and version, for 說明.
        as_of: The day the verdicts are for.
        calendar_version: Which office calendar the verdicts rest on, in words.
        created: When the workbook was made; the only clock it knows.
        created_by: Who made it.
        program_version: Version of the program.
        set_titles: Titles of the course sets, in the order of every per-set tuple.
        units: One entry a unit.
        people: One entry a person, those without records too.
        records: One entry a record.
        incomplete: Sets not completed.
        pending: What waits for a decision.
        commendations: Who is put forward.
        refused: Files and rows not stored.
        rows_read: Rows found in the evidence.
        rows_stored: Rows stored.
        rows_refused: Rows refused. 拒收 sets the three side by side and says whether they agree.
        clauses: Clauses the verdicts rest on.
        files: Files read.
        decisions: Decisions made by people.
        notes: Further sentences for 說明.
        is_nominated_programme: Whether people get credit in place of leave and commendation;
            ``completed_any`` then counts who reached the minimum, ``completed_all`` who is
            credited, ``hours_granted`` the hours uploaded.
        benefits: Benefits beside leave and 嘉獎, and awards for units.
        organisation: Completion of the whole organisation, a line for each thing to complete.
        yearly: The yearly requirement, a line for each person and line; empty without one.
        yearly_title: The requirement's name; empty where the plan has none.
        scope: Which units the workbook is about, in words; empty for all of them.

    Raises:
        ValueError: A unit or a person doesn't have exactly one entry a set.
    """

    agency: str
    plan_title: str
    plan_id: str
    as_of: date
    calendar_version: str
    created: datetime
    created_by: str
    program_version: str
    set_titles: tuple[str, ...]
    units: tuple[UnitSummary, ...]
    people: tuple[PersonSummary, ...]
    records: tuple[RecordLine, ...]
    incomplete: tuple[IncompleteSet, ...]
    pending: tuple[PendingItem, ...]
    commendations: tuple[CommendationEntry, ...]
    refused: tuple[RefusedItem, ...]
    rows_read: int
    rows_stored: int
    rows_refused: int
    clauses: tuple[ClauseNote, ...]
    files: tuple[FileRead, ...]
    decisions: tuple[DecisionNote, ...]
    notes: tuple[str, ...] = ()
    is_nominated_programme: bool = False
    benefits: BenefitContent = NO_BENEFITS
    organisation: tuple[OrganisationRate, ...] = ()
    yearly: tuple[YearlyLine, ...] = ()
    yearly_title: str = ""
    scope: str = ""

    def __post_init__(self) -> None:
        """Refuse entries whose per-set values can't be lined up with the set titles."""
        expected = len(self.set_titles)
        for unit in self.units:
            if len(unit.completed_per_set) != expected:
                raise ValueError(
                    f"unit {unit.unit!r} has {len(unit.completed_per_set)} set counts,"
                    f" expected {expected}"
                )
        for person in self.people:
            if len(person.set_verdicts) != expected:
                raise ValueError(
                    f"person {person.employee_id!r} has {len(person.set_verdicts)} set verdicts,"
                    f" expected {expected}"
                )


@dataclass(frozen=True)
class NotCommendedEntry:
    """One examined person who is not proposed, columns as 未獲敘獎名單 prints them."""

    unit: str
    title: str
    name: str
    rank: str
    cause: str
    reason: str
    clause: str
    remark: str = ""


@dataclass(frozen=True)
class CommendationListContent:
    """Everything the commendation list (敘獎建議名冊) says.

    Attributes:
        agency: Agency's name for the title.
        plan_title: Plan's title.
        as_of: 認定基準日.
        created: When the list was made; the only clock it knows.
        created_by: Who made it.
        entries: One entry a person and award, in the order the list shall have inside a unit;
            units stand in the order of their first entry.
        notes: Sentences under the list, e.g. where those not put forward are listed.
        others: Who was examined and is not proposed, for a second sheet; none without one.
    """

    agency: str
    plan_title: str
    as_of: date
    created: datetime
    created_by: str
    entries: tuple[CommendationEntry, ...]
    notes: tuple[str, ...] = ()
    others: tuple[NotCommendedEntry, ...] = ()
