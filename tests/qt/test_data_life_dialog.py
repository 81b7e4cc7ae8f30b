"""資料保存 in the window."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime

import pytest

from desktop.domain.retention import RecordKind
from desktop.qt.dialogs.data_life import NOT_SET, NOTHING_DUE
from desktop.services.data_life import retention_settings, set_retention
from tests.qt.conftest import settle


@pytest.fixture
def dialog(open_window, sample, qtbot):
    def opened(office=sample):
        window = open_window(office, only=("import", "audit"))
        window.open_page("audit")
        settle(qtbot, window)
        found = window.pages["audit"].open_data_life()
        settle(qtbot, window)
        return window, found

    return opened


def test_periods_are_set_and_nothing_is_due_today(dialog, sample, qtbot):
    window, life = dialog()
    assert life.note_words == [NOT_SET]
    box = life.periods[RecordKind.EVIDENCE]
    box.setCurrentIndex(box.findData(5))
    life.keep()
    settle(qtbot, window)
    assert retention_settings(sample)[RecordKind.EVIDENCE] == 5
    life.read()
    settle(qtbot, window)
    assert life.note_words == [NOTHING_DUE]


def test_due_is_ticked_asked_about_and_deleted(dialog, sample, qtbot):
    set_retention(sample, dict.fromkeys(RecordKind, 1))
    window, life = dialog(replace(sample, clock=lambda: datetime(2030, 1, 2, 9)))
    life.model.tick_all()
    assert 0 < len(life.model.ticked) < len(life.model.rows)
    assert not life.delete_button.isEnabled()
    life.reason.setText("核准銷毀文號 1140001")
    assert life.delete_button.isEnabled()
    asked = []
    life._confirm = lambda words: bool(asked.append(words))
    before = len(life.model.rows)
    life.delete()
    settle(qtbot, window)
    assert len(life.model.rows) == before
    assert "無法復原" in asked[0]
    life._confirm = lambda words: True
    life.delete()
    settle(qtbot, window)
    assert len(life.model.rows) < before
    assert "已刪除" in life.note_words[0]


def test_person_is_exported_into_a_file(dialog, qtbot, tmp_path):
    window, life = dialog()
    assert not life.export_button.isEnabled()
    life.person.setText("A0011")
    assert life.export_button.isEnabled()
    path = tmp_path / "A0011.zip"
    life.save_to(path)
    settle(qtbot, window)
    with zipfile.ZipFile(path) as archive:
        assert "資料.json" in archive.namelist()
    assert "已匯出 A0011" in life.note_words[0]
