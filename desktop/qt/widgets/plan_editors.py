"""Editors of single values of a plan: each shows a value and says what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.theme import ui_metrics
from desktop.qt.widgets.basics import label
from desktop.services.plan_field_values import clause_of, clause_texts, text_of, value_of
from desktop.services.plan_fields import FieldKind, PlanField

_UNSET = "（沒有填）"
_WIDTHS = {FieldKind.WHOLE: 72, FieldKind.AMOUNT: 72, FieldKind.DAY: 116}


def leaves_undo_to_the_page(field: QWidget, event: QEvent) -> bool:
    """Whether an event asks a text field for a 復原 or 重做 that its page has.

    Without a step of the page the field keeps the key, so that 復原 in the middle of writing never
    takes back what was done on another page.

    Args:
        field: The text field.
        event: What it was sent.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    asked = [number for number, key in enumerate(keys) if event.matches(key)]
    above: QWidget | None = field
    while above is not None and not hasattr(above, "own_steps"):
        above = above.parentWidget()
    return bool(asked) and above is not None and bool(above.own_steps()[asked[0]])


class PlanLine(QLineEdit):
    """A line whose 復原 is the draft's.

    Attributes:
        left: The cursor left the field.
    """

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave 復原 to the page."""
        if leaves_undo_to_the_page(self, event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event) -> None:
        """Tell that typing has ended."""
        super().focusOutEvent(event)
        self.left.emit()


class PlanText(QPlainTextEdit):
    """Several lines, as high as the text needs; Tab moves on.

    Attributes:
        left: The cursor left the field.
    """

    left = Signal()

    def __init__(self, *, most_lines: int = 5) -> None:
        super().__init__()
        self._most = most_lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(3)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self, *_size) -> None:
        lines, block = 0, self.document().firstBlock()
        while block.isValid():
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        line = self.fontMetrics().lineSpacing()
        wanted = max(min(max(lines, 1), self._most) * line + 12, 28)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event) -> None:
        """Be as high as the text needs at another width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(80, 28)

    def event(self, event: QEvent) -> bool:
        """Leave 復原 to the page."""
        if leaves_undo_to_the_page(self, event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event) -> None:
        """Tell that typing has ended."""
        super().focusOutEvent(event)
        self.left.emit()


class Editor(QWidget):
    """What every editor of a value has in common.

    Attributes:
        typed: The value is another one; carries it.
        left: The cursor left it.
    """

    typed = Signal(object)
    left = Signal()

    def __init__(self, field: PlanField) -> None:
        super().__init__()
        self.field = field
        self.setObjectName("editor")

    def show_value(self, value: Any) -> None:
        """Show a value without saying that it was typed."""
        raise NotImplementedError

    @property
    def focus_target(self) -> QWidget:
        """Where the cursor goes."""
        raise NotImplementedError

    @property
    def ringed(self) -> tuple[QWidget, ...]:
        """What is ringed when the value has a mistake."""
        return (self.focus_target,)

    def name(self, words: str) -> None:
        """Give it its accessible name."""
        self.focus_target.setAccessibleName(words)

    def ring(self, is_wrong: bool) -> None:
        """Ring it, or take the ring away."""
        for one in self.ringed:
            if one.property("error") != is_wrong:
                one.setProperty("error", is_wrong)
                one.style().unpolish(one)
                one.style().polish(one)


