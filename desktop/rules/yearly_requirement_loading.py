"""The yearly requirement in a plan file: ``[yearly_requirement]`` and its lines."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.findings import Clause
from desktop.domain.plan import Plan
from desktop.domain.text import matching_key
from desktop.domain.yearly_requirement import RequirementLine, YearlyRequirement
from desktop.rules.toml_lines import Found
from desktop.rules.toml_table import TableReader

_NO_CLAUSE = Clause("")
_TABLE = "yearly_requirement"


def read_yearly_requirement(root: TableReader) -> YearlyRequirement | None:
    """``[yearly_requirement]``: hours everybody must complete in the year; None when missing."""
    table = root.table(_TABLE, needed=False)
    if table is None:
        return None
    lines = []
    for row in table.tables("line"):
        lines.append(
            RequirementLine(
                title=row.text("title"),
                hours=row.amount("hours"),
                categories=row.texts("categories", needed=False),
                clause=row.clause("clause") or _NO_CLAUSE,
            )
        )
        row.close()
    requirement = YearlyRequirement(
        title=table.text("title"),
        hours=table.amount("hours"),
        lines=tuple(lines),
        clause=table.clause("clause") or _NO_CLAUSE,
    )
    table.close()
    return requirement


def requirement_problems(plan: Plan) -> Found:
    """What does not fit together in a requirement that reads: sums, and names used twice."""
    requirement = plan.yearly_requirement
    if requirement is None:
        return
    total = sum((line.hours for line in requirement.lines), Decimal(0))
    if total != requirement.hours:
        words = (
            f"各項時數加起來是 {_plain(total)} 小時，和總時數 {_plain(requirement.hours)} 小時"
            "不符，請改正其中一個。"
        )
        yield (_TABLE, "hours"), words
    seen: dict[str, str] = {matching_key(requirement.title): requirement.title}
    for index, line in enumerate(requirement.lines):
        for key, names in (("title", (line.title,)), ("categories", line.categories)):
            for name in names:
                folded = matching_key(name)
                if not folded:
                    words = f"「{name}」只有標點，請改成項目或類別的名稱。"
                elif folded in seen:
                    words = (
                        f"「{name}」和「{seen[folded]}」是同一個名稱，不知道時數算在哪一項，"
                        "請刪去一個。"
                    )
                else:
                    seen[folded] = name
                    continue
                yield (_TABLE, "line", index, key), words


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"
