"""問題回報檔: every member and all that stands in it, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import Note, Splitter, button, on_click, pane

if TYPE_CHECKING:
    from desktop.services.support_bundle import SupportBundle


class SupportDialog(Dialog):
    """Shows a bundle.

    Attributes:
        save_wanted: The clerk looked at it and wants it saved.
    """

    save_wanted = Signal()

    def __init__(self, bundle: SupportBundle, *, parent: QWidget | None) -> None:
        """Show what would be saved.

        Args:
            bundle: The members with their texts.
            parent: The window.
        """
        super().__init__(parent)
        self._bundle = bundle
        self.setModal(True)
        self.setWindowTitle(f"問題回報檔，{len(bundle.members)} 個檔案")
        self.resize(860, 540)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.addWidget(
            Note(
                "info",
                "下面是會存進去的全部內容，姓名、人員代號等已經遮住。看到不該有的，請按「取消」，什麼都不會寫出。",
                can_close=False,
            )
        )
        column.addLayout(top)
        self.names = QListWidget()
        self.names.setObjectName("plainList")
        self.names.setAccessibleName("問題回報檔的內容")
        self.names.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.names.addItems([member.name for member in bundle.members])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("這個檔案的內容")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.names.currentRowChanged.connect(self._show)
        splitter = Splitter(Qt.Orientation.Horizontal, self.names, self.text)
        splitter.setSizes([216, 644])
        splitter.setStretchFactor(1, 1)
        column.addWidget(splitter, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.addStretch()
        cancel = button("取消")
        on_click(cancel, self.reject)
        self.save_button = button("存檔…(&S)", icon_name="save_16_regular", is_accent=True)
        on_click(self.save_button, self.save_wanted.emit)
        row.addWidget(cancel)
        row.addWidget(self.save_button)
        column.addWidget(foot)
        self.names.setCurrentRow(0)
        self.names.setFocus()

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._bundle.members):
            self.text.setPlainText(self._bundle.members[row].text)
