"""What the clerk chose for a print, and sending the very pages of the preview to the printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QObject,
    QPoint,
    QSettings,
    QSize,
    QSizeF,
)
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

PRINT_DPI = 300
MILLIMETRES_PER_INCH = 25.4


@dataclass(frozen=True)
class Offset:
    """By how many millimetres a printer's pages are moved to put them right."""

    right: float = 0.0
    down: float = 0.0

    @property
    def words(self) -> str:
        """The same in words."""
        if not self.right and not self.down:
            return "未校正"
        across = f"往{'右' if self.right >= 0 else '左'} {abs(self.right):.1f}"
        along = f"往{'下' if self.down >= 0 else '上'} {abs(self.down):.1f}"
        return f"{across}、{along} 公釐"


@dataclass(frozen=True)
class PrintJob:
    """What the clerk chose.

    Attributes:
        printer: Where to.
        pages: Which, as written (``1-3、5``); empty for all.
        copies: How often.
        is_duplex: Whether both sides are printed.
        is_collated: Copy after copy rather than page after page.
        offset: What this printer needs.
    """

    printer: QPrinter
    pages: str = ""
    copies: int = 1
    is_duplex: bool = False
    is_collated: bool = True
    offset: Offset = Offset()


def offset_of(settings: QSettings, printer: str) -> Offset:
    """A printer's offset as it was measured; none before."""
    return Offset(
        float(str(settings.value(f"printers/{printer}/right", 0) or 0)),
        float(str(settings.value(f"printers/{printer}/down", 0) or 0)),
    )


def keep_offset(settings: QSettings, printer: str, offset: Offset) -> None:
    """Remember a printer's offset on this PC."""
    settings.setValue(f"printers/{printer}/right", offset.right)
    settings.setValue(f"printers/{printer}/down", offset.down)


def print_pages(
    content: bytes,
    printer: QPrinter,
    report=None,
    *,
    run: Sequence[int | None] | None = None,
    offset: Offset = Offset(),
) -> int:
    """Send pages of a PDF to a printer as they are; returns how many sides.

    Runs off the UI thread: each page is drawn at the printer's resolution, at most 300 dpi.

    Args:
        content: The PDF.
        printer: Where to, chosen by the clerk.
        report: Told of each side; stops when it returns False.
        run: Pages from 0 in order, None for a blank side; every page once when None.
        offset: What every page is moved by.

    Raises:
        OSError: When the printer does not take the job.
    """
    data = QByteArray(content)
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    owner = QObject()
    document = QPdfDocument(owner)
    document.load(buffer)
    printer.setFullPage(True)
    sides = tuple(range(document.pageCount())) if run is None else tuple(run)
    painter = QPainter()
    sized = 0
    try:
        for done, number in enumerate(sides):
            sized = sized if number is None else number
            points = document.pagePointSize(sized)
            printer.setPageSize(QPageSize(QSizeF(points), QPageSize.Unit.Point))
            printer.setPageOrientation(QPageLayout.Orientation.Portrait)
            if done == 0:
                if not painter.begin(printer):
                    raise OSError(
                        "印表機沒有接受這份工作，沒有印出任何一頁；請確認印表機可以使用，再試一次。"
                    )
            else:
                printer.newPage()
            if report is not None and not report(done, len(sides), "列印"):
                return done
            if number is None:
                continue
            dpi = min(printer.resolution(), PRINT_DPI)
            pixels = QSize(round(points.width() / 72 * dpi), round(points.height() / 72 * dpi))
            place = painter.viewport()
            place.translate(_dots(offset, printer.resolution()))
            painter.drawImage(place, document.render(number, pixels))
    finally:
        if painter.isActive():
            painter.end()
        document.close()
    return len(sides)


def _dots(offset: Offset, resolution: int) -> QPoint:
    return QPoint(
        round(offset.right / MILLIMETRES_PER_INCH * resolution),
        round(offset.down / MILLIMETRES_PER_INCH * resolution),
    )
