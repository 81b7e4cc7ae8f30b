"""The schedule of a promotion plan: the annex word for word, stages kept together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given

from forms.schedule import ScheduleForm
from forms.schedule_contents import Schedule
from tests.unit.forms.schedule_makers import annex_lines, make_schedule
from tests.unit.forms.test_boxes import (
    BOTTOM,
    SHORT,
    WORDS,
    body_bottom,
    crossings,
    quietly,
    strays,
)


def bare(content: Schedule) -> Schedule:
    """The schedule as the source has it: without what was added."""
    return replace(content, has_states=False, effective=None, day=None, notes=(), seals=())


def test_schedule_has_every_word_of_the_annex_in_order(chain, pages) -> None:
    printed = pages(ScheduleForm(chain).render([bare(make_schedule())]))
    title, second, heads, *rows = (line.replace("\t", "") for line in annex_lines())
    expected = title + second + heads + "".join(rows)
    found = ""
    for index, page in enumerate(printed):
        number = f"第{index + 1}頁／共{len(printed)}頁"
        body = page.words.replace("IP-103-000004", "", 1).split("編號IP-103-000004")[0]
        body = body.replace(number, "")
        if index:
            body = body.replace(title + second + "（續）" + heads, "", 1)
        found += body
    assert found == expected


def test_schedule_shows_dates_and_states_beside_the_annex(chain, pages) -> None:
    first, second = pages(ScheduleForm(chain).render([make_schedule()]))
    assert "計畫生效日：103年7月1日資料截止日：103年12月31日" in first.words
    assert "實施計畫具體措施權責分工主辦機關協辦機關辦理情形" in first.words
    assert "103/07/01至103/12/31" in first.words
    assert "105/04/01起" in second.words
    assert "(二)建立單一窗口人事總處及保訓會各主管機關已完成" in first.words
    assert "承辦人：人事主管：機關首長：" in second.words
    assert "承辦人：" not in first.words


def test_pages_break_between_stages(chain, pages) -> None:
    first, second = pages(ScheduleForm(chain).render([make_schedule()]))
    assert "三、中程階段" in first.words
    assert "四、遠程階段" not in first.words
    assert "（續）" in second.words
    assert second.words.index("四、遠程階段") < second.words.index("(一)發展單一")


def test_moved_dates_and_a_whole_stage_longer_than_a_page(chain, pages) -> None:
    content = make_schedule()
    stage = replace(content.stages[0], is_moved=True, measures=content.stages[3].measures * 8)
    late = replace(content.stages[3], is_moved=True, first_day=dt.date(2016, 5, 1))
    printed = pages(ScheduleForm(chain).render([replace(content, stages=(stage, late))]))
    everything = "".join(page.words for page in printed)
    assert "103/07/01至103/12/31調" in everything
    assert "105/05/01調起" in everything
    assert everything.count("(五)建立國際數位課程推薦機制") == 9
    for page in printed:
        assert body_bottom(page) <= BOTTOM


def test_sample_shows_every_text_and_gives_the_same_bytes(chain, pages) -> None:
    form = ScheduleForm(chain)
    content = form.sample()
    (page,) = pages(form.render([content]))
    for text in form.texts(content):
        assert "".join(text.split()) in page.words
    assert form.render([content]) == form.render([form.sample()])


@quietly
@given(name=SHORT, text=WORDS, lead=WORDS, assisting=WORDS, state=SHORT)
def test_schedule_with_any_words_keeps_them_in_their_boxes(
    chain, pages, name, text, lead, assisting, state
) -> None:
    content = make_schedule()
    stage = content.stages[1]
    odd = replace(stage.measures[0], text=text, lead=lead, assisting=assisting, state=state)
    stage = replace(stage, name=name, condition=text, measures=(odd, *stage.measures))
    content = replace(content, stages=(stage, *content.stages), notes=(text,))
    printed = pages(ScheduleForm(chain).render([content]))
    for page in printed:
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= BOTTOM
    everything = "".join(page.words for page in printed)
    for words in (name, text, lead, assisting, state):
        assert "".join(words.split()) in everything
