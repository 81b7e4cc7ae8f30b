"""Rows of label and value above and below a table of courses, and the words of receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.application_contents import Receipt
from forms.rocdate import spoken_date
from forms.sheet import Sheet
from forms.table import PADDING, PADDING_UPRIGHT
from forms.textfit import Fitted, Style, TextFitter

GAP = "\u3000"
BLANK_DATE = "\u3000\u3000 年 \u3000\u3000 月 \u3000\u3000 日"


@dataclass(frozen=True)
class TextRow:
    """Fitted texts side by side, each from its place (millimetres from the left) on."""

    cells: tuple[tuple[float, Fitted], ...]
    height: float

    @property
    def has_split(self) -> bool:
        """Tell whether it has more than one text."""
        return len(self.cells) > 1


def text_row(
    fitter: TextFitter,
    style: Style,
    texts: Sequence[tuple[str, float, float]],
    *,
    height: float,
) -> TextRow:
    """Fit texts on one line each; they shrink, then the row grows.

    Args:
        fitter: Measures and breaks.
        style: Of all texts.
        texts: Each with its left and right side, in millimetres from the left of the row.
        height: Millimetres where nothing needs more.
    """
    cells = tuple(
        (left, fitter.fitted(text, style, width=right - left - 2 * PADDING))
        for text, left, right in texts
    )
    needed = max(cell.height for _, cell in cells) + 2 * PADDING_UPRIGHT
    return TextRow(cells, max(height, needed))


def draw_text_row(sheet: Sheet, row: TextRow, *, x: float, y: float, width: float) -> None:
    """Draw a row from its upper left corner, without rules."""
    for at, cell in row.cells:
        sheet.fitted(
            cell, x=x + at + PADDING, y=y, width=width - at - 2 * PADDING, height=row.height
        )


def receipt_text(receipt: Receipt) -> str:
    """Write when an application came in, by when it had to, and whether it was late."""
    received = BLANK_DATE if receipt.received is None else spoken_date(receipt.received)
    in_time = "☑" if receipt.is_late is False else "□"
    late = "☑" if receipt.is_late else "□"
    return (
        f"人事單位收件日期：{received}{GAP * 2}收件期限：{spoken_date(receipt.deadline)}"
        f"{GAP * 2}{in_time} 未逾期{GAP}{late} 逾期"
    )
