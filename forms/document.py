"""What all printed documents have in common: their paper's data, their fields, their faults."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

Progress = Callable[[int, int], bool]
"""Told (documents done, documents in all) after each document; False asks to stop."""


class Kind(StrEnum):
    """What a paper is, by the letter in its QR code (design paper.md section 1)."""

    APPLICATION = "A"
    COMMENDATION_LIST = "R"
    NOT_COMMENDED_LIST = "N"
    CORRECTION_NOTICE = "C"
    GRANT_REGISTER = "G"
    LEAVE_CARD = "L"
    CHECK_SHEET = "V"
    SCHEDULE = "S"
    NOMINATION_LIST = "M"
    CREDIT_LIST = "H"
    BELOW_MINIMUM_LIST = "B"
    REPORT_REMINDER = "D"
    COMMITTEE_TABLE = "J"
    CANCELLATION_SLIP = "X"
    CALIBRATION = "K"


@dataclass(frozen=True, kw_only=True)
class SealPicture:
    """A stamp picture for one kind of seal box.

    Attributes:
        box: The word that the box's label begins with, such as 人事單位.
        png: The picture, its ground transparent.
    """

    box: str
    png: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Issue:
    """When and under which number a paper is given out: all that may differ between two prints."""

    issued_at: datetime.datetime
    """Local time of the print, shown at the foot of each page."""
    number: str | None = None
    """Document number such as ``KH-114-000123``; None for a blank form."""
    reprint: int = 0
    """How many times it was printed before: 0 for the first print."""
    is_void: bool = False
    """Whether it is printed only to show that it no longer counts."""
    is_practice: bool = False
    """Whether it comes from a practice store and must never be taken for a real paper."""
    seal_pictures: tuple[SealPicture, ...] = ()
    """Stamp pictures placed by those they belong to, or with a logged reason."""


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What a service needs to know of a document without knowing its form."""

    title: str
    author: str
    kind: Kind
    issue: Issue


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing a form shows: for the list of fields on screen and for previews."""

    name: str
    """Attribute of the content."""
    label: str
    """What the clerk reads beside it."""
    sample: str
    """Invented value, as printed."""


class FormError(Exception):
    """A paper could not be made; the message is a Chinese sentence for the clerk."""


class Cancelled(Exception):  # noqa: N818 - it is an answer to a request, not a fault
    """The person stopped a print; no bytes were made."""


class ContentTooLongError(FormError):
    """One text is longer than the form can hold even at the smallest size."""
