"""Takes pictures out of documents, as many and as large as is good for them; Pillow measures."""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

_MOST_PIXELS_WITHIN = 25_000_000  # of a picture in a document
_MOST_BYTES_WITHIN = 8 << 20
_MOST_WITHIN = 300  # pictures
_LEAST_SIDE = 24  # pixels; smaller ones are ornaments
_SHOWN = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_MOST_FRAMES = 2_000
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, EOFError, Image.DecompressionBombError)


class DocumentImages:
    """What was taken out of a document."""

    def __init__(self) -> None:
        self._left = _MOST_WITHIN
        self._new: dict[str, bytes] = {}

    def tag(self, data: bytes, width: float) -> str:
        """Return the HTML that shows a picture `width` points wide, nothing if that cannot be.

        It has at most 25 million pixels and 8 MiB, and sides of at least 24 pixels.
        """
        if not data or len(data) > _MOST_BYTES_WITHIN or not self._left or not _showable(data):
            return ""
        self._left -= 1
        name = f"p{_MOST_WITHIN - self._left}"
        self._new[name] = data
        return f'<img src="{name}" style="width:{max(1, round(width))}px"/>'

    def taken(self) -> dict[str, bytes]:
        """Return the pictures since the last time, by the names that their tags have."""
        taken, self._new = self._new, {}
        return taken


def pixels(path: Path) -> int:
    """Return how many pixels the largest picture of a file has.

    Of what is beyond Pillow's own limit, `sys.maxsize`. Raises `OSError`, and for damaged files
    what Pillow does: `SyntaxError`, `ValueError`, `EOFError`, `TypeError`.
    """
    try:
        with _measured(), Image.open(path) as image:
            return max(_areas(image))
    except Image.DecompressionBombError:  # it is more than Pillow wants to know of
        return sys.maxsize


def _areas(image: Image.Image) -> Iterator[int]:
    yield image.width * image.height
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    for frame in range(1, min(frames, _MOST_FRAMES)):
        image.seek(frame)
        yield image.width * image.height


def as_png(path: Path) -> bytes:
    """Return a picture that MuPDF cannot read as one that it can, nothing for all others.

    Raises what `pixels` does.
    """
    made = io.BytesIO()
    with _measured(), Image.open(path) as image:
        if image.format != "WEBP":
            return b""
        image.convert("RGB").save(made, "PNG", compress_level=1)
    return made.getvalue()


def _showable(data: bytes) -> bool:
    try:
        with _measured(), Image.open(io.BytesIO(data), formats=_SHOWN) as image:
            sides = image.size
    except _DAMAGE:
        return False
    return min(sides) >= _LEAST_SIDE and sides[0] * sides[1] <= _MOST_PIXELS_WITHIN


def _measured() -> warnings.catch_warnings[None]:
    """Nothing is unpacked here, so that there is nothing to warn of."""
    return warnings.catch_warnings(action="ignore")
