"""The small parts of an ODS package: manifest, properties, view settings (frozen headings)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from desktop.exports.cell_text import cell_text
from desktop.exports.layout import SheetLayout
from desktop.exports.table_model import WorkbookContent

XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    (
        *(
            f'xmlns:{name}="{_OASIS}{path}:1.0"'
            for name, path in (
                ("office", "office"),
                ("style", "style"),
                ("text", "text"),
                ("table", "table"),
                ("number", "datastyle"),
                ("fo", "xsl-fo-compatible"),
                ("svg", "svg-compatible"),
                ("meta", "meta"),
                ("config", "config"),
                ("draw", "drawing"),
            )
        ),
        'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:ooo="http://openoffice.org/2004/office"',
        'office:version="1.3"',
    )
)
"""Namespaces and version, for the root element of each part."""

_FROZEN = 2
_BOTTOM_LEFT, _BOTTOM_RIGHT = 2, 3


def manifest_part(mime_type: str, charts: Sequence[tuple[str, str]] = ()) -> str:
    """Return META-INF/manifest.xml: every part with its type.

    Args:
        mime_type: Of the workbook.
        charts: Folder and type of each embedded chart.
    """
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="text/xml"/>'
        for path in ("content.xml", "styles.xml", "settings.xml", "meta.xml")
    )
    entries += "".join(
        f'<manifest:file-entry manifest:full-path="{folder}/" manifest:version="1.3"'
        f' manifest:media-type="{kind}"/><manifest:file-entry'
        f' manifest:full-path="{folder}/content.xml" manifest:media-type="text/xml"/>'
        for folder, kind in charts
    )
    return (
        f'{XML_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0"'
        ' manifest:version="1.3"><manifest:file-entry manifest:full-path="/"'
        f' manifest:version="1.3" manifest:media-type="{mime_type}"/>{entries}'
        "</manifest:manifest>"
    )


def meta_part(content: WorkbookContent) -> str:
    """Return meta.xml: title, author, time."""
    stamp = content.created.replace(microsecond=0).isoformat()
    author = escape(cell_text(content.author))
    return (
        f"{XML_HEAD}<office:document-meta {NAMESPACES}><office:meta>"
        f"<meta:generator>Gongyu</meta:generator><dc:title>{escape(cell_text(content.title))}"
        f"</dc:title><meta:initial-creator>{author}</meta:initial-creator>"
        f"<dc:creator>{author}</dc:creator><meta:creation-date>{stamp}</meta:creation-date>"
        f"<dc:date>{stamp}</dc:date></office:meta></office:document-meta>"
    )


def settings_part(layouts: list[SheetLayout]) -> str:
    """Return settings.xml: the first sheet active, headings and first columns frozen."""
    tables = "".join(_view(layout) for layout in layouts)
    first = quoteattr(layouts[0].sheet.title) if layouts else '""'
    active = escape(first[1:-1])
    return (
        f"{XML_HEAD}<office:document-settings {NAMESPACES}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        + _item("ViewId", "string", "view1")
        + f'<config:config-item-map-named config:name="Tables">{tables}'
        + "</config:config-item-map-named>"
        + _item("ActiveTable", "string", active)
        + _item("ShowGrid", "boolean", "false")
        + "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _view(layout: SheetLayout) -> str:
    name = quoteattr(layout.sheet.title)
    rows = layout.tables[0].heading_row if layout.sheet.repeats_headings else 0
    columns = layout.sheet.frozen_columns if rows else 0
    items = ""
    if rows:
        items = (
            _item("HorizontalSplitMode", "short", _FROZEN if columns else 0)
            + _item("VerticalSplitMode", "short", _FROZEN)
            + _item("HorizontalSplitPosition", "int", columns)
            + _item("VerticalSplitPosition", "int", rows)
            + _item("ActiveSplitRange", "short", _BOTTOM_RIGHT if columns else _BOTTOM_LEFT)
            + _item("PositionRight", "int", columns)
            + _item("PositionBottom", "int", rows)
        )
    items += _item("ShowGrid", "boolean", "false")
    return (
        f"<config:config-item-map-entry config:name={name}>{items}</config:config-item-map-entry>"
    )


def _item(name: str, kind: str, value: object) -> str:
    return (
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}'
        "</config:config-item>"
    )
