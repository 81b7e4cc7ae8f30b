from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from forms.commendation_list import CommendationListForm
from forms.document import Kind
from forms.fonts import FontChain


@pytest.fixture
def form(chain: FontChain) -> CommendationListForm:
    return CommendationListForm(chain)


def numbers(page) -> list[int]:
    """The serial numbers in the first column, from the top."""
    digits = [
        box
        for box in page.characters
        if 20 < box.left < 31 and 42 < box.top < 192 and box.text.isdigit()
    ]
    rows: list[list] = []
    for box in sorted(digits, key=lambda box: (box.top + box.bottom) / 2):
        if rows and abs(rows[-1][0].bottom - box.bottom) < 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [int("".join(b.text for b in sorted(row, key=lambda b: b.left))) for row in rows]


def test_head_has_title_plan_day_and_columns_in_order(form, commendation, pages) -> None:
    (page,) = pages(form.render([commendation(units=(("民政課", 2),))]))

    assert page.words.startswith(
        "高雄市港濱區公所敘獎建議名冊"
        "計畫：高雄市政府114年度推動數位學習－「知識啟航·e展雄才」實施計畫"
        "認定基準日：114年8月31日"
        "序號服務機關／單位職稱姓名官職等獎懲事由擬獎懲額度法令依據（條款）備註"
    )


def test_row_reads_alone_with_its_unit_and_clause(form, commendation, pages) -> None:
    content = commendation(units=(("民政課", 1),))
    row = replace(content.rows[0], name="李𠮷堃", remark="留職停薪")
    (page,) = pages(form.render([replace(content, rows=(row,))]))

    assert (
        "1民政課課員李𠮷堃薦任第七職等完成本府114年度數位學習組裝課程三套共30小時，訓練進修績優。"
        "嘉獎1次本府114年度推動數位學習實施計畫陸、六留職停薪" in page.words
    )


def test_groups_have_subtotals_and_the_list_a_total_of_each_award(
    form, commendation, pages
) -> None:
    content = commendation(units=(("秘書室", 4), ("民政課", 7)))
    two = replace(content.rows[0], award="嘉獎2次")
    (page,) = pages(form.render([replace(content, rows=(two, *content.rows[1:]))]))

    for words in (
        "秘書室小計\u30004 人\u3000嘉獎2次 1 人次\u3000嘉獎1次 3 人次",
        "民政課小計\u30007 人\u3000嘉獎1次 7 人次",
        "合計\u300011 人\u3000嘉獎1次 10 人次\u3000嘉獎2次 1 人次\u3000（未獲敘獎者另列名單，編號 KH-114-000302）",
    ):
        assert words in page.text


def test_several_kinds_of_one_person_are_counted_apart(form, commendation, pages) -> None:
    content = commendation(units=(("民政課", 2),))
    both = replace(content.rows[0], award="記功1次、嘉獎1次")
    content = replace(content, rows=(both, replace(content.rows[1], award="嘉獎1次")), awards=())

    (page,) = pages(form.render([content]))

    assert "合計2人記功1次1人次嘉獎1次2人次" in page.words.replace(" ", "")


def test_award_that_nobody_gets_is_counted_as_none(form, commendation, pages) -> None:
    (page,) = pages(form.render([commendation(units=(("民政課", 2),))]))

    assert "嘉獎2次 0 人次" in page.text


def test_seals_stand_in_order_after_the_total(form, commendation, pages) -> None:
    (page,) = pages(form.render([commendation(units=(("民政課", 2),))]))

    total, rest = page.words.split("合計", 1)
    assert "承辦人" not in total
    assert rest.index("承辦人") < rest.index("人事主管") < rest.index("機關首長")


