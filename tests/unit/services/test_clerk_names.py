"""The clerk's name on paper: kept by who is at work, refused when too long, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.services.clerk_names import ClerkNameError, name_clerk
from desktop.services.office import open_office
from desktop.services.undoing import redo, undo, undo_words

NOW = datetime(2025, 9, 1, 9)


@pytest.fixture
def office(tmp_path):
    office = open_office(tmp_path / "gongyu.db", actor="yawen", clock=lambda: NOW)
    yield office
    office.close()


def test_name_is_kept_for_who_is_at_work_and_outlives_the_session(office):
    other = replace(office, actor="lin", clerk="林主任")
    name_clerk(office, " 周 雅雯 ")
    assert office.clerk_on_paper == "周 雅雯"
    assert other.clerk_on_paper == "林主任"
    again = open_office(office.store.path, actor="yawen", clock=lambda: NOW)
    assert (again.clerk_on_paper, again.actor) == ("周 雅雯", "yawen")
    again.close()


def test_empty_name_gives_the_machines_own_back(office):
    name_clerk(office, "周雅雯")
    name_clerk(office, "")
    assert office.clerk_on_paper == "yawen"


def test_same_name_again_is_no_act(office):
    name_clerk(office, "周雅雯")
    change = name_clerk(office, "周雅雯")
    assert not change.changed_anything
    assert change.undo_token is None


def test_name_too_long_for_the_forms_is_refused_and_nothing_stored(office):
    with pytest.raises(ClerkNameError, match="最多 20 個字"):
        name_clerk(office, "周" * 21)
    assert office.clerk_on_paper == "yawen"


def test_undo_and_redo_walk_through_the_names(office):
    name_clerk(office, "周雅雯")
    name_clerk(office, "周小雯")
    assert undo_words(office) == "修改承辦人姓名"
    undo(office)
    assert office.clerk_on_paper == "周雅雯"
    undo(office)
    assert office.clerk_on_paper == "yawen"
    redo(office)
    redo(office)
    assert office.clerk_on_paper == "周小雯"
