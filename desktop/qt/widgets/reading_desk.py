"""One doubtful cell at a time: its picture, what was read, and the field to put it right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.models.readings import next_open, state_words
from desktop.qt.operations import Operations
from desktop.qt.readings import ReadingSource
from desktop.qt.widgets.basics import (
    ElidedLabel,
    IconLabel,
    announce,
    button,
    label,
    tool,
    verdict_icon,
)
from desktop.qt.widgets.page_view import PageView, on_view

if TYPE_CHECKING:
    from desktop.domain.readings import RowIdentity
    from desktop.services.reading_review import DoubtfulCell

PICTURE_WIDTH_PX = 2_480
MOST_PICTURES = 8
_NOTHING = "沒有存疑的格子。"


class _ValueField(QLineEdit):
    """A field that leaves Ctrl+Z to the window as long as nothing was typed into it."""

    def event(self, event: QEvent) -> bool:
        """Let an undo that has nothing to do here pass."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().event(event)


class ReadingDesk(QFrame):
    """Where a clerk says what stands in a cell.

    The desk has no shortcuts of its own: F8 belongs to the page it stands on.

    Attributes:
        shown: It shows another cell, None when none; with it the list and the page follow.
        said: A word was said; the cells are being read again.
        arrived: The cells were read: all of them, settled ones too.
        cells: All cells.
        editor: Where the value is typed.
        save_button, confirm_button, skip_button: Its acts.
        outcome: What the last act did, in words.
    """

    shown = Signal(object)
    said = Signal()
    arrived = Signal(object)

    def __init__(self, operations: Operations, *, series: str, has_picture: bool = True) -> None:
        """Make an empty desk.

        Args:
            operations: To read and write off the UI thread.
            series: A name of its own, so that only its newest readings count.
            has_picture: Whether it shows the cell itself; False beside a page that does.
        """
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("對照存疑的格子")
        self._operations, self._series, self._has_picture = operations, series, has_picture
        self._source: ReadingSource | None = None
        self._pictures: dict[tuple[str, int], QImage | None] = {}
        self._is_busy = False
        self._before = ""
        self.cells: tuple[DoubtfulCell, ...] = ()
        self._number = -1
        self._shown: DoubtfulCell | None = None
        self._aim: Any = None
        self._build()
        self._show()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(12, 6, 12, 8)
        self._box.setSpacing(16)
        self._left, self._right = QWidget(), QWidget()
        self._box.addWidget(self._left, 1)
        self._box.addWidget(self._right, 1)
        self._left.setVisible(self._has_picture)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._place = label("", "strong")
        self._course = ElidedLabel("", "secondary")
        head.addWidget(self._place)
        head.addWidget(self._course, 1)
        left.addLayout(head)
        self.picture = PageView()
        self.picture.setObjectName("cellPicture")
        self.picture.setAccessibleName("原圖放大")
        for off in (
            self.picture.setHorizontalScrollBarPolicy,
            self.picture.setVerticalScrollBarPolicy,
        ):
            off(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.picture.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._message = label("", "secondary", wraps=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.picture)
        self.stack.addWidget(self._message)
        self.stack.setMinimumHeight(112)
        left.addWidget(self.stack, 1)
        self._build_words()

    def _build_words(self) -> None:
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        self._icon = IconLabel()
        head.addWidget(self._icon)
        self._title = ElidedLabel("", "strong")
        head.addWidget(self._title, 1)
        self._count = label("", "secondary")
        head.addWidget(self._count)
        self.previous_button = tool("chevron_left_16_regular", "上一個存疑的格子")
        self.next_button = tool("chevron_right_16_regular", "下一個存疑的格子")
        self.previous_button.clicked.connect(lambda: self.go(-1))
        self.next_button.clicked.connect(lambda: self.go(1))
        head.addWidget(self.previous_button)
        head.addWidget(self.next_button)
        right.addLayout(head)
        self._why = label("", "caption", wraps=True)
        right.addWidget(self._why)
        self._row = QWidget()
        self._row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._field = label("")
        row.addWidget(self._field)
        self.editor = _ValueField()
        self.editor.setMinimumWidth(110)
        self.editor.setAccessibleName("原件上的值")
        self.editor.returnPressed.connect(self.save)
        self.editor.textEdited.connect(lambda _: self._refuse(""))
        self._field.setBuddy(self.editor)
        row.addWidget(self.editor, 1)
        self.save_button = button("照此存(&Y)", is_accent=True)
        self.confirm_button = button("原件如此(&I)", tip="原件就是這樣，沒有讀錯")
        self.skip_button = button("看不出來(&U)", tip="留著待確認：這一列不會自動通過")
        self.save_button.clicked.connect(self.save)
        self.confirm_button.clicked.connect(self.confirm)
        self.skip_button.clicked.connect(self.skip)
        for one in (self.save_button, self.confirm_button, self.skip_button):
            row.addWidget(one)
        right.addWidget(self._row)
        self._fault = QWidget()
        fault = QHBoxLayout(self._fault)
        fault.setContentsMargins(0, 0, 0, 0)
        fault.setSpacing(6)
        fault.addWidget(verdict_icon("fail"), 0, Qt.AlignmentFlag.AlignTop)
        self.error = label("", "caption", wraps=True)
        fault.addWidget(self.error, 1)
        right.addWidget(self._fault)
        self.outcome = label("", "caption", wraps=True)
        right.addWidget(self.outcome)
        right.addStretch(1)

    def stand_tall(self, is_tall: bool) -> None:
        """Put the words under the picture, or beside it."""
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.TopToBottom if is_tall else directions.LeftToRight)
        self._box.setStretchFactor(self._right, 0 if is_tall else 1)

    # ------------------------------------------------------------------ reading
    def begin(self, source: ReadingSource, *, aim: Any = None) -> None:
        """Read the cells of a source.

        Args:
            source: Where the readings are.
            aim: The key of the cell to show, the first open one without.
        """
        self._source = source
        self.outcome.setText(source.notice)
        self.reload(aim=aim)

    def end(self) -> None:
        """Show nothing any more."""
        self._source = None
        self._take((), None)

    def reload(self, *, aim: Any = None) -> None:
        """Read the cells again.

        Args:
            aim: The key of the cell to show then, the one shown now without.
        """
        source = self._source
        if source is None:
            return
        if aim is not None:
            self._aim = aim  # stands until the cells are here, whoever asks again meanwhile
        wanted = self._aim or (self.cell.key if self.cell is not None else None)
        self._operations.run_read(
            lambda report: source.cells(with_settled=True),
            lambda cells: self._take(tuple(cells), wanted) if source is self._source else None,
            words="讀取辨識結果",
            owner=self,
            latest=f"{self._series}-cells",
        )

    def _take(self, cells: tuple[DoubtfulCell, ...], wanted: Any) -> None:
        self._is_busy = False
        self._aim = None
        before = max(self._number, 0)
        self.cells = cells
        self._number = next((n for n, one in enumerate(cells) if one.key == wanted), -1)
        if self._number < 0 and cells:
            self._number = max(next_open(cells, min(before, len(cells)) - 1, 1), 0)
        self.arrived.emit(cells)
        self._show()

    @property
    def cell(self) -> DoubtfulCell | None:
        """The cell that is shown."""
        return self.cells[self._number] if 0 <= self._number < len(self.cells) else None

    @property
    def open_count(self) -> int:
        """How many cells nobody has spoken on."""
        return sum(not one.is_settled for one in self.cells)

    # ------------------------------------------------------------------ showing
    def show_key(self, key: Any, *, takes_focus: bool = False) -> None:
        """Show the cell of a key, if it is here."""
        number = next((n for n, one in enumerate(self.cells) if one.key == key), -1)
        if number >= 0:
            self._move(number, takes_focus=takes_focus)

    def show_row(self, identity: RowIdentity) -> bool:
        """Show the first open cell of a row, else its first; False when it has none."""
        own = [n for n, one in enumerate(self.cells) if one.identity == identity]
        if not own:
            return False
        if self._number not in own:
            self._move(next((n for n in own if not self.cells[n].is_settled), own[0]))
        return True

    def go(self, step: int) -> None:
        """To the next cell nobody has spoken on, or the one before; all around."""
        if not self.go_on(step):
            announce(self, "沒有其他存疑的格子")

    def go_on(self, step: int) -> bool:
        """The same; False when every cell is settled.

        The first time it goes to the cell that is shown, where that is still open.
        """
        is_here = self.isAncestorOf(self.window().focusWidget() or self)
        cell = self.cell
        if not is_here and cell is not None and not cell.is_settled:
            self._focus_editor()
            return True
        number = next_open(self.cells, self._number, step)
        if number >= 0:
            self._move(number, takes_focus=True)
        return number >= 0

    def _move(self, number: int, *, takes_focus: bool = False) -> None:
        if number != self._number:
            self._number = number
            self._show()
        if takes_focus:
            self._focus_editor()

    def _focus_editor(self) -> None:
        self.editor.setFocus()
        self.editor.selectAll()

    def _show(self) -> None:
        cell = self.cell
        is_typed_in = self._shown == cell and cell is not None and self.editor.isModified()
        self._shown = cell
        if not is_typed_in:
            self._refuse("")
        has_cell = cell is not None
        self._row.setVisible(has_cell)
        several = len(self.cells) > 1
        for one in (self.previous_button, self.next_button):
            one.setVisible(several)
            one.setEnabled(self.open_count > 0)
        if cell is None:
            for words in (self._place, self._course, self._title, self._why, self._count):
                words.setText("")
            self._icon.hide()
            self._say_instead(_NOTHING)
            self.shown.emit(None)
            return
        self._place.setText(f"{cell.place_words}「{cell.field_words}」")
        self._course.setText("，".join(word for word in (cell.course, cell.owner) if word))
        self._count.setText(f"還有 {self.open_count:,} 格" if self.open_count else "都看過了")
        self._title.setText(f"「{cell.field_words}」{state_words(cell)}")
        self._icon.show()
        self._icon.show_icon(
            *(
                ("person_edit_16_filled", "verdict.decided")
                if cell.is_settled
                else ("question_circle_16_filled", "verdict.review")
            )
        )
        self._why.setText(self._words_of(cell))
        self._field.setText(cell.field_words)
        if not is_typed_in:  # what a clerk is typing stays when the cells are read again
            self.editor.setText(cell.typed)
        self.editor.setAccessibleName(f"原件上的{cell.field_words}")
        self.editor.setAccessibleDescription(f"讀到 {cell.as_read}，{cell.why}")
        # Where the value read can stand in the field, saving it unchanged says the same.
        self.confirm_button.setVisible(cell.can_confirm and not cell.typed)
        self.confirm_button.setText("原件如此(&I)" if cell.is_read else "原件空白(&I)")
        self.skip_button.setVisible(not cell.is_settled)
        self.picture.setAccessibleDescription(f"讀到 {cell.as_read}")
        self._read_picture(cell)
        self._read_verdict(cell)
        self.shown.emit(cell)

    def _words_of(self, cell: DoubtfulCell) -> str:
        read = f"讀到 {cell.as_read}，{cell.why}" if cell.is_read else "這一格沒有讀到文字"
        said = cell.correction_words or read
        return f"{said}。" + (f"同一列：{cell.neighbours}。" if cell.neighbours else "")

    def _read_picture(self, cell: DoubtfulCell) -> None:
        if not self._has_picture or self._source is None:
            return
        key = (cell.identity.digest, cell.page or 1)
        if key in self._pictures:
            self._show_picture(cell)
            return
        self._say_instead("讀取原圖…")
        source = self._source

        def read(report):
            picture = source.picture(cell, width_px=PICTURE_WIDTH_PX)
            return QImage.fromData(picture.png) if picture is not None else None

        def arrived(image: QImage | None) -> None:
            while len(self._pictures) >= MOST_PICTURES:
                self._pictures.pop(next(iter(self._pictures)))
            self._pictures[key] = image
            if self.cell is not None and (self.cell.identity.digest, self.cell.page or 1) == key:
                self._show_picture(self.cell)

        self._operations.run_read(
            read,
            arrived,
            words="讀取原圖",
            owner=self,
            latest=f"{self._series}-picture",
            on_failure=self._say_instead,
        )

    def _show_picture(self, cell: DoubtfulCell) -> None:
        image = self._pictures.get((cell.identity.digest, cell.page or 1))
        if image is None:
            self._say_instead(f"這個檔案沒有頁面可以顯示；讀到的文字是「{cell.cell_text}」。")
            return
        # The frame is the cell's: that of the row would hide what stands beside it.
        aim = on_view(cell.box) if cell.box is not None else None
        self.stack.setCurrentWidget(self.picture)
        self.picture.show_page(
            image,
            [on_view(box) for box in cell.row_boxes] if aim is None else (),
            cells=() if aim is None else [aim],
            aim=aim,
        )
        QTimer.singleShot(0, self.picture, self.picture.refit)

    def _say_instead(self, words: str) -> None:
        self._message.setText(words)
        self.stack.setCurrentWidget(self._message)

    def _read_verdict(self, cell: DoubtfulCell) -> None:
        """What the row is judged now, to be set against what it is afterwards."""
        source = self._source
        self._before = ""
        if source is None:
            return
        self._operations.run_read(
            lambda report: source.judged(cell),
            self._keep_verdict,
            words="讀取判定",
            owner=self,
            latest=f"{self._series}-verdict",
            on_failure=lambda _: self._keep_verdict(""),
        )

    def _keep_verdict(self, words: str) -> None:
        self._before = words

    # ------------------------------------------------------------------- acting
    def skip(self) -> None:
        """Leave the cell doubtful and go on: it waits and never passes by itself."""
        cell = self.cell
        if cell is None:
            return
        words = f"{cell.place_words}「{cell.field_words}」留著待確認，這一列不會自動通過。"
        self.outcome.setText(words)
        announce(self, words)
        self.go(1)

    def save(self) -> None:
        """Take what the field says: a correction, or a confirmation where it is what was read."""
        cell, source = self.cell, self._source
        if cell is None or source is None or self._is_busy:
            return
        typed = self.editor.text().strip()
        if not cell.is_settled and cell.can_confirm and typed and typed == cell.typed:
            self.confirm()
            return
        self._act(cell, source, lambda: source.correct(cell, typed), "更正辨識")

    def confirm(self) -> None:
        """Say that the cell was read right."""
        cell, source = self.cell, self._source
        if cell is None or source is None or self._is_busy:
            return
        self._act(cell, source, lambda: source.confirm(cell), "確認辨識")

    def _act(
        self, cell: DoubtfulCell, source: ReadingSource, act: Callable[[], Any], words: str
    ) -> None:
        before, number = self._before, next_open(self.cells, self._number, 1)
        aim = self.cells[number].key if number >= 0 else cell.key

        def work(report):
            result = act()
            return result, _said_on(source.cells(with_settled=True), cell), source.judged(cell)

        def done(result) -> None:
            _, said, after = result
            self._say_outcome(cell, said, before, after)
            self.said.emit()
            self.reload(aim=aim)
            self._focus_editor()

        self._is_busy = True
        self._operations.run_write(work, done, words=words, owner=self, on_failure=self._refused)

    def _say_outcome(self, cell: DoubtfulCell, said: str, before: str, after: str) -> None:
        words = f"{cell.place_words}「{cell.field_words}」{said}。"
        if after:
            is_same = after == before or not before
            words += f"判定：{after}。" if is_same else f"判定：{before} → {after}。"
        self.outcome.setText(words)
        announce(self, words)

    def _refused(self, sentence: str) -> None:
        self._is_busy = False
        self._refuse(sentence)
        self.editor.setFocus()

    def _refuse(self, sentence: str) -> None:
        self.error.setText(sentence)
        self._fault.setVisible(bool(sentence))
        self.outcome.setVisible(not sentence)
        if bool(self.editor.property("error")) != bool(sentence):
            self.editor.setProperty("error", bool(sentence))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
        if sentence:
            announce(self, sentence)


def _said_on(cells: Sequence[DoubtfulCell], cell: DoubtfulCell) -> str:
    """The word now in force on a cell, in words."""
    found = next((one for one in cells if one.key == cell.key), None)
    return found.correction_words if found is not None else ""
