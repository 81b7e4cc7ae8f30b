"""查核表: the file copy of what was checked, one a person and set, drawn as the window draws it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.domain.attendance import AttendanceEntry
from desktop.domain.findings import Severity
from desktop.domain.moments import band_on, part_on
from desktop.domain.plan import CourseSet, OffDutyCheck, Plan
from desktop.domain.verdicts import (
    DecisionKind,
    PersonVerdict,
    RecordVerdict,
    SetState,
    SetVerdict,
    Verdict,
)
from desktop.services.day_bands import Band, day_bands
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.own_sets import claims
from desktop.services.paper_drafts import READY, Draft, Part
from desktop.services.timeline import Timeline, TimelineDay, draw
from desktop.services.verifying import pattern_words
from desktop.services.wording import explain_all, hours_words
from forms.check_contents import CheckResult, CheckRow, CheckSheet, DayStrip
from forms.check_sheet import CheckSheetForm
from forms.document import Issue
from forms.rocdate import listed_date

MOST_STRIPS = 4
MOST_FILES = 3
_RESULTS = {
    Verdict.PASS: CheckResult.MATCHES,
    Verdict.FAIL: CheckResult.FAILS,
    Verdict.REVIEW: CheckResult.OPEN,
}
_OUTCOMES = {
    SetState.PASS: "已完成",
    SetState.REVIEW: "待確認",
    SetState.INCOMPLETE: "尚未完成",
}
_NO_CONFLICT = {
    OffDutyCheck.START_AND_END: "起迄均為公餘時間",
    OffDutyCheck.COMPLETION: "完成時間為公餘時間",
    OffDutyCheck.NONE: "本計畫不檢核公餘時間",
}


def check_sheet_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """A sheet for every set of which somebody has records, in roster order."""
    issue = Issue(issued_at=office.clock())
    attendance = {facts.person.employee_id: facts.attendance for facts in basis.people}
    drafts = []
    for verdict in verdicts:
        person = verdict.person
        for set_verdict in verdict.sets:
            if not set_verdict.counted:
                continue
            content = check_sheet(
                basis,
                verdict,
                set_verdict,
                attendance=attendance.get(person.employee_id, ()),
                issue=issue,
                clerk=office.clerk_on_paper,
            )
            drafts.append(
                Draft(
                    key=f"{person.employee_id}/{set_verdict.set_id}",
                    employee_id=person.employee_id,
                    set_id=set_verdict.set_id,
                    name=person.name,
                    unit=person.unit,
                    subject=f"{basis.plan.course_set(set_verdict.set_id).title}（{content.outcome}）",
                    state=READY,
                    parts=(Part(CheckSheetForm, content),),
                )
            )
    return tuple(drafts)


def check_sheet(
    basis: Basis,
    verdict: PersonVerdict,
    set_verdict: SetVerdict,
    *,
    attendance: tuple[AttendanceEntry, ...],
    issue: Issue,
    clerk: str,
) -> CheckSheet:
    """The sheet of one person and set.

    Args:
        basis: What was judged, and on what.
        verdict: The person's verdict.
        set_verdict: Which of the person's sets.
        attendance: The person's entries.
        issue: Number and time of the print.
        clerk: Whose sheet it is; decisions of others name who decided.
    """
    plan, person = basis.plan, verdict.person
    course_set = plan.course_set(set_verdict.set_id)
    pattern = pattern_words(basis, verdict)
    numbers = _numbers(course_set, set_verdict)
    rows = []
    for record in set_verdict.counted:
        line = draw(record, basis, attendance, pattern=pattern.split(" ")[0], person=person)
        rows.append(_row(plan, course_set, record, line, numbers[record.course], clerk))
    was_checked = plan.off_duty_check is not OffDutyCheck.NONE
    is_out = verdict.is_eligible is False
    return CheckSheet(
        issue=issue,
        agency=basis.agency.name or plan.agency,
        unit=person.unit,
        job_title=person.title,
        name=person.name,
        person_code=person.employee_id,
        set_title=f"{plan.form.set_line}{course_set.title}" if plan.form else course_set.title,
        pattern=pattern,
        rows=tuple(rows),
        outcome="不適用" if is_out else _OUTCOMES[set_verdict.state],
        conclusion=_conclusion(plan, verdict, set_verdict, numbers),
        notes=_sources(set_verdict, attendance),
        title="公餘時間學習紀錄查核表" if was_checked else "學習紀錄查核表",
    )


def _numbers(course_set: CourseSet, set_verdict: SetVerdict) -> dict[str, str]:
    """Each course's place in the plan's list; of a free choice its place among the records."""
    if course_set.is_open:
        names = [record.course for record in set_verdict.counted]
    else:
        names = [course.name for course in course_set.courses]
    return {name: str(number) for number, name in enumerate(dict.fromkeys(names), start=1)}


def _row(
    plan: Plan,
    course_set: CourseSet,
    record: RecordVerdict,
    line: Timeline,
    number: str,
    clerk: str,
) -> CheckRow:
    course = next((c for c in course_set.courses if c.name == record.course), None)
    name = course.name_on_form if course is not None else record.course
    hours = course.hours if course is not None else record.row.certified_hours
    days = _days_shown(line)
    verdict = record.verdict or Verdict.REVIEW
    reasons = [
        f"{e.chip}（{e.clause}）"
        for e in explain_all(record.findings)
        if e.severity is not Severity.INFO
    ]
    if not reasons:
        has_times = record.row.start is not None or record.row.end is not None
        reasons = [_NO_CONFLICT[plan.off_duty_check if has_times else OffDutyCheck.NONE]]
    return CheckRow(
        number=number,
        course=f"{name}（{hours_words(hours)}）" if hours is not None else name,
        start=record.row.start,
        end=record.row.end,
        dates=_dates(record),
        duty_words=_duty_words(days) or line.note,
        strips=_strips(line, days),
        result=_RESULTS[verdict],
        reasons="\n".join(dict.fromkeys(reasons)),
        decision=_decision(record, clerk),
    )


def _dates(record: RecordVerdict) -> str:
    days = (record.row.started_on, record.row.completed_on)
    return "\n".join(listed_date(day) for day in days if day is not None)


# ------------------------------------------------------------------------------- days and strips


def _days_shown(line: Timeline) -> tuple[TimelineDay, ...]:
    """The first day, days with an entry in the span, the last: at most four."""
    days = line.days
    if len(days) <= 2:
        return days
    span = line.record
    inner = [
        day
        for day in days[1:-1]
        if any(
            e.kind.is_work and (span is None or e.span.overlap(span) > timedelta(0))
            for e in day.attendance
        )
    ]
    return (days[0], *inner[: MOST_STRIPS - 2], days[-1])


def _strips(line: Timeline, days: Sequence[TimelineDay]) -> tuple[DayStrip, ...]:
    strips = []
    before: TimelineDay | None = None
    for day in days:
        pieces = day_bands(day)
        at = {
            kind: tuple(
                band
                for piece in pieces
                if piece.band is kind and (band := band_on(piece.span, day.day)) is not None
            )
            for kind in (Band.DUTY, Band.FLEXIBLE)
        }
        entries = tuple(
            band
            for entry in day.attendance
            if entry.kind.is_work and (band := band_on(entry.span, day.day)) is not None
        )
        strips.append(
            DayStrip(
                label=f"{day.day.month}/{day.day.day}",
                duty=at[Band.DUTY],
                uncertain=at[Band.FLEXIBLE],
                entries=entries,
                course=band_on(line.record, day.day) if line.record is not None else None,
                is_after_gap=before is not None and day.day - before.day > timedelta(days=1),
            )
        )
        before = day
    return tuple(strips)


def _duty_words(days: Sequence[TimelineDay]) -> str:
    """What the strips show, for a reader who takes the words only."""
    lines: list[str] = []
    for day in days:
        date = f"{day.day.month}/{day.day.day} " if len(days) > 1 else ""
        if day.is_without_pay:
            lines.append(f"{date}留職停薪")
            continue
        if day.day_off:
            word, _, name = day.day_off.partition("：")
            lines.append(f"{date}{word}（{name}）" if name else f"{date}{word}")
        elif len(days) == 1 or day.pattern not in lines:
            lines.append(day.pattern)
        if day.punches and len(days) == 1:
            lines.append(day.punches)
        if not day.day_off:
            for closure in day.closures:
                part = part_on(closure, day.day)
                if part is not None:
                    lines.append(
                        f"{date}停止上班 {_clock(part.start, day)}–{_clock(part.end, day)}"
                    )
        for entry in day.attendance:
            part = part_on(entry.span, day.day)
            if part is not None:
                clock = f"{_clock(part.start, day)}–{_clock(part.end, day)}"
                lines.append(f"{date}{entry.kind_words} {clock}")
    return "\n".join(lines)


def _clock(moment: datetime, day: TimelineDay) -> str:
    return "24:00" if moment.date() > day.day else f"{moment:%H:%M}"


# ------------------------------------------------------------------------- decision, conclusion


def _decision(record: RecordVerdict, clerk: str) -> str:
    decision = record.decision
    if decision is None:
        if record.outdated_decision is not None:
            return "資料已變更，原決定待重新確認"
        return "依查核結果" if record.verdict is Verdict.PASS else "未決"
    by = f" {decision.decided_by}" if decision.decided_by != clerk else ""
    return f"{decision.kind.word}：{decision.reason}\n{listed_date(decision.decided_at)}{by}"


def _conclusion(
    plan: Plan, verdict: PersonVerdict, set_verdict: SetVerdict, numbers: dict[str, str]
) -> str:
    accepted = [
        r
        for r in set_verdict.counted
        if r.decision is not None
        and r.decision.kind is DecisionKind.ACCEPT
        and r.verdict is not Verdict.PASS
    ]
    groups = {
        "相符": [r for r in set_verdict.counted if r.settled is Verdict.PASS and r not in accepted],
        "承辦人採計": accepted,
        "不符": [r for r in set_verdict.counted if r.settled is Verdict.FAIL],
        "未決": [r for r in set_verdict.counted if r.settled is Verdict.REVIEW],
    }
    parts = []
    for words, records in groups.items():
        if records or words == "相符":
            places = [numbers[record.course] for record in records]
            parts.append(_counted(words, places, has_places=words != "相符"))
    if set_verdict.missing:
        places = [numbers[name] for name in set_verdict.missing if name in numbers]
        parts.append(_counted("沒有紀錄", places, count=len(set_verdict.missing)))
    return "、".join(parts) + "。" + _leave_words(plan, verdict, set_verdict.set_id)


def _counted(
    words: str, places: Sequence[str], *, count: int | None = None, has_places: bool = True
) -> str:
    number = len(places) if count is None else count
    where = f"（編號 {'、'.join(places)}）" if has_places and places else ""
    return f"{words} {number} 門{where}"


def _leave_words(plan: Plan, verdict: PersonVerdict, set_id: str) -> str:
    """What leave the set gives, alone or with others, and what it would give."""
    if verdict.is_eligible is False:
        return ""
    parts = []
    for claim in claims(plan, verdict):
        if set_id not in [course_set.id for course_set in claim.sets]:
            continue
        together = f"（{claim.title}）" if len(claim.sets) > 1 else ""
        if claim.grant is not None:
            parts.append(f"得核給補休 {claim.grant.hours} 小時{together}")
        elif claim.state is SetState.PASS:
            parts.append(f"未核給補休{together}")
        else:
            when = "確認" if claim.state is SetState.REVIEW else "補正"
            parts.append(f"得核給補休 0 小時；{when}完成後可核給 {claim.rule.hours} 小時{together}")
    return "；".join(parts) + "。" if parts else ""


def _sources(set_verdict: SetVerdict, attendance: Sequence[AttendanceEntry]) -> tuple[str, ...]:
    """The files the sheet stands on."""
    records = [record.row.place.file_name for record in set_verdict.counted]
    entries = [entry.place.file_name for entry in attendance if entry.place is not None]
    parts = [
        f"{words}（{_files(names)}）"
        for words, names in (("學習紀錄", records), ("差勤", entries))
        if names
    ]
    return (f"資料：{'、'.join(parts)}",) if parts else ()


def _files(names: Sequence[str]) -> str:
    found = list(dict.fromkeys(names))
    more = f" 等 {len(found)} 檔" if len(found) > MOST_FILES else ""
    return "、".join(found[:MOST_FILES]) + more
