"""Activities of a plan: sessions with places, who signed up and came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.activities import Activity, Draw, Session, SignUpState
from desktop.domain.changes import ChangeSet
from desktop.domain.logbook import Matter, NewEntry
from desktop.services.activity_proposals import ActivityProposal, load_activity_proposals
from desktop.services.activity_records import (
    IS_DROPPED,
    activities_in,
    activity_body,
    draws_in,
    session_body,
    sessions_in,
    sign_up_entry,
    sign_ups_in,
    state_of,
)
from desktop.services.logbook import (
    LogbookRefusedError,
    needed_reason,
    write_down,
    written_words,
)
from desktop.services.office import Office
from desktop.store import Reader
from desktop.store.identifiers import time_ordered_id


@dataclass(frozen=True, slots=True)
class SignUpLine:
    """One person of a session.

    Attributes:
        employee_id, name, unit: Who.
        state: How the person stands to the session.
        note: Why and who wrote it.
    """

    employee_id: str
    name: str
    unit: str
    state: SignUpState
    note: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session with its people.

    Attributes:
        session: Itself.
        people: In the order they came.
        taken, waiting, attended: How many.
    """

    session: Session
    people: tuple[SignUpLine, ...]
    taken: int
    waiting: int
    attended: int

    @property
    def free(self) -> int | None:
        """Places left; None where there is no limit."""
        places = self.session.places
        return None if places is None else places - self.taken


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity with its sessions and draws."""

    activity: Activity
    sessions: tuple[SessionView, ...]
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class ActivitiesView:
    """Every activity of a plan.

    Attributes:
        plan_title: Short.
        activities: In the order they were entered.
        proposals: What the plan's document names and nobody entered yet.
    """

    plan_title: str
    activities: tuple[ActivityView, ...]
    proposals: tuple[ActivityProposal, ...]


def activities_view(office: Office, plan_id: str) -> ActivitiesView:
    """Everything the page shows of a plan's activities."""
    with office.store.reading() as reader:
        plan = office.plan(reader, plan_id)
        found = activities_in(reader, plan_id)
        people = {one.employee_id: (one.name, one.unit) for one in reader.people()}
        views = tuple(
            ActivityView(
                activity,
                tuple(
                    _session_view(reader, session, people)
                    for session in sessions_in(reader, activity.id).values()
                ),
                tuple(draws_in(reader, activity.id).values()),
            )
            for activity in found.values()
        )
    names = {activity.name for activity in found.values()}
    offered = load_activity_proposals(office.library.folder, plan_id)
    return ActivitiesView(
        plan.short_title, views, tuple(one for one in offered if one.name not in names)
    )


def _session_view(
    reader: Reader, session: Session, people: dict[str, tuple[str, str]]
) -> SessionView:
    lines = []
    for who, entry in sign_ups_in(reader, session.id).items():
        name, unit = people.get(who, (who, "不在目前的名冊"))
        why = f"{entry.reason}（{written_words(entry)}）" if entry.reason else written_words(entry)
        lines.append(SignUpLine(who, name, unit, state_of(entry), why))
    count = Counter(line.state for line in lines)
    return SessionView(
        session,
        tuple(lines),
        taken=sum(line.state.takes_a_place for line in lines),
        waiting=count[SignUpState.WAITING],
        attended=count[SignUpState.ATTENDED],
    )


# --------------------------------------------------------------------------------------------- acts
def put_activity(office: Office, plan_id: str, activity: Activity) -> ChangeSet:
    """Enter an activity, or change one (its id is known).

    Raises:
        LogbookRefusedError: When it has no name, or another one has it.
    """
    activity = replace(activity, name=activity.name.strip())
    if not activity.name:
        raise LogbookRefusedError("活動沒有名稱，沒有登記；請填名稱。")
    first, last = activity.first_day, activity.last_day
    if first is not None and last is not None and last < first:
        raise LogbookRefusedError(f"「{activity.name}」的期間末日早於首日，沒有登記；請更正日期。")
    with office.store.writing("登記活動") as writer:
        found = activities_in(writer, plan_id)
        if any(one.name == activity.name and one.id != activity.id for one in found.values()):
            raise LogbookRefusedError(f"已經有「{activity.name}」，沒有重複登記；請改用別的名稱。")
        former = found.get(activity.id)
        known = activity if activity.id else replace(activity, id=time_ordered_id(office.clock()))
        act = f"{'修改' if former else '新增'}活動「{activity.name}」"
        entry = NewEntry(Matter.ACTIVITY, plan_id, known.id, activity_body(known))
        change = write_down(
            writer, act, [entry], subject=known.id, detail={"plan": plan_id, "after": activity.name}
        )
    office.redo_steps.clear()
    return change


