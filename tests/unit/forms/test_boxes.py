"""Nothing leaves its box: no glyph crosses a rule, the page's margin or the footer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms.application103 import Application103Form
from forms.application114 import Application114Form
from forms.application_contents import CourseBlock, GeneralCourseRow, OutlineNote, TimeColumns
from forms.application_general import GeneralApplicationForm
from forms.commendation_list import CommendationListForm
from forms.contents import CourseRow, Note
from forms.correction_notice import CorrectionNoticeForm
from forms.not_commended_list import NotCommendedListForm

HAIR = 0.15
"""Millimetres: half a rule and the rounding of both libraries."""
BOTTOM = 279 + 0.25 + HAIR
"""Nothing stands lower than 279 mm; half the outline's pen and its mitre are drawn beyond it."""
LYING_BOTTOM = 192 + 0.25 + HAIR
"""The same of a lying sheet."""


def words(alphabet: str, longest: int) -> st.SearchStrategy[str]:
    """Texts of every length alike: left to itself the search keeps to short ones."""
    return st.builds(
        lambda seed, length: (seed * length)[:length].strip() or "名",
        st.text(alphabet=alphabet, min_size=1, max_size=24),
        st.integers(1, longest),
    )


WORDS = words("國數位學習堃喆𡘙𠮷，。、（）「」 ChatGPTAI0123456789-—·Ⅱ⁺:：", 160)
SHORT = words("歐陽芸安堃喆峯𡘙犇𠮷𪚥·A ", 40)

quietly = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each example is a whole PDF
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def crossings(page) -> list[tuple[object, object]]:
    """Pairs of a glyph and a rule that cuts it."""
    upright = [s for s in page.shapes if s.right - s.left < 1 and s.bottom - s.top > 3]
    level = [s for s in page.shapes if s.bottom - s.top < 1 and s.right - s.left > 15]
    boxes = [s for s in page.shapes if s.right - s.left > 15 and s.bottom - s.top > 3]
    edges_x = [((s.left + s.right) / 2, s.top, s.bottom) for s in upright]
    edges_x += [(x, s.top, s.bottom) for s in boxes for x in (s.left, s.right)]
    edges_y = [((s.top + s.bottom) / 2, s.left, s.right) for s in level]
    edges_y += [(y, s.left, s.right) for s in boxes for y in (s.top, s.bottom)]
    found = []
    for glyph in page.characters:
        middle_x, middle_y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for x, top, bottom in edges_x:
            if top < middle_y < bottom and glyph.left + HAIR < x < glyph.right - HAIR:
                found.append((glyph, x))
        for y, left, right in edges_y:
            if left < middle_x < right and glyph.top + HAIR < y < glyph.bottom - HAIR:
                found.append((glyph, y))
    return found


def strays(page, margin: float = 20.0) -> list[object]:
    """Glyphs outside the margins; those of the QR 碼's number stand at its own place."""
    return [
        glyph
        for glyph in page.characters
        if glyph.left < margin - HAIR
        or glyph.right > page.width - margin + HAIR
        or glyph.top < 10
        or glyph.bottom > page.height - 8
    ]


def body_bottom(page) -> float:
    """The lowest rule above the footer's."""
    foot = max(shape.bottom for shape in page.shapes)
    return max(shape.bottom for shape in page.shapes if shape.bottom < foot - 1)


@quietly
@given(name=SHORT, unit=SHORT, course=WORDS, title=WORDS, hours=st.sampled_from(["1", "12.5"]))
def test_application_with_any_words_keeps_them_in_their_boxes(
    chain, application, pages, name, unit, course, title, hours
) -> None:
    content = application(name=name, unit=unit, set_title=title, set_title_bold="")
    content = replace(
        content,
        courses=(
            replace(content.courses[0], name=course, hours=hours),
            *content.courses[1:],
            CourseRow(number="10", name=course[::-1].strip() or "課", hours="1"),
        ),
        notes=(Note(text=course), Note(text=title)),
    )

    printed = pages(Application114Form(chain).render([content]))

    for page in printed:
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= BOTTOM
    everything = "".join(page.words for page in printed)
    for text in (name, unit, course, title):
        assert "".join(text.split()) in everything


@quietly
@given(name=SHORT, unit=SHORT, reason=WORDS, basis=WORDS, remark=SHORT, rank=SHORT)
def test_list_with_any_words_keeps_them_in_their_boxes(
    chain, commendation, pages, name, unit, reason, basis, remark, rank
) -> None:
    content = commendation(units=(("秘書室", 3), ("民政課", 9), ("社會課", 8)))
    odd = replace(
        content.rows[5], name=name, unit=unit, reason=reason, basis=basis, remark=remark, rank=rank
    )
    content = replace(content, rows=(*content.rows[:3], odd, *content.rows[3:]))

    for page in pages(CommendationListForm(chain).render([content])):
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= LYING_BOTTOM


