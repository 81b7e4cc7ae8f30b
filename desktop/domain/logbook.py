"""The logbook: what clerks wrote down of programmes, activities and the promotion plan.

One entry says how one thing stands from now on. Entries are only ever added: what a thing is now
is its latest entry that was not taken back, and everything it was before can still be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Matter(StrEnum):
    """What an entry is about; scope and subject are the matter's own."""

    QUOTA = "quota"  # places of a programme; scope: plan
    NOMINEE = "nominee"  # who is in or out; scope: plan, subject: person
    REPORT = "report"  # a study report received; scope: plan, subject: person
    ACTIVITY = "activity"  # scope: plan, subject: its id
    SESSION = "session"  # scope: activity, subject: its id
    SIGN_UP = "sign_up"  # scope: session, subject: person
    DRAW = "draw"  # scope: activity, subject: its id
    RESOURCE = "resource"  # a resource of the catalogue; subject: its id
    EFFECTIVE = "effective"  # the day the promotion plan came into force; scope: plan
    STAGE = "stage"  # dates that a person set; scope: plan, subject: stage
    MEASURE = "measure"  # its state; scope: plan, subject: measure
    CONTACT = "contact"  # 單一窗口; scope: plan, subject: its id


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be written down.

    Attributes:
        matter: What it is about.
        scope: Within what (a plan, an activity, a session); may be empty.
        subject: The thing itself; empty where the scope has only one.
        body: How it stands from now on; ready for JSON.
        reason: Why, in words; may be empty where the matter asks for none.
    """

    matter: Matter
    scope: str
    subject: str
    body: Mapping[str, Any]
    reason: str = ""

    @property
    def key(self) -> tuple[Matter, str, str]:
        """What the entry is the word on."""
        return self.matter, self.scope, self.subject


@dataclass(frozen=True, slots=True)
class LogEntry(NewEntry):
    """What was written down.

    Attributes:
        actor: Who wrote it.
        at: When.
        id: Its identifier in the store.
        is_taken_back: Whether an entry against it was made.
    """

    actor: str = ""
    at: datetime = datetime.min
    id: str = ""
    is_taken_back: bool = False


def standing(entries: Iterable[LogEntry]) -> dict[tuple[Matter, str, str], LogEntry]:
    """The entry that says how each thing stands now, in the order things were first written down.

    Args:
        entries: In the order they were written.
    """
    found: dict[tuple[Matter, str, str], LogEntry] = {}
    for entry in entries:
        if not entry.is_taken_back:
            found[entry.key] = entry
    return found
