"""匯入: drop files, see what storing them would do, say whose a page is, store the batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.readings import RowIdentity
from desktop.qt.dialogs.imports import ImportsDialog
from desktop.qt.dialogs.mapping import MappingDialog
from desktop.qt.dialogs.profiles import ProfilesDialog
from desktop.qt.dialogs.refused import RefusedFilesDialog
from desktop.qt.operations import Job
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.import_batch import assignments_of, merged
from desktop.qt.pages.import_panes import ImportPanes
from desktop.qt.pages.import_parts import (
    asks,
)
from desktop.qt.readings import DraftReadings
from desktop.qt.widgets.basics import (
    announce,
    set_words,
)
from desktop.qt.widgets.short_list import show_every_row
from desktop.services.draft import LEAVE_OUT, ImportDraft

if TYPE_CHECKING:
    from desktop.services.import_preview import ImportPreview, PreviewRow


NO_BATCH = "還沒有讀任何檔案；先把檔案或資料夾拖到這裡，或按「加檔案」。"


class ImportPage(ImportPanes):
    """From files to stored rows."""

    name = "import"
    caption = "匯入"
    icon = "arrow_import"
    help_words = (
        "把學習紀錄、名冊、差勤、輪值、刷卡檔案或整個資料夾拖進來，或按「加檔案」。"
        "程式先認出每個檔案的種類，"
        "列出新增、已有、存疑和拒收的列數與原因；按「存入」以前不會改動任何資料，存入後也可以用復原（Ctrl+Z）整批收回。"
        "沒有姓名的檔案請在右邊指定是誰的，或先留在待處理。"
        "看不清楚的格子按 F8 對照原圖：F8 到下一格，Enter 照欄位裡的存，看不出來就留著待確認。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._said: dict[str, str] = {}
        self._brought: list[Path] = []
        self._job: Job | None = None
        self._source: DraftReadings | None = None
        self._wire()
        self._show_nothing()

    def _wire(self) -> None:
        self.stored_readings.left.connect(self._show_nothing)
        self.drop.dropped.connect(self.add_paths)
        self.add_files_button.clicked.connect(self.choose_files)
        self.add_folder_button.clicked.connect(self.choose_folder)
        self.paste_button.clicked.connect(self.paste)
        self.imports_button.clicked.connect(self.show_imports)
        self.waiting_readings.opened.connect(self.open_stored_readings)
        self.pending.assigned.connect(self._pending_assigned)
        self.question.answered.connect(self._assign)
        self.question.left_out.connect(lambda: self._assign(LEAVE_OUT))
        self.map_button.clicked.connect(self.map_columns)
        self.row_view.selectionModel().currentRowChanged.connect(lambda *_: self._show_row())
        self.desk.arrived.connect(lambda _: self._desk_arrived())
        self.desk.shown.connect(self._cell_shown)
        self.desk.said.connect(self._reading_said)
        self.readings_button.clicked.connect(self.go_to_next_reading)
        self.cancel_button.clicked.connect(self.cancel_batch)
        self.store_button.clicked.connect(self.store)

    # ------------------------------------------------------------------- adding
    def choose_files(self) -> None:
        """Let the clerk choose files."""
        names, _ = QFileDialog.getOpenFileNames(self, "加檔案")
        self.add_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Let the clerk choose a folder."""
        name = QFileDialog.getExistingDirectory(self, "加資料夾")
        if name:
            self.add_paths([Path(name)])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read files and folders and show what storing them would do."""
        if not paths:
            return
        services = self.services
        if self._draft is None:
            self._brought.clear()
        self._brought.extend(paths)
        self._read(lambda report: services.read_batch(list(paths), progress=report))

    def paste(self) -> None:
        """Read what was copied from a browser or a sheet."""
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()  # none while another holds it
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.add_paths(paths)
            return
        html, text = (mime.html() or None), (mime.text() or None)
        if html is None and text is None:
            self.noted.emit(
                "info", "剪貼簿裡沒有可以匯入的內容；請先在瀏覽器或試算表複製整個表格。"
            )
            return
        services = self.services
        self._read(lambda report: services.read_paste(html=html, text=text))

    def _read(self, work: Any) -> None:
        self._set_busy(True)
        before, said, services = self._draft, dict(self._said), self.services

        def read(report):
            draft = merged(before, work(report))
            return draft, services.preview(draft, assignments_of(draft, said))

        self._job = self.operations.run_read(
            read,
            lambda result: self._arrived(*result),
            words="讀取檔案",
            owner=self,
            on_failure=self._failed,
            can_cancel=True,
        )
        self._job.over.connect(lambda: self._set_busy(False))

    def _failed(self, sentence: str) -> None:
        self.noted.emit("fail", sentence)

    def _set_busy(self, is_busy: bool) -> None:
        self.store_button.setEnabled(not is_busy and self._storable() + self._pages() > 0)
        for one in (self.add_files_button, self.add_folder_button, self.paste_button):
            one.setEnabled(not is_busy)
        if is_busy:
            self._summary.setText("讀取中，可以繼續做別的事…")
        else:
            self._say_summary()

    def _arrived(self, draft: ImportDraft, preview: ImportPreview) -> None:
        self._draft = draft
        self._show_preview(preview)
        self._keep_unfinished()
        if preview.files and not self.file_view.currentIndex().isValid():
            self.file_view.selectRow(0)

    # ------------------------------------------------------------------ showing
    # -------------------------------------------------------------- unfinished
    def _keep_unfinished(self) -> None:
        """Have the batch there again should the program be closed before it is stored."""
        draft, said, services = self._draft, dict(self._said), self.services
        if draft is not None:
            self.operations.run_write(
                lambda report: services.keep_unfinished(draft, said),
                words="記住這一批",
                owner=self,
            )

    def _forget_unfinished(self) -> None:
        services = self.services
        self.operations.run_write(
            lambda report: services.forget_unfinished(), words="整理未完成的匯入", owner=self
        )

    def reopen_unfinished(self) -> None:
        """Show again what was read and not stored when the program was last closed."""
        if self._draft is not None:
            return
        services = self.services

        def read(report):
            left = services.reopen_unfinished(progress=report)
            if left is None:
                return None
            return left, services.preview(left.draft, assignments_of(left.draft, left.said))

        self.operations.run_read(
            read, self._reopened, words="開啟未完成的匯入", owner=self, can_cancel=True
        )

    def _reopened(self, found) -> None:
        if found is None or self._draft is not None:
            return
        left, preview = found
        self.asked.emit(self.name, None)
        self._said = dict(left.said)
        self._draft = left.draft
        self._show_preview(preview)
        if preview.files:
            self.file_view.selectRow(0)
        words = (
            f"上次有 {len(preview.files)} 個檔案讀了還沒有存入，已重新開啟；不要就按「取消這批」。"
        )
        if left.lost:
            names = "、".join(left.lost[:3]) + ("等" if len(left.lost) > 3 else "")
            words += f"「{names}」留下的檔案已不完整，請再加一次。"
        self.noted.emit("review" if left.lost else "info", words)

    def _show_nothing(self) -> None:
        if self._draft is not None:
            self._forget_unfinished()
        self._draft = None
        self._preview = None
        self._said = {}
        self._source = None
        self.desk.end()
        self.stored_readings.end()
        self._stack.setCurrentIndex(0)
        self._tiles_row.hide()
        self._foot.hide()
        self._say_summary()

    def _show_preview(self, preview: ImportPreview) -> None:
        self._preview = preview
        self._stack.setCurrentIndex(1)
        self._tiles_row.show()
        self._foot.show()
        for state, tile in self.tiles.items():
            tile.show_count(preview.counts.get(state, 0))
        self._fill_files()
        waiting = sum(asks(f) for f in preview.files)
        self._waiting_icon.setVisible(waiting > 0)
        self._waiting.setVisible(waiting > 0)
        self._waiting.setText(f"還有 {waiting} 個檔案沒指定人員，會留在待處理")
        count = self._storable()
        pages = self._pages()
        words = f"{count:,} 列" if count or not pages else f"{pages:,} 份摘要"
        set_words(self.store_button, f"存入 {words}(&S)")
        self.store_button.setEnabled(count + pages > 0)
        self.store_button.setToolTip("" if count + pages else "這批沒有可以存入的列")
        self._say_summary()
        self._read_doubts()

    # ----------------------------------------------------------------- readings
    def _read_doubts(self) -> None:
        """Put the doubtful cells of the batch on the desk; without any it gives way."""
        draft = self._draft
        has_doubts = draft is not None and self.services.has_doubtful_rows(draft)
        if draft is None or not has_doubts:
            self._source = None
            self.desk.end()
        elif self._source is None:
            self._source = DraftReadings(self.services, draft)
            self.desk.begin(self._source)
        else:
            self._source.draft = draft
            self.desk.reload()
        self.steps_changed.emit()

    def _desk_arrived(self) -> None:
        count = self.desk.open_count
        self.readings_button.setVisible(count > 0)
        set_words(self.readings_button, f"對照存疑的 {count:,} 格(&E)")
        has_any = bool(self.desk.cells)
        if self.desk.isHidden() == has_any:
            self.desk.setVisible(has_any)
            if has_any:
                height = max(self.rows_splitter.height(), 300)
                wanted = min(max(self.desk.sizeHint().height(), 150), height // 2)
                self.rows_splitter.setSizes([height - wanted, wanted])

    def _cell_shown(self, cell) -> None:
        """Let the lists follow the desk: the cell's file and row."""
        if cell is None:
            return
        file = self._current_file()
        if file is None or file.digest != cell.identity.digest:
            number = self._file_number(cell.identity.digest)
            if number < 0:
                self.state_box.setCurrentIndex(0)
                self._state_chosen()
                show_every_row(self.file_view)
                number = self._file_number(cell.identity.digest)
            self.file_view.selectRow(number)
        if not any(_is_at(r, cell.identity) for r in self.row_model.rows):
            show_every_row(self.row_view)
        number = next(
            (n for n, r in enumerate(self.row_model.rows) if _is_at(r, cell.identity)), -1
        )
        if number >= 0 and self.row_view.currentIndex().row() != number:
            self.row_view.selectRow(number)

    def _file_number(self, digest: str) -> int:
        return next((n for n, f in enumerate(self.file_model.rows) if f.digest == digest), -1)

    def _show_row(self) -> None:
        """Let the desk follow the list of rows."""
        row = self.row_model.row(self.row_view.currentIndex().row())
        if row is not None and self.desk.cells:
            self.desk.show_row(RowIdentity.of(row.place))

    def _reading_said(self) -> None:
        """Show what storing would do now that a cell was spoken on."""
        if self._source is not None and self._draft is not None:
            self._draft = self._source.draft
            self._keep_unfinished()
            self._look_again()

    def go_to_next_reading(self) -> None:
        """To the next doubtful cell: of the batch on screen, else of what is stored."""
        self._go_to_reading(1)

    def _go_to_reading(self, step: int) -> None:
        if self._stack.currentWidget() is self.stored_readings:
            self.stored_readings.desk.go(step)
        elif self._draft is None:
            self.open_stored_readings()
        elif not self.desk.go_on(step):
            self.noted.emit("info", "這一批沒有存疑的格子。")

    def open_stored_readings(self) -> None:
        """Show the doubtful cells of stored rows beside their pictures."""
        self._tiles_row.hide()
        self._foot.hide()
        self._stack.setCurrentWidget(self.stored_readings)
        self.stored_readings.begin(self.plan_id)

    def own_steps(self) -> tuple[str, str]:
        """A word on a reading of a batch that is not stored yet can be taken back."""
        if self._source is not None and self._source.draft.readings:
            return "更正辨識", ""
        return "", ""

    def step_back(self) -> None:
        """Take the last word on a reading of the batch back."""
        source = self._source
        if source is not None and source.undo() is not None:
            self._draft = source.draft
            self._keep_unfinished()
            self._look_again("已復原上一個更正，這一格又是存疑。")

    # ------------------------------------------------------------------ mapping
    def map_columns(self) -> None:
        """Let the clerk say what the columns of the current file are."""
        dialog = self.mapping_dialog()
        if dialog is not None:
            dialog.open()
        elif self._draft is None:
            self.noted.emit("info", NO_BATCH)
        else:
            self.noted.emit("info", "這個檔案不用對應欄位；要對應的是認不出標題的試算表。")

    def mapping_dialog(self) -> MappingDialog | None:
        """The dialog for the current file; None when it needs none."""
        file = self._current_file()
        if file is None or self._draft is None or not file.may_be_mapped:
            return None
        dialog = MappingDialog(self.services, self.operations, self._draft, file, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.adopted.connect(self._mapped)
        return dialog

    def _mapped(self, draft: ImportDraft) -> None:
        self._draft = draft
        self._look_again("已照您說的對應讀取，並記住這組標題。")

    def _look_again(self, words: str = "") -> None:
        draft, said, services = self._draft, dict(self._said), self.services
        if draft is None:
            return

        def show(preview: ImportPreview) -> None:
            self._show_preview(preview)
            if words:
                self.done.emit(words)
                announce(self, words)

        self.operations.run_read(
            lambda report: services.preview(draft, assignments_of(draft, said)),
            show,
            words="重新比對",
            owner=self,
            latest="import-preview",
        )

    def show_profiles(self) -> None:
        """Show which column profiles are remembered."""
        dialog = ProfilesDialog(self.services, self.operations, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_imports(self) -> None:
        """Show what came in, batch by batch."""
        self.imports_dialog().open()

    def imports_dialog(self) -> ImportsDialog:
        """The dialog that lists every import and takes one back."""
        dialog = ImportsDialog(self.services, self.operations, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _profiles_changed(self) -> None:
        draft, said, services = self._draft, dict(self._said), self.services
        if draft is None:
            return
        mapped = [file.key for file in draft.files if file.extraction.profile_key]

        def read(report):
            again = services.reread(draft, keys=mapped)
            return again, services.preview(again, assignments_of(again, said))

        self.operations.run_read(
            read,
            lambda result: self._read_again(draft, *result),
            words="重新讀取",
            owner=self,
            latest="import-reread",
        )

    def _read_again(self, before: ImportDraft, draft: ImportDraft, preview: ImportPreview) -> None:
        if self._draft is before:
            self._draft = draft
            self._show_preview(preview)

    # ------------------------------------------------------------------- acting
    def _assign(self, employee_id: str) -> None:
        file = self._current_file()
        if file is None or self._draft is None:
            return
        if employee_id == LEAVE_OUT and file.is_left_out:
            self._said.pop(file.digest, None)
        else:
            self._said[file.digest] = employee_id
        self._keep_unfinished()
        draft, said, services = self._draft, dict(self._said), self.services
        self.operations.run_read(
            lambda report: services.preview(draft, assignments_of(draft, said)),
            self._show_preview,
            words="重新比對",
            owner=self,
            latest="import-preview",
        )

    def store(self) -> None:
        """Store the batch: whole or not at all."""
        draft, preview, services = self._draft, self._preview, self.services
        if draft is None or preview is None:
            self.noted.emit("info", NO_BATCH)
            return
        if not self.store_button.isEnabled():
            if self.cancel_button.isEnabled():
                self.noted.emit("info", "這一批目前沒有可以存入的列。")
            return
        said, plan_id = assignments_of(draft, self._said), self.plan_id
        self.store_button.setEnabled(False)
        self.cancel_button.setEnabled(False)
        job = self.operations.run_write(
            lambda report: services.store_batch(draft, said, plan_id=plan_id, progress=report),
            lambda outcome: self._stored(outcome, preview),
            words="存入",
            owner=self,
            can_cancel=True,
        )
        job.over.connect(self._store_over)

    def _store_over(self) -> None:
        self.cancel_button.setEnabled(True)
        self.store_button.setEnabled(self._storable() + self._pages() > 0)

    def _stored(self, outcome: Any, preview: ImportPreview) -> None:
        refused = [file for file in preview.files if file.refusals and not file.is_left_out]
        waiting = sum(asks(f) for f in preview.files)
        words = f"已存入 {outcome.rows_stored:,} 列"
        if not outcome.rows_stored and (pages := sum(file.pages for file in preview.files)):
            words = f"已存入 {pages:,} 份時數摘要"
        if outcome.rows_known:
            words += f"，{outcome.rows_known:,} 列先前已有"
        if outcome.rows_refused:
            words += f"，{outcome.rows_refused:,} 列拒收"
        if waiting:
            words += f"；{waiting} 個檔案等您指定人員"
        self._show_nothing()
        self.done.emit(f"{words}。")
        announce(self, words)
        if refused:
            self.refused_dialog(refused, outcome, waiting).open()

    def refused_dialog(self, refused, outcome: Any, waiting: int) -> RefusedFilesDialog:
        """The dialog that lists what was not taken."""
        return RefusedFilesDialog(
            refused,
            rows_stored=outcome.rows_stored,
            waiting=waiting,
            parent=self,
            brought=tuple(self._brought),
        )

    def cancel_batch(self) -> None:
        """Forget the batch; nothing of it was stored."""
        if self._draft is None and (self._job is None or self._job.is_over):
            self.noted.emit("info", NO_BATCH)
            return
        if self._job is not None and not self._job.is_over:
            self._job.cancel()
        self._show_nothing()

    def _pending_assigned(self) -> None:
        self.noted.emit("pass", "已指定人員，這些列會進入審核。")

    # ------------------------------------------------------------------- window
    def show_plan(self, plan_id: str) -> None:
        """The page is the same under every plan."""
        super().show_plan(plan_id)
        self._read_pending()

    def follow(self, change: ChangeSet) -> None:
        """Read again what waits."""
        if Area.PROFILES in change.areas:
            self._profiles_changed()
        if change.areas & {Area.EVIDENCE, Area.ROSTER}:
            self._read_pending()
            self.stored_readings.reload()

    def _read_pending(self) -> None:
        services = self.services
        self.operations.run_read(
            lambda report: (services.pending(), services.count_doubtful()),
            lambda found: self._show_pending(*found),
            owner=self,
            latest="pending",
        )

    def _show_pending(self, files, doubts: int) -> None:
        self.pending.show_files(files)
        self.waiting_readings.show_count(doubts)
        self.count_changed.emit(len(files) + doubts)

    def receive(self, thing: object) -> None:
        """Read paths that were dropped on the window."""
        if isinstance(thing, Path):
            self.add_paths([thing])
        elif isinstance(thing, list | tuple):
            self.add_paths([Path(one) for one in thing])

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("加檔案…", self.choose_files, "Ctrl+O", "檔案"),
            Command("加資料夾…", self.choose_folder, "", "檔案"),
            Command("貼上學習紀錄", self.paste, "Ctrl+Shift+V", "檔案"),
            Command("存入這批", self.store, "Ctrl+S", "檔案"),
            Command("取消這批", self.cancel_batch, "", "檔案"),
            Command("對應欄位…", self.map_columns, "", "檔案"),
            Command("記住的欄位對應…", self.show_profiles, "", "檔案"),
            Command("匯入紀錄與整批收回…", self.show_imports, "", "檔案"),
            Command("下一個存疑的格子", self.go_to_next_reading, "F8"),
            Command("上一個存疑的格子", lambda: self._go_to_reading(-1), "Shift+F8"),
        )

    def primary_focus(self) -> QWidget | None:
        """The files, or the first button."""
        return self.file_view if self._preview is not None else self.add_files_button


def _is_at(row: PreviewRow, identity: RowIdentity) -> bool:
    return RowIdentity.of(row.place) == identity
