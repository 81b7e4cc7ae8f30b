"""Fingerprints of values, so that a decision knows when its facts have changed."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

_PLACES = frozenset({"place", "places", "evidence", "raw", "shown_unit", "corrections"})


def fingerprint(*values: Any) -> str:
    """A digest that is equal exactly for equal values, over runs and machines.

    Places are left out: the same fact read from another file is the same fact. So is a unit that
    a row shows: it only says whose the row is; and who put a reading right: what it says now is
    the fact.

    Args:
        values: Dataclasses, enums, dates, numbers, texts and containers of them.
    """
    text = json.dumps([plain(value) for value in values], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as lists, texts and numbers that JSON can hold, the type kept where it matters.

    Raises:
        TypeError: For a type that has no plain form.
    """
    if value is None or isinstance(value, bool | int | float) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(json.dumps(plain(item), ensure_ascii=False) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {name: plain(getattr(value, name)) for name in _names_of_facts(type(value))}
        return {"type": type(value).__name__, **fields}
    raise TypeError(f"no plain form for {type(value).__name__}")


@functools.cache
def _names_of_facts(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass that are part of a fact; places are not."""
    return tuple(field.name for field in dataclasses.fields(kind) if field.name not in _PLACES)
