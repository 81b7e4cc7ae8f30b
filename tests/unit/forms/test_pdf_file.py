"""The file itself: data, colours, tags and fonts as archives ask, pages written as they come."""

from __future__ import annotations

import io
import itertools
import re
import zlib
from dataclasses import replace

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import ImageCms

from forms.application114 import Application114Form
from forms.check_sheet import CheckSheetForm
from forms.correction_notice import CorrectionNoticeForm
from forms.document import Cancelled
from forms.fonts import UnprintableTextError
from forms.form import render_to, render_together
from forms.leave_card import LeaveCardForm
from forms.srgb import profile
from tests.unit.forms.leave_makers import make_card

RARE = "李𡘙𠮷𪚥㛢𫝀𭈻"


def objects(pdf: bytes) -> dict[int, bytes]:
    """The objects of a file by number."""
    found = re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj(?=\n)", pdf, re.DOTALL)
    return {int(m[1]): m[2] for m in found}


def stream(content: bytes) -> bytes:
    head, _, rest = content.partition(b"stream\n")
    length = int(re.search(rb"/Length (\d+)", head)[1])  # type: ignore[index]
    data = rest[:length]
    assert rest[length:] == b"\nendstream"
    return zlib.decompress(data) if b"/FlateDecode" in head else data


def referred(pdf: bytes, content: bytes, key: bytes) -> bytes:
    number = int(re.search(rb"/" + key + rb" (\d+) 0 R", content)[1])  # type: ignore[index]
    return objects(pdf)[number]


def catalog(pdf: bytes) -> bytes:
    return next(content for content in objects(pdf).values() if b"/Type /Catalog" in content)


@pytest.fixture(scope="module")
def pdf(chain) -> bytes:
    form = LeaveCardForm(chain)
    return form.render([make_card(name=RARE), make_card(count=40)])


def test_data_says_the_same_in_both_places(pdf) -> None:
    xmp = stream(referred(pdf, catalog(pdf), b"Metadata")).decode()
    info = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    for words in (
        f'<rdf:li xml:lang="x-default">{info["Title"]}</rdf:li>',
        f"<rdf:li>{info['Author']}</rdf:li>",
        f"<xmp:CreatorTool>{info['Creator']}</xmp:CreatorTool>",
        f"<pdf:Producer>{info['Producer']}</pdf:Producer>",
        f"<pdf:Keywords>{info['Keywords']}</pdf:Keywords>",
        f'<rdf:li xml:lang="x-default">{info["Subject"]}</rdf:li>',
        "<xmp:CreateDate>2027-05-04T09:18:00+08:00</xmp:CreateDate>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
    ):
        assert words in xmp
    assert info["CreationDate"] == "D:20270504091800+08'00'"
    assert info["Title"] == "補休紀錄卡"


def test_words_with_signs_of_xml_are_written_as_they_are(chain) -> None:
    content = make_card(agency="甲＆乙 <A&B>")
    made = LeaveCardForm(chain).render([content])
    xmp = stream(referred(made, catalog(made), b"Metadata")).decode()
    assert "<rdf:li>甲＆乙 &lt;A&amp;B&gt;</rdf:li>" in xmp


def test_colours_are_named_and_nothing_is_transparent(pdf) -> None:
    assert b"/S /GTS_PDFA1" in pdf
    intent = next(c for c in objects(pdf).values() if b"/Type /OutputIntent" in c)
    assert stream(referred(pdf, intent, b"DestOutputProfile")) == profile()
    assert b"/ExtGState" not in pdf
    assert b"/SMask" not in pdf


