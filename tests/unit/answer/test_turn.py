import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.answer.routes import ROUTES, writing
from desktop_rag.answer.turn import (
    Await,
    CheckBeside,
    Checked,
    CheckSentences,
    CompareDocuments,
    DocumentsCompared,
    Done,
    FindEverywhere,
    Generate,
    PassagesFound,
    PickSentences,
    Question,
    QuotesFound,
    Retrieve,
    Retrieved,
    Route,
    Summarize,
    Summarized,
    turn,
)
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
from desktop_rag.domain.comparisons import (
    ComparedCell,
    ComparedRow,
    Comparison,
    RowState,
    SentenceTally,
    Uncompared,
)
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, Box, DocumentId, PlacedWord
from desktop_rag.domain.generation import (
    Asked,
    Dropped,
    Exchange,
    GenerationDone,
    ModelChoice,
    Prepared,
    SamplingParameters,
    Thought,
    Timings,
    TokenUsage,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.occurrences import (
    Census,
    Counted,
    DocumentCount,
    Manner,
    Needle,
    Occurrence,
    Occurrences,
)
from desktop_rag.domain.passages import (
    Cited,
    Contradiction,
    Evidence,
    Extract,
    Hit,
    Passage,
    TextDelta,
)

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
DONE = GenerationDone(TokenUsage(100, 0, 9), Timings(1.0, 2.0, 3.0, 4.0), "end", 7)
PREPARED = Prepared((1, 2, 3), Dropped(), 100)


def hit(ordinal: int) -> Hit:
    text = f"Lantern {ordinal} burned oil. Nobody knew why."
    words, start = [], 0
    for at, word in enumerate(text.split()):
        start = text.index(word, start)
        box = Box(at / 10, ordinal / 10, at / 10 + 0.08, ordinal / 10 + 0.02)
        words.append(PlacedWord(start, start + len(word), box))
    return Hit(DocumentId("d"), ordinal, 4, "v", "T", text, tuple(words), 1.0)


HITS = (hit(1), hit(2), hit(3))
PASSAGES = tuple(Passage(number, one) for number, one in enumerate(HITS, 1))
SENTENCES = [Extract(PASSAGES[1], 0, 21, 0.9), Extract(PASSAGES[0], 0, 21, 0.8)]


def looked_up(step: object, hits: tuple[Hit, ...]) -> object:
    """What is sent where only `Retrieve` finds something."""
    match step:
        case Summarize():
            return Summarized((), (), "es", 0.1)
        case FindEverywhere(census=census):
            return Occurrences(looked_documents=2, needles=census.needles)
        case _:
            return Retrieved(hits, "es")


def play(question: Question, hits=HITS, extracts=SENTENCES, events=(), checks=()) -> list:
    """Everything a turn yields, when it is sent these lists."""
    steps, left = turn(question, ROUTES), list(events)
    seen, sent = [], None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            assert not left, "the turn ended before the model did"
            return seen
        seen.append(step)
        match step:
            case Retrieve() | Summarize() | FindEverywhere():
                sent = looked_up(step, hits)
            case PickSentences():
                sent = extracts if isinstance(extracts, Evidence) else Evidence(tuple(extracts))
            case CheckSentences():
                sent = checks
            case Await():
                sent = left.pop(0)
            case _:
                sent = None


def spoken(seen) -> str:
    return "".join(step.text for step in seen if isinstance(step, TextDelta))


def cited(seen) -> list[int]:
    return [step.passage.number for step in seen if isinstance(step, Cited)]


# Routes


def route(mode: AnswerMode, serving: bool, said: str) -> Route:
    def answered(found):
        yield TextDelta(f"{said} in {found.language} about {found.question.text}")

    return Route(mode, lambda found: serving and len(found.passages) == 3, answered)


def test_the_first_route_that_serves_answers_what_was_found() -> None:
    never = route(AnswerMode.MODEL, False, "never")
    first = route(AnswerMode.EXTRACT, True, "first")
    second = route(AnswerMode.MODEL, True, "second")
    steps = turn(Question("oil"), (never, first, second))
    next(steps)
    steps.send(Retrieved(HITS, "es", 0.5))
    next(steps)
    assert steps.send(Evidence()) == TextDelta("first in es about oil")


def test_every_mode_has_a_route() -> None:
    assert {one.mode for one in ROUTES} == set(AnswerMode)


LANTERNS = Occurrences(
    documents=(DocumentCount(DocumentId("d"), "Lamps", 3, ("v",)),),
    shown=tuple(Occurrence(one, (0, 7)) for one in HITS),
    total=3,
    looked_documents=2,
    looked_passages=9,
    needles=(Needle("lanterns"),),
    language="en",
    seconds=0.2,
)


def counted(question: Question, came: Occurrences = LANTERNS) -> tuple[object, list]:
    """What a turn looks for everywhere, and what it says of it."""
    steps = turn(question, ROUTES)
    wish = next(steps)
    seen = [steps.send(came)]
    return wish, [*seen, *steps]


@pytest.mark.parametrize("model", [None, MODEL])
def test_what_is_counted_is_answered_with_every_place_whoever_writes(model) -> None:
    question = Question("Which documents mention lanterns?", model, first=4)
    wish, seen = counted(question)
    census = Census(Counted.DOCUMENTS, (Needle("lanterns"),))
    assert wish == FindEverywhere(census, "Which documents mention lanterns?")
    assert [one.number for one in seen[0].passages] == [4]
    assert (seen[0].kind, seen[0].language) == (QuestionKind.LIST, "en")
    done = seen[-1]
    assert done.text == spoken(seen)
    assert done.text.splitlines()[0] == (
        "1 of 2 documents mentions “lanterns”, 3 times in all, on 1 page."
    )
    assert cited(seen) == [4, 5, 6]
    assert [quote.passage.number for quote in done.quotes] == [4, 5, 6]
    assert done.quotes[0].boxes
    assert (done.occurrences, done.mode) == (LANTERNS, AnswerMode.EXTRACT)


def test_what_is_nowhere_is_said_to_be_and_nothing_else_is_looked_for() -> None:
    seen = play(Question("¿Qué documentos mencionan faroles?", reads="es"))
    assert [type(step) for step in seen] == [FindEverywhere, PassagesFound, TextDelta, Done]
    assert seen[-1].text == "Ninguno de los 2 documentos menciona «faroles»."
    assert seen[-1].quotes == ()


def test_a_phrase_in_quotes_is_found_everywhere_and_answered_as_its_reader_reads() -> None:
    wish, seen = counted(Question("“nobody knew why”", reads="es"))
    assert wish.census == Census(Counted.PLACES, (Needle("nobody knew why", literal=True),))
    assert (seen[0].kind, seen[0].language) == (QuestionKind.EXACT, "es")


def test_documents_that_lack_it_are_named_and_no_place_is_shown() -> None:
    without = replace(LANTERNS, shown=(), without=(DocumentCount(DocumentId("e"), "Rent", 0),))
    _, seen = counted(Question("which documents do not mention lanterns?"), without)
    assert (seen[0].passages, seen[-1].quotes) == ((), ())
    assert seen[-1].text == "1 of 2 documents does not mention “lanterns”: Rent."


def test_all_of_a_thing_is_found_whoever_writes_and_some_of_it_without_a_model() -> None:
    things = replace(LANTERNS, manner=Manner.ABOUT)
    _, seen = counted(Question("list all lanterns of the harbour", MODEL), things)
    assert seen[-1].text.startswith("3 sentences and items about “lanterns” in 1 of 2 documents.")
    assert isinstance(next(turn(Question("list the lanterns of it", MODEL), ROUTES)), Retrieve)
    wish = next(turn(Question("list the lanterns of the harbour"), ROUTES))
    assert isinstance(wish, FindEverywhere)


def test_a_thing_that_no_passage_names_is_looked_for_by_its_meaning() -> None:
    seen = play(Question("list all duties of the keeper"))
    assert [type(step) for step in seen[:3]] == [FindEverywhere, Retrieve, PassagesFound]


def test_where_somebody_chose_a_list_the_words_of_the_question_are_looked_for() -> None:
    wish, _ = counted(Question("who lit the lanterns?", kind=QuestionKind.LIST))
    assert wish.census.needles == (Needle("lit lanterns"),)


def test_a_list_that_a_passage_has_is_quoted_whole() -> None:
    text = "Steps:\n• Open the valve.\n• Wait.\n• Light the lantern.\nIt burns."
    own = Passage(1, replace(HITS[0], text=text, words=(), language="en"))
    item = Extract(own, text.index("• Wait"), text.index("\n• Light"), 0.9, ((0, 6),))
    question = Question("list the steps to light the lantern", kind=QuestionKind.LIST)
    seen = play(question, hits=(own.hit,), extracts=[item])
    assert seen[-1].text == (
        "Steps:  \n- Open the valve.  \n- Wait.  \n- Light the lantern.\n\n[1]"
    )


CARRIED = Summarized(HITS, ((0, (0, 21)), (2, (0, 21)), (2, (22, 38))), "es", 0.1)


def summarized(question: Question) -> tuple[Summarize, list]:
    steps = turn(question, ROUTES)
    wish = next(steps)
    seen = [steps.send(CARRIED)]
    return wish, [*seen, *steps]


def test_a_summary_says_what_carries_the_documents_in_their_order() -> None:
    wish, seen = summarized(Question("Resume el documento", first=4))
    assert wish == Summarize("Resume el documento", 6)
    assert [one.number for one in seen[0].passages] == [4, 5, 6]
    assert (seen[0].kind, seen[0].language) == (QuestionKind.SUMMARY, "es")
    done = seen[-1]
    assert done.text == (
        "- Lantern 1 burned oil. [4]\n- Lantern 3 burned oil. [6]\n- Nobody knew why. [6]"
    )
    assert cited(seen) == [4, 6, 6]
    assert [quote.text for quote in done.quotes] == [
        "Lantern 1 burned oil.",
        "Lantern 3 burned oil.",
        "Nobody knew why.",
    ]
    assert (done.mode, done.first) == (AnswerMode.EXTRACT, First.QUOTES)
    assert all(quote.boxes for quote in done.quotes)


def test_a_wish_that_was_chosen_stands_before_what_the_words_say() -> None:
    long = Question("What burned?", kind=QuestionKind.SUMMARY, extent=Extent.LONG)
    wish, seen = summarized(long)
    assert wish == Summarize("What burned?", 15, chosen=True)
    assert seen[0].kind is QuestionKind.SUMMARY
    plain = next(turn(Question("Resume el documento", kind=QuestionKind.QUESTION), ROUTES))
    assert isinstance(plain, Retrieve)


@pytest.mark.parametrize("model", [None, MODEL])
def test_a_document_without_text_has_no_summary_and_that_is_said(model) -> None:
    steps = turn(Question("Resume el documento", model), ROUTES)
    next(steps)
    read = Coverage((DocumentId("d"),), 3)
    seen = [steps.send(Summarized((), (), "es", 0.1, read)), *steps]
    assert [type(step) for step in seen] == [PassagesFound, TextDelta, Done]
    assert seen[-1].text.startswith("Aquí no hay texto")
    assert seen[-1].mode is AnswerMode.SAID


def test_a_follow_up_is_a_summary_of_what_was_cited() -> None:
    before = Exchange("What burned?", "Oil [1].", PASSAGES[:1])
    wish, _ = summarized(Question("summarize it briefly", history=(before,)))
    assert (wish.limit, wish.preferred) == (3, (DocumentId("d"),))


def test_a_model_that_is_to_summarize_is_told_what_carries_the_documents() -> None:
    steps = turn(Question("summarize the document", model=MODEL), ROUTES)
    next(steps)
    steps.send(CARRIED)
    generate = next(step for step in steps if isinstance(step, Generate))
    assert "Lantern 3 burned oil." in str(generate.asked)


def test_what_is_no_whole_document_is_looked_for() -> None:
    seen = play(Question("summarize the risks"))
    assert [type(step) for step in seen[:3]] == [Summarize, Retrieve, PassagesFound]
    edited = turn(Question("summarize the risks", searched="risks"), ROUTES)
    assert isinstance(next(edited), Retrieve)


def test_how_long_the_search_took_is_told_with_what_it_found() -> None:
    steps = turn(Question("oil"), ROUTES)
    next(steps)
    assert steps.send(Retrieved(HITS, "es", 0.5)) == PassagesFound(
        PASSAGES, "es", 0.5, searched="oil"
    )


# By extraction


def test_without_a_model_the_best_sentences_are_quoted() -> None:
    seen = play(Question("¿Por qué ardió Lantern?", passages=3))
    assert seen[:3] == [
        Retrieve("¿Por qué ardió Lantern?", 3, widen=False),
        PassagesFound(PASSAGES, "es", searched="¿Por qué ardió Lantern?"),
        PickSentences("¿Por qué ardió Lantern?", "es", PASSAGES),
    ]
    *_, done = seen
    assert done.text == spoken(seen) == "Lantern 2 burned oil. [2] Lantern 1 burned oil. [1]"
    assert cited(seen) == [2, 1]
    assert (done.mode, done.generation, done.prepared) == (AnswerMode.EXTRACT, None, None)


def test_quotes_light_the_sentences_that_were_quoted() -> None:
    *_, done = play(Question("Why did Lantern burn?"))
    assert [(quote.passage, quote.text) for quote in done.citations] == [
        (PASSAGES[1], "Lantern 2 burned oil."),
        (PASSAGES[0], "Lantern 1 burned oil."),
    ]
    for quote in done.citations:
        words = quote.passage.hit.words[:4]
        (box,) = quote.boxes
        assert box == Box(words[0].box.x0, words[0].box.y0, words[-1].box.x1, words[-1].box.y1)


@pytest.mark.parametrize("model", [None, MODEL])
def test_nothing_found_is_an_empty_answer_and_asks_nobody(model) -> None:
    seen = play(Question("Why did Lantern burn?", model), hits=())
    assert seen[1:] == [PassagesFound((), "es", searched="Why did Lantern burn?"), Done("", ())]


def test_no_sentence_worth_quoting_is_an_empty_answer() -> None:
    assert play(Question("Why did Lantern burn?"), extracts=[])[-1] == Done("", ())


# Refused


def refused(question: Question, evidence: Evidence) -> list:
    steps = turn(question, ROUTES)
    next(steps)
    steps.send(Retrieved(HITS, "en"))
    next(steps)
    return [steps.send(evidence), *steps]


@pytest.mark.parametrize("model", [None, MODEL])
def test_what_the_documents_do_not_say_is_said_so_above_what_comes_nearest(model) -> None:
    lacking = Evidence(tuple(SENTENCES), 0.1, enough=False, unmentioned=("P5",))
    told, done = refused(Question("Why did Lantern burn?", model), lacking)
    assert told == TextDelta("Your documents do not say this. They do not mention “P5”.")
    assert (done.text, done.refused, done.mode) == (told.text, True, AnswerMode.REFUSED)
    assert (done.citations, done.first, done.sufficiency) == ((), First.ANSWER, 0.1)
    assert done.quotes[0].text == "Lantern 2 burned oil."


def test_what_is_taken_for_granted_is_put_right_with_the_sentence_that_says_so() -> None:
    said = Contradiction("gas", "oil", SENTENCES[1])
    denied = Evidence(tuple(SENTENCES), 0.9, enough=False, contradicted=said)
    told, done = refused(Question("Lantern burned gas, right?"), denied)
    assert told.text == "No: your documents say “oil”, not “gas”."
    assert [quote.text for quote in done.quotes] == ["Lantern 1 burned oil."]


def test_a_model_that_may_use_what_it_knows_is_asked_and_what_it_adds_is_marked() -> None:
    lacking = Evidence(tuple(SENTENCES), 0.1, enough=False)
    question = Question("Why did Lantern burn?", MODEL, strict=False, trusted=False)
    steps = turn(question, ROUTES)
    next(steps)
    steps.send(Retrieved(HITS, "en"))
    next(steps)
    wish = steps.send(lacking)
    assert isinstance(wish, Generate)
    assert wish.asked.rules == writing.rules("en", strict=False)
    assert wish.asked.sentences == ()  # they do not answer: no model is to answer with them
    assert next(steps) == Await()
    assert steps.send("For light.") == TextDelta("For light.")
    assert next(steps) == Await()
    assert isinstance(steps.send(DONE), CheckSentences)
    done = steps.send((BORNE_OUT, INVENTED))
    assert [check.reason.ground for check in done.checks] == [Ground.SAID, Ground.GENERAL]
    assert (done.first, done.mode) == (First.ANSWER, AnswerMode.MODEL)


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_open_rules_let_a_model_add_what_it_knows_and_change_nothing_else(language) -> None:
    strict, free = (writing.rules(language, strict=way).splitlines() for way in (True, False))
    assert [at for at, rule in enumerate(strict) if free[at] != rule] == [2, 4]
    assert [rule[:2] for rule in free[2:]] == ["1.", "2.", "3.", "4.", "5.", "6."]


# By a model


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "in English"), ("es", "en español"), ("fr", "in the language of the question")],
)
def test_the_rules_are_in_the_language_of_the_question(language: str, words: str) -> None:
    assert words in writing.rules(language).splitlines()[-1]


