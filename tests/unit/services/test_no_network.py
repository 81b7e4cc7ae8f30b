"""The program reaches no network: nothing in it imports what could."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FORBIDDEN = {
    *("asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "requests", "smtplib"),
    *("socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc"),
}
FORBIDDEN_QT = {
    "QtNetwork",
    "QtWebEngineCore",
    "QtWebEngineWidgets",
    "QtWebSockets",
    "QtHttpServer",
}
HARMLESS = {"urllib.parse"}
"""Takes addresses apart; opens none."""


def imported(source: str) -> set[str]:
    """Full names of the modules that a source text imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def reaching_out(names: set[str]) -> set[str]:
    """Those of them that could reach a network."""
    found = set()
    for name in names:
        parts = name.split(".")
        is_harmless = any(name == one or name.startswith(f"{one}.") for one in HARMLESS)
        if parts[0] in FORBIDDEN and not is_harmless and name != "urllib":
            found.add(name)
        if parts[0] == "PySide6" and len(parts) > 1 and parts[1] in FORBIDDEN_QT:
            found.add(name)
    return found


@pytest.mark.parametrize("package", ["desktop", "forms"])
def test_no_module_of_the_program_imports_a_network(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    found = {
        file.relative_to(ROOT).as_posix(): names
        for file in files
        if (names := reaching_out(imported(file.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import urllib.request",
        "from urllib import request",
        "from http.client import HTTPConnection",
        "def f():\n    import ssl",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtNetwork",
    ],
)
def test_an_import_that_could_is_found(source: str) -> None:
    assert reaching_out(imported(source))


def test_taking_an_address_apart_is_no_network() -> None:
    assert not reaching_out(imported("from urllib.parse import unquote"))
