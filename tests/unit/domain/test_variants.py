"""Spellings of one character meet in keys; two characters never do."""

from __future__ import annotations

import pytest

from desktop.domain.text import is_variant_spelling, person_key
from desktop.domain.variants import VARIANTS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pair.split("/")
        for pair in [
            "高峰瑜/高峯瑜",
            "臺文山/台文山",
            "葉秘書/葉祕書",
            "陳啟明/陳啓明",
            "林真真/林眞眞",
            "王吳氏/王吴氏",
            "吴明/呉明",
            "恆春/恒春",
            "黃彥/黄彦",
            "戶政/户政",
            "戸政/户政",
            "溫淨/温净",
            "娛樂/娱樂",
            "郎中/郞中",
            "鄉長/郷長",
            "鄉長/鄕長",
            "獎章/奨章",
            "獎章/奬章",
            "填表/塡表",
            "晉德/晋徳",
            "昂首/昻首",
            "高明/髙明",
            "抬頭/擡頭",
            "群/羣",
            "衛生/衞生",
            "嫻/嫺",
        ]
    ],
)
def test_two_spellings_of_one_name_are_found_as_one(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)
    assert is_variant_spelling(one, other)


@pytest.mark.parametrize(
    "pair",
    [
        "吳喆安/吳哲安",
        "王堃/王坤",
        "李昇/李升",
        "林輝/林煇",
        "陳梁/陳樑",
        "張參/張蔘",
        "周鍼/周針",
        "于明/於明",
        "鍾文/鐘文",
        "余/餘",
    ],
)
def test_characters_that_tell_people_apart_stay_two_names(pair: str) -> None:
    one, other = pair.split("/")
    assert person_key(one) != person_key(other)


def test_each_spelling_leads_straight_to_one_that_leads_nowhere() -> None:
    assert len(VARIANTS) > 150
    for letter, usual in VARIANTS.items():
        assert len(usual) == 1
        assert chr(letter) != usual
        assert ord(usual) not in VARIANTS, (chr(letter), usual)


@pytest.mark.parametrize(
    ("one", "other"), [("王小明", "王 小明"), ("王小明", "王⼩明"), ("Ａ", "a"), ("臺", "臺")]
)
def test_width_blanks_and_radicals_are_no_variant_spelling(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)
    assert not is_variant_spelling(one, other)
