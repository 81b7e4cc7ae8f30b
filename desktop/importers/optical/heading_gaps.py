"""Lines of a table without rules that run on from one column into the next, parted by its headings.

Where columns stand close together the finder takes two cells for one line, headings too. Columns
are told by the white between them and by their headings, in narrow columns by pieces of those one
below the other: run together they shift or hide each other.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.importers.optical.lines import Piece, Rect, read_pieces, without_scraps
from desktop.importers.optical.upright import crop

if TYPE_CHECKING:
    from desktop.importers.optical.engine import Picture, Recogniser

Span = tuple[float, float]
"""From where to where something stands, in pixels."""
_LEAST_GAP = 0.4
"""Text heights between two headings; characters of one are much nearer."""
_LEAST_CELL_GAP = 0.25
"""The same between two cells, looked for where two headings part alone."""
_BESIDE = 0.6
"""Text heights that a place found for a heading may be longer than its characters."""
_INSET = 0.15
_INK = 50.0


def with_columns_parted(
    pieces: Sequence[Piece],
    head: Rect,
    bare: Picture,
    text_height: float,
    recogniser: Recogniser,
) -> list[Piece]:
    """The pieces, headings parted at their gaps, what stands under two of them between both.

    Args:
        pieces: Of a page.
        head: The row of headings.
        bare: The picture without rules.
        text_height: Of a usual line in pixels.
        recogniser: Reads.
    """
    least = _LEAST_GAP * text_height
    headings = [piece for piece in pieces if head[1] < _middle(piece.rect) < head[3]]
    parted = {id(piece): _parts(piece.rect, _gaps(bare, piece.rect, least)) for piece in headings}
    spans = _joined([rect for rects in parted.values() for rect in rects])
    for piece in pieces:
        if _middle(piece.rect) >= head[3]:
            parted[id(piece)] = _under_headings(bare, piece.rect, spans, text_height)
    kept = [piece for piece in pieces if len(parted.get(id(piece), ())) < 2]
    anew = [rect for rects in parted.values() if len(rects) > 1 for rect in rects]
    anew = without_scraps(anew, [piece.rect for piece in kept])
    return kept + read_pieces(bare, anew, recogniser)


def _middle(rect: Rect) -> float:
    return (rect[1] + rect[3]) / 2


def _joined(rects: Sequence[Rect]) -> list[Span]:
    """From where to where each heading stands over all its lines."""
    spans: list[Span] = []
    for left, _, right, _ in sorted(rects):
        if spans and left < spans[-1][1] - 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return spans


def _under_headings(
    picture: Picture, rect: Rect, spans: Sequence[Span], text_height: float
) -> list[Rect]:
    """A line parted at the widest gap between every two headings under which it stands."""
    near = _BESIDE * text_height
    cuts: list[float] = []
    for (_, before), (after, _) in itertools.pairwise(spans):
        if not (rect[0] < before - near and after + near < rect[2]):
            continue
        between = [
            gap
            for gap in _gaps(picture, rect, _LEAST_CELL_GAP * text_height)
            if gap[0] < after + near and gap[1] > before - near
        ]
        if between:
            start, end = max(between, key=lambda gap: gap[1] - gap[0])
            cuts.append((start + end) / 2)
    return _parts(rect, [(cut, cut) for cut in cuts])


def _parts(rect: Rect, gaps: Sequence[Span]) -> list[Rect]:
    """A place cut in the middle of gaps."""
    left, top, right, bottom = rect
    places = [left, *(sum(gap) / 2 for gap in gaps), right]
    return [(one, top, two, bottom) for one, two in itertools.pairwise(places)]


def _gaps(picture: Picture, rect: Rect, least: float) -> list[Span]:
    """Every blank strip between two characters of a line that is wide enough."""
    import numpy as np

    left, top, right, bottom = rect
    inset = _INSET * (bottom - top)
    part = crop(picture, left, top + inset, right, bottom - inset)
    if not part.size:
        return []
    gray = part.min(axis=2).astype(np.float32)
    inked = np.flatnonzero(gray.min(axis=0) < float(np.percentile(gray, 80)) - _INK).tolist()
    start = max(0, round(left))
    return [
        (start + one + 1.0, start + float(two))
        for one, two in itertools.pairwise(inked)
        if two - one - 1 >= least
    ]
