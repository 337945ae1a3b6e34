"""Phrases in quotes."""

import pytest

from desktop_rag.answer.quoting import phrases_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('say "the tide  is\nout" now', ("the tide is out",)),
        ("say “the tide” and «la marea» and „die Flut“ and »Ebbe«",
         ("the tide", "la marea", "die Flut", "Ebbe")),
        ('"one" "two" "one"', ("one", "two")),
        ("the keeper's boat and 'that' one", ()),
        ('a board of 12" and', ()),
        ('"" " " "?!"', ()),
        ("no quotes", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_a_phrase_is_what_stands_in_quotes(text, expected) -> None:
    assert phrases_of(text) == expected


def test_there_are_not_too_many() -> None:
    assert len(phrases_of(" ".join(f'"word {at}"' for at in range(99)))) == 4


def test_quotes_without_end_are_no_trouble() -> None:
    assert phrases_of('"“«' * 50_000) == ()
