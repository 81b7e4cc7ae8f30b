"""What a reader does not see: the last digits of identity numbers, in every table."""

from __future__ import annotations

from desktop.domain.masking import masked_identity_numbers

_is_on = False


def conceal_identity_numbers(is_on: bool) -> None:
    """Mask identity numbers from now on, or show them."""
    global _is_on
    _is_on = is_on


def shown(text: str) -> str:
    """A text as who is at work may see it."""
    return masked_identity_numbers(text) if _is_on else text
