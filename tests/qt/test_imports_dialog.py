"""匯入紀錄 in the window: what came in, why not, and a whole batch back, also after a restart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.qt.dialogs.imports import GONE, MAY_GO, ImportsDialog, state_words
from desktop.services.importing import read_batch, store_batch
from desktop.services.imports import imports
from tests.qt.conftest import settle

ROSTER = "人員代號,姓名,服務單位,職稱\nA0002,王小明,人事室,科員\nA0003,陳美玲,秘書室,辦事員\n"
OVERTIME = "人員代號,類別,起,迄\nA0002,加班,1140315 1800,1140315 2000\n"


@pytest.fixture
def filled(empty_office, tmp_path):
    for name, text in (("名冊.csv", ROSTER), ("加班.csv", OVERTIME)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        store_batch(empty_office, read_batch(empty_office, [path]))
    return empty_office


@pytest.fixture
def empty_window(filled, open_window):
    return open_window(filled)


@pytest.fixture
def dialog(empty_window, qtbot):
    page = empty_window.pages["import"]
    empty_window.open_page("import")
    settle(qtbot, empty_window)
    dialog = page.imports_dialog()
    assert isinstance(dialog, ImportsDialog)
    dialog.open()
    settle(qtbot, empty_window)
    yield dialog
    dialog.reject()


def test_every_import_is_listed_with_its_files_the_latest_first(dialog):
    assert [(e.title, e.rows_stored, state_words(e)) for e in dialog.model.rows] == [
        ("匯入 加班.csv", 1, "計入"),
        ("匯入 名冊.csv", 2, "計入"),
    ]
    assert [(f.name, f.kind_words) for f in dialog.file_model.rows] == [("加班.csv", "差勤紀錄")]
    assert dialog.note_words == [MAY_GO]
    assert dialog.back_button.isEnabled()


def test_whole_import_is_taken_back_and_stays_listed(dialog, empty_window, qtbot, filled):
    dialog.take_back()
    settle(qtbot, empty_window)
    latest = dialog.model.rows[0]
    assert state_words(latest).startswith("已收回 ")
    assert dialog.note_words == [GONE]
    assert not dialog.back_button.isEnabled()
    with filled.store.reading() as reader:
        assert reader.attendance("A0002") == ()
        assert len(reader.people()) == 2
    assert [entry.counts for entry in imports(filled)] == [False, True]


def test_import_in_the_way_is_told_before_anybody_tries(dialog, empty_window, qtbot):
    sentence = "「匯入 名冊.csv」不能復原：之後已印出 KH-114-000001，其依據必須保留。"
    real = dialog._services.import_detail

    def detail(batch_id):
        return replace(real(batch_id), hindrances=(sentence, "另一個原因。"))

    dialog._services = replace(dialog._services, import_detail=detail)
    dialog.view.selectRow(1)
    settle(qtbot, empty_window)
    assert dialog.note_words == [sentence, "另一個原因。"]
    assert not dialog.back_button.isEnabled()
