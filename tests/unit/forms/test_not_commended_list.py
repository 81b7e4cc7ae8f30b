from __future__ import annotations

from dataclasses import replace

import pytest

from forms.document import ContentTooLongError, Kind
from forms.fonts import FontChain
from forms.not_commended_list import NotCommendedListForm


@pytest.fixture
def form(chain: FontChain) -> NotCommendedListForm:
    return NotCommendedListForm(chain)


def numbers(page) -> list[int]:
    """The serial numbers in the first column, from the top."""
    digits = [b for b in page.characters if b.left < 31 and 44 < b.top < 192 and b.text.isdigit()]
    rows: list[list] = []
    for box in sorted(digits, key=lambda box: box.bottom):
        if rows and abs(rows[-1][0].bottom - box.bottom) < 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [int("".join(b.text for b in sorted(row, key=lambda b: b.left))) for row in rows]


def test_head_has_title_plan_day_and_columns(form, not_commended, pages) -> None:
    (page,) = pages(form.render([not_commended()]))

    assert page.words.startswith(
        "高雄市港濱區公所未獲敘獎名單"
        "計畫：高雄市政府114年度推動數位學習－「知識啟航·e展雄才」實施計畫"
        "認定基準日：114年8月31日"
    )
    head = page.words.partition("月31日")[2].partition("1秘書室")[0]
    for words in ("序號", "單位", "職稱", "姓名", "官職等", "完成情形", "政策", "市政", "共通"):
        assert words in head
    for words in ("未獲敘獎原因", "依據", "備註"):
        assert words in head


def test_marks_stand_below_the_name_of_their_set(form, not_commended, pages) -> None:
    content = not_commended()
    row = replace(content.rows[0], completed=(True, False, True))
    (page,) = pages(form.render([replace(content, rows=(row,))]))

    def middle(word: str, top: float, bottom: float) -> list[float]:
        found = [b for b in page.characters if b.text == word and top < b.top < bottom]
        return [(b.left + b.right) / 2 for b in found]

    policy, city = middle("策", 39, 44.5)[0] - 1.7, middle("市", 39, 44.5)[0] + 1.7
    assert middle("○", 44.5, 54.1) == pytest.approx([policy, policy + 22], abs=0.6)
    assert middle("×", 44.5, 54.1) == pytest.approx([city], abs=0.6)


def test_row_says_reason_with_course_names_in_full_and_its_clause(
    form, not_commended, pages
) -> None:
    (page,) = pages(form.render([not_commended()]))

    reason = [b for b in page.characters if 171 < b.left < 235 and 54 < b.top < 67]
    assert "".join(b.text for b in reason) == (
        "缺2門：從農田到餐桌的減碳策略：再生農法與永續食材；智在高雄~智慧城市任你行"
    )
    clause = [b for b in page.characters if 235 < b.left < 252 and 54 < b.top < 67]
    assert "".join(b.text for b in clause) == "陸、六"


def test_more_than_three_sets_share_one_column(form, not_commended, pages) -> None:
    content = not_commended(count=1)
    row = replace(content.rows[0], completed=(True, False, True, False, False))
    content = replace(content, rows=(row,), sets=("一", "二", "三", "四", "五"))
    (page,) = pages(form.render([content]))

    assert "2／5 套" in page.text
    assert "○" not in page.text
    assert "完成情形為已完成套數／全部套數。" in page.words


@pytest.mark.parametrize("sets", [("政策",), ("政策", "市政")])
def test_fewer_sets_leave_their_room_to_the_reason(form, not_commended, pages, sets) -> None:
    content = not_commended(count=1)
    row = replace(content.rows[0], completed=(True,) * len(sets))
    (page,) = pages(form.render([replace(content, rows=(row,), sets=sets)]))

    assert page.words.count("○") == len(sets) + 1  # the legend has one
    heads = [b.left for b in page.characters if b.text == "未" and 33 < b.top < 44]
    assert heads
    upright = {
        round((s.left + s.right) / 2)
        for s in page.shapes
        if s.right - s.left < 1 and s.bottom - s.top > 9
    }
    assert {138, 160, 235, 252} <= upright
    assert 171 not in upright


def test_total_counts_everybody_by_kind_of_reason_in_the_given_order(
    form, not_commended, pages
) -> None:
    (page,) = pages(form.render([not_commended(count=10)]))

    assert (
        "合計10人：未完成或未通過4人、時數不符2人、不屬適用對象2人、本人不參加2人說明" in page.words
    )


def test_kind_of_reason_that_nobody_has_is_left_out_and_an_unknown_one_counted(
    form, not_commended, pages
) -> None:
    content = not_commended(count=2)
    rows = (content.rows[0], replace(content.rows[1], cause="留職停薪"))
    (page,) = pages(form.render([replace(content, rows=rows)]))

    assert "合計2人：不屬適用對象1人、留職停薪1人說明" in page.words


