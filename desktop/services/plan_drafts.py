"""Plans in writing: opened, copied, examined, kept as drafts, put in force as a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.services.library import PlanUnknownError
from desktop.services.office import Office
from desktop.services.plan_document import (
    PlanTextError,
    Values,
    from_toml,
    to_toml,
)
from desktop.services.plan_years import copied_to
from desktop.store import Reader
from desktop.store.values import StoredDraft, StoredPlan

_PLAN_AREAS = frozenset({Area.PLANS})


class PlanState(StrEnum):
    """Where a plan stands."""

    IN_FORCE = "in_force"
    SHIPPED = "shipped"  # in force as the program brings it
    DRAFT = "draft"
    UNSOUND = "unsound"  # put in force by another version of the program, which found no mistake

    @property
    def word(self) -> str:
        """The state on screen."""
        return {"in_force": "使用中", "shipped": "內建", "draft": "草稿", "unsound": "要改正"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan as the page's chooser lists it.

    Attributes:
        id, title, short_title, year: The plan's own; of a draft as far as it is written.
        state: Where it stands.
        version_number: How often it was put in force here; 0 for one as shipped and for a draft.
        saved_at: When the draft was kept or the version put in force, None for one as shipped.
    """

    id: str
    title: str
    short_title: str
    year: int
    state: PlanState
    version_number: int
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan being written.

    Attributes:
        plan_id: The id the draft is kept under.
        values: The plan's values; changed by ``plan_document``'s functions only.
        based_on: Id of the plan it began as a copy of, empty for a new one.
        saved_at: When it was kept, None before.
    """

    plan_id: str
    values: Values
    based_on: str = ""
    saved_at: datetime | None = None


def plan_entries(office: Office) -> tuple[PlanEntry, ...]:
    """Every plan and draft, newest year first, a draft after the plan of its name."""
    with office.store.reading() as reader:
        plans = office.all_plans(reader)
        stored: dict[str, StoredPlan] = {}
        numbers: dict[str, int] = {}
        for text in reader.plan_texts():
            stored.setdefault(text.plan_id, text)
            if not text.is_withdrawn:
                numbers[text.plan_id] = numbers.get(text.plan_id, 0) + 1
        drafts = reader.plan_drafts()
        wrong = {error.name for error in office.unsound_plans(reader)}
    unsound = [text for plan_id, text in stored.items() if plan_id in wrong]
    entries = []
    for plan in plans:
        latest = stored.get(plan.id)
        is_own = latest is not None and not latest.is_withdrawn
        entries.append(
            PlanEntry(
                plan.id,
                plan.title,
                plan.short_title,
                plan.year,
                PlanState.IN_FORCE if is_own else PlanState.SHIPPED,
                numbers.get(plan.id, 0) if is_own else 0,
                latest.stored_at if is_own and latest is not None else None,
            )
        )
    entries.extend(_draft_entry(draft) for draft in drafts)
    entries.extend(_written_entry(text, PlanState.UNSOUND) for text in unsound)
    return tuple(sorted(entries, key=lambda e: (-e.year, e.id, e.state is PlanState.DRAFT)))


def _draft_entry(stored: StoredDraft) -> PlanEntry:
    return _written_entry(stored, PlanState.DRAFT)


def _written_entry(stored: StoredDraft | StoredPlan, state: PlanState) -> PlanEntry:
    """An entry from a text that need not be sound."""
    values = from_toml(stored.toml_text, name=stored.plan_id)
    year = values.get("year")
    return PlanEntry(
        stored.plan_id,
        str(values.get("title", "")),
        str(values.get("short_title", "")),
        year if isinstance(year, int) else 0,
        state,
        0,
        stored.saved_at if isinstance(stored, StoredDraft) else stored.stored_at,
    )


def open_draft(office: Office, plan_id: str) -> PlanDraft:
    """The kept draft of a plan, else the plan in force, ready to be changed.

    Raises:
        PlanUnknownError: When there is neither.
    """
    with office.store.reading() as reader:
        draft = next((d for d in reader.plan_drafts() if d.plan_id == plan_id), None)
        if draft is not None:
            values = from_toml(draft.toml_text, name=plan_id)
            return PlanDraft(plan_id, values, draft.based_on, draft.saved_at)
        text = plan_text(office, reader, plan_id)
        base = _plan_of_last_year(office, reader, plan_id)
    return PlanDraft(plan_id, from_toml(text, name=plan_id), base)


def plan_text(office: Office, reader: Reader, plan_id: str) -> str:
    """The TOML text of the plan in force.

    Raises:
        PlanUnknownError: When nobody knows the id.
    """
    latest = next((text for text in reader.plan_texts() if text.plan_id == plan_id), None)
    if latest is not None and not latest.is_withdrawn:
        return latest.toml_text
    shipped = office.library.plan_texts.get(plan_id)
    if shipped is None:
        raise PlanUnknownError(plan_id, tuple(plan.id for plan in office.all_plans(reader)))
    return shipped


def _plan_of_last_year(office: Office, reader: Reader, plan_id: str) -> str:
    """Id of the same agency's plan of the year before, empty when there is none."""
    plans = office.all_plans(reader)
    plan = next((plan for plan in plans if plan.id == plan_id), None)
    if plan is None:
        return ""
    earlier = (p for p in plans if p.agency == plan.agency and p.year == plan.year - 1)
    return next((p.id for p in earlier), "")


