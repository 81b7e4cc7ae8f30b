"""The one shape of all printed forms, so that services can treat them alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from forms.booklet import Booklet, Laid, Paper
from forms.document import Field, Kind, Metadata, Progress
from forms.fonts import FontChain, Unprintable
from forms.textfit import TextFitter

ContentT = TypeVar("ContentT")


class PrintedForm(ABC, Generic[ContentT]):
    """A kind of paper: finished content in, the bytes of a PDF out."""

    kind: ClassVar[Kind]
    paper: ClassVar[Paper]
    fields: ClassVar[tuple[Field, ...]]
    """What the form shows, with sample values."""

    def __init__(self, chain: FontChain) -> None:
        """Take the faces to print with."""
        self._chain = chain

    @abstractmethod
    def metadata(self, content: ContentT) -> Metadata:
        """Tell title, author, number and time of the paper made from this content."""

    @abstractmethod
    def sample(self) -> ContentT:
        """Give invented content for previews."""

    @abstractmethod
    def texts(self, content: ContentT) -> tuple[str, ...]:
        """List every text of the content that is printed."""

    @abstractmethod
    def laid(self, content: ContentT, fitter: TextFitter) -> Laid:
        """Share the content out over pages."""

    def unprintable(self, content: ContentT) -> tuple[tuple[str, Unprintable], ...]:
        """List the characters that would not come out, each with the text it stands in."""
        return tuple(
            (text, found)
            for text in dict.fromkeys(self.texts(content))
            for found in self._chain.unprintable(text)
        )

    def render(
        self,
        contents: Sequence[ContentT],
        *,
        progress: Progress | None = None,
        replace_unprintable: bool = False,
    ) -> bytes:
        """Print all contents into one PDF, each with its own page numbers.

        Args:
            contents: At least one.
            progress: Told after each document, asked whether to go on.
            replace_unprintable: Print 〓 for what has no glyph, instead of refusing.

        Raises:
            Cancelled: ``progress`` answered False.
            UnprintableTextError: A character has no glyph and replacing was not asked for.
            ContentTooLongError: One text is longer than a page.
        """
        if not contents:
            raise ValueError("nothing to print")
        if not replace_unprintable:
            self._chain.checked(text for c in contents for text in self.texts(c))
        fitter = TextFitter(self._chain)
        booklet = Booklet(self._chain, self.paper, fitter)
        return booklet.written(
            len(contents), lambda index: self.laid(contents[index], fitter), progress=progress
        )
