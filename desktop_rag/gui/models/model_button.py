"""The button above the chat that names the language model, and its menu of others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop_rag.domain.generation import ModelReady
from desktop_rag.domain.models import ModelKind
from desktop_rag.gui.models.values import ModelValue
from desktop_rag.gui.models.words import ModelWords
from desktop_rag.gui.widgets.buttons import ShortButton
from desktop_rag.gui.widgets.text import plain, short_tip, tip

_MOST = 12  # models in the menu; the dialog has them all


class ModelButton(ShortButton):
    """Names the model in use; opens a menu where there is something to choose from.

    Signals:
        model_chosen: the id of the model that is to write answers, or None to quote.
        models_requested: all models are to be seen.
        model_requested: there is nothing to choose from yet, and something is wanted.
    """

    model_chosen = Signal(object)
    models_requested = Signal()
    model_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self._words = ModelWords(self)
        self._models: tuple[ModelValue, ...] = ()
        self._ready: ModelReady | None = None
        self.clicked.connect(self._on_clicked)
        self.show_model("")

    def show_model(self, name: str) -> None:
        """Name the language model, or say that there is none."""
        words = name or self.tr("No language model")
        self.show_text(words)
        self.setAccessibleName(self.tr("Language model: {name}").format(name=words))
        self._tell()

    def show_device(self, ready: ModelReady | None) -> None:
        """Tell in the tooltip what the model runs on; None while none is loaded."""
        self._ready = ready
        self._tell()

    def set_models(self, models: Sequence[ModelValue]) -> None:
        """Offer these; what writes no answers, or cannot, is left out."""
        self._models = tuple(
            model for model in models if model.kind is ModelKind.WRITER and not model.problem
        )

    def menu_of_models(self) -> QMenu:
        """Return what can be chosen."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for model in self._models[:_MOST]:
            action = self._entry(menu, group, plain(model.name).replace("&", "&&"), model.id)
            action.setChecked(model.in_use)
        menu.addSeparator()
        quoting = self._entry(menu, group, self.tr("Quote the documents"), None)
        quoting.setChecked(not any(model.in_use for model in self._models))
        menu.addSeparator()
        menu.addAction(self.tr("Models…")).triggered.connect(self.models_requested)
        return menu

    def _entry(self, menu: QMenu, group: QActionGroup, words: str, model: int | None) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda: self.model_chosen.emit(model))
        return action

    def _tell(self) -> None:
        told = self.tr("Choose the language model that writes answers")
        runs = self._words.device(self._ready) if self._ready else ""
        self.setToolTip(tip(told, runs) if runs else short_tip(told))
        self.setAccessibleDescription(". ".join(part for part in (told, runs) if part))

    def _on_clicked(self) -> None:
        if not self._models:
            self.model_requested.emit()
            return
        menu = self.menu_of_models()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
