"""What each token of an answer was drawn from, noted as it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from desktop_rag.domain.generation import OtherToken, WrittenToken
from desktop_rag.engines.llm.sampling import Odds


class _Noted(NamedTuple):
    data: bytes
    odds: Odds


class WrittenTokens:
    """Keeps what was drawn, and makes words of it when the answer is complete.

    `piece` gives the bytes of a token.
    """

    def __init__(self, piece: Callable[[int], bytes]) -> None:
        self._piece = piece
        self._noted: list[_Noted] = []

    def note(self, data: bytes, odds: Odds) -> None:
        """Keep a token that was drawn, by its bytes."""
        self._noted.append(_Noted(data, odds))

    def forget(self) -> None:
        """Keep nothing of what was drawn so far: it was no part of the answer."""
        self._noted.clear()

    def of(self, answer: str) -> tuple[WrittenToken, ...]:
        """Return the tokens that `answer` consists of; none where it was written otherwise.

        What the model wrote around it, a space before or what begins another turn, is left out.
        """
        tokens = self._characters()
        start = "".join(one.text for one in tokens).find(answer)
        return _cut(tokens, start, start + len(answer)) if start >= 0 and answer else ()

    def _characters(self) -> list[WrittenToken]:
        """Return the tokens as text, those that are less than a character joined."""
        found: list[WrittenToken] = []
        held, probability = b"", 1.0
        others: tuple[tuple[int, float], ...] = ()
        for data, odds in self._noted:
            if not held:
                others = odds.others
            held, probability = held + data, probability * odds.probability
            text = _text(held)
            if text is not None:
                found.append(WrittenToken(text, probability, self._others(others)))
                held, probability = b"", 1.0
        if held:
            found.append(WrittenToken(held.decode("utf-8", "replace"), probability))
        return found

    def _others(self, others: Sequence[tuple[int, float]]) -> tuple[OtherToken, ...]:
        """Return those of which people can read what they are."""
        texts = ((_text(self._piece(token)), share) for token, share in others)
        return tuple(OtherToken(text, share) for text, share in texts if text)


def _cut(tokens: Sequence[WrittenToken], start: int, end: int) -> tuple[WrittenToken, ...]:
    """Return what is written from character `start` to `end`."""
    found, at = [], 0
    for one in tokens:
        text = one.text[max(0, start - at) : max(0, end - at)]
        at += len(one.text)
        if text:
            found.append(one if text == one.text else replace(one, text=text))
    return tuple(found)


def _text(data: bytes) -> str | None:
    """Return what bytes say; None where they end in the middle of a character."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        unfinished = error.reason == "unexpected end of data"
        return None if unfinished else data.decode("utf-8", "replace")
