"""The check stamp's four forms, against the drawings: every character, ring and line in place."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reportlab.pdfgen.canvas import Canvas

from forms.fonts import FontChain
from forms.sheet import Sheet
from forms.stamp import (
    CheckStamp,
    CheckStampDrawing,
    RoundStampDrawing,
    StampShape,
    draw_check_stamp,
)
from forms.textfit import POINT, TextFitter
from tests.unit.forms.conftest import SAMPLES, ReadPage, read_pages

SVG = "{http://www.w3.org/2000/svg}"
STAMP = CheckStamp(
    agency="高雄市港濱區公所人事室",
    is_passed=True,
    clerk="游珏羣",
    day=dt.date(2025, 5, 2),
    number="KH-114-000123",
)
X, Y = 50.0, 60.0


def drawn(chain: FontChain, stamp: CheckStamp, **place: float) -> ReadPage:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(210 / POINT, 297 / POINT), initialFontName=chain.first)
    sheet = Sheet(canvas, chain, TextFitter(chain), 297)
    if place:
        draw_check_stamp(sheet, stamp, x=X, y=Y, **place)
    else:
        drawing = RoundStampDrawing() if stamp.is_round else CheckStampDrawing()
        drawing.draw(sheet, stamp, x=X, y=Y)
    canvas.showPage()
    canvas.save()
    (page,) = read_pages(buffer.getvalue())
    return page


def characters_of(svg: Path) -> list[tuple[str, float, float]]:
    """Each character of the drawing with the middle of its baseline, in millimetres."""
    found = []

    def walk(element: ElementTree.Element, turn: float) -> None:
        turned = re.match(r"rotate\((-?[\d.]+)", element.get("transform", ""))
        turn = turn + (float(turned[1]) if turned else 0.0)
        if element.tag == f"{SVG}text":
            x, y = float(element.get("x", 0)), float(element.get("y", 0))
            angle = math.radians(turn)
            from_middle = (x - 18, y - 18)
            if turn:
                x = 18 + from_middle[0] * math.cos(angle) - from_middle[1] * math.sin(angle)
                y = 18 + from_middle[0] * math.sin(angle) + from_middle[1] * math.cos(angle)
            found.append((element.text or "", x, y))
        for child in element:
            walk(child, turn)

    walk(ElementTree.parse(svg).getroot(), 0.0)
    return found


@pytest.mark.parametrize("is_passed", [True, False])
def test_round_stamp_has_every_character_where_the_drawing_has_it(
    chain: FontChain, is_passed: bool
) -> None:
    name = "pass" if is_passed else "fail"
    page = drawn(chain, replace(STAMP, is_passed=is_passed, shape=StampShape.ROUND))
    wanted = characters_of(SAMPLES / f"stamp_round_{name}.svg")
    single = [(text, x, y) for text, x, y in wanted if len(text) == 1]
    assert len(single) == 11 + 13
    for text, x, y in single:
        nearest = min(
            (
                math.hypot((c.left + c.right) / 2 - X - x, (c.top + c.bottom) / 2 - Y - y)
                for c in page.characters
                if c.text == text
            ),
            default=99.0,
        )
        # The middle of a character stands about a third of its height off its baseline.
        assert nearest < 1.6, text
    words = "".join(c.text for c in page.characters)
    for text, *_ in wanted:
        assert all(sign in words for sign in text.replace(" ", ""))


@pytest.mark.parametrize("is_passed", [True, False])
def test_rectangle_says_what_the_drawing_says(chain: FontChain, is_passed: bool) -> None:
    name = "pass" if is_passed else "fail"
    page = drawn(chain, replace(STAMP, is_passed=is_passed))
    for text, _, y in characters_of(SAMPLES / f"stamp_rect_{name}.svg"):
        sign = text.replace(" ", "")[-1]
        assert any(c.text == sign and abs(c.bottom - Y - y) < 1.2 for c in page.characters), text


def test_round_stamp_stays_within_its_rings_also_when_it_is_smaller(chain: FontChain) -> None:
    stamp = replace(STAMP, agency="高雄市政府港濱區公所人事室", shape=StampShape.ROUND)
    page = drawn(chain, stamp, height=25.0)
    middle = (X + 20, Y + 12.5)
    for c in page.characters:
        far = math.hypot((c.left + c.right) / 2 - middle[0], (c.top + c.bottom) / 2 - middle[1])
        assert far < 12.5 * 16.7 / 18
    rings = [s for s in page.shapes if abs((s.right - s.left) - (s.bottom - s.top)) < 0.2]
    assert max(s.right - s.left for s in rings) == pytest.approx(
        (2 * 17.6 + 2 * 0.8) * 25 / 36, abs=0.05
    )


def test_agency_too_long_for_the_arc_has_the_rectangle(chain: FontChain) -> None:
    stamp = replace(STAMP, agency="高雄市政府港濱區公所秘書人事室", shape=StampShape.ROUND)
    assert len(stamp.agency) == 15
    assert not stamp.is_round
    page = drawn(chain, stamp, height=25.0)
    assert all(c.top >= Y + 1.5 for c in page.characters)
    widest = max(s.right - s.left for s in page.shapes)
    # Bounds are those of the line and a pen's width on either side.
    assert widest == pytest.approx(39.2 + 2 * 0.8, abs=0.05)
