"""Which file of a model: what a person is asked in a dialog of the system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget


def models(parent: QWidget) -> list[Path]:
    """Ask which language models are to be added; none if the person would rather not say."""
    title = QCoreApplication.translate("ModelQuestions", "Add a language model")
    return _chosen(parent, title)


def adapters(parent: QWidget) -> list[Path]:
    """Ask which LoRA adapters are to be added."""
    title = QCoreApplication.translate("ModelQuestions", "Add an adapter")
    return _chosen(parent, title)


def _chosen(parent: QWidget, title: str) -> list[Path]:
    kinds = QCoreApplication.translate("ModelQuestions", "GGUF files (*.gguf)")
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]
