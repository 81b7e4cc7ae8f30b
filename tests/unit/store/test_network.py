from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from desktop.store import network

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//server/人事 /mnt/人事\\040共用 cifs rw 0 0
nas:/export /home/nas nfs4 rw 0 0
/dev/sdb1 /home/nas/usb vfat rw 0 0
tmpfs /mnt/twice tmpfs rw 0 0
host:/x /mnt/twice fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/clerk/公餘.sqlite", "ext4"),
        ("/mnt/人事 共用/公餘/資料.sqlite", "cifs"),
        ("/mnt/人事 共用", "cifs"),
        ("/mnt/人事 共用2/資料.sqlite", "ext4"),
        ("/home/nas/a/b", "nfs4"),
        ("/home/nas/usb/b", "vfat"),
        ("/mnt/twice/b", "fuse.sshfs"),
    ],
)
def test_file_system_is_that_of_the_deepest_mount(path: str, kind: str) -> None:
    assert network.file_system_of(Path(path), MOUNTS) == kind


def test_path_under_no_mount_has_no_file_system() -> None:
    assert network.file_system_of(Path("/x"), "") is None


@pytest.mark.parametrize(
    ("path", "is_unc"),
    [
        (r"\\server\人事\公餘.sqlite", True),
        ("//server/share/公餘.sqlite", True),
        (r"\\?\UNC\server\share\公餘.sqlite", True),
        (r"\\?\C:\人事\公餘.sqlite", False),
        (r"\\.\C:\人事\公餘.sqlite", False),
        (r"C:\人事\公餘.sqlite", False),
        (r"Z:\公餘.sqlite", False),
        ("公餘.sqlite", False),
    ],
)
def test_unc_path_is_known_by_its_spelling(path: str, is_unc: bool) -> None:
    assert network.is_unc(PureWindowsPath(path)) is is_unc


def test_mounted_share_counts_as_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    shared = tmp_path / "共用"
    shared.mkdir()
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\n//server/x {shared} cifs rw 0 0\n", encoding="utf-8"
    )
    monkeypatch.setattr(network, "_MOUNTS", mounts)
    monkeypatch.setattr(network.sys, "platform", "linux")
    assert network.is_on_network(shared / "公餘.sqlite")
    assert not network.is_on_network(tmp_path / "公餘.sqlite")
