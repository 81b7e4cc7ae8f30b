"""The way of a case: its states, the steps allowed between them, and where it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands, in the order of its way."""

    RECEIVED = "received"  # evidence is there, nothing to decide, the set is not complete
    REVIEW = "review"  # something waits for the clerk
    CORRECTION = "correction"  # the applicant was asked to correct
    PRINTABLE = "printable"  # settled; the form can be printed, or is out to be stamped
    STAMPED = "stamped"  # came back with every seal
    REGISTERED = "registered"  # granted in the ledger
    CLOSED = "closed"

    @property
    def word(self) -> str:
        """Its name on screen."""
        return _WORDS[self]

    @property
    def place(self) -> int:
        """How far along the way, 0 for the first."""
        return _PLACES[self]


_WORDS = {
    CaseState.RECEIVED: "收件",
    CaseState.REVIEW: "審核",
    CaseState.CORRECTION: "補正",
    CaseState.PRINTABLE: "可列印",
    CaseState.STAMPED: "核章",
    CaseState.REGISTERED: "登錄",
    CaseState.CLOSED: "結案",
}
_PLACES = {state: place for place, state in enumerate(CaseState)}


class StepKind(StrEnum):
    """Who makes a step: the facts, or a person who confirms it."""

    DERIVED = "derived"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class AllowedStep:
    """One step that a case may take.

    Attributes:
        former: From where; None for a case that is new.
        state: To where.
        kind: Whether the facts make it, or a person.
        needs_reason: Whether it may not be made without a reason in words.
    """

    former: CaseState | None
    state: CaseState
    kind: StepKind
    needs_reason: bool

    @property
    def is_back(self) -> bool:
        """Whether it leads back on the way."""
        return self.former is not None and self.state.place < self.former.place


_EARLY = (CaseState.RECEIVED, CaseState.REVIEW, CaseState.CORRECTION, CaseState.PRINTABLE)


def _steps() -> tuple[AllowedStep, ...]:
    found = [AllowedStep(None, state, StepKind.DERIVED, False) for state in CaseState]
    for former in CaseState:
        for state in CaseState:
            if former is state:
                continue
            is_back = state.place < former.place
            if former in (*_EARLY, CaseState.STAMPED) and state in _EARLY:
                found.append(AllowedStep(former, state, StepKind.DERIVED, is_back))
    derived, confirmed = StepKind.DERIVED, StepKind.CONFIRMED
    printable, stamped = CaseState.PRINTABLE, CaseState.STAMPED
    registered, closed = CaseState.REGISTERED, CaseState.CLOSED
    found += [
        AllowedStep(printable, stamped, confirmed, False),
        # Stamped by mistake, or the sheet lacks a seal.
        *(AllowedStep(stamped, state, confirmed, True) for state in _EARLY),
        AllowedStep(stamped, registered, confirmed, False),
        # The ledger reversed the grant.
        *(AllowedStep(registered, state, confirmed, True) for state in (*_EARLY, stamped)),
        # A form that is used again until the year's hours are granted begins anew.
        *(AllowedStep(registered, state, derived, True) for state in _EARLY),
        AllowedStep(registered, closed, confirmed, False),
        # Given up, or nothing can come of it: that needs a reason, and so does opening it again.
        *(AllowedStep(state, closed, confirmed, True) for state in (*_EARLY, stamped)),
        *(AllowedStep(state, closed, derived, True) for state in (*_EARLY, stamped)),
        # What was confirmed holds again once the facts are as they were.
        *(AllowedStep(state, stamped, derived, False) for state in _EARLY),
        *(AllowedStep(state, registered, derived, False) for state in (*_EARLY, stamped)),
        *(
            AllowedStep(closed, state, kind, True)
            for state in (*_EARLY, stamped, registered)
            for kind in (derived, confirmed)
        ),
    ]
    return tuple(found)


ALLOWED_STEPS = _steps()
"""Every step a case may take; what is not here is refused."""

_BY_WAY = {(step.former, step.state, step.kind): step for step in ALLOWED_STEPS}


class StepRefusedError(ValueError):
    """A step that a case may not take, or not without a reason."""


