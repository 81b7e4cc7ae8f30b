"""Where an office's data lies: beside the user, where the policy says, or in a portable folder.

Never below the program's folder, except in the portable form, which a marker file declares.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

STORE_NAME = "gongyu.db"
PRODUCT_FILE = "product.toml"
PORTABLE_MARKER = "portable.ini"
PORTABLE_FOLDER = "data"
POLICY_FILE = "policy.toml"
_SYSTEM_FOLDER = Path("/etc/gongyu")
"""The policy's folder where the program runs from a checkout; Windows has none of that name."""

POLICY_KEY = r"Software\Policies\Gongyu"
"""Below HKEY_LOCAL_MACHINE, where only administrators and group policy write."""

_KEYS = frozenset({"data_folder", "agency_file"})
_VARIABLE = re.compile(r"%([^%\s]+)%")


class PolicyError(Exception):
    """The machine's policy can't be followed; the message is one Chinese sentence."""


class PlaceKind(StrEnum):
    """Why the data lies where it lies, in words for a report."""

    USER = "使用者自己的資料夾"
    POLICY = "機關統一指定的資料夾"
    PORTABLE = "可攜版，程式旁邊的 data 資料夾"


@dataclass(frozen=True, slots=True)
class Policy:
    """What an administrator has fixed for every user of a machine.

    Attributes:
        source: The file it was read from; None where there is none.
        data_folder: As written, variables unreplaced; None when users keep their own.
        agency_file: The agency's settings for everybody; None when each store has its own.
    """

    source: Path | None = None
    data_folder: str | None = None
    agency_file: str | None = None


@dataclass(frozen=True, slots=True)
class DataPlace:
    """Where an office's data lies.

    Attributes:
        folder: Holds the store, its backups and the log.
        kind: Why there.
        agency_file: Settings that the machine's policy gives to everybody, if any.
    """

    folder: Path
    kind: PlaceKind
    agency_file: Path | None = None

    @property
    def store_path(self) -> Path:
        """The store's file."""
        return self.folder / STORE_NAME


def installed_folder(program: Path | None = None) -> Path | None:
    """The folder the product is installed in; None in a checkout.

    Args:
        program: The folder that holds ``desktop``; this program's own when None.
    """
    program = program or Path(__file__).resolve().parents[2]
    app = program.parent
    return app.parent if (app / PRODUCT_FILE).is_file() else None


def this_place() -> DataPlace:
    """Where the data lies on this machine, for this user.

    Raises:
        PolicyError: When the machine's policy can't be followed.
    """
    installed = installed_folder()
    return data_place(
        installed=installed,
        policy=read_policy(policy_path(installed)),
        environment=os.environ,
        home=Path.home(),
        is_windows=sys.platform == "win32",
    )


def data_place(
    *,
    installed: Path | None,
    policy: Policy,
    environment: Mapping[str, str],
    home: Path,
    is_windows: bool,
) -> DataPlace:
    """Where the data lies; the policy goes before the portable marker, that before the user's own.

    Args:
        installed: The product's folder, None in a checkout.
        policy: The machine's policy.
        environment: The process's variables.
        home: The user's folder.
        is_windows: Which system's habits to follow.

    Raises:
        PolicyError: When the policy names a folder that can't be meant.
    """
    agency = None
    if policy.agency_file is not None:
        agency = _named_path(policy, "agency_file", policy.agency_file, environment, is_windows)
    if policy.data_folder is not None:
        folder = _named_path(policy, "data_folder", policy.data_folder, environment, is_windows)
        if installed is not None and folder.is_relative_to(installed):
            raise PolicyError(
                f"「{policy.source}」的 data_folder（{folder}）在程式資料夾裡，更新時資料會有危險；"
                "沒有開啟任何資料，請資訊人員改成程式以外的資料夾。"
            )
        return DataPlace(folder, PlaceKind.POLICY, agency)
    if installed is not None and (installed / PORTABLE_MARKER).is_file():
        return DataPlace(installed / PORTABLE_FOLDER, PlaceKind.PORTABLE, agency)
    return DataPlace(user_folder(environment, home, is_windows=is_windows), PlaceKind.USER, agency)


