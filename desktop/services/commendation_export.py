"""敘獎建議名冊 and 未獲敘獎名單 as one workbook, for whoever goes on with a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.changes import ChangeSet
from desktop.exports import (
    CommendationListContent,
    write_commendation_list_ods,
    write_commendation_list_xlsx,
)
from desktop.exports.content import NotCommendedEntry
from desktop.services.commendation_order import in_list_order
from desktop.services.commendation_papers import is_commended
from desktop.services.commendation_reasons import why_not
from desktop.services.exporting import save_export
from desktop.services.office import Office
from desktop.services.progress import Progress, silent, step
from desktop.services.summary_records import commendation_entries
from desktop.services.verifying import evaluate_everybody


class NoCommendationError(LookupError):
    """The plan gives no commendation."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("這個計畫沒有敘獎，沒有可以匯出的名冊。")


def commendation_workbook(
    office: Office, plan_id: str, *, is_ods: bool, progress: Progress = silent
) -> bytes:
    """Both lists in the order the clerk wants, a sheet each.

    Args:
        office: The open office.
        plan_id: The plan.
        is_ods: OpenDocument instead of xlsx.
        progress: Hears of each person.

    Raises:
        NoCommendationError: When the plan gives none.
        CancelledError: When the watcher stops it.
    """
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    plan = basis.plan
    if plan.commendation is None:
        raise NoCommendationError
    others = []
    for verdict in in_list_order(verdicts):
        if is_commended(verdict):
            continue
        refusal = why_not(plan, plan.commendation, verdict)
        person = verdict.person
        others.append(
            NotCommendedEntry(
                unit=person.unit,
                title=person.title,
                name=person.name,
                rank=person.rank,
                cause=refusal.cause,
                reason=refusal.reason,
                clause=refusal.basis,
                remark=refusal.remark,
            )
        )
    step(progress, 0, 0, "製作試算表")
    content = CommendationListContent(
        agency=basis.agency.name or plan.agency,
        plan_title=plan.title,
        as_of=plan.commendation.deadline,
        created=office.clock(),
        created_by=office.actor,
        entries=commendation_entries(plan, verdicts),
        others=tuple(others),
    )
    write = write_commendation_list_ods if is_ods else write_commendation_list_xlsx
    return write(content)


def save_commendation_workbook(
    office: Office, plan_id: str, path: Path, content: bytes
) -> ChangeSet:
    """Keep the workbook under a name of the clerk's, whole or not at all.

    Raises:
        OutputFolderError: When it cannot be written.
    """
    return save_export(office, {path: content}, act="匯出敘獎名冊", subject=plan_id, detail={})
