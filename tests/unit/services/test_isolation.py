"""Files are read in a process of their own: lost work is a refusal, its neighbours are read."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from types import MappingProxyType

import pytest

from desktop.domain.evidence import RefusalReason
from desktop.services import batch_reading
from desktop.services.batch_reading import read_files
from desktop.services.isolation import OwnProcesses, SameProcess, WorkLostError, WorkStoppedError
from desktop.services.progress import CancelledError, silent

SAMPLES = Path(__file__).parents[2] / "samples" / "evidence"


def process_number() -> int:
    return os.getpid()


def end_at_once() -> None:
    os._exit(9)


def never_end() -> None:
    while True:
        time.sleep(0.01)


def complain() -> None:
    raise ValueError("第 3 列不對")


def say_something() -> MappingProxyType[str, int]:
    logging.getLogger("desktop.importers").warning("half a row")
    return MappingProxyType({"rows": 3})


@pytest.fixture
def processes() -> Iterator[OwnProcesses]:
    made = OwnProcesses(width=1, seconds=60)
    yield made
    made.close()


def test_work_is_done_elsewhere_and_the_process_is_kept(processes: OwnProcesses) -> None:
    first = processes.call(process_number)
    assert first != os.getpid()
    assert processes.call(process_number) == first


def test_a_process_that_ends_is_told_and_replaced(processes: OwnProcesses) -> None:
    before = processes.call(process_number)
    with pytest.raises(WorkLostError) as lost:
        processes.call(end_at_once)
    assert not lost.value.timed_out
    assert processes.call(process_number) not in (before, os.getpid())


def test_a_process_that_does_not_end_is_ended(processes: OwnProcesses) -> None:
    processes.seconds = 0.3
    with pytest.raises(WorkLostError) as lost:
        processes.call(never_end)
    assert lost.value.timed_out


def test_an_error_comes_back_as_itself(processes: OwnProcesses) -> None:
    with pytest.raises(ValueError, match="第 3 列不對"):
        processes.call(complain)


def test_what_was_logged_there_is_logged_here(
    processes: OwnProcesses, caplog: pytest.LogCaptureFixture
) -> None:
    assert processes.call(say_something) == {"rows": 3}
    assert [record.getMessage() for record in caplog.records] == ["half a row"]


def test_reading_elsewhere_gives_what_reading_here_gives(processes: OwnProcesses) -> None:
    here = read_files([SAMPLES], expected=None, progress=silent, isolation=SameProcess())
    there = read_files([SAMPLES], expected=None, progress=silent, isolation=processes)
    assert [file.extraction for file in there] == [file.extraction for file in here]
    assert [(f.key, f.content) for f in there] == [(f.key, f.content) for f in here]
    assert len(here) > 5


def test_a_file_that_is_done_just_after_a_look_at_it_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = 0

    def look_in_vain_once(tasks: tuple[Future[object], ...], *, timeout: float) -> object:
        nonlocal looks
        looks += 1
        seen = wait(tasks)
        return seen._replace(done=set()) if looks == 1 else seen

    monkeypatch.setattr(batch_reading, "wait", look_in_vain_once)
    files = read_files(
        [SAMPLES / "eplus_without_rules.pdf"],
        expected=None,
        progress=silent,
        isolation=SameProcess(),
    )
    assert looks == 2
    assert len(files[0].extraction.rows) > 0


def read_or_fall(name: str, content: bytes, expected: object, profiles: object) -> object:
    if content.startswith(b"deadly"):
        os._exit(9)
    return parse_as_always(name, content, None)


parse_as_always = batch_reading._parse


def test_a_deadly_file_is_refused_and_its_neighbours_are_read(
    processes: OwnProcesses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "1.csv").write_text(
        "人員代號,姓名,服務單位,職稱\nA0001,王小明,秘書室,科員\n", "utf-8"
    )
    (tmp_path / "2.pdf").write_bytes(b"deadly")
    (tmp_path / "3.csv").write_text(
        "人員代號,姓名,服務單位,職稱\nA0002,李小華,秘書室,科員\n", "utf-8"
    )
    monkeypatch.setattr(batch_reading, "_parse", read_or_fall)
    files = read_files([tmp_path], expected=None, progress=silent, isolation=processes)
    assert [(f.name, len(f.extraction.rows), len(f.extraction.refusals)) for f in files] == [
        ("1.csv", 1, 0),
        ("2.pdf", 0, 1),
        ("3.csv", 1, 0),
    ]
    (refusal,) = files[1].extraction.refusals
    assert refusal.reason is RefusalReason.UNREADABLE
    assert "「2.pdf」讓讀取程序異常結束" in refusal.message
    assert files[1].content == b"deadly"


def test_reading_can_be_stopped_while_a_file_is_read(
    processes: OwnProcesses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "1.csv").write_bytes(b"a")
    monkeypatch.setattr(batch_reading, "_parse", wait_for_ever)
    heard = 0

    def stop_at_the_third_word(done: int, total: int, words: str) -> bool:
        nonlocal heard
        heard += 1
        return heard < 3

    with pytest.raises(CancelledError):
        read_files([tmp_path], expected=None, progress=stop_at_the_third_word, isolation=processes)


def wait_for_ever(name: str, content: bytes, expected: object, profiles: object) -> None:
    never_end()


def test_stopped_reading_ends_the_process_that_reads(
    processes: OwnProcesses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = processes.call(process_number)
    (tmp_path / "1.csv").write_bytes(b"a")
    monkeypatch.setattr(batch_reading, "_parse", wait_for_ever)
    heard = 0

    def stop_at_the_third_word(done: int, total: int, words: str) -> bool:
        nonlocal heard
        heard += 1
        return heard < 3

    with pytest.raises(CancelledError):
        read_files([tmp_path], expected=None, progress=stop_at_the_third_word, isolation=processes)
    # The only process is free for the next call well before the 60 seconds it had for the file.
    assert processes.call(process_number) not in (before, os.getpid())
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_work_that_nobody_wants_any_more_is_not_begun() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(WorkStoppedError):
        SameProcess().call(process_number, stop=stop)
