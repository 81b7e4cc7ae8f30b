"""Makes a machine ready to run 公餘 from a checkout, with the standard library alone.

Builds the virtual environment beside the project from the locked hashes and, on Debian and its
relatives, installs the few shared libraries and fonts that are missing. The second start finds the
stamp of the first and does nothing. Windows needs nothing but Python.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

OLDEST_PYTHON = (3, 11)
FIRST_UNTRIED_PYTHON = (3, 14)

# What the Qt wheels need from a bare Debian (ldd of the xcb and offscreen platform plugins).
QT_LIBRARIES = [
    "libegl1",
    "libgl1",
    "libglib2.0-0",
    "libfontconfig1",
    "libfreetype6",
    "libdbus-1-3",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libcups2",
]
# The window's face, then the printed one with its rare characters.
FONTS = ["fonts-noto-cjk", "fonts-cns11643-kai", "fonts-hanazono"]
# A hidden display, and second opinions on the PDFs and workbooks that the program writes.
TEST_TOOLS = ["xvfb", "xauth", "fontconfig", "poppler-utils", "libreoffice-calc-nogui"]

STAMP_NAME = "gongyu-stamp.json"
PATH_FILE_NAME = "gongyu-checkout.pth"


class SetupError(Exception):
    """The machine can't be made ready; the message is the sentence for the person."""


@dataclass(frozen=True)
class Stamp:
    """What an environment was built from; an equal stamp means there is nothing to do.

    Attributes:
        python: The version it was built with, such as ``3.11.7``.
        lock: SHA-256 of the lock file.
        has_tools: Whether the tools for tests are in it.
    """

    python: str
    lock: str
    has_tools: bool

    def to_text(self) -> str:
        """The stamp as it is kept in the environment."""
        return json.dumps(
            {"python": self.python, "lock": self.lock, "has_tools": self.has_tools}, indent=1
        )

    @staticmethod
    def from_text(text: str) -> Stamp | None:
        """The kept stamp, or None when the text is not one (then the environment is rebuilt)."""
        try:
            kept = json.loads(text)
            return Stamp(
                python=str(kept["python"]),
                lock=str(kept["lock"]),
                has_tools=bool(kept["has_tools"]),
            )
        except (ValueError, KeyError, TypeError):
            return None


def say(sentence: str) -> None:
    """Tells the person in front of the screen, at once."""
    print(sentence, flush=True)


def speak_utf8() -> None:
    """Lets Chinese sentences through where the output is a pipe with a Western code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and not stream.isatty():
            reconfigure(encoding="utf-8", errors="replace")


def python_complaint(version: tuple[int, int]) -> str | None:
    """The sentence about a Python that the project is not made for, or None when it is."""
    if OLDEST_PYTHON <= version < FIRST_UNTRIED_PYTHON:
        return None
    return (
        f"這裡的 Python 是 {version[0]}.{version[1]}，公餘需要 3.11、3.12 或 3.13；"
        "請改用其中一版再執行同一個指令。"
    )


def lock_file(root: Path, *, with_tools: bool) -> Path:
    """The lock file for running (or, with the tools, for testing) the project."""
    name = "requirements-dev.lock" if with_tools else "requirements.lock"
    return root / "installer" / name


def wanted_stamp(root: Path, *, with_tools: bool) -> Stamp:
    """The stamp of an environment that would be built now by this Python."""
    lock = lock_file(root, with_tools=with_tools).read_bytes()
    return Stamp(
        python=".".join(str(part) for part in sys.version_info[:3]),
        lock=hashlib.sha256(lock).hexdigest(),
        has_tools=with_tools,
    )


def is_current(environment: Path, root: Path, *, with_tools: bool) -> bool:
    """Whether the environment can be used as it is; one with the tools also serves to run."""
    stamp = environment / STAMP_NAME
    if not stamp.is_file() or not environment_python(environment).is_file():
        return False
    kept = Stamp.from_text(stamp.read_text(encoding="utf-8"))
    if kept is None or (with_tools and not kept.has_tools):
        return False
    return kept == wanted_stamp(root, with_tools=kept.has_tools)


def environment_python(environment: Path, *, windows: bool = os.name == "nt") -> Path:
    """The interpreter inside a virtual environment."""
    return environment / ("Scripts/python.exe" if windows else "bin/python")


def site_packages(environment: Path, *, windows: bool = os.name == "nt") -> Path:
    """The folder inside a virtual environment that packages are installed into."""
    if windows:
        return environment / "Lib" / "site-packages"
    return environment / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"


def install_command(python: Path, lock: Path) -> list[str]:
    """Pip's command line: the locked files only, each checked by its hash, nothing compiled."""
    return [
        *(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--no-input", "--only-binary", ":all:", "--require-hashes", "-r", str(lock)),
    ]


def installed_packages(listing: str) -> set[str]:
    """Package names, and the names they stand for, out of dpkg-query's listing.

    Args:
        listing: Lines of ``status TAB package TAB provides``, as `installed_on_debian` asks for.
    """
    names: set[str] = set()
    for line in listing.splitlines():
        status, package, provides = [*line.split("\t"), "", ""][:3]
        if not status.startswith("ii"):
            continue
        names.add(package)
        # Newer releases rename a library (libcups2t64) and say which old name it stands for.
        names.update(name.split("(")[0].strip() for name in provides.split(",") if name.strip())
    return names


def wanted_packages(*, with_tools: bool) -> list[str]:
    """The Debian packages that the project uses, in the order they are installed."""
    return [*QT_LIBRARIES, *FONTS, *(TEST_TOOLS if with_tools else [])]


def missing_packages(wanted: Iterable[str], installed: set[str]) -> list[str]:
    """What is wanted and not there, in the order it is wanted."""
    return [package for package in wanted if package not in installed]


def root_prefix() -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None when neither works."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def apt_commands(prefix: Sequence[str], packages: Sequence[str]) -> tuple[list[str], list[str]]:
    """The two command lines that refresh Debian's lists and install packages without questions."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    return [*apt, "update"], [*apt, "install", "--no-install-recommends", *packages]


def installed_on_debian() -> set[str]:
    """What dpkg says is installed on this machine."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"]
    return installed_packages(
        subprocess.run(query, capture_output=True, text=True, check=True).stdout
    )


