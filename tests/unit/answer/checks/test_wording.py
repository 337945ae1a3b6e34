"""What stands letter for letter in a passage."""

import pytest

from desktop_rag.answer.checks.wording import literal, quotations
from desktop_rag.domain.answers import Ground
from tests.unit.answer.checks.sentences import NOT_FOUND, caught, check

TEXT = "The keeper said it “burned ﬁercely” for 15 dollars, in an inter-\nnational lamp’s glow."


@pytest.mark.parametrize(
    "quoted",
    [
        "burned fiercely",
        "The keeper said it",
        "the keeper said it",
        "international lamp's glow",
        "said it … for 15 dollars",
        "said it “burned fiercely” for",
        "15   dollars.",
    ],
)
def test_ligatures_hyphens_spaces_and_quotes_make_no_difference(quoted: str) -> None:
    assert literal(quoted, [TEXT])


@pytest.mark.parametrize(
    "quoted",
    [
        "burned brightly",
        "5 dollars",
        "burned Fiercely",
        "for 15 … said it",
        "burned, fiercely",
        "the keepers said it",
        "keeper say",
        "eeper said",
    ],
)
def test_what_was_altered_does_not_stand_there(quoted: str) -> None:
    assert not literal(quoted, [TEXT])


@pytest.mark.parametrize(
    ("quoted", "text"), [("1.5", "11.5 m"), ("5", "5.2 m"), ("12", "12% of it")]
)
def test_a_number_is_not_cut(quoted: str, text: str) -> None:
    assert not literal(quoted, [text])


@pytest.mark.parametrize(
    ("answer", "quoted"),
    [
        ('It says "all lamps" and “no oil”.', ["all lamps", "no oil"]),
        ("Dice «todas las lámparas».", ["todas las lámparas"]),
        ("It’s the keepers’ lamp.", []),
        ("They call it ‘the old lamp’ there.", ["the old lamp"]),
        ("It says “all lamps\nand more.", ["all lamps"]),
        ('A 5" pipe.', []),
    ],
)
def test_quotations_are_what_stands_in_quotation_marks(answer: str, quoted: list[str]) -> None:
    assert [one.text for one in quotations(answer)] == quoted


def test_an_altered_quotation_is_misquoted_even_where_its_words_are_near() -> None:
    text = "The plan covers the costs of surgery only after approval by the board."
    found = check("It says “covers the costs of surgery after approval”.", text)
    assert (found.verdict, found.reason.ground) == (NOT_FOUND, Ground.MISQUOTED)
    assert found.reason.words == ("covers the costs of surgery after approval",)
    assert caught("It says the plan “covers the costs of surgery”.", text) is None


def test_a_quotation_over_two_sentences_is_held_in_both() -> None:
    text = "Oil is dear. Lamps are cheap. Nobody buys them here."
    from tests.unit.answer.checks.sentences import checks

    found = checks("It says: “Oil is dear. Lamps are free.”", text)
    assert Ground.MISQUOTED in {one.reason.ground for one in found}


def test_words_of_the_question_may_be_quoted() -> None:
    text = "Lamps of that kind burned the oil of whales."
    written = "The “old lamps” burned the oil of whales."
    assert caught(written, text) is Ground.MISQUOTED
    assert caught(written, text, question="What did the old lamps burn?") is None
