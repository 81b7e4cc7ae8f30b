"""The one registration of printing fonts: which face prints which character.

The first face of the chain that has a character prints it. Only the character tables are read
until a face is needed; the large faces load once, when the first character asks for them.
"""

from __future__ import annotations

import os
import struct
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from forms.coverage import FontFileError, read_coverage
from forms.document import FormError
from forms.tounicode import install

install()

REPLACEMENT = "〓"
"""Printed, where the caller insists, in place of a character that can't be printed."""

DEBIAN_FONTS = Path("/usr/share/fonts/truetype")


@dataclass(frozen=True, kw_only=True)
class FontFile:
    """One face of the chain."""

    name: str
    """Name it is registered under with reportlab."""
    path: Path
    index: int = 0
    """Which face of a ``.ttc`` collection."""


class UnprintableReason(StrEnum):
    """Why a character can't be printed, in words for the clerk."""

    PRIVATE_USE = "造字（私用區字碼），請改用標準字"
    NO_GLYPH = "本機及內附字型皆無此字"
    CONTROL = "看不見的控制字元，請刪除"


@dataclass(frozen=True, kw_only=True)
class Unprintable:
    """A finding: one character of a text that would not come out on paper."""

    character: str
    position: int
    """Index in the text, from 0."""
    reason: UnprintableReason

    @property
    def code(self) -> str:
        """Give the code point as written in tables, such as ``U+E123``."""
        return f"U+{ord(self.character):04X}"


class UnprintableTextError(FormError):
    """A print was asked for that would lose characters."""

    def __init__(self, findings: Sequence[tuple[str, Unprintable]]) -> None:
        """Name the characters and the texts they stand in.

        Args:
            findings: Pairs of a text and one of its unprintable characters.
        """
        self.findings = tuple(findings)
        named = "；".join(
            f"「{text.replace(found.character, REPLACEMENT)}」第 {found.position + 1} 字 "
            f"{found.code}：{found.reason}"
            for text, found in findings[:5]
        )
        more = f"；另有 {len(findings) - 5} 字" if len(findings) > 5 else ""
        super().__init__(f"有 {len(findings)} 個字無法列印，尚未產生文件（{named}{more}）。")


class FontMissingError(FormError):
    """None of the fonts that a print needs is there."""


def font_files(
    *,
    bundled: Path,
    debian: Path = DEBIAN_FONTS,
    environment: Mapping[str, str] = os.environ,
) -> tuple[FontFile, ...]:
    """List the faces in the order they are asked, those of this machine and the bundled ones.

    The Kai face of Windows comes first, then the bundled subset of 全字庫 正楷體, which loads in a
    third of the time of the whole face, then the machine's whole faces for rare names.

    Args:
        bundled: The program's ``resources/fonts``.
        debian: Where Debian's packages put TrueType fonts.
        environment: To find Windows' font folder.
    """
    windows = Path(environment.get("WINDIR", r"C:\Windows")) / "Fonts"
    kai = [windows / "kaiu.ttf"]
    if "LOCALAPPDATA" in environment:
        # Installed for one person only, as people without rights on their machine do.
        kai.append(Path(environment["LOCALAPPDATA"], "Microsoft", "Windows", "Fonts", "kaiu.ttf"))
    chain = (
        *[FontFile(name="GongyuDFKai", path=path) for path in kai if path.is_file()][:1],
        *bundled_kai(bundled),
        FontFile(name="GongyuTWKai", path=debian / "cns11643/TW-Kai-98_1.ttf"),
        FontFile(name="GongyuTWKaiExtB", path=debian / "cns11643/TW-Kai-Ext-B-98_1.ttf"),
        FontFile(name="GongyuTWKaiPlus", path=debian / "cns11643/TW-Kai-Plus-98_1.ttf"),
        *bundled_ming(bundled),
        FontFile(name="GongyuHanaMinA", path=debian / "hanazono/HanaMinA.ttf"),
        FontFile(name="GongyuHanaMinB", path=debian / "hanazono/HanaMinB.ttf"),
        FontFile(name="GongyuBabelStone", path=debian / "babelstone/BabelStoneHan.ttf"),
        FontFile(name="GongyuMingLiUExtB", path=windows / "mingliub.ttc"),
        FontFile(name="GongyuSimSunExtB", path=windows / "simsunb.ttf"),
        FontFile(name="GongyuSimSunExtG", path=windows / "simsunextg.ttf"),
    )
    return tuple(font for font in chain if font.path.is_file())


def bundled_kai(folder: Path) -> tuple[FontFile, ...]:
    """List the subsets of 全字庫 正楷體 that come with the program."""
    return (
        FontFile(name="GongyuKai", path=folder / "GongyuKai-Regular.ttf"),
        FontFile(name="GongyuKaiExtA", path=folder / "GongyuKaiExtA-Regular.ttf"),
        FontFile(name="GongyuKaiExtB", path=folder / "GongyuKaiExtB-Regular.ttf"),
    )


def bundled_ming(folder: Path) -> tuple[FontFile, ...]:
    """List the subsets of 花園明朝 that come with the program, for what has no Kai form."""
    return (
        FontFile(name="GongyuMing", path=folder / "GongyuMing-Regular.ttf"),
        FontFile(name="GongyuMingExt", path=folder / "GongyuMingExt-Regular.ttf"),
    )


