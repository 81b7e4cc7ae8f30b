"""The card of one person in 補休帳: tiles, a block an hour for each grant, the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.domain.moments import roc_date
from desktop.qt.models.ledger import DOCUMENT, line_columns
from desktop.qt.models.tables import TableModel
from desktop.qt.term_words import word_tip
from desktop.qt.widgets.basics import ElidedLabel, Note, label, pane, verdict_icon
from desktop.qt.widgets.ledger_card import (
    ROW,
    FigureTile,
    HourBlocks,
    LineDelegate,
    NewestLast,
    grant_columns,
)
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.ledger_view_values import GrantView, LedgerCard, LineView

MOST_GRANTS_SEEN = 4
ROOM_FOR_NUMBERS = 640


class CardPane(QWidget):
    """Shows one person's card; changes nothing.

    Attributes:
        review_wanted: The person's records are wanted.
    """

    review_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        self.tiles = {
            name: FigureTile(name) for name in ("核給", "已用", "到期", "剩餘", "下次到期")
        }
        for name, tile in self.tiles.items():
            tile.setToolTip(word_tip(name))
            tiles.addWidget(tile, 3 if name == "下次到期" else 2)
        column.addLayout(tiles)
        self._warnings = QVBoxLayout()
        column.addLayout(self._warnings)
        self.warning: Note | None = None
        column.addWidget(self._make_grants())
        column.addWidget(self._make_lines(), 1)

    def _make_grants(self) -> QWidget:
        frame = pane("card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 6, 1, 4)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(label("每筆核給還剩多少", "subtitle"))
        head.addSpacing(8)
        head.addWidget(label("斜線：已用　實心：剩餘　對角線：到期或沖銷", "caption"))
        head.addStretch()
        head.addWidget(label("先到期的先用", "caption"))
        column.addLayout(head)
        self.grants_model: TableModel[GrantView] = TableModel(grant_columns(), parent=self)
        self.grants = QTableView()
        self.grants.setModel(self.grants_model)
        prepare_table(self.grants)
        self.grants.setItemDelegate(HourBlocks(self.grants))
        self.grants.setAccessibleName("每筆核給還剩多少")
        self.grants.horizontalHeader().hide()
        self.grants.verticalHeader().setDefaultSectionSize(ROW)
        self.grants.setProperty("usualRows", False)
        header = self.grants.horizontalHeader()
        for section, width in ((0, 190), (2, 92), (3, 168)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.grants)
        return frame

    def _make_lines(self) -> QWidget:
        frame = pane("card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.lines_model: TableModel[LineView] = TableModel(line_columns(), parent=self)
        self.lines = NewestLast()
        self.lines.setModel(self.lines_model)
        # Lines stand as they came: each balance is of the line before.
        prepare_table(self.lines, can_filter=True)
        self.lines.setItemDelegate(LineDelegate(self.lines))
        self.lines.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.lines.setAccessibleName("補休明細")
        header = self.lines.horizontalHeader()
        for section, width in ((0, 84), (1, 76), (3, 46), (4, 44), (5, 106), (6, 74)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.lines, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 5, 12, 5)
        foot.setSpacing(8)
        foot.addWidget(verdict_icon("info"))
        self.foot_words = ElidedLabel("", "caption")
        foot.addWidget(self.foot_words, 1)
        column.addLayout(foot)
        return frame

    def resizeEvent(self, event) -> None:
        """Where there is little room the lines give up the number; the foot tells it."""
        super().resizeEvent(event)
        self.lines.setColumnHidden(DOCUMENT, self.width() < ROOM_FOR_NUMBERS)

    def show_card(self, card: LedgerCard) -> None:
        """Show another card."""
        self._show_tiles(card)
        self.grants_model.show_rows(card.grants)
        seen = min(max(len(card.grants), 1), MOST_GRANTS_SEEN)
        self.grants.setFixedHeight(seen * self.grants.verticalHeader().defaultSectionSize() + 2)
        self.lines_model.show_rows(card.lines)
        self.lines.scrollToBottom()
        self.say()

    def warn(self, sentence: str) -> None:
        """Say what of the card no verdict carries any more; nothing where it is empty."""
        if self.warning is not None:
            self._warnings.removeWidget(self.warning)
            self.warning.deleteLater()
            self.warning = None
        if sentence:
            self.warning = Note("fail", sentence, act="到審核", can_close=False)
            self.warning.acted.connect(self.review_wanted)
            self._warnings.addWidget(self.warning)

    def _show_tiles(self, card: LedgerCard) -> None:
        planned = f"含已登記未到 {card.planned} 時" if card.planned else ""
        owed = sum(one.hours for one in card.owed)
        self.tiles["核給"].show_figure(f"{card.granted} 時")
        self.tiles["已用"].show_figure(f"{card.used + card.planned} 時", planned)
        self.tiles["到期"].show_figure(f"{card.expired} 時")
        self.tiles["剩餘"].show_figure(
            f"{card.remaining} 時", f"另先行補休 {owed} 時" if owed else ""
        )
        if card.next_expiry is None:
            self.tiles["下次到期"].show_figure("—")
        else:
            self.tiles["下次到期"].show_figure(
                roc_date(card.next_expiry), f"{card.next_hours} 時，還有 {card.days_left} 天"
            )

    def say(self, recorded: str = "") -> None:
        """Say when and by whom the line chosen was entered, and how lines are put right."""
        words = "帳目只增不改；登錯時用「沖銷」，原列照留。"
        self.foot_words.setText(f"{recorded}。{words}" if recorded else words)
