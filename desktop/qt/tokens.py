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
        colours: Name to (light, dark); a verdict's ground is ``verdict.fail.ground``.
        sizes: Logical px at 96 dpi.
        types: The type scale by name.
        words: The words of the verdicts, by ``pass``, ``review`` …
        icons: Their icons.
        fonts_windows, fonts_elsewhere: Faces to ask for, best first.
    """

    colours: Mapping[str, tuple[str, str]]
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
    colours: dict[str, tuple[str, str]] = {}
    words: dict[str, str] = {}
    icons: dict[str, str] = {}
    for group in ("surface", "line", "text", "accent", "verdict", "timeline", "attendance"):
        for name, token in data[group].items():
            if "light" in token:
                colours[f"{group}.{name}"] = (token["light"], token["dark"])
            if "ground_light" in token:
                colours[f"{group}.{name}.ground"] = (token["ground_light"], token["ground_dark"])
            if "word" in token:
                words[name] = token["word"]
                icons[name] = token["icon"]
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
    """The colours in force: light or dark."""

    is_dark: bool = False

    def hex(self, name: str) -> str:
        """One colour as ``#RRGGBB``.

        Raises:
            KeyError: When the tokens have no such colour.
        """
        return tokens().colours[name][1 if self.is_dark else 0]

    def colour(self, name: str) -> QColor:
        """One colour for painting.

        Raises:
            KeyError: When the tokens have no such colour.
        """
        return QColor(self.hex(name))
