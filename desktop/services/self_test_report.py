"""The self-test's report: what a clerk sends, with nothing personal in it."""

from __future__ import annotations

import contextlib
import getpass
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_USER_FOLDERS = re.compile(r"(?i)([a-z]:[\\/]users[\\/]|/home/)[^\\/\s」）]+")
_SHORTEST_NAME = 2
"""A user name of one letter would blot out half the report."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried.

    Attributes:
        name: What it is.
        is_passed: Whether it went as it must.
        words: What was seen, in one or two Chinese sentences.
        seconds: How long it took.
    """

    name: str
    is_passed: bool
    words: str
    seconds: float


@dataclass(frozen=True, slots=True)
class SelfTestReport:
    """What a self-test saw.

    Attributes:
        program: The program's version.
        at: When it was run.
        system: The operating system.
        python: The interpreter.
        place_words: Where an office's data would lie, in words without a path.
        steps: In the order they were tried.
        digests: Name and SHA-256 of results that must be the same on every machine.
    """

    program: str
    at: datetime
    system: str
    python: str
    place_words: str
    steps: tuple[Step, ...]
    digests: tuple[tuple[str, str], ...]

    @property
    def is_passed(self) -> bool:
        """Whether every step went as it must."""
        return all(step.is_passed for step in self.steps)

    def text(self) -> str:
        """The report as text, personal data taken out."""
        failed = sum(not step.is_passed for step in self.steps)
        lines = [
            "公餘 自我測試報告",
            "",
            f"結果：{'全部通過' if not failed else f'{failed} 項不通過'}",
            f"版本：{self.program}",
            f"時間：{self.at:%Y-%m-%d %H:%M}",
            f"系統：{self.system}",
            f"執行環境：{self.python}",
        ]
        if self.place_words:
            lines.append(f"資料位置：{self.place_words}")
        lines.append("")
        for number, step in enumerate(self.steps, 1):
            mark = "通過　" if step.is_passed else "不通過"
            lines.append(f"{number}. {mark} {step.name}（{step.seconds:.1f} 秒）")
            lines.append(f"   {step.words}")
        lines += ["", "供比對的摘要（同一版本在每一台電腦都相同）："]
        lines += [f"   {name}：{digest}" for name, digest in self.digests]
        lines += ["", "這份報告只用內附的虛構範例，不含貴機關的資料，也不含使用者名稱與個人路徑。"]
        return without_user("\n".join(lines) + "\n", personal_words())


def personal_words() -> tuple[str, ...]:
    """Texts that tell who is at the machine: folders first, then the name."""
    found = [str(Path.home()), tempfile.gettempdir()]
    # A user without an entry in the system has no name to hide.
    with contextlib.suppress(OSError, KeyError, ImportError):
        found.append(getpass.getuser())
    return tuple(found)


def without_user(text: str, words: Iterable[str]) -> str:
    """A text in which the user's name and folders are blotted out.

    Args:
        text: Any text.
        words: What to blot out; what is shorter than two characters stays.
    """
    for word in words:
        if len(word) >= _SHORTEST_NAME:
            text = text.replace(word, "〈使用者〉")
    return _USER_FOLDERS.sub(r"\1〈使用者〉", text)
