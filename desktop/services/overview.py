"""The office at a glance: how far the cases are, what comes next, deadlines, the last backup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.case_states import CaseKey, CaseState
from desktop.domain.changes import Area, ChangeSet
from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict
from desktop.services.cases import CaseView, case_views
from desktop.services.facts import Basis
from desktop.services.ledger_ground import ground_views, outdated_forms
from desktop.services.ledger_used import ledgers_of
from desktop.services.ledger_views import expiring, owed_evidence
from desktop.services.office import Office
from desktop.services.progress import Progress, silent
from desktop.services.stale_verdicts import stale_of
from desktop.services.summary_people import has_completed_all, has_completed_any
from desktop.services.verifying import evaluate_everybody, open_reasons
from desktop.services.wording import CHIPS
from desktop.store.values import BackupInfo

_PAST_PRINTABLE = (CaseState.PRINTABLE, CaseState.STAMPED, CaseState.REGISTERED)
_MOST_CHIPS = 2
_SOON = (30, 60, 90)
LOST = "lost"
"""What 補休帳 is asked to show: grants that the verdicts do not carry."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step of the funnel.

    Attributes:
        key: ``received``, ``checked``, ``waiting``, ``correction``, ``printable``, ``stamped`` or
            ``registered``.
        word: Its name.
        people: How many people came so far; of waiting and correction, who stands there now.
        note: A second line.
        cases: The cases that it counts.
        look: The verdict whose icon it carries, empty for none.
    """

    key: str
    word: str
    people: int
    note: str
    cases: frozenset[CaseKey] = frozenset()
    look: str = ""


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far a unit's eligible people are.

    Attributes:
        unit: Its name.
        complete: Who completed everything.
        begun: Who completed something, not everything.
        rest: Who completed nothing.
    """

    unit: str
    complete: int
    begun: int
    rest: int

    @property
    def eligible(self) -> int:
        """Everybody the plan is for."""
        return self.complete + self.begun + self.rest

    @property
    def percent(self) -> int:
        """The share that completed everything, 0 and 100 only of nobody and all."""
        if not self.eligible:
            return 0
        share = round(self.complete * 100 / self.eligible)
        if 0 < self.complete < self.eligible:
            share = min(max(share, 1), 99)
        return share


@dataclass(frozen=True, slots=True)
class NextThing:
    """One thing that waits for the clerk.

    Attributes:
        look: The verdict whose icon it carries.
        title: What waits, with its count.
        detail: More about it.
        act: The button's words.
        page: The page that deals with it.
        thing: What the page shall show, empty for the page as it is.
    """

    look: str
    title: str
    detail: str
    act: str
    page: str
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of the plan, and how many days are left; negative once it has passed."""

    words: str
    day: date
    days: int


@dataclass(frozen=True, slots=True)
class BackupWords:
    """The last backup in words: whether it is recent, when, and how many are kept."""

    is_recent: bool
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class ExpiringSoon:
    """Leave that lapses within so many days: whose, and how many hours."""

    within_days: int
    people: int
    hours: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that 總覽 shows.

    Attributes:
        at: The moment it was made.
        steps: The funnel.
        units: A line a unit, in roster order, and of them all together.
        whole: All units.
        legend: What complete, begun and rest are called under the plan.
        next_things: What waits, the most urgent first.
        deadlines: In order of time.
        backup: The last one.
        week: What was done in the last seven days: words and figure.
        cases: Every case, for the lists behind the counts.
        unprinted: Applications that can be printed and were not.
        has_people: Whether there is a roster at all.
        expiring: Leave about to lapse, within 30, 60 and 90 days; each holds the one before.
    """

    at: datetime
    steps: tuple[FunnelStep, ...]
    units: tuple[UnitProgress, ...]
    whole: UnitProgress
    legend: tuple[str, str, str]
    next_things: tuple[NextThing, ...]
    deadlines: tuple[Deadline, ...]
    backup: BackupWords
    week: tuple[tuple[str, str], ...]
    cases: tuple[CaseView, ...]
    unprinted: int
    has_people: bool
    expiring: tuple[ExpiringSoon, ...] = ()


