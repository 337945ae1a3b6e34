"""How the application looks: palette, style sheet and tinted icons, light or dark."""

from __future__ import annotations

import dataclasses
import functools
import os
import shutil
import tempfile
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.tokens import DARK, LIGHT, Colours
from desktop_rag.settings.paths import resources

SYSTEM, LIGHT_CHOICE, DARK_CHOICE = "system", "light", "dark"
_ICONS = "desktop-rag-icons-"  # begins the name of a folder; then comes the process it is of
_SCALES = (1, 2)  # sharp at 100 and at 200 %


class Theme(QObject):
    """The colours at present.

    Signals:
        changed: the colours are others now; whoever painted with them paints again.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        application.setStyle("Fusion")
        application.setFont(_font(application))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self.choose(choice)

    @property
    def colours(self) -> Colours:
        """Return the colours at present."""
        return present()

    def choose(self, choice: str) -> None:
        """Follow the system, or be light or dark whatever it says."""
        schemes = {LIGHT_CHOICE: Qt.ColorScheme.Light, DARK_CHOICE: Qt.ColorScheme.Dark}
        scheme = schemes.get(choice, Qt.ColorScheme.Unknown)
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(scheme)
        shown = hints.colorScheme() if scheme == Qt.ColorScheme.Unknown else scheme
        _ThemeState.colours = DARK if shown == Qt.ColorScheme.Dark else LIGHT
        icon.cache_clear()
        self._application.setPalette(_palette(present()))
        self._application.setStyleSheet(_sheet(present()))
        self._choice = choice
        self.changed.emit()

    def _on_scheme_changed(self) -> None:
        if self._choice == SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            if present() is not (DARK if dark else LIGHT):
                self.choose(SYSTEM)


class _ThemeState:
    colours: Colours = LIGHT


def present() -> Colours:
    """Return the colours at present; they change with `Theme.changed`."""
    return _ThemeState.colours


@functools.cache
def icon(name: str, colour: str = "text") -> QIcon:
    """Return an icon of `resources/icons` in one of the theme's colours.

    Made anew when the theme changes: ask again on `Theme.changed`.
    """
    drawing = (resources() / "icons" / f"{name}.svg").read_text("utf-8")
    made = QIcon()
    for mode, tint in (
        (QIcon.Mode.Normal, getattr(present(), colour)),
        (QIcon.Mode.Disabled, present().muted),
    ):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", tint).encode()))
        for size in (tokens.ICON, tokens.ICON_LARGE):
            for scale in _SCALES:
                made.addPixmap(_drawn(renderer, size, scale), mode)
    return made


def _drawn(renderer: QSvgRenderer, size: int, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(size * scale, size * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _font(application: QApplication) -> QFont:
    font = application.font()
    font.setPixelSize(tokens.TEXT)
    return font


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, c.background),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.raised),
        (role.ToolTipBase, c.raised),
        (role.ToolTipText, c.text),
        (role.PlaceholderText, c.muted),
        (role.Text, c.text),
        (role.Button, c.raised),
        (role.ButtonText, c.text),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Accent, c.accent),
        (role.Mid, c.line),
    ):
        palette.setColor(target, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for target in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(disabled, target, QColor(c.muted))
    return palette


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder that goes with this process; what a process left that was killed, goes now."""
    for left in Path(tempfile.gettempdir()).glob(f"{_ICONS}*-*"):
        import psutil  # only here: nearly always nothing is left

        process = left.name.removeprefix(_ICONS).partition("-")[0]
        if process.isdecimal() and not psutil.pid_exists(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=f"{_ICONS}{os.getpid()}-")


@functools.cache
def _file(name: str, colour: str) -> str:
    """Return the path of an icon in a colour, as a style sheet wants it.

    Where there is no room for what is temporary, it is black.
    """
    icon = resources() / "icons" / f"{name}.svg"
    try:
        made = Path(_folder().name) / f"{name}-{colour.strip('#')}.svg"
        made.write_text(icon.read_text("utf-8").replace("currentColor", colour), encoding="utf-8")
    except OSError:
        return icon.as_posix()
    return made.as_posix()


def _sheet(c: Colours) -> str:
    """Return the style sheet of the window in these colours."""
    names = {name: value for name, value in vars(tokens).items() if name.isupper()}
    icons = {"arrow": _file("chevron-down", c.muted), "tick": _file("check", c.on_accent)}
    template = (resources() / "window.qss").read_text("utf-8")
    return Template(template).substitute(names, **dataclasses.asdict(c), **icons)
