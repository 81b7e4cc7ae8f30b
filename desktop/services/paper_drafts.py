"""Papers before they are printed: what could go out, for whom, and why not yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict
from desktop.services.facts import Basis
from desktop.services.office import Office
from forms.document import Kind
from forms.form import PrintedForm

READY = "可列印"
WAITING = "待確認"
INCOMPLETE = "未完成"
NOT_APPLICABLE = "不適用"

Contents = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a draft: the class that prints it, and its content without number."""

    form: type[PrintedForm[Any]]
    content: Any

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.form.kind


@dataclass(frozen=True, slots=True)
class StampFacts:
    """What the personnel office's check stamp says on a draft that may carry one."""

    is_passed: bool
    heading: str


def _unlinked(contents: Contents) -> Contents:
    return contents


@dataclass(frozen=True, slots=True)
class Draft:
    """One paper of a person, or one list of the office.

    Attributes:
        key: Identifies it among the papers of its plan and kind.
        employee_id, set_id: Whom and which set it is about; None for lists.
        name, unit: The person's, or the list's title.
        subject: Which set, or how many people.
        state: READY, or in a few characters why it cannot go out.
        parts: Its documents: one, or lists that go out together.
        stamp: What a check stamp would say, None where none belongs.
        link: Fills in the numbers that documents of one draft name of each other.
    """

    key: str
    employee_id: str | None
    set_id: str | None
    name: str
    unit: str
    subject: str
    state: str
    parts: tuple[Part, ...]
    stamp: StampFacts | None = None
    link: Callable[[Contents], Contents] = _unlinked

    @property
    def is_ready(self) -> bool:
        """Whether it may go out now."""
        return self.state == READY and bool(self.parts)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper that a plan may have.

    Attributes:
        id: Identifies it.
        title: Its name in the window.
        is_for: Whether a plan has it.
        drafts: Makes the drafts of the whole office, in roster order.
        file_names: Where ``check`` writes its documents.
        may_replace: Whether 〓 may stand for a character without a face: on lists and letters one
            name must not hold up everybody; an application waits until it is put right.
        goes_with_check: Whether ``check --forms`` writes it; the others are the window's.
    """

    id: str
    title: str
    is_for: Callable[[Plan], bool]
    drafts: Callable[[Office, Basis, Sequence[PersonVerdict]], tuple[Draft, ...]]
    file_names: dict[Kind, str]
    may_replace: bool = True
    goes_with_check: bool = True
