"""Invented content of the 103 form, the general form and the list of who did not qualify."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from forms.application_contents import (
    Application103,
    CourseBlock,
    GeneralApplication,
    GeneralCourseRow,
    GrantLedger,
    GrantRow,
    OutlineNote,
    Receipt,
    TimeColumns,
)
from forms.contents import NotCommendedList, NotCommendedRow, Note
from forms.document import Issue
from forms.stamp import CheckStamp

# Name, hours, completion: the main set for 委任, then the first side set.
COURSES_103 = (
    ("單車遊前鎮-溝通服務案例", "1", (6, 7, 20, 14)),
    ("岡山羊肉文化節-活動溝通的藝術", "1", (6, 7, 21, 32)),
    ("執行力與人際互動", "2", (6, 14, 10, 47)),
    ("個人隱私資安防護", "2", (6, 15, 16, 5)),
    ("高效率自我工作管理", "2", (6, 21, 22, 18)),
    ("化抱怨為滿意-如何處理民眾抱怨", "1", (6, 25, 12, 58)),
    ("服務觀心術-營造人見人愛的五星級服務", "1", (6, 28, 9, 40)),
    ("【守護正義的防線】霸凌不要來", "2", (7, 5, 11, 26)),
    ("公務員廉政倫理規範", "2", (7, 6, 15, 51)),
    ("行政中立理論與實務", "2", (7, 12, 20, 33)),
    ("低碳城市綠色生活", "2", (7, 19, 21, 7)),
    ("全民國防教育學堂", "2", (7, 26, 18, 45)),
)

# Category, name, hours, month and day of completion.
_WORK = "業務知能相關與\n政策能力訓練"
COURSES_GENERAL = (
    ("當前政府重大政策", "5G 網路、應用與資安議題", "1", (4, 20)),
    ("環境教育", "懸浮微粒—小粒子的大衝擊", "2", (4, 27)),
    ("環境教育", "滄海桑田—那些衛星帶我們看到的地球角落", "2", (5, 4)),
    ("性別主流化", "多元性別權益保障教育訓練", "2", (5, 4)),
    ("廉政與服務倫理", "陽光法案—公職人員利益衝突迴避法", "1", (5, 11)),
    ("人權教育", "人權大步走：行政執行篇", "1", (5, 18)),
    ("公民參與", "一看就懂的公民審議與參與式預算", "1", (5, 25)),
    (_WORK, "CEDAW 施行法-暫行特別措施及案例", "3", (6, 1)),
    (_WORK, "政府內部稽核之推動", "2", (6, 8)),
    (_WORK, "南向政策東南亞的美麗與哀愁", "2", (6, 15)),
    (_WORK, "善用網路免費資源讓工作更輕鬆研討會", "2", (6, 15)),
    (_WORK, "防範電子郵件社交工程課程", "1", (6, 22)),
    (_WORK, "【資安通識】面對資通安全管理法該如何應對及生活化資安意識的提升", "2", (6, 29)),
    (_WORK, "人工智慧在臺灣：產業轉型的契機與挑戰", "2", (7, 6)),
    (_WORK, "你不能不知道的新興毒品 X 檔案", "1", (7, 13)),
    (_WORK, "傳染病防治", "1", (7, 20)),
    (_WORK, "海外防疫與保健", "1", (7, 27)),
    (_WORK, "如何學習第二語言？聽聽語言學家怎麼說？", "1", (8, 3)),
    (_WORK, "網路輿論識讀與回應", "1", (8, 10)),
    (_WORK, "你今天開會了嗎", "1", (8, 17)),
)

# Unit, job title, name, rank, sets completed, cause, reason, basis, remark.
_PEOPLE = (
    ("秘書室", "技工", "丁世傑", "", "○○○", "不屬適用對象", "不屬適用對象（職工）", "肆", "不列入"),
    (
        "民政課",
        "里幹事",
        "汪乃文",
        "委任第五職等",
        "×○○",
        "未完成或未通過",
        "缺 2 門：從農田到餐桌的減碳策略：再生農法與永續食材；智在高雄~智慧城市任你行",
        "陸、六",
        "",
    ),
    (
        "民政課",
        "里幹事",
        "郭晏如",
        "委任第四職等",
        "○○×",
        "時數不符",
        "「自我成長及情緒照顧」認證時數 2 小時，與計畫 3 小時不符",
        "陸、三；陸、六",
        "維持不符 114/09/05",
    ),
    (
        "社會課",
        "約聘社會工作員",
        "游瀚文",
        "相當薦任（約聘）",
        "×××",
        "未完成或未通過",
        "未選讀",
        "陸、六",
        "",
    ),
    (
        "經建課",
        "技士",
        "唐崇堯",
        "薦任第七職等",
        "○○○",
        "本人不參加",
        "本人書面表示不參加敘獎，經承辦人註記",
        "",
        "114/09/03 書面",
    ),
)


def make_application103(
    notes: tuple[OutlineNote, ...], *, count: int = 12, **changes: Any
) -> Application103:
    """Make a form of so many courses; whatever is named replaces the usual content."""
    usual = Application103(
        issue=Issue(issued_at=dt.datetime(2014, 7, 30, 10, 12), number="KH-103-000047"),
        author="高雄市港濱區公所",
        unit="社會課",
        job_title="辦事員",
        name="周喆",
        year=103,
        courses=tuple(
            CourseBlock(
                number=str(i + 1), name=name, hours=hours, completed=dt.datetime(2014, *moment)
            )
            for i in range(count)
            for name, hours, moment in (COURSES_103[i % 12],)
        ),
        ledger=GrantLedger(
            title="103年度補休核給及使用情形（上限12小時）",
            combination_head="主餐＋副餐",
            rows=(
                GrantRow(
                    combination="委任主餐＋副餐1-窈窕精緻餐",
                    completed=dt.date(2014, 7, 26),
                    granted="4",
                    used="1.5",
                    balance="2.5",
                    expires=dt.date(2015, 1, 26),
                ),
            ),
            granted="4",
            used="1.5",
            balance="2.5",
            grantable="8",
        ),
        notes=notes,
    )
    return replace(usual, **changes)


def make_general(
    *,
    count: int = 20,
    time_columns: TimeColumns = TimeColumns.NONE,
    has_categories: bool = True,
    **changes: Any,
) -> GeneralApplication:
    """Make a form of so many courses; whatever is named replaces the usual content."""
    courses = []
    for i in range(count):
        category, name, hours, day = COURSES_GENERAL[i % 20]
        end = dt.datetime(2020, *day, 9, 5, 59)
        courses.append(
            GeneralCourseRow(
                number=str(i + 1),
                category=category if has_categories else "",
                name=name,
                hours=hours,
                start=end - dt.timedelta(minutes=61),
                end=end,
            )
        )
    usual = GeneralApplication(
        issue=Issue(issued_at=dt.datetime(2020, 8, 24, 11, 40), number="HC-109-000031"),
        author="新竹市竹風區公所",
        plan="新竹市政府 109 年度推動數位學習實施計畫",
        unit="秘書室",
        job_title="技士",
        name="陳犇",
        set_title="新竹市政府 109 年度數位學習組裝課程",
        set_size="20 門，30 小時",
        basis="新竹市政府 109 年度推動數位學習實施計畫伍、四",
        leave="1 天（8 小時）",
        year=109,
        time_columns=time_columns,
        courses=tuple(courses),
        hours="30",
        notes=(
            Note(text="本表適用對象為本府及所屬機關學校公務人員（含約聘僱人員）。"),
            Note(
                text="完成本府數位學習組裝課程，並於 109 年 9 月 30 日前檢附學習紀錄至本府人事處或"
                "所屬機關學校人事單位者，核給補休 1 天（8 小時）。"
            ),
            Note(text="請檢附公務人員終身學習入口網站「學習時數」資料；完成日期請詳實登載。"),
            Note(text="本申請表由申請人、單位主管及人事單位核章後，由人事單位登記。"),
        ),
        receipt=Receipt(
            deadline=dt.date(2020, 9, 30), received=dt.date(2020, 8, 21), is_late=False
        ),
        stamp=CheckStamp(
            agency="新竹市竹風區公所人事室",
            is_passed=True,
            clerk="江昱辰",
            day=dt.date(2020, 8, 24),
            number="HC-109-000031",
            heading="學習時數查核",
        ),
    )
    return replace(usual, **changes)


def make_not_commended(*, count: int = 5, **changes: Any) -> NotCommendedList:
    """Make a list of so many people; whatever is named replaces the usual content."""
    rows = tuple(
        NotCommendedRow(
            unit=unit,
            job_title=job_title,
            name=name,
            rank=rank,
            completed=tuple(mark == "○" for mark in marks),
            cause=cause,
            reason=reason,
            basis=basis,
            remark=remark,
        )
        for i in range(count)
        for unit, job_title, name, rank, marks, cause, reason, basis, remark in (_PEOPLE[i % 5],)
    )
    usual = NotCommendedList(
        issue=Issue(issued_at=dt.datetime(2025, 9, 8, 10, 20), number="KH-114-000302"),
        agency="高雄市港濱區公所",
        plan="高雄市政府 114 年度推動數位學習－「知識啟航·e 展雄才」實施計畫",
        day=dt.date(2025, 8, 31),
        sets=("政策", "市政", "共通"),
        rows=rows,
        examined=34,
        causes=("未完成或未通過", "時數不符", "不屬適用對象", "本人不參加"),
        commendation_number="KH-114-000301",
    )
    return replace(usual, **changes)
