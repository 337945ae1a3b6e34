from itertools import pairwise

import pytest

from desktop_rag.engines.llm.repetition import RepetitionFilter


def passed(text: str, step: int = 1) -> tuple[str, str, bool]:
    """Return what comes at once, what comes at the end, and whether it was cut off."""
    filter_ = RepetitionFilter()
    shown = ""
    cuts = [*range(0, len(text), step), len(text)]
    for start, end in pairwise(cuts):
        shown += filter_.after(text[start:end])
        if filter_.repeated:
            break
    return shown, filter_.rest(), filter_.repeated


BRIDGE = "The bridge was built by Ana Ruiz. [1]"


@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_nothing_is_shown_twice(step) -> None:
    again = f"{BRIDGE} It is painted green. {BRIDGE} And so on."
    shown, rest, repeated = passed(again, step)
    assert (shown + rest).strip() == f"{BRIDGE} It is painted green."
    assert repeated


@pytest.mark.parametrize("again", ["The bridge was built by Ana Ruiz", "the bridge was built"])
def test_what_ends_in_the_middle_of_an_earlier_sentence_is_shown_unless_it_is_whole(again) -> None:
    shown, rest, repeated = passed(f"{BRIDGE} {again}")
    whole = again.endswith("Ruiz")
    assert (shown + rest).rstrip() == (BRIDGE if whole else f"{BRIDGE} {again}")
    assert not repeated


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was built in 1931. The bridge was built in 1931 by Ana Ruiz, who lived here.",
        "Yes. No. Yes. No. Yes.",
        "| a | b |\n| --- | --- | --- | --- |\n| 1 | 2 |\n| 1 | 2 |\n",
        "Dr. Ruiz came at 5 p.m. with Dr. Soler. Nobody else did.",
        "........................................ 7",
        "1 0000 0000 0000 0000 0000 0000 0000",
        "«¿Quién?», dijo. «Nadie», respondió.\n\n- uno\n- dos\n",
    ],
)
@pytest.mark.parametrize("step", [1, 5, 1000])
def test_what_says_something_new_passes_unchanged(text: str, step: int) -> None:
    shown, rest, repeated = passed(text, step)
    assert (shown + rest, repeated) == (text, False)


def test_words_that_go_in_a_circle_are_ended() -> None:
    circle = "and the lamp and the lamp " * 30
    shown, rest, repeated = passed(circle)
    assert repeated
    assert len(shown + rest) < 120
