"""Somebody whom a clerk left off a list, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

COMMENDATION = "commendation"
"""The commendation list, as a matter that somebody may be left out of."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clerk's decision to leave somebody off a list, beside the program's own verdict.

    Attributes:
        id: The store's identifier.
        employee_id: Who.
        matter: Which list.
        reason: Why, in words; never empty.
        actor, at: Who decided, and when.
        fingerprint: Of the facts it was decided on; when they change the clerk is asked again.
    """

    id: str
    employee_id: str
    matter: str
    reason: str
    actor: str
    at: datetime
    fingerprint: str
