"""The only place that knows tables: schema, migrations, unit of work, audit and backup."""

from desktop.store.backup import describe_backup, restore_backup
from desktop.store.errors import (
    BackupFailedError,
    NotStoredError,
    ReadOnlyError,
    StoreBusyError,
    StoreError,
    StoreFaultError,
    StoreNewerError,
    StoreUnreadableError,
    TakeBackRefusedError,
)
from desktop.store.reader import Reader
from desktop.store.store import Store
from desktop.store.writer import Writer

__all__ = [
    "BackupFailedError",
    "NotStoredError",
    "ReadOnlyError",
    "Reader",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreFaultError",
    "StoreNewerError",
    "StoreUnreadableError",
    "TakeBackRefusedError",
    "Writer",
    "describe_backup",
    "restore_backup",
]
