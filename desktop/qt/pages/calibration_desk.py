"""Calibrating a printer from any page: its sheet printed, its offset kept on this PC."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desktop.qt.dialogs.printing import CalibrationDialog
from desktop.qt.pages.base import Page
from desktop.qt.printing import Offset, print_pages


def open_calibration(
    page: Page, printer: str, *, over: QWidget | None = None
) -> CalibrationDialog | None:
    """Open the dialog that puts a printer's pages right; None without a printer.

    Args:
        page: Who asks; it hears of the sheet.
        printer: The printer's name.
        over: What the dialog lies on, the page unless given.
    """
    if not printer:
        return None
    services = page.services
    dialog = CalibrationDialog(
        printer,
        settings=page.context.settings,
        print_sheet=lambda offset: _print_sheet(page, printer, offset),
        corrected=lambda left, top, now: services.calibration_offset(
            left, top, right=now.right, down=now.down
        ),
        parent=over or page,
    )
    dialog.open()
    return dialog


def _print_sheet(page: Page, name: str, offset: Offset) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    services = page.services

    def work(report):
        sheet = services.calibration_sheet(printer=name, right=offset.right, down=offset.down)
        return print_pages(sheet, printer, report, offset=offset)

    page.operations.run_read(
        work,
        lambda _: page.noted.emit("info", f"校正頁已送到「{name}」。"),
        words="列印校正頁",
        owner=page,
        on_failure=lambda sentence: page.noted.emit("fail", sentence),
    )
