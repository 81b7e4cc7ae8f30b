"""Writing in the logbook: every act leaves its entries, its trail and the step that undoes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.logbook import LogEntry, Matter, NewEntry, standing
from desktop.domain.moments import roc_date
from desktop.services.deciding import ReasonMissingError
from desktop.store import Writer

AREAS = frozenset({Area.PROGRAMMES, Area.VERDICTS})
"""What a page reads again; who is nominated and whose report came in moves verdicts."""


class LogbookRefusedError(ValueError):
    """An act cannot be; its text is for the clerk, and nothing was written down."""


def needed_reason(reason: str) -> str:
    """A reason without blanks around it.

    Raises:
        ReasonMissingError: When there is none.
    """
    words = reason.strip()
    if not words:
        raise ReasonMissingError
    return words


def written_words(entry: LogEntry) -> str:
    """Who wrote an entry and when: ``周雅雯 113-03-12 09:41``."""
    return f"{entry.actor} {roc_date(entry.at.date())} {entry.at:%H:%M}"


def write_down(
    writer: Writer,
    act: str,
    entries: Sequence[NewEntry],
    *,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    people: Iterable[str] = (),
    can_be_undone: bool = True,
) -> ChangeSet:
    """Write entries and the step that takes them back.

    Args:
        writer: The open transaction.
        act: The act's name, as 復原 will show it.
        entries: What is written.
        subject: On what, for the trail.
        detail: Before, after, why, for the trail.
        people: Who is concerned.
        can_be_undone: False for what others saw happen (a draw): only a further entry changes it.
    """
    writer.describe(subject, {"entry": act, **(detail or {})})
    token = record_entries(writer, act, [plain_entry(one) for one in entries], can_be_undone)
    return ChangeSet(act, AREAS, frozenset(people), undo_token=token)


def record_entries(
    writer: Writer, act: str, entries: Sequence[Mapping[str, Any]], can_be_undone: bool = True
) -> str | None:
    """Add entries as an undo step holds them, and the step; returns the step's token."""
    ids = writer.write_down([_entry(one) for one in entries])
    if not can_be_undone:
        return None
    inverse = {"act": "logbook", "ids": list(ids), "entries": [dict(one) for one in entries]}
    return writer.add_undo_step(act, inverse)


def take_entries_back(writer: Writer, inverse: Mapping[str, Any], *, reason: str) -> None:
    """Take the entries of a step back, the last first.

    Raises:
        LogbookRefusedError: When an activity would vanish of which a draw counts.
    """
    for entry_id in reversed(inverse["ids"]):
        writer.take_entry_back(entry_id, reason=reason)
    for plain in inverse["entries"]:
        if plain["matter"] == Matter.ACTIVITY:
            _keep_what_was_drawn(writer, plain["scope"], plain["subject"])


def _keep_what_was_drawn(writer: Writer, plan_id: str, activity_id: str) -> None:
    there = standing(writer.logbook(Matter.ACTIVITY, scope=plan_id))
    if any(entry.subject == activity_id for entry in there.values()):
        return
    draws = standing(writer.logbook(Matter.DRAW, scope=activity_id)).values()
    if any(not draw.body.get("is_void") for draw in draws):
        raise LogbookRefusedError(
            "這個活動已經抽獎，新增活動的步驟不能復原，沒有更動；請先作廢抽獎並寫明理由。"
        )


def plain_entry(entry: NewEntry) -> dict[str, Any]:
    """An entry ready for JSON."""
    return {
        "matter": entry.matter.value,
        "scope": entry.scope,
        "subject": entry.subject,
        "body": dict(entry.body),
        "reason": entry.reason,
    }


def _entry(plain: Mapping[str, Any]) -> NewEntry:
    return NewEntry(
        Matter(plain["matter"]), plain["scope"], plain["subject"], plain["body"], plain["reason"]
    )
