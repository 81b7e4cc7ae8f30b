"""The panes of 匯入: tiles, the list of files, what a file holds; filters between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.pages.base import Context, Page
from desktop.qt.pages.import_parts import (
    DropGround,
    PendingPane,
    PersonQuestion,
    asks,
    file_table,
    row_table,
    show_rows,
)
from desktop.qt.pages.import_readings import StoredReadingsPane, WaitingReadings
from desktop.qt.tokens import size
from desktop.qt.widgets.basics import (
    ElidedLabel,
    EmptyState,
    Note,
    Splitter,
    Tile,
    button,
    label,
    pane,
    set_accent,
    set_words,
    tint,
    verdict_icon,
)
from desktop.qt.widgets.reading_desk import ReadingDesk
from desktop.services.draft import ImportDraft, RowState

if TYPE_CHECKING:
    from desktop.services.import_preview import ImportPreview, PreviewFile

TILES = (
    (RowState.NEW, "pass", "新增"),
    (RowState.KNOWN, "missing", "已有，不重存"),
    (RowState.CHANGED, "info", "有變更"),
    (RowState.DOUBTFUL, "review", "存疑，請看圖"),
    (RowState.REFUSED, "fail", "拒收"),
)


class ImportPanes(Page):
    """What 匯入 shows of a batch; the page itself reads, asks and stores."""

    def __init__(self, context: Context) -> None:
        """Build the panes.

        Args:
            context: Services, operations, settings.
        """
        super().__init__(context)
        self._draft: ImportDraft | None = None
        self._preview: ImportPreview | None = None
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self._tiles_row = QWidget()
        tiles = QHBoxLayout(self._tiles_row)
        tiles.setContentsMargins(16, 0, 16, 8)
        tiles.setSpacing(8)
        self.tiles: dict[RowState, Tile] = {}
        for state, verdict, words in TILES:
            tile = Tile(verdict, words)
            tile.clicked.connect(lambda _=False, one=state: self._filter_by(one))
            self.tiles[state] = tile
            tiles.addWidget(tile)
        column.addWidget(self._tiles_row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_batch())
        self.stored_readings = StoredReadingsPane(self.services, self.operations)
        self._stack.addWidget(self.stored_readings)
        column.addWidget(self._stack, 1)
        column.addWidget(self._make_foot())
        self.drop = DropGround(self)

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(52)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 4)
        row.setSpacing(8)
        row.addWidget(label("匯入", "title"))
        row.addSpacing(4)
        self._summary = ElidedLabel("", "secondary")
        row.addWidget(self._summary, 1)
        self.add_files_button = button("加檔案…(&O)", icon_name="add_16_regular")
        self.add_folder_button = button("加資料夾…(&D)", icon_name="folder_open_16_regular")
        self.paste_button = button("貼上(&V)", icon_name="clipboard_paste_16_regular")
        self.imports_button = button("匯入紀錄…(&R)", icon_name="arrow_counterclockwise_16_regular")
        self.imports_button.setToolTip("每一次匯入了什麼；整批收回")
        row.addWidget(self.imports_button)
        for one in (self.add_files_button, self.add_folder_button, self.paste_button):
            row.addWidget(one)
        return head

    def _make_empty(self) -> QWidget:
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(16, 0, 16, 16)
        column.setSpacing(16)
        self.empty = EmptyState(
            "arrow_import_20_regular",
            "把檔案或資料夾拖到這裡",
            "學習紀錄的 PDF、網頁檔，名冊、差勤、輪值、刷卡與收件的試算表都可以，"
            "整個資料夾拖進來也行。"
            "按「存入」以前不會改動任何資料。",
        )
        card = pane("card")
        inside = QVBoxLayout(card)
        inside.addWidget(self.empty)
        column.addWidget(card, 3)
        self.waiting_readings = WaitingReadings()
        column.addWidget(self.waiting_readings)
        self.pending = PendingPane(self.services, self.operations)
        column.addWidget(self.pending, 2)
        return result

    def _make_batch(self) -> QWidget:
        left = pane()
        files = QVBoxLayout(left)
        files.setContentsMargins(0, 0, 0, 0)
        files.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 4, 12, 4)
        bar.setSpacing(8)
        bar.addWidget(label("檔案", "strong"))
        self._file_count = label("", "secondary")
        bar.addWidget(self._file_count)
        bar.addStretch()
        self.state_box = QComboBox()
        self.state_box.setAccessibleName("篩選：檔案狀態")
        self.state_box.addItem("全部狀態", None)
        for state, _, words in TILES:
            self.state_box.addItem(words.split("，")[0], state)
        self.state_box.addItem("要問的", "question")
        self.state_box.activated.connect(lambda _: self._state_chosen())
        bar.addWidget(self.state_box)
        files.addLayout(bar)
        self.file_model, self.file_view = file_table(self)
        self.file_view.selectionModel().currentRowChanged.connect(lambda *_: self._show_file())
        files.addWidget(self.file_view)
        left.setMinimumWidth(380)
        right = pane()
        detail = QVBoxLayout(right)
        detail.setContentsMargins(0, 0, 0, 0)
        detail.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        self._file_name = label("", "strong")
        self._file_words = ElidedLabel("", "secondary")
        head.addWidget(self._file_name)
        head.addWidget(self._file_words, 1)
        detail.addLayout(head)
        self.question = PersonQuestion(self.services, self.operations)
        detail.addWidget(self.question)
        self.map_button = button("對應欄位…(&M)", icon_name="table_16_regular")
        self.map_button.hide()
        head.addWidget(self.map_button)
        self._refusals = QVBoxLayout()
        self._refusals.setContentsMargins(12, 0, 12, 0)
        self._refusals.setSpacing(4)
        detail.addLayout(self._refusals)
        self.row_model, self.row_view = row_table(self)
        self.desk = ReadingDesk(self.operations, series="draft-readings")
        self.desk.hide()
        self.rows_splitter = Splitter(Qt.Orientation.Vertical, self.row_view, self.desk)
        self.rows_splitter.setStretchFactor(0, 1)
        self.rows_splitter.setStretchFactor(1, 0)
        self.rows_splitter.setCollapsible(1, False)
        detail.addWidget(self.rows_splitter, 1)
        self.splitter = Splitter(Qt.Orientation.Horizontal, left, right)
        self.splitter.setSizes([496, 798])
        self.splitter.setStretchFactor(1, 1)
        self.remember("splitter", self.splitter)
        self.remember("rows and readings", self.rows_splitter)
        self.remember("files", self.file_view.horizontalHeader())
        self.remember("rows", self.row_view.horizontalHeader())
        return self.splitter

    def _make_foot(self) -> QWidget:
        self._foot = pane("foot")
        self._foot.setFixedHeight(size("decision_bar"))
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel("存入後可整批收回（Ctrl+Z），原檔一併保存。", "secondary"), 1)
        self._waiting_icon = verdict_icon("review")
        self._waiting = label("")
        row.addWidget(self._waiting_icon)
        row.addWidget(self._waiting)
        self.readings_button = button("對照存疑的格子(&E)", tip="到下一個存疑的格子（F8）")
        self.readings_button.hide()
        row.addWidget(self.readings_button)
        self.cancel_button = button("取消這批(&X)")
        self.store_button = button("存入(&S)", icon_name="save_16_regular", is_accent=True)
        row.addWidget(self.cancel_button)
        row.addWidget(self.store_button)
        return self._foot

    # ------------------------------------------------------------------ showing
    def _say_summary(self) -> None:
        if self._preview is None:
            self._summary.setText("")
            return
        files, rows = len(self._preview.files), self._preview.rows_in
        self._summary.setText(f"{files} 個檔案，讀入 {rows:,} 列。按「存入」以前不會改動任何資料。")

    def _pages(self) -> int:
        """Summary blocks of portal pages, which are stored beside the rows or without any."""
        if self._preview is None:
            return 0
        return sum(file.pages for file in self._preview.files if not file.is_left_out)

    def _storable(self) -> int:
        if self._preview is None:
            return 0
        counts = self._preview.counts
        kept = (RowState.NEW, RowState.CHANGED, RowState.DOUBTFUL)
        return sum(counts.get(state, 0) for state in kept)

    def _fill_files(self) -> None:
        assert self._preview is not None
        current = self._current_file()
        wanted = self.state_box.currentData()
        shown = [
            file
            for file in self._preview.files
            if wanted is None
            or (wanted == "question" and asks(file))
            or (wanted != "question" and _has(file, wanted))
        ]
        self._file_count.setText(str(len(shown)))
        self.file_model.show_rows(shown)
        rows = self.file_model.rows
        row = next((n for n, f in enumerate(rows) if current and f.key == current.key), 0)
        if shown:
            self.file_view.selectRow(row)
        self._show_file()

    def _filter_by(self, state: RowState) -> None:
        is_on = self.tiles[state].isChecked()
        self.state_box.setCurrentIndex(self.state_box.findData(state) if is_on else 0)
        self._state_chosen()

    def _state_chosen(self) -> None:
        wanted = self.state_box.currentData()
        for state, tile in self.tiles.items():
            tile.setChecked(state == wanted)
        self._fill_files()

    def _current_file(self) -> PreviewFile | None:
        return self.file_model.row(self.file_view.currentIndex().row())

    def _show_file(self) -> None:
        file = self._current_file()
        while self._refusals.count():
            self._refusals.takeAt(0).widget().deleteLater()
        if file is None:
            self._file_name.setText("")
            self._file_words.setText("")
            self.question.hide()
            self.map_button.hide()
            self.row_model.show_rows(())
            return
        self._file_name.setText(file.name.rsplit("/", 1)[-1])
        who = f"，{file.person}" if file.person else ""
        left_out = "，這份先不存" if file.is_left_out else ""
        self._file_words.setText(f"{file.kind_words}，{file.rows_in} 列{who}{left_out}")
        self.question.ask(file, self._own_people())
        self.map_button.setVisible(file.may_be_mapped)
        set_words(self.map_button, "改對應…(&M)" if file.is_mapped else "對應欄位…(&M)")
        is_proposed = file.may_be_mapped and not file.is_mapped
        set_accent(self.map_button, is_proposed)
        tint(self.map_button, "table_16_regular", "accent.on" if is_proposed else "text.primary")
        whole = [r for r in file.refusals if r.rows == 0 or len(file.rows) == 0]
        for refusal in whole[:3]:
            self._refusals.addWidget(Note("fail", refusal.message, can_close=False))
        for remark in file.remarks[:2]:
            self._refusals.addWidget(Note("info", remark, can_close=False))
        show_rows(self.row_model, self.row_view, file.rows)

    def _own_people(self):
        return self._draft.people(()) if self._draft is not None else ()


def _has(file: PreviewFile, state: RowState) -> bool:
    if state is RowState.REFUSED and file.refusals:
        return True
    return file.counts.get(state, 0) > 0
