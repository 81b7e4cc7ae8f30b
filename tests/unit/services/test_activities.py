"""Activities: sessions with places, waiting, attendance, draws that can be repeated and checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.activities import Activity, ActivityKind, Session, SignUpState
from desktop.services.activities import (
    ActivityView,
    SessionView,
    activities_view,
    drop_activity,
    drop_session,
    mark,
    put_activity,
    put_session,
    sign_up,
    take_proposals,
)
from desktop.services.auditing import audit_lines
from desktop.services.deciding import ReasonMissingError
from desktop.services.drawing import check_draw, draw_csv, entrants, make_draw, void_draw
from desktop.services.logbook import LogbookRefusedError
from desktop.services.office import Office
from desktop.services.state_export import export_state
from desktop.services.undoing import redo, undo

PLAN = "kaohsiung-114"
PEOPLE = ["A0001", "A0002", "A0003"]


@pytest.fixture
def activity(sample: Office) -> ActivityView:
    """A class with one session of two places."""
    put_activity(sample, PLAN, Activity("", "製作研習班", ActivityKind.CLASS, "陸、一"))
    (made,) = activities_view(sample, PLAN).activities
    put_session(sample, PLAN, made.activity.id, Session("", "第 1 期", places=2, hours=12))
    return one(sample)


def one(office: Office) -> ActivityView:
    (found,) = activities_view(office, PLAN).activities
    return found


def only(view: ActivityView) -> SessionView:
    (found,) = view.sessions
    return found


def states(office: Office) -> dict[str, str]:
    return {line.employee_id: line.state.word for line in only(one(office)).people}


def test_who_comes_after_the_last_place_waits_and_moves_up_when_one_is_free(
    sample: Office, activity: ActivityView
) -> None:
    ids = (PLAN, activity.activity.id, only(activity).session.id)
    sign_up(sample, *ids, PEOPLE)
    assert list(states(sample).values()) == ["報名", "報名", "候補"]
    assert (only(one(sample)).free, only(one(sample)).waiting) == (0, 1)
    with pytest.raises(LogbookRefusedError, match="空位不夠"):
        mark(sample, *ids, ["A0003"], SignUpState.SIGNED)
    with pytest.raises(ReasonMissingError):
        mark(sample, *ids, ["A0001"], SignUpState.WITHDRAWN)
    mark(sample, *ids, ["A0001"], SignUpState.WITHDRAWN, reason="出差")
    mark(sample, *ids, ["A0003"], SignUpState.SIGNED)
    assert states(sample) == {"A0001": "退出", "A0002": "報名", "A0003": "報名"}
    assert "出差" in only(one(sample)).people[0].note


def test_attendance_is_marked_and_undone_in_one_step(
    sample: Office, activity: ActivityView
) -> None:
    ids = (PLAN, activity.activity.id, only(activity).session.id)
    sign_up(sample, *ids, PEOPLE)
    before = export_state(sample)
    mark(sample, *ids, ["A0001", "A0002"], SignUpState.ATTENDED)
    assert only(one(sample)).attended == 2
    with pytest.raises(LogbookRefusedError, match="候補"):
        mark(sample, *ids, ["A0003"], SignUpState.ATTENDED)
    undo(sample)
    assert export_state(sample) == before
    redo(sample)
    assert only(one(sample)).attended == 2


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (Session("", " "), "場次沒有名稱"),
        (Session("", "第 2 期", date(2025, 5, 2), date(2025, 5, 1)), "結束日早於開始日"),
        (Session("", "第 2 期", places=0), "名額要是 1 以上"),
    ],
)
def test_session_that_cannot_be_is_refused(
    sample: Office, activity: ActivityView, session: Session, words: str
) -> None:
    with pytest.raises(LogbookRefusedError, match=words):
        put_session(sample, PLAN, activity.activity.id, session)


def test_places_are_not_cut_below_those_taken(sample: Office, activity: ActivityView) -> None:
    session = only(activity).session
    sign_up(sample, PLAN, activity.activity.id, session.id, PEOPLE[:2])
    with pytest.raises(LogbookRefusedError, match="已有 2 人報名"):
        put_session(sample, PLAN, activity.activity.id, replace(session, places=1))
    put_session(sample, PLAN, activity.activity.id, replace(session, places=5))
    assert only(one(sample)).free == 3


def test_strangers_and_people_signed_up_already_are_refused(
    sample: Office, activity: ActivityView
) -> None:
    ids = (PLAN, activity.activity.id, only(activity).session.id)
    with pytest.raises(LogbookRefusedError, match="名冊沒有人員代號「X1」"):
        sign_up(sample, *ids, ["A0001", "X1"])
    sign_up(sample, *ids, ["A0001"])
    with pytest.raises(LogbookRefusedError, match="都已報名"):
        sign_up(sample, *ids, ["A0001"])


def test_dropped_activities_and_sessions_come_back_with_their_people(
    sample: Office, activity: ActivityView
) -> None:
    ids = (PLAN, activity.activity.id, only(activity).session.id)
    sign_up(sample, *ids, PEOPLE)
    drop_session(sample, *ids)
    assert one(sample).sessions == ()
    undo(sample)
    assert len(only(one(sample)).people) == 3
    drop_activity(sample, PLAN, activity.activity.id)
    assert activities_view(sample, PLAN).activities == ()
    undo(sample)
    assert len(only(one(sample)).people) == 3


def test_what_the_103_plan_names_is_offered_with_its_numbers(sample: Office) -> None:
    plan = "kaohsiung-103"
    offered = {p.name: p for p in activities_view(sample, plan).proposals}
    first_line = offered["第一線溝通能力躍升"]
    assert (first_line.sessions, first_line.places, first_line.clause) == (15, 50, "陸、七（一）")
    assert offered["「春‧悅讀」"].prizes == 50
    take_proposals(sample, plan, ["第一線溝通能力躍升", "數位教材及APP製作研習班"])
    shown = activities_view(sample, plan)
    assert [len(a.sessions) for a in shown.activities] == [15, 1]
    assert sum(s.session.places or 0 for s in shown.activities[0].sessions) == 750
    assert (
        shown.activities[1].sessions[0].session.places,
        shown.activities[1].sessions[0].session.hours,
    ) == (40, 12)
    assert len(shown.proposals) == len(offered) - 2


@pytest.fixture
def lottery(sample: Office) -> str:
    """A draw over two courses of the plan, by its activity's id."""
    with sample.store.reading() as reader:
        policy = sample.plan(reader, PLAN).sets[0]
    courses = tuple(course.name for course in policy.courses[:2])
    put_activity(
        sample, PLAN, Activity("", "悅讀抽獎", ActivityKind.DRAW, courses=courses, prizes=3)
    )
    return one(sample).activity.id


