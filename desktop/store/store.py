"""The store: opening, reading, writing, backing up and checking."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, insert, update

from desktop.store import audit, backup, verifying
from desktop.store.engine import BUSY_SECONDS, open_engine, pragma, set_journal, wipe
from desktop.store.errors import ReadOnlyError, StoreBusyError, StoreFaultError, faults_explained
from desktop.store.format import FORMAT_NUMBER, check_readable, needs_migration
from desktop.store.identifiers import time_ordered_id
from desktop.store.locks import locked
from desktop.store.network import is_on_network
from desktop.store.reader import Reader
from desktop.store.rereading import FORMAT_WITH_SHOWN_FACTS, Reread, read_again
from desktop.store.tables import store_info
from desktop.store.values import BackupInfo
from desktop.store.writer import Writer
from desktop.store.writing import NewId


class Store:
    """One office's data in one file.

    Several threads may read and write; writers wait for each other. A writing block inside
    another one of the same thread is a fault of the program, and inside a reading block it is
    one too: with a rollback journal it would wait for itself.

    Attributes:
        path: The file.
        is_network: Whether it lies on a network drive, and so works with a rollback journal.
    """

    def __init__(
        self,
        path: Path,
        engine: Engine,
        *,
        actor: str,
        clock: Callable[[], datetime],
        backups: Path,
        is_network: bool,
        new_id: NewId,
        busy_seconds: float,
    ) -> None:
        """Hold an opened file; use ``Store.open``."""
        self.path = path
        self.is_network = is_network
        self._engine = engine
        self._actor = actor
        self._clock = clock
        self._backups = backups
        self._new_id = new_id
        self._busy_seconds = busy_seconds
        self._write_lock = threading.Lock()
        self._busy_threads: set[int] = set()
        self._may_write = True

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        actor: str,
        clock: Callable[[], datetime],
        backups: Path | None = None,
        on_network: Callable[[Path], bool] = is_on_network,
        new_id: NewId = time_ordered_id,
        busy_seconds: float = BUSY_SECONDS,
        reread: Reread | None = None,
    ) -> Store:
        """Open a store, making it when there is none and migrating it, after a backup, when old.

        Args:
            path: The file; its folder is made when missing.
            actor: The clerk's name, on everything that is written.
            clock: Tells the local time of Taiwan.
            backups: Folder of the backups; ``備份`` beside the file when None.
            on_network: Whether a path lies on a network drive.
            new_id: Makes identifiers from the act's time.
            busy_seconds: How long to wait for another program's writing.
            reread: Tells what rows show that a store before format 4 holds only as read; it stays
                unknown without.

        Raises:
            StoreNewerError: When a newer program wrote the file.
            StoreUnreadableError: When it is damaged or something else.
            StoreError: When the environment fails.
        """
        if not actor.strip():
            raise ValueError("the actor has no name")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFaultError(
                f"無法建立資料夾「{path.parent}」；請確認磁碟機已連線且有寫入權限。"
            ) from error
        is_network = on_network(path)
        is_there = check_readable(path)
        with faults_explained(path):
            set_journal(path, is_network=is_network, busy_seconds=busy_seconds)
        store = cls(
            path,
            open_engine(path, busy_seconds=busy_seconds),
            actor=actor,
            clock=clock,
            backups=backups if backups is not None else path.parent / "備份",
            is_network=is_network,
            new_id=new_id,
            busy_seconds=busy_seconds,
        )
        try:
            store._bring_up_to_date(is_there=is_there, reread=reread)
        except BaseException:
            store.close()
            raise
        return store

    def _bring_up_to_date(self, *, is_there: bool, reread: Reread | None) -> None:
        with faults_explained(self.path):
            with self._engine.connect() as connection:
                if not needs_migration(connection):
                    return
            # Only now: loading Alembic takes a fifth of a second, on most days for nothing.
            from desktop.store.migrating import migrate

            if is_there:
                self.backup("升級前")
            with (
                self._exclusive(),
                self._engine.connect().execution_options(is_writing=True) as connection,
                connection.begin(),
            ):
                # Another program may have done it while this one waited for the lock.
                if not needs_migration(connection):
                    return
                former = int(pragma(connection, "user_version"))
                migrate(connection)
                now = self._clock()
                if is_there:
                    if former < FORMAT_WITH_SHOWN_FACTS and reread is not None:
                        read_again(connection, reread)
                    connection.execute(update(store_info).values(format_number=FORMAT_NUMBER))
                else:
                    connection.execute(
                        insert(store_info).values(
                            id=1,
                            store_id=self._new_id(now),
                            format_number=FORMAT_NUMBER,
                            created_at=now.isoformat(),
                            audit_seq=0,
                            audit_hash=audit.FIRST_HASH,
                        )
                    )
                audit.append(
                    connection,
                    at=now,
                    actor=self._actor,
                    act="升級資料檔" if is_there else "建立資料檔",
                    subject="",
                    detail={"format": FORMAT_NUMBER},
                )

    def work_as(self, actor: str, *, may_write: bool) -> None:
        """Say who is at work from now on.

        Args:
            actor: The clerk's name, on everything that is written.
            may_write: Whether anything may be written at all.
        """
        if not actor.strip():
            raise ValueError("the actor has no name")
        self._actor, self._may_write = actor, may_write

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A consistent snapshot for the block, whatever is written meanwhile.

        Raises:
            StoreError: When the environment fails.
        """
        with (
            faults_explained(self.path),
            self._engine.connect() as connection,
            connection.begin(),
        ):
            # A snapshot begins at the first look, not at BEGIN.
            connection.exec_driver_sql("SELECT 1 FROM store_info").all()
            with self._marked():
                yield Reader(connection)

    @contextmanager
    def writing(self, act: str) -> Iterator[Writer]:
        """One transaction for the block: whole when it ends, not at all when it raises.

        An act that changed something leaves one audit entry with the numbers of rows.

        Args:
            act: What the clerk does, in a few Chinese words, for the audit trail.

        Raises:
            ReadOnlyError: When who is at work may only look.
            StoreBusyError: When another program writes for too long.
            StoreError: When the environment fails.
            RuntimeError: Inside another block of the same thread.
            ValueError: When a document number was handed out and not used.
        """
        if not self._may_write:
            raise ReadOnlyError(act)
        if threading.get_ident() in self._busy_threads:
            raise RuntimeError("writing inside a reading or writing block of the same thread")
        with (
            faults_explained(self.path),
            self._exclusive(),
            self._engine.connect().execution_options(is_writing=True) as connection,
            connection.begin(),
        ):
            now = self._clock()
            writer = Writer(connection, actor=self._actor, now=now, new_id=self._new_id)
            with self._marked():
                yield writer
            if writer.open_numbers:
                raise ValueError(f"numbers without a document: {sorted(writer.open_numbers)}")
            if writer.touched:
                audit.append(
                    connection,
                    at=now,
                    actor=self._actor,
                    act=act,
                    subject=writer.subject,
                    detail={**writer.detail, "rows": writer.touched},
                )

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        with ExitStack() as stack:
            stack.enter_context(self._write_lock)
            if self.is_network:
                lock = self.path.with_name(self.path.name + ".lock")
                stack.enter_context(locked(lock, wait_seconds=self._busy_seconds))
            yield

    @contextmanager
    def _marked(self) -> Iterator[None]:
        thread = threading.get_ident()
        is_outermost = thread not in self._busy_threads
        self._busy_threads.add(thread)
        try:
            yield
        finally:
            if is_outermost:
                self._busy_threads.discard(thread)

    def backup(self, reason: str) -> Path:
        """Make a checked backup and return where it lies.

        Args:
            reason: Why, in a word or two (``匯入前``).

        Raises:
            BackupFailedError: When it could not be made; nothing was changed.
        """
        return backup.make_backup(self.path, folder=self._backups, reason=reason, now=self._clock())

    @property
    def backup_folder(self) -> Path:
        """Where backups are put."""
        return self._backups

    def backups(self) -> tuple[BackupInfo, ...]:
        """The backups on disk, the latest first."""
        return backup.list_backups(self._backups)

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the store, in Chinese sentences; empty when it is sound.

        Raises:
            StoreError: When it cannot even be read.
        """
        with faults_explained(self.path), self._engine.connect() as connection, connection.begin():
            return tuple(verifying.findings(connection))

    def check_chain(self) -> tuple[str, ...]:
        """What is wrong with the trail, the ledger and what was deleted; empty when whole.

        Names the first bad entry of the trail and the first bad line of the ledger.

        Raises:
            StoreError: When it cannot even be read.
        """
        with faults_explained(self.path), self._engine.connect() as connection, connection.begin():
            return tuple(verifying.chain_findings(connection))

    def wipe_deleted(self) -> bool:
        """Write the file anew without the bytes of deleted rows, its log included.

        Returns:
            Whether it could be done; not while another program has the store open.

        Raises:
            RuntimeError: Inside a reading or writing block of the same thread.
            StoreError: When the environment fails otherwise.
        """
        if threading.get_ident() in self._busy_threads:
            raise RuntimeError("wiping inside a reading or writing block of the same thread")
        # Our own idle connections would hold the log.
        self._engine.dispose()
        try:
            with faults_explained(self.path), self._exclusive():
                return wipe(self.path, busy_seconds=self._busy_seconds)
        except StoreBusyError:
            return False

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
