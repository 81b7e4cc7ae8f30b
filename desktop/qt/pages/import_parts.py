"""Parts of 匯入: its tables, the drop ground, the question whose a page is, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence import RefusalReason
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import button, label, pane, verdict_icon
from desktop.qt.widgets.evidence_parts import kind_icon
from desktop.qt.widgets.table_basics import prepare_table
from desktop.services.draft import RowState

if TYPE_CHECKING:
    from desktop.services.import_preview import PreviewFile, PreviewRow

STATE_LOOKS = {
    RowState.NEW: ("pass", "新增"),
    RowState.KNOWN: ("missing", "已有"),
    RowState.CHANGED: ("info", "變更"),
    RowState.DOUBTFUL: ("review", "存疑"),
    RowState.REFUSED: ("fail", "拒收"),
}
ROW_WORDS = {
    RowState.NEW: "讀到",
    RowState.KNOWN: "已有",
    RowState.CHANGED: "變更",
    RowState.DOUBTFUL: "存疑",
    RowState.REFUSED: "拒收",
}
REFUSAL_WORDS = {
    RefusalReason.UNREADABLE: "打不開",
    RefusalReason.ENCRYPTED: "加密",
    RefusalReason.EMPTY: "空檔",
    RefusalReason.TOO_LARGE: "太大",
    RefusalReason.HOSTILE: "不安全",
    RefusalReason.NOT_RECOGNISED: "認不得",
    RefusalReason.AMBIGUOUS_KIND: "種類不明",
    RefusalReason.NO_COLUMNS: "欄位不符",
    RefusalReason.BAD_DATE: "日期有誤",
    RefusalReason.PERSON_UNKNOWN: "沒有這個人",
    RefusalReason.PERSON_AMBIGUOUS: "同名同姓",
}


def asks(file: PreviewFile) -> bool:
    """Whether the clerk is asked whose a file is: not again of one that is stored already."""
    is_fresh = file.pages > 0 or any(
        number for state, number in file.counts.items() if state is not RowState.KNOWN
    )
    return bool(file.question) and not file.is_left_out and is_fresh


def result_chips(file: PreviewFile) -> tuple[tuple[str, str], ...]:
    """What becomes of a file, in chips: the question first, then rows by state."""
    if file.is_left_out:
        return (("missing", "先不存"),)
    has_rows = any(n for s, n in file.counts.items() if s is not RowState.REFUSED)
    if file.refusals and not has_rows and not file.pages:
        return (("fail", f"拒收：{REFUSAL_WORDS[file.refusals[0].reason]}"),)
    chips = [("review", "要問 1")] if asks(file) else []
    for state, (look, words) in STATE_LOOKS.items():
        if file.counts.get(state):
            chips.append((look, f"{words} {file.counts[state]:,}"))
    if file.pages and not has_rows:
        chips.append(("pass", f"時數摘要 {file.pages:,}"))
    return tuple(chips)


def file_table(parent: QWidget) -> tuple[TableModel, QTableView]:
    """The list of files."""
    model: TableModel[PreviewFile] = TableModel(
        [
            TableColumn(
                "檔名",
                lambda f: f.name.rsplit("/", 1)[-1],
                {
                    Role.ICON: lambda f: kind_icon(f.name),
                    Qt.ItemDataRole.ToolTipRole: lambda f: f.name,
                },
            ),
            TableColumn("認出的種類", lambda f: f.kind_words, {Role.QUIET: lambda f: True}),
            TableColumn("列數", lambda f: f"{f.rows_in:,}" if f.rows_in else "—", is_number=True),
            TableColumn(
                "結果",
                lambda f: "、".join(words for _, words in result_chips(f)),
                {Role.CHIPS: result_chips, Role.CHIP_ICONS: lambda f: True},
            ),
        ],
        parent=parent,
    )
    view = QTableView()
    view.setModel(model)
    prepare_table(view, keeps_blue=True, can_sort=True)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setAccessibleName("檔案")
    header = view.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for section, width in ((1, 116), (2, 48), (3, 132)):
        header.resizeSection(section, width)
    return model, view


def row_table(parent: QWidget) -> tuple[TableModel, QTableView]:
    """The rows of a file."""
    model: TableModel[PreviewRow] = TableModel(
        [
            TableColumn(
                "結果",
                lambda r: ROW_WORDS[r.state],
                {Role.STATE: lambda r: STATE_LOOKS[r.state][0]},
            ),
            TableColumn(
                "列",
                lambda r: str(r.place.row) if r.place.row is not None else "",
                {Role.QUIET: lambda r: True},
                is_number=True,
                has_sum=False,
            ),
            TableColumn("課程名稱或內容", lambda r: r.course),
            TableColumn("起", lambda r: r.start),
            TableColumn("迄", lambda r: r.end),
            TableColumn(
                "原因",
                lambda r: r.note,
                {
                    Role.WARN: lambda r: (
                        STATE_LOOKS[r.state][0]
                        if r.state in (RowState.REFUSED, RowState.DOUBTFUL)
                        else None
                    )
                },
            ),
        ],
        parent=parent,
    )
    view = QTableView()
    view.setModel(model)
    prepare_table(view, can_sort=True)
    view.setAccessibleName("檔案裡的列")
    header = view.horizontalHeader()
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    for section, width in ((0, 76), (1, 40), (3, 150), (4, 150), (5, 160)):
        header.resizeSection(section, width)
    return model, view


def show_rows(model: TableModel, view: QTableView, rows: Sequence[PreviewRow]) -> None:
    """Show a file's rows; columns that none of them fills give way to the others."""
    model.show_rows(rows)
    for section, is_filled in (
        (3, any(row.start for row in rows)),
        (4, any(row.end for row in rows)),
        (5, any(row.note for row in rows)),
    ):
        view.setColumnHidden(section, bool(rows) and not is_filled)


