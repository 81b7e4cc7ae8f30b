"""辦理期程及分工表: numbered and frozen like every paper, under the promotion plan's own code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.promotion import PromotionPlan
from desktop.services.ledger_numbering import drawn_paper
from desktop.services.office import Office
from desktop.services.paper_batches import Slot, content_digest, frozen_content, latest_documents
from desktop.services.promotion import PromotionView, load_promotion_plan, view_in
from desktop.store import Reader
from desktop.store.values import PrintAct
from forms.document import Issue
from forms.schedule import ScheduleForm
from forms.schedule_contents import Schedule, ScheduleMeasure, ScheduleStage

_AREAS = frozenset({Area.DOCUMENTS})
_TITLE = "辦理期程及分工表"
_WITH, _WITHOUT = "states", "plain"
_NOTE = (
    "辦理情形：未開始、辦理中、已完成、已調整期程、停止辦理。"
    "階段得同步實施，日期由計畫生效日推算，人工調整者於日期後註「調」。"
)


@dataclass(frozen=True, slots=True)
class SchedulePaper:
    """The schedule as it went out or would go out.

    Attributes:
        pdf: Its bytes.
        documents: Its pages, as a document of so many.
        number: Its number; that it would be given in a preview.
        change: What pages must read again; None for a preview.
    """

    pdf: bytes
    documents: tuple[int, ...]
    number: str
    change: ChangeSet | None = None


def preview_schedule(office: Office, *, has_states: bool = True) -> SchedulePaper:
    """The schedule as it would print; no number is used up.

    Args:
        office: The open office.
        has_states: Whether the column 辦理情形 is there.
    """
    plan = load_promotion_plan(office.library.folder)
    with office.store.reading() as reader:
        content = _content(office, reader, plan, has_states=has_states)
        former = latest_documents(reader, plan.id).get(_slot(has_states))
        if former is not None and former.content_digest == content_digest(content):
            number, reprint = former.number, former.prints
        else:
            last = max((one.serial for one in reader.documents(plan.id)), default=0)
            number, reprint = f"{plan.code}-{_year(content)}-{last + 1:06d}", 0
    issue = replace(content.issue, number=number, reprint=reprint)
    return _drawn(office, replace(content, issue=issue))


def issue_schedule(
    office: Office, *, has_states: bool = True, purpose: PrintAct = PrintAct.PRINT
) -> SchedulePaper:
    """Number, freeze and log the schedule.

    Unchanged since its last print it keeps its number and is marked 補印; changed it gets a new
    one that cancels the former.

    Args:
        office: The open office.
        has_states: Whether the column 辦理情形 is there.
        purpose: Printed or saved.
    """
    plan = load_promotion_plan(office.library.folder)
    act = f"{'儲存' if purpose is PrintAct.SAVE else '列印'}{_TITLE}"
    with office.store.writing(act) as writer:
        content = _content(office, writer, plan, has_states=has_states)
        former = latest_documents(writer, plan.id).get(_slot(has_states))
        digest = content_digest(content)
        if former is not None and former.content_digest == digest:
            issue = replace(content.issue, number=former.number, reprint=former.prints)
            writer.log_print(former.number, PrintAct.REPRINT)
        else:
            number = writer.next_number(plan.id, plan.code, _year(content))
            issue = replace(content.issue, number=number)
            writer.add_document(
                number=number,
                plan_id=plan.id,
                kind=ScheduleForm.kind.value,
                employee_id=None,
                set_id=_slot(has_states)[2],
                content_digest=digest,
                frozen=frozen_content(replace(content, issue=issue)),
                cancels=former.number if former is not None else None,
            )
            writer.log_print(number, purpose)
        writer.describe(issue.number or "")
        paper = _drawn(office, replace(content, issue=issue))
    return replace(paper, change=ChangeSet(act, _AREAS))


def _slot(has_states: bool) -> Slot:
    return (ScheduleForm.kind.value, None, _WITH if has_states else _WITHOUT)


def _year(content: Schedule) -> int:
    return (content.effective or content.issue.issued_at.date()).year - 1911


def _drawn(office: Office, content: Schedule) -> SchedulePaper:
    drawn = drawn_paper(office, ScheduleForm, content)
    return SchedulePaper(drawn.pdf, drawn.pages, content.issue.number or "")


def _content(office: Office, reader: Reader, plan: PromotionPlan, *, has_states: bool) -> Schedule:
    view: PromotionView = view_in(office, reader, plan)
    agency, _ = office.agency(reader)
    return Schedule(
        issue=Issue(issued_at=office.clock()),
        agency=agency.name,
        plan=plan.title,
        effective=view.effective,
        day=view.today if has_states else None,
        has_states=has_states,
        stages=tuple(
            ScheduleStage(
                label=one.stage.label,
                name=one.stage.name,
                condition=one.stage.condition,
                first_day=one.days.first_day,
                last_day=one.days.last_day,
                is_moved=one.days.is_moved,
                measures=tuple(
                    ScheduleMeasure(
                        label=m.measure.label,
                        text=m.measure.text,
                        lead=m.measure.lead,
                        assisting=m.measure.assisting,
                        state=m.state.word,
                    )
                    for m in one.measures
                ),
            )
            for one in view.stages
        ),
        notes=(_NOTE,) if has_states else (),
    )
