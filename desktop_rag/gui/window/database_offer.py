"""What can be done about a database that is damaged, before there is a window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

from desktop_rag.domain.errors import DatabaseDamaged
from desktop_rag.gui.session import words_for
from desktop_rag.gui.widgets.plain_box import plain_box


def accepted(error: DatabaseDamaged) -> bool:
    """Offer to go back to the last copy of the database, or to begin anew; nothing is deleted."""
    box = plain_box(None, "Desktop RAG", words_for(error))
    box.setIcon(QMessageBox.Icon.Critical)
    if not error.replaceable:
        words = ""
    elif error.copy:
        words = QCoreApplication.translate("DatabaseOffer", "Go back to the copy")
    else:
        words = QCoreApplication.translate("DatabaseOffer", "Begin anew")
    yes = box.addButton(words, QMessageBox.ButtonRole.AcceptRole) if words else None
    stay = box.addButton(
        QCoreApplication.translate("DatabaseOffer", "Quit"), QMessageBox.ButtonRole.RejectRole
    )
    box.setEscapeButton(stay)
    box.exec()
    return yes is not None and box.clickedButton() is yes
