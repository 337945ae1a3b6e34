"""What a conversation is shown from: turns, their sources and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.documents import Box, DocumentId

MODEL, EXTRACT = "model", "extract"  # ways to answer


@dataclass(frozen=True, slots=True)
class Source:
    """A passage under the number it is cited by; `page` counts from 0, people see the label."""

    number: int
    document: DocumentId
    title: str
    page: int
    page_label: str
    snippet: str
    boxes: tuple[Box, ...]

    @property
    def label(self) -> str:
        """What people call the page: the printed label, else its number."""
        return self.page_label or str(self.page + 1)


@dataclass(frozen=True, slots=True)
class Statistics:
    """How an answer came about; `prompt` is what the model read, letter by letter."""

    mode: str
    seconds: float
    prompt_tokens: int
    cached_tokens: int
    answer_tokens: int
    decode_tps: float
    prompt: str = ""
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class TurnValue:
    """A question and its answer; `cited` are the quotes, in the order of their marks."""

    id: int
    question: str
    answer: str
    sources: tuple[Source, ...]
    cited: tuple[Source, ...]
    statistics: Statistics | None
    stopped: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """What the next prompt is made of, in tokens, and how many the model can hold."""

    system: int
    history: int
    passages: int
    question: int
    reserve: int
    limit: int

    @property
    def used(self) -> int:
        """The sum of the parts, the room kept for the answer among them."""
        return self.system + self.history + self.passages + self.question + self.reserve
