"""Examining a language model: it answers by the route of real answers, and is judged by its words.

Right is what holds the answer, letter for letter but for case, accents and the points in numbers.
Nothing is asked of an embedder: a grade says what the model is worth, and not the search.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from desktop_rag.answer.asking import wish_of
from desktop_rag.answer.routes import writing
from desktop_rag.answer.sentences import ranked_sentences
from desktop_rag.answer.turn import Done, Found, Question, Turn
from desktop_rag.domain.examination import ExamQuestion, Mark
from desktop_rag.domain.generation import ModelChoice, SamplingParameters
from desktop_rag.domain.passages import Evidence, Extract
from desktop_rag.domain.ports import Analyzer

SAMPLING = SamplingParameters(greedy=True, max_tokens=64, seed=0)

_POINT = re.compile(r"(?<=\d)[.,\s](?=\d{3}(?!\d))")  # between thousands
_SPACE = re.compile(r"\s+")
_NEGATED = re.compile(  # of what is said of documents: "do not mention", "no se indica"
    r"(?:\b(?:not|cannot|never|neither|no)|n't)\b[^.;:!?]{0,30}?"
    r"\b(?:say|state|mention|contain|specif|provid|includ|indicat|give|answer|information|found|find|"
    r"know|tell|address|discuss|describ)"
    r"|\bno\b[^.;:!?]{0,30}?"
    r"\b(?:dice|mencion|contien|especific|indica|inclu|proporcion|aparec|inform|respond|"
    r"respuesta|consta|figura|detall|encuentr|se sabe|da)",
)


def answered(one: ExamQuestion, model: ModelChoice, analyzer: Analyzer) -> Turn:
    """Return the steps in which a model answers a question of the exam.

    What may answer is always taken to be enough: the model has to write.
    """
    asked = Question(one.question, model, SAMPLING)
    kind = wish_of(one.question, talking=False).kind
    evidence = Evidence(_sentences(one, analyzer))
    return writing.ROUTE.answered(
        Found(asked, one.language, one.passages, evidence, kind, one.question)
    )


def _sentences(one: ExamQuestion, analyzer: Analyzer) -> tuple[Extract, ...]:
    """Return what a search might have picked that went well, all of the same score.

    The sentences that hold an answer come first, then the best one of each passage: a model that
    is told sentences alone can be right, and has to choose.
    """
    ranked = ranked_sentences(one.question, one.language, one.passages, analyzer, None)
    said = [extract for extract in ranked if _answers(extract, one)]
    best = {extract.passage.number: extract for extract in reversed(ranked)}
    others = [extract for extract in ranked if best[extract.passage.number] is extract]
    chosen = said + [extract for extract in others if extract not in said]
    return tuple(replace(extract, score=0.0) for extract in chosen)


def _answers(extract: Extract, one: ExamQuestion) -> bool:
    if extract.passage.number not in one.gold:
        return False
    words = _plain(extract.passage.hit.text[extract.start : extract.end])
    return any(_holds(words, spellings) for spellings in one.answers)


def judged(one: ExamQuestion, done: Done | None, seconds: float) -> Mark:
    """Return what an answer is worth; `None` is one that did not come about."""
    text = _plain(done.text if done else "")
    cited = {quote.passage.number for quote in done.citations} if done else set()
    right = bool(one.answers) and all(_holds(text, spellings) for spellings in one.answers)
    return Mark(
        answerable=bool(one.answers),
        right=right,
        cited=bool(cited & one.gold),
        refused=refuses(text),
        seconds=seconds,
    )


def refuses(text: str) -> bool:
    """Whether an answer says that the documents do not say it.

    >>> [refuses(one) for one in ("The passages do not mention it.", "It is not blue.")]
    [True, False]
    """
    return _NEGATED.search(_plain(text)) is not None


def _holds(text: str, spellings: tuple[str, ...]) -> bool:
    found = (rf"(?<!\w){re.escape(_plain(one))}(?!\w)" for one in spellings)
    return any(re.search(one, text) for one in found)


def _plain(text: str) -> str:
    """Return text without case, accents and the points between thousands."""
    parts = unicodedata.normalize("NFKD", text.replace("’", "'"))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
    return _SPACE.sub(" ", _POINT.sub("", bare))
