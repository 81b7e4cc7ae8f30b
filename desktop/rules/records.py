"""From evidence rows to judged records: duplicates joined, names matched, checks run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

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
from desktop.domain.plan import Course, CourseSet, Credit, Plan, SharedCourses
from desktop.domain.successions import Forerunner
from desktop.domain.verdicts import Decision, RecordVerdict
from desktop.rules.asked_fields import asked_fields, row_facts
from desktop.rules.audience import OwnSets
from desktop.rules.checks.context import CheckContext, Neighbour, Yardstick
from desktop.rules.checks.record import check_record, worst
from desktop.rules.credit import check_free_choice
from desktop.rules.duty import DutyTime
from desktop.rules.fingerprints import fingerprint, plain
from desktop.rules.matching import CourseMatch, CourseMatcher, MatchKind
from desktop.rules.open_sets import free_course, is_accepted, match_with_open_sets
from desktop.rules.yardsticks import commendation_yardstick, further_yardsticks, own_yardstick

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


def join_duplicates(
    rows: Sequence[LearningRow],
    match_of: Callable[[LearningRow], CourseMatch],
    *,
    asked: tuple[str, ...] = (),
) -> tuple[MatchedRow, ...]:
    """Each record once, with its copies; "the same person, course and span again".

    Args:
        rows: One person's rows, in the order they were stored.
        match_of: Which course a row means.
        asked: Further fields of a row that the plan reads.
    """
    same_span: dict[tuple[object, ...], list[MatchedRow]] = {}
    for row in rows:
        match = match_of(row)
        group = same_span.setdefault(_span_key(row, match), [])
        for index, known in enumerate(group):
            if _content(known.row, asked) == _content(row, asked):
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


def _content(row: LearningRow, asked: tuple[str, ...]) -> tuple[object, ...]:
    """What a check reads beside course and span."""
    return (
        row.certified_hours,
        row.reading_time,
        row.pass_status,
        row.has_certificate,
        row.language,
        row.region,
        row.doubtful_fields,
        *(getattr(row, name) for name in asked),
    )


@dataclass(frozen=True, slots=True)
class PlanBasis:
    """What is the same for everybody under one plan, prepared once.

    Attributes:
        plan: The plan.
        matcher: Of the plan's courses.
        asked: Further fields of a row that the plan reads.
        own, commendation: What the record's own verdict and the commendation's ask.
        further: By id of a benefit, what it asks unlike these two.
    """

    plan: Plan
    matcher: CourseMatcher
    asked: tuple[str, ...]
    own: Yardstick
    commendation: Yardstick | None
    further: Mapping[str, Yardstick] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> PlanBasis:
        """Prepare a plan."""
        return cls(
            plan,
            CourseMatcher(plan),
            asked_fields(plan),
            own_yardstick(plan),
            commendation_yardstick(plan),
            further_yardsticks(plan),
        )


@dataclass(frozen=True, slots=True)
class RecordJudge:
    """Judges the records of one person under one plan.

    Attributes:
        basis: The plan and what is prepared of it.
        own: The person's own sets.
        person: Whose records they are.
        duty: The person's duty time.
        attendance: The person's attendance entries.
        decisions: The clerk's decisions in force, by record key.
        forerunners: Readings that one of the person's rows replaced.
    """

    basis: PlanBasis
    own: OwnSets
    person: Person
    duty: DutyTime
    attendance: tuple[AttendanceEntry, ...]
    decisions: Mapping[str, Decision]
    forerunners: tuple[Forerunner, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.basis.plan

    def judge(self, rows: Sequence[LearningRow]) -> tuple[RecordVerdict, ...]:
        """Every record, once in each of the person's sets that holds its course.

        Raises:
            CalendarYearMissingError: When duty time cannot be known for want of a calendar.
        """
        credit = self.plan.credit
        matched = self._matched(rows)
        listed = [(member, self._standing(member)) for member in matched]
        taking_time = _taking_time(listed)
        records: list[RecordVerdict] = []
        for member, standing in listed:
            if credit is not None and is_accepted(member.row, self.plan):
                records.append(self._freely_chosen(member, credit))
                continue
            if not standing:
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
        if self.forerunners:
            records = [self._with_forerunners(record) for record in records]
        return tuple(sorted(records, key=_listing_order))

    def _with_forerunners(self, record: RecordVerdict) -> RecordVerdict:
        rows = (record.row, *record.copies)
        mine = tuple(one for one in self.forerunners if one.successor in rows)
        return replace(record, forerunners=mine) if mine else record

    def _matched(self, rows: Sequence[LearningRow]) -> tuple[MatchedRow, ...]:
        basis = self.basis
        if not any(s.is_open for s in self.own.sets):
            return join_duplicates(
                rows, lambda row: basis.matcher.match(row.course_name), asked=basis.asked
            )
        listed = frozenset(course.name for s in self.own.sets for course in s.courses)
        return join_duplicates(
            rows,
            lambda row: match_with_open_sets(
                row, matcher=basis.matcher, plan=basis.plan, listed=listed
            ),
            asked=basis.asked,
        )

    def _standing(self, member: MatchedRow) -> list[tuple[CourseSet, Course]]:
        """The sets a record stands in, with its course there."""
        kind, name = member.match.kind, member.match.name
        if kind is MatchKind.NONE:
            return []
        if kind is MatchKind.FREE:
            course = free_course(member.row)
            found = [(s, course) for s in self.own.sets if s.is_open]
        else:
            found = _places(self.own.sets, name)
            # A course that stands only in another's set is shown there once: no row vanishes,
            # and none counts.
            found = found or _places(self.plan.sets, name)[:1]
        return found[:1] if self.plan.shared_courses is SharedCourses.ONCE else found

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
            fingerprint=fingerprint(row_facts(member.row, self.basis.asked), findings),
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
                conditions=course_set.conditions,
                asked_fields=self.basis.asked,
            )
            return check_record(context)

        basis = self.basis
        record = self._judged(
            member,
            course.name,
            course_set.id,
            findings_by(basis.own),
            findings_by(basis.commendation) if basis.commendation else None,
        )
        if not basis.further:
            return record
        further = {key: findings_by(yardstick) for key, yardstick in basis.further.items()}
        return replace(record, other_findings=MappingProxyType(further))

    def _freely_chosen(self, member: MatchedRow, credit: Credit) -> RecordVerdict:
        """A record of a programme of free choice: no set, yet judged."""
        context = CheckContext(
            row=member.row,
            course=free_course(member.row),
            match=member.match,
            plan=self.plan,
            yardstick=self.basis.own,
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
        facts = fingerprint(row_facts(member.row, self.basis.asked), own)
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
        """The decision made on these very facts before other rows of the span came or went."""
        if not member.echoes and not self.forerunners:
            return None
        other = self._key(member, set_id, is_alone=bool(member.echoes))
        decision = self.decisions.get(other)
        return decision if decision is not None and decision.fingerprint == facts else None

    def _key(self, member: MatchedRow, set_id: str | None, *, is_alone: bool | None = None) -> str:
        is_alone = not member.echoes if is_alone is None else is_alone
        parts = [plain(part) for part in _span_key(member.row, member.match)]
        content = "" if is_alone else plain(_content(member.row, self.basis.asked))
        return fingerprint(self.person.employee_id, set_id, parts, content)[:32]


def _places(sets: Sequence[CourseSet], name: str) -> list[tuple[CourseSet, Course]]:
    """The sets that list a course, with it, in their order."""
    return [(s, course) for s in sets for course in s.courses if course.name == name]


def _taking_time(
    listed: Sequence[tuple[MatchedRow, list[tuple[CourseSet, Course]]]],
) -> list[tuple[MatchedRow, Neighbour]]:
    """The records of the plan whose times can meet another course's."""
    found = []
    for member, standing in listed:
        span = member.row.span
        if span is None or span.end < span.start or member.row.times_are_impossible or not standing:
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
