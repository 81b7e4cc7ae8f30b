from __future__ import annotations

import pytest

from forms.document import ContentTooLongError
from forms.pagination import Block, paginated


def blocks(marks: str) -> list[Block]:
    """Write blocks as signs: ``r`` may end a page, ``f`` may not; each is 10 high."""
    return [Block(height=10, may_end_page=mark == "r") for mark in marks]


@pytest.mark.parametrize(
    ("marks", "pages"),
    [
        ("", [(0, 0)]),
        ("r", [(0, 1)]),
        ("rrr", [(0, 3)]),
        # four fit on a page, but not beside total and seals
        ("rrrr", [(0, 3), (3, 4)]),
        ("rrrrr", [(0, 4), (4, 5)]),
        ("rrrrrrrrr", [(0, 4), (4, 8), (8, 9)]),
        # a group's first row does not end a page
        ("rrrfrr", [(0, 3), (3, 6)]),
        ("rrffrr", [(0, 2), (2, 5), (5, 6)]),
        # where no break is permitted the page ends where it is full
        ("ffffff", [(0, 4), (4, 6)]),
    ],
)
def test_rows_are_shared_out_by_room_and_permitted_breaks(
    marks: str, pages: list[tuple[int, int]]
) -> None:
    assert paginated(blocks(marks), room=40, room_on_last=30) == pages


def test_row_higher_than_a_page_is_refused_by_its_number() -> None:
    rows = [Block(height=10), Block(height=50)]

    with pytest.raises(ContentTooLongError, match="第 2 列"):
        paginated(rows, room=40, room_on_last=30)
