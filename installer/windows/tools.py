"""Runs the tools of the build and brings them from Debian when they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bootstrap import (
    install_on_debian,
    installed_on_debian,
    missing_packages,
    root_prefix,
    say,
)
from windows.product import BuildError, OutOfReachError

ASSEMBLE_PACKAGES = [
    "ca-certificates",
    "gcc-mingw-w64-x86-64",
    "binutils-mingw-w64-x86-64",
    "osslsigncode",
]
PACK_PACKAGES = ["msitools", "nsis", "openssl", "wixl"]
_PRODUCT_PYTHON = (3, 11)
TRY_PACKAGES = ["wine", "wine64"]


def ensure_packages(packages: Sequence[str]) -> None:
    """Installs Debian packages that are missing.

    Raises:
        OutOfReachError: When some can't be had here; the message is the command to give.
    """
    if shutil.which("dpkg-query") is None:
        raise OutOfReachError(
            "這台電腦不是 Debian 或 Ubuntu；請在 Debian 12 以上製作 Windows 產品，"
            f"或自行安裝：{' '.join(packages)}。"
        )
    missing = missing_packages(packages, installed_on_debian())
    still = install_on_debian(missing, prefix=root_prefix())
    if still:
        raise OutOfReachError(f"請以系統管理員身分執行：apt-get install {' '.join(still)}")


def run(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: float = 900,
) -> str:
    """Runs a tool to its end and returns what it said.

    Raises:
        BuildError: When it fails or takes too long; its last lines are in the message.
    """
    shown = " ".join(str(part) for part in command[:4])
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, **environment} if environment is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=seconds,
        )
    except FileNotFoundError as error:
        raise BuildError(f"找不到「{command[0]}」，請先安裝。") from error
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"「{shown}」{seconds:.0f} 秒還沒有完成，已停止。") from error
    if done.returncode != 0:
        raise BuildError(
            f"「{shown}」沒有成功（結束碼 {done.returncode}）：\n{done.stdout.rstrip()[-4000:]}"
        )
    return done.stdout


def fetch(command: Sequence[str | Path], *, what: str) -> None:
    """Runs a command that downloads.

    Raises:
        OutOfReachError: When what is wanted can't be had from here.
        BuildError: When it came and is not what was locked.
    """
    try:
        run(command)
    except BuildError as error:
        if "HASHES" in str(error):  # pip: THESE PACKAGES DO NOT MATCH THE HASHES
            raise
        raise OutOfReachError(f"{what}下載不到，請確認套件來源可以連到：\n{error}") from error


def matching_python() -> Path | None:
    """A Python on this machine whose compiled modules the product's 3.11 can load, if any."""
    own = tuple(sys.version_info)[:2]
    if own == _PRODUCT_PYTHON:
        return Path(sys.executable)
    found = shutil.which("python3.11")
    return Path(found) if found else None


__all__ = [
    "ASSEMBLE_PACKAGES",
    "PACK_PACKAGES",
    "TRY_PACKAGES",
    "ensure_packages",
    "fetch",
    "matching_python",
    "run",
    "say",
]
