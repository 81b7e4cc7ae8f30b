"""What an act changed: pages learn of changes from this, never from each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Area(StrEnum):
    """Parts of the store that a page may show."""

    EVIDENCE = "evidence"
    ROSTER = "roster"
    ATTENDANCE = "attendance"
    CALENDAR = "calendar"
    AGENCY = "agency"
    PLANS = "plans"
    VERDICTS = "verdicts"
    DECISIONS = "decisions"
    DOCUMENTS = "documents"
    CASES = "cases"
    TEMPLATES = "templates"
    ACCOUNTS = "accounts"
    LEDGER = "ledger"
    BACKUPS = "backups"
    PROFILES = "profiles"
    PROGRAMMES = "programmes"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The outcome of one act of the clerk.

    Attributes:
        act: The act in a few Chinese words, as 復原 will name it (``匯入 57 個檔案``).
        areas: What a page must read again.
        employee_ids: The people concerned; empty means anybody.
        undo_token: What to hand to the undo service, None when the act cannot be undone.
    """

    act: str
    areas: frozenset[Area]
    employee_ids: frozenset[str] = frozenset()
    undo_token: str | None = None

    @property
    def changed_anything(self) -> bool:
        """Whether any page needs to read again."""
        return bool(self.areas)
