"""Files that cannot be taken: each its reason, one Chinese sentence with its name, nothing stored."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.evidence import EvidenceKind, RefusalReason
from desktop.importers.reading import from_clipboard, read_file

SAMPLES = Path(__file__).parents[2] / "samples" / "evidence"
SHEET = "xl/worksheets/sheet1.xml"


def png(width: int, height: int, *, whole: bool = True) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    tail = chunk(b"IEND", b"") if whole else b""
    pixels = (
        b"" if width * height > 1_000_000 else (b"\x00" + b"\xff" * ((width + 7) // 8)) * height
    )
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(pixels)) + tail


def with_part(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


def with_cell(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[SHEET], parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(old, new)

    return change


def good(build) -> bytes:
    return build.xlsx([build.headings, build.row()])


def formula(build, body: str, *, kind: str = "") -> bytes:
    """A good workbook whose last cell is a formula with ``body`` inside."""
    data = build.xlsx([build.headings, [*build.row()[:-1], 7]])
    return build.repacked(
        data,
        with_cell(b'<c r="L2" t="n"><v>7</v></c>', f'<c r="L2"{kind}>{body}</c>'.encode()),
    )


def encrypted_zip(build) -> bytes:
    data = bytearray(build.archive({"a.csv": b"x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def ods(build, extra: str) -> bytes:
    return build.ods([build.headings, build.row()], extra=extra)


CASES = {
    "nothing.pdf": (RefusalReason.EMPTY, lambda b: b""),
    "blank.csv": (RefusalReason.EMPTY, lambda b: b"\xef\xbb\xbf \r\n\r\n"),
    "noise.xlsx": (RefusalReason.UNREADABLE, lambda b: bytes(range(256)) * 20),
    "cut.pdf": (
        RefusalReason.UNREADABLE,
        lambda b: (SAMPLES / "portal_hours.pdf").read_bytes()[:90_000],
    ),
    "no-pages.pdf": (RefusalReason.UNREADABLE, lambda b: b"%PDF-1.4\nnothing\n%%EOF\n"),
    "cut.xlsx": (RefusalReason.UNREADABLE, lambda b: good(b)[:-200]),
    "damaged.xlsx": (
        RefusalReason.UNREADABLE,
        lambda b: good(b).replace(b"\x50\x4b\x01\x02", b"\x50\x4b\x09\x09"),
    ),
    "cut.html": (RefusalReason.UNREADABLE, lambda b: b.page([b.headings, b.row()])[:-60]),
    "quote.csv": (
        RefusalReason.UNREADABLE,
        lambda b: b.csv([b.headings, b.row()]).rstrip(b'"') + b'\r\n"1,2',
    ),
    "mixed.csv": (
        RefusalReason.UNREADABLE,
        lambda b: b.csv([b.headings, b.row()], encoding="cp950").replace(b"\xbd", b"\xff"),
    ),
    "bomb.xlsx": (
        RefusalReason.HOSTILE,
        lambda b: b.repacked(good(b), with_part(SHEET, b"<row/>" * 9_000_000)),
    ),
    "entity.xlsx": (
        RefusalReason.HOSTILE,
        lambda b: b.repacked(
            good(b), with_part("xl/sharedStrings.xml", b'<!DOCTYPE s [<!ENTITY x "y">]><s>&x;</s>')
        ),
    ),
    "entity-in-utf16.xlsx": (
        RefusalReason.HOSTILE,
        lambda b: b.repacked(
            good(b), with_part(SHEET, '<!DOCTYPE s [<!ENTITY x "y">]><s/>'.encode("utf-16"))
        ),
    ),
    "macro.xlsm": (
        RefusalReason.HOSTILE,
        lambda b: b.repacked(good(b), with_part("xl/vbaProject.bin", b"\x00")),
    ),
    "links.xlsx": (
        RefusalReason.HOSTILE,
        lambda b: b.repacked(good(b), with_part("xl/externalLinks/externalLink1.xml", b"<x/>")),
    ),
    "dde.xlsx": (RefusalReason.HOSTILE, lambda b: formula(b, "<f>cmd|'/c calc'!A1</f><v>1</v>")),
    "other-book.xlsx": (RefusalReason.HOSTILE, lambda b: formula(b, "<f>[1]Sheet1!A1</f><v>1</v>")),
    "fetch.xlsx": (
        RefusalReason.HOSTILE,
        lambda b: formula(b, '<f>WEBSERVICE("http://x.example")</f><v>1</v>'),
    ),
    "no-value.xlsx": (RefusalReason.UNREADABLE, lambda b: formula(b, "<f>1+1</f><v></v>")),
    "no-value-at-all.xlsx": (RefusalReason.UNREADABLE, lambda b: formula(b, "<f>1+1</f>")),
    "error-value.xlsx": (
        RefusalReason.UNREADABLE,
        lambda b: formula(b, "<f>1/0</f><v>#DIV/0!</v>", kind=' t="e"'),
    ),
    "far-cell.xlsx": (
        RefusalReason.TOO_LARGE,
        lambda b: b.repacked(good(b), with_cell(b'r="L2"', b'r="XFD1048576"')),
    ),
    "no-value.ods": (
        RefusalReason.UNREADABLE,
        lambda b: ods(b, '<table:table-cell table:formula="of:=1+1"/>'),
    ),
    "dde.ods": (
        RefusalReason.HOSTILE,
        lambda b: ods(
            b,
            '<table:table-cell table:formula="of:=DDE(&quot;x&quot;;&quot;y&quot;)" '
            'office:value-type="float" office:value="2"/>',
        ),
    ),
    "repeated.ods": (
        RefusalReason.TOO_LARGE,
        lambda b: b.repacked(
            ods(b, ""),
            lambda parts: parts.update(
                {
                    "content.xml": parts["content.xml"]
                    .replace(b"<table:table-row", b'<table:table-row table:number-rows-repeated="900000"')
                    .replace(
                        b"<table:table-cell", b'<table:table-cell table:number-columns-repeated="900"'
                    )
                }
            ),
        ),
    ),
    "locked.ods": (
        RefusalReason.ENCRYPTED,
        lambda b: b.repacked(
            ods(b, ""), with_part("META-INF/manifest.xml", b"<m><encryption-data/></m>")
        ),
    ),
    "wide.csv": (RefusalReason.TOO_LARGE, lambda b: b"," * 9_000),
    "locked.xlsx": (
        RefusalReason.ENCRYPTED,
        lambda b: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40,
    ),
    "locked.zip": (RefusalReason.ENCRYPTED, encrypted_zip),
    "out.zip": (RefusalReason.HOSTILE, lambda b: b.archive({"../../outside.txt": b"x"})),
    "out-windows.zip": (RefusalReason.HOSTILE, lambda b: b.archive({"..\\..\\outside.txt": b"x"})),
    "root.zip": (RefusalReason.HOSTILE, lambda b: b.archive({"/etc/x.csv": b"x"})),
    "drive.zip": (RefusalReason.HOSTILE, lambda b: b.archive({"C:\\x.csv": b"x"})),
    "swollen.zip": (RefusalReason.HOSTILE, lambda b: b.archive({"a.csv": b"0" * 30_000_000})),
    "nothing.zip": (RefusalReason.EMPTY, lambda b: b.archive({"folder/": b""})),
    "huge.png": (RefusalReason.TOO_LARGE, lambda b: png(100_000, 15_000)),
    "cut.png": (RefusalReason.UNREADABLE, lambda b: png(100, 100, whole=False)),
    "blank.png": (RefusalReason.NOT_RECOGNISED, lambda b: png(100, 100)),
    "broken.jpg": (RefusalReason.UNREADABLE, lambda b: b"\xff\xd8\xff\xe0" + b"\x12" * 60),
    "notes.pdf": (RefusalReason.NOT_RECOGNISED, lambda b: "會議紀錄：十時開會。".encode()),
    "lunch.xlsx": (
        RefusalReason.NOT_RECOGNISED,
        lambda b: b.xlsx([["便當訂購表"], ["品項", "單價", "數量"], ["排骨便當", 90, 3]]),
    ),
    "login.html": (
        RefusalReason.NOT_RECOGNISED,
        lambda b: "<html><title>登入</title><body>您尚未登入，請重新登入</body></html>".encode(),
    ),
    "clipped.html": (
        RefusalReason.NO_COLUMNS,
        lambda b: b.page([b.headings[:9], b.row()[:9]]),
    ),
    "headings-only.xlsx": (RefusalReason.EMPTY, lambda b: b.xlsx([b.headings])),
    "two-kinds.xlsx": (RefusalReason.AMBIGUOUS_KIND, lambda b: two_kinds(b)),
    "letter.docx": (
        RefusalReason.NOT_RECOGNISED,
        lambda b: b.archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
    ),
}  # fmt: skip


def two_kinds(build) -> bytes:
    rows = [build.headings, build.row(), [], ["人員代號", "日期", "上班刷卡", "下班刷卡"]]
    return build.xlsx(rows)


@pytest.mark.parametrize("name", sorted(CASES))
def test_bad_file_is_refused_with_its_reason_and_one_sentence(name: str, build) -> None:
    reason, make = CASES[name]
    (extraction,) = read_file(name, make(build))
    assert extraction.rows == ()
    (refusal,) = extraction.refusals
    assert refusal.reason is reason, refusal.message
    assert name in refusal.message
    assert refusal.message.count("。") == 1
    assert refusal.message.endswith("。")
    assert refusal.place.file_name == name


def test_clipped_page_the_sentence_names_the_missing_column(build) -> None:
    (extraction,) = read_file("x.html", build.page([build.headings[:9], build.row()[:9]]))
    assert "認證時數" in extraction.refusals[0].message


def test_login_page_the_sentence_says_what_it_is() -> None:
    (extraction,) = read_file("x.html", CASES["login.html"][1](None))
    assert "登入頁面" in extraction.refusals[0].message


@pytest.mark.parametrize("value", ["<v></v>", "<v/>"])
def test_formula_with_empty_text_as_its_stored_value_is_read(build, value: str) -> None:
    data = formula(build, f'<f>IF(1,"","")</f>{value}', kind=' t="str"')
    (extraction,) = read_file("a.xlsx", data)
    assert (len(extraction.rows), extraction.refusals) == (1, ())


def test_formula_is_read_by_its_stored_value(build) -> None:
    data = build.xlsx([build.headings, build.row(hours=7)])
    cell = b'<c r="J2" t="n"><v>7</v></c>'
    changed = build.repacked(data, with_cell(cell, b'<c r="J2"><f>1+1</f><v>2</v></c>'))
    (extraction,) = read_file("a.xlsx", changed)
    assert str(extraction.rows[0].certified_hours) == "2.0"


def test_hyperlink_formula_with_its_value_is_read(build) -> None:
    data = formula(build, '<f>HYPERLINK("https://x.example","x")</f><v>x</v>', kind=' t="str"')
    (extraction,) = read_file("a.xlsx", data)
    assert (len(extraction.rows), extraction.refusals) == (1, ())


def test_zip_of_evidence_is_taken_like_a_folder(build) -> None:
    data = build.archive(
        {
            "乙/王小明 學習紀錄.csv": build.csv([build.headings, build.row()]),
            "A0012_李大華.xlsx": good(build),
            "bad.xlsx": b"PK\x03\x04nothing",
            "inner.zip": build.archive({"x.csv": b"x"}),
            "~$A0012.xlsx": b"x",
        }
    )
    found = {extraction.file_name: extraction for extraction in read_file("all.zip", data)}
    assert len(found["all.zip/乙/王小明 學習紀錄.csv"].rows) == 1
    assert len(found["all.zip/A0012_李大華.xlsx"].rows) == 1
    assert found["all.zip/bad.xlsx"].refusals[0].reason is RefusalReason.UNREADABLE
    assert found["all.zip/inner.zip"].refusals[0].reason is RefusalReason.NOT_RECOGNISED
    assert found["all.zip/~$A0012.xlsx"].refusals == ()


def test_zip_names_written_by_windows_in_taiwan_are_read(build) -> None:
    out = io.BytesIO()
    info = zipfile.ZipInfo("x")
    with zipfile.ZipFile(out, "w") as package:
        info.filename = "????.csv"
        package.writestr(info, build.csv([build.headings, build.row()]))
    raw = out.getvalue().replace(b"????.csv", "小明".encode("cp950") + b".csv")
    (extraction,) = read_file("all.zip", raw)
    assert extraction.file_name == "all.zip/小明.csv"


def test_expected_kind_differs_from_the_content_the_sentence_names_both(build) -> None:
    (extraction,) = read_file("a.xlsx", good(build), expected=EvidenceKind.ROSTER)
    (refusal,) = extraction.refusals
    assert refusal.reason is RefusalReason.NOT_RECOGNISED
    assert "職員名冊" in refusal.message
    assert "學習紀錄" in refusal.message


def test_two_kinds_in_one_workbook_the_expected_one_is_taken(build) -> None:
    (extraction,) = read_file("a.xlsx", two_kinds(build), expected=EvidenceKind.EPLUS_RECORD)
    assert extraction.kind is EvidenceKind.EPLUS_RECORD


def test_clipboard_takes_the_page_before_the_text(build) -> None:
    markup = "Version:0.9\r\nStartHTML:0\r\n" + build.page([build.headings, build.row()]).decode()
    extraction = from_clipboard(markup, "nonsense")
    assert (extraction.kind, len(extraction.rows)) == (EvidenceKind.EPLUS_RECORD, 1)


def test_clipboard_without_a_table_falls_back_to_tabbed_text(build) -> None:
    text = build.csv([build.headings, build.row()], encoding="utf-8", mark="\t").decode()
    extraction = from_clipboard("<b>x</b>", text)
    assert (extraction.kind, len(extraction.rows)) == (EvidenceKind.EPLUS_RECORD, 1)


def test_clipboard_holds_nothing_of_use_it_is_refused() -> None:
    assert from_clipboard(None, None).refusals[0].reason is RefusalReason.EMPTY
    assert from_clipboard(None, "午安").refusals[0].reason is RefusalReason.NOT_RECOGNISED
