"""The ledger's papers: a person's card and the register, seen as they go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QWidget,
)

from desktop.qt.dialogs.paper_dialog import PaperDialog
from desktop.qt.theme import text_factor
from desktop.qt.widgets.basics import button, label, on_click
from desktop.qt.widgets.ledger_fields import DayField

FILES = (
    ("pdf", "PDF(&A)", "補休核給清冊.pdf"),
    ("xlsx", "Excel(&X)", "補休核給清冊.xlsx"),
    ("ods", "ODS(&O)", "補休核給清冊.ods"),
    ("csv", "CSV，差勤系統匯入用(&C)", "補休核給清冊.csv"),
    ("key_in", "照差勤畫面順序的登錄工作表(&K)", "補休登錄工作表.xlsx"),
)


class CardDialog(PaperDialog):
    """補休紀錄卡 of one person up to a day.

    Attributes:
        print_wanted: The card up to this day shall be printed.
        save_wanted: The card up to this day shall be saved to this path.
    """

    print_wanted = Signal(object)
    save_wanted = Signal(object, object)

    def __init__(
        self,
        name: str,
        *,
        today: date,
        read: Callable[[date, Callable], None],
        parent: QWidget | None,
    ) -> None:
        """Show the card.

        Args:
            name: Whose.
            today: 截止日 unless another is chosen.
            read: Reads the card up to a day and hands it to the callback.
            parent: The page.
        """
        super().__init__(f"補休紀錄卡：{name}", parent=parent)
        self._read, self._name = read, name
        words = label("截止日(&D)")
        self.day = DayField("截止日")
        self.day.setFixedWidth(round(160 * text_factor()))
        words.setBuddy(self.day)
        self.number: QLabel = label("", "secondary")
        self.head.addWidget(words)
        self.head.addWidget(self.day)
        self.head.addWidget(self.number, 1)
        self.save_button = button("存成 PDF…(&F)", icon_name="document_pdf_16_regular")
        self.print_button = button("列印(&P)", icon_name="print_16_regular", is_accent=True)
        close = button("關閉")
        on_click(self.save_button, self._save)
        on_click(self.print_button, lambda: self.print_wanted.emit(self.day.day))
        on_click(close, self.reject)
        self.foot.addStretch()
        for one in (close, self.save_button, self.print_button):
            self.foot.addWidget(one)
        self.day.show_day(today)
        self.day.editingFinished.connect(self.read)
        self.read()

    def read(self) -> None:
        """Read the card up to the day."""
        day = self.day.day
        for one in (self.save_button, self.print_button):
            one.setEnabled(day is not None)
        if day is not None:
            self._read(day, self.show_paper)

    def show_paper(self, paper: Any) -> None:
        """Show the pages."""
        self.number.setText(f"編號 {paper.number}（列印或儲存時才編入）")
        self.paper.show_pdf(paper.pdf, unit="頁")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "把補休紀錄卡存成 PDF", f"補休紀錄卡_{self._name}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_wanted.emit(self.day.day, Path(name))


class RegisterDialog(PaperDialog):
    """補休核給清冊 of some days.

    Attributes:
        print_wanted: The register of these days shall be printed.
        save_wanted: The register of these days shall be saved: kinds of file and folder.
    """

    print_wanted = Signal(object, object)
    save_wanted = Signal(object, object, object, object)

    def __init__(
        self,
        first: date,
        last: date,
        *,
        read: Callable[[date, date, Callable], None],
        parent: QWidget | None,
    ) -> None:
        """Show the register.

        Args:
            first: First day of the grants.
            last: Last day.
            read: Reads the register of some days and hands it, or a sentence, to the callback.
            parent: The page.
        """
        super().__init__("補休核給清冊（登錄差勤系統）", parent=parent)
        self._read = read
        self.first, self.last = DayField("核給期間首日"), DayField("核給期間末日")
        words, to = label("核給期間(&D)"), label("至(&E)")
        words.setBuddy(self.first)
        to.setBuddy(self.last)
        self.message = label("", "secondary")
        for one in (self.first, self.last):
            one.setFixedWidth(round(150 * text_factor()))
        for widget in (words, self.first, to, self.last):
            self.head.addWidget(widget)
        self.head.addWidget(self.message, 1)
        self.boxes: dict[str, QCheckBox] = {}
        kinds = QHBoxLayout()
        kinds.setSpacing(16)
        kinds.addWidget(label("存成", "secondary"))
        for kind, caption, _ in FILES:
            box = QCheckBox(caption)
            box.setChecked(kind in ("pdf", "csv"))
            box.toggled.connect(lambda _: self._say())
            self.boxes[kind] = box
            kinds.addWidget(box)
        kinds.addStretch()
        self.above_foot.addLayout(kinds)
        self.foot.addStretch()
        self.save_button = button("存檔…(&F)", icon_name="save_16_regular")
        self.print_button = button("列印(&P)", icon_name="print_16_regular", is_accent=True)
        close = button("關閉")
        on_click(self.save_button, self._save)
        on_click(self.print_button, lambda: self.print_wanted.emit(self.first.day, self.last.day))
        on_click(close, self.reject)
        for act in (close, self.save_button, self.print_button):
            self.foot.addWidget(act)
        self._is_there = False
        self.first.show_day(first)
        self.last.show_day(last)
        for one in (self.first, self.last):
            one.editingFinished.connect(self.read)
        self.resize(1000, 640)
        self.read()

    def read(self) -> None:
        """Read the register of the days."""
        first, last = self.first.day, self.last.day
        if first is not None and last is not None:
            self._read(first, last, self.show_paper)

    def show_paper(self, paper: Any, sentence: str = "") -> None:
        """Show the pages, or why there are none."""
        self._is_there = paper is not None
        self.message.setText(sentence if paper is None else f"編號 {paper.number}")
        self.message.setToolTip(self.message.text())
        if paper is not None:
            self.paper.show_pdf(paper.pdf, unit="頁")
        self._say()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of file chosen."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())

    def _say(self) -> None:
        self.print_button.setEnabled(self._is_there)
        self.save_button.setEnabled(self._is_there and bool(self.kinds))

    def _save(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "清冊存到哪個資料夾")
        if name:
            self.save_wanted.emit(self.first.day, self.last.day, self.kinds, Path(name))
