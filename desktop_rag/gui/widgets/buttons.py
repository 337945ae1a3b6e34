"""Buttons whose icon follows the theme, and text that is shortened where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.plain_label import PlainLabel
from desktop_rag.gui.widgets.text import plain, short_tip, tip

_LONG, _SHORT = 160, 60  # pixels of words on a button that is shortened
REPAINTING = {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}


class IconButton(QToolButton):
    """A button of an icon alone, which says in a tooltip and to screen readers what it does."""

    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_as(icon, text)

    def show_as(self, icon: str, text: str) -> None:
        """Show another icon and say another thing."""
        self._icon = icon
        self.setToolTip(short_tip(text))
        self.setAccessibleName(text)
        self.setIcon(theme.icon(icon))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self.setIcon(theme.icon(self._icon))


class TextButton(QPushButton):
    """A button with an icon before its words, in a role of the style sheet."""

    def __init__(self, icon: str, text: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._colour = {"link": "accent", "primary": "on_accent"}.get(role, "text")
        self.setProperty("role", role)
        self.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self._tint()

    def _tint(self) -> None:
        if self._icon:
            self.setIcon(theme.icon(self._icon, self._colour))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self._tint()


class ShortButton(QPushButton):
    """A button whose words are shortened in the middle where there is no room for them."""

    def __init__(self, parent: QWidget | None = None, *, longest: int = _LONG) -> None:
        super().__init__(parent)
        self._whole = ""
        self._longest = longest
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show a text, as much of it as there is room for."""
        self._whole = plain(text)
        self.setText(self._whole.replace("&", "&&"))
        if self.isVisible():  # it may stay as wide as it is
            self._shorten()
        self.updateGeometry()

    def _shorten(self) -> None:
        metrics = self.fontMetrics()
        frame = super().sizeHint().width() - metrics.horizontalAdvance(
            self.text().replace("&&", "&")
        )
        middle = Qt.TextElideMode.ElideMiddle
        shown = metrics.elidedText(self._whole, middle, self.width() - frame)
        self.setText(shown.replace("&", "&&"))

    # Qt

    @override
    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text, but not of a very long one."""
        return self._sized(self._longest)

    @override
    def minimumSizeHint(self) -> QSize:
        """Be content with the room of a short one."""
        return self._sized(_SHORT)

    def _sized(self, most: int) -> QSize:
        metrics, size = self.fontMetrics(), super().sizeHint()
        shown = metrics.horizontalAdvance(self.text().replace("&&", "&"))
        wanted = min(metrics.horizontalAdvance(self._whole) + tokens.HAIR, most)
        return QSize(size.width() - shown + wanted, size.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new room."""
        super().resizeEvent(event)
        self._shorten()


class ShortLabel(PlainLabel):
    """Plain text on one line, shortened to the room there is; the tooltip has it whole."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._mode = Qt.TextElideMode.ElideRight
        self._whole = ""

    def show_text(self, text: str, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        """Show a text, shortened at its end or as `mode` says."""
        self._whole, self._mode = plain(text), mode
        self.setAccessibleName(self._whole)
        self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")
        if self.toolTip() and not self.accessibleDescription():
            self.setAccessibleDescription(self._whole)  # else the tooltip's markup is read out

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new room."""
        super().resizeEvent(event)
        self._shorten()
