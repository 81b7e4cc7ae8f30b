"""A batch that was not stored: there again with the clerk's word, gone when it is done with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.domain.readings import ReadingCorrection, RowIdentity
from desktop.services.draft import ImportDraft
from desktop.services.importing import read_batch
from desktop.services.library import own_library
from desktop.services.unfinished_imports import (
    FOLDER,
    forget_unfinished,
    keep_unfinished,
    reopen_unfinished,
)

SAMPLE = own_library().sample_folder


@pytest.fixture
def draft(office) -> ImportDraft:
    record = sorted((SAMPLE / "records").glob("*.pdf"))[0]
    return read_batch(office, [SAMPLE / "roster.xlsx", record])


def kept_files(office) -> list[str]:
    folder = office.store.path.parent / FOLDER
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_batch_comes_back_with_names_rows_and_the_clerks_word(office, draft):
    digest = draft.files[1].digest
    keep_unfinished(office, draft, {digest: "A0001"})
    left = reopen_unfinished(office)
    assert [file.name for file in left.draft.files] == [file.name for file in draft.files]
    assert [file.extraction.rows for file in left.draft.files] == [
        file.extraction.rows for file in draft.files
    ]
    assert left.draft.rows_in == draft.rows_in > 12
    assert dict(left.said) == {digest: "A0001"}
    assert left.lost == ()


def test_words_on_doubtful_cells_come_back_but_for_those_of_a_lost_file(office, draft):
    def said(digest: str, corrected: str | None) -> ReadingCorrection:
        where = RowIdentity(digest, 1, 3)
        at = datetime(2025, 8, 6, 9, 41)
        return ReadingCorrection(where, "start", "11:52", corrected, actor="周雅雯", at=at)

    words = (said(draft.files[1].digest, "2025-03-12T19:52:00"), said(draft.files[0].digest, None))
    keep_unfinished(office, replace(draft, readings=words), {})
    assert reopen_unfinished(office).draft.readings == words
    folder = next((office.store.path.parent / FOLDER).iterdir())
    (folder / draft.files[0].digest).unlink()
    assert reopen_unfinished(office).draft.readings == words[:1]


def test_nothing_is_left_once_it_is_done_with(office, draft):
    keep_unfinished(office, draft, {})
    assert len(kept_files(office)) == 3
    forget_unfinished(office)
    assert kept_files(office) == []
    assert reopen_unfinished(office) is None
    forget_unfinished(office)


def test_smaller_batch_leaves_no_bytes_of_the_larger_one(office, draft):
    keep_unfinished(office, draft, {})
    keep_unfinished(office, replace(draft, files=draft.files[:1]), {})
    assert kept_files(office) == sorted(["index.json", draft.files[0].digest])
    assert len(reopen_unfinished(office).draft.files) == 1


def test_damaged_bytes_are_named_and_the_rest_comes_back(office, draft):
    keep_unfinished(office, draft, {})
    folder = next((office.store.path.parent / FOLDER).iterdir())
    (folder / draft.files[0].digest).write_bytes(b"cut off")
    left = reopen_unfinished(office)
    assert left.lost == (draft.files[0].name,)
    assert [file.name for file in left.draft.files] == [draft.files[1].name]


def test_somebody_elses_batch_is_not_opened(office, draft):
    keep_unfinished(office, draft, {})
    assert reopen_unfinished(replace(office, actor="林主任")) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}', '{"files": [{}], "said": {}}'])
def test_index_that_cannot_be_read_is_no_batch(office, draft, text):
    keep_unfinished(office, draft, {})
    folder = next((office.store.path.parent / FOLDER).iterdir())
    (folder / "index.json").write_text(text, encoding="utf-8")
    assert reopen_unfinished(office) is None


def test_name_in_the_index_cannot_reach_out_of_the_folder(office, draft, tmp_path):
    keep_unfinished(office, draft, {})
    folder = next((office.store.path.parent / FOLDER).iterdir())
    (tmp_path / "outside").write_bytes(b"x")
    (folder / "index.json").write_text(
        '{"files": [{"name": "a", "digest": "../../outside"}], "said": {}}', encoding="utf-8"
    )
    left = reopen_unfinished(office)
    assert left.lost == ("a",)
    assert left.draft.files == ()
