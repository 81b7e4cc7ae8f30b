from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desktop.services.output_folder import OutputFolderError, try_folder, write_files


def test_missing_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    folder = tmp_path / "輸出" / "114 年"
    try_folder(folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("place", ["檔案", "檔案/裡面"])
def test_folder_that_is_a_file_is_named_before_the_work(tmp_path: Path, place: str) -> None:
    (tmp_path / "檔案").write_bytes(b"x")
    with pytest.raises(OutputFolderError, match=f"「.*{place}」.*沒有開始查核，請換一個資料夾。"):
        try_folder(tmp_path / place)
    assert (tmp_path / "檔案").read_bytes() == b"x"


def test_files_replace_older_ones_and_leave_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"old")
    written = write_files(tmp_path, {"b.pdf": b"2", "a.json": b"1"})
    assert written == (tmp_path / "b.pdf", tmp_path / "a.json")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.json": b"1",
        "b.pdf": b"2",
    }


def test_full_disk_leaves_the_older_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_bytes(b"old")
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if data == b"large":
            write(self, b"la")
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputFolderError, match=r"b\.pdf」（磁碟空間不足）"):
        write_files(tmp_path, {"a.json": b"new", "b.pdf": b"large"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"old"}


def test_older_file_held_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Access is denied", str(target))

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputFolderError, match=r"summary\.xlsx」（沒有權限，或正被其他程式占用）"):
        write_files(tmp_path, {"summary.xlsx": b"1"})
    assert list(tmp_path.iterdir()) == []
