"""Reads what a folder says of the encoder in it, and refuses what would run code.

A folder that somebody made is trusted with nothing: weights are read from safetensors alone, its
JSON is bounded, and of the parts that it names only a few are known here. Of its files only those
are listed, and copied, that are read.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag.domain.errors import FolderUnusable
from desktop_rag.domain.models import EncoderFacts, FolderFault, ModelKind
from desktop_rag.domain.ports import Judgement

WEIGHTS = "model.safetensors"
NO_SIZES = (OSError, AttributeError, KeyError, OverflowError, TypeError, ValueError)
LONGEST = 512  #: tokens: passages are shorter, and longer input costs memory by its square
_CONFIG, _MODULES = "config.json", "modules.json"
_PROMPTS, _TRANSFORMER = "config_sentence_transformers.json", "sentence_bert_config.json"
_CARD = "README.md"
_JSON = (_CONFIG, _PROMPTS, _TRANSFORMER, "tokenizer_config.json", "special_tokens_map.json")
_TOKENIZER = "tokenizer.json"
_OPTIONAL = (*_JSON, "added_tokens.json", "vocab.txt", _CARD)
_PICKLES = re.compile(r".*\.(bin|pt|pth|pkl|pickle|ckpt)", re.IGNORECASE)
_PART = re.compile(r"sentence_transformers\.(?:[a-z_]+\.)+(\w+)")
_FIRST = "Transformer"
_EMBEDS = frozenset({_FIRST, "Pooling", "Normalize", "Dense", "LayerNorm"})
_COMPARED = _EMBEDS | {"LogitScore"}
_WEIGHS = {"Dense", "LayerNorm"}
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,60}")
_COMPARES = "ForSequenceClassification"
_LABELS = "id2label"  # of the classes that it sorts into, by their number
_MOST = 1 << 20  # bytes of JSON, and whatever is counted in it
_MOST_TOKENIZER = 1 << 26
_MOST_WEIGHTS = 1 << 33
_MOST_PREFIX = 2_000  # characters: some are instructions of a paragraph
_SHORTEST = 48  # tokens: the shortest passages, and an embedder's own marks
_ROOM = 2  # positions that some count from 2
_DEPTH = 64
_FEW_LABELS = 5  # of those that are not known here, and so much of each, are shown
_MOST_LABEL = 40  # characters
_OWN_CODE = ("auto_map", "trust_remote")
_QUESTION = ("query", "question", "search_query", "retrieval.query")
_PASSAGE = ("passage", "document", "search_document", "retrieval.passage", "corpus")
_FRONT = re.compile(r"\A---\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_LANGUAGE = re.compile(r"^language:(.*(?:\n[ \t-].*)*)", re.MULTILINE)
_LICENCE = re.compile(r"^license:[ \t]*[\"']?([\w.+-]{1,60})", re.MULTILINE)
_CODE = re.compile(r"(?<![\w-])[a-z]{2}(?![\w-])")


@dataclass(frozen=True, slots=True)
class EncoderFolder:
    """A folder that can be used, what it says, and its files by their path in it."""

    facts: EncoderFacts
    files: Mapping[str, Path]


def read(folder: Path) -> EncoderFolder:
    """Return what a folder says of itself. Nothing in it is run, and no weights are loaded.

    Raises `FolderUnusable`.
    """
    return _FolderReader(folder).read()


@dataclass(frozen=True, slots=True)
class _FolderReader:
    """Reads one folder; each method raises `FolderUnusable`."""

    folder: Path

    def read(self) -> EncoderFolder:
        if not self.folder.is_dir():
            raise self._unusable(FolderFault.NO_FOLDER)
        files = {name: file for name in _OPTIONAL if (file := self._file(name))}
        config, modules = self._json(_CONFIG), self._json(_MODULES)
        kind = self._kind(config, modules)
        known = _EMBEDS if kind is ModelKind.EMBEDDER else _COMPARED
        parts = self._parts(modules, known) if isinstance(modules, list) and modules else []
        for name in (WEIGHTS, _TOKENIZER, *([_MODULES] if parts else []), *_files_of(parts)):
            files[name] = self._needed(name)
        for name in files:
            if name.endswith(".json") and name != _TOKENIZER:
                _refuse_code(self._json(name), self, name)
        return EncoderFolder(self._facts(kind, files), files)

    def _kind(self, config: Any, modules: Any) -> ModelKind:
        """Tell what is in the folder by what its files say."""
        if not isinstance(config, dict):
            raise self._unusable(FolderFault.NOT_ENCODER)
        built, said = config.get("architectures"), self._json(_PROMPTS)
        compares = isinstance(built, list) and any(str(one).endswith(_COMPARES) for one in built)
        if compares or (isinstance(said, dict) and said.get("model_type") == "CrossEncoder"):
            return self._compared(config)
        if isinstance(modules, list) and modules:
            return ModelKind.EMBEDDER
        raise self._unusable(FolderFault.NOT_ENCODER)

    def _compared(self, config: Mapping[str, Any]) -> ModelKind:
        """Tell rerankers, which give one number, from entailment models by what they sort into."""
        try:
            labels = _labels_of(config)
        except NO_SIZES as error:
            raise self._unusable(FolderFault.DAMAGED, _CONFIG) from error
        if len(labels) <= 1:
            return ModelKind.RERANKER
        if _entailment_order(labels) is None:
            raise self._unusable(FolderFault.UNKNOWN_LABELS, ", ".join(labels[:_FEW_LABELS]))
        return ModelKind.ENTAILMENT

    def _parts(self, modules: Sequence[Any], read: Set[str]) -> list[tuple[str, str]]:
        """Return the kind of each part, one of those `read` here, and its folder in this one."""
        found: list[tuple[str, str]] = []
        for module in modules:
            said = module if isinstance(module, dict) else {}
            name, place = str(said.get("type", "")), str(said.get("path", ""))
            known = _PART.fullmatch(name)
            if known is None:
                raise self._unusable(FolderFault.CODE, name)
            if known[1] not in read or (known[1] == _FIRST) != (not found):
                raise self._unusable(FolderFault.UNKNOWN_PARTS, known[1])
            if bool(found) != bool(_PLAIN.fullmatch(place)):
                raise self._unusable(FolderFault.UNKNOWN_PARTS, place)
            found.append((known[1], place))
        return found

    def _needed(self, name: str) -> Path:
        found = self._file(name)
        if found is not None:
            return found
        beside = (self.folder / name).parent
        if name.endswith(WEIGHTS) and beside.is_dir():
            pickles = [one.name for one in beside.iterdir() if _PICKLES.fullmatch(one.name)]
            if pickles:
                raise self._unusable(FolderFault.PICKLE, min(pickles))
        raise self._unusable(FolderFault.LACKS, name)

    def _file(self, name: str) -> Path | None:
        """Return a file of the folder that is there, unless it is too large or lies elsewhere."""
        path = self.folder / name
        if not path.is_file():
            return None
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise self._unusable(FolderFault.LINK, name)
        most = _MOST_TOKENIZER if name in {_TOKENIZER, "vocab.txt"} else _MOST
        if path.stat().st_size > (_MOST_WEIGHTS if name.endswith(WEIGHTS) else most):
            if name == _CARD:
                return None
            raise self._unusable(FolderFault.TOO_LARGE, name)
        return path

    def _json(self, name: str) -> Any:
        path = self._file(name)
        if path is None:
            return None
        try:
            return json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise self._unusable(FolderFault.DAMAGED, name) from error

    def _facts(self, kind: ModelKind, files: Mapping[str, Path]) -> EncoderFacts:
        try:
            dimension, tokens = sizes_of(self.folder)
        except NO_SIZES as error:
            raise self._unusable(FolderFault.DAMAGED, _CONFIG) from error
        embeds = kind is ModelKind.EMBEDDER
        query, passage = _prefixes(self._json(_PROMPTS)) if embeds else (None, None)
        card = self._card()
        try:
            weights = digest(files[WEIGHTS])
            size = sum(file.stat().st_size for file in files.values())
        except OSError as error:
            raise self._unusable(FolderFault.DAMAGED, WEIGHTS) from error
        return EncoderFacts(
            kind=kind,
            weights=weights,
            size=size,
            tokens=tokens,
            dimension=dimension if embeds else 0,
            query_prefix=query,
            passage_prefix=passage,
            languages=_languages(card),
            licence=found[1] if (found := _LICENCE.search(card)) else "",
        )

    def _card(self) -> str:
        """Return what stands at the head of the model card, for programs to read."""
        path = self._file(_CARD)
        if path is None:
            return ""
        try:
            found = _FRONT.match(path.read_text("utf-8", errors="replace"))
        except OSError:
            return ""
        return found[1] if found else ""

    def _unusable(self, fault: FolderFault, part: str = "") -> FolderUnusable:
        return FolderUnusable(str(self.folder), fault, part[:_MOST_PREFIX])


def sizes_of(folder: Path) -> tuple[int, int]:
    """Return how long the vectors of an encoder are, and how many tokens are read at once.

    Raises one of `NO_SIZES` where its files do not say that, or nothing that can be.
    """

    def said(name: str) -> Any:
        file = folder / name
        return json.loads(file.read_text("utf-8")) if file.is_file() else None

    config = said(_CONFIG)
    dimension = int(config["hidden_size"])
    for module in said(_MODULES) or ():
        if str(module["type"]).endswith(".Dense"):
            dimension = int(said(f"{module['path']}/{_CONFIG}")["out_features"])
    longest = (said(_TRANSFORMER) or {}).get("max_seq_length")
    tokens = int(longest or int(config["max_position_embeddings"]) - _ROOM)
    if not (1 <= dimension <= _MOST and _SHORTEST <= tokens <= _MOST):
        raise ValueError(f"{dimension} numbers of {tokens} tokens")
    return dimension, min(tokens, LONGEST)


def entailment_order(folder: Path) -> tuple[int, ...]:
    """Return which class of an entailment model stands for each field of `Judgement`.

    Raises one of `NO_SIZES` where its files do not say that.
    """
    config = json.loads((folder / _CONFIG).read_text("utf-8"))
    order = _entailment_order(_labels_of(config))
    if order is None:
        raise ValueError("no labels of entailment")
    return order


def _entailment_order(labels: Sequence[str]) -> tuple[int, ...] | None:
    """Return where the fields of `Judgement` stand among labels, in any case, if all and no others.

    >>> _entailment_order(["Contradiction", "ENTAILMENT", "neutral"])
    (1, 2, 0)
    >>> _entailment_order(["LABEL_0", "LABEL_1", "LABEL_2"])
    """
    told = [label.strip().casefold() for label in labels]
    if sorted(told) != sorted(Judgement._fields):
        return None
    return tuple(told.index(field) for field in Judgement._fields)


def _labels_of(config: Mapping[str, Any]) -> list[str]:
    """Return the labels of all classes by their number; none where a file says nothing of them.

    Raises one of `NO_SIZES` where they are not numbered from 0.
    """
    said = config.get(_LABELS) or {}
    numbered = {int(number): str(label)[:_MOST_LABEL] for number, label in said.items()}
    if sorted(numbered) != list(range(len(said))):
        raise ValueError("classes that are not numbered from 0")
    return [numbered[at] for at in range(len(numbered))]


def _files_of(parts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Return what each part needs besides the first, whose files lie in the folder itself."""
    for kind, place in parts[1:]:
        if kind != "Normalize":
            yield f"{place}/{_CONFIG}"
        if kind in _WEIGHS:
            yield f"{place}/{WEIGHTS}"


