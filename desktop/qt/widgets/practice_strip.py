"""The strip over a practice store: colour, icon and word, so that nobody takes it for real."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.qt.widgets.basics import ElidedLabel, IconLabel, label, link

WORDS = "練習資料庫"
MORE = "人和資料都是虛構的，可以放心試；印出的每一頁都有「練習」字樣。"


class PracticeStrip(QFrame):
    """Stands under the plan bar as long as the window is open.

    Attributes:
        tour_wanted: The clerk wants to be shown around.
    """

    tour_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("practice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{WORDS}。{MORE}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 3)
        row.setSpacing(8)
        row.addWidget(IconLabel("beaker_16_filled", "line.practice"))
        row.addWidget(label(WORDS, "strong"))
        row.addWidget(ElidedLabel(MORE), 1)
        self.tour = link("看導覽")
        self.tour.clicked.connect(self.tour_wanted)
        row.addWidget(self.tour)
