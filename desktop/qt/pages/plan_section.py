"""The middle of 計畫: one section with its sheets, fields, cards and courses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.models.plan_editing import PlanEditing
from desktop.qt.widgets.basics import (
    ElidedLabel,
    button,
    label,
    on_click,
    pane,
    set_words,
    tool,
)
from desktop.qt.widgets.plan_courses import CoursePane, text_factor
from desktop.qt.widgets.plan_form import FieldNotes, PartForm
from desktop.services.plan_document import Path, Values
from desktop.services.plan_fields import Section

TWO_COLUMNS_FROM = 620
"""Width in px with text of the usual size."""


class SectionView(QWidget):
    """Shows one section; the page tells it which.

    Attributes:
        paste_wanted: Courses are to be pasted.
        part_shown: Another sheet came up.
    """

    paste_wanted = Signal()
    part_shown = Signal()

    def __init__(self, editing: PlanEditing) -> None:
        """Make an empty view.

        Args:
            editing: The draft.
        """
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editing = editing
        self._section: Section | None = None
        self._part_id = ""
        self._base: Values | None = None
        self._former_words = ""
        self._notes: FieldNotes = {}
        self._columns = 2
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = self._make_head()
        column.addWidget(head)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName("這一段的分頁")
        self.tabs.currentChanged.connect(self._tab_chosen)
        tab_row = pane("paneHead")
        inside = QHBoxLayout(tab_row)
        inside.setContentsMargins(4, 0, 4, 0)
        inside.addWidget(self.tabs, 1)
        self.up = tool("arrow_up_16_regular", "這一段往上移")
        self.down = tool("arrow_down_16_regular", "這一段往下移")
        self.drop = tool("delete_16_regular", "刪除這一段")
        on_click(self.up, lambda: self._move(-1))
        on_click(self.down, lambda: self._move(1))
        on_click(self.drop, self._remove)
        for one in (self.up, self.down, self.drop):
            inside.addWidget(one)
        self._tab_row = tab_row
        column.addWidget(tab_row)
        self.form = PartForm(editing)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName("欄位")
        self._area.setWidget(self.form)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.courses = CoursePane(editing)
        self.courses.paste_wanted.connect(self.paste_wanted)
        self._nothing = _Nothing(editing)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._area, 1)
        body.addWidget(self.courses, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._body)
        self.stack.addWidget(self._nothing)
        column.addWidget(self.stack, 1)

    def _make_head(self) -> QWidget:
        head = pane("paneHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self.title = label("", "subtitle")
        row.addWidget(self.title)
        self._kind = ElidedLabel("", "secondary")
        row.addWidget(self._kind, 1)
        self.add_section = button("", icon_name="add_16_regular")
        on_click(self.add_section, self._add_section)
        self.add_course = button("加課程(&N)", icon_name="add_16_regular")
        self.paste = button("從試算表貼上(&V)", icon_name="clipboard_paste_16_regular")
        self.paste.setToolTip("也可以貼上從計畫的 PDF、Word 複製的課程表")
        on_click(self.add_course, lambda: self.courses.add())
        on_click(self.paste, self.paste_wanted.emit)
        for one in (self.add_section, self.add_course, self.paste):
            row.addWidget(one)
        return head

    # ------------------------------------------------------------------ showing
    @property
    def section(self) -> Section | None:
        """What is shown."""
        return self._section

    @property
    def part_id(self) -> str:
        """The sheet shown."""
        return self._part_id

    def compare_with(self, base: Values | None, former_words: str) -> None:
        """Show last year's hours beside the courses from now on.

        Args:
            base: Values of the plan compared with, None without one.
            former_words: Its name in a heading (``114 年``).
        """
        self._base, self._former_words = base, former_words

    def show_section(self, section: Section, part_id: str = "") -> None:
        """Show a section anew.

        Args:
            section: The section.
            part_id: Its sheet; the first without one.
        """
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus() and self._body.isAncestorOf(focus):
            self.tabs.setFocus()  # what has the cursor goes; without this it would leave the page
        self._section = section
        part = section.part(part_id)
        self._part_id = part.id if part is not None else ""
        self._show_head(section)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for one in section.parts:
            self.tabs.addTab(one.title)
        if part is not None:
            self.tabs.setCurrentIndex(section.parts.index(part))
        self.tabs.blockSignals(False)
        self._tab_row.setVisible(len(section.parts) > 1)
        if part is None:
            self.stack.setCurrentWidget(self._nothing)
            self._nothing.show_section(section)
            self.form.clear()
            self._show_course_buttons(False)
        else:
            self._nothing.show_section(None)
            self.stack.setCurrentWidget(self._body)
            self._show_body()

    def update_section(self, section: Section) -> None:
        """Take a section that was built anew after typing; rebuild only what looks different."""
        old = self._section
        if old is None or old.id != section.id:
            return
        tabs_differ = [p.title for p in old.parts] != [p.title for p in section.parts]
        if tabs_differ or old.part(self._part_id) != section.part(self._part_id):
            path = self.form.focused_path()
            self.show_section(section, self._part_id)
            if path is not None:
                self.form.put_cursor(path)
        else:
            self._section = section
            self._show_head(section)
            self.courses.model.refresh()

    def _show_head(self, section: Section) -> None:
        self.title.setText(section.title)
        self._kind.setText(section.kind)
        place = section.position
        self.up.setVisible(place is not None)
        self.down.setVisible(place is not None)
        if place is not None:
            self.up.setEnabled(place[0] > 0)
            self.down.setEnabled(place[0] < place[1] - 1)
        self.drop.setVisible(section.can_remove)
        adds = section.additions if section.parts else ()
        self.add_section.setVisible(bool(adds))
        set_words(self.add_section, adds[0].words if adds else "")

    def _show_course_buttons(self, are_shown: bool) -> None:
        self.add_course.setVisible(are_shown)
        self.paste.setVisible(are_shown)

    def _show_body(self) -> None:
        section = self._section
        part = section.part(self._part_id) if section is not None else None
        if section is None or part is None:
            return
        self._columns = self._fitting_columns()
        self._kind.setVisible(self._columns == 2)
        self.form.show_part(section, part, columns=self._columns)
        self.form.show_notes(self._notes)
        self._show_course_buttons(part.has_courses)
        self.courses.setVisible(part.has_courses)
        layout = self._body.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(0, 0 if part.has_courses else 1)
        if part.has_courses:
            self._fit_form()
            self.courses.show_set(section.path, self._base, self._former_words)
            self._show_course_notes()
        else:
            self._area.setMinimumHeight(0)
            self._area.setMaximumHeight(16_777_215)
        self._area.verticalScrollBar().setValue(0)

    def _fitting_columns(self) -> int:
        return 2 if self.width() >= TWO_COLUMNS_FROM * text_factor() else 1

    def _fit_form(self) -> None:
        """Give the fields above the courses the height they need."""
        self.form.layout().activate()
        height = self.form.heightForWidth(self.width())
        self._area.setFixedHeight(max(height, self.form.sizeHint().height()) + 2)

    def resizeEvent(self, event) -> None:
        """Lay the fields out anew when the room for columns changes."""
        super().resizeEvent(event)
        columns = self._fitting_columns()
        if columns != self._columns and self._section is not None and self._section.parts:
            path = self.form.focused_path()
            self._show_body()
            if path is not None:
                self.form.put_cursor(path)

    def _tab_chosen(self, number: int) -> None:
        if self._section is not None and 0 <= number < len(self._section.parts):
            self._part_id = self._section.parts[number].id
            self._show_body()
            self.part_shown.emit()

    # ----------------------------------------------------------------- mistakes
    def show_notes(self, notes: FieldNotes) -> None:
        """Show what the checks found at the fields and cells.

        Args:
            notes: By path in the draft; course cells by theirs.
        """
        self._notes = notes
        self.form.show_notes(notes)
        self._show_course_notes()
        if not self.courses.isHidden():
            self._fit_form()

    def _show_course_notes(self) -> None:
        base = self.courses.model.list_path
        size = len(base)
        wrong = {
            (path[size], path[size + 1] if len(path) > size + 1 else "name")
            for path, (is_error, _) in self._notes.items()
            if is_error and path[:size] == base and len(path) > size
        }
        self.courses.model.show_problems(frozenset((int(r), str(k)) for r, k in wrong))

    def put_cursor(self, path: Path) -> None:
        """Put the cursor at a path of the sheet that is shown."""
        base = self.courses.model.list_path
        if not self.courses.isHidden() and path[: len(base)] == base and len(path) > len(base):
            key = str(path[len(base) + 1]) if len(path) > len(base) + 1 else "name"
            self.courses.go_to(int(path[len(base)]), key)
        elif self.stack.currentWidget() is self._nothing:
            self._nothing.put_cursor()
        elif self.form.put_cursor(path):
            self._area.ensureWidgetVisible(self.form.focusWidget() or self.form, 8, 24)

    # ------------------------------------------------------------------ changes
    def _move(self, step: int) -> None:
        section = self._section
        if section is not None and section.position is not None:
            list_path, index = section.path[:-1], section.position[0]
            name = section.kind.split("　")[0]
            self._editing.move(list_path, index, index + step, words=f"移動{name}")

    def _remove(self) -> None:
        section = self._section
        if section is None or not section.can_remove:
            return
        words = f"刪除{section.title}"
        if section.position is not None:
            self._editing.remove(section.path[:-1], section.position[0], words=words)
        else:
            self._editing.put(section.path, None, words=words)

    def _add_section(self) -> None:
        section = self._section
        if section is not None and section.additions:
            add_to(self._editing, section)


def add_to(editing: PlanEditing, section: Section) -> None:
    """Give the draft what a section offers first."""
    addition = section.additions[0]
    template = dict(addition.template)
    if addition.is_list:
        count = len(editing.value(addition.path, ()))
        editing.insert(addition.path, count, template, words=addition.act)
    else:
        editing.put(addition.path, template, words=addition.act)


class _Nothing(QWidget):
    """A section of which nothing is written yet, with the button that begins it."""

    def __init__(self, editing: PlanEditing) -> None:
        super().__init__()
        self._editing = editing
        self._section: Section | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 24, 12, 12)
        column.setSpacing(12)
        self._words = label("", "secondary", wraps=True)
        column.addWidget(self._words)
        row = QHBoxLayout()
        self.add = button("", icon_name="add_16_regular")
        on_click(self.add, self._begin)
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_section(self, section: Section | None) -> None:
        """Say what could stand here; nothing while something does."""
        self._section = section
        adds = section.additions if section is not None else ()
        self._words.setText(section.help if section is not None else "")
        self.add.setVisible(bool(adds))
        set_words(self.add, adds[0].words if adds else "")

    def put_cursor(self) -> None:
        """Put the cursor on the button."""
        self.add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _begin(self) -> None:
        if self._section is not None and self._section.additions:
            add_to(self._editing, self._section)
