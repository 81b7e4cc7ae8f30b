"""Applications that came back with every seal: which may be marked, and marking them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.case_states import CaseState, CaseStep
from desktop.domain.changes import Area, ChangeSet
from desktop.services.case_acts import case_inverse, confirm_step
from desktop.services.cases import FoundCase, gather_cases
from desktop.services.office import Office
from desktop.services.paper_batches import unchanged_numbers
from desktop.services.paper_kinds import APPLICATIONS
from desktop.store import Writer
from desktop.store.values import IssuedDocument
from forms.document import Kind

_AREAS = frozenset({Area.CASES})


@dataclass(frozen=True, slots=True)
class StampOutcome:
    """What became of a batch of stamped sheets.

    Attributes:
        change: What changed.
        stamped: Numbers that were marked now.
        known: Numbers that were marked before.
        refused: Number and the reason why it was not marked.
    """

    change: ChangeSet
    stamped: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StampCheck:
    """Which of the sheets that came back may be marked as stamped.

    Attributes:
        ready: Number and case of those that may.
        known: Numbers that were marked before.
        refused: Number and the reason, a sentence, of those that may not.
    """

    ready: tuple[tuple[str, FoundCase], ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def check_stamped(office: Office, plan_id: str, numbers: Sequence[str]) -> StampCheck:
    """Look which applications may be marked as stamped; nothing is stored.

    A number that is not in force, whose facts have moved since it was printed, or that is no
    application is refused with its reason.

    Args:
        office: The open office.
        plan_id: The plan.
        numbers: The applications' numbers, as on paper or in the code of a scanned sheet.
    """
    wanted = tuple(dict.fromkeys(numbers))
    cases = {one.matter.key: one for one in gather_cases(office, plan_id)}
    current = unchanged_numbers(office, plan_id, wanted, paper=APPLICATIONS)
    with office.store.reading() as reader:
        documents = {document.number: document for document in reader.documents(plan_id)}
    ready: list[tuple[str, FoundCase]] = []
    known: list[str] = []
    refused: list[tuple[str, str]] = []
    for number in wanted:
        document = documents.get(number)
        owner = document.employee_id if document is not None else None
        one = None
        if document is not None and owner is not None:
            one = cases.get((owner, document.set_id or ""))
        if one is not None and _is_confirmed_by(one, number):
            known.append(number)
            continue
        problem = _why_not_stamped(document, one, is_current=number in current)
        if problem:
            refused.append((number, f"{number} {problem}"))
        elif one is not None:
            ready.append((number, one))
    return StampCheck(tuple(ready), tuple(known), tuple(refused))


def _is_confirmed_by(one: FoundCase, number: str) -> bool:
    last = one.standing.confirmed
    return last is not None and last.document == number


def _why_not_stamped(
    document: IssuedDocument | None, one: FoundCase | None, *, is_current: bool
) -> str:
    """Why a sheet may not be marked, empty when it may."""
    if document is None or document.kind != Kind.APPLICATION.value:
        return "不是這個計畫的申請表，沒有登記核章；請確認編號與計畫。"
    if document.is_cancelled:
        return f"已由 {document.cancelled_by} 取代，沒有登記核章；請以新的申請表送核。"
    if one is None:
        return "的案件已不在資料中，沒有登記核章；請確認名冊與學習紀錄。"
    state = one.standing.state
    if state is not CaseState.PRINTABLE:
        return f"的案件目前是「{state.word}」（{one.standing.reason}），沒有登記核章。"
    if not is_current:
        return "印出後資料有變動，沒有登記核章；請重印新的申請表再送核。"
    return ""


def record_stamped(
    writer: Writer,
    plan_id: str,
    check: StampCheck,
    *,
    on_day: date | None = None,
    reason: str = "",
) -> tuple[CaseStep, ...]:
    """Mark what a check found ready, inside a transaction of the caller's.

    Args:
        writer: The transaction; whoever opened it adds the undo step (``case_inverse``).
        plan_id: The plan.
        check: What ``check_stamped`` found.
        on_day: The day of the last seal; today when None.
        reason: What shows it (the scan's file), in words.
    """
    return tuple(
        confirm_step(writer, plan_id, one, CaseState.STAMPED, reason, number, on_day)
        for number, one in check.ready
    )


def mark_stamped(
    office: Office,
    plan_id: str,
    numbers: Sequence[str],
    *,
    on_day: date | None = None,
    reason: str = "",
) -> StampOutcome:
    """Record that applications came back with every seal; what may not be marked is told.

    Args:
        office: The open office.
        plan_id: The plan.
        numbers: The applications' numbers.
        on_day: The day of the last seal; today when None.
        reason: What shows it, in words.
    """
    check = check_stamped(office, plan_id, numbers)
    act = f"核章 {len(check.ready)} 份"
    stamped = tuple(number for number, _ in check.ready)
    if stamped:
        with office.store.writing(act) as writer:
            steps = record_stamped(writer, plan_id, check, on_day=on_day, reason=reason)
            writer.add_undo_step(act, case_inverse(plan_id, steps))
            writer.describe("、".join(stamped), {"plan": plan_id, "why": reason})
        office.redo_steps.clear()
    people = frozenset(one.matter.key[0] for _, one in check.ready)
    change = ChangeSet(act, _AREAS if stamped else frozenset(), people)
    return StampOutcome(change, stamped, check.known, check.refused)
