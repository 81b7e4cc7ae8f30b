"""補休核給清冊 and the key-in worksheet: LibreOffice reads what the ledger handed in."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from desktop.exports import (
    GrantRegisterContent,
    GrantRegisterEntry,
    KeyInField,
    write_grant_register_csv,
    write_grant_register_ods,
    write_grant_register_xlsx,
    write_key_in_ods,
    write_key_in_xlsx,
)
from desktop.services.attendance_screen import ScreenFaultError, load_attendance_screen
from tests.unit.exports.libreoffice import LibreOffice, with_wrong_stored_values

RESOURCES = Path(__file__).parents[3] / "resources"


def content() -> GrantRegisterContent:
    def entry(who: str, name: str, hours: int, until: date | None) -> GrantRegisterEntry:
        return GrantRegisterEntry(
            employee_id=who,
            name=name,
            unit="民政課",
            hours=Decimal(hours),
            usable_from=date(2025, 3, 15),
            usable_until=until,
            document="高市人字第1140012345號",
        )

    return GrantRegisterContent(
        agency="高雄市港濱區公所",
        plan_title="高雄市政府 114 年度推動數位學習實施計畫",
        period="114/01/01–114/08/31",
        roc_year=114,
        created=datetime(2025, 9, 2, 14, 30),
        created_by="周雅雯",
        entries=(
            entry("00123", "王小明", 4, date(2027, 3, 15)),
            entry("00123", "王小明", 6, date(2027, 3, 15)),
            entry("A0045", "=林小華", 3, None),
        ),
    )


@pytest.fixture(scope="module")
def opened(libreoffice: LibreOffice) -> dict[str, openpyxl.Workbook]:
    screen = load_attendance_screen(RESOURCES)
    files = {
        "register-x.xlsx": write_grant_register_xlsx(content()),
        "register-o.ods": write_grant_register_ods(content()),
        "keyin-x.xlsx": write_key_in_xlsx(content(), screen),
        "keyin-o.ods": write_key_in_ods(content(), screen),
    }
    spoilt = {name: with_wrong_stored_values(data) for name, data in files.items()}
    return {
        name: openpyxl.load_workbook(BytesIO(data), data_only=True)
        for name, data in libreoffice.convert(spoilt, "xlsx").items()
    }


def values(book: openpyxl.Workbook, heading: str) -> list[tuple[object, ...]]:
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    first = next(index for index, row in enumerate(rows) if heading in row)
    return [row for row in rows[first:] if any(cell is not None for cell in row)]


@pytest.mark.parametrize("name", ["register-x", "register-o"])
def test_register_opened_by_libreoffice_shows_every_grant_and_the_sum(
    opened: dict[str, openpyxl.Workbook], name: str
) -> None:
    rows = values(opened[name], "人員代號")
    reason, document = "利用公餘時間參與數位學習", "高市人字第1140012345號"
    start, end = datetime(2025, 3, 15), datetime(2027, 3, 15)
    assert rows[0] == (
        "項次", "人員代號", "姓名", "單位", "假別", "時數", "起算日", "到期日", "事由", "核給文號",
    )  # fmt: skip
    assert rows[1] == (
        1, "00123", "王小明", "民政課", "公假補休", 4, start, end, reason, document,
    )  # fmt: skip
    assert rows[2][5] == 6
    assert rows[3] == (
        3, "A0045", "=林小華", "民政課", "公假補休", 3, start, "無期限", reason, document,
    )  # fmt: skip
    assert rows[4][1] == "合計"
    assert rows[4][5] == 13
    assert "共 2 人、3 筆" in str(opened[name].worksheets[0]["A4"].value)


@pytest.mark.parametrize("name", ["keyin-x", "keyin-o"])
def test_worksheet_has_the_fields_of_the_screen_in_its_order_as_they_are_typed(
    opened: dict[str, openpyxl.Workbook], name: str
) -> None:
    rows = values(opened[name], "員工代號")
    assert rows[0] == (
        "項次", "員工代號", "姓名", "假別", "生效日", "到期日", "時數", "事由", "文號", "已登錄",
    )  # fmt: skip
    assert rows[1] == (
        1, "00123", "王小明", "公假補休", "1140315", "1160315", 4,
        "利用公餘時間參與數位學習", "高市人字第1140012345號", "□",
    )  # fmt: skip
    assert rows[3][5] == "無期限"


@pytest.mark.parametrize(
    ("spelling", "typed"),
    [
        ("roc_slashes", "114/03/15"),
        ("roc_digits", "1140315"),
        ("iso", "2025-03-15"),
        ("iso_digits", "20250315"),
    ],
)
def test_another_screen_asks_in_its_own_order_and_spelling(spelling: str, typed: str) -> None:
    screen = (KeyInField("起始日期", "usable_from", spelling), KeyInField("工號", "employee_id"))
    book = openpyxl.load_workbook(BytesIO(write_key_in_xlsx(content(), screen)))
    rows = values(book, "起始日期")
    assert rows[0] == ("項次", "起始日期", "工號", "已登錄")
    assert rows[1] == (1, typed, "00123", "□")


def test_csv_has_the_register_without_numbering_for_import() -> None:
    data = write_grant_register_csv(content())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == [
        "人員代號", "姓名", "單位", "假別", "時數", "起算日", "到期日", "事由", "核給文號",
    ]  # fmt: skip
    assert rows[1][:5] == ["00123", "王小明", "民政課", "公假補休", "4"]
    assert rows[1][5:7] == ["2025-03-15", "2027-03-15"]
    assert rows[3][6] == "無期限"
    assert data.count(b"\r\n") == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[field]]\ntitle = "甲"\nfield = "salary"\n', "第 1 個欄位"),
        ('[[field]]\ntitle = ""\nfield = "name"\n', "第 1 個欄位"),
        (
            '[[field]]\ntitle = "甲"\nfield = "name"\nspelling = "lunar"\n',
            "「甲」spelling「lunar」",
        ),
        ("[[field]\n", "TOML"),
    ],
)
def test_screen_file_with_a_mistake_is_refused_in_a_sentence(
    tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "personnel").mkdir()
    (tmp_path / "personnel" / "attendance-screen.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ScreenFaultError, match="沒有做出補休登錄工作表") as refused:
        load_attendance_screen(tmp_path)
    assert words in str(refused.value)
