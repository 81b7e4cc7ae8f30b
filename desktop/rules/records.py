"""From evidence rows to judged records: duplicates joined, names matched, checks run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.attendance import AttendanceEntry
from desktop.domain.evidence import LearningRow
from desktop.domain.findings import (
    USUAL_SEVERITY,
    DuplicateFact,
    Finding,
    NameFact,
    ReasonCode,
)
from desktop.domain.people import Person
from desktop.domain.plan import Course, CourseSet, Credit, OffDutyCheck, Plan
from desktop.domain.verdicts import Decision, RecordVerdict
from desktop.rules.checks.context import CheckContext, Neighbour, Yardstick
from desktop.rules.checks.record import check_record, worst
from desktop.rules.credit import check_free_choice, is_accepted
from desktop.rules.duty import DutyTime
from desktop.rules.fingerprints import fingerprint, plain
from desktop.rules.matching import CourseMatch, CourseMatcher, MatchKind

_LIKENESS = {
    MatchKind.EXACT: 0,
    MatchKind.FREE: 0,
    MatchKind.FOLDED: 1,
    MatchKind.SIMILAR: 2,
    MatchKind.NONE: 3,
}


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row with its course, and the other rows that say the same.

    Attributes:
        row: The first row met, among those whose name reads best.
        match: Its course.
        copies: The other rows equal in all that a check reads; a name read worse in another file
            takes nothing from the one that reads well.
        echoes: Rows of the same course and span that differ in something else; they are listed
            themselves, and marked.
    """

    row: LearningRow
    match: CourseMatch
    copies: tuple[LearningRow, ...] = ()
    echoes: tuple[LearningRow, ...] = ()


def join_duplicates(rows: Sequence[LearningRow], matcher: CourseMatcher) -> tuple[MatchedRow, ...]:
    """Each record once, with its copies; "the same person, course and span again".

    Args:
        rows: One person's rows, in the order they were stored.
        matcher: Of the plan.
    """
    same_span: dict[tuple[object, ...], list[MatchedRow]] = {}
    for row in rows:
        match = matcher.match(row.course_name)
        group = same_span.setdefault(_span_key(row, match), [])
        for index, known in enumerate(group):
            if _content(known.row) == _content(row):
                if _LIKENESS[match.kind] < _LIKENESS[known.match.kind]:
                    group[index] = MatchedRow(row, match, (known.row, *known.copies))
                else:
                    group[index] = MatchedRow(known.row, known.match, (*known.copies, row))
                break
        else:
            group.append(MatchedRow(row, match))
    return tuple(
        MatchedRow(
            member.row,
            member.match,
            member.copies,
            tuple(other.row for other in group if other is not member),
        )
        for group in same_span.values()
        for member in group
    )


def _span_key(row: LearningRow, match: CourseMatch) -> tuple[object, ...]:
    # Impossible times are told apart by what was read; None: the times are what they are.
    period = row.raw.get("上課期間", "") if row.times_are_impossible else None
    # A course outside the plan is the same however its name is spaced or punctuated.
    return (match.identity, row.start, row.end, row.started_on, row.completed_on, period)


def _content(row: LearningRow) -> tuple[object, ...]:
    """What a check reads beside course and span."""
    return (
        row.certified_hours,
        row.reading_time,
        row.pass_status,
        row.has_certificate,
        row.language,
        row.region,
        row.doubtful_fields,
    )


