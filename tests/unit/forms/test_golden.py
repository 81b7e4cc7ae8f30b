"""Where everything stands, against files that were looked at beside the design."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from forms.application103 import Application103Form
from forms.application114 import Application114Form
from forms.application_contents import TimeColumns
from forms.application_general import GeneralApplicationForm
from forms.calibration import CalibrationForm
from forms.cancellation_slip import CancellationSlipForm
from forms.check_sheet import CheckSheetForm
from forms.commendation_list import CommendationListForm
from forms.committee_table import CommitteeTableForm
from forms.contents import CourseRow, Note
from forms.correction_notice import CorrectionNoticeForm
from forms.leave_card import LeaveCardForm
from forms.leave_register import LeaveRegisterForm
from forms.not_commended_list import NotCommendedListForm
from forms.programme_lists import BelowMinimumListForm, CreditListForm, NominationListForm
from forms.report_reminder import ReportReminderForm
from forms.schedule import ScheduleForm
from forms.stamp import CheckStamp
from tests.unit.forms.check_makers import make_check_sheet
from tests.unit.forms.conftest import read_pages
from tests.unit.forms.leave_makers import make_card, make_register
from tests.unit.forms.programme_makers import (
    make_below_minimum,
    make_credits,
    make_nominations,
    make_reminder,
)
from tests.unit.forms.schedule_makers import make_schedule
from tests.unit.forms.test_committee_table import make_table

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "forms"
CLOSE = 0.15
"""Millimetres: figures are kept to a tenth."""
DPI = 40
MEAN = 2.0
"""Of 255: how far the grey of a whole page may be off, for another renderer's edges."""
CELL = 18
"""Of 255: the same of 12 by 12 pixels, a word or a piece of a bar."""


def structure(page) -> dict[str, list]:
    """Lines of text with their left, right and middle, and rules, to a tenth of a millimetre."""
    lines = []
    boxes = iter(page.characters)
    for line in page.text.split("\r\n"):
        count = len("".join(line.split()))
        if count:
            glyphs = [next(boxes) for _ in range(count)]
            left = min(glyph.left for glyph in glyphs)
            right = max(glyph.right for glyph in glyphs)
            bottom = max(glyph.bottom for glyph in glyphs)
            lines.append(["".join(g.text for g in glyphs), *_tenths(left, right, bottom)])
    rules = [_tenths(s.left, s.top, s.right, s.bottom) for s in page.shapes]
    return {"lines": lines, "rules": rules}


def _tenths(*values: float) -> list[float]:
    return [round(value, 1) for value in values]