BORNE_OUT = SentenceCheck(
    0, 8, "Oil [2].", SentenceVerdict.SUPPORTED, Reason(Ground.SAID), citations=(2,)
)
INVENTED = replace(
    BORNE_OUT, verdict=SentenceVerdict.NOT_FOUND, reason=Reason(Ground.NUMBER), citations=()
)
EMPTY = replace(BORNE_OUT, reason=Reason(Ground.NOTHING), citations=())


@pytest.mark.parametrize(
    ("checks", "trusted", "first"),
    [
        ((BORNE_OUT, EMPTY), True, First.ANSWER),
        ((BORNE_OUT,), False, First.QUOTES),
        ((BORNE_OUT, INVENTED), True, First.QUOTES),
        ((EMPTY,), True, First.QUOTES),
        ((), True, First.QUOTES),
    ],
)
def test_what_is_not_borne_out_or_not_trusted_comes_after_the_quotes(
    checks, trusted, first
) -> None:
    question = Question("Why did Lantern burn?", MODEL, trusted=trusted)
    seen = play(question, events=[PREPARED, "Oil [2].", DONE], checks=checks)
    assert (seen[-1].checks, seen[-1].first) == (checks, first)
    assert [quote.text for quote in seen[-1].quotes] == [
        "Lantern 2 burned oil.",
        "Lantern 1 burned oil.",
    ]


