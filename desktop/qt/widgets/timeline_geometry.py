"""Where everything on the timeline stands: measures only, nothing is painted here.

One person's day runs from 00 to 24, always the whole day, so that mornings look like mornings.
All figures are logical px at 96 dpi, times the font factor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.findings import BandSide, DutySegment, DutySource, UncertainBand
from desktop.domain.moments import (
    SECONDS_A_DAY,
    Span,
    part_on,
    roc_moment,
    second_of,
)
from desktop.domain.verdicts import Verdict
from desktop.services.day_bands import Band, DayBand, day_bands
from desktop.services.wording import length_words

if TYPE_CHECKING:
    from desktop.services.timeline import Timeline, TimelineDay

GUTTER = 72.0
RIGHT = 12.0
MAX_LANES = 3
MOST_ROWS = 6
WIDE_AXIS = 900.0
DUTY_CLEARANCE = 9.0
BAR_CLEARANCE = 3.0
LEAST_COURSE = 3.0
NEAR_EDGE = 20.0
HIT_LEAST = 24.0

Measure = Callable[[str], float]


class ItemKind(StrEnum):
    """What the pointer or the keyboard can stand on, in the order of hitting."""

    FLAG = "flag"
    COURSE = "course"
    ATTENDANCE = "attendance"
    FOLD = "fold"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing with a name and a tooltip; ``moment`` is its place in the order of time."""

    kind: ItemKind
    rect: QRectF
    name: str
    tooltip: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the duty band; ``word_x`` is the middle of its word, None without room."""

    rect: QRectF
    band: Band
    word: str
    word_x: float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An attendance bar; its word stands inside at ``word_x``, or to its right."""

    rect: QRectF
    kind: AttendanceKind
    word: str
    word_x: float
    is_word_outside: bool


@dataclass(frozen=True, slots=True)
class CourseBar:
    """The course on one day; an open side goes on to the day before or after."""

    rect: QRectF
    is_open_left: bool
    is_open_right: bool


@dataclass(frozen=True, slots=True)
class Pole:
    """The line from a flag to the axis."""

    x: float
    top: float
    bottom: float
    state: Verdict | None


@dataclass(frozen=True, slots=True)
class Flag:
    """The box that says one end's time and where it stands."""

    rect: QRectF
    text: str
    state: Verdict | None


@dataclass(frozen=True, slots=True)
class Word:
    """A word at a place: in the gutter, in a gap or on the fold."""

    rect: QRectF
    text: str
    is_strong: bool = False
    is_centred: bool = False


