"""One PDF of several documents: its data, outline, numbers of pages, head and foot marks."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from forms.document import Cancelled, Issue, Kind, Metadata, Progress
from forms.fonts import FontChain
from forms.pdf_file import CREATOR, PdfFile
from forms.rocdate import spoken_time
from forms.seal_pictures import place_seal_picture
from forms.sheet import INNER, Align, Sheet
from forms.textfit import POINT, Style, TextFitter

TAIPEI = "+08'00'"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Measures of a sheet, in millimetres."""

    width: float
    height: float
    left: float
    top: float
    text_width: float
    bottom: float
    """Nothing of the form stands lower."""
    foot: float
    """Line of the footer."""
    qr_x: float
    qr_y: float
    qr_side: float = 16.0

    @property
    def right(self) -> float:
        """Give the right side of the text."""
        return self.left + self.text_width


PORTRAIT = Paper(
    width=210,
    height=297,
    left=20,
    top=20,
    text_width=170,
    bottom=279,
    foot=282.1,
    qr_x=172,
    qr_y=13,
)
LANDSCAPE = Paper(
    width=297,
    height=210,
    left=20,
    top=16,
    text_width=257,
    bottom=192,
    foot=195.1,
    qr_x=259,
    qr_y=10,
)

Page = Callable[[Sheet], None]
"""Draws the body of one page."""


@dataclass(frozen=True, kw_only=True)
class Laid:
    """One document laid out: its pages, and where it stands in the outline."""

    metadata: Metadata
    pages: Sequence[Page]
    outline: tuple[str, ...] = ()
    """Titles from the outer to the inner level, such as unit and person."""