def take_proposals(office: Office, plan_id: str, names: Sequence[str]) -> ChangeSet:
    """Enter activities as the plan's document names them, with their sessions and places.

    Raises:
        LogbookRefusedError: When none of the names is offered.
    """
    offered = {one.name: one for one in activities_view(office, plan_id).proposals}
    wanted = [offered[name] for name in names if name in offered]
    if not wanted:
        raise LogbookRefusedError("計畫所列的活動都已帶入，沒有更動；請重新整理清單。")
    entries = []
    for one in wanted:
        activity = Activity(
            time_ordered_id(office.clock()),
            one.name,
            one.kind,
            one.clause,
            prizes=one.prizes,
            prize=one.prize,
        )
        entries.append(NewEntry(Matter.ACTIVITY, plan_id, activity.id, activity_body(activity)))
        for number in range(1, one.sessions + 1):
            session = Session(
                time_ordered_id(office.clock()),
                f"第 {number} 期",
                places=one.places,
                hours=one.hours,
            )
            entries.append(NewEntry(Matter.SESSION, activity.id, session.id, session_body(session)))
    act = f"帶入計畫所列活動 {len(wanted)} 項"
    with office.store.writing(act) as writer:
        after = "、".join(one.name for one in wanted)
        change = write_down(writer, act, entries, detail={"plan": plan_id, "after": after})
    office.redo_steps.clear()
    return change


def put_session(office: Office, plan_id: str, activity_id: str, session: Session) -> ChangeSet:
    """Enter a session, or change one.

    Raises:
        LogbookRefusedError: When the activity is gone, the days are turned round, or more people
            have a place than there would be.
    """
    name = session.name.strip()
    if not name:
        raise LogbookRefusedError("場次沒有名稱，沒有登記；請填名稱，例如「第 1 期」。")
    if session.first_day and session.last_day and session.last_day < session.first_day:
        raise LogbookRefusedError(f"「{name}」的結束日早於開始日，沒有登記；請更正日期。")
    if session.places is not None and session.places < 1:
        raise LogbookRefusedError(f"「{name}」的名額要是 1 以上的整數，沒有登記；不限名額請留空。")
    with office.store.writing("登記場次") as writer:
        activity = _activity(writer, plan_id, activity_id)
        former = sessions_in(writer, activity_id).get(session.id)
        if former is not None and session.places is not None:
            taken = sum(
                state_of(one).takes_a_place for one in sign_ups_in(writer, session.id).values()
            )
            if taken > session.places:
                raise LogbookRefusedError(
                    f"「{name}」已有 {taken} 人報名，名額不能改成 {session.places} 人，沒有更動；"
                    "請先登記退出。"
                )
        known = replace(session, name=name, id=session.id or time_ordered_id(office.clock()))
        act = f"{'修改' if former else '新增'}場次「{activity.name}　{name}」"
        entry = NewEntry(Matter.SESSION, activity_id, known.id, session_body(known))
        change = write_down(writer, act, [entry], subject=known.id, detail={"plan": plan_id})
    office.redo_steps.clear()
    return change


def drop_activity(office: Office, plan_id: str, activity_id: str) -> ChangeSet:
    """Take an activity off the list; what was entered for it comes back with 復原.

    Raises:
        LogbookRefusedError: When it is gone, or a draw of it counts.
    """
    with office.store.writing("移除活動") as writer:
        activity = _activity(writer, plan_id, activity_id)
        if any(not draw.void_reason for draw in draws_in(writer, activity_id).values()):
            raise LogbookRefusedError(
                f"「{activity.name}」已經抽獎，沒有移除；抽獎結果要留存，作廢後才能移除。"
            )
        body = activity_body(activity) | {IS_DROPPED: True}
        change = write_down(
            writer,
            f"移除活動「{activity.name}」",
            [NewEntry(Matter.ACTIVITY, plan_id, activity_id, body)],
            subject=activity_id,
            detail={"plan": plan_id, "before": activity.name},
        )
    office.redo_steps.clear()
    return change


def drop_session(office: Office, plan_id: str, activity_id: str, session_id: str) -> ChangeSet:
    """Take a session off the list; undo brings it back with its people.

    Raises:
        LogbookRefusedError: When it is gone.
    """
    with office.store.writing("移除場次") as writer:
        activity = _activity(writer, plan_id, activity_id)
        session = _session(writer, activity_id, session_id)
        body = session_body(session) | {IS_DROPPED: True}
        change = write_down(
            writer,
            f"移除場次「{activity.name}　{session.name}」",
            [NewEntry(Matter.SESSION, activity_id, session_id, body)],
            subject=session_id,
            detail={"plan": plan_id},
        )
    office.redo_steps.clear()
    return change


