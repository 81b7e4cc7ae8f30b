"""What the tabs of 專班活動 have in common: reading, writing, telling, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.pages.base import Command, Context
from desktop.qt.widgets.basics import announce

FOLLOWED = frozenset(
    {Area.PROGRAMMES, Area.ROSTER, Area.EVIDENCE, Area.DECISIONS, Area.PLANS, Area.VERDICTS}
)


class ProgrammeTab(QWidget):
    """One tab; it knows neither the page nor the other tabs.

    Attributes:
        told: Asks for a note: kind and sentence.
        done: Asks for a note on an act that can be undone.
        page_wanted: Asks for another page by name.
    """

    told = Signal(str, str)
    done = Signal(str)
    page_wanted = Signal(str)
    series = "programme"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.services, self.operations = context.services, context.operations
        self.plan_id = ""
        self.dialog: QDialog | None = None
        self._is_stale = True

    def show_plan(self, plan_id: str) -> None:
        """Follow the plan in force."""
        self.plan_id = plan_id
        self.read_when_seen()

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if change.areas & FOLLOWED:
            self.read_when_seen()

    def read_when_seen(self) -> None:
        """Read now if the tab is in sight, else when it comes up."""
        self._is_stale = True
        if self.isVisible():
            self.read()

    def showEvent(self, event) -> None:
        """Read what changed while the tab was away."""
        super().showEvent(event)
        if self._is_stale:
            self.read()

    def read(self) -> None:
        """Read everything again off the UI thread."""
        raise NotImplementedError

    def commands(self) -> tuple[Command, ...]:
        """The tab's acts."""
        raise NotImplementedError

    def lacks(self, words: str) -> str:
        """What an act has nothing to act on for, in a sentence; empty when it can go ahead.

        Args:
            words: The act's, as in the menu.
        """
        raise NotImplementedError

    def _read(self, work: Callable[[], Any], show: Callable[[Any], None], words: str) -> None:
        self.operations.run_read(
            lambda report: work(),
            show,
            words=words,
            owner=self,
            latest=f"{self.series}-{words}",
            on_failure=lambda sentence: self.told.emit("fail", sentence),
        )

    def _write(
        self, work: Callable[[], Any], words: str, done: Callable[[Any], None] | None = None
    ) -> None:
        """Do an act; what it did is told with the offer to undo it, unless told otherwise."""
        self.operations.run_write(
            lambda report: work(),
            done or (lambda change: self.done.emit(f"已{change.act}。")),
            words=words,
            owner=self,
            on_failure=lambda sentence: self.told.emit("review", sentence),
        )

    def _tell(self, sentence: str) -> None:
        self.told.emit("pass", sentence)
        announce(self, sentence)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
