"""Saved web pages: tables with merged cells spread out, the text around them in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import (
    Document,
    GridRow,
    ReadingError,
    Source,
    Table,
    TextBlock,
)
from desktop.importers.headings import is_known_heading
from desktop.importers.readers.decoding import decode_html

MAX_CELLS = 2_000_000
MAX_COLUMNS = 5_000
_MAX_SPAN = 1_000
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    ["script", "style", "template", "noscript", "head", "title", "svg", "math", "object", "iframe"]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_TABLE_START = re.compile(r"<table[\s>]")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


def read_html(source: Source, data: bytes, *, declared: str | None = None) -> Document:
    """The text and tables of a page.

    Args:
        source: The file.
        data: Its bytes.
        declared: The encoding its envelope names, if any.

    Raises:
        ReadingError: When it cannot be decoded, is no page or is far too large.
    """
    decoded = decode_html(source.name, data, declared=declared)
    lowered = decoded.text.lower()
    if len(_TABLE_START.findall(lowered)) > lowered.count("</table"):
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」的網頁不完整（表格沒有結尾），沒有匯入任何資料，請重新另存網頁再匯入。",
        )
    return read_html_text(source, decoded.text, remarks=decoded.remarks)


def read_html_text(source: Source, text: str, *, remarks: tuple[str, ...] = ()) -> Document:
    """The text and tables of a decoded page; see ``read_html``."""
    # huge_tree off keeps libxml2's limits; the HTML parser knows no entity declarations.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise _broken(source) from error
    if root is None:
        raise _broken(source)
    title = " ".join(_plain("".join(node.itertext())) for node in root.iter("title"))
    walker = _Walker(source)
    walker.walk(root)
    walker.flush()
    return Document(source, tuple(walker.blocks), title=title, remarks=remarks)


def _broken(source: Source) -> ReadingError:
    return ReadingError(
        RefusalReason.UNREADABLE,
        f"「{source.name}」不是可讀的網頁，沒有匯入任何資料，請重新另存網頁再匯入。",
    )


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


def _is_skipped(node: Any) -> bool:
    return (
        not isinstance(node.tag, str)
        or node.tag in _SKIPPED
        or node.get("hidden") is not None
        or _HIDDEN.search(node.get("style") or "") is not None
    )


class _Walker:
    """Collects blocks in reading order; an own stack, so that deep pages cannot overflow ours."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.blocks: list[Table | TextBlock] = []
        self.parts: list[str] = []
        self.cells = 0

    def flush(self) -> None:
        lines = (_plain(line) for line in "".join(self.parts).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            self.blocks.append(TextBlock(text))
        self.parts = []

    def walk(self, root: Any) -> None:
        pending: list[tuple[Any, bool]] = [(root, False)]
        while pending:
            node, is_done = pending.pop()
            if is_done:
                if isinstance(node.tag, str) and node.tag in _BLOCKS:
                    self.parts.append("\n")
                self.parts.append(_inline(node.tail))
                continue
            if _is_skipped(node):
                self.parts.append(_inline(node.tail))
                continue
            if node.tag == "table" and _is_data_table(node):
                self.flush()
                self.blocks.append(Table(tuple(self._rows(node))))
                self.parts.append(_inline(node.tail))
                continue
            if node.tag in _BLOCKS:
                self.parts.append("\n")
            self.parts.append(_inline(node.text))
            pending.append((node, True))
            pending.extend((child, False) for child in reversed(node))

    def _rows(self, table: Any) -> Iterator[GridRow]:
        carried: dict[int, tuple[int, str]] = {}
        for row in _own_rows(table):
            cells: list[str] = []
            for cell in row:
                if cell.tag not in ("td", "th") or _is_skipped(cell):
                    continue
                self._spread(carried, cells)
                text = cell_words(cell)
                columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
                start = len(cells)
                cells += [text] + [""] * (columns - 1)
                if len(cells) > MAX_COLUMNS:
                    raise self._too_large()
                if rows > 1:
                    for offset in range(columns):
                        carried[start + offset] = (rows - 1, text if offset == 0 else "")
            self._spread(carried, cells)
            self.cells += len(cells)
            if self.cells > MAX_CELLS:
                raise self._too_large()
            yield GridRow(tuple(cells))

    def _too_large(self) -> ReadingError:
        return ReadingError(
            RefusalReason.TOO_LARGE,
            f"「{self.source.name}」的表格過大，未匯入，請分成幾個檔案再匯入。",
        )

    @staticmethod
    def _spread(carried: dict[int, tuple[int, str]], cells: list[str]) -> None:
        """Fill in what cells merged over rows leave for this row at this column."""
        while (column := len(cells)) in carried:
            left, text = carried.pop(column)
            cells.append(text)
            if left > 1:
                carried[column] = (left - 1, text)


def _inline(text: str | None) -> str:
    return _SPACES.sub(" ", text) if text else ""


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    if not (value.isascii() and value.isdigit()) or len(value) > 6:
        return 1
    return min(max(int(value), 1), _MAX_SPAN)


def _own_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr" and not _is_skipped(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and not _is_skipped(child):
            yield from (row for row in child if row.tag == "tr" and not _is_skipped(row))


def _is_data_table(table: Any) -> bool:
    """Whether a table holds data itself; one that only arranges other tables is walked through."""
    if next(table.iterdescendants("table"), None) is None:
        return True
    for _, row in zip(range(20), _own_rows(table), strict=False):
        own = [
            cell
            for cell in row
            if cell.tag in ("td", "th") and next(cell.iterdescendants("table"), None) is None
        ]
        if sum(is_known_heading(cell_words(cell)) for cell in own[:60]) >= 3:
            return True
    return False


def cell_words(cell: Any) -> str:
    """The visible text of a cell; ``<br>`` and blocks are line breaks."""
    parts: list[str] = []
    pending: list[tuple[Any, bool]] = [(cell, False)]
    while pending:
        node, is_done = pending.pop()
        is_block = isinstance(node.tag, str) and node.tag in _BLOCKS
        if is_done:
            if is_block and node is not cell:
                parts.append("\n")
            if node is not cell:
                parts.append(_inline(node.tail))
            continue
        if node is not cell and _is_skipped(node):
            parts.append(_inline(node.tail))
            continue
        if is_block and node is not cell:
            parts.append("\n")
        parts.append(_inline(node.text))
        pending.append((node, True))
        pending.extend((child, False) for child in reversed(node))
    lines = (_plain(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
