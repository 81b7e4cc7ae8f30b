from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from forms.application103 import Application103Form
from forms.application_contents import CourseBlock, GrantLedger, GrantRow, OutlineNote
from forms.document import ContentTooLongError, Issue, Kind
from forms.fonts import FontChain
from forms.stamp import CheckStamp

STAMP = CheckStamp(
    agency="高雄市港濱區公所人事室",
    is_passed=True,
    clerk="游珏羣",
    day=dt.date(2014, 7, 30),
    number="KH-103-000047",
)


@pytest.fixture
def form(chain: FontChain) -> Application103Form:
    return Application103Form(chain)


def blank(application103, **changes):
    """The empty form as the source document prints it."""
    return application103(
        count=0,
        issue=Issue(issued_at=dt.datetime(2014, 5, 8, 9, 0)),
        unit="",
        job_title="",
        name="",
        year=None,
        ledger=None,
        **changes,
    )


def block_numbers(page) -> list[int]:
    return [int(number) for number in re.findall(r"課程(\d+)名稱：", page.words)]


def test_blank_form_has_every_word_of_annex_2_in_order(
    form, application103, annex103, pages
) -> None:
    first, second = pages(form.render([blank(application103)]))

    time = "製表103年5月8日09時00分"
    head = (
        "公餘時間完成數位學習補休申請表（續）服務單位職稱姓名"
        "已完成線上課程名稱、時數、日期及時間（須檢附時數證明）核章欄"
    )
    one = first.words.removesuffix(f"空白表第1頁／共2頁{time}")
    two = second.words.removeprefix(head).removesuffix(f"空白表第2頁／共2頁{time}")
    # Labels and seals of a block stand side by side: the words in the blocks' own order.
    parts = re.split(r"(?=課程\d+名稱：)|(?=以下請視需要)", annex103.words)
    assert one.startswith(parts[0])
    assert len(parts) == 12
    for part in parts[1:11]:
        number = re.match(r"課程\d+名稱：", part).group()
        printed = re.search(rf"{number}.*?(?=課程\d+名稱：|$)", one).group()
        assert sorted(printed) == sorted(part)
    blocks = [box for box in first.characters if 54 < box.top < 274]
    courses = "".join(box.text for box in blocks if box.left < 125)
    seals = "".join(box.text for box in blocks if box.left > 125)
    assert courses == "".join(part.partition("申請人")[0] for part in parts[1:11])
    assert seals == "".join("申請人" + part.partition("申請人")[2] for part in parts[1:11])
    assert two == parts[11]


def test_notes_have_their_labels_and_sub_points_at_their_levels(
    form, application103, pages
) -> None:
    last = pages(form.render([application103()]))[-1]

    def left_of(words: str) -> float:
        joined = "".join(box.text for box in last.characters)
        return last.characters[joined.index(words)].left

    outer, middle, inner = left_of("3.每次"), left_of("（1）標準"), left_of("A.參加")
    em = 9.5 * 25.4 / 72
    assert 1.0 < (middle - outer) / em < 1.9  # the bracket's ink stands right in its em
    assert 2.9 < (inner - outer) / em < 3.5
    assert left_of("7.本申請表") == pytest.approx(outer, abs=0.4)


def test_filled_block_shows_hours_day_and_time_without_seconds(form, application103, pages) -> None:
    course = CourseBlock(
        number="1",
        name="執行力與人際互動",
        hours="2",
        completed=dt.datetime(2014, 6, 4, 9, 7, 59),
    )
    page = pages(form.render([application103(courses=(course,))]))[0]

    assert "課程1名稱：執行力與人際互動" in page.words
    assert "時數：2小時" in page.words
    assert re.search(r"完成日期： *103 年 +6 +月 +4 +日", page.text)
    assert re.search(r"時間： *09 時 +07 分（24小時制）", page.text)


