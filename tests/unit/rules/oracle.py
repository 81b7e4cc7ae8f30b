"""A second, slow and simple reading of the rules, to hold the engine against.

Written from the specification's text, not from the engine: duty is asked of one second at a time,
so that no half-open comparison is shared. The second that begins at ``t`` is ``[t, t + 1 s)``; a
course that starts at ``t`` starts in it, one that ends at ``t`` ends in the second before.
Nothing here may import from desktop.rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from desktop.domain.agency import Agency, WorkPattern
from desktop.domain.attendance import AttendanceEntry, Punch, Receipt, Shift
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.evidence import LearningRow
from desktop.domain.people import Person
from desktop.domain.plan import Commendation, CompensatoryLeave, Plan

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)

# rules.md section 3, the severity column.
FAILS = frozenset(
    {
        "not_passed",
        "invalid_times",
        "before_period",
        "after_deadline",
        "start_on_duty",
        "end_on_duty",
        "overlaps_overtime",
        "overlaps_official_leave",
        "overlaps_business_trip",
        "overlaps_on_call",
        "during_leave_without_pay",
    }
)
INFOS = frozenset({"not_in_plan", "name_approximate", "duplicate_record"})
OVERLAP_CODES = {
    "overtime": "overlaps_overtime",
    "official_leave": "overlaps_official_leave",
    "business_trip": "overlaps_business_trip",
    "on_call": "overlaps_on_call",
}
FIELDS = frozenset(
    {
        "course_name",
        "certified_hours",
        "pass_status",
        "start",
        "end",
        "started_on",
        "completed_on",
    }
)


@dataclass(frozen=True)
class World:
    """All facts about one person.

    Attributes:
        names: What each name as read means: the plan's name and ``exact``, ``folded``, ``similar``
            or ``none``.
    """

    plan: Plan
    person: Person
    calendar: OfficeCalendar
    agency: Agency
    shifts: Sequence[Shift]
    punches: Sequence[Punch]
    attendance: Sequence[AttendanceEntry]
    receipts: Sequence[Receipt]
    rows: Sequence[LearningRow]
    names: Mapping[str, tuple[str, str]]
    is_eligible: bool | None


@dataclass(frozen=True)
class Judged:
    """What the rules say of one listed record."""

    row: LearningRow
    course: str
    set_id: str | None
    verdict: str | None
    reasons: frozenset[str]
    commendation_verdict: str | None
    commendation_reasons: frozenset[str]


# ----------------------------------------------------------------------------- duty, by the second


def duty(world: World, second: datetime) -> str:
    """``certain``, ``uncertain`` or ``free``: the second that begins at ``second``."""
    day = second.date()
    if without_pay(world, day):
        return "free"
    if any(shift.span.start <= second < shift.span.end for shift in world.shifts):
        return "certain"
    if any(shift.day == day for shift in world.shifts):
        return "free"
    if not world.calendar.is_working_day(day):
        return "free"
    clock = second.hour * 3600 + second.minute * 60 + second.second
    for closure in world.agency.closures:
        if closure.day == day and closure.band.start_second <= clock < closure.band.end_second:
            return "free"
    rows = [
        row
        for row in world.agency.patterns
        if row.code == world.person.pattern_code
        and (row.valid_from is None or row.valid_from <= day)
        and (row.valid_until is None or row.valid_until >= day)
    ]
    if not rows:
        rostered_only = not world.person.pattern_code and len(world.shifts) > 0
        return "free" if rostered_only else "uncertain"
    row = pattern_row(world, rows, day)
    if row is None:
        return "free"
    in_segment = any(s.start_second <= clock < s.end_second for s in row.segments)
    if row.arrival is None or row.departure is None:
        return "certain" if in_segment else "free"
    first, last = row.segments[0].start_second, row.segments[-1].end_second
    if first <= clock < last and not in_segment:
        return "free"  # the lunch break
    if row.arrival.end_second <= clock < row.departure.start_second:
        return "certain"
    punch_in, punch_out = punched(world, day)
    if row.arrival.start_second <= clock < row.arrival.end_second:
        if punch_in is None:
            return "uncertain"
        return "certain" if second >= punch_in else "free"
    if row.departure.start_second <= clock < row.departure.end_second:
        if punch_out is None:
            return "uncertain"
        return "certain" if second < punch_out else "free"
    return "free"


def pattern_row(world: World, rows: Sequence[WorkPattern], day: date) -> WorkPattern | None:
    """The row for the weekday, or on a makeup working day the stand-in's."""
    for row in rows:
        if day.isoweekday() in row.weekdays:
            return row
    if day.isoweekday() < 6:
        return None
    own = [row.makeup_as for row in rows if row.makeup_as is not None]
    wanted = own[0] if own else world.agency.makeup_as
    for row in rows:
        if wanted in row.weekdays:
            return row
    return None


