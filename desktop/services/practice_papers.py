"""Papers of a practice store say that they are none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.services.office import Office


def as_drawn(office: Office, content: Any) -> Any:
    """A document's content as it is drawn: marked 練習 where the office is one for practice.

    Only what is drawn is marked; content that is kept or compared stays as it is.

    Args:
        office: Whose paper it is.
        content: With its ``issue``.
    """
    if not office.is_practice:
        return content
    return replace(content, issue=replace(content.issue, is_practice=True))
