"""LibreOffice opens what we write, calculates what we stored, and prints ROC dates."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import pytest
from openpyxl.workbook import Workbook


def loaded(data: bytes, *, data_only: bool) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=data_only)


@pytest.mark.parametrize(
    ("original", "converted"),
    [
        ("summary-from-xlsx.xlsx", "summary-from-xlsx"),
        ("summary-from-xlsx.xlsx", "summary-from-ods"),
        ("list-from-xlsx.xlsx", "list-from-xlsx"),
        ("list-from-xlsx.xlsx", "list-from-ods"),
    ],
)
def test_calculated_formulas_agree_with_the_values_we_stored(
    sample_files: dict[str, bytes], recalculated: dict[str, bytes], original: str, converted: str
) -> None:
    formulas = loaded(sample_files[original], data_only=False)
    stored = loaded(sample_files[original], data_only=True)
    calculated = loaded(recalculated[converted], data_only=True)
    checked = 0

    assert calculated.sheetnames == formulas.sheetnames
    for worksheet in formulas:
        for cell in (cell for row in worksheet.iter_rows() for cell in row):
            if cell.data_type != "f":
                continue
            expected = stored[worksheet.title][cell.coordinate].value
            found = calculated[worksheet.title][cell.coordinate].value
            if isinstance(expected, str):
                assert found == expected
            else:
                assert found == pytest.approx(expected, abs=1e-9)
            checked += 1
    assert checked == (26 if original.startswith("summary") else 6)


@pytest.mark.parametrize("name", ["summary-from-xlsx", "summary-from-ods"])
def test_libreoffice_keeps_texts_that_look_like_numbers(
    recalculated: dict[str, bytes], name: str
) -> None:
    worksheet = loaded(recalculated[name], data_only=True)["明細"]

    assert worksheet["A5"].value == "00123"
    assert worksheet["A5"].data_type == "s"


def pages_text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("name", ["summary-from-xlsx", "summary-from-ods"])
def test_printed_pages_show_roc_dates_and_no_overflowing_column(
    printed: dict[str, bytes], name: str
) -> None:
    text = "\n".join(pages_text(printed[name]))

    assert "114/03/12 11:52:18" in text
    assert "114/06/30" in text
    assert "2025" not in text
    assert "###" not in text
    assert "44.4%" in text
    assert "第 1 頁／共" in text


@pytest.mark.parametrize("name", ["list-from-xlsx", "list-from-ods"])
def test_printed_list_fits_one_landscape_a4_page(printed: dict[str, bytes], name: str) -> None:
    document = pypdfium2.PdfDocument(printed[name])
    try:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((842, 595), abs=1)
    finally:
        document.close()
    assert "4 人" in pages_text(printed[name])[0]


def test_charts_of_the_ods_are_native_and_read_by_libreoffice_with_the_values_of_the_xlsx(
    recalculated: dict[str, bytes],
) -> None:
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    found = []
    with zipfile.ZipFile(BytesIO(recalculated["summary-from-ods"])) as package:
        names = sorted(n for n in package.namelist() if n.startswith("xl/charts/chart"))
        for name in names:
            chart = ElementTree.fromstring(package.read(name))
            words, values = (
                [point.text for point in series.iter(f"{space}v")]
                for series in (chart.find(f".//{space}cat"), chart.find(f".//{space}val"))
                if series is not None
            )
            title = "".join(text.text or "" for text in chart.iter() if text.tag.endswith("}t"))
            found.append((title, words, [round(float(value), 4) for value in values]))
    assert found == [
        ("各單位完成率", ["秘書室", "民政課", "清潔隊"], [0.3333, 0.5, 0]),
        (
            "從名冊到全部完成（人數）",
            ["人數", "適用對象", "有學習紀錄", "完成一套以上", "全部完成"],
            [13, 9, 8, 6, 4],
        ),
    ]