class DropGround(QObject):
    """Takes files that are dropped anywhere on a page.

    Attributes:
        dropped: Their paths.
    """

    dropped = Signal(list)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept files, nothing else."""
        if not isinstance(event, QDropEvent):
            return False
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            if event.mimeData().hasUrls():
                event.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop:
            paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
            if paths:
                event.acceptProposedAction()
                self.dropped.emit(paths)
            return True
        return False


class PersonField(QLineEdit):
    """A field that offers people while one types.

    Attributes:
        confirmed: Enter was pressed.
    """

    confirmed = Signal()

    def __init__(self, services: Services, operations: Operations, *, series: str) -> None:
        """Make an empty field.

        Args:
            services: To look people up.
            operations: To do so off the UI thread.
            series: A name of its own, so that only its newest reading counts.
        """
        super().__init__()
        self._services, self._operations, self._series = services, operations, series
        self._known: dict[str, str] = {}
        self._own: Sequence = ()
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        self.setPlaceholderText("輸入姓名或人員代號")
        self.setAccessibleName("是誰的：姓名或人員代號")
        self.textEdited.connect(self._look)
        self.returnPressed.connect(self.confirmed)

    def offer(self, candidates, own=()) -> None:
        """Start anew with likely people, and those of the batch's own roster."""
        self.clear()
        self._set_error(False)
        self._own = own
        self._known = {}
        self._add(candidates)

    def _add(self, people) -> None:
        for one in people:
            self._known[f"{one.name} {one.employee_id} {one.unit}".strip()] = one.employee_id
        self._names.setStringList(list(self._known))

    def _look(self, words: str) -> None:
        self._set_error(False)
        services, own = self._services, self._own
        if not words.strip():
            return

        def find(report):
            found = services.find_people(words.strip())
            more = [p for p in own if words.strip() in f"{p.employee_id} {p.name}"]
            return [*found, *more]

        self._operations.run_read(find, self._found, owner=self, latest=self._series)

    def _found(self, people) -> None:
        self._known = {}
        self._add(people)
        if self.hasFocus() and self._known:
            self.completer().complete()

    @property
    def employee_id(self) -> str:
        """Who is meant; empty when that is not clear."""
        words = self.text().strip()
        if words in self._known:
            return self._known[words]
        exact = [i for w, i in self._known.items() if words and words in (i, w.split(" ")[0])]
        return exact[0] if len(exact) == 1 else ""

    def ring(self) -> None:
        """Ring the field: nobody was named."""
        self._set_error(True)
        self.setFocus()

    def _set_error(self, is_wrong: bool) -> None:
        if self.property("error") != is_wrong:
            self.setProperty("error", is_wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class PersonQuestion(QFrame):
    """Whose a file is.

    Attributes:
        answered: The person's id.
        left_out: The file is not to be stored now.
    """

    answered = Signal(str)
    left_out = Signal()

    def __init__(self, services: Services, operations: Operations) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 12, 8)
        self._note = QFrame()
        self._note.setObjectName("note")
        self._note.setProperty("kind", "review")
        self._note.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer.addWidget(self._note)
        column = QVBoxLayout(self._note)
        column.setContentsMargins(10, 5, 10, 5)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(verdict_icon("review"))
        self._words = label("", "strong", wraps=True)
        self._words.setMinimumWidth(120)
        row.addWidget(self._words, 1)
        self.field = PersonField(services, operations, series="person-question")
        self.field.confirmed.connect(self._answer)
        self._words.setBuddy(self.field)
        self.field.setMinimumWidth(150)
        row.addWidget(self.field, 1)
        self.assign_button = button("指定(&N)")
        self.assign_button.clicked.connect(self._answer)
        self.leave_button = button("這份先不存(&L)")
        self.leave_button.clicked.connect(self.left_out)
        row.addWidget(self.assign_button)
        row.addWidget(self.leave_button)
        column.addLayout(row)
        self._error = label("找不到這個人，請從清單選一位，或先匯入名冊。", "caption")
        self._error.hide()
        column.addWidget(self._error)
        self.hide()

    def ask(self, file: PreviewFile, own) -> None:
        """Ask about a file, or hide when there is nothing to ask."""
        self.setVisible(asks(file) or file.is_left_out)
        self._error.hide()
        self._words.setText("這份先不存" if file.is_left_out else file.question)
        self.leave_button.setText("還是要存(&L)" if file.is_left_out else "這份先不存(&L)")
        for widget in (self.field, self.assign_button):
            widget.setVisible(not file.is_left_out)
        self.field.offer(file.candidates, own)

    def _answer(self) -> None:
        employee_id = self.field.employee_id
        self._error.setVisible(not employee_id)
        if employee_id:
            self.answered.emit(employee_id)
        else:
            self.field.ring()


