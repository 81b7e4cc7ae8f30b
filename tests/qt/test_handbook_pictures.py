"""The handbook's pictures are made by the program, from the sample office, and never age.

Renew them with ``RENEW_PICTURES=1 python -m pytest tests/qt/test_handbook_pictures.py``.
"""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from PIL import Image

from desktop.qt.dialogs.refused import RefusedFilesDialog
from desktop.qt.services import services_of
from desktop.services.handbook import HANDBOOK, read_handbook
from desktop.services.sample_office import SAMPLE_PLAN
from tests.journeys.test_window_journey import SAMPLE, dialog_of
from tests.qt.conftest import settle, settle_delayed
from tests.qt.pictures import difference, fault_in_time, grab

SIZE = (1240, 660)
PICTURES = HANDBOOK / "pictures"
MOST_BYTES = 3_000_000


def fill_ledger(office) -> None:
    services = services_of(office)
    for person, hours, last in (
        ("A0003", 10, date(2026, 3, 14)),
        ("A0007", 6, date(2025, 9, 20)),
        ("A0011", 8, date(2025, 12, 31)),
    ):
        services.transfer_in(
            person,
            date(2025, 2, 3),
            hours,
            title="113 年公餘學習",
            first_day=date(2025, 2, 3),
            expires=last,
            other_agency="範例市立圖書館",
            plan_id=SAMPLE_PLAN,
            document_number="範圖人字第1140001號",
        )
    services.record_use("A0003", date(2025, 7, 4), 4, reason="家庭因素")


@pytest.fixture
def stale():
    """What is wrong with the pictures that the test looked at."""
    return []


@pytest.fixture
def keep(qtbot, stale):
    """Looks at a picture of a window, or of a part of it."""

    def look(name: str, window, widget=None) -> None:
        settle(qtbot, window)
        take = partial(grab, widget or window)
        stale.append(fault_in_time(take, PICTURES / f"{name}.png", qtbot.wait))

    return look


def test_pictures_show_the_pages_as_they_are(qtbot, open_window, sample, stale, keep):
    fill_ledger(sample)
    window = open_window(sample)
    window.resize(*SIZE)
    window.open_page("overview")
    keep("overview", window)
    window.open_page("review", "A0008")
    # The rows of the same reason are counted when the clerk has stayed.
    settle_delayed(qtbot, window)
    keep("review", window)
    keep("timeline", window, window.pages["review"].facts)
    window.open_page("forms")
    # The page is drawn when the ticks have stayed the same for a moment.
    settle_delayed(qtbot, window)
    keep("forms", window)
    window.open_page("ledger", "A0003")
    keep("ledger", window)
    window.open_page("duty")
    settle(qtbot, window)
    window.pages["duty"].show_person("A0004")
    keep("duty", window)
    assert [words for words in stale if words] == []


def test_pictures_show_the_import_as_it_is(qtbot, open_window, empty_office, tmp_path, stale, keep):
    (tmp_path / "便當訂購.csv").write_text("品項,數量\n雞腿,3\n", encoding="utf-8")
    (tmp_path / "空白.pdf").write_bytes(b"")
    window = open_window(empty_office)
    window.resize(*SIZE)
    window.open_page("import")
    page = window.pages["import"]
    page.add_paths([SAMPLE / "roster.xlsx", SAMPLE / "records", *sorted(tmp_path.glob("*.[cp]*"))])
    settle(qtbot, window)
    page.file_view.selectRow(
        next(
            n
            for n, file in enumerate(page.file_model.rows)
            if file.name.endswith("A0002_陳堃霖.pdf")
        )
    )
    keep("import", window)
    page.store_button.click()
    settle(qtbot, window)
    dialog = dialog_of(RefusedFilesDialog)
    keep("refused", window, dialog)
    dialog.accept()
    assert [words for words in stale if words] == []


def test_every_picture_is_shown_and_together_they_are_small():
    shown = {
        picture.removeprefix("pictures/")
        for chapter in read_handbook().chapters
        for picture, _ in chapter.pictures
    }
    kept = {path.name for path in PICTURES.iterdir()}
    assert shown == kept
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


def test_another_page_is_another_picture():
    pictures = [
        Image.open(PICTURES / f"{name}.png").convert("RGB") for name in ("overview", "forms")
    ]
    assert difference(*pictures) > 0.1
    assert difference(pictures[0], pictures[0]) == 0