def overview(office: Office, plan_id: str, *, progress: Progress = silent) -> Overview:
    """The office at a glance under a plan.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    now = office.clock()
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    views = case_views(office, basis, verdicts, today=now.date())
    with office.store.reading() as reader:
        pending = reader.counts().pending_files
    unprinted = [v for v in views if v.state is CaseState.PRINTABLE and not v.document]
    units, whole = _units(basis.plan, verdicts)
    return Overview(
        at=now,
        steps=_funnel(verdicts, views),
        units=units,
        whole=whole,
        legend=_legend(basis.plan),
        next_things=_next(office, basis, verdicts, views, pending),
        deadlines=_deadlines(basis.plan, now.date()),
        backup=backup_words(office.store.backups(), now),
        week=_week(office, plan_id, now),
        cases=views,
        unprinted=len(unprinted),
        has_people=bool(verdicts),
        expiring=_expiring(office),
    )


def back_up_now(office: Office) -> ChangeSet:
    """Make a checked backup at the clerk's wish.

    Raises:
        BackupFailedError: When it could not be made; nothing was changed.
    """
    office.store.backup("手動")
    return ChangeSet("備份", frozenset({Area.BACKUPS}))


# ---------------------------------------------------------------------------------------- funnel
_FILTERS: dict[str, Callable[[CaseView], bool]] = {
    "received": lambda view: True,
    "checked": lambda view: True,
    "waiting": lambda view: view.state is CaseState.REVIEW,
    "correction": lambda view: view.state is CaseState.CORRECTION,
    "printable": lambda view: view.state in _PAST_PRINTABLE or view.furthest is not None,
    "stamped": lambda view: view.furthest is not None,
    "registered": lambda view: view.furthest is CaseState.REGISTERED,
}


def _funnel(verdicts: Sequence[PersonVerdict], views: Sequence[CaseView]) -> tuple[FunnelStep, ...]:
    cases = {key: frozenset(v.key for v in views if fits(v)) for key, fits in _FILTERS.items()}
    counts = {key: len({employee_id for employee_id, _ in keys}) for key, keys in cases.items()}
    overdue = len({v.employee_id for v in views if v.is_overdue})
    forms = len(cases["printable"])
    out = len({v.employee_id for v in views if v.is_out})
    unregistered = len({v.employee_id for v in views if v.state is CaseState.STAMPED})
    complete = sum(v.state is not CaseState.RECEIVED for v in views)
    notes = {
        "received": f"名冊 {len(verdicts)} 人",
        "checked": f"{complete} 件有結果",
        "waiting": "要您判斷" if counts["waiting"] else "都處理好了",
        "correction": f"{overdue} 人已逾期" if overdue else "沒有逾期",
        "printable": f"{forms} 份申請表",
        "stamped": f"{out} 人送核中",
        "registered": f"{unregistered} 人待登錄",
    }
    return tuple(
        FunnelStep(key, word, counts[key], notes[key], cases[key], look)
        for key, word, look in (
            ("received", "收件", ""),
            ("checked", "審核", ""),
            ("waiting", "待確認", "review"),
            ("correction", "補正", "fail"),
            ("printable", "可列印", "pass"),
            ("stamped", "核章", ""),
            ("registered", "登錄", ""),
        )
    )


# ----------------------------------------------------------------------------------------- units
def _legend(plan: Plan) -> tuple[str, str, str]:
    if plan.credit is not None:
        return ("已登錄", "達最低時數", "未達")
    if len(plan.sets) > 1:
        return ("全部完成", "完成一套以上", "未完成")
    return ("完成", "部分完成", "未完成")


def _units(
    plan: Plan, verdicts: Sequence[PersonVerdict]
) -> tuple[tuple[UnitProgress, ...], UnitProgress]:
    members: dict[str, list[PersonVerdict]] = {}
    eligible = [verdict for verdict in verdicts if verdict.is_eligible is not False]
    for verdict in eligible:
        members.setdefault(verdict.person.unit or "（未填單位）", []).append(verdict)
    units = tuple(_progress(plan, unit, mine) for unit, mine in members.items())
    return units, _progress(plan, "全機關", eligible)


def _progress(plan: Plan, unit: str, members: Sequence[PersonVerdict]) -> UnitProgress:
    complete = [verdict for verdict in members if has_completed_all(verdict)]
    begun = [v for v in members if v not in complete and has_completed_any(plan, v)]
    return UnitProgress(unit, len(complete), len(begun), len(members) - len(complete) - len(begun))


# ------------------------------------------------------------------------------------ what is next
def _next(
    office: Office,
    basis: Basis,
    verdicts: Sequence[PersonVerdict],
    views: Sequence[CaseView],
    pending: int,
) -> tuple[NextThing, ...]:
    found = []
    if pending:
        found.append(
            NextThing(
                "fail", f"{pending} 個檔案不知道是誰的", "存入了，等您指定人員", "去處理", "import"
            )
        )
    waiting = {v.employee_id for v in views if v.state is CaseState.REVIEW}
    if waiting:
        reasons = open_reasons(verdicts, waiting)
        detail = _reasons_words(reasons)
        found.append(NextThing("review", f"{len(waiting)} 人待確認", detail, "去審核", "review"))
    stale = stale_of(office, basis, verdicts)
    if stale:
        detail = "資料、行事曆或計畫有變動，存下的判定還沒有改"
        found.append(NextThing("review", f"{len(stale)} 人結果將不同", detail, "看清單", "review"))
    found += _lost_ground(office, basis, verdicts, views)
    overdue = sorted({(v.due, v.employee_id) for v in views if v.is_overdue and v.due})
    if overdue:
        people = len({employee_id for _, employee_id in overdue})
        first = overdue[0][0]
        detail = f"最早 {first.year - 1911}-{first:%m-%d}" if first is not None else ""
        found.append(NextThing("fail", f"補正逾期 {people} 人", detail, "再通知", "forms"))
    answered = [v for v in views if v.answered_at and v.state is CaseState.REVIEW]
    if answered:
        people = len({v.employee_id for v in answered})
        found.append(
            NextThing("info", f"{people} 人補正資料已到", "請再看一次", "去審核", "review")
        )
    printable = [v for v in views if v.state is CaseState.PRINTABLE]
    unprinted = [v for v in printable if not v.document]
    if unprinted:
        detail = f"可列印 {len(printable)} 份，未印 {len(unprinted)} 份"
        found.append(
            NextThing("pass", f"{len(unprinted)} 份申請表可以印了", detail, "去列印", "forms")
        )
    stamped = [v for v in views if v.state is CaseState.STAMPED]
    if stamped:
        found.append(
            NextThing("info", f"{len(stamped)} 件核章完成", "等候登錄補休", "看清單", "stamped")
        )
    owed = owed_evidence(office)
    if owed:
        first = owed[0].evidence_due
        late = sum(one.days_left < 0 for one in owed)
        detail = f"最早 {first.year - 1911}-{first:%m-%d}" + (f"，{late} 筆已逾期" if late else "")
        look = "fail" if late else "review"
        found.append(
            NextThing(look, f"先用補休待補證明 {len(owed)} 筆", detail, "看補休帳", "ledger")
        )
    return tuple(found)


def _lost_ground(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], views: Sequence[CaseView]
) -> list[NextThing]:
    """Grants and forms on their way that today's verdicts do not carry."""
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
    found = []
    grants = ground_views(basis.plan, verdicts, ledgers)
    if grants:
        people = len({one.employee_id for one in grants})
        hours = sum(one.lost.hours_over for one in grants)
        over = f"多出 {hours} 時，" if hours else ""
        title = f"{people} 人已登錄的補休和判定不同"
        detail = f"{over}帳目沒有更動，等您更正"
        found.append(NextThing("fail", title, detail, "看補休帳", "ledger", LOST))
    forms = outdated_forms(office, basis, verdicts, views)
    if forms:
        view, reason = forms[0]
        more = "等" if len(forms) > 1 else ""
        title = f"{len(forms)} 份印出的申請表和判定不同"
        found.append(NextThing("review", title, f"{view.name}{more}：{reason}", "去看", "forms"))
    return found


