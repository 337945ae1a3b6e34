"""Whether a text has a phrase word for word."""

import pytest

from desktop_rag.engines.store.phrases import comparable, pattern_of


def has(text: str, phrase: str) -> bool:
    pattern = pattern_of(phrase)
    return pattern is not None and pattern.search(comparable(text)) is not None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The tide is out.", "tide is OUT"),
        ("The tide\n is  out.", "tide is out"),
        ("La marea está baja", "marea esta baja"),
        ("She said “not yet” twice", '"not yet" twice'),
        ("It’s the quay–side", "it's the quay-side"),
        ("Write C++ here", "c++ here"),
        ("At 1,234 m", "1,234 m"),
        ("the tide, is out", "tide, is"),
        ("The tide is out", "is out."),
        ("潮が引いている", "引いて"),
    ],
)
def test_it_has_it_whatever_capitals_accents_breaks_and_signs(text, phrase) -> None:
    assert has(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The tides is out", "tide is"),
        ("The riptide is", "tide is"),
        ("The tide was out", "tide is out"),
        ("tide out is", "tide is out"),
        ("At 11,234 m", "1,234 m"),
        ("anything", "?!"),
        ("anything", ""),
    ],
)
def test_it_has_not_what_is_only_like_it(text, phrase) -> None:
    assert not has(text, phrase)
