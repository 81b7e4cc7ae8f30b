"""與去年比較, under the form of 計畫."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.qt.models.plan_comparison import ComparisonModel
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets.basics import ElidedLabel, label, pane
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.text_fit import mark_fitted

if TYPE_CHECKING:
    from desktop.services.plan_comparing import Comparison


class ComparisonTable(QTableView):
    """Every entry of both plans; Enter goes to it in the form."""

    def keyPressEvent(self, event) -> None:
        """Activate with Enter on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ComparisonPane(QWidget):
    """What changed against last year.

    Attributes:
        went: The cursor is wanted at a path of the draft.
    """

    went = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = pane("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(8)
        self.title = label("與去年比較", "strong")
        row.addWidget(self.title)
        self._words = ElidedLabel("", "secondary")
        row.addWidget(self._words, 1)
        self.only = QCheckBox("只看不同(&O)")
        row.addWidget(self.only)
        column.addWidget(head)
        self.model = ComparisonModel(self)
        self.only.toggled.connect(self.model.show_only_changed)
        self.view = ComparisonTable()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("與去年比較")
        header = self.view.horizontalHeader()
        header.setSectionsMovable(False)
        for section in (0, 1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(3, round(ui_metrics("caption").horizontalAdvance("改")) + 32)
        mark_fitted(header)
        self.view.activated.connect(self._go)
        self.view.doubleClicked.connect(self._go)
        column.addWidget(self.view, 1)

    def show_comparison(self, comparison: Comparison, *, draft_words: str) -> None:
        """Show another comparison.

        Args:
            comparison: Of the draft.
            draft_words: What the draft is called (``115 年（草稿）``).
        """
        has_base = comparison.base_year is not None
        self.view.setVisible(has_base)
        self.only.setEnabled(has_base)
        if not has_base:
            self.title.setText("與去年比較")
            self._words.setText("沒有可以比的計畫")
            self.model.show_differences((), before="去年", after=draft_words)
            return
        before = f"{comparison.base_year} 年"
        is_same_year = draft_words.startswith(before)
        self.title.setText("與使用中的計畫比較" if is_same_year else "與去年比較")
        former = "使用中" if is_same_year else before
        count = len(comparison.changed)
        difference = f"{count} 處不同" if count else "沒有不同"
        self._words.setText(f"{former} → {draft_words.split('（')[0]}，{difference}")
        self.model.show_differences(comparison.differences, before=former, after=draft_words)

    def _go(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None and row.path is not None:
            self.went.emit(row.path)
