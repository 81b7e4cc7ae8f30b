"""問題回報檔: what helps, and nobody in it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.services.office import Office, open_office
from desktop.services.people_mask import PeopleMask
from desktop.services.progress import CancelledError
from desktop.services.support_bundle import BundleMember, SupportBundle, support_bundle

NOW = datetime(2025, 8, 6, 9, 41)
LOG = """2025-08-06 09:00:01 INFO desktop 讀取 宋冠珍 學習紀錄.csv
2025-08-06 09:00:02 ERROR desktop.qt 宋冠珍不在名冊，A0003、a 0003、A0003x
2025-08-06 09:00:03 ERROR desktop 王大明（未知）B123456789 C900000001 wang@example.gov.tw 0912-345-678
Traceback (most recent call last):
  File "/home/sungkc/desk/承辦人周雅雯的資料/app.py", line 3
範例市政府 開啟「郭欣君 學習紀錄.xlsx」失敗，林羽 達、林羽達
"""
KNOWN = ("宋冠珍", "周雅雯", "郭欣君", "林羽達", "汪不識", "A0003", "A0012", "sungkc", "王大明",
         "B123456789", "C900000001", "wang@", "0912-345-678")  # fmt: skip


@pytest.fixture(scope="module")
def office(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path = tmp_path_factory.mktemp("support") / "gongyu.db"
    shutil.copy(sample_store, path)
    made = open_office(path, actor="周雅雯", clock=lambda: NOW)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def bundle(office: Office) -> SupportBundle:
    (office.store.path.parent / "gongyu.log").write_text(LOG, encoding="utf-8")
    with office.store.writing("試") as writing:
        writing.audit("改寫 宋冠珍 的判定", "A0003", {"why": "王大明 B123456789"})
    settings = {"page": "review", "last": "宋冠珍 A0003 /home/sungkc/x", "window/geometry": b"\1"}
    return support_bundle(office, settings=settings, with_self_test=False)


def members(bundle: SupportBundle) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(bundle.zipped())) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_nobody_known_stands_in_any_member(bundle: SupportBundle, office: Office) -> None:
    with office.store.reading() as reader:
        people = reader.people()
    known = {*KNOWN, *(p.name for p in people), *(p.employee_id for p in people)} - {"王大明"}
    for name, text in members(bundle).items():
        assert [word for word in known if word in text] == [], name
        assert [word for word in known if word in name] == []


def test_raw_archive_holds_no_known_name_either(bundle: SupportBundle) -> None:
    raw = bundle.zipped()
    assert not any(word.encode() in raw for word in KNOWN)


def test_bundle_tells_what_helps(bundle: SupportBundle) -> None:
    texts = members(bundle)
    assert list(texts) == [
        "1-說明.txt", "2-版本.txt", "3-設定.txt", "4-資料庫統計.txt", "5-檢查結果.txt",
        "7-紀錄/gongyu.log.txt",
    ]  # fmt: skip
    assert all(name in texts["1-說明.txt"] for name in list(texts)[1:])
    assert "SQLAlchemy 2." in texts["2-版本.txt"]
    assert "page = review" in texts["3-設定.txt"]
    assert "geometry" not in texts["3-設定.txt"]
    assert "名冊 12 人" in texts["4-資料庫統計.txt"]
    assert "　learning_row " in texts["4-資料庫統計.txt"]
    assert "稽核鏈：完整" in texts["5-檢查結果.txt"]
    log = texts["7-紀錄/gongyu.log.txt"]
    assert "Traceback" in log
    assert "ERROR desktop.qt" in log


def test_what_was_shown_is_what_is_saved(bundle: SupportBundle) -> None:
    saved = {name: text.replace("\r\n", "\n") for name, text in members(bundle).items()}
    assert saved == {member.name: member.text for member in bundle.members}


def test_gathering_can_be_stopped_before_the_long_part(office: Office) -> None:
    seen: list[str] = []

    def stop(done: int, total: int, words: str) -> bool:
        seen.append(words)
        return words != "自我測試"

    with pytest.raises(CancelledError):
        support_bundle(office, settings={}, progress=stop)
    assert seen[-1] == "自我測試"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("名冊沒有 林羽達。", "名冊沒有 〈姓名〉。"),
        ("（林羽達）與林羽", "（〈姓名〉）與林羽"),
        ("A001、A001x、wA001", "〈人員〉、〈人員〉x、w〈人員〉"),
        ("代號7、第17列", "代號7、第17列"),
        ("代號 72，第 172 列", "代號 〈人員〉，第 172 列"),
        ("甲市立圖書館的檔案 甲市立圖書館 差勤.xlsx", "〈機關〉的檔案 〈機關〉 〈檔案〉.xlsx"),
        ("Siku Yaway 說", "〈姓名〉 說"),
        ('File "desktop/app.py", line 8', 'File "desktop/app.py", line 8'),
        ("陳 堃 霖與陳堃霖", "〈姓名〉與〈姓名〉"),
    ],
)
def test_mask_blots_out_whom_it_knows_and_leaves_the_rest(text: str, shown: str) -> None:
    mask = PeopleMask(
        names=["林羽達", "Siku Yaway", "陳 堃 霖"],
        codes=["A001", "72", "7"],
        agencies=["甲市立圖書館"],
    )
    assert mask.masked(text) == shown


def test_member_names_and_lines_suit_windows() -> None:
    bundle = SupportBundle((BundleMember("1-說明.txt", "一\n二\n"),))
    with zipfile.ZipFile(io.BytesIO(bundle.zipped())) as archive:
        assert archive.read("1-說明.txt") == "\ufeff一\r\n二\r\n".encode()
