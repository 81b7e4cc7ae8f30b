"""對應欄位: sheet and row of headings, kind, columns, and the check, all on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence import EvidenceKind
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.mapping import FIXED, NO_HEADING, MappingForm, SheetModel
from desktop.qt.operations import Operations
from desktop.qt.pages.import_parts import row_table, show_rows
from desktop.qt.services import Services
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets.basics import ElidedLabel, Note, Splitter, button, label, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.draft import ImportDraft
    from desktop.services.import_preview import PreviewFile
    from desktop.services.mapping import MappingCheck, MappingProposal, MappingStart

MOST_CHECKED = 50


class MappingDialog(Dialog):
    """Lets the clerk say what the columns of a sheet are, and shows how it is then read.

    Attributes:
        adopted: The batch as read by the confirmed mapping.
    """

    adopted = Signal(object)

    def __init__(
        self,
        services: Services,
        operations: Operations,
        draft: ImportDraft,
        file: PreviewFile,
        *,
        parent: QWidget | None,
    ) -> None:
        """Make the dialog and read the file's tables.

        Args:
            services: To propose, try and remember.
            operations: To do so off the UI thread.
            draft: The batch as read.
            file: The file in it.
            parent: The page.
        """
        super().__init__(parent)
        self._services, self._operations = services, operations
        self._draft, self._file = draft, file
        self._start: MappingStart | None = None
        self._form: MappingForm | None = None
        self._profile = None
        self._boxes: dict[str, QComboBox] = {}
        self._reasons: dict[str, ElidedLabel] = {}
        self._names: dict[str, QLabel] = {}
        self.setWindowTitle(f"對應欄位：{file.name.rsplit('/', 1)[-1]}")
        self.setModal(True)
        self.resize(960, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = Splitter(Qt.Orientation.Horizontal, self._make_sheet(), self._make_fields())
        top.setStretchFactor(0, 1)
        top.setSizes([470, 490])
        whole = Splitter(Qt.Orientation.Vertical, top, self._make_check())
        whole.setStretchFactor(0, 1)
        whole.setSizes([330, 180])
        column.addWidget(whole, 1)
        column.addWidget(self._make_foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._try)
        self._say("info", "讀取檔案…")
        self._read_start()

    # ----------------------------------------------------------------- building
    def _make_sheet(self) -> QWidget:
        left = pane()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 4)
        bar.setSpacing(8)
        words = label("1. 工作表(&W)", "strong")
        self.sheet_box = QComboBox()
        self.sheet_box.setAccessibleName("工作表")
        self.sheet_box.activated.connect(lambda _: self._sheet_chosen())
        words.setBuddy(self.sheet_box)
        bar.addWidget(words)
        bar.addWidget(self.sheet_box, 1)
        column.addLayout(bar)
        hint = label("2. 標題列(&H)：點選標題所在的那一列，或用 ↑↓ 移動。", wraps=True)
        hint.setContentsMargins(12, 0, 12, 4)
        column.addWidget(hint)
        self.sheet_model = SheetModel(self)
        self.sheet_view = QTableView()
        self.sheet_view.setModel(self.sheet_model)
        prepare_table(self.sheet_view, keeps_blue=True)
        self.sheet_view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.sheet_view.setAccessibleName("標題列：檔案的前 30 列")
        self.sheet_view.horizontalHeader().setSectionsMovable(False)
        self.sheet_view.selectionModel().currentRowChanged.connect(
            lambda now, _: self._header_chosen(now.row())
        )
        hint.setBuddy(self.sheet_view)
        column.addWidget(self.sheet_view, 1)
        return left

    def _make_fields(self) -> QWidget:
        right = pane()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 4)
        bar.setSpacing(8)
        words = label("3. 這是什麼資料(&K)", "strong")
        self.kind_box = QComboBox()
        self.kind_box.setAccessibleName("這是什麼資料")
        self.kind_box.activated.connect(lambda _: self._propose(self._kind()))
        words.setBuddy(self.kind_box)
        bar.addWidget(words)
        bar.addWidget(self.kind_box, 1)
        column.addLayout(bar)
        hint = label("4. 每一欄用檔案裡的哪個標題；＊是必要的。", wraps=True)
        hint.setContentsMargins(12, 0, 12, 4)
        column.addWidget(hint)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("欄位")
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._area, 1)
        return right

    def _make_check(self) -> QWidget:
        below = pane()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._note_place = QVBoxLayout()
        self._note_place.setContentsMargins(12, 6, 12, 6)
        column.addLayout(self._note_place)
        self.check_model, self.check_view = row_table(self)
        self.check_view.setAccessibleName("核對：照這樣對應會讀到的列")
        column.addWidget(self.check_view, 1)
        return below

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        words = "採用後會記住這組標題，下次照這樣讀並註明；可用復原（Ctrl+Z）收回。"
        row.addWidget(ElidedLabel(words, "secondary"), 1)
        cancel = button("取消")
        on_click(cancel, self.reject)
        self.adopt_button = button("採用(&A)", is_accent=True)
        on_click(self.adopt_button, self.adopt)
        self.adopt_button.setEnabled(False)
        row.addWidget(cancel)
        row.addWidget(self.adopt_button)
        return foot

    # ------------------------------------------------------------------ reading
    def _read_start(self) -> None:
        services, draft, key = self._services, self._draft, self._file.key
        self._operations.run_read(
            lambda report: services.start_mapping(draft, key),
            self._started,
            words="讀取檔案",
            owner=self,
            latest="mapping-start",
            on_failure=self._failed,
        )

    def _started(self, start: MappingStart) -> None:
        self._start = start
        for sheet in start.sheets:
            self.sheet_box.addItem(f"{sheet.name}（{sheet.total} 列）")
        for kind, words in start.kinds:
            self.kind_box.addItem(words, kind.value)
        if not start.sheets:
            self._say("fail", "這個檔案裡沒有可以對應的表格。")
            return
        self._sheet_chosen()
        self.sheet_view.setFocus()

    def _failed(self, sentence: str) -> None:
        self._say("fail", sentence)

    def _sheet_chosen(self) -> None:
        assert self._start is not None
        sheet = self._start.sheets[self.sheet_box.currentIndex()]
        header = min(sheet.headings, len(sheet.rows[:30]) - 1)
        blocked = self.sheet_view.selectionModel().blockSignals(True)
        self.sheet_model.show_sheet(sheet, header)
        self.sheet_view.selectRow(header)
        self.sheet_view.selectionModel().blockSignals(blocked)
        self._fit_columns(sheet)
        self._propose(None)

    def _fit_columns(self, sheet) -> None:
        metrics = ui_metrics("body")
        self.sheet_view.setColumnWidth(0, 36)
        for number in range(len(sheet.rows[0])):
            cells = [row[number] for row in sheet.rows[:30]]
            # Titles above a table are longer than any column of it.
            widths = sorted(metrics.horizontalAdvance(cell) for cell in cells if cell)
            width = widths[int(len(widths) * 0.8)] if widths else 0
            self.sheet_view.setColumnWidth(number + 1, round(min(max(width + 18, 44), 200)))

    def _header_chosen(self, row: int) -> None:
        if row < 0 or row == self.sheet_model.header:
            return
        self.sheet_model.choose_header(row)
        self._propose(None)

    def _kind(self) -> EvidenceKind:
        return EvidenceKind(self.kind_box.currentData())

    def _propose(self, kind: EvidenceKind | None) -> None:
        start, services = self._start, self._services
        if start is None:
            return
        sheet, header = self.sheet_box.currentIndex(), self.sheet_model.header
        self._operations.run_read(
            lambda report: services.propose_mapping(start, sheet, header, kind),
            self._proposed,
            words="比對欄位",
            owner=self,
            latest="mapping-propose",
            on_failure=self._failed,
        )

    def _proposed(self, proposal: MappingProposal) -> None:
        assert self._start is not None
        self.kind_box.setCurrentIndex(self.kind_box.findData(proposal.kind.value))
        self._form = MappingForm(proposal)
        former = self._start.former
        titles = {title for title, _ in self._form.titles}
        if former is not None and former.kind is proposal.kind and titles >= set(former.headings):
            self._form.take(former.columns, former.fixed)
        self._show_fields()
        self._try()

    # ------------------------------------------------------------------- fields
    def _show_fields(self) -> None:
        assert self._form is not None
        inside = pane()
        grid = QGridLayout(inside)
        grid.setContentsMargins(12, 2, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 4)
        self._boxes, self._reasons, self._names = {}, {}, {}
        for row, field in enumerate(self._form.fields):
            words = label(field.column)
            box = QComboBox()
            box.setAccessibleName(f"{field.column}用哪個標題")
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setMinimumWidth(150)
            box.addItem(NO_HEADING, "")
            for title, samples in self._form.titles:
                box.addItem(f"{title}　{samples}" if samples else title, title)
            for value in field.fixed_values:
                box.addItem(f"（每一列都是{value}）", FIXED + value)
            box.view().setMinimumWidth(320)
            box.setCurrentIndex(max(box.findData(self._form.chosen.get(field.column, "")), 0))
            box.activated.connect(lambda _, one=field.column: self._chosen(one))
            words.setBuddy(box)
            reason = ElidedLabel("", "caption")
            grid.addWidget(words, row, 0)
            grid.addWidget(box, row, 1)
            grid.addWidget(reason, row, 2)
            self._boxes[field.column], self._reasons[field.column] = box, reason
            self._names[field.column] = words
        grid.setRowStretch(len(self._form.fields), 1)
        self._area.setWidget(inside)
        before: QWidget = self.kind_box
        for box in self._boxes.values():
            self.setTabOrder(before, box)
            before = box
        self._say_reasons()

    def _chosen(self, column: str) -> None:
        assert self._form is not None
        freed = self._form.choose(column, self._boxes[column].currentData())
        if freed:
            self._boxes[freed].setCurrentIndex(0)
        self._say_reasons()
        self._timer.start()

    def _say_reasons(self) -> None:
        assert self._form is not None
        for field in self._form.fields:
            reason = self._reasons[field.column]
            reason.setText(self._form.reason(field))
            box = self._boxes[field.column]
            is_missing = self._form.is_missing(field)
            # Of columns that may stand for each other only the chosen one carries the mark.
            is_marked = field.is_needed and (
                is_missing or not field.instead or field.column in self._form.chosen
            )
            self._names[field.column].setText(f"{field.column}{'＊' if is_marked else ''}")
            box.setAccessibleDescription(reason.toolTip())
            if box.property("error") != is_missing:
                box.setProperty("error", is_missing)
                box.style().unpolish(box)
                box.style().polish(box)

    # -------------------------------------------------------------------- check
    def _try(self) -> None:
        if self._start is None or self._form is None:
            return
        services, draft, key = self._services, self._draft, self._file.key
        view = self._start.sheets[self.sheet_box.currentIndex()]
        header, kind = self.sheet_model.header, self._kind()
        columns, fixed = self._form.columns, self._form.fixed

        def work(report):
            profile = services.mapping_profile(view, header, kind, columns, fixed)
            return profile, services.try_mapping(draft, key, profile)

        self.adopt_button.setEnabled(False)
        self._operations.run_read(
            work,
            lambda result: self._tried(*result),
            words="核對",
            owner=self,
            latest="mapping-try",
            on_failure=self._failed,
        )

    def _tried(self, profile, check: MappingCheck) -> None:
        self._profile = profile
        file = check.file
        rows = file.rows[:MOST_CHECKED] if file is not None else ()
        show_rows(self.check_model, self.check_view, rows)
        if file is None:
            self._say("review", f"5. 核對：{check.problem}")
            return
        kept = file.rows_in - sum(refusal.rows for refusal in file.refusals)
        if file.refusals and not kept:
            self._say("fail", f"5. 核對：{file.refusals[0].message}")
        elif file.refusals:
            words = (
                f"讀到 {kept:,} 列，{file.rows_in - kept:,} 列不能用：{file.refusals[0].message}"
            )
            self._say("review", f"5. 核對：{words}")
        else:
            more = f"，下面是前 {MOST_CHECKED} 列" if len(file.rows) > MOST_CHECKED else ""
            self._say("pass", f"5. 核對：讀到 {kept:,} 列{more}，請看看是不是這個意思。")
        self.adopt_button.setEnabled(True)

    def _say(self, kind: str, words: str) -> None:
        while self._note_place.count():
            self._note_place.takeAt(0).widget().deleteLater()
        self.note = Note(kind, words, can_close=False)
        self._note_place.addWidget(self.note)

    # ------------------------------------------------------------------- acting
    def adopt(self) -> None:
        """Remember the mapping and read the batch by it."""
        if self._profile is None or not self.adopt_button.isEnabled():
            return
        services, draft, key, profile = self._services, self._draft, self._file.key, self._profile
        self.adopt_button.setEnabled(False)
        self._operations.run_write(
            lambda report: services.adopt_mapping(draft, key, profile),
            lambda result: self._adopted(result[0]),
            words="記住欄位對應",
            owner=self,
            on_failure=self._failed,
        )

    def _adopted(self, draft: ImportDraft) -> None:
        self.adopted.emit(draft)
        self.accept()
