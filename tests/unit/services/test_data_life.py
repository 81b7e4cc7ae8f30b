"""Data life through the services: periods, what is due, deletion, one person's export."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.domain.accounts import AccountRole
from desktop.domain.logbook import Matter, NewEntry
from desktop.domain.retention import RecordKind
from desktop.services import accounts
from desktop.services.auditing import audit_lines, check_audit
from desktop.services.data_life import (
    DataLifeRefusedError,
    copies_outside,
    delete_due,
    due_for_deletion,
    retention_settings,
    set_retention,
)
from desktop.services.issuing import issue_forms
from desktop.services.office import Office, open_office
from desktop.services.person_export import export_person
from desktop.services.stale_verdicts import store_verdicts
from desktop.store import NotStoredError, ReadOnlyError, StoreError

PLAN = "kaohsiung-114"
REASON = "核准銷毀文號 1140001"
ALL_ONE_YEAR: dict[RecordKind, int | None] = dict.fromkeys(RecordKind, 1)
IN_2030 = date(2030, 1, 2)


def later(office: Office, moment: datetime) -> Office:
    """The same store, opened on another day."""
    path = office.store.path
    office.store.close()
    return open_office(path, actor="周雅雯", clock=lambda: moment)


def test_nothing_is_due_before_a_period_is_set(sample: Office) -> None:
    assert set(retention_settings(sample).values()) == {None}
    assert due_for_deletion(sample, date(2999, 1, 1)) == ()


def test_periods_are_kept_and_stand_in_the_trail(sample: Office) -> None:
    set_retention(sample, {RecordKind.EVIDENCE: 5})
    set_retention(sample, {RecordKind.LEDGER: 10})
    found = retention_settings(sample)
    assert (found[RecordKind.EVIDENCE], found[RecordKind.LEDGER]) == (5, 10)
    assert found[RecordKind.AUDIT] is None
    line = audit_lines(sample)[0]
    assert (line.act, line.before, line.after) == ("設定保存年限", "補休帳 永久", "補休帳 10 年")
    assert not set_retention(sample, {RecordKind.LEDGER: 10}).areas


def test_period_that_the_regulation_does_not_know_is_refused(sample: Office) -> None:
    with pytest.raises(DataLifeRefusedError, match="7 年不是可選的年限"):
        set_retention(sample, {RecordKind.LEDGER: 7})


def test_list_says_what_is_due_until_when_it_was_kept_and_what_hinders(sample: Office) -> None:
    store_verdicts(sample, PLAN)
    set_retention(sample, {RecordKind.CASES: 3})
    found = due_for_deletion(sample, IN_2030)
    assert found
    assert {one.unit.kind for one in found} == {RecordKind.CASES}
    assert {one.kept_until for one in found} == {date(2028, 9, 1)}
    blocked = [one for one in found if one.unit.needs]
    assert blocked
    assert all("還保存著靠它的「學習紀錄與原始檔" in one.hindrance for one in blocked)
    assert due_for_deletion(sample, date(2028, 9, 1)) == ()
    assert due_for_deletion(sample, date(2028, 9, 2))


def test_deletion_is_logged_and_real_and_names_backups_as_outside(sample: Office) -> None:
    store_verdicts(sample, PLAN)
    issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False)
    with sample.store.reading() as reader:
        course = reader.learning_rows("A0011")[0].row.course_name
    backup = sample.store.backup("手動")
    set_retention(sample, ALL_ONE_YEAR)
    office = later(sample, datetime(2030, 1, 2, 9))
    path = office.store.path
    due = due_for_deletion(office)
    done = delete_due(office, [one.unit.key for one in due if one.can_go], REASON)
    assert done.is_wiped
    assert done.outside == copies_outside(office) == (backup,)
    assert "備份不在刪除範圍內" in done.words
    assert str(backup.parent) in done.words
    with office.store.reading() as reader:
        assert reader.learning_rows() == ()
        assert reader.verdicts(PLAN) == {}
        assert len(reader.people()) > 0
    assert course.encode() not in path.read_bytes()
    assert office.store.verify() == ()
    assert check_audit(office) == ()
    line = audit_lines(office)[0]
    assert (line.act, line.actor, line.why) == ("刪除到期資料", "周雅雯", REASON)
    assert "學習紀錄" in line.more
    assert "保存年限" in line.more
    remaining = due_for_deletion(office)
    assert not [one for one in remaining if one.can_go]
    office.store.close()


def test_deletion_needs_a_choice_a_reason_and_its_time(sample: Office) -> None:
    set_retention(sample, ALL_ONE_YEAR)
    keys = [one.unit.key for one in due_for_deletion(sample, IN_2030)]
    with pytest.raises(DataLifeRefusedError, match="沒有選任何資料"):
        delete_due(sample, [], REASON)
    with pytest.raises(StoreError, match="還沒有到期"):
        delete_due(sample, keys[:1], REASON)


def test_where_people_sign_in_only_a_head_sets_and_deletes(sample: Office) -> None:
    accounts.set_up_sign_in(sample, "林主任", "正確的密碼1234")
    with pytest.raises(DataLifeRefusedError, match="只有主管"):
        set_retention(sample, {RecordKind.LEDGER: 10})
    head = accounts.sign_in(sample, "林主任", "正確的密碼1234")
    assert head.role is AccountRole.HEAD
    set_retention(head, {RecordKind.LEDGER: 10})
    clerk = accounts.sign_in(sample, "林主任", "正確的密碼1234")
    with pytest.raises(DataLifeRefusedError, match="只有主管"):
        delete_due(replace(clerk, role=AccountRole.CLERK), ["x"], REASON)


# ----------------------------------------------------------------------------------------- export
def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_export_holds_everything_about_one_person_and_nothing_of_others(sample: Office) -> None:
    store_verdicts(sample, PLAN)
    issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False)
    with sample.store.reading() as reader:
        person = next(one for one in reader.people() if one.employee_id == "A0011")
        # A namesake's name is the person's own.
        others = {one.name for one in reader.people()} - {person.name}
        rows = len(reader.learning_rows("A0011"))
    made = export_person(sample, "A0011")
    parts = opened(made.content)
    data = json.loads(parts["資料.json"])["tables"]
    assert len(data["learning_row"]) == rows
    assert data["person"][0]["name"] == person.name
    assert data["issued_document"][0]["number"] == "KH-114-000001"
    assert "已印文件/KH-114-000001.json" in parts
    assert data["verdict"][0]["content"]
    text = json.dumps({k: v for k, v in data.items() if k != "audit"}, ensure_ascii=False)
    assert len(others) > 5
    assert not [name for name in others if name in text]
    assert made.withheld == ()
    assert any(name.endswith("A0011_林羽達.html") for name in parts)
    line = audit_lines(sample)[0]
    assert (line.act, line.subject, line.subject_id) == ("匯出個人資料", "林羽達 A0011", "A0011")


def test_logbook_tells_a_person_what_names_them_and_nothing_of_others(sample: Office) -> None:
    with sample.store.writing("專班") as writer:
        writer.write_down(
            [
                NewEntry(Matter.NOMINEE, PLAN, "A0009", {"state": "out"}, "出差"),
                NewEntry(Matter.NOMINEE, PLAN, "A0010", {"state": "in", "for": "A0009"}, "遞補"),
                NewEntry(Matter.NOMINEE, PLAN, "A0010", {"state": "in"}, "薦送"),
            ]
        )
    parts = opened(export_person(sample, "A0009").content)
    own, shared = json.loads(parts["資料.json"])["tables"]["logbook_entry"]
    assert (own["subject"], own["body"], own["reason"]) == ("A0009", {"state": "out"}, "出差")
    assert set(shared) == {"seq", "at", "actor", "matter"}
    assert "專班活動登記" in parts["說明.txt"].decode("utf-8-sig")


def test_file_that_tells_of_others_too_is_named_and_left_out(sample: Office) -> None:
    made = export_person(sample, "A0009")
    parts = opened(made.content)
    assert made.withheld == ("attendance.xlsx",)
    assert not any(name.endswith("attendance.xlsx") for name in parts)
    assert "attendance.xlsx" in parts["說明.txt"].decode("utf-8-sig")
    rows = json.loads(parts["資料.json"])["tables"]["attendance_entry"]
    assert {row["employee_id"] for row in rows} == {"A0009"}


def test_identity_numbers_are_masked_unless_a_head_exports(sample: Office) -> None:
    with sample.store.writing("備註") as writer:
        writer.audit("備註", "A0011", {"why": "身分證 A123456789"})
    plain = opened(export_person(replace(sample, role=AccountRole.HEAD), "A0011").content)
    masked = opened(export_person(sample, "A0011").content)
    assert b"A123456789" in plain["資料.json"]
    assert b"A123456789" not in masked["資料.json"]
    assert "A12345＊＊＊＊" in masked["資料.json"].decode()
    assert "遮蔽末四碼" in masked["說明.txt"].decode("utf-8-sig")


def test_export_of_nobody_is_refused_and_a_reader_may_not(sample: Office) -> None:
    with pytest.raises(NotStoredError, match="沒有 Z0000 的任何資料"):
        export_person(sample, "Z0000")
    sample.store.work_as("訪客", may_write=False)
    with pytest.raises(ReadOnlyError):
        export_person(sample, "A0011")
