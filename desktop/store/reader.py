"""The whole store for reading."""

from __future__ import annotations

from desktop.store.accounts import AccountsReading
from desktop.store.audit_subjects import AuditSubjectReading
from desktop.store.browsing import BrowsingReading
from desktop.store.column_profiles import ProfileReading
from desktop.store.deciding_people import PeopleDecisionsReading
from desktop.store.deleting import DeletionReading
from desktop.store.ledger_reading import LedgerReading
from desktop.store.logbook import LogbookReading
from desktop.store.papers import PapersReading
from desktop.store.person_data import PersonDataReading
from desktop.store.reading_cases import CasesReading
from desktop.store.reading_evidence import EvidenceReading
from desktop.store.reading_facts import FactsReading
from desktop.store.reading_outcomes import OutcomesReading
from desktop.store.statistics import StatisticsReading
from desktop.store.successions import SuccessionReading
from desktop.store.take_back_hindrances import HindranceReading


class Reader(
    EvidenceReading,
    FactsReading,
    OutcomesReading,
    LedgerReading,
    ProfileReading,
    CasesReading,
    PeopleDecisionsReading,
    AccountsReading,
    SuccessionReading,
    HindranceReading,
    PapersReading,
    LogbookReading,
    DeletionReading,
    PersonDataReading,
    StatisticsReading,
    BrowsingReading,
    AuditSubjectReading,
):
    """One consistent snapshot of everything, see ``Store.reading``."""
