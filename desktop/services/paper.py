"""Verdicts as the content of printed documents: applications, the list, correction requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desktop.domain.calendar import CalendarYearMissingError, OfficeCalendar
from desktop.domain.findings import ReasonCode
from desktop.domain.people import Person, RankTier
from desktop.domain.plan import CourseSet, Plan
from desktop.domain.verdicts import PersonVerdict, RecordVerdict, SetState, SetVerdict, Verdict
from desktop.services.benefit_words import awards_words
from desktop.services.wording import explain_all, hours_words
from forms.contents import (
    Application114,
    CommendationList,
    CommendationRow,
    CorrectionNotice,
    CorrectionRow,
    CourseRow,
    Note,
)
from forms.document import Issue
from forms.stamp import CheckStamp

_TIER_ORDER = {RankTier.SENIOR: 0, RankTier.JUNIOR: 1, RankTier.ELEMENTARY: 2, None: 3}

_REMEDIES = {
    ReasonCode.NOT_PASSED: "補送已通過的學習紀錄",
    ReasonCode.INVALID_TIMES: "補送起迄正確的學習紀錄",
    ReasonCode.TIME_MISSING: "補送有起迄時間的學習紀錄",
    ReasonCode.FLEX_UNCERTAIN: "補送當日刷卡紀錄",
    ReasonCode.ON_PERSONAL_LEAVE: "補送當日差勤紀錄",
    ReasonCode.ATTENDANCE_INSIDE_SPAN: "說明期間學習情形",
    ReasonCode.HOURS_MISMATCH: "補送認證時數證明",
    ReasonCode.NAME_UNCERTAIN: "確認課程名稱",
    ReasonCode.LOW_CONFIDENCE: "補送清楚的學習紀錄",
    ReasonCode.READING_EXCEEDS_SPAN: "說明或補送學習紀錄",
    ReasonCode.INSUFFICIENT_OFF_DUTY_TIME: "說明公餘時間學習情形",
    ReasonCode.OVERLAPS_OTHER_COURSE: "說明兩門課的學習時間",
}
_USUAL_REMEDY = "於公餘時間重新修習後補送學習紀錄"


def application(
    plan: Plan,
    verdict: PersonVerdict,
    set_verdict: SetVerdict,
    *,
    issue: Issue,
    agency: str,
    stamp: CheckStamp | None = None,
) -> Application114:
    """The application form of one person and set (附件2).

    Args:
        plan: The plan; it carries the form's words.
        verdict: The person's verdict.
        set_verdict: The completed set.
        issue: Number and time of the print.
        agency: For the PDF's data.
        stamp: The personnel office's check stamp, where it is wanted.

    Raises:
        ValueError: When the plan has no form.
    """
    if plan.form is None:
        raise ValueError(f"plan {plan.id} has no form")
    course_set = plan.course_set(set_verdict.set_id)
    by_course = {record.course: record for record in set_verdict.counted}
    return Application114(
        issue=issue,
        author=agency or plan.agency,
        unit=verdict.person.unit,
        name=verdict.person.name,
        title=plan.form.title,
        set_title=f"{plan.form.set_line}{course_set.title}",
        set_title_bold=course_set.title,
        year=plan.year,
        courses=tuple(
            CourseRow(
                number=str(position),
                name=course.name_on_form,
                hours=hours_words(course.hours),
                start=by_course[course.name].row.start if course.name in by_course else None,
                end=by_course[course.name].row.end if course.name in by_course else None,
            )
            for position, course in enumerate(course_set.courses, start=1)
        ),
        notes=tuple(
            Note(
                text=note.text.replace("{set}", course_set.title), is_underlined=note.is_underlined
            )
            for note in plan.form.notes
        ),
        notes_title=plan.form.notes_heading,
        seals=plan.form.seals,
        stamp=stamp,
    )


def printable_sets(plan: Plan, verdict: PersonVerdict) -> tuple[SetVerdict, ...]:
    """The sets a person may apply for now, in the plan's order."""
    granted = {grant.set_id for grant in verdict.leave.grants}
    order = {course_set.id: index for index, course_set in enumerate(plan.sets)}
    ready = [s for s in verdict.sets if s.state is SetState.PASS and s.set_id in granted]
    return tuple(sorted(ready, key=lambda s: order[s.set_id]))


def commendation_list(
    plan: Plan,
    verdicts: Sequence[PersonVerdict],
    *,
    issue: Issue,
    agency: str,
) -> CommendationList | None:
    """敘獎建議名冊 of everybody whose commendation is sure; None when there is nobody.

    Order: units as in the roster, in them rank from high to low, then 人員代號.
    """
    commendation = plan.commendation
    if commendation is None:
        return None
    rows = tuple(
        CommendationRow(
            unit=verdict.person.unit,
            job_title=verdict.person.title,
            name=verdict.person.name,
            rank=verdict.person.rank,
            reason=commendation.reason,
            award=award_words(verdict),
            basis=commendation.legal_basis,
            remark=commendation_remark(plan, verdict),
        )
        for verdict in commended(verdicts)
    )
    if not rows:
        return None
    return CommendationList(
        issue=issue,
        agency=agency or plan.agency,
        plan=plan.title,
        day=commendation.deadline,
        rows=rows,
        awards=tuple(dict.fromkeys(f"{r.award}{r.count}次" for r in commendation.rules)),
    )


def award_words(verdict: PersonVerdict) -> str:
    """``嘉獎1次``; ``記功1次、嘉獎1次`` where several kinds add up."""
    return awards_words(verdict.commendation.awards)


