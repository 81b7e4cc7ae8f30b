"""匯出問題回報檔: gathers the bundle, shows it, saves it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.qt.dialogs.support import SupportDialog
from desktop.qt.operations import Operations
from desktop.qt.services import Services

if TYPE_CHECKING:
    from desktop.services.support_bundle import SupportBundle

FILE_NAME = "公餘問題回報.zip"


class SupportDesk:
    """Serves one main window."""

    def __init__(
        self,
        services: Services,
        operations: Operations,
        window: QWidget,
        *,
        settings: QSettings,
        note: Callable[[str, str], object],
    ) -> None:
        """Serve a window.

        Args:
            services: To gather the bundle.
            operations: To do so off the UI thread.
            window: Whose desk it is.
            settings: What is remembered of windows; it goes into the bundle.
            note: Shows a note: kind and sentence.
        """
        self._services, self._operations, self._window = services, operations, window
        self._settings, self._note = settings, note
        self.dialog: SupportDialog | None = None

    def open(self, *, with_self_test: bool = True) -> None:
        """Gather the bundle, then show it.

        Args:
            with_self_test: Whether the program's own test is a part of it.
        """
        services = self._services
        settings = {key: self._settings.value(key) for key in self._settings.allKeys()}
        self._operations.run_read(
            lambda report: services.support_bundle(
                settings=settings, with_self_test=with_self_test, progress=report
            ),
            self._show,
            words="整理問題回報檔",
            owner=self._window,
            latest="support",
            can_cancel=True,
        )

    def _show(self, bundle: SupportBundle) -> None:
        self.dialog = SupportDialog(bundle, parent=self._window)
        self.dialog.save_wanted.connect(lambda: self._ask_where(bundle))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _ask_where(self, bundle: SupportBundle) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self.dialog, "存成問題回報檔", FILE_NAME, "壓縮檔 (*.zip)"
        )
        if name:
            self.save_to(bundle, Path(name))

    def save_to(self, bundle: SupportBundle, path: Path) -> None:
        """Write the bundle into a file.

        Args:
            bundle: What was shown.
            path: Where it shall lie.
        """
        self._operations.run_read(
            lambda report: path.write_bytes(bundle.zipped()),
            lambda _: self._saved(path),
            words="存問題回報檔",
            owner=self._window,
        )

    def _saved(self, path: Path) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        self._note("pass", f"已存成「{path.name}」；個人資料已遮住，可以寄給資訊人員。")
