"""The leave ledger: what was granted, used, moved and reversed, each a line of its own.

A line is never changed and never taken out; a mistake is put right by a ``Reversal``. A line drawn
from a grant names it, so that each used hour points at the grant it was taken from; a use out of
two grants is two lines of one ``bundle``. Balances are not part of it: they follow from the dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What a line is."""

    GRANT = "grant"  # 核給
    TRANSFER_IN = "transfer_in"  # 轉入
    USE = "use"  # 使用
    SETTLEMENT = "settlement"  # 抵充: hours of a grant that an advance use had taken before
    TRANSFER_OUT = "transfer_out"  # 轉出
    ADVANCE_USE = "advance_use"  # 先行補休
    REVERSAL = "reversal"  # 沖銷

    @property
    def word(self) -> str:
        """Its name on screen and paper."""
        return _WORDS[self.value]


_WORDS = {
    "grant": "核給",
    "transfer_in": "轉入",
    "use": "使用",
    "settlement": "抵充",
    "transfer_out": "轉出",
    "advance_use": "先行補休",
    "reversal": "沖銷",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What every line holds.

    Attributes:
        employee_id: Whose leave it is.
        day: From which day on the line counts.
        hours: Whole hours, more than none.
        document_number: 文號, number of the application or of the leave slip; may be empty.
        reason: In words; of a reversal never empty.
        bundle: The same for lines that one act made together; set by the store.
        id: The store's identifier; empty before it is stored.
        seq: Its place among all lines; 0 before it is stored.
        recorded_at, recorded_by: When and by whom; set by the store.
    """

    employee_id: str
    day: date
    hours: int
    document_number: str = ""
    reason: str = ""
    bundle: str = ""
    id: str = ""
    seq: int = 0
    recorded_at: datetime = datetime.min
    recorded_by: str = ""

    @property
    def kind(self) -> EntryKind:
        """What the line is."""
        return _KINDS[type(self)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveGrant(LedgerEntry):
    """Hours granted, with the days between which they may be used.

    Attributes:
        title: What they were granted for, in words (``114 年度／政策能力訓練``).
        first_day: 起算日.
        expires: The last day of use; None without a limit.
        plan_id, set_id: Under which plan and set; empty where another office's plan granted them.
        completed_on: The day what they were granted for was complete; None where unknown.
        clause: Where the plan grants them.
    """

    title: str
    first_day: date
    expires: date | None
    plan_id: str = ""
    set_id: str = ""
    completed_on: date | None = None
    clause: str = ""

    def has_expired_on(self, day: date) -> bool:
        """Whether the last day of use lies before ``day``."""
        return self.expires is not None and self.expires < day

    @property
    def usable_from(self) -> date:
        """The first day on which an hour may be used: granted, and its time begun."""
        return max(self.day, self.first_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferIn(LeaveGrant):
    """What a person brought along; the days between which it may be used stay what they were.

    Attributes:
        other_agency: Where the person came from.
        used_elsewhere: Hours of the same right that were used there; they count for the cap.
    """

    other_agency: str
    used_elsewhere: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(LedgerEntry):
    """Hours used.

    Attributes:
        grant: The grant they are taken from.
        start, end: From when until when; None where nobody said.
        source: The row of the attendance system it was recorded from; empty when by hand.
    """

    grant: str
    start: datetime | None = None
    end: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceUse(LedgerEntry):
    """Hours used before they were granted, where the plan allows it (103: 填表注意事項 5).

    Attributes:
        plan_id: The plan that is to grant them.
        consented_by: The head of the unit who agreed; ``consented_on`` when.
        evidence_due: The day by which the evidence is owed.
        clause: Where the plan allows it.
        start, end: From when until when; None where nobody said.
    """

    plan_id: str
    consented_by: str
    consented_on: date
    evidence_due: date
    clause: str = ""
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(LedgerEntry):
    """Hours of a grant that pay for an advance use.

    Attributes:
        grant: The grant.
        advance: The advance use.
    """

    grant: str
    advance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOut(LedgerEntry):
    """Hours that a person takes along to another office.

    Attributes:
        grant: The grant they are left of.
        other_agency: Where the person goes.
    """

    grant: str
    other_agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal(LedgerEntry):
    """Takes another line back, whole.

    Attributes:
        reverses: That line.
    """

    reverses: str


Draw = Use | Settlement | TransferOut
"""A line that takes hours from a grant."""

Entry = LeaveGrant | TransferIn | Use | Settlement | TransferOut | AdvanceUse | Reversal

_KINDS: dict[type[LedgerEntry], EntryKind] = {
    LeaveGrant: EntryKind.GRANT,
    TransferIn: EntryKind.TRANSFER_IN,
    Use: EntryKind.USE,
    Settlement: EntryKind.SETTLEMENT,
    TransferOut: EntryKind.TRANSFER_OUT,
    AdvanceUse: EntryKind.ADVANCE_USE,
    Reversal: EntryKind.REVERSAL,
}
