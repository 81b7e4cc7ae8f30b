"""The three artefacts: the MSI's description, the setup program's script, the zip."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from windows import msi, msi_summary, portable, setup_exe
from windows.build import write_sums
from windows.msi_summary import SummaryError
from windows.product import UPGRADE_CODE, BuildError, Product, Version
from windows.signing import Signer, configured_signer
from windows.wine_checks import Artefacts

FILES = ["Gongyu.exe", "app/product.toml", "app/program/x/名冊.xlsx", "app/program/x/a b&c.py"]
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def product(version: str = "1.2.3") -> Product:
    return Product(Version.parse(version), "abcdef123456", 1_700_000_000)


def described(version: str = "1.2.3", content: str = "x") -> ElementTree.Element:
    return ElementTree.fromstring(msi.source_text(product(version), FILES, content=content))


# -------------------------------------------------------------------------------------- the MSI
def test_description_holds_each_file_once_in_a_component_of_its_own() -> None:
    tree = described()
    components = [
        each for each in tree.iter(f"{WIX}Component") if each.find(f"{WIX}File") is not None
    ]
    sources = [each.find(f"{WIX}File").get("Source") for each in components]  # type: ignore[union-attr]
    assert sorted(str(each) for each in sources) == sorted(f"$(var.SRC)/{name}" for name in FILES)
    references = {each.get("Id") for each in tree.iter(f"{WIX}ComponentRef")}
    assert references == {each.get("Id") for each in tree.iter(f"{WIX}Component")}
    assert all(each.get("Win64") == "yes" for each in tree.iter(f"{WIX}Component"))


def test_description_shows_wixl_nothing_but_ascii_names() -> None:
    names = [each.get("Name") or "" for each in described().iter()]
    assert all(name.isascii() for name in names)


def test_product_is_installed_for_the_machine_and_found_by_its_successor() -> None:
    tree = described()
    package = tree.find(f".//{WIX}Package")
    whole = tree.find(f"{WIX}Product")
    assert package is not None
    assert whole is not None
    assert package.get("InstallScope") == "perMachine"
    assert whole.get("UpgradeCode") == UPGRADE_CODE
    assert whole.get("Version") == "1.2.3"
    folders = [each.get("Id") for each in tree.iter(f"{WIX}Directory")]
    assert "ProgramFiles64Folder" in folders


def test_components_stay_and_products_change_from_version_to_version() -> None:
    def ids(tree: ElementTree.Element) -> tuple[list[str | None], str | None]:
        whole = tree.find(f"{WIX}Product")
        assert whole is not None
        return [each.get("Guid") for each in tree.iter(f"{WIX}Component")], whole.get("Id")

    components, former = ids(described("1.2.3"))
    assert ids(described("1.2.3")) == (components, former)
    assert len(set(components)) == len(components)
    later_components, later = ids(described("1.2.4"))
    assert later_components == components
    assert later != former
    assert ids(described("1.2.3", content="y"))[1] != former


def test_chinese_words_and_names_are_put_in_afterwards() -> None:
    queries = msi.words_in_place(FILES)
    assert any("`FileName` = '名冊.xlsx'" in query for query in queries)
    assert any("'ProductName'" in query and "'公餘'" in query for query in queries)
    assert any("ARPCOMMENTS" in query and "解除安裝不會刪除資料" in query for query in queries)
    assert not any("a b&c.py" in query for query in queries)


def test_folder_that_wixl_cannot_name_stops_the_build() -> None:
    with pytest.raises(BuildError, match="資料夾名稱"):
        msi.source_text(product(), ["app/名冊/a.py"], content="x")


def test_equal_and_older_versions_are_replaced_and_newer_ones_refused() -> None:
    rows = [row.split("\t") for row in msi.upgrade_table(product()).splitlines()[3:]]
    older, newer = rows
    assert older == [f"{{{UPGRADE_CODE}}}", "", "1.2.3", "", "513", "", "WIX_UPGRADE_DETECTED"]
    assert newer == [f"{{{UPGRADE_CODE}}}", "1.2.3", "", "", "2", "", "WIX_DOWNGRADE_DETECTED"]


def summary(*, code: str = "{11111111-1111-1111-1111-111111111111}") -> bytes:
    """The summary of an MSI as the packer lays it, between other bytes."""
    values = {
        7: struct.pack("<II", 0x1E, 9) + b"x64;1033\0\0\0\0",
        9: struct.pack("<II", 0x1E, len(code) + 1) + code.encode() + b"\0\0\0",
        12: struct.pack("<IQ", 0x40, 123),
        13: struct.pack("<IQ", 0x40, 456),
    }
    table, body, place = b"", b"", 8 + 8 * len(values)
    for number, value in values.items():
        table += struct.pack("<II", number, place + len(body))
        body += value
    section = struct.pack("<II", 8 + len(table) + len(body), len(values)) + table + body
    identifier = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    header = struct.pack("<HHI", 0xFFFE, 0, 0) + bytes(16) + struct.pack("<I", 1)
    return b"before" + header + identifier + struct.pack("<I", 48) + section + b"after"


def test_package_code_dates_and_language_are_settled_in_their_place() -> None:
    data = bytearray(summary())
    code = "22222222-2222-2222-2222-222222222222"
    msi_summary.settle_bytes(data, package_code=code, epoch=0, language=1028)
    assert len(data) == len(summary())
    assert f"{{{code}}}".encode() in data
    assert b"x64;1028" in data
    # 1970-01-01 in steps of 100 nanoseconds since 1601-01-01 ([MS-DTYP] 2.3.3)
    assert data.count(struct.pack("<Q", 116_444_736_000_000_000)) == 2
    assert data.startswith(b"before")
    assert data.endswith(b"after")


@pytest.mark.parametrize(
    "data",
    [b"", summary() + summary(), summary(code="{short}"), summary().replace(b"\xfe\xff", b"\0\0")],
)
def test_summary_that_is_not_as_expected_is_left_alone(data: bytes) -> None:
    with pytest.raises(SummaryError):
        msi_summary.settle_bytes(bytearray(data), package_code="2" * 36, epoch=0, language=1028)


# -------------------------------------------------------------------------------- setup program
SCRIPT = setup_exe.SCRIPT.read_text(encoding="utf-8")


def test_setup_is_packed_for_64_bit_with_its_version() -> None:
    command = setup_exe.arguments(
        product(), Path("/s"), Path("/t.exe"), size=2048, is_fast=False, signer=None
    )
    assert "-XTarget amd64-unicode" in command
    assert {"-DVERSION=1.2.3", "-DQUAD=1.2.3.0", "-DSIZE_KB=2", "-DSTAGE=/s"} <= set(command)
    assert not any("FAST" in part or "SIGN" in part for part in command)


def test_setup_asks_no_administrator_and_answers_every_question_in_silence() -> None:
    assert "RequestExecutionLevel user" in SCRIPT
    boxes = re.findall(r"^\s*MessageBox .*$", SCRIPT, re.MULTILINE)
    assert boxes
    assert [box for box in boxes if "/SD ID" not in box] == []


def test_setup_never_removes_a_whole_folder_but_its_own() -> None:
    removed = re.findall(r'RMDir /r "(.+)"', SCRIPT)
    assert set(removed) == {r"$INSTDIR\app"}
    assert "LOCALAPPDATA\\Gongyu" not in re.sub(r"LangString .*", "", SCRIPT)


def test_removal_says_that_data_stay() -> None:
    removal = SCRIPT[SCRIPT.index('Section "Uninstall"') :]
    assert '"$(DataStayed)"' in removal
    assert 'MUI_UNCONFIRMPAGE_TEXT_TOP "$(DataStays)"' in SCRIPT
    assert "您的資料不會刪除" in SCRIPT
    assert "您的資料沒有刪除" in SCRIPT


def test_every_file_beside_the_program_folder_is_removed_by_name() -> None:
    for name in (
        *("Gongyu.exe", "gongyu-cmd.exe", "LICENSE.txt", "README.txt", "policy-sample.toml"),
        "uninstall.exe",
    ):
        assert f'Delete "$INSTDIR\\{name}"' in SCRIPT


def test_every_sentence_of_setup_is_there_in_both_languages() -> None:
    names = re.findall(r"LangString (\w+) \$\{LANG_(\w+)\}", SCRIPT)
    chinese = {name for name, language in names if language == "TRADCHINESE"}
    assert chinese == {name for name, language in names if language == "ENGLISH"}


# ---------------------------------------------------------------------------------------- the zip
def test_zip_is_the_same_twice_and_holds_the_marker(tmp_path: Path) -> None:
    stage = tmp_path / "stage"
    (stage / "app").mkdir(parents=True)
    (stage / "app" / "名冊.txt").write_text("甲", encoding="utf-8")
    first = portable.build_zip(product(), stage, tmp_path / "1.zip").read_bytes()
    (stage / "app" / "名冊.txt").touch()
    assert portable.build_zip(product(), stage, tmp_path / "2.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert archive.namelist() == ["Gongyu-1.2.3/app/名冊.txt", "Gongyu-1.2.3/portable.ini"]


def test_sums_are_written_beside_the_artefacts(tmp_path: Path) -> None:
    made = []
    for name in ("a.msi", "a-setup.exe", "a.zip"):
        (tmp_path / name).write_bytes(b"abc")
        made.append(tmp_path / name)
    text = write_sums(Artefacts(*made)).read_text()
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert text == f"{abc}  a.msi\n{abc}  a-setup.exe\n{abc}  a.zip\n"


# ---------------------------------------------------------------------------------------- signing
def test_without_a_certificate_nothing_is_signed() -> None:
    assert configured_signer({}) is None


def test_half_a_certificate_stops_the_build() -> None:
    with pytest.raises(BuildError, match="一起設定"):
        configured_signer({"GONGYU_SIGN_CERTS": "c.pem"})


def test_signing_names_certificate_key_and_time_stamp() -> None:
    signer = configured_signer(
        {
            "GONGYU_SIGN_CERTS": "c.pem",
            "GONGYU_SIGN_KEY": "pkcs11:token",
            "GONGYU_SIGN_TIMESTAMP": "http://stamp",
        }
    )
    assert signer == Signer("c.pem", "pkcs11:token", "http://stamp")
    assert signer.command(Path("a.exe"), Path("b.exe")) == [
        *("osslsigncode", "sign", "-certs", "c.pem", "-key", "pkcs11:token", "-h", "sha256"),
        *("-ts", "http://stamp", "-n", "Gongyu", "-in", "a.exe", "-out", "b.exe"),
    ]
