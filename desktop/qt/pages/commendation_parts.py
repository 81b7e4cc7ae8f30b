"""Parts of 敘獎: the list that is ticked and put in order, the reasons, the bar for a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import ElidedLabel, button, label, set_accent, verdict_icon
from desktop.qt.widgets.delegates import toggle

if TYPE_CHECKING:
    from desktop.qt.widgets.ledger_card import FigureTile
    from desktop.services.commendation_view import CommendationView, Examined, Ground
    from desktop.services.issuing import FormCandidate

QUIET: Mapping[int, Callable[[Any], Any]] = {Role.QUIET: lambda one: True}


def who(one: Examined) -> str:
    """Name and code."""
    return f"{one.name} {one.employee_id}"


def other_columns() -> list[TableColumn[Examined]]:
    """Who is not proposed."""
    return [
        TableColumn("姓名", who),
        TableColumn("單位", lambda one: one.unit),
        TableColumn("職稱", lambda one: one.title, QUIET),
        TableColumn("官職等", lambda one: one.rank, QUIET),
        TableColumn("類別", lambda one: one.note, {Role.STATE: lambda one: one.grounds[0].look}),
        TableColumn("原因", lambda one: one.grounds[0].words),
    ]


class ListTable(QTableView):
    """The list: Space ticks, Enter goes to the reason, Alt+↑ and Alt+↓ move the row.

    Attributes:
        moved: The current row is to go so many places down.
        reason_wanted: Enter.
    """

    moved = Signal(int)
    reason_wanted = Signal()

    def __init__(self, model: TableModel[Examined]) -> None:
        super().__init__()
        self.setModel(model)

    def keyPressEvent(self, event) -> None:
        """Tick, move, or go on to the reason."""
        key = event.key()
        if key == Qt.Key.Key_Space and self.currentIndex().isValid():
            toggle(self.model(), self.currentIndex().siblingAtColumn(0))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and (
            event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.reason_wanted.emit()
        else:
            super().keyPressEvent(event)


class ReasonBar(QFrame):
    """One written reason for everybody whose tick was changed.

    Attributes:
        left_out, taken_in: The acts, with the reason.
        dropped: The ticks go back to what is in force.
    """

    left_out = Signal(str)
    taken_in = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._out = self._back = 0
        self._reasons: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 12, 7)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        words = label("理由(&W)")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setMinimumWidth(110)
        self.reason.setAccessibleName("理由")
        self.reason.lineEdit().setPlaceholderText("取消勾選就是不列名；一個理由寫在所有變更的人上")
        self.reason.editTextChanged.connect(lambda _: self._say())
        self.reason.lineEdit().returnPressed.connect(self.accept)
        self.reason.lineEdit().installEventFilter(self)
        words.setBuddy(self.reason)
        row.addWidget(words)
        row.addWidget(self.reason, 1)
        self.out_button = button("不列名(&N)")
        self.back_button = button("恢復列名(&I)")
        self.drop_button = button("取消變更(&C)")
        self.out_button.clicked.connect(lambda _=False: self.left_out.emit(self.words))
        self.back_button.clicked.connect(lambda _=False: self.taken_in.emit(self.words))
        self.drop_button.clicked.connect(lambda _=False: self.dropped.emit())
        for one in (self.out_button, self.back_button, self.drop_button):
            row.addWidget(one)
        column.addLayout(row)
        self.hint = ElidedLabel("", "caption")
        column.addWidget(self.hint)
        self.show_changes(0, 0)

    def eventFilter(self, watched, event) -> bool:
        """Esc takes the ticks back."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return True
        return super().eventFilter(watched, event)

    @property
    def words(self) -> str:
        """The reason as written."""
        return self.reason.currentText().strip()

    def offer(self, reasons: Sequence[str]) -> None:
        """Offer reasons to choose from; what is being written stays."""
        self._reasons = tuple(reasons)
        words = self.reason.currentText()
        self.reason.blockSignals(True)
        self.reason.clear()
        self.reason.addItems(list(reasons))
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText(words)
        self.reason.blockSignals(False)

    def show_changes(self, out: int, back: int) -> None:
        """Show how many are to be left out and put back."""
        self._out, self._back = out, back
        if not out and not back:
            self.reason.setEditText("")
        self._say()

    def ask(self) -> None:
        """Go to the reason; the last one is offered, selected, so that Enter takes it."""
        self.reason.setFocus()
        if not self.words and self._reasons and (self._out or self._back):
            self.reason.setEditText(self._reasons[0])
        self.reason.lineEdit().selectAll()

    def accept(self) -> None:
        """Do what the ticks say, where a reason is written."""
        if self.out_button.isEnabled():
            self.out_button.click()
        elif self.back_button.isEnabled():
            self.back_button.click()

    def _say(self) -> None:
        has_words = bool(self.words)
        self.out_button.setText(f"不列名 {self._out} 人(&N)")
        self.back_button.setText(f"恢復列名 {self._back} 人(&I)")
        for one, count in ((self.out_button, self._out), (self.back_button, self._back)):
            one.setVisible(count > 0 or (one is self.out_button and not self._back))
            one.setEnabled(count > 0 and has_words)
            one.setToolTip("" if one.isEnabled() else "先取消或加上勾選，再寫理由")
            set_accent(one, one.isEnabled())
        self.drop_button.setVisible(self._out + self._back > 0)
        if not self._out and not self._back:
            self.hint.setText("不列名的人和理由會列在未獲敘獎名單，程式的判定不會改。")
        elif not has_words:
            self.hint.setText("請寫理由；按 Enter 就登記，Esc 取消變更。")
        else:
            self.hint.setText("按 Enter 登記；可以復原。")


