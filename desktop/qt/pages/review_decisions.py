"""The bar of decisions in 審核."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
)

from desktop.domain.findings import ReasonCode
from desktop.domain.verdicts import DecisionKind, RecordVerdict, Verdict
from desktop.qt.tokens import size
from desktop.qt.widgets.basics import button, label, set_accent
from desktop.services.wording import CHIPS

if TYPE_CHECKING:
    from desktop.services.verifying import GivenReason


class DecisionBar(QFrame):
    """The reason in words and the four acts.

    Attributes:
        decided: An act was chosen: kind and reason.
        same_wanted: 同因: the same decision for all rows with this reason.
        left: Esc: back to the table.
    """

    decided = Signal(object, str)
    same_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._record: RecordVerdict | None = None
        self._own_reason = ""
        self._last: dict[tuple[ReasonCode, DecisionKind], str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 12, 7)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._label = label("理由(&W)")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reason.setMinimumWidth(110)
        self.reason.lineEdit().setPlaceholderText("理由（人工改判時必填）")
        self.reason.setAccessibleName("理由")
        self.reason.lineEdit().textEdited.connect(lambda _: self._set_error(""))
        self.reason.installEventFilter(self)
        self.reason.lineEdit().installEventFilter(self)
        self._label.setBuddy(self.reason)
        row.addWidget(self._label)
        row.addWidget(self.reason, 1)
        self.accept_button = button("採計(&A)")
        self.refuse_button = button("不採計(&R)")
        self.correct_button = button("請補正(&C)")
        self.same_button = button("同因…(&B)")
        for one, kind in (
            (self.accept_button, DecisionKind.ACCEPT),
            (self.refuse_button, DecisionKind.REFUSE),
            (self.correct_button, DecisionKind.CORRECTION),
        ):
            one.clicked.connect(lambda _=False, act=kind: self._act(act))
            row.addWidget(one)
        self.same_button.clicked.connect(self.same_wanted)
        row.addWidget(self.same_button)
        column.addLayout(row)
        self.error = label("", "caption")
        self.error.hide()
        column.addWidget(self.error)
        self.setMinimumHeight(size("decision_bar"))
        self.show_record(None, "")

    def eventFilter(self, watched, event) -> bool:
        """Esc goes back to the table unless the input method is composing."""
        if event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ content
    def show_record(self, record: RecordVerdict | None, own_reason: str) -> None:
        """Serve another record.

        Args:
            record: The record, None without.
            own_reason: The program's sentence, the reason of a refusal that follows it.
        """
        self._record = record
        self._own_reason = own_reason
        self.reason.setEditText("")
        self._set_error("")
        can_decide = record is not None and record.verdict is not None
        for one in (self.accept_button, self.refuse_button, self.correct_button):
            one.setEnabled(can_decide)
            one.setToolTip("" if can_decide else "選一列有學習紀錄的課程")
        self.reason.setEnabled(can_decide)
        is_fail = record is not None and record.verdict is Verdict.FAIL and record.decision is None
        set_accent(self.refuse_button, is_fail)
        self.show_same(0)

    def show_same(self, count: int) -> None:
        """Show how many rows carry the same reason."""
        words = f"同因 {count} 筆…(&B)" if count > 1 else "同因…(&B)"
        self.same_button.setText(words)
        has_findings = self._record is not None and bool(self._record.findings)
        self.same_button.setEnabled(has_findings)
        self.same_button.setToolTip("同一個原因的列一次決定" if has_findings else "這一列沒有原因")

    def show_recent(self, reasons: Sequence[str]) -> None:
        """Offer the last reasons."""
        words = self.reason.currentText()
        self.reason.clear()
        self.reason.addItems(list(reasons[:30]))
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText(words)

    def show_given(self, given: Iterable[GivenReason]) -> None:
        """Know the last reason given for each reason code and act, to offer it again."""
        in_time = sorted(given, key=lambda one: one.given_at)
        self._last = {(one.code, one.kind): one.words for one in in_time}

    # ------------------------------------------------------------------- acting
    def _act(self, kind: DecisionKind) -> None:
        record = self._record
        if record is None or record.verdict is None:
            return
        words = self.reason.currentText().strip()
        if not words and kind is DecisionKind.REFUSE and record.verdict is Verdict.FAIL:
            words = self._own_reason
        if not words:
            self._ask(record, kind)
            return
        self._set_error("")
        self.decided.emit(kind, words)

    def _ask(self, record: RecordVerdict, kind: DecisionKind) -> None:
        """Move to the reason; offer the code's last one, so that the same keys again accept it."""
        self.reason.setFocus()
        code = record.worst_reason
        last = self._last.get((code, kind), "") if code is not None else ""
        if code is not None and last:
            self.reason.setEditText(last)
            self.reason.lineEdit().selectAll()
            words = f"這是上次「{CHIPS[code]}」{kind.word}的理由；再按一次就用它，或改寫。"
            self._set_error(words, is_wrong=False)
        else:
            self._set_error("請先寫理由")

    def _set_error(self, words: str, *, is_wrong: bool = True) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))
        is_ringed = bool(words) and is_wrong
        if self.reason.property("error") != is_ringed:
            self.reason.setProperty("error", is_ringed)
            self.reason.style().unpolish(self.reason)
            self.reason.style().polish(self.reason)
