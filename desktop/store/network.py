"""Whether a folder lies on a network drive, where SQLite's WAL must not be used.

The write-ahead log needs memory that two machines cannot share; there the store falls back to a
rollback journal and a lock file (https://sqlite.org/wal.html, "Disadvantages").
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path, PurePath, PureWindowsPath

_DRIVE_REMOTE = 4  # GetDriveTypeW, winbase.h
_MOUNTS = Path("/proc/mounts")
NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.sshfs",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    }
)


def is_on_network(path: Path) -> bool:
    """Whether ``path`` lies on a network drive of this machine; it need not exist yet."""
    if sys.platform == "win32":
        full = path.absolute()
        return is_unc(full) or _is_mapped_drive(full)
    else:
        return is_unc(path) or _is_network_mount(path)


def is_unc(path: PurePath) -> bool:
    r"""Whether the path is written as ``\\server\share\…``.

    The long forms ``\\?\C:\…`` and ``\\.\…`` name this machine, ``\\?\UNC\…`` does not.
    """
    drive = PureWindowsPath(str(path)).drive.replace("/", "\\")
    if drive.lower().startswith("\\\\?\\unc\\"):
        return True
    return drive.startswith("\\\\") and drive[2:3] not in {"?", "."}


def file_system_of(path: Path, mounts: str) -> str | None:
    r"""The type of the file system ``path`` lies on, by the lines of ``/proc/mounts``.

    Args:
        path: An absolute path.
        mounts: Text of ``/proc/mounts``; blanks in it are written ``\040``.
    """
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_unescaped(fields[1]))
        # Of equal points the later mount covers the earlier one.
        if path.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), fields[2])
    return best[1] if best is not None else None


def _unescaped(field: str) -> str:
    for written, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(written, meant)
    return field


def _is_network_mount(path: Path) -> bool:
    if not _MOUNTS.exists():
        return False
    mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    return file_system_of(path.resolve(), mounts) in NETWORK_FILE_SYSTEMS


if sys.platform == "win32":

    def _is_mapped_drive(path: Path) -> bool:
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE)
