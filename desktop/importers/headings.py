"""Column headings and their synonyms, folded; the one place where a new spelling is added."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from desktop.domain.text import matching_key


class Column(StrEnum):
    """The columns that importers know."""

    NUMBER = "No."
    EMPLOYEE_ID = "人員代號"
    NAME = "姓名"
    IDENTITY_NUMBER = "身分證號"
    UNIT = "服務單位"
    TITLE = "職稱"
    RANK = "官職等"
    CATEGORY = "人員類別"
    PATTERN = "班別"
    HIRED = "到職日"
    LEFT = "離職日"
    UNPAID_FROM = "留職停薪起"
    UNPAID_UNTIL = "留職停薪迄"
    SUPERVISOR = "主管"
    COURSE = "課程名稱"
    COURSE_TYPE = "課程類型"
    COURSE_ITEM = "課程項目"
    PERIOD = "上課期間"
    BEGAN_AT = "上課開始時間"
    ENDED_AT = "上課結束時間"
    READING = "閱讀時數"
    TEST = "測驗"
    SURVEY = "問卷"
    CONDITIONS = "通過條件"
    PASSED = "通過狀態"
    CERTIFIED = "認證時數"
    HOURS = "時數"
    UPLOAD_STATE = "終身學習時數上傳狀態"
    UPLOAD_TIME = "終身學習時數上傳時間"
    TERM = "期別"
    PROVIDER = "學習機關(構)"
    AGENCY = "服務機關"
    LEAVE_KIND = "假別"
    LEARNING_KIND = "學習類別"
    RELEVANT = "業務相關"
    KIND = "類別"
    START_DATE = "起始日期"
    START_TIME = "起始時間"
    END_DATE = "結束日期"
    END_TIME = "結束時間"
    BOTH_ENDS = "起迄時間"
    REASON = "事由"
    DAY = "日期"
    DUTY_FROM = "上班"
    DUTY_UNTIL = "下班"
    PUNCH_IN = "上班刷卡"
    PUNCH_OUT = "下班刷卡"
    FINISHED_DATE = "完成日期"
    FINISHED_TIME = "完成時間"
    LANGUAGE = "語言"
    REGION = "開課國家/地區"
    BEGAN_DATE = "開始日期"
    FINISHED_HOURS = "完課時數"
    CERTIFICATE = "證書"
    TELEPHONE = "聯絡電話"
    EMAIL = "人事單位電子信箱"
    PRIORITY = "優先條件"
    SUBSTITUTE = "遞補"
    PLAN = "計畫"
    RECEIVED = "收件日期"
    RECEIVED_WHAT = "文件"
    YEAR = "年度"
    BENEFIT = "獎勵"
    AMOUNT = "次數"
    SUM = "金額"
    GIVEN = "核給日期"
    GREGORIAN_DAY = "西元日期"
    WEEKDAY = "星期"
    IS_OFF = "是否放假"
    REMARK = "備註"


# A heading may mean several columns; which one is the importer's to say by the columns it asks for.
_SYNONYMS: Mapping[Column, str] = {
    Column.NUMBER: "No. 編號 項次 序號 項目 號次",
    Column.EMPLOYEE_ID: "人員代號 員工編號 員工代號 人員編號 員工代碼 人員代碼 "
    "員編 職員編號 員工號 工號",
    Column.NAME: "姓名 人員姓名 員工姓名 學員姓名 中文姓名 職員姓名",
    Column.IDENTITY_NUMBER: "身分證號 身分證字號 身分證統一編號 國民身分證統一編號 身份證號 "
    "身份證字號 統一證號 居留證號 身分證號碼",
    Column.UNIT: "服務單位 單位 服務機關 單位名稱 所屬單位 科室 部門 任職單位",
    Column.TITLE: "職稱 職務",
    Column.RANK: "官職等 官等 官等職等 職等 官等(職等)",
    Column.CATEGORY: "人員類別 身分別 身份別 人員身分 人員區分 身分類別",
    Column.PATTERN: "班別 班別代碼 班別代號 出勤班別 上班班別",
    Column.HIRED: "到職日 到職日期 到任日期 到任日",
    Column.LEFT: "離職日 離職日期 卸職日期",
    Column.UNPAID_FROM: "留職停薪起 留職停薪起日 留停起日 留停起 留職停薪開始日 留職停薪起始日",
    Column.UNPAID_UNTIL: "留職停薪迄 留職停薪迄日 留停迄日 留停迄 留職停薪結束日 留職停薪訖日",
    Column.SUPERVISOR: "主管 是否主管 是否為主管 主管職 主管職務 主管別 主管身分 主管人員 "
    "主管/非主管 主管或非主管 主管非主管",
    Column.COURSE: "課程名稱 課程 課程名 課名 課程名稱(代碼)",
    Column.COURSE_TYPE: "課程類型 課程類別 課程屬性",
    Column.COURSE_ITEM: "課程項目 課程分類 學習項目",
    Column.PERIOD: "上課期間 上課期間(起迄) 學習期間 上課起迄 上課起迄時間 上課時間",
    Column.BEGAN_AT: "上課開始時間 上課起始時間 開始上課時間 上課期間起 上課期間(起)",
    Column.ENDED_AT: "上課結束時間 完成上課時間 上課期間迄 上課期間(迄)",
    Column.READING: "閱讀時數 閱讀時間",
    Column.TEST: "測驗 測驗成績 測驗分數 測驗結果 測驗得分 成績 分數 評量成績",
    Column.SURVEY: "問卷 問卷調查 問卷狀態 問卷填寫 滿意度問卷 課後問卷 問卷填寫狀態 是否填寫問卷 "
    "滿意度調查",
    Column.CONDITIONS: "通過條件",
    Column.PASSED: "通過狀態 是否通過 通過與否 通過情形",
    Column.CERTIFIED: "認證時數",
    Column.HOURS: "時數 認證時數 學習時數 小時數 課程時數 核給時數 補休時數",
    Column.UPLOAD_STATE: "終身學習時數上傳狀態 上傳狀態 時數上傳狀態 認證時數上傳狀態 "
    "終身學習上傳狀態 上傳情形 上傳結果 是否上傳 時數上傳 是否已上傳",
    Column.UPLOAD_TIME: "終身學習時數上傳時間 上傳時間",
    Column.TERM: "期別",
    Column.PROVIDER: "學習機關(構) 學習機構 學習機關 開課機關",
    Column.AGENCY: "服務機關",
    Column.LEAVE_KIND: "假別",
    Column.LEARNING_KIND: "學習類別 學習方式 學習型態 學習性質 課程型態",
    Column.RELEVANT: "業務相關 業務相關性 是否業務相關 與業務相關 與業務有關 是否與業務相關 "
    "業務相關學習",
    Column.KIND: "類別 假別 差勤類別 差假類別 差假別 申請類別 差勤別 類型",
    Column.START_DATE: "起始日期 開始日期 起日 起日期 起 起始 開始 起始日 起時 "
    "起始日期時間 開始日期時間 "
    "起始日時 起始時間 開始時間 起始日期(時間)",
    Column.START_TIME: "起始時間 開始時間 起時間 起時",
    Column.END_DATE: "結束日期 終止日期 截止日期 迄日 訖日 迄日期 迄 訖 結束 "
    "結束日 迄時 結束日期時間 "
    "終止日期時間 結束日時 結束時間 終止時間 迄止日期",
    Column.END_TIME: "結束時間 終止時間 迄時間 迄時 訖時",
    Column.BOTH_ENDS: "起迄時間 起訖時間 起迄 起訖 起迄期間 起訖期間 起迄日期 起訖日期 "
    "起迄日期時間 差假期間 差勤期間 請假期間 請假起迄 請假起迄時間 請假起訖時間 加班期間 "
    "加班起迄時間 加班起訖時間 加班時間 公假期間 公差期間 期間",
    Column.REASON: "事由 原因 說明 備註 請假事由",
    Column.DAY: "日期 輪值日期 值勤日期 刷卡日期 出勤日期 班表日期 上班日期 值班日期 西元日期",
    Column.DUTY_FROM: "上班 起 上班時間 起始時間 開始時間 起時 值勤起 輪值起",
    Column.DUTY_UNTIL: "下班 迄 下班時間 結束時間 終止時間 迄時 訖 值勤迄 輪值迄",
    Column.PUNCH_IN: "上班刷卡 上班打卡 刷卡上班 上班刷卡時間 簽到 簽到時間 上班簽到",
    Column.PUNCH_OUT: "下班刷卡 下班打卡 刷卡下班 下班刷卡時間 簽退 簽退時間 下班簽退",
    Column.FINISHED_DATE: "完成日期 完成日 完課日期 結業日期",
    Column.FINISHED_TIME: "完成時間 完成時刻 完課時間",
    Column.LANGUAGE: "語言 授課語言 課程語言 語文",
    Column.REGION: "開課國家/地區 開課國家 國家/地區 國家地區 開課國家(地區) 開課地區",
    Column.BEGAN_DATE: "開始日期 開始日 選課日期 起始日期",
    Column.FINISHED_HOURS: "完課時數 時數 認證時數 學習時數",
    Column.CERTIFICATE: "證書 完課證書 證書有無 有無證書 結業證書",
    Column.TELEPHONE: "聯絡電話 電話 連絡電話 分機",
    Column.EMAIL: "人事單位電子信箱 電子信箱 電子郵件 e-mail 人事單位信箱 信箱",
    Column.PRIORITY: "優先條件 優先順序 優先資格",
    Column.SUBSTITUTE: "遞補 是否遞補 備取",
    Column.PLAN: "計畫 計畫名稱 計畫代號 計畫別 適用計畫",
    Column.RECEIVED: "收件日期 收件日 收文日期 收到日期 受理日期",
    Column.RECEIVED_WHAT: "文件 種類 文件種類 文件名稱 收件種類 收件項目 收件文件 收件類別 項目",
    Column.YEAR: "年度 民國年度 核給年度 計畫年度 敘獎年度 年",
    Column.BENEFIT: "獎勵 獎勵種類 獎勵項目 獎勵別 核給項目 核給種類 敘獎 敘獎種類 獎懲種類 "
    "項目 種類",
    Column.AMOUNT: "次數 數量 獎勵次數 核給數量 核給次數",
    Column.SUM: "金額 核給金額 獎金金額",
    Column.GIVEN: "核給日期 核定日期 發布日期 獎勵日期 敘獎日期 核發日期 核給日 日期",
    Column.GREGORIAN_DAY: "西元日期",
    Column.WEEKDAY: "星期",
    Column.IS_OFF: "是否放假",
    Column.REMARK: "備註",
}

SYNONYMS: Mapping[Column, frozenset[str]] = MappingProxyType(
    {
        column: frozenset(matching_key(word) for word in words.split())
        for column, words in _SYNONYMS.items()
    }
)
_KNOWN = frozenset().union(*SYNONYMS.values())


def is_known_heading(text: str) -> bool:
    """Whether a cell's text is a heading of any column."""
    return len(text) <= 40 and matching_key(text) in _KNOWN


def may_be_headings(keys: tuple[str, ...]) -> bool:
    """Whether a row of folded cells holds any heading at all; most rows of data do not."""
    return not _KNOWN.isdisjoint(keys)


def found_columns(cells: tuple[str, ...], wanted: tuple[Column, ...]) -> dict[Column, int]:
    """Which of the wanted columns a row of headings has, and where.

    A column's canonical heading comes before its synonyms; a heading serves one column only, the
    first in ``wanted`` that asks for it.

    Args:
        cells: Folded headings (``matching_key``) by column.
        wanted: The columns in order of claim.
    """
    places: dict[Column, int] = {}
    taken: set[int] = set()
    for is_canonical in (True, False):
        for column in wanted:
            if column in places:
                continue
            words = frozenset({matching_key(column.value)}) if is_canonical else SYNONYMS[column]
            place = next(
                (
                    index
                    for index, cell in enumerate(cells)
                    if cell and cell in words and index not in taken
                ),
                None,
            )
            if place is not None:
                places[column] = place
                taken.add(place)
    return places
