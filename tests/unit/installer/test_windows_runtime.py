"""Which files of the Windows Python are kept, on whose word."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from windows import manifest, runtime
from windows.catalogue import CatalogueError, signed_hashes
from windows.keep_rule import (
    Evidence,
    NotVouchedForError,
    Reason,
    is_dropped,
    kept_files,
    reason_for,
)
from windows.product import BuildError


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


PROGRAM = b"MZ a program"
MODULE = b"x = 1\r\n"
EVIDENCE = Evidence(
    is_signed=lambda path: path.name == "signed.dll",
    listed=frozenset({digest(b"listed\n")}),
    pinned={"LICENSE.txt": digest(b"licence\n")},
    host_text=lambda name: b"x = 1\n" if name == "same.py" else None,
)


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("signed.dll", PROGRAM, Reason.SIGNED),
        ("unsigned.dll", PROGRAM, None),
        ("Lib/listed.py", b"listed\n", Reason.LISTED),
        ("Lib/email/mime/__init__.py", b"", Reason.EMPTY),
        ("Lib/same.py", MODULE, Reason.SAME_AS_HOST),
        ("Lib/other.py", MODULE, None),
        ("Lib/same.py", b"x = 2\r\n", None),
        ("same.py", MODULE, None),
        ("LICENSE.txt", b"licence\n", Reason.PINNED),
        ("LICENSE.txt", b"another licence\n", None),
        ("elsewhere/LICENSE.txt", b"licence\n", None),
    ],
)
def test_a_file_is_kept_for_a_reason_or_not_at_all(
    path: str, data: bytes, expected: Reason | None
) -> None:
    assert reason_for(PurePosixPath(path), data, EVIDENCE) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Lib/site-packages/pip/__init__.py", True),
        ("Lib/tkinter/__init__.py", True),
        ("Lib/test/test_abc.py", True),
        ("Lib/unittest/test/x.py", True),
        ("Lib/unittest/case.py", False),
        ("Lib/testing.py", False),
        ("Lib/__pycache__/abc.cpython-311.pyc", True),
        ("Scripts/pip.exe", True),
        ("DLLs/_ssl.pyd", True),
        ("DLLs/_sqlite3.pyd", False),
        ("python311.dll", False),
    ],
)
def test_third_parties_tests_and_tls_are_left_out(path: str, expected: bool) -> None:
    assert is_dropped(PurePosixPath(path)) is expected


def test_files_nobody_vouches_for_stop_the_build_all_named() -> None:
    files = {
        PurePosixPath("signed.dll"): PROGRAM,
        PurePosixPath("b.dll"): PROGRAM,
        PurePosixPath("a.txt"): b"who wrote this",
        PurePosixPath("Scripts/evil.exe"): PROGRAM,
    }
    with pytest.raises(NotVouchedForError, match="有 2 個檔案") as stopped:
        kept_files(files, EVIDENCE)
    assert stopped.value.paths == ("a.txt", "b.dll")


def test_shipped_list_has_the_interpreter_and_nothing_dropped() -> None:
    kept = manifest.from_text(runtime.KEPT_LIST.read_text(encoding="utf-8"))
    assert {"python311.dll", "pythonw.exe", "DLLs/_sqlite3.pyd", "LICENSE.txt"} <= set(kept)
    assert [name for name in kept if is_dropped(PurePosixPath(name))] == []
    pins = manifest.from_text(runtime.PINS.read_text(encoding="utf-8"))
    assert pins.items() <= kept.items()


# ------------------------------------------------------------------------------ the catalogue
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
TRUST_LIST = bytes.fromhex("06092b0601040182370a01")


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    size = (len(body).bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + len(body).to_bytes(size, "big") + body


def catalogue(*hashes: bytes, kind: bytes = TRUST_LIST, after: bytes = b"") -> bytes:
    """A catalogue of these hashes; ``after`` stands outside what is signed."""
    subjects = der(0x30, *(der(0x30, der(0x04, each), der(0x31)) for each in hashes))
    usage = der(0x30, der(0x06, b"\x2a"))
    trust_list = der(0x30, usage, der(0x04, b"list id"), usage, subjects)
    content = der(0x30, kind, der(0xA0, trust_list))
    signed = der(0x30, der(0x02, b"\1"), der(0x31), content, after, der(0x31))
    return der(0x30, SIGNED_DATA, der(0xA0, signed))


def test_hashes_are_read_out_of_the_signed_part_only() -> None:
    inside = [bytes([number]) * 32 for number in range(200)]
    outside = der(0x30, der(0x30, der(0x04, b"\xee" * 32), der(0x31)))
    found = signed_hashes(catalogue(*inside, after=outside))
    assert found == {each.hex() for each in inside}


def test_hashes_of_the_weak_kind_do_not_count() -> None:
    assert signed_hashes(catalogue(b"\1" * 20, b"\2" * 32)) == {"02" * 32}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ",
        catalogue(b"\1" * 32)[:-5],
        catalogue(b"\1" * 32, kind=SIGNED_DATA),
        b"\x30\x80\x06\x00\x00\x00",
    ],
)
def test_what_is_no_catalogue_is_refused(data: bytes) -> None:
    with pytest.raises(CatalogueError):
        signed_hashes(data)


# ------------------------------------------------------------------------------ the signature
SAID = """
Timestamp Server Signature verification: ok
	Signer #1:
		Subject: /C=US/O=DigiCert, Inc./CN=DigiCert Code Signing CA
	Signer #0:
		Subject: /C=US/ST=Oregon/O=Python Software Foundation/CN=Python Software Foundation
