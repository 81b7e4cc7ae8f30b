from __future__ import annotations

import threading
from datetime import datetime

import pytest

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.dialogs.works import WorksDialog
from desktop.qt.failures import sentence_for
from desktop.qt.operations import REMAINING_AFTER_SECONDS, State, change_of
from desktop.qt.work_record import MOST_KEPT, Ending, FinishedWork, WorkRecord
from desktop.services.progress import CancelledError
from tests.conftest import PATIENCE_MS

PATIENCE_SECONDS = PATIENCE_MS / 1000

CHANGE = ChangeSet("採計", frozenset({Area.DECISIONS}))


def test_successful_read_comes_back_on_the_main_thread(qtbot, operations):
    seen = []
    operations.run_read(
        lambda report: threading.current_thread().name,
        lambda name: seen.append((name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, receiver = seen[0]
    assert receiver == threading.main_thread().name
    assert worker != receiver
    assert operations.jobs == ()


def test_failed_read_becomes_a_sentence(qtbot, operations):
    def fail(report):
        raise RuntimeError("index out of range")

    with qtbot.waitSignal(operations.failed) as failure:
        operations.run_read(fail, lambda result: pytest.fail("no result"), words="讀取名冊")
    sentence, act = failure.args
    assert act == "讀取名冊"
    assert "讀取名冊" in sentence
    assert "index" not in sentence


def test_failed_read_is_told_to_its_own_handler_only(qtbot, operations):
    told = []

    def fail(report):
        raise ValueError("檔案有密碼，打不開。")

    with qtbot.assertNotEmitted(operations.failed):
        operations.run_read(fail, lambda result: None, on_failure=told.append)
        qtbot.waitUntil(lambda: bool(told))
    assert told == ["檔案有密碼，打不開。"]


def test_writes_run_one_after_another_in_the_order_asked(qtbot, operations):
    order, results = [], []
    first_may_go = threading.Event()

    def first(report):
        first_may_go.wait(PATIENCE_SECONDS)
        order.append("first")

    def second(report):
        order.append("second")

    operations.run_write(first, results.append, words="一")
    operations.run_write(second, results.append, words="二")
    first_may_go.set()
    qtbot.waitUntil(lambda: len(results) == 2)
    assert order == ["first", "second"]


def test_write_announces_its_change_before_its_success(qtbot, operations):
    told = []
    operations.changed.connect(lambda change: told.append(change))
    operations.run_write(lambda report: CHANGE, lambda result: told.append("done"), words="採計")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [CHANGE, "done"]


def test_cancelled_work_stops_and_nobody_is_told(qtbot, operations):
    begun, stopped = threading.Event(), threading.Event()

    def work(report):
        begun.set()
        while report(1, 0, "讀取"):
            threading.Event().wait(0.005)
        stopped.set()
        raise CancelledError

    with qtbot.assertNotEmitted(operations.failed):
        job = operations.run_write(
            work, lambda result: pytest.fail("dropped"), words="匯入", can_cancel=True
        )
        assert begun.wait(PATIENCE_SECONDS)
        job.cancel()
        assert stopped.wait(PATIENCE_SECONDS)
        qtbot.waitUntil(lambda: operations.jobs == ())


def test_only_the_newest_reading_of_a_series_counts(qtbot, operations):
    results = []
    gate = threading.Event()
    operations.run_read(
        lambda report: (gate.wait(PATIENCE_SECONDS), "old")[1], results.append, latest="case"
    )
    operations.run_read(lambda report: "new", results.append, latest="case")
    qtbot.waitUntil(lambda: results == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: operations.jobs == ())
    assert results == ["new"]


def test_progress_reaches_the_job(qtbot, operations):
    go = threading.Event()

    def work(report):
        report(34, 57, "影像辨識")
        go.wait(PATIENCE_SECONDS)

    job = operations.run_read(work, lambda result: None)
    qtbot.waitUntil(lambda: job.state.done == 34)
    assert (job.state.words, job.state.total) == ("影像辨識", 57)
    go.set()
    qtbot.waitUntil(lambda: operations.jobs == ())


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State("讀取", 10, 100, 1.0), ""),
        (State("讀取", 0, 100, 9.0), ""),
        (State("讀取", 10, 0, 9.0), ""),
        (State("讀取", 10, 100, 4.0), "約剩 36 秒"),
        (State("讀取", 10, 100, 20.0), "約剩 3 分"),
        (State("讀取", 100, 100, 20.0), "約剩 1 秒"),
    ],
)
def test_remaining_time_is_said_only_when_known(state, words):
    assert state.remaining_words == words


