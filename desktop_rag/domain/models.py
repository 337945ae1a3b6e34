"""Models: what a file holds, what a machine has, where to get one, and what is installed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ModelKind(StrEnum):
    """What a model does here."""

    WRITER = "writer"  #: writes answers, in GGUF
    EMBEDDER = "embedder"  #: turns passages into vectors, for sentence-transformers
    RERANKER = "reranker"  #: compares a question with each passage, a CrossEncoder
    ENTAILMENT = "entailment"  #: reads whether one text says another, a CrossEncoder, too


class Stretch(StrEnum):
    """How a context longer than the model was trained for is reached."""

    NONE = "none"
    LINEAR = "linear"  #: RoPE positions are divided
    YARN = "yarn"  #: RoPE frequencies are rescaled by their wavelength (YaRN, arXiv:2309.00071)


class Thinking(StrEnum):
    """Whether a model writes down its thoughts before it answers, by its own chat template."""

    NEVER = "never"
    ALWAYS = "always"
    CHOICE = "choice"  #: the template has a switch for it


class ConversationMemory(StrEnum):
    """How what a model keeps of a conversation grows with it."""

    DENSE = "dense"  #: every layer keeps keys and values of every token
    SLIDING = "sliding"  #: most layers look back over a window
    HYBRID = "hybrid"  #: most layers keep a state that does not grow


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A language model in a GGUF file on this machine."""

    path: Path

    @property
    def name(self) -> str:
        """What people call it."""
        return self.path.stem

    @property
    def there(self) -> bool:
        """Whether its file is where it was."""
        return self.path.is_file()


ModelSource = LocalModel
"""What can write answers. A server, one day, is a second member: who asks for `path` shows then."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A LoRA adapter in GGUF, and how strongly it acts: 1 is as it was trained."""

    path: Path
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the header of a GGUF file says of the model in it; sizes in bytes, counts in tokens.

    `weights` are the bytes by type of tensor that are read for each token that is written;
    `looked_up` those of which each token needs one row (the table of embeddings), and `stored`
    those of all matrices by type, also of experts that most tokens pass by.
    `key_widths` and `value_widths` are numbers stored for each token, one entry for each layer.
    `window` is how far back layers with a sliding window look, 0 where there are none; `state`
    are the bytes that recurrent layers keep, however long the conversation is.
    """

    architecture: str
    name: str
    parameters: int
    quantization: str
    file_bytes: int
    layers: int
    context_tokens: int
    width: int
    vocabulary: int
    key_widths: tuple[int, ...]
    value_widths: tuple[int, ...]
    weights: tuple[tuple[str, int], ...]
    looked_up: int = 0
    feed_forward: int = 0
    window: int = 0
    licence: str = ""
    languages: tuple[str, ...] = ()
    template: bool = False
    thinking: Thinking = Thinking.NEVER
    base: str = ""  #: for an adapter: the architecture that it belongs to
    stored: tuple[tuple[str, int], ...] = ()
    state: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOutline:
    """What is known of a model whose header was not read; `active_bytes` are read per token."""

    name: str
    parameters: int
    file_bytes: int
    active_bytes: int
    context_tokens: int
    memory: ConversationMemory


@dataclass(frozen=True, slots=True)
class Gpu:
    """A device that llama.cpp can put layers on; memory in bytes, `shared` with the processor."""

    name: str
    memory: int
    free: int
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine has; memory in bytes.

    `speeds` are the bytes of weights that all cores together multiply in a second, by type of
    tensor, as measured with llama.cpp's own kernels; empty where nothing was measured.
    `backend` is what llama.cpp was built for, as people call it. `repacked` are the types of
    which it keeps a second copy, in an order that its kernels like. `step_seconds` is what each
    of the many small operations of a token costs besides, and `attention` how many bytes of keys
    and values it looks through in a second.
    """

    memory: int
    free_memory: int
    free_disk: int
    cores: int
    gpus: tuple[Gpu, ...] = ()
    speeds: tuple[tuple[str, float], ...] = ()
    backend: str = "CPU"
    repacked: tuple[str, ...] = ()
    step_seconds: float = 0.0
    attention: float = 0.0