def test_legend_explains_marks_and_that_both_lists_are_everybody(
    form, not_commended, pages
) -> None:
    (page,) = pages(form.render([not_commended()]))

    assert (
        "說明：○已完成；×未完成或不符。本名單與敘獎建議名冊（編號KH-114-000301）同時產製，"
        "兩者合計即全體受查人員34人。" in page.words
    )


def test_nobody_left_out_makes_an_empty_list_with_total_and_seals(
    form, not_commended, pages
) -> None:
    (page,) = pages(form.render([not_commended(count=0)]))

    assert "合計0人說明" in page.words
    assert "承辦人" in page.words


@pytest.mark.parametrize(
    # every second of five rows has three lines: 147.5 mm a page, 110 beside total and seals
    ("count", "per_page"),
    [(1, [1]), (10, [10]), (11, [10, 1]), (22, [14, 8]), (25, [14, 10, 1]), (26, [14, 11, 1])],
)
def test_rows_share_out_over_pages_with_total_and_seals_on_the_last(
    form, not_commended, pages, count, per_page
) -> None:
    printed = pages(form.render([not_commended(count=count)]))

    assert [len(numbers(page)) for page in printed] == per_page
    assert [n for page in printed for n in numbers(page)] == list(range(1, count + 1))
    for page in printed[:-1]:
        assert "合計" not in page.words
        assert "首長" not in page.words
    assert "合計" in printed[-1].words
    for page in printed[1:]:
        assert "實施計畫（續）認定基準日" in page.words
        assert "未獲敘獎原因" in page.words


def test_first_of_several_of_a_unit_does_not_stand_last_on_a_page(
    form, not_commended, pages
) -> None:
    row = not_commended(count=1).rows[0]
    units = ("民政課",) * 14 + ("社會課",) * 3
    rows = tuple(replace(row, unit=unit) for unit in units)

    first, second = pages(form.render([not_commended(rows=rows)]))

    # fifteen rows of 9.6 fit 147.5 mm
    assert (len(numbers(first)), len(numbers(second))) == (14, 3)


def test_person_without_rank_or_clause_shows_a_dash(form, not_commended, pages) -> None:
    (page,) = pages(form.render([not_commended()]))

    dashes = [b for b in page.characters if b.text == "—"]
    assert len(dashes) == 2
    assert dashes[0].left < 138 < 235 < dashes[1].left


def test_long_reason_grows_its_row_and_keeps_its_size(form, not_commended, pages) -> None:
    content = not_commended(count=2)
    reason = "缺 12 門：" + "性騷擾調查實務探討(B)-性平三法適用範圍；" * 8
    row = replace(content.rows[0], reason=reason)
    (page,) = pages(form.render([replace(content, rows=(row, content.rows[1]))]))

    assert "".join(reason.split()) in "".join(b.text for b in page.characters if 171 < b.left < 235)
    first, second = (
        b for b in page.characters if b.left < 31 and b.text in "12" and 44 < b.top < 150
    )
    assert second.top - first.top > 20


def test_reason_longer_than_a_page_is_refused(form, not_commended) -> None:
    content = not_commended(count=1)
    row = replace(content.rows[0], reason="長" * 3000)

    with pytest.raises(ContentTooLongError, match="請縮短"):
        form.render([replace(content, rows=(row,))])


@pytest.mark.parametrize("name", ["王堃", "李𡘙", "陳犇", "李𠮷", "𪚥", "㛢𤧟"])
def test_rare_name_is_read_back_exactly(form, not_commended, pages, name) -> None:
    content = not_commended(count=1)
    rows = (replace(content.rows[0], name=name),)
    (page,) = pages(form.render([replace(content, rows=rows)]))

    assert f"技工{name}—" in page.words


def test_same_list_gives_the_same_bytes(chain, not_commended) -> None:
    first = NotCommendedListForm(chain).render([not_commended()])

    assert NotCommendedListForm(chain).render([not_commended()]) == first


def test_every_text_of_the_list_is_checked_for_printing(form, not_commended) -> None:
    content = not_commended(count=1)
    row = replace(
        content.rows[0],
        unit="\ue001",
        job_title="\ue002",
        name="\ue003",
        rank="\ue004",
        cause="\ue005",
        reason="\ue006",
        basis="\ue007",
        remark="\ue008",
    )
    marked = replace(
        content,
        rows=(row,),
        agency="\ue009",
        plan="\ue00a",
        sets=("\ue00b", "市", "共"),
        seals=("\ue00c",),
        title="\ue00d",
        commendation_number="\ue00e",
    )

    found = {finding.code for _, finding in form.unprintable(marked)}
    assert found == {f"U+E{n:03X}" for n in range(1, 0xF)}


def test_sample_shows_the_values_of_the_field_table(form, pages) -> None:
    (page,) = pages(form.render([form.sample()]))

    for field in form.fields:
        assert "".join(field.sample.split()) in page.words, field.name


def test_metadata_tells_kind_title_and_agency(form, not_commended) -> None:
    metadata = form.metadata(not_commended())

    assert metadata.kind is Kind.NOT_COMMENDED_LIST
    assert metadata.title == "高雄市港濱區公所未獲敘獎名單"
    assert metadata.author == "高雄市港濱區公所"
