"""What portal pages say of a year's hours: kept, found again, taken back with its import."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.evidence import EvidenceKind, RefusalReason
from desktop.domain.provenance import PageBox, SourcePlace
from desktop.domain.yearly_hours import StatedFigure, StatedHours
from desktop.store import Store
from tests.unit.store.making import CONTENT, DIGEST, add_file, fill, learning_row

UNKNOWN = RefusalReason.PERSON_UNKNOWN
STATED = StatedHours(
    place=SourcePlace(
        DIGEST, "A0012_王小明.pdf", page=1, boxes=((1, PageBox(0.0358, 0.2, 0.6292, 0.23)),)
    ),
    year=109,
    figures=(
        StatedFigure("每年必須完成之課程總學習時數(10小時)", Decimal("6.50")),
        StatedFigure("環境教育(4小時)", Decimal(2)),
    ),
    employee_id="A0012",
    person_name="王小明",
)
UNDATED = StatedHours(SourcePlace(DIGEST, "b.html"), None, ())


def add_pages(store: Store, *pages: tuple[StatedHours, str | None, RefusalReason | None]) -> str:
    with store.writing("匯入") as writer:
        batch_id = writer.add_batch("匯入 1 個檔案")
        file_id = add_file(
            writer, batch_id, stored=1, content=CONTENT, kind=EvidenceKind.PORTAL_HOURS
        )
        owner = pages[0][1]
        problem = None if owner else UNKNOWN
        writer.add_learning_rows(file_id, [(learning_row(1), owner, problem, f"{file_id}|1")])
        writer.add_stated_hours(file_id, pages)
    return batch_id if owner else file_id


def test_pages_come_back_as_they_were_read_in_the_order_of_import(store: Store) -> None:
    fill(store)
    add_pages(store, (STATED, "A0012", None), (UNDATED, "A0007", None))
    add_pages(store, (UNDATED, "A0012", None))
    with store.reading() as reader:
        assert [(one.employee_id, one.stated) for one in reader.stated_hours()] == [
            ("A0012", STATED),
            ("A0007", UNDATED),
            ("A0012", UNDATED),
        ]
        assert [one.stated for one in reader.stated_hours("A0012")] == [STATED, UNDATED]
        (first, *_) = reader.stated_hours("A0012")
    assert str(first.stated.figures[0].hours) == "6.50"
    assert store.verify() == ()


def test_a_page_goes_with_its_import_and_the_one_before_stays(store: Store) -> None:
    fill(store)
    add_pages(store, (STATED, "A0012", None))
    later = add_pages(store, (UNDATED, "A0012", None))
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(later)
    with store.reading() as reader:
        assert [one.stated for one in reader.stated_hours("A0012")] == [STATED]


def test_a_page_waits_for_its_person_with_its_rows(store: Store) -> None:
    fill(store)
    file_id = add_pages(store, (STATED, None, UNKNOWN))
    with store.reading() as reader:
        assert reader.stated_hours() == ()
    with store.writing("指定人員") as writer:
        writer.assign_person(file_id, "A0007", shown=("A0012", "王小明"))
    with store.reading() as reader:
        assert [one.employee_id for one in reader.stated_hours()] == ["A0007"]


def test_a_page_of_another_name_goes_on_waiting(store: Store) -> None:
    fill(store)
    file_id = add_pages(store, (STATED, None, UNKNOWN), (UNDATED, None, UNKNOWN))
    with store.writing("指定人員") as writer:
        writer.assign_person(file_id, "A0007", shown=("A0012", "王小明"))
    with store.reading() as reader:
        assert [one.stated for one in reader.stated_hours()] == [STATED]


COLUMNS = (
    "INSERT INTO stated_hours (id, batch_file, position, digest, file_name, employee_id, "
    "person_problem, figures) VALUES "
)
FILE = "(SELECT id FROM batch_file LIMIT 1)"


@pytest.mark.parametrize(
    "values",
    [
        f"('x', {FILE}, 7, '{DIGEST}', 'a', NULL, NULL, '[]')",
        f"('x', {FILE}, 7, '{DIGEST}', 'a', 'A0012', 'person_unknown', '[]')",
        f"('x', {FILE}, 7, '{DIGEST}', 'a', NULL, 'nonsense', '[]')",
        f"('x', {FILE}, 7, '{DIGEST}', 'a', 'A9999', NULL, '[]')",
        f"('x', {FILE}, 7, NULL, NULL, 'A0012', NULL, '[]')",
        f"('x', {FILE}, 7, 'short', 'a', 'A0012', NULL, '[]')",
        f"('x', 'nowhere', 7, '{DIGEST}', 'a', 'A0012', NULL, '[]')",
    ],
)
def test_the_schema_refuses_a_page_without_owner_or_place(
    store: Store, path: Path, values: str
) -> None:
    fill(store)
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(COLUMNS + values)


def add_page_alone(store: Store, page: StatedHours = STATED) -> str:
    """A file that holds nothing but a summary block, and waits for its person."""
    with store.writing("匯入") as writer:
        batch_id = writer.add_batch("匯入 1 個檔案")
        file_id = add_file(
            writer, batch_id, stored=0, content=CONTENT, kind=EvidenceKind.PORTAL_HOURS
        )
        writer.add_stated_hours(file_id, [(page, None, UNKNOWN)])
    return file_id


def test_a_page_without_rows_waits_and_is_assigned_by_itself(store: Store) -> None:
    fill(store)
    file_id = add_page_alone(store)
    with store.reading() as reader:
        (waiting,) = reader.pending_files()
        assert reader.counts().pending_files == 1
    assert (waiting.file_id, waiting.rows, waiting.shown) == (file_id, 0, ("A0012", "王小明"))
    with store.writing("指定人員") as writer:
        assert writer.assign_person(file_id, "A0007", shown=waiting.shown) == 0
    with store.reading() as reader:
        assert [one.employee_id for one in reader.stated_hours()] == ["A0007"]
        assert reader.pending_files() == ()
        assert reader.counts().pending_files == 0


def test_a_file_of_a_page_alone_is_known_when_it_comes_again(store: Store) -> None:
    with store.reading() as reader:
        assert not reader.has_file(DIGEST)
    add_page_alone(store)
    with store.reading() as reader:
        assert reader.has_file(DIGEST)
