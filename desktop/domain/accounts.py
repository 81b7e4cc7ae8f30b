"""Who may sign in, and what their role lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccountRole(StrEnum):
    """What somebody who signed in may do."""

    CLERK = "clerk"  # everything of the trade
    HEAD = "head"  # that, and accounts
    READER = "reader"  # looks only, identity numbers masked

    @property
    def word(self) -> str:
        """Its name on screen."""
        return {"clerk": "承辦人", "head": "主管", "reader": "查閱"}[self.value]

    @property
    def may_change(self) -> bool:
        """Whether the role may change anything."""
        return self is not AccountRole.READER


@dataclass(frozen=True, slots=True)
class Account:
    """One account; its password is nobody's to read.

    Attributes:
        id: The store's identifier.
        name: The name signed in with, as the audit trail and paper print it.
        role: What it may do.
        must_change: Whether a head set the password, so that its owner chooses another.
        is_active: Whether it may sign in.
        failures: Wrong passwords in a row.
        locked_until: Until when no password is heard, None mostly.
    """

    id: str
    name: str
    role: AccountRole
    must_change: bool
    is_active: bool
    failures: int
    locked_until: datetime | None
