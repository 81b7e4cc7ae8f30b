"""Opens the handbook: F1 in the window, F1 in a dialog, the links that ask for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from desktop.qt.handbook_window import HandbookWindow
from desktop.qt.help_places import CONTENTS, KEYBOARD, dialog_place, place_of
from desktop.qt.operations import Operations
from desktop.qt.pages.base import Page
from desktop.qt.widgets.basics import retint

_SERVED = "hasHelpKey"


class HelpDesk:
    """Keeps the handbook of one main window.

    A modal dialog blocks every window but its own children, so a dialog gets a handbook of its own.
    """

    def __init__(
        self,
        operations: Operations,
        window: QWidget,
        *,
        settings: QSettings,
        page: Callable[[], Page | None],
    ) -> None:
        """Serve a window.

        Args:
            operations: To read the handbook off the UI thread.
            window: Whose desk it is.
            settings: What is remembered of windows.
            page: The page in sight.
        """
        self._operations, self._window, self._settings = operations, window, settings
        self._page = page
        self.handbook: HandbookWindow | None = None
        self._listens = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
            self._listens = True

    def open_here(self) -> None:
        """Open the handbook at what has the keyboard."""
        self.open(place_of(self._window.focusWidget(), self._page()))

    def open_contents(self) -> None:
        """Open the handbook at its beginning."""
        self.open(CONTENTS)

    def open_keys(self) -> None:
        """Open the handbook at the list of keys."""
        self.open(KEYBOARD)

    def open(self, place: str, over: QDialog | None = None) -> HandbookWindow:
        """Open the handbook at a place.

        Args:
            place: ``chapter`` or ``chapter#section``.
            over: The dialog that asks, if one does.
        """
        if over is not None:
            handbook = over.findChild(HandbookWindow) or self._make_over(over)
        else:
            if self.handbook is None or not isValid(self.handbook):
                self.handbook = self._make(self._window)
            handbook = self.handbook
        handbook.open(place or CONTENTS)
        return handbook

    def _make(self, parent: QWidget) -> HandbookWindow:
        return HandbookWindow(self._operations, settings=self._settings, parent=parent)

    def _make_over(self, dialog: QDialog) -> HandbookWindow:
        handbook = self._make(dialog)
        dialog.finished.connect(handbook.close)
        return handbook

    def retint(self) -> None:
        """Follow another look."""
        if self.handbook is not None and isValid(self.handbook):
            retint(self.handbook)
            self.handbook.retint()

    def stop(self) -> None:
        """Listen to the keyboard no longer; the window goes, and the handbook with it."""
        if self.handbook is not None and isValid(self.handbook):
            self.handbook.close()
        application = QApplication.instance()
        if self._listens and isinstance(application, QApplication):
            application.focusChanged.disconnect(self._focus_moved)
            self._listens = False

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Give F1 to a dialog when the keyboard first comes into it."""
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and self._is_ours(dialog):
            self.serve(dialog)

    def _is_ours(self, dialog: QDialog) -> bool:
        return (
            not isinstance(dialog, HandbookWindow)
            and not dialog.property(_SERVED)
            and self._opened_here(dialog)
            and bool(dialog_place(dialog))
        )

    def _opened_here(self, dialog: QDialog) -> bool:
        one = dialog.parentWidget()
        while one is not None and one is not self._window:
            one = one.parentWidget()
        return one is self._window

    def serve(self, dialog: QDialog) -> None:
        """Let F1 open the handbook over a dialog."""
        dialog.setProperty(_SERVED, True)
        key = QShortcut(QKeySequence("F1"), dialog)
        key.activated.connect(lambda: self.open(dialog_place(dialog), over=dialog))
