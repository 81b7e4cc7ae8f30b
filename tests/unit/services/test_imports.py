"""匯入紀錄: what came in, why it stays, and a batch back after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.importing import read_batch, store_batch, take_back
from desktop.services.imports import import_detail, imports
from desktop.services.issuing import issue_forms
from desktop.services.office import Office, open_office
from desktop.store import TakeBackRefusedError, take_back_hindrances
from desktop.store.take_back_hindrances import AskedImport
from tests.unit.services.test_importing import HEAD, ROSTER, ROW, write

PLAN = "kaohsiung-114"
SAMPLE = Path(__file__).parents[3] / "resources" / "sample"

PEOPLE = "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,A\n"


def bring(office: Office, folder: Path, name: str, text: str) -> str:
    return store_batch(office, read_batch(office, [write(folder, name, text)])).batch_id


def test_imports_are_named_by_their_files_and_counted(office: Office, tmp_path: Path) -> None:
    roster = bring(office, tmp_path, "名冊.csv", ROSTER + PEOPLE)
    paths = [
        write(tmp_path, "甲.csv", HEAD + ROW),
        write(tmp_path, "壞.csv", HEAD + ROW.replace("2025-03-15 10:00:00", "03/04/2025 10:00:00")),
    ]
    records = store_batch(office, read_batch(office, paths)).batch_id
    found = imports(office)
    assert [(e.id, e.rows_in, e.rows_stored, e.rows_refused, e.counts) for e in found] == [
        (records, 2, 1, 1, True),
        (roster, 1, 1, 0, True),
    ]
    assert found[0].title.endswith("等 2 個檔案")
    assert found[1].title == "匯入 名冊.csv"
    detail = import_detail(office, records)
    assert {(f.name, f.kind_words, f.rows_stored, f.rows_refused) for f in detail.files} == {
        ("甲.csv", "學習紀錄（e⁺）", 1, 0),
        ("壞.csv", "學習紀錄（e⁺）", 0, 1),
    }
    assert detail.hindrances == ()


def test_batch_is_taken_back_after_a_restart(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "名冊.csv", ROSTER + PEOPLE)
    batch_id = bring(office, tmp_path, "甲.csv", HEAD + ROW)
    path = office.store.path
    office.store.close()
    again = open_office(path, actor="周雅雯", clock=office.clock)
    take_back(again, batch_id)
    with again.store.reading() as reader:
        assert reader.learning_rows() == ()
    assert [entry.counts for entry in imports(again)] == [False, True]
    (sentence,) = import_detail(again, batch_id).hindrances
    assert "已經復原過" in sentence
    again.store.close()


def test_what_was_printed_is_told_and_nothing_is_taken_back(sample: Office) -> None:
    evidence, reference = imports(sample)
    assert import_detail(sample, evidence.id).hindrances == ()
    issue_forms(sample, PLAN, ["A0011/policy", "A0011/city"], with_stamp=False)
    for entry in (evidence, reference):
        (sentence,) = import_detail(sample, entry.id).hindrances
        assert f"「{entry.title}」不能復原：之後已印出 KH-114-000001等 2 份文件" in sentence
        with pytest.raises(TakeBackRefusedError, match="KH-114-000001"):
            take_back(sample, entry.id)
    assert all(entry.counts for entry in imports(sample))


def test_settings_that_a_paper_stands_on_are_not_taken_back(sample: Office, tmp_path: Path) -> None:
    text = (SAMPLE / "agency.toml").read_text(encoding="utf-8") + "# 更正\n"
    batch_id = bring(sample, tmp_path, "agency.toml", text)
    assert import_detail(sample, batch_id).hindrances == ()
    issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False)
    with pytest.raises(TakeBackRefusedError, match="已印出"):
        take_back(sample, batch_id)


def test_another_kind_of_hindrance_is_one_more_finder(
    sample: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handed_on(asked: AskedImport) -> Iterator[str]:
        yield f"「{asked.title}」不能復原：已送出登錄檔。"

    monkeypatch.setattr(take_back_hindrances, "FINDERS", (*take_back_hindrances.FINDERS, handed_on))
    issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False)
    (entry, _) = imports(sample)
    assert [s.split("：")[1][:5] for s in import_detail(sample, entry.id).hindrances] == [
        "之後已印出",
        "已送出登錄",
    ]
