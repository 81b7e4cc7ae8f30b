"""The shared description refuses what would make a broken workbook."""

from __future__ import annotations

import pytest

from desktop.exports.layout import column_letters, lay_out
from desktop.exports.look import HEIGHT_LIMIT
from desktop.exports.table_model import (
    CellKind,
    Column,
    Row,
    RowRole,
    SheetContent,
    TableContent,
)

COLUMNS = (Column("a", "甲", CellKind.TEXT, 10), Column("b", "乙", CellKind.TEXT, 20))


@pytest.mark.parametrize(
    ("name", "columns", "rows", "message"),
    [
        ("總表", COLUMNS, (), "not an ASCII identifier"),
        ("Two words", COLUMNS, (), "not an ASCII identifier"),
        ("T", (), (), "column keys"),
        ("T", (COLUMNS[0], COLUMNS[0]), (), "column keys"),
        ("T", COLUMNS, (Row(("一",)),), "1 cells for 2 columns"),
        (
            "T",
            COLUMNS,
            (Row(("計", None), RowRole.TOTAL), Row(("一", "二"))),
            "data rows must stand before the totals",
        ),
    ],
)
def test_table_that_would_need_repair_is_refused(
    name: str, columns: tuple[Column, ...], rows: tuple[Row, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        TableContent(name, columns, rows)


def test_tables_of_a_sheet_follow_one_another_with_the_widest_columns() -> None:
    wide = (Column("a", "甲", CellKind.TEXT, 30),)
    sheet = SheetContent(
        "頁",
        "標題",
        ("一行",),
        (
            TableContent("First", COLUMNS, (Row(("一", "二")), Row(("三", "四")))),
            TableContent("Second", wide, (), caption="說明"),
        ),
        notes=("註",),
    )
    layout = lay_out(sheet)

    assert layout.widths == (30, 20)
    assert [placed.heading_row for placed in layout.tables] == [4, 9]
    assert layout.tables[1].caption is not None
    assert layout.tables[1].caption.row == 8
    assert [placed.end_row for placed in layout.tables] == [6, 10]
    assert [note.row for note in layout.notes] == [12]


def test_rows_are_as_high_as_their_longest_text_but_never_higher_than_excel_draws() -> None:
    rows = (Row(("短", "短")), Row(("短", "字" * 27)), Row(("短", "字" * 5_000)))
    sheet = SheetContent("頁", "標題", (), (TableContent("T", COLUMNS, rows),))
    heights = lay_out(sheet).heights

    assert heights[3:] == (19.0, 49.0, HEIGHT_LIMIT)


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_column_letters_count_like_a_spreadsheet(number: int, letters: str) -> None:
    assert column_letters(number) == letters


def test_unknown_names_are_errors() -> None:
    table = TableContent("T", COLUMNS, ())
    layout = lay_out(SheetContent("頁", "標題", (), (table,)))

    with pytest.raises(KeyError, match="missing"):
        table.column_index("missing")
    with pytest.raises(KeyError, match="Other"):
        layout.table_named("Other")
