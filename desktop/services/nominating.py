"""The page of a nominated programme: places, nominees, who replaces whom, reports, hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.changes import ChangeSet
from desktop.domain.logbook import LogEntry, Matter, NewEntry, standing
from desktop.domain.moments import roc_date
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import CreditState, PersonVerdict
from desktop.rules.eligibility import is_eligible
from desktop.services.logbook import (
    LogbookRefusedError,
    needed_reason,
    write_down,
    written_words,
)
from desktop.services.nominees import Nominations, nominations
from desktop.services.office import Office
from desktop.services.verifying import evaluate_everybody
from desktop.services.wording import credit_words
from desktop.store import Reader, Writer

CREDIT_WORDS = {
    CreditState.CREDITED: "可登錄",
    CreditState.BELOW_MINIMUM: "時數不足",
    CreditState.REPORT_MISSING: "缺報告",
    CreditState.NOT_NOMINATED: "未薦送",
}


@dataclass(frozen=True, slots=True)
class NomineeLine:
    """One person of the list, or one who was on it.

    Attributes:
        employee_id, name, unit, title: Who.
        is_in: Whether the person takes part now.
        state: 薦送, 遞補 or 退出.
        is_unfit: Whether the category is not among the programme's, or nobody knows it.
        telephone, email, priority: As listed.
        note: Whom the person replaces, or who replaced the person and why; who wrote it and when.
        report_received_on: The day the study report came in.
        recognised_hours: Hours that count for sure.
        credit: What becomes of them, in two words; ``credit_state`` as the rules say it.
        credit_reason: The same with clause.
    """

    employee_id: str
    name: str
    unit: str
    title: str
    is_in: bool
    state: str
    is_unfit: bool
    telephone: str
    email: str
    priority: str
    note: str
    report_received_on: date | None
    recognised_hours: Decimal
    credit: str
    credit_state: str
    credit_reason: str


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme as its page shows it.

    Attributes:
        plan_id, title: Which.
        has_list: Whether anybody was nominated; without, the roster is the list.
        places: The office's own quota; None before somebody entered it.
        places_note: Where it stands, who entered it and when.
        quota_words: What the plan says of quota.
        clause: The point on nomination.
        register_by: Last day nominees may be registered.
        days_left: Until that day; negative once it passed.
        report_by: Last day of the report, None when none is asked.
        minimum_hours: Hours asked for.
        priority, excluded: What the plan says of who goes first and who may not.
        lines: Nominees in roster order, then those who left.
        nominated, substitutes, withdrawn, reports, credited: How many.
    """

    plan_id: str
    title: str
    has_list: bool
    places: int | None
    places_note: str
    quota_words: str
    clause: str
    register_by: date
    days_left: int
    report_by: date | None
    minimum_hours: Decimal | None
    priority: tuple[str, ...]
    excluded: tuple[str, ...]
    lines: tuple[NomineeLine, ...]
    nominated: int
    substitutes: int
    withdrawn: int
    reports: int
    credited: int

    @property
    def shortage(self) -> int:
        """Places still to fill; negative when more are nominated than there are places."""
        return 0 if self.places is None else self.places - self.nominated

    @property
    def email(self) -> str:
        """The personnel office's address, as most of the list gives it."""
        given = [line.email for line in self.lines if line.email]
        return max(given, key=given.count) if given else ""