def punched(world: World, day: date) -> tuple[datetime | None, datetime | None]:
    """The day's punches; a pair that runs backwards tells nothing."""
    for punch in world.punches:
        if punch.day == day:
            both = punch.punch_in is not None and punch.punch_out is not None
            if both and punch.punch_out <= punch.punch_in:  # type: ignore[operator]  # both known
                return None, None
            return punch.punch_in, punch.punch_out
    return None, None


def without_pay(world: World, day: date) -> bool:
    return any(
        spell.first_day <= day and (spell.last_day is None or day <= spell.last_day)
        for spell in world.person.leave_without_pay
    )


def free_seconds(world: World, start: datetime, end: datetime) -> timedelta:
    """How much of the span is not certain duty, counted piece by piece.

    Duty changes only at a moment that some setting names; between two of them one second stands
    for all.
    """
    cuts = {start, end}
    clocks = {0}
    for row in world.agency.patterns:
        for band in (*row.segments, row.arrival, row.departure):
            if band is not None:
                clocks |= {band.start_second, band.end_second}
    for closure in world.agency.closures:
        clocks |= {closure.band.start_second, closure.band.end_second}
    day = start.date()
    while day <= end.date():
        cuts |= {datetime.combine(day, time()) + timedelta(seconds=clock) for clock in clocks}
        day += DAY
    for shift in world.shifts:
        cuts |= {shift.span.start, shift.span.end}
    for punch in world.punches:
        cuts |= {moment for moment in (punch.punch_in, punch.punch_out) if moment is not None}
    edges = sorted(cut for cut in cuts if start <= cut <= end)
    return sum(
        (
            later - earlier
            for earlier, later in pairwise(edges)
            if duty(world, earlier) != "certain"
        ),
        timedelta(0),
    )


# ----------------------------------------------------------------------------------- one record


def codes(
    world: World,
    row: LearningRow,
    *,
    hours: Decimal,
    benefit: CompensatoryLeave | Commendation,
    others: Iterable[LearningRow],
) -> frozenset[str]:
    """Every code of one record under one benefit, but ``duplicate_record``."""
    found: set[str] = set()
    check = benefit.off_duty_check.value
    kind = world.names[row.course_name][1]
    if row.pass_status is not None and row.pass_status != "已通過":
        found.add("not_passed")
    if row.certified_hours is None or row.certified_hours != hours:
        found.add("hours_mismatch")
    if kind == "folded":
        found.add("name_approximate")
    if kind == "similar":
        found.add("name_uncertain")
    fields = FIELDS | ({"reading_time"} if check == "start_and_end" else set())
    if fields & set(row.doubtful_fields):
        found.add("low_confidence")
    if is_invalid(row):
        return frozenset(found | {"invalid_times"})

    start_day, end_day = dates(row)
    if (check == "start_and_end" and row.start is None) or (check != "none" and row.end is None):
        found.add("time_missing")
    begun = start_day if start_day is not None else end_day
    if begun is not None and begun < world.plan.first_day:
        found.add("before_period")
    ended = end_day if end_day is not None else start_day
    if ended is not None and ended > benefit.deadline:
        found.add("after_deadline")
    if not benefit.counts_leave_without_pay:
        asked = [end_day] if check == "completion" else [start_day, end_day]
        if any(day is not None and without_pay(world, day) for day in asked):
            found.add("during_leave_without_pay")
    if check == "none":
        return frozenset(found)

    start = row.start if check == "start_and_end" else None
    found |= attendance_codes(world, start, row.end)
    states = []
    for second, code in (
        (start, "start_on_duty"),
        (row.end - SECOND if row.end is not None else None, "end_on_duty"),
    ):
        if second is None:
            continue
        state = duty(world, second)
        states.append(state)
        on_leave = any(
            entry.kind.value == "personal_leave" and entry.span.start <= second < entry.span.end
            for entry in world.attendance
        )
        if state == "certain":
            found.add("on_personal_leave" if on_leave else code)
        if state == "uncertain":
            found.add("flex_uncertain")
    if start is None or row.end is None:
        return frozenset(found)
    if row.reading_time is not None:
        if row.reading_time > row.end - start:
            found.add("reading_exceeds_span")
        elif "certain" not in states and free_seconds(world, start, row.end) < row.reading_time:
            found.add("insufficient_off_duty_time")
    if start.date() == row.end.date():
        for other in others:
            if other.start is None or other.end is None or is_invalid(other):
                continue
            if other.start.date() != other.end.date():
                continue
            if max(start, other.start) < min(row.end, other.end):
                found.add("overlaps_other_course")
    return frozenset(found)


