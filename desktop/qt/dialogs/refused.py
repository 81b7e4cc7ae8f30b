"""Refused files: what was stored, and of each other file what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import Note, button, label, pane, verdict_icon

if TYPE_CHECKING:
    from desktop.services.import_preview import PreviewFile

MOST_SENTENCES = 5


class RefusedFilesDialog(Dialog):
    """Lists the files that were not taken, whole or in part."""

    def __init__(
        self,
        files: Sequence[PreviewFile],
        *,
        rows_stored: int,
        waiting: int,
        parent: QWidget | None,
        brought: Sequence[Path] = (),
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        """Make the dialog.

        Args:
            files: Those with refusals.
            rows_stored: Rows of the batch that were stored.
            waiting: Files that wait for their person.
            parent: The page.
            brought: The files and folders that the clerk brought.
            open_url: Shows a folder in the system's own window.
        """
        super().__init__(parent)
        self._files = tuple(files)
        self.folders = folders_of([file.name for file in files], brought)
        self._open_url = open_url
        whole = [f for f in files if len(f.rows) == 0 or not _kept(f)]
        part = len(files) - len(whole)
        title = f"{len(whole)} 個檔案沒有存入" if whole else f"{part} 個檔案有列沒有存入"
        if whole and part:
            title += f"，{part} 個檔案有列沒有存入"
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(720, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 12)
        top.setSpacing(10)
        top.addWidget(label(title, "strong"))
        done = f"其他檔案的 {rows_stored:,} 列已存入"
        if waiting:
            done += f"；{waiting} 個檔案等您指定人員"
        kept = "沒有存入的檔案沒有留下任何資料。" if whole else "其餘的列都已存入。"
        top.addWidget(Note("pass", f"{done}；{kept}", can_close=False))
        column.addLayout(top)
        column.addWidget(self._list(), 1)
        self._told = QVBoxLayout()
        self._told.setContentsMargins(16, 0, 16, 8)
        column.addLayout(self._told)
        column.addWidget(self._buttons())

    def _list(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("沒有存入的檔案")
        inside = pane()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for file in self._files:
            entry = pane("paneHead")
            row = QHBoxLayout(entry)
            row.setContentsMargins(16, 10, 16, 10)
            row.setSpacing(10)
            row.addWidget(verdict_icon("fail"), 0, Qt.AlignmentFlag.AlignTop)
            text = QVBoxLayout()
            text.setSpacing(2)
            text.addWidget(label(file.name, "strong", wraps=True))
            for refusal in file.refusals[:MOST_SENTENCES]:
                text.addWidget(label(refusal.message, wraps=True))
            rest = len(file.refusals) - MOST_SENTENCES
            if rest > 0:
                text.addWidget(label(f"另有 {rest} 處，見「複製清單」。", "secondary"))
            row.addLayout(text, 1)
            column.addWidget(entry)
        column.addStretch()
        area.setWidget(inside)
        return area

    def _buttons(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        copy = button("複製清單(&C)", icon_name="copy_16_regular")
        save = button("存成檔案…(&T)", icon_name="arrow_download_16_regular")
        close = button("知道了(&K)", is_accent=True)
        copy.clicked.connect(self.copy_list)
        save.clicked.connect(self.save_list)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        row.addWidget(copy)
        row.addWidget(save)
        row.addStretch()
        self.folder_button = button("開啟所在資料夾(&F)", icon_name="folder_open_16_regular")
        self.folder_button.clicked.connect(self.open_folders)
        self.folder_button.setVisible(bool(self.folders))
        row.addWidget(self.folder_button)
        row.addWidget(close)
        return foot

    def text(self) -> str:
        """The list as text: file, place, sentence."""
        return "\n".join(
            f"{file.name}\t{refusal.place.words}\t{refusal.message}"
            for file in self._files
            for refusal in file.refusals
        )

    def copy_list(self) -> None:
        """Put the list on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def open_folders(self) -> None:
        """Show where the files lie."""
        shut = [
            str(one) for one in self.folders if not self._open_url(QUrl.fromLocalFile(str(one)))
        ]
        while (item := self._told.takeAt(0)) is not None:
            item.widget().deleteLater()
        if shut:
            places = "」、「".join(shut)
            words = f"這台電腦沒有開啟資料夾的程式；檔案在「{places}」，請自己到那裡看。"
            self._told.addWidget(Note("info", words, can_close=False))

    def save_list(self) -> None:
        """Save the list as a text file."""
        name, _ = QFileDialog.getSaveFileName(self, "存成檔案", "沒有存入的檔案.txt")
        if name:
            Path(name).write_text("\ufeff" + self.text() + "\n", encoding="utf-8")


def folders_of(names: Sequence[str], brought: Sequence[Path]) -> tuple[Path, ...]:
    """The folders in which files lie, each once, in the order they were brought.

    Args:
        names: The files as the batch names them, below a folder with its path inside it.
        brought: The files and folders that the clerk brought.
    """
    lie = [
        place.parent
        for path in brought
        for name in names
        if (place := path / name if path.is_dir() else path.parent / name).exists()
        if path.is_dir() or place == path
    ]
    # A file out of a package has no place of its own: where the package lies is near enough.
    near = [path if path.is_dir() else path.parent for path in brought]
    return tuple(dict.fromkeys(lie or near))


def _kept(file: PreviewFile) -> int:
    return file.rows_in - sum(refusal.rows for refusal in file.refusals)
