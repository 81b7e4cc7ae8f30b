"""Lists of a nominated programme: nominees, hours recognised, who is below the minimum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from desktop.domain.attendance import Nominee
from desktop.domain.moments import roc_date
from desktop.domain.plan import Credit, Nomination, Plan
from desktop.domain.verdicts import (
    CreditState,
    PersonVerdict,
    RecordVerdict,
    Verdict,
)
from desktop.rules.credit import counted_records
from desktop.services.facts import Basis
from desktop.services.nominees import nominations
from desktop.services.office import Office
from desktop.services.paper_drafts import READY, Draft, Part
from desktop.services.wording import credit_words, explain_all, hours_words
from forms.document import Issue
from forms.form import PrintedForm
from forms.programme_contents import (
    BelowMinimumList,
    BelowMinimumRow,
    CreditCourse,
    CreditList,
    CreditPerson,
    NominationList,
    NominationRow,
)
from forms.programme_lists import BelowMinimumListForm, CreditListForm, NominationListForm

LIST_KEY = "list"
RECOGNISED = "採認"
_MOST_KINDS = 4
"""Priorities that are counted one by one below the list."""
_MOST_NAMES = 40
"""Names in a note below a list."""
_SHORT_WORDS = {
    CreditState.BELOW_MINIMUM: "未達最低時數",
    CreditState.REPORT_MISSING: "未依限繳交研習報告",
}


def nominees_of(office: Office, plan: Plan) -> dict[str, Nominee]:
    """Who is nominated under the plan, by 人員代號; empty without a list."""
    with office.store.reading() as reader:
        return dict(nominations(reader, plan).nominees)


def is_nominated(verdict: PersonVerdict) -> bool:
    """Whether the person takes part."""
    credit = verdict.credit
    return credit is not None and credit.state is not CreditState.NOT_NOMINATED


# ------------------------------------------------------------------------------------ 薦送名冊


def nomination_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """薦送名冊; without an imported list nobody's telephone or priority is known, so none."""
    content = nomination_list(
        basis.plan,
        verdicts,
        nominees_of(office, basis.plan),
        issue=Issue(issued_at=office.clock()),
        agency=basis.agency.name,
    )
    return _list_draft("薦送名冊", NominationListForm, content)


def nomination_list(
    plan: Plan,
    verdicts: Sequence[PersonVerdict],
    nominees: Mapping[str, Nominee],
    *,
    issue: Issue,
    agency: str,
) -> NominationList | None:
    """The people that the list names, in roster order; None without a list."""
    nomination = plan.nomination
    if nomination is None or not nominees:
        return None
    office = agency or plan.agency
    rows = []
    for verdict in verdicts:
        person, nominee = verdict.person, nominees.get(verdict.person.employee_id)
        if nominee is None:
            continue
        remarks = ["遞補"] if nominee.is_substitute else []
        if verdict.is_eligible is False:
            remarks.append("不適用")
        rows.append(
            NominationRow(
                office=office,
                unit=person.unit,
                job_title=person.title,
                name=person.name,
                telephone=nominee.telephone,
                email=nominee.email,
                priority=nominee.priority,
                remark="、".join(remarks),
            )
        )
    if not rows:
        return None
    substitutes = sum(
        nominees[v.person.employee_id].is_substitute for v in _named(verdicts, nominees)
    )
    priorities = Counter(row.priority for row in rows if row.priority)
    parts = [f"{len(rows)} 人（遞補 {substitutes} 人）"]
    if len(priorities) <= _MOST_KINDS:
        parts += [f"{words} {count} 人" for words, count in priorities.items()]
    else:
        parts.append(f"有優先條件 {priorities.total()} 人")
    return NominationList(
        issue=issue,
        agency=office,
        plan=plan.title,
        day=nomination.register_by,
        rows=tuple(rows),
        total="\u3000".join(parts),
        notes=_nomination_notes(plan, nomination, verdicts, nominees),
    )


def _named(
    verdicts: Sequence[PersonVerdict], nominees: Mapping[str, Nominee]
) -> list[PersonVerdict]:
    return [verdict for verdict in verdicts if verdict.person.employee_id in nominees]


def _nomination_notes(
    plan: Plan,
    nomination: Nomination,
    verdicts: Sequence[PersonVerdict],
    nominees: Mapping[str, Nominee],
) -> tuple[str, ...]:
    notes = []
    if nomination.quota:
        notes.append(f"名額：{nomination.quota}（{nomination.clause.point}）")
    if nomination.priority:
        notes.append(f"優先條件：{'；'.join(nomination.priority)}。")
    if nomination.excluded:
        notes.append(f"不得薦送：{'；'.join(nomination.excluded)}。")
    unfit = [v.person.name for v in _named(verdicts, nominees) if v.is_eligible is False]
    if unfit:
        notes.append(
            f"備註「不適用」者的人員類別不在參加對象（{plan.eligibility.clause.point}），"
            f"請改派：{_names(unfit)}。"
        )
    return tuple(notes)


# -------------------------------------------------------------------------------- 時數採認清冊


def credit_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """時數採認清冊."""
    content = credit_list(
        basis.plan, verdicts, issue=Issue(issued_at=office.clock()), agency=basis.agency.name
    )
    return _list_draft("時數採認清冊", CreditListForm, content)


