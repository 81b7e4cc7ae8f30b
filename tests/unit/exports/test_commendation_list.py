"""敘獎建議名冊: columns, grouping by unit, subtotals and the total."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from desktop.exports import write_commendation_list_ods, write_commendation_list_xlsx
from desktop.exports.content import CommendationListContent
from tests.unit.exports.sample_content import commendation_list_content, commendations


def sheet(content: CommendationListContent, *, data_only: bool = True) -> Worksheet:
    data = write_commendation_list_xlsx(content)
    return openpyxl.load_workbook(BytesIO(data), data_only=data_only)["敘獎建議名冊"]


def test_list_has_title_plan_and_day() -> None:
    worksheet = sheet(commendation_list_content())

    assert worksheet["A1"].value == "高雄市範例區公所敘獎建議名冊"
    assert worksheet["A3"].value == "認定基準日：114/08/31"
    assert [cell.value for cell in worksheet[5]] == [
        "序號", "服務機關／單位", "職稱", "姓名", "官職等", "獎懲事由", "擬獎懲額度",
        "法令依據（條款）", "備註",
    ]  # fmt: skip


def test_entries_stand_by_unit_with_subtotals_and_running_numbers() -> None:
    worksheet = sheet(commendation_list_content())
    lines = [
        (row[0].value, row[1].value, row[3].value, row[6].value)
        for row in worksheet.iter_rows(min_row=6, max_row=12)
    ]

    assert lines == [
        (1, "秘書室", "王小明", "嘉獎1次"),
        (2, "秘書室", "李犇", "嘉獎1次"),
        (None, "秘書室小計", 2, "嘉獎1次 2 人次"),
        (3, "民政課", "黃郁婷", "嘉獎2次"),
        (4, "民政課", "張𡘙", "嘉獎1次"),
        (None, "民政課小計", 2, "嘉獎2次 1 人次；嘉獎1次 1 人次"),
        (None, "合計", 4, "嘉獎1次 3 人次；嘉獎2次 1 人次"),
    ]


def test_counts_are_formulas_with_their_unit_shown() -> None:
    worksheet = sheet(commendation_list_content(), data_only=False)

    assert worksheet["D8"].value == "=COUNT(A6:A7)"
    assert worksheet["D12"].value == "=COUNT(A6:A11)"
    assert worksheet["D12"].number_format == '#,##0" 人"'
    found = 'FIND("、嘉獎1次、","、"&G6:G7&"、")'
    assert str(worksheet["G8"].value).startswith(f'="嘉獎1次"&" "&SUMPRODUCT(ISNUMBER({found})*1)')


def test_several_awards_of_one_person_are_counted_each_under_its_kind() -> None:
    awards = ("記功1次、嘉獎1次", "嘉獎1次", "嘉獎11次", "記功1次、嘉獎2次")
    entries = tuple(
        replace(entry, award=award, unit="秘書室")
        for entry, award in zip(commendations(), awards, strict=True)
    )
    worksheet = sheet(replace(commendation_list_content(), entries=entries))

    assert (
        worksheet["G11"].value == "記功1次 2 人次；嘉獎1次 2 人次；嘉獎11次 1 人次；嘉獎2次 1 人次"
    )
    assert worksheet["D11"].value == 4


def test_list_prints_with_repeated_headings_notes_and_seals() -> None:
    worksheet = sheet(commendation_list_content())
    last = [cell.value for cell in worksheet["A"]][-4:]

    assert worksheet.print_title_rows == "$5:$5"
    assert worksheet.freeze_panes == "A6"
    assert not worksheet.tables, "subtotals between the rows rule out a filter"
    assert last[1] == "未獲敘獎者另列名單，編號 KH-114-000042。"
    assert "".join(str(last[3]).split()) == "承辦人：人事主管：機關首長："


def test_list_without_entries_says_so() -> None:
    worksheet = sheet(replace(commendation_list_content(), entries=()))

    assert worksheet["A6"].value == "（無）"


def test_ods_list_holds_the_same_as_the_xlsx() -> None:
    content = commendation_list_content()
    tables = [
        CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
        for data in (write_commendation_list_xlsx(content), write_commendation_list_ods(content))
    ]

    assert tables[0] == tables[1]
