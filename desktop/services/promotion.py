"""The promotion plan of 國際資源: stages and measures dated, their states, the contacts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.domain.changes import ChangeSet
from desktop.domain.logbook import Matter, NewEntry, standing
from desktop.domain.moments import roc_date
from desktop.domain.promotion import (
    Contact,
    Measure,
    MeasureState,
    PromotionPlan,
    Stage,
    StageDays,
)
from desktop.rules.stage_days import stage_days
from desktop.services.logbook import (
    LogbookRefusedError,
    needed_reason,
    write_down,
    written_words,
)
from desktop.services.office import Office
from desktop.store import Reader
from desktop.store.identifiers import time_ordered_id

_CLOSED = (MeasureState.DONE, MeasureState.STOPPED)


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as it stands.

    Attributes:
        measure: As the plan has it.
        state: How far it is.
        due: The day it is to be done; the stage's last one unless a person set another.
        is_own_due: Whether a person did.
        is_late: Whether that day passed and it is not done.
        note: What was written about it, who and when.
    """

    measure: Measure
    state: MeasureState
    due: date | None
    is_own_due: bool
    is_late: bool
    note: str


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage as it stands; ``note`` says why its days were moved, who and when."""

    stage: Stage
    days: StageDays
    note: str
    measures: tuple[MeasureView, ...]

    @property
    def days_words(self) -> str:
        """Its days: ``103-07-01 至 103-12-31``."""
        first, last = self.days.first_day, self.days.last_day
        if first is None:
            return "日期未定"
        moved = "（調）" if self.days.is_moved else ""
        return f"{roc_date(first)} {f'至 {roc_date(last)}' if last else '起'}{moved}"


@dataclass(frozen=True, slots=True)
class PromotionView:
    """The plan as its page shows it.

    Attributes:
        plan: As issued.
        effective: 計畫生效日, None while nobody entered it.
        effective_note: Where that stands, who entered it and when.
        today: The day the view is of.
        stages: In order.
        contacts: In the order they were entered.
    """

    plan: PromotionPlan
    effective: date | None
    effective_note: str
    today: date
    stages: tuple[StageView, ...]
    contacts: tuple[Contact, ...]

    @property
    def late(self) -> int:
        """How many measures are late."""
        return sum(one.is_late for stage in self.stages for one in stage.measures)


def load_promotion_plan(resources: Path) -> PromotionPlan:
    """The plan as it comes with the program.

    Args:
        resources: The program's ``resources`` folder.
    """
    path = resources / "international" / "platform.toml"
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return PromotionPlan(
        id=values["id"],
        code=values["code"],
        title=values["title"],
        source=values["source"],
        stages=tuple(
            Stage(
                id=one["id"],
                label=one["label"],
                name=one["name"],
                condition=one["condition"],
                months=one.get("months"),
                measures=tuple(
                    Measure(m["id"], m["label"], m["text"], m["lead"], m["assisting"])
                    for m in one["measure"]
                ),
            )
            for one in values["stage"]
        ),
    )


def promotion_view(office: Office) -> PromotionView:
    """Everything the page shows of the plan."""
    with office.store.reading() as reader:
        return view_in(office, reader, load_promotion_plan(office.library.folder))


def view_in(office: Office, reader: Reader, plan: PromotionPlan) -> PromotionView:
    """The same in a transaction."""
    today = office.clock().date()
    entries = standing(
        reader.logbook(
            Matter.EFFECTIVE, Matter.STAGE, Matter.MEASURE, Matter.CONTACT, scope=plan.id
        )
    )
    begun = entries.get((Matter.EFFECTIVE, plan.id, ""))
    effective = date.fromisoformat(begun.body["day"]) if begun is not None else None
    moved, notes = {}, {}
    for (matter, _, subject), entry in entries.items():
        if matter is Matter.STAGE and entry.body["first_day"] is not None:
            last = entry.body["last_day"]
            moved[subject] = StageDays(
                date.fromisoformat(entry.body["first_day"]),
                date.fromisoformat(last) if last else None,
                is_moved=True,
            )
            notes[subject] = f"{entry.reason}（{written_words(entry)}）"
    days = stage_days(plan, effective, moved)
    stages = []
    for stage in plan.stages:
        measures = []
        for measure in stage.measures:
            said = entries.get((Matter.MEASURE, plan.id, measure.id))
            state, due, note = MeasureState.NOT_BEGUN, days[stage.id].last_day, ""
            own = None
            if said is not None:
                state = MeasureState(said.body["state"])
                own = said.body["due"]
                note = f"{said.reason}（{written_words(said)}）"
            due = date.fromisoformat(own) if own else due
            late = due is not None and due < today and state not in _CLOSED
            measures.append(MeasureView(measure, state, due, own is not None, late, note))
        stages.append(StageView(stage, days[stage.id], notes.get(stage.id, ""), tuple(measures)))
    contacts = tuple(
        Contact(
            subject,
            entry.body["agency"],
            entry.body["name"],
            entry.body["telephone"],
            entry.body["email"],
            entry.body["note"],
        )
        for (matter, _, subject), entry in entries.items()
        if matter is Matter.CONTACT and not entry.body["is_dropped"]
    )
    note = f"{begun.reason}（{written_words(begun)}）" if begun is not None else ""
    return PromotionView(plan, effective, note, today, tuple(stages), contacts)


# --------------------------------------------------------------------------------------------- acts
def set_effective(office: Office, day: date, *, reason: str) -> ChangeSet:
    """Enter the day the plan came into force; every stage that nobody moved follows.

    Raises:
        ReasonMissingError: When the reason (文號) is blank.
    """
    why = needed_reason(reason)
    entry = NewEntry(Matter.EFFECTIVE, _plan(office).id, "", {"day": day.isoformat()}, why)
    return _write(office, f"登記計畫生效日 {roc_date(day)}", entry)


def move_stage(
    office: Office, stage_id: str, first_day: date, last_day: date | None, *, reason: str
) -> ChangeSet:
    """Set a stage's days; those after it that nobody moved follow.

    Raises:
        ReasonMissingError: When the reason is blank.
        LogbookRefusedError: When the days are turned round or the stage is unknown.
    """
    why = needed_reason(reason)
    stage = _stage(office, stage_id)
    if last_day is not None and last_day < first_day:
        raise LogbookRefusedError(
            f"「{stage.name}」的訖日 {roc_date(last_day)} 早於起日 {roc_date(first_day)}，"
            "沒有調整；請更正日期。"
        )
    body = {
        "first_day": first_day.isoformat(),
        "last_day": last_day.isoformat() if last_day is not None else None,
    }
    entry = NewEntry(Matter.STAGE, _plan(office).id, stage_id, body, why)
    return _write(office, f"調整期程：{stage.name}", entry)


def follow_plan(office: Office, stage_id: str, *, reason: str) -> ChangeSet:
    """Let a stage that was moved follow the plan again.

    Raises:
        ReasonMissingError: When the reason is blank.
        LogbookRefusedError: When the stage is unknown.
    """
    why = needed_reason(reason)
    stage = _stage(office, stage_id)
    body = {"first_day": None, "last_day": None}
    entry = NewEntry(Matter.STAGE, _plan(office).id, stage_id, body, why)
    return _write(office, f"恢復計畫期程：{stage.name}", entry)


def set_measure(
    office: Office, measure_id: str, state: MeasureState, *, due: date | None = None, note: str = ""
) -> ChangeSet:
    """Say how far a measure is.

    Args:
        office: The open office.
        measure_id: Which.
        state: How far.
        due: Its own day; None for the stage's last.
        note: What was done; needed where it was stopped or its time moved.

    Raises:
        ReasonMissingError: When that is blank there.
        LogbookRefusedError: When the measure is unknown.
    """
    is_change = state in (MeasureState.MOVED, MeasureState.STOPPED)
    words = needed_reason(note) if is_change else note.strip()
    plan = _plan(office)
    known = {m.id: m for stage in plan.stages for m in stage.measures}
    if measure_id not in known:
        raise LogbookRefusedError("找不到這項措施，沒有登記；請重新整理後再試。")
    body = {"state": state.value, "due": due.isoformat() if due is not None else None}
    entry = NewEntry(Matter.MEASURE, plan.id, measure_id, body, words)
    return _write(office, f"登記辦理情形：{state.word}", entry)


def put_contact(office: Office, contact: Contact) -> ChangeSet:
    """Enter a contact, or change one.

    Raises:
        LogbookRefusedError: When agency or name is blank.
    """
    if not contact.agency.strip() or not contact.name.strip():
        raise LogbookRefusedError("聯絡窗口要填機關和姓名，沒有登記；請補上。")
    known = contact if contact.id else replace(contact, id=time_ordered_id(office.clock()))
    return _write(office, f"登記聯絡窗口：{known.agency}", _contact_entry(office, known, False))


def drop_contact(office: Office, contact: Contact) -> ChangeSet:
    """Take a contact off the list."""
    act = f"移除聯絡窗口：{contact.agency}"
    return _write(office, act, _contact_entry(office, contact, True))


def _contact_entry(office: Office, contact: Contact, is_dropped: bool) -> NewEntry:
    body = {
        "agency": contact.agency.strip(),
        "name": contact.name.strip(),
        "telephone": contact.telephone.strip(),
        "email": contact.email.strip(),
        "note": contact.note.strip(),
        "is_dropped": is_dropped,
    }
    return NewEntry(Matter.CONTACT, _plan(office).id, contact.id, body)


def _plan(office: Office) -> PromotionPlan:
    return load_promotion_plan(office.library.folder)


def _stage(office: Office, stage_id: str) -> Stage:
    found = next((one for one in _plan(office).stages if one.id == stage_id), None)
    if found is None:
        raise LogbookRefusedError("找不到這個階段，沒有調整；請重新整理後再試。")
    return found


def _write(office: Office, act: str, entry: NewEntry) -> ChangeSet:
    with office.store.writing(act) as writer:
        change = write_down(
            writer, act, [entry], subject=entry.subject, detail={"why": entry.reason}
        )
    office.redo_steps.clear()
    return change
