"""Names from every block of Han characters: printed run by run, read back as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from forms.application114 import Application114Form
from forms.fonts import FontChain, FontFile, UnprintableReason, bundled_kai, font_files

FONTS = Path(__file__).resolve().parents[3] / "resources" / "fonts"
BLOCKS = {
    "A": "䶳䶵㛢𤧟",
    "B": "𪛉𪛕𠮷𡘙𪚥",
    "C": "𫜎𫜖𫝀",
    "D": "𫠙𫠝",
    "E": "𬹱𬺞",
    "F": "𭈻𮠺",
}
EXTENSION_G = "\U00030000\U0003106c"


@pytest.mark.parametrize("block", BLOCKS)
def test_name_of_an_extension_prints_and_reads_back(chain, application, pages, block) -> None:
    name = f"王{BLOCKS[block]}明"
    (page,) = pages(Application114Form(chain).render([application(name=name)]))
    assert name in page.words


@pytest.mark.parametrize("text", ["e 等公務園⁺學習平臺", "Ⅱ、Ⅲ", "ＡＢＣ１２３（全形）", "①㈠％"])
def test_signs_print_as_written_and_are_never_folded(chain, application, pages, text) -> None:
    (page,) = pages(Application114Form(chain).render([application(unit=text)]))
    assert "".join(text.split()) in page.words


def face_of(path: Path, characters: str) -> FontFile:
    """A small face with a box for each of the characters."""
    pen = TTGlyphPen(None)
    for move, point in (("moveTo", (100, 0)), ("lineTo", (100, 800)), ("lineTo", (900, 800))):
        getattr(pen, move)(point)
    pen.closePath()
    names = [".notdef", *(f"g{index}" for index in range(len(characters)))]
    builder = FontBuilder(1024, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, characters), names[1:], strict=True)))
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1024, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Extension", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return FontFile(name="TestExtensionG", path=path)


def test_extension_g_is_taken_from_the_machine_where_it_has_a_face(
    tmp_path, application, pages
) -> None:
    chain = FontChain([*bundled_kai(FONTS), face_of(tmp_path / "g.ttf", EXTENSION_G)])
    name = f"王{EXTENSION_G}明"
    assert chain.runs(name) == [
        ("GongyuKai", "王"),
        ("TestExtensionG", EXTENSION_G),
        ("GongyuKai", "明"),
    ]
    (page,) = pages(Application114Form(chain).render([application(name=name)]))
    assert name in page.words


def test_extension_g_without_a_face_is_named_before_printing(chain) -> None:
    found = chain.unprintable(f"王{EXTENSION_G}")
    assert [finding.reason for finding in found] == [UnprintableReason.NO_GLYPH] * 2


def test_faces_for_extension_g_are_looked_for_on_windows_and_debian(tmp_path) -> None:
    windows, debian = tmp_path / "Fonts", tmp_path / "babelstone"
    for path in (windows / "simsunextg.ttf", debian / "BabelStoneHan.ttf"):
        path.parent.mkdir()
        path.write_bytes(b"")
    files = font_files(bundled=FONTS, debian=tmp_path, environment={"WINDIR": str(tmp_path)})
    assert [file.path.name for file in files[-2:]] == ["BabelStoneHan.ttf", "simsunextg.ttf"]
