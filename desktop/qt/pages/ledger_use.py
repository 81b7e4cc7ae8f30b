"""登記使用: day, start and whole hours; what would be taken from which grant, before it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.qt.widgets.basics import (
    IconLabel,
    button,
    label,
    on_click,
    pane,
    set_words,
    verdict_icon,
)
from desktop.qt.widgets.ledger_fields import DayField, HoursField, TimeField

if TYPE_CHECKING:
    from desktop.services.ledger_using import UsePreview


class UsePane(QWidget):
    """The pane at the right of 補休帳.

    Attributes:
        preview_wanted: Day and hours were changed.
        record_wanted: The use shall be recorded.
        reverse_wanted: The line chosen shall be reversed.
    """

    preview_wanted = Signal(object, int)
    record_wanted = Signal(object)
    reverse_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._can_record = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = pane("paneHead")
        head.setFixedHeight(36)
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(label("登記使用", "strong"))
        column.addWidget(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrolled")
        body = QVBoxLayout(inside)
        body.setContentsMargins(12, 12, 12, 8)
        body.setSpacing(4)
        self.day, self.start = DayField("日期"), TimeField("起")
        self.hours, self.slip = HoursField("時數"), QLineEdit()
        self.slip.setAccessibleName("假單號")
        self.slip.setPlaceholderText("可不填")
        for caption, field in (
            ("日期(&D)", self.day),
            ("起(&B)", self.start),
            ("時數（整數）(&H)", self.hours),
            ("假單號(&N)", self.slip),
        ):
            words = label(caption, "secondary")
            words.setBuddy(field)
            body.addWidget(words)
            body.addWidget(field)
            body.addSpacing(4)
        body.addWidget(self._make_shown())
        after = QHBoxLayout()
        after.addWidget(label("登記後剩餘", "secondary"))
        after.addStretch()
        self.after = label("", "subtitle")
        after.addWidget(self.after)
        body.addLayout(after)
        body.addStretch()
        area.setWidget(inside)
        column.addWidget(area, 1)
        foot = pane("foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(12, 8, 12, 8)
        buttons.setSpacing(8)
        self.reverse_button = button("沖銷選取列…(&V)")
        self.record_button = button("登記(&S)", is_accent=True)
        on_click(self.reverse_button, self.reverse_wanted.emit)
        on_click(self.record_button, self._record)
        buttons.addWidget(self.reverse_button)
        buttons.addStretch()
        buttons.addWidget(self.record_button)
        column.addWidget(foot)
        for field in (self.day, self.start, self.hours):
            field.told.connect(self._changed)
            field.returnPressed.connect(self._record)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._record)
        self.offer_reversal(None)
        self.clear()

    def _make_shown(self) -> QWidget:
        self.shown = pane("note")
        self.shown.setProperty("kind", "info")
        column = QVBoxLayout(self.shown)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._mark: IconLabel = verdict_icon("info")
        head.addWidget(self._mark)
        self._heading = label("會先扣", "strong")
        head.addWidget(self._heading, 1)
        column.addLayout(head)
        self._said = label("", wraps=True)
        self._said.setContentsMargins(24, 0, 0, 0)
        column.addWidget(self._said)
        return self.shown

    # ------------------------------------------------------------------- showing
    def begin(self, today: date) -> None:
        """Propose a day when there is none yet."""
        if self.day.day is None:
            self.day.show_day(today)

    def clear(self) -> None:
        """Take hours and slip away, keep the day: the next person's use is often of the same."""
        self.hours.setText("")
        self.start.setText("")
        self.slip.setText("")
        self.show_preview(None)

    def show_preview(self, preview: UsePreview | None) -> None:
        """Show what would be taken; nothing without a preview."""
        self._can_record = preview is not None and not preview.short
        hours = self.hours.hours
        set_words(self.record_button, f"登記 {hours} 時(&S)" if hours else "登記(&S)")
        self.shown.setVisible(preview is not None)
        self.after.setText("")
        if preview is not None:
            kind = "review" if preview.short else "info"
            self.shown.setProperty("kind", kind)
            self.shown.style().unpolish(self.shown)
            self.shown.style().polish(self.shown)
            self._heading.setText("不能登記" if preview.short else "會先扣")
            lines = [f"{draw.title}　{draw.hours} 時\n{draw.expiry}" for draw in preview.draws]
            words = preview.sentence if preview.short else "\n".join(lines)
            self._said.setText(words)
            self.shown.setAccessibleName(words)
            self.after.setText("" if preview.short else f"{preview.after} 時")
        self.record_button.setEnabled(self._can_record and self._is_sound)
        self.record_button.setToolTip(
            "" if self.record_button.isEnabled() else "先填日期與整數時數，並確認有足夠的時數"
        )

    def offer_reversal(self, why_not: str | None) -> None:
        """Offer to reverse the line chosen, or say why not; None when no line is chosen."""
        self.reverse_button.setEnabled(why_not == "")
        self.reverse_button.setToolTip("先在明細選一列" if why_not is None else why_not)

    @property
    def _is_sound(self) -> bool:
        return self.day.day is not None and self.hours.hours is not None and self.start.is_sound

    def _changed(self) -> None:
        day, hours = self.day.day, self.hours.hours
        if day is None or hours is None:
            self.show_preview(None)
            return
        self._can_record = False
        self.record_button.setEnabled(False)
        self.preview_wanted.emit(day, hours)

    def _record(self) -> None:
        if not self.record_button.isEnabled():
            return
        values: dict[str, Any] = {
            "day": self.day.day,
            "hours": self.hours.hours,
            "start": self.start.time,
            "document_number": self.slip.text().strip(),
        }
        self.record_wanted.emit(values)
