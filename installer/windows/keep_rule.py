"""Which files of a Windows CPython go into the product, and on whose word.

A file is kept for one of five reasons only: the publisher signed it, the publisher's signed
catalogue lists it, it is empty, it equals the build machine's own copy, or its hash is pinned in
the project. What no reason speaks for stops the build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

DROPPED_FOLDERS = (
    "Scripts",
    "Tools",
    "include",
    "libs",
    "tcl",
    "Lib/__phello__",
    "Lib/ctypes/test",
    "Lib/distutils",
    "Lib/ensurepip",
    "Lib/idlelib",
    "Lib/lib2to3",
    "Lib/site-packages",
    "Lib/test",
    "Lib/tkinter",
    "Lib/turtledemo",
    "Lib/unittest/test",
    "Lib/venv",
)
"""Third parties' files, tests, and what a program without a console has no use for."""

DROPPED_FILES = (
    # The program works without a network and must: nothing in it can speak TLS.
    "DLLs/_ssl.pyd",
    "DLLs/libssl-3.dll",
    "DLLs/_msi.pyd",
    "DLLs/_tkinter.pyd",
    "DLLs/tcl86t.dll",
    "DLLs/tk86t.dll",
    "DLLs/winsound.pyd",
    "DLLs/py.ico",
    "DLLs/pyc.ico",
    "DLLs/pyd.ico",
    "DLLs/python_lib.cat",
    "DLLs/python_tools.cat",
    "Lib/__hello__.py",
    "Lib/turtle.py",
    "NEWS.txt",
    # Of Microsoft's runtime only what CPython and the wheels load.
    "concrt140.dll",
    "msvcp140_2.dll",
    "msvcp140_atomic_wait.dll",
    "msvcp140_codecvt_ids.dll",
    "vcamp140.dll",
    "vccorlib140.dll",
    "vcomp140.dll",
    "vcruntime140_threads.dll",
)


class Reason(StrEnum):
    """On whose word a file is kept."""

    SIGNED = "signed by the publisher"
    LISTED = "in the publisher's signed catalogue"
    EMPTY = "empty"
    SAME_AS_HOST = "equals the build machine's own"
    PINNED = "pinned"


@dataclass(frozen=True)
class Evidence:
    """What the rule asks.

    Attributes:
        is_signed: Whether a program file carries the publisher's own, verified signature.
        listed: SHA-256 that the publisher's catalogue vouches for.
        pinned: SHA-256 by path, pinned in the project.
        host_text: The build machine's own copy of a library module with plain line ends, by its
            path below ``Lib``; None when there is none.
    """

    is_signed: Callable[[PurePosixPath], bool]
    listed: frozenset[str] = frozenset()
    pinned: Mapping[str, str] = field(default_factory=dict)
    host_text: Callable[[str], bytes | None] = lambda name: None


class NotVouchedForError(Exception):
    """Files nobody vouches for; the product is not built with them."""

    def __init__(self, paths: list[str]) -> None:
        """Name them."""
        self.paths = tuple(paths)
        some = "、".join(paths[:10]) + ("……" if len(paths) > 10 else "")
        super().__init__(
            f"執行環境裡有 {len(paths)} 個檔案沒有發行者簽章、目錄或釘選雜湊可以證明（{some}），"
            "沒有做出產品；請確認來源，確定無誤的再加進釘選清單。"
        )


def is_dropped(path: PurePosixPath) -> bool:
    """Whether a file of the runtime is left out whatever it holds."""
    text = path.as_posix()
    if text in DROPPED_FILES or "__pycache__" in path.parts:
        return True
    return any(text.startswith(f"{folder}/") for folder in DROPPED_FOLDERS)


def reason_for(path: PurePosixPath, data: bytes, evidence: Evidence) -> Reason | None:
    """Why a file may be kept, or None when nobody vouches for it."""
    if not data:
        return Reason.EMPTY
    digest = hashlib.sha256(data).hexdigest()
    if evidence.pinned.get(path.as_posix()) == digest:
        return Reason.PINNED
    if digest in evidence.listed:
        return Reason.LISTED
    if data[:2] == b"MZ":
        return Reason.SIGNED if evidence.is_signed(path) else None
    if path.parts[0] == "Lib" and path.suffix == ".py":
        own = evidence.host_text(path.relative_to("Lib").as_posix())
        if own is not None and own == data.replace(b"\r\n", b"\n"):
            return Reason.SAME_AS_HOST
    return None


def kept_files(
    files: Mapping[PurePosixPath, bytes], evidence: Evidence
) -> dict[PurePosixPath, Reason]:
    """Every file that goes into the product, with the reason, in order of their paths.

    Raises:
        NotVouchedForError: When a file that is not dropped has no reason.
    """
    kept: dict[PurePosixPath, Reason] = {}
    unknown = []
    for path in sorted(files):
        if is_dropped(path):
            continue
        reason = reason_for(path, files[path], evidence)
        if reason is None:
            unknown.append(path.as_posix())
        else:
            kept[path] = reason
    if unknown:
        raise NotVouchedForError(unknown)
    return kept
