"""Loads the start scripts, which live outside the packages and import each other by plain name."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from installer.bootstrap import ROOT

# The scripts of the Windows product are a package of their own beside the bootstrap.
sys.path.insert(0, str(ROOT / "installer"))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Gives a script under installer/ as a module, by its name without the ending."""

    def load(name: str) -> ModuleType:
        monkeypatch.syspath_prepend(str(ROOT / "installer"))
        spec = importlib.util.spec_from_file_location(
            f"installer_{name}", ROOT / "installer" / f"{name}.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        return module

    return load
