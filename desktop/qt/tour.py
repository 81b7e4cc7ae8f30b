"""The guided tour: a few stops, each framing a part of the window with a sentence beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.theme import look
from desktop.qt.tokens import size
from desktop.qt.widgets.basics import announce, button, label, on_click

_VEIL = 150
"""How much of the window's ground lies over what is not framed, of 255."""
_GAP = 12
_WIDTH = 360


_RAIL = "左邊是各頁，由上往下就是工作的順序；數字是等您處理的件數。"
_PLAN = "現在審核哪一個計畫、哪一年；換了以後每一頁都跟著換。"
_IMPORT = "把學習紀錄、名冊、差勤拖進來，或按「加檔案」。存入以前先看每一列，存錯可以整批收回。"
_REVIEW = (
    "左邊是要處理的人，中間看時間軸和條文，右邊是原件。F8 到下一個待處理，"
    "Alt+A 採計、Alt+R 不採計。"
)
_FORMS = "通過的一人一套，看到的就是印出來的；第一次列印才編號。"
_LEDGER = "核章後登錄時數，使用、沖銷、到期都在這裡；帳目只增不改。"
_OVERVIEW = "案件走到哪裡、期限還有幾天、哪些補休快到期。"
_SETTINGS = "機關、承辦人、職名章、印表機、備份與還原、畫面；改了立刻儲存。"
_SEARCH = (
    "Ctrl+K 找人員、課程和指令；做錯了按 Ctrl+Z。F1 隨時說明現在的地方，"
    "這個導覽在選單的「說明」裡，隨時可以再看。"
)


@dataclass(frozen=True)
class Stop:
    """One stop of the tour.

    Attributes:
        title: What is framed.
        words: What it is for, and its key.
        page: The page that has to be in sight; empty for any.
        part: Gives what is framed; the whole page where it gives nothing in sight.
    """

    title: str
    words: str
    page: str
    part: Callable[[], QWidget | None]


