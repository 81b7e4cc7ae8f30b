"""What is proposed for sheets of unknown headings, from their headings and data alone."""

from __future__ import annotations

import pytest

from desktop.domain.evidence import EvidenceKind
from desktop.domain.people import Person
from desktop.importers.mapping_view import sheet_views
from desktop.services.mapping import MappingProposal, MappingStart, propose_mapping
from tests.unit.importers.odd_sheets import UNKNOWN, OddSheet

PEOPLE = tuple(
    Person(
        employee_id=employee_id,
        name=name,
        unit=unit,
        title="",
        rank="",
        category="",
        pattern_code="",
        roster_position=position,
    )
    for position, (employee_id, name, unit) in enumerate(
        [("A0012", "王小明", "民政課"), ("A0013", "陳美玲", "秘書室"), ("A5", "吳喆安", "政風室")]
    )
)
BY_NAME = {sheet.name: sheet for sheet in UNKNOWN}


def proposal(sheet: OddSheet, kind: EvidenceKind | None = None) -> MappingProposal:
    (view,) = views = sheet_views(*sheet.file)
    assert view.titles(view.headings) == sheet.headings
    return propose_mapping(MappingStart(views, PEOPLE, ()), 0, view.headings, kind)


def columns(found: MappingProposal) -> dict[str, str]:
    return {field.column: field.title for field in found.fields if field.title}


@pytest.mark.parametrize(
    "name",
    [
        "an export nobody has seen",
        "both ends under a heading of the office's own",
        "shifts of a hall",
    ],
)
def test_kind_and_every_column_are_proposed_by_the_data(name: str) -> None:
    found = proposal(BY_NAME[name])
    assert found.kind is BY_NAME[name].kind
    assert columns(found) == BY_NAME[name].mapped
    assert found.missing == ()


@pytest.mark.parametrize("name", ["punches of a gate", "shifts of a hall"])
def test_every_column_is_proposed_once_the_clerk_says_what_it_is(name: str) -> None:
    sheet = BY_NAME[name]
    assert columns(proposal(sheet, sheet.kind)) == sheet.mapped


def test_second_moment_of_a_row_is_proposed_for_its_end() -> None:
    found = columns(proposal(BY_NAME["English headings"], EvidenceKind.ATTENDANCE))
    assert (found["起始日期"], found["結束日期"]) == ("From", "To")


def test_column_that_nothing_speaks_for_is_asked() -> None:
    found = proposal(BY_NAME["a roster of an unknown system"], EvidenceKind.ROSTER)
    assert found.missing == ("職稱或官職等或人員類別或班別",)
