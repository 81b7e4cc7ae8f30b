"""The open office: the store, the program's own data, the clock and who is at work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.domain.accounts import AccountRole
from desktop.domain.agency import Agency
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.plan import Plan
from desktop.importers.shown_facts import facts_of_raw
from desktop.rules.agency_loading import parse_agency
from desktop.rules.fingerprints import fingerprint
from desktop.rules.plan_loading import parse_plan
from desktop.rules.toml_table import TomlProblemsError
from desktop.services.isolation import Isolation, SameProcess
from desktop.services.library import Library, PlanUnknownError, own_library
from desktop.services.verdict_memory import VerdictMemory
from desktop.store import Reader, Store
from desktop.store.values import StoredPlan
from forms.fonts import FontChain

NO_AGENCY = Agency(name="", city="")
PRACTICE = "practice"
"""Under which a store says that it is for practice; it says so for good."""
CLERK_NAMES = "clerk.names"
"""Under which the store keeps how paper names whom: by the name of who is at work."""


@dataclass(frozen=True)
class Office:
    """Everything an act needs, passed in.

    Attributes:
        store: The open store.
        library: The program's own plans, calendars and sample.
        clock: Tells the time; nothing below the window asks the machine itself.
        actor: Who is at work, as the audit trail names them.
        clerk: The clerk's name on paper where none was written in the settings; empty where nobody
            named is at work.
        is_practice: Whether nothing here is real: every paper says so.
        role: What who is at work may do; a clerk's where nobody signs in.
        memory: The verdicts of this session.
        isolation: Where files from outside are parsed and drawn.
        redo_steps: Steps undone in this session that can be done again, the latest last.
    """

    store: Store
    library: Library
    clock: Callable[[], datetime]
    actor: str
    clerk: str = ""
    is_practice: bool = False
    role: AccountRole = AccountRole.CLERK
    isolation: Isolation = field(default_factory=SameProcess, repr=False, compare=False)
    memory: VerdictMemory = field(default_factory=VerdictMemory, repr=False, compare=False)
    settled: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    redo_steps: list[dict[str, Any]] = field(default_factory=list, repr=False, compare=False)
    _clerk_names: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _agencies: dict[str, Agency] = field(default_factory=dict, repr=False, compare=False)
    _plans: dict[str, Plan | TomlProblemsError] = field(
        default_factory=dict, repr=False, compare=False
    )

    def close(self) -> None:
        """End the reading processes and let go of the store."""
        self.isolation.close()
        self.store.close()

    @property
    def clerk_on_paper(self) -> str:
        """The clerk's name as paper prints it: the one in the settings first."""
        return self._clerk_names.get(self.actor) or self.clerk

    @property
    def fonts(self) -> FontChain:
        """The faces of this machine that paper is printed with."""
        return self.library.fonts

    def plan(self, reader: Reader, plan_id: str) -> Plan:
        """The plan in force under an id: the store's own version before the shipped one.

        Raises:
            PlanUnknownError: When nobody knows the id.
            TomlProblemsError: When the plan in force under it has mistakes.
        """
        for plan in self.all_plans(reader):
            if plan.id == plan_id:
                return plan
        for error in self.unsound_plans(reader):
            if error.name == plan_id:
                raise error
        raise PlanUnknownError(plan_id, tuple(plan.id for plan in self.all_plans(reader)))

    def all_plans(self, reader: Reader) -> tuple[Plan, ...]:
        """Every plan once, the store's version before the shipped one, newest year first."""
        plans: dict[str, Plan] = {}
        seen: set[str] = set()
        unsound: set[str] = set()
        for stored in reader.plan_texts():
            # Only the latest version is in force; older ones stand with their verdicts.
            if stored.plan_id in seen:
                continue
            seen.add(stored.plan_id)
            if stored.is_withdrawn:
                continue
            plan = self._parsed(stored)
            if isinstance(plan, Plan):
                plans[stored.plan_id] = plan
            else:
                unsound.add(stored.plan_id)
        for plan in self.library.plans:
            # The shipped version does not stand in silently for an own one that has mistakes.
            if plan.id not in unsound:
                plans.setdefault(plan.id, plan)
        return tuple(sorted(plans.values(), key=lambda plan: (-plan.year, plan.id)))

    def unsound_plans(self, reader: Reader) -> tuple[TomlProblemsError, ...]:
        """Stored plans in force that this version of the program finds mistakes in.

        They are offered nowhere but on the page of plans, to be put right.
        """
        latest: dict[str, StoredPlan] = {}
        for stored in reader.plan_texts():
            latest.setdefault(stored.plan_id, stored)
        found = [self._parsed(stored) for stored in latest.values() if not stored.is_withdrawn]
        return tuple(error for error in found if isinstance(error, TomlProblemsError))

    def _parsed(self, stored: StoredPlan) -> Plan | TomlProblemsError:
        if stored.version not in self._plans:
            try:
                self._plans[stored.version] = parse_plan(stored.toml_text, name=stored.plan_id)
            except TomlProblemsError as error:
                self._plans[stored.version] = error
        return self._plans[stored.version]

    def agency(self, reader: Reader) -> tuple[Agency, str]:
        """The agency's settings and their version; nameless ones before any are stored."""
        stored = reader.agency_text()
        if stored is None:
            return NO_AGENCY, ""
        text, version = stored
        if version not in self._agencies:
            self._agencies[version] = parse_agency(text, name="agency.toml")
        return self._agencies[version], version

    def calendar(self, reader: Reader) -> tuple[OfficeCalendar, str]:
        """The office calendar, imported years over shipped ones, and a digest of its facts."""
        years = (*self.library.calendar_years, *reader.calendar_years())
        calendar = OfficeCalendar.of(years)
        facts = [(year.year, sorted(year.days_off)) for year in calendar.years.values()]
        return calendar, fingerprint(facts)


