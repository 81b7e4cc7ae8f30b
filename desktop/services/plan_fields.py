"""The plan's form as data: what can be written in a plan, under which words, of which kind.

Every key of a plan file has its field here; the window draws what this module says and knows no
key of its own. ``sections`` lays the fields out for the plan at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.services.plan_document import Path


class FieldKind(StrEnum):
    """How a value is written."""

    TEXT = "text"
    LONG_TEXT = "long_text"  # several lines
    WHOLE = "whole"  # whole number
    AMOUNT = "amount"  # number that may have a fraction
    DAY = "day"  # written as a ROC date, kept as a Gregorian one
    CHOICE = "choice"  # also of true and false, in words
    LIST = "list"  # words, one a line; with choices: those that are ticked, in their order
    CLAUSE = "clause"  # 點次 and quotation


Choices = tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class PlanField:
    """One value of the form.

    Attributes:
        key: Its path below the table it stands in.
        caption: Its name on screen, a few characters.
        kind: How it is written.
        choices: (value, words) that may be chosen.
        help: What it means, one sentence; may be empty.
        is_needed: Whether a plan without it has a mistake, for all the form can tell.
        usual: What holds when nothing is written.
        unit: Words behind a number (``時``).
    """

    key: Path
    caption: str
    kind: FieldKind = FieldKind.TEXT
    choices: Choices = ()
    help: str = ""
    is_needed: bool = False
    usual: Any = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of tables (``[[….rule]]``), each with the same fields.

    Attributes:
        key: The list's path below its table.
        caption: What one of them is called (``規則``).
        fields: Of each.
        template: What a new one holds.
        rows: Lists inside each (the recipients of a band).
        help: What the list is for.
    """

    key: Path
    caption: str
    fields: tuple[PlanField, ...]
    template: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Rows, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of a section.

    Attributes:
        id, title: Unique in the section; its name on screen.
        fields: Its values.
        rows: Its lists.
        has_courses: Whether the section's course table stands here.
        help: What it is for.
    """

    id: str
    title: str
    fields: tuple[PlanField, ...] = ()
    rows: tuple[Rows, ...] = ()
    has_courses: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """Something a section can be given: a set, a benefit, a list's next element.

    Attributes:
        words: On the button, with its mnemonic.
        act: As 復原 names it.
        path: The table to be made, or the list to be lengthened.
        template: What it holds at first.
        is_list: Whether ``path`` is a list.
    """

    words: str
    act: str
    path: Path
    template: Mapping[str, Any]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the tree, with its sheets.

    Attributes:
        id: Stays the same while the draft is changed elsewhere (``set/0``).
        title: Its name on screen.
        path: The table its keys stand below.
        kind: What it is, beside the title (``課程組``).
        parts: Its sheets; none when nothing is written yet.
        children: Entries below it.
        additions: What can be added here.
        help: What it is for, where there is nothing else to show.
        can_remove: Whether it can be taken out of the plan.
        position: Its place among its like and their number, None for what stands once.
    """

    id: str
    title: str
    path: Path
    kind: str = ""
    parts: tuple[Part, ...] = ()
    children: tuple[Section, ...] = ()
    additions: tuple[Addition, ...] = ()
    help: str = ""
    can_remove: bool = False
    position: tuple[int, int] | None = None

    def with_children(self) -> Iterator[Section]:
        """The section and all below it, in the tree's order."""
        yield self
        for child in self.children:
            yield from child.with_children()

    def part(self, part_id: str) -> Part | None:
        """The sheet of that id, else the first, None without any."""
        first = self.parts[0] if self.parts else None
        return next((part for part in self.parts if part.id == part_id), first)


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a path of the draft is shown.

    Attributes:
        section_id, part_id: The entry of the tree and its sheet; the sheet may be empty.
        path: The field's own path in the draft, None when no field shows it.
        caption: The field's name, empty without one.
    """

    section_id: str
    part_id: str
    path: Path | None
    caption: str = ""


def fields_of(
    section: Section, part: Part, values: Mapping[str, Any]
) -> Iterator[tuple[Path, PlanField]]:
    """Every field a sheet shows for these values, with its path in the draft."""
    for one in part.fields:
        yield (*section.path, *one.key), one
    for rows in part.rows:
        yield from _fields_of_rows(rows, section.path, values)


def _fields_of_rows(rows: Rows, base: Path, values: Any) -> Iterator[tuple[Path, PlanField]]:
    path = (*base, *rows.key)
    for index in range(len(tables_at(values, path))):
        for one in rows.fields:
            yield (*path, index, *one.key), one
        for inner in rows.rows:
            yield from _fields_of_rows(inner, (*path, index), values)


def tables_at(values: Any, path: Path) -> tuple[Mapping[str, Any], ...]:
    """The list of tables at a path, empty where something else or nothing stands there."""
    found = values
    for part in path:
        is_list = isinstance(part, int) and isinstance(found, list) and part < len(found)
        if is_list or (isinstance(found, Mapping) and part in found):
            found = found[part]
        else:
            return ()
    if isinstance(found, list) and all(isinstance(one, Mapping) for one in found):
        return tuple(found)
    return ()


def place_of(tree: tuple[Section, ...], values: Mapping[str, Any], path: Path) -> FieldPlace | None:
    """Where the form shows a path; None when no section stands above it.

    Args:
        tree: The sections of the draft.
        values: The draft's.
        path: Of a problem or a difference.
    """
    best: FieldPlace | None = None
    best_rank: tuple[int, int] = (-1, 0)
    for top in tree:
        for section in top.with_children():
            for found, rank in _places_in(section, values, path):
                if rank > best_rank:
                    best, best_rank = found, rank
    return best


def _places_in(
    section: Section, values: Mapping[str, Any], path: Path
) -> Iterator[tuple[FieldPlace, tuple[int, int]]]:
    """Candidates with their rank: how much of the path fits, and whether a field shows it."""
    if path[: len(section.path)] == section.path and section.path:
        part_id = section.parts[0].id if section.parts else ""
        yield FieldPlace(section.id, part_id, None), (len(section.path), 0)
    for addition in section.additions:
        if path == addition.path:
            yield FieldPlace(section.id, "", None), (len(path), 1)
    for part in section.parts:
        for rows in part.rows:
            listed = (*section.path, *rows.key)
            if path[: len(listed)] == listed:
                yield FieldPlace(section.id, part.id, None), (len(listed), 1)
        if part.has_courses and path[: len(section.path) + 1] == (*section.path, "course"):
            place = FieldPlace(section.id, part.id, path, "課程")
            yield place, (len(section.path) + 1, 2)
        for shown, one in fields_of(section, part, values):
            common = min(len(shown), len(path))
            if path and shown[:common] == path[:common]:
                yield FieldPlace(section.id, part.id, shown, one.caption), (common, 3)
