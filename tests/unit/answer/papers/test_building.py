"""Conversations become papers: quotes where they stand, notes to pages, and what is in doubt."""

from dataclasses import replace

from desktop_rag.answer.papers.building import paper_of, shortened
from desktop_rag.answer.papers.talk import (
    AnsweredTurn,
    CitedWords,
    PaperWords,
    Talk,
    asked,
    documents_in,
)
from desktop_rag.answer.turn import Done, PassagesFound
from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    Ground,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.papers import (
    PaperHeading,
    PaperList,
    PaperRun,
    PaperSource,
    Paragraph,
    notes_of,
)
from desktop_rag.domain.passages import Hit, Passage, Quote

WORDS = PaperWords(
    "Searched: {words}", "Near:", "Unconfirmed:", "They say:", "Care:", "Stopped.", "Nothing.",
    "{title}, p. {label}", "Sources",
)  # fmt: skip
FELL = CitedWords(7, DocumentId("a"), "Report", 11, "12", "The debt\nfell.")
ROSE = CitedWords(9, DocumentId("b"), "Budget", 3, "iv", "Then it rose.")


def turn(answer: str, **said: object) -> AnsweredTurn:
    made = {"mode": AnswerMode.MODEL, "passages": (FELL, ROSE)} | said
    return AnsweredTurn("Why?", answer, **made)


def check(sentence: str, verdict=SentenceVerdict.NOT_FOUND, ground=Ground.NUMBER) -> SentenceCheck:
    return SentenceCheck(0, 1, sentence, verdict, Reason(ground), (7,))


BORNE = (check("It fell.", SentenceVerdict.SUPPORTED, Ground.SAID),)


def lines(*turns: AnsweredTurn, single: bool = True, reasons=()) -> list[str]:
    """Return what stands in a paper, with a letter for what each block is."""
    paper = paper_of(Talk("T", turns, WORDS, reasons=reasons, single=single))
    return [line for block in paper.blocks for line in told(block)]


def told(block) -> list[str]:
    match block:
        case PaperHeading(level=level, inlines=inlines):
            return [f"{level} {said(inlines)}"]
        case Paragraph(inlines=inlines, kind=kind):
            return [f"{kind[0]} {said(inlines)}"]
        case PaperList(items=items):
            return [f"- {said(item[0].inlines)}" for item in items]
        case _:
            return [str(block)]


def said(inlines) -> str:
    return "".join(
        one.text if isinstance(one, PaperRun) else f"[{one.place}: {one.words}]" for one in inlines
    )


def test_each_mark_becomes_a_note_with_the_words_that_it_rests_on() -> None:
    first, second = replace(FELL, snippet="fell by 4 %"), replace(FELL, snippet="by a lot")
    answer = turn("It fell [7], a lot [7], a lot [7]. It rose [9] [8].", cited=(first, second))
    assert lines(answer) == [
        "t It fell[Report, p. 12: fell by 4 %], a lot[Report, p. 12: by a lot],"
        " a lot[Report, p. 12: by a lot]. It rose[Budget, p. iv: Then it rose.] [8]."
    ]


def test_sources_are_those_that_notes_lead_to_in_their_order() -> None:
    known = {DocumentId("a"): PaperSource(DocumentId("a"), "The report", (PaperRun("Ann, 2021"),))}
    paper = paper_of(Talk("T", (turn("b [9], a [7]."),), WORDS, known))
    assert [source.title for source in paper.sources] == ["Budget", "The report"]
    notes = list(notes_of(paper.blocks))
    assert [(one.source, one.page, one.place) for one in notes] == [
        (0, 3, "Budget, p. iv"),
        (1, 11, "The report, p. 12"),
    ]
    assert paper_of(Talk("T", (turn("Nothing cited."),), WORDS, known)).sources == ()


def test_quotes_stand_where_they_stand_in_the_window() -> None:
    quote = "q The debt fell.[Report, p. 12: The debt fell.]"
    led = turn("It fell.", quotes=(FELL,), first=First.QUOTES)
    assert lines(led) == [quote, "r Unconfirmed:", "t It fell."]
    borne = replace(led, checks=BORNE)
    assert lines(borne) == [quote, "t It fell."]
    followed = replace(borne, first=First.ANSWER)
    assert lines(followed) == ["t It fell.", "r They say:", quote]


