from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.importers.sheet_codes import SheetCodes
from desktop.services import self_testing
from desktop.services.draft import ImportDraft
from desktop.services.network_watch import NetworkWatch
from desktop.services.office import Office
from desktop.services.self_test_report import SelfTestReport, Step, without_user
from desktop.services.self_testing import RARE_NAME, SelfTestError, run_self_test

NOW = datetime(2026, 3, 4, 15, 6)
STEPS = [
    "開啟資料庫",
    "匯入範例機關",
    "讀取 PDF、網頁與試算表",
    "讀取圖片",
    "查核",
    "列印申請表",
    "寫出活頁簿",
    "備份與檢查",
    "顯示視窗",
    "沒有連線網路",
]


Only = Callable[..., None]


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Only:
    """Leaves the steps that a test is not about to ``report``, where all of them run."""

    def keep(*names: str) -> None:
        kept = tuple(step for step in self_testing._STEPS if step[0] in names)
        assert [name for name, _ in kept] == list(names)
        monkeypatch.setattr(self_testing, "_STEPS", kept)

    return keep


def step_of(report: SelfTestReport, name: str) -> Step:
    (step,) = [step for step in report.steps if step.name == name]
    return step


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SelfTestReport:
    """A whole self-test, its window replaced by a sentence."""
    return run_self_test(
        tmp_path_factory.mktemp("自我 測試"),
        now=NOW,
        render_window=lambda office: f"視窗看到 {office.actor}。",
        place_words="使用者自己的資料夾",
    )


def test_whole_self_test_is_green(report: SelfTestReport) -> None:
    assert [(step.name, step.is_passed) for step in report.steps] == [
        (name, True) for name in STEPS
    ]
    assert report.is_passed


def test_report_says_what_was_seen(report: SelfTestReport) -> None:
    text = report.text()
    assert "結果：全部通過" in text
    assert "時間：2026-03-04 15:06" in text
    assert "資料位置：使用者自己的資料夾" in text
    assert RARE_NAME in text
    assert "視窗看到 自我測試。" in text


def test_results_to_compare_are_digests_of_both_workbooks_forms_and_verdicts(
    report: SelfTestReport,
) -> None:
    digests = dict(report.digests)
    assert list(digests) == ["判定", "申請表", "summary.xlsx", "summary.ods"]
    assert all(len(digest) == 64 for digest in digests.values())
    assert digests["summary.xlsx"] == digests["summary.ods"]  # read back, both say the same


def test_picture_of_printed_rows_is_read(report: SelfTestReport) -> None:
    words = report.steps[3].words
    assert words.startswith("圖片 4 列都讀出，20 個欄位中 ")
    assert "確定且正確" in words


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"end": datetime(2025, 7, 22, 18, 19, 25)}, "的 end 讀錯而沒有存疑。"),
        (
            {"end": None, "doubtful_fields": ("start", "end", "reading_time")},
            "圖片的 20 個欄位只有 8 個讀得確定。",
        ),
        ({"course_code": "PKCG114999999"}, "沒有讀出來。"),
    ],
)
def test_picture_that_is_read_wrongly_fails_its_step(
    changes: dict[str, object],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    only: Only,
) -> None:
    only("開啟資料庫", "讀取圖片")
    read = self_testing.read_batch

    def misread(office: Office, paths: list[Path]) -> ImportDraft:
        """Pictures are read as the printout, with each row changed."""
        if paths[0].suffix != ".png":
            return read(office, paths)
        records = office.library.sample_folder / "records"
        draft = read(office, [records / self_testing.PRINTOUT])
        for file in draft.files:
            rows = tuple(replace(row, **changes) for row in file.extraction.rows)
            object.__setattr__(file.extraction, "rows", rows)
        return draft

    monkeypatch.setattr(self_testing, "read_batch", misread)
    found = run_self_test(tmp_path, now=NOW, render_window=None)
    step = step_of(found, "讀取圖片")
    assert not step.is_passed
    assert step.words.endswith(expected)


def test_form_whose_code_cannot_be_read_fails_its_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only: Only
) -> None:
    only("開啟資料庫", "匯入範例機關", "查核", "列印申請表")
    monkeypatch.setattr(self_testing, "read_sheet_codes", lambda name, data: SheetCodes())
    found = run_self_test(tmp_path, now=NOW, render_window=None)
    step = step_of(found, "列印申請表")
    assert not step.is_passed
    assert step.words == "9 份申請表的條碼讀不回來。"


def test_without_a_window_that_step_is_left_out_and_a_fault_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only: Only
) -> None:
    only(*(name for name in STEPS[:-1] if name != "讀取圖片"))

    def broken(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(self_testing, "fill_with_sample", broken)
    found = run_self_test(tmp_path, now=NOW, render_window=None)
    states = {step.name: step.is_passed for step in found.steps}
    assert "顯示視窗" not in states
    assert states["開啟資料庫"]
    assert not states["匯入範例機關"]
    assert not states["列印申請表"]
    assert states["備份與檢查"]
    assert not found.is_passed
    assert "發生錯誤：OSError：disk full" in found.text()


def test_empty_window_fails_its_step(tmp_path: Path, only: Only) -> None:
    only("開啟資料庫", "備份與檢查", "顯示視窗")

    def empty(office: Office) -> str:
        raise SelfTestError("視窗畫出來是空的。")

    found = run_self_test(tmp_path, now=NOW, render_window=empty)
    failed = [(step.name, step.words) for step in found.steps if not step.is_passed]
    assert failed == [("顯示視窗", "視窗畫出來是空的。")]


def test_program_that_looks_for_a_network_fails_the_self_test(tmp_path: Path, only: Only) -> None:
    only("開啟資料庫", "備份與檢查", "顯示視窗")

    def curious(office: Office) -> str:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("127.0.0.1", 9))
        return "看過了。"

    found = run_self_test(tmp_path, now=NOW, render_window=curious)
    assert found.steps[-1].words == "程式嘗試連線：socket.connect。"
    assert not found.is_passed


def test_watch_hears_of_a_network_only_inside_its_block() -> None:
    with NetworkWatch() as watch, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
    assert watch.seen == ["socket.bind"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
    assert watch.seen == ["socket.bind"]


def test_watch_lets_a_worker_process_talk_on_this_machine() -> None:
    with NetworkWatch() as watch:
        sys.audit("socket.connect", None, "/tmp/worker")
        sys.audit("socket.connect", None, ("127.0.0.1", 9))
    assert watch.seen == ["socket.connect"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("在 C:\\Users\\王小明\\a.db", (), "在 C:\\Users\\〈使用者〉\\a.db"),
        ("「c:/users/WANGXI~1/Temp」", (), "「c:/users/〈使用者〉/Temp」"),
        ("/home/wang/x", (), "/home/〈使用者〉/x"),
        ("D:\\資料\\王小明.db", ("王小明",), "D:\\資料\\〈使用者〉.db"),
        ("CPython 3.11", ("C",), "CPython 3.11"),
    ],
)
def test_report_does_not_tell_who_is_at_the_machine(
    text: str, words: tuple[str, ...], expected: str
) -> None:
    assert without_user(text, words) == expected


def test_report_of_a_failed_step_hides_the_users_folder() -> None:
    step = Step("開啟資料庫", False, "發生錯誤：OSError：C:\\Users\\王小明\\x", 0.2)
    bare = SelfTestReport("1.0", NOW, "Windows", "CPython", "", (step,), ())
    assert "王小明" not in bare.text()
    assert "結果：1 項不通過" in bare.text()
    assert replace(bare, steps=()).is_passed
