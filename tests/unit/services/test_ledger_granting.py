"""Grants that follow from verdicts: once, after the application, within the cap."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from desktop.services.issuing import form_candidates, issue_forms
from desktop.services.ledger_basics import LedgerRefusedError
from desktop.services.ledger_candidates import grant_candidates
from desktop.services.ledger_granting import register_grants
from desktop.services.ledger_reversing import reverse_entry
from desktop.services.office import Office
from desktop.store import TakeBackRefusedError
from tests.unit.services.ledgers import ledger

PLAN = "kaohsiung-114"
WHO = "A0011"


def printed(office: Office, *keys: str) -> None:
    issue_forms(office, PLAN, keys, with_stamp=False)


def states(office: Office) -> dict[str, str]:
    return {one.key: one.state for one in grant_candidates(office, PLAN)}


def test_grant_waits_for_its_application_and_is_entered_once(sample: Office) -> None:
    assert states(sample)[f"{WHO}/policy"] == "申請表未列印"
    with pytest.raises(LedgerRefusedError, match="申請表還沒有列印，沒有登錄任何核給"):
        register_grants(sample, PLAN, [f"{WHO}/policy"])
    printed(sample, f"{WHO}/policy", f"{WHO}/city")
    found = {one.key: one for one in grant_candidates(sample, PLAN)}
    ready = found[f"{WHO}/policy"]
    assert (ready.state, ready.hours, ready.is_ready) == ("可登錄", 4, True)
    outcome = register_grants(sample, PLAN, [f"{WHO}/policy"], reason="已核章")
    assert outcome.change.act == "登錄核給 1 筆 4 時"
    (line,) = outcome.grants
    assert (line.employee_id, line.set_id, line.hours) == (WHO, "policy", 4)
    assert (line.first_day, line.expires) == (ready.first_day, ready.expires)
    assert (line.title, line.clause) == ("114 年度／政策能力訓練", "陸、五")
    assert line.document_number == ready.number
    assert line.day == date(2025, 9, 2)
    assert states(sample)[f"{WHO}/policy"] == "已登錄"
    with pytest.raises(LedgerRefusedError, match="都已登錄過"):
        register_grants(sample, PLAN, [f"{WHO}/policy"])
    with sample.store.reading() as reader:
        entry = next(one for one in reader.audit_entries(5) if one.act == "登錄補休核給")
    assert entry.detail["why"] == "已核章"
    assert entry.detail["grants"][0]["hours"] == 4


def test_whole_office_is_entered_and_comes_to_the_verdicts(sample: Office) -> None:
    keys = [one.key for one in form_candidates(sample, PLAN) if one.is_printable]
    printed(sample, *keys)
    ready = [one for one in grant_candidates(sample, PLAN) if one.is_ready]
    outcome = register_grants(sample, PLAN, [one.key for one in ready])
    hours: Counter[str] = Counter()
    for one in ready:
        hours[one.employee_id] += one.verdict_hours
    assert {owner: ledger(sample, owner).granted_for(PLAN) for owner in hours} == hours
    assert max(hours.values()) <= 12
    assert len(outcome.grants) == len(ready) == len(keys)
    assert set(states(sample).values()) == {"已登錄"}
    assert sample.store.verify() == ()


def test_employee_id_stands_for_everything_of_the_person(sample: Office) -> None:
    mine = [key for key in states(sample) if key.startswith(f"{WHO}/")]
    printed(sample, *mine)
    assert len(register_grants(sample, PLAN, [WHO]).grants) == len(mine)


def test_reversed_grant_can_be_entered_again(sample: Office) -> None:
    printed(sample, f"{WHO}/policy")
    (line,) = register_grants(sample, PLAN, [f"{WHO}/policy"], document_number="人字第1號").grants
    assert line.document_number == "人字第1號"
    reverse_entry(sample, line.id, reason="文號登錯")
    assert states(sample)[f"{WHO}/policy"] == "可登錄"
    register_grants(sample, PLAN, [f"{WHO}/policy"])
    assert ledger(sample, WHO).granted_for(PLAN, "policy") == 4


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2025, 9, 3), "還沒到"), (date(2025, 1, 2), "早於.*完成課程的")],
)
def test_day_of_the_grant_must_fit(sample: Office, day: date, said: str) -> None:
    printed(sample, f"{WHO}/policy")
    with pytest.raises(LedgerRefusedError, match=said):
        register_grants(sample, PLAN, [f"{WHO}/policy"], day=day)
    assert ledger(sample, WHO).entries == ()


def test_who_has_nothing_sure_is_granted_nothing(sample: Office) -> None:
    with pytest.raises(LedgerRefusedError, match="沒有可以核給的補休"):
        register_grants(sample, PLAN, ["A0001/policy"])


def test_import_under_a_grant_is_not_taken_back(sample: Office) -> None:
    printed(sample, f"{WHO}/policy")
    register_grants(sample, PLAN, [f"{WHO}/policy"])
    with sample.store.reading() as reader:
        batches = [step.inverse["batch_id"] for step in reader.undo_steps()]
    with pytest.raises(TakeBackRefusedError), sample.store.writing("收回") as writer:
        writer.take_back_batch(batches[0])
