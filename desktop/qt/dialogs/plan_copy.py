"""複製去年的計畫: which one, and how many years on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import Note, button, label, on_click, pane
from desktop.qt.widgets.plan_editors import WheelFreeBox

if TYPE_CHECKING:
    from desktop.services.plan_drafts import PlanEntry


MOST_YEARS = 10


class CopyPlanDialog(Dialog):
    """Asks which plan becomes the next one.

    Attributes:
        chosen: Plan id and years.
    """

    chosen = Signal(str, int)

    def __init__(
        self, entries: Sequence[PlanEntry], *, current: str, parent: QWidget | None
    ) -> None:
        """Make the dialog.

        Args:
            entries: Plans in force, own and shipped.
            current: Id of the one proposed.
            parent: The page.
        """
        super().__init__(parent)
        self._entries = {one.id: one for one in entries if one.state.value != "draft"}
        self.setWindowTitle("複製去年的計畫")
        self.setModal(True)
        self.resize(580, 290)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(10)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.plan = WheelFreeBox()
        self.plan.setAccessibleName("要複製的計畫")
        for one in self._entries.values():
            self.plan.addItem(f"{one.year} 年　{one.short_title}（{one.state.word}）", one.id)
        self.plan.setCurrentIndex(max(self.plan.findData(current), 0))
        self.years = WheelFreeBox()
        self.years.setAccessibleName("日期往後移幾年")
        for years in range(1, MOST_YEARS + 1):
            self.years.addItem(f"{years} 年", years)
        form.addRow("要複製的計畫(&P)", self.plan)
        form.addRow("日期往後移(&Y)", self.years)
        body.addLayout(form)
        self.outcome = label("", "strong", wraps=True)
        body.addWidget(self.outcome)
        body.addWidget(
            Note(
                "info",
                "日期、年度、代號、名稱和申請表的文字換成新的年度；文號、條文的原文和核對日期"
                "不變，右邊的檢查會提醒您拿今年的函核對。複製成草稿，啟用前不影響任何判定。",
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
        self.accept_button = button("複製成草稿(&K)", is_accent=True)
        self.accept_button.setDefault(True)
        on_click(cancel, self.reject)
        on_click(self.accept_button, self._accept)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addWidget(foot)
        self.plan.currentIndexChanged.connect(self._say)
        self.years.currentIndexChanged.connect(self._say)
        self._say()

    def _say(self, *_: object) -> None:
        entry = self._entries.get(str(self.plan.currentData()))
        self.accept_button.setEnabled(entry is not None)
        if entry is not None:
            later = entry.year + int(self.years.currentData())
            self.outcome.setText(f"{entry.year} 年 → {later} 年（草稿）")

    def _accept(self) -> None:
        self.chosen.emit(str(self.plan.currentData()), int(self.years.currentData()))
        self.accept()
