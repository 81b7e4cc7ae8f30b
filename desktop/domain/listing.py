"""What a long list is asked for: conditions on columns and an order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holds:
    """The column's text has this text in it; spellings of one character (台, 臺) are alike.

    Attributes:
        text: Not empty.
        is_whole: Whether it is all that stands there.
    """

    text: str
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column is one of these values as stored; with none of them nothing fits."""

    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The column lies from ``first`` up to, not including, ``end``; both as stored or in numbers.

    Attributes:
        first: None for no lower limit.
        end: None for no upper limit.
        has_end: Whether ``end`` itself fits.
    """

    first: str | float | None = None
    end: str | float | None = None
    has_end: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """The column holds nothing."""


Test = Holds | OneOf | Between | Blank


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on one column.

    Attributes:
        column: Its name.
        test: What has to hold.
        is_negated: Whether it must not hold.
    """

    column: str
    test: Test
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of the order."""

    column: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which rows, in which order.

    Attributes:
        conditions: All of them must hold.
        sorts: The most important first; rows alike in all stand as they came in.
    """

    conditions: tuple[Condition, ...] = ()
    sorts: tuple[Sort, ...] = ()
