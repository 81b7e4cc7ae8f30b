"""Whose evidence it is, by the page's words and the file's name."""

from __future__ import annotations

import unicodedata

import pytest

from desktop.importers.persons import NamedPerson, person_in_file_name, person_in_text, same_person


@pytest.mark.parametrize(
    ("text", "employee_id", "name"),
    [
        ("姓名：王小明", None, "王小明"),
        ("姓名: 李　犇  單位：人事室", None, "李　犇"),
        ("姓 名：林𡘙廷", None, "林𡘙廷"),
        ("姓名：⾼峯瑜", None, "⾼峯瑜"),
        ("姓名：王\ue123明", None, "王\ue123明"),
        ("學員姓名：歐陽娜娜 您好", None, "歐陽娜娜"),
        ("姓名：王小明（A0012）", "A0012", "王小明"),
        ("學員：王小明", None, "王小明"),
        ("姓名：王小明  承辦人姓名：李大華", None, "王小明"),
        ("姓名：Walis Nokan", None, "Walis Nokan"),
        ("姓名：瓦歷斯·諾幹  人員代號：A0012", "A0012", "瓦歷斯·諾幹"),
        ("員工編號：Ａ００１２", "A0012", None),
        ("姓名：單位：人事室", None, None),
        ("姓名：", None, None),
        ("學習紀錄", None, None),
    ],
)
def test_name_above_a_table_is_found(text: str, employee_id: str | None, name: str | None) -> None:
    found = person_in_text(text)
    assert (found.employee_id, found.name) == (employee_id, name)


@pytest.mark.parametrize(
    ("file_name", "employee_id", "name"),
    [
        ("A0012_王小明.pdf", "A0012", "王小明"),
        ("A0012王小明.pdf", "A0012", "王小明"),
        ("sub/folder/A0012_王小明 (1).pdf", "A0012", "王小明"),
        ("王小明 學習紀錄.pdf", None, "王小明"),
        ("王小明學習紀錄.pdf", None, "王小明"),
        ("114年王小明學習紀錄.pdf", None, "王小明"),
        ("學習紀錄(王小明).pdf", None, "王小明"),
        ("A0004_莊慧娟_補件.xlsx", "A0004", "莊慧娟"),
        ("12345_王小明.pdf", "12345", "王小明"),
        ("20250101_王小明.pdf", None, "王小明"),
        ("1140101_王小明.pdf", None, "王小明"),
        ("A0012.pdf", "A0012", None),
        ("王小明_李大華.pdf", None, None),
        ("learn_record_09.pdf", None, None),
        ("IMG_1234.pdf", None, None),
        ("同仁學習狀況明細.xlsx", None, None),
        ("學習時數清冊.xlsx", None, None),
        ("completion-1.xlsx", None, None),
        ("學習紀錄.pdf", None, None),
    ],
)
def test_name_in_the_file_name_is_found(
    file_name: str, employee_id: str | None, name: str | None
) -> None:
    assert person_in_file_name(file_name) == NamedPerson(employee_id, name)
    decomposed = unicodedata.normalize("NFD", file_name)
    assert person_in_file_name(decomposed) == NamedPerson(employee_id, name)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (NamedPerson(None, "高峯瑜"), NamedPerson("A1", "⾼峰瑜"), True),
        (NamedPerson("A1", None), NamedPerson("a1", "王小明"), True),
        (NamedPerson(None, "王小明"), NamedPerson(None, None), True),
        (NamedPerson(None, "王小明"), NamedPerson(None, "李犇"), False),
        (NamedPerson("A1", "王小明"), NamedPerson("A2", "王小明"), False),
    ],
)
def test_persons_agree_unless_a_name_or_number_differs(
    one: NamedPerson, other: NamedPerson, is_same: bool
) -> None:
    assert same_person(one, other) is is_same
