from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pypdfium2
import pytest

from forms.application_contents import GeneralCourseRow, Receipt, TimeColumns
from forms.application_general import GeneralApplicationForm
from forms.contents import Note
from forms.document import ContentTooLongError, Issue, Kind
from forms.fonts import FontChain
from forms.stamp import CheckStamp


@pytest.fixture
def form(chain: FontChain) -> GeneralApplicationForm:
    return GeneralApplicationForm(chain)


def level_rules(page, left: float, right: float) -> list[float]:
    """Heights of the level rules that run over the whole of a stretch."""
    return [
        (s.top + s.bottom) / 2
        for s in page.shapes
        if s.bottom - s.top < 1 and s.left <= left + 0.5 and s.right >= right - 0.5
    ]


def course_numbers(page) -> list[int]:
    """The numbers in the first column, from the top."""
    notes = [b.top for b in page.characters if b.text == "★"]
    bottom = min([*notes, 279.0])
    digits = [
        b for b in page.characters if b.left < 30 and b.text.isdigit() and 71 < b.top < bottom
    ]
    rows: list[list] = []
    for box in sorted(digits, key=lambda box: box.bottom):
        if rows and abs(rows[-1][0].bottom - box.bottom) < 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [int("".join(b.text for b in sorted(row, key=lambda b: b.left))) for row in rows]


def test_form_has_its_parts_in_order(form, general, pages) -> None:
    (page,) = pages(form.render([general()]))

    position = 0
    for words in (
        "新竹市政府109年度推動數位學習實施計畫",
        "數位學習補休申請表",
        "服務單位：秘書室職稱：技士姓名：陳犇",
        "組裝課程名稱：新竹市政府109年度數位學習組裝課程（20門，30小時）",
        "申請依據：新竹市政府109年度推動數位學習實施計畫伍、四",
        "申請補休：1天（8小時）",
        "編號課程類別課程名稱時數完成日期",
        "1當前政府重大政策5G網路、應用與資安議題1109年4月20日",
        "合計30★填表說明：",
        "1.本表適用對象",
        "4.本申請表由申請人",
        "人事單位收件日期：109年8月21日收件期限：109年9月30日☑未逾期□逾期",
        "申請人核章：",
        "單位主管核章：",
        "人事單位核章：",
        "新竹市竹風區公所人事室學習時數查核相符",
    ):
        assert words in page.words[position:], words
        position = page.words.index(words, position) + len(words)


def test_plan_that_checks_nothing_shows_the_day_only(form, general, pages) -> None:
    (page,) = pages(form.render([general()]))

    assert "109 年 4 月 20 日" in page.text
    assert "109 年 4 月 20 日 09 時" not in page.text
    assert "時間(起)" not in page.words


def test_plan_that_checks_completion_shows_the_time_without_seconds(form, general, pages) -> None:
    (page,) = pages(form.render([general(time_columns=TimeColumns.COMPLETION, count=15)]))

    assert "編號課程類別課程名稱時數完成日期" in page.words
    assert "109 年 4 月 20 日 09 時 05 分" in page.text


def test_plan_that_checks_start_and_end_shows_both_and_no_category(form, general, pages) -> None:
    (page,) = pages(form.render([general(time_columns=TimeColumns.START_AND_END, count=12)]))

    assert "編號課程名稱時數時間(起)時間(迄)" in page.words
    assert "當前政府重大政策" not in page.words
    assert "109 年 4 月 20 日 08 時 04 分" in page.text
    assert "109 年 4 月 20 日 09 時 05 分" in page.text


def test_day_without_a_time_leaves_the_slots_of_the_time(form, general, pages) -> None:
    row = GeneralCourseRow(number="1", name="傳染病防治", hours="1", end=dt.date(2020, 7, 20))
    content = general(time_columns=TimeColumns.COMPLETION, courses=(row,))
    (page,) = pages(form.render([content]))

    assert "1傳染病防治1109年7月20日時分合計" in page.words