def programme_view(office: Office, plan_id: str) -> ProgrammeView | None:
    """The programme; None for a plan without nomination."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    plan = basis.plan
    rules = plan.nomination
    if rules is None:
        return None
    with office.store.reading() as reader:
        found = nominations(reader, plan)
        quota = _quota(reader, plan)
        names = {person.employee_id: person.name for person in reader.people()}
        outside = [who for who in {**found.nominees, **found.entries} if who not in names]
        gone = {who: reader.person(who) for who in outside}
    by_id = {verdict.person.employee_id: verdict for verdict in verdicts}
    lines = [
        _line(plan, by_id[who], found, names)
        for who in by_id
        if who in found.nominees or who in found.entries
    ]
    lines += [_line_of_gone(who, person, found, names) for who, person in gone.items()]
    lines.sort(key=lambda line: not line.is_in)
    inside = [line for line in lines if line.is_in]
    return ProgrammeView(
        plan_id=plan.id,
        title=plan.title,
        has_list=found.has_list,
        places=None if quota is None else int(quota.body["places"]),
        places_note="" if quota is None else f"{quota.reason}（{written_words(quota)}）",
        quota_words=rules.quota,
        clause=rules.clause.point,
        register_by=rules.register_by,
        days_left=(rules.register_by - office.clock().date()).days,
        report_by=plan.credit.report_by if plan.credit is not None else None,
        minimum_hours=plan.credit.minimum_hours if plan.credit is not None else None,
        priority=rules.priority,
        excluded=rules.excluded,
        lines=tuple(lines),
        nominated=len(inside),
        substitutes=sum(line.state == "遞補" for line in inside),
        withdrawn=len(lines) - len(inside),
        reports=sum(line.report_received_on is not None for line in inside),
        credited=sum(line.credit_state == CreditState.CREDITED for line in inside),
    )


def _quota(reader: Reader, plan: Plan) -> LogEntry | None:
    key = (Matter.QUOTA, plan.id, "")
    return standing(reader.logbook(Matter.QUOTA, scope=plan.id)).get(key)


def _note(entry: LogEntry | None, names: dict[str, str]) -> str:
    if entry is None:
        return ""
    day = roc_date(date.fromisoformat(entry.body["on"]))
    other = entry.body["replaces"] if entry.body["is_in"] else entry.body["replaced_by"]
    who = names.get(other, other)
    if entry.body["is_in"]:
        words = f"{day} 遞補{who}" if other else f"{day} 登記薦送"
    else:
        words = f"{day} 退出，由{who}遞補" if other else f"{day} 退出，尚未遞補"
    return f"{words}：{entry.reason}（{written_words(entry)}）"


def _line(
    plan: Plan, verdict: PersonVerdict, found: Nominations, names: dict[str, str]
) -> NomineeLine:
    person, credit = verdict.person, verdict.credit
    who = person.employee_id
    nominee = found.nominees.get(who)
    entry = found.entries.get(who)
    listed = nominee or found.imported.get(who)
    state = "退出" if nominee is None else "遞補" if nominee.is_substitute else "薦送"
    return NomineeLine(
        employee_id=who,
        name=person.name,
        unit=person.unit,
        title=person.title,
        is_in=nominee is not None,
        state=state,
        is_unfit=verdict.is_eligible is not True,
        telephone=listed.telephone if listed else "",
        email=listed.email if listed else "",
        priority=listed.priority if listed else "",
        note=_note(entry, names),
        report_received_on=credit.report_received_on if credit else None,
        recognised_hours=credit.recognised_hours if credit else Decimal(0),
        credit=CREDIT_WORDS[credit.state] if credit and nominee else "",
        credit_state=credit.state.value if credit and nominee else "",
        credit_reason=credit_words(plan, verdict),
    )


def _line_of_gone(
    who: str, person: Person | None, found: Nominations, names: dict[str, str]
) -> NomineeLine:
    """Somebody who is not on the roster, so that nobody's place vanishes silently."""
    is_in = who in found.nominees
    return NomineeLine(
        employee_id=who,
        name=person.name if person is not None else "（沒有這個人）",
        unit=person.unit if person is not None else "",
        title=person.title if person is not None else "",
        is_in=is_in,
        state="不在名冊" if is_in else "退出",
        is_unfit=True,
        telephone="",
        email="",
        priority="",
        note=_note(found.entries.get(who), names),
        report_received_on=None,
        recognised_hours=Decimal(0),
        credit="",
        credit_state="",
        credit_reason="不在目前的職員名冊，請換人或更新名冊。",
    )


# --------------------------------------------------------------------------------------------- acts
def set_places(office: Office, plan_id: str, places: int, *, reason: str) -> ChangeSet:
    """Enter the office's own quota.

    Args:
        office: The open office.
        plan_id: The programme.
        places: How many the office may send, from 1.
        reason: Where that stands (文號).

    Raises:
        ReasonMissingError: When the reason is blank.
        LogbookRefusedError: When the number is none, or the plan nominates nobody.
    """
    why = needed_reason(reason)
    if places < 1:
        raise LogbookRefusedError(f"名額「{places}」不對，沒有登記；請填 1 以上的整數。")
    act = f"登記名額 {places} 人"
    with office.store.writing(act) as writer:
        plan = _programme(office, writer, plan_id)
        former = _quota(writer, plan)
        entry = NewEntry(Matter.QUOTA, plan_id, "", {"places": places}, why)
        before = "" if former is None else f"{former.body['places']} 人"
        detail = {"plan": plan_id, "before": before, "after": f"{places} 人", "why": why}
        change = write_down(writer, act, [entry], detail=detail)
    office.redo_steps.clear()
    return change


