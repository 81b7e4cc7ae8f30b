"""Granted leave and printed forms whose ground has gone, in words: told, and left to the clerk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.case_states import CaseState
from desktop.domain.ledger import LeaveGrant
from desktop.domain.moments import roc_date
from desktop.domain.plan import Plan
from desktop.domain.verdicts import Grant, PersonVerdict
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_ground import LostGround, lost_grounds
from desktop.services.cases import CaseView
from desktop.services.facts import Basis
from desktop.services.ledger_used import ledgers_of
from desktop.services.office import Office
from desktop.services.paper_batches import unchanged_among
from desktop.services.paper_kinds import APPLICATIONS
from desktop.services.progress import Progress, silent
from desktop.services.verifying import evaluate_everybody

_NO_LINES = PersonLedger(())


@dataclass(frozen=True, slots=True)
class GroundView:
    """One grant that the verdict of today does not carry, as lists and cards tell it.

    Attributes:
        key: Person and set, as of ``GrantCandidate``.
        employee_id, name, unit: Whose.
        title: What was granted, in words.
        lost: The hours and days.
        sentence: What was granted, what the verdict is now, what to do.
    """

    key: str
    employee_id: str
    name: str
    unit: str
    title: str
    lost: LostGround
    sentence: str


def lost_ground(
    office: Office, plan_id: str, *, progress: Progress = silent
) -> tuple[GroundView, ...]:
    """Every grant under a plan that today's verdicts do not carry, in roster order.

    Who left the roster is not judged any more and stands in no line of it.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
    return ground_views(basis.plan, verdicts, ledgers)


def ground_views(
    plan: Plan, verdicts: Iterable[PersonVerdict], ledgers: Mapping[str, PersonLedger]
) -> tuple[GroundView, ...]:
    """The same from verdicts and lines that are there already."""
    return tuple(
        GroundView(
            key=f"{verdict.person.employee_id}/{lost.set_id}",
            employee_id=verdict.person.employee_id,
            name=verdict.person.name,
            unit=verdict.person.unit,
            title=lost.lines[-1].title,
            lost=lost,
            sentence=_sentence(lost, verdict),
        )
        for verdict in verdicts
        for lost in lost_grounds(plan, verdict, ledgers.get(verdict.person.employee_id, _NO_LINES))
    )


def _sentence(lost: LostGround, verdict: PersonVerdict) -> str:
    title = lost.lines[-1].title
    if not lost.hours_over and lost.grant is not None:
        return (
            f"「{title}」的使用期間與現在的判定不同：帳上 {_days(lost.lines[-1])}，"
            f"現在 {_days(lost.grant)}；帳目沒有更動，請沖銷這筆核給後重新登錄。"
        )
    waits = verdict.leave.possible_hours > verdict.leave.hours
    return (
        f"「{title}」已登錄 {lost.held} 時，核給後資料有變動，現在的判定是 "
        f"{lost.verdict_hours} 時{'，另有課程待確認' if waits else ''}；帳目沒有更動，"
        "請到審核確認後沖銷這筆核給，已使用的要先沖銷使用。"
    )


def _days(grant: LeaveGrant | Grant) -> str:
    last = roc_date(grant.expires) if grant.expires is not None else "無期限"
    return f"{roc_date(grant.first_day)} 至 {last}"


def outdated_forms(
    office: Office,
    basis: Basis,
    verdicts: Sequence[PersonVerdict],
    views: Iterable[CaseView],
) -> tuple[tuple[CaseView, str], ...]:
    """Applications on their way that would not be printed like this today, with the reason.

    Args:
        office: The open office.
        basis: What the verdicts stand on.
        verdicts: Everybody's, in roster order.
        views: The plan's cases.
    """
    out = [view for view in views if is_on_its_way(view)]
    current = unchanged_among(
        office, basis, verdicts, [view.document for view in out], paper=APPLICATIONS
    )
    return tuple(
        (view, "內容已不同，要重印" if view.is_out else f"依據已不足：{view.reason}")
        for view in out
        if view.document not in current
    )


def is_on_its_way(view: CaseView) -> bool:
    """Whether a case's form was printed, and no stamp on it holds."""
    return bool(view.document) and view.furthest is None and view.state is not CaseState.CLOSED
