import pytest

from desktop_rag.ingest.scales import states_a_scale


@pytest.mark.parametrize(
    "text",
    ["(in millions)", "In thousands, except shares", "En miles de euros", "(€ thousands)",
     "€'000", "(Dollars in millions)", "Miles de euros", "(€m)", "Angaben in Tausend"],
)  # fmt: skip
def test_a_caption_may_say_what_figures_are_counted_in(text: str) -> None:
    assert states_a_scale(text)


@pytest.mark.parametrize("text", ["Costs", "in the harbour", "Millions came", "miles away", ""])
def test_other_words_say_no_scale(text: str) -> None:
    assert not states_a_scale(text)


def test_a_long_text_about_millions_is_no_caption() -> None:
    assert not states_a_scale("The keeper of the light spent it all " * 5 + "in millions")