def test_without_categories_their_column_goes_to_the_name(form, general, pages) -> None:
    name = "【資安通識】面對資通安全管理法該如何應對及生活化資安意識"
    row = GeneralCourseRow(number="1", name=name, hours="2")
    (page,) = pages(form.render([general(courses=(row,))]))

    assert "課程類別" not in page.words
    assert f"1 {name} 2" in page.text
    assert "109年月日合計" in page.words


def test_alike_neighbours_share_one_category_cell(form, general, pages) -> None:
    (page,) = pages(form.render([general()]))

    assert page.words.count("環境教育") == 1
    assert page.words.count("業務知能相關與政策能力訓練") == 1
    whole = level_rules(page, 20, 190)
    beside = [y for y in level_rules(page, 63, 190) if min(abs(y - w) for w in whole) > 0.3]
    # one neighbour of 環境教育 and twelve of the last category have no rule in that column
    assert len(beside) == 13


def test_alike_categories_that_are_no_neighbours_stay_apart(form, general, pages) -> None:
    rows = tuple(
        GeneralCourseRow(number=str(i), name=f"課程{i}", hours="1", category=category)
        for i, category in enumerate(("甲類", "乙類", "甲類"), start=1)
    )
    (page,) = pages(form.render([general(courses=rows)]))

    assert page.words.count("甲類") == 2


def test_category_higher_than_its_rows_makes_them_higher(form, general, pages) -> None:
    row = GeneralCourseRow(number="1", name="傳染病防治", hours="1", category="類別" * 30)
    (page,) = pages(form.render([general(courses=(row,))]))

    assert "類別" * 30 in page.words
    tops = sorted(level_rules(page, 20, 190))
    heads = next(y for y in tops if y == pytest.approx(71.5, abs=0.3))
    assert tops[tops.index(heads) + 1] - heads > 12


@pytest.mark.parametrize(
    ("count", "per_page"),
    [(1, [1]), (20, [20]), (21, [21]), (25, [25]), (26, [26]), (40, [30, 10]), (60, [30, 30])],
)
def test_rows_share_out_over_pages_and_none_is_lost(form, general, pages, count, per_page) -> None:
    row = GeneralCourseRow(number="1", name="傳染病防治", hours="1", category="公共衛生")
    rows = tuple(replace(row, number=str(i + 1)) for i in range(count))
    printed = pages(form.render([general(courses=rows, notes=())]))

    assert [n for page in printed for n in course_numbers(page)] == list(range(1, count + 1))
    assert all("公共衛生" in page.words for page in printed)


def test_25_courses_continue_with_heads_repeated_and_seals_once(form, general, pages) -> None:
    first, last = pages(form.render([general(count=25)]))

    assert course_numbers(first) + course_numbers(last) == list(range(1, 26))
    assert course_numbers(last)
    assert "數位學習補休申請表（續）服務單位：秘書室" in last.words
    for page in (first, last):
        assert "編號課程類別課程名稱時數完成日期" in page.words
    for words in ("合計", "填表說明", "收件期限", "核章："):
        assert words not in first.words
        assert words in last.words
    assert "第 2 頁／共 2 頁" in last.text


def test_twenty_courses_fit_beside_four_notes_with_the_stamp(form, general, pages) -> None:
    assert len(pages(form.render([general()]))) == 1


def test_blank_form_keeps_labels_and_leaves_boxes_open(form, general, pages) -> None:
    usual = general()
    content = general(
        issue=Issue(issued_at=dt.datetime(2020, 1, 2, 9, 0)),
        unit="",
        job_title="",
        name="",
        courses=tuple(replace(row, start=None, end=None) for row in usual.courses),
        receipt=Receipt(deadline=dt.date(2020, 9, 30)),
        stamp=None,
    )
    (page,) = pages(form.render([content]))

    assert "服務單位：職稱：姓名：組裝課程名稱：" in page.words
    assert page.words.count("109年月日") == 20
    assert "人事單位收件日期：年月日收件期限：109年9月30日□未逾期□逾期" in page.words
    assert "空白表" in page.words


