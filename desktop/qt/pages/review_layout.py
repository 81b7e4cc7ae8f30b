"""How wide the panes of 審核 are, and which of them are elsewhere, by the window's width."""

from __future__ import annotations

from enum import Enum

from desktop.qt.tokens import size


class Width(Enum):
    """The arrangements, by effective width of the window."""

    WIDE = "wide"  # from 1200: three panes
    MIDDLE = "middle"  # 1100 to 1199: the original is a tab
    NARROW = "narrow"  # below 1100: the queue is a drop-down too


def arrangement(window_width: int) -> Width:
    """The arrangement for a width."""
    if window_width >= 1200:
        return Width.WIDE
    return Width.MIDDLE if window_width >= 1100 else Width.NARROW


def pane_widths(window_width: int) -> tuple[int, int, int]:
    """Queue, middle and original in px; a pane that is elsewhere is 0."""
    queue, original = next(
        (queue, original)
        for least, queue, original in (
            (1900, 288, 640),
            (1500, 240, 478),
            (1330, 212, 380),
            (1200, 204, 352),
            (1100, 196, 0),
            (0, 0, 0),
        )
        if window_width >= least
    )
    return queue, window_width - size("rail_width") - queue - original, original
