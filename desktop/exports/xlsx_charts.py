"""Native charts of the xlsx workbook, with their numbers cached for viewers that don't count."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumData, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exports.cell_text import cell_text
from desktop.exports.layout import PlacedTable, SheetLayout
from desktop.exports.look import HEADING_GROUND, RULE
from desktop.exports.table_model import CellValue, ChartContent, ChartShape, Formula

_MOST_LABELLED_COLUMNS = 16
CHART_ROWS = 16
"""Rows of usual height that a chart covers."""


def add_charts(worksheet: Worksheet, layout: SheetLayout) -> None:
    """Draw the sheet's charts side by side under everything else."""
    total = sum(layout.widths)
    share = 0.0
    for chart_content in layout.sheet.charts:
        column = _column_at(layout.widths, total * share)
        share += chart_content.width_share
        end = _column_at(layout.widths, total * share)
        chart = _chart(worksheet, layout.table_named(chart_content.table), chart_content)
        # Tied to cells at both ends: a centimetre of columns differs between programs.
        top = layout.chart_row - 1
        chart.anchor = TwoCellAnchor(
            editAs="oneCell",
            _from=AnchorMarker(col=column, row=top),
            to=AnchorMarker(col=end, row=top + CHART_ROWS),
        )
        worksheet.add_chart(chart)


def _column_at(widths: tuple[float, ...], distance: float) -> int:
    """Return the column (from 0) whose left edge is nearest to a distance from the left."""
    edges = [sum(widths[:number]) for number in range(len(widths) + 1)]
    return min(range(len(edges)), key=lambda number: abs(edges[number] - distance))


def _chart(worksheet: Worksheet, placed: PlacedTable, content: ChartContent) -> BarChart:
    is_funnel = content.shape is ChartShape.FUNNEL
    chart = BarChart()
    chart.type = "bar" if is_funnel else "col"
    chart.style = 2
    chart.gapWidth = 40 if is_funnel else 60
    chart.legend = None
    chart.title = _title(content.title)
    chart.x_axis.delete = chart.y_axis.delete = False
    series, words = (_funnel if is_funnel else _columns)(worksheet, placed, content)
    series.graphicalProperties = GraphicalProperties(solidFill=HEADING_GROUND)
    labels = DataLabelList()
    labels.showVal = is_funnel or placed.table.data_count <= _MOST_LABELLED_COLUMNS
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    series.dLbls = labels
    series.cat = AxDataSource(strRef=words)
    chart.series.append(series)
    chart.y_axis.scaling.min = 0
    if is_funnel:
        # Categories of a horizontal bar chart run upwards unless turned round.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.delete = True
        chart.y_axis.majorGridlines = None
    else:
        grid = GraphicalProperties(ln=LineProperties(solidFill=RULE))
        chart.y_axis.majorGridlines = ChartLines(spPr=grid)
        chart.y_axis.scaling.max = 1
        chart.y_axis.majorUnit = 0.2
        chart.y_axis.number_format = labels.numFmt = "0%"
    return chart


def _title(text: str) -> Title:
    face = CharacterProperties(sz=1200, b=True)
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=face), r=[RegularTextRun(rPr=face, t=cell_text(text))]
    )
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _columns(
    worksheet: Worksheet, placed: PlacedTable, content: ChartContent
) -> tuple[Series, StrRef]:
    table = placed.table
    value_index = table.column_index(content.value_keys[0])
    word_index = table.column_index(content.category_key)
    first, last = placed.row_of(0), placed.row_of(table.data_count - 1)
    rows = table.rows[: table.data_count]
    return (
        _series(
            Reference(worksheet, min_col=value_index + 1, min_row=first, max_row=last),
            [row.cells[value_index] for row in rows],
        ),
        _words(
            Reference(worksheet, min_col=word_index + 1, min_row=first, max_row=last),
            [str(row.cells[word_index]) for row in rows],
        ),
    )


def _funnel(
    worksheet: Worksheet, placed: PlacedTable, content: ChartContent
) -> tuple[Series, StrRef]:
    table = placed.table
    first = table.column_index(content.value_keys[0])
    last = table.column_index(content.value_keys[-1])
    row = placed.end_row
    return (
        _series(
            Reference(worksheet, min_col=first + 1, max_col=last + 1, min_row=row, max_row=row),
            list(table.rows[-1].cells[first : last + 1]),
        ),
        _words(
            Reference(
                worksheet,
                min_col=first + 1,
                max_col=last + 1,
                min_row=placed.heading_row,
                max_row=placed.heading_row,
            ),
            list(placed.headings[first : last + 1]),
        ),
    )


def _series(reference: Reference, values: list[CellValue]) -> Series:
    series = Series(reference)
    points = [value.value if isinstance(value, Formula) else value for value in values]
    series.val.numRef.numCache = NumData(
        ptCount=len(points),
        pt=[
            NumVal(idx=index, v=str(float(point)))
            for index, point in enumerate(points)
            if isinstance(point, int | Decimal)
        ],
    )
    return series


def _words(reference: Reference, words: list[str]) -> StrRef:
    points = [StrVal(idx=index, v=cell_text(word)) for index, word in enumerate(words)]
    return StrRef(f=str(reference), strCache=StrData(ptCount=len(points), pt=points))
