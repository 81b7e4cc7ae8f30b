"""Parts of an original: a cell cut from its picture, a row found in its table, a file's icon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.domain.provenance import FieldPlace
from desktop.qt.models.roles import Role
from desktop.qt.theme import look
from desktop.qt.tokens import size
from desktop.qt.widgets.delegates import CellDelegate

INK = 48
"""Of 255: how far a grey must be from the paper's to be ink."""


def cut_out(image: QImage, part: FieldPlace) -> QPixmap:
    """A cell cut from the picture of its page."""
    width, height, box = image.width(), image.height(), part.box
    left, top = int(box.left * width), int(box.top * height)
    right, bottom = round(box.right * width), round(box.bottom * height)
    return QPixmap.fromImage(trimmed(image.copy(QRect(left, top, right - left, bottom - top))))


def trimmed(image: QImage) -> QImage:
    """A cell without its rules and the empty room around its text; whole when it holds none."""
    edge = 2 if min(image.width(), image.height()) > 12 else 0
    inside = image.copy(image.rect().adjusted(edge, edge, -edge, -edge))
    grey = inside.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    if width < 3 or height < 3:
        return image
    content = bytes(grey.constBits())
    rows = [content[y * stride : y * stride + width] for y in range(height)]
    paper = sorted(b"".join(rows))[width * height // 2]

    def has_ink(line: bytes) -> bool:
        return min(line) < paper - INK or max(line) > paper + INK

    inked = [y for y, row in enumerate(rows) if has_ink(row)]
    columns = [x for x in range(width) if has_ink(bytes(row[x] for row in rows))]
    if not inked or not columns:
        return image
    around = QRect(columns[0], inked[0], columns[-1] - columns[0] + 1, inked[-1] - inked[0] + 1)
    return inside.copy(around.adjusted(-4, -3, 4, 3).intersected(inside.rect()))


def row_in_table(rows: Sequence[Sequence[str]], raw: Mapping[str, str], *, guess: int) -> int:
    """Which row of a table holds these cells; the guess where several or none do.

    Args:
        rows: The table's cells.
        raw: Heading to text, as the row was read.
        guess: Where the row should be by its number.
    """
    wanted = {_squeezed(text) for text in raw.values() if text.strip()}
    scores = [len(wanted & {_squeezed(cell) for cell in row}) for row in rows]
    best = max(scores, default=0)
    if best == 0 or (0 <= guess < len(scores) and scores[guess] == best):
        return guess
    return scores.index(best)


def cells_of(row: Sequence[str], texts: Sequence[str]) -> tuple[int, ...]:
    """The columns of a row that hold these texts; both ends of a course may share one.

    Args:
        row: The row's cells.
        texts: What the original has for the fields that decide.
    """
    wanted = [_squeezed(text) for text in texts if text.strip()]
    cells = [_squeezed(cell) for cell in row]
    found = set()
    for text in wanted:
        whole = [number for number, cell in enumerate(cells) if cell == text]
        places = whole or [number for number, cell in enumerate(cells) if text in cell]
        if len(places) == 1:  # where several hold it, none is said to be the one
            found.update(places)
    return tuple(sorted(found))


class OriginalDelegate(CellDelegate):
    """The cells of an original that is a table; those that decide are framed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint a cell, then the frame around one that decides."""
        super().paint(painter, option, index)
        if not index.data(Role.IS_DECIDING):
            return
        painter.save()
        painter.setPen(QPen(look().colour("verdict.fail"), size("focus_width")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(option.rect).adjusted(1, 1, -2, -2))
        painter.restore()


def _squeezed(text: str) -> str:
    return "".join(text.split())


def column_letters(number: int) -> str:
    """A column's letters as a spreadsheet counts them.

    Args:
        number: From 0.
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


KIND_ICONS = {
    ".pdf": "document_pdf_16_regular",
    ".png": "image_16_regular",
    ".jpg": "image_16_regular",
    ".jpeg": "image_16_regular",
    ".tif": "image_16_regular",
    ".tiff": "image_16_regular",
    ".bmp": "image_16_regular",
    ".xlsx": "table_16_regular",
    ".xls": "table_16_regular",
    ".ods": "table_16_regular",
    ".csv": "table_16_regular",
    ".html": "code_16_regular",
    ".htm": "code_16_regular",
    ".mhtml": "code_16_regular",
    ".mht": "code_16_regular",
}


def kind_icon(file_name: str) -> str:
    """The icon of a file by its name's end."""
    dot = file_name.rfind(".")
    return KIND_ICONS.get(file_name[dot:].lower() if dot >= 0 else "", "document_16_regular")
