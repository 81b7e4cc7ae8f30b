"""Dialogs of 專班活動: places, nominees, reports, activities, sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from desktop.domain.activities import Activity, ActivityKind, Session
from desktop.qt.dialogs.fields_dialog import FieldsDialog
from desktop.qt.widgets.basics import label
from desktop.qt.widgets.people_picker import PeoplePicker
from desktop.qt.widgets.plan_editors import WheelFreeBox

if TYPE_CHECKING:
    from desktop.domain.people import Person
    from desktop.services.nominating import ProgrammeView


def whole_number(words: str) -> int | None:
    """A whole number from one; None for anything else."""
    words = words.strip()
    return int(words) if words.isascii() and words.isdecimal() and int(words) > 0 else None


class PlacesDialog(FieldsDialog):
    """The office's own quota."""

    def __init__(self, view: ProgrammeView, *, parent: QWidget | None) -> None:
        super().__init__("名額", view.quota_words, "登記(&S)", parent=parent)
        self.places = self._line("名額", "整數，例如 15")
        self.reason = self._line("依據", "文號或名額配當表，必填")
        self.places.setText("" if view.places is None else str(view.places))
        self.form.addRow("名額(&Q)", self.places)
        self.form.addRow("依據(&R)", self.reason)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Places and their source."""
        places, reason = whole_number(self.places.text()), self.reason.text().strip()
        return {"places": places, "reason": reason} if places and reason else None


class NomineeDialog(FieldsDialog):
    """Somebody is put on the list, perhaps in another's place."""

    def __init__(
        self,
        view: ProgrammeView,
        people: Sequence[Person],
        *,
        today: date,
        replaces: str = "",
        parent: QWidget | None,
    ) -> None:
        """Ask who, and what the programme wants to know.

        Args:
            view: The programme.
            people: Who may be chosen.
            today: For the day.
            replaces: The name of who is replaced; empty when nobody is.
            parent: The page.
        """
        title = f"換人：由誰遞補{replaces}" if replaces else "登記薦送"
        said = "線上報名要填聯絡電話與服務機關人事單位電子信箱；換人時兩人的紀錄會互相註明。"
        super().__init__(title, said, "遞補(&S)" if replaces else "薦送(&S)", parent=parent)
        self.setMinimumWidth(560)
        self.people = PeoplePicker(people, many=False, name="可薦送的人")
        self.people.chosen_changed.connect(self._say)
        self.body.insertWidget(1, self.people, 1)
        self.day = self._day("日期", today)
        self.telephone = self._line("聯絡電話")
        self.email = self._line("人事單位電子信箱")
        self.priority = WheelFreeBox()
        self.priority.setAccessibleName("優先條件")
        self.priority.addItems(["（沒有）", *view.priority])
        self.reason = self._line("理由", "必填，例如 原薦送人員調任")
        for caption, field in (
            ("日期(&D)", self.day),
            ("聯絡電話(&T)", self.telephone),
            ("人事信箱(&E)", self.email),
            ("優先條件(&P)", self.priority),
            ("理由(&R)", self.reason),
        ):
            self.form.addRow(caption, field)
        self.checked = QCheckBox("已查明，不是下列不得薦送的人(&C)")
        self.checked.toggled.connect(lambda _: self._say())
        self.checked.setVisible(bool(view.excluded))
        self.checked.setChecked(not view.excluded)
        self.email.setText(view.email)
        self.body.addWidget(self.checked)
        if view.excluded:
            self.body.addWidget(label("；".join(view.excluded), "secondary", wraps=True))
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Everything that was filled in."""
        needed = [self.telephone.text(), self.email.text(), self.reason.text()]
        if not self.people.chosen or self.day.day is None or not self.checked.isChecked():
            return None
        if not all(words.strip() for words in needed):
            return None
        has_priority = self.priority.currentIndex() > 0
        return {
            "employee_id": self.people.chosen[0],
            "day": self.day.day,
            "telephone": needed[0].strip(),
            "email": needed[1].strip(),
            "priority": self.priority.currentText() if has_priority else "",
            "is_free_of_exclusions": True,
            "reason": needed[2].strip(),
        }


class DayReasonDialog(FieldsDialog):
    """A day and, where it is needed, a reason."""

    def __init__(
        self,
        title: str,
        said: str,
        act: str,
        *,
        today: date | None = None,
        asks_reason: bool = True,
        parent: QWidget | None,
    ) -> None:
        """Ask for them.

        Args:
            title: The matter in words.
            said: What becomes of it.
            act: The button's words.
            today: For the day; None where no day is asked.
            asks_reason: Whether a reason is.
            parent: The page.
        """
        super().__init__(title, said, act, parent=parent)
        self._asks_day, self._asks_reason = today is not None, asks_reason
        self.day = self._day("日期", today)
        self.reason = self._line("理由", "必填")
        if self._asks_day:
            self.form.addRow("日期(&D)", self.day)
        if asks_reason:
            self.form.addRow("理由(&R)", self.reason)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """What was asked for."""
        found: dict[str, Any] = {}
        if self._asks_day:
            if self.day.day is None:
                return None
            found["day"] = self.day.day
        if self._asks_reason:
            if not self.reason.text().strip():
                return None
            found["reason"] = self.reason.text().strip()
        return found


class ActivityDialog(FieldsDialog):
    """An activity is entered or changed."""

    def __init__(self, activity: Activity | None, *, parent: QWidget | None) -> None:
        super().__init__(
            "修改活動" if activity else "新增活動",
            "抽獎可以寫明課程（一行一門，期間內完成 1 門 1 次機會）；不寫課程就以出席場次計。",
            "儲存(&S)",
            parent=parent,
        )
        self._former = activity or Activity("", "", ActivityKind.CLASS)
        self.name = self._line("名稱", "例如 數位教材製作研習班")
        self.kind = WheelFreeBox()
        self.kind.setAccessibleName("類別")
        for kind in ActivityKind:
            self.kind.addItem(kind.word, kind.value)
        self.clause = self._line("依據", "計畫點次，可不填")
        self.courses = QPlainTextEdit()
        self.courses.setAccessibleName("抽獎課程")
        self.courses.setTabChangesFocus(True)
        self.courses.setMaximumHeight(96)
        self.first = self._day("期間首日", self._former.first_day)
        self.last = self._day("期間末日", self._former.last_day)
        self.prizes = self._line("份數", "可不填")
        self.prize = self._line("獎品", "可不填")
        for caption, field in (
            ("名稱(&N)", self.name),
            ("類別(&K)", self.kind),
            ("依據(&B)", self.clause),
            ("抽獎課程(&L)", self.courses),
            ("期間首日(&F)", self.first),
            ("期間末日(&E)", self.last),
            ("份數(&P)", self.prizes),
            ("獎品(&G)", self.prize),
        ):
            self.form.addRow(caption, field)
        former = self._former
        self.name.setText(former.name)
        self.kind.setCurrentIndex(self.kind.findData(former.kind.value))
        self.clause.setText(former.clause)
        self.courses.setPlainText("\n".join(former.courses))
        self.prizes.setText(str(former.prizes) if former.prizes else "")
        self.prize.setText(former.prize)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """The activity."""
        prizes = self.prizes.text().strip()
        if not self.name.text().strip() or (prizes and whole_number(prizes) is None):
            return None
        if not self.first.is_sound or not self.last.is_sound:
            return None
        lines = self.courses.toPlainText().splitlines()
        return {
            "activity": replace(
                self._former,
                name=self.name.text().strip(),
                kind=ActivityKind(self.kind.currentData()),
                clause=self.clause.text().strip(),
                courses=tuple(dict.fromkeys(line.strip() for line in lines if line.strip())),
                prizes=whole_number(prizes) or 0,
                prize=self.prize.text().strip(),
                first_day=self.first.day,
                last_day=self.last.day,
            )
        }


class SessionDialog(FieldsDialog):
    """A session is entered or changed."""

    def __init__(self, session: Session | None, name: str, *, parent: QWidget | None) -> None:
        """Ask for it.

        Args:
            session: The one to change; None for a new one.
            name: Proposed for a new one.
            parent: The page.
        """
        super().__init__(
            "修改場次" if session else "新增場次",
            "日期未定可以先留空；名額留空就是不限，額滿後報名的人列為候補。",
            "儲存(&S)",
            parent=parent,
        )
        self._former = session or Session("", name)
        self.name = self._line("場次名稱")
        self.first = self._day("開始日", self._former.first_day)
        self.last = self._day("結束日", self._former.last_day)
        self.venue = self._line("地點", "可不填")
        self.places = self._line("名額", "留空就是不限")
        self.hours = self._line("時數", "可不填")
        for caption, field in (
            ("場次(&N)", self.name),
            ("開始日(&F)", self.first),
            ("結束日(&L)", self.last),
            ("地點(&V)", self.venue),
            ("名額(&Q)", self.places),
            ("時數(&H)", self.hours),
        ):
            self.form.addRow(caption, field)
        former = self._former
        self.name.setText(former.name)
        self.venue.setText(former.venue)
        self.places.setText("" if former.places is None else str(former.places))
        self.hours.setText("" if former.hours is None else str(former.hours))
        self._say()

    def values(self) -> dict[str, Any] | None:
        """The session."""
        figures = [field.text().strip() for field in (self.places, self.hours)]
        if not self.name.text().strip() or not self.first.is_sound or not self.last.is_sound:
            return None
        if any(words and whole_number(words) is None for words in figures):
            return None
        return {
            "session": replace(
                self._former,
                name=self.name.text().strip(),
                first_day=self.first.day,
                last_day=self.last.day,
                venue=self.venue.text().strip(),
                places=whole_number(figures[0]),
                hours=whole_number(figures[1]),
            )
        }


class SignUpDialog(FieldsDialog):
    """People are signed up for a session."""

    def __init__(
        self, title: str, people: Sequence[Person], free: int | None, *, parent: QWidget | None
    ) -> None:
        """Offer people.

        Args:
            title: Activity and session.
            people: Who is not signed up yet.
            free: Places left; None without limit.
            parent: The page.
        """
        said = "名額不限。" if free is None else f"還有 {free} 個名額；依勾選順序，超過的列為候補。"
        super().__init__(f"報名：{title}", said, "報名(&S)", parent=parent)
        self.setMinimumWidth(560)
        self.people = PeoplePicker(people, many=True, name="可報名的人")
        self.people.chosen_changed.connect(self._say)
        self.body.insertWidget(1, self.people, 1)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Who."""
        return {"employee_ids": self.people.chosen} if self.people.chosen else None

    def showEvent(self, event) -> None:
        """Begin at the search."""
        super().showEvent(event)
        self.people.search.setFocus(Qt.FocusReason.OtherFocusReason)
