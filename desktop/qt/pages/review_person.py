"""The line over the workbench: whose case it is, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    Qt,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QToolButton,
)

from desktop.qt.pages.review_benefits import head_benefits
from desktop.qt.term_words import word_tip
from desktop.qt.widgets.basics import ElidedLabel, label, tint
from desktop.services.wording import CREDIT_WORDS, hours_words

if TYPE_CHECKING:
    from desktop.services.verifying import Case


TIER_WORDS = ("簡任", "薦任", "委任")


class PersonLine(QFrame):
    """Whose case it is, and what it comes to."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.queue_button = QToolButton()
        tint(self.queue_button, "chevron_down_12_regular")
        self.queue_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.queue_button.setText("名單")
        self.queue_button.setAccessibleName("打開審核名單")
        self.queue_button.hide()
        row.addWidget(self.queue_button)
        self.name = label("", "subtitle")
        row.addWidget(self.name)
        self.facts = ElidedLabel("", "secondary")
        row.addWidget(self.facts, 1)
        self._labels = []
        for caption in ("補休", "嘉獎"):
            head, value = label(caption, "secondary"), label("", "strong")
            row.addWidget(head)
            row.addWidget(value)
            self._labels.append((head, value))
            if caption == "補休":
                row.addSpacing(10)
        self.show_case(None)

    def show_case(self, case: Case | None) -> None:
        """Show another person, or nobody."""
        for head, value in self._labels:
            head.setVisible(case is not None)
            value.setVisible(case is not None)
        if case is None:
            self.name.setText("")
            self.facts.setText("")
            return
        person = case.verdict.person
        tier = next((word for word in TIER_WORDS if word in person.rank), "")
        parts = [person.employee_id, person.unit, person.title, tier, case.pattern_words]
        if case.verdict.is_eligible is False:
            parts.append("不在適用對象")
        self.name.setText(person.name)
        self.facts.setText("　".join(part for part in parts if part))
        credit = case.verdict.credit
        shown = head_benefits(case)
        if credit is not None:  # the reason is too long for the line
            recognised = f"採認 {hours_words(credit.recognised_hours)} 時"
            shown = (("時數", recognised), ("", CREDIT_WORDS[credit.state]))
        for number, (head, value) in enumerate(self._labels):
            caption, words = shown[number] if number < len(shown) else ("", "")
            head.setText(caption)
            head.setToolTip(word_tip(caption))
            value.setText(words)
            value.setToolTip(case.credit_words)
