"""The committee's table: columns in order, results left open, words in their boxes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from forms.committee_table import CommitteeTableForm
from forms.contents import CommitteeTable
from tests.unit.forms.test_boxes import (
    LYING_BOTTOM,
    SHORT,
    WORDS,
    body_bottom,
    crossings,
    quietly,
    strays,
)


def make_table(form: CommitteeTableForm, count: int) -> CommitteeTable:
    """The sample with so many cases."""
    content = form.sample()
    return replace(content, rows=content.rows * count, total=f"{count} 人")


def test_table_has_its_columns_and_an_empty_result(chain, pages) -> None:
    form = CommitteeTableForm(chain)
    (page,) = pages(form.render([form.sample()]))
    for words in (
        "高雄市港濱區公所獎懲案件審議表",
        "認定基準日：114年8月31日",
        "序號機關單位職稱姓名獎懲獎懲事由審議結果備註",
        "訓練進修績優。承辦人改判",
        "合計1人嘉獎1次1人次",
        "承辦人人事主管機關首長",
    ):
        assert words in page.words
    for text in form.texts(form.sample()):
        assert "".join(text.split()) in page.words


def test_long_table_goes_on_with_its_heads(chain, pages) -> None:
    form = CommitteeTableForm(chain)
    printed = pages(form.render([make_table(form, 40)]))
    assert len(printed) == 3
    for index, page in enumerate(printed):
        assert "序號機關單位職稱姓名" in page.words
        assert ("合計40人" in page.words) == (index == 2)
        assert body_bottom(page) <= LYING_BOTTOM


@quietly
@given(name=SHORT, unit=SHORT, reason=WORDS, outcome=SHORT, remark=SHORT)
def test_table_with_any_words_keeps_them_in_their_boxes(
    chain, pages, name, unit, reason, outcome, remark
) -> None:
    form = CommitteeTableForm(chain)
    content = make_table(form, 9)
    odd = replace(
        content.rows[0],
        name=name,
        unit=unit,
        office=unit,
        reason=reason,
        outcome=outcome,
        remark=remark,
    )
    content = replace(content, rows=(odd, *content.rows), notes=(reason,))
    for page in pages(form.render([content])):
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= LYING_BOTTOM
