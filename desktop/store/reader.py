"""The whole store for reading."""

from __future__ import annotations

from desktop.store.column_profiles import ProfileReading
from desktop.store.reading_evidence import EvidenceReading
from desktop.store.reading_facts import FactsReading
from desktop.store.reading_outcomes import OutcomesReading


class Reader(EvidenceReading, FactsReading, OutcomesReading, ProfileReading):
    """One consistent snapshot of everything, see ``Store.reading``."""
