"""The words of a plan file that are chosen among a few, as a clerk reads them."""

from __future__ import annotations

from collections.abc import Iterable

CHOICE_WORDS = {
    "start_and_end": "起與迄都要在公餘",
    "completion": "只看完成的時間",
    "none": "不檢查",
    "sum": "各條累加",
    "best": "擇優一條",
    "senior": "簡任",
    "junior": "薦任",
    "elementary": "委任",
    "each_plan": "每個計畫都可以",
    "once_a_year": "每年一次",
    "first_time_only": "只限第一次",
    "unit": "各單位",
    "organisation": "全機關",
    "fail": "不符",
    "review": "待確認",
    "info": "提示",
    "pass": "通過",
    "each": "每一組都算",
    "once": "只算在最前面那一組",
    "next_day": "完成次日",
    "same_day": "完成當日",
    "hours": "採認時數多的先",
    "completed_on": "完成日早的先",
    "rule": "達到就給一次",
    "course": "每一門課都給",
    "official_leave": "公假",
    "commendation": "敘獎",
    "draw": "抽獎機會",
    "voucher": "禮券",
    "cash": "獎金",
    "completion_rate": "完成的比率",
    "people": "完成的人數",
    "everybody": "全部的人都完成",
    "general": "通用申請表",
    "kaohsiung-114": "高雄市 114 附件2，一套一頁",
    "kaohsiung-103": "高雄市 103 附件2，一人一份",
    "true": "是",
    "false": "否",
}
"""By the word of the file; every word means the same wherever it may stand."""


def choices_in_words(choices: Iterable[str]) -> str:
    """What may be chosen, each with its meaning beside it: ``each（每一組都算）、…``.

    Args:
        choices: Words of a plan file; one that is Chinese already stands alone.
    """
    return "、".join(
        f"{choice}（{CHOICE_WORDS[choice]}）" if choice in CHOICE_WORDS else choice
        for choice in choices
    )
