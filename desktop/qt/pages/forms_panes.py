"""The panes of 申請表: the list of papers, the page as it prints, number, stamps and acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.forms_acts import ROUND, SHAPE, FormsActs
from desktop.qt.pages.forms_parts import FormTable, note_chips
from desktop.qt.widgets.basics import (
    ElidedLabel,
    EmptyState,
    FilterBox,
    Splitter,
    button,
    label,
    pane,
)
from desktop.qt.widgets.paper import PaperView
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.issuing import FormCandidate


NOTHING_TO_PRINT = (
    "先匯入學習紀錄並完成審核；有了結果，這裡就會出現這個計畫的申請表、名冊和通知單。"
)


class FormsPanes(FormsActs):
    """What 申請表 shows; the page itself fills it and acts."""

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        go = button("到審核(&M)", is_accent=True)
        go.clicked.connect(lambda: self.asked.emit("review", None))
        self.empty = EmptyState(
            "document_print_20_regular", "還沒有可以列印的文件", NOTHING_TO_PRINT, [go]
        )
        there = button("到審核(&G)")
        there.clicked.connect(lambda: self.asked.emit("review", None))
        self.nothing = EmptyState(
            "document_print_20_regular", "目前沒有要印的文件", NOTHING_TO_PRINT, [there]
        )
        self.paper = PaperView()
        self.message = label("勾選左邊的人，這裡顯示會印出來的那一頁。", "secondary", wraps=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.paper)
        self.middle.addWidget(self.message)
        self.middle.addWidget(self.nothing)
        self.splitter = Splitter(
            Qt.Orientation.Horizontal, self._make_list(), self.middle, self._make_options()
        )
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([360, 598, 336])
        self.remember("splitter", self.splitter)
        self.remember("columns", self.view.horizontalHeader())
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)

    def _make_list(self) -> QWidget:
        left = pane()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 4)
        self._title = label("申請表", "title")
        head.addWidget(self._title)
        head.addStretch()
        self._count = label("", "secondary")
        head.addWidget(self._count)
        column.addLayout(head)
        kind = QHBoxLayout()
        kind.setContentsMargins(12, 4, 12, 4)
        kind.setSpacing(8)
        self.papers = QComboBox()
        self.papers.setAccessibleName("文件")
        self.papers.setToolTip("要印的是哪一種文件")
        words = label("文件(&D)", "secondary")
        words.setBuddy(self.papers)
        kind.addWidget(words)
        kind.addWidget(self.papers, 1)
        column.addLayout(kind)
        filters = QHBoxLayout()
        filters.setContentsMargins(12, 4, 12, 8)
        filters.setSpacing(8)
        self.units, self.states = FilterBox("單位"), FilterBox("狀態")
        for box in (self.units, self.states):
            filters.addWidget(box, 1)
        self.every = QCheckBox("全選(&T)")
        self.every.setToolTip("勾選或取消所有可列印的文件（Ctrl+A）")
        self.every.clicked.connect(lambda _: self.table.tick_all())
        filters.addWidget(self.every)
        column.addLayout(filters)
        self.table: TableModel[FormCandidate] = TableModel(
            [
                TableColumn("姓名", lambda c: c.name, {Role.QUIET: lambda c: not c.is_printable}),
                TableColumn("代號", lambda c: c.employee_id, {Role.QUIET: lambda c: True}),
                TableColumn("套別或內容", lambda c: c.set_title),
                TableColumn(
                    "注意",
                    lambda c: "、".join(words for _, words in note_chips(c)),
                    {Role.CHIPS: note_chips, Role.CHIP_ICONS: lambda c: True},
                ),
            ],
            key=lambda c: c.key,
            can_tick=lambda c: c.is_printable,
            parent=self,
        )
        self.view = FormTable(self.table)
        prepare_table(self.view, keeps_blue=True, can_sort=True)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("文件清單")
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 104), (1, 62), (3, 88)):
            header.resizeSection(section, width)
        column.addWidget(self.view, 1)
        return left

    def _make_options(self) -> QWidget:
        right = pane()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 10, 12, 10)
        top.setSpacing(6)
        top.addWidget(label("編號與章", "subtitle"))
        number = QHBoxLayout()
        number.setSpacing(12)
        number.addWidget(label("編號", "secondary"))
        self._number = ElidedLabel("")
        number.addWidget(self._number, 1)
        top.addLayout(number)
        self.stamp = QCheckBox("人事單位查核章(&U)")
        check = QHBoxLayout()
        check.setSpacing(8)
        check.addWidget(self.stamp, 1)
        self.shape = WheelFreeBox()
        self.shape.setAccessibleName("查核章的形狀")
        self.shape.setToolTip("機關名稱超過 13 個字一律用方形")
        self.shape.addItem("方形", "rectangle")
        self.shape.addItem("圓形", ROUND)
        kept = str(self.context.settings.value(SHAPE, ""))
        self.shape.setCurrentIndex(max(self.shape.findData(kept), 0))
        check.addWidget(self.shape)
        top.addLayout(check)
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addWidget(label("職名章", "secondary"))
        self.stamp_words = ElidedLabel("不蓋")
        names.addWidget(self.stamp_words, 1)
        self.clear_stamps = button("不蓋(&B)")
        self.clear_stamps.hide()
        self.stamps_button = button("選章…(&J)", tip="用密碼打開職名章，蓋在核章欄")
        names.addWidget(self.clear_stamps)
        names.addWidget(self.stamps_button)
        top.addLayout(names)
        column.addLayout(top)
        line = pane("head")
        line.setFixedHeight(1)
        column.addWidget(line)
        glyphs = QHBoxLayout()
        glyphs.setContentsMargins(12, 10, 12, 4)
        glyphs.addWidget(label("字形檢查", "subtitle"))
        glyphs.addStretch()
        column.addLayout(glyphs)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName("字形檢查")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._warnings = QVBoxLayout(inside)
        self._warnings.setContentsMargins(12, 0, 12, 8)
        self._warnings.setSpacing(6)
        area.setWidget(inside)
        column.addWidget(area, 1)
        foot = pane("foot")
        buttons = QVBoxLayout(foot)
        buttons.setContentsMargins(12, 12, 12, 12)
        buttons.setSpacing(8)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        self.save_button = button("存成一個 PDF…(&F)", icon_name="document_pdf_16_regular")
        self.each_button = button("每人一檔…(&E)")
        self.print_button = button("列印(&P)", icon_name="print_16_regular", is_accent=True)
        self.webhr_button = button(
            "WebHR 匯入檔…(&W)", tip="把確定的敘獎做成 WebHR 獎懲匯入檔（CPAA0118B）"
        )
        self.webhr_button.hide()
        pair.addWidget(self.save_button, 1)
        pair.addWidget(self.each_button, 1)
        self.returned_button = button(
            "核章回件…(&K)", tip="把蓋好章的申請表掃描檔歸到案件：以右上角的 QR 碼 找到案件"
        )
        buttons.addWidget(self.returned_button)
        buttons.addWidget(self.webhr_button)
        self.commended_button = button("到敘獎(&N)", tip="誰列名、誰不列名、順序，都在敘獎頁")
        self.commended_button.clicked.connect(lambda: self.asked.emit("commendations", None))
        self.commended_button.hide()
        buttons.addWidget(self.commended_button)
        buttons.addLayout(pair)
        buttons.addWidget(self.print_button)
        column.addWidget(foot)
        return right
