"""Reversing: a line entered wrongly is taken back by an entry against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.ledger import Entry, LeaveGrant, Reversal, TransferOut, Use
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_reversing import ReversalHindrance, reversal_of
from desktop.services.case_acts import record_unregistered
from desktop.services.ledger_basics import (
    LEDGER_AREAS,
    LedgerRefusedError,
    ledger_of,
    reason_words,
)
from desktop.services.office import Office
from desktop.store import Reader, Writer


@dataclass(frozen=True, slots=True)
class ReversalPreview:
    """What reversing a line would do.

    Attributes:
        words: What is taken back (``114-05-02 使用 2 時``); of a use every part of it.
        hours: Hours that are taken back, those paid in advance left out.
        sentence: Why it cannot be; empty when it can.
    """

    words: str
    hours: int
    sentence: str


def entry_words(entry: Entry) -> str:
    """A line in a few words: ``05-02 使用 2 時``."""
    return f"{entry.day:%m-%d} {entry.kind.word} {entry.hours} 時"


def preview_reversal(office: Office, entry_id: str) -> ReversalPreview:
    """What reversing a line would take back; nothing is stored."""
    with office.store.reading() as reader:
        entry = reader.ledger_entry(entry_id)
        ledger = ledger_of(reader, entry.employee_id)
        asked = _asked(ledger, entry)
        sentence = ""
        try:
            _check(reader, office, ledger, asked, office.clock().date())
        except LedgerRefusedError as refused:
            sentence = str(refused)
    hours = sum(one.hours for one in asked)
    return ReversalPreview(f"{entry.day:%m-%d} {entry.kind.word} {hours} 時", hours, sentence)


def reverse_entry(
    office: Office, entry_id: str, *, reason: str, day: date | None = None
) -> ChangeSet:
    """Take a line back, whole, with what belongs to it: a use from two grants is one use.

    Args:
        office: The open office.
        entry_id: The line.
        reason: Why, in words.
        day: From which day on it no longer counts; today unless given. Never before the line.

    Raises:
        LedgerRefusedError: Without a reason, or when something stands in the way.
        NotStoredError: When there is no such line.
    """
    words = reason_words(reason)
    on = day or office.clock().date()
    with office.store.writing("沖銷補休帳") as writer:
        entry = writer.ledger_entry(entry_id)
        ledger = ledger_of(writer, entry.employee_id)
        asked = _asked(ledger, entry)
        lines = _check(writer, office, ledger, asked, on, words)
        writer.add_bundle(lines)
        if isinstance(entry, LeaveGrant):
            _take_case_back(office, writer, entry, words)
        writer.describe(
            entry.employee_id,
            {
                "before": [
                    {
                        "seq": one.seq,
                        "kind": one.kind.value,
                        "day": one.day.isoformat(),
                        "hours": one.hours,
                    }
                    for one in asked
                ],
                "reversed": [line.reverses for line in lines],
                "day": max(line.day for line in lines).isoformat(),
                "why": words,
            },
        )
    act = f"沖銷 {entry_words(entry)}"
    areas = LEDGER_AREAS | {Area.CASES} if isinstance(entry, LeaveGrant) else LEDGER_AREAS
    return ChangeSet(act, areas, frozenset({entry.employee_id}))


def _take_case_back(office: Office, writer: Writer, grant: LeaveGrant, reason: str) -> None:
    """The case of a grant that is gone is registered no longer."""
    plan = next((one for one in office.all_plans(writer) if one.id == grant.plan_id), None)
    # A case is one of the set, of the group it is chosen from, or of the whole person.
    groups = [one.group for one in plan.sets if one.id == grant.set_id] if plan is not None else []
    for set_id in dict.fromkeys((grant.set_id, *groups, "")):
        if record_unregistered(
            writer, grant.plan_id, grant.employee_id, set_id, reason=f"沖銷核給：{reason}"
        ):
            return


def _asked(ledger: PersonLedger, entry: Entry) -> tuple[Entry, ...]:
    """The line with the others of the same act that are one matter with it."""
    if not isinstance(entry, Use | TransferOut):
        return (entry,)
    return tuple(
        one
        for one in ledger.entries
        if isinstance(one, Use | TransferOut)
        and one.bundle == entry.bundle
        and (one.id == entry.id or not ledger.is_reversed(one))
    )


def _check(
    reader: Reader,
    office: Office,
    ledger: PersonLedger,
    asked: tuple[Entry, ...],
    day: date,
    reason: str = "－",
) -> tuple[Reversal, ...]:
    """The reversing entries.

    Raises:
        LedgerRefusedError: When one of them cannot be.
    """
    lines: list[Reversal] = []
    for entry in asked:
        outcome = reversal_of(ledger, entry, day)
        if outcome.hindrance is not None:
            raise LedgerRefusedError(_hindrance_words(entry, outcome.hindrance, outcome.drawn))
        lines += [
            Reversal(
                employee_id=one.employee_id,
                day=outcome.day,
                hours=one.hours,
                reverses=one.id,
                reason=reason,
            )
            for one in outcome.entries
        ]
    _check_caps(reader, office, ledger, asked, lines)
    return tuple(lines)


def _check_caps(
    reader: Reader,
    office: Office,
    ledger: PersonLedger,
    asked: tuple[Entry, ...],
    lines: list[Reversal],
) -> None:
    """Hours that come back from another office may find the cap filled meanwhile."""
    plans = {
        grant.plan_id
        for entry in asked
        if isinstance(entry, TransferOut)
        and isinstance(grant := ledger.by_id[entry.grant], LeaveGrant)
    }
    after = ledger.with_entries(lines)
    for plan in office.all_plans(reader):
        leave = plan.compensatory_leave
        if plan.id not in plans or leave is None or leave.cap_hours is None:
            continue
        counted = after.counted_for_cap(plan.id)
        if counted > leave.cap_hours:
            raise LedgerRefusedError(
                f"沖銷轉出後這個計畫共計 {counted} 時，超過全年上限 {leave.cap_hours} 時，"
                "沒有沖銷；請先沖銷之後的核給或轉入。"
            )


def _hindrance_words(entry: Entry, hindrance: ReversalHindrance, drawn: tuple[Entry, ...]) -> str:
    words = entry_words(entry)
    if hindrance is ReversalHindrance.STILL_DRAWN:
        hours = sum(one.hours for one in drawn)
        kinds = "、".join(dict.fromkeys(one.kind.word for one in drawn))
        first = entry_words(drawn[0])
        return f"「{words}」已{kinds} {hours} 時，沒有沖銷；請先沖銷「{first}」。"
    return {
        ReversalHindrance.IS_REVERSAL: f"「{words}」本身是沖銷，沒有再沖銷；請重新登記正確的一筆。",
        ReversalHindrance.REVERSED_BEFORE: f"「{words}」已經沖銷過，沒有再沖銷；請重新整理清單。",
        ReversalHindrance.IS_SETTLEMENT: (
            f"「{words}」隨核給或先行補休一併沖銷，沒有單獨沖銷；請選核給或先行補休那一筆。"
        ),
    }[hindrance]
