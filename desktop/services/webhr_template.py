"""The template of the WebHR file, read from ``resources/personnel``."""

from __future__ import annotations

import tomllib
from pathlib import Path

from desktop.exports.webhr_file import (
    WebHrCode,
    WebHrColumn,
    WebHrNotice,
    WebHrResult,
    WebHrRow,
    WebHrTemplate,
)

FILE_NAME = "cpaa0118b.toml"


def load_webhr_template(resources: Path) -> WebHrTemplate:
    """Read the template.

    Args:
        resources: The program's ``resources`` folder.

    Raises:
        ValueError: When a column names a field that no row has.
    """
    path = resources / "personnel" / FILE_NAME
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(
        WebHrColumn(column["title"], column["field"], bool(column.get("needed", False)))
        for column in values["column"]
    )
    unknown = [c.field for c in columns if c.field not in WebHrRow.__dataclass_fields__]
    if unknown:
        raise ValueError(f"{path.name}: no such field: {', '.join(unknown)}")
    return WebHrTemplate(
        name=values["template"],
        encoding=values["encoding"],
        strict_encoding=values["strict_encoding"],
        has_headings=values["has_headings"],
        longest_reason=values["limits"]["reason"],
        forbidden=tuple(values["limits"]["forbidden_in_text"]),
        columns=columns,
        results=tuple(
            WebHrResult(one["code"], one["award"], one["count"], one["words"])
            for one in values["result"]
        ),
        categories=tuple(WebHrCode(one["code"], one["words"]) for one in values["category"]),
        notices=tuple(
            WebHrNotice(one["code"], one["words"], tuple(one["people"])) for one in values["notice"]
        ),
    )
