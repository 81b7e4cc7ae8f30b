"""Plans put in force: each time a new version, never a change to one that verdicts stand on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.services.library import PlanUnknownError
from desktop.services.office import Office
from desktop.services.plan_document import from_toml, to_toml
from desktop.services.plan_drafts import PlanDraft
from desktop.services.plan_examining import PlanProblem, examine
from desktop.store import Writer

_AREAS = frozenset({Area.PLANS, Area.VERDICTS})


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of a plan that was put in force here."""

    number: int
    version: str
    stored_at: datetime
    is_in_force: bool


class PlanNotSoundError(ValueError):
    """A draft that still has mistakes cannot be put in force."""

    def __init__(self, errors: tuple[PlanProblem, ...]) -> None:
        """Say how many there are and name the first."""
        self.errors = errors
        super().__init__(
            f"計畫還有 {len(errors)} 個錯誤，沒有啟用，草稿仍在；先改正「{errors[0].message}」。"
        )


def put_in_force(office: Office, draft: PlanDraft) -> ChangeSet:
    """Put a draft in force as the plan's new version; verdicts made before keep theirs.

    Raises:
        PlanNotSoundError: When the draft has mistakes; nothing changes.
    """
    examination = examine(office, draft)
    plan = examination.plan
    if plan is None:
        raise PlanNotSoundError(examination.errors)
    text = to_toml(draft.values)
    with office.store.reading() as reader:
        former = next((t for t in reader.plan_texts() if t.plan_id == plan.id), None)
        kept = next((d for d in reader.plan_drafts() if d.plan_id == draft.plan_id), None)
    act = f"啟用 {plan.year} 年 {plan.short_title}"
    office.redo_steps.clear()
    with office.store.writing(act) as writer:
        writer.add_plan(plan.id, version_of(text), text)
        if kept is not None:
            writer.put_plan_draft(draft.plan_id, "", based_on=draft.based_on)
        token = writer.add_undo_step(
            act,
            {
                "act": "plan_in_force",
                "plan_id": plan.id,
                "former": former.toml_text if former is not None else "",
                "text": text,
                "draft_id": draft.plan_id,
                "based_on": draft.based_on,
            },
        )
    return ChangeSet(act, _AREAS, undo_token=token)


class PlanInUseError(ValueError):
    """A plan version cannot be taken back: paper went out under it."""

    def __init__(self, documents: int) -> None:
        """Say how much paper there is and what to do."""
        super().__init__(
            f"這一版計畫啟用後已印出 {documents} 份文件，不能復原；請改好計畫後啟用新的版本。"
        )


def take_back_in_force(writer: Writer, inverse: Mapping[str, Any]) -> None:
    """Put a plan's former version in force again, or none, and bring its draft back.

    Args:
        writer: The unit of work of the undo.
        inverse: What the step remembers.

    Raises:
        PlanInUseError: When paper was printed since.
    """
    plan_id = inverse["plan_id"]
    latest = next(text for text in writer.plan_texts() if text.plan_id == plan_id)
    printed = [d for d in writer.documents(plan_id) if d.issued_at >= latest.stored_at]
    if printed:
        raise PlanInUseError(len(printed))
    if inverse["former"]:
        writer.add_plan(plan_id, version_of(inverse["former"]), inverse["former"])
    else:
        writer.withdraw_plan(plan_id)
    writer.put_plan_draft(inverse["draft_id"], inverse["text"], based_on=inverse["based_on"])


def put_in_force_again(writer: Writer, step: Mapping[str, Any]) -> None:
    """Do again what ``take_back_in_force`` took back."""
    writer.add_plan(step["plan_id"], version_of(step["text"]), step["text"])
    writer.put_plan_draft(step["draft_id"], "", based_on=step["based_on"])


def version_of(text: str) -> str:
    """The version a plan text is known by: the digest the loader gives it."""
    return hashlib.sha256(text.encode()).hexdigest()


def versions(office: Office, plan_id: str) -> tuple[PlanVersion, ...]:
    """The versions of a plan that were put in force here, the latest first."""
    with office.store.reading() as reader:
        texts = [text for text in reader.plan_texts() if text.plan_id == plan_id]
    real = [text for text in texts if not text.is_withdrawn]
    return tuple(
        PlanVersion(len(real) - index, text.version, text.stored_at, text is texts[0])
        for index, text in enumerate(real)
    )


def draft_of_version(office: Office, plan_id: str, version: str) -> PlanDraft:
    """A draft that says what an earlier version of a plan said.

    Args:
        office: The open office.
        plan_id: The plan.
        version: As ``versions`` names it.

    Raises:
        PlanUnknownError: When the plan never had that version here.
    """
    return PlanDraft(plan_id, from_toml(text_of_version(office, plan_id, version), name=plan_id))


def text_of_version(office: Office, plan_id: str, version: str) -> str:
    """The TOML text of a version that was put in force here, as it was stored.

    Args:
        office: The open office.
        plan_id: The plan.
        version: As ``versions`` names it.

    Raises:
        PlanUnknownError: When the plan never had that version here.
    """
    with office.store.reading() as reader:
        for text in reader.plan_texts():
            if (text.plan_id, text.version) == (plan_id, version) and not text.is_withdrawn:
                return text.toml_text
        known = tuple(plan.id for plan in office.all_plans(reader))
    raise PlanUnknownError(plan_id, known)