def allowed_step(
    former: CaseState | None, state: CaseState, kind: StepKind, *, reason: str
) -> AllowedStep:
    """The step from one state to another.

    Args:
        former: Where the case stands; None when it is new.
        state: Where it shall go.
        kind: Whether the facts make the step, or a person.
        reason: Why, in words; may be empty where the step needs none.

    Raises:
        StepRefusedError: When there is no such step, or it lacks its reason.
    """
    step = _BY_WAY.get((former, state, kind))
    if step is None:
        words = former.word if former is not None else "新案件"
        raise StepRefusedError(f"案件目前是「{words}」，不能改為「{state.word}」，資料沒有更動。")
    if step.needs_reason and not reason.strip():
        raise StepRefusedError(f"改為「{state.word}」要寫理由，資料沒有更動；請先寫理由。")
    return step


CaseKey = tuple[str, str]
"""Person and set; the set is empty where a form is a person's."""


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case as it was kept.

    Attributes:
        id: The store's identifier.
        employee_id, set_id: The case under its plan; ``set_id`` is empty for a person's.
        former: Where it stood, None for a new case.
        state: Where it went.
        is_confirmed: Whether a person made the step; else the facts did.
        on_day: The day of what the step stands for (the day it was stamped).
        document: Number of the document concerned, empty without one.
        basis: Digest of what was confirmed, empty for a derived step.
        reason: Why; never empty for a step back.
        actor, at: Who and when.
        reverses: The confirmed step that this one takes back, None mostly.
    """

    id: str
    employee_id: str
    set_id: str
    former: CaseState | None
    state: CaseState
    is_confirmed: bool
    on_day: date
    document: str
    basis: str
    reason: str
    actor: str
    at: datetime
    reverses: str | None = None

    @property
    def key(self) -> CaseKey:
        """Whose step it is."""
        return (self.employee_id, self.set_id)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the facts say of a case now, whatever was confirmed.

    Attributes:
        is_ready: Whether a form can be printed for it.
        is_hopeless: Whether nothing can come of it (not eligible, had it before).
        open_items: How many courses wait for the clerk or the applicant.
        asked_at: When the applicant was last asked to correct, None never.
        evidence_at: When evidence last came in.
        basis: Digest of what would be granted and on which records.
        words: Why it stands there, in a few words.
    """

    is_ready: bool
    is_hopeless: bool
    open_items: int
    asked_at: datetime | None
    evidence_at: datetime | None
    basis: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, and why."""

    state: CaseState
    reason: str
    confirmed: CaseStep | None = None


def derived_state(facts: CaseFacts) -> CaseState:
    """Where the facts alone put a case.

    An answer to a correction request is evidence that came in after it: then the clerk is asked
    again.
    """
    if facts.is_hopeless:
        return CaseState.CLOSED
    if facts.is_ready:
        return CaseState.PRINTABLE
    if facts.open_items:
        is_asked = facts.asked_at is not None and (
            facts.evidence_at is None or facts.asked_at > facts.evidence_at
        )
        return CaseState.CORRECTION if is_asked else CaseState.REVIEW
    return CaseState.RECEIVED


def standing(facts: CaseFacts, steps: Sequence[CaseStep], outdated_words: str) -> Standing:
    """Where a case stands: what was confirmed while it holds, else what the facts say.

    A stamp holds while what it confirmed is the same; what the ledger holds, and what a person
    closed, holds until it is taken back, but that a form used again (``set_id`` empty) begins
    anew once more can be granted.

    Args:
        facts: What the facts say now.
        steps: The case's steps, the oldest first.
        outdated_words: Why, where a confirmed step holds no longer.
    """
    last = in_force(steps)
    state = derived_state(facts)
    if last is None:
        return Standing(state, facts.words)
    is_same = last.basis in ("", facts.basis)
    if last.state is CaseState.STAMPED and not (is_same and facts.is_ready):
        return Standing(state, outdated_words if facts.is_ready else facts.words)
    if last.state is CaseState.REGISTERED and last.set_id == "" and facts.is_ready and not is_same:
        return Standing(state, outdated_words)
    return Standing(last.state, last.reason, last)


def in_force(steps: Iterable[CaseStep]) -> CaseStep | None:
    """The last confirmed step that was not taken back, None without one.

    A confirmed step to an early state leads back: the facts decide from there.
    """
    live = live_steps(steps)
    if not live or live[-1].state in _EARLY:
        return None
    return live[-1]


def live_steps(steps: Iterable[CaseStep]) -> tuple[CaseStep, ...]:
    """The confirmed steps that were not taken back, the oldest first."""
    confirmed = [step for step in steps if step.is_confirmed]
    reversed_ids = {step.reverses for step in confirmed if step.reverses is not None}
    return tuple(s for s in confirmed if s.reverses is None and s.id not in reversed_ids)
