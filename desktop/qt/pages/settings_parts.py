"""What the sections of 設定 have in common: title, explanation, rows, a scrolled ground."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.widgets.basics import label, pane

WIDEST = 760


class Section(QWidget):
    """One matter of the settings: what it is for, then its fields in a card."""

    def __init__(self, title: str, words: str) -> None:
        """Make the section.

        Args:
            title: The matter, as the list at the left names it.
            words: What it is for, one sentence or two.
        """
        super().__init__()
        self.title = title
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(area)
        ground = QWidget()
        ground.setObjectName("scrolled")
        area.setWidget(ground)
        row = QHBoxLayout(ground)
        row.setContentsMargins(16, 14, 16, 16)
        holder = QWidget()
        holder.setMaximumWidth(WIDEST)
        row.addWidget(holder, 100)
        row.addStretch(1)
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.column.addWidget(label(title, "subtitle"))
        self.column.addWidget(label(words, "secondary", wraps=True))

    def add_form(self) -> QFormLayout:
        """A card with captions at the left and fields at the right."""
        card = pane("card")
        form = QFormLayout(card)
        form.setContentsMargins(16, 14, 16, 14)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.column.addWidget(card)
        return form

    def add_acts(self, *acts: QWidget) -> None:
        """Buttons in a row, from the left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for act in acts:
            row.addWidget(act)
        row.addStretch(1)
        self.column.addLayout(row)

    def end(self) -> None:
        """Leave what is left of the height empty."""
        self.column.addStretch(1)


def value(name: str) -> QLabel:
    """A text that is read, can be marked and copied, and gives way by wrapping."""
    one = label("", wraps=True)
    one.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    one.setAccessibleName(name)
    one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return one
