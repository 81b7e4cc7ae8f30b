"""Undo and redo: whatever was done, the exported state comes back byte for byte."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.domain.activities import Activity, ActivityKind, Session
from desktop.domain.verdicts import DecisionKind
from desktop.services.activities import activities_view, put_activity, put_session, sign_up
from desktop.services.case_acts import close_cases
from desktop.services.case_stamping import mark_stamped
from desktop.services.cases import case_list
from desktop.services.deciding import decide
from desktop.services.importing import read_batch, store_batch
from desktop.services.issuing import issue_forms
from desktop.services.leaving_out import commendable, leave_out, take_in_again
from desktop.services.office import Office, open_office
from desktop.services.state_export import export_state
from desktop.services.undoing import redo, undo, undo_words
from desktop.services.verifying import evaluate_everybody
from desktop.store import TakeBackRefusedError
from tests.unit.services.conftest import Clock
from tests.unit.services.test_cases import ANSWER, HEAD

PLAN = "kaohsiung-114"


def _record_keys(office: Office) -> list[str]:
    _, verdicts = evaluate_everybody(office, PLAN)
    return [r.key for v in verdicts for r in v.records if r.verdict is not None]


def _decide(office: Office, number: int) -> None:
    keys = _record_keys(office)
    kind = list(DecisionKind)[number % 3]
    first = number % len(keys)
    decide(office, PLAN, keys[first : first + 1 + number % 4], kind=kind, reason=f"理由 {number}")


def _leave_out(office: Office, number: int) -> None:
    people = [row.employee_id for row in commendable(office, PLAN)]
    if people:
        leave_out(office, PLAN, [people[number % len(people)]], reason=f"不列 {number}")


def _take_in(office: Office, number: int) -> None:
    out = [row.employee_id for row in commendable(office, PLAN) if row.reason]
    if out:
        take_in_again(office, PLAN, [out[number % len(out)]], reason=f"恢復 {number}")


def _close(office: Office, number: int) -> None:
    views = [view for view in case_list(office, PLAN) if view.state.value != "closed"]
    if views:
        close_cases(office, PLAN, [views[number % len(views)].key], reason=f"結案 {number}")


def _stamp(office: Office, number: int) -> None:
    out = [view.document for view in case_list(office, PLAN) if view.is_out]
    if out:
        mark_stamped(office, PLAN, [out[number % len(out)]])


def _import(office: Office, number: int) -> None:
    folder = Path(tempfile.mkdtemp(dir=office.store.path.parent))
    path = folder / "補件.csv"
    row = ANSWER.replace("19:43:32", f"19:{number % 50:02d}:32")
    path.write_text(HEAD + row, encoding="utf-8")
    store_batch(office, read_batch(office, [path]))


def _activity(office: Office, number: int) -> None:
    """A new activity, or a session of the last one, or somebody signed up for its last session."""
    views = activities_view(office, PLAN).activities
    if not views or number % 3 == 0:
        name = f"活動 {len(views)}-{number}"
        put_activity(office, PLAN, Activity("", name, ActivityKind.CLASS))
    elif not views[-1].sessions or number % 3 == 1:
        session = Session("", f"第 {number} 期", places=1)
        put_session(office, PLAN, views[-1].activity.id, session)
    else:
        view = views[-1].sessions[-1]
        there = {line.employee_id for line in view.people}
        rest = [who for who in ("A0001", "A0002", "A0003") if who not in there]
        if rest:
            sign_up(office, PLAN, views[-1].activity.id, view.session.id, rest[:1])


def _latest_step(office: Office) -> str:
    with office.store.reading() as reader:
        steps = reader.undo_steps(1)
    return steps[0].token if steps else ""


ACTS: tuple[Callable[[Office, int], None], ...] = (
    _decide,
    _leave_out,
    _take_in,
    _close,
    _stamp,
    _import,
    _activity,
)


@pytest.fixture(scope="module")
def printed(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office with two forms out to be stamped."""
    path = tmp_path_factory.mktemp("printed") / "printed.db"
    shutil.copyfile(sample_store, path)
    office = _open(path)
    issue_forms(office, PLAN, ["A0011/policy", "A0012/city"], with_stamp=False)
    office.store.close()
    return path


def _open(path: Path) -> Office:
    clock = Clock()
    clock.now = datetime(2025, 9, 2, 9)
    return open_office(path, actor="周雅雯", clock=clock)


@settings(
    max_examples=6,
    deadline=None,
    # A failing list of acts is short as it is; shrinking it costs minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(
        st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 60)), min_size=1, max_size=4
    ),
    back=st.integers(1, 4),
)
def test_undone_and_done_again_is_byte_for_byte_the_same(
    printed: Path, tmp_path: Path, acts: list[tuple[int, int]], back: int
) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    path = folder / "office.db"
    shutil.copyfile(printed, path)
    office = _open(path)
    states = [export_state(office)]
    for which, number in acts:
        before = _latest_step(office)
        ACTS[which](office, number)
        if _latest_step(office) != before:
            states.append(export_state(office))
    steps = min(back, len(states) - 1)
    for step in range(1, steps + 1):
        assert undo(office) is not None
        assert export_state(office) == states[-1 - step]
    for step in range(steps - 1, -1, -1):
        assert redo(office) is not None
        assert export_state(office) == states[-1 - step]
    office.store.close()


def test_sixty_steps_are_undone_by_name_over_a_restart(sample: Office) -> None:
    keys = _record_keys(sample)[:60]
    states = [export_state(sample)]
    for number, key in enumerate(keys):
        decide(sample, PLAN, [key], kind=DecisionKind.REFUSE, reason=f"第 {number} 個")
    path = sample.store.path
    sample.store.close()
    again = _open(path)
    for _ in keys:
        assert undo_words(again) == "不採計"
        undo(again)
    assert undo_words(again) != "不採計"
    assert export_state(again) == states[0]
    again.store.close()


def test_import_undone_and_done_again_brings_its_rows_back(sample: Office) -> None:
    before = export_state(sample)
    _import(sample, 1)
    after = export_state(sample)
    assert after != before
    undo(sample)
    assert export_state(sample) == before
    redo(sample)
    assert export_state(sample) == after
    assert sample.store.verify() == ()


def test_import_is_not_done_again_after_another_one(sample: Office) -> None:
    _import(sample, 1)
    undo(sample)
    _import(sample, 2)
    with pytest.raises(TakeBackRefusedError, match="之後又有別的匯入"):
        redo(sample)


def test_undo_of_an_import_says_which_paper_stands_in_the_way(sample: Office) -> None:
    _import(sample, 1)
    issue_forms(sample, PLAN, ["A0004/city"], with_stamp=False)
    with pytest.raises(TakeBackRefusedError, match="之後已印出 KH-114-000001"):
        undo(sample)
