from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.importers.files import find_files


def test_folder_is_searched_whole_in_order_and_links_are_not_followed(tmp_path: Path) -> None:
    records = tmp_path / "records"
    (records / "sub").mkdir(parents=True)
    for name in ("sub/b.csv", "sub/a.csv", "z.csv", "~$x.xlsx"):
        (records / name).write_bytes(b"x")
    (tmp_path / "outside.csv").write_bytes(b"x")
    (records / "link.csv").symlink_to(tmp_path / "outside.csv")
    assert [name for name, _ in find_files([records])] == [
        "z.csv",
        "~$x.xlsx",
        "sub/a.csv",
        "sub/b.csv",
    ]


def test_file_named_twice_stands_once_and_one_that_is_gone_stands(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    found = find_files([tmp_path / "a.csv", tmp_path, tmp_path / "gone.pdf"])
    assert [name for name, _ in found] == ["a.csv", "gone.pdf"]


def test_folder_that_cannot_be_searched_stands_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = tmp_path / "records"
    (records / "closed").mkdir(parents=True)
    (records / "open.csv").write_bytes(b"x")
    scan = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [name for name, _ in find_files([records])] == ["open.csv", "records/closed"]
