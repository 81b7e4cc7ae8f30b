"""Whether the bands of a unit award can be reached, each by some unit."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.entitlements import UnitAward, UnitBand
from desktop.domain.plan import Plan
from desktop.rules.toml_lines import Found


def unit_award_problems(plan: Plan) -> Found:
    """Every contradiction within the bands of the unit awards of a plan."""
    for number, award in enumerate(plan.unit_awards):
        for index, band in enumerate(award.bands):
            for path, message in (
                *_band_problems(band),
                *_hidden(award, index),
                *_role_problems(band),
            ):
                yield ("unit_award", number, "band", index, *path), message


def _band_problems(band: UnitBand) -> Found:
    low, high = band.headcount_from, band.headcount_to
    if low is not None and high is not None and low > high:
        yield (
            ("headcount_from",),
            f"人數從 {low} 人到 {high} 人，起點大於終點，請對調或改正。",
        )
    elif band.at_least_people is not None and high is not None and band.at_least_people > high:
        yield (
            ("at_least_people",),
            f"要求 {band.at_least_people} 人完成，但這一級最多 {high} 人，請改正人數。",
        )


def _hidden(award: UnitAward, index: int) -> Found:
    """A band that an earlier one which asks for no more takes the units away from."""
    band = award.bands[index]
    low, high = _range(band)
    if low > high:
        return
    for earlier, other in enumerate(award.bands[:index]):
        other_low, other_high = _range(other)
        if _least(other) > _least(band) or other_low > high or other_high < low:
            continue
        if other_low <= low and high <= other_high:
            yield (
                (),
                (
                    f"達到這一級的單位都已先符合第 {earlier + 1} 級，這一級永遠用不到，"
                    "請把要求高的級距排在前面，或改正數字。"
                ),
            )
        else:
            yield (
                (),
                (
                    f"這一級的單位人數和第 {earlier + 1} 級重疊，同一個單位會符合兩級，"
                    "請改正 headcount_from 或 headcount_to。"
                ),
            )
        return


def _least(band: UnitBand) -> Decimal:
    """What a band asks for, in percent or people; an award has one measure only."""
    if band.at_least_percent is not None:
        return band.at_least_percent
    return Decimal(band.at_least_people or 0)


def _range(band: UnitBand) -> tuple[float, float]:
    low = band.headcount_from if band.headcount_from is not None else 0
    high = band.headcount_to if band.headcount_to is not None else float("inf")
    return low, high


def _role_problems(band: UnitBand) -> Found:
    seen: set[tuple[str, str]] = set()
    for index, recipient in enumerate(band.recipients):
        named = (recipient.role, recipient.award)
        if named in seen:
            yield (
                ("recipient", index, "role"),
                f"「{recipient.role}」的{recipient.award}寫了兩次，請併成一項。",
            )
        seen.add(named)
