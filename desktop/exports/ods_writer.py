"""Write a workbook description as ODS: own XML in a zip, the twin of the xlsx, its charts too."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from desktop.exports.cell_text import cell_text
from desktop.exports.layout import PlacedTable, SheetLayout, column_letters, lay_out
from desktop.exports.ods_charts import (
    CHART_ROWS,
    LAST_CHART_ROW_ON_FIRST_PAGE,
    ROW_HEIGHT,
    OdsChart,
    charts_of,
    shapes,
)
from desktop.exports.ods_charts import MIME_TYPE as CHART_TYPE
from desktop.exports.ods_parts import (
    NAMESPACES,
    XML_HEAD,
    manifest_part,
    meta_part,
    settings_part,
)
from desktop.exports.ods_styles import OdsStyles, styles_part
from desktop.exports.roc_text import FIRST_ROC_YEAR, roc_moment
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    Column,
    Formula,
    RowRole,
    WorkbookContent,
)
from desktop.exports.xlsx_package import write_part

MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

_SPACES = re.compile(" {2,}|^ | $")


def write_ods(content: WorkbookContent) -> bytes:
    """Write the workbook.

    The bytes depend on the content only: `content.created` is the one time in them.

    Returns:
        The ODS file (OpenDocument 1.3).
    """
    layouts = [lay_out(sheet) for sheet in content.sheets]
    charts: list[tuple[OdsChart, ...]] = []
    for layout in layouts:
        charts.append(charts_of(layout, 1 + sum(map(len, charts))))
    embedded = [chart for mine in charts for chart in mine]
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        # The format asks for this part first and uncompressed, so that tools can sniff it.
        write_part(package, "mimetype", MIME_TYPE.encode(), is_stored=True)
        for name, text in (
            ("content.xml", _content_part(layouts, charts)),
            ("styles.xml", styles_part(content.footer)),
            ("settings.xml", settings_part(layouts)),
            ("meta.xml", meta_part(content)),
            (
                "META-INF/manifest.xml",
                manifest_part(MIME_TYPE, [(c.folder, CHART_TYPE) for c in embedded]),
            ),
            *((f"{chart.folder}/content.xml", chart.content) for chart in embedded),
        ):
            write_part(package, name, text.encode("utf-8"))
    return buffer.getvalue()


def _content_part(layouts: list[SheetLayout], charts: list[tuple[OdsChart, ...]]) -> str:
    styles = OdsStyles()
    tables = [
        _SheetXml(layout, styles).text(mine) for layout, mine in zip(layouts, charts, strict=True)
    ]
    ranges = "".join(
        _filter_range(layout, placed) for layout in layouts for placed in layout.tables
    )
    return (
        f"{XML_HEAD}<office:document-content {NAMESPACES}>"
        f"<office:automatic-styles>{styles.text()}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}"
        f"<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _filter_range(layout: SheetLayout, placed: PlacedTable) -> str:
    if not placed.table.is_filterable:
        return ""
    end = f"{column_letters(len(placed.headings))}{placed.filter_end_row}"
    sheet = _sheet_reference(layout.sheet.title)
    address = f"{sheet}.A{placed.heading_row}:{sheet}.{end}"
    return (
        f"<table:database-range table:name={quoteattr(placed.table.name)}"
        f" table:target-range-address={quoteattr(address)}"
        ' table:display-filter-buttons="true"/>'
    )


def _sheet_reference(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


class _SheetXml:
    """Writes one sheet, row by row, from its layout."""

    def __init__(self, layout: SheetLayout, styles: OdsStyles) -> None:
        self._layout = layout
        self._styles = styles

    def text(self, charts: tuple[OdsChart, ...] = ()) -> str:
        """Return the sheet's table element."""
        layout = self._layout
        self._styles.begin_sheet()
        title = layout.sheet.title
        last_row = layout.chart_row + CHART_ROWS if charts else layout.end_row
        end = f"{column_letters(len(layout.widths))}{last_row}"
        rest = ""
        if charts:
            is_apart = layout.chart_row > LAST_CHART_ROW_ON_FIRST_PAGE
            first = self._styles.row(ROW_HEIGHT, begins_page=is_apart)
            other = self._styles.row(ROW_HEIGHT)
            rest = (
                f'<table:table-row table:style-name="{first}"><table:table-cell/></table:table-row>'
                f'<table:table-row table:style-name="{other}"'
                f' table:number-rows-repeated="{last_row - layout.end_row - 1}">'
                "<table:table-cell/></table:table-row>"
            )
        sheet = _sheet_reference(title)
        columns = "".join(
            f"<table:table-column table:style-name={quoteattr(self._styles.column(width))}/>"
            for width in layout.widths
        )
        return (
            f'<table:table table:name={quoteattr(title)} table:style-name="Sheet"'
            f" table:print-ranges={quoteattr(f'{sheet}.A1:{sheet}.{end}')}>"
            f"{shapes(charts)}{columns}{''.join(self._rows())}{rest}</table:table>"
        )

    def _rows(self) -> Iterator[str]:
        layout = self._layout
        written = {
            line.row: [_text_cell("Line", line.text)] for line in (*layout.lines, *layout.notes)
        }
        written[layout.heading.row] = [_text_cell("Heading", layout.heading.text)]
        for placed in layout.tables:
            if placed.caption:
                written[placed.caption.row] = [_text_cell("Caption", placed.caption.text)]
            written[placed.heading_row] = [
                _text_cell("ColumnHeading", heading) for heading in placed.headings
            ]
            for index, row in enumerate(placed.table.shown_rows):
                written[placed.row_of(index)] = [
                    self._cell(column, value, row.role, placed, index)
                    for column, value in zip(placed.table.columns, row.cells, strict=True)
                ]
        repeated = layout.tables[0].heading_row if layout.sheet.repeats_headings else 0
        for number in range(1, layout.end_row + 1):
            cells = written.get(number, ["<table:table-cell/>"])
            style = self._styles.row(layout.heights[number - 1])
            line = f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>'
            if number == repeated:
                line = f"<table:table-header-rows>{line}</table:table-header-rows>"
            yield line

    def _cell(
        self, column: Column, value: CellValue, role: RowRole, placed: PlacedTable, index: int
    ) -> str:
        plain = value.value if isinstance(value, Formula) else value
        if isinstance(plain, date) and plain.year < FIRST_ROC_YEAR:
            plain = roc_moment(plain)
        unit = value.unit if isinstance(value, Formula) else ""
        style = self._styles.value(column.kind, plain, role=role, unit=unit)
        attributes = f"table:style-name={quoteattr(style)}"
        if isinstance(value, Formula):
            formula = placed.reference(value, index=index, divider=";", cell=_address, span=_span)
            attributes += f" table:formula={quoteattr('of:=' + formula)}"
        if plain is None or plain == "":
            return f"<table:table-cell {attributes}/>"
        if isinstance(plain, str):
            return (
                f'<table:table-cell {attributes} office:value-type="string">'
                f"{_paragraphs(plain)}</table:table-cell>"
            )
        shown = ""
        if isinstance(plain, datetime):
            kind = f'"date" office:date-value="{plain.replace(microsecond=0).isoformat()}"'
            shown = f"<text:p>{roc_moment(plain)}</text:p>"
        elif isinstance(plain, date):
            kind = f'"date" office:date-value="{plain.isoformat()}"'
            shown = f"<text:p>{roc_moment(plain)}</text:p>"
        else:
            number = str(int(plain)) if plain == int(plain) else repr(float(plain))
            value_type = "percentage" if column.kind is CellKind.RATE else "float"
            kind = f'"{value_type}" office:value="{number}"'
        return f"<table:table-cell {attributes} office:value-type={kind}>{shown}</table:table-cell>"


def _text_cell(style: str, text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{_paragraphs(text)}</table:table-cell>"
    )


def _paragraphs(text: str) -> str:
    """Write a text with its line ends and runs of spaces, which XML would fold.

    A tab becomes a space: LibreOffice Calc drops the format's own element for it.
    """
    lines = cell_text(text).replace("\t", " ").split("\n")
    return "".join(f"<text:p>{_SPACES.sub(_space_run, escape(line))}</text:p>" for line in lines)


def _space_run(match: re.Match[str]) -> str:
    return f'<text:s text:c="{len(match.group())}"/>'


def _address(row: int, column: int) -> str:
    return f"[.{column_letters(column)}{row}]"


def _span(first_row: int, last_row: int, column: int) -> str:
    letters = column_letters(column)
    return f"[.{letters}{first_row}:.{letters}{last_row}]"
