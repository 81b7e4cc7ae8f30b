"""復原 and 重做 of the window: the page's own step first, else the office's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.qt.operations import Operations
from desktop.qt.pages.base import Command, Page
from desktop.qt.services import Services
from desktop.qt.window_menu import WindowMenu


class UndoDesk(QObject):
    """Names the step that can be taken back or done again, and does so.

    Attributes:
        undo_action, redo_action: The menu entries that name the steps.
        told: The words of both, empty where there is no step.
        undone: A step of the office was taken back or done again; None where there was none.
    """

    told = Signal(str, str)
    undone = Signal(object)

    def __init__(
        self,
        services: Services,
        operations: Operations,
        *,
        page: Callable[[], Page | None],
        menu: WindowMenu,
        parent: QWidget,
    ) -> None:
        """Make the desk, and its entries in the menu 編輯.

        Args:
            services: Whose steps these are.
            operations: To do so off the UI thread.
            page: The page in sight.
            menu: The window's.
            parent: The window.
        """
        super().__init__(parent)
        self._services, self._operations, self._page = services, operations, page
        self._of_office = ("", "")
        self.undo_action = menu.add("編輯", Command("復原", self.undo, "Ctrl+Z"))
        self.redo_action = menu.add("編輯", Command("重做", self.redo, "Ctrl+Y"))
        for action in (self.undo_action, self.redo_action):
            action.setEnabled(False)

    def read(self) -> None:
        """Read again which steps the office has."""
        services = self._services
        self._operations.run_read(
            lambda report: (services.undo_words(), services.redo_words()),
            self.show,
            owner=self,
            latest="undo",
        )

    def show(self, words: tuple[str, str]) -> None:
        """Take the office's steps, in words."""
        self._of_office = words
        self.tell()

    def _own(self) -> tuple[str, str]:
        page = self._page()
        return page.own_steps() if page is not None else ("", "")

    def tell(self) -> None:
        """Name the step of the page in sight, else the office's."""
        shown = [own or office for own, office in zip(self._own(), self._of_office, strict=True)]
        for action, words, act in (
            (self.undo_action, shown[0], "復原"),
            (self.redo_action, shown[1], "重做"),
        ):
            action.setEnabled(bool(words))
            action.setText(f"{act}：{words}" if words else act)
        self.told.emit(*shown)

    def undo(self) -> None:
        """Take the last act back."""
        page = self._page()
        if page is not None and page.own_steps()[0]:
            page.step_back()
            return
        services = self._services
        self._operations.run_write(
            lambda report: services.undo(), self.undone.emit, words="復原", owner=self
        )

    def redo(self) -> None:
        """Do the last act taken back again."""
        page = self._page()
        if page is not None and page.own_steps()[1]:
            page.step_forward()
            return
        services = self._services
        self._operations.run_write(
            lambda report: services.redo(), self.undone.emit, words="重做", owner=self
        )
