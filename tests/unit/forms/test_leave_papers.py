"""The papers of the leave ledger: columns, sums, how they go over pages, words in their boxes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.leave_card import LeaveCardForm
from forms.leave_register import LeaveRegisterForm
from tests.unit.forms.leave_makers import make_card, make_register
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

FORMS = (LeaveRegisterForm, LeaveCardForm)


@pytest.mark.parametrize("form", FORMS)
def test_sample_shows_every_text(chain, pages, form) -> None:
    made = form(chain)
    content = made.sample()
    printed = "".join(page.words for page in pages(made.render([content])))
    for text in made.texts(content):
        assert "".join(text.split()) in printed
    for field in form.fields:
        if field.name != "title":
            assert "".join(field.sample.split()) in printed


@pytest.mark.parametrize("form", FORMS)
def test_same_content_gives_the_same_bytes(chain, form) -> None:
    made = form(chain)
    assert made.render([made.sample()]) == made.render([made.sample()])


# -------------------------------------------------------------------------------- the register


def test_register_has_its_columns_and_a_row_a_grant(chain, pages) -> None:
    (page,) = pages(LeaveRegisterForm(chain).render([make_register()]))
    for words in (
        "高雄市港濱區公所補休核給清冊",
        "計畫：高雄市政府114年度推動數位學習實施計畫核給期間：114/04/01–114/05/02",
        "年度：114",
        "項次人員代號姓名單位假別時數起算日到期日事由核給文號",
        (
            "4A0106李焱堃民政課公假補休4114/04/13116/04/12利用公餘時間參與數位學習"
            "港濱區人字第1143000512號"
        ),
        "合計13人13筆52小時差勤系統登錄日期：年月日登錄人：",
        "承辦人人事主管機關首長",
    ):
        assert words in page.words


def test_register_counts_a_person_of_two_grants_once(chain, pages) -> None:
    (page,) = pages(LeaveRegisterForm(chain).render([make_register(count=15)]))
    assert "合計13人15筆60小時" in page.words


def test_register_says_where_there_is_no_expiry(chain, pages) -> None:
    content = make_register(count=1)
    content = replace(content, rows=(replace(content.rows[0], expires=None),))
    (page,) = pages(LeaveRegisterForm(chain).render([content]))
    assert "114/03/02無期限利用" in page.words


@pytest.mark.parametrize(("count", "wanted"), [(14, 1), (19, 2), (20, 2), (40, 3)])
def test_register_goes_on_with_heads_and_is_sealed_once(chain, pages, count, wanted) -> None:
    printed = pages(LeaveRegisterForm(chain).render([make_register(count=count)]))
    assert len(printed) == wanted
    for index, page in enumerate(printed):
        assert "項次人員代號姓名單位" in page.words
        assert ("（續）" in page.words) == (index > 0)
        assert ("合計" in page.words) == (index == wanted - 1)
        assert ("承辦人" in page.words) == (index == wanted - 1)


# ------------------------------------------------------------------------------------ the card


def test_card_has_both_tables_with_their_sums(chain, pages) -> None:
    (page,) = pages(LeaveCardForm(chain).render([make_card()]))
    for words in (
        "高雄市港濱區公所補休紀錄卡",
        "人員代號A0106姓名李焱堃單位民政課",
        "職稱課員官職等薦任第七職等截止日116/05/04",
        "一、核給批次批次計畫／組裝課程完成日起算日到期日核給已用逾期結存",
        "2114年度／市政議題訓練114/06/21114/06/22116/06/214301",
        "合計（時）12615",
        "二、異動明細（單位：小時）筆日期摘要核給使用沖銷逾期餘額批次依據",
        "5114/07/21沖銷第4筆：假單撤回161假單0718",
        "8116/04/13逾期失效（期限116/04/12）181系統",
        "合計127115",
        "本人確認：承辦人核章：人事主管核章：",
    ):
        assert words in page.words


def rows_between(page) -> list[float]:
    """Tops of the rules as wide as the page's text."""
    return sorted(s.top for s in page.shapes if s.right - s.left > 169 and s.bottom - s.top < 1)


@pytest.mark.parametrize(("count", "rows"), [(0, 13), (9, 13), (13, 13), (14, 14)])
def test_card_is_ruled_up_to_thirteen_lines(chain, pages, count, rows) -> None:
    (page,) = pages(LeaveCardForm(chain).render([make_card(count=count, grants=1)]))
    # Two rules stand in the head and the first table's, then one above each row and the sums.
    below = [top for top in rows_between(page) if top > 95]
    assert len(below) == rows + 1 + 1  # the last is the footer's


