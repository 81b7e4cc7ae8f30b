"""Compares ``verdicts.json`` with a sample's truth, field by field."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def folded(text: str | None) -> str:
    plain = unicodedata.normalize("NFKC", text or "").replace("台", "臺")
    kept = (c for c in plain if not c.isspace() and unicodedata.category(c)[0] not in "PSZC")
    return "".join(kept).casefold()


def differences(got: dict[str, Any], want: dict[str, Any]) -> list[str]:
    """Every field in which the verdicts differ from the truth."""
    found = [*_people(got, want), *_refused(got, want)]
    for key in ("schema", "plan"):
        if got[key] != want[key]:
            found.append(f"{key}: {got[key]!r}, want {want[key]!r}")
    return found


def _people(got: dict[str, Any], want: dict[str, Any]) -> Iterator[str]:
    mine = {person["employee_id"]: person for person in got["people"]}
    if set(mine) != {person["employee_id"] for person in want["people"]}:
        yield f"people: {sorted(mine)}"
    for person in want["people"]:
        other = mine.get(person["employee_id"])
        if other is not None:
            yield from _person(other, person)


def _person(got: dict[str, Any], want: dict[str, Any]) -> Iterator[str]:
    who = want["employee_id"]
    for key in ("name", "unit", "eligible", "compensatory_leave", "commendation", "credit"):
        mine, theirs = _outcome(got.get(key)), _outcome(want.get(key))
        if key == "credit" and theirs and theirs["verdict"] == "not_nominated":
            mine = {**mine, "recognised_hours": theirs["recognised_hours"]}
        if mine != theirs:
            yield f"{who} {key}: {mine!r}, want {theirs!r}"
    sets = {entry["set"]: entry for entry in got["sets"]}
    for entry in want["sets"]:
        if entry["set"] not in sets and entry.get("optional"):
            continue  # a main set of another rank
        mine = sets[entry["set"]]
        for key in ("verdict", "missing", "failed"):
            if want.get("soft_records") and key != "verdict":
                continue
            if sorted(mine[key]) != sorted(entry[key]):
                yield f"{who} {entry['set']} {key}: {mine[key]!r}, want {entry[key]!r}"
    left = list(got["records"])
    for row in want["records"]:
        match = next((r for r in left if _key(r) == _key(row)), None)
        if match is None and row.get("optional"):
            continue
        if match is None:
            yield f"{who} missing record {row['course']} {row['start']}"
            continue
        left.remove(match)
        soft = set(row.get("tolerated", ()))
        if match["verdict"] != row["verdict"]:
            yield f"{who} {row['course']}: {match['verdict']}, want {row['verdict']}"
        if row["set"] is not None and set(match["reasons"]) - soft != set(row["reasons"]) - soft:
            yield f"{who} {row['course']}: {match['reasons']}, want {row['reasons']}"
    if not want.get("soft_records"):
        yield from (f"{who} extra record {row['course']} {row['start']}" for row in left)


def _outcome(value: Any) -> Any:
    """A benefit with its grants in the order of sets."""
    if not isinstance(value, dict) or "grants" not in value:
        return value
    value = {key: each for key, each in value.items() if key != "grants_soft"}
    return {**value, "grants": sorted(value["grants"], key=lambda grant: grant["set"])}


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return (folded(row["course"]), row["set"], row["start"], row["end"], row["hours"])


def _refused(got: dict[str, Any], want: dict[str, Any]) -> Iterator[str]:
    mine = {(Path(entry["file"]).name, entry["reason"]) for entry in got["refused"]}
    files = {name for name, _ in mine}
    for entry in want["refused"]:
        person = entry["reason"].startswith("person_")
        if (entry["file"], entry["reason"]) not in mine if person else entry["file"] not in files:
            yield f"not refused: {entry['file']} {entry['reason']}"
    allowed = {entry["file"] for entry in want["refused"]} | set(want.get("either", ()))
    yield from (f"refused too: {name}" for name in files - allowed)
