"""What every test stands on: no display, no machine-dependent chance."""

from __future__ import annotations

import os

# Before anything imports Qt: the tests draw into memory, on a desk with a display too.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from hypothesis import settings

from tests.stalls import (  # noqa: F401 - the probe's option, fixture and summary
    pytest_addoption,
    pytest_terminal_summary,
    stall_probe,
)

settings.register_profile("desk", deadline=None)
# In CI the same tree gives the same answer: cases are derived from the test, not from chance.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
