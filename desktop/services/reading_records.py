"""Words on readings going into the store, with the step that undoes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from desktop.domain.corrected_rows import Corrections, by_row
from desktop.domain.readings import RowIdentity
from desktop.services.draft import ImportDraft
from desktop.store import Reader, Writer


def record_corrections(writer: Writer, act: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """Add words on readings and the step that undoes them; the step's token is returned."""
    made = [
        writer.add_reading_correction(
            RowIdentity(entry["digest"], entry["page"], entry["row"], entry["sheet"]),
            entry["field"],
            as_read=entry["as_read"],
            corrected=entry["corrected"],
        )
        for entry in entries
    ]
    first = entries[0]
    writer.describe(
        f"{first['digest'][:12]}#p{first['page']}r{first['row']}",
        {"readings": [{k: e[k] for k in ("field", "as_read", "corrected")} for e in entries]},
    )
    return writer.add_undo_step(
        act,
        {"act": "reading", "corrections": [one.id for one in made], "entries": list(entries)},
    )


def record_readings(writer: Writer, draft: ImportDraft, digests: Collection[str]) -> None:
    """Store what was said on readings of a batch while it was looked at.

    Args:
        writer: Of the act that stores the batch.
        draft: The batch.
        digests: Of its files that are stored.
    """
    for said in by_row(draft.readings).values():
        for one in said:
            if one.identity.digest in digests:
                writer.add_reading_correction(
                    one.identity, one.field, as_read=one.as_read, corrected=one.corrected
                )


def entry_of(
    identity: RowIdentity, field: str, as_read: str, corrected: str | None
) -> dict[str, Any]:
    """A word on a reading, ready for JSON."""
    return {
        "digest": identity.digest,
        "page": identity.page,
        "row": identity.row,
        "sheet": identity.sheet,
        "field": field,
        "as_read": as_read,
        "corrected": corrected,
    }


def corrections_for(reader: Reader, draft: ImportDraft) -> Corrections:
    """The words on readings of a batch: those stored before, and those said since it was read."""
    stored = reader.reading_corrections({file.digest for file in draft.files})
    return by_row([*(one for said in stored.values() for one in said), *draft.readings])