def open_office(
    store_path: Path,
    *,
    actor: str,
    clock: Callable[[], datetime],
    clerk: str | None = None,
    library: Library | None = None,
    isolation: Isolation | None = None,
    is_practice: bool = False,
) -> Office:
    """Open an office on a store file; a new one is made when there is none.

    Args:
        store_path: The store's file.
        actor: Who is at work, as the audit trail will name them.
        clock: Tells the time.
        clerk: The clerk's name on paper; the actor's unless given.
        library: The program's own data; the one beside the program unless given.
        isolation: Where files from outside are parsed; in this process unless given.
        is_practice: Make it a store for practice; one that is stays so whatever is passed.

    Raises:
        StoreError: When the file is newer than the program, damaged or cannot be opened.
    """
    store = Store.open(store_path, actor=actor, clock=clock, reread=facts_of_raw)
    with store.reading() as reader:
        was_practice = bool(reader.office_setting(PRACTICE))
    if is_practice and not was_practice:
        with store.writing("作為練習資料庫") as writer:
            writer.set_office_setting(PRACTICE, True)
    office = Office(
        store=store,
        library=library or own_library(),
        clock=clock,
        actor=actor,
        clerk=actor if clerk is None else clerk,
        is_practice=is_practice or was_practice,
        isolation=isolation or SameProcess(),
    )
    remember_clerk_names(office)
    return office


def remember_clerk_names(office: Office) -> None:
    """Read how paper names whom, so that nothing printing has to ask the store."""
    with office.store.reading() as reader:
        names = dict(reader.office_setting(CLERK_NAMES) or {})
    office._clerk_names.clear()
    office._clerk_names.update(names)


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan as the chooser lists it."""

    id: str
    short_title: str
    title: str
    year: int


def plan_choices(office: Office) -> tuple[PlanChoice, ...]:
    """Every plan there is, newest year first."""
    with office.store.reading() as reader:
        plans: Sequence[Plan] = office.all_plans(reader)
    return tuple(PlanChoice(p.id, p.short_title, p.title, p.year) for p in plans)


@dataclass(frozen=True, slots=True)
class OfficeStatus:
    """What the status bar shows.

    Attributes:
        agency_name: Empty before the settings are stored.
        store_words: The store in a few words.
        last_backup: None before the first.
        people, rows, pending_files: Counts.
        now: The clock's moment.
        is_practice: Whether nothing here is real.
    """

    agency_name: str
    store_words: str
    last_backup: datetime | None
    people: int
    rows: int
    pending_files: int
    now: datetime
    is_practice: bool = False

    @property
    def today(self) -> date:
        """The clock's date."""
        return self.now.date()


def status(office: Office) -> OfficeStatus:
    """The office at a glance."""
    with office.store.reading() as reader:
        counts = reader.counts()
        agency, _ = office.agency(reader)
    backups = office.store.backups()
    return OfficeStatus(
        agency_name=agency.name,
        store_words=f"資料庫 {office.store.path.name}",
        last_backup=max((backup.made_at for backup in backups), default=None),
        people=counts.people,
        rows=counts.learning_rows,
        pending_files=counts.pending_files,
        now=office.clock(),
        is_practice=office.is_practice,
    )
