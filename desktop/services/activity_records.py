"""Activities, sessions, sign-ups and draws as the logbook holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.domain.activities import (
    Activity,
    ActivityKind,
    Chance,
    Draw,
    DrawnChance,
    Session,
    SignUpState,
)
from desktop.domain.logbook import LogEntry, Matter, NewEntry, standing
from desktop.store import Reader

IS_DROPPED = "is_dropped"


def activity_body(activity: Activity) -> dict[str, Any]:
    """An activity ready for JSON, without its id."""
    return {
        "name": activity.name,
        "kind": activity.kind.value,
        "clause": activity.clause,
        "courses": list(activity.courses),
        "prizes": activity.prizes,
        "prize": activity.prize,
        "first_day": _text(activity.first_day),
        "last_day": _text(activity.last_day),
        IS_DROPPED: False,
    }


def to_activity(entry: LogEntry) -> Activity:
    """An activity as it was written down."""
    body = entry.body
    return Activity(
        id=entry.subject,
        name=body["name"],
        kind=ActivityKind(body["kind"]),
        clause=body["clause"],
        courses=tuple(body["courses"]),
        prizes=body["prizes"],
        prize=body["prize"],
        first_day=_day(body.get("first_day")),
        last_day=_day(body.get("last_day")),
    )


def session_body(session: Session) -> dict[str, Any]:
    """A session ready for JSON, without its id."""
    return {
        "name": session.name,
        "first_day": _text(session.first_day),
        "last_day": _text(session.last_day),
        "venue": session.venue,
        "places": session.places,
        "hours": session.hours,
        IS_DROPPED: False,
    }


def to_session(entry: LogEntry) -> Session:
    """A session as it was written down."""
    body = entry.body
    return Session(
        id=entry.subject,
        name=body["name"],
        first_day=_day(body["first_day"]),
        last_day=_day(body["last_day"]),
        venue=body["venue"],
        places=body["places"],
        hours=body["hours"],
    )


def draw_body(draw: Draw) -> dict[str, Any]:
    """A draw ready for JSON: seed, every chance with its digest and rank."""
    return {
        "title": draw.title,
        "seed": draw.seed,
        "prizes": draw.prizes,
        "list_digest": draw.list_digest,
        "chances": [
            [one.chance.employee_id, one.chance.why, one.digest, one.rank] for one in draw.chances
        ],
    }


def to_draw(entry: LogEntry, first: LogEntry) -> Draw:
    """A draw as it was made; a later entry on it says why it does not count.

    Args:
        entry: The word that stands.
        first: The draw itself.
    """
    body: Mapping[str, Any] = first.body
    return Draw(
        id=entry.subject,
        title=body["title"],
        seed=body["seed"],
        prizes=body["prizes"],
        chances=tuple(
            DrawnChance(Chance(who, why), digest, rank)
            for who, why, digest, rank in body["chances"]
        ),
        list_digest=body["list_digest"],
        actor=first.actor,
        at=first.at,
        void_reason=entry.reason if entry is not first else "",
    )


def activities_in(reader: Reader, plan_id: str) -> dict[str, Activity]:
    """The activities of a plan by id, in the order they were entered."""
    return {
        entry.subject: to_activity(entry)
        for entry in standing(reader.logbook(Matter.ACTIVITY, scope=plan_id)).values()
        if not entry.body[IS_DROPPED]
    }


def sessions_in(reader: Reader, activity_id: str) -> dict[str, Session]:
    """The sessions of an activity by id, by day, those without one last."""
    found = [
        to_session(entry)
        for entry in standing(reader.logbook(Matter.SESSION, scope=activity_id)).values()
        if not entry.body[IS_DROPPED]
    ]
    found.sort(key=lambda one: one.first_day or date.max)
    return {one.id: one for one in found}


def sign_ups_in(reader: Reader, session_id: str) -> dict[str, LogEntry]:
    """The words that stand on who signed up for a session, in the order people came."""
    return {
        entry.subject: entry
        for entry in standing(reader.logbook(Matter.SIGN_UP, scope=session_id)).values()
    }


def draws_in(reader: Reader, activity_id: str) -> dict[str, Draw]:
    """The draws of an activity by id, those that do not count among them."""
    entries = reader.logbook(Matter.DRAW, scope=activity_id)
    first: dict[str, LogEntry] = {}
    for entry in entries:
        first.setdefault(entry.subject, entry)
    return {
        entry.subject: to_draw(entry, first[entry.subject]) for entry in standing(entries).values()
    }


def sign_up_entry(
    session_id: str, employee_id: str, state: SignUpState, reason: str = ""
) -> NewEntry:
    """The word on one person and session."""
    return NewEntry(Matter.SIGN_UP, session_id, employee_id, {"state": state.value}, reason)


def state_of(entry: LogEntry) -> SignUpState:
    """How somebody stands to a session."""
    return SignUpState(entry.body["state"])


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
