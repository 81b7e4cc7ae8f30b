"""The design's tokens: the only place that knows a colour or a size."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TOKENS_FILE = RESOURCES / "design" / "tokens.toml"


@dataclass(frozen=True, slots=True)
class TypeStep:
    """One step of the type scale: points, weight and line height in px."""

    points: int
    weight: int
    line_px: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every token, read once.

    Attributes:
        colours: Name to (light, dark, the same two of high contrast); a verdict's ground is
            ``verdict.fail.ground``.
        sizes: Logical px at 96 dpi.
        types: The type scale by name.
        words: The words of the verdicts, by ``pass``, ``review`` …
        icons: Their icons.
        fonts_windows, fonts_elsewhere: Faces to ask for, best first.
    """

    colours: Mapping[str, tuple[str, str, str, str]]
    sizes: Mapping[str, int]
    types: Mapping[str, TypeStep]
    words: Mapping[str, str]
    icons: Mapping[str, str]
    fonts_windows: tuple[str, ...]
    fonts_elsewhere: tuple[str, ...]


def parse_tokens(text: str) -> Tokens:
    """Read the tokens out of TOML text.

    Raises:
        KeyError: When a group that the window needs is missing.
        tomllib.TOMLDecodeError: When the text is not TOML.
    """
    data: dict[str, Any] = tomllib.loads(text)
    pairs: dict[str, tuple[str, str]] = {}
    words: dict[str, str] = {}
    icons: dict[str, str] = {}
    for group in ("surface", "line", "text", "accent", "verdict", "timeline", "attendance"):
        for name, token in data[group].items():
            if "light" in token:
                pairs[f"{group}.{name}"] = (token["light"], token["dark"])
            if "ground_light" in token:
                pairs[f"{group}.{name}.ground"] = (token["ground_light"], token["ground_dark"])
            if "word" in token:
                words[name] = token["word"]
                icons[name] = token["icon"]
    strong = data["contrast"]
    colours = {
        name: (*pair, _contrast(strong["light"], name), _contrast(strong["dark"], name))
        for name, pair in pairs.items()
    }
    types = {
        name: TypeStep(step["pt"], step["weight"], step["line_px"])
        for name, step in data["type"].items()
    }
    sizes = {name: value for name, value in data["size"].items() if isinstance(value, int)}
    meta = data["meta"]
    return Tokens(
        colours,
        sizes,
        types,
        words,
        icons,
        tuple(meta["ui_font_windows"]),
        tuple(meta["ui_font_elsewhere"]),
    )


def _contrast(table: Mapping[str, str], name: str) -> str:
    """The high-contrast colour of a name: its own, else its group's."""
    return table.get(name) or table[f"{name.partition('.')[0]}.*"]


@cache
def tokens() -> Tokens:
    """The tokens of the installed program."""
    return parse_tokens(TOKENS_FILE.read_text(encoding="utf-8"))


def size(name: str) -> int:
    """One size in logical px.

    Raises:
        KeyError: When the tokens have no such size.
    """
    return tokens().sizes[name]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours in force: light or dark, and whether of high contrast."""

    is_dark: bool = False
    is_contrast: bool = False

    @property
    def name(self) -> str:
        """For names of files made for one look."""
        return ("contrast_" if self.is_contrast else "") + ("dark" if self.is_dark else "light")

    def hex(self, name: str) -> str:
        """One colour as ``#RRGGBB``.

        Raises:
            KeyError: When the tokens have no such colour.
        """
        return tokens().colours[name][2 * self.is_contrast + self.is_dark]

    def colour(self, name: str) -> QColor:
        """One colour for painting.

        Raises:
            KeyError: When the tokens have no such colour.
        """
        return QColor(self.hex(name))
