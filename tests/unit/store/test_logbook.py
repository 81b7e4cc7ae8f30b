"""The logbook: the latest word on a thing stands, what was before can be read and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.logbook import Matter, NewEntry, standing
from desktop.store.errors import NotStoredError, StoreError
from tests.unit.store.making import Clock, office_path, open_store

PLAN = "taipei-coursera-113"


def places(count: int, reason: str = "") -> NewEntry:
    return NewEntry(Matter.QUOTA, PLAN, "", {"places": count}, reason)


def test_latest_entry_stands_and_the_former_comes_back_when_it_is_taken_back(
    tmp_path: Path,
) -> None:
    clock = Clock()
    with_store = open_store(office_path(tmp_path), clock=clock)
    with with_store.writing("登記名額") as writer:
        writer.write_down([places(3, "府函")])
    clock.move(minutes=5)
    with with_store.writing("登記名額") as writer:
        (second,) = writer.write_down([places(5, "增額")])
    key = (Matter.QUOTA, PLAN, "")
    with with_store.reading() as reader:
        now = standing(reader.logbook())[key]
    assert (now.body["places"], now.reason, now.actor, now.at) == (
        5,
        "增額",
        "陳承辦",
        clock.moment,
    )
    with with_store.writing("復原") as writer:
        writer.take_entry_back(second, reason="復原")
    with with_store.reading() as reader:
        entries = reader.logbook()
    assert standing(entries)[key].body["places"] == 3
    assert [(one.body["places"], one.is_taken_back) for one in entries] == [(3, False), (5, True)]
    with_store.close()


def test_entries_are_read_by_matter_and_scope(tmp_path: Path) -> None:
    store = open_store(office_path(tmp_path))
    with store.writing("登記") as writer:
        writer.write_down(
            [
                places(3),
                NewEntry(Matter.SESSION, "a1", "s1", {"name": "第 1 期"}),
                NewEntry(Matter.SESSION, "a2", "s1", {"name": "第 1 梯"}),
            ]
        )
    with store.reading() as reader:
        assert [one.scope for one in reader.logbook(Matter.SESSION)] == ["a1", "a2"]
        assert [one.body["name"] for one in reader.logbook(Matter.SESSION, scope="a2")] == [
            "第 1 梯"
        ]
        assert len(reader.logbook()) == 3
    store.close()


def test_entry_is_taken_back_once_and_only_when_there_is_one(tmp_path: Path) -> None:
    store = open_store(office_path(tmp_path))
    with store.writing("登記") as writer:
        (made,) = writer.write_down([places(3)])
        writer.take_entry_back(made, reason="復原")
        with pytest.raises(StoreError, match="已經復原過"):
            writer.take_entry_back(made, reason="復原")
        with pytest.raises(NotStoredError, match="找不到"):
            writer.take_entry_back("none", reason="復原")
    store.close()
