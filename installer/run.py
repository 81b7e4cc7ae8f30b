"""Starts 公餘 inside its environment, in the folder it is called from.

python3 installer/run.py                     the window
python3 installer/run.py check --plan ...    any command of the program
"""

from __future__ import annotations

import subprocess
import sys

from bootstrap import SetupError, child_environment, ensure_environment, say, speak_utf8


def main() -> int:
    """Passes the arguments on and returns the program's own exit code."""
    speak_utf8()
    try:
        python = ensure_environment()
    except SetupError as fault:
        say(str(fault))
        return 2
    command = [str(python), "-m", "desktop", *sys.argv[1:]]
    return subprocess.run(command, env=child_environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
