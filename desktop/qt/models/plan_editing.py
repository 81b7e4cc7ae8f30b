"""A plan draft being edited: every change named, each undone and done again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.services.plan_document import (
    Path,
    Values,
    value_at,
    with_inserted,
    with_moved,
    with_value,
    without_item,
)

MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Step:
    """One change: its name, the values before it, and where it was made."""

    words: str
    before: Values
    path: Path


class PlanEditing(QObject):
    """The values of the draft on screen; all editors change them through this object only.

    Attributes:
        edited: One value was typed at a path; its editor knows already.
        rebuilt: Lists or many values changed; who shows them reads again. Carries the path to
            put the cursor at, empty to leave it where it is.
        steps_changed: Another step can be undone or done again.
    """

    edited = Signal(object)
    rebuilt = Signal(object)
    steps_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values: Values = {}
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._is_typing = False

    def open(self, values: Values) -> None:
        """Begin with other values; what could be undone before is forgotten."""
        self.values = values
        self._undo.clear()
        self._redo.clear()
        self._is_typing = False
        self.rebuilt.emit(())
        self.steps_changed.emit()

    def value(self, path: Path, default: Any = None) -> Any:
        """The value at a path."""
        return value_at(self.values, path, default)

    # ------------------------------------------------------------------ changes
    def type(self, path: Path, value: Any, *, words: str) -> bool:
        """Take what is typed in a field; keystrokes in one field are one step.

        Args:
            path: Where.
            value: The new value, None for nothing.
            words: The step's name (``改時數``).

        Returns:
            Whether anything changed.
        """
        if value == self.value(path) and type(value) is type(self.value(path)):
            return False
        last = self._undo[-1] if self._undo else None
        if not (self._is_typing and last is not None and last.path == path):
            self._keep(words, path)
        self._is_typing = True
        self.values = with_value(self.values, path, value)
        self.edited.emit(path)
        return True

    def end_typing(self) -> None:
        """Let the next keystroke be a step of its own."""
        self._is_typing = False

    def put(self, path: Path, value: Any, *, words: str, at: Path = ()) -> None:
        """Set a value that changes what the form looks like."""
        self._change(with_value(self.values, path, value), words, at or path)

    def insert(self, path: Path, index: int, item: Any, *, words: str) -> None:
        """Put an item into a list."""
        self._change(with_inserted(self.values, path, index, item), words, (*path, index))

    def remove(self, path: Path, index: int, *, words: str) -> None:
        """Take an item out of a list."""
        left = max(index - 1, 0)
        self._change(without_item(self.values, path, index), words, (*path, left))

    def move(self, path: Path, index: int, to: int, *, words: str) -> None:
        """Move an item of a list to another place; does nothing beyond its ends."""
        count = len(self.value(path, ()))
        if 0 <= to < count and 0 <= index < count and to != index:
            self._change(with_moved(self.values, path, index, to), words, (*path, to))

    def change(self, make: Callable[[Values], Values], *, words: str, at: Path = ()) -> None:
        """Change several values in one step."""
        self._change(make(self.values), words, at)

    def _change(self, values: Values, words: str, at: Path) -> None:
        self._keep(words, at)
        self._is_typing = False
        self.values = values
        self.rebuilt.emit(at)

    def _keep(self, words: str, path: Path) -> None:
        self._undo.append(Step(words, self.values, path))
        del self._undo[:-MOST_STEPS]
        self._redo.clear()
        self.steps_changed.emit()

    # --------------------------------------------------------------------- undo
    @property
    def undo_words(self) -> str:
        """Name of the step that would be undone; empty without one."""
        return self._undo[-1].words if self._undo else ""

    @property
    def redo_words(self) -> str:
        """Name of the step that would be done again; empty without one."""
        return self._redo[-1].words if self._redo else ""

    def undo(self) -> None:
        """Take the last step back."""
        self._turn(self._undo, self._redo)

    def redo(self) -> None:
        """Do the step undone last again."""
        self._turn(self._redo, self._undo)

    def _turn(self, from_: list[Step], to: list[Step]) -> None:
        if not from_:
            return
        step = from_.pop()
        to.append(Step(step.words, self.values, step.path))
        self._is_typing = False
        self.values = step.before
        self.rebuilt.emit(step.path)
        self.steps_changed.emit()
