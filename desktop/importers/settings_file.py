"""``agency.toml``: recognised by what it holds, handed on as text."""

from __future__ import annotations

import tomllib

from desktop.domain.evidence import AgencySettingsRow, EvidenceKind, Extraction
from desktop.importers.document import Source

MAX_SETTINGS_BYTES = 1_000_000


def read_settings(source: Source, data: bytes) -> Extraction | None:
    """The settings file in ``data``; None when it is something else.

    Args:
        source: The file.
        data: Its bytes.
    """
    if len(data) > MAX_SETTINGS_BYTES or b"[agency]" not in data:
        return None
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        # Named like settings but not readable as such: the rules say which line is wrong.
        if not source.name.lower().endswith(".toml"):
            return None
        text = data.decode("utf-8-sig", "replace")
        values = {"agency": {}}
    if not isinstance(values.get("agency"), dict):
        return None
    row = AgencySettingsRow(source.place(), text)
    return Extraction(source.digest, source.name, EvidenceKind.AGENCY_SETTINGS, (row,))