def _refuse_code(said: Any, reader: _FolderReader, name: str, depth: int = 0) -> None:
    """Raise `FolderUnusable` where a file asks for programs of the model's own to be run."""
    inner: list[Any] = []
    if isinstance(said, dict):
        if any(value and str(key).startswith(_OWN_CODE) for key, value in said.items()):
            raise FolderUnusable(str(reader.folder), FolderFault.CODE, name)
        inner = list(said.values())
    elif isinstance(said, list):
        inner = said
    if inner and depth > _DEPTH:
        raise FolderUnusable(str(reader.folder), FolderFault.DAMAGED, name)
    for one in inner:
        _refuse_code(one, reader, name, depth + 1)


def _prefixes(said: Any) -> tuple[str | None, str | None]:
    """Return what is put before a question and before a passage.

    sentence-transformers writes empty ones where nobody said any: then both are None.
    """
    values = said if isinstance(said, dict) else {}
    kept = values.get("prompts")
    prompts = {
        name.casefold(): text[:_MOST_PREFIX]
        for name, text in (kept.items() if isinstance(kept, dict) else ())
        if isinstance(text, str)
    }
    if not any(prompts.values()):
        return None, None
    usual = prompts.get(str(values.get("default_prompt_name") or "").casefold(), "")

    def one(names: Sequence[str]) -> str:
        return next((prompts[name] for name in names if name in prompts), usual)

    return one(_QUESTION), one(_PASSAGE)


def _languages(card: str) -> tuple[str, ...]:
    """Return the codes of two letters in the entry `language`; as YAML, "no" would be False.

    >>> _languages("license: mit" + chr(10) + "language: [es, no, multilingual]")
    ('es', 'no')
    """
    found = _LANGUAGE.search(card)
    return tuple(dict.fromkeys(_CODE.findall(found[1]))) if found else ()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
