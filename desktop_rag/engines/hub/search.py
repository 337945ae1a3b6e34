"""Finds models on a hub with huggingface_hub: what there is, how large, and on which terms."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from huggingface_hub import HfApi, hf_hub_url
from huggingface_hub.errors import HfHubHTTPError, HFValidationError

from desktop_rag import __version__
from desktop_rag.domain import hub_names
from desktop_rag.domain.errors import HubUnknown, HubUnreachable
from desktop_rag.domain.models import HubFault, HubFile, HubListing, HubModel, ModelKind
from desktop_rag.engines.hub.http import Failure, HubClient, explained

if TYPE_CHECKING:
    from huggingface_hub import ModelInfo

    from desktop_rag.settings.schema import Network

T = TypeVar("T")

USUAL_ENDPOINT = "https://huggingface.co"
_PROGRAM = "desktop-rag"
_TRIES = 3  # of a question that a person waits for
_LANDS = re.compile(r"\d+_\w+")  # the folders of a sentence-transformers model
_ENCODER_ENDINGS = (".json", ".txt", ".safetensors")
_ENCODER_FILES = {"sentencepiece.bpe.model", "spiece.model", "tokenizer.model", "bpe.codes"}
_REVISION = re.compile(r"[A-Za-z0-9][\w.-]{0,99}", re.ASCII)
_DIGEST = re.compile(r"([0-9a-fA-F]{64})?")
_LONGEST_LICENCE = 100  # characters
_MOST_COUNTED = 2**53
_EXPAND: Any = ["downloads", "gated", "lastModified", "likes", "tags"]


def endpoint_of(network: Network) -> str:
    """Return where the hub is: as set, or else HF_ENDPOINT, or else the usual one."""
    return (network.endpoint or os.environ.get("HF_ENDPOINT") or USUAL_ENDPOINT).rstrip("/")


class Hub:
    """A hub. It is told no name and no token but HF_TOKEN, if that is set."""

    def __init__(self, client: HubClient, endpoint: str) -> None:
        self.client = client
        self.endpoint = endpoint
        self.token: str | bool = os.environ.get("HF_TOKEN", "").strip() or False
        client.keep_to(endpoint)
        self._api = HfApi(
            endpoint=endpoint,
            token=self.token,
            library_name=_PROGRAM,
            library_version=__version__,
        )

    def search(self, words: str, limit: int) -> tuple[HubModel, ...]:
        """Return repositories with GGUF files that match, most downloaded first."""

        def ask() -> tuple[HubModel, ...]:
            found = self._api.list_models(
                search=words, filter="gguf", sort="downloads", limit=limit, expand=_EXPAND
            )
            return tuple(_model(info) for info in found if hub_names.repository(info.id))

        return self._asked(ask, words)

    def listing(self, repository: str, kind: ModelKind) -> HubListing:
        """Return what a model of this kind needs, with the sizes and hashes that the hub tells.

        Raises `HubUnknown` for a repository that holds no such model.
        """

        def ask() -> HubListing:
            info = self._api.model_info(repository, files_metadata=True)
            files = tuple(_files(info))
            found = _writers(files) if kind is ModelKind.WRITER else _encoder(files)
            licence = _licence(info)
            return HubListing(repository, _revision(info), licence, bool(info.gated), found)

        listing = self._asked(ask, repository)
        if not listing.files:
            raise HubUnknown(repository, "*.gguf" if kind is ModelKind.WRITER else "*.safetensors")
        return listing

    def address(self, repository: str, revision: str, file: str) -> str:
        """Return the URL of a file, whose name has to be a plain one."""
        if not hub_names.plain(file):
            raise HubUnknown(repository, file)
        with explained(repository, file):
            return hf_hub_url(repository, file, revision=revision, endpoint=self.endpoint)

    def headers(self) -> dict[str, str]:
        """Return what a request for a file has to say; its bytes are wanted as they are."""
        said = {"Accept-Encoding": "identity", "User-Agent": f"{_PROGRAM}/{__version__}"}
        if isinstance(self.token, str):
            said["Authorization"] = f"Bearer {self.token}"  # redirected elsewhere, httpx drops it
        return said

    def _asked(self, ask: Callable[[], T], name: str) -> T:
        """Return what the hub answers, asked again a few times if it may help."""
        misses = 0
        while True:
            try:
                with explained(name), _understood(name):
                    return ask()
            except Failure as failure:
                misses += 1
                if misses >= _TRIES:
                    raise failure.error from failure
                self.client.rest(misses, failure)


@contextmanager
def _understood(name: str) -> Iterator[None]:
    """Report an answer that no hub gives: the page of a hotel's network, usually."""
    try:
        yield
    except (HfHubHTTPError, HFValidationError):
        raise
    except UnicodeDecodeError:
        raise HubUnreachable(name, HubFault.NO_HUB) from None
    except UnicodeError:  # of a name that no host can have
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise HubUnreachable(name, HubFault.NO_HUB) from None


