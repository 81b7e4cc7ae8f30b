"""Values of a plan's form as they are typed, and back; what cannot be read stays as typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.moments import roc_date
from desktop.domain.text import normalise_digits
from desktop.domain.written_dates import WrittenDateError, parse_date
from desktop.services.plan_fields import FieldKind, PlanField


def text_of(field: PlanField, value: Any) -> str:
    """A value as its field shows it; empty for none.

    Args:
        field: The field.
        value: As the draft has it; one of a wrong kind is shown as it can be.
    """
    if value is None:
        return ""
    if field.kind is FieldKind.DAY and isinstance(value, date):
        return roc_date(value)
    if field.kind is FieldKind.LIST and isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return number_words(value)
    return str(value)


def value_of(field: PlanField, text: str) -> Any:
    """What was typed as the draft keeps it; None for nothing.

    A number or day that cannot be read stays a text, so that nothing typed is lost and the
    examination names it.

    Args:
        field: Of kind TEXT, LONG_TEXT, WHOLE, AMOUNT, DAY or LIST.
        text: What stands in it.
    """
    plain = text.strip()
    if field.kind is FieldKind.LIST:
        return [line.strip() for line in text.splitlines() if line.strip()] or None
    if not plain:
        return None
    if field.kind in (FieldKind.WHOLE, FieldKind.AMOUNT):
        return number_of(plain)
    if field.kind is FieldKind.DAY:
        try:
            return parse_date(plain)
        except WrittenDateError:
            return plain
    return text


def number_of(text: str) -> int | float | str:
    """The number a text writes, full-width or not; the text itself when it is none."""
    plain = normalise_digits(text).strip().removesuffix("小時").removesuffix("時").strip()
    body = plain.removeprefix("-")
    if body.isascii() and body.isdigit() and len(body) < 10:
        return int(plain)
    whole, point, fraction = body.partition(".")
    if point and whole.isdigit() and fraction.isdigit() and body.isascii() and len(body) < 12:
        number = float(plain)
        return int(number) if number == int(number) else number
    return text


def number_words(value: Any) -> str:
    """A number without trailing zeros; anything else as it is."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def clause_texts(value: Any) -> tuple[str, str]:
    """點次 and quotation of a clause, however the file writes it."""
    if isinstance(value, Mapping):
        return str(value.get("point", "")), str(value.get("quotation", ""))
    return ("" if value is None else str(value)), ""


def clause_of(point: str, quotation: str) -> dict[str, str] | None:
    """A clause as the draft keeps it, None when neither is written."""
    if not point.strip() and not quotation.strip():
        return None
    clause = {"point": point}
    if quotation.strip():
        clause["quotation"] = quotation
    return clause
