"""Which heading may be which column, by heading, likeness and data; the clerk decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from desktop.domain.evidence import EvidenceKind
from desktop.domain.text import matching_key
from desktop.importers.headings import SYNONYMS, Column
from desktop.importers.mapping import (
    FIXED_VALUES,
    MAPPABLE_KINDS,
    MappingField,
    mapping_fields,
    missing_columns,
)
from desktop.importers.mapping_view import SheetView
from desktop.services.mapping_nature import (
    ABOUT_PEOPLE,
    EXPECTED,
    HARDLY,
    PLAINLY,
    Look,
    Looker,
    Nature,
)

_ALIKE = 60.0
"""Likeness of two headings, of 100, from which one is proposed for the other."""
_CANONICAL, _SYNONYM, _LIKE, _DATA = 1_000.0, 900.0, 500.0, 300.0


@dataclass(frozen=True, slots=True)
class ProposedField:
    """A column of the kind and the heading proposed for it.

    Attributes:
        column: The canonical heading.
        is_needed: Whether the sheet is not of the kind without it, or without one of ``instead``.
        instead: Columns of which one is enough.
        title: The sheet's heading; empty when nothing is proposed.
        reason: Why it is proposed, or why nothing is.
        fixed_values: Values of which one may stand for the whole column.
    """

    column: str
    is_needed: bool
    instead: tuple[str, ...]
    title: str
    reason: str
    fixed_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingProposal:
    """What a sheet may be.

    Attributes:
        kind: The kind.
        fields: Every column that the kind reads.
        looks: Every column that the sheet has.
        missing: Needed columns for which nothing is proposed.
    """

    kind: EvidenceKind
    fields: tuple[ProposedField, ...]
    looks: tuple[Look, ...]
    missing: tuple[str, ...]


def look_at(sheet: SheetView, header: int, looker: Looker) -> tuple[Look, ...]:
    """What each column below a row of headings looks like.

    Args:
        sheet: The table.
        header: The row of headings, counted from 0.
        looker: Knows the roster.
    """
    titles = sheet.titles(header)
    below = sheet.rows[header + 1 :]
    return tuple(
        looker.look(title, [row[place] for row in below]) for place, title in enumerate(titles)
    )


def propose(looks: Sequence[Look], kind: EvidenceKind) -> MappingProposal:
    """The likeliest heading for each column of a kind; each heading once.

    Args:
        looks: The sheet's columns.
        kind: What the sheet is taken for.
    """
    return _propose(looks, kind)[0]


def propose_kind(looks: Sequence[Look]) -> MappingProposal:
    """The proposal for the likeliest kind: that which lacks least and is surest of the rest.

    Args:
        looks: The sheet's columns.
    """
    found = [_propose(looks, kind) for kind in MAPPABLE_KINDS]
    return max(found, key=lambda one: (-len(one[0].missing), one[1]))[0]


def _propose(looks: Sequence[Look], kind: EvidenceKind) -> tuple[MappingProposal, float]:
    fields = mapping_fields(kind)
    scored = [
        (score, -order, -place, reason)
        for order, field in enumerate(fields)
        for place, look in enumerate(looks)
        for score, reason in [_score(field, look)]
        if score > 0
    ]
    taken: dict[int, tuple[int, str]] = {}
    total = 0.0
    for score, order, place, reason in sorted(scored, reverse=True):
        if -order in taken or any(-place == other for other, _ in taken.values()):
            continue
        if score < _LIKE and _is_served(fields[-order], fields, taken):
            continue
        taken[-order] = (-place, reason)
        total += score if fields[-order].is_needed else score / 2
    proposed = tuple(
        _proposed(field, looks, taken.get(order)) for order, field in enumerate(fields)
    )
    missing = missing_columns(kind, [field.column for field in proposed if field.title])
    words = tuple("或".join(column.value for column in group) for group in missing)
    return MappingProposal(kind, proposed, tuple(looks), words), total


def _is_served(
    field: MappingField, fields: Sequence[MappingField], taken: dict[int, tuple[int, str]]
) -> bool:
    """Whether another column stands for it already: data alone says too little for a second."""
    chosen = {fields[order].column for order in taken}
    return bool(chosen.intersection(field.instead)) and field.column not in _TOGETHER


_TOGETHER = frozenset(
    {Column.NAME, Column.EMPLOYEE_ID, Column.START_TIME, Column.END_TIME, Column.END_DATE}
)
"""Columns that say something though another of their group is there."""


def _proposed(
    field: MappingField, looks: Sequence[Look], found: tuple[int, str] | None
) -> ProposedField:
    title, reason = "", ""
    if found is not None:
        title, reason = looks[found[0]].title, found[1]
    return ProposedField(
        column=field.column.value,
        is_needed=field.is_needed,
        instead=tuple(column.value for column in field.instead),
        title=title,
        reason=reason,
        fixed_values=FIXED_VALUES.get(field.column, ()),
    )


def _score(field: MappingField, look: Look) -> tuple[float, str]:
    """How likely a heading is a column, and why; 0 for not at all."""
    title = look.title
    natures = EXPECTED.get(field.column, ())
    nature = max(natures, key=look.share, default=None)
    share = look.share(nature) if nature is not None else 0.0
    data = f"，{look.words(nature)}" if nature is not None and share >= PLAINLY else ""
    contradicts = (
        nature is not None
        and nature not in ABOUT_PEOPLE
        and look.filled > 0
        and share <= HARDLY
        and not data
    )
    key = matching_key(title)
    if key == matching_key(field.column.value):
        return _CANONICAL + share, f"標題就是「{title}」{data}"
    if key in SYNONYMS[field.column] and not contradicts:
        return _SYNONYM + share, f"標題「{title}」是{field.column}的另一種寫法{data}"
    if contradicts:
        return 0.0, ""
    likeness, like = max(
        ((_likeness(key, word), word) for word in SYNONYMS[field.column]), default=(0.0, "")
    )
    if likeness >= _ALIKE and (not natures or share >= PLAINLY or nature in ABOUT_PEOPLE):
        return _LIKE + likeness + share * 100, f"標題「{title}」與「{like}」相近{data}"
    is_whole = nature is Nature.MOMENT and field.column in (Column.START_TIME, Column.END_TIME)
    if is_whole:
        # A whole moment is a date's as well: by data alone it is no time that belongs to a date.
        return 0.0, ""
    if share >= PLAINLY and nature is not None and (field.is_needed or field.column in _TOGETHER):
        return _DATA + share * 10 + natures.index(nature) * -5.0, look.words(nature)
    return 0.0, ""


def _likeness(one: str, other: str) -> float:
    if len(one) < 2 or len(other) < 2:
        return 0.0
    return float(fuzz.ratio(one, other))
