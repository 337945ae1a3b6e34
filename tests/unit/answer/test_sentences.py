"""Which sentences answer best, with what a person can work out by hand."""

import pytest

from desktop_rag.answer.sentences import ranked_sentences, shared
from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.domain.ports import ExactString
from tests.fakes import FakeAnalyzer

ODDS = 6.5  # the logit of a score of 1
BY_WORD = "The lamp burned the oil of whales."
BY_MEANING = "It was lit by what sailors brought."


class Near:
    """An embedder to which one text is near and the others are not."""

    def __init__(self, text: str, languages: tuple[str, ...] = ("en",)) -> None:
        self.text = text
        self.languages = frozenset(languages)
        self.calibration = Calibration(0.0, 1.0)

    def embed_question(self, text: str) -> tuple[float, ...]:
        return (1.0, 0.0)

    def similarities(self, question: str, texts: list[str]) -> list[float]:
        return [float(bool(self.text) and text.endswith(self.text)) for text in texts]


class Cosines(Near):
    """An embedder that gives these cosines, in the order of the texts."""

    def __init__(
        self,
        *cosines: float,
        languages: tuple[str, ...] = ("en", "es"),
        calibration: Calibration = Calibration(0.7, 0.9),  # noqa: B008 - it is frozen
    ) -> None:
        super().__init__("", languages)
        self.cosines, self.calibration = cosines, calibration

    def similarities(self, question: str, texts: list[str]) -> list[float]:
        return list(self.cosines[: len(texts)])


def passage(number: int, text: str, document: str = "d", language: str = "und") -> Passage:
    hit = Hit(DocumentId(document), number, 0, "1", "T", text, (), 1.0, language=language)
    return Passage(number, hit)


def ranked(
    question: str, language: str, passages, near: str | Near = ""
) -> list[tuple[str, float]]:
    embedder = near if isinstance(near, Near) else Near(near)
    found = ranked_sentences(question, language, passages, FakeAnalyzer(), embedder)
    return [(one.passage.hit.text[one.start : one.end], one.score / ODDS) for one in found]


def test_meaning_leads_in_a_language_of_the_embedder() -> None:
    text = passage(1, f"{BY_WORD} {BY_MEANING}")
    found = ranked("What whale oil burned the lamp?", "en", [text], near=BY_MEANING)
    (first, meaning), (second, words) = found
    assert (first, second) == (BY_MEANING, BY_WORD)
    assert meaning == pytest.approx(0.6)
    assert words == pytest.approx(0.3)


def test_words_lead_in_another_language() -> None:
    text = passage(1, f"{BY_WORD} {BY_MEANING}")
    found = ranked("whale oil burned the lamp", "fr", [text], near=BY_MEANING)
    (first, words), (second, meaning) = found
    assert (first, second) == (BY_WORD, BY_MEANING)
    assert meaning == pytest.approx(0.3 * 0.6)
    assert words == pytest.approx(1.0)


def test_where_the_cosines_of_an_embedder_lie_makes_no_difference() -> None:
    texts = [passage(1, f"{BY_WORD} {BY_MEANING} Nobody knew why it did."), passage(2, BY_WORD)]
    wide = Cosines(0.1, 0.9, 0.0, 0.3, calibration=Calibration(0.0, 1.0))
    narrow = Cosines(0.71, 0.79, 0.7, 0.73, calibration=Calibration(0.7, 0.8))
    question = "What whale oil burned the lamp?"
    for one, other in zip(
        ranked(question, "en", texts, wide), ranked(question, "en", texts, narrow), strict=True
    ):
        assert one[0] == other[0]
        assert one[1] == pytest.approx(other[1])


def test_between_two_languages_that_it_knows_the_embedder_leads() -> None:
    text = passage(1, f"{BY_WORD} {BY_MEANING}", language="en")
    question = "¿whale oil burned the lamp?"
    assert ranked(question, "es", [text], Cosines(0.70, 0.80))[0][0] == BY_MEANING
    ignorant = Cosines(0.1, 0.2, languages=("en",), calibration=Calibration(0.0, 1.0, apart=0.5))
    (first, words), (_, meaning) = ranked(question, "es", [text], ignorant)
    assert first == BY_WORD
    assert words == pytest.approx(0.65 * 0.6 * 0.1 + 0.65)
    assert meaning == pytest.approx(0.65 * 0.6 * 0.2)


def test_sentences_in_the_language_of_the_question_do_not_bury_the_others() -> None:
    spanish = "Se habla de mareas y barcos. También de redes y de sal."
    texts = [passage(1, spanish, language="es"), passage(2, f"{BY_WORD} {BY_MEANING}", "d", "en")]
    near = Cosines(0.83, 0.82, 0.74, 0.81, calibration=Calibration(0.75, 0.85, apart=0.1))
    assert ranked("¿Qué ardía?", "es", texts, near)[0][0] == BY_MEANING


class Noting(FakeAnalyzer):
    """Notes which languages its texts are read in."""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def exact(self, text: str, language: str = "") -> list[ExactString]:
        self.read.append((text, language))
        return super().exact(text, language)


def test_a_sentence_is_read_in_its_own_language_or_else_that_of_the_question() -> None:
    texts = [passage(1, "Cost 1,250 at most, all told.", language="en"), passage(2, "Nada, 5.")]
    noting = Noting()
    ranked_sentences("¿Cuesta 1.250 en total?", "es", texts, noting, Near(""))
    assert noting.read[1:] == [("Cost 1,250 at most, all told.", "en"), ("Nada, 5.", "es")]


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
