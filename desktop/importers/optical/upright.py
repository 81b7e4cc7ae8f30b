"""A picture made upright: dark on light, the right way up, its lines level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.domain.provenance import PageBox
from desktop.importers.optical.engine import ReadLine, Recogniser, Slant
from desktop.importers.optical.squaring import square

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from desktop.importers.optical.engine import Picture

Band = tuple[float, float, float, float]
"""Left, top, right, bottom of a place in pixels of the upright picture."""
LARGEST_SIDE = 5_000
SMALL_LINE = 24
"""Height in pixels, margins included, under which lines are enlarged before they are read."""
_DARK_GROUND = 115
_PALE_GROUND = 160
"""The same of a scan, on which characters that are light tell a dark ground."""
_PLAINLY_LIGHT = 40
_ROW_WIDTH = 8.0
_ROW_HEIGHT = 6.0
_RECTANGULAR = 0.85
_STROKES = (12, 20)
"""Parts of a line's height that half a stroke of a character is thinner than."""
_BAND_HEIGHT = 0.85
_LEAST_TURN = 0.04
_MOST_SKEW = 12.0
_SURE_ENOUGH = 0.80
_PROBES = 24


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright picture and the way back.

    Attributes:
        picture: Dark on light, level.
        lines: Its lines of characters.
        back: Takes its pixels to those of the original, 3 by 3.
        width, height: Of the original in pixels.
        bands: Where it was light on dark.
    """

    picture: Picture
    lines: tuple[Slant, ...]
    back: NDArray[np.float64]
    width: int
    height: int
    bands: tuple[Band, ...] = ()

    def box_of(self, left: float, top: float, right: float, bottom: float) -> PageBox:
        """Where a rectangle of the upright picture stands on the original.

        Args:
            left: And the other edges, in pixels of the upright picture.
            top: From above.
            right: From the left.
            bottom: From above.
        """
        import numpy as np

        corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]])
        points = corners @ self.back.T
        xs = np.clip(points[:, 0] / points[:, 2] / self.width, 0, 1)
        ys = np.clip(points[:, 1] / points[:, 2] / self.height, 0, 1)
        return PageBox(
            round(float(xs.min()), 4),
            round(float(ys.min()), 4),
            round(float(xs.max()), 4),
            round(float(ys.max()), 4),
        )


def make_upright(original: Picture, recogniser: Recogniser) -> Upright:
    """The picture turned so that its lines are level and read from left to right.

    Args:
        original: As decoded.
        recogniser: Finds the lines; reads a few to tell up from down.
    """
    import numpy as np

    height, width = original.shape[:2]
    start = Upright(_dark_on_light(original), (), np.eye(3), width, height)
    start = _within(start, LARGEST_SIDE / max(height, width))
    found = _levelled(start, recogniser)
    if _stands_on_its_side(found.lines):
        found = _levelled(_quarter_turned(found), recogniser)
    if _is_upside_down(found, recogniser):
        found = _levelled(_quarter_turned(_quarter_turned(found)), recogniser)
    if found.lines and _middle_height(found.lines) < SMALL_LINE:
        found = _enlarged(found, recogniser)
    if found.lines:
        picture, bands = _light_throughout(found.picture, _middle_height(found.lines))
        found = replace(found, picture=picture, bands=bands)
    return found


def _dark_on_light(picture: Picture) -> Picture:
    import cv2
    import numpy as np

    small = cv2.resize(picture, (200, 200), interpolation=cv2.INTER_AREA)
    if float(np.median(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))) < _DARK_GROUND:
        inverted: Picture = 255 - picture
        return inverted
    return picture


def _light_throughout(picture: Picture, line_height: float) -> tuple[Picture, tuple[Band, ...]]:
    """The picture with its dark bands inverted, and where those are.

    Headings are often light on a dark ground.

    Args:
        picture: Dark on light on the whole.
        line_height: Of a usual line, margins included.
    """
    import cv2
    import numpy as np

    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    stroke, line = max(5, round(line_height / 4)), max(9, round(line_height))
    rows = _dark_rows(gray, line_height)
    without_strokes = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    ground = cv2.morphologyEx(without_strokes, cv2.MORPH_OPEN, np.ones((line, line), np.uint8))
    # Bold characters flow together too, but not to a band higher than their line.
    band = np.ones((max(3, round(_BAND_HEIGHT * line_height)), 3 * line), np.uint8)
    dark = cv2.morphologyEx((ground < _DARK_GROUND).astype(np.uint8), cv2.MORPH_OPEN, band)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    light, bands = picture.copy(), list(rows)
    for label, (x, y, wide, high, _) in enumerate(stats[1:].tolist(), 1):
        edges_of_it = (float(x), float(y), float(x + wide), float(y + high))
        if not any(_overlap(edges_of_it, other) for other in rows):
            light[labels == label] = 255 - light[labels == label]
            bands.append(edges_of_it)
    for left, top, right, bottom in rows:
        place = np.s_[int(top) : int(bottom), int(left) : int(right)]
        light[place] = 255 - light[place]
    return light, tuple(bands)


def _dark_rows(gray: Picture, line_height: float) -> list[Band]:
    """Level bands of one dark colour whose characters are lighter.

    The characters may fill them from edge to edge, and a scanner makes their black a grey.

    Args:
        gray: The picture without colours.
        line_height: Of a usual line, margins included.
    """
    import cv2
    import numpy as np

    dark = (gray < _PALE_GROUND).astype(np.uint8)
    rows: list[Band] = []
    # Where characters leave a band but a narrow edge, only the thinner measure keeps it whole.
    for share in _STROKES:
        thick = 2 * max(2, round(line_height / share)) + 1
        solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
        # Light rules part the cells of a row.
        solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((1, 2 * thick + 1), np.uint8))
        contours, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            x, y, wide, high = cv2.boundingRect(contour)
            row = (float(x), float(y), float(x + wide), float(y + high))
            if (
                wide >= _ROW_WIDTH * line_height
                and _BAND_HEIGHT * line_height <= high <= _ROW_HEIGHT * line_height
                and cv2.contourArea(contour) >= _RECTANGULAR * wide * high
                and float(dark[y : y + high, x : x + wide].mean()) >= 0.5
                and _is_light_on_dark(gray[y : y + high, x : x + wide])
                and not any(_overlap(row, other) for other in rows)
            ):
                rows.append(row)
    return rows


def _overlap(one: Band, two: Band) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _is_light_on_dark(gray: Picture) -> bool:
    """Whether the characters of a place are lighter than its ground."""
    import numpy as np

    darkest, usual, lightest = np.percentile(gray, (2, 50, 98))
    return bool(lightest - usual > _PLAINLY_LIGHT and lightest - usual > 2 * (usual - darkest))


def _within(upright: Upright, scale: float) -> Upright:
    import cv2
    import numpy as np

    if scale >= 1:
        return upright
    height, width = upright.picture.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    smaller = cv2.resize(upright.picture, size, interpolation=cv2.INTER_AREA)
    back = upright.back @ np.diag([width / size[0], height / size[1], 1])
    return replace(upright, picture=smaller, back=back)


def _levelled(upright: Upright, recogniser: Recogniser) -> Upright:
    """Turned by the picture's skew and seen from the front, with its lines."""
    turned = upright
    skew = skew_of(upright.picture)
    if abs(skew) >= _LEAST_TURN:
        turned = _turned(upright, skew)
    matrix = square(turned.picture)
    if matrix is not None:
        turned = _warped(turned, matrix)
    return replace(turned, lines=tuple(recogniser.find(turned.picture)))


