"""Identity numbers from a sheet, for the one export that needs them; they are handed on, not kept.

Any sheet will do that has 身分證號 beside 人員代號 or 姓名: the roster itself, or a list that the
clerk makes for the occasion. A number that stands twice with different values is nobody's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.text import person_key
from desktop.importers.document import ReadingError, Source, cell_text
from desktop.importers.headings import Column
from desktop.importers.reading import document_of
from desktop.importers.tabulation import Layout, tabulate
from desktop.importers.values import identifier, one_line

_LAYOUT = Layout(
    wanted=(Column.EMPLOYEE_ID, Column.NAME, Column.IDENTITY_NUMBER),
    required=((Column.EMPLOYEE_ID, Column.NAME), (Column.IDENTITY_NUMBER,)),
)


@dataclass(frozen=True, slots=True)
class IdentityNumbers:
    """Numbers by 人員代號 and, for rows without one, by name.

    Attributes:
        by_employee_id, by_name: Upper case, as the sheet has them.
        has_column: Whether the sheet has such a column at all.
        problem: What went wrong, one sentence; empty when nothing did.
    """

    by_employee_id: Mapping[str, str] = field(default_factory=dict, repr=False)
    by_name: Mapping[str, str] = field(default_factory=dict, repr=False)
    has_column: bool = False
    problem: str = ""

    def of(self, employee_id: str, name: str) -> str:
        """A person's number; empty when the sheet does not say it for certain."""
        return self.by_employee_id.get(employee_id) or self.by_name.get(person_key(name), "")


def read_identity_numbers(name: str, data: bytes) -> IdentityNumbers:
    """The numbers of a sheet.

    Args:
        name: The file's name.
        data: Its bytes.
    """
    source = Source(hashlib.sha256(data).hexdigest(), name)
    try:
        document = document_of(source, data)
    except ReadingError as error:
        return IdentityNumbers(problem=error.message)
    table = tabulate(document, _LAYOUT)
    if Column.IDENTITY_NUMBER not in table.columns:
        return IdentityNumbers(
            problem=f"「{name}」沒有「身分證號」欄，或沒有「人員代號」「姓名」欄，沒有採用；"
            "請選有這兩欄的名冊。"
        )
    by_id: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    for row in table.rows:
        number = "".join(cell_text(row.cells.get(Column.IDENTITY_NUMBER, "")).split()).upper()
        if not number:
            continue
        employee_id = identifier(row.cells.get(Column.EMPLOYEE_ID, ""))
        person = one_line(row.cells.get(Column.NAME, ""))
        if employee_id is not None:
            by_id.setdefault(employee_id, set()).add(number)
        elif person:
            by_name.setdefault(person_key(person), set()).add(number)
    twice = sorted(
        key for found in (by_id, by_name) for key, values in found.items() if len(values) > 1
    )
    return IdentityNumbers(
        by_employee_id={key: values.pop() for key, values in by_id.items() if len(values) == 1},
        by_name={key: values.pop() for key, values in by_name.items() if len(values) == 1},
        has_column=True,
        problem=f"「{name}」裡{'、'.join(twice[:5])}有兩個不同的身分證號，沒有採用，請核對後自行填寫。"
        if twice
        else "",
    )
