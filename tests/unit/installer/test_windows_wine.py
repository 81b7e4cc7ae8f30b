"""The stand-in for Wine's C runtime: what it has itself, what it hands on."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from windows import wine_runtime
from windows.product import OutOfReachError
from windows.tools import TRY_PACKAGES, ensure_packages
from windows.wine import Wine, on_drive_z


def library(*names: str) -> bytes:
    """The smallest 64-bit library that exports these names."""
    texts, table, first = b"", b"", 0x1000 + 40 + 4 * len(names)
    for name in names:
        table += struct.pack("<I", first + len(texts))
        texts += name.encode() + b"\0"
    directory = bytes(24) + struct.pack("<III", len(names), 0, 0x1000 + 40) + bytes(4)
    section = directory + table + texts
    optional = bytearray(240)
    struct.pack_into("<II", optional, 112, 0x1000, len(section))
    data = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0"
    data += struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0) + optional
    data += b".rdata\0\0"
    data += struct.pack("<IIII", len(section), 0x1000, len(section), len(data) + 32)
    return data + bytes(16) + section


def test_exported_names_are_read() -> None:
    assert wine_runtime.exported_names(library("abs", "crealf")) == ["abs", "crealf"]


def test_own_functions_are_had_and_the_others_handed_on() -> None:
    text = wine_runtime.definition(["abs", "crealf", "??2@YAPEAX_K@Z"], ["crealf"])
    assert text == (
        "LIBRARY ucrtbase.dll\nEXPORTS\n"
        '  "abs" = "ucrtwine.abs"\n'
        '  "??2@YAPEAX_K@Z" = "ucrtwine.??2@YAPEAX_K@Z"\n'
        "  crealf = own_crealf\n"
    )


def test_every_kind_of_complex_number_is_served() -> None:
    own = wine_runtime.own_functions()
    assert {"creal", "crealf", "creall", "cexpf", "cpow", "cpowf", "cpowl"} <= set(own)
    assert own["crealf"].startswith("float own_crealf(F z)")
    assert own["cexpl"].startswith("D own_cexpl(D z)")


def test_machine_where_wine_does_not_come_up_is_no_fault_of_the_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "wineboot").write_text("#!/bin/sh\necho no kernel for this\nexit 3\n")
    (tools / "wineserver").write_text("#!/bin/sh\n")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    prefix = Wine(tmp_path / "prefix")
    with pytest.raises(OutOfReachError, match="no kernel for this"):
        prefix.prepare()


def test_machine_without_debians_packages_is_no_fault_of_the_product(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(OutOfReachError, match="wine wine64"):
        ensure_packages(TRY_PACKAGES)


def test_paths_of_this_machine_have_a_name_under_wine(tmp_path: Path) -> None:
    path = tmp_path / "甲 乙"
    assert on_drive_z(path) == "Z:" + str(path.resolve()).replace("/", "\\")