def _reasons_words(reasons: Counter[str]) -> str:
    known = {code.value: chip for code, chip in CHIPS.items()}
    common = reasons.most_common(_MOST_CHIPS)
    words = [f"{known.get(code, code)} {count}" for code, count in common]
    rest = sum(reasons.values()) - sum(count for _, count in common)
    return "、".join([*words, f"其他 {rest}"] if rest else words)


def _deadlines(plan: Plan, today: date) -> tuple[Deadline, ...]:
    days: list[tuple[str, date]] = []
    leave, commendation, credit = plan.compensatory_leave, plan.commendation, plan.credit
    if plan.nomination is not None:
        days.append(("薦送名單登記", plan.nomination.register_by))
    if leave is not None:
        days.append(("補休課程完成", leave.deadline))
        if leave.conditions.received_by is not None:
            days.append(("申請收件截止", leave.conditions.received_by))
    if commendation is not None:
        days.append(("敘獎課程完成", commendation.deadline))
    if credit is not None:
        days.append(("課程完成", credit.deadline))
        if credit.report_by is not None:
            days.append(("研習報告繳交", credit.report_by))
    days.append(("計畫結束", plan.last_day))
    return tuple(
        Deadline(words, day, (day - today).days)
        for words, day in sorted(days, key=lambda one: one[1])
    )