def copy_plan(office: Office, plan_id: str, *, years: int = 1) -> PlanDraft:
    """A later year's plan begun as a copy: dates and names moved, clauses as they were.

    Args:
        office: The open office.
        plan_id: The plan in force to copy.
        years: How many years later.

    Raises:
        PlanUnknownError: When nobody knows the plan.
    """
    with office.store.reading() as reader:
        values = from_toml(plan_text(office, reader, plan_id), name=plan_id)
        taken = {plan.id for plan in office.all_plans(reader)}
        taken |= {draft.plan_id for draft in reader.plan_drafts()}
    copied = copied_to(values, years=years)
    copied["id"] = _free_id(copied["id"], taken)
    return PlanDraft(copied["id"], copied, plan_id)


def blank_plan(office: Office, *, agency: str, year: int, plan_id: str = "") -> PlanDraft:
    """A plan begun from nothing; what it still needs, the examination names.

    Args:
        office: The open office.
        agency: Whose plan it is.
        year: ROC year.
        plan_id: Small letters, digits and hyphens; without it the first free of the year.
    """
    if not plan_id:
        with office.store.reading() as reader:
            taken = {plan.id for plan in office.all_plans(reader)}
            taken |= {draft.plan_id for draft in reader.plan_drafts()}
        plan_id = _free_id(f"plan-{year}", taken)
    today = office.clock().date()
    first, last = today.replace(year + 1911, 1, 1), today.replace(year + 1911, 12, 31)
    values: dict[str, Any] = {
        "schema": 1,
        "id": plan_id,
        "code": "",
        "agency": agency,
        "title": f"{agency} {year} 年度推動數位學習實施計畫",
        "short_title": f"{agency}推動數位學習",
        "year": year,
        "evidence": ["eplus_record"],
        "source": {"title": "", "document_number": "", "checked_on": today},
        "period": {"first_day": first, "last_day": last, "clause": {"point": ""}},
        "eligibility": {
            "categories": ["編制內公務人員", "約聘", "約僱"],
            "clause": {"point": ""},
        },
    }
    return PlanDraft(plan_id, values)


def save_draft(office: Office, draft: PlanDraft) -> ChangeSet:
    """Keep a draft in place of the one kept before."""
    act = f"存計畫草稿 {draft.plan_id}"
    with office.store.writing(act) as writer:
        writer.put_plan_draft(draft.plan_id, to_toml(draft.values), based_on=draft.based_on)
    return ChangeSet(act, _PLAN_AREAS)


def discard_draft(office: Office, plan_id: str) -> ChangeSet:
    """End a draft; 復原 brings it back.

    Raises:
        PlanUnknownError: When no draft is kept under that id.
    """
    with office.store.reading() as reader:
        draft = next((d for d in reader.plan_drafts() if d.plan_id == plan_id), None)
    if draft is None:
        raise PlanUnknownError(plan_id, ())
    act = f"捨棄計畫草稿 {plan_id}"
    with office.store.writing(act) as writer:
        writer.put_plan_draft(plan_id, "", based_on=draft.based_on)
        token = writer.add_undo_step(
            act,
            {
                "act": "plan_draft",
                "plan_id": plan_id,
                "draft": draft.toml_text,
                "based_on": draft.based_on,
            },
        )
    return ChangeSet(act, _PLAN_AREAS, undo_token=token)


def import_plan(office: Office, name: str, content: bytes) -> PlanDraft:
    """A draft from a plan file; what is wrong in it, the examination names.

    Args:
        office: The open office.
        name: The file's name.
        content: Its bytes.

    Raises:
        PlanTextError: When the file is no TOML text in UTF-8; nothing changes.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PlanTextError(name, line) from error
    values = from_toml(text, name=name)
    plan_id = values.get("id")
    if not isinstance(plan_id, str) or not plan_id.strip():
        plan_id = "plan"
    with office.store.reading() as reader:
        base = _plan_of_last_year(office, reader, plan_id)
    return PlanDraft(plan_id, values, base)


def export_plan(draft: PlanDraft) -> bytes:
    """The draft as a plan file."""
    return to_toml(draft.values).encode()


def _free_id(wished: str, taken: set[str]) -> str:
    plan_id, number = wished, 2
    while plan_id in taken:
        plan_id, number = f"{wished}-{number}", number + 1
    return plan_id
