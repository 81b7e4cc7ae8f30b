"""貼上課程: what was understood of a pasted list and what was not; nothing vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import Note, Splitter, button, label, on_click, pane, set_words
from desktop.qt.widgets.table_basics import prepare_table
from desktop.services.plan_field_values import number_words

if TYPE_CHECKING:
    from desktop.services.course_lists import CourseList, PastedCourse, RefusedLine


class PasteCoursesDialog(Dialog):
    """Shows a pasted course list before it enters the set.

    Attributes:
        accepted_courses: The courses taken, and whether they replace those there are.
    """

    accepted_courses = Signal(object, bool)

    def __init__(
        self,
        services: Services,
        operations: Operations,
        *,
        set_title: str,
        courses_before: int,
        parent: QWidget | None,
    ) -> None:
        """Make the dialog and read the clipboard.

        Args:
            services: To read lists.
            operations: To do so off the UI thread.
            set_title: The set that the courses are for.
            courses_before: How many it has.
            parent: The page.
        """
        super().__init__(parent)
        self._services, self._operations = services, operations
        self._before = courses_before
        self._courses: tuple[PastedCourse, ...] = ()
        self.setWindowTitle(f"貼上課程到「{set_title}」")
        self.setModal(True)
        self.resize(820, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._splitter = Splitter(Qt.Orientation.Horizontal, self._make_text(), self._make_result())
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([280, 540])
        column.addWidget(self._splitter, 1)
        column.addWidget(self._make_foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(300)
        self._timer.timeout.connect(self.read_text)
        self.text.textChanged.connect(self._timer.start)
        self._show(None)
        self.take_clipboard()

    def _make_text(self) -> QWidget:
        left = pane()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        words = label("貼上的文字(&X)", "strong")
        column.addWidget(words)
        column.addWidget(
            label(
                "從試算表、計畫的 PDF 或 Word 複製課程表，在這裡貼上；可以直接改。",
                "caption",
                wraps=True,
            )
        )
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("貼上的課程表文字")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        words.setBuddy(self.text)
        column.addWidget(self.text, 1)
        return left

    def _make_result(self) -> QWidget:
        right = pane()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._note_place = QVBoxLayout()
        self._note_place.setContentsMargins(12, 10, 12, 8)
        column.addLayout(self._note_place)
        self.understood: TableModel[PastedCourse] = TableModel(
            [
                TableColumn("行", lambda c: str(c.line), {Role.QUIET: lambda c: True}, True),
                TableColumn("課程項目", lambda c: c.category, {Role.QUIET: lambda c: True}),
                TableColumn("課程名稱", lambda c: c.name),
                TableColumn("時數", lambda c: number_words(c.hours), is_number=True),
                TableColumn(
                    "",
                    lambda c: "併行" if c.is_joined else "",
                    {Role.CHIPS: lambda c: (("review", "併行"),) if c.is_joined else ()},
                ),
            ],
            parent=self,
        )
        view = QTableView()
        view.setModel(self.understood)
        prepare_table(view)
        view.setAccessibleName("讀懂的課程")
        header = view.horizontalHeader()
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 40), (1, 116), (3, 48), (4, 56)):
            header.resizeSection(section, width)
        self.refused: TableModel[RefusedLine] = TableModel(
            [
                TableColumn("行", lambda r: str(r.line), {Role.QUIET: lambda r: True}, True),
                TableColumn("沒有讀懂的文字", lambda r: r.text),
                TableColumn("原因", lambda r: r.reason, {Role.WARN: lambda r: "review"}),
            ],
            parent=self,
        )
        self._refused_view = QTableView()
        self._refused_view.setModel(self.refused)
        prepare_table(self._refused_view)
        self._refused_view.setAccessibleName("沒有讀懂的行")
        header = self._refused_view.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 40)
        both: QSplitter = Splitter(Qt.Orientation.Vertical, view, self._refused_view)
        both.setStretchFactor(0, 2)
        both.setStretchFactor(1, 1)
        column.addWidget(both, 1)
        return right

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        again = button("再讀剪貼簿(&B)", icon_name="clipboard_paste_16_regular")
        on_click(again, self.take_clipboard)
        row.addWidget(again)
        row.addStretch(1)
        self.replaces = QCheckBox(f"取代原有的 {self._before} 門(&Z)")
        self.replaces.setChecked(False)
        self.replaces.setVisible(self._before > 0)
        self.replaces.toggled.connect(lambda _: self._say_button())
        row.addWidget(self.replaces)
        cancel = button("取消")
        on_click(cancel, self.reject)
        self.accept_button = button("加入(&K)", is_accent=True)
        on_click(self.accept_button, self._accept)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        return foot

    # ------------------------------------------------------------------ reading
    def take_clipboard(self) -> None:
        """Read what was copied: a table as a table, anything else as text."""
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()  # none: nothing was copied
        html = mime.html() if mime.hasHtml() and "<table" in mime.html().lower() else ""
        self.text.blockSignals(True)
        self.text.setPlainText(mime.text())
        self.text.blockSignals(False)
        if html:
            self._read(lambda services: services.read_course_html(html))
        else:
            self.read_text()

    def read_text(self) -> None:
        """Read what stands in the field."""
        text = self.text.toPlainText()
        self._read(lambda services: services.read_course_text(text))

    def _read(self, work) -> None:
        services = self._services
        self._operations.run_read(
            lambda report: work(services),
            self._show,
            words="讀取課程表",
            owner=self,
            latest="paste-courses",
        )

    def _show(self, found: CourseList | None) -> None:
        self._courses = found.courses if found is not None else ()
        refused = found.refused if found is not None else ()
        self.understood.show_rows(self._courses)
        self.refused.show_rows(refused)
        self._refused_view.setVisible(bool(refused))
        while self._note_place.count():
            self._note_place.takeAt(0).widget().deleteLater()
        hours = sum((one.hours for one in self._courses), 0)
        joined = sum(one.is_joined for one in self._courses)
        if not self._courses:
            kind, words = "info", "還沒有讀到課程：一行要有課程名稱和時數。"
        else:
            kind = "review" if refused or joined else "pass"
            words = f"讀懂 {len(self._courses)} 門，共 {number_words(hours)} 時。"
            if joined:
                words += f"{joined} 門的名稱是由幾行併成的，請看一下。"
            if refused:
                words += f"{len(refused)} 行沒有讀懂，列在下面；可以在左邊改，或加入後自己補。"
        self._note_place.addWidget(Note(kind, words, can_close=False))
        self._say_button()

    def _say_button(self) -> None:
        count = len(self._courses)
        act = "取代成" if self.replaces.isChecked() else "加入"
        set_words(self.accept_button, f"{act} {count} 門(&K)")
        self.accept_button.setEnabled(count > 0)

    def _accept(self) -> None:
        self.accepted_courses.emit(self._courses, self.replaces.isChecked())
        self.accept()
