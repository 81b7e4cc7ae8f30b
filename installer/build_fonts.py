"""Make the printing fonts in resources/fonts from Debian's font packages.

Run by hand when the choice of characters changes; the result is committed. Needs Debian's
``fonts-cns11643-kai``, ``fonts-hanazono`` and ``unicode-data``, and ``fonttools``:

    apt-get install fonts-cns11643-kai fonts-hanazono unicode-data
    python installer/build_fonts.py

The originals take 205 MB. Three things make them small: characters nobody in Taiwan is named
with are left out, hinting is dropped (paper needs none), and outlines are redrawn with fewer
points, never further than ``TOLERANCE`` font units from where they were: 1.5 of 1024 units are
0.007 mm in the 13 pt of a name, a third of one dot of a 1200 dpi printer.

The faces are renamed: what is changed must not pass for the original.
"""

from __future__ import annotations

import argparse
import bz2
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

TOLERANCE = 1.5
"""How far a redrawn outline may leave the original, in font units (1024 an em)."""

Point = tuple[float, float]
OutlinePoint = tuple[float, float, bool]
"""x, y and whether the point lies on the curve."""
Segment = tuple[Point, Point | None, Point]
"""Start, control point (None in a straight line), end."""

SYMBOLS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1CD, 0x1DC),
    (0x2C6, 0x2DD),
    (0x391, 0x3C9),
    (0x401, 0x451),
    (0x1E00, 0x1EFF),
    (0x2010, 0x205E),
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2150, 0x218F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2300, 0x23FF),
    (0x2460, 0x27BF),
    (0x2E80, 0x30FF),
    (0x3105, 0x312D),
    (0x31A0, 0x31B7),
    (0x3200, 0x33FF),
    (0xFE30, 0xFE6B),
    (0xFF01, 0xFF5E),
    (0xFF61, 0xFF65),
    (0xFFE0, 0xFFE6),
)
"""Ranges of what is not Han: Latin, digits, punctuation, signs, kana, bopomofo, full-width."""

UNIFIED = (0x4E00, 0x9FFF)
EXTENSION_A = (0x3400, 0x4DBF)
COMPATIBILITY = (0xF900, 0xFAFF)
EXTENSION_D = (0x2B740, 0x2B81F)

HOUSEHOLD_PLANES = ("TA", "TB", "TC", "TD", "TE", "TF", "TU", "T12", "T13")
"""Planes of CNS 11643 that hold what the household registration asked for: names."""
COMMON_PLANES = ("T1", "T2", "T3", "T4")
"""Planes of the frequent, less frequent and rare characters."""

