"""What the window knows of a page, and a page of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from desktop.domain.changes import ChangeSet
from desktop.qt.operations import Operations
from desktop.qt.pane_walk import PaneWalk
from desktop.qt.services import Services
from desktop.qt.theme import Theme
from desktop.qt.widgets.short_list import short_list_of
from desktop.qt.widgets.text_fit import mark_fitted

TEXT_FACTOR = "window/text_factor"
"""Under which the size of text is kept that the kept widths are right for."""


@dataclass(frozen=True)
class WindowDesk:
    """What the page 設定 asks of the window.

    Attributes:
        theme: The look.
        accounts: Turns sign-in on, or looks after accounts.
        change_password: Asks for another password.
        restore: Closes the office, puts a backup in its place and opens that; None where the
            office cannot be restored (the sample, a reader, a clerk where heads sign in).
        is_sample: Whether this is the sample office.
    """

    theme: Theme
    accounts: Callable[[], None]
    change_password: Callable[[], None]
    restore: Callable[[Path], None] | None = None
    is_sample: bool = False


@dataclass(frozen=True)
class Context:
    """What a page is given.

    Attributes:
        services: The office's services.
        operations: The way off the UI thread.
        settings: What is remembered of windows and columns.
        desk: What only the window itself can do; None where a page stands alone.
    """

    services: Services
    operations: Operations
    settings: QSettings
    desk: WindowDesk | None = None


@dataclass(frozen=True)
class Command:
    """An act that has a menu entry, perhaps a shortcut, and is found by the search.

    Attributes:
        words: In the menu and the search.
        act: What it does.
        shortcut: Empty without.
        menu: Which menu it stands in.
        keys: What else brings it about, told beside it: the mnemonic of its button (``Alt+A``).
    """

    words: str
    act: Callable[[], None]
    shortcut: str = ""
    menu: str = "本頁"
    keys: str = ""


class Page(QWidget):
    """One page of the main window; it knows no other page.

    Attributes:
        name: Identifies it (``review``).
        caption: Under its icon in the rail.
        icon: Its icon without size and style (``clipboard_task``).
        help_words: What the page is for, in a few sentences.
        count_changed: The number behind its caption is another one.
        noted: Asks the window to show a note: kind and sentence.
        done: Asks the window for a note on an act that can be undone.
        asked: Asks the window for another page by name, with something for it.
        offered: Asks the window for a note whose act opens a page: sentence, act, page, thing.
        steps_changed: The page's own 復原 and 重做 would do something else.
        helped: Asks the window for the handbook at a place.
        told: What the status bar says of a selection; empty for nothing.
        rail_name: The page of the rail under which it stands; its own unless it is a page beside.
    """

    name = ""
    caption = ""
    icon = ""
    help_words = ""
    rail_name = ""
    count_changed = Signal(int)
    noted = Signal(str, str)
    done = Signal(str)
    asked = Signal(str, object)
    offered = Signal(str, str, str, object)
    steps_changed = Signal()
    helped = Signal(str)
    told = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.services = context.services
        self.operations = context.operations
        self.plan_id = ""
        self._remembered: dict[str, QSplitter | QHeaderView] = {}
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.caption)
        self.setAccessibleDescription(self.help_words)

    def show_plan(self, plan_id: str) -> None:
        """Follow the plan in force."""
        self.plan_id = plan_id

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""

    def receive(self, thing: object) -> None:
        """Take what another part of the window asked this page to show."""

    def own_steps(self) -> tuple[str, str]:
        """What 復原 and 重做 would do on this page before the office's own; empty for nothing."""
        return "", ""

    def step_back(self) -> None:
        """Take the page's last step back."""

    def step_forward(self) -> None:
        """Do the page's last step again."""

    def help_place(self, focus: QWidget | None) -> str:
        """Where the handbook tells of what has the keyboard, where only the page knows it."""
        return ""

    def commands(self) -> tuple[Command, ...]:
        """The page's acts, for menu and search."""
        return ()

    def primary_focus(self) -> QWidget | None:
        """Where the keyboard goes when the page comes up."""
        return None

    def focus_filter(self) -> bool:
        """Put the keyboard into the filter of what is in sight; False where there is none."""
        return False

    def next_pane(self, step: int) -> None:
        """Move the keyboard to the next part of the page, or with -1 to the one before."""
        PaneWalk(self).step(self.window().focusWidget(), step)

    def tell_selection(self, words: str) -> None:
        """Have the status bar say what a selection comes to; nothing for empty words."""
        self.told.emit(words)

    def remember(self, key: str, thing: QSplitter | QHeaderView) -> None:
        """Bring a splitter or a heading back as it was left, and keep it when the window closes.

        Args:
            key: Its name on this page.
            thing: What the clerk may move.
        """
        self._remembered[key] = thing
        short = short_list_of(thing.parentWidget()) if isinstance(thing, QHeaderView) else None
        if short is not None:
            short.remember(self.context.settings, f"{self.name}/{key}")
        kept = self.context.settings.value(f"{self.name}/{key}")
        if isinstance(kept, QByteArray):
            thing.restoreState(kept)
            if isinstance(thing, QHeaderView):
                mark_fitted(thing, float(self.context.settings.value(TEXT_FACTOR) or 1.0))

    def save_state(self) -> None:
        """Remember splitters, columns and the order of rows."""
        for key, thing in self._remembered.items():
            short = short_list_of(thing.parentWidget()) if isinstance(thing, QHeaderView) else None
            if short is not None:
                short.save()
            self.context.settings.setValue(f"{self.name}/{key}", thing.saveState())
