"""How the application looks: palette, style sheet and tinted icons, light or dark."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop_rag.gui import tokens
from desktop_rag.gui.tokens import DARK, LIGHT, Colours
from desktop_rag.settings.paths import resources

SYSTEM, LIGHT_CHOICE, DARK_CHOICE = "system", "light", "dark"
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
        QGuiApplication.styleHints().setColorScheme(scheme)
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        _State.colours = DARK if (scheme == Qt.ColorScheme.Dark or dark) else LIGHT
        if scheme == Qt.ColorScheme.Light:
            _State.colours = LIGHT
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


class _State:
    colours: Colours = LIGHT


def present() -> Colours:
    """Return the colours at present; they change with `Theme.changed`."""
    return _State.colours


@functools.cache
def icon(name: str, colour: str = "text") -> QIcon:
    """Return an icon of `resources/icons` in one of the theme's colours.

    Made anew when the theme changes: ask again on `Theme.changed`.
    """
    file = resources() / "icons" / f"{name}.svg"
    made = QIcon()
    for size in (tokens.ICON, tokens.ICON_LARGE):
        for scale in _SCALES:
            made.addPixmap(_drawn(file, getattr(present(), colour), size, scale))
            faded = _drawn(file, present().line, size, scale)
            made.addPixmap(faded, QIcon.Mode.Disabled)
    return made


def _drawn(file: Path, colour: str, size: int, scale: int) -> QPixmap:
    source = file.read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
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
    return tempfile.TemporaryDirectory(prefix="desktop-rag-icons-")


@functools.cache
def _file(name: str, colour: str) -> str:
    """Return the path of an icon in a colour, as a style sheet wants it."""
    source = (resources() / "icons" / f"{name}.svg").read_text("utf-8")
    made = Path(_folder().name) / f"{name}-{colour.strip('#')}.svg"
    made.write_text(source.replace("currentColor", colour), encoding="utf-8")
    return made.as_posix()


def _sheet(c: Colours) -> str:
    t = tokens
    return f"""
    QWidget {{ font-size: {t.TEXT}px; }}
    QMainWindow, QDialog {{ background: {c.background}; }}
    QLabel[role="title"] {{ font-size: {t.TEXT_TITLE}px; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: {t.TEXT_READING}px; font-weight: 600; }}
    QLabel[role="muted"] {{ color: {c.muted}; }}
    QLabel[role="small"] {{ color: {c.muted}; font-size: {t.TEXT_SMALL}px; }}
    QLabel[role="danger"] {{ color: {c.danger}; }}
    QFrame[role="card"] {{
        background: {c.surface}; border: {t.HAIR}px solid {c.line};
        border-radius: {t.CARD_RADIUS}px;
    }}
    QFrame[role="banner"] {{
        background: {c.raised}; border: {t.HAIR}px solid {c.line}; border-radius: {t.RADIUS}px;
    }}
    QFrame[role="line"] {{ background: {c.line}; border: none; max-height: {t.HAIR}px; }}
    QPushButton {{
        background: {c.surface}; color: {c.text}; border: {t.HAIR}px solid {c.line};
        border-radius: {t.RADIUS}px; padding: {t.SPACE_XS + 2}px {t.SPACE_M}px;
    }}
    QPushButton:hover {{ background: {c.raised}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton:focus, QToolButton:focus {{ border: {t.HAIR * 2}px solid {c.accent}; }}
    QPushButton:disabled {{ color: {c.muted}; background: {c.raised}; }}
    QPushButton[role="primary"] {{
        background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600;
    }}
    QPushButton[role="primary"]:disabled {{
        background: {c.raised}; color: {c.muted}; border-color: {c.line};
    }}
    QPushButton[role="link"] {{
        background: transparent; border: {t.HAIR}px solid transparent; color: {c.accent};
        padding: {t.SPACE_XS}px;
    }}
    QPushButton[role="link"]:hover {{ text-decoration: underline; }}
    QPushButton[role="link"]:focus {{ border-color: {c.accent}; }}
    QPushButton[role="link"]:disabled {{ color: {c.muted}; }}
    QPushButton[role="chip"] {{
        background: {c.raised}; border-radius: {t.CARD_RADIUS - 1}px;
        padding: {t.SPACE_XS - 1}px {t.SPACE_S + 2}px; font-size: {t.TEXT_SMALL}px;
    }}
    QPushButton[role="chip"]:checked {{
        background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
    }}
    QToolButton {{
        background: transparent; border: {t.HAIR}px solid transparent;
        border-radius: {t.RADIUS}px; padding: {t.SPACE_XS}px;
    }}
    QToolButton:hover, QToolButton:checked {{ background: {c.raised}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
        background: {c.surface}; color: {c.text}; border: {t.HAIR}px solid {c.line};
        border-radius: {t.RADIUS}px; padding: {t.SPACE_XS}px {t.SPACE_S}px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
    QComboBox:focus {{
        border: {t.HAIR * 2}px solid {c.accent}; padding: {t.SPACE_XS - 1}px {t.SPACE_S - 1}px;
    }}
    QComboBox::drop-down {{ border: none; width: {t.SPACE_XL}px; }}
    QComboBox::down-arrow {{
        image: url({_file("chevron-down", c.muted)}); width: {t.ICON}px; height: {t.ICON}px;
    }}
    QCheckBox::indicator {{
        width: {t.SPACE_L - 2}px; height: {t.SPACE_L - 2}px; border-radius: {t.SPACE_XS}px;
        border: {t.HAIR}px solid {c.muted}; background: {c.surface};
    }}
    QCheckBox::indicator:checked {{
        background: {c.accent}; border-color: {c.accent}; image: url({_file("check", c.on_accent)});
    }}
    QListView, QTreeView, QTableView {{
        background: {c.surface}; border: none; outline: none;
        alternate-background-color: {c.background};
        selection-background-color: {c.raised}; selection-color: {c.text};
    }}
    QListView::item, QTreeView::item {{
        padding: {t.SPACE_XS}px {t.SPACE_S}px; border-radius: {t.RADIUS}px;
    }}
    QListView::item:hover, QTreeView::item:hover {{ background: {c.raised}; }}
    QListView::item:selected, QTreeView::item:selected {{
        background: {c.raised}; color: {c.text};
    }}
    QListView:focus, QTreeView:focus, QTableView:focus {{ border: {t.HAIR}px solid {c.accent}; }}
    QHeaderView::section {{
        background: {c.background}; color: {c.muted}; border: none;
        border-bottom: {t.HAIR}px solid {c.line}; padding: {t.SPACE_XS}px {t.SPACE_S}px;
        font-size: {t.TEXT_SMALL}px;
    }}
    QSplitter::handle {{ background: {c.background}; }}
    QSplitter::handle:horizontal {{ border-left: {t.HAIR}px solid {c.line}; }}
    QSplitter::handle:vertical {{ border-top: {t.HAIR}px solid {c.line}; }}
    QSplitter::handle:hover {{ background: {c.line}; }}
    QMenuBar {{ background: {c.background}; }}
    QMenuBar::item {{ padding: {t.SPACE_XS}px {t.SPACE_S}px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.raised}; border-radius: {t.RADIUS}px; }}
    QMenu {{
        background: {c.surface}; border: {t.HAIR}px solid {c.line}; padding: {t.SPACE_XS}px;
    }}
    QMenu::item {{ padding: {t.SPACE_XS + 1}px {t.SPACE_XL}px; border-radius: {t.RADIUS}px; }}
    QMenu::item:selected {{ background: {c.raised}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: {t.HAIR}px; background: {c.line}; margin: {t.SPACE_XS}px; }}
    QStatusBar {{ background: {c.background}; color: {c.muted}; }}
    QStatusBar::item {{ border: none; }}
    QToolBar {{ background: {c.background}; border: none; spacing: {t.SPACE_XS}px; }}
    QScrollBar:vertical {{ background: transparent; width: {t.SPACE_M}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {t.SPACE_M}px; margin: 0; }}
    QScrollBar::handle {{
        background: {c.line}; border-radius: {t.SPACE_XS}px; margin: 2px;
        min-height: {t.SPACE_XL}px; min-width: {t.SPACE_XL}px;
    }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QProgressBar {{
        background: {c.raised}; border: none; border-radius: {t.SPACE_XS // 2}px;
        max-height: {t.SPACE_XS}px; color: transparent;
    }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: {t.SPACE_XS // 2}px; }}
    QToolTip {{
        background: {c.raised}; color: {c.text}; border: {t.HAIR}px solid {c.line};
        padding: {t.SPACE_XS}px;
    }}
    QTabBar::tab {{
        background: transparent; color: {c.muted}; border: none;
        border-bottom: {t.HAIR * 2}px solid transparent; padding: {t.SPACE_S}px {t.SPACE_M}px;
    }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
    QTabWidget::pane {{ border: none; border-top: {t.HAIR}px solid {c.line}; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
    """
