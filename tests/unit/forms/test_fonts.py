from __future__ import annotations

import struct
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from forms.coverage import FontFileError, read_coverage
from forms.fonts import (
    FontChain,
    FontFile,
    FontMissingError,
    UnprintableReason,
    UnprintableTextError,
    font_files,
)
from forms.tounicode import to_unicode_map

FONTS = Path(__file__).resolve().parents[3] / "resources" / "fonts"
BUNDLED = sorted(FONTS.glob("*.ttf"))


def covered() -> set[int]:
    return {code for path in BUNDLED for code in read_coverage(path)}


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_coverage_of_a_bundled_font_agrees_with_fonttools(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        expected = frozenset(font.getBestCmap())

    assert read_coverage(path) == expected


def test_bundled_fonts_have_every_character_of_windows_big5() -> None:
    has = covered()
    missing = []
    for high in range(0x81, 0xFF):
        for low in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]:
            try:
                character = bytes([high, low]).decode("cp950")
            except UnicodeDecodeError:
                continue
            if ord(character) not in has and not 0xE000 <= ord(character) <= 0xF8FF:
                missing.append(character)

    assert missing == []


def test_bundled_fonts_have_the_signs_and_rare_names_of_the_papers() -> None:
    has = covered()

    assert [c for c in "堃喆峯𡘙犇𠮷𪚥㛢𤧟𫝀⁺★※☑☐□Ⅱ〓○×–—－·／％１Ａ" if ord(c) not in has] == []


def test_bundled_fonts_stay_within_25_megabytes_with_their_licences() -> None:
    assert len(BUNDLED) == 5
    assert sum(path.stat().st_size for path in BUNDLED) < 25_000_000
    assert "Open Government Data License" in (FONTS / "LICENSE-OGDL-TW-1.0.txt").read_text("utf-8")
    assert "Hanazono Font License" in (FONTS / "LICENSE-Hanazono.txt").read_text("utf-8")


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_font_has_a_name_of_its_own_and_names_its_source(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        notice, family = (font["name"].getDebugName(identity) for identity in (0, 1))

    assert family.startswith("Gongyu ")
    assert "TW-Kai" in notice or "HanaMin" in notice


@pytest.mark.parametrize(
    ("content", "index"),
    [
        (b"", 0),
        (b"%PDF-1.7 no font", 0),
        (b"ttcf\0\1\0\0\0\0\0\1", 0),
        (b"\0\1\0\0\0\0" + bytes(6), 0),
    ],
)
def test_file_that_is_no_font_is_refused(tmp_path: Path, content: bytes, index: int) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)

    with pytest.raises(FontFileError):
        read_coverage(path, index=index)


def test_second_font_of_a_collection_is_read_by_its_index(tmp_path: Path) -> None:
    table = struct.pack(">HHHHL", 0, 1, 3, 10, 12)
    table += struct.pack(">HHLLL", 12, 0, 28, 0, 1) + struct.pack(">LLL", 0x20BB7, 0x20BB8, 1)
    start = 20
    directory = struct.pack(">LHHHH", 0x10000, 1, 0, 0, 0)
    directory += struct.pack(">4sLLL", b"cmap", 0, start + 28, len(table))
    path = tmp_path / "two.ttc"
    path.write_bytes(struct.pack(">4sLLLL", b"ttcf", 0x10000, 2, 0, start) + directory + table)

    assert read_coverage(path, index=1) == {0x20BB7, 0x20BB8}


# ------------------------------------------------------------------------------------- the chain


def test_only_the_faces_a_text_needs_are_loaded() -> None:
    chain = FontChain.bundled(FONTS)

    chain.runs("民政課 李堃 114")
    assert chain.loaded == ("GongyuKai",)
    chain.runs("李𠮷")
    assert chain.loaded == ("GongyuKai", "GongyuKaiExtB")


def test_runs_change_face_only_where_the_first_lacks_the_character(chain: FontChain) -> None:
    assert chain.runs("王𡘙𠮷喆㛢") == [
        ("GongyuKai", "王"),
        ("GongyuKaiExtB", "𡘙𠮷"),
        ("GongyuKai", "喆"),
        ("GongyuKaiExtA", "㛢"),
    ]


@pytest.mark.parametrize(
    ("character", "reason"),
    [
        ("\ue000", UnprintableReason.PRIVATE_USE),
        ("\uf8ff", UnprintableReason.PRIVATE_USE),
        ("\U000f0001", UnprintableReason.PRIVATE_USE),
        ("\U0010fffd", UnprintableReason.PRIVATE_USE),
        ("\u0007", UnprintableReason.CONTROL),
        ("\u200b", UnprintableReason.CONTROL),
        ("\ufe0f", UnprintableReason.CONTROL),
        ("\U000e0100", UnprintableReason.CONTROL),
        ("\ud842", UnprintableReason.CONTROL),
        ("😀", UnprintableReason.NO_GLYPH),
        ("\U0002fa1f", UnprintableReason.NO_GLYPH),
    ],
)
def test_character_that_would_not_come_out_is_a_finding(
    chain: FontChain, character: str, reason: UnprintableReason
) -> None:
    (found,) = chain.unprintable(f"王{character}明")

    assert (found.character, found.position, found.reason) == (character, 1, reason)
    assert found.code == f"U+{ord(character):04X}"


