"""One sheet of a plan's form: fields with their mistakes beneath, lists as cards."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.models.plan_editing import PlanEditing
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import button, label, on_click, pane, tool, verdict_icon
from desktop.qt.widgets.plan_editors import Editor, editor_of
from desktop.services.plan_document import Path
from desktop.services.plan_fields import FieldKind, Part, PlanField, Rows, Section, tables_at

FieldNotes = Mapping[Path, tuple[bool, str]]
"""Path of a field to whether it is a mistake (else a reminder) and the sentence."""

_WIDE = frozenset({FieldKind.LONG_TEXT, FieldKind.CLAUSE, FieldKind.LIST})
ROW_HEIGHT = 28


class FieldBox(QWidget):
    """An editor and what is wrong with its value."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(editor)
        self._note = QWidget()
        row = QHBoxLayout(self._note)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(6)
        self._icons = {True: verdict_icon("fail"), False: verdict_icon("review")}
        for icon in self._icons.values():
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._words = label("", wraps=True)
        self._words.setObjectName("fieldNote")
        row.addWidget(self._words, 1)
        column.addWidget(self._note)
        self._note.hide()

    def show_note(self, note: tuple[bool, str] | None) -> None:
        """Show a sentence, or none."""
        self.editor.ring(note is not None and note[0])
        self._note.setVisible(note is not None)
        is_error, words = note or (False, "")
        self._words.setText(words)
        for kind, icon in self._icons.items():
            icon.setVisible(kind is is_error)
        self.editor.focus_target.setAccessibleDescription(words)