@dataclass(frozen=True, slots=True)
class RecordJudge:
    """Judges the records of one person under one plan.

    Attributes:
        plan: The plan.
        matcher: Of the plan.
        person: Whose records they are.
        duty: The person's duty time.
        attendance: The person's attendance entries.
        decisions: The clerk's decisions in force, by record key.
    """

    plan: Plan
    matcher: CourseMatcher
    person: Person
    duty: DutyTime
    attendance: tuple[AttendanceEntry, ...]
    decisions: Mapping[str, Decision]

    def judge(self, rows: Sequence[LearningRow]) -> tuple[RecordVerdict, ...]:
        """Every record, once in each of the person's sets that holds its course.

        Raises:
            CalendarYearMissingError: When duty time cannot be known for want of a calendar.
        """
        matched = join_duplicates(rows, self.matcher)
        places = _course_places(self.plan.sets_for(self.person.tier))
        # A course that stands only in another rank's set is shown there once: no row vanishes,
        # and none counts.
        for name, standing in _course_places(self.plan.sets).items():
            places.setdefault(name, standing[:1])
        taking_time = _taking_time(matched, places)
        credit = self.plan.credit
        records: list[RecordVerdict] = []
        for member in matched:
            if credit is not None and is_accepted(member.row, self.plan):
                records.append(self._freely_chosen(member, credit))
                continue
            standing = places.get(member.match.name, [])
            if member.match.kind is MatchKind.NONE or not standing:
                records.append(self._outside(member))
                continue
            neighbours = tuple(
                neighbour
                for other, neighbour in taking_time
                if other is not member and other.row not in member.echoes
            )
            records.extend(
                self._inside(member, course_set, course, neighbours)
                for course_set, course in standing
            )
        return tuple(sorted(records, key=_listing_order))

    def _outside(self, member: MatchedRow) -> RecordVerdict:
        fact = NameFact(member.row.course_name, "", member.match.score)
        outside = Finding(
            ReasonCode.NOT_IN_PLAN,
            USUAL_SEVERITY[ReasonCode.NOT_IN_PLAN],
            (fact,),
            self.plan.clauses.get(ReasonCode.NOT_IN_PLAN),
            (member.row.place,),
        )
        findings = (*self._duplicate(member), outside)  # in alphabetical order of code
        return RecordVerdict(
            key=self._key(member, None),
            row=member.row,
            copies=member.copies,
            course=member.match.name,
            set_id=None,
            verdict=None,
            findings=findings,
            commendation_verdict=None,
            commendation_findings=(),
            fingerprint=fingerprint(plain(member.row), findings),
        )

    def _inside(
        self,
        member: MatchedRow,
        course_set: CourseSet,
        course: Course,
        neighbours: tuple[Neighbour, ...],
    ) -> RecordVerdict:
        def findings_by(yardstick: Yardstick) -> tuple[Finding, ...]:
            context = CheckContext(
                row=member.row,
                course=course,
                match=member.match,
                plan=self.plan,
                yardstick=yardstick,
                duty=self.duty,
                attendance=self.attendance,
                neighbours=neighbours,
            )
            return check_record(context)

        own = findings_by(leave_yardstick(self.plan))
        commended = commendation_yardstick(self.plan)
        commendation_findings = findings_by(commended) if commended else ()
        return self._judged(
            member, course.name, course_set.id, own, commendation_findings if commended else None
        )

    def _freely_chosen(self, member: MatchedRow, credit: Credit) -> RecordVerdict:
        """A record of a programme of free choice: no set, yet judged."""
        context = CheckContext(
            row=member.row,
            course=Course(member.match.name, member.row.certified_hours or Decimal(0)),
            match=member.match,
            plan=self.plan,
            yardstick=leave_yardstick(self.plan),
            duty=self.duty,
            attendance=self.attendance,
            neighbours=(),
        )
        own = check_free_choice(context, credit)
        return self._judged(member, member.match.name, None, own, None)

    def _judged(
        self,
        member: MatchedRow,
        course: str,
        set_id: str | None,
        own: tuple[Finding, ...],
        commended: tuple[Finding, ...] | None,
    ) -> RecordVerdict:
        """The verdict from the findings, with the decision that was made on these facts."""
        findings = tuple(
            sorted((*own, *self._duplicate(member)), key=lambda found: found.code.value)
        )
        commendation_findings = commended or ()
        key = self._key(member, set_id)
        # Another file that shows the same record changes no fact a decision was made on.
        facts = fingerprint(plain(member.row), own)
        decision = self.decisions.get(key) or self._earlier_decision(member, set_id, facts)
        is_current = decision is not None and decision.fingerprint == facts
        return RecordVerdict(
            key=key,
            row=member.row,
            copies=member.copies,
            course=course,
            set_id=set_id,
            verdict=worst(findings),
            findings=findings,
            commendation_verdict=worst(commended) if commended is not None else None,
            commendation_findings=commendation_findings,
            fingerprint=facts,
            decision=decision if is_current else None,
            outdated_decision=None if is_current else decision,
        )

    def _duplicate(self, member: MatchedRow) -> tuple[Finding, ...]:
        others = tuple(row.place for row in (*member.copies, *member.echoes))
        if not others:
            return ()
        code = ReasonCode.DUPLICATE_RECORD
        return (
            Finding(
                code,
                self.plan.severities.get(code, USUAL_SEVERITY[code]),
                (DuplicateFact(others),),
                self.plan.clauses.get(code),
                (member.row.place, *others),
            ),
        )

    def _earlier_decision(
        self, member: MatchedRow, set_id: str | None, facts: str
    ) -> Decision | None:
        """The decision made on these very facts before other rows of the same span came in."""
        if not member.echoes:
            return None
        alone = replace(member, echoes=())
        decision = self.decisions.get(self._key(alone, set_id))
        return decision if decision is not None and decision.fingerprint == facts else None

    def _key(self, member: MatchedRow, set_id: str | None) -> str:
        parts = [plain(part) for part in _span_key(member.row, member.match)]
        content = plain(_content(member.row)) if member.echoes else ""
        return fingerprint(self.person.employee_id, set_id, parts, content)[:32]


