"""The importers, one line each; a new kind of printout is one class and its line here."""

from __future__ import annotations

from desktop.importers import award_history, calendar_sheet, duty, reference
from desktop.importers import learning_kinds as learning
from desktop.importers.base import TableImporter

IMPORTERS: tuple[TableImporter, ...] = (
    learning.EplusRecords(),
    learning.PortalHours(),
    learning.AgencyStatus(),
    learning.CompletionSheet(),
    learning.CourseraSheet(),
    reference.Roster(),
    duty.Attendance(),
    duty.Shifts(),
    duty.Punches(),
    reference.Applications(),
    reference.Nominations(),
    award_history.AwardHistory(),
    calendar_sheet.Calendar(),
)
