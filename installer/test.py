"""Every check of the project in one command; what follows it goes to pytest.

python3 installer/test.py [-k name] [tests/unit/rules] ...
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap import ROOT, SetupError, child_environment, ensure_environment, say, speak_utf8

LONGEST_TEST_SECONDS = 900
"""The longest test takes under a minute on two cores; one that takes this long never ends."""


@dataclass(frozen=True)
class Stage:
    """One tool's run.

    Attributes:
        name: What the person reads.
        arguments: What follows the interpreter on its command line.
    """

    name: str
    arguments: tuple[str, ...]


def stages(pytest_arguments: Sequence[str]) -> list[Stage]:
    """The tools in the order they run; pytest last, so that its closing line stands at the end."""
    # import-linter has no module to run by name, and a script's first line breaks in long paths.
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return [
        Stage("程式風格（ruff check）", ("-m", "ruff", "check", ".")),
        Stage("程式排版（ruff format）", ("-m", "ruff", "format", "--check", ".")),
        Stage("型別（mypy）", ("-m", "mypy")),
        # Its cache forgets that a module it once missed has come: half a second buys the truth.
        Stage("樓層（import-linter）", ("-c", lint_imports, "--no-cache")),
        # A file stays in one process: what its tests share is made once. A process that dies is
        # a failure, told at once: xdist waits for ever when it gives its file to another one
        # (github.com/pytest-dev/pytest-xdist/issues/784). A test that hangs is ended with its
        # stacks told.
        Stage(
            "測試（pytest）",
            (
                *("-m", "pytest", "--numprocesses=auto", "--dist=loadfile"),
                "--max-worker-restart=0",
                *("-o", f"faulthandler_timeout={LONGEST_TEST_SECONDS}"),
                *("-o", "faulthandler_exit_on_timeout=true"),
                *pytest_arguments,
            ),
        ),
    ]


def run_stage(python: Path, stage: Stage) -> int:
    """Runs one tool in the checkout, its output going straight to the screen.

    Returns:
        Its exit code.
    """
    say(f"\n── {stage.name}")
    command = [str(python), *stage.arguments]
    return subprocess.run(command, cwd=ROOT, env=child_environment(), check=False).returncode


def main() -> int:
    """Runs every stage, whatever becomes of the ones before it.

    Returns:
        0 when all of them ended well, 1 when one did not, 2 when none could start.
    """
    speak_utf8()
    try:
        python = ensure_environment(with_tools=True)
    except SetupError as fault:
        say(str(fault))
        return 2
    outcome = []
    for stage in stages(sys.argv[1:]):
        started = time.monotonic()
        code = run_stage(python, stage)
        outcome.append((stage.name, code, time.monotonic() - started))
    say("\n── 總結")
    for name, code, seconds in outcome:
        say(f"{'通過' if code == 0 else '失敗'}  {name}  {seconds:.1f} 秒")
    return int(any(code != 0 for _, code, _ in outcome))


if __name__ == "__main__":
    sys.exit(main())
