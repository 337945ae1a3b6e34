"""Names that files have on the hub: which are plain ones, and what they say of a model."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from desktop_rag.domain import quantizations

_LONGEST = 300  # characters
_LONGEST_SEGMENT = 240  # bytes: no system takes 255, and what is unfinished has a longer name
_UNFINISHED = (".part", ".part.json")  # what is kept beside a file until it is whole
_REPOSITORY = re.compile(r"(?!.*(--|\.\.))\w[\w.-]{0,95}(/\w[\w.-]{0,95})?", re.ASCII)
_BAD_SIGNS = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_SPLIT = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_QUANTIZATION = re.compile(
    r"(?:^|[-_.])((?:UD-)?(?:I?Q\d+(?:_[A-Z0-9]+)*|TQ\d_\d|MXFP\d|BF16|F16|F32|FP16|FP32))"
    r"(?=$|[-_.])",
    re.IGNORECASE,
)
_NO_WRITERS = ("mmproj", "imatrix", "ggml-vocab")


def plain(name: str) -> bool:
    """Whether a name is a relative path on every system that leads nowhere but down."""
    if not name or len(name) > _LONGEST or _BAD_SIGNS.search(name) or not name.isprintable():
        return False
    return all(map(_plain_segment, name.split("/")))


def _plain_segment(segment: str) -> bool:
    bare = segment.strip()
    return bool(
        bare
        and bare == segment
        and not bare.endswith(".")
        and not bare.lower().endswith(_UNFINISHED)
        and not _DEVICES.fullmatch(bare)
        and len(bare.encode()) <= _LONGEST_SEGMENT
    )


def repository(name: object) -> bool:
    """Whether it is what a hub can call a repository."""
    return isinstance(name, str) and bool(_REPOSITORY.fullmatch(name))


def part_of(name: str) -> tuple[str, int, int] | None:
    """Return stem, number and count of a part that a GGUF file was split into."""
    found = _SPLIT.fullmatch(name)
    if not found:
        return None
    return found["stem"], int(found["number"]), int(found["count"])


def quantization(name: str) -> str:
    """Return the type that the name of a GGUF file ends in, such as "Q4_K_M", or nothing."""
    split = part_of(name)
    stem = PurePosixPath(split[0] if split else name.removesuffix(".gguf")).name
    found: list[str] = _QUANTIZATION.findall(stem)
    if not found:
        return ""
    last = found[-1].upper().replace("FP16", "F16").replace("FP32", "F32").removesuffix("_MOE")
    known = quantizations.quantization(last)
    return known.name if known else last


def writes(name: str) -> bool:
    """Whether a file is a GGUF that is more than an addition to another one."""
    path = PurePosixPath(name.lower())
    return path.suffix == ".gguf" and not path.name.startswith(_NO_WRITERS)
