from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

import desktop.qt
from desktop.qt.icons import ICON_FOLDER, pixmap
from desktop.qt.theme import SchemeChoice, look, palette_of, sheet_of
from desktop.qt.tokens import Look, size, tokens

SOURCES = sorted(Path(desktop.qt.__file__).parent.rglob("*.*ss")) + sorted(
    Path(desktop.qt.__file__).parent.rglob("*.py")
)
LITERAL = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|QColor\(\s*\d|\brgba?\(")
ICON = re.compile(r'"([a-z0-9_]+_(?:12|16|20)_(?:regular|filled))"')


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_colour_is_written_in_code(path):
    assert LITERAL.findall(path.read_text(encoding="utf-8")) == []


def test_every_icon_named_in_code_is_there():
    named = {
        name for path in SOURCES for name in ICON.findall(path.read_text(encoding="utf-8"))
    } | set(tokens().icons.values())
    assert {name for name in named if not (ICON_FOLDER / f"{name}.svg").is_file()} == set()
    assert len(named) > 20


def test_no_icon_lies_about_unused():
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    used = {
        path.stem
        for path in ICON_FOLDER.glob("*.svg")
        if path.stem in text
        or path.stem in tokens().icons.values()
        or re.sub(r"_20_(regular|filled)$", "", path.stem) in text
    }
    assert {path.stem for path in ICON_FOLDER.glob("*.svg")} - used == set()


@pytest.mark.parametrize(
    ("name", "light", "dark"),
    [
        ("surface.card", "#FFFFFF", "#24282C"),
        ("verdict.fail", "#AE1F1A", "#FF9D95"),
        ("verdict.fail.ground", "#FBE5E3", "#4B201E"),
        ("attendance.overtime", "#A64B05", "#F2A765"),
    ],
)
def test_colour_follows_the_look(name, light, dark):
    assert (Look(False).hex(name), Look(True).hex(name)) == (light, dark)


def test_unknown_colour_is_an_error():
    with pytest.raises(KeyError):
        Look().hex("verdict.maybe")


def test_sizes_are_those_of_the_design():
    assert (size("rail_width"), size("row_table"), size("plan_bar")) == (72, 24, 48)


@pytest.mark.parametrize("is_dark", [False, True])
def test_sheet_is_filled_in_completely(tmp_path, is_dark):
    sheet = sheet_of(Look(is_dark), tmp_path)
    assert "$" not in sheet
    assert Look(is_dark).hex("accent.base") in sheet


def test_palette_uses_the_tokens():
    palette = palette_of(Look(True))
    assert palette.color(palette.ColorRole.Base) == QColor(Look(True).hex("surface.card"))


def test_icon_is_tinted():
    colour = Look().hex("verdict.fail")
    image = pixmap("dismiss_circle_16_filled", colour, 16).toImage()
    assert image.pixelColor(3, 8).name().upper() == colour


def test_setting_forces_a_look_and_painters_are_told(qtbot, theme):
    try:
        with qtbot.waitSignal(theme.changed):
            theme.choose(SchemeChoice.DARK)
        assert look().is_dark
    finally:
        theme.choose(SchemeChoice.LIGHT)
    assert not look().is_dark