def attendance_codes(world: World, start: datetime | None, end: datetime | None) -> set[str]:
    """The ``overlaps_…`` codes and ``attendance_inside_span``."""
    found: set[str] = set()
    for entry in world.attendance:
        code = OVERLAP_CODES.get(entry.kind.value)
        if code is None:
            continue
        first, last = entry.span.start, entry.span.end
        if start is not None and end is not None and start.date() == end.date():
            if max(start, first) < min(end, last):
                found.add(code)
            continue
        starts_in = start is not None and first <= start < last
        ends_in = end is not None and first <= end - SECOND < last
        if starts_in or ends_in:
            found.add(code)
        elif start is not None and end is not None and start < first < last < end:
            found.add("attendance_inside_span")
    return found


def is_invalid(row: LearningRow) -> bool:
    if row.times_are_impossible:
        return True
    if row.start is not None and row.end is not None:
        return row.end < row.start
    start_day, end_day = dates(row)
    return start_day is not None and end_day is not None and end_day < start_day


def dates(row: LearningRow) -> tuple[date | None, date | None]:
    """The dates of start and end, from the times or from the bare dates."""
    return (
        row.start.date() if row.start is not None else row.started_on,
        row.end.date() if row.end is not None else row.completed_on,
    )


def verdict_of(world: World, reasons: Iterable[str]) -> str:
    """The worst severity; info alone is a pass."""
    worst = "pass"
    for code in reasons:
        severity = "fail" if code in FAILS else "info" if code in INFOS else "review"
        for changed, to in world.plan.severities.items():
            if changed.value == code:
                severity = to.name.lower()
        if severity == "fail":
            return "fail"
        if severity == "review":
            worst = "review"
    return worst


# ------------------------------------------------------------------------- the person's records


def judge(world: World) -> list[Judged]:
    """Every listed record, once in each of the person's own sets, or once in another rank's."""
    judged: list[Judged] = []
    listed = list_once(world)
    for row, is_again in listed:
        course = world.names[row.course_name][0]
        again = frozenset({"duplicate_record"}) if is_again else frozenset()
        places = [(s.id, c.hours) for s in own_sets(world) for c in s.courses if c.name == course]
        if not places:
            # Only in a set of another rank: shown there once, so that no row vanishes.
            everywhere = [
                (s.id, c.hours) for s in world.plan.sets for c in s.courses if c.name == course
            ]
            places = everywhere[:1]
        if not places:
            reasons = again | {"not_in_plan"}
            judged.append(Judged(row, course, None, None, reasons, None, frozenset()))
        others = [
            other
            for other, _ in listed
            if other is not row
            and same_record(world, other) != same_record(world, row)
            and any(
                course.name == world.names[other.course_name][0]
                for course_set in world.plan.sets
                for course in course_set.courses
            )
        ]
        leave, commendation = world.plan.compensatory_leave, world.plan.commendation
        assert leave is not None
        assert commendation is not None
        for set_id, hours in places:
            mine = codes(world, row, hours=hours, benefit=leave, others=others)
            praised = codes(world, row, hours=hours, benefit=commendation, others=others)
            judged.append(
                Judged(
                    row,
                    course,
                    set_id,
                    verdict_of(world, mine | again),
                    mine | again,
                    verdict_of(world, praised),
                    praised,
                )
            )
    return judged


def own_sets(world: World):  # type: ignore[no-untyped-def]  # the plan's sets, less other tiers'
    words = {"senior": "簡任", "junior": "薦任", "elementary": "委任"}
    return [
        s
        for s in world.plan.sets
        if s.for_tier is None or words[s.for_tier.value] in world.person.rank
    ]


def same_record(world: World, row: LearningRow) -> tuple[object, ...]:
    """Course and span."""
    course = world.names[row.course_name][0]
    return (
        course,
        row.start,
        row.end,
        row.started_on,
        row.completed_on,
        row.times_are_impossible,
    )


def list_once(world: World) -> list[tuple[LearningRow, bool]]:
    """Rows to be listed, and whether each stands somewhere else again.

    Rows of one course and span that say the same are one record, the one whose name reads best;
    those that say something else are listed too, all of them marked.
    """
    order = ["exact", "folded", "similar", "none"]
    listed: list[tuple[LearningRow, bool]] = []
    seen: list[LearningRow] = []
    for row in world.rows:
        if row in seen:
            continue
        family = [r for r in world.rows if same_record(world, r) == same_record(world, row)]
        twins = [r for r in family if said(r) == said(row)]
        best = min(twins, key=lambda r: order.index(world.names[r.course_name][1]))
        listed.append((best, len(family) > 1))
        seen.extend(twins)
    return listed


def said(row: LearningRow) -> tuple[object, ...]:
    return (row.certified_hours, row.reading_time, row.pass_status, row.doubtful_fields)


# ------------------------------------------------------------------------------ sets and benefits


