import re

from PySide6.QtWidgets import QFileDialog, QWidget

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
