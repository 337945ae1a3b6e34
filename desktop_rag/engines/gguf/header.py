"""Reads the header of a GGUF file, in bounded time and memory whatever the bytes say.

    magic, version, counts ─► keys with values ─► names, shapes, types and places of tensors

Bytes come through `read(offset, length)`, in few large slices, so that the header of a file
far away costs a handful of requests. Long lists, such as the tokens, are passed over: only
their length is kept. Whatever is wrong is a `HeaderUnusable` with the reason.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard

from desktop_rag.domain.generation import Unusable

Read = Callable[[int, int], bytes]
Value = int | float | bool | str | tuple[int | float | bool | str, ...]

MAGIC = b"GGUF"
_FIRST = 256 << 10  # bytes; each next slice is twice as long
_LARGEST = 4 << 20
_HEADER = 96 << 20  # bytes; the largest vocabularies known take 15 MiB
_KEYS = 1 << 14
_TENSORS = 1 << 17
_NAME = 1 << 10  # bytes
_TEXT = 1 << 20  # bytes; a longer text is passed over
_LIST = 1 << 10  # entries; a longer list is passed over
_DIMENSIONS = 4
_ALIGNMENT = 32

#: Fixed sizes by GGUF's number of the type of a value.
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q"}
_SCALARS[12] = "d"
_STRING, _ARRAY = 8, 9

#: ggml's types of tensors by number: name, elements in a block, bytes of a block.
TENSOR_TYPES = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    2: ("Q4_0", 32, 18),
    3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24),
    8: ("Q8_0", 32, 34),
    9: ("Q8_1", 32, 36),
    10: ("Q2_K", 256, 84),
    11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144),
    13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210),
    15: ("Q8_K", 256, 292),
    16: ("IQ2_XXS", 256, 66),
    17: ("IQ2_XS", 256, 74),
    18: ("IQ3_XXS", 256, 98),
    19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18),
    21: ("IQ3_S", 256, 110),
    22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136),
    24: ("I8", 1, 1),
    25: ("I16", 1, 2),
    26: ("I32", 1, 4),
    27: ("I64", 1, 8),
    28: ("F64", 1, 8),
    29: ("IQ1_M", 256, 56),
    30: ("BF16", 1, 2),
    34: ("TQ1_0", 256, 54),
    35: ("TQ2_0", 256, 66),
    39: ("MXFP4", 32, 17),
    40: ("NVFP4", 64, 36),
    41: ("Q1_0", 128, 18),
    42: ("Q2_0", 64, 18),
}


class HeaderUnusable(Exception):
    """The bytes are no usable header; `reason` says why."""

    def __init__(self, reason: Unusable) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor: its name, how many elements lie along each dimension, its type and its bytes."""

    name: str
    shape: tuple[int, ...]
    type: str
    bytes: int

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Header:
    """All values but long ones, the lengths of all lists, and the tensors."""

    values: dict[str, Value]
    lengths: dict[str, int]
    tensors: tuple[Tensor, ...]

    def number(self, key: str, default: int = 0) -> int:
        """Return a count, `default` if there is none or it is not one."""
        value = self.values.get(key)
        return value if isinstance(value, int) and 0 <= value < 1 << 48 else default

    def text(self, key: str) -> str:
        """Return a text, "" if there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty if there is none."""
        value = self.values.get(key)
        return tuple(one for one in value if isinstance(one, str)) if _listed(value) else ()

    def numbers(self, key: str, count: int, default: int = 0) -> list[int]:
        """Return `count` numbers: those of a list, or the same one again and again."""
        value = self.values.get(key)
        if not _listed(value):
            return [self.number(key, default)] * count
        found = [one if isinstance(one, int) and 0 <= one < 1 << 48 else 0 for one in value]
        return (found + [found[-1] if found else default] * count)[:count]


def header_of(read: Read, size: int) -> Header:
    """Return the header of a file of `size` bytes that `read(offset, length)` gives."""
    bytes_ = _Bytes(read, size)
    tensor_count, key_count = _counts(bytes_)
    values: dict[str, Value] = {}
    lengths: dict[str, int] = {}
    for _ in range(key_count):
        key = bytes_.text(_NAME)
        value, length = _value(bytes_, bytes_.number("I"))
        if value is not None:
            values[key] = value
        if length is not None:
            lengths[key] = length
    placed = [_tensor(bytes_) for _ in range(tensor_count)]
    start = _aligned(bytes_.at, values.get("general.alignment", _ALIGNMENT))
    if any(start + offset + tensor.bytes > size for tensor, offset in placed):
        raise HeaderUnusable(Unusable.TRUNCATED)
    return Header(values, lengths, tuple(tensor for tensor, _ in placed))


def _counts(bytes_: _Bytes) -> tuple[int, int]:
    """Return how many tensors and how many keys follow, in a file of a version that is read."""
    if bytes_.size < len(MAGIC) or bytes_.taken(len(MAGIC)) != MAGIC:
        raise HeaderUnusable(Unusable.NOT_GGUF)
    version = bytes_.number("I")
    if version == 1:
        raise HeaderUnusable(Unusable.OLD_VERSION)
    if version not in {2, 3}:  # among them those of machines with the other order of bytes
        raise HeaderUnusable(Unusable.BROKEN)
    tensor_count, key_count = bytes_.number("Q"), bytes_.number("Q")
    if tensor_count > _TENSORS or key_count > _KEYS:
        raise HeaderUnusable(Unusable.BROKEN)
    return tensor_count, key_count


