"""Strips of 24 hours as the check sheet draws them, and their legend.

Black and white must do: grey is duty, dots are time that may be duty, hatching is overtime and the
like, the black bar is the course (design paper.md section 10).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.domain.moments import SECONDS_A_DAY, TimeBand
from forms.check_contents import DayStrip
from forms.sheet import BASELINE, Sheet
from forms.textfit import POINT, Style

LABEL_WIDTH = 8.5
WIDTH = 48.0
"""Millimetres: 2 an hour."""
HEIGHT = 3.0
PITCH = 4.4
"""From one strip to the next."""
GAP = 2.2
"""What the dots take that stand for days left out."""
TICK = 0.5
BAR = 1.1
LEAST_BAR = 0.5
LABEL = Style(size=8)
DUTY = (0xB8 / 255, 0xB8 / 255, 0xB8 / 255)
THIN = 0.2 / POINT
"""Points: outline, ticks, hatching."""
DOTS_APART = 0.8
DOT = 0.25
HATCHES_APART = 1.2
LEFT_OUT = "…"

LEGEND = Style(size=9)
SWATCH = 7.0
LEGEND_PITCH = 5.3


def strips_height(strips: Sequence[DayStrip]) -> float:
    """Give the millimetres that strips under one another take."""
    gaps = sum(strip.is_after_gap for strip in strips)
    return max(0.0, PITCH * len(strips) - (PITCH - HEIGHT) + GAP * gaps)


def draw_strips(sheet: Sheet, strips: Sequence[DayStrip], *, x: float, y: float) -> None:
    """Draw strips under one another, the first label at the upper left corner given."""
    for strip in strips:
        if strip.is_after_gap:
            baseline = y - (PITCH - HEIGHT) / 2 + GAP / 2 + BASELINE * LABEL.size * POINT
            sheet.text(LEFT_OUT, LABEL, x=x, baseline=baseline)
            y += GAP
        baseline = y + HEIGHT / 2 + BASELINE * LABEL.size * POINT
        sheet.text(strip.label, LABEL, x=x, baseline=baseline)
        _draw_strip(sheet, strip, x + LABEL_WIDTH, y)
        y += PITCH


def place_of(band: TimeBand, *, least: float = 0.0) -> tuple[float, float]:
    """Give the left and right side of a band within a strip, in millimetres.

    Args:
        band: A part of the day.
        least: Its least length; a longer one at the day's end stays within the strip.
    """
    left = band.start_second / SECONDS_A_DAY * WIDTH
    right = max(band.end_second / SECONDS_A_DAY * WIDTH, left + least)
    beyond = max(0.0, right - WIDTH)
    return left - beyond, right - beyond


def _draw_strip(sheet: Sheet, strip: DayStrip, x: float, y: float) -> None:
    for band in strip.duty:
        left, right = place_of(band)
        sheet.box(x + left, y, right - left, HEIGHT, pen=0, fill=DUTY)
    for band in strip.uncertain:
        left, right = place_of(band)
        _dots(sheet, x + left, y, right - left)
    for band in strip.entries:
        left, right = place_of(band, least=LEAST_BAR)
        _hatching(sheet, x + left, y, right - left)
    sheet.box(x, y, WIDTH, HEIGHT, pen=THIN)
    for hour in range(0, 25, 6):
        at = x + hour / 24 * WIDTH
        sheet.line(at, y + HEIGHT, at, y + HEIGHT + TICK, width=THIN)
    if strip.course is not None:
        left, right = place_of(strip.course, least=LEAST_BAR)
        _bar(sheet, x + left, y, right - left)


def _bar(sheet: Sheet, x: float, y: float, width: float) -> None:
    sheet.box(x, y + (HEIGHT - BAR) / 2, width, BAR, pen=0, fill=(0.0, 0.0, 0.0))


def _dots(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Rows of dots, each row a line of short dashes."""
    at = y + DOTS_APART / 2
    while at < y + HEIGHT:
        sheet.line(x, at, x + width, at, width=DOT / POINT, dash=(DOT, DOTS_APART - DOT))
        at += DOTS_APART


def _hatching(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Lines at 45 degrees, cut at the sides, with a line at each end."""
    for side in (x, x + width):
        sheet.line(side, y, side, y + HEIGHT, width=THIN)
    # Each line runs from (offset, bottom) up to (offset + height, top).
    offset = -HEIGHT + HATCHES_APART / 2
    while offset < width:
        left, right = max(offset, 0.0), min(offset + HEIGHT, width)
        if right > left:
            sheet.line(
                x + left,
                y + HEIGHT - (left - offset),
                x + right,
                y + HEIGHT - (right - offset),
                width=THIN,
            )
        offset += HATCHES_APART


Swatch = Callable[[Sheet, float, float], None]


def _duty_swatch(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x, y, SWATCH, HEIGHT, pen=0, fill=DUTY)


def _dots_swatch(sheet: Sheet, x: float, y: float) -> None:
    _dots(sheet, x, y, SWATCH)


def _hatched_swatch(sheet: Sheet, x: float, y: float) -> None:
    _hatching(sheet, x, y, SWATCH)


def _empty_swatch(sheet: Sheet, x: float, y: float) -> None:
    """Nothing but the outline."""


def _bar_swatch(sheet: Sheet, x: float, y: float) -> None:
    _bar(sheet, x, y, SWATCH)


ROWS: tuple[tuple[tuple[str, Swatch], ...], ...] = (
    (
        ("上班時間", _duty_swatch),
        ("彈性時段（無刷卡）", _dots_swatch),
        ("加班、公差等", _hatched_swatch),
    ),
    (("公餘時間", _empty_swatch), ("學習起迄\u3000一刻度 6 小時", _bar_swatch)),
)


def draw_legend(sheet: Sheet, *, x: float, y: float) -> float:
    """Draw the legend from its upper left corner; give its bottom."""
    heading = "圖例："
    indent = sheet.fitter.width(heading, LEGEND.size)
    baseline = HEIGHT / 2 + BASELINE * LEGEND.size * POINT
    sheet.text(heading, LEGEND, x=x, baseline=y + baseline)
    for row in ROWS:
        left = x + indent
        for words, swatch in row:
            swatch(sheet, left, y)
            sheet.box(left, y, SWATCH, HEIGHT, pen=THIN)
            sheet.text(words, LEGEND, x=left + SWATCH + 1, baseline=y + baseline)
            left += SWATCH + sheet.fitter.width(words, LEGEND.size) + 4
        y += LEGEND_PITCH
    return y
