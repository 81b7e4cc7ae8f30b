"""The first lines of Python in the Windows product; the launcher beside ``app`` runs this file."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

APP_ID = "Gongyu.Gongyu"


def main() -> int:
    """Says which program this is to Windows and to child processes, then runs it."""
    runtime = Path(__file__).resolve().parents[1] / "runtime"
    # A worker process is started as ``sys.executable -m …``: that must be the interpreter, not the
    # launcher, which takes the program's own arguments.
    interpreter = str(runtime / "pythonw.exe")
    sys.executable = interpreter
    sys._base_executable = interpreter  # type: ignore[attr-defined]  # read by multiprocessing
    if sys.platform == "win32":
        # The taskbar then groups the windows under the product's button and icon.
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)
    from desktop.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
