"""The ODS package: parts, filters, frozen headings, page, ROC dates, colours."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest

from desktop.exports import SummaryContent, write_summary_ods
from tests.unit.exports.sample_content import summary_content, units

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


@pytest.fixture(scope="module")
def package() -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(write_summary_ods(summary_content())))


def part(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(package.read(name))


def test_mimetype_comes_first_and_uncompressed(package: zipfile.ZipFile) -> None:
    first = package.infolist()[0]

    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert package.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"


def test_manifest_lists_every_part_and_every_part_is_sound_xml(package: zipfile.ZipFile) -> None:
    listed = {
        entry.attrib[f"{MANIFEST}full-path"] for entry in part(package, "META-INF/manifest.xml")
    }
    parts = set(package.namelist()) - {"mimetype", "META-INF/manifest.xml"}

    assert listed == parts | {"/", "Object 1/", "Object 2/"}
    for name in parts:
        assert part(package, name).attrib[f"{OFFICE}version"] == "1.3"


def test_each_table_has_a_filter_range(package: zipfile.ZipFile) -> None:
    ranges = {
        element.attrib[f"{TABLE}name"]: element.attrib
        for element in part(package, "content.xml").iter(f"{TABLE}database-range")
    }

    assert len(ranges) == 10
    assert ranges["Units"][f"{TABLE}target-range-address"] == "'總表'.A4:'總表'.M7"
    assert {found[f"{TABLE}display-filter-buttons"] for found in ranges.values()} == {"true"}


def test_every_sheet_but_the_explanation_repeats_its_headings(package: zipfile.ZipFile) -> None:
    repeating = [
        sheet.attrib[f"{TABLE}name"]
        for sheet in part(package, "content.xml").iter(f"{TABLE}table")
        if sheet.find(f"{TABLE}table-header-rows") is not None
    ]

    assert repeating == ["總表", "明細", "課程明細", "未完成", "待確認", "敘獎", "拒收"]


def test_every_sheet_has_a_print_range(package: zipfile.ZipFile) -> None:
    ranges = {
        sheet.attrib[f"{TABLE}name"]: sheet.attrib[f"{TABLE}print-ranges"]
        for sheet in part(package, "content.xml").iter(f"{TABLE}table")
    }

    assert len(ranges) == 8
    assert ranges["課程明細"] == "'課程明細'.A1:'課程明細'.O8"


def test_headings_are_frozen_by_the_view_settings(package: zipfile.ZipFile) -> None:
    views = {}
    for entry in part(package, "settings.xml").iter(f"{CONFIG}config-item-map-entry"):
        name = entry.attrib.get(f"{CONFIG}name")
        if name:
            views[name] = {
                item.attrib[f"{CONFIG}name"]: item.text
                for item in entry.iter(f"{CONFIG}config-item")
            }

    assert views["明細"]["VerticalSplitMode"] == "2"
    assert views["明細"]["VerticalSplitPosition"] == "4"
    assert views["明細"]["HorizontalSplitPosition"] == "2"
    assert "VerticalSplitMode" not in views["說明"]


def test_page_is_a4_landscape_and_one_page_wide(package: zipfile.ZipFile) -> None:
    page = next(part(package, "styles.xml").iter(f"{STYLE}page-layout-properties"))

    assert page.attrib[f"{STYLE}print-orientation"] == "landscape"
    assert page.attrib[f"{STYLE}scale-to-X"] == "1"
    assert (
        page.attrib["{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}page-width"]
        == "29.7cm"
    )


def test_dates_are_real_with_the_roc_calendar_in_their_format(package: zipfile.ZipFile) -> None:
    content = part(package, "content.xml")
    values = [
        cell.attrib[f"{OFFICE}date-value"]
        for cell in content.iter(f"{TABLE}table-cell")
        if f"{OFFICE}date-value" in cell.attrib
    ]
    calendars = {year.attrib[f"{NUMBER}calendar"] for year in content.iter(f"{NUMBER}year")}

    assert "2025-03-12T11:52:18" in values
    assert "2025-06-30" in values
    assert calendars == {"ROC"}


def test_cells_use_no_style_that_is_missing(package: zipfile.ZipFile) -> None:
    styles, content = part(package, "styles.xml"), part(package, "content.xml")
    known = {
        element.attrib[f"{STYLE}name"]
        for root in (styles, content)
        for element in root.iter()
        if f"{STYLE}name" in element.attrib
    }
    used = {
        value
        for element in content.iter()
        for key, value in element.attrib.items()
        if key in {f"{TABLE}style-name", f"{STYLE}apply-style-name", f"{STYLE}data-style-name"}
    }

    assert used <= known


def test_same_content_gives_the_same_bytes() -> None:
    assert write_summary_ods(summary_content()) == write_summary_ods(summary_content())


def test_long_unit_lists_put_the_charts_on_a_page_of_their_own() -> None:
    def breaks(content: SummaryContent) -> int:
        with zipfile.ZipFile(BytesIO(write_summary_ods(content))) as whole:
            return whole.read("content.xml").decode().count('fo:break-before="page"')

    assert breaks(summary_content()) == 0
    assert breaks(replace(summary_content(), units=units() * 10)) == 1
