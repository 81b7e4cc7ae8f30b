"""Controls that every page uses: labels of the type scale, buttons, notes, tiles, empty states."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QSplitterHandle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.icons import icon, pixmap
from desktop.qt.theme import look
from desktop.qt.tokens import size, tokens


def label(text: str = "", step: str = "body", *, wraps: bool = False) -> QLabel:
    """A text in one step of the type scale (or ``secondary``)."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    if step != "body":
        result.setProperty("type", step)
    result.setWordWrap(wraps)
    return result


class ElidedLabel(QLabel):
    """One line that gives way: cut with an ellipsis, whole in its tooltip."""

    def __init__(self, text: str = "", step: str = "body") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if step != "body":
            self.setProperty("type", step)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = text

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._cut()

    def text(self) -> str:
        """The whole text."""
        return self._whole

    def resizeEvent(self, event) -> None:
        """Cut to the new width."""
        self._cut()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Almost nothing: the label gives way."""
        return QSize(24, super().minimumSizeHint().height())

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 24)
        )
        super().setText(shown)


def button(
    text: str, *, icon_name: str = "", is_accent: bool = False, tip: str = ""
) -> QPushButton:
    """A push button; the mnemonic stands at the end as ``採計(&A)``."""
    result = QPushButton()
    result.setAutoDefault(False)
    if tip:
        result.setToolTip(tip)
    set_accent(result, is_accent)
    if icon_name:
        tint(result, icon_name, "accent.on" if is_accent else "text.primary")
    set_words(result, text)
    return result


def set_words(one: QPushButton, text: str) -> None:
    """Give a button its words, a little away from its icon."""
    one.setText(f" {text}" if not one.icon().isNull() else text)


def set_accent(one: QPushButton, is_accent: bool) -> None:
    """Make a button the proposed act, or an ordinary one."""
    if one.property("accent") != is_accent:
        one.setProperty("accent", is_accent)
        one.style().unpolish(one)
        one.style().polish(one)


def tint(one: QAbstractButton, name: str, colour: str = "text.primary") -> None:
    """Give a button its icon, remembered so that it is tinted anew when the look changes."""
    one.setProperty("iconName", name)
    one.setProperty("iconColour", colour)
    side = 20 if "_20_" in name else 12 if "_12_" in name else 16
    one.setIcon(icon(name, look().hex(colour), disabled=look().hex("text.disabled"), side=side))
    one.setIconSize(QSize(side, side))


def retint(root: QWidget) -> None:
    """Tint every icon of a window anew."""
    for one in (*root.findChildren(QPushButton), *root.findChildren(QToolButton)):
        name = one.property("iconName")
        if name:
            tint(one, name, one.property("iconColour"))
    for picture in root.findChildren(IconLabel):
        picture.retint()


def tool(name: str, words: str, *, shortcut: str = "") -> QToolButton:
    """A button of one icon; its words are its tooltip and its accessible name."""
    result = QToolButton()
    tint(result, name)
    result.setAccessibleName(words)
    result.setToolTip(f"{words}（{shortcut}）" if shortcut else words)
    if shortcut:
        result.setShortcut(shortcut)
    result.setFixedSize(28, 28)
    return result


def link(words: str) -> QToolButton:
    """A text that can be clicked and reached by keyboard."""
    result = QToolButton()
    result.setObjectName("link")
    result.setText(words)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return result


class IconLabel(QLabel):
    """One icon in a colour of the tokens."""

    def __init__(self, name: str = "", colour: str = "text.primary", side: int = 16) -> None:
        super().__init__()
        self._side = side
        self.setFixedSize(side, side)
        self.show_icon(name, colour)

    def show_icon(self, name: str, colour: str) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour
        self.retint()

    def retint(self) -> None:
        """Tint the icon for the look in force."""
        if self._name:
            ratio = max(self.devicePixelRatioF(), 2.0)
            self.setPixmap(pixmap(self._name, look().hex(self._colour), self._side, ratio))


def verdict_icon(state: str, side: int = 16) -> IconLabel:
    """The icon of a verdict in its colour."""
    return IconLabel(tokens().icons[state], f"verdict.{state}", side)


class Note(QFrame):
    """A sentence with an icon and at most one act; stays until it is closed or outdated.

    Attributes:
        acted: The act was chosen.
    """

    acted = Signal()

    def __init__(
        self, kind: str, sentence: str, *, act: str = "", can_close: bool = True, parent=None
    ) -> None:
        """Make a note.

        Args:
            kind: ``pass``, ``info``, ``review`` or ``fail``.
            sentence: What happened, what was kept, what to do.
            act: The one act, empty without.
            can_close: Whether it has a cross.
            parent: The owner.
        """
        super().__init__(parent)
        self.setObjectName("note")
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(verdict_icon(kind))
        self._text = label(sentence, wraps=True)
        row.addWidget(self._text, 1)
        if act:
            self.act_button = link(act)
            self.act_button.clicked.connect(self.acted)
            row.addWidget(self.act_button)
        if can_close:
            close = tool("dismiss_16_regular", "關閉這則訊息")
            close.clicked.connect(self.deleteLater)
            row.addWidget(close)
        self.setAccessibleName(sentence)
        self.setMinimumHeight(34)

    @property
    def sentence(self) -> str:
        """What the note says."""
        return self._text.text()


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say that something is done or failed."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Tile(QToolButton):
    """A count with its words; opens the list behind it."""

    def __init__(self, state: str, words: str, unit: str = "列") -> None:
        super().__init__()
        self.setObjectName("tile")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(40)
        self._words, self._unit = words, unit
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(verdict_icon(state))
        row.addWidget(label(words), 1)
        self._figure = label("0", "subtitle")
        row.addWidget(self._figure)
        row.addWidget(label(unit, "secondary"))
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show another count."""
        self._figure.setText(f"{count:,}")
        self.setAccessibleName(f"{self._words} {count} {self._unit}")
        self.setToolTip(f"只看「{self._words}」")


