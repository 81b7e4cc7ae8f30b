"""What the product is called, which version it has and which identifiers Windows knows it by."""

from __future__ import annotations

import re
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

HERE = Path(__file__).resolve().parent
BUILD = ROOT / "build" / "windows"
"""Everything made on the way; may be deleted at any time."""

DIST = ROOT / "dist"
"""The finished artefacts."""

NAME = "公餘"
FOLDER = "Gongyu"
"""ASCII, so that batch files, group policies and old tools can name it."""

VENDOR = "Gongyu"
GUI_LAUNCHER = "Gongyu.exe"
CONSOLE_LAUNCHER = "gongyu-cmd.exe"
APP_ID = "Gongyu.Gongyu"
"""AppUserModelID: which taskbar button a window belongs to."""

UPGRADE_CODE = "7E0B7C0E-5A0D-4E43-9C2E-3E6B8C1F2A57"
"""The same for every version ever: by it an MSI finds its forerunner."""

_IDENTIFIERS = uuid.UUID("5f1c9a40-8f1e-4b6b-a1b6-2d7d54f0c9e1")
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:[-+.].*)?")
_MSI_LIMITS = (255, 255, 65535)


class BuildError(Exception):
    """The product can't be made; the message says what, where and what to do."""


class OutOfReachError(BuildError):
    """Packages can't be had on this machine; nothing is wrong with the product."""


@dataclass(frozen=True, order=True)
class Version:
    """Three numbers, compared as Windows Installer compares them."""

    major: int
    minor: int
    patch: int

    @staticmethod
    def parse(text: str) -> Version:
        """The version out of ``1.2.3`` or ``1.2.3-rc1``; what follows the numbers is dropped.

        Raises:
            BuildError: When it is none, or a number is larger than an MSI can hold.
        """
        found = _VERSION.fullmatch(text)
        if found is None:
            raise BuildError(f"「{text}」不是 1.2.3 這樣的版本，請改正 desktop/__init__.py。")
        numbers = tuple(int(part) for part in found.groups())
        if any(number > limit for number, limit in zip(numbers, _MSI_LIMITS, strict=True)):
            raise BuildError(
                f"版本「{text}」超過 Windows Installer 能比較的範圍（255.255.65535）。"
            )
        return Version(*numbers)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def quad(self) -> str:
        """Four numbers, as a file's version resource has them."""
        return f"{self}.0"


@dataclass(frozen=True)
class Product:
    """One build.

    Attributes:
        version: What is compared when it is installed over another.
        commit: The commit's first twelve digits; ``unknown`` outside a repository.
        epoch: Seconds since 1970 that every file is dated with, so that builds are equal.
    """

    version: Version
    commit: str
    epoch: int

    @property
    def stem(self) -> str:
        """How the artefacts are named."""
        return f"{FOLDER}-{self.version}-x64"


def stable_id(*parts: str) -> str:
    """An identifier that is the same in every build, in capitals as Windows Installer wants it."""
    return str(uuid.uuid5(_IDENTIFIERS, "\n".join(parts))).upper()


def this_product(version: str | None = None) -> Product:
    """The product of this checkout.

    Args:
        version: Instead of the one in ``desktop/__init__.py``; for trying upgrades.
    """
    text = (ROOT / "desktop" / "__init__.py").read_text(encoding="utf-8")
    written = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if written is None:
        raise BuildError("desktop/__init__.py 裡沒有 __version__。")
    return Product(
        version=Version.parse(version or written[1]),
        commit=_git("rev-parse", "--short=12", "HEAD") or "unknown",
        epoch=int(_git("log", "-1", "--format=%ct") or 1_577_836_800),
    )


def is_clean() -> bool:
    """Whether the checkout holds nothing but the commit."""
    return not _git("status", "--porcelain")


def _git(*arguments: str) -> str:
    # A checkout in a container often belongs to another user; git wants to hear that it is ours.
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