def _value(bytes_: _Bytes, type_: int) -> tuple[Value | None, int | None]:
    """Return a value, or `None` for one that is too long, and the length of a list."""
    if type_ == _STRING:
        return bytes_.text_or_none(_TEXT), None
    if type_ in _SCALARS:
        return bytes_.number(_SCALARS[type_]), None
    if type_ != _ARRAY:
        raise HeaderUnusable(Unusable.BROKEN)
    type_, length = bytes_.number("I"), bytes_.number("Q")
    if type_ == _STRING:
        return _texts(bytes_, length), length
    if type_ not in _SCALARS:
        raise HeaderUnusable(Unusable.BROKEN)  # llama.cpp takes no lists of lists either
    code = _SCALARS[type_]
    width = struct.calcsize("<" + code)
    if length > _LIST:
        bytes_.skip(length * width)
        return None, length
    return struct.unpack(f"<{length}{code}", bytes_.taken(length * width)), length


def _texts(bytes_: _Bytes, length: int) -> tuple[str, ...] | None:
    if length > _LIST:
        bytes_.skip_texts(length)
        return None
    return tuple(bytes_.text_or_none(_TEXT) or "" for _ in range(length))


def _tensor(bytes_: _Bytes) -> tuple[Tensor, int]:
    """Return a tensor and where it begins."""
    name = bytes_.text(_NAME)
    dimensions = bytes_.number("I")
    if dimensions > _DIMENSIONS:
        raise HeaderUnusable(Unusable.BROKEN)
    shape = struct.unpack(f"<{dimensions}Q", bytes_.taken(8 * dimensions)) or (1,)
    type_, offset = bytes_.number("I"), bytes_.number("Q")
    if type_ not in TENSOR_TYPES:
        raise HeaderUnusable(Unusable.BROKEN)
    type_name, block, width = TENSOR_TYPES[type_]
    elements = math.prod(shape)
    if not 0 < elements < 1 << 60 or shape[0] % block:
        raise HeaderUnusable(Unusable.BROKEN)
    return Tensor(name, shape, type_name, elements // block * width), offset


def _aligned(at: int, to: Value) -> int:
    if not isinstance(to, int) or not 0 < to <= 1 << 20 or to & (to - 1):
        raise HeaderUnusable(Unusable.BROKEN)
    return -(-at // to) * to


def _listed(value: Value | None) -> TypeGuard[tuple[int | float | bool | str, ...]]:
    return isinstance(value, tuple)


class _Bytes:
    """Takes bytes one after another from a window that grows by slices."""

    def __init__(self, read: Read, size: int) -> None:
        self.size = size
        self._read = read
        self._window = b""
        self._begins = 0  # where the window does
        self._in = 0  # where we are in it
        self._slice = _FIRST

    @property
    def at(self) -> int:
        """How far in the file we are."""
        return self._begins + self._in

    def taken(self, length: int) -> bytes:
        """Return the next `length` bytes."""
        self._fill(length)
        begin = self._in
        self._in += length
        return self._window[begin : self._in]

    def number(self, code: str) -> int:
        """Return the next number, of a type of `struct`."""
        found: int
        (found,) = struct.unpack("<" + code, self.taken(struct.calcsize("<" + code)))
        return found

    def text(self, most: int) -> str:
        """Return the next text; one longer than `most` bytes is refused."""
        length = self.number("Q")
        if length > most:
            raise HeaderUnusable(self._beyond(length) or Unusable.BROKEN)
        return self.taken(length).decode("utf-8", "replace")

    def text_or_none(self, most: int) -> str | None:
        """Return the next text, `None` for one longer than `most` bytes."""
        length = self.number("Q")
        if length > most:
            self.skip(length)
            return None
        return self.taken(length).decode("utf-8", "replace")

    def skip(self, length: int) -> None:
        """Pass over `length` bytes, without reading those that are not here yet."""
        if reason := self._beyond(length):
            raise HeaderUnusable(reason)
        at = self._in + length
        if at > len(self._window):
            self._begins, self._window, at = self._begins + at, b"", 0
        self._in = at

    def skip_texts(self, count: int) -> None:
        """Pass over `count` texts; it is worth being quick, for there may be a million."""
        unpack = struct.Struct("<Q").unpack_from
        if 8 * count > self.size - self.at:
            raise HeaderUnusable(Unusable.TRUNCATED)
        window, at = self._window, self._in
        for _ in range(count):
            if at + 8 > len(window):
                self._in = at
                self._fill(8)
                window, at = self._window, self._in
            at += 8 + unpack(window, at)[0]
            if at > len(window):
                self._in = len(window)
                self.skip(at - len(window))
                window, at = self._window, self._in
        self._in = at

    def _fill(self, length: int) -> None:
        """Make sure that the next `length` bytes are in the window."""
        if self._in + length <= len(self._window):
            return
        if reason := self._beyond(length):
            raise HeaderUnusable(reason)
        left = self._window[self._in :]
        self._begins, self._in = self.at, 0
        begin = self._begins + len(left)
        more = min(max(length - len(left), self._slice), self.size - begin)
        self._slice = min(self._slice * 2, _LARGEST)
        self._window = left + self._read(begin, more)
        if len(self._window) < length:
            raise HeaderUnusable(Unusable.TRUNCATED)

    def _beyond(self, length: int) -> Unusable | None:
        """Return why the next `length` bytes cannot be had, `None` if they can."""
        end = self.at + length
        if end > self.size:
            return Unusable.TRUNCATED
        return Unusable.BROKEN if end > _HEADER else None
