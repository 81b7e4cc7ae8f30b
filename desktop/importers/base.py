"""What an importer is, and the two ways of taking tables: row by row, or whole or not at all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

from desktop.domain.evidence import (
    EvidenceKind,
    EvidenceRow,
    Extraction,
    Refusal,
    RefusalReason,
)
from desktop.domain.text import has_private_use
from desktop.importers.document import Document
from desktop.importers.tabulation import DataRow, Layout, Tabulated, is_laid_out, tabulate
from desktop.importers.values import RowFaultError

MAX_LISTED_FAULTS = 50


class Importer(Protocol):
    """One kind of evidence: knows its own, and says what it holds; never judges."""

    @property
    def kind(self) -> EvidenceKind:
        """The kind that it reads."""
        ...

    def identify(self, document: Document) -> bool:
        """Whether the document is of this kind, by its content."""
        ...

    def extract(self, document: Document) -> Extraction:
        """Every row, read or refused."""
        ...


class TableImporter(ABC):
    """An importer of tables with a row of headings.

    Attributes:
        kind: The kind that it reads.
        layout: Its headings.
        may_be_empty: Whether headings without any row are a good file (no overtime this year).
    """

    kind: EvidenceKind
    layout: Layout
    may_be_empty = False

    def identify(self, document: Document) -> bool:
        """Whether a table of the document has this kind's headings."""
        return is_laid_out(document, self.layout)

    def extract(self, document: Document) -> Extraction:
        """Every row of the document's tables, read or refused."""
        table = tabulate(document, self.layout)
        rows, refusals, remarks = self.take(document, table)
        source = document.source
        remarks = (*remarks, *_own_characters(rows))
        if not table.rows and not refusals:
            if self.may_be_empty:
                remarks = (*remarks, f"{self.kind.words}只有標題，沒有任何資料列。")
            else:
                refusals = (
                    Refusal(
                        source.place(),
                        RefusalReason.EMPTY,
                        f"「{source.name}」的{self.kind.words}只有標題，沒有任何資料列，"
                        "請確認內容後重新匯入。",
                    ),
                )
        return Extraction(
            source.digest,
            source.name,
            self.kind,
            tuple(rows),
            (*table.refusals, *refusals),
            (*table.remarks, *remarks),
        )

    @abstractmethod
    def take(
        self, document: Document, table: Tabulated
    ) -> tuple[Sequence[EvidenceRow], tuple[Refusal, ...], tuple[str, ...]]:
        """Turn rows of cells into values: what was read, what was refused, what to remark."""


def _own_characters(rows: Sequence[EvidenceRow]) -> tuple[str, ...]:
    """A remark that lists names with private-use characters, which each system shows its way."""
    places: dict[str, str] = {}
    for row in rows:
        name = getattr(row, "person_name", None) or getattr(row, "name", None)
        if name and has_private_use(name):
            places.setdefault(name, row.place.words)
    if not places:
        return ()
    listed = "、".join(f"「{name}」（{words}）" for name, words in places.items())
    remark = (
        f"姓名裡有造字（外字）：{listed}，別的電腦可能顯示成另一個字，請對照名冊，"
        "印出前請確認字形。"
    )
    return (remark,)


def row_refusal(row: DataRow, fault: RowFaultError) -> Refusal:
    """The refusal of one row, with its place and its cells as read."""
    place = row.place
    return Refusal(
        place,
        fault.reason,
        f"「{place.file_name}」{place.words}：{fault.words}。",
        rows=1,
        raw=row.raw,
    )


class WholeTableImporter(TableImporter):
    """Reference data: a missing row could let a course pass, so one fault refuses the file."""

    def take(
        self, document: Document, table: Tabulated
    ) -> tuple[Sequence[EvidenceRow], tuple[Refusal, ...], tuple[str, ...]]:
        """Every row, or none and the faults of all."""
        rows: list[EvidenceRow] = []
        faults: list[Refusal] = []
        for row in table.rows:
            try:
                rows.append(self.read_row(row))
            except RowFaultError as fault:
                faults.append(row_refusal(row, fault))
        if not faults:
            faults += self.check(document, rows)
        if not faults and not table.refusals:
            return rows, (), self.remarks(table)
        source = document.source
        rest = len(table.rows) - sum(fault.rows for fault in faults[:MAX_LISTED_FAULTS])
        listed = faults[:MAX_LISTED_FAULTS]
        if rest > 0:
            first = (*table.refusals, *faults)[0]
            listed.append(
                Refusal(
                    source.place(),
                    first.reason,
                    f"「{source.name}」有列無法採用，{self.kind.words}須完整才能使用，"
                    f"其餘 {rest} 列也未匯入，請更正上述各列後重新匯入。",
                    rows=rest,
                )
            )
        return (), tuple(listed), ()

    @abstractmethod
    def read_row(self, row: DataRow) -> EvidenceRow:
        """One row as a value.

        Raises:
            RowFaultError: When it cannot be used.
        """

    def remarks(self, table: Tabulated) -> tuple[str, ...]:
        """What the clerk should know about a file that was taken."""
        return ()

    def check(self, document: Document, rows: Sequence[EvidenceRow]) -> list[Refusal]:
        """What is wrong with the rows taken together; nothing unless a kind says so."""
        return []
