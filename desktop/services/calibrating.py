"""The sheet that shows where a printer really puts things, and what to make of it."""

from __future__ import annotations

from desktop.services.office import Office
from forms.calibration import Calibration, CalibrationForm, offset
from forms.document import Issue

__all__ = ["calibration_offset", "calibration_sheet"]


def calibration_sheet(
    office: Office, *, printer: str, right: float = 0.0, down: float = 0.0
) -> bytes:
    """The page to measure; it has no number and is not logged, since it is no document.

    Args:
        office: The open office.
        printer: The printer's name, as the page shows it.
        right: Millimetres by which pages are moved to the right now.
        down: Millimetres by which they are moved down now.
    """
    with office.store.reading() as reader:
        agency, _ = office.agency(reader)
    content = Calibration(
        issue=Issue(issued_at=office.clock()),
        office=agency.name,
        printer=printer,
        right=right,
        down=down,
    )
    return CalibrationForm(office.fonts).render([content], replace_unprintable=True)


def calibration_offset(
    measured_left: float, measured_top: float, *, right: float = 0.0, down: float = 0.0
) -> tuple[float, float]:
    """What pages are to be moved by from now on, right and down, in millimetres.

    Args:
        measured_left: From the sheet's left edge to the upright line of the cross.
        measured_top: From its upper edge to the level line.
        right: What the measured page was moved by to the right.
        down: What it was moved by down.
    """
    more_right, more_down = offset(measured_left=measured_left, measured_top=measured_top)
    return round(right + more_right, 1), round(down + more_down, 1)