def nominate(
    office: Office,
    plan_id: str,
    employee_id: str,
    *,
    day: date,
    telephone: str,
    email: str,
    priority: str = "",
    is_free_of_exclusions: bool,
    reason: str,
) -> ChangeSet:
    """Put somebody on the list.

    Args:
        office: The open office.
        plan_id: The programme.
        employee_id: Who.
        day: The day of nomination.
        telephone: The person's; the programme asks for it.
        email: The personnel office's; likewise.
        priority: Why the person goes first, in the plan's words; may be empty.
        is_free_of_exclusions: Whether somebody looked that none of the plan's exclusions holds.
        reason: Why, in words.

    Raises:
        ReasonMissingError: When the reason is blank.
        LogbookRefusedError: When the person may not be nominated or the places are filled.
    """
    why = needed_reason(reason)
    with office.store.writing("登記薦送") as writer:
        plan = _programme(office, writer, plan_id)
        found = nominations(writer, plan)
        person = _fit_person(
            writer, plan, found, employee_id, is_free_of_exclusions=is_free_of_exclusions
        )
        _check_room(writer, plan, found, person)
        body = _in(day, telephone, email, priority)
        change = write_down(
            writer,
            f"薦送{person.name}",
            [NewEntry(Matter.NOMINEE, plan_id, employee_id, body, why)],
            subject=employee_id,
            detail={"plan": plan_id, "after": f"{roc_date(day)} 薦送", "why": why},
            people=[employee_id],
        )
    office.redo_steps.clear()
    return change


def withdraw(
    office: Office, plan_id: str, employee_id: str, *, day: date, reason: str
) -> ChangeSet:
    """Take somebody off the list without a substitute yet; the page shows the place as open.

    Raises:
        ReasonMissingError: When the reason is blank.
        LogbookRefusedError: When the person is not on the list.
    """
    why = needed_reason(reason)
    with office.store.writing("登記退出") as writer:
        plan = _programme(office, writer, plan_id)
        found = nominations(writer, plan)
        name = _nominated_name(writer, found, employee_id)
        entry = NewEntry(
            Matter.NOMINEE, plan_id, employee_id, _out(found, employee_id, day, ""), why
        )
        change = write_down(
            writer,
            f"{name}退出薦送",
            [entry],
            subject=employee_id,
            detail={"plan": plan_id, "after": f"{roc_date(day)} 退出", "why": why},
            people=[employee_id],
        )
    office.redo_steps.clear()
    return change


def replace_nominee(
    office: Office,
    plan_id: str,
    out_id: str,
    in_id: str,
    *,
    day: date,
    telephone: str,
    email: str,
    priority: str = "",
    is_free_of_exclusions: bool,
    reason: str,
) -> ChangeSet:
    """Put one person in another's place; both entries name the other, the day and the reason.

    Args:
        office: The open office.
        plan_id: The programme.
        out_id: Who drops out, or dropped out and has no substitute yet.
        in_id: Who takes the place.
        day: When.
        telephone: Of the substitute, as for ``nominate``.
        email: Likewise.
        priority: Likewise.
        is_free_of_exclusions: Likewise.
        reason: Why, in words.

    Raises:
        ReasonMissingError: When the reason is blank.
        LogbookRefusedError: When one may not go or the other may not come.
    """
    why = needed_reason(reason)
    with office.store.writing("換人遞補") as writer:
        plan = _programme(office, writer, plan_id)
        found = nominations(writer, plan)
        left = found.entries.get(out_id)
        waits = left is not None and not left.body["is_in"] and not left.body["replaced_by"]
        out_name = _name(writer, out_id) if waits else _nominated_name(writer, found, out_id)
        person = _fit_person(
            writer, plan, found, in_id, is_free_of_exclusions=is_free_of_exclusions
        )
        if waits:
            _check_room(writer, plan, found, person)
        entries = [
            NewEntry(Matter.NOMINEE, plan_id, out_id, _out(found, out_id, day, in_id), why),
            NewEntry(
                Matter.NOMINEE,
                plan_id,
                in_id,
                _in(day, telephone, email, priority, replaces=out_id),
                why,
            ),
        ]
        change = write_down(
            writer,
            f"{person.name}遞補{out_name}",
            entries,
            subject=f"{out_id}、{in_id}",
            detail={
                "plan": plan_id,
                "before": out_id,
                "after": f"{roc_date(day)} {in_id} 遞補",
                "why": why,
            },
            people=[out_id, in_id],
        )
    office.redo_steps.clear()
    return change


