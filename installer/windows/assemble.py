"""Lays the product's folder together: launcher, runtime, packages, program."""

from __future__ import annotations

import os
import shutil
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from windows import manifest, runtime
from windows.keep_rule import Reason
from windows.pe import AMD64, PortableExecutable, read_pe
from windows.product import (
    BUILD,
    CONSOLE_LAUNCHER,
    GUI_LAUNCHER,
    HERE,
    NAME,
    ROOT,
    BuildError,
    Product,
)
from windows.tools import fetch, matching_python, run, say
from windows.trim import UNUSED_PACKAGES, is_kept, needed_libraries, qt_modules
from windows.wine import Wine, on_drive_z

LOCK = ROOT / "installer" / "requirements.lock"
PYTHON_TAG = "3.11"
LONGEST_PATH = 150
"""Characters below the program folder; Windows stops at 260 with the folders above."""

SIZE_BUDGET = 460_000_000
"""Bytes installed; more is a question to ask before it is a product to ship."""

STAGE_LIST = "app/files.sha256"
_PROGRAM_FOLDERS = ("desktop", "forms", "resources")
_LEFT_OUT = ("resources/pictures",)
_WHEN_NEEDED = ("qt6", "pyside6qml", "concrt", "msvcp", "vcamp", "vccorlib", "vcomp", "vcruntime")


@dataclass(frozen=True)
class Stage:
    """The assembled product.

    Attributes:
        folder: What the artefacts hold.
        digests: SHA-256 by path below it.
        size: Bytes of all files.
        reasons: How many files of the runtime are vouched for by what.
        packages: Name and version of each package.
    """

    folder: Path
    digests: dict[str, str]
    size: int
    reasons: dict[Reason, int]
    packages: tuple[str, ...]


def assemble(
    product: Product,
    *,
    python: Path,
    target: Path = BUILD / "stage",
    runtime_archive: tuple[Path, str] | None = None,
    with_signatures: bool = True,
) -> Stage:
    """Lays the product into ``target``.

    Args:
        product: What is built.
        python: An interpreter with pip, for the downloads.
        target: Emptied first.
        runtime_archive: Another runtime and its SHA-256 instead of the project's own.
        with_signatures: Check the publisher's signatures besides the pinned hashes.

    Raises:
        BuildError: When a part can't be had, or the whole breaks a rule of the product.
        NotVouchedForError: When nobody vouches for a file of the runtime.
    """
    if target.exists():
        shutil.rmtree(target)
    app = target / "app"
    say("執行環境……")
    reasons: dict[Reason, int] = {}
    if runtime_archive is None:
        reasons = runtime.make_runtime(
            app / "runtime", python=python, cache=BUILD / "cache", with_signatures=with_signatures
        )
    else:
        path, digest = runtime_archive
        runtime.make_other_runtime(app / "runtime", archive=path, sha256=digest)
    write_path_file(app / "runtime")
    say("套件……")
    wheels = download_wheels(python, BUILD / "cache" / "wheels")
    packages = lay_packages(app / "site", wheels, program_sources())
    say("程式……")
    lay_program(app / "program")
    write_notices(target, product)
    (app / "product.toml").write_text(product_text(product), encoding="utf-8", newline="\n")
    build_launchers(target, product)
    say("預先編譯……")
    compile_modules(app)
    settle_times(target, product.epoch)
    digests = manifest.digests_below(target)
    (target / STAGE_LIST).write_text(manifest.to_text(digests), encoding="utf-8", newline="\n")
    settle_times(target, product.epoch)
    digests = manifest.digests_below(target)
    size = sum((target / name).stat().st_size for name in digests)
    problems = stage_problems(target, digests, size)
    if problems:
        raise BuildError("產品不合規則：\n" + "\n".join(problems))
    return Stage(target, digests, size, reasons, packages)


def product_text(product: Product) -> str:
    """``product.toml``: by it the program knows that it runs as the product, and as which."""
    return (
        "# Written by the build. The program finds the folder it is installed in by this file.\n"
        f'version = "{product.version}"\n'
        f'commit = "{product.commit}"\n'
    )


