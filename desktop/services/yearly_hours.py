"""The yearly requirement of a person in words: lines, figures, and what contradicts what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.verdicts import PersonVerdict
from desktop.domain.yearly_hours import (
    CountedHours,
    LineStanding,
    StatedHours,
    YearlyStanding,
    YearlyState,
)
from desktop.rules.yearly_hours import judge_yearly_hours
from desktop.services.facts import Basis
from desktop.services.wording import hours_words

STATE_WORDS = {
    YearlyState.MET: "達成",
    YearlyState.SHORT: "未達",
    YearlyState.DISPUTED: "不一致",
    YearlyState.UNKNOWN: "未知",
}
_UNKNOWN = "未知"


@dataclass(frozen=True, slots=True)
class YearlyLine:
    """One line of the requirement as a person reads it.

    Attributes:
        title: The line's name.
        needs, has, short: Hours in words; 未知 where nobody says.
        stated, counted: What the page says and what the records come to.
        state: Which of ``YearlyState``; ``state_words`` is its word.
        differs: Whether the two contradict each other.
    """

    title: str
    needs: str
    has: str
    short: str
    stated: str
    counted: str
    state: str
    state_words: str
    differs: bool


@dataclass(frozen=True, slots=True)
class YearlyView:
    """A person's standing in words.

    Attributes:
        headline: The total in one line.
        lines: In the requirement's order.
        total: All lines together.
        notes: Sentences on what contradicts, what is open, and where the page stands.
        state: Of all lines.
    """

    headline: str
    lines: tuple[YearlyLine, ...]
    total: YearlyLine
    notes: tuple[str, ...]
    state: str


def yearly_standing(basis: Basis, verdict: PersonVerdict) -> YearlyStanding | None:
    """How a person stands with the plan's yearly requirement; None when the plan has none."""
    return judge_yearly_hours(
        basis.plan,
        verdict.records,
        basis.stated_hours.get(verdict.person.employee_id, ()),
    )


def yearly_view(standing: YearlyStanding) -> YearlyView:
    """A standing in words."""
    total = _line(standing.total)
    source = [f"入口網頁面的時數取自 {page_words(standing)}。"] if standing.page else []
    return YearlyView(
        headline=_headline(standing),
        lines=tuple(_line(line) for line in standing.lines),
        total=total,
        notes=(*source, *yearly_notes(standing)),
        state=standing.state.value,
    )


def _headline(standing: YearlyStanding) -> str:
    total, short = standing.total, standing.short_by
    has = counted_words(total.counted) if total.has is None else hours_words(total.has)
    words = f"{has}／{hours_words(total.needs)} 時"
    if standing.state is not YearlyState.UNKNOWN or total.counted is not None:
        words += f"，{STATE_WORDS[standing.state]}"
    if short is not None and short > 0:
        words += f"，尚缺 {hours_words(short)} 時"
    return words


def _line(line: LineStanding) -> YearlyLine:
    return YearlyLine(
        title=line.title,
        needs=hours_words(line.needs),
        has=_known(line.has),
        short=_known(line.short_by),
        stated=_known(line.stated),
        counted=counted_words(line.counted),
        state=line.state.value,
        state_words=STATE_WORDS[line.state],
        differs=line.differs,
    )


def _known(hours: Decimal | None) -> str:
    return _UNKNOWN if hours is None else hours_words(hours)


def counted_words(counted: CountedHours | None) -> str:
    """Counted hours: ``4``, ``至少 4`` while something is open, ``未知``."""
    if counted is None:
        return _UNKNOWN
    least = hours_words(counted.least)
    return least if counted.is_exact else f"至少 {least}"


def yearly_notes(standing: YearlyStanding) -> tuple[str, ...]:
    """What a clerk must know beside the figures, one sentence each."""
    notes = [
        f"「{line.title}」入口網頁面是 {hours_words(line.stated)} 時，"
        f"依學習紀錄計算是 {counted_words(line.counted)} 時，兩者不符，請核對。"
        for line in (*standing.lines, standing.total)
        if line.differs
    ]
    notes.extend(_page_notes(standing))
    if standing.page is None and standing.total.counted is None:
        notes.append(
            f"沒有 {standing.year} 年度的入口網學習時數頁面，也沒有該年度的學習紀錄，時數未知。"
        )
    elif standing.page is None:
        notes.append(f"沒有 {standing.year} 年度的入口網時數摘要，只依學習紀錄計算。")
    if standing.unplaced_hours:
        notes.append(
            f"另有 {hours_words(standing.unplaced_hours)} 時的課程看不出類別，沒有算進任何一項。"
        )
    if standing.waiting_hours:
        notes.append(
            f"另有 {hours_words(standing.waiting_hours)} 時的課程待確認或不採計，沒有算進任何一項。"
        )
    if standing.courses_without_hours:
        notes.append(f"另有 {standing.courses_without_hours} 門課沒有時數，沒有計入。")
    return tuple(notes)


def _page_notes(standing: YearlyStanding) -> list[str]:
    notes = []
    page = standing.page
    if page is not None:
        asked = [
            f"「{figure.title}」頁面寫應完成 {hours_words(figure.asked)} 時，"
            f"計畫是 {hours_words(line.needs)} 時，以計畫為準。"
            for line in (*standing.lines, standing.total)
            if (figure := page.figure(line.title)) is not None
            and figure.asked is not None
            and figure.asked != line.needs
        ]
        notes.extend(asked)
        missing = [line.title for line in standing.lines if line.stated is None]
        if missing:
            notes.append(
                f"入口網頁面讀不到{'、'.join(f'「{title}」' for title in missing)}的時數。"
            )
    if standing.earlier_pages:
        names = "、".join(dict.fromkeys(_where(found) for found in standing.earlier_pages))
        notes.append(f"同年度有較早匯入的頁面（{names}），以最後匯入的為準，較早的仍保存。")
    if standing.undated_pages:
        names = "、".join(dict.fromkeys(_where(found) for found in standing.undated_pages))
        notes.append(f"有頁面沒有顯示年度（{names}），沒有拿來對照。")
    return notes


def _where(page: StatedHours) -> str:
    return f"{page.place.file_name} {page.place.words}".strip()


def page_words(standing: YearlyStanding) -> str:
    """Where the page stands that the hours are taken from; empty without one."""
    return _where(standing.page) if standing.page is not None else ""