class WhyPane(QScrollArea):
    """Why one person is proposed or is not: the grounds in full, each with its clause."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("為什麼")
        self.setObjectName("scrolled")
        self._shown: tuple[Ground, ...] = ()
        self.show_person(None)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What is shown."""
        return self._shown

    def show_person(self, one: Examined | None) -> None:
        """Show another person, or nobody."""
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        self._shown = one.grounds if one is not None else ()
        if one is None:
            column.addWidget(
                label("選一個人，這裡顯示為什麼敘獎或不敘獎。", "secondary", wraps=True)
            )
        else:
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(label(one.name, "subtitle"))
            about = "　".join(
                part for part in (one.employee_id, one.unit, one.title, one.rank) if part
            )
            head.addWidget(ElidedLabel(about, "secondary"), 1)
            column.addLayout(head)
            for ground in one.grounds:
                column.addWidget(_ground(ground))
        column.addStretch()
        self.setWidget(inside)


def _ground(ground: Ground) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(verdict_icon(ground.look), 0, Qt.AlignmentFlag.AlignTop)
    text = QVBoxLayout()
    text.setSpacing(2)
    text.addWidget(label(ground.head, "strong"))
    text.addWidget(_selectable(label(ground.words, wraps=True)))
    if ground.clause:
        text.addWidget(label(ground.clause, "caption", wraps=True))
    if ground.quotation:
        text.addWidget(_selectable(label(f"「{ground.quotation}」", "caption", wraps=True)))
    row.addLayout(text, 1)
    parts = (ground.head, ground.words, ground.clause, ground.quotation)
    box.setAccessibleName("，".join(part for part in parts if part))
    return box


def _selectable(one: QLabel) -> QLabel:
    one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return one


def show_figures(tiles: Mapping[str, FigureTile], view: CommendationView) -> None:
    """Say on the tiles how many are listed, left out and not proposed, and what it comes to."""
    listed = sum(one.is_listed for one in view.sure)
    again = sum(one.is_outdated for one in view.sure)
    tiles["列名"].show_figure(f"{listed} 人", f"{again} 人要再決定" if again else "")
    tiles["不列名"].show_figure(f"{len(view.sure) - listed} 人")
    most = view.causes[0] if view.causes else None
    tiles["未獲敘獎"].show_figure(f"{len(view.others)} 人", f"{most[0]} {most[1]}" if most else "")
    total = "、".join(f"{award} {count} 次" for award, count in view.total)
    each = "、".join(f"{award} {count} 人" for award, count in view.awards)
    tiles["獎勵合計"].show_figure(total or "—", each)


def listed_words(one: Examined, *, is_changed: bool) -> str:
    """Whether somebody is listed; a question while a change waits for its reason."""
    if is_changed:
        return "不列名？" if one.is_listed else "列名？"
    if one.is_outdated:
        return "要再決定"
    return "列名" if one.is_listed else "不列名"


def listed_look(one: Examined, *, is_changed: bool) -> str:
    """The colour and sign of the same."""
    if is_changed or one.is_outdated:
        return "review"
    return "pass" if one.is_listed else "decided"


def words_on_paper(title: str, candidate: FormCandidate) -> str:
    """What a paper would hold, its number, and the characters that it cannot print."""
    parts = [f"{title}：{candidate.set_title}"]
    if candidate.number:
        parts.append(f"編號 {candidate.number}，已印 {candidate.times_printed} 次")
    else:
        parts.append("印出時編號")
    if candidate.warnings:
        parts.append(f"缺字：{'；'.join(candidate.warnings)}（以〓代替）")
    return "，".join(parts)
