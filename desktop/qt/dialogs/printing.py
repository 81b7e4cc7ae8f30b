"""列印: which printer, which pages, how many copies, both sides; and the printer's calibration."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.printing import Offset, PrintJob, keep_offset, offset_of
from desktop.qt.widgets.basics import Note, button, label, on_click, pane
from desktop.qt.widgets.plan_editors import WheelFreeBox

MOST_COPIES = 99
LAST_PRINTER = "printers/last"
ParsePages = Callable[[str], str]
"""What is wrong with pages as written, in a sentence; empty when nothing is."""


def _foot(parent: QDialog, words: str, accept: Callable[[], None]) -> tuple[QWidget, QWidget]:
    foot = pane("foot")
    row = QHBoxLayout(foot)
    row.setContentsMargins(16, 10, 16, 10)
    row.setSpacing(8)
    row.addStretch(1)
    cancel, go = button("取消"), button(words, is_accent=True)
    go.setDefault(True)
    on_click(cancel, parent.reject)
    on_click(go, accept)
    row.addWidget(cancel)
    row.addWidget(go)
    return foot, go


class PrintDialog(Dialog):
    """Asks how to print.

    Attributes:
        job: What was chosen; None before and when the clerk changes their mind.
    """

    def __init__(
        self,
        title: str,
        *,
        settings: QSettings,
        pages: int,
        calibrate: Callable[[str, PrintDialog], None],
        printers: tuple[str, ...] | None = None,
        parent: QWidget | None,
    ) -> None:
        """Make the dialog.

        Args:
            title: What prints.
            settings: Where the printer and its offset are remembered.
            pages: How many pages there are as far as known; 0 when nobody knows yet.
            calibrate: Opens the calibration of a printer over this dialog.
            printers: Names; those of this PC unless given.
            parent: The page.
        """
        super().__init__(parent)
        self._settings = settings
        self.job: PrintJob | None = None
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(520, 330)
        names = QPrinterInfo.availablePrinterNames() if printers is None else list(printers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(10)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.printer = WheelFreeBox()
        self.printer.setAccessibleName("印表機")
        for name in names:
            self.printer.addItem(name, name)
        last = str(settings.value(LAST_PRINTER, QPrinterInfo.defaultPrinterName()))
        self.printer.setCurrentIndex(max(self.printer.findData(last), 0 if names else -1))
        form.addRow("印表機(&R)", self.printer)
        calibration = QHBoxLayout()
        self.offset = label("", "secondary")
        self.offset.setAccessibleName("校正")
        measure = button("校正…(&C)")
        on_click(measure, lambda: calibrate(self.printer_name, self))
        calibration.addWidget(self.offset, 1)
        calibration.addWidget(measure)
        form.addRow("位置", calibration)
        self.pages = QLineEdit()
        self.pages.setAccessibleName("頁碼")
        self.pages.setPlaceholderText(
            f"全部（共 {pages} 頁），或 1-3、5" if pages else "全部，或 1-3、5"
        )
        form.addRow("頁碼(&G)", self.pages)
        self.copies = QSpinBox()
        self.copies.setAccessibleName("份數")
        self.copies.setRange(1, MOST_COPIES)
        self.collated = QCheckBox("逐份(&O)")
        self.collated.setToolTip("一份印完再印下一份")
        self.collated.setChecked(True)
        copies = QHBoxLayout()
        copies.addWidget(self.copies)
        copies.addWidget(self.collated)
        copies.addStretch(1)
        self.copies.setMinimumWidth(96)
        copies.setSpacing(12)
        caption = label("份數(&N)")
        caption.setBuddy(self.copies)
        form.addRow(caption, copies)
        self.sides = WheelFreeBox()
        self.sides.setAccessibleName("單面或雙面")
        self.sides.addItem("單面", QPrinter.DuplexMode.DuplexNone)
        self.sides.addItem("雙面，長邊翻面", QPrinter.DuplexMode.DuplexLongSide)
        self.sides.addItem("雙面，短邊翻面", QPrinter.DuplexMode.DuplexShortSide)
        form.addRow("單雙面(&D)", self.sides)
        body.addLayout(form)
        self.remark = label("", "secondary", wraps=True)
        body.addWidget(self.remark)
        body.addStretch(1)
        column.addLayout(body, 1)
        foot, self.accept_button = _foot(self, "列印(&P)", self._accept)
        column.addWidget(foot)
        self.printer.currentIndexChanged.connect(self.show_offset)
        self.sides.currentIndexChanged.connect(self._say)
        self.pages.textChanged.connect(self._say)
        self._pages_fault: ParsePages = lambda words: ""
        self.show_offset()
        self._say()

    def check_pages_by(self, fault: ParsePages) -> None:
        """Take what tells whether pages as written can be understood."""
        self._pages_fault = fault
        self._say()

    @property
    def printer_name(self) -> str:
        """The printer chosen; empty without one."""
        return str(self.printer.currentData() or "")

    def show_offset(self, *_: object) -> None:
        """Say by what this printer's pages are moved."""
        self.offset.setText(offset_of(self._settings, self.printer_name).words)

    def _say(self, *_: object) -> None:
        fault = self._pages_fault(self.pages.text())
        if self.printer.count() == 0:
            words = "這台電腦沒有印表機；請先安裝印表機，或用「存成一個 PDF」。"
        elif fault:
            words = fault
        elif self.is_duplex:
            words = "雙面時每份文件都從新的一張紙開始，背面不會印到別人的文件。"
        else:
            words = "沒有印到的文件不編號。"
        self.remark.setText(words)
        self.accept_button.setEnabled(self.printer.count() > 0 and not fault)

    @property
    def is_duplex(self) -> bool:
        """Whether both sides are printed."""
        return self.sides.currentData() != QPrinter.DuplexMode.DuplexNone

    def _accept(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(self.printer_name)
        printer.setDuplex(self.sides.currentData())
        self._settings.setValue(LAST_PRINTER, self.printer_name)
        self.job = PrintJob(
            printer,
            pages=self.pages.text().strip(),
            copies=self.copies.value(),
            is_duplex=self.is_duplex,
            is_collated=self.collated.isChecked(),
            offset=offset_of(self._settings, self.printer_name),
        )
        self.accept()


class CalibrationDialog(Dialog):
    """Prints the sheet, takes what the ruler shows, keeps the printer's offset."""

    def __init__(
        self,
        printer: str,
        *,
        settings: QSettings,
        print_sheet: Callable[[Offset], None],
        corrected: Callable[[float, float, Offset], tuple[float, float]],
        parent: QWidget | None,
    ) -> None:
        """Make the dialog.

        Args:
            printer: The printer's name.
            settings: Where its offset is remembered.
            print_sheet: Prints the sheet, moved by the present offset.
            corrected: The new offset by what was measured and the present one.
            parent: The dialog or page.
        """
        super().__init__(parent)
        self._printer, self._settings, self._corrected = printer, settings, corrected
        self._print_sheet = print_sheet
        self.now = offset_of(settings, printer)
        self.setWindowTitle(f"印表機校正：{printer}")
        self.setModal(True)
        self.resize(480, 300)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(10)
        body.addWidget(
            Note("info", "先印校正頁，再用尺量十字甲到紙邊的距離，填在下面。", can_close=False)
        )
        sheet = button("印校正頁(&S)")
        on_click(sheet, lambda: self._print_sheet(self.now))
        body.addWidget(sheet, 0, Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        self.left, self.top = self._ruler("直線到左邊緣"), self._ruler("橫線到上邊緣")
        form.addRow("直線到左邊緣(&L)", self.left)
        form.addRow("橫線到上邊緣(&T)", self.top)
        body.addLayout(form)
        self.outcome = label("", "strong", wraps=True)
        body.addWidget(self.outcome)
        body.addStretch(1)
        column.addLayout(body, 1)
        foot, self.accept_button = _foot(self, "記住(&K)", self._accept)
        column.addWidget(foot)
        self._say()

    def _ruler(self, name: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setAccessibleName(f"{name}，公釐")
        box.setRange(5, 35)
        box.setDecimals(1)
        box.setSingleStep(0.5)
        box.setSuffix(" 公釐")
        box.setValue(20)
        box.valueChanged.connect(self._say)
        return box

    @property
    def offset(self) -> Offset:
        """The offset that what was measured asks for."""
        return Offset(*self._corrected(self.left.value(), self.top.value(), self.now))

    def _say(self, *_: object) -> None:
        self.outcome.setText(f"之後的每一頁：{self.offset.words}")

    def _accept(self) -> None:
        keep_offset(self._settings, self._printer, self.offset)
        self.accept()
