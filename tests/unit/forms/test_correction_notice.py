from __future__ import annotations

from dataclasses import replace

import pytest

from forms.correction_notice import CorrectionNoticeForm
from forms.document import Kind
from forms.fonts import FontChain


@pytest.fixture
def form(chain: FontChain) -> CorrectionNoticeForm:
    return CorrectionNoticeForm(chain)


def test_notice_has_its_parts_in_order(form, notice, pages) -> None:
    (page,) = pages(form.render([notice()]))

    position = 0
    for words in (
        "高雄市港濱區公所人事室補正通知單",
        "受通知人民政課里幹事陳犇通知日期中華民國114年5月6日",
        "申請事項公餘時間完成數位學習補休補正期限中華民國114年5月20日",
        "組裝課程高雄市政府114年度數位學習組裝課程－政策能力訓練",
        "臺端申請上開補休，經查所附學習紀錄計有3門課程與規定不符或尚待確認，請依下列事項補正。",
        "課程編號課程名稱學習時間（起／迄）不符或待確認情形依據應補正事項",
        "1性騷擾調查實務探討(B)-性平三法適用範圍起114/03/2517:20:00迄114/03/2518:25:14",
        "起始時間在上班時間內（當日刷卡07:58:10–17:36:20）填表說明2於公餘時間重新選讀後，補送學習紀錄",
        "一、依據：",
        "二、補正方式：",
        "三、對查核結果有疑義者",
        "承辦人：游珏羣課員",
        "電話：（07）000-0000分機12",
        "承辦人核章：人事主管核章：",
        "請沿線撕下，併同補正資料送回人事室",
        "補正通知單送達簽收及補正回覆聯",
        "通知編號KH-114-000131姓名民政課陳犇",
        "回覆事項□已補送學習紀錄□已補送出勤證明□撤回本次申請□其他：",
        "簽收人簽章日期114年月日",
        "編號KH-114-000131第1頁／共1頁製表114年5月6日15時32分",
    ):
        assert words in page.words[position:], words
        position = page.words.index(words, position) + len(words)


def test_course_without_a_time_says_so(form, notice, pages) -> None:
    content = notice(count=1)
    row = replace(content.rows[0], start=None)
    (page,) = pages(form.render([replace(content, rows=(row,))]))

    assert "起（無紀錄）迄114/03/2518:25:14" in page.words


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (1, 1), (4, 1), (5, 2), (10, 2), (20, 3)])
def test_four_courses_fit_and_more_go_on_with_the_slip_on_the_last_page(
    form, notice, pages, count, expected
) -> None:
    printed = pages(form.render([notice(count=count)]))

    assert len(printed) == expected
    assert sum(page.words.count("性騷擾調查實務探討(B)") for page in printed) == count
    for page in printed[:-1]:
        assert "回覆聯" not in page.words
        assert "核章" not in page.words
    assert "回覆聯" in printed[-1].words
    for page in printed[1:]:
        assert "補正通知單（續）受通知人" in page.words
        assert "臺端申請" not in page.words


def test_time_is_on_one_line_to_the_second(form, notice, pages) -> None:
    (page,) = pages(form.render([notice()]))

    assert "起 114/03/25 17:20:02" in page.text


def test_every_text_of_the_notice_is_checked_for_printing(form, notice) -> None:
    content = notice(count=1)
    row = replace(
        content.rows[0],
        number="\ue001",
        name="\ue002",
        problem="\ue003",
        basis="\ue004",
        remedy="\ue005",
    )
    marked = replace(
        content,
        rows=(row,),
        office="\ue006",
        unit="\ue007",
        job_title="\ue008",
        name="\ue009",
        matter="\ue00a",
        set_title="\ue00b",
        lead="\ue00c",
        paragraphs=("\ue00d",),
        clerk="\ue00e",
        clerk_title="\ue00f",
        telephone="\ue010",
        return_to="\ue011",
        replies=("\ue012",),
        seals=("\ue013", "x"),
        title="\ue014",
    )

    found = {finding.code for _, finding in form.unprintable(marked)}
    assert found == {f"U+E{n:03X}" for n in range(1, 0x15)}


def test_same_notice_gives_the_same_bytes(chain, notice) -> None:
    assert CorrectionNoticeForm(chain).render([notice()]) == CorrectionNoticeForm(chain).render(
        [notice()]
    )


def test_sample_shows_the_values_of_the_field_table(form, pages) -> None:
    (page,) = pages(form.render([form.sample()]))

    for field in form.fields:
        assert "".join(field.sample.split()) in page.words, field.name


def test_metadata_tells_kind_and_office(form, notice) -> None:
    metadata = form.metadata(notice())

    assert metadata.kind is Kind.CORRECTION_NOTICE
    assert metadata.author == "高雄市港濱區公所人事室"
