import re

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop_rag.domain.formats import ENDINGS
from desktop_rag.gui.widgets import file_dialogs


def test_what_is_added_may_be_of_every_format(qtbot, monkeypatch) -> None:
    shown: list[str] = []

    def chosen(_parent, _title, _folder, kinds, options) -> tuple[list[str], str]:
        assert options == QFileDialog.Option.HideNameFilterDetails
        shown.extend(kinds.split(";;"))
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert file_dialogs.files(parent) == []
    all_, pdfs, everything = (tuple(re.findall(r"\*(\S*?)[ )]", kinds)) for kinds in shown)
    assert all_ == ENDINGS
    assert pdfs == (".pdf",)
    assert everything == ("",)


@pytest.mark.parametrize(
    ("button", "checked", "expected"),
    [
        ("With them", False, (True, False)),
        ("Without them", True, (False, True)),
        ("Cancel", True, None),
    ],
)
def test_folders_and_times_go_along_only_if_asked(
    qtbot, monkeypatch, button, checked, expected
) -> None:
    def answered(box: QMessageBox) -> None:
        assert not box.checkBox().isChecked()
        box.checkBox().setChecked(checked)
        next(one for one in box.buttons() if one.text() == button).click()

    monkeypatch.setattr(QMessageBox, "exec", answered)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert file_dialogs.extras(parent, "Tesis") == expected