def test_change_is_found_wherever_it_stands_in_the_result():
    assert change_of(CHANGE) is CHANGE
    assert change_of(((("a.pdf", b""),), CHANGE)) is CHANGE
    assert change_of(("a.pdf", b"")) is None


@pytest.mark.parametrize(
    ("error", "must_hold"),
    [
        (PermissionError(13, "denied", "C:/a.pdf"), "C:/a.pdf"),
        (FileNotFoundError(2, "gone", "b.pdf"), "b.pdf"),
        (OSError(28, "No space left"), "磁碟空間不足"),
        (MemoryError(), "記憶體不足"),
        (ValueError("日期有兩種讀法，整份不收。"), "日期有兩種讀法，整份不收。"),
        (KeyError("x"), "資料沒有變動"),
    ],
)
def test_every_failure_has_a_chinese_sentence(error, must_hold):
    assert must_hold in sentence_for(error, act="匯入")


def test_nothing_begins_once_the_work_was_finished(qtbot, operations):
    written, begun = [], []

    def go_on(result: object) -> None:
        written.append(result)
        operations.run_read(begun.append, begun.append)

    operations.run_write(lambda report: None, go_on, words="存入")
    assert operations.finish()
    qtbot.waitUntil(lambda: bool(written))
    assert operations.finish()
    qtbot.wait(50)
    assert begun == []
    assert operations.jobs == ()


# ------------------------------------------------------------------- the list of running and finished
def titles(dialog: WorksDialog) -> list[tuple[str, str]]:
    model = dialog.model
    return [
        (model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())
    ]


def test_list_of_work_shows_what_runs_waits_and_how_the_rest_ended(qtbot, operations):
    may_go = threading.Event()

    def slow(report):
        report(3, 12, "第 3 頁")
        may_go.wait(10)

    def fail(report):
        raise ValueError("磁碟滿了，沒有寫入。")

    dialog = WorksDialog(operations, None)
    qtbot.addWidget(dialog)
    assert titles(dialog) == []
    assert "還沒有做過" in dialog.detail.text()
    operations.run_write(slow, words="列印")
    operations.run_write(fail, words="匯出", on_failure=lambda sentence: None)
    try:
        qtbot.waitUntil(
            lambda: (
                titles(dialog) == [("列印：第 3 頁", "進行中，3／12"), ("匯出", "等前面的做完")]
            ),
            timeout=10_000,
        )
        assert not dialog.stop_button.isEnabled()
        assert "不能停" in dialog.detail.text()
    finally:
        may_go.set()
    qtbot.waitUntil(
        lambda: titles(dialog) == [("匯出", "沒有完成"), ("列印", "完成")], timeout=10_000
    )
    dialog.view.selectRow(0)
    assert dialog.detail.text() == "磁碟滿了，沒有寫入。"


def test_work_is_stopped_from_the_list_and_stays_in_it(qtbot, operations):
    stopped = threading.Event()

    def work(report):
        while report(1, 9, "讀取"):
            pass
        stopped.set()
        raise CancelledError

    operations.run_write(work, words="讀取檔案", can_cancel=True)
    dialog = WorksDialog(operations, None)
    qtbot.addWidget(dialog)
    assert dialog.stop_button.isEnabled()
    dialog.stop_button.click()
    qtbot.waitUntil(stopped.is_set, timeout=10_000)
    qtbot.waitUntil(lambda: titles(dialog) == [("讀取檔案", "已停止")], timeout=10_000)
    assert not dialog.stop_button.isEnabled()


def test_short_readings_and_replaced_ones_are_not_listed(qtbot, operations):
    done = []
    for number in range(4):
        operations.run_read(lambda report, n=number: n, done.append, latest="queue")
    qtbot.waitUntil(lambda: not operations.jobs, timeout=10_000)
    assert [work for work in operations.record.works if work.ending is not Ending.DONE] == []
    assert all(work.seconds >= REMAINING_AFTER_SECONDS for work in operations.record.works)


def test_record_keeps_the_latest_only():
    record = WorkRecord()
    for number in range(MOST_KEPT + 5):
        record.add(FinishedWork(str(number), datetime(2025, 8, 6), 1.0, Ending.DONE))
    assert len(record.works) == MOST_KEPT
    assert record.works[0].words == str(MOST_KEPT + 4)
