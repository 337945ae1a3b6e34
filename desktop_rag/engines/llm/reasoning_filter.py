"""Tells a model's thoughts from its answer, as the bytes of its tokens come."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from desktop_rag.domain.generation import Thought
from desktop_rag.engines.gguf.chat_template import ANSWERS, THOUGHTS, Tags


class _Part(Enum):
    BEGINNING = auto()  # nothing that tells what it will be
    THOUGHTS = auto()
    ANSWER = auto()


class ReasoningFilter:
    """Joins the bytes of tokens to text, and ends it where somebody else's turn begins.

    Thoughts come first or not at all; `within` are those in whose middle the prompt has ended.
    """

    def __init__(self, stops: Sequence[str], within: Tags | None = None) -> None:
        self.stopped = False
        self._stops = stops
        self._characters = codecs.getincrementaldecoder("utf-8")("replace")
        self._tags = within
        self._part = _Part.THOUGHTS if within else _Part.BEGINNING
        self._blank = True  # nothing of this part has been shown
        self._held = ""

    @property
    def thinking(self) -> bool:
        """Whether what comes next belongs to the thoughts."""
        return self._part is _Part.THOUGHTS

    @property
    def marked(self) -> bool:
        """Whether tags may still come, which can be control tokens."""
        return self._part is not _Part.ANSWER

    def after(self, data: bytes) -> Iterator[Thought | str]:
        """Yield what can be shown now that `data` has come; it may be nothing."""
        self._held += self._characters.decode(data)
        yield from self._shown()

    def answered(self) -> Iterator[Thought | str]:
        """End the thoughts, finished or not, and yield the last of them."""
        if self.thinking:
            yield from _thoughts(self._held)
            self._held = ""
        self._begin(_Part.ANSWER)

    def rest(self) -> Iterator[Thought | str]:
        """Yield what was held back in case it became a stop or a tag."""
        if self.thinking:
            yield from self.answered()
        elif self._held:
            yield self._held
            self._held = ""

    @property
    def closing(self) -> str:
        """What a model writes to end its thoughts."""
        return self._tags.closing if self._tags else ""

    def _begin(self, part: _Part) -> None:
        self._part = part
        self._blank = True

    def _shown(self) -> Iterator[Thought | str]:
        if self._part is _Part.BEGINNING:
            self._decide()
        if self._part is _Part.THOUGHTS:
            yield from self._thought()
        if self._part is _Part.ANSWER:
            yield from self._answer()

    def _decide(self) -> None:
        """Find out what has begun, as soon as that can be known."""
        text = self._held.lstrip()
        for tags in THOUGHTS:
            if text.startswith(tags.opening):
                self._tags = tags
                self._held = text[len(tags.opening) :]
                self._begin(_Part.THOUGHTS)
                return
        for opening in ANSWERS:
            if text.startswith(opening):
                self._held = text[len(opening) :]
                self._begin(_Part.ANSWER)
                return
        openings = (*(tags.opening for tags in THOUGHTS), *ANSWERS)
        if not any(opening.startswith(text) for opening in openings):
            self._begin(_Part.ANSWER)

    def _thought(self) -> Iterator[Thought | str]:
        text = self._trimmed()
        at = text.find(self.closing)
        if at >= 0:
            yield from _thoughts(text[:at].rstrip())
            self._held = text[at + len(self.closing) :]
            self._begin(_Part.ANSWER)
            return
        certain = text[: len(text) - _beginning(text, (self.closing,))].rstrip()
        self._held = text[len(certain) :]
        yield from _thoughts(certain)

    def _answer(self) -> Iterator[Thought | str]:
        text = self._trimmed()
        ends = [at for stop in self._stops if (at := text.find(stop)) >= 0]
        if ends:
            self.stopped, self._held = True, ""
            text = text[: min(ends)]
        else:
            certain = len(text) - _beginning(text, self._stops)
            text, self._held = text[:certain], text[certain:]
        if text:
            yield text

    def _trimmed(self) -> str:
        """Return what is held, without the space that a part begins with."""
        if not self._blank:
            return self._held
        text = self._held.lstrip()
        self._blank = not text
        return text


def _thoughts(text: str) -> Iterator[Thought]:
    if text.strip():
        yield Thought(text)


def _beginning(text: str, ends: Sequence[str]) -> int:
    """Return how many characters at the end of `text` may be the beginning of one of `ends`."""
    return max(
        (n for end in ends for n in range(len(end)) if text.endswith(end[:n])),
        default=0,
    )
