from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from forms.application114 import Application114Form
from forms.contents import CourseRow, Note
from forms.document import Cancelled, ContentTooLongError, Issue, Kind
from forms.fonts import FontChain, UnprintableTextError
from forms.stamp import CheckStamp

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def form(chain: FontChain) -> Application114Form:
    return Application114Form(chain)


def blank(application, annex):
    """The empty form as the source document prints it."""
    return application(
        issue=Issue(issued_at=dt.datetime(2025, 1, 2, 9, 0)),
        unit="",
        name="",
        set_title=annex.set_title,
        set_title_bold=annex.set_title[-6:],
        courses=tuple(CourseRow(number=n, name=name, hours=h) for n, name, h in annex.courses),
        notes=tuple(Note(text=text, is_underlined=i == 4) for i, text in enumerate(annex.notes)),
    )


@pytest.mark.parametrize("index", [0, 1, 2])
def test_blank_form_has_every_label_column_and_note_of_annex_2_in_order(
    form, application, annexes, pages, index
) -> None:
    (page,) = pages(form.render([blank(application, annexes[index])]))

    foot = "空白表第1頁／共1頁製表114年1月2日09時00分"
    assert page.words == annexes[index].words + foot


def test_set_title_and_its_bold_end_are_one_line_of_text(form, application, pages) -> None:
    (page,) = pages(form.render([application()]))

    assert "組裝課程名稱：高雄市政府 114 年度數位學習組裝課程－政策能力訓練" in page.text


def test_filled_form_shows_times_without_seconds_with_their_spaces(
    form, application, pages
) -> None:
    (page,) = pages(form.render([application()]))

    assert "114 年 3 月 15 日 09 時 02 分" in page.text
    assert "114 年 3 月 23 日 09 時 58 分" in page.text


def test_half_known_course_prints_what_is_known_and_leaves_the_rest(
    form, application, pages
) -> None:
    course = CourseRow(
        number="1", name="雙軸轉型淨零港都", hours="1", start=dt.datetime(2025, 3, 1, 8)
    )
    (page,) = pages(form.render([application(courses=(course,))]))

    assert "1雙軸轉型淨零港都1114年3月1日08時00分114年月日時分★" in page.words


@pytest.mark.parametrize(
    "name", ["王堃", "王喆", "高峯", "李𡘙", "陳犇", "李𠮷", "𪚥", "㛢𤧟", "𡘙喆峯犇𠮷𪚥"]
)
def test_rare_name_is_read_back_exactly(form, application, pages, name) -> None:
    (page,) = pages(form.render([application(name=name)]))

    assert f"姓名：{name}\r\n" in page.text


def test_every_font_is_embedded_subset_and_no_helvetica_stands_in_the_file(
    form, application
) -> None:
    pdf = form.render([application(name="李𠮷堃")])

    fonts = re.findall(rb"/BaseFont /(\S+)", pdf)
    assert len(fonts) >= 2
    assert all(re.fullmatch(rb"[A-Z]{6}\+Gongyu\S+", font) for font in fonts)
    assert len(re.findall(rb"/FontFile2 ", pdf)) == len(fonts)
    assert len(re.findall(rb"/ToUnicode ", pdf)) == len(fonts)
    assert b"Helvetica" not in pdf


def test_title_author_number_and_time_are_in_the_data_of_the_file(form, application) -> None:
    data = pypdfium2.PdfDocument(form.render([application()])).get_metadata_dict()

    assert data["Title"] == "公餘時間完成數位學習補休申請表"
    assert data["Author"] == "高雄市港濱區公所"
    assert data["Subject"] == "KH-114-000123"
    assert data["CreationDate"] == "D:20250502140500+08'00'"


# --------------------------------------------------------------------------------- same bytes


def test_same_content_gives_the_same_bytes(chain, application) -> None:
    first = Application114Form(chain).render([application(), application(name="李𠮷堃")])
    again = Application114Form(chain).render([application(), application(name="李𠮷堃")])

    assert first == again


def test_another_number_or_time_changes_nothing_else_that_is_read(form, application, pages) -> None:
    later = Issue(issued_at=dt.datetime(2025, 5, 3, 8, 0), number="KH-114-000999")
    one = pages(form.render([application()]))[0].text
    two = pages(form.render([application(issue=later)]))[0].text

    two = two.replace("KH-114-000999", "KH-114-000123")
    assert two.replace("114 年 5 月 3 日 08 時 00 分", "114 年 5 月 2 日 14 時 05 分") == one


