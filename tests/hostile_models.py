"""What strangers might put into a model file, as hypothesis draws it: headers and templates."""

import struct

from hypothesis import strategies as st

HUGE = [0, 1, 2, 3, 8, 255, 1 << 10, 1 << 16, 1 << 31, (1 << 32) - 1, 1 << 60, (1 << 64) - 1]
NAMES = ["general.architecture", "general.name", "general.alignment", "general.type", "split.count"]
NAMES += [f"llama.{name}" for name in ("block_count", "embedding_length", "context_length")]
NAMES += [f"llama.attention.{name}" for name in ("head_count", "head_count_kv", "key_length")]
NAMES += ["split.no", "llama.expert_count", "llama.nextn_predict_layers", "llama.ssm.inner_size"]
NAMES += ["tokenizer.chat_template", "tokenizer.ggml.tokens", "general.languages", "llama"]
TENSOR = struct.pack("<Q1sIQIQ", 1, b"t", 1, 2, 0, 0)  #: one that is as it should be
TEMPLATE_PIECES = """
{{ }} {% %} {# #} messages [0] .content | join center ( ) 999999999 'x' * ~ - m f x
if endif for in endfor set = range macro endmacro namespace lipsum
"""


def templates() -> st.SearchStrategy[str]:
    """Return texts that are often nearly a template, and now and then one."""
    sources = st.recursive(
        st.sampled_from(["x", "{{ messages }}", "{{ x }}", "{{ lipsum() }}", "{{ f(9) }}"]),
        lambda inner: st.one_of(
            inner.map("{{% for m in range(9999) %}}{}{{% endfor %}}".format),
            inner.map("{{% set x %}}{0}{0}{{% endset %}}{{{{ x }}}}".format),
            inner.map("{{% if messages %}}{}{{% endif %}}".format),
            inner.map("{{% macro f(n) %}}{0}{{{{ f(n) }}}}{{% endmacro %}}{{{{ f(1) }}}}".format),
            inner.map("{{% filter center(9999999) %}}{}{{% endfilter %}}".format),
            st.tuples(inner, inner).map("".join),
        ),
        max_leaves=6,
    )
    pieces = st.lists(st.sampled_from(TEMPLATE_PIECES.split()), max_size=40).map(" ".join)
    return st.one_of(sources, pieces, st.text(max_size=60))


def headers() -> st.SearchStrategy[bytes]:
    """Return bytes of a GGUF file whose counts, lengths, types and places may be anything."""
    key = st.builds(_key, st.sampled_from(NAMES), _values() | _lists())
    keys = st.builds(lambda right, any_: [*right, *any_], _right(), st.lists(key, max_size=8))
    tensors = st.lists(st.just(TENSOR) | _tensors(), max_size=3)
    version = st.sampled_from([*[3] * 20, 2, 1, 4, 3 << 24])
    counts = st.sampled_from([None] * 8) | _numbers()
    return st.builds(_file, version, keys, tensors, counts, st.binary(max_size=200))


def _right() -> st.SearchStrategy[list[bytes]]:
    """Return the keys that every model has, or none."""
    named = _key("general.architecture", struct.pack("<IQ", 8, 5) + b"llama")
    return st.sampled_from(
        [[named, _key("llama.block_count", struct.pack("<II", 4, 2))]] * 3 + [[]]
    )


def _numbers() -> st.SearchStrategy[int]:
    return st.sampled_from(HUGE) | st.integers(0, (1 << 64) - 1)


def _values() -> st.SearchStrategy[bytes]:
    number = _numbers().map(lambda value: struct.pack("<IQ", 10, value))
    small = st.integers(0, 64).map(lambda value: struct.pack("<II", 4, value))
    words = st.sampled_from([b"llama", b"bert", b"adapter", b"{{ x }}"]) | st.binary(max_size=20)
    text = st.builds(
        lambda word, length: struct.pack("<IQ", 8, len(word) if length is None else length) + word,
        words,
        st.none() | st.none() | _numbers(),
    )
    return number | small | small | text


def _lists() -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda type_, length, rest: struct.pack("<IIQ", 9, type_, length) + rest,
        st.integers(0, 14),
        _numbers() | st.integers(0, 20),
        st.binary(max_size=80),
    )


def _tensors() -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda sizes, dimensions, type_, offset: (
            struct.pack("<Q1sI", 1, b"t", len(sizes) if dimensions is None else dimensions)
            + struct.pack(f"<{len(sizes)}QIQ", *sizes, type_, offset)
        ),
        st.lists(_numbers() | st.integers(1, 64), max_size=4),
        st.none() | st.none() | st.integers(0, (1 << 32) - 1),
        st.integers(0, 45),
        st.just(0) | _numbers(),
    )


def _key(name: str, value: bytes) -> bytes:
    return struct.pack("<Q", len(name)) + name.encode() + value


def _file(
    version: int,
    keys: list[bytes],
    tensors: list[bytes],
    count: int | None,
    rest: bytes,
) -> bytes:
    counts = len(tensors) if count is None else count, len(keys)
    said = struct.pack("<IQQ", version, *counts)
    return b"".join([b"GGUF", said, *keys, *tensors, bytes(64), rest])
