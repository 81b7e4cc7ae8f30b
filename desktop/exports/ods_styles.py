"""Styles of the ODS files: page, cells, dates with the ROC year, colours behind verdict words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from desktop.exports.cell_text import cell_text
from desktop.exports.look import (
    CAPTION_SIZE,
    CENTIMETRES_PER_WIDTH,
    FONT_NAME,
    FONT_SIZE,
    GROUNDS,
    HEADING_GROUND,
    HEADING_SIZE,
    HEADING_TEXT,
    RULE,
    horizontal_alignment,
)
from desktop.exports.ods_parts import NAMESPACES, XML_HEAD
from desktop.exports.table_model import CellKind, RowRole
from desktop.exports.tones import TONES

_FONT_FACE = (
    "<office:font-face-decls>"
    f'<style:font-face style:name="Gongyu" svg:font-family="{FONT_NAME}"/>'
    "</office:font-face-decls>"
)
_RULES = f'fo:border="0.5pt solid #{RULE}" fo:padding="0.07cm"'
_ROC_DAY = (
    '<number:year number:calendar="ROC"/><number:text>/</number:text>'
    '<number:month number:calendar="ROC" number:style="long"/><number:text>/</number:text>'
    '<number:day number:calendar="ROC" number:style="long"/>'
)
_CLOCK = (
    '<number:text> </number:text><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/>'
    '<number:text>:</number:text><number:seconds number:style="long"/>'
)
_BOLD = ' fo:font-weight="bold" style:font-weight-asian="bold"'
_CONDITION = 'cell-content()="{}"'
_TAIWAN = 'number:language="zh" number:country="TW"'
_ALIGNMENTS = {"left": "start", "center": "center", "right": "end"}
_FIXED = (
    '<style:style style:name="Sheet" style:family="table" style:master-page-name="Default">'
    '<style:table-properties table:display="true"/></style:style>'
)


class OdsStyles:
    """Collects the automatic styles the cells ask for; each is written once."""

    def __init__(self) -> None:
        """Begin with the styles of every sheet."""
        self._elements: dict[str, str] = {}
        self._sheet_number = 0

    def begin_sheet(self) -> None:
        """Say that the cells that follow belong to the next sheet."""
        self._sheet_number += 1

    def text(self) -> str:
        """Return all style elements, data styles before the cells that use them."""
        data = [text for name, text in self._elements.items() if name.startswith("Data")]
        others = [text for name, text in self._elements.items() if not name.startswith("Data")]
        return _FIXED + "".join(data + others)

    def column(self, width: float) -> str:
        """Return the style of a column `width` half-width signs wide."""
        name = f"Column{width:g}".replace(".", "_")
        centimetres = f"{width * CENTIMETRES_PER_WIDTH:.3f}cm"
        self._elements[name] = (
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{centimetres}"/></style:style>'
        )
        return name

    def row(self, height: float, *, begins_page: bool = False) -> str:
        """Return the style of a row `height` points high, on a new page where that is wanted."""
        name = f"Row{height:g}{'Page' if begins_page else ''}".replace(".", "_")
        page = ' fo:break-before="page"' if begins_page else ""
        self._elements[name] = (
            f'<style:style style:name="{name}" style:family="table-row">'
            f'<style:table-row-properties style:row-height="{height:g}pt"{page}'
            ' style:use-optimal-row-height="false"/></style:style>'
        )
        return name

    def value(self, kind: CellKind, value: object, *, role: RowRole, unit: str) -> str:
        """Return the style for a value in a column of that kind and a row of that role."""
        horizontal = horizontal_alignment(kind, value)
        data = self._data_style(kind, value, unit)
        is_coloured = kind is CellKind.WORD and role is RowRole.DATA
        # LibreOffice applies the conditions of a style on the first sheet that uses it only.
        suffix = f"Word{self._sheet_number}" if is_coloured else horizontal.title()
        name = f"Value{role.value.title()}{suffix}{data}"
        if name not in self._elements:
            self._elements[name] = self._cell_style(name, data, horizontal, role, is_coloured)
        return name

    def _cell_style(
        self, name: str, data: str, horizontal: str, role: RowRole, is_coloured: bool
    ) -> str:
        ground = f' fo:background-color="#{GROUNDS[role]}"' if role in GROUNDS else ""
        weight = (
            "" if role is RowRole.DATA else ' fo:font-weight="bold" style:font-weight-asian="bold"'
        )
        wrap = "no-wrap" if horizontal == "right" else "wrap"
        data_name = f' style:data-style-name="{data}"' if data else ""
        maps = _tone_maps() if is_coloured else ""
        return (
            f'<style:style style:name="{name}" style:family="table-cell"'
            f' style:parent-style-name="Default"{data_name}>'
            f'<style:table-cell-properties {_RULES}{ground} fo:wrap-option="{wrap}"'
            ' style:vertical-align="middle" style:text-align-source="fix"/>'
            f'<style:paragraph-properties fo:text-align="{_ALIGNMENTS[horizontal]}"/>'
            f"<style:text-properties{weight}/>{maps}</style:style>"
        )

    def _data_style(self, kind: CellKind, value: object, unit: str) -> str:
        """Return the name of the number format, "" for plain text."""
        name, element = "", ""
        if isinstance(value, datetime):
            name = "DataMoment"
            element = _date_style(name, _ROC_DAY + _CLOCK)
        elif isinstance(value, date):
            name = "DataDate"
            element = (
                f'<number:date-style style:name="{name}" {_TAIWAN}>{_ROC_DAY}</number:date-style>'
            )
        elif isinstance(value, int | Decimal):
            name, element = _number_style(kind, value, unit)
        elif kind is CellKind.CODE:
            name = "DataText"
            element = (
                f'<number:text-style style:name="{name}"><number:text-content/></number:text-style>'
            )
        if name:
            self._elements[name] = element
        return name


def _date_style(name: str, parts: str) -> str:
    return f'<number:date-style style:name="{name}" {_TAIWAN}>{parts}</number:date-style>'


def _number_style(kind: CellKind, value: int | Decimal, unit: str) -> tuple[str, str]:
    if kind is CellKind.RATE:
        return "DataRate", (
            '<number:percentage-style style:name="DataRate"><number:number'
            ' number:decimal-places="1" number:min-decimal-places="1"'
            ' number:min-integer-digits="1"/><number:text>%</number:text>'
            "</number:percentage-style>"
        )
    is_whole = value == int(value)
    name = "DataWhole" if is_whole else "DataParts"
    places = (0, 0) if is_whole else (2, 1)
    # A name may hold letters only; the unit's code points keep two units apart.
    name += "".join(f"{ord(sign):X}" for sign in unit)
    words = f"<number:text> {escape(unit)}</number:text>" if unit else ""
    return name, (
        f'<number:number-style style:name="{name}"><number:number'
        f' number:decimal-places="{places[0]}" number:min-decimal-places="{places[1]}"'
        f' number:min-integer-digits="1" number:grouping="true"/>{words}</number:number-style>'
    )


def _tone_maps() -> str:
    return "".join(
        f"<style:map style:condition={quoteattr(_CONDITION.format(word))}"
        f' style:apply-style-name="Tone{tone.name}"/>'
        for tone in TONES
        for word in tone.words
    )


def styles_part(footer: str) -> str:
    """Return styles.xml: named styles, the A4 landscape page and its footer."""
    size = f'fo:font-size="{FONT_SIZE}pt" style:font-size-asian="{FONT_SIZE}pt"'
    default = (
        '<style:style style:name="Default" style:family="table-cell">'
        '<style:table-cell-properties style:vertical-align="middle"/>'
        f'<style:text-properties style:font-name="Gongyu" style:font-name-asian="Gongyu" {size}'
        ' fo:language="zh" fo:country="TW" style:language-asian="zh" style:country-asian="TW"/>'
        "</style:style>"
    )
    named = (
        _named("Heading", text=_bold(HEADING_SIZE))
        + _named("Line")
        + _named("Caption", text=_bold(CAPTION_SIZE))
        + _named(
            "ColumnHeading",
            cell=f'{_RULES} fo:background-color="#{HEADING_GROUND}" fo:wrap-option="wrap"'
            ' style:text-align-source="fix"',
            paragraph='fo:text-align="center"',
            text=f'fo:color="#{HEADING_TEXT}" {_bold(FONT_SIZE)}',
        )
        + "".join(
            _named(
                f"Tone{tone.name}",
                cell=f'fo:background-color="#{tone.ground}"',
                text=f'fo:color="#{tone.text}"',
            )
            for tone in TONES
        )
    )
    return (
        f"{XML_HEAD}<office:document-styles {NAMESPACES}>{_FONT_FACE}"
        f"<office:styles>{default}{named}</office:styles>"
        f"<office:automatic-styles>{_page_layout()}</office:automatic-styles>"
        f"<office:master-styles>{_master_page(footer)}</office:master-styles>"
        "</office:document-styles>"
    )


def _bold(size: int) -> str:
    return f'fo:font-size="{size}pt" style:font-size-asian="{size}pt"{_BOLD}'


def _named(name: str, *, cell: str = "", paragraph: str = "", text: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"'
        ' style:parent-style-name="Default">'
        f"<style:table-cell-properties {cell}/><style:paragraph-properties {paragraph}/>"
        f"<style:text-properties {text}/></style:style>"
    )


def _page_layout() -> str:
    return (
        '<style:page-layout style:name="A4Landscape"><style:page-layout-properties'
        ' fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape"'
        ' fo:margin-left="1.27cm" fo:margin-right="1.27cm" fo:margin-top="1.5cm"'
        ' fo:margin-bottom="0.8cm" style:scale-to-X="1" style:scale-to-Y="0"'
        ' style:table-centering="horizontal" style:print-page-order="ttb"/>'
        "<style:header-style/><style:footer-style><style:header-footer-properties"
        ' fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout>'
    )


def _master_page(footer: str) -> str:
    left = escape(cell_text(footer).replace("\n", " "))
    return (
        '<style:master-page style:name="Default" style:page-layout-name="A4Landscape">'
        '<style:header style:display="false"/><style:footer>'
        f"<style:region-left><text:p>{left}</text:p></style:region-left>"
        "<style:region-center><text:p>第 <text:page-number>1</text:page-number> 頁／共 "
        "<text:page-count>1</text:page-count> 頁</text:p></style:region-center>"
        "<style:region-right><text:p><text:sheet-name>???</text:sheet-name></text:p>"
        "</style:region-right></style:footer></style:master-page>"
    )