class LineEditor(Editor):
    """Text, number or day in one line; a day shows its Gregorian date beside it."""

    def __init__(self, field: PlanField) -> None:
        super().__init__(field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.line = PlanLine()
        self.line.textEdited.connect(self._edited)
        self.line.left.connect(self.left)
        width = _WIDTHS.get(field.kind)
        row.addWidget(self.line, 0 if width else 1)
        self._beside = label("", "secondary")
        if width:
            self.line.setFixedWidth(max(width, round(ui_metrics("body").averageCharWidth() * 10)))
            row.addWidget(self._beside)
            row.addStretch(1)
        if field.kind is FieldKind.DAY:
            self.line.setPlaceholderText("115-08-31")
        elif field.usual is not None:
            self.line.setPlaceholderText(str(field.usual))

    def show_value(self, value: Any) -> None:
        """Show a value; the cursor stays when nothing changes."""
        words = text_of(self.field, value)
        if value_of(self.field, self.line.text()) != value or not words:
            self.line.setText(words)
            self.line.setCursorPosition(0)
        self._say(value)

    def _edited(self, text: str) -> None:
        value = value_of(self.field, text)
        self._say(value)
        self.typed.emit(value)

    def _say(self, value: Any) -> None:
        if self.field.kind is FieldKind.DAY:
            is_day = isinstance(value, date)
            week = "一二三四五六日"[value.weekday()] if is_day else ""
            self._beside.setText(f"{value.isoformat()}（{week}）" if is_day else "")
        else:
            self._beside.setText(self.field.unit)

    @property
    def focus_target(self) -> QWidget:
        """The line."""
        return self.line


class TextEditor(Editor):
    """Several lines, or a list of words, one a line."""

    def __init__(self, field: PlanField) -> None:
        super().__init__(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = PlanText(most_lines=8 if field.kind is FieldKind.LIST else 5)
        self.text.textChanged.connect(self._edited)
        self.text.left.connect(self.left)
        if field.kind is FieldKind.LIST:
            self.text.setPlaceholderText("一行一個")
        column.addWidget(self.text)
        self._is_showing = False

    def show_value(self, value: Any) -> None:
        """Show a value; what stands there stays when it means the same."""
        if value_of(self.field, self.text.toPlainText()) == value:
            return
        self._is_showing = True
        self.text.setPlainText(text_of(self.field, value))
        self._is_showing = False

    def _edited(self) -> None:
        if not self._is_showing:
            self.typed.emit(value_of(self.field, self.text.toPlainText()))

    @property
    def focus_target(self) -> QWidget:
        """The text."""
        return self.text


class ClauseEditor(Editor):
    """點次 and the words quoted from it."""

    def __init__(self, field: PlanField) -> None:
        super().__init__(field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.point, self.quotation = PlanLine(), PlanLine()
        self.point.setPlaceholderText("點次，如陸、五")
        self.quotation.setPlaceholderText("計畫的原文")
        for line in (self.point, self.quotation):
            line.textEdited.connect(self._edited)
            line.left.connect(self.left)
        self.point.setMinimumWidth(
            round(ui_metrics("body").horizontalAdvance("點次，如陸、五")) + 22
        )
        row.addWidget(self.point, 2)
        row.addWidget(self.quotation, 5)

    def show_value(self, value: Any) -> None:
        """Show a clause; the cursor stays when nothing changes."""
        for line, words in zip((self.point, self.quotation), clause_texts(value), strict=True):
            if line.text() != words:
                line.setText(words)
                line.setCursorPosition(0)
            line.setToolTip(words if len(words) > 18 else "")

    def _edited(self) -> None:
        self.typed.emit(clause_of(self.point.text(), self.quotation.text()))

    def name(self, words: str) -> None:
        """Name both lines."""
        self.point.setAccessibleName(f"{words}：點次")
        self.quotation.setAccessibleName(f"{words}：原文")

    @property
    def focus_target(self) -> QWidget:
        """The line of the 點次."""
        return self.point


class ChoiceEditor(Editor):
    """One of several values; what a file says beyond them stands in the list as it is."""

    def __init__(self, field: PlanField) -> None:
        super().__init__(field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.box = WheelFreeBox()
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(6)
        self._values: list[Any] = []
        self._fill(None)
        self.box.activated.connect(self._chosen)
        row.addWidget(self.box, 1)

    def _fill(self, value: Any) -> None:
        choices = list(self.field.choices)
        if self.field.usual is None:
            choices.insert(0, (None, _UNSET))
        if not any(_same(value, known) for known, _ in choices) and value is not None:
            choices.append((value, f"{value}（不認得）"))
        if [one for one, _ in choices] != self._values or not self.box.count():
            self._values = [one for one, _ in choices]
            self.box.clear()
            self.box.addItems([words for _, words in choices])

    def show_value(self, value: Any) -> None:
        """Show a value, the usual one for none."""
        shown = self.field.usual if value is None else value
        self._fill(shown)
        found = next((n for n, one in enumerate(self._values) if _same(one, shown)), 0)
        self.box.setCurrentIndex(found)
        self.box.setToolTip(self.box.currentText())

    def _chosen(self, row: int) -> None:
        self.typed.emit(self._values[row])
        self.left.emit()

    @property
    def focus_target(self) -> QWidget:
        """The box."""
        return self.box


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


class WheelFreeBox(QComboBox):
    """A box that the wheel scrolls past instead of changing what nobody meant to change."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event) -> None:
        """Let the form scroll."""
        event.ignore()


class TicksEditor(Editor):
    """Some of several values, in the order in which they are ticked."""

    def __init__(self, field: PlanField, *, across: int = 3) -> None:
        """Make the boxes.

        Args:
            field: With its choices.
            across: How many stand beside one another.
        """
        super().__init__(field)
        self._across = across
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._chosen: list[str] = []
        self._boxes: dict[str, QCheckBox] = {}
        self._none = label("還沒有可以選的項目。", "secondary")
        self._grid.addWidget(self._none)
        self._words = ""
        self._offer([])

    def _offer(self, extra: list[str]) -> None:
        choices = [(str(value), words) for value, words in self.field.choices]
        known = [value for value, _ in choices]
        choices += [(value, f"{value}（不認得）") for value in extra if value not in known]
        if [value for value, _ in choices] == list(self._boxes):
            return
        for box in self._boxes.values():
            box.deleteLater()
        self._boxes = {}
        is_wide = any(len(words) > 12 for _, words in choices)
        across = 1 if is_wide else self._across
        for number, (value, words) in enumerate(choices):
            box = QCheckBox(words)
            box.setToolTip(words)
            box.clicked.connect(lambda is_on, one=value: self._ticked(one, is_on))
            self._grid.addWidget(box, number // across, number % across)
            self._boxes[value] = box
        self._grid.setColumnStretch(across, 1)
        self._none.setVisible(not choices)
        self.name(self._words)

    def show_value(self, value: Any) -> None:
        """Show which are ticked."""
        listed = value if isinstance(value, list) else [] if value is None else [value]
        self._chosen = [str(one) for one in listed]
        self._offer(self._chosen)
        for one, box in self._boxes.items():
            box.setChecked(one in self._chosen)

    def _ticked(self, one: str, is_on: bool) -> None:
        rest = [value for value in self._chosen if value != one]
        self._chosen = [*rest, one] if is_on else rest
        self.typed.emit(list(self._chosen) or None)
        self.left.emit()

    def name(self, words: str) -> None:
        """Name every box."""
        self._words = words
        for box in self._boxes.values():
            box.setAccessibleName(f"{words}：{box.text()}" if words else box.text())

    @property
    def focus_target(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()), self)

    @property
    def ringed(self) -> tuple[QWidget, ...]:
        """The whole group."""
        return (self,)


def editor_of(field: PlanField, *, is_narrow: bool = False) -> Editor:
    """The editor for a field's kind.

    Args:
        field: What is written.
        is_narrow: Whether there is room for little beside one another.
    """
    if field.kind is FieldKind.LIST and field.choices:
        return TicksEditor(field, across=2 if is_narrow else 3)
    makers: dict[FieldKind, Callable[[PlanField], Editor]] = {
        FieldKind.LONG_TEXT: TextEditor,
        FieldKind.CHOICE: ChoiceEditor,
        FieldKind.CLAUSE: ClauseEditor,
        FieldKind.LIST: TextEditor,
    }
    return makers.get(field.kind, LineEditor)(field)