def picture(pdf: bytes) -> Image.Image:
    """The first page, grey and small: what stands on it is seen, not read."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")


def check_picture(name: str, pdf: bytes) -> None:
    found = picture(pdf)
    path = SAMPLES / f"{name}.golden.png"
    if os.environ.get("GONGYU_WRITE_GOLDEN"):
        found.quantize(16).save(path, optimize=True)
    with Image.open(path) as kept:
        expected = kept.convert("L")
    assert found.size == expected.size
    difference = ImageChops.difference(found, expected)
    assert ImageStat.Stat(difference).mean[0] < MEAN, "the page as a whole looks different"
    cells = difference.resize((found.width // 12, found.height // 12), Image.Resampling.BOX)
    assert cells.getextrema()[1] < CELL, "one place of the page looks different"


def check(name: str, pdf: bytes) -> None:
    found = [structure(page) for page in read_pages(pdf)]
    path = SAMPLES / f"{name}.golden.json"
    if os.environ.get("GONGYU_WRITE_GOLDEN"):
        rows = json.dumps(found, ensure_ascii=False).replace("], [", "],\n[")
        path.write_text(rows + "\n", "utf-8")
    check_picture(name, pdf)
    expected = json.loads(path.read_text("utf-8"))
    assert len(found) == len(expected)
    for page, wanted in zip(found, expected, strict=True):
        assert [line[0] for line in page["lines"]] == [line[0] for line in wanted["lines"]]
        for line, other in zip(page["lines"], wanted["lines"], strict=True):
            assert line[1:] == pytest.approx(other[1:], abs=CLOSE), line[0]
        assert len(page["rules"]) == len(wanted["rules"])
        for rule, other in zip(page["rules"], wanted["rules"], strict=True):
            assert rule == pytest.approx(other, abs=CLOSE)


def test_filled_application_stands_as_designed(chain, application) -> None:
    stamp = CheckStamp(
        agency="高雄市港濱區公所人事室",
        is_passed=True,
        clerk="游珏羣",
        day=dt.date(2025, 5, 2),
        number="KH-114-000123",
    )
    check("application114-filled", Application114Form(chain).render([application(stamp=stamp)]))


def test_blank_application_of_the_second_set_stands_as_designed(
    chain, application, annexes
) -> None:
    annex = annexes[1]
    filled = application()
    content = replace(
        filled,
        issue=replace(filled.issue, number=None),
        unit="",
        name="",
        set_title=annex.set_title,
        set_title_bold="市政議題訓練",
        courses=tuple(CourseRow(number=n, name=name, hours=h) for n, name, h in annex.courses),
        notes=tuple(Note(text=text, is_underlined=i == 4) for i, text in enumerate(annex.notes)),
    )
    check("application114-blank-city", Application114Form(chain).render([content]))


def test_application_of_25_courses_stands_as_designed(chain, application) -> None:
    pdf = Application114Form(chain).render([application(count=25)])
    check("application114-25-courses", pdf)


def test_commendation_list_stands_as_designed(chain, commendation) -> None:
    units = (
        ("秘書室", 4),
        ("民政課", 7),
        ("社會課", 5),
        ("經建課", 4),
        ("人事室", 2),
        ("會計室", 3),
    )
    pdf = CommendationListForm(chain).render([commendation(units=units)])
    check("commendation-list", pdf)


def test_correction_notice_stands_as_designed(chain, notice) -> None:
    check("correction-notice", CorrectionNoticeForm(chain).render([notice()]))


def test_filled_103_application_stands_as_designed(chain, application103) -> None:
    stamp = CheckStamp(
        agency="高雄市港濱區公所人事室",
        is_passed=True,
        clerk="游珏羣",
        day=dt.date(2014, 7, 30),
        number="KH-103-000047",
    )
    pdf = Application103Form(chain).render([application103(stamp=stamp)])
    check("application103-filled", pdf)


def test_blank_103_application_stands_as_designed(chain, application103) -> None:
    content = application103(count=0, unit="", job_title="", name="", year=None, ledger=None)
    content = replace(content, issue=replace(content.issue, number=None))
    check("application103-blank", Application103Form(chain).render([content]))


def test_general_application_stands_as_designed(chain, general) -> None:
    check("general-filled", GeneralApplicationForm(chain).render([general()]))


def test_general_application_of_25_courses_with_times_stands_as_designed(chain, general) -> None:
    content = general(count=25, time_columns=TimeColumns.START_AND_END, stamp=None)
    check("general-25-courses", GeneralApplicationForm(chain).render([content]))


def test_list_of_who_did_not_qualify_stands_as_designed(chain, not_commended) -> None:
    pdf = NotCommendedListForm(chain).render([not_commended(count=25)])
    check("not-commended-list", pdf)


def test_list_of_nominees_stands_as_designed(chain) -> None:
    check("nomination-list", NominationListForm(chain).render([make_nominations()]))


def test_list_of_hours_recognised_stands_as_designed(chain) -> None:
    check("credit-list", CreditListForm(chain).render([make_credits()]))


def test_list_of_who_is_below_the_minimum_stands_as_designed(chain) -> None:
    check("below-minimum-list", BelowMinimumListForm(chain).render([make_below_minimum()]))


def test_reminder_of_the_report_stands_as_designed(chain) -> None:
    check("report-reminder", ReportReminderForm(chain).render([make_reminder()]))


def test_register_of_leave_granted_stands_as_designed(chain) -> None:
    check("leave-register", LeaveRegisterForm(chain).render([make_register()]))


def test_leave_card_stands_as_designed(chain) -> None:
    check("leave-card", LeaveCardForm(chain).render([make_card()]))


def test_leave_card_of_three_pages_stands_as_designed(chain) -> None:
    pdf = LeaveCardForm(chain).render([make_card(count=55, grants=8)])
    check("leave-card-long", pdf)


def test_check_sheet_stands_as_designed(chain) -> None:
    check("check-sheet", CheckSheetForm(chain).render([make_check_sheet()]))


def test_committee_table_stands_as_designed(chain) -> None:
    form = CommitteeTableForm(chain)
    check("committee-table", form.render([make_table(form, 16)]))


def test_schedule_stands_as_designed(chain) -> None:
    check("schedule", ScheduleForm(chain).render([make_schedule()]))


def test_calibration_sheet_stands_as_it_was_looked_at(chain) -> None:
    form = CalibrationForm(chain)
    check("calibration", form.render([form.sample()]))


def test_cancellation_slip_stands_as_it_was_looked_at(chain) -> None:
    form = CancellationSlipForm(chain)
    check("cancellation-slip", form.render([form.sample()]))
