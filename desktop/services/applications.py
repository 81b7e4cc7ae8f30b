"""Application forms: what a person may apply for, and the content of the form that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.attendance import Receipt, ReceiptKind
from desktop.domain.plan import CompensatoryLeave, OffDutyCheck, Plan
from desktop.domain.verdicts import PersonVerdict, Verdict
from desktop.services.application_states import claim_state, person_state
from desktop.services.facts import Basis
from desktop.services.ledger_used import used_by_person
from desktop.services.office import Office
from desktop.services.own_sets import Claim, claims, short_title, unknown_rank_words
from desktop.services.paper_drafts import Draft, Part, StampFacts
from desktop.services.wording import hours_words
from forms.application103 import Application103Form
from forms.application114 import Application114Form
from forms.application_contents import (
    Application103,
    CourseBlock,
    GeneralApplication,
    GeneralCourseRow,
    GrantLedger,
    GrantRow,
    OutlineNote,
    TimeColumns,
)
from forms.application_contents import Receipt as PrintedReceipt
from forms.application_general import GeneralApplicationForm
from forms.contents import Application114, CourseRow, Note
from forms.document import Issue

HOURS_A_DAY = 8


def application_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """Every application that people have begun, in roster order.

    A plan with the 103 form has one a person: the form is used again until the year's hours are
    used up, and carries everything granted so far. The others have one a person and rule.
    """
    plan = basis.plan
    if plan.form is None:
        return ()
    receipts = {facts.person.employee_id: facts.receipts for facts in basis.people}
    used = used_by_person(office, plan.id) if plan.form.layout == "kaohsiung-103" else {}
    issue = Issue(issued_at=office.clock())
    drafts: list[Draft] = []
    for verdict in verdicts:
        mine = receipts.get(verdict.person.employee_id, ())
        if plan.form.layout == "kaohsiung-103":
            spent = used.get(verdict.person.employee_id, {})
            drafts.extend(_draft_of_person(basis, verdict, issue, spent))
            continue
        for claim in claims(plan, verdict):
            if any(set_verdict.counted for set_verdict in claim.verdicts):
                drafts.append(_draft_of_claim(basis, verdict, claim, mine, issue))
    return tuple(drafts)


def _draft_of_claim(
    basis: Basis, verdict: PersonVerdict, claim: Claim, receipts: Sequence[Receipt], issue: Issue
) -> Draft:
    plan, person = basis.plan, verdict.person
    if plan.form is not None and plan.form.layout == "general":
        part = Part(
            GeneralApplicationForm,
            general_application(
                plan, verdict, claim, receipts=receipts, issue=issue, agency=basis.agency.name
            ),
        )
    else:
        part = Part(
            Application114Form,
            application114(plan, verdict, claim, issue=issue, agency=basis.agency.name),
        )
    return Draft(
        key=f"{person.employee_id}/{claim.rule.grant_set}",
        employee_id=person.employee_id,
        set_id=claim.rule.grant_set,
        name=person.name,
        unit=person.unit,
        subject=claim.title,
        state=claim_state(plan, verdict, claim, receipts),
        parts=(part,),
        stamp=_stamp(plan, verdict),
    )


def _draft_of_person(
    basis: Basis, verdict: PersonVerdict, issue: Issue, used: Mapping[str, int]
) -> tuple[Draft, ...]:
    """The 103 form of one person; none for somebody who has not begun."""
    plan, person = basis.plan, verdict.person
    if not any(set_verdict.counted for set_verdict in verdict.sets):
        return ()
    granted = [claim for claim in claims(plan, verdict) if claim.grant is not None]
    subject = "、".join(
        f"{short_title(plan, claim.rule.grant_set)}（{claim.grant.hours} 時）"
        for claim in granted
        if claim.grant is not None
    )
    if not granted:
        is_out = verdict.is_eligible is False
        subject = "" if is_out else unknown_rank_words(plan, person)
    content = application103(plan, verdict, issue=issue, agency=basis.agency.name, used=used)
    return (
        Draft(
            key=f"{person.employee_id}/",
            employee_id=person.employee_id,
            set_id=None,
            name=person.name,
            unit=person.unit,
            subject=subject or "尚無核給",
            state=person_state(plan, verdict),
            parts=(Part(Application103Form, content),),
            stamp=_stamp(plan, verdict),
        ),
    )


def _stamp(plan: Plan, verdict: PersonVerdict) -> StampFacts:
    """The stamp says what was checked: without an off-duty check the hours alone."""
    was_checked = plan.off_duty_check is not OffDutyCheck.NONE
    return StampFacts(
        is_passed=verdict.is_eligible is True,
        heading="公餘時間查核" if was_checked else "學習時數查核",
    )


# ------------------------------------------------------------------------------------ contents


def application114(
    plan: Plan, verdict: PersonVerdict, claim: Claim, *, issue: Issue, agency: str
) -> Application114:
    """The application form of one person and set (附件2 of the 114 plan).

    Args:
        plan: The plan; it carries the form's words.
        verdict: The person's verdict.
        claim: The set applied for.
        issue: Number and time of the print.
        agency: For the PDF's data.

    Raises:
        ValueError: When the plan has no form.
    """
    if plan.form is None:
        raise ValueError(f"plan {plan.id} has no form")
    by_course = {record.course: record for _, record in claim.records}
    courses = dict.fromkeys(course for s in claim.sets for course in s.courses)
    return Application114(
        issue=issue,
        author=agency or plan.agency,
        unit=verdict.person.unit,
        name=verdict.person.name,
        title=plan.form.title,
        set_title=f"{plan.form.set_line}{claim.title}",
        set_title_bold=claim.title,
        year=plan.year,
        courses=tuple(
            CourseRow(
                number=str(position),
                name=course.name_on_form,
                hours=hours_words(course.hours),
                start=by_course[course.name].row.start if course.name in by_course else None,
                end=by_course[course.name].row.end if course.name in by_course else None,
            )
            for position, course in enumerate(courses, start=1)
        ),
        notes=_notes(plan, claim.title),
        notes_title=plan.form.notes_heading,
        seals=plan.form.seals,
    )


def general_application(
    plan: Plan,
    verdict: PersonVerdict,
    claim: Claim,
    *,
    receipts: Sequence[Receipt],
    issue: Issue,
    agency: str,
) -> GeneralApplication:
    """The application form of a plan without one of its own, from the plan's data.

    Args:
        plan: The plan; title, notes and seals are its words.
        verdict: The person's verdict.
        claim: What is applied for.
        receipts: When this person's evidence was received.
        issue: Number and time of the print.
        agency: For the PDF's data.

    Raises:
        ValueError: When the plan has no form or no leave.
    """
    form, leave = plan.form, plan.compensatory_leave
    if form is None or leave is None:
        raise ValueError(f"plan {plan.id} has no form")
    courses = {course.name: course for s in claim.sets for course in s.courses}
    rows = []
    hours = Decimal(0)
    passed = [record for _, record in claim.records if record.settled is Verdict.PASS]
    for number, record in enumerate(passed, start=1):
        course = courses.get(record.course)
        certified = course.hours if course is not None else record.row.certified_hours
        hours += certified or 0
        rows.append(
            GeneralCourseRow(
                number=str(number),
                name=course.name_on_form if course is not None else record.course,
                hours=hours_words(certified),
                category=course.category if course is not None else "",
                start=record.row.start,
                end=record.row.end or record.row.end_date,
            )
        )
    granted = claim.grant.hours if claim.grant is not None else claim.rule.hours
    return GeneralApplication(
        issue=issue,
        author=agency or plan.agency,
        plan=plan.title,
        title=form.title,
        unit=verdict.person.unit,
        job_title=verdict.person.title,
        name=verdict.person.name,
        set_title=claim.title,
        set_size=f"{len(rows)} 門，{hours_words(hours)} 小時",
        basis=f"{plan.title}{claim.rule.clause.point}",
        leave=leave_words(granted),
        year=plan.year,
        time_columns=TimeColumns(plan.off_duty_check.value),
        courses=tuple(rows),
        hours=hours_words(hours),
        notes=_notes(plan, claim.title),
        notes_title=form.notes_heading,
        seals=form.seals,
        receipt=_receipt(leave, receipts),
    )


def leave_words(hours: int) -> str:
    """Hours of leave, whole days said as such: ``1 天（8 小時）``, ``4 小時``."""
    if hours % HOURS_A_DAY == 0:
        return f"{hours // HOURS_A_DAY} 天（{hours} 小時）"
    return f"{hours} 小時"


def _receipt(leave: CompensatoryLeave, receipts: Sequence[Receipt]) -> PrintedReceipt | None:
    """The line of the personnel office, where the plan has a last day of receipt."""
    last_day = leave.conditions.received_by
    if last_day is None:
        return None
    days = sorted(r.received_on for r in receipts if r.kind is not ReceiptKind.REPORT)
    received = days[0] if days else None
    is_late = None if received is None else received > last_day
    return PrintedReceipt(deadline=last_day, received=received, is_late=is_late)


def _notes(plan: Plan, set_title: str) -> tuple[Note, ...]:
    notes = plan.form.notes if plan.form is not None else ()
    return tuple(
        Note(text=note.text.replace("{set}", set_title), is_underlined=note.is_underlined)
        for note in notes
    )


def application103(
    plan: Plan,
    verdict: PersonVerdict,
    *,
    issue: Issue,
    agency: str,
    used: Mapping[str, int] | None = None,
) -> Application103:
    """The application form of one person with everything granted so far (附件2 of the 103 plan).

    Args:
        plan: The plan; it carries the form's words.
        verdict: The person's verdict; its grants are what was granted so far.
        issue: Number and time of the print.
        agency: For the PDF's data.
        used: Hours used so far by the set that a grant is booked under; nothing where unknown.

    Raises:
        ValueError: When the plan has no form.
    """
    form = plan.form
    if form is None:
        raise ValueError(f"plan {plan.id} has no form")
    person = verdict.person
    granted = sorted(
        (claim for claim in claims(plan, verdict) if claim.grant is not None),
        key=_completed_on,
    )
    return Application103(
        issue=issue,
        author=agency or plan.agency,
        unit=person.unit,
        job_title=person.title,
        name=person.name,
        year=plan.year,
        title=form.title,
        instruction=form.instruction,
        courses=_blocks(granted),
        seals=form.seals,
        ledger=_ledger(plan, granted, used or {}),
        notes=_outline_notes(plan),
        notes_title=form.notes_heading,
        outline="、".join(claim.title for claim in granted),
    )


def _completed_on(claim: Claim) -> date:
    """Old grants come first; those of one day stay in the plan's order."""
    return claim.grant.completed_on if claim.grant is not None else date.max