class Booklet:
    """Writes laid-out documents one after the other into one PDF."""

    FOOT = Style(size=8.5)
    QR_NUMBER = Style(size=7.5)
    REPRINT = Style(size=10)
    VOID = Style(size=14)

    def __init__(self, chain: FontChain, paper: Paper, fitter: TextFitter) -> None:
        """Take the faces, the sheet and what measured the documents."""
        self._chain = chain
        self._paper = paper
        self._fitter = fitter

    def write(
        self,
        file: BinaryIO,
        count: int,
        lay: Callable[[int], Laid],
        *,
        progress: Progress | None = None,
    ) -> None:
        """Lay out and write documents to a file, each page as soon as it is drawn.

        Args:
            file: Opened for writing; what was written stays there when the answer is no.
            count: How many; at least one.
            lay: Lays out the document of an index; asked once for each, in order.
            progress: Told after each document, asked whether to go on.

        Raises:
            Cancelled: The answer was no.
        """
        first = lay(0)
        canvas = Canvas(
            None,
            pagesize=(self._paper.width / POINT, self._paper.height / POINT),
            pageCompression=1,
            invariant=1,
            initialFontName=self._chain.first,
            lang="zh-TW",
        )
        canvas.setTitle(first.metadata.title)
        canvas.setAuthor(first.metadata.author)
        canvas.setSubject(first.metadata.issue.number or first.metadata.title)
        canvas.setCreator(CREATOR)
        canvas.setDateFormatter(_fixed_time(first.metadata.issue.issued_at))
        pdf = PdfFile(canvas, file, first.metadata)
        open_titles: tuple[str, ...] = ()
        for index in range(count):
            laid = first if index == 0 else lay(index)
            pdf.begin_document()
            open_titles = self._enter(canvas, laid, index, open_titles)
            for number, page in enumerate(laid.pages, start=1):
                sheet = Sheet(canvas, self._chain, self._fitter, self._paper.height)
                sheet.begin_words()
                sheet.seal_pictures = laid.metadata.issue.seal_pictures
                page(sheet)
                sheet.end_words()
                self._marks(sheet, laid.metadata, page=number, pages=len(laid.pages))
                sheet.end_marks()
                pdf.end_page(sheet.tags)
            if progress is not None and not progress(index + 1, count):
                raise Cancelled
        if open_titles:
            canvas.showOutline()
        pdf.close()

    def _enter(
        self, canvas: Canvas, laid: Laid, index: int, open_titles: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Put a document into the outline, opening only the levels that are new."""
        for level, title in enumerate(laid.outline):
            is_last = level == len(laid.outline) - 1
            if is_last or open_titles[: level + 1] != laid.outline[: level + 1]:
                key = f"d{index}-{level}"
                canvas.bookmarkPage(key)
                canvas.addOutlineEntry(title, key, level=level, closed=False)
        return laid.outline

    def _marks(self, sheet: Sheet, metadata: Metadata, *, page: int, pages: int) -> None:
        paper, issue = self._paper, metadata.issue
        if issue.number:
            sheet.qr_code(
                qr_content(issue.number, metadata.kind),
                x=paper.qr_x,
                y=paper.qr_y,
                side=paper.qr_side,
            )
            number = self._fitter.one_line(
                issue.number, self.QR_NUMBER, width=paper.qr_side + 4, where="文件編號"
            )
            sheet.text(
                issue.number,
                number.style,
                x=paper.qr_x + paper.qr_side / 2,
                baseline=paper.qr_y + paper.qr_side + 3,
                align=Align.CENTRE,
            )
        self._words(sheet, issue)
        sheet.line(paper.left, paper.foot, paper.right, paper.foot, width=0.4)
        baseline = paper.foot + 1 + 0.8 * self.FOOT.size * POINT + 0.4
        left = f"編號 {issue.number}" if issue.number else "空白表"
        if issue.is_practice:
            left = f"練習\u3000{left}"
        for text, x, align in (
            (left, paper.left, Align.LEFT),
            (f"第 {page} 頁／共 {pages} 頁", paper.left + paper.text_width / 2, Align.CENTRE),
            (f"製表 {spoken_time(issue.issued_at)}", paper.right, Align.RIGHT),
        ):
            sheet.text(text, self.FOOT, x=x, baseline=baseline, align=align)

    def _words(self, sheet: Sheet, issue: Issue) -> None:
        """Draw the boxed words 練習, 補印 and 作廢 at the upper left, side by side."""
        x, y = self._paper.left, 12.0
        marks: list[tuple[str, Style, float]] = []
        if issue.is_practice:
            marks.append(("練習，不是正式文件", self.VOID, 1.2))
        if issue.reprint:
            marks.append((f"補印\u3000第 {issue.reprint} 次", self.REPRINT, 0.8))
        if issue.is_void:
            marks.append(("作廢", self.VOID, 1.2))
        for text, style, pen in marks:
            width = self._fitter.width(text, style.size) + 4
            height = style.size * POINT + 2
            sheet.box(x, y, width, height, pen=pen)
            middle = y + height / 2 + 0.3 * style.size * POINT
            sheet.text(text, style, x=x + 2, baseline=middle)
            x += width + 4


def qr_content(number: str, kind: Kind) -> str:
    """Give what the QR code says: format, number, kind of paper; no name, no identity number."""
    return f"GY1 {number} {kind.value}"


def _fixed_time(moment: datetime.datetime) -> Callable[..., str]:
    """Give reportlab the time that was passed in, instead of the clock's."""
    text = f"D:{moment:%Y%m%d%H%M%S}{TAIPEI}"
    return lambda *_: text


def spread(count: int, *, left: float, right: float, gap: float) -> tuple[tuple[float, ...], float]:
    """Share a width out among equal boxes.

    Args:
        count: How many boxes.
        left: Left side of the first, in millimetres.
        right: Right side of the last.
        gap: Between two.

    Returns:
        The left side of each box, and the width of one.
    """
    width = (right - left - gap * (count - 1)) / max(count, 1)
    return tuple(left + index * (width + gap) for index in range(count)), width


def seal_boxes(
    sheet: Sheet,
    labels: Sequence[str],
    *,
    lefts: Sequence[float],
    y: float,
    width: float,
    height: float,
    style: Style,
) -> None:
    """Draw boxes for wet stamps, each with its label at the upper left.

    Args:
        sheet: Page to draw on.
        labels: Such as ``申請人核章：``.
        lefts: Left side of each box.
        y: Top of all.
        width: Of each box.
        height: Of each box.
        style: Of the labels.
    """
    for label, x in zip(labels, lefts, strict=True):
        sheet.box(x, y, width, height, pen=INNER)
        fitted = sheet.fitter.fitted(label, style, width=width - 3, lines=1)
        sheet.lines(fitted.lines, fitted.style, x=x + 1.5, y=y + 1, width=width - 3)
        place_seal_picture(
            sheet,
            label,
            x=x,
            y=y + 1 + fitted.height,
            width=width,
            height=height - 1 - fitted.height,
        )
