"""A Windows of its own for the checks: a fresh Wine prefix, without a screen, without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from windows import wine_runtime
from windows.product import HERE, BuildError, OutOfReachError
from windows.tools import run, say

USER = "王小明"
"""Windows' user name in the checks."""

SHIMS: dict[str, list[str]] = {"icuuc": [], "bcryptprimitives": ["-ladvapi32"]}
"""Stand-ins for libraries of Windows 10 that Wine 8 lacks; for the checks only."""

CHINESE_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


@dataclass(frozen=True)
class Outcome:
    """What a program under Wine did.

    Attributes:
        code: Its exit code.
        said: What it printed.
        seconds: How long it ran.
    """

    code: int
    said: str
    seconds: float


class Wine:
    """One prefix; use it in a ``with`` block, which ends every program in it.

    Attributes:
        folder: The prefix.
    """

    def __init__(self, folder: Path, *, is_cut_off: bool = False, patience: float = 400) -> None:
        """Describe the prefix; `prepare` makes it.

        Args:
            folder: Emptied by `prepare`.
            is_cut_off: Whether its programs run without any network interface.
            patience: Seconds that a program may take; a machine that others share is slow.
        """
        self.folder = folder
        self._patience = patience
        self._is_cut_off = is_cut_off

    def __enter__(self) -> Wine:
        """Nothing to do yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Ends what still runs in this prefix, and nothing else."""
        self.stop()

    @property
    def drive(self) -> Path:
        """Drive C."""
        return self.folder / "drive_c"

    def path(self, windows: str) -> Path:
        """Where a path of drive C lies on this machine."""
        return self.drive.joinpath(*PureWindowsPath(windows).parts[1:])

    def prepare(self) -> None:
        """Makes the prefix: Windows 10, Chinese user name, Chinese font, the shims.

        Raises:
            OutOfReachError: When Wine does not come up on this machine.
        """
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        setting_up: list[list[str | Path]] = [
            ["wineboot", "-i"],
            ["wine", "winecfg", "/v", "win10"],
        ]
        for command in setting_up:
            try:
                outcome = self._run(command, seconds=180)
            except BuildError as error:
                raise OutOfReachError(f"Wine 在這台電腦沒有準備好：{error}") from error
            if outcome.code != 0:
                raise OutOfReachError(f"Wine 在這台電腦沒有準備好：{outcome.said[-800:]}")
        self.stop()
        system = self.path(r"C:\windows\system32")
        for name, libraries in SHIMS.items():
            compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-s", "-o"]
            library, source = system / f"{name}.dll", HERE / "shims" / f"{name}.c"
            run([*compiler, library, source, *libraries])
        wine_runtime.lay_runtime(system, self.folder / "made")
        if CHINESE_FONT.is_file():
            fonts = self.path(r"C:\windows\Fonts")
            fonts.mkdir(exist_ok=True)
            shutil.copyfile(CHINESE_FONT, fonts / "msjh.ttc")

    def run(self, *command: str | Path, seconds: float | None = None) -> Outcome:
        """Runs a Windows program to its end, for as long as the prefix has patience.

        Raises:
            BuildError: When it does not end in time.
        """
        return self._run(("wine", *command), seconds=seconds or self._patience)

    def stop(self) -> None:
        """Ends every program of this prefix."""
        subprocess.run(
            ["wineserver", "-k"],
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        try:
            subprocess.run(["wineserver", "-w"], env=self._environment(), check=False, timeout=60)
        except subprocess.TimeoutExpired:
            say("Wine 的程式 60 秒後還沒有全部結束。")

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        # Until `prepare` has laid them there are none, and Wine comes up with its own.
        laid = self.path(rf"C:\windows\system32\{wine_runtime.OTHER_NAME}.dll").is_file()
        shims = ",".join([*SHIMS, "ucrtbase", wine_runtime.OTHER_NAME] if laid else SHIMS)
        return {
            **kept,
            "WINEPREFIX": str(self.folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": f"mscoree=;mshtml=;{shims}=n",
            # Without it Wine can't name a file in Chinese.
            "LC_ALL": "C.UTF-8",
            "USER": USER,
            "LOGNAME": USER,
            # Wine keeps variables that begin with QT_ to itself and hands these on without WINE.
            "WINEQT_QPA_PLATFORM": "offscreen",
        }

    def _run(self, command: Sequence[str | Path], *, seconds: float) -> Outcome:
        cut_off = ["unshare", "--net", "--"] if self._is_cut_off else []
        started = time.monotonic()
        # Pipes, never files: Windows' Python does not start with a plain file as its output here.
        process = subprocess.Popen(
            [*cut_off, *(str(part) for part in command)],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            self.stop()
            process.communicate()
            raise BuildError(f"Wine 裡的「{command[1]}」{seconds:.0f} 秒還沒有結束。") from error
        text = said.decode("utf-8", "replace").replace("\r\n", "\n")
        return Outcome(process.returncode, text, time.monotonic() - started)


def on_drive_z(path: Path) -> str:
    """What a path of this machine is called under Wine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def can_cut_off() -> bool:
    """Whether this machine lets a program run without any network interface."""
    if shutil.which("unshare") is None:
        return False
    return (
        subprocess.run(
            ["unshare", "--net", "--", "true"], check=False, capture_output=True
        ).returncode
        == 0
    )
