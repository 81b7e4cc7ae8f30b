"""Folding for comparison: what meets, what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text import (
    has_private_use,
    matching_key,
    normalise_digits,
    person_key,
    same_but_for_page_breaks,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("台北", "臺北"),
        ("高峯瑜", "高峰瑜"),
        ("祕書室", "秘書室"),
        ("啓動", "啟動"),
        ("真實", "眞實"),
        ("⼈員", "人員"),
        ("全⺠國防", "全民國防"),
        ("自我成⻑", "自我成長"),
        ("⻄部⻘年⻝品⻩金", "西部青年食品黃金"),
        ("⿓山⻤屋", "龍山鬼屋"),
        ("⻢⻔⻅⻋", "馬門見車"),
        ("職涯非懸崖__共創", "職涯非懸崖—共創"),
        ("實務-案例", "實務─案例"),
        ("ＡＩ　課程（一）", "ai課程(一)"),
        ("人權搜查客 Ⅱ", "人權搜查客II"),
        ("智在高雄~智慧城市", "智在高雄～智慧城市"),
        ("e等公務園⁺", "E等公務園+"),
        ("課程\n名稱", "課程名稱"),
        ("臺灣：轉型", "台灣:轉型"),
    ],
)
def test_same_name_written_differently_has_one_key(one: str, other: str) -> None:
    assert matching_key(one) == matching_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李喆", "李哲"),
        ("職場霸凌防治及處理", "職場霸凌防治與處理"),
        ("人權搜查客 I", "人權搜查客 II"),
        ("C++ 程式設計", "C 程式設計"),
        ("實務(A)", "實務(B)"),
        ("\ue000小明", "\ue001小明"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert matching_key(one) != matching_key(other)


def test_name_with_spaces_between_its_characters_is_the_same_person() -> None:
    assert person_key("李　犇") == person_key("李犇")


@given(st.text())
def test_key_of_a_key_is_itself(text: str) -> None:
    once = matching_key(text)
    assert matching_key(once) == once


@pytest.mark.parametrize(
    ("read", "name", "is_same"),
    [
        ("哭泣中的樹\n與花", "哭泣中的樹與花", True),
        ("從 AI 到\nAIGC：AI 對", "從 AI 到 AIGC：AI 對", True),
        ("從 AI 到 \n AIGC", "從 AI 到 AIGC", True),
        ("Public\nAdmin", "Public Admin", True),
        ("Pub\nlic", "Public", True),
        ("雙軸轉型", "雙軸轉型", True),
        ("雙軸\n\n轉型", "雙軸轉型", True),
        ("雙軸 轉型", "雙軸轉型", False),
        ("雙軸\n轉型", "雙軸  轉型", False),
        ("台灣\n轉型", "臺灣轉型", False),
        ("雙軸\n轉", "雙軸轉型", False),
        ("(A).*", "(A)xx", False),
    ],
)
def test_breaks_of_the_page_stand_for_nothing_or_one_space(
    read: str, name: str, is_same: bool
) -> None:
    assert same_but_for_page_breaks(read, name) is is_same


@given(st.text(alphabet="課程AI (-~", min_size=1), st.data())
def test_name_broken_anywhere_is_still_the_same(name: str, data: st.DataObject) -> None:
    name = " ".join(name.split())
    place = data.draw(st.integers(0, len(name)))
    broken = name[:place] + "\n" + name[place:].removeprefix(" ")
    if place and name[place - 1] == " ":
        broken = name[: place - 1] + "\n" + name[place:]
    assert same_but_for_page_breaks(broken, name)


def test_private_use_is_told_in_every_plane() -> None:
    assert has_private_use("王\ue123明")
    assert has_private_use("王\U000f0001明")
    assert not has_private_use("林𡘙廷")


def test_full_width_digits_become_ascii_and_chinese_stays() -> None:
    assert normalise_digits("１１４／０２／２８　１４：１１年") == "114/02/28 14:11年"