def test_an_answer_of_quotes_is_quoted_and_what_stands_beside_them_is_not() -> None:
    answer = turn(
        "Two places:\n\nThe debt fell. [7]", mode=AnswerMode.EXTRACT, quotes=(FELL,), cited=(FELL,)
    )
    assert lines(answer) == [
        "t Two places:",
        "q The debt fell.[Report, p. 12: The debt fell.]",
    ]


def test_a_refusal_says_so_before_what_comes_nearest() -> None:
    refused = turn("They do not say.", mode=AnswerMode.REFUSED, quotes=(FELL,), refused=True)
    assert lines(refused) == [
        "t They do not say.",
        "r Near:",
        "q The debt fell.[Report, p. 12: The debt fell.]",
    ]


def test_sentences_that_are_not_borne_out_say_so() -> None:
    doubtful = turn("It *rose*.", checks=(*BORNE, check("It *rose*.")))
    assert lines(doubtful, reasons=(("Not found. No number.",),)) == [
        "t It rose.",
        "r Care:",
        "- “It *rose*.”: Not found. No number.",
    ]


def test_what_was_searched_stopped_or_not_found_is_said() -> None:
    assert lines(turn("It fell.", searched="Why so?"))[0] == "r Searched: Why so?"
    assert lines(turn("It", stopped=True))[0] == "r Stopped."
    assert lines(turn("", error="The model is gone."))[0] == "r The model is gone."
    assert lines(turn("", mode=AnswerMode.EXTRACT)) == ["r Nothing."]


def test_a_conversation_has_its_questions_and_cites_what_was_read_before() -> None:
    second = AnsweredTurn("And then?", "# So\n\nAs before [9].", mode=AnswerMode.MODEL)
    both = (turn("It fell [7]."), second)
    assert lines(*both, single=False) == [
        "2 Why?",
        "t It fell[Report, p. 12: The debt fell.].",
        "2 And then?",
        "3 So",
        "t As before[Budget, p. iv: Then it rose.].",
    ]
    assert lines(*both) == ["2 So", "t As before[Budget, p. iv: Then it rose.]."]


def test_signs_that_only_their_document_can_show_are_no_words() -> None:
    listed = replace(FELL, snippet="\uf0b7 one \ue123 \uf0a7 two")
    assert lines(turn("So [7] \uf0b7.", passages=(listed,))) == [
        "t So[Report, p. 12: • one � • two] •."
    ]


def test_hostile_words_are_cut_and_command_nothing() -> None:
    long = replace(FELL, title="x" * 5_000 + "\u202e", snippet="word " * 5_000 + "\x07")
    paper = paper_of(Talk("T\x1b[8m " * 100, (turn("It fell [7].", passages=(long,)),), WORDS))
    (note,) = notes_of(paper.blocks)
    assert len(note.words) <= 600
    assert note.words.endswith("word …")
    assert len(paper.sources[0].title) <= 300
    assert "\x1b" not in paper.title
    assert shortened("a" * 30, 10) == "aaaaaaaa …"


def hit(page: int, label: str) -> Hit:
    return Hit(DocumentId("a"), 0, page, label, "", "One. Two.", (), 1.0)


def test_what_was_just_answered_is_told_with_the_page_that_its_words_stand_on() -> None:
    box = Box(0, 0, 1, 1)
    passage, roman = Passage(1, hit(11, "12")), Passage(2, hit(3, "iv"))
    quotes = (
        Quote(passage, "One.", (box,), ((12, box),)),
        Quote(passage, "Two.", (), ((12, box),)),
        Quote(roman, "Two.", (), ((4, box),)),
    )
    done = Done("One. [1]", quotes, mode=AnswerMode.EXTRACT)
    made = asked("Why?", PassagesFound((passage, roman), "es"), done, {DocumentId("a"): "Report"})
    assert [(one.page, one.label) for one in made.cited] == [(11, "12"), (12, "13"), (4, "5")]
    assert (made.language, made.passages[0].snippet) == ("es", "One. Two.")
    assert documents_in([made]) == {DocumentId("a"): "Report"}
    assert paper_of(Talk("T", (made,), WORDS)).language == "es"
