"""Which sentences answer best, with what a person can work out by hand."""

import pytest

from desktop_rag.answer.sentences import ranked_sentences, shared
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Hit, Passage
from tests.fakes import FakeAnalyzer

BY_WORD = "The lamp burned the oil of whales."
BY_MEANING = "It was lit by what sailors brought."


class Near:
    """An embedder to which one text is near and the others are not."""

    languages = frozenset({"en"})

    def __init__(self, text: str) -> None:
        self.text = text

    def embed_question(self, text: str) -> tuple[float, ...]:
        return (1.0, 0.0)

    def similarities(self, question: str, texts: list[str]) -> list[float]:
        return [float(text == self.text) for text in texts]


def passage(number: int, text: str, document: str = "d") -> Passage:
    hit = Hit(DocumentId(document), number, 0, "1", "T", text, (), 1.0)
    return Passage(number, hit)


def ranked(question: str, language: str, passages, near: str = "") -> list[tuple[str, float]]:
    found = ranked_sentences(question, language, passages, FakeAnalyzer(), Near(near))
    return [(one.passage.hit.text[one.start : one.end], one.score) for one in found]


def test_meaning_leads_in_a_language_of_the_embedder() -> None:
    text = passage(1, f"{BY_WORD} {BY_MEANING}")
    found = ranked("What whale oil burned the lamp?", "en", [text], near=BY_MEANING)
    (first, meaning), (second, words) = found
    assert (first, second) == (BY_MEANING, BY_WORD)
    assert meaning == 1.0
    assert words == pytest.approx(0.3)


def test_words_lead_in_another_language() -> None:
    text = passage(1, f"{BY_WORD} {BY_MEANING}")
    found = ranked("whale oil burned the lamp", "fr", [text], near=BY_MEANING)
    (first, words), (second, meaning) = found
    assert (first, second) == (BY_WORD, BY_MEANING)
    assert meaning == pytest.approx(0.3 * 1.0 + 1.0 * 0.0, abs=0.2)
    assert words > meaning


def test_every_sentence_of_every_passage_comes_out_once() -> None:
    passages = [passage(1, f"{BY_WORD} {BY_MEANING}"), passage(2, "Crabs walk in the harbour.")]
    texts = [text for text, _ in ranked("oil", "en", passages)]
    assert sorted(texts) == sorted([BY_WORD, BY_MEANING, "Crabs walk in the harbour."])
    scores = [score for _, score in ranked("oil", "en", passages)]
    assert scores == sorted(scores, reverse=True)


def test_no_passages_have_no_sentences() -> None:
    assert ranked("oil", "en", []) == []


def test_a_rare_term_counts_more_than_one_that_all_have() -> None:
    wanted = ["oil", "whale"]
    owned = [["oil", "whale"], ["oil"], ["whale"], ["oil", "oil"]]
    both, oil, whale, twice = shared(wanted, owned)
    assert both == 1.0
    assert oil == twice == pytest.approx((1 / 4) / (1 / 4 + 1 / 3))
    assert whale == pytest.approx((1 / 3) / (1 / 4 + 1 / 3))


def test_without_terms_nothing_is_shared() -> None:
    assert shared([], [["oil"], []]) == [0.0, 0.0]
    assert shared(["oil"], []) == []


def test_a_sentence_with_an_exact_string_of_the_question_leads() -> None:
    other = "The pump KX-5502 burned the oil of whales in a tank."
    right = "Green as grass is KX-5501."
    asked = "Which whale oil is in the tank of the pump {}?"
    texts = [passage(1, f"{other} {right} It was lit.")]
    assert ranked(asked.format("KX-5501"), "en", texts)[0][0] == right
    assert ranked(asked.format("KX-5502"), "en", texts)[0][0] == other
    assert ranked(asked.format("KX-5503"), "en", texts)[0][0] == other
