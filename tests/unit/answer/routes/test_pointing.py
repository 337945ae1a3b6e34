"""Key points and names, as an answer."""

from desktop_rag.answer.routes import ROUTES
from desktop_rag.answer.turn import (
    Done,
    FindPoints,
    PassagesFound,
    Question,
    Retrieve,
    Retrieved,
    TextDelta,
    turn,
)
from desktop_rag.domain.answers import AnswerMode, Coverage, Extent, QuestionKind
from desktop_rag.domain.digests import PointsRead
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import Entity, EntityKind
from desktop_rag.domain.passages import Hit

D = DocumentId("d")
TEXTS = ("Oil lit the lamp. Ships brought it.", "The keeper slept [1] **late**.")
HITS = tuple(Hit(D, at, at, str(at + 1), "T", text, (), 1.0) for at, text in enumerate(TEXTS))
PEOPLE = tuple(Entity(EntityKind.PERSON, f"Quill {at}", 9 - at, 1) for at in range(9))
ENTITIES = (*PEOPLE, Entity(EntityKind.DATE, "1871", 2, 2))
READ = PointsRead(
    HITS,
    ((0, (0, 17)), (1, (0, 30))),
    ("The *lamp*", ""),
    ENTITIES,
    "en",
    0.1,
    Coverage((D,), 2),
    3,
)


def played(question: Question, read: PointsRead = READ) -> list:
    steps, seen, sent = turn(question, ROUTES), [], None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            return seen
        seen.append(step)
        match step:
            case FindPoints():
                sent = read
            case Retrieve():
                sent = Retrieved((), "en")
            case _:
                sent = None


def done(seen: list) -> Done:
    (one,) = [step for step in seen if isinstance(step, Done)]
    return one


def test_points_stand_under_their_headings_and_what_is_named_below() -> None:
    seen = played(Question("key points"))
    answer = done(seen)
    assert answer.text == (
        "**The *lamp***\n\n- Oil lit the lamp. [1]\n\n- The keeper slept (1) **late**. [2]\n\n"
        "**People:** Quill 0 (9), Quill 1 (8), Quill 2 (7), Quill 3 (6), Quill 4 (5), Quill 5 (4),"
        " Quill 6 (3), Quill 7 (2), and 1 more\n\n**Dates:** 1871 (2)"
    )
    assert "".join(step.text for step in seen if isinstance(step, TextDelta)).strip() == answer.text
    assert [one.text for one in answer.citations] == [
        "Oil lit the lamp.",
        "The keeper slept [1] **late**.",
    ]
    assert (answer.mode, answer.entities, answer.left_out) == (AnswerMode.EXTRACT, ENTITIES, 3)
    (found,) = [step for step in seen if isinstance(step, PassagesFound)]
    assert (found.kind, found.coverage.pages) == (QuestionKind.POINTS, 2)


def test_the_language_is_the_one_of_the_question() -> None:
    read = PointsRead((), (), (), ENTITIES[-1:], "es", 0.1, Coverage((D,), 2))
    answer = done(played(Question("todas las fechas del contrato"), read))
    assert answer.text == "**Fechas:** 1871 (2)"


def test_a_wish_too_short_to_tell_is_answered_in_the_language_of_its_small_words() -> None:
    read = PointsRead((), (), (), ENTITIES[-1:], "und", 0.1, Coverage((D,), 2))
    assert done(played(Question("todas las fechas"), read)).text.startswith("**Fechas:**")
    assert done(played(Question("all dates"), read)).text.startswith("**Dates:**")


def test_the_words_say_how_many_points_are_wanted_and_which_names() -> None:
    def wished(question: Question) -> FindPoints:
        (one,) = [step for step in played(question) if isinstance(step, FindPoints)]
        return one

    assert wished(Question("key points")).limit == 10
    assert wished(Question("7 key points")).limit == 7
    assert wished(Question("key points", extent=Extent.LONG)).limit == 25
    asked = wished(Question("all dates in the contract"))
    assert (asked.limit, asked.kinds) == (0, (EntityKind.DATE,))
    chosen = wished(Question("all dates in the contract", kind=QuestionKind.POINTS))
    assert (chosen.limit, chosen.kinds) == (10, tuple(EntityKind))


def test_a_document_without_text_is_said_to_have_none() -> None:
    empty = PointsRead((), (), (), (), "es", 0.1, Coverage((D,), 2))
    answer = done(played(Question("puntos clave"), empty))
    assert (answer.mode, answer.text) == (
        AnswerMode.SAID,
        "Aquí no se encontró nada de donde sacar puntos, nombres ni preguntas.",
    )


def test_where_nothing_is_read_whole_passages_are_looked_up() -> None:
    nothing = PointsRead((), (), (), (), "en", 0.1)
    assert any(isinstance(step, Retrieve) for step in played(Question("key points"), nothing))


def test_points_about_something_in_documents_are_a_question_as_any_other() -> None:
    nothing = PointsRead((), (), (), (), "en", 0.1)
    seen = played(Question("What are the key points about the wick?"), nothing)
    (wish,) = [step for step in seen if isinstance(step, FindPoints)]
    assert not wish.chosen
    (found,) = [step for step in seen if isinstance(step, PassagesFound)]
    assert found.kind is QuestionKind.QUESTION
    seen = played(Question("What of the wick?", kind=QuestionKind.POINTS))
    (wish,) = [step for step in seen if isinstance(step, FindPoints)]
    assert wish.chosen