@dataclass(slots=True)
class TimelineLayout:
    """The strip, measured: what the painter paints and what pointer and keyboard meet."""

    width: float
    factor: float
    height: float = 0.0
    step_hours: int = 3
    grid: tuple[float, float] = (0.0, 0.0)
    axis_y: float = 0.0
    shades: list[QRectF] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    courses: list[CourseBar] = field(default_factory=list)
    poles: list[Pole] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    marks: list[tuple[QPointF, Verdict]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    fold: Word | None = None
    items: list[Item] = field(default_factory=list)

    def x_of_second(self, second: float) -> float:
        """The place of a second after midnight, fractional."""
        gutter = GUTTER * self.factor
        return gutter + (self.width - gutter - RIGHT * self.factor) * second / SECONDS_A_DAY

    def x_of(self, moment: datetime, day: date) -> float:
        """The place of a moment on ``day``'s row; beyond the day it stays at the edge."""
        return self.x_of_second(second_of(moment, day))

    def item_at(self, point: QPointF) -> Item | None:
        """What lies under the pointer: flag before course before attendance before duty."""
        for kind in ItemKind:
            for item in self.items:
                if item.kind is kind and _hit_area(item.rect).contains(point):
                    return item
        return None

    def walk(self) -> tuple[Item, ...]:
        """The items in the order of time, as the arrow keys go through them."""
        order = list(ItemKind)
        return tuple(sorted(self.items, key=lambda item: (item.moment, order.index(item.kind))))


def _hit_area(rect: QRectF) -> QRectF:
    short = max(0.0, HIT_LEAST - rect.height()) / 2
    narrow = max(0.0, 6.0 - rect.width()) / 2
    return rect.adjusted(-narrow, -short, narrow, short)


def lanes_of(entries: Sequence[AttendanceEntry]) -> tuple[list[list[AttendanceEntry]], int]:
    """Entries put into lanes so that none overlaps another.

    Returns:
        At most three lanes, and how many entries found no room (「＋2 筆」).
    """
    lanes: list[list[AttendanceEntry]] = []
    left_over = 0
    for entry in sorted(entries, key=lambda one: one.span):
        for lane in lanes:
            if lane[-1].span.end <= entry.span.start:
                lane.append(entry)
                break
        else:
            if len(lanes) < MAX_LANES:
                lanes.append([entry])
            else:
                left_over += 1
    return lanes, left_over


def widest_clear(
    left: float, right: float, *, poles: Iterable[float], clearance: float
) -> tuple[float, float]:
    """The widest piece between ``left`` and ``right`` that no pole crosses, as (left, right)."""
    free = [(left, right)]
    for x in poles:
        cut: list[tuple[float, float]] = []
        for begin, end in free:
            if x + clearance <= begin or x - clearance >= end:
                cut.append((begin, end))
                continue
            cut += [(begin, x - clearance), (x + clearance, end)]
        free = [piece for piece in cut if piece[1] > piece[0]]
    return max(free, key=lambda piece: piece[1] - piece[0], default=(left, left))


def lens_moment(
    moment: datetime, edges: Iterable[datetime], *, width: float, factor: float = 1.0
) -> datetime | None:
    """The duty edge that decides, when it stands within 20 px of ``moment``; else None.

    At an ordinary width 7 minutes are 3 px: without the lens nobody sees the reason.
    """
    nearest = min(edges, key=lambda edge: abs(edge - moment), default=None)
    if nearest is None or nearest == moment:
        return None
    seconds = abs((nearest - moment).total_seconds())
    distance = (width - (GUTTER + RIGHT) * factor) * seconds / SECONDS_A_DAY
    return nearest if distance <= NEAR_EDGE * factor else None


def lay_out(
    timeline: Timeline,
    *,
    width: float,
    measure: Measure,
    factor: float = 1.0,
    is_unfolded: bool = False,
) -> TimelineLayout:
    """Measure the strip.

    Args:
        timeline: The days, their duty, the attendance met and the course.
        width: Of the strip, in px.
        measure: Width of a text in the strip's face.
        factor: How much larger the text is than 9 pt at 96 dpi.
        is_unfolded: Whether a long span shows every day.
    """
    layout = TimelineLayout(width, factor)
    layout.step_hours = 2 if width >= WIDE_AXIS * factor else 3
    builder = _Builder(layout, timeline, measure)
    if len(timeline.days) == 1:
        builder.one_day(timeline.days[0])
    elif timeline.days:
        builder.several_days(is_unfolded)
    return layout


class _Builder:
    def __init__(self, layout: TimelineLayout, timeline: Timeline, measure: Measure) -> None:
        self.out = layout
        self.timeline = timeline
        self.measure = measure
        self.f = layout.factor

    # ------------------------------------------------------------------ one day
    def one_day(self, day: TimelineDay) -> None:
        f = self.f
        lanes, _ = lanes_of(day.attendance)
        duty_top = (38 + 16 * len(lanes) + 2) * f
        duty = QRectF(0, duty_top, 0, 22 * f)
        self.out.axis_y = duty.bottom() + 1
        self.out.grid = (20 * f, self.out.axis_y)
        self.out.height = self.out.axis_y + 20 * f
        poles = self._poles_on(day.day, 20 * f, self.out.axis_y)
        self._course(day.day, 20 * f, 14 * f, self.out.axis_y)
        self._duty(day, duty, poles)
        self._attendance(day, 38 * f, poles)
        self._marks(poles, duty)
        self._flags(poles, 0.0)
        if self.timeline.record is not None:
            self._gutter("學習", 20 * f, 14 * f)
        if lanes:
            self._gutter("差勤", 38 * f, 14 * f)
        self._gutter(day.label, duty.top(), duty.height(), is_strong=True)
        self._gutter(_rule_words(day), self.out.axis_y, 20 * f)

    # ------------------------------------------------------------- several days
    def several_days(self, is_unfolded: bool) -> None:
        days = self.timeline.days
        folded: tuple[TimelineDay, ...] = ()
        rows = list(days)
        if len(days) > MOST_ROWS and not is_unfolded:
            rows = [*days[:2], *days[-2:]]
            folded = tuple(days[2:-2])
        y = 20 * self.f
        top = y
        for index, day in enumerate(rows):
            if folded and index == 2:
                y = self._fold(folded, y)
            if index and index == len(rows) - 1:
                y += 6 * self.f
            y = self._row(day, y, is_first=index == 0)
        self.out.axis_y = y - 8 * self.f + 1
        self.out.grid = (top, self.out.axis_y)
        self.out.height = self.out.axis_y + 20 * self.f

    def _row(self, day: TimelineDay, y: float, *, is_first: bool) -> float:
        f = self.f
        lanes, _ = lanes_of(day.attendance)
        attendance_top = y + 12 * f
        duty_top = attendance_top + 16 * f * len(lanes)
        duty = QRectF(0, duty_top, 0, 16 * f)
        poles = self._poles_on(day.day, y, duty.bottom())
        self._course(day.day, y, 10 * f, duty.bottom())
        self._duty(day, duty, poles)
        self._attendance(day, attendance_top, poles)
        self._marks(poles, duty)
        self._flags(poles, 0.0 if is_first else y - 7 * f)
        self._gutter(day.label, duty.top(), duty.height(), is_strong=True)
        return duty.bottom() + 8 * f

    def _fold(self, days: Sequence[TimelineDay], y: float) -> float:
        f = self.f
        off = sum(1 for day in days if day.day_off)
        words = f"中間 {len(days)} 天：上班 {len(days) - off} 天、放假 {off} 天"
        found: dict[str, list[str]] = {}
        for day in days:
            for entry in day.attendance:
                found.setdefault(entry.kind_words, []).append(f"{day.day:%m-%d}")
        for kind, dates in found.items():
            words += f"，{kind} {len(dates)} 筆（{'、'.join(dict.fromkeys(dates))}）"
        rect = QRectF(0, y, self.out.width, 20 * f)
        self.out.fold = Word(rect, f"{words}　展開", is_centred=True)
        begin = datetime.combine(days[0].day, time())
        self.out.items.append(Item(ItemKind.FOLD, rect, "展開中間各天", words, begin))
        return y + 28 * f

    # -------------------------------------------------------------------- parts
    def _poles_on(self, day: date, top: float, bottom: float) -> list[tuple[str, Pole, datetime]]:
        poles: list[tuple[str, Pole, datetime]] = []
        line = self.timeline
        for words, moment, state, is_end in (
            (line.end_words, line.end, line.end_state, True),
            (line.start_words, line.start, line.start_state, False),
        ):
            if moment is None:
                continue
            is_midnight_end = is_end and moment.time() == time() and moment != line.start
            shown_on = (moment - timedelta(seconds=1)).date() if is_midnight_end else moment.date()
            if shown_on == day or len(line.days) == 1:
                pole = Pole(self.out.x_of(moment, day), top, bottom, state)
                poles.append((words, pole, moment))
        self.out.poles += [pole for _, pole, _ in poles]
        return poles

    def _course(self, day: date, top: float, height: float, bottom: float) -> None:
        record = self.timeline.record
        part = part_on(record, day) if record is not None else None
        if record is None or part is None:
            return
        left, right = self.out.x_of(part.start, day), self.out.x_of(part.end, day)
        right = max(right, left + LEAST_COURSE)
        rect = QRectF(left, top, right - left, height)
        self.out.courses.append(CourseBar(rect, record.start < part.start, part.end < record.end))
        self.out.shades.append(QRectF(left, top, right - left, bottom - top))
        tooltip = (
            f"{self.timeline.title}\n起 {roc_moment(record.start)}\n迄 {roc_moment(record.end)}\n"
            f"全長 {length_words(record.length)}"
        )
        name = f"學習 {part.start:%H:%M}–{_clock(part.end, day)}"
        self.out.items.append(Item(ItemKind.COURSE, rect, name, tooltip, part.start))

    def _duty(
        self, day: TimelineDay, band: QRectF, poles: Sequence[tuple[str, Pole, datetime]]
    ) -> None:
        xs = [pole.x for _, pole, _ in poles]
        bands = day_bands(day)
        for piece in bands:
            tip = _tooltip(piece, day)
            self._piece(piece.span, day, band, piece.band, piece.word, xs, tooltip=tip)
        self._lunch([piece.span for piece in bands if piece.band is Band.DUTY], day, band, xs)

    def _lunch(
        self, duty: Sequence[Span], day: TimelineDay, band: QRectF, xs: Sequence[float]
    ) -> None:
        for before, after in pairwise(duty):
            gap = Span(before.end, after.start)
            is_noon = gap.start.hour in (11, 12, 13) and timedelta(0) < gap.length <= timedelta(
                hours=3
            )
            if not is_noon or any(gap.overlap(closure) for closure in day.closures):
                continue
            left, right = self.out.x_of(gap.start, day.day), self.out.x_of(gap.end, day.day)
            begin, end = widest_clear(left, right, poles=xs, clearance=DUTY_CLEARANCE * self.f)
            if end - begin >= self.measure("午休"):
                rect = QRectF(begin, band.top(), end - begin, band.height())
                self.out.words.append(Word(rect, "午休", is_centred=True))

    def _piece(
        self,
        span: Span,
        day: TimelineDay,
        band: QRectF,
        kind: Band,
        word: str,
        poles: Sequence[float],
        *,
        tooltip: str,
    ) -> None:
        left, right = self.out.x_of(span.start, day.day), self.out.x_of(span.end, day.day)
        rect = QRectF(left, band.top(), right - left, band.height())
        begin, end = widest_clear(left, right, poles=poles, clearance=DUTY_CLEARANCE * self.f)
        word_x = (begin + end) / 2 if end - begin >= self.measure(word) + 2 else None
        self.out.pieces.append(Piece(rect, kind, word, word_x))
        name = f"{word} {span.start:%H:%M}–{_clock(span.end, day.day)}"
        self.out.items.append(Item(ItemKind.DUTY, rect, name, tooltip, span.start))

    def _attendance(
        self, day: TimelineDay, top: float, poles: Sequence[tuple[str, Pole, datetime]]
    ) -> None:
        xs = [pole.x for _, pole, _ in poles]
        lanes, left_over = lanes_of(day.attendance)
        for lane, entries in enumerate(lanes):
            for entry in entries:
                part = part_on(entry.span, day.day)
                if part is not None:
                    self._entry(entry, part, day, top + 16 * self.f * lane, xs)
        if left_over:
            words = f"＋{left_over} 筆"
            room = self.measure(words) + 4
            rect = QRectF(
                self.out.width - room, top + 16 * self.f * (MAX_LANES - 1), room, 14 * self.f
            )
            self.out.words.append(Word(rect, words))

    def _entry(
        self,
        entry: AttendanceEntry,
        part: Span,
        day: TimelineDay,
        top: float,
        poles: Sequence[float],
    ) -> None:
        left, right = self.out.x_of(part.start, day.day), self.out.x_of(part.end, day.day)
        rect = QRectF(left, top, max(right - left, LEAST_COURSE), 14 * self.f)
        full = f"{entry.kind_words} {part.start:%H:%M}–{_clock(part.end, day.day)}"
        begin, end = widest_clear(left, right, poles=poles, clearance=BAR_CLEARANCE * self.f)
        room = end - begin - 6
        word = next((text for text in (full, entry.kind_words) if self.measure(text) <= room), "")
        if word:
            shown = Entry(rect, entry.kind, word, (begin + end) / 2, False)
        else:
            is_at_edge = rect.right() + 4 + self.measure(entry.kind_words) > self.out.width
            x = rect.left() - 4 - self.measure(entry.kind_words) if is_at_edge else rect.right() + 4
            shown = Entry(rect, entry.kind, entry.kind_words, x, True)
        self.out.entries.append(shown)
        first, last = roc_moment(entry.span.start)[:-3], roc_moment(entry.span.end)[:-3]
        lines = [f"{entry.kind_words} {first} 至 {last}，{length_words(entry.span.length)}"]
        if entry.reason:
            lines.append(f"事由：{entry.reason}")
        if entry.place is not None:
            lines.append(f"{entry.place.file_name} {entry.place.words}".strip())
        self.out.items.append(Item(ItemKind.ATTENDANCE, rect, full, "\n".join(lines), part.start))

    def _marks(self, poles: Sequence[tuple[str, Pole, datetime]], band: QRectF) -> None:
        for _, pole, _ in poles:
            if pole.state in (Verdict.FAIL, Verdict.REVIEW):
                self.out.marks.append((QPointF(pole.x, band.center().y()), pole.state))

    def _flags(self, poles: Sequence[tuple[str, Pole, datetime]], top: float) -> None:
        f, room = self.f, self.out.width
        flags: list[tuple[QRectF, str, Pole, datetime, bool]] = []
        for words, pole, moment in poles:
            if not words:
                continue
            width = self.measure(words) + 24 * f
            is_end = words.startswith("迄")
            x = pole.x if is_end else pole.x - width
            x = min(max(x, 0.0), room - width)
            flags.append((QRectF(x, top, width, 17 * f), words, pole, moment, is_end))
        if len(flags) == 2:
            end, start = flags if flags[0][4] else reversed(flags)
            overlap = start[0].right() + 1 - end[0].left()
            if overlap > 0:
                to_left = min(overlap, start[0].left())
                start[0].translate(-to_left, 0)
                end[0].translate(overlap - to_left, 0)
        for rect, words, pole, moment, _ in flags:
            self.out.flags.append(Flag(rect, words, pole.state))
            self.out.items.append(
                Item(ItemKind.FLAG, rect, words, self.timeline.sentence or words, moment)
            )

    def _gutter(self, text: str, top: float, height: float, *, is_strong: bool = False) -> None:
        if text:
            rect = QRectF(0, top, (GUTTER - 4) * self.f, height)
            self.out.words.append(Word(rect, text, is_strong))


def _tooltip(piece: DayBand, day: TimelineDay) -> str:
    match piece.about:
        case DutySegment() as segment:
            return _duty_words(segment, piece.span, day)
        case UncertainBand() as uncertain:
            return _band_words(uncertain, piece.span, day)
        case _ if piece.is_closure:
            clock = f"{piece.span.start:%H:%M}–{_clock(piece.span.end, day.day)}"
            return f"{piece.word} {clock}"
        case _:
            return day.day_off if piece.band is Band.OFF else piece.word


def _clock(moment: datetime, day: date) -> str:
    return "24:00" if moment.date() > day and moment.time() == time() else f"{moment:%H:%M}"


def _rule_words(day: TimelineDay) -> str:
    """What rules the day, short enough for the gutter."""
    punches = day.punches.count(":") // 2
    return f"刷卡 {punches} 次" if punches else day.pattern


def _duty_words(segment: DutySegment, part: Span, day: TimelineDay) -> str:
    sources = {
        DutySource.SHIFT: "輪值表",
        DutySource.PATTERN: f"班別 {segment.label or day.pattern}",
        DutySource.PUNCHES: day.punches or "刷卡",
    }
    words = f"上班 {part.start:%H:%M}–{_clock(part.end, day.day)}\n依據：{sources[segment.source]}"
    if segment.place is not None:
        words += f"（{segment.place.file_name} {segment.place.words}）"
    return words


def _band_words(band: UncertainBand, part: Span, day: TimelineDay) -> str:
    side = {
        BandSide.ARRIVAL: "彈性到班",
        BandSide.DEPARTURE: "彈性離班",
        BandSide.WHOLE_DAY: "班別不明",
    }[band.side]
    clock = f"{part.start:%H:%M}–{_clock(part.end, day.day)}"
    return f"{side} {clock}\n當日沒有刷卡，無法認定是否上班。"
