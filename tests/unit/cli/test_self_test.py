from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from desktop import cli
from desktop.services.data_place import DataPlace, PlaceKind, PolicyError
from desktop.services.self_test_report import SelfTestReport, Step


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """The self-test replaced by one step; what it was called with is kept."""
    calls: list[dict[str, object]] = []

    def run(folder: Path, *, now: datetime, place_words: str, **given: object) -> SelfTestReport:
        calls.append({"folder": folder, "place_words": place_words, **given})
        step = Step("查核", place_words != PlaceKind.POLICY.value, "看過了。", 0.1)
        return SelfTestReport("1.0", now, "Windows", "CPython", place_words, (step,), ())

    monkeypatch.setattr(cli, "run_self_test", run)
    return calls


@pytest.mark.parametrize("word", ["self-test", "--self-test"])
def test_report_is_written_where_asked_for_a_pc_without_much(
    word: str, quick: list[dict[str, object]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "文件 夾" / "報告.txt"

    assert cli.main([word, "--no-window", "--report", str(path)]) == 0

    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")  # Notepad's mark
    assert b"\r\n" in written
    assert f"報告：{path}" in capsys.readouterr().out
    assert quick[0]["render_window"] is None
    assert not Path(str(quick[0]["folder"])).exists()


def test_report_lies_beside_the_data_unless_told(
    quick: list[dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = DataPlace(tmp_path / "資料", PlaceKind.PORTABLE)
    monkeypatch.setattr(cli, "this_place", lambda: place)

    assert cli.main(["self-test", "--no-window"]) == 0

    assert [path.name[:6] for path in (tmp_path / "資料").iterdir()] == ["公餘自我測試"]
    assert quick[0]["place_words"] == "可攜版，程式旁邊的 data 資料夾"


@pytest.mark.usefixtures("quick")
def test_report_is_written_even_where_the_data_folder_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "資料").write_text("a file where the folder should be")
    (tmp_path / "暫存").mkdir()
    place = DataPlace(tmp_path / "資料", PlaceKind.USER)
    monkeypatch.setattr(cli, "this_place", lambda: place)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "暫存"))

    assert cli.main(["self-test", "--no-window"]) == 0

    written = [path for path in (tmp_path / "暫存").iterdir() if path.suffix == ".txt"]
    assert len(written) == 1
    assert f"報告：{written[0]}" in capsys.readouterr().out


def test_policy_that_cannot_be_followed_is_told_in_the_report(
    quick: list[dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> DataPlace:
        raise PolicyError("「policy.toml」有誤。")

    monkeypatch.setattr(cli, "this_place", broken)

    cli.main(["self-test", "--no-window", "--report", str(tmp_path / "r.txt")])

    assert quick[0]["place_words"] == "機關統一設定有問題：「policy.toml」有誤。"


@pytest.mark.usefixtures("quick")
def test_failed_step_is_the_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = DataPlace(tmp_path, PlaceKind.POLICY)
    monkeypatch.setattr(cli, "this_place", lambda: place)

    assert cli.main(["self-test", "--no-window"]) == 1


def test_whole_self_test_in_a_process_of_its_own_is_green(tmp_path: Path) -> None:
    report = tmp_path / "報告.txt"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "desktop", "self-test", "--report", str(report)],
        cwd=Path(__file__).resolve().parents[3],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    text = report.read_text(encoding="utf-8-sig")
    assert "結果：全部通過" in text
    assert "視窗 1366×768 已畫出" in text
    assert str(tmp_path) not in text
