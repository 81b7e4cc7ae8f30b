"""Offices filled with the samples of the plans, and their papers read back."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office

SAMPLES = Path(__file__).parents[2] / "samples"


def fill(office: Office, plan: str, *, roster: Path | None = None) -> Office:
    """Import the sample of a plan, with another roster where one is given."""
    given = SAMPLES / plan / "input"
    names = ("agency.toml", "attendance.xlsx", "applications.xlsx", "records")
    paths = [given / name for name in names if (given / name).exists()]
    store_batch(office, read_batch(office, [roster or given / "roster.xlsx"]))
    store_batch(office, read_batch(office, paths))
    return office


def texts(pdf: bytes) -> list[str]:
    """The text of each page, as another library reads it."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def words(pdf: bytes) -> str:
    """All text without white space."""
    return "".join("".join(texts(pdf)).split())
