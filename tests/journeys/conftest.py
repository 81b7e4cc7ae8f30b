"""The journeys drive the whole window on a real store."""

from tests.qt.conftest import (  # noqa: F401 - the fixtures of the window
    empty_office,
    offices,
    open_window,
    pristine,
    sample,
    settings,
    shared_sample,
    theme,
)
