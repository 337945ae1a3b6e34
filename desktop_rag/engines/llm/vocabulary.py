"""Text to tokens and back, with the vocabulary of one model."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from llama_cpp import llama_cpp as api

from desktop_rag.engines.gguf.chat_template import ANSWERS, THOUGHTS

_MARKER = re.compile(r"[<\[◁].*[|_｜▁].*[>\]▷]")  # a token of its own that is no HTML
_TAGS = (*(text for tags in THOUGHTS for text in tags), *ANSWERS)


class Vocabulary:
    """The tokens of a model."""

    def __init__(self, weights: Any) -> None:
        self._handle = api.llama_model_get_vocab(weights)
        self.size = api.llama_vocab_n_tokens(self._handle)
        self.usable = api.llama_vocab_type(self._handle) not in {
            api.LLAMA_VOCAB_TYPE_NONE,
            api.LLAMA_VOCAB_TYPE_WPM,  # of embedders
        }
        self.bos = api.llama_vocab_bos(self._handle)
        self.eos = api.llama_vocab_eos(self._handle)
        self.begins_with_bos = api.llama_vocab_get_add_bos(self._handle) and self.bos >= 0
        self._buffer = ctypes.create_string_buffer(1024)
        controls = self._found_controls()
        self._shown = {at for at, text in controls.items() if any(text in tag for tag in _TAGS)}
        spelled = {
            *controls.values(),
            *self._found_markers(),
            *(tag for tag in _TAGS if not tag[0].isalpha()),
        }
        longest_first = sorted(spelled, key=len, reverse=True)
        self._controls = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def text(self, token: int) -> str:
        """Return how a token is spelled in the file, "" for none."""
        if token < 0:
            return ""
        return str(api.llama_vocab_get_text(self._handle, token), "utf-8", "replace")

    def tokens(self, text: str, *, special: bool) -> list[int]:
        """Return the tokens of `text`; only when `special` can it hold control tokens."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 16
        array = (api.llama_token * room)()
        n = api.llama_tokenize(self._handle, data, len(data), array, room, False, special)
        return list(array[:n])

    def prompt_tokens(self, text: str) -> list[int]:
        """Return what a model reads for a rendered prompt: with one beginning, not two."""
        tokens = self.tokens(text, special=True)
        missing = self.begins_with_bos and tokens[:1] != [self.bos]
        return [self.bos, *tokens] if missing else tokens

    def without_controls(self, text: str) -> str:
        """Return `text` with a space in whatever this model would take for a control token."""
        return self._controls.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)

    def ends(self, token: int) -> bool:
        """Whether the model says with `token` that it has finished."""
        return bool(api.llama_vocab_is_eog(self._handle, token))

    def piece(self, token: int, *, marked: bool = False) -> bytes:
        """Return the bytes of a token, which need not be whole characters.

        Control tokens have none, but for those of tags around thoughts when `marked`.
        """
        special = marked and token in self._shown
        room = len(self._buffer)
        n = api.llama_token_to_piece(self._handle, token, self._buffer, room, 0, special)
        return self._buffer.raw[: max(n, 0)]

    def _found_controls(self) -> dict[int, str]:
        """Return the control tokens that are spelled somehow."""
        found = {
            at: self.text(at)
            for at in range(self.size)
            if api.llama_vocab_is_control(self._handle, at)
        }
        return {at: text for at, text in found.items() if text}

    def _found_markers(self) -> set[str]:
        """Return tokens that text becomes although they are no control tokens: <unk>, <|user|>."""
        found = set()
        for at in range(self.size):
            kind = api.llama_vocab_get_attr(self._handle, at)
            text = self.text(at)
            own = kind & api.LLAMA_TOKEN_ATTR_USER_DEFINED and _MARKER.fullmatch(text)
            if text and (own or kind & api.LLAMA_TOKEN_ATTR_UNKNOWN):
                found.add(text)
        return found
