"""The yearly requirement of one person: four lines with what is there, asked for and short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.qt.widgets.basics import ElidedLabel

if TYPE_CHECKING:
    from desktop.services.yearly_hours import YearlyLine, YearlyView


class YearlyStrip(QFrame):
    """A column a line, the title over its hours; hidden under plans without a requirement.

    Attributes:
        view: What is shown, None when nothing is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("年度必修")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 2, 12, 5)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._cells: list[QWidget] = []
        self.view: YearlyView | None = None
        self.hide()

    def show_view(self, view: YearlyView | None) -> None:
        """Show another person's standing, or nothing."""
        if view == self.view:
            return
        self.view = view
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells.clear()
        self.setVisible(view is not None)
        if view is None:
            self.setToolTip("")
            self.setAccessibleDescription("")
            return
        self._add(0, "年度必修", view.headline, _words(view), stretch=3)
        for column, line in enumerate(view.lines, 1):
            self._add(column, line.title, hours_of(line), line_words(line), stretch=2)
        self.setToolTip(_words(view))
        self.setAccessibleDescription(_words(view))

    def _add(self, column: int, title: str, words: str, tip: str, *, stretch: int) -> None:
        self._grid.setColumnStretch(column, stretch)
        for row, (text, role) in enumerate(((title, "caption"), (words, "strong"))):
            cell = ElidedLabel(text, role)
            cell.setToolTip(tip)
            self._grid.addWidget(cell, row, column)
            self._cells.append(cell)


def hours_of(line: YearlyLine) -> str:
    """A line's hours in short: ``4／4 ✓``, ``3／4 缺 1``, both figures where they contradict."""
    if line.differs:
        return f"頁面 {line.stated}、紀錄 {line.counted}／{line.needs}"
    if line.state == "met":
        has = line.counted if line.stated == "未知" else line.stated
        return f"{has}／{line.needs} {line.state_words}"
    if line.state == "short":
        return f"{line.has}／{line.needs} 缺 {line.short}"
    return f"{line.counted}／{line.needs}"


def line_words(line: YearlyLine) -> str:
    """A line in full."""
    return (
        f"{line.title}：應完成 {line.needs} 時，入口網頁面 {line.stated}，"
        f"依學習紀錄計算 {line.counted}，尚缺 {line.short}（{line.state_words}）"
    )


def _words(view: YearlyView) -> str:
    lines = [f"年度必修：{view.headline}", *(line_words(line) for line in view.lines)]
    return "\n".join((*lines, *view.notes))
