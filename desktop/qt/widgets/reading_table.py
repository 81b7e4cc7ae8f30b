"""The table of what the original says beside what was read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets import paint
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.text_fit import mark_fitted

LONG_FIELD = "課程名稱"
MOST_ENLARGED = 1.4


class ReadingTable(QTableView):
    """Each field as the original has it and as it was read."""

    def __init__(self) -> None:
        super().__init__()
        self._marked: frozenset[str] = frozenset()
        self._cuts: Mapping[str, QPixmap] = MappingProxyType({})
        self.table: TableModel = TableModel(
            [
                TableColumn("欄位", lambda r: r.field, {Role.QUIET: lambda r: True}),
                TableColumn(
                    "原件",
                    lambda r: r.as_in_original.replace("\n", ""),
                    {
                        Role.WRAPS: lambda r: r.field == LONG_FIELD,
                        Role.CUT: lambda r: self._cuts.get(r.field),
                    },
                ),
                TableColumn(
                    "讀取結果",
                    lambda r: r.as_read.replace("\n", ""),
                    {
                        Role.WARN: lambda r: "fail" if r.field in self._marked else None,
                        Role.STRONG: lambda r: r.field in self._marked,
                        Role.WRAPS: lambda r: r.field == LONG_FIELD or r.is_correction,
                    },
                ),
            ],
            parent=self,
        )
        self.setModel(self.table)
        prepare_table(self)
        header = self.horizontalHeader()
        width = ui_metrics("body").horizontalAdvance("課程名稱") + 18
        header.resizeSection(0, round(width))
        mark_fitted(header)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName("原件文字與讀取結果")

    def show_readings(self, readings, marked: frozenset[str]) -> None:
        """Show another row's fields, the deciding ones in red."""
        self._marked = marked
        self._cuts = MappingProxyType({})
        self.table.show_rows(readings)
        self._share_heights()

    def show_cuts(self, cuts: Mapping[str, QPixmap]) -> None:
        """Show cells as cut from the picture instead of the text that was read in them.

        Args:
            cuts: By the field in words.
        """
        self._cuts = cuts
        self._share_heights()
        self.viewport().update()

    @property
    def cuts(self) -> Mapping[str, QPixmap]:
        """The cells cut from the picture, by the field in words."""
        return self._cuts

    def _share_heights(self) -> None:
        """Room for a long name: as many lines as it needs, three at most."""
        metrics = ui_metrics("body")
        room = max(self.columnWidth(1) - 16, 60)
        for number, reading in enumerate(self.table.rows):
            lines = 1
            if reading.field == LONG_FIELD or reading.is_correction:
                texts = (reading.as_in_original, reading.as_read)
                widest = max(metrics.horizontalAdvance(text.replace("\n", "")) for text in texts)
                lines = min(int(widest * 1.06 // room) + 1, 3)
            usual = paint.row_height("row_table")
            tall = usual if lines == 1 else round(paint.text_height() * lines + 6)
            cut = self._cuts.get(reading.field)
            if cut is not None and cut.width() > 0:
                shown = cut.height() * min(room / cut.width(), MOST_ENLARGED)
                tall = max(tall, min(round(shown) + 6, round(paint.text_height() * 3 + 6)))
            self.setRowHeight(number, tall)

    def resizeEvent(self, event) -> None:
        """Break long names anew."""
        super().resizeEvent(event)
        self._share_heights()

    def follow_text(self) -> None:
        """Break names anew in text of another size."""
        self._share_heights()
        self.updateGeometry()

    def sizeHint(self):
        """As tall as its rows."""
        hint = super().sizeHint()
        rows = sum(self.rowHeight(row) for row in range(self.table.rowCount()))
        hint.setHeight(self.horizontalHeader().height() + max(rows, 24) + 2)
        return hint
