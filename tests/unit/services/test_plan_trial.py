"""A draft tried on the sample office: who gains, who loses, and that nothing is stored."""

from __future__ import annotations

import pytest

from desktop.services.office import Office
from desktop.services.plan_document import value_at, with_value, without_item
from desktop.services.plan_drafts import PlanDraft, copy_plan, open_draft
from desktop.services.plan_trial import Effect, trial_run
from desktop.services.plan_versions import PlanNotSoundError
from desktop.services.verifying import evaluate_everybody


def with_hours(draft: PlanDraft, hours: int) -> PlanDraft:
    values = draft.values
    for index in range(3):
        values = with_value(values, ("compensatory_leave", "rule", index, "hours"), hours)
    values = with_value(values, ("compensatory_leave", "cap_hours"), 3 * hours)
    return PlanDraft(draft.plan_id, values, draft.based_on)


def sure_hours(office: Office) -> dict[str, int]:
    _, verdicts = evaluate_everybody(office, "kaohsiung-114")
    return {v.person.employee_id: v.leave.hours for v in verdicts}


def test_a_copy_without_changes_changes_nobody(sample: Office) -> None:
    run = trial_run(sample, copy_plan(sample, "kaohsiung-114"))
    assert run.people == len(sure_hours(sample))
    assert run.changed == ()
    assert "114 年" in run.basis


def test_more_hours_a_set_are_a_gain_for_exactly_those_who_have_one(sample: Office) -> None:
    before = sure_hours(sample)
    run = trial_run(sample, with_hours(copy_plan(sample, "kaohsiung-114"), 5))
    assert {c.employee_id for c in run.changed if c.effect is Effect.GAINS} == {
        person for person, hours in before.items() if hours
    }
    assert run.count(Effect.LOSES) == 0
    assert sure_hours(sample) == before


def test_fewer_hours_a_set_are_a_loss_in_words(sample: Office) -> None:
    run = trial_run(sample, with_hours(open_draft(sample, "kaohsiung-114"), 3))
    before = sure_hours(sample)
    assert run.count(Effect.GAINS) == 0
    lost = {c.employee_id: c for c in run.changed if c.effect is Effect.LOSES}
    assert set(lost) == {person for person, hours in before.items() if hours}
    for person, change in lost.items():
        assert f"補休 {before[person]} 時" in change.before
        assert f"補休 {before[person] // 4 * 3} 時" in change.after


def test_a_course_taken_out_helps_who_lacked_it_alone(sample: Office) -> None:
    draft = open_draft(sample, "kaohsiung-114")
    hours = value_at(draft.values, ("set", 0, "course", 0, "hours"))
    values = without_item(draft.values, ("set", 0, "course"), 0)
    values = with_value(values, ("set", 0, "hours"), 10 - hours)
    run = trial_run(sample, PlanDraft(draft.plan_id, values, draft.based_on))
    assert run.count(Effect.LOSES) == 0


def test_a_draft_with_mistakes_is_not_tried(sample: Office) -> None:
    draft = open_draft(sample, "kaohsiung-114")
    values = with_value(draft.values, ("year",), None)
    with pytest.raises(PlanNotSoundError):
        trial_run(sample, PlanDraft(draft.plan_id, values))
