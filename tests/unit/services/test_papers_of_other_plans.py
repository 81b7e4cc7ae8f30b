"""Papers of plans that nobody here wrote a form for: tiers, any N sets, other awards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.rules.plan_loading import parse_plan
from desktop.services.issuing import (
    form_candidates,
    issue_forms,
    paper_choices,
    preview_forms,
)
from desktop.services.office import Office
from tests.unit.services.papers import words

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases"
OTHERS = sorted(
    path
    for folder in ("plans-of-other-cities", "plans")
    for path in (CASES / folder).glob("*.toml")
    if not path.stem.endswith("-agency")
)


def take(office: Office, text: str) -> str:
    """Put a plan into the store; gives its id."""
    plan = parse_plan(text, name="計畫.toml")
    with office.store.writing("設定計畫") as writer:
        writer.add_plan(plan.id, plan.version, text)
    return plan.id


def tiered(text: str) -> str:
    """The 114 plan with the general form, and 4 hours for any set or 12 for all three."""
    text = text.replace('id = "kaohsiung-114"', 'id = "tiers-114"').replace('"KH"', '"TT"')
    text = text.replace('layout = "kaohsiung-114"', 'layout = "general"')
    text = text.replace('combination = "sum"', 'combination = "best"')
    first, *_ = re.findall(r"\[\[compensatory_leave\.rule\]\]\n(?:.+\n)+", text)
    sets = 'sets = ["policy", "city", "common"]\ngrant_set = "policy"\n'
    clause = 'clause = "陸、五"\n'
    rules = "\n".join(
        f"[[compensatory_leave.rule]]\n{sets}at_least_sets = {count}\nhours = {hours}\n{clause}"
        for count, hours in ((1, 4), (3, 12))
    )
    text = text.replace(first, rules, 1)
    return re.sub(r"\[\[compensatory_leave\.rule\]\]\nsets = \[\"\w+\"\]\n(?:.+\n)+", "", text)


def test_of_tiers_only_the_one_reached_is_applied_for(sample: Office) -> None:
    plan = take(sample, tiered((ROOT / "resources/plans/kaohsiung-114.toml").read_text("utf-8")))
    found = {c.key: c for c in form_candidates(sample, plan)}
    assert len(found) == len({c.employee_id for c in found.values()})  # one a person
    assert found["A0012/policy"].state == "可列印"
    printed = words(issue_forms(sample, plan, ["A0012/policy"], with_stamp=False).pdf)
    assert "TT-114-000001" in printed
    assert "申請補休：4小時" in printed or "申請補休：12小時" in printed
    # Courses that count, and no others, are on the form.
    assert found["A0009/policy"].state in ("未完成", "待確認")


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_papers_of_any_plan_can_be_drafted_and_previewed(sample: Office, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    plan = take(sample, text)
    for paper in paper_choices(sample, plan):
        candidates = form_candidates(sample, plan, paper=paper.id)
        keys = [c.key for c in candidates if c.is_printable][:3]
        assert len({c.key for c in candidates}) == len(candidates)
        if keys:
            shown = preview_forms(sample, plan, keys, with_stamp=False, paper=paper.id)
            assert set(shown.keys) == set(keys)