def credit_list(
    plan: Plan, verdicts: Sequence[PersonVerdict], *, issue: Issue, agency: str
) -> CreditList | None:
    """Every nominee with each course, recognised or not, and why; None when there is nobody."""
    rules = plan.credit
    members = [verdict for verdict in verdicts if is_nominated(verdict)]
    if rules is None or not members:
        return None
    credited = [v.credit for v in members if v.credit is not None and v.credit.hours > 0]
    hours = sum((credit.hours for credit in credited), Decimal(0))
    return CreditList(
        issue=issue,
        agency=agency or plan.agency,
        plan=plan.title,
        day=rules.deadline,
        people=tuple(_credit_person(plan, verdict) for verdict in members),
        total=f"{len(members)} 人，登錄 {len(credited)} 人，共 {hours_words(hours)} 時",
        notes=_credit_notes(rules, verdicts),
    )


def _credit_person(plan: Plan, verdict: PersonVerdict) -> CreditPerson:
    counted = {record.key for record in counted_records(verdict.records)}
    return CreditPerson(
        unit=verdict.person.unit,
        job_title=verdict.person.title,
        name=verdict.person.name,
        courses=tuple(
            _credit_course(record, is_counted=record.key in counted)
            for record in verdict.records
            if record.is_in_plan
        ),
        outcome=credit_words(plan, verdict),
    )


def _credit_course(record: RecordVerdict, *, is_counted: bool) -> CreditCourse:
    row = record.row
    result, reason = recognition_words(record, is_counted=is_counted)
    return CreditCourse(
        name=record.course,
        language=row.language or "",
        started=row.start_date,
        ended=row.end_date,
        hours=hours_words(row.certified_hours),
        recognised=hours_words(row.certified_hours) if result == RECOGNISED else result,
        reason=reason,
    )


def recognition_words(record: RecordVerdict, *, is_counted: bool) -> tuple[str, str]:
    """What becomes of one course (採認, 不採認, 待確認, 重複), and why with the clause."""
    settled = record.settled
    if settled is Verdict.PASS:
        result = RECOGNISED if is_counted else "重複"
        reason = "" if is_counted else "同一門課程只採認一次。"
    else:
        result = "待確認" if settled is Verdict.REVIEW else "不採認"
        reason = "".join(
            f"{e.sentence.removesuffix('。')}（{e.clause}）。"
            for e in explain_all(record.findings)
            if e.severity > 0
        )
    decision = record.decision
    if decision is not None:
        reason += f"承辦人{decision.kind.word}：{decision.reason}"
    return result, reason


def _credit_notes(rules: Credit, verdicts: Sequence[PersonVerdict]) -> tuple[str, ...]:
    least = hours_words(rules.minimum_hours)
    notes = [f"採認滿 {least} 時（{rules.minimum_clause.point}）"]
    if rules.report_by is not None and rules.report_clause is not None:
        due = roc_date(rules.report_by)
        notes[0] += f"並於 {due} 前繳交研習報告（{rules.report_clause.point}）"
    notes[0] += f"者，登錄終身學習時數（{rules.clause.point}）；同一門課程只採認一次。"
    outside = [v.person.name for v in verdicts if not is_nominated(v) and v.records]
    if outside:
        notes.append(f"有學習紀錄但不在薦送名冊或人員類別不適用，不採認：{_names(outside)}。")
    return tuple(notes)


# ---------------------------------------------------------------------------- 未達最低時數名冊


def below_minimum_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """未達最低時數名冊."""
    content = below_minimum_list(
        basis.plan, verdicts, issue=Issue(issued_at=office.clock()), agency=basis.agency.name
    )
    return _list_draft("未達最低時數名冊", BelowMinimumListForm, content)


def below_minimum_list(
    plan: Plan, verdicts: Sequence[PersonVerdict], *, issue: Issue, agency: str
) -> BelowMinimumList | None:
    """Every nominee whose hours are not uploaded, with the reason; None when there is nobody."""
    rules = plan.credit
    if rules is None:
        return None
    rows, causes = [], Counter[str]()
    for verdict in verdicts:
        credit = verdict.credit
        if credit is None or credit.state not in _SHORT_WORDS:
            continue
        causes[_SHORT_WORDS[credit.state]] += 1
        open_hours = credit.possible_hours - credit.recognised_hours
        remark = f"待確認 {hours_words(open_hours)} 時" if open_hours > 0 else ""
        rows.append(
            BelowMinimumRow(
                unit=verdict.person.unit,
                job_title=verdict.person.title,
                name=verdict.person.name,
                recognised=hours_words(credit.recognised_hours),
                report_received=credit.report_received_on,
                reason=credit_words(plan, verdict).removeprefix("不登錄："),
                remark=remark,
            )
        )
    if not rows:
        return None
    parts = "、".join(f"{cause} {count} 人" for cause, count in causes.items())
    return BelowMinimumList(
        issue=issue,
        agency=agency or plan.agency,
        plan=plan.title,
        day=rules.deadline,
        rows=tuple(rows),
        total=f"{len(rows)} 人：{parts}",
        notes=(f"本名冊所列人員不登錄終身學習時數（{rules.clause.point}）。",),
    )


def _names(names: Sequence[str]) -> str:
    """Names for a note; past forty the workbook has them."""
    said = "、".join(names[:_MOST_NAMES])
    return said if len(names) <= _MOST_NAMES else f"{said}等 {len(names)} 人，見彙總表明細"


def _list_draft(
    title: str,
    form: type[PrintedForm[Any]],
    content: NominationList | CreditList | BelowMinimumList | None,
) -> tuple[Draft, ...]:
    return (
        Draft(
            key=LIST_KEY,
            employee_id=None,
            set_id=None,
            name=title,
            unit="",
            subject=content.total if content is not None else "",
            state=READY if content is not None else "沒有資料",
            parts=(Part(form, content),) if content is not None else (),
        ),
    )
