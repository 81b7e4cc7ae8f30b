"""Acts on the ledger that leave a trace nobody takes out: reversing, transfers, advance use."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.qt.dialogs.fields_dialog import FieldsDialog
from desktop.qt.widgets.ledger_fields import TimeField
from desktop.qt.widgets.plan_editors import WheelFreeBox

REASONS = ("登錯人", "登錯日期或時數", "假單撤回", "重複登記")


class ReverseDialog(FieldsDialog):
    """Takes a line back, with a reason."""

    def __init__(self, words: str, hours: int, *, today: date, parent: QWidget | None) -> None:
        """Ask for the reason.

        Args:
            words: The line (``05-02 使用 2 時``).
            hours: Hours taken back.
            today: The day from which on it no longer counts, unless another is chosen.
            parent: The page.
        """
        super().__init__(
            f"沖銷「{words}」",
            "原列照留，另記一列沖銷；沖銷後不能再取消，只能重新登記。",
            f"沖銷 {hours} 時(&V)",
            parent=parent,
        )
        self.reason = WheelFreeBox()
        self.reason.setEditable(True)
        self.reason.addItems(list(REASONS))
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText("")
        self.reason.setAccessibleName("理由")
        self.reason.lineEdit().setPlaceholderText("必填，會印在紀錄卡上")
        self.reason.editTextChanged.connect(lambda _: self._say())
        self.day = self._day("沖銷日", today)
        self.form.addRow("理由(&R)", self.reason)
        self.form.addRow("沖銷日(&D)", self.day)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Reason and day."""
        reason = self.reason.currentText().strip()
        if not reason or self.day.day is None:
            return None
        return {"reason": reason, "day": self.day.day}


class AdvanceDialog(FieldsDialog):
    """Hours used before they are granted."""

    def __init__(self, name: str, plan: str, *, today: date, parent: QWidget | None) -> None:
        """Ask for day, hours and consent.

        Args:
            name: Whose.
            plan: The plan in force, by its short title.
            today: For the days.
            parent: The page.
        """
        super().__init__(
            f"先行補休：{name}",
            f"依「{plan}」取得時數證明前先補休，須經單位主管同意，並在期限內補證明；"
            "核給後自動抵充。",
            "登記(&S)",
            parent=parent,
        )
        self.day = self._day("補休日", today)
        self.start = TimeField("起")
        self.start.told.connect(self._say)
        self.hours = self._hours("時數")
        self.head = self._line("同意的單位主管", "姓名")
        self.consent = self._day("同意日", today)
        self.number = self._line("假單號", "可不填")
        for caption, field in (
            ("補休日(&D)", self.day),
            ("起(&T)", self.start),
            ("時數(&H)", self.hours),
            ("同意主管(&B)", self.head),
            ("同意日(&C)", self.consent),
            ("假單號(&N)", self.number),
        ):
            self.form.addRow(caption, field)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Everything that was filled in."""
        day, hours, consent = self.day.day, self.hours.hours, self.consent.day
        if day is None or hours is None or consent is None or not self.start.is_sound:
            return None
        if not self.head.text().strip():
            return None
        return {
            "day": day,
            "hours": hours,
            "start": self.start.time,
            "consented_by": self.head.text().strip(),
            "consented_on": consent,
            "document_number": self.number.text().strip(),
        }


class TransferOutDialog(FieldsDialog):
    """Everything left goes along to another office."""

    def __init__(self, name: str, hours: int, *, today: date, parent: QWidget | None) -> None:
        """Ask where to and since when."""
        super().__init__(
            f"轉出補休：{name}",
            f"把剩餘的補休（目前 {hours} 時）交給新的機關，起算日與到期日不變；"
            "已登記在轉出日之後的使用留在這裡。",
            "轉出(&S)",
            parent=parent,
        )
        self.day = self._day("轉出日", today)
        self.agency = self._line("轉往機關")
        self.number = self._line("文號", "可不填")
        for caption, field in (
            ("轉出日(&D)", self.day),
            ("轉往機關(&A)", self.agency),
            ("文號(&N)", self.number),
        ):
            self.form.addRow(caption, field)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Day, agency and number."""
        if self.day.day is None or not self.agency.text().strip():
            return None
        return {
            "day": self.day.day,
            "other_agency": self.agency.text().strip(),
            "document_number": self.number.text().strip(),
        }


class TransferInDialog(FieldsDialog):
    """What a person brings along."""

    def __init__(self, name: str, plan: str, *, today: date, parent: QWidget | None) -> None:
        """Ask for what the former office says.

        Args:
            name: Who came.
            plan: The plan in force, by its short title.
            today: For the day of joining.
            parent: The page.
        """
        super().__init__(
            f"轉入補休：{name}",
            "照原機關移轉的資料填，一筆核給登一次；起算日與到期日不變。",
            "轉入(&S)",
            parent=parent,
        )
        self.day = self._day("轉入日", today)
        self.agency = self._line("轉自機關")
        self.title = self._line("核給名目", "114 年度／政策能力訓練")
        self.hours = self._hours("剩餘時數")
        self.used = self._line("原機關已用", "沒有就填 0")
        self.first = self._day("起算日", None)
        self.expires = self._day("到期日", None)
        self.used.setText("0")
        self.expires.setPlaceholderText("不填就是無期限")
        self.plan = WheelFreeBox()
        self.plan.setAccessibleName("核給的計畫")
        self.plan.addItem(f"{plan}（計入上限）", True)
        self.plan.addItem("其他計畫", False)
        self.number = self._line("文號", "可不填")
        for caption, field in (
            ("轉入日(&D)", self.day),
            ("轉自機關(&A)", self.agency),
            ("核給的計畫(&P)", self.plan),
            ("核給名目(&M)", self.title),
            ("剩餘時數(&H)", self.hours),
            ("原機關已用(&U)", self.used),
            ("起算日(&F)", self.first),
            ("到期日(&E)", self.expires),
            ("文號(&N)", self.number),
        ):
            self.form.addRow(caption, field)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Everything that was filled in."""
        day, hours, first = self.day.day, self.hours.hours, self.first.day
        used = self.used.text().strip() or "0"
        if day is None or hours is None or first is None or not self.expires.is_sound:
            return None
        if not (used.isascii() and used.isdecimal()):
            return None
        if not self.agency.text().strip() or not self.title.text().strip():
            return None
        return {
            "day": day,
            "hours": hours,
            "title": self.title.text().strip(),
            "first_day": first,
            "expires": self.expires.day,
            "other_agency": self.agency.text().strip(),
            "is_of_plan": bool(self.plan.currentData()),
            "used_elsewhere": int(used),
            "document_number": self.number.text().strip(),
        }
