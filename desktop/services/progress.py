"""How a long act tells how far it is, and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], bool]
"""Called with (done, total, words); total 0 means unknown. False asks the act to stop."""


class CancelledError(Exception):
    """The clerk stopped the act; nothing of it was kept."""

    def __init__(self) -> None:
        """Say so in the words the status bar shows."""
        super().__init__("已取消，沒有改動任何資料。")


def silent(done: int, total: int, words: str) -> bool:
    """A progress nobody watches."""
    return True


def step(progress: Progress, done: int, total: int, words: str) -> None:
    """Report, and stop when asked to.

    Raises:
        CancelledError: When the watcher asks to stop.
    """
    if not progress(done, total, words):
        raise CancelledError
