"""What the page 設定 shows: the agency, the clerk, the faces of paper, where the data lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.services.accounts import is_sign_in_on
from desktop.services.office import Office
from forms.fonts import FontFile

_FACE_WORDS = {
    "GongyuDFKai": "標楷體",
    "GongyuKai": "全字庫正楷體",
    "GongyuKaiExtA": "全字庫正楷體，擴充 A",
    "GongyuKaiExtB": "全字庫正楷體，擴充 B",
    "GongyuTWKai": "全字庫正楷體",
    "GongyuTWKaiExtB": "全字庫正楷體，擴充 B",
    "GongyuTWKaiPlus": "全字庫正楷體，補充字",
    "GongyuMing": "花園明體",
    "GongyuMingExt": "花園明體，擴充字",
    "GongyuHanaMinA": "花園明體",
    "GongyuHanaMinB": "花園明體，擴充字",
    "GongyuBabelStone": "巴比倫石漢字",
    "GongyuMingLiUExtB": "新細明體，擴充 B",
    "GongyuSimSunExtB": "中易宋體，擴充 B",
    "GongyuSimSunExtG": "中易宋體，擴充 G",
}
_KAI = frozenset(name for name in _FACE_WORDS if "Kai" in name)


@dataclass(frozen=True, slots=True)
class Face:
    """A face that paper is printed with.

    Attributes:
        words: Its name.
        is_kai: Whether it is 楷體; otherwise 明體 or 宋體.
        is_bundled: Whether it comes with the program rather than with this machine.
        path: Its file.
    """

    words: str
    is_kai: bool
    is_bundled: bool
    path: Path


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The office's settings at a glance.

    Attributes:
        agency_name, city: As stored; empty before.
        patterns: How many 班別 there are.
        clerk: The clerk's name as paper prints it.
        actor: Who is at work, as the audit trail names them.
        faces: The faces of paper, in the order they are asked.
        store_path: The store's file.
        store_bytes: Its size.
        backup_folder: Where backups lie.
        is_network: Whether the store lies on a network drive.
        is_sign_in_on: Whether the office asks for passwords.
    """

    agency_name: str
    city: str
    patterns: int
    clerk: str
    actor: str
    faces: tuple[Face, ...]
    store_path: Path
    store_bytes: int
    backup_folder: Path
    is_network: bool
    is_sign_in_on: bool


def settings_view(office: Office) -> SettingsView:
    """Gather what the page shows."""
    with office.store.reading() as reader:
        agency, _ = office.agency(reader)
    store = office.store
    bundled = office.library.folder / "fonts"
    return SettingsView(
        agency_name=agency.name,
        city=agency.city,
        patterns=len({row.code for row in agency.patterns}),
        clerk=office.clerk_on_paper,
        actor=office.actor,
        faces=tuple(_face(file, bundled) for file in office.fonts.files),
        store_path=store.path,
        store_bytes=store.path.stat().st_size,
        backup_folder=store.backup_folder,
        is_network=store.is_network,
        is_sign_in_on=is_sign_in_on(office),
    )


def _face(file: FontFile, bundled: Path) -> Face:
    return Face(
        words=_FACE_WORDS.get(file.name, file.path.stem),
        is_kai=file.name in _KAI,
        is_bundled=file.path.is_relative_to(bundled),
        path=file.path,
    )
