"""Straight strokes of a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Place = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stroke in pixels: where it stands, from, to, how thick."""

    where: float
    start: int
    end: int
    thickness: int

    @property
    def length(self) -> int:
        """From end to end."""
        return self.end - self.start


def joined(strokes: Iterable[Stroke], gap: float) -> list[Stroke]:
    """Strokes that go on in one line behind a short gap made one.

    Where a thick rule crosses another one, neither stands out from what is beside it.

    Args:
        strokes: All level, or all upright.
        gap: Up to which one goes on, in pixels.
    """
    whole: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda item: item.start):
        for place, other in enumerate(whole):
            near = max(2.0, min(other.thickness, stroke.thickness) / 2)
            if 0 <= stroke.start - other.end <= gap and abs(stroke.where - other.where) <= near:
                length = other.length + stroke.length
                where = (other.where * other.length + stroke.where * stroke.length) / length
                thickness = max(other.thickness, stroke.thickness)
                whole[place] = Stroke(where, other.start, stroke.end, thickness)
                break
        else:
            whole.append(stroke)
    return sorted(whole, key=lambda item: (item.where, item.start))