class EmptyState(QWidget):
    """What an empty page says: one strong line, what to do first, and its button."""

    def __init__(self, icon_name: str, title: str, advice: str, acts: Iterable[QPushButton] = ()):
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(
            IconLabel(icon_name, "text.secondary", 20), 0, Qt.AlignmentFlag.AlignHCenter
        )
        self.title = label(title, "subtitle")
        column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        self.advice = label(advice, "secondary", wraps=True)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.advice)
        row = QHBoxLayout()
        row.addStretch()
        for act in acts:
            row.addWidget(act)
        row.addStretch()
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)
        self.setAccessibleName(f"{title}。{advice}")

    def say(self, title: str, advice: str) -> None:
        """Say something else."""
        self.title.setText(title)
        self.advice.setText(advice)
        self.setAccessibleName(f"{title}。{advice}")


class FilterBox(QComboBox):
    """A filter with check boxes in its list.

    Attributes:
        filter_changed: Another choice was made.
    """

    filter_changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setAccessibleName(f"篩選：{name}")
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._items.itemChanged.connect(self._chosen)
        self.view().pressed.connect(self._pressed)
        self._words = name
        self._keeps_open = False

    def offer(self, values: Iterable[tuple[str, str]]) -> None:
        """Offer (key, words), keeping what is chosen."""
        chosen = self.chosen
        self._items.blockSignals(True)
        self.clear()
        for key, words in values:
            item = QStandardItem(words)
            item.setData(key, Qt.ItemDataRole.UserRole)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            is_on = key in chosen
            item.setData(
                Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked,
                Qt.ItemDataRole.CheckStateRole,
            )
            self._items.appendRow(item)
        self._items.blockSignals(False)
        self.setCurrentIndex(-1)
        self._say()

    @property
    def chosen(self) -> frozenset[str]:
        """The keys that are ticked; empty means all."""
        items = (self._items.item(row) for row in range(self._items.rowCount()))
        return frozenset(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def choose(self, keys: Iterable[str]) -> None:
        """Tick these keys and no other; whoever follows the filter is told once."""
        wanted, before = set(keys), self.chosen
        # Each tick by itself would have the list behind it filled anew.
        self._items.blockSignals(True)
        for row in range(self._items.rowCount()):
            item = self._items.item(row)
            is_on = item.data(Qt.ItemDataRole.UserRole) in wanted
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        self._items.blockSignals(False)
        self.view().viewport().update()
        if self.chosen != before:
            self._chosen()
        else:
            self._say()

    def _pressed(self, index) -> None:
        item = self._items.itemFromIndex(index)
        is_on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
        self._keeps_open = True

    def hidePopup(self) -> None:
        """Stay open after a tick."""
        if self._keeps_open:
            self._keeps_open = False
            return
        super().hidePopup()
        self.setCurrentIndex(-1)

    def _chosen(self, _item=None) -> None:
        self._say()
        self.filter_changed.emit()

    def _say(self) -> None:
        chosen = self.chosen
        if not chosen:
            self._words = self._name
        elif len(chosen) == 1:
            row = next(
                r
                for r in range(self._items.rowCount())
                if self._items.item(r).data(Qt.ItemDataRole.UserRole) in chosen
            )
            self._words = self._items.item(row).text()
        else:
            self._words = f"{self._name} {len(chosen)} 個"
        self.setPlaceholderText(self._words)
        if self.property("filtering") != bool(chosen):
            self.setProperty("filtering", bool(chosen))
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleDescription(self._words)
        self.update()


class _Handle(QSplitterHandle):
    def paintEvent(self, event) -> None:
        """Draw one line in the middle of the 7 px that the mouse can take."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface.card"))
        colour = look().colour("line.normal")
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.fillRect(self.width() // 2, 0, 1, self.height(), colour)
        else:
            painter.fillRect(0, self.height() // 2, self.width(), 1, colour)


class Splitter(QSplitter):
    """Panes divided by a line of 1 px whose handle is 7 px wide to the mouse."""

    def __init__(self, orientation: Qt.Orientation, *panes: QWidget) -> None:
        super().__init__(orientation)
        self.setHandleWidth(size("splitter_hit"))
        self.setChildrenCollapsible(False)
        for pane in panes:
            self.addWidget(pane)

    def createHandle(self) -> QSplitterHandle:
        """The handle of our own."""
        return _Handle(self.orientation(), self)


def pane(name: str = "pane") -> QFrame:
    """A ground for a pane (``pane``, ``head``, ``foot``, ``card``)."""
    result = QFrame()
    result.setObjectName(name)
    result.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return result


def on_click(one: QPushButton | QToolButton, act: Callable[[], None]) -> None:
    """Connect a button to an act without an argument."""
    one.clicked.connect(lambda _checked=False: act())
