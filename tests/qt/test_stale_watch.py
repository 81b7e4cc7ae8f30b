"""審核 keeps and compares verdicts again only where something changed since all was kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from desktop.qt.pages.review_stale import StaleWatch

PLAN = "kaohsiung-114"


class AtOnce:
    """Does at once, on this thread, what the window does in the background."""

    def run_read(self, work: Any, on_success: Any, **_: Any) -> None:
        on_success(work(lambda *_: True))

    def run_write(self, work: Any, on_success: Any = None, **_: Any) -> None:
        found = work(lambda *_: True)
        if on_success is not None:
            on_success(found)


class Office:
    """What the watch asks, with a list of what was done."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.now, self.waiting = "1", ()

    def services(self) -> Any:
        def store_verdicts(plan_id: str, **_: Any) -> None:
            self.did.append("keep")

        def stale(plan_id: str) -> tuple[Any, ...]:
            self.did.append("compare")
            return self.waiting

        return SimpleNamespace(
            store_verdicts=store_verdicts,
            stale=stale,
            is_settled=lambda plan_id, mark: bool(mark) and mark == self.now,
            settled_mark=lambda plan_id: "" if self.waiting else self.now,
        )


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def look(qapp, tmp_path, office: Office):
    """Looks once as at a start, with what earlier starts remembered; gives the watch."""
    page = QWidget()
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)

    def start() -> StaleWatch:
        watch = StaleWatch(office.services(), AtOnce(), settings, page=page)
        watch.plan_id, watch.is_due = PLAN, True
        office.did.clear()
        watch.look()
        return watch

    yield start
    page.deleteLater()


def test_second_start_without_a_change_does_nothing_again(look, office: Office) -> None:
    look()
    assert office.did == ["keep"]
    assert look().notes.count() == 0
    assert office.did == []


def test_change_since_is_kept_again(look, office: Office) -> None:
    look()
    office.now = "2"
    look()
    assert office.did == ["keep"]
    look()
    assert office.did == []


def test_what_waits_is_compared_and_told_at_every_start(look, office: Office) -> None:
    office.waiting = (object(),)
    for _ in range(2):
        assert look().notes.count() == 1
        assert office.did == ["keep", "compare"]


def test_own_decision_is_remembered_as_kept(look, office: Office) -> None:
    watch = look()
    office.now = "2"
    watch.keep_own()
    look()
    assert office.did == []


def test_other_plan_is_looked_at_for_itself(look, office: Office) -> None:
    watch = look()
    watch.plan_id, watch.is_due = "other", True
    office.did.clear()
    watch.look()
    assert office.did == ["keep"]