def backup_words(backups: Sequence[BackupInfo], now: datetime) -> BackupWords:
    """The last backup as 總覽 tells it.

    Args:
        backups: Those on disk, the latest first.
        now: The moment.
    """
    if not backups:
        return BackupWords(False, "還沒有備份", "匯入前會自動備份，也可以現在就備份。")
    last, oldest = backups[0], min(backups, key=lambda one: one.made_at)
    days = (now.date() - last.made_at.date()).days
    day = (
        "今天"
        if days == 0
        else "昨天"
        if days == 1
        else f"{last.made_at.year - 1911}-{last.made_at:%m-%d}"
    )
    first = f"{oldest.made_at.year - 1911}-{oldest.made_at:%m-%d}"
    return BackupWords(
        is_recent=days <= 7,
        title=f"{day} {last.made_at:%H:%M}，已驗證",
        detail=f"保留 {len(backups)} 份，最舊 {first}",
    )


def _expiring(office: Office) -> tuple[ExpiringSoon, ...]:
    lines = expiring(office, max(_SOON))
    found = []
    for days in _SOON:
        mine = [line for line in lines if line.days_left <= days]
        people = {line.employee_id for line in mine}
        found.append(ExpiringSoon(days, len(people), sum(line.hours for line in mine)))
    return tuple(found)


def _week(office: Office, plan_id: str, now: datetime) -> tuple[tuple[str, str], ...]:
    since = now - timedelta(days=7)
    with office.store.reading() as reader:
        files = [f for f in reader.received_files().values() if f.at >= since]
        decided = [d for d in reader.decisions(plan_id) if d.decided_at >= since]
        printed = [d for d in reader.documents(plan_id) if d.issued_at >= since]
    return (
        ("收到學習紀錄", f"{len(files)} 份"),
        ("承辦人決定", f"{len(decided)} 筆"),
        ("編號文件", f"{len(printed)} 份"),
    )