@pytest.mark.parametrize(
    ("units", "per_page"),
    [
        # the design's example: 25 people in six units break after a subtotal
        (
            (
                ("秘書室", 4),
                ("民政課", 7),
                ("社會課", 5),
                ("經建課", 4),
                ("人事室", 2),
                ("會計室", 3),
            ),
            [16, 9],
        ),
        ((("民政課", 14),), [14]),
        ((("民政課", 15),), [14, 1]),
        ((("民政課", 30),), [18, 12]),
        # a group's first row does not stand last on a page
        ((("民政課", 17), ("社會課", 3)), [17, 3]),
        # a last row is never left without its subtotal, total and seals
        ((("民政課", 19),), [18, 1]),
        ((), [0]),
    ],
)
def test_pages_break_between_rows_and_never_before_a_sum(
    form, commendation, pages, units, per_page
) -> None:
    printed = pages(form.render([commendation(units=units)]))

    assert [len(numbers(page)) for page in printed] == per_page
    assert [n for page in printed for n in numbers(page)] == list(range(1, sum(per_page) + 1))
    for page in printed[:-1]:
        assert "合計" not in page.text
        assert "機關" not in page.words.split("備註", 1)[1]
    assert "合計" in printed[-1].text


def test_continued_page_says_so_after_the_plan_and_repeats_heads(form, commendation, pages) -> None:
    first, second = pages(form.render([commendation(units=(("民政課", 30),))]))

    assert "實施計畫（續）" in second.words
    assert "（續）" not in first.words
    assert "服務機關／單位" in second.words
    assert "第 2 頁／共 2 頁" in second.text


def test_reason_of_100_characters_grows_its_row_and_stays_whole(form, commendation, pages) -> None:
    reason = "辦理數位學習推動業務績效卓著" * 7 + "，核予"
    assert len(reason) >= 100
    content = commendation(units=(("民政課", 2),))
    row = replace(content.rows[0], reason=reason)
    (page,) = pages(form.render([replace(content, rows=(row, content.rows[1]))]))

    assert reason in page.words
    first, second = (
        box for box in page.characters if 20 < box.left < 31 and box.text in "12" and box.top < 90
    )
    assert 14 < second.top - first.top < 24


def test_subtotal_rows_are_grey(form, commendation) -> None:
    pdf = form.render([commendation(units=(("秘書室", 2), ("民政課", 2)))])
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()

    def ground(x: float, y: float) -> tuple[int, ...]:
        return picture.getpixel((int(x / 297 * picture.width), int(y / 210 * picture.height)))[:3]

    assert ground(270, 61) == (241, 241, 241)
    assert ground(270, 46) == (255, 255, 255)


def test_same_list_gives_the_same_bytes(chain, commendation) -> None:
    content = commendation(units=(("民政課", 20),))

    assert CommendationListForm(chain).render([content]) == CommendationListForm(chain).render(
        [content]
    )


def test_every_text_of_the_list_is_checked_for_printing(form, commendation) -> None:
    content = commendation(units=(("民政課", 1),))
    row = replace(
        content.rows[0],
        unit="\ue001",
        job_title="\ue002",
        name="\ue003",
        rank="\ue004",
        reason="\ue005",
        award="\ue006",
        basis="\ue007",
        remark="\ue008",
    )
    marked = replace(
        content, rows=(row,), agency="\ue009", plan="\ue00a", seals=("\ue00b",), title="\ue00c"
    )

    found = {finding.code for _, finding in form.unprintable(marked)}
    assert found == {f"U+E{n:03X}" for n in range(1, 13)}


def test_sample_shows_the_values_of_the_field_table(form, pages) -> None:
    (page,) = pages(form.render([form.sample()]))

    for field in form.fields:
        assert "".join(field.sample.split()) in page.words, field.name


def test_metadata_tells_kind_title_and_agency(form, commendation) -> None:
    metadata = form.metadata(commendation(units=()))

    assert metadata.kind is Kind.COMMENDATION_LIST
    assert metadata.title == "高雄市港濱區公所敘獎建議名冊"
    assert metadata.author == "高雄市港濱區公所"