@pytest.mark.parametrize("hours", ["1", "12.5", "1000.5"])
def test_hours_of_any_width_keep_clear_of_their_words(form, application103, pages, hours) -> None:
    course = CourseBlock(number="1", name="執行力與人際互動", hours=hours)
    page = pages(form.render([application103(courses=(course,))]))[0]

    line = [box for box in page.characters if box.left < 125 and 59.5 < box.top < 65]
    assert "".join(box.text for box in line) == f"時數：{hours}小時"
    for box, following in pairwise(line):
        assert box.right < following.left + 0.05


def test_plan_year_stands_in_empty_blocks_where_it_is_given(form, application103, pages) -> None:
    page = pages(form.render([application103(count=0)]))[0]

    assert page.words.count("完成日期：103年月日") == 10


@pytest.mark.parametrize(
    ("count", "stamp", "per_page"),
    [
        (0, None, [10, 0]),
        (7, None, [10, 0]),
        (10, STAMP, [10, 0]),
        (12, STAMP, [10, 2]),
        # three added blocks leave room for all but the stamp
        (13, None, [10, 3]),
        (13, STAMP, [10, 3, 0]),
        (25, None, [10, 10, 5, 0]),
    ],
)
def test_blocks_are_added_as_needed_ten_a_page(
    form, application103, pages, count, stamp, per_page
) -> None:
    printed = pages(form.render([application103(count=count, stamp=stamp)]))

    assert [len(block_numbers(page)) for page in printed] == per_page
    numbers = [n for page in printed for n in block_numbers(page)]
    assert numbers == list(range(1, max(count, 10) + 1))
    for page in printed:
        assert "服務單位社會課職稱辦事員姓名周喆" in page.words
    for page in printed[1:]:
        assert page.words.startswith("公餘時間完成數位學習補休申請表（續）")
        assert "※填表前請先詳閱注意事項" not in page.words
    for page in printed[:-1]:
        assert "填表注意事項" not in page.words
    assert "填表注意事項：1.本表申請對象" in printed[-1].words
    assert "俾利控管。" in printed[-1].words


def test_every_block_has_three_seal_lines_of_its_own(form, application103, pages) -> None:
    first = pages(form.render([application103()]))[0]

    for label in ("申請人簽名：", "單位主管核章：", "人事單位核章："):
        assert first.words.count(label) == 10
    dotted = [s for s in first.shapes if s.left > 124 and s.bottom - s.top < 0.3 and s.top > 54]
    assert len(dotted) == 20


def test_grants_and_uses_so_far_stand_above_the_notes_with_their_sums(
    form, application103, pages
) -> None:
    last = pages(form.render([application103()]))[-1]

    table, _, _ = last.words.partition("填表注意事項：")
    assert table.endswith(
        "以下請視需要自行增列表格103年度補休核給及使用情形（上限12小時）"
        "次主餐＋副餐完成日核給補休期限已使用餘額"
        "1委任主餐＋副餐1-窈窕精緻餐103/07/264小時至104/01/261.5小時2.5小時"
        "2本年度累計4小時尚可核給8小時1.5小時2.5小時"
    )


def test_third_grant_gets_a_row_and_no_expiry_is_said_so(form, application103, pages) -> None:
    usual = application103().ledger
    grant = replace(usual.rows[0], expires=None)
    ledger = replace(usual, rows=(usual.rows[0], usual.rows[0], grant))
    last = pages(form.render([application103(ledger=ledger)]))[-1]

    assert "3委任主餐＋副餐1-窈窕精緻餐103/07/264小時無期限1.5小時2.5小時本年度累計" in last.words


def test_ledger_without_sums_has_empty_cells(form, application103, pages) -> None:
    ledger = GrantLedger(title="103年度補休核給及使用情形", combination_head="主餐＋副餐")
    last = pages(form.render([application103(ledger=ledger)]))[-1]

    assert "餘額12本年度累計填表注意事項" in last.words


def test_long_course_name_wraps_beside_its_label_and_grows_the_block(
    form, application103, pages
) -> None:
    name = "資安案例分享—e-mail社交工程及防護與個人資料保護法令實務案例研討進階班"
    courses = (CourseBlock(number="1", name=name, hours="1"),)
    page = pages(form.render([application103(courses=courses)]))[0]

    assert name in page.words
    hang = min(box.left for box in page.characters if box.text == "資" and box.top < 65)
    below = [b for b in page.characters if b.left < hang - 0.5 and 58.9 < b.top < 62]
    assert below == []
    assert block_numbers(page) == list(range(1, 11))


