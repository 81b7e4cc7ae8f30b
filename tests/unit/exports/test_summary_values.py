"""What is put in is what programs read back, from xlsx and ODS alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from desktop.exports import write_summary_ods, write_summary_xlsx
from desktop.exports.content import SummaryContent
from tests.unit.exports.sample_content import summary_content, units

SHEETS = ["總表", "明細", "課程明細", "未完成", "待確認", "敘獎", "拒收", "說明"]
PLAN_LINE = "計畫：高雄市政府 114 年度公餘時間完成數位學習補休及敘獎實施計畫　　基準日：114/08/31"


def sheet(content: SummaryContent, title: str) -> Worksheet:
    workbook = openpyxl.load_workbook(BytesIO(write_summary_xlsx(content)), data_only=True)
    return workbook[title]


def rows(worksheet: Worksheet, first: int, last: int) -> list[list[Any]]:
    return [
        [cell.value for cell in row] for row in worksheet.iter_rows(min_row=first, max_row=last)
    ]


def calamine_sheets(data: bytes) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    return {
        name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in workbook.sheet_names
    }


def trimmed(table: list[list[Any]]) -> list[list[Any]]:
    """Drop empty cells at the ends, and read a bare date as its midnight, as xlsx does."""
    result = []
    for cells in table:
        row = [
            datetime(value.year, value.month, value.day) if type(value) is date else value
            for value in cells
        ]
        while row and row[-1] == "":
            row = row[:-1]
        result.append(row)
    while result and not result[-1]:
        result.pop()
    return result


def test_summary_has_the_eight_sheets_in_order() -> None:
    workbook = openpyxl.load_workbook(BytesIO(write_summary_xlsx(summary_content())))

    assert workbook.sheetnames == SHEETS


def test_units_sheet_shows_each_unit_and_the_office_total() -> None:
    worksheet = sheet(summary_content(), "總表")

    assert worksheet["A1"].value == "高雄市範例區公所學習成果總表"
    assert worksheet["A2"].value == PLAN_LINE
    assert rows(worksheet, 4, 8) == [
        ["單位", "人數", "適用對象", "有學習紀錄", "完成一套以上", "全部完成", "完成率",
         "完成：政策能力訓練", "完成：市政議題訓練", "完成：共通知能訓練", "核給時數", "嘉獎次數", "待確認"],
        ["秘書室", 4, 3, 3, 2, 1, pytest.approx(1 / 3), 2, 1, 1, 16, 1, 2],
        ["民政課", 7, 6, 5, 4, 3, 0.5, 4, 3, 3, 42.5, 3, 0],
        ["清潔隊", 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["合計", 13, 9, 8, 6, 4, pytest.approx(4 / 9), 6, 4, 4, 58.5, 4, 2],
    ]  # fmt: skip


def test_people_sheet_shows_each_person_with_sure_and_possible_benefits() -> None:
    worksheet = sheet(summary_content(), "明細")

    assert rows(worksheet, 4, 9) == [
        ["人員代號", "姓名", "單位", "職稱", "官職等", "身分別", "適用",
         "政策能力訓練", "市政議題訓練", "共通知能訓練",
         "補休", "補休確定時數", "補休可能時數", "敘獎", "嘉獎確定次數", "嘉獎可能次數", "備註"],
        ["00123", "王小明", "秘書室", "科員", "薦任第六職等", "編制內公務人員", "適用",
         "通過", "通過", "通過", "核給", 12, 12, "敘獎", 1, 1, None],
        ["A0002", "陳堃霖", "秘書室", "約僱人員", "相當委任第五職等", "約僱", "適用",
         "通過", "待確認", "未完成", "待確認", 4, 8, "不敘獎", 0, 0,
         "113 年 5 月 1 日起留職停薪 1 個月。"],
        ["A0003", "高峯瑜", "民政課", "課員", "薦任第七職等", "編制內公務人員", "適用",
         "未完成", "未完成", "未完成", "不核給", 0, 0, "不敘獎", 0, 0, None],
        ["A0004", "林羽達", "清潔隊", "技工", None, "職工", "不適用",
         None, None, None, "不適用", 0, 0, "不適用", 0, 0, "身分別為職工，不在本計畫適用範圍。"],
        ["合計", 4, None, None, None, None, None, None, None, None,
         None, 16, 20, None, 1, 1, None],
    ]  # fmt: skip


def test_records_sheet_keeps_real_dates_reasons_and_places() -> None:
    worksheet = sheet(summary_content(), "課程明細")

    assert rows(worksheet, 4, 8) == [
        ["人員代號", "姓名", "單位", "套別", "課程", "起", "迄", "時數", "判定", "原因", "依據",
         "來源檔案", "頁", "列", "承辦人決定"],
        ["00123", "王小明", "秘書室", "政策能力訓練", "雙軸轉型淨零港都",
         datetime(2025, 1, 4, 8, 0, 0), datetime(2025, 1, 4, 9, 0, 0), 1, "通過", None, None,
         "A0012_王小明.pdf", 1, 1, None],
        ["A0002", "陳堃霖", "秘書室", "市政議題訓練", "從農田到餐桌的減碳策略：再生農法與永續食材",
         datetime(2025, 3, 12, 11, 52, 18), datetime(2025, 3, 12, 13, 5, 41), 1.5, "不符",
         "開始時間 11:52:18 在上班時間 08:00 至 12:00 之內。\n認證時數 1.5 小時與計畫所定 1 小時不同。",
         "計畫四、(二)\n計畫三", "learn_record_08.pdf", 2, 14,
         "採計（人事室李大華 114/05/02）：當日請休假，已附假單。"],
        ["A0002", "陳堃霖", "秘書室", "市政議題訓練", "族群關係與族群主流化",
         None, datetime(2025, 6, 30), 2, "待確認", "證明文件只有完成日期，沒有起訖時間。",
         "計畫四、(二)", "同仁學習狀況明細.xlsx", "工作表1", 7, None],
        ["A0003", "高峯瑜", "民政課", "計畫外", "自選課程", None, None, None, None,
         "本課程不在計畫的組裝課程內。", None, "高峯瑜 學習紀錄.mhtml", None, 3, None],
    ]  # fmt: skip


def test_incomplete_and_pending_sheets_name_courses_and_what_would_follow() -> None:
    content = summary_content()

    assert rows(sheet(content, "未完成"), 5, 6) == [
        ["A0002", "陳堃霖", "秘書室", "共通知能訓練", 2,
         "兩公約健康權課程：人權搜查客 II\n職場霸凌防治及處理實務案例研習", 0, None],
        ["A0003", "高峯瑜", "民政課", "政策能力訓練", 1, "雙軸轉型淨零港都", 1, "失智友善好厝邊"],
    ]  # fmt: skip
    assert rows(sheet(content, "待確認"), 5, 5) == [
        ["A0002", "陳堃霖", "秘書室", "市政議題訓練", "族群關係與族群主流化",
         None, datetime(2025, 6, 30), "證明文件只有完成日期，請補起訖時間。", "計畫四、(二)",
         "補休可再增加 4 小時", "同仁學習狀況明細.xlsx", "工作表1", 7],
    ]  # fmt: skip


def test_commendations_on_the_summary_are_one_flat_table_with_a_total() -> None:
    worksheet = sheet(summary_content(), "敘獎")

    assert [row[:5] + row[6:7] for row in rows(worksheet, 5, 9)] == [
        [1, "秘書室", "科員", "王小明", "薦任第六職等", "嘉獎1次"],
        [2, "民政課", "課長", "黃郁婷", "薦任第九職等", "嘉獎2次"],
        [3, "民政課", "課員", "張𡘙", "薦任第七職等", "嘉獎1次"],
        [4, "秘書室", "書記", "李犇", "委任第三職等", "嘉獎1次"],
        [None, "合計", None, 4, None, "嘉獎1次 3 人次；嘉獎2次 1 人次"],
    ]


def test_refused_sheet_states_the_balance_and_every_refusal_with_its_sentence() -> None:
    worksheet = sheet(summary_content(), "拒收")

    assert worksheet["A3"].value == "讀入 10 列；存入 4 列＋拒收 6 列，列數相符。"
    assert [row[:4] for row in rows(worksheet, 5, 8)] == [
        ["檔案", "位置", "列數", "原因"],
        ["汪不識 學習紀錄.html", None, 5, "查無此人"],
        ["learn_record_09.pdf", "第 2 頁第 3 列", 1, "時間無法辨認"],
        ["合計", None, 6, None],
    ]
    assert worksheet["E7"].value == (
        "第 2 頁第 3 列的起訖時間無法辨認，這一列沒有存入，同檔其他列已存入；請重印該頁。"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "讀入 10 列；存入 4 列＋拒收 6 列，列數相符。"),
        (
            {"rows_stored": 3},
            "讀入 10 列；存入 3 列＋拒收 6 列，相差 1 列，請勿據以核給，並通知系統維護人員。",
        ),
        (
            {"refused": ()},
            "讀入 10 列；存入 4 列＋拒收 6 列，列數相符；但下表列出的拒收列數為 0 列，請逐檔核對。",
        ),
    ],
)
def test_row_balance_says_plainly_whether_it_holds(changes: dict[str, Any], sentence: str) -> None:
    worksheet = sheet(replace(summary_content(), **changes), "拒收")

    assert worksheet["A3"].value == sentence


def test_explanation_names_plan_clauses_files_and_who_decided_what() -> None:
    worksheet = sheet(summary_content(), "說明")
    lines = [[value for value in row if value is not None] for row in rows(worksheet, 1, 40)]

    for expected in (
        ["計畫代號與版本", "kaohsiung-114 第 1 版"],
        ["基準日", datetime(2025, 8, 31)],
        ["辦公日曆", "114 年政府行政機關辦公日曆表（修正版），114/01/10 匯入"],
        ["製表時間", datetime(2025, 9, 1, 14, 5, 9)],
        ["計畫四、(二)", "學習時間之起訖均應在公餘時間。",
         "高雄市政府 114 年 1 月 2 日高市府人訓字第 11330000000 號函"],
        ["learn_record_09.pdf", "e等公務園⁺ 學習紀錄（PDF）", 2, 1, 1, "cd34" * 16],
        ["合計", 10, 4, 6],
        ["A0002 陳堃霖", "從農田到餐桌的減碳策略：再生農法與永續食材",
         datetime(2025, 5, 2, 10, 30, 0), "不符", "採計", "當日請休假，已附假單。", "李大華"],
    ):  # fmt: skip
        assert expected in lines


def test_ods_reads_back_cell_for_cell_like_the_xlsx(sample_files: dict[str, bytes]) -> None:
    from_xlsx = calamine_sheets(sample_files["summary-from-xlsx.xlsx"])
    from_ods = calamine_sheets(sample_files["summary-from-ods.ods"])

    assert list(from_ods) == SHEETS
    for title in SHEETS:
        assert trimmed(from_ods[title]) == trimmed(from_xlsx[title])


def test_calamine_reads_totals_without_calculating(sample_files: dict[str, bytes]) -> None:
    for name in ("summary-from-xlsx.xlsx", "summary-from-ods.ods"):
        total = calamine_sheets(sample_files[name])["總表"][7]
        assert total[:6] == ["合計", 13.0, 9.0, 8.0, 6.0, 4.0]
        assert total[10] == 58.5


def test_a_plan_with_one_set_has_one_column_and_five_sets_have_five() -> None:
    for titles in (("唯一套組",), ("甲", "乙", "丙", "丁", "戊")):
        count = len(titles)
        content = replace(
            summary_content(),
            set_titles=titles,
            units=tuple(replace(unit, completed_per_set=(1,) * count) for unit in units()),
            people=(),
        )
        worksheet = sheet(content, "總表")
        headings = [cell.value for cell in worksheet[4]]

        assert headings[7 : 7 + count] == [f"完成：{title}" for title in titles]
        assert headings[7 + count :] == ["核給時數", "嘉獎次數", "待確認"]
        assert [cell.value for cell in worksheet[8]][7 : 7 + count] == [3] * count


def test_set_counts_that_do_not_fit_the_titles_are_refused() -> None:
    with pytest.raises(ValueError, match=r"秘書室.*3 set counts, expected 1"):
        replace(summary_content(), set_titles=("只有一套",), people=())
    with pytest.raises(ValueError, match=r"00123.*3 set verdicts, expected 1"):
        replace(summary_content(), set_titles=("只有一套",), units=())


def test_a_date_before_the_republic_is_written_as_text() -> None:
    record = replace(summary_content().records[0], start=date(1899, 12, 31), end=None)
    content = replace(summary_content(), records=(record,))

    assert sheet(content, "課程明細")["F5"].value == "1899-12-31"
    ods = calamine_sheets(write_summary_ods(content))
    assert ods["課程明細"][4][5] == "1899-12-31"