def skew_of(picture: Picture) -> float:
    """By how many degrees the lines fall to the right; 0 where nothing tells.

    Among the slopes tried, level lines are those under which rows are the most unlike: full of
    ink, or empty.

    Args:
        picture: Dark on light.
    """
    import cv2
    import numpy as np

    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    best = 0.0
    for side, reach, step in ((500, _MOST_SKEW, 0.5), (1_000, 0.6, 0.1), (1_600, 0.1, 0.02)):
        scale = min(1.0, side / max(gray.shape))
        small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        ink = cv2.adaptiveThreshold(
            small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 10
        )
        rows, columns = np.nonzero(ink)
        if len(rows) < 50:
            return 0.0
        slopes = best + np.arange(-reach, reach + step / 2, step)
        scores = [_unlikeness(rows, columns, slope) for slope in slopes]
        best = float(slopes[int(np.argmax(scores))])
    return best


def _unlikeness(rows: NDArray[np.intp], columns: NDArray[np.intp], degrees: float) -> float:
    import numpy as np

    levels = rows - columns * np.tan(np.radians(degrees))
    counts = np.bincount((levels - levels.min()).astype(np.intp)).astype(np.float64)
    return float(np.sum(np.diff(counts) ** 2))


def _turned(upright: Upright, degrees: float) -> Upright:
    import cv2
    import numpy as np

    height, width = upright.picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sine + width * cosine), int(height * cosine + width * sine)
    matrix[0, 2] += wide / 2 - width / 2
    matrix[1, 2] += high / 2 - height / 2
    ground = [float(np.median(upright.picture[:, :, colour])) for colour in range(3)]
    picture = cv2.warpAffine(
        upright.picture, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=ground
    )
    there = np.vstack([matrix, [0, 0, 1]])
    return replace(upright, picture=picture, back=upright.back @ np.linalg.inv(there))


