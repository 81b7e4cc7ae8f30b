"""還原: what a backup holds, what becomes of the present data, one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.moments import roc_date
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import Note, button, label, on_click, pane

if TYPE_CHECKING:
    from desktop.services.safekeeping import BackupContents


class RestoreDialog(Dialog):
    """Asks before the office's data is replaced."""

    def __init__(self, found: BackupContents, *, parent: QWidget | None) -> None:
        """Make the dialog.

        Args:
            found: What the backup holds; it was read, so it is sound.
            parent: The page.
        """
        super().__init__(parent)
        self.setWindowTitle("還原備份")
        self.setModal(True)
        self.resize(560, 300)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(10)
        body.addWidget(
            Note("pass", "備份檔已經讀過，內容完整；現在的資料還沒有更動。", can_close=False)
        )
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        for caption, words in (
            ("檔案", found.path.name),
            ("名冊人數", f"{found.people:,} 人"),
            ("匯入", f"{found.imports:,} 批"),
            ("印出的文件", f"{found.papers:,} 份"),
            ("最後一次更動", _last_words(found)),
        ):
            form.addRow(caption, label(words, wraps=True))
        body.addLayout(form)
        body.addWidget(
            Note(
                "review",
                "還原會以這個備份取代現在的資料，之後的更動都不在裡面；"
                "現在的資料會先另存在同一個資料夾（檔名有「還原前」），公餘會重新開啟。",
                can_close=False,
            )
        )
        body.addStretch(1)
        column.addLayout(body, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addStretch(1)
        cancel = button("不還原")
        self.accept_button = button("還原並重新開啟(&R)", is_accent=True)
        on_click(cancel, self.reject)
        on_click(self.accept_button, self.accept)
        cancel.setDefault(True)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addWidget(foot)
        cancel.setFocus()


def _last_words(found: BackupContents) -> str:
    if found.last_at is None:
        return "沒有任何更動"
    return f"{roc_date(found.last_at.date())} {found.last_at:%H:%M:%S}　{found.last_act}"
