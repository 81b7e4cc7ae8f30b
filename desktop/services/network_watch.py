"""Hears of every attempt of the program to reach a network (Python's audit events, PEP 578)."""

from __future__ import annotations

import sys
from types import TracebackType

_EVENTS = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
        "ftplib.connect",
        "http.client.connect",
        "imaplib.open",
        "poplib.connect",
        "smtplib.connect",
        "urllib.Request",
    }
)


class NetworkWatch:
    """Inside its block, notes each attempt in ``seen``; nothing is forbidden, only heard of.

    Python never lets go of a listener: outside its block this one does nothing.

    Attributes:
        seen: Kind of each attempt, such as ``socket.connect``, in order.
    """

    def __init__(self) -> None:
        """Not listening yet."""
        self.seen: list[str] = []
        self._is_listening = False

    def __enter__(self) -> NetworkWatch:
        """Listen."""
        self._is_listening = True
        sys.addaudithook(self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no more."""
        self._is_listening = False

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_listening or event not in _EVENTS:
            return
        # A name in the file system (a path) joins processes of this machine and is no network.
        if event in ("socket.bind", "socket.connect") and isinstance(arguments[1], str | bytes):
            return
        self.seen.append(event)