def set_states(
    world: World, judged: Sequence[Judged], *, praised: bool
) -> dict[str, tuple[str, date | None]]:
    """Each own set's state, and the day its last course ended."""
    leave = world.plan.compensatory_leave
    assert leave is not None
    states: dict[str, tuple[str, date | None]] = {}
    for course_set in own_sets(world):
        worst, ended = "pass", []
        for course in course_set.courses:
            mine = [j for j in judged if j.set_id == course_set.id and j.course == course.name]
            timed = [j for j in mine if j.row.start is not None or j.row.end is not None]
            if leave.off_duty_check.value != "none" and timed:
                mine = [j for j in mine if j in timed or j.row.times_are_impossible]
            if not mine:
                worst = "incomplete"
                continue
            ranking = {"pass": 0, "review": 1, "fail": 2}

            def key(j: Judged, ranking: dict[str, int] = ranking) -> tuple[int, datetime]:
                verdict = j.commendation_verdict if praised else j.verdict
                assert verdict is not None
                end = j.row.end
                if end is None and j.row.completed_on is not None:
                    end = datetime.combine(j.row.completed_on, time(23, 59, 59, 999999))
                return ranking[verdict], end or datetime.max

            best = min(mine, key=key)
            verdict = best.commendation_verdict if praised else best.verdict
            if verdict == "fail":
                worst = "incomplete"
            elif verdict == "review" and worst == "pass":
                worst = "review"
            ended.append(dates(best.row)[1])
        known = [day for day in ended if day is not None]
        last = max(known) if known and len(known) == len(ended) else None
        states[course_set.id] = (worst, last)
    return states


def leave_of(world: World, judged: Sequence[Judged]) -> tuple[str, int, int, list[object]]:
    """State, sure hours, possible hours, and the grants as (set, hours, last day)."""
    leave = world.plan.compensatory_leave
    assert leave is not None
    nothing: tuple[str, int, int, list[object]] = ("none", 0, 0, [])
    if world.is_eligible is False:
        return nothing
    if leave.conditions.received_by is not None and not [
        r for r in world.receipts if r.received_on <= leave.conditions.received_by
    ]:
        return nothing
    states = set_states(world, judged, praised=False)
    sure = granted(world, states, {"pass"}) if world.is_eligible else []
    hours = sum(grant[1] for grant in sure)
    possible = max(hours, sum(g[1] for g in granted(world, states, {"pass", "review"})))
    state = "review" if possible > hours else "granted" if hours else "none"
    return state, hours, possible, list(sure)


def granted(
    world: World, states: Mapping[str, tuple[str, date | None]], enough: set[str]
) -> list[tuple[str, int, date | None]]:
    leave = world.plan.compensatory_leave
    assert leave is not None
    met = [rule for rule in leave.rules if meets(world, states, rule.set_ids, enough)]
    if leave.combination.value == "best" and met:
        met = [max(met, key=lambda rule: rule.hours)]
    grants: list[tuple[str, int, date | None]] = []
    for rule in met:
        before = sum(grant[1] for grant in grants)
        left = 10**6 if leave.cap_hours is None else leave.cap_hours - before
        if left <= 0:
            continue
        ended = [states[s][1] for s in meant(world, rule.set_ids)]
        expires = None
        known = [day for day in ended if day is not None]
        if leave.validity is not None and known:
            expires = last_day(max(known) + DAY, leave.validity.months or 0)
        grants.append((rule.grant_set, min(rule.hours, left), expires))
    return grants


def award_of(world: World, judged: Sequence[Judged]) -> tuple[str, int, int]:
    """State, sure and possible 次."""
    commendation = world.plan.commendation
    assert commendation is not None
    if world.is_eligible is False:
        return "none", 0, 0
    states = set_states(world, judged, praised=True)

    def counted(enough: set[str]) -> int:
        met = [r.count for r in commendation.rules if meets(world, states, r.set_ids, enough)]
        return (max if commendation.combination.value == "best" else sum)(met or [0])

    sure = counted({"pass"}) if world.is_eligible else 0
    possible = max(sure, counted({"pass", "review"}))
    return ("review" if possible > sure else "granted" if sure else "none"), sure, possible


def meant(world: World, names: Sequence[str]) -> list[str]:
    """The person's own sets that the names of a rule mean."""
    return [s.id for name in names for s in own_sets(world) if name in (s.id, s.group)]


def meets(
    world: World,
    states: Mapping[str, tuple[str, date | None]],
    names: Sequence[str],
    enough: set[str],
) -> bool:
    for name in names:
        ids = meant(world, [name])
        if not ids or any(states[set_id][0] not in enough for set_id in ids):
            return False
    return True


def last_day(first: date, months: int) -> date:
    """民法 §121: walk the months, then look for the corresponding day."""
    year, month = first.year, first.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    try:
        return date(year, month, first.day) - DAY
    except ValueError:
        day = date(year, month, 28)
        while (day + DAY).month == month:
            day += DAY
        return day
