"""Everything that counts now, as bytes: equal bytes are an equal office."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from desktop.domain.ledger import Entry, Reversal
from desktop.domain.left_out import COMMENDATION
from desktop.domain.logbook import standing
from desktop.rules.fingerprints import plain
from desktop.services.cases import case_views
from desktop.services.commendation_order import setting_key
from desktop.services.logbook import plain_entry
from desktop.services.office import Office
from desktop.services.verdict_json import person_entry
from desktop.services.verifying import evaluate_everybody

_OF_THE_STORE = frozenset({"id", "seq", "bundle", "recorded_at", "recorded_by"})
_POINTERS = frozenset({"grant", "advance", "reverses"})


def export_state(office: Office) -> bytes:
    """What counts in the office now, as canonical JSON.

    Evidence, reference data, settings, plans in force, decisions and what follows from them;
    neither identifiers and times of acts nor what was taken back. The audit trail tells how it
    came to be so.

    Args:
        office: The open office.
    """
    with office.store.reading() as reader:
        agency, _ = office.agency(reader)
        calendar, _ = office.calendar(reader)
        plans = office.all_plans(reader)
        state: dict[str, Any] = {
            "agency": plain(agency),
            "calendar": {year: sorted(map(str, y.days_off)) for year, y in calendar.years.items()},
            "people": [plain(person) for person in reader.people()],
            "rows": sorted(
                json.dumps([row.employee_id, plain(row.row)], ensure_ascii=False, sort_keys=True)
                for row in reader.learning_rows()
            ),
            "pending": [[f.name, f.person_name, f.rows] for f in reader.pending_files()],
            "attendance": _sorted(reader.attendance()),
            "shifts": _sorted(reader.shifts()),
            "punches": _sorted(reader.punches()),
            "receipts": _sorted(reader.receipts()),
            "nominees": _sorted(reader.nominees()),
            "logbook": sorted(
                json.dumps(plain_entry(one), ensure_ascii=False, sort_keys=True)
                for one in standing(reader.logbook()).values()
            ),
            "former_awards": _sorted(reader.former_awards()),
            "ledger": _standing_lines(reader.ledger()),
            "templates": sorted((one.matter, one.words) for one in reader.reason_templates()),
            "plans": {
                plan.id: {
                    "version": plan.version,
                    "decisions": sorted(
                        (d.record_key, d.kind.value, d.reason, d.fingerprint)
                        for d in reader.decisions(plan.id)
                    ),
                    "left_out": sorted(
                        (one.employee_id, one.reason, one.fingerprint)
                        for one in reader.left_out(plan.id, COMMENDATION)
                    ),
                    "list_order": reader.office_setting(setting_key(plan.id)),
                    "documents": [
                        (d.number, d.content_digest, d.cancelled_by)
                        for d in reader.documents(plan.id)
                    ],
                }
                for plan in plans
            },
        }
        touched = [
            plan.id for plan in plans if reader.verdicts(plan.id) or reader.case_steps(plan.id)
        ]
    for plan_id in touched:
        state["plans"][plan_id] |= _outcomes(office, plan_id)
    return json.dumps(state, ensure_ascii=False, sort_keys=True).encode()


def _outcomes(office: Office, plan_id: str) -> dict[str, Any]:
    """Verdicts and cases under a plan that was worked with."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    views = case_views(office, basis, verdicts, today=office.clock().date())
    return {
        "verdicts": [person_entry(basis.plan, verdict) for verdict in verdicts],
        "cases": [(*view.key, view.state.value, view.document) for view in views],
    }


def _sorted(values: Any) -> list[str]:
    return sorted(json.dumps(plain(value), ensure_ascii=False, sort_keys=True) for value in values)


def _standing_lines(entries: Sequence[Entry]) -> list[str]:
    """What the ledger holds by value: no line that was reversed, and no reversal."""
    reversed_ids = {one.reverses for one in entries if isinstance(one, Reversal)}
    values: dict[str, dict[str, Any]] = {}
    for one in entries:
        facts = {name: plain(getattr(one, name)) for name in _facts_of(one)}
        # What a line points at, by value too.
        for name in _POINTERS & facts.keys():
            facts[name] = values[facts[name]]
        values[one.id] = {"kind": one.kind.value, **facts}
    return sorted(
        json.dumps(values[one.id], ensure_ascii=False, sort_keys=True)
        for one in entries
        if not isinstance(one, Reversal) and one.id not in reversed_ids
    )


def _facts_of(entry: Entry) -> list[str]:
    return [field.name for field in fields(entry) if field.name not in _OF_THE_STORE]
