"""Characters that need the clerk are listed before printing, with the person and the field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.issuing import form_candidates
from desktop.services.office import Office
from desktop.services.paper_characters import character_notes
from desktop.services.paper_drafts import Part
from desktop.services.printing_all import print_everything
from desktop.services.progress import silent
from desktop.services.verifying import evaluate_everybody
from forms.application103 import Application103Form
from forms.application114 import Application114Form
from forms.check_sheet import CheckSheetForm
from forms.commendation_list import CommendationListForm
from forms.fonts import FontChain
from forms.leave_register import LeaveRegisterForm

PLAN = "kaohsiung-114"
FONTS = Path(__file__).resolve().parents[3] / "resources" / "fonts"


@pytest.fixture(scope="module")
def chain() -> FontChain:
    return FontChain.bundled(FONTS)


def notes(chain: FontChain, form: type, **changes: object):
    made = form(chain)
    return character_notes(chain, [Part(form, replace(made.sample(), **changes))])


def test_private_use_character_is_named_with_its_field(chain) -> None:
    found = notes(chain, Application114Form, name="李\ue0f1堃")
    assert found.missing == ("姓名「李\ue0f1堃」的「\ue0f1」（U+E0F1）沒有字型可印（造字）",)


def test_character_that_no_face_has_is_named_in_a_course_of_a_row(chain) -> None:
    sheet = CheckSheetForm(chain).sample()
    rows = (replace(sheet.rows[0], reasons="補\U0003134a件"),)
    found = notes(chain, CheckSheetForm, rows=rows)
    assert found.missing == (
        "理由（依據）「補\U0003134a件」的「\U0003134a」（U+3134A）沒有字型可印",
    )


def test_list_names_whose_field_it_is(chain) -> None:
    listed = CommendationListForm(chain).sample()
    rows = (replace(listed.rows[0], name="陳犇", remark="補\ue001件"),)
    found = notes(chain, CommendationListForm, rows=rows)
    assert [words.split("「")[0] for words in found.missing] == ["陳犇的備註"]


@pytest.mark.parametrize(
    ("name", "lacking"),
    [("李焱", ""), ("周喆", "喆"), ("王𠮷", "𠮷"), ("陳𡘙𡘙", "𡘙"), ("林峰瑜", "")],
)
def test_name_that_big5_cannot_hold_is_said_although_it_prints(chain, name, lacking) -> None:
    found = notes(chain, Application114Form, name=name)
    assert found.missing == ()
    expected = (f"姓名「{name}」的「{lacking}」大五碼沒有",) if lacking else ()
    assert found.outside_big5 == expected


def test_plan_words_are_nobodys_own_and_not_examined_for_big5(chain) -> None:
    assert (
        notes(chain, Application103Form, name="陳明", title="e等公務園⁺補休申請表").outside_big5
        == ()
    )


def test_unit_that_big5_cannot_hold_names_its_person(chain) -> None:
    register = LeaveRegisterForm(chain).sample()
    rows = (replace(register.rows[0], name="陳明", unit="𡘙政課"),)
    found = notes(chain, LeaveRegisterForm, rows=rows)
    assert found.outside_big5 == ("陳明的單位「𡘙政課」的「𡘙」大五碼沒有",)


def with_unit(office: Office, employee_id: str, unit: str) -> None:
    with office.store.writing("改單位") as writer:
        people = [
            replace(p, unit=unit) if p.employee_id == employee_id else p for p in writer.people()
        ]
        writer.replace_roster(people, None)


def test_window_lists_them_before_printing(sample: Office) -> None:
    with_unit(sample, "A0011", "\ue000𡘙局")
    found = {c.key: c for c in form_candidates(sample, PLAN)}["A0011/policy"]
    assert not found.is_printable
    assert found.warnings == ("服務單位「\ue000𡘙局」的「\ue000」（U+E000）沒有字型可印（造字）",)
    assert any("「𡘙」大五碼沒有" in words or "𡘙」大五碼沒有" in words for words in found.remarks)


def test_check_says_what_it_did_not_print(sample: Office) -> None:
    with_unit(sample, "A0011", "\ue000局")
    basis, verdicts = evaluate_everybody(sample, PLAN)
    printed = print_everything(sample, basis, verdicts, progress=silent)
    name = next(v.person.name for v in verdicts if v.person.employee_id == "A0011")
    said = [words for words in printed.remarks if words.startswith(f"A0011 {name}的申請表")]
    assert len(said) == 3
    assert "沒有列印：服務單位「\ue000局」的「\ue000」（U+E000）沒有字型可印" in said[0]
    assert any("以〓代替" in words for words in printed.remarks)
    assert "application-forms.pdf" in printed.files
    assert not any("Big5" in words for words in printed.remarks)
    assert all("大五碼沒有" in words for words in printed.notes)
    assert printed.notes
