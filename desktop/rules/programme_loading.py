"""The tables of a nominated programme in a plan file: credit, nomination, official leave."""

from __future__ import annotations

from datetime import date

from desktop.domain.findings import Clause
from desktop.domain.plan import Credit, Nomination, OfficialLeave
from desktop.rules.set_loading import read_not_recognised
from desktop.rules.toml_table import TableReader


def read_credit(table: TableReader, *, last_day: date, period_clause: Clause) -> Credit:
    """``[credit]``: hours uploaded for freely chosen courses.

    Args:
        table: The table.
        last_day: The plan's last day, by which courses must end unless the table says otherwise.
        period_clause: Where that day stands.
    """
    report_by = table.day("report_by", needed=False)
    deadline = table.day("deadline", needed=False)
    deadline_clause = table.clause("deadline_clause", needed=deadline is not None)
    if table.has("report_clause") and not table.has("report_by"):
        table.problem("report_clause", "有研習報告的依據，沒有期限，請補 report_by 的日期。")
    credit = Credit(
        minimum_hours=table.amount("minimum_hours"),
        minimum_clause=table.needed_clause("minimum_clause"),
        deadline=deadline or last_day,
        deadline_clause=deadline_clause or period_clause,
        clause=table.needed_clause(),
        report_by=report_by,
        report_clause=table.clause("report_clause", needed=report_by is not None),
        languages=read_not_recognised(table, "languages_not_recognised"),
        regions=read_not_recognised(table, "regions_not_recognised"),
    )
    table.close()
    return credit


def read_nomination(table: TableReader) -> Nomination:
    """``[nomination]``: how people get into the programme."""
    nomination = Nomination(
        register_by=table.needed_day("register_by"),
        clause=table.needed_clause(),
        quota=table.text("quota", needed=False),
        priority=table.texts("priority", needed=False),
        excluded=table.texts("excluded", needed=False),
    )
    table.close()
    return nomination


def read_official_leave(table: TableReader) -> OfficialLeave:
    """``[official_leave]``: 公假 the agency may give for studying."""
    leave = OfficialLeave(
        most_hours=table.integer("most_hours", least=1) or 0,
        clause=table.needed_clause(),
    )
    table.close()
    return leave
