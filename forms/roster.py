"""What lists of people have in common: title and plan, rows, sums, the table of seals."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from forms.booklet import LANDSCAPE
from forms.rocdate import spoken_date
from forms.seal_pictures import place_seal_picture
from forms.sheet import BASELINE, GREY, INNER, OUTLINE, Align, Sheet
from forms.table import PADDING, column_lines
from forms.textfit import POINT, Fitted, Style
from forms.titles import title_line

CONTINUED = "（續）"
GAP = "\u3000"

TITLE_MIDDLE = 19.6
TITLE_WIDTH = 214.0
LINE_MIDDLE = 29.0
QR_MARGIN = 26.0
"""Millimetres that the line of plan and day ends before the margin: below the QR code."""
SEAL_ROW = 20.0
SEAL_LABEL = 17.0

TITLE = Style(size=18, stroke=0.45)
LINE = Style(size=11)
SEAL = Style(size=12, stroke=0.22, leading=1.35)


def title_and_plan(
    sheet: Sheet, *, title: str, plan: str, day: datetime.date, day_label: str = "認定基準日"
) -> None:
    """Draw what stands above a list: its title, its plan, and the day its facts are as of.

    Args:
        sheet: Page to draw on.
        title: Of the list.
        plan: Whose list it is.
        day: The day; ``day_label`` says which one it is.
        day_label: Such as ``認定基準日``.

    Raises:
        ContentTooLongError: Title or plan doesn't fit its line at half the smallest size.
    """
    title_and_line(
        sheet, title=title, left=f"計畫：{plan}", right=f"{day_label}：{spoken_date(day)}"
    )


def title_and_line(sheet: Sheet, *, title: str, left: str, right: str) -> None:
    """Draw a list's title and the line below it, which ends before the QR code.

    Args:
        sheet: Page to draw on.
        title: Of the list.
        left: Left half of the line; it shrinks to what the right half leaves.
        right: Right half, printed at its full size.

    Raises:
        ContentTooLongError: Title or left half doesn't fit at half the smallest size.
    """
    paper = LANDSCAPE
    title_line(sheet, title, TITLE, centre=paper.width / 2, middle=TITLE_MIDDLE, width=TITLE_WIDTH)
    room = paper.text_width - QR_MARGIN - sheet.fitter.width(right, LINE.size) - 4
    style = sheet.fitter.one_line(left, LINE, width=room, where="計畫名稱").style
    baseline = LINE_MIDDLE + BASELINE * LINE.size * POINT
    sheet.text(left, style, x=paper.left, baseline=baseline)
    sheet.text(right, LINE, x=paper.right - QR_MARGIN, baseline=baseline, align=Align.RIGHT)


def draw_cells(
    sheet: Sheet,
    cells: Sequence[Fitted],
    *,
    lefts: Sequence[float],
    y: float,
    height: float,
    left_columns: Collection[int],
) -> None:
    """Draw a row of fitted cells and the lines between its columns.

    Args:
        sheet: Page to draw on.
        cells: One a column.
        lefts: Left side of each column and the right side of the last, in millimetres.
        y: Top of the row.
        height: Of the row.
        left_columns: Columns whose text stands left; the others are centred.
    """
    for column, cell in enumerate(cells):
        sheet.fitted(
            cell,
            x=lefts[column] + PADDING,
            y=y,
            width=lefts[column + 1] - lefts[column] - 2 * PADDING,
            height=height,
            align=Align.LEFT if column in left_columns else Align.CENTRE,
        )
    column_lines(sheet, lefts=lefts[1:-1], top=y, bottom=y + height)


def draw_sum(
    sheet: Sheet,
    label: str,
    text: str,
    style: Style,
    *,
    lefts: Sequence[float],
    y: float,
    height: float,
    is_grey: bool = False,
) -> None:
    """Draw a subtotal or total over all columns but the first, its label in bold.

    Args:
        sheet: Page to draw on.
        label: Such as ``合計``.
        text: What follows it.
        style: Of both; its stroke is the label's.
        lefts: Left side of each column and the right side of the last, in millimetres.
        y: Top of the row.
        height: Of the row.
        is_grey: Whether it has the ground of a subtotal.
    """
    if is_grey:
        sheet.box(lefts[0], y, lefts[-1] - lefts[0], height, pen=0, fill=(GREY, GREY, GREY))
    column_lines(sheet, lefts=lefts[1:2], top=y, bottom=y + height)
    width = lefts[-1] - lefts[1] - 2 * PADDING
    cell = sheet.fitter.fitted(
        f"{label}{GAP}{text}", style, width=width, height=height, bold=(0, len(label))
    )
    sheet.fitted(cell, x=lefts[1] + PADDING, y=y, width=width, height=height)


def draw_list_seals(sheet: Sheet, seals: Sequence[str], y: float) -> None:
    """Draw one table of labels and clear fields, as wide as the list, from a height down."""
    draw_seal_table(sheet, seals, x=LANDSCAPE.left, y=y, width=LANDSCAPE.text_width)


def draw_seal_table(
    sheet: Sheet,
    seals: Sequence[str],
    *,
    x: float,
    y: float,
    width: float,
    height: float = SEAL_ROW,
    label_width: float = SEAL_LABEL,
) -> None:
    """Draw one table of labels, each with a clear field at its right.

    Args:
        sheet: Page to draw on.
        seals: The labels; four characters stand in two lines.
        x: Left side, in millimetres.
        y: Top.
        width: Of the table.
        height: Of the table.
        label_width: Of each label.
    """
    part = width / max(len(seals), 1)
    for index, label in enumerate(seals):
        left = x + index * part
        broken = label if len(label) < 4 else f"{label[:2]}\n{label[2:]}"
        room = label_width - 2 * PADDING
        lines = 1 + broken.count("\n")
        cell = sheet.fitter.fitted(broken, SEAL, width=room, lines=lines, bold=(0, len(broken)))
        sheet.fitted(cell, x=left + PADDING, y=y, width=room, height=height, align=Align.CENTRE)
        sheet.line(left + label_width, y, left + label_width, y + height, width=INNER)
        place_seal_picture(
            sheet, label, x=left + label_width, y=y, width=part - label_width, height=height
        )
        if index:
            sheet.line(left, y, left, y + height, width=INNER)
    sheet.box(x, y, width, height, pen=OUTLINE)
