"""Identifiers that two offices cannot both hand out."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

_EPOCH = datetime(1970, 1, 1)


def time_ordered_id(moment: datetime) -> str:
    """A random UUID of version 7: later moments sort later, so that indexes grow at their end.

    RFC 9562 section 5.7: 48 bits of milliseconds, version, 12 random bits, variant, 62 more.

    Args:
        moment: The act's time; its zone is left out, only the order matters.
    """
    milliseconds = (moment.replace(tzinfo=None) - _EPOCH) // timedelta(milliseconds=1)
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
