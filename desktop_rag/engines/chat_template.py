"""Conversations as a model wants them written down, and where its own turn ends."""

from __future__ import annotations

import codecs
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import Template, nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from desktop_rag.domain.generation import Message

logger = logging.getLogger(__name__)

_CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_CHATML_STOPS = ("<|im_end|>", "<|im_start|>")
_PROBE = tuple(
    Message(role, f"probe-{at}") for at, role in enumerate(("system", "user", "assistant", "user"))
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat template that is known to work.

    `folds`: it knows no system role, so the rules go into the first question.
    """

    template: Template
    folds: bool
    stops: tuple[str, ...] = ()

    def render(self, messages: Sequence[Message]) -> str:
        """Return `messages` as one text, up to where the answer begins."""
        if self.folds and len(messages) > 1 and messages[0].role == "system":
            system, first, *others = messages
            messages = [Message(first.role, f"{system.content}\n\n{first.content}"), *others]
        turns = [{"role": message.role, "content": message.content} for message in messages]
        return self.template.render(messages=turns)


def chat_of(source: str | None, *, bos: str, eos: str) -> Chat:
    """Return the chat of a model's own template if that works, else ChatML.

    The template comes from an untrusted file: it runs in jinja's sandbox, and
    nothing that it raises goes further than this.
    """
    for folds in (False, True) if source else ():
        try:
            chat = Chat(_template(source or "", bos, eos), folds)
            text = chat.render(_PROBE)
        except Exception:
            logger.info("the chat template fails", exc_info=True)
            continue
        if all(message.content in text for message in _PROBE):
            return chat
    return Chat(_template(_CHATML, bos, eos), False, _CHATML_STOPS)


class Answer:
    """Joins the bytes of tokens to text, and ends it where somebody else's turn begins."""

    def __init__(self, stops: Sequence[str]) -> None:
        self.stopped = False
        self._stops = stops
        self._characters = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = False
        self._held = ""

    def after(self, data: bytes) -> str:
        """Return what can be shown now that `data` has come; it may be nothing."""
        text = self._held + self._characters.decode(data)
        if not self._begun:
            text = text.lstrip()
            self._begun = bool(text)
        ends = [at for stop in self._stops if (at := text.find(stop)) >= 0]
        if ends:
            self.stopped, self._held = True, ""
            return text[: min(ends)]
        held = max(
            (n for stop in self._stops for n in range(len(stop)) if text.endswith(stop[:n])),
            default=0,
        )
        self._held = text[len(text) - held :]
        return text[: len(text) - held]

    def rest(self) -> str:
        """Return what was held back in case it became a stop."""
        return self._held


class _Generation(Extension):
    """Passes over the tag `{% generation %}`, which marks answers for training."""

    tags = {"generation"}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _template(source: str, bos: str, eos: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, loopcontrols]
    )
    environment.filters["tojson"] = _json
    return environment.from_string(
        source,
        globals={
            "bos_token": bos,
            "eos_token": eos,
            "add_generation_prompt": True,
            "enable_thinking": False,  # an answer, not what leads to it
            "raise_exception": _raise,
            "strftime_now": lambda form: datetime.now().astimezone().strftime(form),
        },
    )


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _raise(message: str) -> None:
    raise ValueError(message)
