import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop_rag.domain.formats import ENDINGS
from desktop_rag.domain.papers import PaperFormat
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


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("/a.docx", ""), "/a.docx"),
        (("/a.MD", "PDF document (*.pdf)"), "/a.MD"),
        (("/a", "PDF document (*.pdf)"), "/a.pdf"),
        (("/v1.2", "Markdown (*.md)"), "/v1.2.md"),
        (("/a", ""), "/a.docx"),
        (("", ""), ""),
    ],
)
def test_a_paper_has_an_ending_of_its_kind(qtbot, monkeypatch, chosen, expected) -> None:
    proposed: list[str] = []

    def asked(_parent, _title, path, _kinds, first) -> tuple[str, str]:
        proposed.extend([path, first])
        return chosen

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    parent = QWidget()
    qtbot.addWidget(parent)
    found = file_dialogs.paper_place(parent, "Why: a/b? 3.1", PaperFormat.WORD, answer=True)
    assert found == [Path(one) for one in (expected,) if one]
    assert proposed[0].endswith("Why_ a_b_ 3.1.docx")
    assert proposed[1] == "Word document (*.docx)"


@pytest.mark.parametrize(("button", "written"), [("Write over it", True), ("Cancel", False)])
def test_what_is_there_is_written_over_only_after_a_yes(
    qtbot, monkeypatch, tmp_path, button, written
) -> None:
    def answered(box: QMessageBox) -> None:
        next(one for one in box.buttons() if one.text() == button).click()

    (tmp_path / "a.md").write_text("old")
    monkeypatch.setattr(QMessageBox, "exec", answered)
    save = lambda *_: (str(tmp_path / "a"), "Markdown (*.md)")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    parent = QWidget()
    qtbot.addWidget(parent)
    found = file_dialogs.paper_place(parent, "T", PaperFormat.WORD)
    assert found == ([tmp_path / "a.md"] if written else [])


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("cards_place", ("a", "Table for spreadsheets (*.csv)", "a.csv")),
        ("cards_place", ("a.b", "", "a.b.apkg")),
        ("names_place", ("a", "", "a.csv")),
        ("sheet_place", ("a 1.2", "Text with commas (*.csv)", "a 1.2.csv")),
        ("sheet_place", ("a", "", "a.xlsx")),
    ],
)
def test_no_file_is_written_over_whose_ending_was_added(
    qtbot, monkeypatch, tmp_path, place, named
) -> None:
    typed, kind, ended = named
    asked: list[Path] = []
    monkeypatch.setattr(file_dialogs, "overwrites", lambda _, path: bool(asked.append(path)))
    save = lambda *_: (str(tmp_path / typed), kind)  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen = getattr(file_dialogs, place)
    assert chosen(parent, "T") == [tmp_path / ended]
    (tmp_path / ended).write_text("old")
    assert chosen(parent, "T") == []
    assert asked == [tmp_path / ended]
