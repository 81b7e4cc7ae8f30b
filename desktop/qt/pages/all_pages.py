"""The pages there are, in the order of the rail and of Ctrl+1 to Ctrl+9."""

from __future__ import annotations

from desktop.qt.pages.audit_page import AuditPage
from desktop.qt.pages.base import Page
from desktop.qt.pages.commendation_page import CommendationPage
from desktop.qt.pages.duty_page import DutyPage
from desktop.qt.pages.forms_page import FormsPage
from desktop.qt.pages.import_page import ImportPage
from desktop.qt.pages.ledger_page import LedgerPage
from desktop.qt.pages.overview_page import OverviewPage
from desktop.qt.pages.plan_page import PlanPage
from desktop.qt.pages.programme_page import ProgrammePage
from desktop.qt.pages.records_page import RecordsPage
from desktop.qt.pages.reports_page import ReportsPage
from desktop.qt.pages.resources_page import ResourcesPage
from desktop.qt.pages.review_page import ReviewPage
from desktop.qt.pages.settings_page import SettingsPage

PAGES: tuple[type[Page], ...] = (
    OverviewPage,
    ImportPage,
    ReviewPage,
    FormsPage,
    LedgerPage,
    CommendationPage,
    ReportsPage,
    DutyPage,
    PlanPage,
    ProgrammePage,
    ResourcesPage,
    RecordsPage,
    AuditPage,
    SettingsPage,
)
