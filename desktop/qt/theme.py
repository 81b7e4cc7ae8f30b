"""The look: Fusion, a palette and one sheet made from the tokens, following the system."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.qt.icons import tinted_svg
from desktop.qt.tokens import Look, tokens

SHEET_FILE = Path(__file__).with_name("theme.qss")


class SchemeChoice(StrEnum):
    """What the setting may say about light, dark and high contrast."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @classmethod
    def of(cls, kept: object) -> SchemeChoice:
        """The choice as it was kept; the system's for anything unknown."""
        return next((one for one in cls if one.value == kept), cls.SYSTEM)


TEXT_PERCENTS = (100, 110, 125, 150, 175, 200)
"""Sizes of text that can be chosen, of the system's own."""


class Theme(QObject):
    """Keeps application, palette and sheet in one look; tells painters when it changes.

    Attributes:
        changed: The look is another one; who keeps icons makes them anew.
        text_changed: The text is larger or smaller than before, and already so everywhere.
    """

    changed = Signal()
    text_changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = SchemeChoice.SYSTEM
        self._look = Look()
        self._folder = QTemporaryDir()
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(ui_font("body"))
        # Both are kept: the binding ends the second one together with the first.
        self._hints = application.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._accessibility.contrastPreferenceChanged.connect(self._follow)
        self._put_on(self._wanted())

    @property
    def look(self) -> Look:
        """The colours in force."""
        return self._look

    @property
    def choice(self) -> SchemeChoice:
        """What was chosen."""
        return self._choice

    @property
    def text_percent(self) -> int:
        """How large the text is, of the system's own."""
        return round(_text_scale * 100)

    def choose(self, choice: SchemeChoice) -> None:
        """Follow the system, or force light, dark or high contrast."""
        self._choice = choice
        self._follow()

    def choose_text(self, percent: int) -> None:
        """Make every text larger than the system's own.

        Args:
            percent: 100 for the system's own size; kept between 100 and 200.
        """
        global _text_scale
        scale = min(max(percent, TEXT_PERCENTS[0]), TEXT_PERCENTS[-1]) / 100
        if scale == _text_scale:
            return
        _text_scale = scale
        for made in (_font, ui_metrics, line_height, fitted):
            made.cache_clear()
        self._application.setFont(ui_font("body"))
        self._put_on(self._look)
        self.changed.emit()
        self.text_changed.emit()

    @contextmanager
    def bare(self) -> Iterator[None]:
        """Build a window without the sheet, and put it on once at the end.

        Under a sheet Qt styles each widget that joins another anew with everything inside it, at
        every level: most of the time of a window that is being built. Where another window is in
        sight the sheet stays on, since that one would be styled anew as well.
        """
        if any(widget.isVisible() for widget in self._application.topLevelWidgets()):
            yield
            return
        sheet = self._application.styleSheet()
        # Qt knows by this mark that it hears of a widget's end. Taking the sheet off ends what
        # hears and the marks of widgets that were seen; of one that was made and not yet seen (a
        # menu, a dialog) Qt would not hear, and style it after its end: the program crashed when
        # the colours were changed after a window had been closed.
        for widget in self._application.allWidgets():
            if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                widget.setAttribute(Qt.WidgetAttribute.WA_StyleSheet, False)
        self._application.setStyleSheet("")
        try:
            yield
        finally:
            if not self._application.styleSheet():  # else another look was chosen meanwhile
                self._application.setStyleSheet(sheet)

    def _system_is_dark(self) -> bool:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _system_wants_contrast(self) -> bool:
        preference = self._accessibility.contrastPreference()
        return preference == Qt.ContrastPreference.HighContrast

    def _wanted(self) -> Look:
        if self._choice is SchemeChoice.SYSTEM:
            return Look(self._system_is_dark(), self._system_wants_contrast())
        if self._choice is SchemeChoice.CONTRAST:
            return Look(self._system_is_dark(), is_contrast=True)
        return Look(self._choice is SchemeChoice.DARK)

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self._look:
            self._put_on(wanted)
            self.changed.emit()

    def _put_on(self, look: Look) -> None:
        global _current
        self._look = look
        _current = look
        self._application.setPalette(palette_of(look))
        self._application.setStyleSheet(sheet_of(look, Path(self._folder.path())))


_current = Look()
_text_scale = 1.0


def look() -> Look:
    """The look in force, for painters; light before a theme exists."""
    return _current


def ui_font(step: str) -> QFont:
    """The interface's font at one step of the type scale, the caller's own copy.

    Args:
        step: ``caption``, ``body``, ``strong``, ``subtitle``, ``title`` or ``figure``.
    """
    return QFont(_font(step))


@cache
def ui_metrics(step: str) -> QFontMetricsF:
    """Measures of that font; made once, since every cell that is painted asks."""
    return QFontMetricsF(_font(step))