def test_printable_text_has_no_findings(chain: FontChain) -> None:
    assert chain.unprintable("高雄市 e 等公務園⁺ 人權搜查客Ⅱ\n𡘙喆峯犇𠮷𪚥") == ()


def test_refusal_names_text_character_and_reason_in_chinese(chain: FontChain) -> None:
    with pytest.raises(UnprintableTextError) as caught:
        chain.checked(["民政課", "王\ue123明"])

    message = str(caught.value)
    for part in ("有 1 個字無法列印", "王〓明", "第 2 字", "U+E123", "造字", "尚未產生文件"):
        assert part in message
    assert caught.value.findings[0][0] == "王\ue123明"


def test_digits_are_half_an_em_and_han_a_whole(chain: FontChain) -> None:
    assert chain.width_of("1") == pytest.approx(0.5, abs=0.01)
    assert chain.width_of("堃") == pytest.approx(1.0)
    assert chain.width_of("𠮷") == pytest.approx(1.0)


def test_kai_of_windows_comes_first_and_bundled_faces_follow(tmp_path: Path) -> None:
    windows = tmp_path / "Fonts"
    windows.mkdir()
    for name in ("kaiu.ttf", "mingliub.ttc"):
        (windows / name).write_bytes(b"")

    files = font_files(
        bundled=FONTS, debian=tmp_path / "none", environment={"WINDIR": str(tmp_path)}
    )

    assert [file.path.name for file in files] == [
        "kaiu.ttf",
        "GongyuKai-Regular.ttf",
        "GongyuKaiExtA-Regular.ttf",
        "GongyuKaiExtB-Regular.ttf",
        "GongyuMing-Regular.ttf",
        "GongyuMingExt-Regular.ttf",
        "mingliub.ttc",
    ]


def test_kai_that_somebody_installed_for_themselves_is_found_and_the_machines_comes_first(
    tmp_path: Path,
) -> None:
    own = tmp_path / "Local" / "Microsoft" / "Windows" / "Fonts" / "kaiu.ttf"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"")
    environment = {"WINDIR": str(tmp_path), "LOCALAPPDATA": str(tmp_path / "Local")}

    def first() -> FontFile:
        return font_files(bundled=FONTS, debian=tmp_path / "none", environment=environment)[0]

    assert first().path == own
    machines = tmp_path / "Fonts" / "kaiu.ttf"
    machines.parent.mkdir()
    machines.write_bytes(b"")
    assert first().path == machines


def test_bundled_kai_comes_before_the_full_face_of_debian(tmp_path: Path) -> None:
    folder = tmp_path / "cns11643"
    folder.mkdir()
    (folder / "TW-Kai-98_1.ttf").write_bytes(b"")

    files = font_files(bundled=FONTS, debian=tmp_path, environment={})

    names = [file.path.name for file in files]
    assert names.index("GongyuKai-Regular.ttf") < names.index("TW-Kai-98_1.ttf")


def test_no_font_at_all_says_what_to_do() -> None:
    with pytest.raises(FontMissingError, match="請重新安裝"):
        FontChain([])


def test_broken_font_is_named(tmp_path: Path) -> None:
    path = tmp_path / "kaiu.ttf"
    path.write_bytes(b"no font")

    with pytest.raises(FontMissingError, match=r"kaiu\.ttf"):
        FontChain([FontFile(name="Broken", path=path)]).face_of("王")


# ------------------------------------------------------------------------------------- ToUnicode


def test_to_unicode_writes_utf16_beyond_the_first_plane() -> None:
    lines = to_unicode_map("Kai", [0, 0x20BB7, 0x5586]).split("\n")

    assert "<01> <D842DFB7>" in lines
    assert "<02> <5586>" in lines
    assert "2 beginbfchar" in lines


def test_to_unicode_keeps_to_a_hundred_entries_a_block() -> None:
    lines = to_unicode_map("Kai", list(range(0x4E00, 0x4E00 + 250))).split("\n")

    assert [line for line in lines if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "50 beginbfchar",
    ]


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_redrawn_glyph_stands_where_its_side_bearing_says(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        metrics, places, outlines = font["hmtx"].metrics, font["loca"], font.reader["glyf"]
        aside = [
            name
            for index, name in enumerate(font.getGlyphOrder())
            if places[index] < places[index + 1]
            and struct.unpack_from(">h", outlines, places[index] + 2)[0] != metrics[name][1]
        ]

    assert aside == []
