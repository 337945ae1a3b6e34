"""What a language model is told, and what is left out when it is too much.

    system      the rules of the route that asks, in the language of the question
    user        passages and the question they were found for ┐ once for each
    assistant   the answer                                    ┘ exchange
    user        new passages and the question at hand

Passages come in the same turn as their question and are never moved, so that
the conversation so far is a prefix of the next prompt, which the engine has
still in memory. Text of documents is data: it stands between fences, and
whatever in it looks like a fence, a citation mark or a token of a chat
template is made harmless; so it is in questions, into which people paste.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop_rag.answer.untrusted import harmless, uncontrolled
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.errors import QuestionTooLong
from desktop_rag.domain.generation import Asked, Dropped, Message
from desktop_rag.domain.passages import Passage

_BEST = 3  #: passages that outlast the latest exchange when room is short

_LEAST_CHARACTERS = 80  #: less of a passage says nothing

Count = Callable[[Sequence[Message]], int]


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands around passages and questions, in one language."""

    page: str
    question: str
    nothing: str
    reminder: str  #: where passages are in another language: small models answer in theirs


_ENGLISH = _Words(
    page="page",
    question="Question:",
    nothing="No passage was found for this question.",
    reminder="(Answer in English, whatever language the passages are in.)",
)
_SPANISH = _Words(
    page="página",
    question="Pregunta:",
    nothing="No se encontró ningún pasaje para esta pregunta.",
    reminder="(Responde en español, sea cual sea el idioma de los pasajes.)",
)
_ANY = replace(
    _ENGLISH,
    reminder="(Answer in the language of the question, whatever language the passages are in.)",
)
_LANGUAGES = {"en": _ENGLISH, "es": _SPANISH}

_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s)")


class Fitted(NamedTuple):
    """Messages that leave room for the answer, and what they are made of."""

    messages: list[Message]
    kept: tuple[Passage, ...]
    dropped: Dropped


def messages_for(asked: Asked) -> list[Message]:
    """Return the conversation up to and including the question.

    An exchange always reads the same, whatever comes after it.
    """
    messages = [Message("system", asked.rules)] if asked.rules else []
    for exchange in asked.history:
        messages.append(_asking(exchange.question, exchange.passages, exchange.language))
        messages.append(Message("assistant", exchange.answer))
    return [*messages, _asking(asked.question, asked.passages, asked.language)]


def fitted(asked: Asked, count: Count, *, context_tokens: int, reserve: int) -> Fitted:
    """Return as much of `asked` as leaves `reserve` tokens for the answer.

    Older exchanges go first, then all but the best passages, then the latest
    exchange, then the other passages; of the last one as much is told as fits.
    `count` is exact: it knows the chat template. The question is never cut:
    `QuestionTooLong` says that not even it fits.
    """
    ways = _ways(len(asked.history), len(asked.passages))

    def messages(exchanges: int, passages: int) -> list[Message]:
        history = asked.history[len(asked.history) - exchanges :]
        return messages_for(replace(asked, passages=asked.passages[:passages], history=history))

    def fits(way: tuple[int, int]) -> bool:
        return count(messages(*way)) + reserve <= context_tokens

    at = bisect.bisect_left(ways, True, key=fits)
    if at == len(ways):
        raise QuestionTooLong(count(messages(0, 0)), context_tokens)
    exchanges, passages = ways[at]
    if asked.passages and not passages:
        shortened = _shortened(asked, lambda found: count(found) + reserve <= context_tokens)
        if shortened:
            return shortened
    lost = tuple(passage.number for passage in asked.passages[passages:])
    return Fitted(
        messages(exchanges, passages),
        asked.passages[:passages],
        Dropped(lost, len(asked.history) - exchanges),
    )


def reserve(max_tokens: int, context_tokens: int, *, thinks: bool = False) -> int:
    """Return how much of the context is kept free for the answer: a quarter at most.

    A model that thinks first is left another quarter for that.
    """
    quarter = context_tokens // 4
    return min(max_tokens, quarter) + (quarter if thinks else 0)


def _ways(exchanges: int, passages: int) -> list[tuple[int, int]]:
    """Return what to try, as (exchanges, passages), each smaller than the one before."""
    best = min(_BEST, passages)
    recent = min(1, exchanges)
    return [
        *((kept, passages) for kept in range(exchanges, recent, -1)),
        *((recent, kept) for kept in range(passages, best, -1)),
        *((kept, best) for kept in range(recent, 0, -1)),
        *((0, kept) for kept in range(best, -1, -1)),
    ]


def _shortened(asked: Asked, fits: Callable[[Sequence[Message]], bool]) -> Fitted | None:
    """Return the question with as much of the best passage as fits, `None` for too little."""
    best, *others = asked.passages
    text = best.hit.text

    def messages(end: int) -> list[Message]:
        told = replace(best, hit=replace(best.hit, text=f"{text[:end].rstrip()} …"))
        return messages_for(replace(asked, passages=(told,), history=()))

    ends = [match.start() for match in _SPACE.finditer(text)] or list(range(1, len(text)))
    at = bisect.bisect_left(ends, True, key=lambda end: not fits(messages(end))) - 1
    while at >= 0 and ends[at] >= _LEAST_CHARACTERS:
        sentences = [m.end() for m in _SENTENCE.finditer(text, 0, ends[at])]
        end = next((one for one in reversed(sentences) if 2 * one >= ends[at]), ends[at])
        if fits(messages(end)):
            lost = tuple(passage.number for passage in others)
            dropped = Dropped(lost, len(asked.history), (best.number,))
            return Fitted(messages(end), (best,), dropped)
        at -= 1
    return None


def _asking(question: str, passages: Sequence[Passage], language: str) -> Message:
    words = _words(language)
    parts = [_fenced(passage, words) for passage in passages] or [words.nothing]
    asked = f"{words.question} {uncontrolled(question.strip())}"
    if any(passage.hit.language not in {language, UNKNOWN_LANGUAGE} for passage in passages):
        asked += f"\n{words.reminder}"
    return Message("user", "\n\n".join([*parts, asked]))


def _fenced(passage: Passage, words: _Words) -> str:
    hit = passage.hit
    header = " ".join(harmless(hit.header).split())
    label = " ".join(harmless(hit.page_label).split())
    return (
        f"<passage {passage.number}>\n"
        f"[{passage.number}] {header} ({words.page} {label})\n"
        f"{harmless(hit.text).strip()}\n"
        "</passage>"
    )


def _words(language: str) -> _Words:
    return _LANGUAGES.get(language, _ANY)
