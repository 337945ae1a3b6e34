"""The button that names the language model, and its menu."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain.generation import ModelReady
from desktop_rag.domain.models import ModelKind
from desktop_rag.gui.models.model_button import ModelButton
from desktop_rag.gui.models.values import ModelValue

QWEN = ModelValue(id=7, name="Qwen & co", kind=ModelKind.WRITER, path=Path("/q.gguf"))
MISSING = replace(QWEN, id=8, name="Missing", problem="It is not there.")
EMBEDDER = replace(QWEN, id=9, name="e5", kind=ModelKind.EMBEDDER)


@pytest.fixture
def button(qtbot, theme) -> ModelButton:
    made = ModelButton()
    qtbot.addWidget(made)
    made.show()
    return made


def entries(menu) -> dict[str, object]:
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def test_the_menu_has_the_models_that_can_answer_and_the_quotes(button) -> None:
    button.set_models([replace(QWEN, in_use=True), MISSING, EMBEDDER])
    shown = entries(button.menu_of_models())
    assert list(shown) == ["Qwen && co", "Quote the documents", "Models…"]
    assert [words for words, action in shown.items() if action.isChecked()] == ["Qwen && co"]


def test_what_is_chosen_in_the_menu_is_told(button, qtbot) -> None:
    button.set_models([QWEN])
    shown = entries(button.menu_of_models())
    assert shown["Quote the documents"].isChecked()
    for words, told in (("Qwen && co", [7]), ("Quote the documents", [None])):
        with qtbot.waitSignal(button.model_chosen) as chosen:
            shown[words].trigger()
        assert chosen.args == told
    with qtbot.waitSignal(button.models_requested):
        shown["Models…"].trigger()


def test_where_no_model_is_installed_no_menu_stands_in_the_way(button, qtbot) -> None:
    with qtbot.waitSignal(button.model_requested):
        button.click()


def test_what_the_model_runs_on_is_in_the_tooltip(button) -> None:
    button.show_model("qwen")
    assert "Running" not in button.toolTip()
    button.show_device(ModelReady("qwen", 8192, 1.0, "NVIDIA RTX", 23, 28))
    assert "Running on: NVIDIA RTX, 23 of 28 layers on the GPU" in button.toolTip()
    assert "23 of 28" in button.accessibleDescription()
    button.show_device(None)
    assert "Running" not in button.toolTip()
