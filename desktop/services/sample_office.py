"""The sample office: invented people, to look around in; its store is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.evidence import EvidenceKind
from desktop.services.draft import ImportDraft
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office, open_office
from desktop.services.progress import Progress, silent
from desktop.services.stale_verdicts import store_verdicts

SAMPLE_PLAN = "kaohsiung-114"
_REFERENCE = (
    ("roster", EvidenceKind.ROSTER),
    ("attendance", EvidenceKind.ATTENDANCE),
    ("shifts", EvidenceKind.SHIFTS),
    ("punches", EvidenceKind.PUNCHES),
)


def open_sample_office(
    folder: Path, *, clock: Callable[[], datetime], progress: Progress = silent
) -> Office:
    """A new office for practice, filled with the sample's people, attendance and printouts.

    Args:
        folder: An empty folder; the caller throws it away.
        clock: Tells the time.
        progress: Hears of each file.

    Raises:
        CancelledError: When the watcher stops it.
    """
    office = open_office(folder / "範例.db", actor="範例承辦人", clock=clock, is_practice=True)
    fill_with_sample(office, progress=progress)
    return office


def fill_with_sample(office: Office, *, progress: Progress = silent) -> ChangeSet:
    """Fill an office with the sample: settings, reference data, then the printouts.

    Args:
        office: An office without data.
        progress: Hears of each file.

    Raises:
        CancelledError: When the watcher stops it.
    """
    sample = office.library.sample_folder
    with office.store.writing("載入範例設定") as writer:
        writer.set_agency((sample / "agency.toml").read_text(encoding="utf-8"))
    reference = [
        file
        for stem, kind in _REFERENCE
        for path in sorted(sample.glob(f"{stem}.*"))
        for file in read_batch(office, [path], expected=kind).files
    ]
    store_batch(office, ImportDraft(tuple(reference)), progress=progress)
    evidence = read_batch(office, [sample / "records"], progress=progress)
    store_batch(office, evidence, progress=progress)
    store_verdicts(office, SAMPLE_PLAN, with_stale=True)
    return ChangeSet("載入範例機關", frozenset(Area))
