"""What is left out of the packages, and what the assembled product must not be."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from windows import assemble, manifest, windows_lock
from windows.pe import AMD64, PortableExecutable, read_pe
from windows.product import HERE, BuildError, Product, Version, stable_id
from windows.trim import UNUSED_PACKAGES, is_kept, needed_libraries, qt_modules

QT = frozenset({"QtCore", "QtGui", "QtWidgets", "QtPdf"})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("PySide6/QtCore.pyd", True),
        ("PySide6/QtQml.pyd", False),
        ("PySide6/QtCore.pyi", False),
        ("PySide6/Qt6Quick.dll", True),  # decided by who loads it
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/designer.exe", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/platforms/qoffscreen.dll", True),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("PySide6/plugins/tls/qschannelbackend.dll", False),
        ("PySide6/plugins/networkinformation/qnetworklistmanager.dll", False),
        ("PySide6/translations/qtbase_zh_TW.qm", True),
        ("PySide6/translations/qtbase_fr.qm", False),
        ("PySide6/qml/QtQuick/plugin.dll", False),
        ("PySide6/support/deprecated.py", True),
        ("PySide6/typesystems/core.xml", False),
        ("sqlalchemy/orm/session.py", True),
        ("sqlalchemy/testing/suite/x.py", True),
        ("sqlalchemy/testing/config.py", False),
        ("numpy/testing/__init__.py", True),
        ("numpy/linalg/tests/test_x.py", False),
        ("lxml/includes/libxml/tree.h", False),
        ("lxml/etree.cp311-win_amd64.pyd", True),
        ("lxml/etree.pyx", False),
        ("cv2/opencv_videoio_ffmpeg500_64.dll", False),
        ("cv2/cv2.pyd", True),
        ("onnxruntime/capi/onnxruntime.dll", False),
        ("onnxruntime/capi/onnxruntime_pybind11_state.pyd", True),
        ("rapidocr/models/PP-OCRv6_rec_small.onnx", True),
        ("rapidocr/models/ch_ppocr_mobile_v2.0_cls_mobile.onnx", False),
        ("rapidocr/main.py", False),
        ("rapidocr-3.10.0.dist-info/METADATA", True),
        ("PIL/_avif.cp311-win_amd64.pyd", False),
        ("onnxruntime/transformers/optimizer.py", False),
        ("openpyxl-3.1.5.dist-info/LICENCE.rst", True),
        ("openpyxl-3.1.5.dist-info/METADATA", True),
        ("openpyxl-3.1.5.dist-info/RECORD", False),
        ("pillow-13.dist-info/sboms/x.json", False),
        ("typing_extensions.py", True),
    ],
)
def test_packages_are_trimmed_by_rule(path: str, expected: bool) -> None:
    assert is_kept(PurePosixPath(path), QT) is expected


def test_qt_bindings_are_those_the_program_imports_and_their_companions() -> None:
    sources = ["from PySide6.QtPdfWidgets import QPdfView\n", "    import PySide6.QtSvg as svg\n"]
    found = qt_modules(sources)
    assert found == {"QtCore", "QtGui", "QtWidgets", "QtPdfWidgets", "QtPdf", "QtSvg"}


def test_qts_network_binding_is_never_in_the_product() -> None:
    assert "QtNetwork" not in qt_modules(assemble.program_sources())


def test_libraries_are_kept_when_somebody_loads_them_even_through_another() -> None:
    imports = {
        "qtpdf.pyd": frozenset({"qt6pdf.dll"}),
        "qt6pdf.dll": frozenset({"qt6network.dll", "kernel32.dll"}),
        "qt6quick.dll": frozenset({"qt6qml.dll"}),
        "qt6qml.dll": frozenset({"qt6quick.dll"}),
    }
    candidates = frozenset({"qt6pdf.dll", "qt6network.dll", "qt6quick.dll", "qt6qml.dll"})
    assert needed_libraries(["QtPdf.pyd"], imports, candidates) == {"qt6pdf.dll", "qt6network.dll"}


LOCK = """\
# a remark
a==1 \\
    --hash=sha256:aa
    # via b
colorama==0.4 ; sys_platform == 'win32' \\
    --hash=sha256:bb
uvloop==1 ; sys_platform != 'win32' \\
    --hash=sha256:cc
    # via a
