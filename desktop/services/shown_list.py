"""A list as it stands on the screen, for the same files that long lists are written into."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from desktop.domain.listing import ListQuery
from desktop.services.listing import ListColumn, ListRow, Tally
from desktop.services.progress import Progress, silent


class ShownList:
    """Words in rows and columns, taken over from a table of the window.

    Attributes:
        name: By which nothing is remembered; it is there for the sake of others.
        title: In the names of files and in the audit trail.
        columns: As shown, all text.
    """

    def __init__(
        self,
        title: str,
        headings: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[str]],
    ) -> None:
        """Take the words over.

        Args:
            title: Of the list.
            headings: From left to right.
            widths: Of the columns in logical pixels.
            rows: A text for each heading, from the first row down.
        """
        self.name = "shown"
        self.title = title
        self.columns = tuple(
            ListColumn(str(place), heading, width=width)
            for place, (heading, width) in enumerate(zip(headings, widths, strict=True))
        )
        self._rows = tuple(tuple(row) for row in rows)

    def find(self, query: ListQuery, report: Progress = silent) -> array[int]:
        """Every row in its place: the list was narrowed and put in order on the screen."""
        return array("q", range(len(self._rows)))

    def rows(self, numbers: Sequence[int]) -> tuple[ListRow | None, ...]:
        """The rows of these numbers."""
        return tuple(ListRow(number, self._rows[number]) for number in numbers)

    def tallies(
        self, columns: Sequence[str], wanted: ListQuery | Sequence[int]
    ) -> tuple[Tally, ...]:
        """Nothing: words have no sum."""
        return ()