def test_profile_is_one_that_others_read() -> None:
    read = ImageCms.ImageCmsProfile(io.BytesIO(profile()))
    assert read.profile.xcolor_space == "RGB "
    assert ImageCms.getProfileDescription(read).strip() == "sRGB IEC61966-2.1"
    turned = ImageCms.buildTransform(read, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    assert turned is not None


def test_every_font_is_embedded_symbolic_and_agrees_on_its_widths(pdf) -> None:
    fonts = [c for c in objects(pdf).values() if b"/Type /Font\n" in c or b"/Type /Font " in c]
    fonts = [c for c in fonts if b"/Subtype /TrueType" in c]
    assert len(fonts) >= 4  # Kai, its extensions A and B, and Ming
    for font in fonts:
        assert b"/Encoding" not in font
        assert re.search(rb"/BaseFont /[A-Z]{6}\+", font)
        descriptor = referred(pdf, font, b"FontDescriptor")
        flags = int(re.search(rb"/Flags (\d+)", descriptor)[1])  # type: ignore[index]
        assert flags & 4
        assert not flags & 32
        program = TTFont(io.BytesIO(stream(referred(pdf, descriptor, b"FontFile2"))))
        (table,) = program["cmap"].tables
        em = program["head"].unitsPerEm
        listed = re.search(rb"/Widths \[(.*?)\]", font, re.DOTALL)[1]  # type: ignore[index]
        for code, width in enumerate(float(word) for word in listed.split()):
            name = table.cmap.get(code)
            if name is not None and name != ".notdef":
                advance = program["hmtx"][name][0] * 1000 / em
                assert width == pytest.approx(advance, abs=1), (font, code)


def test_titles_are_tagged_and_the_rest_can_be_read_aloud(pdf) -> None:
    root = catalog(pdf)
    assert b"/Marked true" in referred(pdf, root, b"MarkInfo")
    assert b"/DisplayDocTitle true" in referred(pdf, root, b"ViewerPreferences")
    elements = [c for c in objects(pdf).values() if b"/Type /StructElem" in c]
    pages = len(pypdfium2.PdfDocument(pdf))
    assert sum(b"/S /Part" in c for c in elements) == 2
    assert sum(b"/S /H1" in c for c in elements) == 2 * pages  # agency and title
    tree = referred(pdf, referred(pdf, root, b"StructTreeRoot"), b"ParentTree")
    assert len(re.findall(rb"(\d+) \[", tree)) == pages
    for content in objects(pdf).values():
        if b"/Type /Page\n" in content or b"/Type /Page " in content or content.endswith(b"/Page"):
            drawn = stream(referred(pdf, content, b"Contents"))
            marks = re.findall(rb"/(\w+) << /MCID (\d+) >> BDC", drawn)
            assert [int(number) for _, number in marks] == list(range(len(marks)))
            assert drawn.count(b"EMC") == drawn.count(b"BDC") + drawn.count(b"BMC")
            assert drawn.count(b"/Artifact BMC") == 1


def test_outline_names_unit_and_person(chain, pages) -> None:
    cards = [make_card(name="甲一"), make_card(name="甲二"), make_card(unit="社會課", name="乙一")]
    document = pypdfium2.PdfDocument(LeaveCardForm(chain).render(cards))
    found = [(item.level, item.get_title()) for item in document.get_toc()]
    assert found == [(0, "民政課"), (1, "甲一"), (1, "甲二"), (0, "社會課"), (1, "乙一")]


def test_places_of_all_objects_are_where_the_table_says(pdf) -> None:
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", pdf)[1])  # type: ignore[index]
    entries = pdf[start:].split(b"trailer")[0].split(b"\n")[3:-1]
    for number, entry in enumerate(entries, start=1):
        offset = int(entry.split()[0])
        assert pdf[offset:].startswith(b"%d 0 obj\n" % number)


@pytest.mark.parametrize("form", [Application114Form, CheckSheetForm, CorrectionNoticeForm])
def test_same_content_gives_the_same_bytes_to_file_and_to_memory(chain, form, tmp_path) -> None:
    made = form(chain)
    item = (made, made.sample())
    path = tmp_path / "out.pdf"
    with path.open("wb") as file:
        assert render_to(file, chain, 2, lambda _: item) == (1, 1)
    assert path.read_bytes() == render_together(chain, [item, item]).pdf


class Watched(io.RawIOBase):
    """A file that can only be added to and says how much it has got."""

    def __init__(self) -> None:
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.size += len(data)
        return len(data)


def test_pages_are_on_the_disk_before_the_next_document_is_asked_for(chain) -> None:
    form = LeaveCardForm(chain)
    file = Watched()
    sizes: list[int] = []

    def item(index: int):
        sizes.append(file.size)
        return form, make_card(name=f"第{index}人")

    render_to(file, chain, 5, item)  # type: ignore[arg-type]
    growth = [after - before for before, after in itertools.pairwise(sizes)]
    assert all(step > 2000 for step in growth[1:])


def test_stop_and_refusal_come_at_the_document_they_are_about(chain) -> None:
    form = LeaveCardForm(chain)
    with pytest.raises(Cancelled):
        render_to(
            io.BytesIO(), chain, 3, lambda _: (form, form.sample()), progress=lambda *_: False
        )
    odd = replace(form.sample(), name="王\ue000")
    with pytest.raises(UnprintableTextError):
        render_to(io.BytesIO(), chain, 1, lambda _: (form, odd))
    assert render_to(io.BytesIO(), chain, 1, lambda _: (form, odd), replace_unprintable=True) == (
        1,
    )
