"""First start: four steps of set-up, files at once, the sample office, or a backup."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.widgets.basics import IconLabel, button, label, on_click, pane

_STEPS = (
    ("填機關與縣市", "機關名稱印在文件上，縣市決定停止上班看哪裡的公告。"),
    ("寫班別", "上下班時間；彈性班可填到班與離班區間。判定就看這裡。"),
    ("匯入名冊", "要有人員代號與姓名。辦公日曆表已附 102 至 116 年。"),
    ("選計畫", "選今年的計畫，或從去年的複製一份再改。"),
)


class WelcomePage(QWidget):
    """Shown while nothing is stored.

    Attributes:
        set_up_wanted: Begin the four steps.
        files_chosen: Files to import.
        sample_wanted: Open the sample office.
        restore_wanted: Restore a backup.
    """

    set_up_wanted = Signal()
    files_chosen = Signal(list)
    sample_wanted = Signal()
    restore_wanted = Signal()

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
        column.addWidget(label("四個步驟，就能查公餘時間", "title"))
        column.addWidget(
            label(
                "公餘逐列核對學習紀錄的起迄時間是否在上班以外，說明理由與條文，並印出申請表。",
                "secondary",
                wraps=True,
            )
        )
        column.addSpacing(8)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for number, (title, words) in enumerate(_STEPS, 1):
            cards.addWidget(_card(number, title, words), 1)
        column.addLayout(cards)
        self.start_button = button("開始設定(&A)", is_accent=True)
        self.files_button = button("先匯入檔案…(&C)")
        self.folder_button = button("先匯入資料夾…(&E)")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.start_button)
        row.addWidget(label("約 3 分鐘，每一步都可以略過", "secondary"))
        row.addStretch(1)
        row.addWidget(self.files_button)
        row.addWidget(self.folder_button)
        column.addSpacing(4)
        column.addLayout(row)
        column.addSpacing(12)
        self.sample_button = button("開啟範例(&D)")
        self.restore_button = button("還原…(&G)")
        column.addWidget(
            _offer(
                "beaker_20_regular",
                "想先看看？用範例資料試試",
                "虛構的機關和同仁，各種情形都有。範例放在另一個練習資料庫，不會碰到您的資料。",
                self.sample_button,
            )
        )
        column.addWidget(
            _offer(
                "arrow_counterclockwise_16_regular",
                "換電腦或重灌？從備份還原",
                "選備份檔，先讀過、說明內容，再問一次才還原。",
                self.restore_button,
            )
        )
        safe = QHBoxLayout()
        safe.addWidget(IconLabel("lock_closed_16_regular", "text.secondary"))
        safe.addWidget(label("資料只存在這部電腦；本程式不連線。", "secondary"), 1)
        column.addSpacing(4)
        column.addLayout(safe)
        column.addStretch(3)
        on_click(self.start_button, self.set_up_wanted.emit)
        on_click(self.files_button, self._choose)
        on_click(self.folder_button, self._choose_folder)
        on_click(self.sample_button, self.sample_wanted.emit)
        on_click(self.restore_button, self.restore_wanted.emit)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "選名冊、差勤或學習紀錄")
        if names:
            self.files_chosen.emit([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "選學習紀錄的資料夾")
        if name:
            self.files_chosen.emit([Path(name)])


def _card(number: int, title: str, words: str) -> QFrame:
    card = pane("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(6)
    figure = label(str(number))
    figure.setObjectName("stepNumber")
    figure.setFixedSize(28, 28)
    figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(figure)
    column.addWidget(label(title, "subtitle"))
    body = label(words, "secondary", wraps=True)
    body.setAlignment(Qt.AlignmentFlag.AlignTop)
    body.setMinimumHeight(56)
    column.addWidget(body, 1)
    return card


def _offer(icon_name: str, title: str, words: str, act: QWidget) -> QFrame:
    card = pane("card")
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 8, 16, 8)
    row.setSpacing(12)
    side = 20 if "_20_" in icon_name else 16
    row.addWidget(IconLabel(icon_name, "accent.base", side))
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(label(title, "strong"))
    text.addWidget(label(words, "secondary", wraps=True))
    row.addLayout(text, 1)
    row.addWidget(act)
    return card
