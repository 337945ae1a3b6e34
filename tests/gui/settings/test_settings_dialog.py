from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import Field
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QVBoxLayout

from desktop_rag.domain.errors import RecognitionDataMissing
from desktop_rag.domain.languages import KNOWN
from desktop_rag.gui.settings.language_list import LanguageList
from desktop_rag.gui.settings.language_names import language_name
from desktop_rag.gui.settings.setting_fields import SettingField, UnknownKind, waits_for_restart
from desktop_rag.gui.settings.setting_words import HIDDEN_SECTIONS, FieldWords, SettingWords
from desktop_rag.gui.settings.settings_dialog import SettingsDialog, shown_fields, shown_sections
from desktop_rag.gui.widgets.text_field import TextField
from desktop_rag.notices import notice_for
from desktop_rag.settings.schema import Network, Retrieval, Sampling, Section, Settings

FIELDS = [
    (section, field) for section, kind in shown_sections().items() for field in shown_fields(kind)
]
CHANGED = Settings.model_validate(
    {
        "window": {"theme": "dark", "language": "es"},
        "retrieval": {
            "passages": 9,
            "candidates": 50,
            "neighbours": False,
            "embedder": "e5",
            "reranker": "bge",
            "entailment": "xnli",
        },
        "sampling": {"temperature": 0.75, "seed": 2**32 - 2, "greedy": True, "top_k": 0},
        "indexing": {
            "reading_gib": 2.5,
            "page_seconds": 60,
            "recognition": False,
            "languages": ["por", "eng"],
            "layout": True,
            "threads": 3,
            "gentle": False,
            "on_battery": "pause",
        },
        "generating": {"context_tokens": 4096, "threads": 3, "gpu_layers": -1, "thinking": True},
        "network": {"offline": True, "endpoint": "https://mirror.example", "proxy": "http://p:1"},
        "presets": {"own": [{"name": "Cuentos", "sampling": {"temperature": 1.5}}]},
    }
)


