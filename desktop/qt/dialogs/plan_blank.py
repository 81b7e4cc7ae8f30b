"""從空白開始: whose plan it is, and which year's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import Note, button, on_click, pane
from desktop.qt.widgets.plan_editors import WheelFreeBox

YEARS_BEFORE, YEARS_AFTER = 12, 4


class BlankPlanDialog(Dialog):
    """Asks for the two things every plan has.

    Attributes:
        chosen: Agency and ROC year.
    """

    chosen = Signal(str, int)

    def __init__(self, *, year: int, parent: QWidget | None) -> None:
        """Make the dialog.

        Args:
            year: ROC year proposed.
            parent: The page.
        """
        super().__init__(parent)
        self.setWindowTitle("從空白開始")
        self.setModal(True)
        self.resize(520, 220)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(10)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.agency = QLineEdit()
        self.agency.setAccessibleName("訂定計畫的機關")
        self.agency.setPlaceholderText("例如 花蓮縣政府")
        self.year = WheelFreeBox()
        self.year.setAccessibleName("計畫年度")
        for one in range(year - YEARS_BEFORE, year + YEARS_AFTER + 1):
            self.year.addItem(f"{one} 年", one)
        self.year.setCurrentIndex(self.year.findData(year))
        form.addRow("訂定計畫的機關(&A)", self.agency)
        form.addRow("計畫年度(&Y)", self.year)
        body.addLayout(form)
        body.addWidget(
            Note(
                "info",
                "還沒有課程和獎勵的計畫會有幾個錯誤，右邊的檢查逐項說明要補什麼；"
                "啟用前不影響任何判定。別的機關已有類似的計畫時，複製再改比較快。",
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
        cancel = button("取消")
        self.accept_button = button("建立草稿(&K)", is_accent=True)
        self.accept_button.setDefault(True)
        self.accept_button.setEnabled(False)
        on_click(cancel, self.reject)
        on_click(self.accept_button, self._accept)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addWidget(foot)
        self.agency.textChanged.connect(
            lambda words: self.accept_button.setEnabled(bool(words.strip()))
        )

    def _accept(self) -> None:
        self.chosen.emit(self.agency.text().strip(), int(self.year.currentData()))
        self.accept()