b==2
"""


def test_lock_is_settled_for_windows_whatever_machine_downloads() -> None:
    text = windows_lock.settled(LOCK, lambda condition: condition == "sys_platform == 'win32'")
    assert text == (
        "# a remark\na==1 \\\n    --hash=sha256:aa\n    # via b\n"
        "colorama==0.4 \\\n    --hash=sha256:bb\nb==2\n"
    )


def test_package_that_the_product_goes_without_is_not_fetched() -> None:
    text = windows_lock.settled(LOCK, lambda _: True, left_out={"a", "uvloop"})
    assert text == "# a remark\ncolorama==0.4 \\\n    --hash=sha256:bb\nb==2\n"


def test_rule_for_a_package_that_is_no_longer_locked_is_told() -> None:
    with pytest.raises(ValueError, match="not in the lock: gone"):
        windows_lock.settled(LOCK, lambda _: True, left_out={"a", "gone"})


def test_program_runs_without_the_packages_that_the_product_goes_without(tmp_path: Path) -> None:
    """Every module is imported, and a picture read, with those packages out of reach."""
    script = tmp_path / "without.py"
    script.write_text(WITHOUT, encoding="utf-8")
    modules = {"pyyaml": "yaml", "protobuf": "google"}
    absent = [modules.get(name, name) for name in sorted(UNUSED_PACKAGES)]
    picture = assemble.ROOT / "tests" / "samples" / "pictures" / "screen.png"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script), str(picture), *absent],
        cwd=assemble.ROOT,
        env={"PYTHONPATH": str(assemble.ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 4


WITHOUT = """
import importlib, pkgutil, sys
from pathlib import Path

# None in this table makes an import fail as if the package were not there (import system, 5.3.1).
sys.modules.update(dict.fromkeys(sys.argv[2:]))
import desktop, forms

for package in (desktop, forms):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)

from desktop.importers.document import Source
from desktop.importers.readers.images import read_picture_file

