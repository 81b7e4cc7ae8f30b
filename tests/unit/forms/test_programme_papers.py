"""The papers of a nominated programme: columns, sums with their rows, words in their boxes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from forms.application103 import Application103Form
from forms.document import ContentTooLongError, Kind
from forms.fonts import UnprintableTextError
from forms.form import render_together
from forms.not_commended_list import NotCommendedListForm
from forms.programme_lists import BelowMinimumListForm, CreditListForm, NominationListForm
from forms.report_reminder import ReportReminderForm
from tests.unit.forms.programme_makers import (
    make_below_minimum,
    make_credits,
    make_nominations,
    make_reminder,
)
from tests.unit.forms.test_boxes import (
    BOTTOM,
    LYING_BOTTOM,
    SHORT,
    WORDS,
    body_bottom,
    crossings,
    quietly,
    strays,
)

FORMS = (NominationListForm, CreditListForm, BelowMinimumListForm, ReportReminderForm)
LISTS = (
    (NominationListForm, make_nominations),
    (CreditListForm, make_credits),
    (BelowMinimumListForm, make_below_minimum),
)


@pytest.mark.parametrize(
    ("form", "content", "heads"),
    [
        (
            NominationListForm,
            make_nominations(),
            "序號機關單位職稱姓名聯絡電話人事單位電子信箱優先條件備註",
        ),
        (
            CreditListForm,
            make_credits(),
            "序號單位職稱姓名課程名稱（不採認的原因與依據）語言起訖時數採認",
        ),
        (
            BelowMinimumListForm,
            make_below_minimum(),
            "序號單位職稱姓名採認時數報告收件日原因備註",
        ),
    ],
)
def test_columns_stand_in_their_order_on_every_page(chain, pages, form, content, heads) -> None:
    for page in pages(form(chain).render([content])):
        assert heads in page.words


@pytest.mark.parametrize("form", FORMS)
def test_sample_shows_every_field(chain, pages, form) -> None:
    made = form(chain)
    content = made.sample()
    printed = "".join(page.words for page in pages(made.render([content])))
    for text in made.texts(content):
        assert "".join(text.split()) in printed
    labels = {field.name for field in form.fields}
    assert len(labels) == len(form.fields)


@pytest.mark.parametrize("form", FORMS)
def test_same_content_gives_the_same_bytes(chain, form) -> None:
    made = form(chain)
    assert made.render([made.sample()]) == made.render([made.sample()])


def test_kinds_of_paper_have_letters_of_their_own() -> None:
    letters = [kind.value for kind in Kind]
    assert len(set(letters)) == len(letters)
    assert all(len(letter) == 1 for letter in letters)


def test_refused_course_has_its_reason_below_the_name(chain, pages) -> None:
    (page, *_) = pages(CreditListForm(chain).render([make_credits(count=1)]))
    assert "中級華語語法授課語言「簡體中文」不在採認範圍（三、（四）4（2））。" in page.words
    assert "彭育珍小計不登錄：採認4時" in page.words
    assert "113/01/05–113/02/03" in page.words
    assert "113/01/05–—" in page.words


def test_person_without_a_course_has_a_row_that_says_so(chain, pages) -> None:
    content = make_credits(count=1)
    content = replace(content, people=(replace(content.people[0], courses=()),))
    (page,) = pages(CreditListForm(chain).render([content]))
    assert "（沒有學習紀錄）" in page.words


@pytest.mark.parametrize("count", range(4, 24))
def test_no_sum_and_no_total_begins_a_page(chain, pages, count) -> None:
    printed = pages(CreditListForm(chain).render([make_credits(count=count)]))
    for page in printed:
        body = page.words.split("時數採認", 2)[-1]
        assert not body.startswith(("彭育珍小計", "林堃廷小計", "高峯瑜小計", "彭建小計", "合計"))
        assert body_bottom(page) <= LYING_BOTTOM
    assert "合計" in printed[-1].words
    assert not any("合計" in page.words for page in printed[:-1])


def test_reminder_has_its_slip_and_no_table_of_courses(chain, pages) -> None:
    (page,) = pages(ReportReminderForm(chain).render([make_reminder()]))
    for words in (
        "研習報告催繳單",
        "繳交期限中華民國113年7月14日",
        "採認時數31時",
        "請沿線撕下，併同研習報告送回人事室",
        "研習報告催繳單送達簽收及回覆聯",
        "□已繳交研習報告□隨本聯附上研習報告□退出研習□其他：",
    ):
        assert words in page.words
    for words in ("課程編號", "補正期限", "組裝課程"):
        assert words not in page.words


@quietly
@given(name=SHORT, unit=SHORT, words=WORDS, short=SHORT)
def test_lists_with_any_words_keep_them_in_their_boxes(
    chain, pages, name, unit, words, short
) -> None:
    nominees = make_nominations(count=9)
    odd = replace(nominees.rows[4], office=unit, unit=unit, name=name, email=short, priority=words)
    nominees = replace(nominees, rows=(*nominees.rows, odd), notes=(words,))
    credits_ = make_credits(count=4)
    person = credits_.people[0]
    course = replace(person.courses[0], name=words, language=short, reason=words[::-1].strip())
    person = replace(person, name=name, unit=unit, courses=(course, *person.courses))
    credits_ = replace(credits_, people=(person, *credits_.people))
    short_list = make_below_minimum(count=4)
    row = replace(short_list.rows[0], name=name, reason=words, remark=short)
    short_list = replace(short_list, rows=(row, *short_list.rows))

    for form, content in (
        (NominationListForm, nominees),
        (CreditListForm, credits_),
        (BelowMinimumListForm, short_list),
    ):
        for page in pages(form(chain).render([content])):
            assert crossings(page) == []
            assert strays(page) == []
            assert body_bottom(page) <= LYING_BOTTOM


@quietly
@given(name=SHORT, lead=WORDS, paragraph=WORDS, programme=SHORT)
def test_reminder_with_any_words_keeps_them_in_their_boxes(
    chain, pages, name, lead, paragraph, programme
) -> None:
    content = make_reminder(name=name, lead=lead, paragraphs=(paragraph,), programme=programme)
    for page in pages(ReportReminderForm(chain).render([content])):
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= BOTTOM


def test_row_longer_than_a_page_is_refused(chain) -> None:
    content = make_below_minimum(count=2)
    row = replace(content.rows[0], reason="長" * 4000)
    with pytest.raises(ContentTooLongError, match="名冊第 1 列"):
        BelowMinimumListForm(chain).render([replace(content, rows=(row, *content.rows))])


# ---------------------------------------------------------------------------- several into one PDF


def test_lists_of_two_kinds_go_into_one_pdf_with_their_own_page_numbers(
    chain, pages, not_commended
) -> None:
    items = [
        (CreditListForm(chain), make_credits(count=9)),
        (NotCommendedListForm(chain), not_commended()),
    ]
    rendered = render_together(chain, items)
    printed = pages(rendered.pdf)
    assert len(printed) == sum(rendered.pages)
    assert rendered.pages[1] == 1
    assert "第1頁／共1頁" in printed[-1].words
    assert f"第1頁／共{rendered.pages[0]}頁" in printed[0].words


def test_upright_and_lying_sheets_do_not_go_together(chain, application103) -> None:
    items = [
        (CreditListForm(chain), make_credits()),
        (Application103Form(chain), application103()),
    ]
    with pytest.raises(ValueError, match="one PDF"):
        render_together(chain, items)


def test_character_without_a_face_is_refused_unless_it_may_be_replaced(chain, pages) -> None:
    items = [(ReportReminderForm(chain), make_reminder(name="王\ue000明"))]
    with pytest.raises(UnprintableTextError):
        render_together(chain, items)
    rendered = render_together(chain, items, replace_unprintable=True)
    assert "王〓明" in pages(rendered.pdf)[0].words
