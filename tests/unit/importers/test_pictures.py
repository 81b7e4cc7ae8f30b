"""Pictures of tables against what they truly say: no time, date or hour may be wrong in silence."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from desktop.domain.evidence import EvidenceKind, Extraction, LearningRow, RefusalReason
from desktop.domain.text import matching_key
from desktop.importers.reading import read_file
from desktop.importers.showing import page_count, show_page, show_tables

SAMPLES = Path(__file__).parents[2] / "samples" / "pictures"
CLEAR = [
    "screen.png",
    "dark.png",
    "zebra.png",
    "heading_band.png",
    "upside_down.jpg",
    "photo.jpg",
    "two_pages.tif",
]


@cache
def read(name: str) -> Extraction:
    (extraction,) = read_file("IMG_0001.bin", (SAMPLES / name).read_bytes())
    return extraction


def truth(name: str) -> list[dict[str, str | None]]:
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def pairs(name: str) -> list[tuple[LearningRow, dict[str, str | None]]]:
    return list(zip(read(name).rows, truth(name), strict=True))


def values(row: LearningRow) -> dict[str, object]:
    return {
        "start": row.start and row.start.isoformat(),
        "end": row.end and row.end.isoformat(),
        "reading_time": row.reading_time,
        "pass_status": row.pass_status,
        "certified_hours": row.certified_hours,
    }


def wanted(row: dict[str, str | None]) -> dict[str, object]:
    hours, minutes, seconds = str(row["reading"]).split(":")
    return {
        "start": row["start"],
        "end": row["end"],
        "reading_time": timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds)),
        "pass_status": row["state"],
        "certified_hours": Decimal(str(row["hours"])),
    }


@pytest.mark.parametrize("name", CLEAR)
def test_clear_picture_every_time_hour_and_code_is_read_without_doubt(name: str) -> None:
    assert read(name).kind is EvidenceKind.EPLUS_RECORD
    assert read(name).refusals == ()
    for row, want in pairs(name):
        assert values(row) == wanted(want)
        assert row.course_code == want["code"]
        assert row.doubtful_fields == ()
        assert row.person_name == want["person"]


@pytest.mark.parametrize("name", [*CLEAR, "blot.png"])
def test_any_picture_a_value_that_is_wrong_is_doubtful(name: str) -> None:
    for row, want in pairs(name):
        right = wanted(want)
        wrong = {field for field, value in values(row).items() if value != right[field]}
        assert wrong <= set(row.doubtful_fields)


@pytest.mark.parametrize("name", ["screen.png", "two_pages.tif"])
def test_clear_picture_names_of_courses_are_read(name: str) -> None:
    for row, want in pairs(name):
        assert matching_key(row.course_name) == matching_key(str(want["course"]))


@pytest.mark.parametrize("name", ["portal.pdf", "heading_band.jpg", "footer.png"])
def test_portal_picture_the_day_of_registration_and_the_hours_are_read(name: str) -> None:
    extraction = read(name)
    assert extraction.kind is EvidenceKind.PORTAL_HOURS
    for row, want in pairs(name):
        assert row.completed_on is not None
        assert row.completed_on.isoformat() == want["completed"]
        assert str(row.certified_hours) == want["hours"]
        assert row.doubtful_fields == ()
        assert row.start is None
        assert row.end is None


def test_footer_under_a_table_without_rules_is_no_part_of_the_last_name() -> None:
    assert [matching_key(row.course_name) for row in read("footer.png").rows] == [
        matching_key(str(want["course"])) for want in truth("footer.png")
    ]


def test_blotted_cell_the_row_stands_with_doubt_and_without_a_guess() -> None:
    spoiled = read("blot.png").rows[1]
    assert (spoiled.start, spoiled.end) == (None, None)
    assert {"start", "end"} <= set(spoiled.doubtful_fields)
    assert spoiled.certified_hours == Decimal("1.0")
    assert [
        row.doubtful_fields for index, row in enumerate(read("blot.png").rows) if index != 1
    ] == [
        (),
        (),
        (),
    ]


def test_cell_of_a_picture_its_rectangle_lies_in_its_row_and_its_column() -> None:
    for row in read("screen.png").rows:
        ((page, whole),) = row.place.boxes
        fields = {place.field: place for place in row.place.fields}
        assert page == 1
        for place in fields.values():
            assert whole.top - 0.005 <= place.box.top < place.box.bottom <= whole.bottom + 0.005
            assert place.page == 1
        assert fields["course_name"].box.right <= fields["start"].box.left + 0.005
        assert fields["start"].box == fields["end"].box
        assert fields["end"].box.right <= fields["certified_hours"].box.left


def test_upside_down_picture_rectangles_are_those_of_the_original() -> None:
    rows = read("upside_down.jpg").rows
    tops = [row.place.boxes[0][1].top for row in rows]
    assert tops == sorted(tops, reverse=True)
    places = {place.field: place.box for place in rows[0].place.fields}
    assert places["certified_hours"].right <= places["start"].left


def test_pages_of_a_tiff_are_counted_and_placed() -> None:
    assert [row.place.reference.split("#")[1] for row in read("two_pages.tif").rows] == [
        "p1r1", "p1r2", "p1r3", "p1r4", "p2r1", "p2r2", "p2r3", "p2r4",
    ]  # fmt: skip


def test_blot_uncertainty_is_kept_with_its_place() -> None:
    (place,) = [p for p in read("blot.png").rows[1].place.fields if p.field == "start"]
    assert place.certainty == 0.0


def png(image: Image.Image, form: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


def test_picture_without_a_table_is_refused_with_one_sentence() -> None:
    image = Image.new("RGB", (900, 600), "white")
    ImageDraw.Draw(image).ellipse((200, 100, 600, 500), fill="navy")
    for data in (png(image), png(image, "BMP"), png(image, "PDF")):
        (extraction,) = read_file("狗.png", data)
        (refusal,) = extraction.refusals
        assert refusal.reason is RefusalReason.NOT_RECOGNISED
        assert "找不到看得清楚的表格" in refusal.message
        assert extraction.rows == ()


def test_half_a_picture_is_refused_as_damaged() -> None:
    data = (SAMPLES / "screen.png").read_bytes()
    spoiled = data[: len(data) // 2] + b"\x00" * 200 + data[-20:]
    (extraction,) = read_file("a.png", spoiled)
    (refusal,) = extraction.refusals
    assert refusal.reason is RefusalReason.UNREADABLE


def test_tiff_cut_off_is_refused_as_damaged() -> None:
    data = (SAMPLES / "two_pages.tif").read_bytes()
    (extraction,) = read_file("a.tif", data[:4_000])
    (refusal,) = extraction.refusals
    assert refusal.reason is RefusalReason.UNREADABLE


def pasted(text: str, picture: Path) -> bytes:
    """A PDF page with a typed line and a picture below it, and a page of text after it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 595))
    canvas.setFont("MSung-Light", 14)
    canvas.drawString(40, 560, text)
    canvas.drawImage(ImageReader(str(picture)), 20, 200, width=800, preserveAspectRatio=True)
    canvas.showPage()
    canvas.setFont("MSung-Light", 14)
    canvas.drawString(40, 500, "以上紀錄由本人提供。")
    canvas.save()
    return buffer.getvalue()


