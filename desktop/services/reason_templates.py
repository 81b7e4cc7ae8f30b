"""Reasons that clerks keep ready, and what is offered where a reason is asked for."""

from __future__ import annotations

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.findings import ReasonCode
from desktop.services.deciding import ReasonMissingError, recent_reasons
from desktop.services.office import Office
from desktop.store.deciding_people import ReasonTemplate

MOST_OFFERED = 30


def reason_templates(office: Office) -> tuple[ReasonTemplate, ...]:
    """The templates that are kept, the latest first."""
    with office.store.reading() as reader:
        return reader.reason_templates()


def offered_reasons(
    office: Office, plan_id: str, code: ReasonCode | None = None
) -> tuple[str, ...]:
    """What is offered: the last reasons, then templates of the reason code, then the others.

    The last reason used comes first, so that two key presses take it again.

    Args:
        office: The open office.
        plan_id: The plan.
        code: The reason code decided on; None for any.
    """
    kept = reason_templates(office)
    matter = code.value if code is not None else ""
    own = [one.words for one in kept if matter and one.matter == matter]
    others = [one.words for one in kept if one.matter in ("", matter)]
    words = (*recent_reasons(office, plan_id), *own, *others)
    return tuple(dict.fromkeys(words))[:MOST_OFFERED]


def keep_reason(office: Office, words: str, *, matter: str = "") -> ChangeSet:
    """Keep a reason as a template.

    Args:
        office: The open office.
        words: The reason.
        matter: The reason code or act that it is for; empty for any.

    Raises:
        ReasonMissingError: When it is blank.
    """
    if not words.strip():
        raise ReasonMissingError
    with office.store.writing("加入理由範本") as writer:
        kept = writer.add_reason_template(words.strip(), matter=matter)
        writer.describe("", {"after": kept.words, "for": matter})
    return ChangeSet("加入理由範本", frozenset({Area.TEMPLATES}))


def drop_reason(office: Office, template_id: str) -> ChangeSet:
    """Offer a template no longer; decisions that used its words keep them."""
    with office.store.writing("移除理由範本") as writer:
        before = next((t.words for t in writer.reason_templates() if t.id == template_id), "")
        writer.remove_reason_template(template_id)
        writer.describe("", {"before": before})
    return ChangeSet("移除理由範本", frozenset({Area.TEMPLATES}))
