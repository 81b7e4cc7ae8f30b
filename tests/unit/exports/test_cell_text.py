"""Any text may stand in a cell: never a formula, never broken, never an identity number."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from desktop.exports import (
    write_commendation_list_xlsx,
    write_summary_ods,
    write_summary_xlsx,
)
from desktop.exports.cell_text import (
    CELL_LIMIT,
    cell_text,
    could_be_formula,
    lines_within,
    unique_headings,
    utf16_length,
)
from tests.unit.exports.sample_content import (
    commendation_list_content,
    commendations,
    summary_content,
)

INJECTIONS = [
    "=1+1",
    "=HYPERLINK(\"http://example.invalid\",\"點我\")",
    "=cmd|'/c calc'!A1",
    "+886-7-1234567",
    "-1",
    "--",
    "@SUM(1,2)",
    "\t=1+1",
    "#N/A",
    "TRUE",
    "2025-01-04",
    "00123",
    "1E5",
    " 前後空白 ",
    "兩個  空白",
    "<b>&amp;\"'</b>",
    "_x0041_",
    "𡘙堃喆峯⁺",
    "第一行\n第二行",
]  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_that_could_be_taken_for_something_else_stays_text(text: str) -> None:
    record = replace(summary_content().records[0], course=text, name=text, reasons=(text,))
    content = replace(summary_content(), records=(record,))

    data = write_summary_xlsx(content)
    worksheet = openpyxl.load_workbook(BytesIO(data))["課程明細"]
    for address in ("B5", "E5", "J5"):
        cell = worksheet[address]
        assert cell.data_type == "s"
        # openpyxl doesn't undo the escape that Excel undoes; calamine below does.
        assert cell.value == text.replace("_x0041_", "_x005F_x0041_")
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))
    for file, expected in ((data, text), (write_summary_ods(content), text.replace("\t", " "))):
        sheet = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_name("課程明細")
        row = sheet.to_python()[4]
        assert (row[1], row[4], row[9]) == (expected, expected, expected)


@pytest.mark.parametrize("text", ["=1+1", "@x", "+1", "-1"])
def test_text_in_headings_titles_and_the_commendation_list_is_no_formula(text: str) -> None:
    content = replace(
        summary_content(), set_titles=(text, "乙", "丙"), agency=text, created_by=text
    )
    entries = (replace(commendations()[0], unit=text, name=text, award=text),)
    list_content = replace(commendation_list_content(), entries=entries, agency=text)
    allowed = ("=SUM(", "=IF(", "=ROWS(", "=COUNT(", '="')

    for data in (write_summary_xlsx(content), write_commendation_list_xlsx(list_content)):
        for worksheet in openpyxl.load_workbook(BytesIO(data)):
            for row in worksheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert str(cell.value).startswith(allowed)


def test_award_words_in_a_formula_stay_inside_their_quotes() -> None:
    entries = (replace(commendations()[0], award='嘉"&HYPERLINK("x")&"獎;{name}'),)
    data = write_commendation_list_xlsx(replace(commendation_list_content(), entries=entries))
    formula = openpyxl.load_workbook(BytesIO(data))["敘獎建議名冊"]["G7"].value

    words = '嘉""&HYPERLINK(""x"")&""獎;{name}'
    found = f'FIND("、{words}、","、"&G6:G6&"、")'
    assert formula == f'="{words}"&" "&SUMPRODUCT(ISNUMBER({found})*1)&" 人次"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A123456789_王小明.pdf", "A12345****_王小明.pdf"),
        ("身分證 a223456781。", "身分證 a22345****。"),
        ("居留證AC01234567", "居留證AC0123****"),
        ("新式 A800000014", "新式 A80000****"),
        ("KA123456789", "KA123456789"),
        ("A1234567890", "A1234567890"),
        ("文號 11330000000", "文號 11330000000"),
        ("A0002", "A0002"),
    ],
)
def test_identity_numbers_lose_their_last_four_digits(text: str, expected: str) -> None:
    assert cell_text(text) == expected


def test_no_part_of_any_file_holds_an_identity_number() -> None:
    number = "A123456789"
    record = summary_content().records[0]
    record = replace(
        record,
        name=f"王小明{number}",
        reasons=(f"{number} 重複",),
        decision=number,
        place=replace(record.place, file=f"{number}.pdf"),
    )
    content = replace(
        summary_content(),
        records=(record,),
        agency=number,
        created_by=number,
        set_titles=(number, "乙", "丙"),
    )
    for data in (write_summary_xlsx(content), write_summary_ods(content)):
        with zipfile.ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                assert number.encode() not in package.read(name), name


def test_characters_xml_cannot_hold_become_visible_and_nothing_is_dropped() -> None:
    text = "甲\x00乙\x0b丙\ud800丁\ufffe戊"
    record = replace(summary_content().records[0], course=text)
    content = replace(summary_content(), records=(record,))

    for data in (write_summary_xlsx(content), write_summary_ods(content)):
        sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("課程明細")
        assert sheet.to_python()[4][4] == "甲\ufffd乙\ufffd丙\ufffd丁\ufffd戊"


def test_text_over_the_limit_of_a_cell_says_that_it_was_cut() -> None:
    shortened = cell_text("𡘙" * 20_000)

    assert utf16_length(shortened) <= CELL_LIMIT
    assert shortened.endswith("…（本格文字過長，以下未列，請看來源檔案。）")
    assert cell_text("學" * CELL_LIMIT) == "學" * CELL_LIMIT


@given(st.text())
def test_every_text_gives_xml_that_can_be_encoded(text: str) -> None:
    clean = cell_text(text)

    clean.encode("utf-8")
    assert "\r" not in clean
    assert cell_text(clean) == clean


@pytest.mark.parametrize(
    ("text", "expected"), [("=1", True), ("-", True), ("甲=1", False), ("", False)]
)
def test_formula_starts_are_recognised(text: str, expected: bool) -> None:
    assert could_be_formula(text) is expected


def test_headings_become_unique_single_lines() -> None:
    assert unique_headings(["套別", "套別", "", "ABC", "abc", "甲\n乙", "套別（2）"]) == (
        "套別",
        "套別（2）",
        "欄3",
        "ABC",
        "abc（2）",
        "甲 乙",
        "套別（2）（2）",
    )


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("一二三四", 4, ("一二", "三四")),
        ("一二。三", 4, ("一二。", "三")),
        ("一\n二", 10, ("一", "二")),
        ("", 10, ("",)),
    ],
)
def test_lines_break_at_the_width_but_not_before_closing_signs(
    text: str, width: float, expected: tuple[str, ...]
) -> None:
    assert lines_within(text, width) == expected
