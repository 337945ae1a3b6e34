"""The settings dialog, made from `settings.schema`: each field there has a control here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.look import tokens
from desktop_rag.gui.settings.language_list import LanguageList
from desktop_rag.gui.settings.setting_fields import SettingField, waits_for_restart
from desktop_rag.gui.settings.setting_words import (
    HIDDEN_FIELDS,
    HIDDEN_SECTIONS,
    FieldWords,
    SectionWords,
    SettingWords,
)
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text_field import TextField
from desktop_rag.gui.widgets.wheel_guard import WheelGuard
from desktop_rag.settings.schema import Section, Settings

_LIST_WIDTH = 11 * tokens.SPACE_L
_FIELD_WIDTH = 14 * tokens.SPACE_L
_SIZE = (46 * tokens.SPACE_L, 36 * tokens.SPACE_L)


def shown_sections() -> dict[str, type[Section]]:
    """Return the sections of the schema that have a page."""
    kinds = {name: field.annotation for name, field in Settings.model_fields.items()}
    return {
        name: kind
        for name, kind in kinds.items()
        if name not in HIDDEN_SECTIONS and isinstance(kind, type) and issubclass(kind, Section)
    }


def shown_fields(kind: type[Section]) -> list[str]:
    """Return the fields of a section that have a control; the others are chosen elsewhere."""
    return [name for name in kind.model_fields if name not in HIDDEN_FIELDS]


class SettingsPage(QWidget):
    """The fields of one section. What is no value yet is not in `section`.

    Signals:
        changed: the person chose something else.
    """

    changed = Signal()

    def __init__(self, kind: type[Section], words: SectionWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._section = kind()
        self._kind = kind
        self._guard = WheelGuard(self)
        self._names = SettingWords(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[tokens.SPACE_XL] * 4)
        self._column.setSpacing(tokens.SPACE_L)
        self._add_head(words)
        self.fields = {name: self._field(name, words.fields[name]) for name in shown_fields(kind)}
        self.restore = QPushButton(self.tr("Restore defaults"))
        self.restore.setAutoDefault(False)
        self.restore.setToolTip(self.tr("Of this page only"))
        self.restore.clicked.connect(self._on_restore)
        self._column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    @property
    def section(self) -> Section:
        """Return the values shown."""
        return self._section

    @property
    def wrong(self) -> QWidget | None:
        """Return the first control that shows what cannot be a value."""
        return next((each.control for each in self.fields.values() if not each.valid), None)

    def set_section(self, section: Section) -> None:
        """Show values without telling anybody."""
        self._section = section
        for name, field in self.fields.items():
            field.set_value(getattr(section, name))
        self._reflect()

    def _add_head(self, words: SectionWords) -> None:
        head = QVBoxLayout()
        head.setSpacing(tokens.SPACE_XS)
        head.addWidget(plain_label(words.title, "title"))
        head.addWidget(plain_label(words.help, "muted"))
        self._column.addLayout(head)

    def _field(self, name: str, words: FieldWords) -> SettingField:
        info = self._kind.model_fields[name]
        field = SettingField(info, words, self)
        field.control.setObjectName(name)
        field.changed.connect(self._on_changed)
        if not isinstance(field.control, TextField | LanguageList):
            self._guard.guard(field.control)
        rows = QVBoxLayout()
        rows.setSpacing(tokens.SPACE_XS)
        if field.labelled:
            label = plain_label(words.label)
            label.setBuddy(field.control)
            rows.addWidget(label)
        if isinstance(field.control, TextField | LanguageList):
            rows.addWidget(field.control)  # an address is long, and so is what is wrong
        else:
            rows.addWidget(field.control, 0, Qt.AlignmentFlag.AlignLeft)
            if field.labelled:
                field.control.setFixedWidth(_FIELD_WIDTH)
        rows.addWidget(plain_label(words.help, "small"))
        if waits_for_restart(info):
            rows.addWidget(plain_label(self._names.restart(), "small"))
        self._column.addLayout(rows)
        return field

    def _on_changed(self) -> None:
        field = self.sender()
        name = next(name for name, each in self.fields.items() if each is field)
        if self.fields[name].valid:
            self._section = self._section.replaced(**{name: self.fields[name].value})
        self._reflect()
        self.changed.emit()

    def _reflect(self) -> None:
        self.restore.setEnabled(self._section != self._default() or self.wrong is not None)

    def _default(self) -> Section:
        """Return the defaults of what is shown here, the rest as it is."""
        kept = {name: getattr(self._section, name) for name in self._kind.model_fields}
        return self._kind().replaced(
            **{name: value for name, value in kept.items() if name not in self.fields}
        )

    def _on_restore(self) -> None:
        self.set_section(self._default())
        self.changed.emit()


class SettingsDialog(QDialog):
    """A list of pages, and the page chosen.

    Signals:
        settings_changed: the person wants these `Settings` from now on.
    """

    settings_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = Settings()
        words = SettingWords(self).sections()
        kinds = shown_sections()
        self.pages = {name: SettingsPage(kinds[name], words[name], self) for name in words}
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages of settings"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self._stack = QStackedWidget()
        for name, page in self.pages.items():
            self.list.addItem(words[name].title)
            self._stack.addWidget(_scrolled(page))
            page.changed.connect(self._reflect)
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self._lay_out()
        self.resize(*_SIZE)
        self.set_settings(Settings())

    @property
    def settings(self) -> Settings:
        """Return the settings as they are shown, wanted or not."""
        return self._settings.replaced(**{name: page.section for name, page in self.pages.items()})

    @property
    def languages(self) -> LanguageList:
        """The languages of scanned pages, whose data can be got here."""
        (languages,) = self.findChildren(LanguageList)
        return languages

    def set_settings(self, settings: Settings) -> None:
        """Show these settings; what was typed and not applied is forgotten."""
        self._settings = settings
        for name, page in self.pages.items():
            page.set_section(getattr(settings, name))
        self._reflect()

    def set_languages(self, codes: Sequence[str]) -> None:
        """Show for which languages text can be recognized, by Tesseract's names."""
        self.languages.set_found(codes)

    def show_page(self, section: str) -> None:
        """Turn to the page of a section."""
        self.list.setCurrentRow(list(self.pages).index(section))

    def _lay_out(self) -> None:
        panes = QHBoxLayout()
        panes.setSpacing(0)
        index = QVBoxLayout()
        index.setContentsMargins(*[tokens.SPACE_S] * 4)
        index.addWidget(self.list)
        panes.addLayout(index)
        panes.addWidget(self._stack, 1)
        line = QFrame()
        line.setProperty("role", "line")
        line.setFixedHeight(tokens.HAIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(panes, 1)
        column.addWidget(line)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.apply = QPushButton(self.tr("Apply"))
        self.apply.clicked.connect(self._on_apply)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setContentsMargins(*[tokens.SPACE_M] * 4)
        row.setSpacing(tokens.SPACE_S)
        row.addStretch(1)
        for button in (self.cancel, self.apply, self.save):
            row.addWidget(button)
        return row

    def _reflect(self) -> None:
        wrong = any(page.wrong is not None for page in self.pages.values())
        self.apply.setEnabled(self.settings != self._settings and not wrong)

    def _show_wrong(self) -> bool:
        """Turn to what cannot be a value; return whether there is such a thing."""
        for name, page in self.pages.items():
            control = page.wrong
            if isinstance(control, TextField):
                self.show_page(name)
                control.tell()
                control.setFocus()
                return True
        return False

    def _on_apply(self) -> None:
        wanted = self.settings
        if wanted != self._settings:
            self._settings = wanted
            self._reflect()
            self.settings_changed.emit(wanted)

    # Qt

    def accept(self) -> None:
        """Apply what was chosen, and close, unless something is wrong with it."""
        if self._show_wrong():
            return
        self._on_apply()
        super().accept()

    def reject(self) -> None:
        """Forget what was chosen, and close."""
        self.set_settings(self._settings)
        super().reject()


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it, and scroll to themselves
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