def _blocks(granted: Sequence[Claim]) -> tuple[CourseBlock, ...]:
    """A block a course, each course once though several sets list it."""
    found: dict[str, CourseBlock] = {}
    for claim in granted:
        for course_set, record in claim.records:
            if record.course in found or record.settled is not Verdict.PASS:
                continue
            course = next((c for c in course_set.courses if c.name == record.course), None)
            found[record.course] = CourseBlock(
                number=str(len(found) + 1),
                name=course.name_on_form if course is not None else record.course,
                hours=hours_words(course.hours if course else record.row.certified_hours),
                completed=record.row.end or record.row.end_date,
            )
    return tuple(found.values())


def _ledger(plan: Plan, granted: Sequence[Claim], used: Mapping[str, int]) -> GrantLedger:
    cap = plan.compensatory_leave.cap_hours if plan.compensatory_leave is not None else None
    limit = f"（上限{cap}小時）" if cap is not None else ""
    rows = []
    total = total_used = 0
    for claim in granted:
        if claim.grant is None:
            continue
        spent = used.get(claim.grant.set_id, 0)
        total += claim.grant.hours
        total_used += spent
        rows.append(
            GrantRow(
                combination=claim.title,
                completed=claim.grant.completed_on,
                granted=str(claim.grant.hours),
                used=str(spent),
                balance=str(claim.grant.hours - spent),
                expires=claim.grant.expires,
            )
        )
    return GrantLedger(
        title=f"{plan.year}年度補休核給及使用情形{limit}",
        combination_head="主餐＋副餐",
        rows=tuple(rows),
        granted=str(total),
        used=str(total_used),
        balance=str(total - total_used),
        grantable=str(max(cap - total, 0)) if cap is not None else "",
    )


def _outline_notes(plan: Plan) -> tuple[OutlineNote, ...]:
    notes = []
    number = 0
    for note in plan.form.notes if plan.form is not None else ():
        number += note.level == 0
        notes.append(
            OutlineNote(label=note.label or f"{number}.", text=note.text, level=note.level)
        )
    return tuple(notes)
