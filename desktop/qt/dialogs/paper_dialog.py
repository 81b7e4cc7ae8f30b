"""A paper seen as it goes out, over a foot of acts."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import pane
from desktop.qt.widgets.paper import PaperView


class PaperDialog(Dialog):
    """A preview over a foot of acts; Enter takes over a day that is typed and prints nothing."""

    enter_acts = False

    def __init__(self, title: str, *, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(900, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 10, 16, 8)
        self.head.setSpacing(8)
        column.addLayout(self.head)
        self.paper = PaperView()
        column.addWidget(self.paper, 1)
        foot = pane("foot")
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(8)
        self.above_foot, self.foot = QVBoxLayout(), QHBoxLayout()
        self.foot.setSpacing(8)
        rows.addLayout(self.above_foot)
        rows.addLayout(self.foot)
        column.addWidget(foot)