def test_long_card_carries_its_sums_to_the_next_page(chain, pages) -> None:
    printed = pages(LeaveCardForm(chain).render([make_card(count=55, grants=8)]))
    assert len(printed) == 3
    assert "接次頁2010216" in printed[0].words
    assert "接次頁" in printed[1].words
    assert "合計76426" in printed[2].words
    for index, page in enumerate(printed):
        assert "李焱堃" in page.words
        assert ("補休紀錄卡（續）" in page.words) == (index > 0)
        assert ("本人確認：" in page.words) == (index == 2)
        assert ("一、核給批次" in page.words) == (index == 0)
        assert body_bottom(page) <= BOTTOM


@pytest.mark.parametrize("grants", [0, 1, 20, 23, 24, 25, 26, 60])
@pytest.mark.parametrize("count", [0, 1, 2, 14, 15, 27, 28, 29])
def test_card_of_any_length_has_every_line_once_and_one_total(chain, pages, grants, count) -> None:
    entries = tuple(
        replace(entry, text=f"第{index:03d}筆補休")
        for index, entry in enumerate(make_card(count=count).entries)
    )
    content = make_card(grants=grants, entries=entries)
    content = replace(
        content,
        grants=tuple(
            replace(grant, title=f"計畫{index:03d}") for index, grant in enumerate(content.grants)
        ),
    )
    printed = pages(LeaveCardForm(chain).render([content]))
    everything = "".join(page.words for page in printed)
    for index in range(count):
        assert everything.count(f"第{index:03d}筆補休") == 1
    for index in range(grants):
        assert everything.count(f"計畫{index:03d}") == 1
    assert everything.count("合計（時）") == 1
    assert everything.replace("合計（時）", "").count("合計") == 1
    assert "合計" in printed[-1].words
    for page in printed:
        assert body_bottom(page) <= BOTTOM
        assert crossings(page) == []


def test_card_with_a_line_longer_than_what_a_page_has_left_begins_a_new_page(chain, pages) -> None:
    content = make_card(count=3, grants=20)
    long = replace(content.entries[0], text="假單撤回後重新申請" * 20)
    content = replace(content, entries=(long, *content.entries[1:]))
    printed = pages(LeaveCardForm(chain).render([content]))
    assert len(printed) == 2
    assert "二、異動明細" not in printed[0].words
    assert "假單撤回後重新申請" * 20 in printed[1].words


def test_leave_without_a_known_course_or_limit_says_so(chain, pages) -> None:
    content = make_card()
    grant = replace(content.grants[0], completed=None, expires=None)
    (page,) = pages(LeaveCardForm(chain).render([replace(content, grants=(grant,))]))
    assert "政策能力訓練—114/04/13無期限4310" in page.words


@quietly
@given(name=SHORT, unit=SHORT, words=WORDS, short=SHORT, hours=st.integers(0, 9999))
def test_leave_papers_with_any_words_keep_them_in_their_boxes(
    chain, pages, name, unit, words, short, hours
) -> None:
    register = make_register(count=11)
    odd = replace(
        register.rows[0],
        person_code=short,
        name=name,
        unit=unit,
        hours=hours,
        leave_type=short,
        reason=words,
        document_number=words[::-1].strip() or "號",
    )
    register = replace(register, rows=(odd, *register.rows), notes=(words,))
    card = make_card(count=12)
    grant = replace(card.grants[0], title=words, granted=hours, balance=hours)
    entry = replace(card.entries[0], text=words, basis=short, grant=short[:3], granted=hours)
    card = replace(
        card,
        name=name,
        unit=unit,
        job_title=short,
        rank=short,
        grants=(grant, *card.grants),
        entries=(entry, *card.entries),
        day=dt.date(2027, 12, 31),
    )
    for form, content, bottom in (
        (LeaveRegisterForm, register, LYING_BOTTOM),
        (LeaveCardForm, card, BOTTOM),
    ):
        printed = pages(form(chain).render([content]))
        for page in printed:
            assert crossings(page) == []
            assert strays(page) == []
            assert body_bottom(page) <= bottom
        everything = "".join(page.words for page in printed)
        for text in (name, unit, words):
            assert "".join(text.split()) in everything
