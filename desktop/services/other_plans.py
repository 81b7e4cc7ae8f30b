"""The same learning record under another plan: marked, so that nobody counts it twice unknowingly.

No clause read so far forbids that one course serves two plans, so it is told and never judged.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.plan import Plan
from desktop.domain.text import matching_key
from desktop.domain.verdicts import PersonVerdict, Verdict
from desktop.services.office import Office
from desktop.services.verdict_json import record_moments
from desktop.store import Reader


def passed_elsewhere(
    office: Office, reader: Reader, plan: Plan, verdict: PersonVerdict
) -> Mapping[str, tuple[str, ...]]:
    """By a record's key, sentences on other plans under whose stored verdict it passed.

    Args:
        office: The open office.
        reader: An open reading.
        plan: The plan in sight, which is left out.
        verdict: One person's verdict under it.
    """
    passed: dict[tuple[str, str | None, str | None], list[str]] = {}
    employee_id = verdict.person.employee_id
    for other in office.all_plans(reader):
        if other.id == plan.id:
            continue
        stored = reader.verdicts(other.id, employee_id).get(employee_id)
        if stored is None:
            continue
        words = f"這一列在「{other.year} 年 {other.short_title}」也通過，兩個計畫都會用到，請留意。"
        for entry in stored.content["records"]:
            if entry["verdict"] == Verdict.PASS.value:
                key = (matching_key(entry["course"]), entry["start"], entry["end"])
                sentences = passed.setdefault(key, [])
                if words not in sentences:
                    sentences.append(words)
    return {
        record.key: tuple(found)
        for record in verdict.records
        if record.is_in_plan
        and (found := passed.get((matching_key(record.course), *record_moments(record))))
    }
