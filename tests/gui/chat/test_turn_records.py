"""Turns as they are stored, shown again, and told to a model."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_rag.domain.answers import (
    AnswerMode,
    Coverage,
    Extent,
    First,
    Ground,
    QuestionKind,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, Box, DocumentId, Layer
from desktop_rag.domain.entities import Entity, EntityKind, EntityPlace
from desktop_rag.domain.generation import OtherToken, WrittenToken
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat.turn_records import exchanges_of, restored, stored
from desktop_rag.gui.chat.values import Budget, CardValue, LeftOut, Statistics, TurnValue, Way
from desktop_rag.gui.sources import Source
from desktop_rag.library.conversations import ConversationId, Turn, TurnId

FIRST = Source(
    number=1,
    document=DocumentId("ab" * 32),
    title='Informe <b>"2024"</b>',
    page=13,
    page_label="xiv",
    snippet="La deuda\nbajó 𝐀 \u202e.",
    boxes=(Box(0.1, 0.2, 0.30000000000000004, 0.4), Box(0, 0, 1, 1)),
    continued=((3, Box(0, 0.1, 1, 0.2)),),
)
SECOND = replace(FIRST, number=2, page=0, page_label="", boxes=())
MODEL = Statistics(
    *(AnswerMode.MODEL, 12.3, 2100, 1500, 512, 43.0, "<|system|>\n exact"),
    LeftOut(1, 2),
    Budget(100, 200, 300, 0, 768, 8192),
)
EXTRACT = Statistics(AnswerMode.EXTRACT, 0.2, 0, 0, 0, 0.0)
INVENTED = SentenceCheck(
    *(0, 12, "It fell [1].", SentenceVerdict.NOT_FOUND),
    *(Reason(Ground.NUMBER, ("4.1 %",)), (1, 2)),
)
WRITTEN = (
    WrittenToken("It", 0.75, (OtherToken("La", 0.125), OtherToken("\n", 0.01))),
    WrittenToken(" fell", 1.0),
)
TURN = TurnValue(
    id=7,
    question="Why?",
    answer="It fell [1].",
    sources=(FIRST, SECOND),
    cited=(FIRST,),
    statistics=MODEL,
)


def again(turn: TurnValue, payload: str | None = None) -> TurnValue:
    payload = stored(turn) if payload is None else payload
    kept = Turn(
        id=TurnId(turn.id),
        conversation=ConversationId(1),
        position=0,
        created=datetime(2026, 1, 2, tzinfo=UTC),
        question=turn.question,
        answer=turn.answer,
        stopped=turn.stopped,
        payload=payload,
    )
    return restored(kept)


@pytest.mark.parametrize(
    "turn",
    [
        TURN,
        replace(TURN, statistics=EXTRACT, cited=()),
        replace(TURN, statistics=None, sources=(), cited=(), answer=""),
        replace(TURN, stopped=True),
        replace(TURN, incomplete=3),
        replace(TURN, wording=Wording(("the tide", "¡ya!"), 4, (("dept", "debt"),))),
        replace(TURN, language="es", read=(1,)),
        replace(TURN, kind=QuestionKind.FOLLOW_UP, searched="Why did the debt fall?"),
        replace(TURN, quotes=(FIRST, SECOND), first=First.QUOTES),
        replace(TURN, checks=(INVENTED,), sufficiency=0.25, strict=True),
        replace(
            TURN,
            chose=Way(QuestionKind.SUMMARY, Extent.LONG),
            coverage=Coverage((DocumentId("d"),), 7, "Rent", 9, beginnings=True),
        ),
        replace(TURN, counts=(DocumentCount(DocumentId("d"), "Informe", 3, ("iv", "2")),)),
        replace(TURN, refused=True, sufficiency=0.0),
        replace(TURN, sources=(replace(FIRST, score=0.5),)),
        replace(TURN, sources=(replace(FIRST, header="Informe › Deuda"),)),
        replace(TURN, cited=(replace(FIRST, layer=Layer.NOTE),)),
        replace(TURN, error="The model is gone."),
        replace(TURN, thoughts="First this, then that.", thought_seconds=12.5),
        replace(TURN, sources=(replace(FIRST, snippet="\ud800 half a letter"),)),
        replace(TURN, statistics=replace(MODEL, written=WRITTEN)),
    ],
)
def test_a_stored_turn_comes_back_as_it_was(turn) -> None:
    assert again(turn) == turn
    json.loads(stored(turn))


def without(*keys: str) -> str:
    values = json.loads(stored(TURN))
    for key in keys:
        del values[key]
    return json.dumps(values)


def test_a_turn_that_was_stored_before_models_thought_comes_back() -> None:
    assert again(TURN, without("thoughts", "thought_seconds")) == TURN


def test_a_turn_that_was_stored_before_phrases_were_counted_comes_back() -> None:
    assert again(TURN, without("wording")) == TURN


def test_a_turn_that_was_stored_before_answers_were_checked_comes_back() -> None:
    lately = ("kind", "searched", "quotes", "checks", "first", "refused", "sufficiency", "strict")
    lately += ("chose", "coverage")
    assert again(TURN, without(*lately)) == TURN


def test_what_a_later_version_says_of_an_answer_is_left_out_and_nothing_else() -> None:
    turn = replace(TURN, checks=(INVENTED,), kind=QuestionKind.LIST, first=First.QUOTES)
    for word in ('"verdict": "not_found"', '"ground": "number"'):
        later = stored(turn).replace(word, word.split(":")[0] + ': "later"')
        assert again(turn, later) == replace(turn, checks=())
    later = stored(turn).replace('"list"', '"later"').replace('"first": "quotes"', '"first": "x"')
    assert again(turn, later) == replace(turn, kind=QuestionKind.QUESTION, first=First.ANSWER)


def test_a_turn_that_was_stored_before_words_had_choices_comes_back() -> None:
    assert again(TURN, without("written")) == TURN


def test_the_tokens_of_a_turn_take_little_room() -> None:
    others = tuple(OtherToken(" and", share) for share in (0.1, 0.05, 0.02, 0.004))
    told = replace(MODEL, written=(WrittenToken(" the", 0.6543, others),) * 500)
    grown = stored(replace(TURN, statistics=told))
    assert len(grown) - len(stored(TURN)) < 500 * 60
    kept = again(TURN, grown).statistics.written[0]
    assert kept == WrittenToken(" the", 0.654, others[:3])


def changed(**values: object) -> str:
    return json.dumps(json.loads(stored(TURN)) | values)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        without("sources"),
        without("cited"),
        without("statistics"),
        without("error"),
        changed(sources=None),
        changed(quotes=[7]),
        changed(checks=[{}]),
        changed(sufficiency="much"),
        changed(thought_seconds="long"),
        changed(wording=7),
        changed(wording={"mended": ["x"]}),
        changed(sources=7),
        changed(sources=[7]),
        changed(sources=["x"]),
        changed(sources=[{}]),
        changed(sources=[{"document": "d", "boxes": [[1, 2]]}]),
        changed(sources=[{"document": "d", "boxes": [7]}]),
        changed(statistics={"mode": "model"}),
        changed(statistics=[1]),
        changed(statistics={"of": "another version"}),
    ],
)
def test_what_cannot_be_read_costs_the_sources_and_not_the_answer(payload) -> None:
    assert again(TURN, payload) == replace(TURN, sources=(), cited=(), statistics=None)


def test_the_way_of_answering_is_stored_in_a_word_that_never_changes() -> None:
    for mode, word in ((AnswerMode.MODEL, "model"), (AnswerMode.EXTRACT, "extract")):
        turn = replace(TURN, statistics=replace(MODEL, mode=mode))
        assert json.loads(stored(turn))["statistics"]["mode"] == word
        assert again(turn).statistics.mode is mode


def test_a_model_is_told_neither_errors_nor_empty_answers() -> None:
    turns = [
        TURN,
        replace(TURN, id=8, error="The model is gone."),
        replace(TURN, id=9, answer=""),
        replace(TURN, id=10, question="And then?", stopped=True, sources=()),
    ]
    exchanges = exchanges_of(turns)
    assert [one.question for one in exchanges] == ["Why?", "And then?"]
    assert [one.answer for one in exchanges] == ["It fell [1].", "It fell [1]."]


def test_a_model_is_told_the_passages_under_their_numbers() -> None:
    (exchange,) = exchanges_of([TURN])
    shown = [
        (one.number, one.hit.document, one.hit.page, one.hit.text) for one in exchange.passages
    ]
    assert shown == [
        (1, FIRST.document, 13, FIRST.snippet),
        (2, SECOND.document, 0, SECOND.snippet),
    ]


def test_a_turn_whose_numbers_are_taken_is_not_told() -> None:
    """Without a model every turn once numbered its passages from 1."""
    again = replace(TURN, id=TURN.id + 1, question="Again?")
    other = replace(FIRST, number=99)
    later = replace(TURN, id=TURN.id + 2, question="Later?", sources=(other,))
    assert [one.question for one in exchanges_of([TURN, again, later])] == [TURN.question, "Later?"]


def test_a_model_is_told_an_exchange_as_it_was_told_it() -> None:
    """Else what the engine has in memory would not fit, and be read again."""
    header = replace(FIRST, header="Informe › Deuda")
    turn = replace(TURN, sources=(header, SECOND), read=(1,), language="es")
    (exchange,) = exchanges_of([turn])
    assert exchange.language == "es"
    assert [one.number for one in exchange.passages] == [1]
    assert exchange.passages[0].hit.header == "Informe › Deuda"
    assert exchange.passages[0].hit.page_label == "xiv"


def test_an_answer_that_came_about_in_a_later_way_keeps_its_sources() -> None:
    payload = stored(TURN).replace('"mode": "model"', '"mode": "summary"')
    assert again(TURN, payload) == replace(TURN, statistics=None)


def test_a_comment_is_told_to_a_model_as_one_and_an_older_turn_has_none() -> None:
    noted = replace(TURN, sources=(replace(FIRST, layer=Layer.NOTE),), read=(1,))
    (exchange,) = exchanges_of([noted])
    assert exchange.passages[0].hit.layer is Layer.NOTE
    values = json.loads(stored(noted))
    del values["sources"][0]["layer"]
    assert again(noted, json.dumps(values)).sources[0].layer is Layer.BODY


def test_a_passage_keeps_its_language_for_the_model_too() -> None:
    german = replace(TURN, sources=(replace(FIRST, language="de"),), read=(1,))
    assert again(german).sources[0].language == "de"
    (exchange,) = exchanges_of([german])
    assert exchange.passages[0].hit.language == "de"
    values = json.loads(stored(german))
    del values["sources"][0]["language"]  # as versions did that did not know it
    assert again(german, json.dumps(values)).sources[0].language == UNKNOWN_LANGUAGE


def test_what_is_named_and_the_questions_come_back_as_they_were() -> None:
    places = (EntityPlace(DocumentId("d"), 3, "iv", ((3, Box(0.1, 0.2, 0.3, 0.4)),)),)
    entities = (Entity(EntityKind.PERSON, "Martha Quill", 4, 2, places),)
    cards = (CardValue("¿Quién?", "Martha Quill", FIRST),)
    turn = replace(TURN, kind=QuestionKind.STUDY, entities=entities, left_out=3, cards=cards)
    found = again(turn)
    assert (found.entities, found.left_out, found.cards) == (entities, 3, cards)


def test_a_kind_of_name_that_is_not_known_here_is_left_out() -> None:
    values = json.loads(stored(replace(TURN, entities=(Entity(EntityKind.DATE, "1871", 1, 1),))))
    values["entities"][0][0] = "planet"
    found = again(TURN, json.dumps(values))
    assert (found.entities, found.sources) == ((), TURN.sources)
