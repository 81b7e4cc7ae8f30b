"""The tables of a nominated programme in a plan file: credit, nomination, official leave."""

from __future__ import annotations

from datetime import date

from desktop.domain.findings import Clause
from desktop.domain.plan import Credit, Nomination, NotRecognised, OfficialLeave
from desktop.domain.text import matching_key
from desktop.rules.toml_table import TableReader

_NO_CLAUSE = Clause("")
_NO_DAY = date(1, 1, 1)


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
        minimum_clause=table.clause("minimum_clause") or _NO_CLAUSE,
        deadline=deadline or last_day,
        deadline_clause=deadline_clause or period_clause,
        clause=table.clause("clause") or _NO_CLAUSE,
        report_by=report_by,
        report_clause=table.clause("report_clause", needed=report_by is not None),
        languages=_not_recognised(table, "languages_not_recognised"),
        regions=_not_recognised(table, "regions_not_recognised"),
    )
    table.close()
    return credit


def _not_recognised(parent: TableReader, key: str) -> NotRecognised | None:
    table = parent.table(key, needed=False)
    if table is None:
        return None
    words = table.texts("words")
    seen: dict[str, str] = {}
    for word in words:
        folded = matching_key(word)
        if not folded:
            table.problem("words", f"「{word}」只有標點，請改成語言或地區的名稱。")
        elif folded in seen:
            table.problem("words", f"「{word}」和「{seen[folded]}」是同一個詞，請刪去一個。")
        seen.setdefault(folded, word)
    refused = NotRecognised(words, table.clause("clause") or _NO_CLAUSE)
    table.close()
    return refused


def read_nomination(table: TableReader) -> Nomination:
    """``[nomination]``: how people get into the programme."""
    nomination = Nomination(
        register_by=table.day("register_by") or _NO_DAY,
        clause=table.clause("clause") or _NO_CLAUSE,
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
        clause=table.clause("clause") or _NO_CLAUSE,
    )
    table.close()
    return leave