def test_bytes_do_not_hang_on_the_order_of_hashes() -> None:
    program = (
        "import hashlib, pathlib\n"
        "from forms.application114 import Application114Form\n"
        "from forms.fonts import FontChain\n"
        "form = Application114Form(FontChain.bundled(pathlib.Path('resources/fonts')))\n"
        "print(hashlib.sha256(form.render([form.sample()])).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


# ------------------------------------------------------------------------------ several sheets


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 1), (1, 1), (9, 1), (10, 1), (11, 1), (12, 2), (25, 2), (40, 3)]
)
def test_number_of_courses_decides_the_number_of_pages(
    form, application, pages, count, expected
) -> None:
    assert len(pages(form.render([application(count=count)]))) == expected


def test_25_courses_continue_with_heads_repeated_and_seals_once(form, application, pages) -> None:
    first, last = pages(form.render([application(count=25)]))

    numbers = [
        int(line.split()[0])
        for page in (first, last)
        for line in page.text.split("\r\n")
        if re.match(r"\d+( |$)", line)
    ]
    assert numbers == list(range(1, 26))
    assert first.words.startswith("公餘時間完成數位學習補休申請表服務單位：")
    assert last.words.startswith("公餘時間完成數位學習補休申請表（續）服務單位：民政課姓名：李焱堃")
    for page in (first, last):
        assert "編號 課程名稱 時數 時間(起) 時間(迄)" in page.text
        assert "編號 KH-114-000123" in page.text
    assert "★請詳閱填表說明：" not in first.text
    assert "核章：" not in first.text
    assert last.text.count("核章：") == 3
    assert "第 1 頁／共 2 頁" in first.text
    assert "第 2 頁／共 2 頁" in last.text


def test_eleven_courses_fit_with_smaller_notes(form, application, pages) -> None:
    (page,) = pages(form.render([application(count=11)]))

    assert "★請詳閱填表說明：" in page.text
    lowest = max(shape.bottom for shape in page.shapes if shape.bottom < 281)
    assert 270 < lowest <= 279.2


def test_several_forms_count_their_own_pages_and_stand_in_the_outline(
    form, application, pages
) -> None:
    pdf = form.render(
        [
            application(name="王堃"),
            application(name="李喆", count=25),
            application(name="陳犇", unit="社會課"),
        ]
    )

    assert [re.search(r"第 \d 頁／共 \d 頁", page.text).group() for page in pages(pdf)] == [
        "第 1 頁／共 1 頁",
        "第 1 頁／共 2 頁",
        "第 2 頁／共 2 頁",
        "第 1 頁／共 1 頁",
    ]
    outline = [(item.level, item.get_title()) for item in pypdfium2.PdfDocument(pdf).get_toc()]
    assert outline == [
        (0, "民政課"),
        (1, "王堃\u3000政策能力訓練"),
        (1, "李喆\u3000政策能力訓練"),
        (0, "社會課"),
        (1, "陳犇\u3000政策能力訓練"),
    ]


def test_progress_hears_of_each_form_and_stops_the_rest(form, application) -> None:
    heard = []

    def progress(done: int, total: int) -> bool:
        heard.append((done, total))
        return done < 2

    with pytest.raises(Cancelled):
        form.render([application()] * 5, progress=progress)
    assert heard == [(1, 5), (2, 5)]


def test_nothing_to_print_is_a_mistake_of_the_caller(form) -> None:
    with pytest.raises(ValueError, match="nothing"):
        form.render([])


# -------------------------------------------------------------------------------------- marks


def test_reprint_and_void_are_marked_at_the_top(form, application, pages) -> None:
    issue = Issue(
        issued_at=dt.datetime(2025, 5, 2, 14, 5), number="KH-114-000123", reprint=2, is_void=True
    )
    (page,) = pages(form.render([application(issue=issue)]))

    assert "補印\u3000第 2 次" in page.text
    mark = next(box for box in page.characters if box.text == "補" and box.top < 20)
    assert 20 < mark.left < 23
    assert "作廢" in page.text


def test_first_print_has_no_mark(form, application, pages) -> None:
    (page,) = pages(form.render([application()]))

    assert "補印" not in page.text
    assert "作廢" not in page.text


@pytest.mark.parametrize(("is_passed", "verdict"), [(True, "相符"), (False, "不符")])
def test_check_stamp_stands_beside_three_narrower_seals(
    form, application, pages, is_passed, verdict
) -> None:
    stamp = CheckStamp(
        agency="高雄市港濱區公所人事室",
        is_passed=is_passed,
        clerk="游珏羣",
        day=dt.date(2025, 5, 2),
        number="KH-114-000123",
    )
    (page,) = pages(form.render([application(stamp=stamp)]))

    stamped = (
        "高雄市港濱區公所人事室公餘時間查核" + verdict + "查核：游珏羣114.5.2編號KH-114-000123"
    )
    assert stamped in page.words
    widths = sorted(round(s.right - s.left) for s in page.shapes if 24.5 < s.bottom - s.top < 26)
    assert widths == [42, 42, 42]