def test_picture_pasted_among_text_is_read() -> None:
    (extraction,) = read_file("a.pdf", pasted("附上學習紀錄：", SAMPLES / "screen.png"))
    assert extraction.kind is EvidenceKind.EPLUS_RECORD
    assert [row.start and row.start.isoformat() for row in extraction.rows] == [
        want["start"] for want in truth("screen.png")
    ]
    assert {row.person_name for row in extraction.rows} == {"王小明"}
    assert {row.place.page for row in extraction.rows} == {1}


def test_bitmap_is_read_like_any_picture() -> None:
    buffer = io.BytesIO()
    Image.open(SAMPLES / "screen.png").convert("RGB").save(buffer, format="BMP")
    (extraction,) = read_file("a.bmp", buffer.getvalue())
    assert [values(row) for row in extraction.rows] == [
        wanted(want) for want in truth("screen.png")
    ]
    assert all(row.doubtful_fields == () for row in extraction.rows)


def typed_and_scanned(picture: Path) -> bytes:
    """A page of text with a drawn table of one row, and a scanned page after it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(1100, 595))
    canvas.setFont("MSung-Light", 12)
    canvas.drawString(40, 560, "姓名：王小明")
    table = Table(
        [
            ["No.", "課程名稱", "上課期間", "閱讀時數", "通過狀態", "認證時數"],
            [
                "1",
                "雙軸轉型淨零港都 (PCENTER114100556)",
                "2025-01-11 08:00:00~ 2025-01-11 09:10:05",
                "01:02:11",
                "已通過",
                "1.0",
            ],
        ],
        colWidths=[40, 320, 330, 100, 100, 100],
    )
    table.setStyle(
        TableStyle(
            [("GRID", (0, 0), (-1, -1), 1, "black"), ("FONT", (0, 0), (-1, -1), "MSung-Light")]
        )
    )
    table.wrapOn(canvas, 1000, 500)
    table.drawOn(canvas, 40, 480)
    canvas.showPage()
    canvas.drawImage(ImageReader(str(picture)), 20, 100, width=1060, preserveAspectRatio=True)
    canvas.save()
    return buffer.getvalue()


def test_pages_of_text_and_scanned_pages_of_one_file_are_both_read() -> None:
    (extraction,) = read_file("a.pdf", typed_and_scanned(SAMPLES / "screen.png"))
    first, *rest = extraction.rows
    assert (first.place.page, first.place.fields, first.doubtful_fields) == (1, (), ())
    assert first.start is not None
    assert first.start.isoformat() == "2025-01-11T08:00:00"
    assert {row.place.page for row in rest} == {2}
    assert [values(row) for row in rest] == [wanted(want) for want in truth("screen.png")]
    assert all(row.place.fields for row in rest)


def with_hidden_text(picture: Path) -> bytes:
    """A scan as a scanner with its own reading writes it: text that nobody sees on the picture."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 260))
    canvas.drawImage(ImageReader(str(picture)), 0, 0, width=842, height=260)
    text = canvas.beginText(40, 200)
    text.setTextRenderMode(3)
    text.textLine("2025-09-09 09:09:09~ 2025-09-09 19:19:19 9.9")
    canvas.drawText(text)
    canvas.save()
    return buffer.getvalue()


def test_text_that_a_scanner_hid_behind_its_picture_is_not_evidence() -> None:
    (extraction,) = read_file("a.pdf", with_hidden_text(SAMPLES / "screen.png"))
    assert [row.start and row.start.isoformat() for row in extraction.rows] == [
        want["start"] for want in truth("screen.png")
    ]
    assert all("09:09:09" not in "".join(row.raw.values()) for row in extraction.rows)


def test_picture_is_shown_as_a_page() -> None:
    data = (SAMPLES / "two_pages.tif").read_bytes()
    assert page_count(data) == 2
    shown = show_page(data, 2, width_px=500)
    assert shown is not None
    assert shown[1] == 500
    assert Image.open(io.BytesIO(shown[0])).size == shown[1:]
    assert show_page(data, 3, width_px=500) is None
    assert show_tables("a.tif", data) == ()


def test_portal_sample_is_a_scan_without_text() -> None:
    document = pypdfium2.PdfDocument(SAMPLES / "portal.pdf")
    assert document[0].get_textpage().count_chars() == 0
    document.close()
