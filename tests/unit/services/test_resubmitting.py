"""更正: shown, asked, said, taken back; both readings stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.evidence import LearningRow
from desktop.domain.verdicts import RecordVerdict, Verdict
from desktop.services.draft import RowState
from desktop.services.import_preview import preview
from desktop.services.importing import read_batch, store_batch, take_back
from desktop.services.office import Office
from desktop.services.resubmitting import (
    Resubmission,
    SuccessionRefusedError,
    forerunner_words,
    keep_both,
    replace_forerunners,
    restore_forerunners,
    resubmissions,
)
from desktop.services.stale_verdicts import stale, store_verdicts
from desktop.services.undoing import redo, undo
from desktop.services.verifying import case
from desktop.store import Store
from tests.unit.services.test_importing import HEAD, ROSTER, ROW, write

PLAN = "kaohsiung-114"
WORSE = ROW.replace(
    "2025-03-15 10:00:00~ 2025-03-15 11:00:00", "2025-03-14 10:00:00~ 2025-03-14 11:00:00"
)
BEGUN = ROW.replace("~ 2025-03-15 11:00:00", "~").replace("已通過", "未通過")


@pytest.fixture
def staffed(office: Office, tmp_path: Path) -> Office:
    people = "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,A\nA2,李大同,民政課,課員,薦任第6職等,編制內公務人員,A\n"
    store_batch(office, read_batch(office, [write(tmp_path, "名冊.csv", ROSTER + people)]))
    return office


def bring(office: Office, folder: Path, name: str, *rows: str) -> str:
    path = write(folder, name, HEAD + "".join(rows))
    return store_batch(office, read_batch(office, [path])).batch_id


def records(office: Office) -> list[RecordVerdict]:
    return [one for one in case(office, PLAN, "A1").verdict.records if one.is_in_plan]


def shown(office: Office) -> list[tuple[LearningRow, ...]]:
    return [(one.row, *(f.row for f in one.forerunners)) for one in records(office)]


def asked(office: Office, **words: str) -> Resubmission:
    (one,) = resubmissions(office, PLAN, **words)
    return one


def test_later_printout_is_announced_as_changed_before_it_is_stored(
    staffed: Office, tmp_path: Path
) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    path = write(tmp_path, "乙.csv", HEAD + WORSE)
    (file,) = preview(staffed, read_batch(staffed, [path])).files
    assert file.counts == {RowState.CHANGED: 1}
    assert "先前已有同一課程的另一列（「甲.csv」" in file.rows[0].note


def test_file_that_shows_both_announces_no_correction(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    path = write(tmp_path, "乙.csv", HEAD + ROW + WORSE)
    (file,) = preview(staffed, read_batch(staffed, [path])).files
    assert [row.state for row in file.rows] == [RowState.CHANGED, RowState.NEW]
    assert "與先前匯入的一列相同" in file.rows[0].note


def test_until_somebody_says_so_both_are_listed_and_the_best_counts(
    staffed: Office, tmp_path: Path
) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    later = bring(staffed, tmp_path, "乙.csv", WORSE)
    assert sorted(one.verdict for one in records(staffed) if one.verdict) == [
        Verdict.PASS,
        Verdict.REVIEW,
    ]
    one = asked(staffed)
    assert not one.is_order_sure
    assert "兩份都沒有寫明哪一份較新" in one.sentence
    assert "「甲.csv」第 2 列 114-03-15" in one.sentence
    assert asked(staffed, batch_id=later) == one
    assert asked(staffed, employee_id="A1") == one
    assert resubmissions(staffed, PLAN, employee_id="A2") == ()


def test_correction_replaces_its_forerunner_and_both_are_kept(
    staffed: Office, tmp_path: Path
) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    store_verdicts(staffed, PLAN)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    one = asked(staffed)
    change = replace_forerunners(staffed, [one], reason="補正：甲.csv 印錯人")
    assert change.employee_ids == {"A1"}
    (record,) = records(staffed)
    assert record.verdict is Verdict.REVIEW
    (forerunner,) = record.forerunners
    assert (forerunner.row.place.file_name, record.row.place.file_name) == ("甲.csv", "乙.csv")
    assert forerunner_words(forerunner).startswith("這一列更正了先前的「甲.csv」第 2 列 114-03-15")
    assert "補正：甲.csv 印錯人" in forerunner_words(forerunner)
    assert resubmissions(staffed, PLAN) == ()
    assert [entry.employee_id for entry in stale(staffed, PLAN)] == ["A1"]
    with staffed.store.reading() as reader:
        assert len(reader.learning_rows("A1")) == 2


def test_same_earlier_printout_coming_again_stays_replaced(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    replace_forerunners(staffed, [asked(staffed)], reason="補正")
    bring(staffed, tmp_path, "丙.csv", ROW + "\n")
    (record,) = records(staffed)
    assert [one.row.place.file_name for one in record.forerunners] == ["甲.csv", "丙.csv"]


def test_clerk_may_say_it_the_other_way_round(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    replace_forerunners(staffed, [asked(staffed).turned()], reason="甲.csv 才是補正後的")
    (record,) = records(staffed)
    assert (record.verdict, record.row.place.file_name) == (Verdict.PASS, "甲.csv")


def test_both_stand_and_are_asked_no_more(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    keep_both(staffed, [asked(staffed)], reason="上了兩次")
    assert len(records(staffed)) == 2
    assert resubmissions(staffed, PLAN) == ()


def test_same_attempt_further_on_is_surely_the_later(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", BEGUN)
    one = asked(staffed)
    assert one.is_order_sure
    assert one.later.row.place.file_name == "甲.csv"
    assert "後者是同一次上課後來的情形" in one.sentence


def test_answer_is_undone_and_done_again(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    both = shown(staffed)
    replace_forerunners(staffed, [asked(staffed)], reason="補正")
    replaced = shown(staffed)
    assert replaced != both
    assert undo(staffed) is not None
    assert shown(staffed) == both
    assert asked(staffed)
    assert redo(staffed) is not None
    assert shown(staffed) == replaced


def test_forerunner_is_put_in_force_again_with_a_reason(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    replace_forerunners(staffed, [asked(staffed)], reason="補正")
    (record,) = records(staffed)
    restore_forerunners(staffed, "A1", record.forerunners, reason="看錯了")
    assert len(records(staffed)) == 2
    assert asked(staffed)


def test_earlier_one_counts_again_when_the_import_of_the_correction_is_taken_back(
    staffed: Office, tmp_path: Path
) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    later = bring(staffed, tmp_path, "乙.csv", WORSE)
    replace_forerunners(staffed, [asked(staffed)], reason="補正")
    take_back(staffed, later)
    (record,) = records(staffed)
    assert (record.verdict, record.forerunners) == (Verdict.PASS, ())


def test_answer_that_runs_in_a_circle_is_refused_and_nothing_is_kept(
    staffed: Office, tmp_path: Path
) -> None:
    third = WORSE.replace("03-14", "03-13")
    for name, row in (("甲.csv", ROW), ("乙.csv", WORSE), ("丙.csv", third)):
        bring(staffed, tmp_path, name, row)
    pairs = {
        (one.earlier.row.place.file_name, one.later.row.place.file_name): one
        for one in resubmissions(staffed, PLAN)
    }
    assert set(pairs) == {("甲.csv", "乙.csv"), ("甲.csv", "丙.csv"), ("乙.csv", "丙.csv")}
    replace_forerunners(
        staffed, [pairs["甲.csv", "乙.csv"], pairs["乙.csv", "丙.csv"]], reason="補正"
    )
    with pytest.raises(SuccessionRefusedError, match="不能反過來"):
        replace_forerunners(staffed, [pairs["甲.csv", "丙.csv"].turned()], reason="補正")
    (record,) = records(staffed)
    assert record.row.place.file_name == "丙.csv"
    assert len(record.forerunners) == 2


def test_answer_without_a_reason_is_none(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    with pytest.raises(ValueError, match="reason"):
        keep_both(staffed, [asked(staffed)], reason=" ")
    with staffed.store.reading() as reader:
        assert reader.successions() == ()


def test_answers_are_kept_over_a_restart(staffed: Office, tmp_path: Path) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    bring(staffed, tmp_path, "乙.csv", WORSE)
    replace_forerunners(staffed, [asked(staffed)], reason="補正")
    path = staffed.store.path
    staffed.store.close()
    store = Store.open(path, actor="周雅雯", clock=staffed.clock)
    with store.reading() as reader:
        (answer,) = reader.successions("A1")
    assert (answer.answer.value, answer.reason, answer.decided_by) == ("replaces", "補正", "周雅雯")
    store.close()
