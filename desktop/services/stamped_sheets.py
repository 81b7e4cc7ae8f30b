"""Sheets that came back with their seals: found by their code, kept as evidence, the case moved.

Reading stores nothing. Attaching keeps the scan under its digest, ties each page to its document
and marks what may be marked (``case_stamping``), all in one transaction; what may not be marked
is attached all the same, and told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop.domain.changes import Area, ChangeSet
from desktop.importers.sheet_codes import SheetCode, read_sheet_codes
from desktop.services.cancelling import KIND_WORDS
from desktop.services.case_acts import case_inverse
from desktop.services.case_stamping import StampCheck, check_stamped, record_stamped
from desktop.services.office import Office
from desktop.services.progress import Progress, silent, step
from desktop.store import NotStoredError, Reader
from desktop.store.papers import ScannedSheet
from desktop.store.values import IssuedDocument
from forms.document import Kind

__all__ = ["AttachedSheets", "FoundSheet", "attach_sheets", "attached_sheets", "read_sheets"]


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """One page of a scan.

    Attributes:
        file_name, page: Where it is, from 1; page 0 for a file that cannot be read.
        content: The file's bytes.
        number: Of the document it shows; empty when none was found.
        kind: The document in words.
        employee_id, name: Whose it is; empty for lists.
        plan_id: Its plan.
        problem: Why it cannot be attached, a sentence; empty when it can.
    """

    file_name: str
    page: int
    content: bytes = field(repr=False)
    number: str = ""
    kind: str = ""
    employee_id: str = ""
    name: str = ""
    plan_id: str = ""
    problem: str = ""

    @property
    def is_found(self) -> bool:
        """Whether it can be attached."""
        return bool(self.number) and not self.problem


@dataclass(frozen=True, slots=True)
class AttachedSheets:
    """What became of a stack of scans.

    Attributes:
        change: What changed.
        attached: Numbers of documents with a page attached now.
        known: Numbers whose very page was attached before.
        stamped: Numbers whose case was moved to 核章.
        remarks: Sentences on what was attached and not marked, or not attached.
    """

    change: ChangeSet
    attached: tuple[str, ...]
    known: tuple[str, ...]
    stamped: tuple[str, ...]
    remarks: tuple[str, ...]


def read_sheets(
    office: Office, paths: Sequence[Path], *, progress: Progress = silent
) -> tuple[FoundSheet, ...]:
    """Every page of scans, with the document that its code names; nothing is stored.

    Args:
        office: The open office.
        paths: Pictures and PDFs.
        progress: Hears of each file.

    Raises:
        CancelledError: When the watcher stops it.
    """
    found: list[FoundSheet] = []
    for done, path in enumerate(paths):
        step(progress, done, len(paths), f"讀取 {path.name}")
        try:
            content = path.read_bytes()
        except OSError:
            words = f"「{path.name}」打不開，沒有讀取，請確認檔案還在而且沒有被別的程式占用。"
            found.append(FoundSheet(path.name, 0, b"", problem=words))
            continue
        codes = office.isolation.call(read_sheet_codes, path.name, content)
        if codes.problem:
            found.append(FoundSheet(path.name, 0, content, problem=codes.problem))
            continue
        with office.store.reading() as reader:
            names = {person.employee_id: person.name for person in reader.people()}
            found += [
                _sheet(reader, names, path.name, content, code, codes.pages) for code in codes.pages
            ]
    return tuple(found)


def _sheet(
    reader: Reader,
    names: dict[str, str],
    file_name: str,
    content: bytes,
    code: SheetCode,
    pages: Sequence[SheetCode],
) -> FoundSheet:
    where = f"「{file_name}」第 {code.page} 頁"
    if not code.number:
        words = f"{where}找不到文件的 QR 碼，沒有歸入案件，請確認右上角沒有被遮住，重新掃描。"
        return FoundSheet(file_name, code.page, content, problem=words)
    if sum(other.page == code.page for other in pages) > 1:
        words = f"{where}上有兩份文件的 QR 碼，沒有歸入案件，請一頁一份重新掃描。"
        return FoundSheet(file_name, code.page, content, code.number, problem=words)
    document = _document(reader, code.number)
    if document is None:
        words = f"{where}的編號 {code.number} 不在這個資料庫，沒有歸入案件，請確認來源。"
        return FoundSheet(file_name, code.page, content, code.number, problem=words)
    if document.kind != code.kind:
        words = f"{where}的 QR 碼 與編號 {code.number} 的文件種類不符，沒有歸入案件，請核對正本。"
        return FoundSheet(file_name, code.page, content, code.number, problem=words)
    employee_id = document.employee_id or ""
    return FoundSheet(
        file_name=file_name,
        page=code.page,
        content=content,
        number=code.number,
        kind=KIND_WORDS.get(document.kind, document.kind),
        employee_id=employee_id,
        name=names.get(employee_id, ""),
        plan_id=document.plan_id,
    )


def _document(reader: Reader, number: str) -> IssuedDocument | None:
    try:
        return reader.document(number)
    except NotStoredError:
        return None


def attach_sheets(
    office: Office, sheets: Sequence[FoundSheet], *, on_day: date | None = None
) -> AttachedSheets:
    """Keep the scans, tie their pages to their documents, move their cases to 核章.

    Args:
        office: The open office.
        sheets: As ``read_sheets`` found them.
        on_day: The day of the last seal; today when None.
    """
    found = [sheet for sheet in sheets if sheet.is_found]
    remarks = [sheet.problem for sheet in sheets if sheet.problem]
    attached: dict[str, None] = {}
    known: dict[str, None] = {}
    stamped: list[str] = []
    people = frozenset(sheet.employee_id for sheet in found if sheet.employee_id)
    by_plan: dict[str, list[FoundSheet]] = {}
    for sheet in found:
        by_plan.setdefault(sheet.plan_id, []).append(sheet)
    for plan_id, mine in by_plan.items():
        applications = _applications(office, mine)
        check = check_stamped(office, plan_id, applications)
        remarks += [f"掃描檔已歸檔，但{reason}" for _, reason in check.refused]
        stamped += _attach(office, plan_id, mine, check, attached, known, on_day)
    act = f"歸檔 {len(attached)} 份核章回件"
    areas = frozenset({Area.DOCUMENTS, Area.CASES}) if attached or stamped else frozenset()
    if stamped:
        office.redo_steps.clear()
    return AttachedSheets(
        ChangeSet(act, areas, people), tuple(attached), tuple(known), tuple(stamped), tuple(remarks)
    )


def _applications(office: Office, sheets: Sequence[FoundSheet]) -> tuple[str, ...]:
    with office.store.reading() as reader:
        return tuple(
            dict.fromkeys(
                sheet.number
                for sheet in sheets
                if reader.document(sheet.number).kind == Kind.APPLICATION.value
            )
        )


def _attach(
    office: Office,
    plan_id: str,
    sheets: Sequence[FoundSheet],
    check: StampCheck,
    attached: dict[str, None],
    known: dict[str, None],
    on_day: date | None,
) -> list[str]:
    act = f"歸檔 {len({sheet.number for sheet in sheets})} 份核章回件"
    with office.store.writing(act) as writer:
        for sheet in sheets:
            digest = hashlib.sha256(sheet.content).hexdigest()
            writer.keep_file(digest, sheet.content, sheet.file_name)
            is_new = writer.attach_sheet(
                sheet.number, digest=digest, page=sheet.page, file_name=sheet.file_name
            )
            (attached if is_new else known)[sheet.number] = None
        files = "、".join(dict.fromkeys(sheet.file_name for sheet in sheets))
        numbers = [number for number, _ in check.ready]
        if numbers:
            reason = f"掃描回件「{files}」"
            steps = record_stamped(writer, plan_id, check, on_day=on_day, reason=reason)
            writer.add_undo_step(f"核章 {len(numbers)} 份", case_inverse(plan_id, steps))
        writer.describe(
            "、".join(dict.fromkeys(sheet.number for sheet in sheets)),
            {"plan": plan_id, "files": files, "stamped": numbers},
        )
    return numbers


def attached_sheets(office: Office, plan_id: str) -> tuple[ScannedSheet, ...]:
    """Every page that was attached to a document of a plan, the first one first.

    ``evidence_pages.page_picture`` draws a page by its file's digest.
    """
    with office.store.reading() as reader:
        return reader.scanned_sheets(plan_id)