Signature verification: ok
Number of verified signatures: 1
Succeeded
"""


@pytest.mark.parametrize(
    ("said", "publisher", "expected"),
    [
        (SAID, "Python Software Foundation", True),
        (SAID, "DigiCert Code Signing CA", False),
        (SAID, "Python", False),
        (SAID.replace("Signature verification: ok", "Signature verification: failed"), "x", False),
        (SAID.replace("Succeeded", "Failed"), "Python Software Foundation", False),
        ("", "Python Software Foundation", False),
    ],
)
def test_signature_counts_only_verified_and_of_the_publisher(
    said: str, publisher: str, expected: bool
) -> None:
    assert runtime.signature_names(said, publisher) is expected


# --------------------------------------------------------------------------------- the archive
def zipped(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()


def test_files_of_one_folder_are_taken_out_of_an_archive() -> None:
    archive = zipped({"cp311/Lib/abc.py": b"a", "cp312/x": b"b", "cp311/": b""})
    assert runtime.files_of(archive, "cp311") == {PurePosixPath("Lib/abc.py"): b"a"}


def test_archive_that_leaves_its_folder_is_refused() -> None:
    with pytest.raises(BuildError, match="不安全的路徑"):
        runtime.files_of(zipped({"cp311/../../evil": b"x"}), "cp311")


def test_runtime_is_laid_only_when_each_file_is_what_the_list_says(tmp_path: Path) -> None:
    files = {PurePosixPath("a/b.dll"): b"right", PurePosixPath("extra"): b"not listed"}
    runtime.lay_runtime(tmp_path / "rt", files, {"a/b.dll": digest(b"right")})
    assert manifest.digests_below(tmp_path / "rt") == {"a/b.dll": digest(b"right")}

    with pytest.raises(NotVouchedForError) as stopped:
        runtime.lay_runtime(
            tmp_path / "rt2", files, {"a/b.dll": digest(b"wrong"), "gone": digest(b"")}
        )
    assert stopped.value.paths == ("a/b.dll", "gone")
    assert not (tmp_path / "rt2").exists()


def test_another_runtime_is_taken_on_its_hash_alone_and_trimmed(tmp_path: Path) -> None:
    archive = tmp_path / "python-embed.zip"
    archive.write_bytes(
        zipped({"python311.dll": b"MZ", "_ssl.pyd": b"MZ", "python311.zip": b"PK", "pip.exe": b"M"})
    )
    with pytest.raises(BuildError, match="不是指定的"):
        runtime.make_other_runtime(tmp_path / "rt", archive=archive, sha256="0" * 64)
    assert not (tmp_path / "rt").exists()

    found = manifest.digest_of(archive)
    runtime.make_other_runtime(tmp_path / "rt", archive=archive, sha256=found.upper())
    laid = {path.name for path in (tmp_path / "rt").iterdir()}
    assert laid == {"python311.dll", "python311.zip", "pip.exe"}
