"""Which blocks stand on which page, and where what follows them goes: pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from forms.course_block import LaidBlock
from forms.document import ContentTooLongError
from forms.labels import LabelRow
from forms.notes import LaidNotes
from forms.textfit import Fitted

HAIR = 1e-6


@dataclass(frozen=True, kw_only=True)
class Tail:
    """What follows the blocks: the row asking for more, the grants, the notes with the stamp."""

    extension: Fitted
    extension_height: float
    """Millimetres, as all heights."""
    join: float
    """Between the blocks' table and the one below."""
    grants: tuple[LabelRow, ...]
    notes: LaidNotes
    stamp_height: float
    """Of the stamp with its gap; 0 without one."""

    @property
    def grants_height(self) -> float:
        """Give the height of the table of grants."""
        return sum(row.height for row in self.grants)


@dataclass
class BlockPage:
    """What one page holds."""

    blocks: list[LaidBlock] = field(default_factory=list)
    has_extension: bool = False
    has_grants: bool = False
    has_notes: bool = False

    @property
    def has_grid(self) -> bool:
        """Tell whether the blocks' table stands on this page."""
        return bool(self.blocks) or self.has_extension


def shared_out(
    blocks: Sequence[LaidBlock], tail: Tail, *, first_room: float, room: float, whose: str
) -> list[BlockPage]:
    """Fill pages with blocks, then with each part of the tail, none of them split.

    Args:
        blocks: In order.
        tail: What follows them; the stamp stays with the notes.
        first_room: Millimetres below the heads of the first page.
        room: Millimetres below those of the others.
        whose: Name or title, for the fault.

    Raises:
        ContentTooLongError: One block is higher than a page.
    """
    pages = [BlockPage()]
    left = first_room

    def page_for(height: float) -> BlockPage:
        """Take so much of the page, or of the next one."""
        nonlocal left
        if height > left + HAIR:
            pages.append(BlockPage())
            left = room
        left -= height
        return pages[-1]

    for block in blocks:
        if block.height > room + HAIR:
            raise ContentTooLongError(
                f"「{whose}」的課程名稱「{block.course.name[:20]}…」過長，一頁容納不下，"
                "尚未產生文件，請縮短後再列印。"
            )
        page_for(block.height).blocks.append(block)
    page_for(tail.extension_height).has_extension = True
    if tail.grants:
        page_for(tail.join + tail.grants_height).has_grants = True
    join = 0.0 if tail.grants else tail.join
    page_for(join + tail.notes.height + tail.stamp_height).has_notes = True
    return pages