ALWAYS = "𡘙𠮷𪚥𤧟㛢𫝀"
"""Named one by one in the tests or the specification."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """One font to make."""

    source: Path
    target: str
    family: str
    characters: Callable[[set[int]], set[int]]
    """From the code points of the source to those to keep."""
    notice: str
    """Attribution the licence asks for."""


def within(code: int, span: tuple[int, int]) -> bool:
    """Tell whether a code point lies in an inclusive span."""
    return span[0] <= code <= span[1]


def segments(points: Sequence[OutlinePoint]) -> list[Segment]:
    """Cut a closed TrueType contour at its on-curve points, the implied ones included."""
    full: list[OutlinePoint] = []
    for index, (x, y, is_on_curve) in enumerate(points):
        before = points[index - 1]
        if not is_on_curve and not before[2]:
            full.append(((before[0] + x) / 2, (before[1] + y) / 2, True))
        full.append((x, y, is_on_curve))
    first = next(index for index, point in enumerate(full) if point[2])
    full = full[first:] + full[: first + 1]
    result: list[Segment] = []
    index = 0
    while index < len(full) - 1:
        start, following = full[index], full[index + 1]
        if following[2]:
            if start[:2] != following[:2]:
                result.append((start[:2], None, following[:2]))
            index += 1
        else:
            result.append((start[:2], following[:2], full[index + 2][:2]))
            index += 2
    return result


def on_curve(start: Point, control: Point | None, end: Point, at: float) -> Point:
    """Give the point of a line or quadratic curve at a parameter from 0 to 1."""
    rest = 1 - at
    if control is None:
        return (rest * start[0] + at * end[0], rest * start[1] + at * end[1])
    middle = 2 * rest * at
    return (
        rest * rest * start[0] + middle * control[0] + at * at * end[0],
        rest * rest * start[1] + middle * control[1] + at * at * end[1],
    )


def is_straight(start: Point, samples: Sequence[Point], tolerance: float) -> bool:
    """Tell whether the samples lie on the chord from start to the last of them."""
    dx, dy = samples[-1][0] - start[0], samples[-1][1] - start[1]
    length = hypot(dx, dy)
    return all(
        abs((x - start[0]) * dy - (y - start[1]) * dx) <= 0.6 * tolerance * length
        and -tolerance * length
        <= (x - start[0]) * dx + (y - start[1]) * dy
        <= length * length + tolerance * length
        for x, y in samples
    )


def fitted_control(
    start: Point, samples: Sequence[Point], tolerance: float
) -> tuple[bool, Point | None]:
    """Fit one line or quadratic curve to samples of an outline.

    Returns:
        Whether it stays within the tolerance of every sample, and its control point.
    """
    end = samples[-1]
    if start == end:
        return False, None
    if is_straight(start, samples, tolerance):
        return True, None
    travelled = [0.0]
    before = start
    for sample in samples:
        travelled.append(travelled[-1] + hypot(sample[0] - before[0], sample[1] - before[1]))
        before = sample
    places = [way / travelled[-1] for way in travelled[1:-1]]
    for _ in range(3):
        sum_x = sum_y = weights = 0.0
        for at, (x, y) in zip(places, samples, strict=False):
            rest = 1 - at
            weight = 2 * at * rest
            sum_x += weight * (x - rest * rest * start[0] - at * at * end[0])
            sum_y += weight * (y - rest * rest * start[1] - at * at * end[1])
            weights += weight * weight
        if not weights:
            return False, None
        control = (float(round(sum_x / weights)), float(round(sum_y / weights)))
        worst = 0.0
        nearer: list[float] = []
        for at, (x, y) in zip(places, samples, strict=False):
            rest = 1 - at
            there = on_curve(start, control, end, at)
            off_x, off_y = there[0] - x, there[1] - y
            slope_x = 2 * rest * (control[0] - start[0]) + 2 * at * (end[0] - control[0])
            slope_y = 2 * rest * (control[1] - start[1]) + 2 * at * (end[1] - control[1])
            worst = max(worst, hypot(off_x, off_y))
            square = slope_x * slope_x + slope_y * slope_y
            step = (off_x * slope_x + off_y * slope_y) / square if square else 0.0
            nearer.append(min(1.0, max(0.0, at - step)))
        if worst <= tolerance:
            return True, control
        if worst > 8 * tolerance:
            return False, None
        places = nearer
    return False, None


def corner_sharpness(before: Segment, after: Segment) -> float:
    """Give the cosine of the turn between two segments: the least is the sharpest corner."""
    last = before[1] or before[0]
    following = after[1] or after[2]
    ax, ay = before[2][0] - last[0], before[2][1] - last[1]
    bx, by = following[0] - after[0][0], following[1] - after[0][1]
    lengths = hypot(ax, ay) * hypot(bx, by)
    return (ax * bx + ay * by) / lengths if lengths else 1.0


def simplified(points: Sequence[OutlinePoint], tolerance: float) -> list[OutlinePoint]:
    """Redraw one closed contour with fewer points, staying within the tolerance (font units)."""
    parts = segments(points)
    if len(parts) < 4:
        return list(points)
    first = min(range(len(parts)), key=lambda i: corner_sharpness(parts[i - 1], parts[i]))
    parts = parts[first:] + parts[:first]
    sampled = [[on_curve(*part, at) for at in (0.25, 0.5, 0.75, 1.0)] for part in parts]
    merged: list[Segment] = []
    index = 0
    while index < len(parts):
        taken, control = 1, parts[index][1]
        samples = list(sampled[index])
        for count in range(2, min(12, len(parts) - index) + 1):
            samples = samples + sampled[index + count - 1]
            does_fit, fitted = fitted_control(parts[index][0], samples, tolerance)
            if not does_fit:
                break
            taken, control = count, fitted
        merged.append((parts[index][0], control, parts[index + taken - 1][2]))
        index += taken
    result: list[OutlinePoint] = []
    for index, (start, control, _) in enumerate(merged):
        before = merged[index - 1][1]
        is_implied = (
            len(merged) > 2
            and before is not None
            and control is not None
            and hypot(
                (before[0] + control[0]) / 2 - start[0], (before[1] + control[1]) / 2 - start[1]
            )
            <= 0.7 * tolerance
        )
        if not is_implied:
            result.append((round(start[0]), round(start[1]), True))
        if control is not None:
            result.append((round(control[0]), round(control[1]), False))
    return result


def redraw(font: Any, tolerance: float) -> None:
    """Redraw every simple glyph of a font with fewer points."""
    from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

    table = font["glyf"]
    metrics = font["hmtx"]
    for name in font.getGlyphOrder():
        glyph = table[name]
        glyph.expand(table)
        if glyph.numberOfContours <= 0:
            continue
        coordinates: list[tuple[int, int]] = []
        flags: list[int] = []
        ends: list[int] = []
        start = 0
        for end in glyph.endPtsOfContours:
            contour = [
                (x, y, bool(flag & 1))
                for (x, y), flag in zip(
                    glyph.coordinates[start : end + 1], glyph.flags[start : end + 1], strict=True
                )
            ]
            start = end + 1
            drawn = simplified(contour, tolerance) if any(p[2] for p in contour) else contour
            coordinates += [(int(x), int(y)) for x, y, _ in drawn]
            flags += [int(is_on_curve) for _, _, is_on_curve in drawn]
            ends.append(len(coordinates) - 1)
        glyph.coordinates = GlyphCoordinates(coordinates)
        glyph.flags = array("B", flags)
        glyph.endPtsOfContours = ends
        glyph.recalcBounds(table)
        # Control points count into the bounds, and a glyph is set with its left bound on its
        # side bearing: a bearing left as it was would push the character aside.
        metrics[name] = (metrics[name][0], glyph.xMin)


def rename(font: Any, *, family: str, notice: str) -> None:
    """Give a changed font a name of its own, keeping the attribution."""
    names = font["name"]
    names.names = []
    compact = family.replace(" ", "")
    texts = {
        0: notice,
        1: family,
        2: "Regular",
        3: f"{compact}-Regular",
        4: family,
        5: "Version 1.0",
        6: f"{compact}-Regular",
        13: notice,
    }
    for identity, text in texts.items():
        names.setName(text, identity, 3, 1, 0x409)


def build(face: Face, folder: Path) -> tuple[int, int]:
    """Make one font file.

    Returns:
        The number of code points and the number of bytes.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(face.source, lazy=True, recalcTimestamp=False)
    keep = face.characters(set(font.getBestCmap()))
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB", "vhea", "vmtx", "gasp", "VORG", "BASE"]
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)
    redraw(font, TOLERANCE)
    rename(font, family=face.family, notice=face.notice)
    target = folder / face.target
    font.save(target)
    return len(keep), target.stat().st_size


