"""The course table of a set: written in place, moved, deleted; the form's spelling beneath."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.models.plan_courses import CATEGORY, CHANGED, FORMER, HOURS, NAME, NUMBER
from desktop.qt.models.plan_courses import PlanCoursesModel as Model
from desktop.qt.models.plan_editing import PlanEditing
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import label, on_click, pane, tool
from desktop.qt.widgets.delegates import CellDelegate
from desktop.qt.widgets.plan_editors import PlanLine
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.text_fit import mark_fitted
from desktop.services.plan_document import Path, Values

NARROW_BELOW = 560
USUAL_ADVANCE = 13.4
_USUAL = {NUMBER: 34, CATEGORY: 128, HOURS: 48, FORMER: 62, CHANGED: 42}
_NARROW = {NUMBER: 28, CATEGORY: 76, HOURS: 44, FORMER: 54, CHANGED: 36}


def text_factor() -> float:
    """How much wider than usual the interface's text is, never below 1."""
    return max(ui_metrics("body").horizontalAdvance("字") / USUAL_ADVANCE, 1.0)


class _CellEditing(CellDelegate):
    """Cells are written in a line without a frame that hides the text."""

    def createEditor(self, parent: QWidget, option, index: QModelIndex) -> QWidget:
        """A line over the cell."""
        line = PlanLine(parent)
        line.setObjectName("cellEditor")
        line.setAccessibleName(
            str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        )
        if index.column() == HOURS:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line


