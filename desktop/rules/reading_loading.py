"""Readings of unclear clauses in a plan file: each a choice of the plan, kept with its question."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.entitlements import ClauseReading, ReadingOption
from desktop.rules.choice_words import choices_in_words
from desktop.rules.plan_switches import Switch
from desktop.rules.toml_table import TableReader


def read_readings(root: TableReader, switches: Mapping[str, Switch]) -> tuple[ClauseReading, ...]:
    """Every ``[[reading]]``.

    Args:
        root: The whole file.
        switches: The plan's choices by their dotted keys, with the values in force.
    """
    readings: list[ClauseReading] = []
    for table in root.tables("reading", needed=False):
        reading = _reading(table, switches)
        if reading.setting in {earlier.setting for earlier in readings}:
            table.problem("setting", f"「{reading.setting}」已經有一段解讀，請併成一段。")
        readings.append(reading)
    return tuple(readings)


def _reading(table: TableReader, switches: Mapping[str, Switch]) -> ClauseReading:
    setting = table.text("setting")
    switch = switches.get(setting)
    if setting and switch is None:
        table.problem(
            "setting",
            f"計畫裡沒有「{setting}」這個可以切換的設定，請改成段落名稱加點再加設定名稱，"
            "例如 compensatory_leave.combination。",
        )
    options = tuple(_option(row, switch) for row in table.tables("option"))
    if switch is not None and options:
        _check_options(table, options, switch)
    reading = ClauseReading(
        setting=setting,
        question=table.text("question"),
        clause=table.needed_clause(),
        options=options,
        chosen=switch.value if switch is not None else "",
        note=table.text("note", needed=False),
    )
    table.close()
    return reading


def _option(row: TableReader, switch: Switch | None) -> ReadingOption:
    """One way to read it; a truth may be written without quotes, as its setting is."""
    value = row.any("value")
    value = str(value).lower() if isinstance(value, bool) else row.text("value")
    if value and switch is not None and value not in switch.among:
        row.problem("value", f"這個設定只能填 {choices_in_words(switch.among)} 其中一個。")
    option = ReadingOption(value, row.text("words"))
    row.close()
    return option


def _check_options(table: TableReader, options: tuple[ReadingOption, ...], switch: Switch) -> None:
    values = [option.value for option in options]
    repeated = [value for value in dict.fromkeys(values) if value and values.count(value) > 1]
    if repeated:
        table.problem("option", f"「{'、'.join(repeated)}」列了兩次，每種讀法只列一次。")
    elif len(values) < 2:
        table.problem("option", "讀法至少要列兩種，只有一種就不必寫這一段。")
    elif switch.value not in values and set(values) <= set(switch.among):
        table.problem(
            "option", f"計畫現在採用的是「{switch.value}」，不在列出的讀法裡，請補上這一種。"
        )