def _model(info: ModelInfo) -> HubModel:
    changed = info.last_modified
    return HubModel(
        repository=info.id,
        licence=_licence(info),
        downloads=_count(info.downloads),
        likes=_count(info.likes),
        gated=bool(info.gated),
        changed=changed.date().isoformat() if changed else "",
    )


def _licence(info: ModelInfo) -> str:
    """Return what a repository says about its licence; one of its own has a name of its own."""
    card: Any = info.card_data
    said = getattr(card, "license", None) if card is not None else None
    if said == "other":
        said = getattr(card, "license_name", None) or said
    if isinstance(said, list):
        said = ", ".join(map(str, said))
    tags = [tag for tag in info.tags or () if tag.startswith("license:")]
    told = str(said) if said else tags[0].partition(":")[2] if tags else ""
    return "".join(filter(str.isprintable, told))[:_LONGEST_LICENCE]


def _count(told: object) -> int:
    """Return a number that a hub counts, 0 where it is none."""
    return told if isinstance(told, int) and 0 <= told <= _MOST_COUNTED else 0


def _revision(info: ModelInfo) -> str:
    """Return which state of a repository was told of. Raises `ValueError` for what is none."""
    told = info.sha or "main"
    if not _REVISION.fullmatch(told):
        raise ValueError(told)
    return told


def _files(info: ModelInfo) -> Iterator[HubFile]:
    """Yield the files that can be had; of names that differ in case alone, the first counts.

    Raises `ValueError` for a size or a hash that is none.
    """
    seen: set[str] = set()
    for file in info.siblings or ():
        name = file.rfilename
        size: Any = file.size if file.size is not None or file.lfs is None else file.lfs.size
        if size is None or not hub_names.plain(name) or name.casefold() in seen:
            continue
        seen.add(name.casefold())
        digest = file.lfs.sha256 if file.lfs else ""
        if not isinstance(size, int) or size < 0 or not _DIGEST.fullmatch(digest):
            raise ValueError(name)
        yield HubFile(name, size, digest, hub_names.quantization(name))


def _writers(files: Iterable[HubFile]) -> tuple[HubFile, ...]:
    """Return the GGUF files, smallest first; all parts of one that was split stand together."""
    whole = []
    split: dict[tuple[str, int], dict[int, HubFile]] = defaultdict(dict)
    for file in files:
        if not hub_names.writes(file.name):
            continue
        part = hub_names.part_of(file.name)
        if part is None:
            whole.append(file)
        else:
            stem, number, count = part
            split[stem, count][number] = file
    for (_, count), parts in split.items():
        if sorted(parts) == list(range(1, count + 1)):
            whole.append(_joined([parts[number] for number in sorted(parts)]))
    return tuple(sorted(whole, key=lambda file: (file.size, file.name)))


def _joined(parts: list[HubFile]) -> HubFile:
    first = parts[0]
    size = sum(part.size for part in parts)
    return HubFile(first.name, size, first.sha256, first.quantization, tuple(parts))


def _encoder(files: Iterable[HubFile]) -> tuple[HubFile, ...]:
    """Return what sentence-transformers reads: no code, and no pickles, which may hold code."""
    found = tuple(file for file in files if _of_encoder(file.name))
    has_weights = any(file.name.endswith(".safetensors") for file in found)
    return found if has_weights else ()


def _of_encoder(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    if folder and not _LANDS.fullmatch(folder):
        return False
    return file in _ENCODER_FILES or file.endswith(_ENCODER_ENDINGS)
