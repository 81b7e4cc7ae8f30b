"""Undo and redo: every step names what it was and carries what takes it back."""

from __future__ import annotations

from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.services.agency_editing import AREAS as AGENCY_AREAS
from desktop.services.agency_editing import put_settings_again
from desktop.services.case_acts import repeat_steps, reverse_steps
from desktop.services.clerk_names import AREAS as CLERK_AREAS
from desktop.services.clerk_names import put_names_again
from desktop.services.deciding import record_decisions
from desktop.services.importing import carry_out_taking_back, restore_import
from desktop.services.leaving_out import (
    put_left_out,
    record_left_out,
    repeat_taken_in,
    undo_left_out,
)
from desktop.services.ledger_basics import LEDGER_AREAS
from desktop.services.ledger_redoing import book_again
from desktop.services.ledger_using import carry_out_undo
from desktop.services.logbook import AREAS as LOGBOOK_AREAS
from desktop.services.logbook import record_entries, take_entries_back
from desktop.services.mapping import put_profiles_again
from desktop.services.office import Office, remember_clerk_names
from desktop.services.office_settings import ACT as SETTING
from desktop.services.plan_versions import (
    put_in_force_again,
    take_back_in_force,
)
from desktop.services.reading_records import record_corrections
from desktop.services.resubmitting import AREAS as SUCCESSION_AREAS
from desktop.services.resubmitting import put_answers_again, record_answers
from desktop.store import Writer

_UNDO_REASON = "復原"
_DECISIONS = frozenset({Area.DECISIONS, Area.VERDICTS})
_PLANS = frozenset({Area.PLANS, Area.VERDICTS})
_READINGS = frozenset({Area.EVIDENCE, Area.VERDICTS})
_AREAS: dict[str, frozenset[Area]] = {
    "import": frozenset(Area),
    "decide": _DECISIONS,
    "ledger_use": LEDGER_AREAS,
    "plan_draft": _PLANS,
    "plan_in_force": _PLANS,
    "column_profiles": frozenset({Area.PROFILES}),
    "case_steps": frozenset({Area.CASES}),
    "left_out": frozenset({Area.DECISIONS}),
    "taken_in": frozenset({Area.DECISIONS}),
    "agency_settings": AGENCY_AREAS,
    "clerk_name": CLERK_AREAS,
    "reading": _READINGS,
    "successions": SUCCESSION_AREAS,
    "logbook": LOGBOOK_AREAS,
    # Which areas a setting is of stands in its step.
    SETTING: frozenset(),
}


def undo_words(office: Office) -> str:
    """What 復原 would undo, empty when nothing."""
    with office.store.reading() as reader:
        steps = reader.undo_steps(1)
    return steps[0].act if steps else ""


def redo_words(office: Office) -> str:
    """What 重做 would do again, empty when nothing."""
    return str(office.redo_steps[-1]["act_words"]) if office.redo_steps else ""


def undo(office: Office) -> ChangeSet | None:
    """Undo the latest step; None when there is none.

    Raises:
        TakeBackRefusedError: When an import to be taken back has gone out of the house.
        PlanInUseError: When paper was printed under the plan version to be taken back.
    """
    with office.store.reading() as reader:
        steps = reader.undo_steps(1)
    if not steps:
        return None
    with office.store.writing(f"復原：{steps[0].act}") as writer:
        step = writer.take_undo_step()
        done = f"{step.actor} {step.done_at:%Y-%m-%d %H:%M:%S}"
        writer.describe("", {"before": step.act, "after": "已復原", "done": done})
        inverse: dict[str, Any] = dict(step.inverse)
        if "agency_before" in inverse:
            stored = writer.agency_text()
            inverse["agency_after"] = stored[0] if stored is not None else ""
        _take_back(writer, inverse)
    remember_clerk_names(office)
    # Of a use that was reversed by hand before there is nothing to be done again.
    if inverse["act"] != "ledger_use" or inverse["reversed"]:
        office.redo_steps.append({**inverse, "act_words": step.act})
    return ChangeSet(f"復原：{step.act}", _areas_of(inverse))


