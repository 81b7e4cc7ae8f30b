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


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


SURFACES = ("window", "rail", "card", "head", "field", "button", "row_hover", "row_selected")


@pytest.mark.parametrize("is_dark", [False, True])
def test_high_contrast_keeps_its_ratios(is_dark):
    colours = Look(is_dark, is_contrast=True)
    grounds = [colours.hex(f"surface.{name}") for name in SURFACES]
    read = [f"text.{name}" for name in ("primary", "secondary", "placeholder", "link")]
    read += [f"verdict.{name}" for name in tokens().words]
    read += [f"attendance.{name}" for name in ("overtime", "official_leave", "on_call")]
    for name in read:
        assert min(ratio(colours.hex(name), ground) for ground in grounds) >= 7.0, name
    for name in ("line.control", "accent.base", "accent.focus"):
        assert min(ratio(colours.hex(name), ground) for ground in grounds) >= 4.5, name
    assert ratio(colours.hex("text.primary"), colours.hex("timeline.duty")) >= 7.0
    assert ratio(colours.hex("accent.on"), colours.hex("accent.base")) >= 7.0


def test_every_colour_has_one_of_high_contrast():
    assert {len(four) for four in tokens().colours.values()} == {4}
    assert all(re.fullmatch("#[0-9A-F]{6}", c) for four in tokens().colours.values() for c in four)


def test_unknown_colour_is_an_error():
    with pytest.raises(KeyError):
        Look().hex("verdict.maybe")


def test_sizes_are_those_of_the_design():
    assert (size("rail_width"), size("row_table"), size("plan_bar")) == (72, 24, 48)


@pytest.mark.parametrize(
    "colours", [Look(False), Look(True), Look(False, is_contrast=True), Look(True, True)]
)
def test_sheet_is_filled_in_completely(tmp_path, colours):
    sheet = sheet_of(colours, tmp_path)
    assert "$" not in sheet
    assert colours.hex("accent.base") in sheet


def test_palette_uses_the_tokens():
    palette = palette_of(Look(True))
    assert palette.color(palette.ColorRole.Base) == QColor(Look(True).hex("surface.card"))


def test_icon_is_tinted(qapp):
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


@pytest.mark.parametrize("is_dark", [False, True])
def test_proposed_act_shows_the_keyboard_in_high_contrast(is_dark, tmp_path):
    one = Look(is_dark, is_contrast=True)
    (rule,) = re.findall(r'accent="true"\]:focus \{([^}]*)\}', sheet_of(one, tmp_path))
    ring = QColor(re.search(r"outline: 2px solid (#\w+)", rule)[1])
    assert ratio(ring.name(), one.hex("accent.base")) >= 7


def test_high_contrast_of_the_system_is_followed_and_a_choice_goes_before_it(theme, monkeypatch):
    monkeypatch.setattr(theme, "_system_wants_contrast", lambda: True)
    try:
        theme.choose(SchemeChoice.SYSTEM)
        assert look().is_contrast
        theme.choose(SchemeChoice.DARK)
        assert look() == Look(is_dark=True)
        theme.choose(SchemeChoice.CONTRAST)
        assert look().is_contrast
    finally:
        theme.choose(SchemeChoice.LIGHT)
    assert not look().is_contrast


def test_unknown_choice_kept_is_the_systems():
    assert SchemeChoice.of("dark") is SchemeChoice.DARK
    assert SchemeChoice.of("mauve") is SchemeChoice.of(None) is SchemeChoice.SYSTEM
