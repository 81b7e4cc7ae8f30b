"""Notes below a form's table: a title, then labelled paragraphs that hang at their level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.application_contents import OutlineNote
from forms.contents import Note
from forms.sheet import BASELINE, Sheet
from forms.textfit import POINT, Fitted, Style, TextFitter, TextLine

HAIR = 1e-6


@dataclass(frozen=True, kw_only=True)
class NotesLook:
    """How a form sets its notes."""

    title: Style
    text: Style
    side: float
    """Millimetres left and right of the text."""
    padding: float
    """Millimetres above and below together."""
    levels: tuple[tuple[float, float], ...]
    """Of each level where its label begins, and how far behind that its text hangs, in em."""


@dataclass(frozen=True)
class LaidNote:
    """One paragraph as broken."""

    label: str
    lines: tuple[TextLine, ...]
    is_underlined: bool
    indent: float
    hang: float


@dataclass(frozen=True)
class LaidNotes:
    """All notes at one size, and the height they need."""

    look: NotesLook
    style: Style
    title: Fitted
    notes: tuple[LaidNote, ...]
    height: float


def laid_notes(
    title: str,
    notes: Sequence[Note | OutlineNote],
    look: NotesLook,
    *,
    fitter: TextFitter,
    width: float,
    size: float,
) -> LaidNotes:
    """Break notes at a size.

    Args:
        title: Line above them.
        notes: Plain ones are numbered ``1.``, those of an outline bring label and level.
        look: How the form sets them.
        fitter: Measures and breaks.
        width: Millimetres of the whole cell.
        size: Points of the notes.
    """
    inside = width - 2 * look.side
    style = look.text.sized(size)
    fitted = fitter.fitted(title, look.title, width=inside, bold=(0, len(title)))
    laid: list[LaidNote] = []
    for number, note in enumerate(notes, start=1):
        label, level, is_underlined = f"{number}.", 0, False
        if isinstance(note, OutlineNote):
            label, level = note.label, note.level
        else:
            is_underlined = note.is_underlined
        indent, hang = (em * size * POINT for em in look.levels[level])
        laid.append(
            LaidNote(
                label,
                fitter.broken(note.text, size=size, width=inside - indent - hang),
                is_underlined,
                indent,
                hang,
            )
        )
    count = sum(len(note.lines) for note in laid)
    height = fitted.height + count * style.line_height + look.padding
    return LaidNotes(look, style, fitted, tuple(laid), height)


def notes_that_fit(
    title: str,
    notes: Sequence[Note | OutlineNote],
    look: NotesLook,
    *,
    fitter: TextFitter,
    width: float,
    room: float,
    sizes: Sequence[float],
) -> LaidNotes | None:
    """Give the notes at the first of these sizes (points) that fits a room (millimetres)."""
    for size in sizes:
        laid = laid_notes(title, notes, look, fitter=fitter, width=width, size=size)
        if laid.height <= room + HAIR:
            return laid
    return None


def draw_notes(sheet: Sheet, notes: LaidNotes, *, x: float, y: float, width: float) -> None:
    """Draw notes from the upper left corner of their cell, justified."""
    left = x + notes.look.side
    width -= 2 * notes.look.side
    style = notes.style
    y += notes.look.padding / 2
    sheet.lines(notes.title.lines, notes.title.style, x=left, y=y, width=width)
    y += notes.title.height
    for note in notes.notes:
        baseline = y + style.line_height / 2 + BASELINE * style.size * POINT
        sheet.text(note.label, style, x=left + note.indent, baseline=baseline)
        hang = note.indent + note.hang
        sheet.lines(
            note.lines,
            style,
            x=left + hang,
            y=y,
            width=width - hang,
            is_justified=True,
            is_underlined=note.is_underlined,
        )
        y += len(note.lines) * style.line_height