def _take_back(writer: Writer, inverse: dict[str, Any]) -> None:
    act = inverse["act"]
    if act == "import":
        carry_out_taking_back(writer, inverse)
    elif act == "ledger_use":
        inverse["reversed"] = carry_out_undo(writer, inverse)
    elif act == "plan_draft":
        writer.put_plan_draft(inverse["plan_id"], inverse["draft"], based_on=inverse["based_on"])
    elif act == "plan_in_force":
        take_back_in_force(writer, inverse)
    elif act == "column_profiles":
        put_profiles_again(writer, inverse["before"])
    elif act == "case_steps":
        reverse_steps(writer, inverse, reason=_UNDO_REASON)
    elif act == "left_out":
        undo_left_out(writer, inverse, reason=_UNDO_REASON)
    elif act == "taken_in":
        put_left_out(writer, inverse["plan_id"], inverse["entries"])
    elif act == "agency_settings":
        put_settings_again(writer, inverse["before"])
    elif act == "clerk_name":
        put_names_again(writer, inverse["before"])
    elif act == SETTING:
        writer.set_office_setting(inverse["key"], inverse["before"])
    elif act == "reading":
        for correction_id in inverse["corrections"]:
            writer.reverse_reading_correction(correction_id)
    elif act == "successions":
        put_answers_again(writer, inverse["before"])
    elif act == "logbook":
        take_entries_back(writer, inverse, reason=_UNDO_REASON)
    else:
        for decision_id in inverse["decisions"]:
            writer.reverse_decision(decision_id, reason=_UNDO_REASON)


def redo(office: Office) -> ChangeSet | None:
    """Do the latest undone step again; None when there is none.

    Raises:
        LedgerRefusedError: When something stands against booking a use again.
    """
    if not office.redo_steps:
        return None
    step = office.redo_steps[-1]
    words, act = str(step["act_words"]), step["act"]
    with office.store.writing(f"重做：{words}") as writer:
        if act == "ledger_use":
            book_again(office, writer, words, step)
        elif act == "plan_draft":
            writer.put_plan_draft(step["plan_id"], "", based_on=step["based_on"])
            writer.add_undo_step(words, _inverse(step))
        elif act == "plan_in_force":
            put_in_force_again(writer, step)
            writer.add_undo_step(words, _inverse(step))
        elif act == "column_profiles":
            put_profiles_again(writer, step["after"])
            writer.add_undo_step(words, _inverse(step))
        elif act == "case_steps":
            repeat_steps(writer, step, words)
        elif act == "left_out":
            record_left_out(writer, step["plan_id"], words, step["entries"])
        elif act == "taken_in":
            repeat_taken_in(writer, step)
            writer.add_undo_step(words, _inverse(step))
        elif act == "import":
            restore_import(writer, step)
            writer.add_undo_step(words, _inverse(step))
        elif act == "agency_settings":
            put_settings_again(writer, step["after"])
            writer.add_undo_step(words, _inverse(step))
        elif act == "clerk_name":
            put_names_again(writer, step["after"])
            writer.add_undo_step(words, _inverse(step))
        elif act == SETTING:
            writer.set_office_setting(step["key"], step["after"])
            writer.add_undo_step(words, _inverse(step))
        elif act == "reading":
            record_corrections(writer, words, step["entries"])
        elif act == "successions":
            record_answers(writer, words, step["entries"])
        elif act == "logbook":
            record_entries(writer, words, step["entries"])
        else:
            record_decisions(writer, step["plan_id"], words, step["entries"])
    remember_clerk_names(office)
    office.redo_steps.pop()
    return ChangeSet(f"重做：{words}", _areas_of(step))


def _areas_of(step: dict[str, Any]) -> frozenset[Area]:
    """What pages must read again after a step was undone or done again."""
    return _AREAS[step["act"]] | {Area(area) for area in step.get("areas", ())}


def _inverse(step: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key != "act_words"}
