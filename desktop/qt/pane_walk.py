"""F6: the parts of a page one after the other, whatever page it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QWidget,
)


class PaneWalk:
    """The parts of a page as it stands now.

    Splitters and stacks are looked through; controls that stand side by side in none are one part.
    """

    def __init__(self, page: QWidget | None) -> None:
        """Look at a page.

        Args:
            page: What is in sight; None for nothing.
        """
        self.panes: list[list[QWidget]] = []
        # The ring of focus goes over the whole window and is long: it is walked once.
        self._stops: list[QWidget] = []
        if page is None:
            return
        one = page.nextInFocusChain()
        while one is not None and one is not page:
            if page.isAncestorOf(one) and _takes_keyboard(one):
                self._stops.append(one)
            one = one.nextInFocusChain()
        panes = self._panes(page)
        if len(panes) == 1 and isinstance(panes[0], QScrollArea) and (content := panes[0].widget()):
            panes = self._panes(content)
        for one in panes:
            is_beside = bool(self.panes) and self._is_simple(self.panes[-1][-1])
            if is_beside and self._is_simple(one):
                self.panes[-1].append(one)
            else:
                self.panes.append([one])

    def step(self, focus: QWidget | None, by: int) -> QWidget | None:
        """Move the keyboard to the next part, to where it last was in there.

        Args:
            focus: What has the keyboard.
            by: 1 for the next part, -1 for the one before.

        Returns:
            What has the keyboard now; None on a page without any part.
        """
        if not self.panes:
            return None
        now = next((n for n, one in enumerate(self.panes) if self._holds(one, focus)), None)
        if now is None:
            now = -1 if by > 0 else 0
        target = self._target(self.panes[(now + by) % len(self.panes)])
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    def _panes(self, part: QWidget) -> list[QWidget]:
        if isinstance(part, QStackedWidget):
            inner = [part.currentWidget()]
        elif isinstance(part, QSplitter):
            inner = [part.widget(number) for number in range(part.count())]
        elif isinstance(part, QAbstractScrollArea):
            return [part]
        else:
            inner = sorted(
                part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly),
                key=lambda one: (one.y(), one.x()),
            )
        found: list[QWidget] = []
        for one in inner:
            if one is None or one.isHidden() or not self._inside(one):
                continue
            is_divided = isinstance(one, QSplitter | QStackedWidget) or one.findChildren(QSplitter)
            found += self._panes(one) if is_divided else [one]
        return found

    def _inside(self, part: QWidget) -> list[QWidget]:
        return [one for one in self._stops if one is part or part.isAncestorOf(one)]

    def _is_simple(self, part: QWidget) -> bool:
        """Whether it is a single control: a button, a field."""
        return self._inside(part) == [part] and not isinstance(part, QAbstractScrollArea | QTabBar)

    def _holds(self, group: list[QWidget], focus: QWidget | None) -> bool:
        return focus is not None and any(one is focus or one.isAncestorOf(focus) for one in group)

    def _target(self, group: list[QWidget]) -> QWidget:
        part = group[0]
        stops = self._inside(part)
        last = part.focusWidget()
        if last in stops:
            return last
        return next((one for one in stops if isinstance(one, QAbstractItemView)), stops[0])


def _takes_keyboard(one: QWidget) -> bool:
    has_policy = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return has_policy and one.isEnabled() and one.isVisible() and one.focusProxy() is None