@cache
def line_height(step: str) -> float:
    """How high a line is at one step of the type scale, in logical px."""
    return ui_metrics(step).height()


@lru_cache(maxsize=8192)
def fitted(step: str, text: str, room: float) -> tuple[str, float]:
    """A line cut with an ellipsis where it is too long, and how wide it is then.

    Kept, since shaping Chinese words is most of what painting a table takes and each row is painted
    many times: at every hover, every step of scrolling.

    Args:
        step: Of the type scale.
        text: The words.
        room: Logical px there are.
    """
    metrics = ui_metrics(step)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
    return shown, min(metrics.horizontalAdvance(shown), room)


@cache
def _font(step: str) -> QFont:
    known = tokens()
    wanted = known.fonts_windows if sys.platform == "win32" else known.fonts_elsewhere
    installed = frozenset(QFontDatabase.families())
    families = [name for name in wanted if name in installed] or list(wanted)
    font = QFont(families)
    scale = known.types[step]
    font.setPointSizeF(scale.points * text_factor())
    font.setWeight(QFont.Weight(scale.weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


_system_points: float | None = None


def text_factor() -> float:
    """How many times larger than usual the text is: the system's and what was chosen."""
    return _system_text_factor() * _text_scale


def _system_text_factor() -> float:
    """How much larger than usual the system's own text is (Windows: 文字大小), never below 1."""
    global _system_points
    if _system_points is None:
        usual = 9.0
        _system_points = (
            max(
                1.0,
                QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF() / usual,
            )
            if sys.platform == "win32"
            else 1.0
        )
    return _system_points


def palette_of(look: Look) -> QPalette:
    """The palette that Fusion paints with."""
    palette = QPalette()
    role = QPalette.ColorRole
    for roles, name in (
        ((role.Window,), "surface.window"),
        ((role.Base,), "surface.card"),
        ((role.AlternateBase,), "surface.head"),
        ((role.Button,), "surface.button"),
        ((role.Text, role.WindowText, role.ButtonText), "text.primary"),
        ((role.HighlightedText,), "text.primary"),
        ((role.Highlight,), "surface.row_selected"),
        ((role.Accent,), "accent.base"),
        ((role.Link, role.LinkVisited), "text.link"),
        ((role.PlaceholderText,), "text.placeholder"),
        ((role.ToolTipBase,), "surface.tooltip"),
        ((role.Light, role.Midlight), "line.subtle"),
        ((role.Mid,), "line.normal"),
        ((role.Dark, role.Shadow), "line.control"),
    ):
        for one in roles:
            palette.setColor(one, look.colour(name))
    palette.setColor(role.ToolTipText, QColor(Qt.GlobalColor.white))
    for one in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, look.colour("text.disabled"))
    return palette


def sheet_of(look: Look, folder: Path) -> str:
    """The one style sheet, its colours and sizes filled in.

    Args:
        look: Light or dark.
        folder: Where the few tinted drawings that a sheet can only name by file are put.
    """
    known = tokens()
    values = {name.replace(".", "_"): look.hex(name) for name in known.colours}
    values |= {name: str(value) for name, value in known.sizes.items()}
    for name, icon, colour in (
        ("image_down", "chevron_down_12_regular", "text.primary"),
        ("image_down_off", "chevron_down_12_regular", "text.disabled"),
        ("image_check", "checkmark_12_filled", "accent.on"),
        ("image_part", "subtract_12_filled", "accent.on"),
    ):
        drawing = folder / f"{name}_{look.name}.svg"
        drawing.write_bytes(tinted_svg(icon, look.hex(colour)))
        values[name] = drawing.as_posix()
    upwards = folder / f"image_up_{look.name}.svg"
    down = tinted_svg("chevron_down_12_regular", look.hex("text.primary"))
    upwards.write_bytes(down.replace(b"<path ", b'<path transform="rotate(180 6 6)" '))
    values["image_up"] = upwards.as_posix()
    edge = look.hex("line.control") if look.is_contrast else look.hex("surface.tooltip")
    values["accent_off"] = look.hex("surface.head" if look.is_contrast else "line.normal")
    # In high contrast the focus has the accent's own colour or one too near: the ring lies inside.
    inside, outside = look.hex("accent.on"), look.hex("accent.focus")
    values["accent_edge"] = look.hex("accent.base") if look.is_contrast else inside
    values["accent_ring"] = inside if look.is_contrast else outside
    values["edge_tooltip"] = f"1px solid {edge}"
    for step, scale in known.types.items():
        values[f"pt_{step}"] = f"{scale.points * text_factor():g}"
        values[f"weight_{step}"] = str(scale.weight)
    return Template(SHEET_FILE.read_text(encoding="utf-8")).substitute(values)
