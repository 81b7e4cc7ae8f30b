"""Calendars, settings and plans that the rule tests stand on, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from desktop.domain.agency import Agency
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.plan import Plan
from desktop.rules.agency_loading import parse_agency
from desktop.rules.calendar_loading import parse_calendar_facts
from desktop.rules.plan_loading import parse_plan

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases"
MALFORMED = ROOT / "tests" / "malformed"
SHIPPED_PLANS = ROOT / "resources" / "plans"


@cache
def calendar(*roc_years: int) -> OfficeCalendar:
    """The shipped office calendar of these years."""
    folder = ROOT / "resources" / "calendars"
    return OfficeCalendar.of(
        tuple(
            parse_calendar_facts(
                (folder / f"{year}.toml").read_text(encoding="utf-8"), name=f"{year}.toml"
            )
            for year in roc_years
        )
    )


@cache
def every_year() -> OfficeCalendar:
    """The shipped office calendar, 102 to 116."""
    return calendar(*range(102, 117))


@cache
def agency() -> Agency:
    """The settings that the cases are told with."""
    path = CASES / "agency.toml"
    return parse_agency(path.read_text(encoding="utf-8"), name=path.name)


@cache
def agency_of(plan_id: str) -> Agency:
    """The settings that a plan of another city brings along, or else those of all cases."""
    path = CASES / "plans-of-other-cities" / f"{plan_id}-agency.toml"
    if not path.exists():
        return agency()
    return parse_agency(path.read_text(encoding="utf-8"), name=path.name)


@cache
def plan(plan_id: str) -> Plan:
    """A shipped plan, or else the one of that name that stands among the cases."""
    folders = (SHIPPED_PLANS, CASES / "plans", CASES / "plans-of-other-cities")
    paths = [folder / f"{plan_id}.toml" for folder in folders]
    path = next(path for path in paths if path.exists())
    return parse_plan(path.read_text(encoding="utf-8"), name=path.name)