class FontChain:
    """Faces in order; answers which one prints a character and how wide it is."""

    def __init__(self, files: Iterable[FontFile]) -> None:
        """Take the faces without opening any of them.

        Raises:
            FontMissingError: There is none.
        """
        self._files = tuple(files)
        if not self._files:
            raise FontMissingError("找不到列印用的字型檔，請重新安裝本程式。")
        self._coverage: dict[str, frozenset[int]] = {}
        self._fonts: dict[str, Any] = {}
        self._face_of: dict[str, str | None] = {}
        self._width_of: dict[str, float] = {}

    @classmethod
    def bundled(cls, folder: Path) -> FontChain:
        """Use only the faces that come with the program: the same bytes on every machine."""
        return cls(f for f in (*bundled_kai(folder), *bundled_ming(folder)) if f.path.is_file())

    @classmethod
    def of_this_machine(cls, folder: Path) -> FontChain:
        """Use the machine's 標楷體 or 全字庫 where present, else the bundled faces.

        Args:
            folder: The program's ``resources/fonts``.
        """
        return cls(font_files(bundled=folder))

    @property
    def files(self) -> tuple[FontFile, ...]:
        """The faces in the order they are asked."""
        return self._files

    @property
    def first(self) -> str:
        """Name of the first face, loaded: the one a document starts with."""
        return self._load(self._files[0]).fontName  # type: ignore[no-any-return]

    @property
    def loaded(self) -> tuple[str, ...]:
        """Names of the faces loaded so far."""
        return tuple(self._fonts)

    def face_of(self, character: str) -> str | None:
        """Name the face that prints a character; None if none may or can."""
        if character not in self._face_of:
            self._face_of[character] = self._find(character)
        return self._face_of[character]

    def width_of(self, character: str) -> float:
        """Give the width of a character in em; 1 for one that no face has."""
        width = self._width_of.get(character)
        if width is None:
            name = self.face_of(character)
            width = 1.0 if name is None else self._fonts[name].face.getCharWidth(ord(character))
            if name is not None:
                width /= 1000
            self._width_of[character] = width
        return width

    def runs(self, text: str) -> list[tuple[str, str]]:
        """Cut a printable text into (face, part) where the face changes."""
        return [
            (name or self.first, "".join(part)) for name, part in groupby(text, key=self.face_of)
        ]

    def unprintable(self, text: str) -> tuple[Unprintable, ...]:
        """List the characters of a text that no face can or private use must not print."""
        return tuple(
            Unprintable(character=character, position=position, reason=reason(character))
            for position, character in enumerate(text)
            if character != "\n" and self.face_of(character) is None
        )

    def checked(self, texts: Iterable[str]) -> None:
        """Make sure that everything can be printed.

        Raises:
            UnprintableTextError: Something can't; names the texts and characters.
        """
        findings = [
            (text, found) for text in dict.fromkeys(texts) for found in self.unprintable(text)
        ]
        if findings:
            raise UnprintableTextError(findings)

    def replaced(self, text: str) -> str:
        """Put the visible replacement in place of every unprintable character."""
        return "".join(c if c == "\n" or self.face_of(c) is not None else REPLACEMENT for c in text)

    def _find(self, character: str) -> str | None:
        if is_private_use(character) or is_control(character):
            return None
        for file in self._files:
            if ord(character) in self._covered(file):
                self._load(file)
                return file.name
        return None

    def _covered(self, file: FontFile) -> frozenset[int]:
        if file.name not in self._coverage:
            try:
                self._coverage[file.name] = read_coverage(file.path, index=file.index)
            except (OSError, FontFileError) as error:
                raise FontMissingError(
                    f"字型檔「{file.path.name}」無法讀取（{error}），"
                    "尚未產生文件，請修復字型或重新安裝本程式。"
                ) from error
        return self._coverage[file.name]

    def _load(self, file: FontFile) -> Any:
        if file.name not in self._fonts:
            self._fonts[file.name] = _registered(file)
        return self._fonts[file.name]


_REGISTERED: dict[FontFile, Any] = {}
_REGISTERING = threading.Lock()


def _registered(file: FontFile) -> Any:
    """Load a face and register it with reportlab, once for the program and all its threads."""
    with _REGISTERING:
        if file not in _REGISTERED:
            try:
                font = TTFont(
                    file.name, str(file.path), subfontIndex=file.index, asciiReadable=False
                )
            except (OSError, TTFError) as error:
                raise FontMissingError(
                    f"字型檔「{file.path.name}」無法載入（{error}），"
                    "尚未產生文件，請修復字型或重新安裝本程式。"
                ) from error
            _repair_advances(font.face)
            pdfmetrics.registerFont(font)
            _REGISTERED[file] = font
        return _REGISTERED[file]


def _repair_advances(face: Any) -> None:
    """Put right the advance widths of the characters that share the last one in the file.

    reportlab keeps them in thousandths of an em among others in the font's own units, and writes
    them so into the subset; then the font and the file's table of widths contradict each other.
    """
    (full,) = struct.unpack(">H", face.get_table("hhea")[34:36])
    advance = face.hmetrics[full - 1][0]
    face.hmetrics[full:] = [(advance, bearing) for _, bearing in face.hmetrics[full:]]


def is_private_use(character: str) -> bool:
    """Tell whether a code point means different characters on different machines (造字)."""
    return unicodedata.category(character) == "Co"


def is_control(character: str) -> bool:
    """Tell whether a character is invisible by nature: control, format, surrogate, selector."""
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Cs")
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def reason(character: str) -> UnprintableReason:
    """Say why a character can't be printed."""
    if is_private_use(character):
        return UnprintableReason.PRIVATE_USE
    if is_control(character):
        return UnprintableReason.CONTROL
    return UnprintableReason.NO_GLYPH
