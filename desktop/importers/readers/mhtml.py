"""Web archives (.mhtml): the pages inside a mail envelope."""

from __future__ import annotations

import email
import email.policy
import re

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import Document, ReadingError, Source, Table, TextBlock
from desktop.importers.readers.html import read_html

_MAX_PARTS = 5_000
_ENVELOPE = re.compile(
    rb"^(?:From|MIME-Version|Content-Type|Date|Subject|Snapshot-Content-Location|X-[\w-]+):", re.I
)


def looks_like_mhtml(data: bytes) -> bool:
    """Whether the bytes begin like a mail envelope around pages."""
    head = data[:4_096].lstrip()
    return _ENVELOPE.match(head) is not None and (
        b"multipart/related" in head.lower() or b"text/html" in head.lower()
    )


def read_mhtml(source: Source, data: bytes) -> Document:
    """The text and tables of the pages in a web archive, frames after the main page.

    Raises:
        ReadingError: When it holds no page or its page cannot be read.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    blocks: list[Table | TextBlock] = []
    remarks: tuple[str, ...] = ()
    title = ""
    pages = 0
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body.strip():
            continue
        page = read_html(
            source,
            body,
            declared=(part.get_param("charset") and str(part.get_param("charset"))) or None,
        )
        pages += 1
        blocks += page.blocks
        remarks += page.remarks
        title = title or page.title
    if not pages:
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」是網頁封存檔，但裡面沒有完整的網頁，請重新另存網頁再匯入。",
        )
    return Document(source, tuple(blocks), title=title, remarks=remarks)
