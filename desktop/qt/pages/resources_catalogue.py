"""目錄: international courses and resources, searched and filtered; how often they are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QTableView, QVBoxLayout

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.dialogs.resources import ResourceDialog
from desktop.qt.models.resources import RECOMMENDED, fits, resource_columns
from desktop.qt.models.tables import TableModel
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.programme_tab import ProgrammeTab
from desktop.qt.widgets.basics import FilterBox, button, label, on_click
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.table_reach import count_chosen

if TYPE_CHECKING:
    from desktop.services.resource_catalogue import ResourceLine

NAME = 0


class CatalogueTab(ProgrammeTab):
    """Every resource, whatever the plan in force."""

    series = "catalogue"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lines: tuple[ResourceLine, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText("找名稱、提供者、國家、語言、來源")
        self.search.setAccessibleName("找國際資源")
        self.search.textChanged.connect(lambda _: self._fill())
        head.addWidget(self.search, 2)
        self.languages = FilterBox("語言")
        self.origins = FilterBox("資料來自")
        for box in (self.languages, self.origins):
            box.filter_changed.connect(self._fill)
            head.addWidget(box, 1)
        self.recommended = WheelFreeBox()
        self.recommended.setAccessibleName("篩選：推薦與否")
        for key, words in RECOMMENDED:
            self.recommended.addItem(words, key)
        self.recommended.currentIndexChanged.connect(lambda _: self._fill())
        head.addWidget(self.recommended, 1)
        self.count = label("", "secondary")
        head.addWidget(self.count)
        self.add_button = button("新增資源…(&N)", icon_name="add_16_regular")
        self.edit_button = button("修改資源…(&E)")
        self.drop_button = button("移除登記(&X)", tip="移除承辦人的登記，文件與紀錄所載的照留")
        for one, act in (
            (self.add_button, self.add),
            (self.edit_button, self.edit),
            (self.drop_button, self.drop),
        ):
            on_click(one, act)
            head.addWidget(one)
        column.addLayout(head)
        self.model: TableModel[ResourceLine] = TableModel(resource_columns(), parent=self)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName("國際資源目錄")
        header = self.view.horizontalHeader()
        for section, width in enumerate((240, 120, 150, 88, 160, 56, 84, 110, 70, 70, 84)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._row_chosen())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._row_chosen())
        self.view.activated.connect(lambda _: self.edit())
        column.addWidget(self.view, 1)
        self.detail = label("", "secondary", wraps=True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.detail)

    # ------------------------------------------------------------------ reading
    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if change.areas & {Area.PROGRAMMES, Area.EVIDENCE}:
            self.read_when_seen()

    def read(self) -> None:
        """Read the catalogue off the UI thread."""
        self._is_stale = False
        services = self.services
        self._read(lambda: services.catalogue(), self._show, "讀取國際資源")

    def _show(self, lines) -> None:
        self._lines = tuple(lines)
        languages = dict.fromkeys(one.resource.language for one in self._lines)
        self.languages.offer([(words, words or "（沒寫）") for words in languages])
        self.origins.offer([(o, o) for o in dict.fromkeys(one.origin for one in self._lines)])
        self._fill()

    def _fill(self) -> None:
        current = self.line.resource.id if self.line is not None else ""
        shown = [
            line
            for line in self._lines
            if fits(
                line,
                self.search.text(),
                self.languages.chosen,
                self.origins.chosen,
                str(self.recommended.currentData()),
            )
        ]
        self.model.show_rows(shown)
        ids = [line.resource.id for line in self.model.rows]
        if ids:
            self.view.selectRow(ids.index(current) if current in ids else 0)
        there = len(self._lines)
        self.count.setText(
            f"{there} 筆" if len(shown) == there else f"{len(shown)} 筆，共 {there} 筆"
        )
        self._row_chosen()

    @property
    def line(self) -> ResourceLine | None:
        """The resource chosen; None where several are, to be copied or counted."""
        if count_chosen(self.view) > 1:
            return None
        return self.model.row(self.view.currentIndex().row())

    def _row_chosen(self) -> None:
        line = self.line
        self.edit_button.setEnabled(line is not None)
        self.drop_button.setEnabled(line is not None and bool(line.note))
        if line is None and self.model.rows:
            self.detail.setText(f"選了 {count_chosen(self.view)} 筆；修改或移除登記，請只選一筆。")
            return
        if line is None:
            self.detail.setText("沒有符合的資源；清除上面的文字或篩選就會再列出。")
            return
        one = line.resource
        parts = [
            ("網址", one.link),
            ("授權分享", one.licence),
            ("推薦理由", one.reason),
            ("認證", one.recognised_note),
            ("來源", one.source),
            ("登記", line.note),
        ]
        words = "　".join(f"{name}：{text}" for name, text in parts if text)
        self.detail.setText(f"{one.name}　{words}")

    # ------------------------------------------------------------------ acts
    def add(self) -> None:
        """Enter a resource."""
        self._ask(None)

    def edit(self) -> None:
        """Change the resource chosen."""
        if self.line is not None:
            self._ask(self.line.resource)

    def _ask(self, resource) -> None:
        dialog, services = ResourceDialog(resource, parent=self), self.services
        dialog.wanted.connect(
            lambda v: self._write(lambda: services.put_resource(v["resource"]), "登記國際資源")
        )
        self._open(dialog)

    def drop(self) -> None:
        """Take off what the clerk wrote of the resource chosen."""
        line, services = self.line, self.services
        if line is not None and line.note:
            self._write(lambda: services.drop_resource(line.resource), "移除國際資源")

    def commands(self) -> tuple[Command, ...]:
        """The tab's acts."""
        return (
            Command("新增國際資源…", self.add),
            Command("找國際資源", self.search.setFocus, keys="Ctrl+F"),
        )