def _course_places(sets: Sequence[CourseSet]) -> dict[str, list[tuple[CourseSet, Course]]]:
    places: dict[str, list[tuple[CourseSet, Course]]] = {}
    for course_set in sets:
        for course in course_set.courses:
            places.setdefault(course.name, []).append((course_set, course))
    return places


def _taking_time(
    matched: Sequence[MatchedRow], places: Mapping[str, list[tuple[CourseSet, Course]]]
) -> list[tuple[MatchedRow, Neighbour]]:
    """The records of the plan whose times can meet another course's."""
    found = []
    for member in matched:
        span = member.row.span
        if (
            span is None
            or span.end < span.start
            or member.row.times_are_impossible
            or member.match.name not in places
        ):
            continue
        found.append((member, Neighbour(member.match.name, span, member.row.place)))
    return found


def _listing_order(record: RecordVerdict) -> tuple[object, ...]:
    day = record.row.start_date or record.row.end_date
    start = record.row.start
    return (
        record.set_id is None,
        record.set_id or "",
        record.course,
        day.isoformat() if day else "",
        start.isoformat() if start else "",
        record.key,
    )


def leave_yardstick(plan: Plan) -> Yardstick:
    """What the compensatory leave asks of a record; without one, only the plan's own dates.

    A nominated programme asks for its own last day and for no off-duty time.
    """
    leave, credit = plan.compensatory_leave, plan.credit
    if credit is not None:
        return Yardstick(OffDutyCheck.NONE, credit.deadline, credit.deadline_clause, True)
    if leave is None:
        return Yardstick(OffDutyCheck.NONE, plan.last_day, plan.period_clause, True)
    return Yardstick(
        leave.off_duty_check,
        leave.deadline,
        leave.deadline_clause,
        leave.counts_leave_without_pay,
    )


def commendation_yardstick(plan: Plan) -> Yardstick | None:
    """What the commendation asks of a record; None for a plan without one."""
    commendation = plan.commendation
    if commendation is None:
        return None
    return Yardstick(
        commendation.off_duty_check,
        commendation.deadline,
        commendation.deadline_clause,
        commendation.counts_leave_without_pay,
    )
