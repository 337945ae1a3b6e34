"""Where the Tab key goes: to what was made after its neighbours, and from pane to pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def put_after(before: QWidget, *widgets: QWidget) -> None:
    """Let Tab go from a widget to these, one after the other."""
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


def enter(pane: QWidget) -> bool:
    """Give the keyboard to whatever had it last in a pane, or else to the first that can have it.

    Return whether there is anything that can.
    """
    had: QWidget | None = pane.focusWidget()
    if had is not None and pane.isAncestorOf(had) and _takes_keys(had):
        had.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
    widget = pane.nextInFocusChain()
    while widget and widget is not pane:
        if pane.isAncestorOf(widget) and _takes_keys(widget):
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        widget = widget.nextInFocusChain()
    return False


def enter_next(panes: Sequence[QWidget], *, back: bool = False) -> None:
    """Give the keyboard to the pane after the one that has it; after the last comes the first."""
    order = list(reversed(panes)) if back else list(panes)
    focused = QApplication.focusWidget()
    at = next(
        (at for at, pane in enumerate(order) if focused and pane.isAncestorOf(focused)),
        -1,
    )
    for pane in (*order[at + 1 :], *order[: at + 1]):
        if enter(pane):
            return


def _takes_keys(widget: QWidget) -> bool:
    tabbed = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tabbed) and widget.isVisible() and widget.isEnabled()
