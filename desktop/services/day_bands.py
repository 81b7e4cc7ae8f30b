"""What a day's duty band shows, piece by piece: the same in the window and on the check sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.findings import BandSide, DutySegment, DutySource, UncertainBand
from desktop.domain.moments import Span, day_span, part_on

if TYPE_CHECKING:
    from desktop.services.timeline import TimelineDay


class Band(StrEnum):
    """How a piece of the duty band is drawn."""

    DUTY = "duty"
    FLEXIBLE = "flexible"
    OFF = "off"
    WITHOUT_PAY = "without_pay"


@dataclass(frozen=True, slots=True)
class DayBand:
    """One piece of a day's duty band.

    Attributes:
        span: The part of it on the day.
        band: How it is drawn.
        word: Its name (上班, 輪值, 彈性, 放假, 停止上班 …).
        about: What it stands for, None where the day itself says it.
        is_closure: Whether it is a closure of a part of the day.
    """

    span: Span
    band: Band
    word: str
    about: DutySegment | UncertainBand | None = None
    is_closure: bool = False


def day_bands(day: TimelineDay) -> tuple[DayBand, ...]:
    """The pieces in the order they are drawn, later ones over earlier ones."""
    if day.is_without_pay:
        return (DayBand(day_span(day.day), Band.WITHOUT_PAY, "留職停薪"),)
    duty = sorted(
        (
            DayBand(part, Band.DUTY, "輪值" if s.source is DutySource.SHIFT else "上班", s)
            for s in day.duty
            if (part := part_on(s.span, day.day)) is not None
        ),
        key=lambda piece: piece.span,
    )
    pieces: list[DayBand] = []
    if day.day_off and not duty:
        pieces.append(DayBand(day_span(day.day), Band.OFF, day.day_off.split("：", 1)[0]))
    pieces += duty
    for uncertain in day.uncertain:
        part = part_on(uncertain.span, day.day)
        if part is not None:
            word = "班別不明" if uncertain.side is BandSide.WHOLE_DAY else "彈性"
            pieces.append(DayBand(part, Band.FLEXIBLE, word, uncertain))
    if not day.day_off:
        for closure in day.closures:
            part = part_on(closure, day.day)
            if part is not None:
                pieces.append(DayBand(part, Band.OFF, "停止上班", is_closure=True))
    return tuple(pieces)