def test_late_application_is_ticked_as_late(form, general, pages) -> None:
    receipt = Receipt(deadline=dt.date(2020, 9, 30), received=dt.date(2020, 10, 5), is_late=True)
    (page,) = pages(form.render([general(receipt=receipt)]))

    assert "□未逾期☑逾期" in page.words


def test_plan_without_deadline_sum_or_basis_has_no_such_rows(form, general, pages) -> None:
    content = general(receipt=None, hours="", basis="", leave="")
    (page,) = pages(form.render([content]))

    for words in ("收件", "合計", "申請依據", "申請補休"):
        assert words not in page.words


def test_seals_are_wider_without_a_stamp(form, general, pages) -> None:
    def widths(content) -> list[int]:
        (page,) = pages(form.render([content]))
        return sorted(round(s.right - s.left) for s in page.shapes if 23.5 < s.bottom - s.top < 25)

    assert widths(general()) == [42, 42, 42]
    assert widths(general(stamp=None)) == [54, 54, 54]


@pytest.mark.parametrize("name", ["王堃", "李𡘙", "陳犇", "李𠮷", "𪚥", "㛢𤧟"])
def test_rare_name_is_read_back_exactly(form, general, pages, name) -> None:
    (page,) = pages(form.render([general(name=name)]))

    assert f"姓名：{name}組裝課程名稱" in page.words


def test_course_longer_than_a_page_is_refused(form, general) -> None:
    row = GeneralCourseRow(number="1", name="長" * 5000, hours="1")

    with pytest.raises(ContentTooLongError, match="請縮短"):
        form.render([general(courses=(row,))])


def test_same_content_gives_the_same_bytes(chain, general) -> None:
    first = GeneralApplicationForm(chain).render([general()])

    assert GeneralApplicationForm(chain).render([general()]) == first


def test_every_text_of_the_content_is_checked_for_printing(form, general) -> None:
    marked = general(
        plan="\ue001",
        title="\ue002",
        unit="\ue003",
        job_title="\ue004",
        name="\ue005",
        set_title="\ue006",
        set_size="\ue007",
        basis="\ue008",
        leave="\ue009",
        courses=(
            GeneralCourseRow(number="\ue00a", category="\ue00b", name="\ue00c", hours="\ue00d"),
        ),
        hours="\ue00e",
        notes_title="\ue00f",
        notes=(Note(text="\ue010"),),
        seals=("\ue011",),
        stamp=CheckStamp(
            agency="\ue012",
            is_passed=True,
            clerk="\ue013",
            day=dt.date(2020, 8, 24),
            number="\ue014",
            heading="\ue015",
        ),
    )

    found = {finding.code for _, finding in form.unprintable(marked)}
    assert found == {f"U+E{n:03X}" for n in range(1, 0x16)}


def test_sample_shows_the_values_of_the_field_table(form, pages) -> None:
    (page,) = pages(form.render([form.sample()]))

    for field in form.fields:
        if field.name != "stamp":
            assert "".join(field.sample.split()) in page.words, field.name


def test_outline_names_unit_person_and_set(form, general) -> None:
    document = pypdfium2.PdfDocument(form.render([general()]))
    titles = [item.get_title() for item in document.get_toc()]

    assert titles == ["秘書室", "陳犇\u3000新竹市政府 109 年度數位學習組裝課程"]
    assert re.fullmatch(r"HC-\d{3}-\d{6}", document.get_metadata_dict()["Subject"])


def test_metadata_tells_kind_and_issue(form, general) -> None:
    metadata = form.metadata(general())

    assert metadata.kind is Kind.APPLICATION
    assert metadata.author == "新竹市竹風區公所"