def write_path_file(folder: Path) -> None:
    """The file that makes the interpreter deaf to whatever else is installed on the PC.

    With it Python takes its modules from these folders only: no registry, no PYTHONPATH, no user
    folder.
    """
    found = sorted(folder.glob("python3*._pth"))
    name = found[0].name if found else f"python{PYTHON_TAG.replace('.', '')}._pth"
    own = ["Lib", "DLLs"] if (folder / "Lib").is_dir() else [f"{Path(name).stem}.zip"]
    lines = [*own, ".", "..\\site", "..\\program"]
    (folder / name).write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))


def download_wheels(python: Path, cache: Path) -> list[Path]:
    """Wheels for 64-bit Windows of the locked packages that the product imports, hashes checked."""
    cache.mkdir(parents=True, exist_ok=True)
    lock = cache / "windows.lock"
    run([python, HERE / "windows_lock.py", LOCK, lock, *sorted(UNUSED_PACKAGES)])
    kept = cache / manifest.digest_of(lock)[:16]
    if not (kept / "complete").is_file():
        if kept.exists():
            shutil.rmtree(kept)
        fetch(
            [
                *(python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
                *("--no-deps", "--only-binary=:all:", "--platform", "win_amd64"),
                *("--python-version", PYTHON_TAG, "--implementation", "cp", "--require-hashes"),
                *("-d", kept, "-r", lock),
            ],
            what="Windows 的套件",
        )
        (kept / "complete").touch()
    return sorted(kept.glob("*.whl"))


def program_sources() -> list[str]:
    """The program's own source texts."""
    return [
        path.read_text(encoding="utf-8")
        for folder in ("desktop", "forms")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def lay_packages(target: Path, wheels: list[Path], sources: list[str]) -> tuple[str, ...]:
    """Unpacks what is kept of the wheels.

    Returns:
        Name and version of each package.

    Raises:
        BuildError: When a wheel holds what an unpacked wheel can't be run with.
    """
    qt = qt_modules(sources)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                path = PurePosixPath(entry.filename)
                if path.is_absolute() or ".." in path.parts:
                    raise BuildError(f"「{wheel.name}」有不安全的路徑「{entry.filename}」。")
                if len(path.parts) > 1 and path.parts[0].endswith(".data"):
                    if path.parts[1] not in {"purelib", "platlib"}:
                        continue  # scripts and headers
                    path = PurePosixPath(*path.parts[2:])
                if entry.is_dir() or not path.parts or not is_kept(path, qt):
                    continue
                place = target / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(archive.read(entry))
    _drop_unused_libraries(target)
    return tuple("-".join(wheel.name.split("-")[:2]) for wheel in wheels)


def _drop_unused_libraries(site: Path) -> None:
    """Removes the libraries of Qt, and its copies of Microsoft's, that nothing in it loads."""
    programs = {
        path: found
        for folder in (site / "PySide6", site / "shiboken6")
        for path in sorted([*folder.rglob("*.dll"), *folder.rglob("*.pyd")])
        if (found := read_pe(path)) is not None
    }
    imports = {path.name.lower(): found.imports | found.delayed for path, found in programs.items()}
    candidates = frozenset(name for name in imports if name.startswith(_WHEN_NEEDED))
    roots = [name for name in imports if name not in candidates]
    needed = needed_libraries(roots, imports, candidates)
    for path in programs:
        if path.name.lower() in candidates - needed:
            path.unlink()


def lay_program(target: Path) -> None:
    """Copies the program's own files as they are in the checkout."""
    for folder in _PROGRAM_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            relative = path.relative_to(ROOT)
            if not path.is_file() or "__pycache__" in relative.parts:
                continue
            if any(relative.as_posix().startswith(f"{left}/") for left in _LEFT_OUT):
                continue
            place = target / relative
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    shutil.copyfile(HERE / "launcher" / "start.py", target / "start.py")


def write_notices(target: Path, product: Product) -> None:
    """The licence texts and a page for whoever opens the folder."""
    shutil.copyfile(ROOT / "LICENSE", target / "LICENSE.txt")
    shutil.copytree(HERE / "licences", target / "app" / "licences")
    shutil.copyfile(HERE / "policy-sample.toml", target / "policy-sample.toml")
    page = (HERE / "README-product.txt").read_text(encoding="utf-8")
    text = page.replace("@VERSION@", str(product.version)).replace("@COMMIT@", product.commit)
    # Notepad of older Windows wants both: the mark at the beginning and CRLF.
    (target / "README.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))


def build_launchers(target: Path, product: Product) -> None:
    """Compiles the two launchers, the same bytes every time."""
    folder = BUILD / "launcher"
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(HERE / "launcher", folder)
    dll = tomllib.loads(runtime.SETTINGS.read_text(encoding="utf-8"))["dll"]
    for name, flags in (
        (GUI_LAUNCHER, ["-mwindows"]),
        (CONSOLE_LAUNCHER, ["-mconsole", "-DCONSOLE"]),
    ):
        resources = (folder / "launcher.rc.in").read_text(encoding="utf-8")
        for mark, words in (
            ("@COMMAS@", product.version.quad.replace(".", ",")),
            ("@VERSION@", product.version.quad),
            ("@TITLE@", "".join(f"\\x{ord(letter):04X}" for letter in NAME)),
            ("@FILE@", name),
        ):
            resources = resources.replace(mark, words)
        (folder / "launcher.rc").write_text(resources, encoding="ascii")
        run(
            ["x86_64-w64-mingw32-windres", "launcher.rc", "-O", "coff", "-o", "launcher.res"],
            folder=folder,
        )
        run(
            [
                *("x86_64-w64-mingw32-gcc", "-municode", *flags, "-O2", "-s", "-Wall", "-Werror"),
                f'-DPYTHON_DLL=L"{dll}"',
                *("-Wl,--no-insert-timestamp", "launcher.c", "launcher.res", "-o", target / name),
            ],
            folder=folder,
        )


def compile_modules(app: Path) -> None:
    """Compiles every module ahead, so that the first start need not and the folder stays as it is.

    A file's own path as the product will see it goes into its tracebacks, so that neither the build
    machine's folders nor the user's name stand in them.
    """
    script = HERE / "compile_ahead.py"
    python = matching_python()
    if python is not None:
        run([python, "-I", script, app], seconds=600)
        return
    # No such Python on this machine: the product's own does it, much slower.
    with Wine(BUILD / "prefix-compile") as prefix:
        prefix.prepare()
        own = app / "runtime" / "python.exe"
        outcome = prefix.run(own, "-I", on_drive_z(script), on_drive_z(app), seconds=1800)
    if outcome.code != 0:
        raise BuildError(f"以產品自己的 Python 預先編譯沒有成功：{outcome.said[-2000:]}")


def settle_times(folder: Path, epoch: int) -> None:
    """Dates every file as the commit, so that archives of it are equal."""
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (epoch, epoch))


def stage_problems(folder: Path, digests: dict[str, str], size: int) -> list[str]:
    """What the product must not be: too large, too deep, for another machine, incomplete."""
    problems = []
    if size > SIZE_BUDGET:
        problems.append(f"安裝後 {size / 1e6:.0f} MB，超過 {SIZE_BUDGET / 1e6:.0f} MB。")
    problems += [
        f"路徑太長（{len(name)} 字）：{name}" for name in digests if len(name) > LONGEST_PATH
    ]
    folded: dict[str, str] = {}
    for name in digests:
        other = folded.setdefault(name.lower(), name)
        if other != name:
            problems.append(f"Windows 分不出大小寫：{other} 與 {name}")
    programs = {
        name: found
        for name in digests
        if name.lower().endswith((".dll", ".pyd", ".exe"))
        and (found := read_pe(folder / name)) is not None
    }
    own = {PurePosixPath(name).name.lower() for name in programs}
    return problems + library_problems(programs, own, system_libraries())


def library_problems(
    programs: dict[str, PortableExecutable], own: set[str], system: frozenset[str]
) -> list[str]:
    """Libraries that a program file loads and neither the product nor Windows has."""
    problems = []
    for name, found in programs.items():
        if found.machine != AMD64:
            problems.append(f"不是 64 位元 Windows 的檔案：{name}")
        for library in sorted(found.imports):
            if library in own or library in system:
                continue
            if library.startswith(("api-ms-win-", "ext-ms-")):
                continue
            problems.append(f"{name} 需要 {library}，產品和 Windows 都沒有")
    return problems


def system_libraries() -> frozenset[str]:
    """Libraries that every supported Windows has."""
    lines = (HERE / "system_libraries.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
