"""The tables as they are now; ``migrations/`` says how a store gets here.

SQL that SQLite and PostgreSQL both speak. Dates and moments are ISO text, decimals and lengths
decimal text, so that what was read comes back to the last digit in either. A row that may change
carries ``row_version``; a row that only may be added is guarded by the migrations' triggers.
"""

from __future__ import annotations

from desktop.store.columns import METADATA
from desktop.store.tables_cases import (
    account,
    case_step,
    office_setting,
    person_decision,
    reason_template,
)
from desktop.store.tables_evidence import (
    REFERENCE_TABLES,
    agency_settings,
    attendance_entry,
    batch,
    batch_file,
    calendar_day,
    calendar_year,
    column_profile,
    former_award,
    known_row,
    learning_row,
    leave_without_pay,
    nominee,
    person,
    plan_draft,
    plan_version,
    punch,
    reading_correction,
    receipt,
    refused_row,
    roster_revision,
    row_succession,
    shift,
    source_file,
    stated_hours,
)
from desktop.store.tables_ledger import ledger_entry
from desktop.store.tables_life import deleted_row
from desktop.store.tables_logbook import logbook_entry
from desktop.store.tables_outcomes import (
    audit,
    decision,
    issued_document,
    number_series,
    print_log,
    store_info,
    undo_step,
    verdict,
)
from desktop.store.tables_papers import scanned_sheet, stamp_act, stamp_picture

APPEND_ONLY = (
    audit,
    verdict,
    decision,
    issued_document,
    print_log,
    case_step,
    person_decision,
    ledger_entry,
    reading_correction,
    row_succession,
    scanned_sheet,
    stamp_picture,
    stamp_act,
    logbook_entry,
    deleted_row,
)

__all__ = [
    "APPEND_ONLY",
    "METADATA",
    "REFERENCE_TABLES",
    "account",
    "agency_settings",
    "attendance_entry",
    "audit",
    "batch",
    "batch_file",
    "calendar_day",
    "calendar_year",
    "case_step",
    "column_profile",
    "decision",
    "deleted_row",
    "former_award",
    "issued_document",
    "known_row",
    "learning_row",
    "leave_without_pay",
    "ledger_entry",
    "logbook_entry",
    "nominee",
    "number_series",
    "office_setting",
    "person",
    "person_decision",
    "plan_draft",
    "plan_version",
    "print_log",
    "punch",
    "reading_correction",
    "reason_template",
    "receipt",
    "refused_row",
    "roster_revision",
    "row_succession",
    "scanned_sheet",
    "shift",
    "source_file",
    "stamp_act",
    "stamp_picture",
    "stated_hours",
    "store_info",
    "undo_step",
    "verdict",
]
