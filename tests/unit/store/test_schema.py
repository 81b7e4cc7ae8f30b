from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop.domain.case_states import CaseState
from desktop.domain.logbook import Matter, NewEntry
from desktop.domain.readings import RowIdentity
from desktop.domain.successions import SuccessionAnswer
from desktop.domain.verdicts import DecisionKind
from desktop.store.tables import APPEND_ONLY
from desktop.store.values import NewVerdict
from tests.unit.store.ledgers import a_grant
from tests.unit.store.making import DIGEST, PLAN, fill, issue, office_path, open_store

HASH = "a" * 64


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The file of an office with one of everything, opened beneath the store.

    One for all cases: each of them is refused and leaves nothing behind.
    """
    path = office_path(tmp_path_factory.mktemp("schema"))
    store = open_store(path)
    fill(store)
    with store.writing("審核") as writer:
        writer.add_decision(
            PLAN, record_key="r1", kind=DecisionKind.ACCEPT, reason="已查證", fingerprint="f"
        )
        writer.add_verdicts(PLAN, [NewVerdict("A0012", "1", "2", "3", "4", {})])
        number = issue(writer)
        writer.log_print(number, "print")
        scan = b"%PDF-1.7 scan"
        digest = hashlib.sha256(scan).hexdigest()
        writer.keep_file(digest, scan, "回件.pdf")
        writer.attach_sheet(number, digest=digest, page=1, file_name="回件.pdf")
        stamp = writer.add_stamp_picture(
            owner="周雅雯",
            title="課員周雅雯",
            sealed=b"x",
            salt=b"s" * 16,
            nonce=b"n" * 12,
            derivation="{}",
        )
        writer.log_stamp_use(stamp, number, box="承辦人", reason="")
        writer.add_to_ledger(a_grant())
        writer.add_case_step(
            PLAN,
            employee_id="A0012",
            set_id="",
            former=None,
            state=CaseState.RECEIVED,
            is_confirmed=False,
        )
        writer.leave_out(PLAN, "A0012", matter="commendation", reason="另案敘獎", fingerprint="f")
        writer.add_reading_correction(
            RowIdentity(HASH, 1, 2), "start", as_read="08:00:00", corrected=None
        )
        writer.add_succession(
            "A0012", older_key="a", newer_key="b", answer=SuccessionAnswer.REPLACES, reason="補正"
        )
        writer.write_down([NewEntry(Matter.QUOTA, PLAN, "", {"places": 3}, "府函")])
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("INSERT INTO deleted_row VALUES ('verdict', 'gone', NULL, NULL, 'd')")
        yield connection


BATCH = "(SELECT id FROM batch)"
FILE = "(SELECT id FROM batch_file LIMIT 1)"
DOCUMENT = "(SELECT id FROM issued_document)"
BATCH_FILE = "INSERT INTO batch_file (id, batch, position, digest, kept, name, kind, rows_in, rows_stored, rows_known, rows_refused, remarks) VALUES "
LEARNING = "INSERT INTO learning_row (id, batch_file, position, digest, file_name, employee_id, person_problem, row_key, kind, course_name, times_are_impossible, has_certificate, doubtful_fields, raw) VALUES "
DECISION = "INSERT INTO decision (id, seq, plan_id, record_key, kind, reason, actor, at, fingerprint, reverses) VALUES "
ISSUED = "INSERT INTO issued_document (id, seq, number, plan_id, code, roc_year, serial, kind, content_digest, frozen_digest, frozen, issued_at, actor, cancels) VALUES "
AUDIT = "INSERT INTO audit (seq, at, actor, act, subject, detail, previous_hash, hash) VALUES "
STEP = "INSERT INTO case_step (id, seq, plan_id, employee_id, set_id, former, state, is_confirmed, on_day, document, basis, reason, actor, at, reverses) VALUES "
SAID = "INSERT INTO row_succession (id, seq, employee_id, older_key, newer_key, answer, reason, actor, at) VALUES "
LOGGED = "INSERT INTO logbook_entry (id, seq, matter, scope, subject, body, reason, actor, at, reverses) VALUES "
LEFT_OUT = "INSERT INTO person_decision (id, seq, plan_id, employee_id, matter, kind, reason, actor, at, fingerprint, reverses) VALUES "
ACCOUNT = "INSERT INTO account (id, name, role, password_hash, must_change, is_active, failures, made_at, changed_at) VALUES "
STAMP = "INSERT INTO stamp_picture (id, seq, owner, title, sealed, salt, nonce, derivation, actor, at) VALUES "
STAMPED = "INSERT INTO stamp_act (id, seq, stamp, document, what, box, reason, actor, at) VALUES "
PERSON = "INSERT INTO person (employee_id, name, unit, title, rank, category, pattern_code, roster_position, is_on_roster) VALUES "

BAD = {
    "an entry about nothing": (
        "ck_logbook_entry_matter_not_empty",
        f"{LOGGED} ('x', 9, ' ', '', '', '{{}}', '', 'a', 'a', NULL)",
    ),
    "an entry by nobody": (
        "ck_logbook_entry_actor_not_empty",
        f"{LOGGED} ('x', 9, 'quota', '', '', '{{}}', '', '', 'a', NULL)",
    ),
    "an entry against itself": (
        "ck_logbook_entry_reverses_another",
        f"{LOGGED} ('x', 9, 'quota', '', '', '{{}}', '', 'a', 'a', 'x')",
    ),
    "a second store_info": (
        "ck_store_info_one_row",
        "INSERT INTO store_info (id, store_id, format_number, created_at, audit_seq, audit_hash) VALUES (2, 'x', 1, 'x', 0, 'x')",
    ),
    "a digest that is none": (
        "ck_source_file_digest_is_sha256",
        "INSERT INTO source_file VALUES ('ABC', 1, x'00', 'a', 'a')",
    ),
    "a size that lies": (
        "ck_source_file_size_fits",
        f"INSERT INTO source_file VALUES ('{HASH}', 2, x'00', 'a', 'a')",
    ),
    "the same bytes twice": (
        "UNIQUE: source_file.digest",
        f"INSERT INTO source_file VALUES ('{DIGEST}', 1, x'00', 'a', 'a')",
    ),
    "a file of no batch": (
        "FOREIGN KEY",
        f"{BATCH_FILE} ('x', 'none', 9, '{DIGEST}', NULL, 'a', NULL, 0, 0, 0, 0, '[]')",
    ),
    "rows that vanish": (
        "ck_batch_file_no_row_vanishes",
        f"{BATCH_FILE} ('x', {BATCH}, 9, '{DIGEST}', '{DIGEST}', 'a', 'roster', 5, 3, 1, 0, '[]')",
    ),
    "fewer than no rows": (
        "ck_batch_file_not_negative",
        f"{BATCH_FILE} ('x', {BATCH}, 9, '{DIGEST}', '{DIGEST}', 'a', 'roster', 0, 1, 0, -1, '[]')",
    ),
    "stored rows without a file": (
        "ck_batch_file_stored_rows_have_a_file",
        f"{BATCH_FILE} ('x', {BATCH}, 9, '{DIGEST}', NULL, 'a', 'roster', 1, 1, 0, 0, '[]')",
    ),
    "stored rows without a kind": (
        "ck_batch_file_stored_rows_have_a_kind",
        f"{BATCH_FILE} ('x', {BATCH}, 9, '{DIGEST}', '{DIGEST}', 'a', NULL, 1, 1, 0, 0, '[]')",
    ),
    "a kept file that is another": (
        "ck_batch_file_kept_is_the_file",
        f"{BATCH_FILE} ('x', {BATCH}, 9, '{HASH}', '{DIGEST}', 'a', 'roster', 1, 1, 0, 0, '[]')",
    ),
    "a kept file that is not there": (
        "FOREIGN KEY",
        f"{BATCH_FILE} ('x', {BATCH}, 9, '{HASH}', '{HASH}', 'a', 'roster', 1, 1, 0, 0, '[]')",
    ),
    "two files in one position": (
        "UNIQUE: batch_file.batch, batch_file.position",
        f"{BATCH_FILE} ('x', {BATCH}, 0, '{DIGEST}', NULL, 'a', NULL, 0, 0, 0, 0, '[]')",
    ),
    "a batch taken back by nobody": (
        "ck_batch_taken_back_by_somebody",
        "UPDATE batch SET taken_back_at = '2025-01-01T00:00:00'",
    ),
    "a refusal without a sentence": (
        "ck_refused_row_message_not_empty",
        f"INSERT INTO refused_row (id, batch_file, position, reason, message, rows, raw) VALUES ('x', {FILE}, 0, 'empty', ' ', 1, '{{}}')",
    ),
    "a learning row of nobody without a problem": (
        "ck_learning_row_person_or_problem",
        f"{LEARNING} ('x', {FILE}, 90, '{DIGEST}', 'a', NULL, NULL, 'k', 'roster', 'c', 0, NULL, '[]', '{{}}')",
    ),
    "a learning row of somebody with a problem": (
        "ck_learning_row_person_or_problem",
        f"{LEARNING} ('x', {FILE}, 90, '{DIGEST}', 'a', 'A0012', 'person_unknown', 'k', 'roster', 'c', 0, NULL, '[]', '{{}}')",
    ),
    "a problem that is none": (
        "ck_learning_row_person_problem_known",
        f"{LEARNING} ('x', {FILE}, 90, '{DIGEST}', 'a', NULL, 'bad_date', 'k', 'roster', 'c', 0, NULL, '[]', '{{}}')",
    ),
    "a learning row of a stranger": (
        "FOREIGN KEY",
        f"{LEARNING} ('x', {FILE}, 90, '{DIGEST}', 'a', 'Q1', NULL, 'k', 'roster', 'c', 0, NULL, '[]', '{{}}')",
    ),
    "a learning row of a file without its digest": (
        "ck_learning_row_digest_is_sha256",
        f"{LEARNING} ('x', {FILE}, 90, 'x', 'a', 'A0012', NULL, 'k', 'roster', 'c', 0, NULL, '[]', '{{}}')",
    ),
    "a learning row of no file": (
        "ck_learning_row_place_is_known",
        f"{LEARNING} ('x', {FILE}, 90, NULL, 'a', 'A0012', NULL, 'k', 'roster', 'c', 0, NULL, '[]', '{{}}')",
    ),
    "a flag that is neither": (
        "ck_learning_row_times_are_impossible_is_flag",
        f"{LEARNING} ('x', {FILE}, 90, '{DIGEST}', 'a', 'A0012', NULL, 'k', 'roster', 'c', 2, NULL, '[]', '{{}}')",
    ),
    "a certificate that is neither": (
        "ck_learning_row_has_certificate_is_flag",
        f"{LEARNING} ('x', {FILE}, 90, '{DIGEST}', 'a', 'A0012', NULL, 'k', 'roster', 'c', 0, 7, '[]', '{{}}')",
    ),
    "a shown fact that is neither": (
        "ck_learning_row_are_hours_uploaded_is_flag",
        "UPDATE learning_row SET are_hours_uploaded = 2",
    ),
    "a supervisor that is neither": (
        "ck_person_is_supervisor_is_flag",
        "UPDATE person SET is_supervisor = 'yes'",
    ),
    "a former award of nobody": (
        "ck_former_award_employee_id_not_empty",
        "INSERT INTO former_award (id, seq, natural_key, is_live, employee_id, year, plan, benefit) VALUES ('x', 1, 'k', 1, ' ', 112, '', '嘉獎')",
    ),
    "a person without an id": (
        "ck_person_employee_id_not_empty",
        f"{PERSON} (' ', 'a', 'a', '', '', '', '', 0, 1)",
    ),
    "a person twice": (
        "UNIQUE: person.employee_id",
        f"{PERSON} ('A0012', 'a', 'a', '', '', '', '', 0, 1)",
    ),
    "leave of a stranger": (
        "FOREIGN KEY",
        "INSERT INTO leave_without_pay VALUES ('Q1', 0, '2025-01-01', NULL)",
    ),
    "a live entry twice": (
        "UNIQUE: attendance_entry.natural_key",
        "INSERT INTO attendance_entry SELECT 'x', 99, batch_file, digest, file_name, page, row, sheet, boxes, natural_key, 1, employee_id, kind, kind_words, start_at, end_at, reason FROM attendance_entry LIMIT 1",
    ),
    "a calendar of a ROC year": (
        "ck_calendar_year_year_is_gregorian",
        "INSERT INTO calendar_year VALUES ('x', 1, NULL, 114, 'v', 's', 'a')",
    ),
    "a calendar day of no year": (
        "FOREIGN KEY",
        "INSERT INTO calendar_day VALUES ('none', '2025-01-01', 1, NULL)",
    ),
    "agency settings without their digest": (
        "ck_agency_settings_version_is_sha256",
        "INSERT INTO agency_settings VALUES ('x', 1, 'v', 't', 'a')",
    ),
    "a plan without an id": (
        "ck_plan_version_plan_id_not_empty",
        "INSERT INTO plan_version VALUES ('x', 1, '', 'v', 't', 'a')",
    ),
    "a verdict on a stranger": (
        "FOREIGN KEY",
        f"INSERT INTO verdict VALUES ('x', 9, '{PLAN}', '1', '2', '3', '4', 'Q1', 'a', '{{}}')",
    ),
    "a verdict without its facts": (
        "ck_verdict_facts_digest_not_empty",
        f"INSERT INTO verdict VALUES ('x', 9, '{PLAN}', '1', '2', '3', '', 'A0012', 'a', '{{}}')",
    ),
    "a decision without a reason": (
        "ck_decision_reason_not_empty",
        f"{DECISION} ('x', 9, 'p', 'r', 'accept', ' ', 'a', 'a', 'f', NULL)",
    ),
    "a decision by nobody": (
        "ck_decision_actor_not_empty",
        f"{DECISION} ('x', 9, 'p', 'r', 'accept', 'why', '', 'a', 'f', NULL)",
    ),
    "a decision of no kind": (
        "ck_decision_kind_known",
        f"{DECISION} ('x', 9, 'p', 'r', 'maybe', 'why', 'a', 'a', 'f', NULL)",
    ),
    "a reversal of nothing": (
        "ck_decision_reversal_names_it",
        f"{DECISION} ('x', 9, 'p', 'r', 'reversal', 'why', 'a', 'a', 'f', NULL)",
    ),
    "a reversal of what is not there": (
        "FOREIGN KEY",
        f"{DECISION} ('x', 9, 'p', 'r', 'reversal', 'why', 'a', 'a', 'f', 'none')",
    ),
    "a decision that reverses": (
        "ck_decision_reversal_names_it",
        f"{DECISION} ('x', 9, 'p', 'r', 'accept', 'why', 'a', 'a', 'f', (SELECT id FROM decision))",
    ),
    "a number twice": (
        "UNIQUE: issued_document.number",
        f"{ISSUED} ('x', 9, 'KH-114-000001', 'p', 'KH', 114, 7, 'A', '{HASH}', '{HASH}', x'00', 'a', 'a', NULL)",
    ),
    "a serial twice": (
        "UNIQUE: issued_document.code, issued_document.roc_year, issued_document.serial",
        f"{ISSUED} ('x', 9, 'KH-114-1', 'p', 'KH', 114, 1, 'A', '{HASH}', '{HASH}', x'00', 'a', 'a', NULL)",
    ),
    "a serial of seven digits": (
        "ck_issued_document_serial_of_six_digits",
        f"{ISSUED} ('x', 9, 'KH-114-1000000', 'p', 'KH', 114, 1000000, 'A', '{HASH}', '{HASH}', x'00', 'a', 'a', NULL)",
    ),
    "a document without bytes": (
        "ck_issued_document_frozen_not_empty",
        f"{ISSUED} ('x', 9, 'KH-114-000002', 'p', 'KH', 114, 2, 'A', '{HASH}', '{HASH}', x'', 'a', 'a', NULL)",
    ),
    "a document of no kind": (
        "ck_issued_document_kind_is_a_letter",
        f"{ISSUED} ('x', 9, 'KH-114-000002', 'p', 'KH', 114, 2, '', '{HASH}', '{HASH}', x'00', 'a', 'a', NULL)",
    ),
    "a document that cancels itself": (
        "ck_issued_document_cancels_another",
        f"{ISSUED} ('x', 9, 'KH-114-000002', 'p', 'KH', 114, 2, 'A', '{HASH}', '{HASH}', x'00', 'a', 'a', 'x')",
    ),
    "a series before its first": (
        "ck_number_series_serial_from_one",
        "INSERT INTO number_series (code, roc_year, last_serial) VALUES ('HC', 103, 0)",
    ),
    "a print of nothing": (
        "FOREIGN KEY",
        "INSERT INTO print_log VALUES ('x', 9, 'none', 'a', 'a', 'print')",
    ),
    "a print of another kind": (
        "ck_print_log_what_known",
        f"INSERT INTO print_log VALUES ('x', 9, {DOCUMENT}, 'a', 'a', 'fax')",
    ),
    "an audit entry by nobody": (
        "ck_audit_actor_not_empty",
        f"{AUDIT} (99, 'a', ' ', 'a', '', '{{}}', '{HASH}', '{'b' * 64}')",
    ),
    "an audit entry before the first": (
        "ck_audit_seq_from_one",
        f"{AUDIT} (0, 'a', 'a', 'a', '', '{{}}', '{HASH}', '{'b' * 64}')",
    ),
    "a fork of the audit chain": (
        "UNIQUE: audit.previous_hash",
        f"{AUDIT} (99, 'a', 'a', 'a', '', '{{}}', '{'0' * 64}', '{'b' * 64}')",
    ),
    "a case in no state": (
        "ck_case_step_state_known",
        f"{STEP} ('x', 9, 'p', 'A0012', '', '', 'lost', 0, 'a', '', '', '', 'a', 'a', NULL)",
    ),
    "a case of a stranger": (
        "FOREIGN KEY",
        f"{STEP} ('x', 9, 'p', 'Q1', '', '', 'received', 0, 'a', '', '', '', 'a', 'a', NULL)",
    ),
    "a derived step that takes another back": (
        "ck_case_step_reversal_is_confirmed",
        f"{STEP} ('x', 9, 'p', 'A0012', '', '', 'received', 0, 'a', '', '', '', 'a', 'a', (SELECT id FROM case_step))",
    ),
    "a case step by nobody": (
        "ck_case_step_actor_not_empty",
        f"{STEP} ('x', 9, 'p', 'A0012', '', '', 'received', 0, 'a', '', '', '', ' ', 'a', NULL)",
    ),
    "an answer without a reason": (
        "ck_row_succession_reason_not_empty",
        f"{SAID} ('x', 9, 'A0012', 'a', 'b', 'both', ' ', 'a', 'a')",
    ),
    "a reading that replaces itself": (
        "ck_row_succession_two_readings",
        f"{SAID} ('x', 9, 'A0012', 'a', 'a', 'replaces', 'why', 'a', 'a')",
    ),
    "an unknown answer": (
        "ck_row_succession_answer_known",
        f"{SAID} ('x', 9, 'A0012', 'a', 'b', 'maybe', 'why', 'a', 'a')",
    ),
    "somebody left out without a reason": (
        "ck_person_decision_reason_not_empty",
        f"{LEFT_OUT} ('x', 9, 'p', 'A0012', 'commendation', 'leave_out', ' ', 'a', 'a', 'f', NULL)",
    ),
    "a reversal of nobody left out": (
        "ck_person_decision_reversal_names_it",
        f"{LEFT_OUT} ('x', 9, 'p', 'A0012', 'commendation', 'reversal', 'why', 'a', 'a', 'f', NULL)",
    ),
    "a template without words": (
        "ck_reason_template_words_not_empty",
        "INSERT INTO reason_template (id, seq, matter, words, actor, added_at) VALUES ('x', 1, '', ' ', 'a', 'a')",
    ),
    "an account of no role": (
        "ck_account_role_known",
        f"{ACCOUNT} ('x', '周雅雯', 'king', '', 0, 1, 0, 'a', 'a')",
    ),
    "an account without a name": (
        "ck_account_name_not_empty",
        f"{ACCOUNT} ('x', ' ', 'clerk', '', 0, 1, 0, 'a', 'a')",
    ),
    "a setting without a key": (
        "ck_office_setting_key_not_empty",
        "INSERT INTO office_setting (key, value, actor, changed_at) VALUES ('', '1', 'a', 'a')",
    ),
    "a sheet of no document": (
        "FOREIGN KEY",
        "INSERT INTO scanned_sheet SELECT 'x', 9, 'none', digest, 2, '', 'a', 'a' FROM scanned_sheet",
    ),
    "a page before the first": (
        "ck_scanned_sheet_page_from_one",
        "INSERT INTO scanned_sheet SELECT 'x', 9, document, digest, 0, '', 'a', 'a' FROM scanned_sheet",
    ),
    "a page attached twice": (
        "UNIQUE: scanned_sheet.document, scanned_sheet.digest, scanned_sheet.page",
        "INSERT INTO scanned_sheet SELECT 'x', 9, document, digest, 1, '', 'a', 'a' FROM scanned_sheet",
    ),
    "a stamp of nobody": (
        "ck_stamp_picture_owner_not_empty",
        f"{STAMP} ('x', 9, ' ', 't', x'00', x'{'00' * 16}', x'{'00' * 12}', '{{}}', 'a', 'a')",
    ),
    "a stamp with hardly any salt": (
        "ck_stamp_picture_salt_long_enough",
        f"{STAMP} ('x', 9, 'a', 't', x'00', x'00', x'{'00' * 12}', '{{}}', 'a', 'a')",
    ),
    "a stamp withdrawn without a reason": (
        "ck_stamp_act_withdrawal_has_a_reason",
        f"{STAMPED} ('x', 9, (SELECT id FROM stamp_picture), NULL, 'withdraw', '', ' ', 'a', 'a')",
    ),
    "a stamp used on nothing": (
        "ck_stamp_act_use_names_its_document",
        f"{STAMPED} ('x', 9, (SELECT id FROM stamp_picture), NULL, 'use', '', '', 'a', 'a')",
    ),
    "an undo step without a name": (
        "ck_undo_step_act_not_empty",
        "INSERT INTO undo_step (id, seq, act, inverse, actor, done_at) VALUES ('x', 9, '', '{}', 'a', 'a')",
    ),
}


@pytest.mark.parametrize(("rule", "statement"), BAD.values(), ids=BAD.keys())
def test_row_that_cannot_be_is_refused_by_the_database(
    raw: sqlite3.Connection, rule: str, statement: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError) as caught:
        raw.execute(statement)
    assert rule in str(caught.value).replace(" constraint failed", "")


GUARDED = {table.name: next(iter(table.primary_key)).name for table in APPEND_ONLY}


@pytest.mark.parametrize(("table", "key"), GUARDED.items(), ids=GUARDED.keys())
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {key} = {key}",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_append_only_row_cannot_be_changed_beneath_the_store(
    raw: sqlite3.Connection, statement: str, table: str, key: str
) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    with pytest.raises(sqlite3.IntegrityError, match="只能新增"):
        raw.execute(statement.format(table=table, key=key))
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before


def test_kept_file_cannot_be_changed_beneath_the_store(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="原始檔內容不能修改"):
        raw.execute("UPDATE source_file SET first_name = 'x'")