def run_quietly(command: Sequence[str]) -> bool:
    """Runs a command and shows what it said only when it failed.

    Returns:
        Whether it ended well.
    """
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        say(done.stdout.rstrip()[-4000:])
    return done.returncode == 0


def install_on_debian(
    packages: Sequence[str],
    *,
    prefix: Sequence[str] | None,
    run: Callable[[Sequence[str]], bool] = run_quietly,
) -> list[str]:
    """Installs packages, each on its own when they can't be had together.

    Args:
        packages: Debian package names that are not installed.
        prefix: What `root_prefix` answered.
        run: Carries out one command and says whether it ended well.

    Returns:
        The packages that are still missing.
    """
    if not packages or prefix is None:
        return list(packages)
    say(f"安裝系統套件（{len(packages)} 個）：{' '.join(packages)}")
    update, install_all = apt_commands(prefix, packages)
    run(update)  # old lists may still do; the installation tells
    if run(install_all):
        return []
    return [package for package in packages if not run(apt_commands(prefix, [package])[1])]


def ensure_system_packages(*, with_tools: bool) -> None:
    """Installs what Qt, the printed page and the tests need from Debian, or says what to install.

    Does nothing on Windows and macOS, whose Qt wheels are complete.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = wanted_packages(with_tools=with_tools)
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        if not (ROOT / ".venv" / STAMP_NAME).is_file():
            say(
                "這台電腦不是 Debian 或 Ubuntu，請用它的套件工具安裝 Qt 的 xcb 函式庫（xcb-cursor、"
                "xkbcommon-x11、EGL）與 Noto CJK、全字庫正楷體兩種字型；已經有的不必再裝。"
            )
        return
    still_missing = install_on_debian(
        missing_packages(wanted, installed_on_debian()), prefix=root_prefix()
    )
    if still_missing:
        say(
            "以下系統套件還沒有裝好，視窗、列印字型或部分測試可能因此不能用，"
            f"請以系統管理員身分執行：apt-get install {' '.join(still_missing)}"
        )


def ensure_venv_module() -> None:
    """Installs Debian's separate package of the module that puts pip into an environment.

    Raises:
        SetupError: When it is missing and can't be installed here.
    """
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if shutil.which("apt-get") is not None:
        installed = not install_on_debian([package], prefix=root_prefix())
        importlib.invalidate_caches()
        if installed and importlib.util.find_spec("ensurepip") is not None:
            return
    raise SetupError(
        f"這個 Python 缺少建立虛擬環境的模組，請以系統管理員身分安裝 {package} 之後再執行一次。"
    )


def path_file_line(root: Path, packages: Path) -> str:
    """The line by which an environment finds the checkout.

    Relative, so that it is plain ASCII whatever the folders above are called (a path file is read
    in the machine's own code page) and stays right when the project folder is moved.
    """
    return Path(os.path.relpath(root, packages)).as_posix() + "\n"


def build_environment(environment: Path, root: Path, *, with_tools: bool) -> None:
    """Makes the virtual environment anew and stamps it when all of it is there.

    Raises:
        SetupError: When the environment or a locked package can't be had.
    """
    ensure_venv_module()
    say("建立執行環境（第一次約需一到三分鐘，之後不必再等）……")
    try:
        venv.create(environment, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as fault:
        raise SetupError(
            f"在「{environment}」建立虛擬環境沒有成功（{fault}）；"
            "請確認這個資料夾可以寫入、硬碟還有 2 GB 空間，再執行一次。"
        ) from fault
    lock = lock_file(root, with_tools=with_tools)
    if not run_quietly(install_command(environment_python(environment), lock)):
        raise SetupError(
            f"依「{lock.name}」安裝套件沒有成功，原因在上面幾行；"
            "請確認網路可以連到套件庫（或已設定 pip 的鏡像），再執行一次。"
        )
    packages = site_packages(environment)
    (packages / PATH_FILE_NAME).write_text(path_file_line(root, packages), encoding="ascii")
    stamp = wanted_stamp(root, with_tools=with_tools)
    (environment / STAMP_NAME).write_text(stamp.to_text(), encoding="utf-8")


def ensure_environment(*, with_tools: bool = False, root: Path = ROOT) -> Path:
    """Makes the machine ready and says where the environment's Python is.

    Args:
        with_tools: Whether the tools for tests are needed too.
        root: The checkout.

    Returns:
        The interpreter to start the program with.

    Raises:
        SetupError: With a sentence for the person, when something is missing that can't be had.
    """
    complaint = python_complaint(sys.version_info[:2])
    if complaint is not None:
        raise SetupError(complaint)
    environment = root / ".venv"
    ensure_system_packages(with_tools=with_tools)
    if not is_current(environment, root, with_tools=with_tools):
        build_environment(environment, root, with_tools=with_tools)
    return environment_python(environment)


def child_environment() -> dict[str, str]:
    """The variables for what is started inside the environment: UTF-8, and no stray packages."""
    variables = {**os.environ, "PYTHONUTF8": "1"}
    for stray in ("PYTHONPATH", "PYTHONHOME"):
        variables.pop(stray, None)
    return variables
