"""The activities that a plan's document names, read from ``resources/activities``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.activities import ActivityKind


@dataclass(frozen=True, slots=True)
class ActivityProposal:
    """One activity as the document has it.

    Attributes:
        name, kind, clause: As in the document.
        sessions: How many it names, 0 where it names none.
        places: In each session; None where it says nothing.
        hours: Of each session; None likewise.
        prizes, prize: Of a draw; 0 and empty likewise.
    """

    name: str
    kind: ActivityKind
    clause: str
    sessions: int = 0
    places: int | None = None
    hours: int | None = None
    prizes: int = 0
    prize: str = ""


def load_activity_proposals(resources: Path, plan_id: str) -> tuple[ActivityProposal, ...]:
    """The activities of a plan's document; empty for a plan without any.

    Args:
        resources: The program's ``resources`` folder.
        plan_id: The plan.
    """
    path = resources / "activities" / f"{plan_id}.toml"
    if not path.is_file():
        return ()
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        ActivityProposal(
            name=one["name"],
            kind=ActivityKind(one["kind"]),
            clause=one["clause"],
            sessions=one.get("sessions", 0),
            places=one.get("places"),
            hours=one.get("hours"),
            prizes=one.get("prizes", 0),
            prize=one.get("prize", ""),
        )
        for one in values["activity"]
    )
