"""Every setting: its name, type, range, default and meaning, in one place.

`restart` marks a setting that is read only when the program starts.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

SCHEMA_VERSION = 1
MOST_OWN_PRESETS = 50
LONGEST_PRESET_NAME = 60  # characters

_RESTART: dict[str, JsonValue] = {"restart": True}


LanguageData = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z_]{1,30}$")]  # the name of a file


class Section(BaseModel):
    """Settings are values: never changed, only replaced."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    def replaced(self, **changes: object) -> Self:
        """Return the same but for `changes`, which are checked as if read from a file."""
        unknown = changes.keys() - type(self).model_fields.keys()
        if unknown:
            raise TypeError(f"no such settings: {', '.join(sorted(unknown))}")
        return self.model_validate(self.model_dump() | changes)


class Indexing(Section):
    """How documents are read and cut up.

    `chunk_tokens` counts the embedder's own tokens; `page_seconds` is the
    time one page may take and `reading_gib` the memory the reader may take.
    `recognition` reads pictures of text, in `languages` by Tesseract's names,
    and with `pictures` large ones on pages that have text as well;
    `layout` has a slower model look at pages with tables and columns.
    `threads` of 0 means as many as the machine has cores; `gentle` lets other
    programs go first; `on_battery` says what becomes of it without mains power.
    """

    chunk_tokens: Annotated[int, Field(ge=32, le=240)] = 110
    page_seconds: Annotated[int, Field(ge=1, le=3600)] = 30
    reading_gib: Annotated[float, Field(ge=0.25, le=64, json_schema_extra=_RESTART)] = 1.0
    recognition: bool = True
    languages: Annotated[tuple[LanguageData, ...], Field(min_length=1, max_length=8)] = (
        "spa",
        "eng",
    )
    pictures: bool = False
    layout: bool = False
    threads: Annotated[int, Field(ge=0, le=1024)] = 0
    gentle: bool = True
    on_battery: Literal["normal", "slow", "pause"] = "slow"


class Retrieval(Section):
    """Which passages an answer is given, out of how many candidates.

    `neighbours` joins what stands just before and after each passage. `embedder`, `reranker` and
    `entailment` name installed ones, or one of `settings.embedders`; empty, what
    `library.models.encoders` takes then, no reranker, and none that checks answers.
    """

    passages: Annotated[int, Field(ge=1, le=20)] = 6
    candidates: Annotated[int, Field(ge=20, le=1000, json_schema_extra=_RESTART)] = 100
    neighbours: bool = True
    embedder: Annotated[str, Field(max_length=200)] = ""
    reranker: Annotated[str, Field(max_length=200)] = ""
    entailment: Annotated[str, Field(max_length=200)] = ""


class Sampling(Section):
    """How the language model picks its words.

    `greedy` always takes the likeliest word, whatever the rest says. Without
    a `seed` every answer differs. A `top_k` of 0 leaves all words to choose from.
    """

    temperature: Annotated[float, Field(ge=0, le=2)] = 0.2
    top_k: Annotated[int, Field(ge=0, le=1000)] = 40
    top_p: Annotated[float, Field(ge=0, le=1)] = 0.95
    min_p: Annotated[float, Field(ge=0, le=1)] = 0.05
    repeat_penalty: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    max_tokens: Annotated[int, Field(ge=1, le=32768)] = 768
    seed: Annotated[int | None, Field(ge=0, le=2**32 - 2)] = None  # the next one means random
    greedy: bool = False


class Answering(Section):
    """What an answer may rest on: `strict` ones rest on the documents alone.

    Else a language model may add what it knows, marked as such. Of what it is to write freely it is
    shown so many `examples`, or those of a file of the person's own.
    """

    strict: bool = True
    examples: Literal["zero", "one", "few"] = "one"
    own_examples: Annotated[str, Field(max_length=1000, pattern=r"^(.+\.jsonl)?$")] = ""


class Generating(Section):
    """How the language model is loaded; `threads` of 0 means as many as the machine has cores.

    `gpu_layers` of -1 means as many as fit. `thinking` lets a model think first, where it can be
    told not to. `kept_gib` is how much disk what was read of conversations may take.
    """

    context_tokens: Annotated[int, Field(ge=1024, le=1048576)] = 8192
    threads: Annotated[int, Field(ge=0, le=1024)] = 0
    gpu_layers: Annotated[int, Field(ge=-1, le=1000)] = -1
    thinking: bool = False
    kept_gib: Annotated[float, Field(ge=0, le=1000, json_schema_extra=_RESTART)] = 1.0


class Network(Section):
    """How models and data of languages are got; nothing else connects. `offline` forbids it too.

    `endpoint` is another hub or a mirror of it, `language_data` the folder of another place that
    has Tesseract's; `proxy` is an HTTP proxy. Empty ones are the usual.
    """

    offline: bool = False
    endpoint: Annotated[str, Field(max_length=500, pattern=r"^(https?://[^\s]+)?$")] = ""
    language_data: Annotated[str, Field(max_length=500, pattern=r"^(https?://[^\s]+)?$")] = ""
    proxy: Annotated[str, Field(max_length=500, pattern=r"^(https?://[^\s]+)?$")] = ""


class OwnPreset(Section):
    """A way of picking words that the user gave a name."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_PRESET_NAME)]
    sampling: Sampling


class Presets(Section):
    """The user's own ways of picking words, in the order they were made."""

    own: Annotated[tuple[OwnPreset, ...], Field(max_length=MOST_OWN_PRESETS)] = ()


class Window(Section):
    """How the window looks and which language it speaks; `system` follows the computer."""

    theme: Literal["system", "light", "dark"] = "system"
    language: Annotated[Literal["system", "en", "es"], Field(json_schema_extra=_RESTART)] = "system"


class Settings(Section):
    """All settings of one user."""

    version: int = SCHEMA_VERSION
    indexing: Indexing = Indexing()
    retrieval: Retrieval = Retrieval()
    answering: Answering = Answering()
    sampling: Sampling = Sampling()
    generating: Generating = Generating()
    network: Network = Network()
    window: Window = Window()
    presets: Presets = Presets()
