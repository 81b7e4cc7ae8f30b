"""What a person is given beside the head line's two benefits, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.verdicts import HindranceCode
from desktop.qt.widgets.basics import ElidedLabel, label

if TYPE_CHECKING:
    from desktop.services.benefit_words import BenefitLine
    from desktop.services.verifying import Case

HEAD_BENEFITS = 2
"""So many benefits stand in the person's own line."""


def head_benefits(case: Case) -> tuple[tuple[str, str], ...]:
    """Title and words of the benefits that the person's line shows."""
    return tuple((line.title, line.words) for line in case.benefits[:HEAD_BENEFITS])


def benefit_rows(case: Case | None) -> tuple[tuple[str, str], ...]:
    """The rows below the person's line: further benefits, and every benefit with a hindrance.

    Somebody outside the plan's people has none: the person's line says so already.
    """
    if case is None or case.verdict.is_eligible is False:
        return ()
    return tuple(
        (line.title, _words(line, is_in_head=number < HEAD_BENEFITS))
        for number, line in enumerate(case.benefits)
        if number >= HEAD_BENEFITS or _reasons(line)
    )


def _words(line: BenefitLine, *, is_in_head: bool) -> str:
    reasons = _reasons(line)
    parts = reasons if is_in_head else (line.words, *reasons)
    return "　".join(parts)


def _reasons(line: BenefitLine) -> tuple[str, ...]:
    return tuple(
        reason
        for hindrance, reason in zip(line.hindrances, line.reasons, strict=True)
        if hindrance.code is not HindranceCode.NOT_ELIGIBLE
    )


class BenefitStrip(QFrame):
    """A line a benefit; hidden when the person's own line says all there is.

    Attributes:
        rows: What is shown, title and words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("核給與原因")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 2, 12, 6)
        self._column.setSpacing(2)
        self._lines: list[QWidget] = []
        self.rows: tuple[tuple[str, str], ...] = ()
        self.hide()

    def show_case(self, case: Case | None) -> None:
        """Show another person, or nobody."""
        rows = benefit_rows(case)
        if rows == self.rows:
            return
        self.rows = rows
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(title, words) for title, words in rows]
        for line in self._lines:
            self._column.addWidget(line)
        self.setAccessibleDescription("\n".join(f"{title}：{words}" for title, words in rows))
        self.setVisible(bool(rows))

    def _line(self, title: str, words: str) -> QWidget:
        holder = QWidget(self)
        holder.setObjectName("scrolled")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(title, "secondary"))
        value = ElidedLabel("", "body")
        value.setText(words)
        row.addWidget(value, 1)
        return holder
