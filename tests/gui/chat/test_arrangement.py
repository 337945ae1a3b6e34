"""What of an answer stands where."""

from dataclasses import replace

from desktop_rag.answer.arrangement import arranged, beside
from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    Ground,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.gui.chat.arrangement import cards_of, shown_of
from tests.gui.chat.turns_shown import source, turn

FELL, ROSE = source(7, "The debt fell by 4.1 %."), source(8, "Then it rose.\nA lot.")


def test_an_answer_of_quotes_is_its_quotes_and_no_text_beside_them() -> None:
    answer = "The debt fell by 4.1 %. [7] Then it rose.\nA lot. [8]\n\n[8]"
    shown = arranged(turn(answer, AnswerMode.EXTRACT, quotes=(FELL, ROSE)))
    assert (shown.text, shown.following, shown.folded) == ("", (FELL, ROSE), False)


def test_what_an_answer_of_quotes_says_beside_them_is_kept() -> None:
    counted = "It stands in two places:\n\nThe debt fell by 4.1 %. [7]"
    assert beside(counted, (FELL,)) == "It stands in two places:"
    assert beside("Something else entirely. [7]", (FELL,)) == "Something else entirely. [7]"


def test_what_was_counted_is_said_and_its_places_stand_below() -> None:
    counts = (DocumentCount(FELL.document, "Report 7", 2, ("xiv",)),)
    answer = "2 documents mention it.\n\n- Report 7: 2 (p. xiv)\n  - p. xiv: “It fell.” [7]"
    shown = shown_of(turn(answer, AnswerMode.EXTRACT, quotes=(FELL, ROSE), counts=counts))
    assert (shown.text, shown.following) == ("2 documents mention it.", (FELL, ROSE))
    nowhere = shown_of(turn("None does: Rent.", AnswerMode.EXTRACT, counts=counts))
    assert (nowhere.text, nowhere.following) == ("None does: Rent.", ())


def test_what_a_model_wrote_comes_first_only_where_it_may() -> None:
    quotes = (FELL, ROSE)
    first = arranged(turn("It fell [7].", quotes=quotes))
    assert (first.leading, first.following, first.folded) == ((), quotes, True)
    assert not first.unconfirmed
    last = arranged(turn("It fell [7].", quotes=quotes, first=First.QUOTES))
    assert (last.leading, last.following, last.unconfirmed) == (quotes, (), True)


def test_what_is_not_borne_out_says_so_without_any_quotes() -> None:
    assert arranged(turn("It fell.", first=First.QUOTES)).unconfirmed


def test_what_is_borne_out_comes_after_the_quotes_of_others_and_is_not_called_doubtful() -> None:
    said = SentenceCheck(
        0, 12, "It fell [7].", SentenceVerdict.SUPPORTED, Reason(Ground.SAID), (7,)
    )
    shown = arranged(turn("It fell [7].", quotes=(ROSE,), first=First.QUOTES, checks=(said,)))
    assert (shown.leading, shown.unconfirmed) == ((ROSE,), False)


def test_half_an_answer_is_not_confirmed_by_the_checks_of_its_beginning() -> None:
    said = SentenceCheck(
        0, 12, "It fell [7].", SentenceVerdict.SUPPORTED, Reason(Ground.SAID), (7,)
    )
    half = turn("It fell [7]. It rose", quotes=(ROSE,), first=First.QUOTES, checks=(said,))
    assert not arranged(half).unconfirmed
    for broken in ({"statistics": None}, {"stopped": True}, {"error": "It died."}):
        assert arranged(replace(half, **broken)).unconfirmed


def test_a_refusal_stands_above_what_comes_nearest() -> None:
    refused = turn("They do not say this.", AnswerMode.REFUSED, quotes=(FELL,), refused=True)
    shown = arranged(refused)
    assert (shown.text, shown.following, shown.near) == ("They do not say this.", (FELL,), True)
    extracted = turn("They do not say this.", AnswerMode.EXTRACT, quotes=(FELL,), refused=True)
    assert arranged(extracted) == shown


def test_a_greeting_is_a_sentence_and_nothing_else() -> None:
    value = turn("Hello.", AnswerMode.SAID, quotes=(FELL,))
    shown = arranged(value)
    assert (shown.text, shown.leading, shown.following) == ("Hello.", (), ())
    assert cards_of(value, shown, [7], []) == ([], [])


def test_cited_passages_are_shown_and_others_folded() -> None:
    value = turn("It fell [9], as before [2].")
    cited, others = cards_of(value, arranged(value), [9, 2], [source(2)])
    assert [one.number for one in cited] == [9, 2]
    assert [one.number for one in others] == [7, 8]


def test_a_passage_whose_quote_is_open_has_no_card_as_well() -> None:
    value = turn("It fell [7].", AnswerMode.EXTRACT, quotes=(FELL, ROSE))
    cited, others = cards_of(value, arranged(value), [7], [])
    assert (cited, [one.number for one in others]) == ([], [9])
