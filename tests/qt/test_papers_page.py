"""申請表 offers every paper of a plan: one kind at a time, with a preview of what prints."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtTest import QTest

from desktop.qt.models.courses import groups_of
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office
from desktop.services.verifying import case
from tests.qt.conftest import settle

SAMPLES = Path(__file__).parents[1] / "samples"
NOMINEES = (
    "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\n"
    "T0002,彭育珍,02-2720-0001,hr@example.tw,辦理涉外業務,\n"
    "T0005,孫佳廷,02-2720-0005,hr@example.tw,,是\n"
    "T0006,郭佩瑋,02-2720-0006,hr@example.tw,,\n"
)


def fill(office: Office, plan: str) -> Office:
    """Import the sample of a plan and choose it."""
    given = SAMPLES / plan / "input"
    names = ("agency.toml", "roster.xlsx", "attendance.xlsx", "applications.xlsx")
    paths = [given / name for name in names if (given / name).exists()]
    store_batch(office, read_batch(office, [*paths, given / "records"]))
    return office


def open_papers(qtbot, open_window, office: Office, plan: str):
    window = open_window(office, only=("import", "forms"))
    window.choose_plan(plan)
    window.open_page("forms")
    settle(qtbot, window)
    return window, window.pages["forms"]


def choose(qtbot, window, forms, paper: str) -> None:
    forms.papers.setCurrentIndex(forms.papers.findData(paper))
    settle(qtbot, window)


def offered(forms) -> list[str]:
    return [forms.papers.itemText(index) for index in range(forms.papers.count())]


def texts(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def grab(window, name: str) -> None:
    """Keep a picture for whoever asks for one."""
    folder = os.environ.get("GONGYU_PICTURES")
    if folder:
        QTest.qWait(700)  # the page is drawn behind the window's back
        window.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_form_of_several_pages_is_shown_page_by_page(qtbot, open_window, empty_office) -> None:
    window, forms = open_papers(
        qtbot, open_window, fill(empty_office, "kaohsiung-103"), "kaohsiung-103"
    )
    qtbot.waitUntil(lambda: forms.paper.document.pageCount() > 0)
    grab(window, "forms-103")
    assert offered(forms) == [
        "申請表",
        "敘獎名冊",
        "補正通知單",
        "查核表",
        "獎懲案件審議表",
    ]
    ticked = forms.table.ticked
    pages = forms.paper.document.pageCount()
    assert pages > len(ticked)
    owners = list(forms._previewed)
    assert len(owners) == pages
    last = owners[-1]
    row = next(n for n, c in enumerate(forms.table.rows) if c.key == last)
    forms.view.selectRow(row)
    assert forms.paper.page == owners.index(last)
    forms.paper.go_to(pages - 1)
    assert forms._current().key == last
    assert "頁" in forms.paper._place.text()


def test_lists_are_chosen_beside_the_forms_and_saved(
    qtbot, open_window, empty_office, tmp_path
) -> None:
    window, forms = open_papers(
        qtbot, open_window, fill(empty_office, "kaohsiung-103"), "kaohsiung-103"
    )
    choose(qtbot, window, forms, "commendations")
    assert forms.table.ticked == ()
    assert [c.set_title for c in forms.table.rows] == ["敘獎 3 人，未獲敘獎 5 人"]
    assert not forms.stamp.isVisible()
    forms.table.tick_all()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: forms.paper.document.pageCount() == 2)
    grab(window, "lists-103")
    forms.save_one_to(tmp_path / "名冊.pdf")
    settle(qtbot, window)
    first, second = texts((tmp_path / "名冊.pdf").read_bytes())
    assert "敘獎建議名冊" in first
    assert "未獲敘獎名單" in second
    assert forms.table.rows[0].times_printed == 1


def test_papers_of_a_programme_can_be_chosen(qtbot, open_window, empty_office, tmp_path) -> None:
    office = fill(empty_office, "taipei-coursera-113")
    sheet = tmp_path / "薦送名冊.csv"
    sheet.write_text(NOMINEES, encoding="utf-8")
    store_batch(office, read_batch(office, [sheet]))
    window, forms = open_papers(qtbot, open_window, office, "taipei-coursera-113")
    assert offered(forms) == ["薦送名冊", "時數採認清冊", "未達最低時數名冊", "研習報告催繳單"]
    # The plan has no application form: the first paper it has comes up.
    assert forms.papers.currentText() == "薦送名冊"
    forms.table.tick_all()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: forms.paper.document.pageCount() == 1)
    grab(window, "nominees")
    (page,) = texts(forms.paper.content)
    for words in ("彭育珍", "02-2720-0001", "hr@example.tw", "辦理涉外業務", "遞補"):
        assert words in page
    choose(qtbot, window, forms, "reminders")
    assert [c.employee_id for c in forms.table.rows] == ["T0005", "T0006"]
    forms.table.tick_all()
    folder = tmp_path / "每人"
    folder.mkdir()
    forms.save_each_to(folder)
    settle(qtbot, window)
    assert {path.name.split("_")[0] for path in folder.iterdir()} == {"T0005", "T0006"}


@pytest.mark.parametrize(("rank", "reason"), [("", "沒有官等"), ("第五職等", "看不出官等")])
def test_unknown_rank_is_said_first_among_the_sets(
    empty_office: Office, tmp_path, rank: str, reason: str
) -> None:
    sheet = tmp_path / "名冊.csv"
    sheet.write_text(
        f"人員代號,姓名,服務單位,職稱,官職等,人員類別\nB1,林甲,秘書室,書記,{rank},編制內公務人員\n",
        encoding="utf-8",
    )
    store_batch(empty_office, read_batch(empty_office, [sheet]))
    first = groups_of(case(empty_office, "kaohsiung-103", "B1"))[0]
    assert (first.title, first.chip[0], first.rows) == ("官等不明", "review", ())
    assert reason in first.chip[1]
    assert first.chip[1].endswith("無法決定主餐")
