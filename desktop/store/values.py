"""What the store hands out beside the values of the trade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.domain.evidence import EvidenceKind, LearningRow, RefusalReason
from desktop.domain.verdicts import Decision, DecisionKind
from desktop.domain.yearly_hours import StatedHours


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A learning row of a live import whose person is known.

    Attributes:
        id: The store's identifier.
        batch_id, file_id: The import and the file in it.
        employee_id: Whose row it is, as recognised or assigned.
        row: The row as it was read, with what a clerk said of its doubtful readings.
    """

    id: str
    batch_id: str
    file_id: str
    employee_id: str
    row: LearningRow


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row of a live import that was read with doubt, exactly as it was read.

    Attributes:
        employee_id: Whose it is, None while nobody knows.
        row: The row.
    """

    employee_id: str | None
    row: LearningRow


@dataclass(frozen=True, slots=True)
class StoredStatedHours:
    """The summary block of a portal page of a live import, with its person."""

    employee_id: str
    stated: StatedHours


ShownPerson = tuple[str | None, str | None]
"""人員代號 and 姓名 as a row or page shows them, None for what it does not show."""


@dataclass(frozen=True, slots=True)
class PendingFile:
    """Rows of one file that wait for the clerk to say whose they are.

    A file that names several unknown people stands here once for each of them.

    Attributes:
        file_id, batch_id: The file and its import.
        name: The file's name within the batch.
        digest: SHA-256 of its bytes.
        problem: PERSON_UNKNOWN or PERSON_AMBIGUOUS.
        shown_employee_id: 人員代號 as the rows show it, None when they show none.
        person_name: The name as the rows show it, None when they show none.
        rows: How many rows wait; 0 where a portal page's summary block waits alone.
    """

    file_id: str
    batch_id: str
    name: str
    digest: str
    problem: RefusalReason
    shown_employee_id: str | None
    person_name: str | None
    rows: int

    @property
    def shown(self) -> ShownPerson:
        """What tells these rows from the file's others."""
        return self.shown_employee_id, self.person_name


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """One import with its counts; ``taken_back_at`` is None while it counts."""

    id: str
    created_at: datetime
    actor: str
    title: str
    taken_back_at: datetime | None
    files: int
    rows_in: int
    rows_stored: int
    rows_known: int
    rows_refused: int


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file of an import: rows in = stored + known + refused.

    Attributes:
        kind: None when the file was refused before it was recognised.
        remarks: Sentences for the clerk though nothing was refused.
    """

    id: str
    batch_id: str
    digest: str
    name: str
    kind: EvidenceKind | None
    rows_in: int
    rows_stored: int
    rows_known: int
    rows_refused: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """One version of an imported plan, as the text it was read from."""

    plan_id: str
    version: str
    toml_text: str
    stored_at: datetime

    @property
    def is_withdrawn(self) -> bool:
        """Whether this version only says that the plan is out of force."""
        return not self.toml_text


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A plan somebody is still writing, as TOML text, with the plan it began as a copy of."""

    plan_id: str
    toml_text: str
    based_on: str
    saved_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """A person's verdict to be stored with what it was made on.

    Attributes:
        employee_id: Whose verdict it is.
        plan_version, calendar_version, agency_version: Versions of the rules and settings used.
        facts_digest: Digest of the person's facts.
        content: What was decided, ready for JSON.
    """

    employee_id: str
    plan_version: str
    calendar_version: str
    agency_version: str
    facts_digest: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    """A verdict as it was stored; see ``NewVerdict``."""

    id: str
    plan_id: str
    employee_id: str
    plan_version: str
    calendar_version: str
    agency_version: str
    facts_digest: str
    evaluated_at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """One line of a record's history: a decision, or the reversal of one.

    Attributes:
        kind: None for a reversal.
        reverses: The decision that a reversal takes back.
    """

    id: str
    record_key: str
    kind: DecisionKind | None
    reason: str
    decided_by: str
    decided_at: datetime
    fingerprint: str
    reverses: str | None

    @property
    def is_reversal(self) -> bool:
        """Whether the line takes back another one."""
        return self.reverses is not None

    def as_decision(self) -> Decision:
        """The line as a decision of the trade.

        Raises:
            ValueError: For a reversal, which decides nothing.
        """
        if self.kind is None:
            raise ValueError(f"{self.id} is a reversal")
        return Decision(
            id=self.id,
            record_key=self.record_key,
            kind=self.kind,
            reason=self.reason,
            decided_by=self.decided_by,
            decided_at=self.decided_at,
            fingerprint=self.fingerprint,
        )


class PrintAct(StrEnum):
    """What was done with an issued document."""

    PRINT = "print"
    SAVE = "save"
    REPRINT = "reprint"


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A frozen document that got a number; its content is asked for by number.

    Attributes:
        kind: One letter (paper.md: A application, R commendation list, …).
        employee_id, set_id: None for lists.
        content_digest: Digest of the content it was made from.
        cancels: Number of the document that this one cancels.
        cancelled_by: Number of the document that cancelled this one.
        prints: How often it was printed or saved.
    """

    id: str
    number: str
    plan_id: str
    roc_year: int
    serial: int
    kind: str
    employee_id: str | None
    set_id: str | None
    content_digest: str
    issued_at: datetime
    actor: str
    cancels: str | None
    cancelled_by: str | None
    prints: int

    @property
    def is_cancelled(self) -> bool:
        """Whether another document took its place."""
        return self.cancelled_by is not None


@dataclass(frozen=True, slots=True)
class PrintEntry:
    """One print, save or reprint of a document."""

    number: str
    at: datetime
    actor: str
    what: PrintAct


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the audit chain; ``hash`` covers every field and the hash before."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    detail: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A named step that can be undone, with what its service needs to do so."""

    token: str
    act: str
    inverse: Mapping[str, Any]
    actor: str
    done_at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup on disk."""

    path: Path
    made_at: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup holds.

    Attributes:
        path: The file.
        people: In the roster.
        imports: Batches that count.
        papers: Printed papers.
        last_act: The latest act in its trail, in words; empty before any.
        last_at: When that was done.
    """

    path: Path
    people: int
    imports: int
    papers: int
    last_act: str
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoreHead:
    """Which store it is and how far its audit trail goes: every change moves it on.

    Attributes:
        store_id: The store's own name.
        seq: The number of the trail's last entry.
        hash: That entry's hash, which stands on all before it.
    """

    store_id: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much of everything counts now (imports taken back left out)."""

    people: int
    learning_rows: int
    pending_files: int
    pending_rows: int
    attendance_entries: int
    shifts: int
    punches: int
    receipts: int
    batches: int
    documents: int
