"""The acts of a long list, for the menu of the page that shows it."""

from __future__ import annotations

from desktop.qt.pages.base import Command
from desktop.qt.widgets.list_pane import ListPane


def list_commands(pane: ListPane) -> tuple[Command, ...]:
    """The acts of a long list, for the menu of the page that shows it."""
    title = pane.source.title
    return (
        Command("複製選取的儲存格", pane.copy, "Ctrl+C"),
        Command("複製時帶標題", pane.headings_action.toggle),
        Command(f"篩選{title}", pane.focus_filter, keys="Ctrl+F"),
        Command("清除篩選", pane.clear_filters),
        Command("依目前欄位排序", pane.sort_current, "F3"),
        Command("依目前欄位接著排序", lambda: pane.sort_current(adds=True), "Shift+F3"),
        Command("選擇欄位…", pane.columns_button.showMenu),
        Command("檢視畫面…", pane.views_button.showMenu),
        Command("儲存目前的畫面…", pane.ask_view_name),
        Command(f"匯出{title}…", pane.export),
    )
