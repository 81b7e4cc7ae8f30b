"""The folder a run writes into: tried before the work, filled whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from desktop.services.faults import fault_words


class OutputFolderError(Exception):
    """The folder cannot be written into. The message is one Chinese sentence."""


def try_folder(folder: Path) -> None:
    """Make the folder where it is missing, and see that files can be made in it.

    Args:
        folder: Where the outputs shall lie.

    Raises:
        OutputFolderError: When it is a file, is closed to us or its disk is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")
    except OSError as error:
        raise OutputFolderError(
            f"無法在輸出資料夾「{folder}」建立檔案（{fault_words(error)}），沒有開始查核，"
            "請換一個資料夾。"
        ) from error


def write_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into the folder; none takes its place before all are on the disk.

    Args:
        folder: An existing folder.
        contents: What to write, by file name.

    Returns:
        The files in the order given.

    Raises:
        OutputFolderError: When one cannot be written, or an older one of that name is held open
            by another program.
    """
    partial = {folder / name: folder / f".{name}.part" for name in contents}
    target = folder
    try:
        for target, content in zip(partial, contents.values(), strict=True):
            partial[target].write_bytes(content)
        for target, part in partial.items():
            part.replace(target)
    except OSError as error:
        raise OutputFolderError(
            f"寫不出「{target}」（{fault_words(error)}），這次的輸出不完整，請勿使用；"
            "請關閉開著的舊檔或清出磁碟空間後再執行一次。"
        ) from error
    finally:
        for part in partial.values():
            part.unlink(missing_ok=True)
    return tuple(partial)
