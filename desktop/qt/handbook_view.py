"""Shows a chapter of the handbook: the design's look, pictures as wide as there is room for."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from desktop.qt.theme import look, ui_font
from desktop.qt.tokens import tokens
from desktop.services.handbook import HANDBOOK

SHEET_FILE = Path(__file__).with_name("handbook.css")
_MARGIN = 24
_HEADING = re.compile(r'<(h[1-3]|dt|p|li|tr) id="([^"]+)">(.*?)</\1>', re.DOTALL)
_KEY = re.compile(r"<kbd>(.*?)</kbd>")
_CHIP = re.compile(r'<b class="(pass|review|fail|info)">(.*?)</b>')


class HandbookView(QTextBrowser):
    """One chapter at a time, with a history of its own.

    Attributes:
        place_changed: Another chapter or section is shown, as ``chapter#section``.
    """

    place_changed = Signal(str)

    def __init__(self, *, folder: Path = HANDBOOK) -> None:
        super().__init__()
        self._folder = folder
        self.setObjectName("handbook")
        self.setAccessibleName("手冊內容")
        self.setOpenExternalLinks(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFont(ui_font("body"))
        self.document().setDocumentMargin(_MARGIN)
        self._dress()
        self.sourceChanged.connect(lambda url: self.place_changed.emit(self._place_of(url)))

    # ------------------------------------------------------------------ moving
    def open_place(self, place: str) -> None:
        """Show a place, ``chapter`` or ``chapter#section``."""
        chapter, _, anchor = place.partition("#")
        url = QUrl.fromLocalFile(str(self._folder / f"{chapter}.html"))
        if anchor:
            url.setFragment(anchor)
        self.setSource(url)

    @property
    def place(self) -> str:
        """What is shown."""
        return self._place_of(self.source())

    @staticmethod
    def _place_of(url: QUrl) -> str:
        name = url.fileName().removesuffix(".html")
        return f"{name}#{url.fragment()}" if url.fragment() else name

    # ------------------------------------------------------------------- drawing
    def retint(self) -> None:
        """Draw the chapter anew in the look in force."""
        self._dress()
        at = self.verticalScrollBar().value()
        self.reload()
        self.verticalScrollBar().setValue(at)

    def _dress(self) -> None:
        known = tokens()
        values = {name.replace(".", "_"): look().hex(name) for name in known.colours}
        values |= {f"pt_{step}": str(scale.points) for step, scale in known.types.items()}
        sheet = Template(SHEET_FILE.read_text(encoding="utf-8")).substitute(values)
        self.document().setDefaultStyleSheet(sheet)

    def loadResource(self, kind: int, name: QUrl) -> object:
        """A chapter as Qt's rich text understands it; a picture no wider than the page."""
        path = Path(self.source().resolved(name).toLocalFile())
        if kind == QTextDocument.ResourceType.HtmlResource and path.is_file():
            return drawn(path.read_text(encoding="utf-8"))
        if kind == QTextDocument.ResourceType.ImageResource and path.is_file():
            return self._picture(path)
        return super().loadResource(kind, name)

    def _picture(self, path: Path) -> QImage:
        image = QImage(str(path))
        ratio = self.devicePixelRatioF()
        room = max(self.viewport().width() - 2 * _MARGIN - 24, 240)
        if image.width() > room * ratio:
            wanted = QSize(round(room * ratio), image.height())
            image = image.scaled(
                wanted,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            image.setDevicePixelRatio(ratio)
        return image


def drawn(html: str) -> str:
    """A chapter's HTML with anchors, keys and chips in the words of Qt's rich text.

    Args:
        html: As the file has it.
    """
    html = _HEADING.sub(r'<\1><a name="\2"></a>\3</\1>', html)
    html = html.replace("<p><img", '<p class="picture"><img')  # its line is as high as itself
    html = _KEY.sub(r'<span class="key">&nbsp;\1&nbsp;</span>', html)
    return _CHIP.sub(r'<span class="\1">\2</span>', html)
