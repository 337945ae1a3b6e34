"""What a small language model is told: the few sentences that answer best, and the question.

    Text:                                    the second best sentence
    the best sentence                        the best one, where a model goes on with text
    the second best one                      (an empty line)
    (an empty line)                          Question: …
    Answer with a sentence of the text: …    Answer:

To the left for a model that was taught to converse, to the right for one that goes on with text:
which order serves was tried, with models of 135 and 270 million parameters, and is not the same.

Models of a few hundred million parameters lose their way in whole passages and do not follow
rules. So there are none, nothing of the conversation is told, and the question has to stand by
itself. What is told is not much longer than the answer: the next question begins anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_rag.answer.extraction import surest
from desktop_rag.answer.prompting import Fitted
from desktop_rag.answer.untrusted import harmless, uncontrolled
from desktop_rag.domain.answers import QuestionKind
from desktop_rag.domain.errors import QuestionTooLong
from desktop_rag.domain.generation import Asked, Dropped, Message, SamplingParameters
from desktop_rag.domain.passages import Extract, Passage
from desktop_rag.domain.ports import TextGenerator

_SMALL = 1_000_000_000  # parameters; below, models read sentences better than passages
_TOY = 10_000_000  # below, they read nothing, whatever they are told
_OF_MANY = frozenset({QuestionKind.LIST, QuestionKind.SUMMARY, QuestionKind.COMPARISON})
_MANY = 8  # sentences that are told for those
_FEW = 2  # sentences that are told for others, to a model that was taught to converse
_STEP = " › "  # from a document's title to the headings below it
_TOKENS = 64  # of an answer: about two sentences
_TOKENS_OF_MANY = 192


@dataclass(frozen=True, slots=True)
class _Cues:
    """What text, question and answer begin with, in one language."""

    question: str
    answer: str
    text: str
    wish: str


_ENGLISH = _Cues("Question:", "Answer:", "Text:", "Answer with a sentence of the text:")
_SPANISH = _Cues("Pregunta:", "Respuesta:", "Texto:", "Responde con una frase del texto:")
_LANGUAGES = {"en": _ENGLISH, "es": _SPANISH}


def chosen(sentences: Sequence[Extract], kind: QuestionKind) -> tuple[Extract, ...]:
    """Return what to tell of all `sentences` that may answer, best first: what would be quoted."""
    return tuple(sentences[:_MANY] if kind in _OF_MANY else surest(sentences))


def suits(asked: Asked, generator: TextGenerator) -> bool:
    """Whether a model is better told sentences than passages."""
    return _TOY <= generator.parameters < _SMALL and bool(asked.sentences)


def limited(asked: Asked, sampling: SamplingParameters) -> SamplingParameters:
    """Return settings that let an answer be no longer than its kind of question wants."""
    most = _TOKENS_OF_MANY if asked.kind in _OF_MANY else _TOKENS
    return replace(sampling, max_tokens=min(sampling.max_tokens, most))


def fitted(asked: Asked, generator: TextGenerator, reserve: int) -> Fitted:
    """Return as many of the best sentences as leave `reserve` tokens for the answer.

    The question is never cut: `QuestionTooLong` says that not even it fits.
    """
    room = generator.context_tokens
    few = (
        asked.sentences if generator.completes or asked.kind in _OF_MANY else asked.sentences[:_FEW]
    )
    for most in range(len(few), -1, -1):
        told = few[:most]
        messages = _messages(asked, told, completes=generator.completes)
        tokens = generator.count_messages(messages)
        if tokens + reserve <= room:
            return Fitted(messages, *_left(asked, {one.passage.number for one in told}))
    raise QuestionTooLong(tokens, room)


def _messages(asked: Asked, told: Sequence[Extract], *, completes: bool) -> list[Message]:
    """Return one message; text of documents is in it on lines of its own, and harmless."""
    cues = _LANGUAGES.get(asked.language, _ENGLISH)
    compared = asked.kind is QuestionKind.COMPARISON
    lines = dict.fromkeys(_named(one) if compared else _line(one) for one in told)
    question = uncontrolled(" ".join(asked.question.split()))
    if completes:
        above = "\n".join(reversed(lines)) + "\n\n" * bool(lines)
        return [Message("user", f"{above}{cues.question} {question}\n{cues.answer}")]
    if not lines:
        return [Message("user", question)]
    text = "\n".join([cues.text, *lines])
    return [Message("user", f"{text}\n\n{cues.wish} {question}")]


def _line(extract: Extract) -> str:
    """Return the words of a sentence, after those of what it stands under."""
    text = extract.passage.hit.text
    spans = [*extract.heads, (extract.start, extract.end)]
    return " ".join(harmless(" ".join(text[start:end] for start, end in spans)).split())


def _named(extract: Extract) -> str:
    """Return the words of a sentence after the name of its document, which it is compared by."""
    title = extract.passage.hit.header.partition(_STEP)[0]
    return ": ".join(filter(None, [" ".join(harmless(title).split()), _line(extract)]))


def _left(asked: Asked, numbers: set[int]) -> tuple[tuple[Passage, ...], Dropped]:
    """Return the passages of which something is told, and what is told nothing of."""
    kept = tuple(one for one in asked.passages if one.number in numbers)
    lost = tuple(one.number for one in asked.passages if one.number not in numbers)
    return kept, Dropped(lost, len(asked.history))
