"""Sheets that came back, stamp pictures and their uses: read and added, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import exists, insert, select

from desktop.store.codes import known_moment
from desktop.store.errors import NotStoredError
from desktop.store.reading import Reading
from desktop.store.reading_outcomes import OutcomesReading
from desktop.store.tables import issued_document, scanned_sheet, stamp_act, stamp_picture
from desktop.store.writing import Writing


@dataclass(frozen=True, slots=True)
class ScannedSheet:
    """A page of a kept file that shows an issued document with its seals.

    Attributes:
        number: Of the document.
        digest, page, file_name: Which page of which kept file, from 1.
        actor, at: Who attached it and when.
    """

    number: str
    digest: str
    page: int
    file_name: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SealedStamp:
    """A stamp picture as it is kept: encrypted.

    Attributes:
        id: Identifies it.
        owner: The person whose stamp it is.
        title: Its name, such as 課員周雅雯.
        sealed, salt, nonce: Ciphertext and what its key is derived with.
        derivation: Method and cost of the derivation, as text.
        at: When it was put in.
        is_withdrawn: Whether it may no longer be used.
    """

    id: str
    owner: str
    title: str
    sealed: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    derivation: str
    at: datetime
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class StampUse:
    """One use of a stamp picture on one document, and why, where its owner was not at work."""

    stamp_id: str
    number: str
    box: str
    reason: str
    actor: str
    at: datetime


class PapersReading(Reading):
    """What came back, and who stamped what."""

    def scanned_sheets(self, plan_id: str) -> tuple[ScannedSheet, ...]:
        """Every sheet attached to a document of a plan, the first one first."""
        query = (
            select(scanned_sheet, issued_document.c.number)
            .join(issued_document, issued_document.c.id == scanned_sheet.c.document)
            .where(issued_document.c.plan_id == plan_id)
            .order_by(scanned_sheet.c.seq)
        )
        return tuple(
            ScannedSheet(
                row.number, row.digest, row.page, row.file_name, row.actor, known_moment(row.at)
            )
            for row in self._connection.execute(query)
        )

    def stamp_pictures(self) -> tuple[SealedStamp, ...]:
        """Every stamp picture, withdrawn ones among them, the first one first."""
        withdrawn = exists().where(
            stamp_act.c.stamp == stamp_picture.c.id, stamp_act.c.what == "withdraw"
        )
        query = select(stamp_picture, withdrawn.label("is_withdrawn")).order_by(stamp_picture.c.seq)
        return tuple(
            SealedStamp(
                id=row.id,
                owner=row.owner,
                title=row.title,
                sealed=bytes(row.sealed),
                salt=bytes(row.salt),
                nonce=bytes(row.nonce),
                derivation=row.derivation,
                at=known_moment(row.at),
                is_withdrawn=bool(row.is_withdrawn),
            )
            for row in self._connection.execute(query)
        )

    def stamp_uses(self) -> tuple[StampUse, ...]:
        """Every use of every stamp picture, the first one first."""
        query = (
            select(stamp_act, issued_document.c.number)
            .join(issued_document, issued_document.c.id == stamp_act.c.document)
            .order_by(stamp_act.c.seq)
        )
        return tuple(
            StampUse(row.stamp, row.number, row.box, row.reason, row.actor, known_moment(row.at))
            for row in self._connection.execute(query)
        )


class PapersWriting(Writing, OutcomesReading, PapersReading):
    """Takes in what came back, stamp pictures and their uses."""

    def attach_sheet(self, number: str, *, digest: str, page: int, file_name: str) -> bool:
        """Attach a page of a kept file to a document; False when it was attached before.

        Args:
            number: Of the document.
            digest: Of the kept file (``keep_file``).
            page: From 1.
            file_name: As it was handed in.

        Raises:
            NotStoredError: When no document has that number.
        """
        document = self.document(number).id
        known = self._connection.execute(
            select(scanned_sheet.c.id).where(
                scanned_sheet.c.document == document,
                scanned_sheet.c.digest == digest,
                scanned_sheet.c.page == page,
            )
        ).first()
        if known is not None:
            return False
        self._connection.execute(
            insert(scanned_sheet).values(
                id=self._identifier(),
                seq=self._next_seq(scanned_sheet),
                document=document,
                digest=digest,
                page=page,
                file_name=file_name,
                actor=self._actor,
                at=self._now_text,
            )
        )
        self._touch(scanned_sheet)
        return True

    def add_stamp_picture(
        self, *, owner: str, title: str, sealed: bytes, salt: bytes, nonce: bytes, derivation: str
    ) -> str:
        """Keep an encrypted stamp picture and return its identifier.

        Args:
            owner: The person whose stamp it is.
            title: Its name.
            sealed: Ciphertext.
            salt: Of the key's derivation.
            nonce: Of the encryption.
            derivation: Method and cost, as text.
        """
        made = self._identifier()
        self._connection.execute(
            insert(stamp_picture).values(
                id=made,
                seq=self._next_seq(stamp_picture),
                owner=owner,
                title=title,
                sealed=sealed,
                salt=salt,
                nonce=nonce,
                derivation=derivation,
                actor=self._actor,
                at=self._now_text,
            )
        )
        self._touch(stamp_picture)
        return made

    def log_stamp_use(self, stamp_id: str, number: str, *, box: str, reason: str) -> None:
        """Record that a stamp picture was placed on a document.

        Raises:
            NotStoredError: When there is no such stamp or document.
        """
        self._stamp_act(stamp_id, self.document(number).id, "use", box, reason)

    def withdraw_stamp(self, stamp_id: str, *, reason: str) -> None:
        """Record that a stamp picture may no longer be used; uses so far stay.

        Raises:
            NotStoredError: When there is no such stamp.
        """
        self._stamp_act(stamp_id, None, "withdraw", "", reason)

    def _stamp_act(
        self, stamp_id: str, document: str | None, what: str, box: str, reason: str
    ) -> None:
        known = self._connection.execute(
            select(stamp_picture.c.id).where(stamp_picture.c.id == stamp_id)
        ).first()
        if known is None:
            raise NotStoredError("找不到這個職名章，可能資料已經還原過；請重新選擇。")
        self._connection.execute(
            insert(stamp_act).values(
                id=self._identifier(),
                seq=self._next_seq(stamp_act),
                stamp=stamp_id,
                document=document,
                what=what,
                box=box,
                reason=reason,
                actor=self._actor,
                at=self._now_text,
            )
        )
        self._touch(stamp_act)
