"""What stands in the way of taking an import back: a list of finders, each a few lines.

What went out of the house, or was granted or used on an import's facts, has to keep them. A new
kind of such a thing adds its finder to ``FINDERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    exists,
    literal,
    select,
    union,
)

from desktop.domain.evidence import EvidenceKind
from desktop.store.errors import NotStoredError
from desktop.store.ledger_hindrances import grants_since, uses_from
from desktop.store.reading import Reading
from desktop.store.tables import (
    REFERENCE_TABLES,
    attendance_entry,
    batch,
    batch_file,
    calendar_year,
    issued_document,
    known_row,
    learning_row,
    ledger_entry,
    roster_revision,
)
from desktop.store.writing_facts import known_key


@dataclass(frozen=True, slots=True)
class AskedImport:
    """An import that is to be taken back.

    Attributes:
        connection: In a transaction.
        id: The import.
        title: As a clerk knows it.
        created_at: ISO text of its time.
        concerns_everybody: Whether it brought a roster, a calendar or settings.
    """

    connection: Connection
    id: str
    title: str
    created_at: str
    concerns_everybody: bool

    @property
    def files(self) -> Select[tuple[str]]:
        """Its files."""
        return files_of(self.id)

    def concerns(self, employee_id: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether a person is one whose facts it brought."""
        return employee_id.in_(_people(self.id)) | literal(self.concerns_everybody)


HindranceFinder = Callable[[AskedImport], Iterator[str]]
"""Gives a sentence for each thing in the way: what it is, and what to do."""


def files_of(batch_id: str) -> Select[tuple[str]]:
    """The files of an import."""
    return select(batch_file.c.id).where(batch_file.c.batch == batch_id)


def _people(batch_id: str) -> CompoundSelect[tuple[str]]:
    tables = (learning_row, *REFERENCE_TABLES)
    return union(
        *(
            select(table.c.employee_id).where(
                table.c.batch_file.in_(files_of(batch_id)), table.c.employee_id.is_not(None)
            )
            for table in tables
        )
    )


def printed_documents(asked: AskedImport) -> Iterator[str]:
    """Papers in force that were printed since for people of the import, or for everybody."""
    concerned = asked.connection.execute(
        select(issued_document.c.number)
        .where(
            issued_document.c.issued_at >= asked.created_at,
            issued_document.c.id.not_in(
                select(issued_document.c.cancels).where(issued_document.c.cancels.is_not(None))
            ),
            issued_document.c.employee_id.is_(None) | asked.concerns(issued_document.c.employee_id),
        )
        .order_by(issued_document.c.seq)
    ).scalars()
    numbers = list(concerned)
    if numbers:
        more = f"等 {len(numbers)} 份文件" if len(numbers) > 1 else ""
        yield (
            f"「{asked.title}」不能復原：之後已印出 {numbers[0]}{more}，其依據必須保留，"
            "資料沒有更動；請改以新的匯入更正。"
        )


def granted_leave(asked: AskedImport) -> Iterator[str]:
    """Leave granted since to people of the import."""
    people = grants_since(
        asked.connection, asked.created_at, asked.concerns(ledger_entry.c.employee_id)
    )
    if people:
        yield (
            f"「{asked.title}」不能復原：之後已核給 {people[0]}{_others(people)}補休，"
            "其依據必須保留，資料沒有更動；請先在補休帳沖銷核給，或改以新的匯入更正。"
        )


def recorded_uses(asked: AskedImport) -> Iterator[str]:
    """Uses of leave that were recorded from the import's own rows of attendance."""
    sources = asked.connection.execute(
        select(attendance_entry.c.natural_key).where(
            attendance_entry.c.batch_file.in_(asked.files), attendance_entry.c.is_live
        )
    ).scalars()
    people = uses_from(asked.connection, tuple(sources))
    if people:
        yield (
            f"「{asked.title}」不能復原：補休帳已依它登記 {people[0]}{_others(people)}的使用，"
            "資料沒有更動；請先在補休帳沖銷這些使用。"
        )


def later_imports(asked: AskedImport) -> Iterator[str]:
    """Later imports that hold the same rows and did not store them again."""
    own_keys = set(
        asked.connection.execute(
            select(learning_row.c.row_key).where(learning_row.c.batch_file.in_(asked.files))
        ).scalars()
    )
    for table in REFERENCE_TABLES:
        keys = asked.connection.execute(
            select(table.c.natural_key).where(table.c.batch_file.in_(asked.files), table.c.is_live)
        ).scalars()
        own_keys.update(known_key(table, key) for key in keys)
    relying = asked.connection.execute(
        select(batch.c.id, batch.c.title, known_row.c.row_key)
        .join(batch_file, batch_file.c.id == known_row.c.batch_file)
        .join(batch, batch.c.id == batch_file.c.batch)
        .where(batch.c.taken_back_at.is_(None), batch.c.id != asked.id)
        .order_by(batch.c.seq.desc())
    )
    for _, later_title in dict.fromkeys(
        (batch_id, title) for batch_id, title, key in relying if key in own_keys
    ):
        yield (
            f"「{asked.title}」不能復原：之後的「{later_title}」有相同的資料列，當時未重複存入；"
            f"請先復原「{later_title}」。"
        )


FINDERS: Sequence[HindranceFinder] = (
    printed_documents,
    granted_leave,
    recorded_uses,
    later_imports,
)
"""In the order in which the clerk is told."""


def _others(people: Sequence[str]) -> str:
    return f"等 {len(people)} 人" if len(people) > 1 else ""


class HindranceReading(Reading):
    """Says beforehand why an import cannot be taken back."""

    def take_back_hindrances(self, batch_id: str) -> tuple[str, ...]:
        """Everything that stands in the way of taking an import back; none when it may be.

        Args:
            batch_id: The import.

        Raises:
            NotStoredError: When there is no such import.
        """
        row = self._connection.execute(select(batch).where(batch.c.id == batch_id)).first()
        if row is None:
            raise NotStoredError("找不到這一批匯入，可能資料已經還原過；請重新整理清單。")
        if row.taken_back_at is not None:
            return (f"「{row.title}」已經復原過，不能再復原一次。",)
        asked = AskedImport(
            self._connection, batch_id, row.title, row.created_at, self._concerns_all(batch_id)
        )
        return tuple(sentence for find in FINDERS for sentence in find(asked))

    def _concerns_all(self, batch_id: str) -> bool:
        files = files_of(batch_id)
        settings = (
            (batch_file.c.batch == batch_id)
            & (batch_file.c.kind == EvidenceKind.AGENCY_SETTINGS.value)
            & (batch_file.c.rows_stored > 0)
        )
        return bool(
            self._connection.execute(
                select(
                    exists().where(roster_revision.c.batch_file.in_(files))
                    | exists().where(calendar_year.c.batch_file.in_(files))
                    | exists().where(settings)
                )
            ).scalar()
        )