@pytest.mark.parametrize("checks", [(), (BORNE_OUT,), (INVENTED,)])
def test_what_stands_first_whatever_is_written_is_shown_before_the_model_is_asked(checks) -> None:
    question = Question("Why did Lantern burn?", MODEL, trusted=False)
    seen = play(question, events=[PREPARED, "Oil [2].", DONE], checks=checks)
    kinds = [type(step) for step in seen]
    assert kinds[kinds.index(Generate) - 1] is QuotesFound
    (early,) = [step for step in seen if isinstance(step, QuotesFound)]
    assert early.quotes
    assert (early.quotes, First.QUOTES) == (seen[-1].quotes, seen[-1].first)


@pytest.mark.parametrize(
    ("question", "evidence"),
    [
        (Question("Why did Lantern burn?", MODEL), Evidence(tuple(SENTENCES))),
        (Question("Why did Lantern burn?", MODEL, trusted=False), Evidence()),
        (
            Question("Why did Lantern burn?", MODEL, strict=False, trusted=False),
            Evidence(tuple(SENTENCES), enough=False),
        ),
    ],
)
def test_quotes_that_may_come_second_wait_for_what_is_written(question, evidence) -> None:
    steps = turn(question, ROUTES)
    next(steps)
    steps.send(Retrieved(HITS, "en"))
    next(steps)
    assert isinstance(steps.send(evidence), Generate)


