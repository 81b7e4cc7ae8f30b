"""People with long and rare names and courses of thirty characters, as many as are wanted."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from forms.contents import Application114, CommendationList, CommendationRow, CourseRow, Note
from forms.document import Issue
from forms.leave_contents import LeaveRegister, LeaveRegisterRow

FAMILIES = ("王", "歐陽", "陳", "司馬", "林", "張簡", "𡘙", "𠮷", "喆", "范姜", "李", "拓跋")
GIVEN = "堃喆峯犇焱㛢𤧟𪚥𫝀𭈻䶵𬺞瑜羣芳毅雯晟昱彤宸𫠝"
INDIGENOUS = "谷辣斯·尤達卡·瓦歷斯·貝林·撒韵·武荖·以撒克·阿復·巴勒達斯·卡里瓦諾"
PARTS = (
    "生成式AI帶來",
    "ChatGPT與Copilot的",
    "永續發展SDGs",
    "數位韌性與資安",
    "（進階）",
    "「跨域治理」",
    "—案例研析",
    "全球2050淨零",
    "e等公務園⁺",
    "第Ⅱ期",
    "公務人員",
    "政策溝通",
)
UNITS = ("民政課", "都市計畫及工程管理科第二股", "人事室", "社會及原住民事務課", "秘書室")
LONG_TITLE = 30


def name_of(index: int) -> str:
    """A name: some of one line, some that must shrink, some that need two lines."""
    rng = random.Random(index)
    if index % 10 == 9:
        return INDIGENOUS[: 12 + index % 25].rstrip("·")
    given = "".join(rng.choice(GIVEN) for _ in range(1 + index % 3))
    return FAMILIES[index % len(FAMILIES)] + given


def course_of(index: int) -> str:
    """A course title of thirty characters."""
    rng = random.Random(-1 - index)
    words = "".join(rng.choice(PARTS) for _ in range(12))
    return words[:LONG_TITLE].rstrip("（「—")


def application(index: int, notes: Sequence[str]) -> Application114:
    """The form of the person of an index."""
    start = dt.datetime(2025, 1, 4, 19) + dt.timedelta(days=index % 200, seconds=index)
    return Application114(
        issue=Issue(issued_at=dt.datetime(2025, 9, 1, 9), number=f"KH-114-{index + 1:06d}"),
        author="高雄市港濱區公所",
        unit=UNITS[index % len(UNITS)],
        name=name_of(index),
        set_title="高雄市政府 114 年度數位學習組裝課程－政策能力訓練",
        set_title_bold="政策能力訓練",
        year=114,
        courses=tuple(
            CourseRow(
                number=str(n + 1),
                name=course_of(index * 9 + n),
                hours="1.5" if n % 4 else "12",
                start=start + dt.timedelta(days=n),
                end=start + dt.timedelta(days=n, minutes=56),
            )
            for n in range(9)
        ),
        notes=tuple(Note(text=text) for text in notes),
    )


def commendations(count: int) -> CommendationList:
    """One list of so many people."""
    return CommendationList(
        issue=Issue(issued_at=dt.datetime(2025, 9, 8, 10), number="KH-114-900001"),
        agency="高雄市港濱區公所",
        plan="高雄市政府 114 年度推動數位學習－「知識啟航·e 展雄才」實施計畫",
        day=dt.date(2025, 8, 31),
        rows=tuple(
            CommendationRow(
                unit=UNITS[i * len(UNITS) // count],
                job_title=("課員", "約聘企劃師", "原住民族事務專員")[i % 3],
                name=name_of(i),
                rank=("薦任第七職等", "相當委任第五職等", "委任第五職等或薦任第六職等")[i % 3],
                reason=f"完成{course_of(i)}等三套課程，訓練進修績優。",
                award="嘉獎1次",
                basis="本府114年度推動數位學習實施計畫陸、六",
                remark="留職停薪期間完成" if i % 7 == 0 else "",
            )
            for i in range(count)
        ),
        awards=("嘉獎1次",),
    )


def register(count: int) -> LeaveRegister:
    """One register of so many grants."""
    day = dt.date(2025, 3, 1)
    return LeaveRegister(
        issue=Issue(issued_at=dt.datetime(2025, 9, 8, 10), number="KH-114-900002"),
        agency="高雄市港濱區公所",
        plan="高雄市政府 114 年度推動數位學習實施計畫",
        year=114,
        first_day=day,
        last_day=day + dt.timedelta(days=180),
        rows=tuple(
            LeaveRegisterRow(
                person_code=f"A{i:05d}",
                name=name_of(i),
                unit=UNITS[i % len(UNITS)],
                hours=4,
                starts=day + dt.timedelta(days=i % 180),
                expires=None if i % 11 == 0 else day + dt.timedelta(days=700 + i % 180),
                document_number=f"港濱區人字第{1143000000 + i}號",
            )
            for i in range(count)
        ),
    )