@pytest.mark.parametrize("name", ["王堃", "李𡘙", "陳犇", "李𠮷", "𪚥", "㛢𤧟"])
def test_rare_name_is_read_back_exactly(form, application103, pages, name) -> None:
    page = pages(form.render([application103(name=name)]))[0]

    assert f"姓名{name}已完成線上課程" in page.words


@pytest.mark.parametrize("length", [7, 20, 40])
def test_name_of_any_length_is_whole_in_the_head(form, application103, pages, length) -> None:
    name = ("歐陽芸安堃喆峯𡘙犇𠮷" * 4)[:length]
    page = pages(form.render([application103(name=name)]))[0]

    letters = "".join(b.text for b in page.characters if b.left > 154 and 37 < b.top < 60)
    # pdfium gives what lies beyond the basic plane in two halves
    assert letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le").startswith(name)


def test_check_stamp_stands_at_the_right_below_the_notes(form, application103, pages) -> None:
    last = pages(form.render([application103(stamp=STAMP)]))[-1]

    stamped = next(box for box in last.characters if box.text == "查" and box.left > 150)
    notes = max(box.bottom for box in last.characters if box.text == "。" and box.bottom < 260)
    assert stamped.top > notes
    assert "公餘時間查核相符" in last.words


def test_course_name_longer_than_a_page_is_refused(form, application103) -> None:
    courses = (CourseBlock(number="1", name="長" * 3000),)

    with pytest.raises(ContentTooLongError, match=r"周喆.*請縮短"):
        form.render([application103(courses=courses)])


def test_notes_longer_than_a_page_are_refused(form, application103) -> None:
    notes = (OutlineNote(label="1.", text="長" * 9000),)

    with pytest.raises(ContentTooLongError, match="填表注意事項"):
        form.render([application103(notes=notes)])


def test_same_content_gives_the_same_bytes(chain, application103) -> None:
    first = Application103Form(chain).render([application103(stamp=STAMP)])

    assert Application103Form(chain).render([application103(stamp=STAMP)]) == first


def test_every_text_of_the_content_is_checked_for_printing(form, application103) -> None:
    marked = application103(
        title="\ue001",
        instruction="\ue002",
        unit="\ue003",
        job_title="\ue004",
        name="\ue005",
        course_head="\ue006",
        seal_head="\ue007",
        seals=("\ue008",),
        courses=(CourseBlock(number="\ue009", name="\ue00a", hours="\ue00b"),),
        extension="\ue00c",
        ledger=GrantLedger(
            title="\ue00d",
            combination_head="\ue00e",
            rows=(
                GrantRow(
                    combination="\ue00f",
                    completed=dt.date(2014, 7, 26),
                    granted="\ue010",
                    used="\ue011",
                    balance="\ue012",
                ),
            ),
            granted="\ue013",
            used="\ue014",
            balance="\ue015",
            grantable="\ue016",
        ),
        notes_title="\ue017",
        notes=(OutlineNote(label="\ue018", text="\ue019"),),
        stamp=replace(STAMP, agency="\ue01a", clerk="\ue01b", number="\ue01c", heading="\ue01d"),
    )

    found = {finding.code for _, finding in form.unprintable(marked)}
    assert found == {f"U+E{n:03X}" for n in range(1, 0x1E)}


def test_sample_shows_the_values_of_the_field_table(form, pages) -> None:
    printed = "".join(page.words for page in pages(form.render([form.sample()])))

    for field in form.fields:
        if field.name != "stamp":
            assert "".join(field.sample.split()) in printed, field.name


def test_metadata_tells_kind_and_issue(form, application103) -> None:
    metadata = form.metadata(application103())

    assert metadata.kind is Kind.APPLICATION
    assert metadata.title == "公餘時間完成數位學習補休申請表"
    assert metadata.issue.number == "KH-103-000047"
