"""The catalogue: what documents say, what clerks add with a source, what people took."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.resources import Recognition, Resource
from desktop.services.importing import read_batch, store_batch
from desktop.services.logbook import LogbookRefusedError
from desktop.services.office import Office
from desktop.services.resource_catalogue import (
    ResourceLine,
    catalogue,
    drop_resource,
    put_resource,
)
from desktop.services.undoing import undo

INPUT = Path(__file__).parents[2] / "samples" / "taipei-coursera-113" / "input"
OWN = Resource("", "OECD iLibrary", provider="OECD", language="英語", source="承辦人查網站")


def line(office: Office, name: str) -> ResourceLine:
    (found,) = [one for one in catalogue(office) if one.resource.name == name]
    return found


def test_shipped_resources_name_their_document(office: Office) -> None:
    lines = catalogue(office)
    assert [one.resource.name for one in lines] == [
        "Coursera",
        "TED",
        "MOOCs（大規模開放線上課程）",
    ]
    assert all(one.origin == "文件" and one.resource.source for one in lines)
    assert "府授人考字第1120146632號" in lines[0].resource.source
    assert lines[0].resource.recognised is Recognition.CONDITIONAL
    assert (lines[0].times, lines[0].people) == (0, 0)


def test_courses_people_took_are_listed_and_counted(office: Office) -> None:
    paths = [INPUT / "roster.xlsx", INPUT / "records"]
    store_batch(office, read_batch(office, paths))
    with office.store.reading() as reader:
        taken = [(one.employee_id, one.row.course_name) for one in reader.learning_rows()]
    platform = line(office, "Coursera")
    assert platform.people == len({who for who, _ in taken})
    assert platform.times == len(set(taken))
    name = taken[0][1]
    course = line(office, name)
    assert course.origin == "學習紀錄"
    assert course.people == len({who for who, other in taken if other == name})
    assert "coursera-1.xlsx" in course.resource.source


def test_own_resource_is_entered_changed_undone_and_dropped(office: Office) -> None:
    put_resource(office, OWN)
    made = line(office, "OECD iLibrary")
    assert (made.origin, made.is_own) == ("承辦人", True)
    assert made.note.startswith("周雅雯")
    better = replace(made.resource, is_recommended=True, reason="業務相關")
    put_resource(office, better)
    assert line(office, "OECD iLibrary").resource.is_recommended is True
    undo(office)
    assert line(office, "OECD iLibrary").resource.is_recommended is None
    drop_resource(office, made.resource)
    assert "OECD iLibrary" not in [one.resource.name for one in catalogue(office)]


def test_what_a_clerk_says_of_a_shipped_resource_goes_over_it_and_comes_off_again(
    office: Office,
) -> None:
    shipped = line(office, "TED").resource
    said = replace(shipped, is_recommended=False, reason="沒有時數認證")
    put_resource(office, said)
    assert (line(office, "TED").origin, line(office, "TED").resource) == ("文件", said)
    drop_resource(office, said)
    assert line(office, "TED").resource == shipped


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "沒有名稱"),
        ({"source": ""}, "沒有來源"),
        ({"is_recommended": True}, "都要寫理由"),
        ({"is_recommended": False, "reason": " "}, "都要寫理由"),
    ],
)
def test_resource_without_name_source_or_reason_is_refused(
    office: Office, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(LogbookRefusedError, match=words):
        put_resource(office, replace(OWN, **changes))  # type: ignore[arg-type]
    assert len(catalogue(office)) == 3
