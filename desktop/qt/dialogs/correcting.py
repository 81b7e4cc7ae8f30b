"""另有一份: two readings of one course, and the clerk's word on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.successions import SuccessionAnswer
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import Note, button, label, on_click, pane
from desktop.services.resubmitting import reading_words

if TYPE_CHECKING:
    from desktop.services.resubmitting import Resubmission

KEEPS = "先前的那一列仍然保存，在審核裡列在更正後的那一列下面；可用復原（Ctrl+Z）收回。"


class CorrectingDialog(Dialog):
    """Say of two readings whether one corrects the other.

    Attributes:
        answered: Pairs, the answer and the reason; a pair may be turned.
    """

    answered = Signal(object, object, str)

    def __init__(self, pairs: Sequence[Resubmission], *, parent: QWidget | None) -> None:
        """Make the dialog.

        Args:
            pairs: What is asked; several are gone through one by one.
            parent: The page.
        """
        super().__init__(parent)
        self._pairs = tuple(pairs)
        self.setWindowTitle("同一課程有兩份不同的紀錄")
        self.setModal(True)
        self.resize(720, 320)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(8)
        self.choice = QComboBox()
        self.choice.setAccessibleName("哪一組")
        self.choice.addItems([f"第 {n} 組（共 {len(pairs)} 組）" for n in range(1, len(pairs) + 1)])
        self.choice.setVisible(len(pairs) > 1)
        self.choice.currentIndexChanged.connect(lambda _: self._show())
        body.addWidget(self.choice)
        self.course = label("", "strong", wraps=True)
        self.former = label("", wraps=True)
        self.latter = label("", wraps=True)
        for one in (self.course, self.former, self.latter):
            body.addWidget(one)
        self._note = QVBoxLayout()
        body.addLayout(self._note)
        words = label("理由(&W)")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("理由")
        self.reason.setPlaceholderText("例如：補正後重新列印（必填）")
        self.reason.textChanged.connect(lambda _: self._say_buttons())
        words.setBuddy(self.reason)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(words)
        line.addWidget(self.reason, 1)
        body.addLayout(line)
        body.addStretch()
        column.addLayout(body, 1)
        column.addWidget(self._make_foot())
        self._show()
        self.reason.setFocus()

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        self.latter_button = button("乙更正甲(&B)")
        self.former_button = button("甲更正乙(&A)")
        self.both_button = button("兩列都算數(&K)")
        cancel = button("先不說(&C)")
        on_click(self.latter_button, lambda: self._answer(SuccessionAnswer.REPLACES))
        on_click(self.former_button, lambda: self._answer(SuccessionAnswer.REPLACES, turned=True))
        on_click(self.both_button, lambda: self._answer(SuccessionAnswer.BOTH_STAND))
        on_click(cancel, self.reject)
        for one in (self.latter_button, self.former_button, self.both_button):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(cancel)
        return foot

    def _current(self) -> Resubmission:
        return self._pairs[max(self.choice.currentIndex(), 0)]

    def _show(self) -> None:
        pair = self._current()
        self.course.setText(f"{pair.name} {pair.employee_id}　{pair.course}")
        self.former.setText(f"甲　{reading_words(pair.earlier.row)}")
        self.latter.setText(f"乙　{reading_words(pair.later.row)}")
        while self._note.count():
            self._note.takeAt(0).widget().deleteLater()
        known = (
            "乙是同一次上課後來的情形。"
            if pair.is_order_sure
            else "兩份都沒有寫明哪一份較新，甲是先匯入的。"
        )
        self.note_words = f"{known}{KEEPS}"
        kind = "info" if pair.is_order_sure else "review"
        self._note.addWidget(Note(kind, self.note_words, can_close=False))
        self._say_buttons()

    def _say_buttons(self) -> None:
        has_reason = bool(self.reason.text().strip())
        for one in (self.latter_button, self.former_button, self.both_button):
            one.setEnabled(has_reason)
            one.setToolTip("" if has_reason else "請先寫理由")

    def _answer(self, answer: SuccessionAnswer, *, turned: bool = False) -> None:
        pair = self._current()
        reason = self.reason.text().strip()
        if reason:
            self.answered.emit([pair.turned() if turned else pair], answer, reason)
            self.accept()