def sign_up(
    office: Office, plan_id: str, activity_id: str, session_id: str, employee_ids: Sequence[str]
) -> ChangeSet:
    """Sign people up in the order given; who comes after the last place waits.

    Raises:
        LogbookRefusedError: When nobody can be signed up anew, or somebody is not on the roster.
    """
    with office.store.writing("報名") as writer:
        activity = _activity(writer, plan_id, activity_id)
        session = _session(writer, activity_id, session_id)
        there = sign_ups_in(writer, session_id)
        known = {one.employee_id: one.name for one in writer.people()}
        strangers = [who for who in employee_ids if who not in known]
        if strangers:
            raise LogbookRefusedError(
                f"名冊沒有人員代號「{strangers[0]}」，沒有報名；請先匯入有這個人的名冊。"
            )
        fresh = [
            who
            for who in dict.fromkeys(employee_ids)
            if who not in there or state_of(there[who]) is SignUpState.WITHDRAWN
        ]
        if not fresh:
            raise LogbookRefusedError(f"選的人都已報名「{session.name}」，沒有重複登記。")
        taken = sum(state_of(one).takes_a_place for one in there.values())
        entries = []
        for who in fresh:
            has_place = session.places is None or taken < session.places
            taken += has_place
            state = SignUpState.SIGNED if has_place else SignUpState.WAITING
            entries.append(sign_up_entry(session_id, who, state))
        waiting = sum(one.body["state"] == SignUpState.WAITING for one in entries)
        behind = f"（候補 {waiting} 人）" if waiting else ""
        change = write_down(
            writer,
            f"報名「{activity.name}　{session.name}」{len(fresh)} 人{behind}",
            entries,
            subject="、".join(fresh),
            detail={"plan": plan_id, "after": "報名"},
            people=fresh,
        )
    office.redo_steps.clear()
    return change


def mark(
    office: Office,
    plan_id: str,
    activity_id: str,
    session_id: str,
    employee_ids: Sequence[str],
    state: SignUpState,
    *,
    reason: str = "",
) -> ChangeSet:
    """Say how people stand to a session: came, did not come, withdrew, moved up from waiting.

    Args:
        office: The open office.
        plan_id: The plan.
        activity_id: The activity.
        session_id: The session.
        employee_ids: Who.
        state: ``SIGNED`` moves somebody up who waits, as long as there is a place.
        reason: Needed for withdrawing.

    Raises:
        ReasonMissingError: When somebody withdraws without a reason.
        LogbookRefusedError: When somebody is not signed up, or there is no place.
    """
    why = needed_reason(reason) if state is SignUpState.WITHDRAWN else reason.strip()
    with office.store.writing(f"登記{state.word}") as writer:
        activity = _activity(writer, plan_id, activity_id)
        session = _session(writer, activity_id, session_id)
        there = sign_ups_in(writer, session_id)
        people = list(dict.fromkeys(employee_ids))
        for who in people:
            now = state_of(there[who]) if who in there else None
            if now is None or now is SignUpState.WITHDRAWN:
                raise LogbookRefusedError(
                    f"選的人沒有報名「{session.name}」，沒有登記；請重新整理名單後再試。"
                )
            if now is SignUpState.WAITING and state in (SignUpState.ATTENDED, SignUpState.ABSENT):
                raise LogbookRefusedError(
                    "候補的人還沒有名額，沒有登記出缺席；有空位時請先按「遞補」。"
                )
        if state is SignUpState.SIGNED and session.places is not None:
            rest = sum(
                state_of(one).takes_a_place for who, one in there.items() if who not in people
            )
            if rest + len(people) > session.places:
                raise LogbookRefusedError(
                    f"「{session.name}」只有 {session.places} 個名額，空位不夠，沒有遞補；"
                    "請先登記退出或少選幾人。"
                )
        change = write_down(
            writer,
            f"「{activity.name}　{session.name}」{state.word} {len(people)} 人",
            [sign_up_entry(session_id, who, state, why) for who in people],
            subject="、".join(people),
            detail={"plan": plan_id, "after": state.word, "why": why},
            people=people,
        )
    office.redo_steps.clear()
    return change


def _activity(reader: Reader, plan_id: str, activity_id: str) -> Activity:
    found = activities_in(reader, plan_id).get(activity_id)
    if found is None:
        raise LogbookRefusedError("找不到這個活動，可能已被移除，沒有更動；請重新整理清單。")
    return found


def _session(reader: Reader, activity_id: str, session_id: str) -> Session:
    found = sessions_in(reader, activity_id).get(session_id)
    if found is None:
        raise LogbookRefusedError("找不到這個場次，可能已被移除，沒有更動；請重新整理清單。")
    return found