def _shown_words(file) -> str:
    """Whom the waiting rows name, as far as they do."""
    return " ".join(part for part in file.shown if part) or "沒有姓名"


class PendingPane(QFrame):
    """待處理: stored files whose person is not known yet.

    Attributes:
        assigned: Somebody was named.
    """

    assigned = Signal()

    def __init__(self, services: Services, operations: Operations) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._services, self._operations = services, operations
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = pane("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(label("待處理", "strong"))
        self._count = label("", "secondary")
        row.addWidget(self._count)
        row.addSpacing(8)
        self._whose = label("是誰的(&N)")
        row.addWidget(self._whose)
        self.field = PersonField(services, operations, series="person-pending")
        self.field.confirmed.connect(self._assign)
        self._whose.setBuddy(self.field)
        row.addWidget(self.field, 1)
        self.assign_button = button("指定給選取的檔案(&G)")
        self.assign_button.clicked.connect(self._assign)
        row.addWidget(self.assign_button)
        column.addWidget(head)
        self.table: TableModel = TableModel(
            [
                TableColumn(
                    "檔名",
                    lambda f: f.name.rsplit("/", 1)[-1],
                    {
                        Role.ICON: lambda f: kind_icon(f.name),
                        Qt.ItemDataRole.ToolTipRole: lambda f: f.name,
                    },
                ),
                TableColumn("列數", lambda f: str(f.rows) if f.rows else "摘要", is_number=True),
                TableColumn("檔案上的姓名", _shown_words),
                TableColumn(
                    "原因",
                    lambda f: REFUSAL_WORDS[f.problem],
                    {
                        Role.CHIPS: lambda f: (("review", REFUSAL_WORDS[f.problem]),),
                        Role.CHIP_ICONS: lambda f: True,
                    },
                ),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.table)
        prepare_table(self.view)
        self.view.setAccessibleName("待處理的檔案")
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in ((1, 60), (2, 160), (3, 160)):
            header.resizeSection(section, width)
        column.addWidget(self.view)
        self.hide()

    def show_files(self, files) -> None:
        """Show what waits; nothing without any."""
        self.table.show_rows(files)
        self._count.setText(f"{len(files)} 個檔案等您指定人員")
        self.setVisible(bool(files))
        if files:
            self.view.selectRow(0)

    def _assign(self) -> None:
        employee_id = self.field.employee_id
        chosen = [self.table.row(i.row()) for i in self.view.selectionModel().selectedRows()]
        if not employee_id or not chosen:
            self.field.ring()
            return
        services = self._services

        def assign(report):
            change = None
            for file in chosen:
                change = services.assign_pending(file.file_id, employee_id, shown=file.shown)
            return change

        self._operations.run_write(assign, lambda _: self._done(), words="指定人員", owner=self)

    def _done(self) -> None:
        self.field.clear()
        self.assigned.emit()