data = Path(sys.argv[1]).read_bytes()
tables = read_picture_file(Source("0" * 64, "screen.png"), data).tables
print(sum(len(table.rows) for table in tables))
"""


def test_conditions_are_asked_of_the_products_python(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text(
        "a==1 ; sys_platform == 'win32' and python_full_version < '3.12'\n"
        "b==1 ; python_full_version >= '3.12'\n"
        "c==1 ; platform_system == 'Linux'\n"
    )
    windows_lock.main([str(lock), str(tmp_path / "out.lock")])
    assert (tmp_path / "out.lock").read_text() == "a==1\n"


# -------------------------------------------------------------------------------- program files
def program_file(*libraries: str, machine: int = AMD64) -> bytes:
    """The smallest file that the loader would take: headers, one section, its import table."""
    names, table, place = b"", b"", 0x1000 + 20 * (len(libraries) + 1)
    for library in libraries:
        table += struct.pack("<IIIII", 0, 0, 0, place + len(names), 0)
        names += library.encode() + b"\0"
    section = table + bytes(20) + names
    optional = bytearray(240)
    struct.pack_into("<H", optional, 0, 0x20B)
    struct.pack_into("<II", optional, 112 + 8, 0x1000, len(section))
    headers = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0"
    headers += struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0) + optional
    start = len(headers) + 40
    headers += b".rdata\0\0" + struct.pack("<IIII", len(section), 0x1000, len(section), start)
    return headers + bytes(16) + section


def test_imports_are_read_of_a_program_file(tmp_path: Path) -> None:
    path = tmp_path / "a.dll"
    path.write_bytes(program_file("KERNEL32.dll", "Qt6Core.dll"))
    found = read_pe(path)
    assert found == PortableExecutable(
        AMD64, frozenset({"kernel32.dll", "qt6core.dll"}), frozenset()
    )


@pytest.mark.parametrize("data", [b"", b"MZ", b"\x7fELF" + bytes(80), b"MZ" + bytes(200)])
def test_other_files_are_no_program_files(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.dll"
    path.write_bytes(data)
    assert read_pe(path) is None


def test_library_that_neither_product_nor_windows_has_is_a_problem() -> None:
    programs = {
        "app/a.pyd": PortableExecutable(
            AMD64,
            frozenset({"own.dll", "kernel32.dll", "api-ms-win-crt-heap-l1-1-0.dll", "absent.dll"}),
            frozenset({"late.dll"}),
        ),
        "app/old.dll": PortableExecutable(0x14C, frozenset(), frozenset()),
    }
    assert assemble.library_problems(programs, {"own.dll"}, frozenset({"kernel32.dll"})) == [
        "app/a.pyd 需要 absent.dll，產品和 Windows 都沒有",
        "不是 64 位元 Windows 的檔案：app/old.dll",
    ]


def test_stage_that_is_too_large_too_deep_or_ambiguous_is_a_problem(tmp_path: Path) -> None:
    digests = dict.fromkeys(["app/A.py", "app/a.py", "app/" + "x" * 150], "0" * 64)
    found = assemble.stage_problems(tmp_path, digests, assemble.SIZE_BUDGET + 1)
    assert len(found) == 3
    assert "超過" in found[0]
    assert "路徑太長（154 字）" in found[1]
    assert "分不出大小寫：app/A.py 與 app/a.py" in found[2]


def test_system_libraries_are_named_in_lower_case_once() -> None:
    lines = (HERE / "system_libraries.txt").read_text(encoding="ascii").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    assert names == sorted(set(names))
    assert all(name == name.lower() for name in names)


# ------------------------------------------------------------------------------------ the parts
def test_interpreter_takes_its_modules_from_the_product_only(tmp_path: Path) -> None:
    (tmp_path / "Lib").mkdir()
    assemble.write_path_file(tmp_path)
    assert (tmp_path / "python311._pth").read_bytes() == (
        b"Lib\r\nDLLs\r\n.\r\n..\\site\r\n..\\program\r\n"
    )


def test_embeddable_runtime_keeps_the_name_of_its_path_file(tmp_path: Path) -> None:
    (tmp_path / "python312._pth").write_text("python312.zip\n.\n")
    assemble.write_path_file(tmp_path)
    lines = (tmp_path / "python312._pth").read_bytes()
    assert lines == b"python312.zip\r\n.\r\n..\\site\r\n..\\program\r\n"


def test_modules_are_compiled_the_same_wherever_they_lie(tmp_path: Path) -> None:
    for folder in ("one", "another place 甲"):
        place = tmp_path / folder / "pkg"
        place.mkdir(parents=True)
        (place / "good.py").write_text("def f(x):\n    return x + 'abc'\n", encoding="utf-8")
        (place / "broken.py").write_text("def (:\n", encoding="utf-8")
        command = [sys.executable, "-I", str(HERE / "compile_ahead.py"), str(tmp_path / folder)]
        subprocess.run(command, check=True)
    made = [sorted((tmp_path / name).rglob("*.pyc")) for name in ("one", "another place 甲")]
    assert [path.name for path in made[0]] == ["good.cpython-311.pyc"]
    data = made[0][0].read_bytes()
    assert data == made[1][0].read_bytes()
    assert b"pkg/good.py" in data
    assert str(tmp_path).encode() not in data
    assert int.from_bytes(data[4:8], "little") == 0b01  # PEP 552: by hash, never checked again


def test_program_knows_its_version_from_the_product(tmp_path: Path) -> None:
    text = assemble.product_text(Product(Version(1, 2, 3), "abcdef", 0))
    assert 'version = "1.2.3"\n' in text
    assert 'commit = "abcdef"\n' in text


# ------------------------------------------------------------------------------------- versions
@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.2.3", (1, 2, 3)), ("0.10.0-rc1", (0, 10, 0)), ("1.2.3.4", (1, 2, 3))],
)
def test_version_is_three_numbers(text: str, expected: tuple[int, int, int]) -> None:
    version = Version.parse(text)
    assert (version.major, version.minor, version.patch) == expected


@pytest.mark.parametrize("text", ["", "1.2", "v1.2.3", "1.2.x", "256.0.0", "1.0.65536"])
def test_what_windows_installer_cannot_compare_is_no_version(text: str) -> None:
    with pytest.raises(BuildError):
        Version.parse(text)


def test_versions_are_ordered_by_number_not_by_letter() -> None:
    written = ["0.10.0", "0.9.9", "1.0.0", "0.0.1", "0.9.10"]
    assert [str(version) for version in sorted(map(Version.parse, written))] == [
        *("0.0.1", "0.9.9", "0.9.10", "0.10.0", "1.0.0")
    ]


def test_identifiers_are_the_same_in_every_build() -> None:
    assert stable_id("component", "app/a.py") == stable_id("component", "app/a.py")
    assert stable_id("component", "app/a.py") != stable_id("component", "app/b.py")
    assert stable_id("a", "bc") != stable_id("ab", "c")


# --------------------------------------------------------------------------------- the manifest
def test_manifest_survives_its_text(tmp_path: Path) -> None:
    (tmp_path / "子 夾").mkdir()
    (tmp_path / "子 夾" / "檔 案.txt").write_bytes(b"abc")
    digests = manifest.digests_below(tmp_path)
    # printf abc | sha256sum
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digests == {"子 夾/檔 案.txt": abc}
    assert manifest.from_text("# remark\n\n" + manifest.to_text(digests)) == digests


@pytest.mark.parametrize("line", ["abc  file", "0" * 64, f"{'0' * 64} file", f"{'0' * 64}  "])
def test_line_that_is_no_hash_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a line"):
        manifest.from_text(line)


def test_difference_names_what_is_missing_added_and_changed() -> None:
    difference = manifest.compare({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"})
    assert (difference.missing, difference.added, difference.changed) == (("a",), ("d",), ("c",))
    assert str(difference) == "缺少 1 個（a）；多出 1 個（d）；內容不同 1 個（c）"
    assert not manifest.compare({"a": "1"}, {"a": "1"})
