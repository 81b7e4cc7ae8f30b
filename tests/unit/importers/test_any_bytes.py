"""Whatever the bytes, reading gives rows or reasons and never an exception."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.evidence import Extraction
from desktop.importers.reading import from_clipboard, read_file

SAMPLES = Path(__file__).parents[2] / "samples" / "evidence"
quiet = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)


def check(found: tuple[Extraction, ...]) -> None:
    assert found
    for extraction in found:
        assert extraction.rows or extraction.refusals or extraction.remarks
        assert extraction.rows_in >= len(extraction.rows)
        for refusal in extraction.refusals:
            assert refusal.message.endswith("。")


@quiet
@given(
    st.sampled_from(["a.pdf", "a.xlsx", "a.html", "a.csv", "a.zip", "a.png", "a.mhtml"]),
    st.sampled_from(
        [
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"BM",
            b"II*\x00",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"<html><table>",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",
        ]
    ),
    st.binary(max_size=2_000),
    st.sampled_from([b"", b"\n%%EOF\n"]),
)
def test_random_bytes_behind_any_mark(name: str, mark: bytes, data: bytes, end: bytes) -> None:
    check(read_file(name, mark + data + end))


@cache  # a workbook holds the time of its making: one for all examples
def good_files(build) -> dict[str, bytes]:
    rows = [["姓名：王小明"], build.headings, build.row(), build.row("失智友善好厝邊", number="2")]
    return {
        "a.xlsx": build.xlsx(rows),
        "a.csv": build.csv(rows, encoding="cp950"),
        "a.html": build.page(rows),
        "a.zip": build.archive({"b.csv": build.csv(rows)}),
        "a.pdf": (SAMPLES / "portal_hours.pdf").read_bytes(),
    }


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.html", "a.zip", "a.pdf"])
@settings(quiet, max_examples=25)
@given(data=st.data())
def test_good_file_cut_off_or_with_flipped_bits(name: str, data: st.DataObject, build) -> None:
    content = bytearray(good_files(build)[name])
    places = data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12))
    for place in places:
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    end = data.draw(st.one_of(st.none(), st.integers(0, len(content))))
    check(read_file(name, bytes(content[:end])))


@quiet
@given(st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_any_clipboard(html: str | None, text: str | None) -> None:
    check((from_clipboard(html, text),))


@quiet
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "姓名",
                    "課程名稱",
                    "上課期間",
                    "時數",
                    "日期",
                    "類別",
                    "起",
                    "迄",
                    "A1",
                    "x",
                    "合計",
                ]
            )
        )
    )
)
def test_any_table_of_known_words(rows: list[list[str]]) -> None:
    check(read_file("a.csv", "\n".join(",".join(row) for row in rows).encode()))
