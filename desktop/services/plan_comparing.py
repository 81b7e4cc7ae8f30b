"""What changed against last year: a draft and the plan it began as, entry by entry, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.text import matching_key
from desktop.services.office import Office
from desktop.services.plan_document import Path, Values, value_at
from desktop.services.plan_drafts import PlanDraft
from desktop.services.plan_examining import base_values
from desktop.services.plan_field_values import number_words, text_of
from desktop.services.plan_fields import FieldKind, PlanField, Section, fields_of, tables_at
from desktop.services.plan_form import sections

_NAMES = {"set": "id", "entitlement": "id", "unit_award": "id", "reading": "setting"}
"""What an element of a list is known by; others by their place."""
_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """One entry of both plans.

    Attributes:
        item: What it is, in words.
        before, after: Last year's and the draft's, in words; ``—`` where there is none.
        is_changed: Whether they differ.
        path: Where it stands in the draft, None when it is there no more.
    """

    item: str
    before: str
    after: str
    is_changed: bool
    path: Path | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft beside what it is compared with.

    Attributes:
        base_year: ROC year of the other plan, None when there is none to compare with.
        differences: Every entry of either, in the form's order.
    """

    base_year: int | None
    differences: tuple[PlanDifference, ...]

    @property
    def changed(self) -> tuple[PlanDifference, ...]:
        """Those that differ."""
        return tuple(each for each in self.differences if each.is_changed)


@dataclass(frozen=True, slots=True)
class _Entry:
    item: str
    words: str
    path: Path


def compare(office: Office, draft: PlanDraft) -> Comparison:
    """A draft against last year's plan, or against the plan in force that it changes."""
    base = base_values(office, draft)
    if base is None:
        return Comparison(None, ())
    year = base.get("year")
    return Comparison(year if isinstance(year, int) else None, differences(base, draft.values))


def differences(base: Values, values: Values) -> tuple[PlanDifference, ...]:
    """Every entry of two plans' values, in the order of the second's form.

    Sets, benefits and readings are the same when their ids are, courses when their names are
    (folded); anything else by its place.

    Args:
        base: Values of the one before.
        values: Values of the one after.
    """
    before = dict(_entries(base))
    after = dict(_entries(values))
    found = []
    for key, entry in after.items():
        former = before.get(key)
        words = former.words if former is not None else _NOTHING
        found.append(
            PlanDifference(entry.item, words, entry.words, words != entry.words, entry.path)
        )
    gone = [
        PlanDifference(entry.item, entry.words, _NOTHING, True, None)
        for key, entry in before.items()
        if key not in after
    ]
    return (*found, *gone)


def _entries(values: Values) -> Iterator[tuple[tuple[str, ...], _Entry]]:
    """Each written entry with a key that holds across years."""
    seen: set[tuple[str, ...]] = set()
    for top in sections(dict(values)):
        for section in top.with_children():
            for key, entry in _section_entries(section, values):
                if key not in seen:
                    seen.add(key)
                    yield key, entry


def _section_entries(section: Section, values: Values) -> Iterator[tuple[tuple[str, ...], _Entry]]:
    for part in section.parts:
        for path, field in fields_of(section, part, dict(values)):
            value = value_at(values, path)
            if value is None:
                continue
            place = _ordinal(path, section.path)
            item = f"{section.title}　{place}{field.caption}"
            yield _key(values, path), _Entry(item, value_words(field, value), path)
        if part.has_courses:
            yield from _courses(section, values)


def _courses(section: Section, values: Values) -> Iterator[tuple[tuple[str, ...], _Entry]]:
    path = (*section.path, "course")
    for index, course in enumerate(tables_at(dict(values), path)):
        name = str(course.get("name", ""))
        key = (*_key(values, section.path), "course", matching_key(name) or str(index))
        words = f"{name}　{number_words(course.get('hours'))} 時"
        if course.get("category"):
            words = f"{course['category']}　{words}"
        if course.get("printed_name"):
            words += f"（表上印「{course['printed_name']}」）"
        yield key, _Entry(f"{section.title} {index + 1}", words, (*path, index))


def _ordinal(path: Path, base: Path) -> str:
    """Which element of a list below the section a field belongs to (``第 2 條　``)."""
    numbers = [part + 1 for part in path[len(base) :] if isinstance(part, int)]
    return "".join(f"第 {number} 條　" for number in numbers)


def _key(values: Values, path: Path) -> tuple[str, ...]:
    """A path with the places in named lists told by name."""
    key: list[str] = []
    for position, part in enumerate(path):
        if isinstance(part, int):
            name = _NAMES.get(str(path[position - 1]))
            table = value_at(values, path[: position + 1], {})
            known = table.get(name) if name and isinstance(table, Mapping) else None
            key.append(str(known or part))
        else:
            key.append(part)
    return tuple(key)


def value_words(field: PlanField, value: Any) -> str:
    """A value as it is compared: choices by their words, clauses with their quotation."""
    if field.kind is FieldKind.CLAUSE:
        if isinstance(value, Mapping):
            point, quotation = value.get("point", ""), value.get("quotation", "")
            return f"{point}「{quotation}」" if quotation else str(point)
        return str(value)
    words = {str(each): caption for each, caption in field.choices}
    if isinstance(value, list):
        return "、".join(words.get(str(each), str(each)) for each in value)
    if field.choices:
        return words.get(str(value), text_of(field, value))
    text = text_of(field, value)
    return f"{text} {field.unit}" if field.unit else text
