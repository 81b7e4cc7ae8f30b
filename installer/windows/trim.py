"""Which files of the packages go into the product."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

QT_ALWAYS = frozenset({"QtCore", "QtGui", "QtWidgets"})
QT_COMPANIONS: Mapping[str, frozenset[str]] = {
    "QtPdfWidgets": frozenset({"QtPdf"}),
    "QtSvgWidgets": frozenset({"QtSvg"}),
}
"""Bindings that another binding loads by name, which no import table shows. QtNetwork's is never
among them: the program's Python has no way to Qt's network."""

QT_PLUGINS = (
    "iconengines/qsvgicon.dll",
    "imageformats/qgif.dll",
    "imageformats/qico.dll",
    "imageformats/qjpeg.dll",
    "imageformats/qsvg.dll",
    "imageformats/qtiff.dll",
    "imageformats/qwebp.dll",
    "platforms/qoffscreen.dll",
    "platforms/qwindows.dll",
    "styles/qmodernwindowsstyle.dll",
)
QT_TRANSLATIONS = ("qtbase_zh_TW.qm", "qt_zh_TW.qm")

_DROPPED_PARTS = frozenset({"__pycache__", "tests", "test", "testing", "__pyinstaller"})
_KEPT_PARTS = (
    # Named like tests, but imported by the package itself.
    "numpy/testing",
    "numpy/_core/tests/_natype.py",
    "sqlalchemy/testing/suite",
)
_DROPPED_SUFFIXES = frozenset({".pyi", ".lib", ".pyx", ".pxd", ".pxi", ".c", ".h", ".hpp", ".cpp"})
_DROPPED_TREES = (
    "alembic/templates",
    "bin",
    "lxml/includes",
    "lxml/isoschematron",
    "numpy/_core/include",
    "numpy/_core/lib",
    "numpy/distutils",
    "numpy/f2py",
    # Training and converting models; the product only runs them.
    "onnxruntime/backend",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    "pypdfium2_cli",
    "sqlalchemy/testing",
)
_DROPPED_PREFIXES = (
    "PIL/_avif",  # 8 MB for a kind of picture that the program does not read
    "cv2/opencv_videoio_ffmpeg",  # 30 MB for video, loaded by nobody else
    "onnxruntime/capi/onnxruntime.dll",  # 19 MB for programs in C; Python's own file has it all
)
_KEPT_OF_RAPIDOCR = "rapidocr/models/PP-OCRv6_"
"""The two networks are all that the program takes from it (`desktop.importers.optical.engine`)."""

UNUSED_PACKAGES = frozenset(
    {
        # What rapidocr's own code needs, which is not in the product; four of them fetch models.
        *("certifi", "idna", "requests", "urllib3"),
        *("colorama", "colorlog", "omegaconf", "pyclipper", "pyyaml", "shapely", "six", "tqdm"),
        # What onnxruntime's tools for making models need; running one needs none of them.
        *("flatbuffers", "packaging", "protobuf"),
    }
)
"""Locked packages that no module of the product imports: the product goes without them."""
_DROPPED_METADATA = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"})
_QT_IMPORT = re.compile(r"^\s*(?:from|import)\s+PySide6\.(Qt\w+)", re.MULTILINE)


def qt_modules(sources: Iterable[str]) -> frozenset[str]:
    """The Qt bindings that a program's source texts import, and those that these load."""
    used = set(QT_ALWAYS)
    for source in sources:
        used.update(_QT_IMPORT.findall(source))
    for name in tuple(used):
        used.update(QT_COMPANIONS.get(name, frozenset()))
    return frozenset(used)


def is_kept(path: PurePosixPath, qt: frozenset[str]) -> bool:
    """Whether a file of the packages goes into the product.

    The libraries ``Qt6*.dll`` are not decided here but by who loads them: see `needed_libraries`.

    Args:
        path: Below the folder of all packages.
        qt: What `qt_modules` found.
    """
    text = path.as_posix()
    if path.parts[0] == "PySide6":
        return _is_kept_of_qt(PurePosixPath(*path.parts[1:]), qt)
    if path.parts[0].endswith(".dist-info"):
        return path.name not in _DROPPED_METADATA and "sboms" not in path.parts
    if any(text.startswith(f"{kept}/") or text == kept for kept in _KEPT_PARTS):
        return path.suffix != ".pyi"
    if any(text.startswith(f"{tree}/") for tree in _DROPPED_TREES):
        return False
    if path.parts[0] == "rapidocr":
        return text.startswith(_KEPT_OF_RAPIDOCR)
    if path.suffix in _DROPPED_SUFFIXES or text.startswith(_DROPPED_PREFIXES):
        return False
    return not _DROPPED_PARTS.intersection(path.parts[:-1])


def _is_kept_of_qt(path: PurePosixPath, qt: frozenset[str]) -> bool:
    if len(path.parts) == 1:
        if path.suffix == ".pyd":
            return path.stem.split(".")[0] in qt
        return path.suffix in {".py", ".dll"} and path.name != "opengl32sw.dll"
    if path.parts[0] == "plugins":
        return PurePosixPath(*path.parts[1:]).as_posix() in QT_PLUGINS
    if path.parts[0] == "translations":
        return path.name in QT_TRANSLATIONS
    return path.parts[0] == "support" and path.suffix == ".py"


def needed_libraries(
    roots: Iterable[str], imports: Mapping[str, frozenset[str]], candidates: frozenset[str]
) -> frozenset[str]:
    """Which of the candidate libraries somebody loads, directly or through another.

    Args:
        roots: Files that are kept anyhow.
        imports: For every program file, by its name in lower case, the libraries it loads.
        candidates: Names of libraries that are kept only when needed, in lower case.
    """
    needed: set[str] = set()
    waiting = [name.lower() for name in roots]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for library in imports.get(name, frozenset()):
            if library in candidates:
                needed.add(library)
            waiting.append(library)
    return frozenset(needed)
