"""What tests of the window share."""

import pytest

import desktop_rag.gui  # noqa: F401 - which keeps PySide6 from losing Python's constants


@pytest.fixture
def theme(qapp):
    from desktop_rag.gui.look.theme import LIGHT_CHOICE, Theme

    made = Theme(qapp, LIGHT_CHOICE)
    yield made
    made.deleteLater()


@pytest.fixture(autouse=True)
def _widgets_of_earlier_tests_are_gone(qapp):
    """pytest-qt deletes widgets later, which without an event loop is never."""
    from PySide6.QtCore import QCoreApplication, QEvent

    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
