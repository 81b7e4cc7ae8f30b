"""Where F1 opens the handbook: of each page, of its areas, of each dialog, of each reason."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.findings import ReasonCode
from desktop.qt.pages.base import Page

CONTENTS = "first-morning"
"""What opens where nothing better is known."""
KEYBOARD = "keyboard"
SUPPORT = "support"
REASONS = "reasons"
VERDICTS = "verdicts"

AREAS: Mapping[str, Mapping[str, str]] = {
    "overview": {"cases": "overview#cases", "chart": "overview#chart"},
    "import": {
        "file_view": "import#preview",
        "row_view": "import#rows",
        "question": "import#person",
        "pending": "import#pending",
        "desk": "readings#desk",
        "waiting_readings": "readings#desk",
        "stored_readings": "readings#desk",
    },
    "review": {
        "queue": "review#queue",
        "table": "review#table",
        "strip": "review#timeline",
        "reasons": "review#reasons",
        "decisions": "review#decisions",
        "evidence": "review#original",
    },
    "forms": {"view": "forms#choose", "papers": "forms#papers", "paper": "forms#preview"},
    "ledger": {
        "people": "ledger#people",
        "card": "ledger#card",
        "lines": "ledger#lines",
        "use": "ledger#use",
    },
    "commendations": {
        "sure_view": "commendations#who",
        "other_view": "commendations#who",
        "orders": "commendations#order",
        "bar": "commendations#leave-out",
        "panes": "commendations#print",
        "why": "commendations#who",
    },
    "reports": {
        "names": "reports#choose",
        "tree": "reports#choose",
        "preview": "reports#preview",
        "export_button": "reports#leaves-house",
    },
    "duty": {
        "roster": "duty#roster",
        "attendance": "duty#attendance",
        "calendar": "duty#calendar",
        "patterns": "duty#patterns",
    },
    "plan": {
        "left": "plan#sections",
        "view": "plan#form",
        "checks": "plan#checks",
        "comparison": "plan#comparison",
    },
    "programmes": {"nominees": "programmes#nominees", "activities": "programmes#activities"},
    "resources": {
        "catalogue": "resources#catalogue",
        "schedule": "resources#stages",
        "contacts": "resources#contacts",
    },
    "audit": {"view": "audit#lines", "detail": "audit#lines"},
    "settings": {
        "office": "settings#agency",
        "stamp_section": "printing#stamps",
        "fonts": "settings#fonts",
        "printers": "printing#calibration",
        "accounts": "settings#password",
        "keeping": "audit#retention",
        "backups": "backup#restore",
        "place": "settings#data",
        "look": "settings#appearance",
    },
}
"""Of each page, its parts by attribute and their places; the innermost part with the focus wins."""

DIALOGS: Mapping[str, str] = {
    "AccountsDialog": "accounts",
    "ActivityDialog": "programmes#activities",
    "AdvanceDialog": "ledger#advance",
    "AttendanceDialog": "ledger#from-attendance",
    "BlankPlanDialog": "plan#begin",
    "CalibrationDialog": "printing#calibration",
    "CardDialog": "ledger#papers",
    "ChangePasswordDialog": "accounts#password",
    "ContactDialog": "resources#contacts",
    "CopyPlanDialog": "plan#begin",
    "CorrectingDialog": "import#corrections",
    "DayReasonDialog": "programmes#nominees",
    "DrawDialog": "programmes#draws",
    "DataLifeDialog": "audit#retention",
    "EffectiveDialog": "resources#stages",
    "ExpiringDialog": "ledger#expiring",
    "FormDialog": "accounts",
    "GrantsDialog": "ledger#grants",
    "ImportsDialog": "import#take-back",
    "IssuedDialog": "printing#issued",
    "MappingDialog": "import#mapping",
    "MeasureDialog": "resources#stages",
    "NewAccountDialog": "accounts#people",
    "NomineeDialog": "programmes#nominees",
    "OwedDialog": "ledger#advance",
    "PasteCoursesDialog": "plan#courses",
    "PatternDialog": "duty#patterns",
    "PlacesDialog": "programmes#nominees",
    "PlanVersionsDialog": "plan#versions",
    "PrintDialog": "printing#print",
    "ProfilesDialog": "import#mapping",
    "ReasonTemplatesDialog": "review#templates",
    "RecoveryDialog": "accounts#recovery",
    "RefusedFilesDialog": "errors#refused",
    "RegisterDialog": "ledger#papers",
    "ResetPasswordDialog": "accounts#password",
    "RestoreDialog": "backup#restore",
    "ResourceDialog": "resources#catalogue",
    "ReturnedDialog": "printing#returned",
    "ReverseDialog": "ledger#reverse",
    "SameReasonDialog": "review#same-reason",
    "ScheduleDialog": "resources#paper",
    "SessionDialog": "programmes#activities",
    "SetUpDialog": "accounts#begin",
    "ShownCodeDialog": "accounts#recovery",
    "SignInDialog": "accounts",
    "SignUpDialog": "programmes#activities",
    "StageDialog": "resources#stages",
    "StaleDialog": "review#stale",
    "StampDialog": "printing#stamps",
    "SupportDialog": SUPPORT,
    "TransferInDialog": "ledger#transfers",
    "TransferOutDialog": "ledger#transfers",
    "TrialDialog": "plan#trial",
    "WorksDialog": "first-morning#works",
    "WebHrDialog": "commendations#webhr",
}
"""Of each dialog, by its class; one that another is made from serves those without their own."""


def reason_place(code: ReasonCode | str) -> str:
    """Where the handbook explains a reason."""
    return f"{REASONS}#{code}"


def page_place(page: Page | None) -> str:
    """Where the handbook explains a page."""
    return page.name if page is not None else CONTENTS


def dialog_place(dialog: QDialog) -> str:
    """Where the handbook explains a dialog; empty when it tells nothing of it."""
    for kind in type(dialog).__mro__:
        place = DIALOGS.get(kind.__name__)
        if place is not None:
            return place
    return ""


def place_of(focus: QWidget | None, page: Page | None) -> str:
    """Where F1 opens the handbook.

    Args:
        focus: What has the keyboard, if anything.
        page: The page in sight; None while the welcome is shown.
    """
    if page is None:
        return CONTENTS
    own = page.help_place(focus)
    if own:
        return own
    parts = {
        part: place
        for name, place in AREAS.get(page.name, {}).items()
        if isinstance(part := getattr(page, name, None), QWidget)
    }
    one = focus
    while one is not None and one is not page:
        if one in parts:
            return parts[one]
        one = one.parentWidget()
    return page_place(page)
