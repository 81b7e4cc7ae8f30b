"""The cases of tests/cases: from TOML to the engine's verdict, and to what is expected of it.

How a case is written: tests/cases/README.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from desktop.domain.evidence import LearningRow
from desktop.domain.findings import ReasonCode, Severity
from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict
from desktop.rules.evaluation import Together, judge_together
from tests.unit.rules import offices
from tests.unit.rules.case_people import PERSON_KEYS, evaluate
from tests.unit.rules.case_rows import RECORD_KEYS, told_row

_OTHER_FOLDERS = frozenset({"course-lists", "plans", "plans-of-other-cities"})
EXPECTED_OF_A_PERSON = frozenset(
    [
        "sets",
        "missing",
        "failed",
        "minimums",
        "completed",
        "leave",
        "award",
        "entitlements",
        "adds",
        "hindrances",
        "eligible",
        "credit",
    ]
)
_CASE_KEYS = (
    PERSON_KEYS | EXPECTED_OF_A_PERSON | {"name", "code", "plan", "closures", "severity", "decided"}
)
_CROWD_KEYS = frozenset(["name", "plan", "as_of", "people", "units", "awards"])
_MEMBER_KEYS = PERSON_KEYS | {"id", "count"}


@dataclass(frozen=True)
class RuleCase:
    """One named case about one person.

    Attributes:
        file: The file it stands in, with its folder.
        told: The case as written.
    """

    file: str
    told: Mapping[str, Any]

    @property
    def title(self) -> str:
        """File and name, as the test report shows them."""
        return f"{self.file}: {self.told['name']}"

    @property
    def plan(self) -> Plan:
        """The plan the case is about, severities changed if the case says so."""
        plan = offices.plan(self.told["plan"])
        changed = {
            ReasonCode(code): Severity[word.upper()]
            for code, word in self.told.get("severity", {}).items()
        }
        return replace(plan, severities=MappingProxyType({**plan.severities, **changed}))

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records told one by one, each with what is expected of it."""
        return list(self.told.get("records", []))

    def row(self, index: int) -> LearningRow:
        """The evidence row of record ``index``; its place's row is the index from 1."""
        return told_row(self.records[index], index + 1, self.plan)

    def evaluate(self) -> PersonVerdict:
        """The program's verdict on the case."""
        return evaluate(self.told, self.plan)


@dataclass(frozen=True)
class CrowdCase:
    """One named case about everybody: quotas and units.

    Attributes:
        file: The file it stands in, with its folder.
        told: The case as written.
    """

    file: str
    told: Mapping[str, Any]

    @property
    def title(self) -> str:
        """File and name, as the test report shows them."""
        return f"{self.file}: {self.told['name']}"

    @property
    def plan(self) -> Plan:
        """The plan the case is about."""
        return offices.plan(self.told["plan"])

    def judge(self) -> Together:
        """The program's verdict on everybody, in the order told."""
        verdicts = []
        for told in self.told["people"]:
            for number in range(told.get("count", 1)):
                employee_id = told.get("id", f"B{len(verdicts) + 1:04d}")
                if "count" in told and "id" in told:
                    employee_id = f"{employee_id}-{number + 1}"
                verdicts.append(evaluate(told, self.plan, employee_id))
        as_of = date.fromisoformat(self.told.get("as_of", "2025-12-01"))
        return judge_together(self.plan, verdicts, as_of=as_of)


def rule_cases() -> Iterator[RuleCase]:
    """Every ``[[case]]`` of the folders of cases."""
    for name, usual, text in _files():
        for told in text.get("case", ()):
            _refuse_unknown(name, told, _CASE_KEYS)
            yield RuleCase(name, {**usual, **told})


def crowd_cases() -> Iterator[CrowdCase]:
    """Every ``[[crowd]]`` of the folders of cases."""
    for name, usual, text in _files():
        for told in text.get("crowd", ()):
            _refuse_unknown(name, told, _CROWD_KEYS)
            for member in told["people"]:
                _refuse_unknown(f"{name}: {told['name']}", {"name": "", **member}, _MEMBER_KEYS)
            yield CrowdCase(name, {**usual, **told})


def _files() -> Iterator[tuple[str, dict[str, str], dict[str, Any]]]:
    """Each file of cases with its usual plan: the one it names, or its folder's."""
    for path in sorted(offices.CASES.glob("*/*.toml")):
        folder = path.parent.name
        if folder in _OTHER_FOLDERS:
            continue
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        usual = text.get("plan", "kaohsiung-114" if folder == "rules" else folder)
        yield f"{folder}/{path.name}", {"plan": usual}, text


def _refuse_unknown(file: str, told: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = set(told) - known - {"name"}
    for record in told.get("records", ()):
        unknown |= set(record) - RECORD_KEYS
    if unknown:
        raise ValueError(f"{file}: {told['name']}: unknown {sorted(unknown)}")
