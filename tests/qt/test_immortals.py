from __future__ import annotations

import sys

import pytest

from desktop.qt.immortals import keep_singletons


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal by itself")
def test_none_outlives_any_number_of_lost_references():
    keep_singletons()
    before = sys.getrefcount(None)
    assert before > 1 << 39
    keep_singletons()
    assert sys.getrefcount(None) < before + 1000
