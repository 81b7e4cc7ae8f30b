"""The left of 計畫: which plan, its sections with their marks, in and out as TOML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QTreeView,
    QVBoxLayout,
)

from desktop.qt.icons import paint_icon
from desktop.qt.models.plan_tree import Marks, PlanTreeModel
from desktop.qt.models.roles import Role
from desktop.qt.theme import look, ui_metrics
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import button, label, on_click, pane
from desktop.qt.widgets.delegates import CellDelegate
from desktop.services.plan_fields import Section

if TYPE_CHECKING:
    from desktop.services.plan_drafts import PlanEntry

INDENT = 16
MARK_WORDS = {"fail": "錯", "review": "提"}


class _TreeDelegate(CellDelegate):
    """The title, and at the right how many mistakes and reminders: icon, word, number."""

    def sizeHint(self, option, index: QModelIndex) -> QSize:
        """28 px, more with larger text."""
        return QSize(60, max(28, paint.row_height("row_table")))

    def paint(self, painter: QPainter, option, index: QModelIndex) -> None:
        """Paint one entry over the whole width."""
        painter.save()
        view = self._view
        depth = 0
        above = index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        rect = QRectF(option.rect)
        rect.setLeft(0)
        rect.setRight(view.viewport().width())
        option.rect = rect.toRect()
        paint.row_ground(
            painter,
            option,
            has_view_focus=view.hasFocus(),
            is_current=view.currentIndex() == index,
            keeps_blue=True,
        )
        middle = rect.center().y()
        if isinstance(view, QTreeView) and index.model().rowCount(index):
            is_open = view.isExpanded(index)
            arrow = "chevron_down_12_regular" if is_open else "chevron_right_12_regular"
            box = QRectF(12, middle - 6, 12, 12)
            paint_icon(painter, box, arrow, look().colour("text.primary"))
        room = rect.adjusted(32 + INDENT * depth, 0, -8, 0)
        right = self._marks(painter, room, index.data(Role.COUNTS) or ())
        room.setRight(right)
        is_chosen = paint.is_selected(option)
        words = index.data(Qt.ItemDataRole.DisplayRole)
        paint.words(painter, room, words, step="strong" if is_chosen else "body")
        painter.restore()

    def _marks(self, painter: QPainter, room: QRectF, counts) -> float:
        x = room.right()
        for state, number in reversed(counts):
            words = f"{MARK_WORDS[state]} {number}"
            width = paint.chip_width(words) + paint.ICON_ROOM
            x -= width
            chip = (state, words)
            paint.chip(painter, x, room.center().y(), chip, most=width + 1, has_icon=True)
            x -= 4
        return x


class SectionTree(QTreeView):
    """The sections; Enter goes into the form.

    Attributes:
        entered: The cursor is wanted in the section's first field.
    """

    entered = Signal()

    def __init__(self, tree: PlanTreeModel) -> None:
        super().__init__()
        self.setModel(tree)
        self.setItemDelegate(_TreeDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("計畫的各段")
        tree.modelReset.connect(self.expandAll)

    def keyPressEvent(self, event) -> None:
        """Go into the form with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SectionsPane(QFrame):
    """Chooser, tree, and the buttons beneath.

    Attributes:
        plan_chosen: Another plan, by id.
        section_chosen: Another section, by id.
        entered: The cursor is wanted in the form.
        copy_wanted, blank_wanted, versions_wanted, import_wanted, export_wanted: A button was
            pressed.
    """

    plan_chosen = Signal(str)
    section_chosen = Signal(str)
    entered = Signal()
    copy_wanted = Signal()
    blank_wanted = Signal()
    versions_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_kept = False
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = pane("paneHead")
        top = QVBoxLayout(head)
        top.setContentsMargins(12, 10, 12, 10)
        top.setSpacing(6)
        top.addWidget(label("計畫", "title"))
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("要編輯的計畫")
        self.chooser.setMinimumContentsLength(6)
        self.chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.chooser.activated.connect(self._chosen)
        top.addWidget(self.chooser)
        self._title = label("", "caption", wraps=True)
        top.addWidget(self._title)
        column.addWidget(head)
        self.tree_model = PlanTreeModel(self)
        self.tree = SectionTree(self.tree_model)
        self.tree.selectionModel().currentChanged.connect(self._section_moved)
        self.tree.entered.connect(self.entered)
        column.addWidget(self.tree, 1)
        foot = pane("foot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(12, 8, 12, 8)
        below.setSpacing(8)
        self.copy = button("複製去年的計畫…(&C)", icon_name="copy_16_regular")
        self.take_in = button("匯入 TOML…(&M)", icon_name="arrow_import_16_regular")
        self.give_out = button("匯出 TOML…(&E)", icon_name="arrow_download_16_regular")
        on_click(self.copy, self.copy_wanted.emit)
        on_click(self.take_in, self.import_wanted.emit)
        on_click(self.give_out, self.export_wanted.emit)
        # Short captions: the two share one line of the narrow pane.
        self.blank = button("從空白…(&F)")
        self.blank.setAccessibleName("從空白開始一個計畫")
        self.blank.setToolTip("從空白開始一個計畫")
        self.versions = button("版本…(&G)")
        self.versions.setAccessibleName("計畫的版本")
        self.versions.setToolTip("在這裡啟用過的各版，可以取回或匯出")
        on_click(self.blank, self.blank_wanted.emit)
        on_click(self.versions, self.versions_wanted.emit)
        below.addWidget(self.copy)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.blank, 1)
        pair.addWidget(self.versions, 1)
        below.addLayout(pair)
        below.addWidget(self.take_in)
        below.addWidget(self.give_out)
        column.addWidget(foot)
        self._entries: tuple[PlanEntry, ...] = ()

    # -------------------------------------------------------------------- plans
    def offer_plans(self, entries: Sequence[PlanEntry]) -> None:
        """List the plans; a draft stands for the plan that it changes."""
        drafts = {one.id for one in entries if one.state.value == "draft"}
        self._entries = tuple(
            one for one in entries if one.state.value == "draft" or one.id not in drafts
        )
        self.chooser.clear()
        for one in self._entries:
            self.chooser.addItem(entry_words(one, self._entries), one.id)
        widest = max(
            (
                ui_metrics("body").horizontalAdvance(self.chooser.itemText(n))
                for n in range(self.chooser.count())
            ),
            default=0,
        )
        self.chooser.view().setMinimumWidth(round(widest) + 24)

    @property
    def entries(self) -> tuple[PlanEntry, ...]:
        """What is offered."""
        return self._entries

    def mark_plan(self, plan_id: str, title: str) -> None:
        """Show which plan is open."""
        self.chooser.setCurrentIndex(self.chooser.findData(plan_id))
        self._title.setText(title)
        self.chooser.setToolTip(title)

    def _chosen(self, row: int) -> None:
        self.plan_chosen.emit(str(self.chooser.itemData(row)))

    # ----------------------------------------------------------------- sections
    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show the tree, keeping the current entry where it is still there.

        ``section_chosen`` is not told of that: whoever shows other sections shows the form as well.
        """
        current = self.current_id
        self.tree.selectionModel().blockSignals(True)
        self.tree_model.show_sections(sections)
        self.tree.selectionModel().blockSignals(False)
        if current and self.current_id != current:
            self._is_kept = True
            self.mark_section(current)
            self._is_kept = False

    def show_marks(self, marks: Marks) -> None:
        """Show what the checks found in each section."""
        self.tree_model.show_marks(marks)

    @property
    def current_id(self) -> str:
        """Id of the section chosen, empty without one."""
        section = self.tree_model.section(self.tree.currentIndex())
        return section.id if section is not None else ""

    def mark_section(self, section_id: str) -> bool:
        """Choose a section; False when it is not there."""
        index = self.tree_model.index_of(section_id)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
        return index.isValid()

    def _section_moved(self, current: QModelIndex, before: QModelIndex) -> None:
        section = self.tree_model.section(current)
        if section is not None and not self._is_kept:
            self.section_chosen.emit(section.id)


def entry_words(entry: PlanEntry, among: Sequence[PlanEntry]) -> str:
    """A plan in the chooser: year and state, its name where another has both."""
    words = f"{entry.year} 年（{entry.state.word}）"
    twins = [one for one in among if (one.year, one.state) == (entry.year, entry.state)]
    return f"{words}{entry.short_title or entry.id}" if len(twins) > 1 else words
