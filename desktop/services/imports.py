"""匯入紀錄: what came in, batch by batch, and what stands in the way of taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.services.office import Office
from desktop.store.values import BatchFile, BatchSummary


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file of an import.

    Attributes:
        name: Within the batch.
        kind_words: What it was recognised as.
        rows_in, rows_stored, rows_known, rows_refused: Counts.
        remarks: Sentences that were worth showing.
    """

    name: str
    kind_words: str
    rows_in: int
    rows_stored: int
    rows_known: int
    rows_refused: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One import as a list shows it.

    Attributes:
        id: For taking it back.
        at: When.
        actor: Who.
        title: What, by its first file.
        files: How many files.
        rows_in, rows_stored, rows_refused: Counts over all files.
        taken_back_at: When it was taken back; None while it counts.
    """

    id: str
    at: datetime
    actor: str
    title: str
    files: int
    rows_in: int
    rows_stored: int
    rows_refused: int
    taken_back_at: datetime | None

    @property
    def counts(self) -> bool:
        """Whether it was not taken back."""
        return self.taken_back_at is None


@dataclass(frozen=True, slots=True)
class ImportDetail:
    """One import's files, and why it cannot be taken back.

    Attributes:
        files: In the order they were taken.
        hindrances: A sentence for each thing in the way; none when it may be taken back.
    """

    files: tuple[ImportedFile, ...]
    hindrances: tuple[str, ...]


def imports(office: Office) -> tuple[ImportEntry, ...]:
    """Every import, the latest first, those taken back among them.

    Args:
        office: The open office.
    """
    with office.store.reading() as reader:
        return tuple(_entry(batch) for batch in reader.batches())


def import_detail(office: Office, batch_id: str) -> ImportDetail:
    """The files of an import and what stands in the way of taking it back.

    Args:
        office: The open office.
        batch_id: The import.

    Raises:
        NotStoredError: When there is no such import.
    """
    with office.store.reading() as reader:
        hindrances: Sequence[str] = reader.take_back_hindrances(batch_id)
        return ImportDetail(
            tuple(_file(file) for file in reader.batch_files(batch_id)), tuple(hindrances)
        )


def _entry(batch: BatchSummary) -> ImportEntry:
    return ImportEntry(
        id=batch.id,
        at=batch.created_at,
        actor=batch.actor,
        title=batch.title,
        files=batch.files,
        rows_in=batch.rows_in,
        rows_stored=batch.rows_stored,
        rows_refused=batch.rows_refused,
        taken_back_at=batch.taken_back_at,
    )


def _file(file: BatchFile) -> ImportedFile:
    return ImportedFile(
        name=file.name,
        kind_words=file.kind.words if file.kind is not None else "認不得",
        rows_in=file.rows_in,
        rows_stored=file.rows_stored,
        rows_known=file.rows_known,
        rows_refused=file.rows_refused,
        remarks=file.remarks,
    )
