"""The schedule of the source document's annex, dated and with invented states."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from forms.document import Issue
from forms.schedule_contents import Schedule, ScheduleMeasure, ScheduleStage

ANNEX = Path(__file__).resolve().parents[2] / "samples" / "forms" / "annex-schedule.txt"
_DATES = (
    (dt.date(2014, 7, 1), dt.date(2014, 12, 31)),
    (dt.date(2014, 10, 1), dt.date(2015, 3, 31)),
    (dt.date(2015, 4, 1), dt.date(2016, 3, 31)),
    (dt.date(2016, 4, 1), None),
)
_STATES = ("已完成", "已完成", "辦理中", "已完成")


def annex_lines() -> list[str]:
    """Lines of the annex as written down: two of title, the heads, then stages and measures."""
    return ANNEX.read_text("utf-8").strip().split("\n")


def make_schedule(**changes: Any) -> Schedule:
    """Make the schedule of the annex; whatever is named replaces the usual content."""
    title, second, _, *rows = annex_lines()
    stages: list[ScheduleStage] = []
    count = 0
    for row in rows:
        parts = row.split("\t")
        if len(parts) == 1:
            found = re.fullmatch(r"(.、)(.+?階段)(\(.*\))", row)
            assert found is not None, row
            first, last = _DATES[len(stages)]
            stages.append(
                ScheduleStage(
                    label=found[1],
                    name=found[2],
                    condition=found[3],
                    first_day=first,
                    last_day=last,
                    measures=(),
                )
            )
            continue
        label, text = parts[0][:3], parts[0][3:]
        measure = ScheduleMeasure(
            label=label,
            text=text,
            lead=parts[1],
            assisting=parts[2],
            state=_STATES[count] if count < len(_STATES) else "未開始",
        )
        count += 1
        stages[-1] = replace(stages[-1], measures=(*stages[-1].measures, measure))
    usual = Schedule(
        issue=Issue(issued_at=dt.datetime(2014, 12, 31, 17, 5), number="IP-103-000004"),
        agency="高雄市港濱區公所",
        plan=title,
        title=second,
        stages=tuple(stages),
        effective=dt.date(2014, 7, 1),
        day=dt.date(2014, 12, 31),
        notes=(
            (
                "辦理情形：未開始、辦理中、已完成、已調整期程、停止辦理。"
                "階段得同步實施，日期由計畫生效日推算，人工調整者於日期後註「調」。"
            ),
        ),
    )
    return replace(usual, **changes)