def test_long_agency_and_clerk_stay_within_the_stamp(form, application, pages) -> None:
    stamp = CheckStamp(
        agency="高雄市政府交通局智慧運輸中心人事機構",
        is_passed=True,
        clerk="歐陽芸安歐陽芸安歐陽",
        day=dt.date(2025, 12, 31),
        number="KH-114-012345",
    )
    (page,) = pages(form.render([application(stamp=stamp)]))

    top = max(shape.top for shape in page.shapes if shape.bottom < 281)
    inside = [box for box in page.characters if box.left > 149 and top - 25 < box.top < 281]
    assert len(inside) > 40
    assert all(box.left >= 150 + 1.3 and box.right <= 190 - 1.3 for box in inside)


def test_seal_boxes_leave_at_least_40_by_15_millimetres_clear(form, application, pages) -> None:
    (page,) = pages(form.render([application()]))

    seals = [s for s in page.shapes if 24.5 < s.bottom - s.top < 26]
    labels = [box for box in page.characters if box.text == "：" and box.top > seals[0].top]
    assert len(seals) == 3
    for seal in seals:
        label_bottom = max(box.bottom for box in labels if seal.left < box.left < seal.right)
        assert seal.right - seal.left >= 40
        assert seal.bottom - label_bottom >= 15


@pytest.mark.parametrize("count", [1, 2, 4])
def test_plan_with_other_than_three_seals_gets_as_many_equal_boxes(
    form, application, pages, count
) -> None:
    labels = ("申請人核章：", "單位主管核章：", "人事單位核章：", "機關首長核章：")[:count]
    (page,) = pages(form.render([application(seals=labels)]))

    seals = [s for s in page.shapes if 24.5 < s.bottom - s.top < 26]
    assert len(seals) == count
    assert all(seal.right - seal.left >= 40 for seal in seals)
    assert max(seal.right for seal in seals) == pytest.approx(190, abs=0.3)


def test_numbered_form_carries_a_qr_code_and_blank_one_does_not(
    form, application, annexes, pages
) -> None:
    def dark(page):
        return [s for s in page.shapes if s.left >= 172 and s.bottom <= 29.1]

    (numbered,) = pages(form.render([application()]))
    (empty,) = pages(form.render([blank(application, annexes[0])]))

    assert dark(numbered)
    assert not dark(empty)


# -------------------------------------------------------------------------- what can't be printed


def test_private_use_character_is_refused_and_listed_before_printing(form, application) -> None:
    content = application(name="王\ue123明", unit="民\u200b政課")

    assert [(text, found.code) for text, found in form.unprintable(content)] == [
        ("民\u200b政課", "U+200B"),
        ("王\ue123明", "U+E123"),
    ]
    with pytest.raises(UnprintableTextError, match="U\\+E123"):
        form.render([content])


def test_caller_who_insists_gets_a_visible_replacement(form, application, pages) -> None:
    pdf = form.render([application(name="王\ue123明")], replace_unprintable=True)

    assert "姓名：王〓明" in pages(pdf)[0].text


def test_course_name_longer_than_a_page_is_refused(form, application) -> None:
    course = CourseRow(number="1", name="長" * 3000, hours="1")

    with pytest.raises(ContentTooLongError, match="請縮短"):
        form.render([application(courses=(course,))])


# ------------------------------------------------------------------------------- for the preview


def test_sample_shows_the_values_of_the_field_table(form, pages) -> None:
    (page,) = pages(form.render([form.sample()]))

    for field in form.fields:
        if field.name != "stamp":
            assert "".join(field.sample.split()) in page.words, field.name


def test_every_text_of_the_content_is_checked_for_printing(form, application) -> None:
    """A new attribute of the content must not slip past the look for unprintable characters."""
    marked = application(
        title="題\ue001",
        unit="單\ue002",
        name="名\ue003",
        set_title="套\ue004",
        courses=(CourseRow(number="\ue005", name="\ue006", hours="\ue007"),),
        notes_title="\ue008",
        notes=(Note(text="\ue009"),),
        seals=("\ue00a", "b", "c"),
        stamp=CheckStamp(
            agency="\ue00b",
            is_passed=True,
            clerk="\ue00c",
            day=dt.date(2025, 5, 2),
            number="\ue00d",
            heading="\ue00e",
        ),
    )

    found = {finding.code for _, finding in form.unprintable(marked)}
    assert found == {f"U+E{n:03X}" for n in range(1, 15)}


def test_metadata_tells_kind_and_issue(form, application) -> None:
    metadata = form.metadata(application())

    assert metadata.kind is Kind.APPLICATION
    assert metadata.issue.number == "KH-114-000123"
    assert dataclasses.is_dataclass(metadata)