def record_reports(
    office: Office, plan_id: str, employee_ids: Sequence[str], *, day: date
) -> ChangeSet:
    """Record that study reports came in on a day.

    Args:
        office: The open office.
        plan_id: The programme.
        employee_ids: Whose.
        day: When they were received; not after today.

    Raises:
        LogbookRefusedError: When the day is to come, the plan asks for no report, or somebody is
            not nominated; nothing is recorded then.
    """
    if day > office.clock().date():
        raise LogbookRefusedError(
            f"收到日 {roc_date(day)} 還沒到，沒有登記；請改填實際收到的日期。"
        )
    people = list(dict.fromkeys(employee_ids))
    act = f"登記研習報告 {len(people)} 份"
    with office.store.writing(act) as writer:
        plan = _programme(office, writer, plan_id)
        if plan.credit is None or plan.credit.report_by is None:
            raise LogbookRefusedError(
                f"計畫「{plan.short_title}」不需要研習報告，沒有登記；請改選別的計畫。"
            )
        found = nominations(writer, plan)
        for who in people:
            _nominated_name(writer, found, who)
        entries = [
            NewEntry(Matter.REPORT, plan_id, who, {"received_on": day.isoformat()})
            for who in people
        ]
        change = write_down(
            writer,
            act,
            entries,
            subject="、".join(people),
            detail={"plan": plan_id, "after": f"{roc_date(day)} 收到研習報告"},
            people=people,
        )
    office.redo_steps.clear()
    return change


# ------------------------------------------------------------------------------------------- checks
def _programme(office: Office, writer: Writer, plan_id: str) -> Plan:
    plan = office.plan(writer, plan_id)
    if plan.nomination is None:
        raise LogbookRefusedError(
            f"計畫「{plan.short_title}」不是薦送的專班，沒有登記；請在上方改選專班。"
        )
    return plan


def _name(reader: Reader, employee_id: str) -> str:
    person = reader.person(employee_id)
    return person.name if person is not None else employee_id


def _nominated_name(reader: Reader, found: Nominations, employee_id: str) -> str:
    """The name of somebody on the list; refuses anybody else."""
    name = _name(reader, employee_id)
    if found.has_list and employee_id not in found.nominees:
        raise LogbookRefusedError(f"{name}目前不在薦送名單，沒有登記；請重新整理名單後再試。")
    if not found.has_list:
        raise LogbookRefusedError(
            "還沒有薦送名單（目前以職員名冊為準），沒有登記；請先匯入薦送名冊或登記薦送。"
        )
    return name


def _fit_person(
    reader: Reader,
    plan: Plan,
    found: Nominations,
    employee_id: str,
    *,
    is_free_of_exclusions: bool,
) -> Person:
    """Somebody of the roster who may be nominated."""
    person = next((one for one in reader.people() if one.employee_id == employee_id), None)
    if person is None:
        raise LogbookRefusedError(
            f"名冊沒有人員代號「{employee_id}」，沒有登記；請先匯入有這個人的名冊。"
        )
    if employee_id in found.nominees:
        raise LogbookRefusedError(f"{person.name}已經在薦送名單，沒有重複登記；請另選別人。")
    fits = is_eligible(person, plan.eligibility)
    point = plan.eligibility.clause.point
    if fits is False:
        raise LogbookRefusedError(
            f"{person.name}的人員類別「{person.category}」不在參加對象（{point}），"
            "沒有登記；請另選別人。"
        )
    if fits is None:
        raise LogbookRefusedError(
            f"名冊沒有{person.name}的人員類別，無法認定是否在參加對象（{point}），沒有登記；"
            "請先更新名冊。"
        )
    rules = plan.nomination
    if rules is not None and rules.excluded and not is_free_of_exclusions:
        raise LogbookRefusedError(
            f"還沒有確認{person.name}不是不得薦送的人（{'；'.join(rules.excluded)}），沒有登記；"
            "請查明後勾選。"
        )
    return person


def _check_room(reader: Reader, plan: Plan, found: Nominations, person: Person) -> None:
    """Refuses one more where the places are filled."""
    quota = _quota(reader, plan)
    if quota is not None and len(found.nominees) >= quota.body["places"]:
        raise LogbookRefusedError(
            f"名額 {quota.body['places']} 人已滿，沒有登記{person.name}；"
            "請用「換人」由別人遞補，或先更正名額。"
        )


def _in(
    day: date, telephone: str, email: str, priority: str, *, replaces: str = ""
) -> dict[str, Any]:
    if not telephone.strip() or not email.strip():
        raise LogbookRefusedError(
            "沒有填聯絡電話或服務機關人事單位電子信箱，沒有登記；線上報名兩者都要填，請補上。"
        )
    return {
        "is_in": True,
        "on": day.isoformat(),
        "telephone": telephone.strip(),
        "email": email.strip(),
        "priority": priority.strip(),
        "replaces": replaces,
        "replaced_by": "",
    }


def _out(found: Nominations, employee_id: str, day: date, replaced_by: str) -> dict[str, Any]:
    listed = found.nominees.get(employee_id) or found.imported.get(employee_id)
    return {
        "is_in": False,
        "on": day.isoformat(),
        "telephone": listed.telephone if listed else "",
        "email": listed.email if listed else "",
        "priority": listed.priority if listed else "",
        "replaces": "",
        "replaced_by": replaced_by,
    }