class Verdict(StrEnum):
    """Whether a model and a machine go together."""

    FITS = "fits"
    SLOW = "slow"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model would do on a machine, at `context_tokens`.

    `memory` in bytes is all that the generating process takes; `tokens_per_second` is the speed
    of writing, 0 where nothing is known of the machine.
    """

    verdict: Verdict
    memory: int
    tokens_per_second: float
    gpu_layers: int
    context_tokens: int


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file on the hub: its size in bytes and, where the hub says it, its SHA-256.

    For a model split into several, this is its first one, with the size of all together;
    `parts` are all of them, the first included.
    """

    name: str
    size: int
    sha256: str = ""
    quantization: str = ""
    parts: tuple[HubFile, ...] = ()

    @property
    def files(self) -> tuple[HubFile, ...]:
        """What has to be got, one after the other."""
        return self.parts or (self,)


@dataclass(frozen=True, slots=True)
class HubModel:
    """A repository on the hub, as a search finds it."""

    repository: str
    licence: str = ""
    downloads: int = 0
    likes: int = 0
    gated: bool = False
    changed: str = ""  #: ISO 8601 date


@dataclass(frozen=True, slots=True)
class HubListing:
    """What a repository holds, at one revision: the GGUF files, or all of an encoder."""

    repository: str
    revision: str
    licence: str
    gated: bool
    files: tuple[HubFile, ...]


@dataclass(frozen=True, slots=True)
class Encoder:
    """An installed model that is no writer: its folder, and the SHA-256 its weights must have.

    `languages` are those it was made for, in ISO 639-1; the prefixes are what it wants to see
    before a question and before a passage.
    """

    name: str
    folder: Path
    weights: str
    languages: frozenset[str]
    query_prefix: str = ""
    passage_prefix: str = ""


class FolderFault(StrEnum):
    """Why what is in a folder cannot be used: of `FolderUnusable`."""

    NO_FOLDER = "no_folder"
    NOT_ENCODER = "not_encoder"  #: neither for sentence-transformers nor a CrossEncoder
    LACKS = "lacks"  #: a file that is needed
    PICKLE = "pickle"  #: weights in a format that can hold programs
    CODE = "code"  #: wants programs of its own to be run
    UNKNOWN_PARTS = "unknown_parts"  #: made of other parts than those that are read here
    UNKNOWN_LABELS = "unknown_labels"  #: sorts texts into other classes than entailment's
    LINK = "link"  #: a file of it lies elsewhere
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderFacts:
    """What the folder of an embedder, a reranker or an entailment model says of it.

    `weights` is the SHA-256 of what is in `model.safetensors`, `size` the bytes of all files that
    are read, `tokens` what it reads at once, and `dimension` the length of its vectors, 0 where it
    makes none. The prefixes are what it wants to see before a question and before a passage, and
    None where it says nothing of either; `languages` are in ISO 639-1, and empty likewise.
    """

    kind: ModelKind
    weights: str
    size: int
    tokens: int
    dimension: int = 0
    query_prefix: str | None = None
    passage_prefix: str | None = None
    languages: tuple[str, ...] = ()
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Encoders:
    """What searching, checking and indexing use; without an `embedder`, all-MiniLM-L6-v2.

    `missing` names the embedder that was chosen and is not there: then `embedder` is the one that
    serves, whatever that is.
    """

    embedder: Encoder | None = None
    reranker: Encoder | None = None
    entailment: Encoder | None = None
    missing: str = ""


class HubFault(StrEnum):
    """Why nothing comes from a hub: of `HubUnreachable`."""

    TIMED_OUT = "timed out"
    NO_SUCH_HOST = "its name was not found"
    REFUSED = "connection refused"
    BROKEN = "connection broken"
    NO_WAY = "no way there"
    CERTIFICATE = "its certificate is not trusted"
    TLS = "no encrypted connection"
    PROXY = "the proxy cannot be used"
    ADDRESS = "not an address"  #: that was set, or that it leads to
    ELSEWHERE = "leads to another place"  #: than it may: see `engines.hub.bounds`
    LOOP = "redirected again and again"
    NO_HUB = "not the answer of a hub"
    TOO_MUCH = "sends too much"
    PACKED = "sends it packed"  #: which was not asked for, and may be a bomb
    OTHER_PART = "sends another part"
    NO_LENGTH = "does not say how large it is"
