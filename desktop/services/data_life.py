"""How long records are kept, what is past its period, and its deletion: listed, logged and real."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.domain.accounts import AccountRole
from desktop.domain.changes import Area, ChangeSet
from desktop.domain.retention import (
    PERIODS,
    DeletionUnit,
    RecordKind,
    free_to_go,
    is_past,
    kept_until,
)
from desktop.services.accounts import is_sign_in_on
from desktop.services.office import Office
from desktop.store import Reader
from desktop.store.deletion_units import DELETION_ACT

RETENTION_KEY = "retention"
FOR_GOOD = "永久"
_SETTING = "設定保存年限"
_AREAS = frozenset(Area)


class DataLifeRefusedError(ValueError):
    """A period or a deletion that may not be; its words are the clerk's."""


@dataclass(frozen=True, slots=True)
class DueUnit:
    """Something whose period is over.

    Attributes:
        unit: What it is.
        kept_until: The last day it had to be kept.
        hindrance: Why it cannot go all the same; empty when it can.
    """

    unit: DeletionUnit
    kept_until: date
    hindrance: str

    @property
    def can_go(self) -> bool:
        """Whether it may be deleted, with everything else listed that may."""
        return not self.hindrance


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a deletion came to.

    Attributes:
        change: What changed.
        units: How many units went.
        rows: How many rows went.
        is_wiped: Whether the file was written anew without them; if not, ``wipe_again``.
        outside: Backups and former stores that still hold them.
        words: All of this in a sentence or two.
    """

    change: ChangeSet
    units: int
    rows: int
    is_wiped: bool
    outside: tuple[Path, ...]
    words: str


def retention_settings(office: Office) -> dict[RecordKind, int | None]:
    """The period of each kind in years; None is for good, which is what nobody changed."""
    with office.store.reading() as reader:
        return _periods(reader)


def set_retention(office: Office, periods: Mapping[RecordKind, int | None]) -> ChangeSet:
    """Set periods; kinds that are not named keep theirs. Nothing is deleted by it.

    Args:
        office: The open office.
        periods: Years, of those that 機關檔案保存年限及銷毀辦法 第4條 knows; None for good.

    Raises:
        DataLifeRefusedError: When somebody else than a head is at work, or a period is not known.
    """
    _ask_head(office)
    for kind, years in periods.items():
        if years is not None and years not in PERIODS:
            known = "、".join(map(str, PERIODS))
            raise DataLifeRefusedError(
                f"「{kind.word}」的保存年限 {years} 年不是可選的年限，沒有更動；"
                f"請選 {known} 年或{FOR_GOOD}。"
            )
    with office.store.writing(_SETTING) as writer:
        before = _periods(writer)
        changed = {kind: years for kind, years in periods.items() if before[kind] != years}
        if not changed:
            return ChangeSet(_SETTING, frozenset())
        after = before | changed
        writer.set_office_setting(RETENTION_KEY, {k.value: years for k, years in after.items()})
        writer.describe(
            "保存年限",
            {
                "before": "、".join(f"{k.word} {period_words(before[k])}" for k in changed),
                "after": "、".join(f"{k.word} {period_words(changed[k])}" for k in changed),
            },
        )
    return ChangeSet(_SETTING, _AREAS)


def period_words(years: int | None) -> str:
    """A period as people read it."""
    return FOR_GOOD if years is None else f"{years} 年"


def due_for_deletion(office: Office, on_day: date | None = None) -> tuple[DueUnit, ...]:
    """What is past its period, the oldest first, with what stands in the way of some of it.

    Args:
        office: The open office.
        on_day: The day asked for; today when None.
    """
    day = on_day or office.clock().date()
    with office.store.reading() as reader:
        periods = _periods(reader)
        if all(years is None for years in periods.values()):
            return ()
        units = reader.deletion_units(day)
    by_key = {unit.key: unit for unit in units}
    past = {unit.key: unit for unit in units if is_past(unit, periods[unit.kind], day)}
    going = free_to_go(past)
    found = []
    for unit in past.values():
        years = periods[unit.kind]
        if years is not None:
            hindrance = "" if unit.key in going else _hindrance(unit, going, by_key)
            found.append(DueUnit(unit, kept_until(unit.day, years), hindrance))
    return tuple(found)


def delete_due(office: Office, selection: Iterable[str], reason: str) -> Deletion:
    """Delete what is past its period today, for good, and write the file anew without it.

    No backup is made before: it would keep what is to go.

    Args:
        office: The open office.
        selection: Keys of units, see ``due_for_deletion``.
        reason: Why, and who approved (核准銷毀的文號).

    Raises:
        DataLifeRefusedError: When somebody else than a head is at work, or nothing is chosen.
        StoreError: When a unit is not due any more or something stands on it; nothing is deleted.
    """
    _ask_head(office)
    keys = frozenset(selection)
    if not keys:
        raise DataLifeRefusedError("沒有選任何資料，沒有刪除；請先勾選到期的資料。")
    with office.store.writing(DELETION_ACT) as writer:
        gone = writer.delete_units(
            keys, periods=_periods(writer), on_day=office.clock().date(), reason=reason
        )
    office.redo_steps.clear()
    is_wiped = office.store.wipe_deleted()
    outside = copies_outside(office)
    rows = sum(unit.rows for unit in gone)
    people = frozenset(who for unit in gone for who in unit.people)
    words = f"已刪除 {len(gone):,} 項、{rows:,} 列到期資料，無法復原。"
    words += "" if is_wiped else WIPE_WORDS
    words += _outside_words(outside)
    return Deletion(
        ChangeSet(DELETION_ACT, _AREAS, people), len(gone), rows, is_wiped, outside, words
    )


WIPE_WORDS = "資料檔裡的殘留還沒有清除（另一個程式正開著資料檔）；請關閉它再按「清除殘留」。"


def wipe_again(office: Office) -> bool:
    """Write the file anew without what was deleted; False while another program has it open."""
    return office.store.wipe_deleted()


def copies_outside(office: Office) -> tuple[Path, ...]:
    """Backups, and stores put aside when one was restored: deletion does not reach them."""
    path = office.store.path
    aside = sorted(path.parent.glob(f"{path.stem}_還原前_*{path.suffix}"))
    return (*(backup.path for backup in office.store.backups()), *aside)


# ------------------------------------------------------------------------------------------ parts
def _periods(reader: Reader) -> dict[RecordKind, int | None]:
    stored = reader.office_setting(RETENTION_KEY) or {}
    return {kind: stored.get(kind.value) for kind in RecordKind}


def _ask_head(office: Office) -> None:
    """Where people sign in, a head decides; where nobody does, whoever is at work."""
    if office.role is not AccountRole.HEAD and is_sign_in_on(office):
        raise DataLifeRefusedError("保存年限與刪除只有主管能決定，資料沒有更動；請主管登入後再試。")


def _hindrance(
    unit: DeletionUnit, going: frozenset[str], by_key: Mapping[str, DeletionUnit]
) -> str:
    if unit.held:
        return f"{unit.held}。"
    needed = sorted(unit.needs - going)
    first = by_key[needed[0]]
    more = f"等 {len(needed)} 項" if len(needed) > 1 else ""
    return f"還保存著靠它的「{first.kind.word}：{first.words}」{more}，要先到期刪除。"


def _outside_words(outside: tuple[Path, ...]) -> str:
    if not outside:
        return ""
    folders = "、".join(dict.fromkeys(f"「{path.parent}」" for path in outside))
    return (
        f"備份不在刪除範圍內：{folders}還有 {len(outside)} 個較早的備份或還原前的資料檔，"
        "可能含有這些資料，另存到別處的檔案與紙本也是；請依規定自行銷毀。"
    )
