"""Workbooks for supervisors: finished content in, bytes out (xlsx and ODS)."""

from __future__ import annotations

from desktop.exports.commendation_sheet import commendation_list_workbook
from desktop.exports.content import CommendationListContent, SummaryContent
from desktop.exports.credit_sheet import CreditListContent, credit_list_workbook
from desktop.exports.grant_register import (
    GrantRegisterContent,
    GrantRegisterEntry,
    KeyInField,
    write_grant_register_csv,
    write_grant_register_ods,
    write_grant_register_xlsx,
    write_key_in_ods,
    write_key_in_xlsx,
)
from desktop.exports.list_sheet import (
    ListSheetColumn,
    ListSheetContent,
    list_csv,
    write_list_ods,
    write_list_xlsx,
)
from desktop.exports.ods_writer import write_ods
from desktop.exports.summary_sheets import summary_workbook
from desktop.exports.xlsx_writer import write_xlsx


def write_summary_xlsx(content: SummaryContent) -> bytes:
    """Write the supervisors' workbook as xlsx; the same content gives the same bytes."""
    return write_xlsx(summary_workbook(content))


def write_summary_ods(content: SummaryContent) -> bytes:
    """Write the supervisors' workbook as ODS: the same sheets and charts."""
    return write_ods(summary_workbook(content))


def write_commendation_list_xlsx(content: CommendationListContent) -> bytes:
    """Write the commendation list (敘獎建議名冊) as xlsx, grouped by unit."""
    return write_xlsx(commendation_list_workbook(content))


def write_commendation_list_ods(content: CommendationListContent) -> bytes:
    """Write the commendation list (敘獎建議名冊) as ODS, grouped by unit."""
    return write_ods(commendation_list_workbook(content))


def write_credit_list_xlsx(content: CreditListContent) -> bytes:
    """Write the hours recognised (時數採認清冊) as xlsx: a row a person, a row a course."""
    return write_xlsx(credit_list_workbook(content))


__all__ = [
    "CommendationListContent",
    "CreditListContent",
    "GrantRegisterContent",
    "GrantRegisterEntry",
    "KeyInField",
    "ListSheetColumn",
    "ListSheetContent",
    "SummaryContent",
    "list_csv",
    "write_commendation_list_ods",
    "write_commendation_list_xlsx",
    "write_credit_list_xlsx",
    "write_grant_register_csv",
    "write_grant_register_ods",
    "write_grant_register_xlsx",
    "write_key_in_ods",
    "write_key_in_xlsx",
    "write_list_ods",
    "write_list_xlsx",
    "write_ods",
    "write_summary_ods",
    "write_summary_xlsx",
    "write_xlsx",
]
