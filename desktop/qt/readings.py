"""Where doubtful readings come from: the store, or a batch that is not stored yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from desktop.qt.services import Services

if TYPE_CHECKING:
    from desktop.domain.readings import RowIdentity
    from desktop.services.draft import ImportDraft
    from desktop.services.reading_review import DoubtfulCell


class ReadingSource(Protocol):
    """What the window of readings asks; everything but ``notice`` runs off the UI thread."""

    notice: str
    """What becomes of a word that is said."""

    def cells(self, *, with_settled: bool) -> Sequence[DoubtfulCell]:
        """The doubtful cells."""

    def picture(self, cell: DoubtfulCell, *, width_px: int) -> Any:
        """The page that a cell stands on, None without pages."""

    def correct(self, cell: DoubtfulCell, typed: str) -> Any:
        """Say what stands there."""

    def confirm(self, cell: DoubtfulCell) -> Any:
        """Say that it was read right."""

    def judged(self, cell: DoubtfulCell) -> str:
        """What the program says of the row now, empty when nothing."""


class StoredReadings:
    """Readings of stored rows, of one row or of all; every word is stored at once."""

    notice = "更正會記下是誰、什麼時候改的，原來讀到的仍保留。"

    def __init__(
        self, services: Services, plan_id: str, *, only: RowIdentity | None = None
    ) -> None:
        """Read from the office.

        Args:
            services: Of the office.
            plan_id: The plan in force, by which rows are judged.
            only: This row's cells, None for every row's.
        """
        self._services, self._plan_id, self._only = services, plan_id, only

    def cells(self, *, with_settled: bool) -> Sequence[DoubtfulCell]:
        """The doubtful cells."""
        found = self._services.doubtful_cells(with_settled=with_settled)
        if self._only is None:
            return tuple(found)
        return tuple(cell for cell in found if cell.identity == self._only)

    def picture(self, cell: DoubtfulCell, *, width_px: int) -> Any:
        """The page that a cell stands on, None without pages."""
        return self._services.page_picture(cell.identity.digest, cell.page or 1, width_px=width_px)

    def correct(self, cell: DoubtfulCell, typed: str) -> Any:
        """Say what stands there."""
        return self._services.correct_reading(cell, typed)

    def confirm(self, cell: DoubtfulCell) -> Any:
        """Say that it was read right."""
        return self._services.confirm_reading(cell)

    def judged(self, cell: DoubtfulCell) -> str:
        """What the program says of the row now."""
        return str(self._services.judged_reading(self._plan_id, cell))


class DraftReadings:
    """Readings of a batch; a word is kept with the batch and stored with it.

    Attributes:
        draft: The batch with what was said so far.
    """

    notice = "這批還沒有存入；更正會跟著這批一起存，原來讀到的仍保留。"

    def __init__(self, services: Services, draft: ImportDraft) -> None:
        """Begin with a batch."""
        self._services = services
        self.draft = draft

    def cells(self, *, with_settled: bool) -> Sequence[DoubtfulCell]:
        """The doubtful cells."""
        return tuple(self._services.doubtful_cells(self.draft, with_settled=with_settled))

    def picture(self, cell: DoubtfulCell, *, width_px: int) -> Any:
        """The page that a cell stands on, None without pages."""
        return self._services.draft_page_picture(
            self.draft, cell.identity.digest, cell.page or 1, width_px=width_px
        )

    def correct(self, cell: DoubtfulCell, typed: str) -> Any:
        """Say what stands there."""
        self.draft = self._services.correct_in_draft(self.draft, cell, typed)
        return self.draft

    def confirm(self, cell: DoubtfulCell) -> Any:
        """Say that it was read right."""
        self.draft = self._services.confirm_in_draft(self.draft, cell)
        return self.draft

    def judged(self, cell: DoubtfulCell) -> str:
        """Nothing: what is not stored is not judged."""
        return ""

    def undo(self) -> Any:
        """Forget the last word said of the batch; None when there is none."""
        if not self.draft.readings:
            return None
        self.draft = replace(self.draft, readings=self.draft.readings[:-1])
        return self.draft
