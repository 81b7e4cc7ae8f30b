"""Fields of the ledger: a day as offices write it, a time of day, whole hours."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from desktop.domain.moments import roc_date_with_weekday
from desktop.domain.written_dates import WrittenDateError, parse_date, parse_time

MOST_HOURS = 99


class _Field(QLineEdit):
    """A line that knows whether it can be understood.

    Attributes:
        told: Something else stands in it.
    """

    told = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textChanged.connect(lambda _: self._changed())

    def _changed(self) -> None:
        is_wrong = not self.is_sound
        if self.property("error") != is_wrong:
            self.setProperty("error", is_wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        self.told.emit()

    @property
    def is_sound(self) -> bool:
        """Whether what stands in it can be understood, or nothing does."""
        raise NotImplementedError


class DayField(_Field):
    """A day: ``114-08-08``, ``114/8/8`` or ``1140808``."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "114-08-08")
        self.editingFinished.connect(self._spell_out)

    @property
    def day(self) -> date | None:
        """The day; None while it cannot be understood."""
        words = self.text().partition("（")[0].strip()
        if not words:
            return None
        try:
            return parse_date(words)
        except WrittenDateError:
            return None

    @property
    def is_sound(self) -> bool:
        """Whether it is a day, or empty."""
        return not self.text().strip() or self.day is not None

    def show_day(self, day: date | None) -> None:
        """Show another day."""
        self.setText(roc_date_with_weekday(day) if day is not None else "")

    def _spell_out(self) -> None:
        day = self.day
        if day is not None and self.text() != roc_date_with_weekday(day):
            self.blockSignals(True)
            self.show_day(day)
            self.blockSignals(False)


class TimeField(_Field):
    """A time of day: ``13:30`` or ``1330``; may be empty."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "13:30（可不填）")

    @property
    def time(self) -> time | None:
        """The time; None when empty or while it cannot be understood."""
        words = self.text().strip()
        if words.isdecimal() and len(words) in (3, 4):
            words = f"{words[:-2]}:{words[-2:]}"
        if not words:
            return None
        try:
            return parse_time(words)
        except WrittenDateError:
            return None

    @property
    def is_sound(self) -> bool:
        """Whether it is a time, or empty."""
        return not self.text().strip() or self.time is not None


class HoursField(_Field):
    """Whole hours, from one."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "整數，例如 2")

    @property
    def hours(self) -> int | None:
        """The hours; None while they cannot be understood."""
        words = self.text().strip()
        if not (words.isascii() and words.isdecimal()):
            return None
        hours = int(words)
        return hours if 1 <= hours <= MOST_HOURS else None

    @property
    def is_sound(self) -> bool:
        """Whether it is a number of hours, or empty."""
        return not self.text().strip() or self.hours is not None