class PartForm(QWidget):
    """The fields and lists of a sheet, bound to the draft."""

    def __init__(self, editing: PlanEditing) -> None:
        """Make an empty form.

        Args:
            editing: Where values come from and go to.
        """
        super().__init__()
        self.setObjectName("scrolled")
        self._editing = editing
        self._boxes: dict[Path, FieldBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(10)
        self._label_width = 0

    @property
    def boxes(self) -> Mapping[Path, FieldBox]:
        """Every field shown, by its path in the draft."""
        return self._boxes

    def show_part(self, section: Section, part: Part, *, columns: int) -> None:
        """Show a sheet anew.

        Args:
            section: Its section.
            part: The sheet.
            columns: How many short fields stand beside one another, 1 or 2.
        """
        self.clear()
        fields = [*part.fields, *(one for rows in part.rows for one in _all_fields(rows))]
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(one.caption) for one in fields]
        self._label_width = max([56, *widths]) + 8
        if part.help:
            self._column.addWidget(label(part.help, "secondary", wraps=True))
        if part.fields:
            self._column.addLayout(self._grid(section.path, part.fields, columns, section.title))
        for rows in part.rows:
            self._add_rows(self._column, rows, section.path, columns, mnemonic="(&W)")
        self._column.addStretch(1)

    def clear(self) -> None:
        """Show nothing."""
        self._boxes = {}
        old = self._column
        while old.count():
            item = old.takeAt(0)
            _drop(item)

    def _grid(
        self, base: Path, fields: tuple[PlanField, ...], columns: int, owner: str
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        row = place = 0
        for field in fields:
            is_wide = field.kind in _WIDE or columns == 1
            if is_wide and place:
                row, place = row + 1, 0
            path = (*base, *field.key)
            box = self._box(path, field, owner, is_narrow=columns == 1)
            words = label(field.caption)
            words.setBuddy(box.editor.focus_target)
            words.setMinimumWidth(self._label_width)
            words.setMinimumHeight(max(ROW_HEIGHT, round(paint.text_height() + 10)))
            words.setToolTip(_tip(field, path))
            grid.addWidget(words, row, place * 2, Qt.AlignmentFlag.AlignTop)
            span = 3 if is_wide and columns == 2 else 1
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(box, row, place * 2 + 1, 1, span, top)
            if is_wide or place == columns - 1:
                row, place = row + 1, 0
            else:
                place += 1
        for number in range(columns):
            grid.setColumnStretch(number * 2 + 1, 1)
        return grid

    def _box(self, path: Path, field: PlanField, owner: str, *, is_narrow: bool) -> FieldBox:
        editor = editor_of(field, is_narrow=is_narrow)
        editor.name(f"{owner}，{field.caption}")
        editor.focus_target.setToolTip(field.help)
        editor.show_value(self._editing.value(path))
        editor.typed.connect(
            lambda value: self._editing.type(path, value, words=f"改{field.caption}")
        )
        editor.left.connect(self._editing.end_typing)
        box = FieldBox(editor)
        self._boxes[path] = box
        return box

    def _add_rows(
        self, column: QVBoxLayout, rows: Rows, base: Path, columns: int, *, mnemonic: str = ""
    ) -> None:
        path = (*base, *rows.key)
        if rows.help:
            column.addWidget(label(rows.help, "secondary", wraps=True))
        count = len(tables_at(self._editing.values, path))
        for index in range(count):
            column.addWidget(self._card(rows, path, index, count, columns))
        add = button(f"加{rows.caption}{mnemonic}", icon_name="add_16_regular")
        template = dict(rows.template)
        on_click(
            add,
            lambda: self._editing.insert(path, count, template, words=f"加{rows.caption}"),
        )
        line = QHBoxLayout()
        line.addWidget(add)
        line.addStretch(1)
        column.addLayout(line)

    def _card(self, rows: Rows, path: Path, index: int, count: int, columns: int) -> QFrame:
        card = pane("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 4, 10, 10)
        column.setSpacing(6)
        title = f"{rows.caption} {index + 1}"
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(title, "strong"))
        head.addStretch(1)
        up = tool("arrow_up_16_regular", f"{title}往上移")
        down = tool("arrow_down_16_regular", f"{title}往下移")
        drop = tool("delete_16_regular", f"刪除{title}")
        up.setEnabled(index > 0)
        down.setEnabled(index < count - 1)
        editing, name = self._editing, rows.caption
        on_click(up, lambda: editing.move(path, index, index - 1, words=f"移動{name}"))
        on_click(down, lambda: editing.move(path, index, index + 1, words=f"移動{name}"))
        on_click(drop, lambda: editing.remove(path, index, words=f"刪除{name}"))
        for one in (up, down, drop):
            head.addWidget(one)
        column.addLayout(head)
        column.addLayout(self._grid((*path, index), rows.fields, columns, title))
        for inner in rows.rows:
            self._add_rows(column, inner, (*path, index), columns)
        return card

    # ------------------------------------------------------------------ showing
    def refresh(self) -> None:
        """Show the draft's values again where they differ."""
        for path, box in self._boxes.items():
            box.editor.show_value(self._editing.value(path))

    def show_notes(self, notes: FieldNotes) -> None:
        """Show what is wrong with each value."""
        for path, box in self._boxes.items():
            box.show_note(notes.get(path))

    def put_cursor(self, path: Path) -> bool:
        """Put the cursor into the field of a path, or the nearest one; False without any."""
        fitting = [
            one for one in self._boxes if one[: len(path)] == path or path[: len(one)] == one
        ]
        if not fitting:
            return False
        target = self._boxes[fitting[0]].editor.focus_target
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focused_path(self) -> Path | None:
        """Path of the field that has the cursor, None without one."""
        for path, box in self._boxes.items():
            focus = box.focusWidget()
            if focus is not None and focus.hasFocus():
                return path
        return None


def _all_fields(rows: Rows) -> list[PlanField]:
    return [*rows.fields, *(one for inner in rows.rows for one in _all_fields(inner))]


def _tip(field: PlanField, path: Path) -> str:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return f"{field.help}\n計畫檔裡是 {key}".strip()


def _drop(item) -> None:
    """Take away a layout's item with everything in it."""
    if item.widget() is not None:
        item.widget().hide()
        item.widget().deleteLater()
    elif item.layout() is not None:
        inner = item.layout()
        while inner.count():
            _drop(inner.takeAt(0))