def test_draw_keeps_seed_and_list_and_is_repeated_to_the_same_winners(
    sample: Office, lottery: str
) -> None:
    found = entrants(sample, PLAN, lottery)
    assert found.people > 3
    draw, _ = make_draw(sample, PLAN, found, title="春季", seed="大樂透 114000041", prizes=3)
    kept = one(sample).draws[0]
    assert kept == draw
    assert len(kept.winners) == 3
    assert "完全相同" in check_draw(kept)
    (entry,) = audit_lines(sample, text="大樂透")
    assert "大樂透 114000041" in entry.more
    assert found.list_digest in entry.codes


def test_only_courses_completed_in_the_days_of_the_draw_are_chances(
    sample: Office, lottery: str
) -> None:
    everything = len(entrants(sample, PLAN, lottery).lines)
    activity = replace(one(sample).activity, last_day=date(2020, 12, 31))
    put_activity(sample, PLAN, activity)
    found = entrants(sample, PLAN, lottery)
    assert everything > 0
    assert found.lines == ()
    assert "至 109-12-31 止" in found.source
    with pytest.raises(LogbookRefusedError, match="期間末日早於首日"):
        put_activity(sample, PLAN, replace(activity, first_day=date(2021, 1, 1)))


def test_changed_list_or_outcome_is_found_out(sample: Office, lottery: str) -> None:
    found = entrants(sample, PLAN, lottery)
    draw, _ = make_draw(sample, PLAN, found, title="春季", seed="1", prizes=3)
    assert "名單被動過" in check_draw(replace(draw, chances=draw.chances[1:]))
    swapped = tuple(replace(c, rank=4 - c.rank if c.rank else 0) for c in draw.chances)
    assert "與留存的不同" in check_draw(replace(draw, chances=swapped))


def test_draw_is_not_undone_but_voided_with_a_reason_and_stays_to_be_seen(
    sample: Office, lottery: str
) -> None:
    found = entrants(sample, PLAN, lottery)
    draw, _ = make_draw(sample, PLAN, found, title="春季", seed="1", prizes=3)
    with pytest.raises(LogbookRefusedError, match="不能復原"):
        undo(sample)
    with pytest.raises(LogbookRefusedError, match="已經抽過"):
        make_draw(sample, PLAN, found, title="春季", seed="2", prizes=3)
    with pytest.raises(LogbookRefusedError, match="抽獎結果要留存"):
        drop_activity(sample, PLAN, lottery)
    with pytest.raises(ReasonMissingError):
        void_draw(sample, PLAN, lottery, draw.id, reason="")
    void_draw(sample, PLAN, lottery, draw.id, reason="獎品數量誤植")
    again, _ = make_draw(sample, PLAN, found, title="春季", seed="2", prizes=2)
    assert [d.void_reason for d in one(sample).draws] == ["獎品數量誤植", ""]
    assert len(again.winners) == 2


@pytest.mark.parametrize(
    ("title", "seed", "prizes"), [("春季", "", 3), ("", "1", 3), ("春季", "1", 0), ("春", "a|b", 1)]
)
def test_draw_without_what_it_needs_is_refused(
    sample: Office, lottery: str, title: str, seed: str, prizes: int
) -> None:
    found = entrants(sample, PLAN, lottery)
    with pytest.raises(LogbookRefusedError, match="沒有抽獎"):
        make_draw(sample, PLAN, found, title=title, seed=seed, prizes=prizes)
    assert one(sample).draws == ()


def test_who_attended_takes_part_where_no_courses_are_named(
    sample: Office, activity: ActivityView
) -> None:
    ids = (PLAN, activity.activity.id, only(activity).session.id)
    sign_up(sample, *ids, PEOPLE[:2])
    mark(sample, *ids, ["A0001"], SignUpState.ATTENDED)
    found = entrants(sample, PLAN, activity.activity.id)
    assert [(line.employee_id, line.why) for line in found.lines] == [("A0001", "第 1 期")]


def test_csv_of_a_draw_holds_what_is_needed_to_repeat_it(sample: Office, lottery: str) -> None:
    found = entrants(sample, PLAN, lottery)
    draw, _ = make_draw(sample, PLAN, found, title="春季", seed="種子7", prizes=2)
    lines = draw_csv(sample, draw).decode("utf-8-sig").splitlines()
    assert "SHA-256(種子|人員代號|機會)" in lines[0]
    assert lines[1] == "種子：種子7"
    assert len(lines) == 4 + len(found.lines)
    won = [line for line in lines[4:] if line.split(",")[1] == "1"]
    assert [draw.winners[0].digest in line for line in won] == [True]