def commendation_remark(plan: Plan, verdict: PersonVerdict) -> str:
    """What the committee will ask about: 留職停薪, 承辦人改判."""
    remarks = []
    counted = [record for s in verdict.commendation_sets for record in s.counted]
    if any(
        finding.code is ReasonCode.DURING_LEAVE_WITHOUT_PAY
        for record in counted
        for finding in record.findings
    ):
        remarks.append("留職停薪期間完成")
    if any(
        record.decision is not None and record.commendation_verdict is not Verdict.PASS
        for record in counted
    ):
        remarks.append("承辦人改判")
    return "、".join(remarks)


def commended(verdicts: Sequence[PersonVerdict]) -> tuple[PersonVerdict, ...]:
    """Everybody whose commendation is sure, in the order of the list."""
    units: dict[str, int] = {}
    for verdict in sorted(verdicts, key=lambda v: v.person.roster_position):
        units.setdefault(verdict.person.unit, len(units))
    sure = [verdict for verdict in verdicts if verdict.commendation.count > 0]
    return tuple(sorted(sure, key=lambda v: (units[v.person.unit], *_rank_order(v.person))))


def _rank_order(person: Person) -> tuple[bool, int, str]:
    return ("相當" in person.rank, _TIER_ORDER[person.tier], person.employee_id)


def records_to_correct(plan: Plan, verdict: PersonVerdict) -> tuple[RecordVerdict, ...]:
    """Failed courses and open reviews that count, in the form's order; settled ones left out."""
    if verdict.is_eligible is False:
        return ()
    by_set = {set_verdict.set_id: set_verdict for set_verdict in verdict.sets}
    found = []
    for course_set in plan.sets:
        set_verdict = by_set.get(course_set.id)
        if set_verdict is None:
            continue
        counted = {record.course: record for record in set_verdict.counted}
        for course in course_set.courses:
            record = counted.get(course.name)
            if record is not None and record.settled is not Verdict.PASS:
                found.append(record)
    return tuple(found)


def correction_deadline(plan: Plan, today: date, calendar: OfficeCalendar) -> date:
    """The plan's days after the notice, moved to the next working day where there is one."""
    day = today + timedelta(days=plan.correction_days)
    try:
        return calendar.next_working_day(day)
    except CalendarYearMissingError:
        return day


def correction_notice(
    plan: Plan,
    verdict: PersonVerdict,
    *,
    issue: Issue,
    agency: str,
    clerk: str,
    calendar: OfficeCalendar,
) -> CorrectionNotice | None:
    """補正通知單 of one person; None when nothing needs correcting.

    Args:
        plan: The plan.
        verdict: The person's verdict.
        issue: Number and time of the print.
        agency: Who writes.
        clerk: The clerk's name.
        calendar: To move the deadline off a holiday.
    """
    records = records_to_correct(plan, verdict)
    if not records:
        return None
    sets = [s for s in plan.sets if any(record.set_id == s.id for record in records)]
    today = issue.issued_at.date()
    deadline = correction_deadline(plan, today, calendar)
    period = plan.clauses.get(ReasonCode.START_ON_DUTY, plan.period_clause)
    return CorrectionNotice(
        issue=issue,
        office=agency or plan.agency,
        unit=verdict.person.unit,
        job_title=verdict.person.title,
        name=verdict.person.name,
        day=today,
        deadline=deadline,
        matter=plan.form.title.removesuffix("申請表") if plan.form else "補休申請",
        set_title="、".join(course_set.title for course_set in sets),
        lead=(
            f"台端申請{plan.short_title}補休，經核對學習紀錄與差勤資料，"
            f"下列 {len(records)} 門課程不符規定或尚待確認，請依限補正："
        ),
        rows=tuple(_correction_row(plan, sets, record) for record in records),
        paragraphs=(
            f"依據：{plan.title}{period.point}"
            + (f"「{period.quotation}」。" if period.quotation else "。"),
            "補正方式：請於期限前，將應補正資料連同下方回條送承辦人；逾期未補正，依現有資料認定。",
            "疑義：對認定結果有疑義者，請於期限前向承辦人說明，並附佐證資料。",
        ),
        clerk=clerk,
        clerk_title="承辦人",
        telephone="",
    )


def _correction_row(plan: Plan, sets: Sequence[CourseSet], record: RecordVerdict) -> CorrectionRow:
    course_set = plan.course_set(record.set_id or "")
    names = [course.name for course in course_set.courses]
    number = str(names.index(record.course) + 1)
    if len(sets) > 1:
        number = f"{course_set.title[:2]}{number}"
    explanations = [e for e in explain_all(record.findings) if e.severity > 0]
    remedies = dict.fromkeys(_REMEDIES.get(e.finding.code, _USUAL_REMEDY) for e in explanations)
    return CorrectionRow(
        number=number,
        name=course_set.courses[names.index(record.course)].name_on_form,
        start=record.row.start,
        end=record.row.end,
        problem="".join(e.sentence for e in explanations) or _decided(record),
        basis="；".join(dict.fromkeys(e.clause for e in explanations)) or "承辦人決定",
        remedy="；".join(remedies) or _USUAL_REMEDY,
    )


def _decided(record: RecordVerdict) -> str:
    decision = record.decision
    return f"{decision.kind.word}：{decision.reason}" if decision is not None else ""


def stamp_for(
    verdict: PersonVerdict,
    set_verdict: SetVerdict,
    *,
    agency: str,
    clerk: str,
    at: datetime,
    number: str,
) -> CheckStamp:
    """The check stamp of a settled set."""
    return CheckStamp(
        agency=agency,
        is_passed=set_verdict.state is SetState.PASS and verdict.is_eligible is True,
        clerk=clerk,
        day=at.date(),
        number=number,
    )