@pytest.fixture(autouse=True)
def swept(qapp):
    """Delete the widgets of the test before: without a loop Qt would keep them all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def dialog(qtbot, theme) -> SettingsDialog:
    made = SettingsDialog()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def spanish() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("es_ES"))
    yield
    QLocale.setDefault(before)


def control(dialog, section, field):
    return dialog.pages[section].fields[field].control


def spoken_of(control):
    """The part of a control that a screen reader comes to."""
    if isinstance(control, LanguageList):
        return control.list
    return control.line if isinstance(control, TextField) else control


def texts(page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def test_every_section_but_the_presets_has_a_page(dialog) -> None:
    sections = {name for name in Settings.model_fields if name != "version"} - HIDDEN_SECTIONS
    assert set(dialog.pages) == sections == set(shown_sections())


@pytest.mark.parametrize(("section", "field"), FIELDS)
def test_every_field_has_one_label_and_one_help(section, field, qapp) -> None:
    words = SettingWords().sections()[section].fields[field]
    assert words.label
    assert words.help.endswith(".")
    assert words.label != words.help


def test_there_are_no_words_for_fields_that_are_gone(qapp) -> None:
    words = SettingWords().sections()
    assert {(s, f) for s, section in words.items() for f in section.fields} == set(FIELDS)


@pytest.mark.parametrize(("section", "field"), FIELDS)
def test_every_control_is_explained(section, field, dialog) -> None:
    words = SettingWords().sections()[section].fields[field]
    shown = spoken_of(control(dialog, section, field))
    assert words.label in {shown.accessibleName(), getattr(shown, "text", str)()}
    assert shown.accessibleDescription() == words.help
    assert words.help in texts(dialog.pages[section])


@pytest.mark.parametrize(("section", "field"), FIELDS)
def test_what_waits_for_a_restart_says_so(dialog, section, field) -> None:
    shown = control(dialog, section, field)
    waits = waits_for_restart(shown_sections()[section].model_fields[field])
    layout = next(
        each for each in dialog.pages[section].findChildren(QVBoxLayout) if each.indexOf(shown) >= 0
    )
    below = [layout.itemAt(at).widget() for at in range(layout.count())]
    said = [one.text() for one in below if isinstance(one, QLabel)]
    assert (SettingWords().restart() in said) == waits


def test_settings_are_shown_and_given_back_as_they_are(dialog, qtbot) -> None:
    with qtbot.assertNotEmitted(dialog.settings_changed):
        dialog.set_settings(CHANGED)
        assert dialog.settings == CHANGED
        assert not dialog.apply.isEnabled()
        dialog.save.click()


def test_looking_does_not_round_what_was_set_by_hand(dialog) -> None:
    exact = Settings(sampling=Sampling(temperature=0.123456))
    dialog.set_settings(exact)
    control(dialog, "sampling", "top_k").setValue(7)
    assert dialog.settings.sampling == Sampling(temperature=0.123456, top_k=7)


def test_apply_tells_each_kind_of_change_and_keeps_the_rest(dialog, qtbot) -> None:
    dialog.set_settings(Settings(presets=CHANGED.presets))
    theme: QComboBox = control(dialog, "window", "theme")
    theme.setCurrentIndex(theme.findData("dark"))
    control(dialog, "retrieval", "neighbours").setChecked(False)
    control(dialog, "sampling", "seed").setText("12")
    control(dialog, "indexing", "reading_gib").setValue(2.5)
    with qtbot.waitSignal(dialog.settings_changed) as told:
        dialog.apply.click()
    (new,) = told.args
    assert (new.window.theme, new.retrieval.neighbours) == ("dark", False)
    assert (new.sampling.seed, new.indexing.reading_gib) == (12, 2.5)
    assert new.presets == CHANGED.presets
    with qtbot.assertNotEmitted(dialog.settings_changed):
        dialog.apply.click()


def test_cancelling_forgets(dialog, qtbot) -> None:
    control(dialog, "retrieval", "passages").setValue(20)
    with qtbot.assertNotEmitted(dialog.settings_changed):
        dialog.cancel.click()
    assert dialog.settings == Settings()


def test_restoring_concerns_one_page(dialog) -> None:
    dialog.set_settings(CHANGED)
    dialog.pages["retrieval"].restore.click()
    assert dialog.settings.retrieval == Retrieval(embedder="e5", reranker="bge", entailment="xnli")
    assert dialog.settings.indexing == CHANGED.indexing
    assert dialog.apply.isEnabled()
    assert not dialog.pages["retrieval"].restore.isEnabled()


def test_a_number_out_of_range_cannot_be_typed(dialog, qtbot) -> None:
    passages = control(dialog, "retrieval", "passages")
    passages.selectAll()
    qtbot.keyClicks(passages, "99")
    assert dialog.settings.retrieval.passages <= 20
    assert (passages.minimum(), passages.maximum()) == (1, 20)


def test_the_list_turns_the_pages(dialog) -> None:
    dialog.show_page("generating")
    assert dialog._stack.currentWidget().widget() is dialog.pages["generating"]


def test_the_wheel_scrolls_past_a_field(dialog) -> None:
    passages = control(dialog, "retrieval", "passages")
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(passages, turn)
    assert dialog.settings == Settings()


class Strange(Section):
    text: str = ""
    endless: int = 3
    low: Annotated[int, Field(ge=0)] = 3


@pytest.mark.parametrize("name", list(Strange.model_fields))
def test_a_field_without_a_control_fails_loudly(name, dialog) -> None:
    with pytest.raises(UnknownKind):
        SettingField(Strange.model_fields[name], FieldWords("label", "help."), dialog)


def test_a_switch_carries_its_own_label(dialog) -> None:
    box = control(dialog, "retrieval", "neighbours")
    assert isinstance(box, QCheckBox)
    assert texts(dialog.pages["retrieval"]).count(box.text()) == 0


@pytest.mark.parametrize("name", ["embedder", "reranker", "entailment"])
def test_what_is_chosen_among_the_models_has_no_control_and_is_kept(dialog, name) -> None:
    assert name not in dialog.pages["retrieval"].fields
    dialog.set_settings(CHANGED)
    control(dialog, "retrieval", "passages").setValue(3)
    assert getattr(dialog.settings.retrieval, name) == getattr(CHANGED.retrieval, name)


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("endpoint", "mirror.example", " https://mirror.example "),
        ("endpoint", "https://two words", ""),
        ("proxy", "socks5h://proxy:1", "http://proxy:1"),
    ],
)
def test_an_address_that_is_none_is_told_and_not_applied(dialog, qtbot, field, wrong, right):
    dialog.show()
    dialog.show_page("window")
    shown = control(dialog, "network", field)
    shown.line.setText(wrong)
    assert not dialog.apply.isEnabled()
    with qtbot.assertNotEmitted(dialog.settings_changed):
        dialog.save.click()
    assert dialog.isVisible()
    assert shown.error.isVisible()
    assert shown.error.text() == SettingWords().sections()["network"].fields[field].wrong
    assert dialog.settings == Settings()
    shown.line.setText(right)
    assert not shown.error.isVisible()
    dialog.save.click()
    assert dialog.settings.network == Network(**{field: right.strip()})
    assert not dialog.isVisible()


def test_restoring_takes_a_wrong_address_away(dialog) -> None:
    shown = control(dialog, "network", "proxy")
    shown.line.setText("nonsense")
    dialog.pages["network"].restore.click()
    assert shown.text == ""
    assert shown.valid


def languages_of(dialog) -> LanguageList:
    return control(dialog, "indexing", "languages")


def codes(shown: LanguageList) -> list[tuple[str, bool]]:
    items = [shown.list.item(at) for at in range(shown.list.count())]
    return [
        (item.data(Qt.ItemDataRole.UserRole), item.checkState() == Qt.CheckState.Checked)
        for item in items
    ]


def test_languages_that_there_is_data_for_can_be_chosen_and_ordered(dialog) -> None:
    shown = languages_of(dialog)
    dialog.set_languages(["eng", "fra", "cat", "spa"])
    assert codes(shown) == [("spa", True), ("eng", True), ("cat", False), ("fra", False)]
    shown.list.item(2).setCheckState(Qt.CheckState.Checked)
    assert dialog.settings.indexing.languages == ("spa", "eng", "cat")
    shown.list.setCurrentRow(2)
    shown.up.click()
    shown.up.click()
    assert not shown.up.isEnabled()
    assert dialog.settings.indexing.languages == ("cat", "spa", "eng")
    shown.down.click()
    assert dialog.settings.indexing.languages == ("spa", "cat", "eng")
    assert dialog.apply.isEnabled()


def test_one_language_at_least_is_chosen_and_eight_at_most(dialog) -> None:
    shown = languages_of(dialog)
    found = ["spa", "eng", "fra", "cat", "deu", "glg", "eus", "por", "ita"]
    dialog.set_languages(found)
    for at in range(9):
        shown.list.item(at).setCheckState(Qt.CheckState.Checked)
    assert len(dialog.settings.indexing.languages) == 8
    for _ in range(9):
        shown.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert len(dialog.settings.indexing.languages) == 1


def test_a_language_that_is_chosen_without_data_is_shown_and_told(dialog) -> None:
    shown = languages_of(dialog)
    dialog.show()
    assert not shown.missing.isVisibleTo(shown)  # nobody has looked yet
    dialog.set_languages(["eng"])
    assert codes(shown) == [("spa", True), ("eng", True)]
    assert language_name("spa") in shown.missing.text()
    assert shown.missing.isVisibleTo(shown)


def test_what_lacks_data_is_offered_first_and_else_nothing(dialog, qtbot) -> None:
    shown = languages_of(dialog)
    getter = shown.getter
    dialog.show()
    assert not getter.isVisibleTo(shown)  # nobody has looked yet
    dialog.set_languages([])
    assert shown.missing.isVisibleTo(shown)
    assert getter.others.currentData() == "spa"
    offered = [getter.others.itemData(at) for at in range(getter.others.count())]
    assert set(offered) == set(KNOWN)
    dialog.set_languages(["spa"])
    assert getter.others.currentData() == "eng"
    assert getter.others.findData("spa") < 0
    with qtbot.waitSignal(shown.data_requested) as wished:
        getter.get.click()
    assert wished.args == ["eng"]
    getter.others.setCurrentIndex(getter.others.findData("fra"))
    dialog.set_settings(Settings())
    assert getter.others.currentData() == "fra"  # what the person chose
    dialog.set_languages(["spa", "eng", "fra"])
    assert getter.others.currentIndex() == -1
    assert not getter.get.isEnabled()


def test_languages_are_offered_in_the_order_of_the_reader(dialog, spanish) -> None:
    dialog.set_languages(["eng"])
    others = languages_of(dialog).getter.others
    order = [others.itemText(at) for at in range(others.count())]
    names = ["Afrikaans", "Čeština", "Dansk", "Español", "Español (old)", "Íslenska", "Türkçe"]
    assert [name for name in order if name in names] == names


def test_data_on_its_way_is_shown_instead_of_the_choice(dialog, qtbot) -> None:
    shown = languages_of(dialog)
    getter = shown.getter
    dialog.set_languages(["eng"])
    shown.show_problem("No connection.\nTry again.")
    assert getter.problem.text() == "No connection. Try again."
    shown.show_coming("spa", 1_234_567, 2_294_433)
    assert getter.doing.text() == "Español: 1.2 MB of 2.3 MB"
    assert getter.bar.value() == 538
    assert not getter.problem.isVisibleTo(shown)
    assert not getter.get.isVisibleTo(shown)
    dialog.set_languages(["eng", "fra"])
    assert not getter.get.isVisibleTo(shown)
    with qtbot.waitSignal(shown.data_cancelled):
        getter.cancel.click()
    shown.show_coming("", 0, 0)
    assert getter.get.isVisibleTo(shown)
    assert not getter.cancel.isVisibleTo(shown)


def test_the_wheel_scrolls_past_the_languages(dialog) -> None:
    dialog.set_languages(["eng"])
    others = languages_of(dialog).getter.others
    before = others.currentIndex()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(others, turn)
    assert others.currentIndex() == before


def test_every_language_is_known_by_a_name_of_its_own() -> None:
    names = [language_name(code) for code in KNOWN]
    assert len(set(names)) == len(KNOWN) > 100
    assert not set(names) & set(KNOWN)


def test_the_notice_about_missing_data_names_the_page_where_it_is_got() -> None:
    notice = notice_for(RecognitionDataMissing("a.pdf", ("spa",)), lambda _context, text: text)
    assert f"“{SettingWords().sections()['indexing'].title}”" in notice.advice


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("spa", "Español"),
        ("eng", "English"),
        ("deu", "Deutsch"),
        ("chi_sim", "简体中文"),
        ("zzz", "zzz"),
        ("spa_old", "Español (old)"),
    ],
)
def test_a_language_is_called_by_its_own_name(code, name) -> None:
    assert language_name(code).startswith(name)
