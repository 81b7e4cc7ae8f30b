"""Which rows of a long table stand on which page: pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.document import ContentTooLongError

HAIR = 1e-6


@dataclass(frozen=True, kw_only=True)
class Block:
    """One row or subtotal on its way to a page."""

    height: float
    """Millimetres."""
    may_end_page: bool = True
    """Whether a page may end after it: not after a group's first row, not before a subtotal."""


def paginated(
    blocks: Sequence[Block], *, room: float, room_on_last: float, taken_on_first: float = 0.0
) -> list[tuple[int, int]]:
    """Share blocks out over pages; at least one block goes with what closes the last page.

    Where no permitted break fits, a page ends at the last block that does: nothing leaves the
    page.

    Args:
        blocks: Rows and subtotals in order.
        room: Millimetres for blocks on a page.
        room_on_last: Millimetres on the last page, beside total and seals.
        taken_on_first: Millimetres of the first page that something above the blocks takes.

    Returns:
        First and one past the last block of each page; one empty page where there is nothing.

    Raises:
        ContentTooLongError: One block is higher than a page.
    """
    pages: list[tuple[int, int]] = []
    start = 0
    taken = taken_on_first
    while sum(block.height for block in blocks[start:]) > room_on_last - taken + HAIR:
        fitting = start
        used = 0.0
        while fitting < len(blocks) and used + blocks[fitting].height <= room - taken + HAIR:
            used += blocks[fitting].height
            fitting += 1
        # Total and seals need at least one block with them on the last page.
        fitting = min(fitting, len(blocks) - 1)
        if fitting <= start:
            raise ContentTooLongError(
                f"名冊第 {start + 1} 列文字過長，一頁容納不下，尚未產生文件，請縮短後再列印。"
            )
        permitted = [end for end in range(start + 1, fitting + 1) if blocks[end - 1].may_end_page]
        end = permitted[-1] if permitted else fitting
        pages.append((start, end))
        start = end
        taken = 0.0
    pages.append((start, len(blocks)))
    return pages
