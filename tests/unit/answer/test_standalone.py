import pytest

from desktop_rag.answer.standalone import standalone
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import Exchange
from desktop_rag.domain.passages import Hit, Passage


def passage(number: int, document: str) -> Passage:
    return Passage(number, Hit(DocumentId(document), 0, 0, "1", "T", "Oil.", (), 1.0))


def searched(text: str, *earlier: str) -> str:
    return standalone(text, [Exchange(one, "So [1].") for one in earlier]).text


@pytest.mark.parametrize(
    ("earlier", "text", "full"),
    [
        ("¿Qué ganó Acme en 2018?", "¿y en 2019?", "¿Qué ganó Acme en 2019?"),
        ("What did Acme earn in 2018?", "And in Q3 2019?", "What did Acme earn in Q3 2019?"),
        ("What did Acme earn?", "and in 2019?", "What did Acme earn, 2019?"),
        ("What did Acme earn in 2018?", "and Globex?", "What did Globex earn in 2018?"),
        (
            "What is the fee of the Red plan?",
            "and the Blue plan?",
            "What is the fee of the Blue plan?",
        ),
        ("When was the Eiffel Tower built?", "How tall is it?", "How tall is it? (Eiffel Tower)"),
        (
            "When was the Eiffel Tower built?",
            "What is its height?",
            "What is its height? (Eiffel Tower)",
        ),
        (
            "¿Cuánto cuesta el Plan Azul?",
            "¿cuáles son sus límites?",
            "¿cuáles son sus límites? (Plan Azul)",
        ),
        ("¿Cuánto cuesta el Plan Azul?", "¿por qué?", "¿por qué? (Plan Azul)"),
        (
            "How much did the tax of Acme change between 2021 and 2022?",
            "and Globex?",
            "How much did the tax of Globex change between 2021 and 2022?",
        ),
        (
            "What did Acme earn between 2021 and 2022?",
            "and in 2019?",
            "and in 2019? (What did Acme earn between 2021 and 2022)",
        ),
        ("What did Acme earn in 2018?", "and its debt in 2020?", "and its debt in 2020? (Acme)"),
        (
            "What does the Chief Oil Keeper (COK) at Acme do?",
            "and the Chief Lamp Keeper?",
            "What does the Chief Lamp Keeper at Acme do?",
        ),
        ("What does the COK do at Acme?", "and the CLK?", "What does the CLK do at Acme?"),
        ("¿Cuál es el plazo de un P2?", "¿y de un P1?", "¿Cuál es el plazo de un P1?"),
        ("¿Quién ganó la Copa Sal XLIX?", "¿y la XLVIII?", "¿Quién ganó la Copa Sal XLVIII?"),
        (
            "Does Acme cover care of hooves?",
            "any tips about that?",
            "any tips about that? (Does Acme cover care of hooves)",
        ),
        (
            "Does Acme cover care of hooves?",
            "how many horses does it treat each year?",
            "how many horses does it treat each year? (Acme)",
        ),
        (
            "Does Acme cover care of hooves? Answer in one word, please.",
            "why is that?",
            "why is that? (Does Acme cover care of hooves)",
        ),
        ("Does Acme cover care of hooves?", "and TMJ?", "and TMJ? (Acme)"),
        (
            "Does Acme cover care of hooves?",
            "and in winter?",
            "and in winter? (Does Acme cover care of hooves)",
        ),
        ("what is the deductible?", "why?", "why? (what is the deductible)"),
        ("what is the deductible?", "how much is it?", "how much is it? (what is the deductible)"),
        ("¿cómo se pide la baja?", "¿y por correo?", "¿y por correo? (cómo se pide la baja)"),
    ],
)
def test_a_follow_up_takes_what_it_lacks_from_the_question_before(earlier, text, full) -> None:
    assert searched(text, earlier) == full


def test_a_follow_up_of_a_follow_up_leans_on_what_that_was_made_into() -> None:
    tower = ("When was the Eiffel Tower built?", "How tall is it?")
    assert searched("and the Louvre?", *tower) == "How tall is it? (Louvre)"
    assert searched("who designed it?", *tower) == "who designed it? (How tall is it, Eiffel Tower)"


def test_somebody_may_be_whom_the_answer_names() -> None:
    before = Exchange("Who founded the Salt Road?", "It was Ida Roe [1]. Bo Lee paid.")
    assert standalone("where was she born?", [before]).text == (
        "where was she born? (Salt Road, Ida Roe)"
    )
    assert standalone("where does it end?", [before]).text == "where does it end? (Salt Road)"


def test_a_follow_up_may_be_in_another_language() -> None:
    assert searched("¿y en 2019?", "What did Acme earn in 2018?") == "What did Acme earn in 2019?"
    assert searched("¿cuándo se fundó?", "Who leads Acme?") == "¿cuándo se fundó? (Acme)"


def test_thanks_in_between_do_not_break_the_thread() -> None:
    assert searched("And in 2019?", "What did Acme earn in 2018?", "thanks!") == (
        "What did Acme earn in 2019?"
    )


def test_what_stands_by_itself_is_left_alone() -> None:
    question = "Who wrote the rules of the Salt Road?"
    found = standalone(question, [Exchange("What did Acme earn in 2018?", "5 [1].")])
    assert (found.text, found.documents) == (question, ())
    assert standalone("why?", []).text == "why?"
    assert standalone("why?", [Exchange("hola", "Hola.")]).text == "why?"


def test_the_documents_that_were_cited_are_preferred() -> None:
    found = (passage(1, "a"), passage(2, "b"), passage(3, "b"), passage(4, "c"))
    cited = Exchange("What burned?", "Oil [3], coal [1] and oil [2].", found)
    assert standalone("why?", [cited]).documents == ("a", "b")
    assert standalone("why?", [Exchange("What burned?", "Oil.", found)]).documents == ("a",)


def test_what_is_searched_is_one_line_of_bounded_length() -> None:
    text = searched("why?", "What is\nthe " + "very " * 200 + "old lamp?")
    assert "\n" not in text
    assert len(text.split()) <= 60
