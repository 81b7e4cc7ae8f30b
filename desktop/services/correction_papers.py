"""補正通知單: what a person is asked to correct, course by course."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop.domain.calendar import CalendarYearMissingError, OfficeCalendar
from desktop.domain.findings import ReasonCode
from desktop.domain.plan import CourseSet, Plan
from desktop.domain.verdicts import PersonVerdict, RecordVerdict, SetState, Verdict
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.paper_drafts import READY, Draft, Part
from desktop.services.wording import explain_all
from forms.contents import CorrectionNotice, CorrectionRow
from forms.correction_notice import CorrectionNoticeForm
from forms.document import Issue

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


def records_to_correct(plan: Plan, verdict: PersonVerdict) -> tuple[RecordVerdict, ...]:
    """Failed courses and open reviews that count, in the form's order; settled ones left out."""
    if verdict.is_eligible is False:
        return ()
    by_set = {set_verdict.set_id: set_verdict for set_verdict in verdict.sets}
    found: list[RecordVerdict] = []
    for course_set in plan.sets:
        set_verdict = by_set.get(course_set.id)
        if set_verdict is None or set_verdict.state is SetState.PASS:
            continue  # what a complete set does not need is nobody's to correct
        if course_set.is_open:
            found.extend(r for r in set_verdict.counted if r.settled is not Verdict.PASS)
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
        matter=plan.form.title.removesuffix("申請表") if plan.form else f"{applied_for(plan)}申請",
        set_title="、".join(course_set.title for course_set in sets),
        lead=(
            f"台端申請{plan.short_title}{applied_for(plan)}，經核對學習紀錄與差勤資料，"
            f"下列 {len(records)} 門課程不符規定或尚待確認，請依限補正："
        ),
        rows=tuple(
            _correction_row(plan, sets, record, place)
            for place, record in enumerate(records, start=1)
        ),
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


def applied_for(plan: Plan) -> str:
    """What a plan's people apply for: leave before commendation before anything else."""
    if plan.compensatory_leave is not None:
        return "補休"
    if plan.commendation is not None:
        return "敘獎"
    return plan.entitlements[0].title if plan.entitlements else "採認"


def _correction_row(
    plan: Plan, sets: Sequence[CourseSet], record: RecordVerdict, place: int
) -> CorrectionRow:
    course_set = plan.course_set(record.set_id or "")
    names = [course.name for course in course_set.courses]
    # A freely chosen course stands in no list: it has its place on the notice.
    index = None if course_set.is_open else names.index(record.course)
    number = str(place if index is None else index + 1)
    if len(sets) > 1:
        number = f"{course_set.title[:2]}{number}"
    explanations = [e for e in explain_all(record.findings) if e.severity > 0]
    remedies = dict.fromkeys(_REMEDIES.get(e.finding.code, _USUAL_REMEDY) for e in explanations)
    return CorrectionRow(
        number=number,
        name=record.course if index is None else course_set.courses[index].name_on_form,
        start=record.row.start,
        end=record.row.end,
        problem="".join(e.sentence for e in explanations) or _decided(record),
        basis="；".join(dict.fromkeys(e.clause for e in explanations)) or "承辦人決定",
        remedy="；".join(remedies) or _USUAL_REMEDY,
    )


def _decided(record: RecordVerdict) -> str:
    decision = record.decision
    return f"{decision.kind.word}：{decision.reason}" if decision is not None else ""


def correction_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """補正通知單 of everybody who has something to correct, in roster order."""
    issue = Issue(issued_at=office.clock())
    drafts = []
    for verdict in verdicts:
        content = correction_notice(
            basis.plan,
            verdict,
            issue=issue,
            agency=basis.agency.name,
            clerk=office.clerk_on_paper,
            calendar=basis.working_times.calendar,
        )
        if content is None:
            continue
        person = verdict.person
        drafts.append(
            Draft(
                key=person.employee_id,
                employee_id=person.employee_id,
                set_id=None,
                name=person.name,
                unit=person.unit,
                subject=f"{len(content.rows)} 門待補正",
                state=READY,
                parts=(Part(CorrectionNoticeForm, content),),
            )
        )
    return tuple(drafts)
