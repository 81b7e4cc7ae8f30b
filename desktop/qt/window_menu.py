"""The window's menu: every act there is has an entry, and its keys with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.qt.pages.base import Command
from desktop.qt.theme import SchemeChoice

TITLES = ("檔案", "編輯", "本頁", "檢視", "說明")
SCHEMES = (
    ("顏色跟隨系統", SchemeChoice.SYSTEM),
    ("淺色", SchemeChoice.LIGHT),
    ("深色", SchemeChoice.DARK),
    ("高對比", SchemeChoice.CONTRAST),
)


class WindowMenu:
    """Puts commands under their titles and makes their keys work in the whole window.

    Attributes:
        root: The menu behind the window's button.
    """

    def __init__(self, window: QWidget) -> None:
        """Make the menu with its titles, without entries.

        Args:
            window: Where the keys work.
        """
        self._window = window
        self.root = QMenu(window)
        self._menus = {title: self.root.addMenu(title) for title in TITLES}

    def add(self, title: str, command: Command) -> QAction:
        """One entry under a title.

        Args:
            title: One of ``TITLES``.
            command: Its words, keys and act.
        """
        # Behind a tab a menu shows what stands in the place of the keys.
        action = QAction(f"{command.words}\t{command.keys}".rstrip(), self._window)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(lambda _=False: command.act())
        self._menus[title].addAction(action)
        self._window.addAction(action)
        return action

    def add_schemes(self, choose: Callable[[SchemeChoice], None]) -> None:
        """The choice of colours, behind a line of its own."""
        self._menus["檢視"].addSeparator()
        for words, choice in SCHEMES:
            self.add("檢視", Command(words, partial(choose, choice)))