def beginnings(seen) -> list[str]:
    return [step.beginning.answer for step in seen if isinstance(step, CheckBeside)]


def test_what_is_written_is_checked_beside_whenever_another_sentence_begins() -> None:
    pieces = ["It is 1.5 m. ", "[2] The", " rest [9] is", " dark!\n", "\n- O", "il", ".", DONE]
    seen = play(Question("Why did Lantern burn?", MODEL), events=[PREPARED, *pieces])
    assert beginnings(seen) == ["It is 1.5 m. [2] The", "It is 1.5 m. [2] The rest is dark!\n\n- O"]
    kinds = [type(step) for step in seen]
    assert kinds[kinds.index(CheckBeside) + 1] is Await
    early = next(step for step in seen if isinstance(step, CheckBeside)).beginning
    (final,) = (step for step in seen if isinstance(step, CheckSentences))
    assert replace(early, answer=final.answer, ended=True) == final
    assert not early.ended


class Searches:
    """A pattern that notes over how many characters it was looked for."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.longest = 0

    def finditer(self, text: str, start: int) -> Iterator[re.Match[str]]:
        self.longest = max(self.longest, len(text) - start)
        return self.pattern.finditer(text, start)


def test_a_model_that_loses_its_way_is_not_read_again_with_each_word(monkeypatch) -> None:
    searches = Searches(writing._BEGINNING)
    monkeypatch.setattr(writing, "_BEGINNING", searches)
    pieces = ["The ferry sails", *["\n\n", "....", ". "] * 300, "It", DONE]
    seen = play(Question("Why did Lantern burn?", MODEL), events=[PREPARED, *pieces])
    assert len(beginnings(seen)) == 1
    assert 0 < searches.longest <= writing._BEFORE + max(map(len, pieces[:-1]))


def test_a_beginning_is_held_against_what_it_cites_of_earlier_turns() -> None:
    history = (Exchange("Who?", "Nobody [1].", PASSAGES[:1]),)
    question = Question("Why did Lantern burn?", MODEL, history=history)
    seen = play(question, HITS[1:], events=[PREPARED, "So. See [1]. The", " end", DONE])
    (early,) = (step for step in seen if isinstance(step, CheckBeside))
    assert {one.number for one in early.beginning.passages} == {1, 2, 3}


@pytest.mark.parametrize(("enough", "ground"), [(True, Ground.NUMBER), (False, Ground.GENERAL)])
def test_what_was_checked_beside_is_told_and_the_model_is_heard_on(enough, ground) -> None:
    question = Question("Why did Lantern burn?", MODEL, strict=False)
    evidence = Evidence(tuple(SENTENCES), enough=enough)
    came = [PREPARED, "So. The", Checked((INVENTED,)), Checked((INVENTED, EMPTY)), " end.", DONE]
    seen = play(question, extracts=evidence, events=came)
    told = [step.checks for step in seen if isinstance(step, Checked)]
    marked = replace(INVENTED, reason=Reason(ground))
    assert told == [(marked,), (marked, EMPTY)]
    assert spoken(seen) == seen[-1].text == "So. The end."
    assert seen[-1].checks == ()


def test_a_model_whose_documents_hold_nothing_to_quote_is_heard() -> None:
    seen = play(
        Question("Why did Lantern burn?", MODEL), events=[PREPARED, "Oil.", DONE], extracts=[]
    )
    assert seen[-1].first is First.ANSWER


@pytest.mark.parametrize(
    ("question", "asked", "expected"),
    [
        (Question("oil", reads="es"), UNKNOWN_LANGUAGE, "es"),
        (Question("oil", history=(Exchange("¿Sí?", "Sí.", (), "es"),)), UNKNOWN_LANGUAGE, "es"),
        (Question("oil", reads="es"), "en", "en"),
        (Question("oil"), UNKNOWN_LANGUAGE, "fr"),
    ],
)
def test_what_does_not_tell_its_language_is_answered_in_that_of_the_person(
    question, asked, expected
) -> None:
    steps = turn(question, (route(AnswerMode.EXTRACT, True, "said"),))
    next(steps)
    found = tuple(replace(one, language="fr") for one in HITS)
    assert steps.send(Retrieved(found, asked)).language == expected
    next(steps)
    assert steps.send(Evidence()) == TextDelta(f"said in {expected} about oil")


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_all_languages_have_the_same_rules(language: str) -> None:
    rules = writing.rules(language).splitlines()
    assert [rule[:2] for rule in rules[2:]] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "[2]" in rules[3]


def test_a_model_is_asked_with_what_was_found() -> None:
    sampling = SamplingParameters(seed=3)
    history = (Exchange("Who?", "Nobody [1].", PASSAGES[:1]),)
    question = Question("Why did Lantern burn?", MODEL, sampling, history, 5)
    seen = play(question, events=[PREPARED, "So [2].", DONE])
    numbered = tuple(Passage(number, one) for number, one in enumerate(HITS, 2))
    assert seen[:4] == [
        Retrieve("Why did Lantern burn?", 5, widen=True),
        PassagesFound(numbered, "es", searched="Why did Lantern burn?"),
        PickSentences("Why did Lantern burn?", "es", numbered),
        Generate(
            MODEL,
            Asked(
                "Why did Lantern burn?",
                numbered,
                history,
                "es",
                writing.rules("es"),
                tuple(SENTENCES),
            ),
            sampling,
        ),
    ]
    assert [step for step in seen if isinstance(step, Await)] == [Await()] * 3
    assert seen[-1].citations[0].passage == numbered[0]


def test_every_way_of_cutting_an_answer_gives_the_same_one() -> None:
    answer = "Oil [2], says [1, 3]. [9] a = [2024]"
    for a, b in itertools.combinations(range(len(answer) + 1), 2):
        pieces = [answer[:a], answer[a:b], answer[b:]]
        seen = play(Question("Why did Lantern burn?", MODEL), events=[PREPARED, *pieces, DONE])
        *_, done = seen
        assert done.text == spoken(seen) == "Oil [2], says [1][3]. a = [2024]", (a, b)
        assert cited(seen) == [2, 1, 3]
        assert [quote.passage.number for quote in done.citations] == [2, 1, 3]
        assert (done.generation, done.prepared) == (DONE, PREPARED)


def test_words_are_shown_as_they_come() -> None:
    seen = play(Question("Why did Lantern burn?", MODEL), events=[PREPARED, "One", " two.", DONE])
    kinds = [type(step).__name__ for step in seen[4:]]
    assert kinds == [
        *("Await", "Await", "TextDelta", "Await", "TextDelta", "Await"),
        *("CheckSentences", "Done"),
    ]


def test_what_is_held_back_comes_at_the_end() -> None:
    for end in ("see [2", "see [", "see "):
        seen = play(Question("Why did Lantern burn?", MODEL), events=[PREPARED, end, DONE])
        assert seen[-1].text == spoken(seen) == end
        assert seen[-1].citations == ()


def test_a_passage_cited_twice_is_quoted_once_and_whole() -> None:
    events = [PREPARED, "Oil [2]. Yes [2].", DONE]
    *_, done = play(Question("Why did Lantern burn?", MODEL), events=events)
    (quote,) = done.citations
    assert (quote.passage, quote.text) == (PASSAGES[1], HITS[1].text)
    assert len(quote.boxes) == 1


def test_neighbours_are_joined_for_a_model_unless_not_wanted() -> None:
    assert play(Question("Why did Lantern burn?", MODEL), events=[PREPARED, DONE])[0].widen
    apart = Question("Why did Lantern burn?", MODEL, neighbours=False)
    assert not play(apart, events=[PREPARED, DONE])[0].widen


def test_passages_are_numbered_on_from_those_no_longer_told() -> None:
    history = (Exchange("Who?", "Nobody [1].", PASSAGES[:1]),)
    _, found, *_ = play(
        Question("Why did Lantern burn?", MODEL, history=history, first=9), events=[PREPARED, DONE]
    )
    assert found.passages[0].number == 9


def test_an_earlier_passage_can_be_cited_again() -> None:
    history = (Exchange("Who?", "Nobody [1].", PASSAGES[:1]),)
    question = Question("Why did Lantern burn?", MODEL, history=history)
    seen = play(question, HITS[1:], events=[PREPARED, "See [1][2][3][4].", DONE])
    assert cited(seen) == [1, 2, 3]


def test_what_the_model_was_not_shown_cannot_be_cited() -> None:
    history = tuple(Exchange("Who?", "?", (PASSAGES[at],)) for at in (0, 1))
    question = Question("Why did Lantern burn?", MODEL, history=history)
    prepared = Prepared((3,), Dropped((4, 5), exchanges=1), 100)
    seen = play(question, events=[prepared, "See [2][3], not [1][4][5].", DONE])
    assert cited(seen) == [2, 3]
    assert spoken(seen) == "See [2][3], not."


def test_a_silent_model_gives_an_empty_answer_and_its_figures() -> None:
    seen = play(Question("Why did Lantern burn?", MODEL), events=[PREPARED, DONE], extracts=[])
    assert seen[-1] == Done("", (), DONE, PREPARED, mode=AnswerMode.MODEL)
    assert not any(isinstance(step, CheckSentences) for step in seen)


def test_thoughts_are_passed_on_and_are_no_part_of_the_answer() -> None:
    events = [PREPARED, Thought("Oil [2]? "), Thought("Hm."), "Oil [1].", DONE]
    seen = play(Question("Why did Lantern burn?", MODEL), events=events)
    assert [step for step in seen if isinstance(step, Thought)] == events[1:3]
    *_, done = seen
    assert (done.thoughts, done.text) == ("Oil [2]? Hm.", "Oil [1].")
    assert cited(seen) == [1]


def test_stopping_a_turn_half_way_needs_nothing() -> None:
    steps = turn(Question("Why did Lantern burn?", MODEL), ROUTES)
    next(steps)
    steps.send(Retrieved(HITS, "en"))
    steps.close()


# Documents side by side

CELLS = (ComparedCell(0, ((0, 21),)), ComparedCell(2, ((0, 21),)))
COMPARISON = Comparison(
    (DocumentId("d"), DocumentId("e")),
    ("Old", "New"),
    (ComparedRow("T", CELLS, RowState.CHANGED),),
    SentenceTally(3, 1),
)


def compared(question: Question, comparison: Comparison | None = COMPARISON) -> tuple:
    """The wish of a turn, and what it yields when documents are laid side by side so."""
    steps = turn(question, ROUTES)
    wish = next(steps)
    seen = [steps.send(DocumentsCompared(comparison, HITS, "es", 0.1))]
    return wish, [*seen, *(steps if not isinstance(seen[0], Retrieve) else ())]


def test_documents_are_laid_side_by_side_and_each_cell_cites_its_own_words() -> None:
    wish, seen = compared(Question("compara los dos contratos en detalle"))
    assert wish == CompareDocuments("compara los dos contratos en detalle", Extent.LONG)
    found, done = seen[0], seen[-1]
    assert (found.kind, found.comparison) == (QuestionKind.COMPARISON, COMPARISON)
    assert done.mode is AnswerMode.EXTRACT
    assert "| T | Lantern 1 burned oil. [1] | Lantern 3 burned oil. [3] |" in done.text
    assert done.text == spoken(seen)
    assert [quote.text for quote in done.citations] == [
        "Lantern 1 burned oil.",
        "Lantern 3 burned oil.",
    ]
    assert all(quote.boxes for quote in done.citations)


def test_a_model_is_told_what_stands_side_by_side_on_what_is_asked_and_no_table_of_all() -> None:
    _, whole = compared(Question("compare the two", MODEL))
    assert whole[-1].mode is AnswerMode.EXTRACT
    steps = turn(Question("compare the two on oil", MODEL), ROUTES)
    next(steps)
    steps.send(DocumentsCompared(replace(COMPARISON, topic="oil"), HITS, "en", 0.1))
    asked = next(steps).asked
    assert [one.passage.number for one in asked.sentences] == [1, 3]
    assert asked.kind is QuestionKind.COMPARISON
    doubted = turn(Question("compare the two on oil", MODEL, trusted=False), ROUTES)
    next(doubted)
    doubted.send(DocumentsCompared(replace(COMPARISON, topic="oil"), HITS, "en", 0.1))
    first = next(doubted)
    assert isinstance(first, QuotesFound)
    assert [one.passage.number for one in first.quotes] == [1, 3]


def test_what_cannot_be_compared_is_said_whoever_answers() -> None:
    lacking = replace(COMPARISON, rows=(), uncompared=Uncompared.FEW)
    for model in (None, MODEL):
        _, seen = compared(Question("compare", model), lacking)
        assert seen[-1].mode is AnswerMode.SAID
        assert seen[-1].text.startswith("Elige de dos a cinco documentos")


def test_where_nothing_is_asked_of_documents_passages_are_found() -> None:
    _, seen = compared(Question("compare cats and dogs"), None)
    assert isinstance(seen[0], Retrieve)


def test_who_chose_to_compare_or_another_search_is_heard() -> None:
    wish, _ = compared(Question("What is the rent?", kind=QuestionKind.COMPARISON))
    assert wish.chosen
    assert isinstance(next(turn(Question("compare", searched="rent"), ROUTES)), Retrieve)
