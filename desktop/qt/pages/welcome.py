"""First start: three steps, and the sample office for who wants to look first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.widgets.basics import IconLabel, button, label, pane


class WelcomePage(QWidget):
    """Shown while nothing is stored.

    Attributes:
        files_chosen: Files to import.
        sample_wanted: Open the sample office.
    """

    files_chosen = Signal(list)
    sample_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("開始使用")
        outer = QHBoxLayout(self)
        outer.addStretch()
        holder = QWidget()
        holder.setMaximumWidth(920)
        holder.setMinimumWidth(700)
        outer.addWidget(holder, 100)
        outer.addStretch()
        column = QVBoxLayout(holder)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(label("三個步驟，就能查公餘時間", "title"))
        column.addWidget(
            label(
                "公餘逐列核對學習紀錄的起迄時間是否在上班以外，說明理由與條文，並印出申請表。",
                "secondary",
            )
        )
        column.addSpacing(12)
        self.roster_button = button("選檔案…(&B)", is_accent=True)
        self.files_button = button("選紀錄…(&C)")
        self.folder_button = button("選資料夾…(&E)")
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for number, title, words, acts, side in (
            (
                1,
                "匯入機關設定與名冊",
                (
                    "機關設定檔寫機關、縣市與班別；名冊要有人員代號與姓名；"
                    "差勤、輪值、刷卡一起選。辦公日曆表已附 102 至 116 年。"
                ),
                (self.roster_button,),
                "可以一次選好幾個檔案",
            ),
            (
                2,
                "放進學習紀錄",
                "e 等公務園⁺ 印成的 PDF、存下的網頁或貼上的表格都可以，整個資料夾也行。",
                (self.files_button, self.folder_button),
                "",
            ),
            (
                3,
                "審核並列印",
                "有疑問的列由您看著時間軸、條文和原件決定；通過的一套一張，編號印出申請表。",
                (),
                "匯入之後就會出現",
            ),
        ):
            cards.addWidget(_card(number, title, words, acts, side), 1)
        column.addLayout(cards)
        column.addSpacing(8)
        self.sample_button = button("開啟範例(&D)")
        column.addWidget(
            _offer(
                "想先看看？用範例資料試試",
                "虛構的機關和同仁，各種情形都有。範例放在另一個資料庫，不會碰到您的資料。",
                self.sample_button,
            )
        )
        safe = QHBoxLayout()
        safe.addWidget(IconLabel("lock_closed_16_regular", "text.secondary"))
        safe.addWidget(label("資料只存在這部電腦；本程式不連線。", "secondary"), 1)
        column.addSpacing(8)
        column.addLayout(safe)
        column.addStretch(3)
        self.roster_button.clicked.connect(lambda: self._choose("選名冊與差勤檔案"))
        self.files_button.clicked.connect(lambda: self._choose("選學習紀錄"))
        self.folder_button.clicked.connect(self._choose_folder)
        self.sample_button.clicked.connect(self.sample_wanted)

    def _choose(self, title: str) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, title)
        if names:
            self.files_chosen.emit([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "選學習紀錄的資料夾")
        if name:
            self.files_chosen.emit([Path(name)])


def _card(number: int, title: str, words: str, acts: tuple[QWidget, ...], side: str) -> QFrame:
    card = pane("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(8)
    figure = label(str(number))
    figure.setObjectName("stepNumber")
    figure.setFixedSize(28, 28)
    figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(figure)
    column.addWidget(label(title, "subtitle"))
    body = label(words, "secondary", wraps=True)
    body.setAlignment(Qt.AlignmentFlag.AlignTop)
    body.setMinimumHeight(64)
    column.addWidget(body, 1)
    row = QHBoxLayout()
    row.setSpacing(10)
    for act in acts:
        row.addWidget(act)
    row.addWidget(label(side, "caption", wraps=True), 1)
    column.addLayout(row)
    return card


def _offer(title: str, words: str, act: QWidget) -> QFrame:
    card = pane("card")
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 10, 16, 10)
    row.setSpacing(12)
    row.addWidget(IconLabel("beaker_20_regular", "accent.base", 20))
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(label(title, "strong"))
    text.addWidget(label(words, "secondary", wraps=True))
    row.addLayout(text, 1)
    row.addWidget(act)
    return card
