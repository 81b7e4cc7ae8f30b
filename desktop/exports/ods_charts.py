"""Native charts of the ODS workbook: embedded chart documents over the sheet's own cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from desktop.exports.cell_text import cell_text
from desktop.exports.layout import PlacedTable, SheetLayout, column_letters
from desktop.exports.look import CENTIMETRES_PER_WIDTH, HEADING_GROUND, LINE_HEIGHT, ROW_PADDING
from desktop.exports.ods_parts import NAMESPACES, XML_HEAD
from desktop.exports.table_model import CellValue, ChartContent, ChartShape, Formula

CHART_ROWS = 13
"""Rows of usual height that a chart covers; few units leave it on the first page."""
LAST_CHART_ROW_ON_FIRST_PAGE = 18
"""Charts that begin lower have a page of their own."""
ROW_HEIGHT = LINE_HEIGHT + ROW_PADDING
"""Points of such a row."""
MIME_TYPE = "application/vnd.oasis.opendocument.chart"
_CENTIMETRES_PER_POINT = 2.54 / 72
_GAP = 0.2
"""Centimetres between charts."""
_MOST_LABELLED_COLUMNS = 16
_CHART_NAMESPACES = f'{NAMESPACES} xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0"'


@dataclass(frozen=True)
class OdsChart:
    """One chart.

    Attributes:
        folder: Its part of the package.
        frame: Its place on the sheet, as XML.
        content: Its content.xml.
    """

    folder: str
    frame: str
    content: str


@dataclass(frozen=True)
class _Data:
    words_range: str
    values_range: str
    words: tuple[str, ...]
    values: tuple[CellValue, ...]


def charts_of(layout: SheetLayout, first: int) -> tuple[OdsChart, ...]:
    """The charts of a sheet, side by side under everything else.

    Args:
        layout: The sheet in its place.
        first: Number of the first chart in the workbook, from 1.
    """
    whole = sum(layout.widths) * CENTIMETRES_PER_WIDTH
    # The row between the last text and the charts has the height of the others.
    top = (sum(layout.heights) + (layout.chart_row - 1 - layout.end_row) * ROW_HEIGHT) * (
        _CENTIMETRES_PER_POINT
    )
    height = CHART_ROWS * ROW_HEIGHT * _CENTIMETRES_PER_POINT
    left = 0.0
    charts = []
    for number, content in enumerate(layout.sheet.charts, first):
        width = whole * content.width_share - _GAP
        placed = layout.table_named(content.table)
        name = f"Object {number}"
        frame = (
            f'<draw:frame draw:name={quoteattr(cell_text(content.title))} svg:x="{left:.2f}cm"'
            f' svg:y="{top:.2f}cm" svg:width="{width:.2f}cm" svg:height="{height:.2f}cm">'
            f'<draw:object xlink:href="./{name}" xlink:type="simple" xlink:show="embed"'
            ' xlink:actuate="onLoad"/></draw:frame>'
        )
        part = _content(layout, placed, content, width, height)
        charts.append(OdsChart(name, frame, part))
        left += width + _GAP
    return tuple(charts)


def _data(layout: SheetLayout, placed: PlacedTable, content: ChartContent) -> _Data:
    table = placed.table
    sheet = "'" + layout.sheet.title.replace("'", "''") + "'"

    def span(column: int, row: int, end_column: int, end_row: int) -> str:
        first = f"{sheet}.${column_letters(column)}${row}"
        return f"{first}:{sheet}.${column_letters(end_column)}${end_row}"

    first = table.column_index(content.value_keys[0]) + 1
    if content.shape is ChartShape.FUNNEL:
        last = table.column_index(content.value_keys[-1]) + 1
        return _Data(
            span(first, placed.heading_row, last, placed.heading_row),
            span(first, placed.end_row, last, placed.end_row),
            tuple(placed.headings[first - 1 : last]),
            tuple(table.rows[-1].cells[first - 1 : last]),
        )
    words = table.column_index(content.category_key) + 1
    top, bottom = placed.row_of(0), placed.row_of(table.data_count - 1)
    rows = table.rows[: table.data_count]
    return _Data(
        span(words, top, words, bottom),
        span(first, top, first, bottom),
        tuple(str(row.cells[words - 1]) for row in rows),
        tuple(row.cells[first - 1] for row in rows),
    )


def _content(
    layout: SheetLayout, placed: PlacedTable, content: ChartContent, width: float, height: float
) -> str:
    data = _data(layout, placed, content)
    is_funnel = content.shape is ChartShape.FUNNEL
    is_labelled = is_funnel or len(data.values) <= _MOST_LABELLED_COLUMNS
    orientation = ' chart:reverse-direction="true"' if is_funnel else ""
    bounds = "" if is_funnel else ' chart:maximum="1" chart:interval-major="0.2"'
    label = "value" if is_labelled else "none"
    grid = "" if is_funnel else '<chart:grid chart:class="major" chart:style-name="grid"/>'
    return (
        f"{XML_HEAD}<office:document-content {_CHART_NAMESPACES}><office:automatic-styles>"
        '<number:percentage-style style:name="percent"><number:number number:decimal-places="0"'
        ' number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
        '<number:number-style style:name="whole"><number:number number:decimal-places="0"'
        ' number:min-integer-digits="1"/></number:number-style>'
        '<style:style style:name="title" style:family="chart"><style:text-properties'
        ' fo:font-size="12pt" fo:font-weight="bold"/></style:style>'
        f'<style:style style:name="plot" style:family="chart"><style:chart-properties'
        f' chart:vertical="{"true" if is_funnel else "false"}"/></style:style>'
        '<style:style style:name="words" style:family="chart"><style:chart-properties'
        f' chart:display-label="true" chart:gap-width="{40 if is_funnel else 60}"{orientation}/>'
        "</style:style>"
        f'<style:style style:name="values" style:family="chart" style:data-style-name="'
        f'{"whole" if is_funnel else "percent"}"><style:chart-properties'
        f' chart:display-label="{"false" if is_funnel else "true"}"'
        f' chart:link-data-style-to-source="false" chart:minimum="0"{bounds}/>'
        "</style:style>"
        '<style:style style:name="wall" style:family="chart"><style:graphic-properties'
        ' draw:fill="none"/></style:style>'
        '<style:style style:name="grid" style:family="chart"><style:graphic-properties'
        ' svg:stroke-color="#b9c0c9"/></style:style>'
        f'<style:style style:name="bars" style:family="chart" style:data-style-name="'
        f'{"whole" if is_funnel else "percent"}"><style:chart-properties'
        f' chart:link-data-style-to-source="false" chart:data-label-number="{label}"/>'
        f'<style:graphic-properties draw:stroke="none" draw:fill="solid"'
        f' draw:fill-color="#{HEADING_GROUND.lower()}"/></style:style>'
        "</office:automatic-styles><office:body><office:chart>"
        f'<chart:chart chart:class="chart:bar" svg:width="{width:.2f}cm"'
        f' svg:height="{height:.2f}cm">'
        f'<chart:title chart:style-name="title"><text:p>{escape(cell_text(content.title))}'
        "</text:p></chart:title>"
        '<chart:plot-area chart:style-name="plot">'
        '<chart:axis chart:dimension="x" chart:name="primary-x" chart:style-name="words">'
        f"<chart:categories table:cell-range-address={quoteattr(data.words_range)}/></chart:axis>"
        '<chart:axis chart:dimension="y" chart:name="primary-y" chart:style-name="values">'
        f"{grid}</chart:axis>"
        '<chart:series chart:style-name="bars" chart:class="chart:bar"'
        f" chart:values-cell-range-address={quoteattr(data.values_range)}>"
        f'<chart:data-point chart:repeated="{len(data.values)}"/></chart:series>'
        f'<chart:wall chart:style-name="wall"/></chart:plot-area>{_local_table(data)}'
        "</chart:chart></office:chart></office:body>"
        "</office:document-content>"
    )


def _local_table(data: _Data) -> str:
    """The numbers as they are now, for viewers that do not look at the sheet."""
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>'
        f"{escape(cell_text(word))}</text:p></table:table-cell>"
        f'<table:table-cell office:value-type="float" office:value="{_number(value)}"/>'
        "</table:table-row>"
        for word, value in zip(data.words, data.values, strict=True)
    )
    return (
        '<table:table table:name="local-table"><table:table-header-columns><table:table-column/>'
        "</table:table-header-columns><table:table-columns><table:table-column/>"
        f"</table:table-columns><table:table-rows>{rows}</table:table-rows></table:table>"
    )


def _number(value: CellValue) -> str:
    plain = value.value if isinstance(value, Formula) else value
    return "0" if plain is None or isinstance(plain, str) else repr(float(str(plain)))


def shapes(charts: Sequence[OdsChart]) -> str:
    """The frames of a sheet's charts, as the first child of its table."""
    if not charts:
        return ""
    return f"<table:shapes>{''.join(chart.frame for chart in charts)}</table:shapes>"
