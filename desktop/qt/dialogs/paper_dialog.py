"""A paper seen as it goes out, over a foot of acts."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.widgets.basics import pane
from desktop.qt.widgets.paper import PaperView


class PaperDialog(QDialog):
    """A preview over a foot of acts."""

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
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(16, 10, 16, 10)
        self.foot.setSpacing(8)
        column.addWidget(foot)
