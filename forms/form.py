"""The one shape of all printed forms, so that services can treat them alike."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, ClassVar, Generic, TypeVar

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
        items = [(self, content) for content in contents]
        return render_together(
            self._chain, items, progress=progress, replace_unprintable=replace_unprintable
        ).pdf


@dataclass(frozen=True)
class Rendered:
    """One PDF of several documents.

    Attributes:
        pdf: Its bytes.
        pages: How many pages each document has, in order.
    """

    pdf: bytes
    pages: tuple[int, ...]


def render_together(
    chain: FontChain,
    items: Sequence[tuple[PrintedForm[Any], Any]],
    *,
    progress: Progress | None = None,
    replace_unprintable: bool = False,
) -> Rendered:
    """Print documents of one kind of sheet into one PDF, each with its own page numbers.

    Args:
        chain: The faces; those of the forms.
        items: Each document's form and content; at least one, all on the same sheet.
        progress: Told after each document, asked whether to go on.
        replace_unprintable: Print 〓 for what has no glyph, instead of refusing.

    Raises:
        Cancelled: ``progress`` answered False.
        UnprintableTextError: A character has no glyph and replacing was not asked for.
        ContentTooLongError: One text is longer than a page.
    """
    if not items:
        raise ValueError("nothing to print")
    paper = items[0][0].paper
    if any(form.paper is not paper for form, _ in items):
        raise ValueError("upright and lying sheets do not go into one PDF")
    if not replace_unprintable:
        chain.checked(text for form, content in items for text in form.texts(content))
    buffer = io.BytesIO()
    pages = render_to(
        buffer, chain, len(items), items.__getitem__, progress=progress, replace_unprintable=True
    )
    return Rendered(buffer.getvalue(), pages)


def render_to(
    file: BinaryIO,
    chain: FontChain,
    count: int,
    item: Callable[[int], tuple[PrintedForm[Any], Any]],
    *,
    progress: Progress | None = None,
    replace_unprintable: bool = False,
) -> tuple[int, ...]:
    """Print documents into one PDF, writing each page to the file as soon as it is drawn.

    Neither the documents nor their pages are held together in memory: a batch of thousands takes
    no more than one. What goes wrong on the way leaves an unfinished file behind.

    Args:
        file: Opened for writing.
        chain: The faces; those of the forms.
        count: How many documents; at least one.
        item: Gives the form and content of an index; asked once for each, in order. All are on
            the same sheet.
        progress: Told after each document, asked whether to go on.
        replace_unprintable: Print 〓 for what has no glyph, instead of refusing.

    Returns:
        How many pages each document has, in order.

    Raises:
        Cancelled: ``progress`` answered False.
        UnprintableTextError: A character has no glyph and replacing was not asked for.
        ContentTooLongError: One text is longer than a page.
    """
    fitter = TextFitter(chain)
    pages: list[int] = []
    first = item(0)
    paper = first[0].paper

    def lay(index: int) -> Laid:
        form, content = first if index == 0 else item(index)
        if form.paper is not paper:
            raise ValueError("upright and lying sheets do not go into one PDF")
        if not replace_unprintable:
            chain.checked(form.texts(content))
        laid = form.laid(content, fitter)
        pages.append(len(laid.pages))
        return laid

    Booklet(chain, paper, fitter).write(file, count, lay, progress=progress)
    return tuple(pages)
