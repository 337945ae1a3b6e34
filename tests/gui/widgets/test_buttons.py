"""Buttons whose words are shortened to the room that there is."""

from desktop_rag.gui.widgets.buttons import ShortButton


def test_other_words_are_shortened_where_the_button_stays_as_wide(qtbot, theme) -> None:
    button = ShortButton()
    qtbot.addWidget(button)
    button.setFixedWidth(120)
    button.show_text("Gemma")
    with qtbot.waitExposed(button):
        button.show()
    assert button.text() == "Gemma"
    button.show_text("A language model with a very long name indeed")
    assert "…" in button.text()
    button.show_text("Gemma")
    assert button.text() == "Gemma"
