"""Parts of 申請表: the list that is ticked, its chips, the characters that no face prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from desktop.qt.models.tables import TableModel
from desktop.qt.widgets.basics import label, verdict_icon
from desktop.qt.widgets.delegates import toggle

if TYPE_CHECKING:
    from desktop.services.issuing import FormCandidate

STATE_LOOKS = {"可列印": "pass", "待確認": "review", "未完成": "missing", "不適用": "missing"}


def note_chips(candidate: FormCandidate) -> tuple[tuple[str, str], ...]:
    """What the clerk should know of a form before it prints."""
    chips: list[tuple[str, str]] = []
    if candidate.warnings:
        chips.append(("fail", f"缺字 {len(candidate.warnings)}"))
    if candidate.state != "可列印":
        chips.append((STATE_LOOKS.get(candidate.state, "missing"), candidate.state))
    if candidate.times_printed:
        chips.append(("info", "補印"))
    return tuple(chips)


class FormTable(QTableView):
    """The forms; Space ticks, Ctrl+A ticks all that can be printed."""

    def __init__(self, ticks: TableModel) -> None:
        super().__init__()
        self.ticks = ticks
        self.setModel(ticks)

    def keyPressEvent(self, event) -> None:
        """Tick with Space and Ctrl+A."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            toggle(self.model(), self.currentIndex().siblingAtColumn(0))
        elif (
            event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.ticks.tick_all()
        else:
            super().keyPressEvent(event)


class GlyphWarning(QWidget):
    """Names the characters of one person that no face prints."""

    def __init__(self, who: str, warnings: tuple[str, ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(verdict_icon("fail"), 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(label(who, "strong"))
        for words in warnings[:3]:
            text.addWidget(label(words, "secondary", wraps=True))
        text.addWidget(label("請在名冊改成正式字，重新匯入後再印。", "caption", wraps=True))
        row.addLayout(text, 1)
