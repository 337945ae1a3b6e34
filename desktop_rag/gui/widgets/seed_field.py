"""A field for the seed of chance: empty, or a number that the language model takes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

LARGEST_SEED = 2**32 - 2


class _SeedValidator(QValidator):
    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let nothing be typed that is no seed."""
        digits = text.isascii() and text.isdigit() and int(text[:20]) <= LARGEST_SEED
        fits = not text or digits
        return (
            QValidator.State.Acceptable if fits else QValidator.State.Invalid,
            text,
            position,
        )


class SeedField(QLineEdit):
    """Empty means that chance decides.

    Signals:
        seed_changed: the new seed, or None.
    """

    seed_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(_SeedValidator(self))
        self.setPlaceholderText(self.tr("random"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._on_changed)
        self._told: int | None = None

    @property
    def seed(self) -> int | None:
        """Return what is in the field."""
        return int(self.text()) if self.text() else None

    def set_seed(self, seed: int | None) -> None:
        """Show a seed without telling anybody."""
        if seed == self.seed:
            return  # else it would move the cursor of who is typing
        self._told = seed
        self.setText("" if seed is None else str(seed))

    def _on_changed(self) -> None:
        if self.seed != self._told:
            self._told = self.seed
            self.seed_changed.emit(self.seed)
