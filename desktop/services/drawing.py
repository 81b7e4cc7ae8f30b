"""Draws: the list of chances first, then the seed; repeated, checked, voided, never undone."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from desktop.domain.activities import Activity, Chance, Draw, SignUpState
from desktop.domain.changes import ChangeSet
from desktop.domain.logbook import Matter, NewEntry
from desktop.domain.moments import roc_date
from desktop.rules.drawing import course_chances, drawn, list_digest
from desktop.services.activity_records import (
    activities_in,
    draw_body,
    draws_in,
    sessions_in,
    sign_ups_in,
    state_of,
)
from desktop.services.facts import gather
from desktop.services.logbook import LogbookRefusedError, needed_reason, write_down
from desktop.services.office import Office
from desktop.store import Reader
from desktop.store.identifiers import time_ordered_id

_HEADINGS = ("序", "中獎", "人員代號", "姓名", "單位", "機會", "雜湊（SHA-256）")


@dataclass(frozen=True, slots=True)
class ChanceLine:
    """One chance, or what may be one: whose, by what; what is not sure is empty for a chance."""

    employee_id: str
    name: str
    unit: str
    why: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Entrants:
    """Who takes part in a draw before it is made.

    Attributes:
        activity_id: Whose draw.
        lines: Every chance.
        doubts: Records that a person has to settle first; they take no part.
        people: How many people there are among the chances.
        list_digest: SHA-256 of the list, told before the seed.
        source: What the chances come from, in words.
    """

    activity_id: str
    lines: tuple[ChanceLine, ...]
    doubts: tuple[ChanceLine, ...]
    people: int
    list_digest: str
    source: str


def entrants(office: Office, plan_id: str, activity_id: str) -> Entrants:
    """The chances of a draw now: courses completed in its days, or, without courses, who attended.

    Raises:
        LogbookRefusedError: When the activity is gone.
    """
    with office.store.reading() as reader:
        activity = _activity(reader, plan_id, activity_id)
        basis = gather(office, reader, plan_id)
        names = {f.person.employee_id: (f.person.name, f.person.unit) for f in basis.people}
        if activity.courses:
            rows = {facts.person.employee_id: facts.rows for facts in basis.people}
            chances, doubts = course_chances(
                rows,
                activity.courses,
                first_day=activity.first_day,
                last_day=activity.last_day,
            )
            source = (
                f"選讀指定的 {len(activity.courses)} 門課程，{_days(activity)}完成 1 門 1 次機會"
            )
        else:
            chances = _attendance_chances(reader, activity_id, names)
            doubts = ()
            source = "出席場次，每場 1 次機會"
    return Entrants(
        activity_id,
        tuple(ChanceLine(c.employee_id, *names[c.employee_id], c.why) for c in chances),
        tuple(ChanceLine(d.employee_id, *names[d.employee_id], d.course, d.why) for d in doubts),
        len({one.employee_id for one in chances}),
        list_digest(chances),
        source,
    )


def _days(activity: Activity) -> str:
    first, last = activity.first_day, activity.last_day
    if first is None and last is None:
        return "不限期間，"
    begin = f"{roc_date(first)} 起" if first is not None else ""
    return f"{begin}{f'至 {roc_date(last)} 止' if last is not None else ''}，"


def _attendance_chances(
    reader: Reader, activity_id: str, names: dict[str, tuple[str, str]]
) -> tuple[Chance, ...]:
    return tuple(
        Chance(who, session.name)
        for session in sessions_in(reader, activity_id).values()
        for who, entry in sign_ups_in(reader, session.id).items()
        if state_of(entry) is SignUpState.ATTENDED and who in names
    )


def make_draw(
    office: Office,
    plan_id: str,
    found: Entrants,
    *,
    title: str,
    seed: str,
    prizes: int,
) -> tuple[Draw, ChangeSet]:
    """Draw, and keep seed, list and outcome; the trail holds seed and digests as well.

    A draw is no matter of undo: it was seen. It counts until it is voided with a reason.

    Args:
        office: The open office.
        plan_id: The plan.
        found: The list that was shown.
        title: What is drawn.
        seed: Any words; best what nobody in the office chose.
        prizes: How many people win at most.

    Raises:
        LogbookRefusedError: When there is nobody, no seed or no prize, or a draw of this title
            counts already.
    """
    seed, title = seed.strip(), title.strip()
    if not found.lines:
        raise LogbookRefusedError("名單上沒有任何抽獎機會，沒有抽獎；請先匯入紀錄或登記出席。")
    if not seed or not title or prizes < 1:
        raise LogbookRefusedError("抽獎名稱、種子和份數都要填，沒有抽獎；份數是 1 以上的整數。")
    if "|" in seed:
        raise LogbookRefusedError("種子不能有「|」（計算雜湊的分隔符號），沒有抽獎；請換一個種子。")
    chances = [Chance(line.employee_id, line.why) for line in found.lines]
    with office.store.writing("抽獎") as writer:
        activity = _activity(writer, plan_id, found.activity_id)
        counting = [one for one in draws_in(writer, activity.id).values() if not one.void_reason]
        if any(one.title == title for one in counting):
            raise LogbookRefusedError(
                f"「{title}」已經抽過，沒有重抽；要重抽請先作廢並寫明理由，或另取名稱。"
            )
        now = office.clock()
        draw = Draw(
            id=time_ordered_id(now),
            title=title,
            seed=seed,
            prizes=prizes,
            chances=drawn(seed, chances, prizes),
            list_digest=list_digest(chances),
            actor=office.actor,
            at=now,
        )
        change = write_down(
            writer,
            f"抽獎「{activity.name}　{title}」",
            [NewEntry(Matter.DRAW, activity.id, draw.id, draw_body(draw))],
            subject=draw.id,
            detail={
                "plan": plan_id,
                "seed": seed,
                "list": draw.list_digest,
                "chances": len(chances),
                "prizes": prizes,
                "winners": [one.chance.employee_id for one in draw.winners],
            },
            people=[one.chance.employee_id for one in draw.winners],
            can_be_undone=False,
        )
        kept = draws_in(writer, activity.id)[draw.id]
    return kept, change


def void_draw(
    office: Office, plan_id: str, activity_id: str, draw_id: str, *, reason: str
) -> ChangeSet:
    """Say that a draw does not count; it stays to be seen, with the reason.

    Raises:
        ReasonMissingError: When the reason is blank.
        LogbookRefusedError: When it is gone or does not count already.
    """
    why = needed_reason(reason)
    with office.store.writing("作廢抽獎") as writer:
        activity = _activity(writer, plan_id, activity_id)
        draw = draws_in(writer, activity_id).get(draw_id)
        if draw is None or draw.void_reason:
            raise LogbookRefusedError("這次抽獎已經作廢，沒有更動；請重新整理清單。")
        entry = NewEntry(Matter.DRAW, activity_id, draw_id, {"is_void": True}, why)
        return write_down(
            writer,
            f"作廢抽獎「{activity.name}　{draw.title}」",
            [entry],
            subject=draw_id,
            detail={"plan": plan_id, "before": draw.title, "after": "作廢", "why": why},
            can_be_undone=False,
        )


def check_draw(draw: Draw) -> str:
    """Repeat a draw from its seed and list; a sentence that says whether everything agrees."""
    chances = [one.chance for one in draw.chances]
    again = drawn(draw.seed, chances, draw.prizes)
    if list_digest(chances) != draw.list_digest:
        return f"「{draw.title}」的名單與抽獎前的雜湊不符，名單被動過；請保留檔案並以備份核對。"
    if {(one.chance, one.digest, one.rank) for one in again} != {
        (one.chance, one.digest, one.rank) for one in draw.chances
    }:
        return f"「{draw.title}」重算的結果與留存的不同；請保留檔案並以備份核對。"
    return (
        f"「{draw.title}」以種子「{draw.seed}」重算 {len(chances)} 個機會，"
        f"{len(draw.winners)} 位中獎人與留存的完全相同。"
    )


def draw_csv(office: Office, draw: Draw) -> bytes:
    """Every chance of a draw in the order drawn, for anybody to repeat; UTF-8 with a mark."""
    with office.store.reading() as reader:
        names = {one.employee_id: (one.name, one.unit) for one in reader.people()}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    method = "雜湊 = SHA-256(種子|人員代號|機會)，由小到大，每人取第一個"
    writer.writerow([_as_text(f"{draw.title}：{method}；份數 {draw.prizes}")])
    writer.writerow([f"種子：{draw.seed}"])
    writer.writerow([f"名單雜湊：{draw.list_digest}"])
    writer.writerow(_HEADINGS)
    for number, one in enumerate(draw.chances, 1):
        name, unit = names.get(one.chance.employee_id, ("", ""))
        rank = str(one.rank) if one.rank else ""
        cells = (str(number), rank, one.chance.employee_id, name, unit, one.chance.why, one.digest)
        writer.writerow([_as_text(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@") else cell


def _activity(reader: Reader, plan_id: str, activity_id: str) -> Activity:
    found = activities_in(reader, plan_id).get(activity_id)
    if found is None:
        raise LogbookRefusedError("找不到這個活動，可能已被移除，沒有更動；請重新整理清單。")
    return found
