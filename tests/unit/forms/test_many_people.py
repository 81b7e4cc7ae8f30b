"""A batch as an office prints it; three thousand people are in ``tests/bench``."""

from __future__ import annotations

import pytest

from forms.application114 import Application114Form
from forms.commendation_list import CommendationListForm
from forms.form import render_together
from forms.leave_register import LeaveRegisterForm
from tests.unit.forms import many_people
from tests.unit.forms.many_people import LONG_TITLE, course_of, name_of
from tests.unit.forms.reading_back import faults, pages_of
from tests.unit.forms.test_boxes import BOTTOM, LYING_BOTTOM

PEOPLE = 40


def test_invented_people_are_as_hard_as_they_should_be() -> None:
    names = [name_of(i) for i in range(200)]
    assert max(map(len, names)) >= 30
    assert sum(any(ord(c) > 0xFFFF for c in name) for name in names) > 50
    assert min(len(course_of(i)) for i in range(500)) >= LONG_TITLE - 2


def test_forms_of_many_people_lose_nothing_and_stay_in_their_boxes(chain, annexes) -> None:
    form = Application114Form(chain)
    contents = [many_people.application(i, annexes[0].notes) for i in range(PEOPLE)]
    rendered = render_together(chain, [(form, content) for content in contents])
    assert rendered.pages == (1,) * PEOPLE

    def texts_of(index: int) -> list[str]:
        content = contents[index]
        number = content.issue.number or ""
        return [content.unit, content.name, number, *(c.name for c in content.courses)]

    assert faults(rendered.pdf, bottom=BOTTOM, texts_of=texts_of) == []


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (CommendationListForm, many_people.commendations(PEOPLE)),
        (LeaveRegisterForm, many_people.register(PEOPLE)),
    ],
)
def test_lists_of_many_people_lose_nothing_and_stay_in_their_boxes(chain, form, content) -> None:
    pdf = form(chain).render([content])
    assert faults(pdf, bottom=LYING_BOTTOM, texts_of=lambda _: ()) == []
    everything = "".join(page.words for page in pages_of(pdf))
    assert [row.name for row in content.rows if row.name not in everything] == []
