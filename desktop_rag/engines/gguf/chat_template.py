"""Conversations as a model wants them written down, where its own turn ends, and where it thinks.

Everything is read from the model's own template, nothing from the name of its file.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop_rag.domain.generation import Message
from desktop_rag.domain.models import Thinking
from desktop_rag.engines.gguf.template_process import (
    ChatTemplate,
    TemplateFails,
    Write,
    WrittenChat,
)

logger = logging.getLogger(__name__)


class Tags(NamedTuple):
    """What a model writes before its thoughts, and between them and its answer."""

    opening: str
    closing: str


THOUGHTS = (
    Tags("<think>", "</think>"),
    Tags("<thinking>", "</thinking>"),
    Tags("<thought>", "</thought>"),
    Tags("<seed:think>", "</seed:think>"),
    Tags("[THINK]", "[/THINK]"),
    Tags("<|START_THINKING|>", "<|END_THINKING|>"),
    Tags("<|inner_prefix|>", "<|inner_suffix|>"),
    Tags("<|channel>thought\n", "<channel|>"),
    Tags("◁think▷", "◁/think▷"),
    Tags("<|open|>think<|sep|>", "<|close|>think<|sep|>"),
    Tags("<|channel|>analysis<|message|>", "<|start|>assistant<|channel|>final<|message|>"),
    Tags("Here is my thought process:", "Here is my response:"),
)
#: What stands before an answer without thoughts.
ANSWERS = ("<|channel|>final<|message|>", "<|open|>response<|sep|>")

_SWITCHES: dict[str, tuple[object, object]] = {  # of templates: thoughts off, thoughts on
    "enable_thinking": (False, True),
    "thinking": (False, True),
    "reasoning": (False, True),
    "thinking_budget": (0, -1),
}
CHATML_MARK = "<|im_start|>"  #: a model whose vocabulary has it was trained on ChatML
_CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_PLAIN = "{{ messages | map(attribute='content') | join('\\n\\n') }}"
_PLAIN_STOP = "\n\n"  # what a model puts before the next text, once it has gone on with one
_PROBE = tuple(
    Message(role, f"probe-{at}") for at, role in enumerate(("system", "user", "assistant", "user"))
)
_MARKER = re.compile(r"<[^<>\s]{2,60}>|\[/?[A-Z_]{2,}\]")  # in a template, an end of a turn
_SHORTEST_STOP = 4  # characters; less stands in ordinary text


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat template that is known to work.

    `folds`: it knows no system role, so the rules go into the first question. A `plain` one
    is the text of the messages and nothing else.
    """

    template: ChatTemplate
    write: Write
    folds: bool = False
    thinking: Thinking = Thinking.NEVER
    stops: tuple[str, ...] = ()
    plain: bool = False

    def render(self, messages: Sequence[Message], *, thinking: bool = False) -> str:
        """Return `messages` as one text, up to where the thoughts or the answer begin.

        Raises `TemplateFails` and `TemplateEndless`: it is known to work with one conversation.
        """
        return self.written(messages, thinking=thinking).text

    def written(self, messages: Sequence[Message], *, thinking: bool = False) -> WrittenChat:
        """Return the same, and what the template asks for."""
        if self.folds and len(messages) > 1 and messages[0].role == "system":
            messages = _folded(messages)
        try:
            return self._written(messages, thinking=thinking)
        except TemplateFails:
            merged = _merged(messages)
            if merged == list(messages):
                raise
            return self._written(merged, thinking=thinking)  # some want roles to alternate

    def thinks(self, *, wanted: bool) -> bool:
        """Whether an answer begins with thoughts, when they are `wanted` or when not."""
        return self.thinking is Thinking.ALWAYS or (self.thinking is Thinking.CHOICE and wanted)

    def _written(self, messages: Sequence[Message], *, thinking: bool) -> WrittenChat:
        switches = {name: values[thinking] for name, values in _SWITCHES.items()}
        return self.write(self.template, messages, switches)


def chat_of(
    sources: Sequence[str], write: Write, *, bos: str, eos: str, chatml: bool = True
) -> Chat:
    """Return the chat of the first of a model's own templates that works, else ChatML.

    A model that does not know its tokens, and so no `chatml`, goes on with plain text, up to
    the next empty line.

    Templates come from an untrusted file: `write` runs them where they do no harm. Raises
    `TemplateEndless` for a model that has one without an end: it was made to harm.
    """
    for source in sources:
        for folds in (False, True):
            chat = Chat(ChatTemplate(source, bos, eos), write, folds)
            try:
                text, reads = chat.written(_PROBE)
            except TemplateFails:
                logger.info("the chat template fails")
                continue
            if all(message.content in text for message in _PROBE):
                thinking = _thinking(chat, switched=bool(reads & _SWITCHES.keys()))
                return replace(chat, thinking=thinking, stops=_stops(text))
    if not chatml:
        return Chat(ChatTemplate(_PLAIN, bos, eos), write, stops=(_PLAIN_STOP,), plain=True)
    known = Chat(ChatTemplate(_CHATML, bos, eos), write)
    return replace(known, stops=_stops(known.render(_PROBE)))


def thinking_of(source: str, write: Write) -> Thinking:
    """Return whether a model with this chat template writes down its thoughts.

    Raises `TemplateEndless`.
    """
    return chat_of([source], write, bos="", eos="").thinking


def opened(text: str) -> Tags | None:
    """Return which thoughts a prompt ends in the middle of, if any."""
    end = text.rstrip()
    return next((tags for tags in THOUGHTS if end.endswith(tags.opening.rstrip())), None)


def _thinking(chat: Chat, *, switched: bool) -> Thinking:
    if switched:
        with contextlib.suppress(TemplateFails):
            off, on = (chat.render(_PROBE, thinking=wanted) for wanted in (False, True))
            if on != off:
                return Thinking.CHOICE
            return Thinking.ALWAYS if opened(off) else Thinking.NEVER
    source = chat.template.source
    return Thinking.ALWAYS if any(one.closing in source for one in THOUGHTS) else Thinking.NEVER


def _stops(text: str) -> tuple[str, ...]:
    """Return what ends an answer, from what `text` of the probe has after one."""
    _, _, after = text.rpartition(_PROBE[2].content)
    between = after.partition(_PROBE[3].content)[0]
    markers = [one for one in _MARKER.findall(between) if len(one) >= _SHORTEST_STOP]
    whole = between.strip()
    if not markers and len(whole) >= _SHORTEST_STOP:
        markers = [f"\n{whole}"]
    return tuple(dict.fromkeys(markers))


def _folded(messages: Sequence[Message]) -> list[Message]:
    """Return `messages` with the rules at the head of what comes after them."""
    system, first, *others = messages
    return [Message(first.role, f"{system.content}\n\n{first.content}"), *others]


def _merged(messages: Sequence[Message]) -> list[Message]:
    """Return `messages` with those in a row of the same role made one."""
    merged: list[Message] = []
    for message in messages:
        if merged and merged[-1].role == message.role:
            joined = f"{merged.pop().content}\n\n{message.content}"
            merged.append(Message(message.role, joined))
        else:
            merged.append(message)
    return merged
