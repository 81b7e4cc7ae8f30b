"""Refused files: what was stored, and of each other file what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.widgets.basics import Note, button, label, pane, verdict_icon

if TYPE_CHECKING:
    from desktop.services.import_preview import PreviewFile

MOST_SENTENCES = 5


class RefusedFilesDialog(QDialog):
    """Lists the files that were not taken, whole or in part."""

    def __init__(
        self,
        files: Sequence[PreviewFile],
        *,
        rows_stored: int,
        waiting: int,
        parent: QWidget | None,
    ) -> None:
        """Make the dialog.

        Args:
            files: Those with refusals.
            rows_stored: Rows of the batch that were stored.
            waiting: Files that wait for their person.
            parent: The page.
        """
        super().__init__(parent)
        self._files = tuple(files)
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

    def save_list(self) -> None:
        """Save the list as a text file."""
        name, _ = QFileDialog.getSaveFileName(self, "存成檔案", "沒有存入的檔案.txt")
        if name:
            Path(name).write_text("\ufeff" + self.text() + "\n", encoding="utf-8")


def _kept(file: PreviewFile) -> int:
    return file.rows_in - sum(refusal.rows for refusal in file.refusals)
