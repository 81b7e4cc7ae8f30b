"""How much lies in each table, and which words in it name a person; for reports of problems."""

from __future__ import annotations

from sqlalchemy import Column, Table, func, select

from desktop.store.reading import Reading
from desktop.store.tables import METADATA

_NAMES = frozenset({"person_name", "actor", "clerk"})
_CODES = frozenset({"shown_employee_id"})
_NAMED_TABLES = frozenset({"person", "account"})
"""Tables whose column ``name`` is a person's."""


class StatisticsReading(Reading):
    """Counts, and what must not stand beside them."""

    def table_sizes(self) -> dict[str, int]:
        """Rows of every table by its name, those that no longer count among them."""
        return {
            table.name: int(
                self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            )
            for table in METADATA.sorted_tables
        }

    def personal_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """Every name of a person, and every code of one, that the store holds."""
        names: set[str] = set()
        codes: set[str] = set()
        for table in METADATA.sorted_tables:
            for column in table.columns:
                if column.name in _NAMES or (column.name == "name" and table.name in _NAMED_TABLES):
                    names |= self._words(column)
                elif column.name in _CODES or _is_key_of_people(table, column):
                    codes |= self._words(column)
        return frozenset(names), frozenset(codes)

    def _words(self, column: Column[str]) -> set[str]:
        found = self._connection.execute(select(column).distinct())
        return {str(row[0]) for row in found if row[0]}


def _is_key_of_people(table: Table, column: Column[str]) -> bool:
    return column.name == "employee_id" and not column.foreign_keys
