"""How a clerk has a long list stand: columns, their order and widths, order of rows, filters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QSettings

from desktop.domain.listing import Sort


@dataclass(frozen=True)
class ColumnPlace:
    """One column: its name, width in logical pixels, and whether it is in sight."""

    name: str
    width: int
    is_shown: bool


@dataclass(frozen=True)
class ListLayout:
    """Everything about a list that is remembered.

    Attributes:
        columns: From left to right, hidden ones among them.
        sorts: The order of the rows.
        filters: What stands over the columns.
    """

    columns: tuple[ColumnPlace, ...] = ()
    sorts: tuple[Sort, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """As text for the settings."""
        return json.dumps(
            {
                "columns": [[one.name, one.width, one.is_shown] for one in self.columns],
                "sorts": [[one.column, one.is_descending] for one in self.sorts],
                "filters": dict(self.filters),
            },
            ensure_ascii=False,
        )


def layout_of(text: str) -> ListLayout | None:
    """A layout from its text; None for what is none: settings may be damaged."""
    try:
        found = json.loads(text)
        return ListLayout(
            tuple(
                ColumnPlace(str(name), max(int(width), 24), bool(is_shown))
                for name, width, is_shown in found["columns"]
            ),
            tuple(Sort(str(name), bool(descends)) for name, descends in found["sorts"]),
            {str(name): str(words) for name, words in found["filters"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class LayoutMemory:
    """Layouts of one list in the settings: the last one, and those with a name."""

    def __init__(self, settings: QSettings, name: str) -> None:
        """Remember under a list's name."""
        self._settings = settings
        self._key = f"lists/{name}"

    def last(self) -> ListLayout | None:
        """How the list stood when the window was closed."""
        return layout_of(str(self._settings.value(f"{self._key}/last", "")))

    def keep_last(self, layout: ListLayout) -> None:
        """Remember how the list stands."""
        self._settings.setValue(f"{self._key}/last", layout.as_json())

    def views(self) -> dict[str, ListLayout]:
        """Layouts with a name, by name."""
        return {
            name: layout
            for name, text in self._texts().items()
            if (layout := layout_of(str(text))) is not None
        }

    def keep_view(self, name: str, layout: ListLayout) -> None:
        """Remember a layout under a name; one of that name is replaced."""
        self._put(self._texts() | {name: layout.as_json()})

    def drop_view(self, name: str) -> None:
        """Forget the layout of a name."""
        self._put({one: text for one, text in self._texts().items() if one != name})

    def _texts(self) -> dict[str, Any]:
        try:
            found = json.loads(str(self._settings.value(f"{self._key}/views", "{}")))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _put(self, texts: Mapping[str, Any]) -> None:
        self._settings.setValue(f"{self._key}/views", json.dumps(texts, ensure_ascii=False))
