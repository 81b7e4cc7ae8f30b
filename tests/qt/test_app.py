from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

from desktop import app
from desktop.app import close_log, masked, speak_chinese, start_log
from desktop.services.data_place import DataPlace, PlaceKind, PolicyError
from desktop.services.office import open_office

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 9, 1, 9)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("讀到 A0012_王小明.pdf", "姓名 〈人員〉_姓名.pdf"),
        ("王小明 A0012", "姓名 〈人員〉"),
        ("號碼是A123456789。", "號碼是〈身分證〉。"),
        ("王小明 學習紀錄.pdf", "姓名 學習紀錄.pdf"),
        ("名冊沒有「王小明」這個人", "名冊沒有「姓名」這個人"),
        ("寄到 abc@example.gov.tw", "寄到 〈信箱〉"),
        ("電話 0912-345-678", "電話 〈電話〉"),
        ("第 214 列日期有兩種讀法", "第 214 列日期有兩種讀法"),
    ],
)
def test_log_holds_no_personal_data(words, kept):
    assert masked(words) == kept


def test_log_lies_beside_the_store_and_is_masked(tmp_path):
    start_log(tmp_path)
    try:
        logging.getLogger("desktop.qt").error("王小明 A0012 讀取失敗")
    finally:
        close_log()
    text = (tmp_path / "gongyu.log").read_text(encoding="utf-8")
    assert "讀取失敗" in text
    assert "王小明" not in text


def test_qts_own_words_are_chinese(qapp):
    speak_chinese(qapp)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert "列印" in QCoreApplication.translate("QPrintDialog", "Print")


def run(code: str, *, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True,
        timeout=600, check=False,
    )  # fmt: skip


OPEN_AND_CLOSE = """
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop import app

def close():
    windows = [w for w in QApplication.topLevelWidgets() if "—" in w.windowTitle()]
    if windows:
        print(windows[0].windowTitle())
        windows[0].close()
    else:
        QTimer.singleShot(200, close)

make = app.make_application
def making():
    application = make()
    QTimer.singleShot(1500, close)
    return application
app.make_application = making
raise SystemExit(app.run_window({store}, sample={sample}))
"""


@pytest.mark.parametrize(
    ("sample", "title"), [(False, "公餘 — 新的資料庫"), (True, "（練習資料庫，可以放心試）")]
)
def test_window_opens_and_closes_of_itself(tmp_path, sample, title):
    code = OPEN_AND_CLOSE.format(store="None", sample=sample)
    done = run(code, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert title in done.stdout


def test_store_that_cannot_be_opened_is_said_in_a_sentence(tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    code = (
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QMessageBox\n"
        "from desktop import app\n"
        "QMessageBox.critical = lambda parent, title, words: print(words)\n"
        f"raise SystemExit(app.run_window(Path({str(broken)!r})))\n"
    )
    done = run(code, folder=tmp_path)
    assert done.returncode == 1
    assert any("\u4e00" <= letter <= "\u9fff" for letter in done.stdout)
    assert "Traceback" not in done.stdout


def test_policy_that_cannot_be_followed_is_shown_and_nothing_is_opened(qapp, monkeypatch, tmp_path):
    shown = []

    def broken():
        raise PolicyError("機關統一設定有誤。")

    monkeypatch.setattr(app, "this_place", broken)
    monkeypatch.setattr(QMessageBox, "critical", lambda *words: shown.append(words[-1]))
    monkeypatch.setattr(app, "open_office", lambda *_, **__: pytest.fail("opened"))
    assert app.run_window(None) == 1
    assert shown == ["機關統一設定有誤。"]


def test_clerk_hears_of_a_network_drive_and_of_shared_settings(tmp_path):
    shared = tmp_path / "agency.toml"
    shared.write_text('[agency]\nname = "測試市政府"\ncity = "測試市"\n', encoding="utf-8")
    office = open_office(tmp_path / "gongyu.db", actor="周雅雯", clock=lambda: NOW)
    try:
        office.store.is_network = True
        place = DataPlace(tmp_path, PlaceKind.POLICY, shared)
        network, settings = app._notes_on_place(office, place)
        assert "網路磁碟機" in network
        assert "同一時間只有一台電腦能寫入" in network
        assert "已套用機關統一設定檔" in settings
        office.store.is_network = False
        assert app._notes_on_place(office, place) == []
        assert app._notes_on_place(office, None) == []
    finally:
        office.close()