class Tour(QWidget):
    """Lies over the window as long as the tour lasts.

    Attributes:
        ended: It is over, by its end or by Esc.
    """

    ended = Signal()

    def __init__(
        self, window: QWidget, stops: Sequence[Stop], *, open_page: Callable[[str], None]
    ) -> None:
        """Begin at the first stop.

        Args:
            window: What it lies over.
            stops: From the first to the last.
            open_page: Brings a page into sight.
        """
        super().__init__(window)
        self._window = window
        self._stops, self._open_page = tuple(stops), open_page
        self.number = 0
        self._frame = QRect()
        self.setAccessibleName("導覽")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bubble = QFrame(self)
        self.bubble.setObjectName("card")
        self.bubble.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bubble.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self.bubble)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        self.count = label("", "caption")
        self.title = label("", "subtitle")
        self.words = label("", wraps=True)
        for one in (self.count, self.title, self.words):
            column.addWidget(one)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.stop_button = button("結束")
        self.back_button = button("上一個")
        self.next_button = button("下一個", is_accent=True)
        on_click(self.stop_button, self.end)
        on_click(self.back_button, lambda: self.go(self.number - 1))
        on_click(self.next_button, lambda: self.go(self.number + 1))
        row.addWidget(self.stop_button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        column.addLayout(row)
        hint = label("← → 換，Esc 結束", "caption")
        column.addWidget(hint)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.go(0)

    def go(self, number: int) -> None:
        """Show a stop; past the last one the tour is over."""
        if number >= len(self._stops):
            self.end()
            return
        self.number = max(number, 0)
        stop = self._stops[self.number]
        if stop.page:
            self._open_page(stop.page)
        is_last = self.number == len(self._stops) - 1
        self.count.setText(f"{self.number + 1}／{len(self._stops)}")
        self.title.setText(stop.title)
        self.words.setText(stop.words)
        self.back_button.setEnabled(self.number > 0)
        self.next_button.setText("完成" if is_last else "下一個")
        self.bubble.setAccessibleName(f"{stop.title}。{stop.words}")
        self._place()
        self.next_button.setFocus()
        announce(self.bubble, self.bubble.accessibleName())

    @property
    def frame(self) -> QRect:
        """What is framed, in the window's pixels."""
        return self._frame

    def end(self) -> None:
        """Go away."""
        self._window.removeEventFilter(self)
        self.hide()
        self.ended.emit()
        self.deleteLater()

    # ------------------------------------------------------------------ placing
    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        part = self._stops[self.number].part()
        self._frame = QRect()
        if part is not None and part.isVisible():
            corner = part.mapTo(self._window, QPoint(0, 0))
            self._frame = QRect(corner, part.size()).intersected(self.rect()).adjusted(2, 2, -2, -2)
        self.bubble.layout().activate()
        height = self.bubble.layout().totalHeightForWidth(_WIDTH)
        self.bubble.setFixedHeight(max(height, self.bubble.minimumSizeHint().height()))
        self.bubble.move(self._corner())
        self.bubble.raise_()
        self.update()

    def _corner(self) -> QPoint:
        """Beside what is framed where there is room, else in its lower right corner."""
        room, frame, bubble = self.rect(), self._frame, self.bubble.size()
        if frame.isEmpty():
            return room.center() - QPoint(bubble.width() // 2, bubble.height() // 2)
        for x, y in (
            (frame.right() + _GAP, frame.top() + _GAP),
            (frame.left() - bubble.width() - _GAP, frame.top() + _GAP),
            (frame.left(), frame.bottom() + _GAP),
            (frame.left(), frame.top() - bubble.height() - _GAP),
        ):
            place = QRect(QPoint(x, y), bubble)
            x = max(_GAP, min(x, room.right() - bubble.width() - _GAP))
            y = max(_GAP, min(y, room.bottom() - bubble.height() - _GAP))
            moved = QRect(QPoint(x, y), bubble)
            if not moved.intersects(frame) or place == moved:
                return moved.topLeft()
        return frame.bottomRight() - QPoint(bubble.width() + 2 * _GAP, bubble.height() + 2 * _GAP)

    # ------------------------------------------------------------------- events
    def eventFilter(self, watched, event) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event) -> None:
        """Walk with the arrows, end with Esc; no key reaches the page below."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.go(self.number + 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.go(self.number - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            one = self.focusWidget()
            (one if one in (self.stop_button, self.back_button) else self.next_button).click()
        event.accept()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep the keyboard among the three buttons."""
        ring = [
            one for one in (self.stop_button, self.back_button, self.next_button) if one.isEnabled()
        ]
        now = self.focusWidget()
        at = ring.index(now) if now in ring else 0
        ring[(at + (1 if is_next else -1)) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event) -> None:
        """Take clicks beside the bubble: the page below is only looked at."""
        event.accept()

    def paintEvent(self, event) -> None:
        """Veil the window but for what is framed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = look().colour("surface.window")
        veil.setAlpha(_VEIL)
        around = QPainterPath()
        around.addRect(QRectF(self.rect()))
        if not self._frame.isEmpty():
            inside = QPainterPath()
            inside.addRoundedRect(QRectF(self._frame), 4, 4)
            around = around.subtracted(inside)
        painter.fillPath(around, veil)
        if not self._frame.isEmpty():
            painter.setPen(QPen(look().colour("accent.focus"), size("focus_width") + 1))
            painter.drawRoundedRect(QRectF(self._frame), 4, 4)


def usual_stops(parts: Callable[[str, str], QWidget | None], pages: Sequence[str]) -> list[Stop]:
    """The stops for the pages there are.

    Args:
        parts: Gives a part of the window by page and attribute; the frame's with an empty page.
        pages: The pages there are.
    """
    wanted = (
        ("", "rail", "頁面", _RAIL),
        ("", "bar.chooser", "計畫", _PLAN),
        ("import", "", "匯入", _IMPORT),
        ("review", "", "審核", _REVIEW),
        ("forms", "", "申請表", _FORMS),
        ("ledger", "", "補休帳", _LEDGER),
        ("overview", "", "總覽", _OVERVIEW),
        ("settings", "", "設定", _SETTINGS),
        ("", "bar.search", "找與說明", _SEARCH),
    )
    return [
        Stop(title, words, page, partial(parts, page, part))
        for page, part, title, words in wanted
        if not page or page in pages
    ]