def planes(database: Path) -> dict[int, str]:
    """Read the CNS 11643 plane of each character from Unicode's Han database."""
    result: dict[int, str] = {}
    with bz2.open(database, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] == "kIRG_TSource":
                result[int(fields[0][2:], 16)] = fields[2].split("-")[0]
    return result


def faces(*, fonts: Path, database: Path) -> Iterable[Face]:
    """List the fonts to make, with the characters of each."""
    plane = planes(database)
    always = set(map(ord, ALWAYS))
    kai = fonts / "cns11643/TW-Kai-98_1.ttf"
    extension = fonts / "cns11643/TW-Kai-Ext-B-98_1.ttf"
    wanted_planes = COMMON_PLANES + HOUSEHOLD_PLANES

    def is_symbol(code: int) -> bool:
        return any(within(code, span) for span in SYMBOLS)

    def has_wanted_plane(code: int) -> bool:
        return plane.get(code) in wanted_planes or code in always

    def code_points(path: Path) -> set[int]:
        from fontTools.ttLib import TTFont

        return set(TTFont(path, lazy=True).getBestCmap())

    in_kai = code_points(kai)
    in_extension = code_points(extension)
    in_either = in_kai | in_extension
    kai_notice = (
        "Derived (subset, hinting dropped, outlines simplified) from 全字庫正楷體 {}, "
        "(c) 2018 National Development Council 國家發展委員會, "
        "Open Government Data License, version 1.0 (https://data.gov.tw/license)."
    )
    hana_notice = (
        "Derived (subset, outlines simplified) from HanaMin{}, "
        "Copyright 2008-2011 GlyphWiki Project, Hanazono Font License."
    )
    yield Face(
        source=kai,
        target="GongyuKai-Regular.ttf",
        family="Gongyu Kai",
        characters=lambda has: {c for c in has if is_symbol(c) or within(c, UNIFIED)},
        notice=kai_notice.format("TW-Kai"),
    )
    yield Face(
        source=kai,
        target="GongyuKaiExtA-Regular.ttf",
        family="Gongyu Kai Ext A",
        characters=lambda has: {
            c
            for c in has
            if (within(c, EXTENSION_A) and has_wanted_plane(c)) or within(c, COMPATIBILITY)
        },
        notice=kai_notice.format("TW-Kai"),
    )
    yield Face(
        source=extension,
        target="GongyuKaiExtB-Regular.ttf",
        family="Gongyu Kai Ext B",
        characters=lambda has: {c for c in has if c >= 0x20000 and has_wanted_plane(c)},
        notice=kai_notice.format("TW-Kai-Ext-B"),
    )
    yield Face(
        source=fonts / "hanazono/HanaMinA.ttf",
        target="GongyuMing-Regular.ttf",
        family="Gongyu Ming",
        characters=lambda has: {
            c for c in has - in_either if within(c, UNIFIED) or within(c, COMPATIBILITY)
        },
        notice=hana_notice.format("A"),
    )
    yield Face(
        source=fonts / "hanazono/HanaMinB.ttf",
        target="GongyuMingExt-Regular.ttf",
        family="Gongyu Ming Ext",
        characters=lambda has: {
            c for c in has - in_either if within(c, EXTENSION_D) or has_wanted_plane(c)
        },
        notice=hana_notice.format("B"),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all fonts and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/truetype"))
    parser.add_argument(
        "--unihan",
        type=Path,
        default=Path("/usr/share/unicode/Unihan_IRGSources.txt.bz2"),
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(__file__).resolve().parent.parent / "resources" / "fonts",
    )
    chosen = parser.parse_args(arguments)
    total = 0
    for face in faces(fonts=chosen.fonts, database=chosen.unihan):
        count, size = build(face, chosen.output)
        total += size
        print(f"{face.target}: {count} characters, {size / 1e6:.2f} MB", flush=True)
    print(f"total {total / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