def _warped(upright: Upright, matrix: NDArray[np.float64]) -> Upright:
    """Seen from the front, at the same size."""
    import cv2
    import numpy as np

    height, width = upright.picture.shape[:2]
    picture = cv2.warpPerspective(
        upright.picture,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return replace(upright, picture=picture, back=upright.back @ np.linalg.inv(matrix))


def _quarter_turned(upright: Upright) -> Upright:
    """Turned by 90 degrees against the clock."""
    import cv2
    import numpy as np

    width = upright.picture.shape[1]
    picture = cv2.rotate(upright.picture, cv2.ROTATE_90_COUNTERCLOCKWISE)
    # The new pixel (x, y) was at (width - 1 - y, x).
    back = upright.back @ np.array([[0, -1, width - 1], [1, 0, 0], [0, 0, 1]], np.float64)
    return replace(upright, picture=picture, back=back)


def _stands_on_its_side(lines: Sequence[Slant]) -> bool:
    """Whether most long lines run from top to bottom."""
    long = [line for line in lines if line.length > 2.5 * line.height]
    upright = sum(abs(line.degrees) > 45 for line in long)
    return len(long) >= 3 and upright * 2 > len(long)


def _is_upside_down(upright: Upright, recogniser: Recogniser) -> bool:
    """Whether the longest lines read better the other way up."""
    import cv2

    longest = sorted(upright.lines, key=lambda line: -line.length)[:_PROBES]
    crops = [crop(upright.picture, *edges(line)) for line in longest]
    crops = [part for part in crops if part.size]
    as_it_is = _mean(recogniser.read(crops))
    if as_it_is >= _SURE_ENOUGH or not crops:
        return False
    other = _mean(recogniser.read([cv2.rotate(part, cv2.ROTATE_180) for part in crops]))
    return other > as_it_is + 0.1


def _mean(lines: Sequence[ReadLine]) -> float:
    return sum(line.mean for line in lines) / len(lines) if lines else 0.0


def _middle_height(lines: Sequence[Slant]) -> float:
    heights = sorted(line.height for line in lines)
    return heights[len(heights) // 2]


def _enlarged(upright: Upright, recogniser: Recogniser) -> Upright:
    """Twice as large: small print is found and read better so."""
    import cv2
    import numpy as np

    height, width = upright.picture.shape[:2]
    scale = min(2.0, LARGEST_SIDE / max(height, width))
    if scale <= 1.2:
        return upright
    size = (round(width * scale), round(height * scale))
    picture = cv2.resize(upright.picture, size, interpolation=cv2.INTER_CUBIC)
    back = upright.back @ np.diag([width / size[0], height / size[1], 1])
    return replace(upright, picture=picture, back=back, lines=tuple(recogniser.find(picture)))


def edges(line: Slant) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a line in a level picture."""
    wide, high = line.length, line.height
    if abs(line.degrees) > 45:
        wide, high = high, wide  # one character that is higher than wide
    return line.x - wide / 2, line.y - high / 2, line.x + wide / 2, line.y + high / 2


def crop(picture: Picture, left: float, top: float, right: float, bottom: float) -> Picture:
    """A part of a picture, whatever of it lies inside.

    Args:
        picture: The whole.
        left: And the other edges, in pixels.
        top: From above.
        right: From the left.
        bottom: From above.
    """
    height, width = picture.shape[:2]
    part: Picture = picture[
        max(0, round(top)) : min(height, round(bottom)),
        max(0, round(left)) : min(width, round(right)),
    ]
    return part