class CourseTable(QTableView):
    """The courses; Enter or F2 writes, Alt+↑ Alt+↓ move, Delete deletes, Ctrl+V pastes.

    Attributes:
        moved: The current course is to be moved by so many places.
        deleted: The current course is to be deleted.
        pasted: Something is to be pasted.
    """

    moved = Signal(int)
    deleted = Signal()
    pasted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The table's own keys; those of a cell being written are its editor's."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._write(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _write(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        elif index.isValid():
            self.edit(index.siblingAtColumn(NAME))

    def event(self, event: QEvent) -> bool:
        """Take Alt+↑ and Alt+↓ before menus do."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            event.accept()
            return True
        return super().event(event)


class CoursePane(QWidget):
    """Table, its tools, and the spelling on paper of the course chosen.

    Attributes:
        paste_wanted: Courses are to be taken from the clipboard.
    """

    paste_wanted = Signal()

    def __init__(self, editing: PlanEditing) -> None:
        super().__init__()
        self._editing = editing
        self.model = Model(editing, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.view = CourseTable()
        self.view.setModel(self.model)
        prepare_table(self.view, keeps_blue=True)
        self.view.setItemDelegate(_CellEditing(self.view, keeps_blue=True))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.view.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.view.setAccessibleName("課程")
        self.view.moved.connect(self.move)
        self.view.deleted.connect(self.delete)
        self.view.pasted.connect(self.paste_wanted)
        header = self.view.horizontalHeader()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._is_narrow: bool | None = None
        self._fit_columns()
        column.addWidget(self.view, 1)
        column.addWidget(self._make_foot())
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.model.modelReset.connect(self._show_current)
        self.model.modelReset.connect(self._fit_rows)
        self.model.dataChanged.connect(lambda *_: self._fit_rows())

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(6)
        words = label("申請表上的寫法(&P)")
        row.addWidget(words)
        self.printed = PlanLine()
        self.printed.setAccessibleName("這門課在申請表上的寫法")
        self.printed.setPlaceholderText("和課程名稱一樣")
        self.printed.textEdited.connect(self._printed_typed)
        self.printed.left.connect(self._editing.end_typing)
        words.setBuddy(self.printed)
        row.addWidget(self.printed, 1)
        self.up = tool("arrow_up_16_regular", "這門課往上移（Alt+↑）")
        self.down = tool("arrow_down_16_regular", "這門課往下移（Alt+↓）")
        self.drop = tool("delete_16_regular", "刪除這門課（Delete）")
        on_click(self.up, lambda: self.move(-1))
        on_click(self.down, lambda: self.move(1))
        on_click(self.drop, self.delete)
        for one in (self.up, self.down, self.drop):
            row.addWidget(one)
        return foot

    def _fit_columns(self) -> None:
        """Give the names what room there is; two lines each where there is little."""
        grow = text_factor()
        is_narrow = self.width() < NARROW_BELOW * grow
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        header, rows = self.view.horizontalHeader(), self.view.verticalHeader()
        for section, width in (_NARROW if is_narrow else _USUAL).items():
            header.resizeSection(section, round(width * grow))
        mark_fitted(header)
        self.model.wraps = is_narrow
        rows.setDefaultSectionSize(paint.row_height("row_table"))
        self.model.refresh()

    def _fit_rows(self) -> None:
        """Make rows as high as their names need where names wrap."""
        if not self._is_narrow:
            return
        metrics, line = ui_metrics("body"), round(paint.text_height())
        least = paint.row_height("row_table")
        for row, course in enumerate(self.model.courses):
            lines = 1
            for column, key in ((NAME, "name"), (CATEGORY, "category")):
                width = max(self.view.columnWidth(column) - 14, 20)
                wanted = metrics.horizontalAdvance(str(course.get(key) or ""))
                lines = max(lines, ceil(wanted / width))
            self.view.setRowHeight(row, least + (lines - 1) * line)

    def follow_text(self) -> None:
        """Share the width out anew for text of another size."""
        self._is_narrow = None
        self._fit_columns()
        self._fit_rows()

    def resizeEvent(self, event) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._fit_columns()
        QTimer.singleShot(0, self, self._fit_rows)

    # ------------------------------------------------------------------ showing
    def show_set(self, path: Path, base: Values | None, former_words: str) -> None:
        """Show the courses of a set, keeping the current row.

        Args:
            path: Of the set.
            base: Values of the plan compared with.
            former_words: Heading of its column.
        """
        is_same = path == self.model.list_path[:-1]
        row, column = self.view.currentIndex().row(), self.view.currentIndex().column()
        self.model.show_set(path, base, former_words)
        self.view.setColumnHidden(FORMER, base is None)
        self.view.setColumnHidden(CHANGED, base is None)
        if is_same and 0 <= row < len(self.model.courses):
            self.view.setCurrentIndex(self.model.index(row, max(column, NAME)))
        elif self.model.courses:
            self.view.setCurrentIndex(self.model.index(0, NAME))
        self._show_current()

    def go_to(self, row: int, key: str = "name") -> None:
        """Put the cursor at a course."""
        column = {"category": CATEGORY, "hours": HOURS}.get(key, NAME)
        self.view.setCurrentIndex(self.model.index(row, column))
        self.view.scrollTo(self.view.currentIndex())
        if key == "printed_name":
            self.printed.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def current_row(self) -> int:
        """The course chosen; -1 without one."""
        row = self.view.currentIndex().row()
        return row if 0 <= row < len(self.model.courses) else -1

    def _show_current(self) -> None:
        row, count = self.current_row, len(self.model.courses)
        words = self.model.courses[row].get("printed_name", "") if row >= 0 else ""
        if self.printed.text() != str(words):
            self.printed.setText(str(words))
        self.printed.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)
        self.drop.setEnabled(row >= 0)

    # ------------------------------------------------------------------ changes
    def add(self) -> None:
        """Put a new course after the current one and write its name."""
        row = self.current_row + 1 if self.current_row >= 0 else len(self.model.courses)
        self._editing.insert(self.model.list_path, row, {"name": "", "hours": 1}, words="加課程")
        self.go_to(row)
        self.view.edit(self.model.index(row, NAME))

    def move(self, step: int) -> None:
        """Move the current course."""
        row = self.current_row
        if row >= 0:
            self._editing.move(self.model.list_path, row, row + step, words="移動課程")

    def delete(self) -> None:
        """Delete the current course."""
        row = self.current_row
        if row >= 0:
            self._editing.remove(self.model.list_path, row, words="刪除課程")

    def finish_writing(self) -> None:
        """Take what stands in a cell being written."""
        editor = self.view.focusWidget()
        if isinstance(editor, QLineEdit) and editor.objectName() == "cellEditor":
            self.view.commitData(editor)

    def _printed_typed(self, text: str) -> None:
        row = self.current_row
        if row >= 0:
            path = (*self.model.list_path, row, "printed_name")
            self._editing.type(path, text or None, words="改申請表上的寫法")
