"""The whole store for writing."""

from __future__ import annotations

from desktop.store.accounts import AccountsWriting
from desktop.store.column_profiles import ProfileWriting
from desktop.store.deciding_people import PeopleDecisionsWriting
from desktop.store.deleting import DeletionWriting
from desktop.store.ledger_writing import LedgerWriting
from desktop.store.logbook import LogbookWriting
from desktop.store.papers import PapersWriting
from desktop.store.reader import Reader
from desktop.store.successions import SuccessionWriting
from desktop.store.taking_back import TakingBack
from desktop.store.writing_cases import CasesWriting
from desktop.store.writing_corrections import CorrectionsWriting
from desktop.store.writing_evidence import EvidenceWriting
from desktop.store.writing_outcomes import OutcomesWriting


class Writer(
    EvidenceWriting,
    CorrectionsWriting,
    TakingBack,
    OutcomesWriting,
    LedgerWriting,
    ProfileWriting,
    CasesWriting,
    PeopleDecisionsWriting,
    AccountsWriting,
    SuccessionWriting,
    PapersWriting,
    LogbookWriting,
    DeletionWriting,
    Reader,
):
    """One transaction on everything, see ``Store.writing``; reads what it wrote itself."""