@quietly
@given(name=SHORT, course=WORDS, problem=WORDS, basis=SHORT, remedy=WORDS)
def test_notice_with_any_words_keeps_them_in_their_boxes(
    chain, notice, pages, name, course, problem, basis, remedy
) -> None:
    content = notice(name=name, set_title=course)
    odd = replace(content.rows[0], name=course, problem=problem, basis=basis, remedy=remedy)
    content = replace(content, rows=(odd, *content.rows[1:]))

    for page in pages(CorrectionNoticeForm(chain).render([content])):
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= BOTTOM


@quietly
@given(
    name=SHORT,
    unit=SHORT,
    course=WORDS,
    combination=SHORT,
    note=WORDS,
    hours=st.sampled_from(["", "1", "12.5"]),
    count=st.integers(1, 14),
)
def test_103_application_with_any_words_keeps_them_in_their_boxes(
    chain, application103, pages, name, unit, course, combination, note, hours, count
) -> None:
    content = application103(name=name, unit=unit, job_title=unit, count=count)
    odd = CourseBlock(number="100", name=course, hours=hours)
    ledger = replace(
        content.ledger, rows=(replace(content.ledger.rows[0], combination=combination),)
    )
    notes = tuple(
        OutlineNote(label=label, text=note, level=level)
        for level, label in enumerate(("7.", "（2）", "D."))
    )
    content = replace(content, courses=(odd, *content.courses), ledger=ledger, notes=notes)

    printed = pages(Application103Form(chain).render([content]))

    for page in printed:
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= BOTTOM
    everything = "".join(page.words for page in printed)
    for text in (name, unit, course, combination, note):
        assert "".join(text.split()) in everything


@quietly
@given(
    name=SHORT,
    unit=SHORT,
    course=WORDS,
    category=SHORT,
    basis=WORDS,
    time_columns=st.sampled_from(TimeColumns),
    count=st.integers(1, 30),
)
def test_general_application_with_any_words_keeps_them_in_their_boxes(
    chain, general, pages, name, unit, course, category, basis, time_columns, count
) -> None:
    content = general(
        name=name, unit=unit, job_title=unit, basis=basis, count=count, time_columns=time_columns
    )
    odd = GeneralCourseRow(number="100", name=course, hours="12.5", category=category)
    courses = (odd, *content.courses[:5], replace(odd, number="7"), *content.courses[5:])
    content = replace(content, courses=courses, notes=(Note(text=course),))

    printed = pages(GeneralApplicationForm(chain).render([content]))

    for page in printed:
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= BOTTOM
    everything = "".join(page.words for page in printed)
    for text in (name, unit, course, basis):
        assert "".join(text.split()) in everything


@quietly
@given(
    name=SHORT,
    unit=SHORT,
    reason=WORDS,
    basis=SHORT,
    remark=SHORT,
    rank=SHORT,
    cause=SHORT,
    sets=st.integers(1, 5),
)
def test_list_of_who_did_not_qualify_with_any_words_keeps_them_in_their_boxes(
    chain, not_commended, pages, name, unit, reason, basis, remark, rank, cause, sets
) -> None:
    content = not_commended(count=18)
    rows = [replace(row, completed=(True, False) * 2 + (True,)) for row in content.rows]
    rows[3] = replace(
        rows[3],
        name=name,
        unit=unit,
        job_title=unit,
        reason=reason,
        basis=basis,
        remark=remark,
        rank=rank,
        cause=cause,
    )
    rows = [replace(row, completed=row.completed[:sets]) for row in rows]
    content = replace(content, rows=tuple(rows), sets=("政策", "市政", "共通", "四", "五")[:sets])

    printed = pages(NotCommendedListForm(chain).render([content]))

    for page in printed:
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= LYING_BOTTOM


@pytest.mark.parametrize("length", [7, 30, 40, 60])
def test_name_of_any_length_is_whole_on_the_form(chain, application, pages, length) -> None:
    name = ("歐陽芸安堃喆峯𡘙犇𠮷" * 6)[:length]
    notes = (Note(text="本申請表由申請人、單位主管及人事單位核章後方得申請補休。"),)
    (page,) = pages(Application114Form(chain).render([application(name=name, notes=notes)]))

    assert name in page.words
    assert crossings(page) == []
    assert strays(page) == []


def test_name_that_fills_the_line_is_shrunk_before_it_takes_two(chain, application, pages) -> None:
    def heights(length: int) -> list[float]:
        name = "王" * length
        (page,) = pages(Application114Form(chain).render([application(name=name)]))
        return sorted({round(b.top, 1) for b in page.characters if b.text == "王"})

    assert len(heights(15)) == 1
    assert len(heights(28)) == 1
    assert len(heights(33)) == 2


def test_slots_of_times_stand_under_one_another(chain, application, pages) -> None:
    filled = application()
    courses = (
        filled.courses[0],
        replace(filled.courses[1], start=dt.datetime(2025, 12, 31, 23, 59)),
        replace(filled.courses[2], start=None, end=None),
    )
    (page,) = pages(Application114Form(chain).render([application(courses=courses)]))

    for word in "年月日時分":
        column = [
            box.left
            for box in page.characters
            if box.text == word and 96 < box.left < 143 and 64 < box.top < 97
        ]
        assert len(column) == 3
        assert max(column) - min(column) < 0.05
