"""What comes with the program: plans, calendars and the sample office, read from ``resources/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desktop.domain.calendar import CalendarYear
from desktop.domain.plan import Plan
from desktop.rules.calendar_loading import parse_calendar_facts
from desktop.rules.plan_loading import parse_plan
from forms.fonts import FontChain


class PlanUnknownError(LookupError):
    """A plan was asked for by an id nobody knows."""

    def __init__(self, plan_id: str, known: tuple[str, ...]) -> None:
        """Name the plans there are."""
        words = "、".join(known)
        super().__init__(f"沒有「{plan_id}」這個計畫；可用的計畫有：{words}，或指定計畫檔。")


@dataclass(frozen=True)
class Library:
    """The program's own data.

    Attributes:
        folder: The ``resources`` folder.
    """

    folder: Path

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """Every shipped plan, newest year first."""
        plans = [
            parse_plan(text, name=f"{plan_id}.toml") for plan_id, text in self.plan_texts.items()
        ]
        return tuple(sorted(plans, key=lambda plan: (-plan.year, plan.id)))

    @cached_property
    def plan_texts(self) -> Mapping[str, str]:
        """The TOML text of every shipped plan by its id, which is its file's name."""
        return {
            path.stem: path.read_text(encoding="utf-8")
            for path in sorted((self.folder / "plans").glob("*.toml"))
        }

    @cached_property
    def calendar_years(self) -> tuple[CalendarYear, ...]:
        """Every shipped year of the office calendar, oldest first."""
        return tuple(
            parse_calendar_facts(path.read_text(encoding="utf-8"), name=path.name)
            for path in sorted((self.folder / "calendars").glob("*.toml"))
        )

    @cached_property
    def fonts(self) -> FontChain:
        """The faces paper is printed with: the machine's own first, then the bundled ones."""
        return FontChain.of_this_machine(self.folder / "fonts")

    @property
    def sample_folder(self) -> Path:
        """The sample office's files."""
        return self.folder / "sample"

    def plan(self, plan_id: str) -> Plan:
        """A shipped plan by id.

        Raises:
            PlanUnknownError: When there is none of that id.
        """
        for plan in self.plans:
            if plan.id == plan_id:
                return plan
        raise PlanUnknownError(plan_id, tuple(plan.id for plan in self.plans))


def own_library() -> Library:
    """The library beside the program."""
    return Library(Path(__file__).resolve().parents[2] / "resources")
