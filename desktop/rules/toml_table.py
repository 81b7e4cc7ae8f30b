"""Reading a TOML table with every mistake kept: line, key and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from desktop.domain.findings import Clause
from desktop.rules.choice_words import choices_in_words
from desktop.rules.toml_lines import Path, line_of

NO_CLAUSE = Clause("")
NO_DAY = date(1, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class TomlProblem:
    """One mistake in a settings or plan file.

    Attributes:
        line: From 1.
        key: The key in full (``set[0].course[2].hours``).
        message: What is wrong and what to do, in Chinese.
    """

    line: int
    key: str
    message: str

    @property
    def sentence(self) -> str:
        """Line, key and message in one line."""
        return f"第 {self.line} 行 {self.key}：{self.message}"


class TomlProblemsError(ValueError):
    """A file that cannot be used, with every problem found."""

    def __init__(self, name: str, problems: Sequence[TomlProblem]) -> None:
        """Keep the problems and say the first in the message."""
        self.name = name
        self.problems = tuple(sorted(set(problems)))
        first = self.problems[0].sentence
        if len(self.problems) > 1:
            first = f"{first.removesuffix('。')}（另有 {len(self.problems) - 1} 個問題）。"
        super().__init__(f"{name} {first}")


@dataclass
class TableReader:
    """One table being read; what is taken out is known, the rest is reported as unknown.

    Attributes:
        values: The parsed table.
        path: Where it stands.
        lines: Lines of all keys of the file.
        problems: Shared list that every mistake is added to.
    """

    values: Mapping[str, Any]
    path: Path
    lines: Mapping[Path, int]
    problems: list[TomlProblem]
    _taken: set[str] = field(default_factory=set)

    def problem(self, key: str, message: str) -> None:
        """Note a mistake at ``key`` of this table (empty: the table itself)."""
        path = (*self.path, key) if key else self.path
        self.problems.append(TomlProblem(line_of(self.lines, path), dotted(path), message))

    def has(self, key: str) -> bool:
        """Whether the key is present."""
        return key in self.values

    def _take(self, key: str, *, needed: bool) -> Any:
        self._taken.add(key)
        value = self.values.get(key)
        if value is None and needed:
            self.problem(key, "缺少這一項，請補上。")
        return value

    def text(self, key: str, *, needed: bool = True) -> str:
        """A text; empty when missing (a problem if ``needed``)."""
        value = self._take(key, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            self.problem(key, "要填文字，不能空白。")
            return ""
        return value

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            self.problem(key, '要填文字清單，例如 ["甲", "乙"]。')
            return ()
        if needed and not value:
            self.problem(key, "清單不能是空的。")
        return tuple(value)

    def integer(self, key: str, *, least: int, needed: bool = True) -> int | None:
        """A whole number of at least ``least``; None when missing or wrong."""
        value = self._take(key, needed=needed)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.problem(key, f"要填整數，至少 {least}。")
            return None
        return value

    def amount(self, key: str) -> Decimal:
        """A positive number of hours; zero when missing or wrong."""
        value = self._take(key, needed=True)
        if value is None:
            return Decimal(0)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 10_000:
            self.problem(key, "要填大於 0 的時數。")
            return Decimal(0)
        return Decimal(str(value))

    def optional_amount(self, key: str) -> Decimal | None:
        """A positive number of hours; None when missing or wrong."""
        return (self.amount(key) or None) if self.has(key) else None

    def share(self, key: str, *, zero_is_one: bool = False, needed: bool = False) -> Decimal | None:
        """A number from 0 to 100 (percent, points); None when missing or wrong.

        Args:
            key: The key.
            zero_is_one: Whether 0 itself is allowed.
            needed: Whether a missing one is a problem.
        """
        value = self._take(key, needed=needed)
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= 100 or (value == 0 and not zero_is_one):
            least = " 0 到 100" if zero_is_one else "大於 0、至多 100"
            self.problem(key, f"要填{least} 的數字。")
            return None
        return Decimal(str(value))

    def truth(self, key: str, *, usual: bool) -> bool:
        """True or false, ``usual`` when missing."""
        value = self._take(key, needed=False)
        if value is None:
            return usual
        if not isinstance(value, bool):
            self.problem(key, "只能填 true 或 false。")
            return usual
        return value

    def day(self, key: str, *, needed: bool = True) -> date | None:
        """A date written as TOML does (2025-08-31); None when missing or wrong."""
        value = self._take(key, needed=needed)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.problem(key, "要填西元日期，不加引號，例如 2025-08-31。")
            return None
        return value

    def choice(self, key: str, among: Mapping[str, Any], *, usual: str | None = None) -> Any:
        """One of the words of ``among``, as its value; ``usual`` when missing."""
        value = self._take(key, needed=usual is None)
        if value is None:
            return among[usual] if usual is not None else next(iter(among.values()))
        if not isinstance(value, str) or value not in among:
            self.problem(key, f"只能填 {choices_in_words(among)} 其中一個。")
            return next(iter(among.values()))
        return among[value]

    def clause(self, key: str, *, needed: bool = True) -> Clause | None:
        """A clause: ``"陸、五"`` or ``{ point = "陸、五", quotation = "…" }``."""
        value = self._take(key, needed=False)
        if value is None:
            if needed:
                self.problem(key, "每一條規定都要寫依據點次，例如「陸、五」。")
            return None
        if isinstance(value, str) and value.strip():
            return Clause(value.strip())
        if (
            isinstance(value, dict)
            and set(value) <= {"point", "quotation"}
            and all(isinstance(part, str) for part in value.values())
            and str(value.get("point", "")).strip()
        ):
            return Clause(value["point"].strip(), value.get("quotation", ""))
        self.problem(key, "依據要寫點次，例如「陸、五」，可以再加引用的原文。")
        return None

    def needed_clause(self, key: str = "clause") -> Clause:
        """A clause that must be there; an empty one when it is not (a problem)."""
        return self.clause(key) or NO_CLAUSE

    def clause_of(self, key: str, clause_key: str, *, unless: str | None = None) -> Clause | None:
        """The clause behind another key: needed where that asks for something, else a problem.

        Args:
            key: The key whose clause it is; missing or false it asks for nothing.
            clause_key: The clause's own key.
            unless: A value of ``key`` that asks for nothing either.
        """
        value = self.values.get(key, False)
        is_asked = value is not False and (unless is None or value != unless)
        if not is_asked and self.has(clause_key):
            self.clause(clause_key, needed=False)
            self.problem(clause_key, f"只有依據，沒有規定，請補 {key} 或刪去這一項。")
            return None
        return self.clause(clause_key, needed=is_asked)

    def needed_day(self, key: str) -> date:
        """A date that must be there; the first day of the calendar when it is not (a problem)."""
        return self.day(key) or NO_DAY

    def table(self, key: str, *, needed: bool = True) -> TableReader | None:
        """A table within this one; None when missing."""
        value = self._take(key, needed=needed)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(key, f"要寫成一個段落 [{dotted((*self.path, key))}]。")
            return None
        return TableReader(value, (*self.path, key), self.lines, self.problems)

    def tables(self, key: str, *, needed: bool = True) -> Iterator[TableReader]:
        """Every table of an array of tables."""
        value = self._take(key, needed=needed)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.problem(key, f"要寫成一個或多個段落 [[{dotted((*self.path, key))}]]。")
            return
        if needed and not value:
            self.problem(key, "清單不能是空的。")
        for index, element in enumerate(value):
            yield TableReader(element, (*self.path, key, index), self.lines, self.problems)

    def any(self, key: str) -> Any:
        """Whatever stands at the key, None when missing."""
        return self._take(key, needed=False)

    def names(self) -> tuple[str, ...]:
        """Every key of the table, in the file's order."""
        return tuple(self.values)

    def close(self) -> None:
        """Report every key nobody asked for."""
        for key in self.values:
            if key not in self._taken:
                self.problem(key, "不認得這一項，請檢查拼字或刪除。")


def dotted(path: Path) -> str:
    """A key in full, lists counted from 1: ``set[1].course[3].hours``."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f"[{part + 1}]"
        else:
            words += f".{part}" if words else part
    return words or "（全檔）"
