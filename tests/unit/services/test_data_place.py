from __future__ import annotations

from pathlib import Path

import pytest

from desktop.services import data_place as places
from desktop.services.data_place import (
    DataPlace,
    PlaceKind,
    Policy,
    PolicyError,
    data_place,
    installed_folder,
    policy_path,
    read_policy,
    user_folder,
)

HOME = Path("/home/王小明")


def place(
    *, installed: Path | None = None, policy: Policy | None = None, is_windows: bool = False
) -> DataPlace:
    return data_place(
        installed=installed,
        policy=policy or Policy(),
        environment={"USERNAME": "王小明", "XDG_DATA_HOME": "/data", "LOCALAPPDATA": "C:/Local"},
        home=HOME,
        is_windows=is_windows,
    )


def product(folder: Path) -> Path:
    """An installed product as the build lays it."""
    program = folder / "app" / "program"
    program.mkdir(parents=True)
    (folder / "app" / "product.toml").write_text('version = "1.0.0"\n')
    return program


@pytest.mark.parametrize(
    ("environment", "is_windows", "expected"),
    [
        ({"LOCALAPPDATA": "/c/Local"}, True, Path("/c/Local/Gongyu")),
        ({}, True, HOME / "AppData/Local/Gongyu"),
        ({"LOCALAPPDATA": ""}, True, HOME / "AppData/Local/Gongyu"),
        ({"XDG_DATA_HOME": "/data"}, False, Path("/data/gongyu")),
        ({}, False, HOME / ".local/share/gongyu"),
    ],
)
def test_users_own_folder_lies_beside_the_user(
    environment: dict[str, str], is_windows: bool, expected: Path
) -> None:
    assert user_folder(environment, HOME, is_windows=is_windows) == expected


def test_data_of_an_installed_product_is_not_below_it(tmp_path: Path) -> None:
    product(tmp_path)
    found = place(installed=tmp_path)
    assert found.kind is PlaceKind.USER
    assert found.store_path == Path("/data/gongyu/gongyu.db")
    assert not found.folder.is_relative_to(tmp_path)


def test_marker_file_makes_the_product_portable(tmp_path: Path) -> None:
    product(tmp_path)
    (tmp_path / "portable.ini").touch()
    found = place(installed=tmp_path)
    assert (found.kind, found.folder) == (PlaceKind.PORTABLE, tmp_path / "data")


def test_marker_file_in_a_checkout_means_nothing(tmp_path: Path) -> None:
    (tmp_path / "portable.ini").touch()
    assert place(installed=None).kind is PlaceKind.USER


def test_policy_goes_before_the_portable_marker(tmp_path: Path) -> None:
    (tmp_path / "portable.ini").touch()
    policy = Policy(tmp_path / "policy.toml", data_folder="/srv/公餘 資料/%USERNAME%")
    found = place(installed=tmp_path, policy=policy)
    assert (found.kind, found.folder) == (PlaceKind.POLICY, Path("/srv/公餘 資料/王小明"))


def test_policys_agency_file_comes_with_the_users_own_folder() -> None:
    found = place(policy=Policy(Path("/p.toml"), agency_file="/srv/agency.toml"))
    assert (found.kind, found.agency_file) == (PlaceKind.USER, Path("/srv/agency.toml"))


@pytest.mark.parametrize("inside", ["", "/app", "/data", "/app/../data"])
def test_policy_below_the_program_is_refused(tmp_path: Path, inside: str) -> None:
    policy = Policy(tmp_path / "policy.toml", data_folder=f"{tmp_path}{inside}")
    with pytest.raises(PolicyError, match=r"在程式資料夾裡.*沒有開啟任何資料"):
        place(installed=tmp_path, policy=policy)


@pytest.mark.parametrize(
    ("written", "is_windows", "words"),
    [
        ("data", False, "不是完整路徑"),
        ("../data", False, "不是完整路徑"),
        ("data", True, "不是完整路徑"),
        (r"\data", True, "不是完整路徑"),
        ("C:data", True, "不是完整路徑"),
        (r"D:\%NOBODY%", True, "環境變數「NOBODY」"),
    ],
)
def test_policy_without_a_whole_path_is_refused(written: str, is_windows: bool, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        place(policy=Policy(Path("p.toml"), data_folder=written), is_windows=is_windows)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"D:\公餘資料\%username%", r"D:\公餘資料\王小明"),
        (r"\\server\share\公餘", r"\\server\share\公餘"),
    ],
)
def test_windows_paths_of_a_policy_are_taken(written: str, expected: str) -> None:
    found = place(policy=Policy(Path("p.toml"), data_folder=written), is_windows=True)
    assert str(found.folder) == expected


def test_policy_file_is_read_with_notepads_mark(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("data_folder = 'D:\\公餘'\nagency_file = 'E:\\a.toml'\n", encoding="utf-8-sig")
    assert read_policy(path) == Policy(path, "D:\\公餘", "E:\\a.toml")


def test_without_a_policy_file_nothing_is_fixed() -> None:
    assert read_policy(None) == Policy(None, None, None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"data_folder = 'D:\\data", "寫法有誤"),
        ("data_folder = '資料'".encode("big5"), "寫法有誤"),
        (b"datafolder = 'D:\\data'", "「datafolder」不是可用的設定"),
        (b"data_folder = 3", "「data_folder」不是可用的設定"),
        (b"data_folder = ''", "「data_folder」不是可用的設定"),
    ],
)
def test_policy_that_cannot_be_followed_is_named(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(content)
    with pytest.raises(PolicyError, match=words) as stopped:
        read_policy(path)
    assert "沒有開啟任何資料" in str(stopped.value)


def test_policy_that_is_named_but_absent_stops(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="讀不到"):
        read_policy(tmp_path / "absent.toml")


def test_product_knows_its_folder_by_its_own_file(tmp_path: Path) -> None:
    program = product(tmp_path)
    assert installed_folder(program) == tmp_path


def test_checkout_is_no_product() -> None:
    assert installed_folder() is None


def test_policy_lies_beside_the_product(tmp_path: Path) -> None:
    assert policy_path(tmp_path) is None
    (tmp_path / "policy.toml").touch()
    assert policy_path(tmp_path) == tmp_path / "policy.toml"


def test_group_policys_file_goes_before_the_one_beside_the_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy.toml").touch()
    monkeypatch.setattr(places, "_registry_policy", lambda: "/gpo/policy.toml")
    assert policy_path(tmp_path) == Path("/gpo/policy.toml")
