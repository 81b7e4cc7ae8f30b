"""The first morning: agency, work pattern, roster and plan, a step each, every one skippable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence import EvidenceKind
from desktop.qt.operations import Operations
from desktop.qt.pages.duty_patterns import read_bands, read_weekdays
from desktop.qt.services import Services
from desktop.qt.widgets.basics import announce, button, label, on_click, pane
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.services.agency_editing import PatternText

if TYPE_CHECKING:
    from desktop.services.draft import ImportDraft
    from desktop.services.import_preview import ImportPreview

STEPS = ("機關與縣市", "班別", "名冊", "計畫")
AGENCY, PATTERN, ROSTER, PLAN = range(4)
_DONE, _NOW, _SKIPPED, _AHEAD = "已完成", "現在", "略過", ""


class SetUpSteps(QWidget):
    """Four steps; what is written is stored as each is left, and undone like anything else.

    Attributes:
        finished: The last step is over, or the clerk has had enough; true when it ran to its end.
        plan_chosen: A plan was chosen, by id.
        copy_wanted: The clerk wants to copy last year's plan.
        files_chosen: Files that the page 匯入 has to look at.
    """

    finished = Signal(bool)
    plan_chosen = Signal(str)
    copy_wanted = Signal()
    files_chosen = Signal(list)

    def __init__(self, services: Services, operations: Operations) -> None:
        """Make the steps.

        Args:
            services: The office's services.
            operations: The way off the UI thread.
        """
        super().__init__()
        self._services, self._operations = services, operations
        self._states = [_AHEAD] * len(STEPS)
        self._draft: ImportDraft | None = None
        self._path = Path()
        self._patterns = 0
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("開始設定")
        self._build()
        self._show(AGENCY)

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        holder = QWidget()
        holder.setMinimumWidth(640)
        holder.setMaximumWidth(760)
        outer.addWidget(holder, 100)
        outer.addStretch(1)
        column = QVBoxLayout(holder)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(label("開始設定", "title"))
        column.addWidget(
            label("四個步驟都可以略過，之後隨時在「設定」「人員差勤」「計畫」裡補。", "secondary")
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        self.marks: list[QLabel] = []
        for _ in STEPS:
            mark = label("", "secondary")
            mark.setObjectName("stepMark")
            self.marks.append(mark)
            row.addWidget(mark, 1)
        column.addLayout(row)
        card = pane("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 16, 20, 16)
        self.stack = QStackedWidget()
        for make in (self._make_agency, self._make_pattern, self._make_roster, self._make_plan):
            self.stack.addWidget(make())
        inside.addWidget(self.stack)
        column.addWidget(card)
        self.said = label("", wraps=True)
        self.said.setAccessibleName("這一步的結果")
        self.said.setMinimumHeight(40)
        column.addWidget(self.said)
        foot = QHBoxLayout()
        self.leave = button("先不設定")
        self.back = button("上一步(&B)")
        self.skip = button("略過這一步(&S)")
        self.next = button("下一步(&N)", is_accent=True)
        on_click(self.leave, lambda: self.finished.emit(False))
        on_click(self.back, lambda: self._show(self.stack.currentIndex() - 1))
        on_click(self.skip, self.skip_step)
        on_click(self.next, self.take_step)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        for one in (self.back, self.skip, self.next):
            foot.addWidget(one)
        column.addLayout(foot)
        column.addStretch(2)

    def _step(self, words: str) -> tuple[QWidget, QVBoxLayout]:
        one = QWidget()
        column = QVBoxLayout(one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(words, "secondary", wraps=True))
        return one, column

    def _form(self, column: QVBoxLayout, rows: Sequence[tuple[str, str, str, str]]) -> dict:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        fields: dict[str, QLineEdit] = {}
        for key, caption, name, hint in rows:
            field = QLineEdit()
            field.setPlaceholderText(hint)
            field.setAccessibleName(name)
            field.returnPressed.connect(self.take_step)
            form.addRow(caption, field)
            fields[key] = field
        column.addLayout(form)
        column.addStretch(1)
        return fields

    def _make_agency(self) -> QWidget:
        one, column = self._step("機關名稱印在文件上；縣市決定停止上班適用哪裡的公告。")
        fields = self._form(
            column,
            (
                ("name", "機關全銜(&A)", "機關全銜", "例如 高雄市政府"),
                ("city", "縣市(&C)", "縣市", "例如 高雄市"),
            ),
        )
        self.name, self.city = fields["name"], fields["city"]
        return one

    def _make_pattern(self) -> QWidget:
        one, column = self._step(
            "先寫大多數人的班別，其他的之後在「人員差勤」加。時間要照機關的規定，判定就看這裡。"
        )
        self.pattern = self._form(
            column,
            (
                ("code", "班別代碼(&D)", "班別代碼", "名冊「班別」欄寫的字，例如 A"),
                ("name", "名稱(&M)", "班別名稱", "例如 標準班"),
                ("weekdays", "星期(&W)", "上班的星期", "例如 一二三四五"),
                ("segments", "上班時段(&T)", "上班時段", "例如 08:00–12:00、13:30–17:30"),
                ("arrival", "彈性到班(&E)", "彈性到班", "沒有彈性就空著，例如 07:30–09:00"),
                ("departure", "彈性退勤(&F)", "彈性退勤", "例如 17:00–18:30"),
            ),
        )
        self.pattern["weekdays"].setText("一二三四五")
        return one

    def _make_roster(self) -> QWidget:
        one, column = self._step(
            "名冊是試算表，要有人員代號與姓名，最好也有單位、職稱、班別。按「下一步」才會存入。"
        )
        row = QHBoxLayout()
        self.choose = button("選名冊…(&O)", icon_name="folder_open_16_regular")
        self.mapping = button("到匯入頁處理(&I)")
        self.mapping.hide()
        on_click(self.choose, self._ask_roster)
        on_click(self.mapping, self._hand_over)
        row.addWidget(self.choose)
        row.addWidget(label("xlsx、xls、ods、csv", "secondary"))
        row.addStretch(1)
        row.addWidget(self.mapping)
        column.addLayout(row)
        self.found = label("還沒有選檔案。", wraps=True)
        self.found.setAccessibleName("選到的名冊")
        column.addWidget(self.found)
        column.addStretch(1)
        return one

    def _make_plan(self) -> QWidget:
        one, column = self._step("選今年要審核的計畫；還沒有今年的，從去年的複製一份再改。")
        row = QHBoxLayout()
        self.plans = WheelFreeBox()
        self.plans.setAccessibleName("計畫")
        self.plans.setMinimumWidth(380)
        self.copy = button("複製去年的計畫…(&P)")
        on_click(self.copy, self.copy_wanted.emit)
        row.addWidget(self.plans, 1)
        row.addWidget(self.copy)
        column.addLayout(row)
        column.addStretch(1)
        return one

    # ------------------------------------------------------------------ showing
    def begin(self, plans, plan_id: str) -> None:
        """Show the first step with what is stored already.

        Args:
            plans: The plans there are.
            plan_id: The one in force.
        """
        self._states = [_AHEAD] * len(STEPS)
        self._draft = None
        self.found.setText("還沒有選檔案。")
        self.plans.clear()
        for plan in plans:
            self.plans.addItem(f"{plan.year} 年　{plan.short_title}", plan.id)
        self.plans.setCurrentIndex(max(self.plans.findData(plan_id), 0))
        services = self._services
        self._operations.run_read(
            lambda report: services.agency_view(),
            self._take_agency,
            words="讀取機關設定",
            owner=self,
            latest="set-up",
        )
        self._show(AGENCY)

    def _take_agency(self, view) -> None:
        self._patterns = len(view.patterns)
        self.name.setText(view.name)
        self.city.setText(view.city)

    def _show(self, step: int) -> None:
        for number, (mark, title) in enumerate(zip(self.marks, STEPS, strict=True)):
            state = _NOW if number == step else self._states[number]
            mark.setText(f"{number + 1}　{title}" + (f"（{state}）" if state else ""))
            mark.setProperty("type", "strong" if number == step else "secondary")
            mark.style().unpolish(mark)
            mark.style().polish(mark)
        self.stack.setCurrentIndex(step)
        self.back.setEnabled(step > AGENCY)
        self.next.setText("完成(&N)" if step == PLAN else "下一步(&N)")
        self.said.setText(
            f"已經有 {self._patterns} 列班別，可以略過。"
            if step == PATTERN and self._patterns
            else ""
        )
        first = (self.name, self.pattern["code"], self.choose, self.plans)[step]
        first.setFocus()
        announce(self, f"第 {step + 1} 步，共 {len(STEPS)} 步：{STEPS[step]}")

    @property
    def has_set_up(self) -> bool:
        """Whether any step was taken, not every one skipped."""
        return _DONE in self._states

    # ------------------------------------------------------------------- acting
    def skip_step(self) -> None:
        """Leave this step as it is."""
        self._go_on(_SKIPPED)

    def take_step(self) -> None:
        """Store what this step holds and go on; nothing written counts as skipped."""
        step = self.stack.currentIndex()
        act = (self._take_name, self._take_pattern, self._take_roster, self._take_plan)[step]
        act()

    def _go_on(self, state: str) -> None:
        step = self.stack.currentIndex()
        self._states[step] = state
        if step == PLAN:
            self.finished.emit(True)
        else:
            self._show(step + 1)

    def _write(self, work: Callable[[], Any], words: str) -> None:
        self.next.setEnabled(False)

        def over(_: Any) -> None:
            self.next.setEnabled(True)
            self._go_on(_DONE)

        self._operations.run_write(
            lambda report: work(), over, words=words, owner=self, on_failure=self._refused
        )

    def _refused(self, sentence: str) -> None:
        self.next.setEnabled(True)
        self.said.setText(sentence)
        announce(self, sentence)

    def _take_name(self) -> None:
        name, city = self.name.text().strip(), self.city.text().strip()
        if not name:
            if city:
                self._refused("請先寫機關全銜；還不知道就按「略過這一步」。")
            else:
                self.skip_step()
            return
        services = self._services
        self._write(lambda: services.name_agency(name=name, city=city), "儲存機關名稱")

    def _take_pattern(self) -> None:
        texts = {key: field.text().strip() for key, field in self.pattern.items()}
        if not any(words for key, words in texts.items() if key != "weekdays"):
            self.skip_step()
            return
        segments = read_bands(texts["segments"])
        weekdays = read_weekdays(texts["weekdays"])
        bands = {key: read_bands(texts[key]) for key in ("arrival", "departure")}
        if not texts["code"] or not segments or not weekdays:
            self._refused(
                "班別要有代碼、星期和上班時段，時段寫成 08:00–12:00、13:30–17:30；還沒有儲存。"
            )
            return
        if any(texts[key] and len(bands[key]) != 1 for key in bands):
            self._refused("彈性到班和退勤各寫一段，例如 07:30–09:00；還沒有儲存。")
            return
        row = PatternText(
            texts["code"],
            texts["name"] or texts["code"],
            weekdays,
            segments,
            arrival=bands["arrival"][0] if bands["arrival"] else None,
            departure=bands["departure"][0] if bands["departure"] else None,
        )
        services = self._services
        self._write(lambda: services.put_pattern(row), "儲存班別")

    def _ask_roster(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "選名冊", "", "試算表 (*.xlsx *.xls *.ods *.csv)"
        )
        if name:
            self.read_roster(Path(name))

    def read_roster(self, path: Path) -> None:
        """Read a roster and say what is in it; nothing is stored before 下一步."""
        services = self._services

        def read(report):
            draft = services.read_batch([path], expected=EvidenceKind.ROSTER, progress=report)
            return draft, services.preview(draft)

        self._path = path
        self._draft = None
        self.choose.setEnabled(False)
        self._operations.run_read(
            read,
            lambda found: self._take_draft(*found),
            words="讀取名冊",
            owner=self,
            latest="set-up-roster",
            on_failure=self._unread,
        )

    def _unread(self, sentence: str) -> None:
        self.choose.setEnabled(True)
        self._refused(sentence)

    def _take_draft(self, draft: ImportDraft, preview: ImportPreview) -> None:
        self.choose.setEnabled(True)
        file = preview.files[0] if preview.files else None
        is_good = file is not None and file.kind is EvidenceKind.ROSTER and file.rows_in > 0
        self.mapping.setVisible(not is_good)
        if is_good and file is not None:
            self._draft = draft
            refused = f"，另有 {len(file.refusals)} 列有問題沒有讀" if file.refusals else ""
            self.found.setText(f"「{file.name}」有 {file.rows_in:,} 人{refused}。")
            self.said.setText("")
            self.next.setFocus()
            return
        why = file.refusals[0].message if file is not None and file.refusals else ""
        self.found.setText(
            f"「{self._path.name}」沒有當作名冊讀：{why or '認不出人員代號與姓名的欄位。'}"
            "匯入頁可以對應欄位。"
        )

    def _hand_over(self) -> None:
        self.files_chosen.emit([self._path])

    def _take_roster(self) -> None:
        draft = self._draft
        if draft is None:
            self.skip_step()
            return
        services = self._services
        self._draft = None
        self._write(lambda: services.store_batch(draft), "存入名冊")

    def _take_plan(self) -> None:
        plan_id = self.plans.currentData()
        if plan_id:
            self.plan_chosen.emit(str(plan_id))
        self._go_on(_DONE if plan_id else _SKIPPED)

    def keyPressEvent(self, event) -> None:
        """Leave with Esc; what was stored stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit(False)
        else:
            super().keyPressEvent(event)
