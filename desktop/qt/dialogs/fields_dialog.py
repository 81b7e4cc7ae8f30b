"""A dialog of a few fields; its act is open once everything needed is filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import button, label, on_click, pane
from desktop.qt.widgets.ledger_fields import DayField, HoursField


class FieldsDialog(Dialog):
    """Fields over a foot; the act is open once everything needed is filled in.

    Attributes:
        wanted: What was filled in, by name.
    """

    wanted = Signal(object)

    def __init__(self, title: str, said: str, act: str, *, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 14, 16, 12)
        self.body.setSpacing(10)
        self.body.addWidget(label(said, "secondary", wraps=True))
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self.body.addLayout(self.form)
        column.addLayout(self.body, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addStretch()
        cancel = button("取消")
        on_click(cancel, self.reject)
        self.accept_button = button(act, is_accent=True)
        self.accept_button.setDefault(True)
        on_click(self.accept_button, self._go)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addWidget(foot)

    def _line(self, name: str, hint: str = "") -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.textChanged.connect(lambda _: self._say())
        return field

    def _day(self, name: str, day: date | None) -> DayField:
        field = DayField(name)
        field.show_day(day)
        field.told.connect(self._say)
        return field

    def _hours(self, name: str) -> HoursField:
        field = HoursField(name)
        field.told.connect(self._say)
        return field

    def values(self) -> dict[str, Any] | None:
        """What was filled in; None while something needed is missing."""
        raise NotImplementedError

    def _say(self) -> None:
        can = self.values() is not None
        self.accept_button.setEnabled(can)
        self.accept_button.setToolTip("" if can else "還有必填的欄位沒有填好")

    def _go(self) -> None:
        values = self.values()
        if values is not None:
            self.wanted.emit(values)
            self.accept()