def user_folder(environment: Mapping[str, str], home: Path, *, is_windows: bool) -> Path:
    """The user's own folder for this program's data."""
    if is_windows:
        base = environment.get("LOCALAPPDATA")
        return (Path(base) if base else home / "AppData" / "Local") / "Gongyu"
    base = environment.get("XDG_DATA_HOME")
    return (Path(base) if base else home / ".local" / "share") / "gongyu"


def policy_path(installed: Path | None) -> Path | None:
    """The policy file in force on this machine, or None when there is none.

    Group policy names one in the registry; without it, one beside the program counts. Both places
    can be written by administrators only (the second where the program was installed for all).
    """
    named = _registry_policy()
    if named is not None:
        return Path(named)
    folder = _SYSTEM_FOLDER if installed is None else installed
    return folder / POLICY_FILE if (folder / POLICY_FILE).is_file() else None


def _registry_policy() -> str | None:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, POLICY_KEY) as key:
                value, kind = winreg.QueryValueEx(key, "PolicyFile")
        except FileNotFoundError:
            return None
        if kind not in (winreg.REG_SZ, winreg.REG_EXPAND_SZ) or not value:
            raise PolicyError(
                f"登錄機碼 HKEY_LOCAL_MACHINE\\{POLICY_KEY} 的 PolicyFile 不是檔案路徑；"
                "沒有開啟任何資料，請資訊人員改正。"
            )
        return winreg.ExpandEnvironmentStrings(value) if kind == winreg.REG_EXPAND_SZ else value
    return None


def read_policy(path: Path | None) -> Policy:
    """The policy out of its file; nothing fixed when there is no file.

    Raises:
        PolicyError: When the file can't be read or holds anything else: a policy that is half
            followed would put data where nobody looks for it.
    """
    if path is None:
        return Policy()
    try:
        keys = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PolicyError(
            f"機關統一設定「{path}」讀不到；沒有開啟任何資料，請確認網路磁碟機或請資訊人員處理。"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(
            f"機關統一設定「{path}」的寫法有誤（{error}）；沒有開啟任何資料，"
            "請資訊人員改正（路徑要用單引號、檔案要存成 UTF-8）。"
        ) from error
    wrong = [
        key
        for key, value in keys.items()
        if key not in _KEYS or not isinstance(value, str) or not value
    ]
    if wrong:
        raise PolicyError(
            f"機關統一設定「{path}」的「{wrong[0]}」不是可用的設定；沒有開啟任何資料，"
            "可用的有 data_folder 與 agency_file，值是單引號裡的路徑。"
        )
    return Policy(path, keys.get("data_folder"), keys.get("agency_file"))


def _named_path(
    policy: Policy, key: str, written: str, environment: Mapping[str, str], is_windows: bool
) -> Path:
    """The path that a policy means.

    Raises:
        PolicyError: When a variable has no value, or the path depends on the working folder.
    """
    folded = {name.upper(): value for name, value in environment.items()}

    def value_of(found: re.Match[str]) -> str:
        value = folded.get(found[1].upper())
        if not value:
            raise PolicyError(
                f"「{policy.source}」的 {key} 用了環境變數「{found[1]}」，這台電腦上沒有它的值；"
                "沒有開啟任何資料，請資訊人員改正。"
            )
        return value

    text = _VARIABLE.sub(value_of, written)
    paths = ntpath if is_windows else posixpath
    drive, rest = ntpath.splitdrive(text) if is_windows else ("/", text)
    if not paths.isabs(text) or not drive or (is_windows and rest[:1] not in ("\\", "/")):
        raise PolicyError(
            f"「{policy.source}」的 {key}（{text}）不是完整路徑；沒有開啟任何資料，"
            "請資訊人員改成像 'D:\\公餘資料' 這樣的路徑。"
        )
    return Path(paths.normpath(text))
