"""Lines in the middle of the sheet: titles and second titles."""

from __future__ import annotations

from forms.sheet import BASELINE, Align, Sheet
from forms.textfit import POINT, Style


def title_line(
    sheet: Sheet, text: str, style: Style, *, centre: float, middle: float, width: float
) -> None:
    """Draw a title on one line, smaller where it is too wide.

    Args:
        sheet: Page to draw on.
        text: The title.
        style: At its full size.
        centre: Middle from left to right, in millimetres.
        middle: Middle from top to bottom.
        width: Millimetres it may take, clear of the QR code.

    Raises:
        ContentTooLongError: It doesn't fit at half the smallest size.
    """
    fitted = sheet.fitter.one_line(text, style, width=width, where="表名")
    baseline = middle + BASELINE * fitted.style.size * POINT
    with sheet.title():
        sheet.text(text, fitted.style, x=centre, baseline=baseline, align=Align.CENTRE)
