"""Gets the data that Tesseract recognizes a language with, and looks whether it is such data."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_rag import __version__
from desktop_rag.domain import languages
from desktop_rag.domain.errors import (
    HubBusy,
    HubRefused,
    HubUnknown,
    HubUnreachable,
    LanguageUnknown,
)
from desktop_rag.domain.models import HubFault
from desktop_rag.engines.hub.http import Failure, HubClient, explained, raise_for
from desktop_rag.engines.hub.resumable_download import Order, RemoteFile
from desktop_rag.settings.schema import Network

USUAL_PLACE = "https://raw.githubusercontent.com/tesseract-ocr/tessdata_fast/4.1.0"
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": f"desktop-rag/{__version__}"}
_MOST_BYTES = 512 << 20  # some ten times the largest there is
_MOST_PARTS = 64  # of a file; Tesseract 5 knows 24
_NETWORK = 17  # the part that recognizes letters, by its place in a file
_FORBIDDEN = 403  # what GitHub says to who asks too often


def place_of(network: Network) -> str:
    """Return where the data is had from: as set, or else Tesseract's own fast models."""
    return (network.language_data or USUAL_PLACE).rstrip("/")


def source(client: HubClient, network: Network, language: str) -> RemoteFile:
    """Return where the data of a language is. Raises `LanguageUnknown`."""
    if not languages.plain(language):
        raise LanguageUnknown(language)
    place = place_of(network)
    client.keep_to(place)
    return RemoteFile(client, f"{place}/{language}.traineddata", _HEADERS)


def order(where: RemoteFile, language: str, target: Path) -> Order:
    """Return what there is to be got, of which nobody knows more than its size."""
    size = _size(where, language)
    return Order(language, "", target.name, size, "", target)


def is_data(file: Path) -> bool:
    """Whether a file is Tesseract's data for a language: a list of parts, then the parts."""
    try:
        with file.open("rb") as data:
            head = data.read(4 + 8 * _MOST_PARTS)
            size = data.seek(0, 2)
        (count,) = struct.unpack_from("<i", head)
        if count <= _NETWORK:
            return False
        starts = struct.unpack_from(f"<{count}q", head, 4)
    except (OSError, struct.error):
        return False
    there = [start for start in starts if start != -1]
    inside = all(4 + 8 * count <= start < size for start in there)
    return inside and there == sorted(there) and starts[_NETWORK] != -1


@contextmanager
def explained_as_language(language: str) -> Iterator[None]:
    """Speak of a language, where a hub speaks of repositories and the terms of models."""
    try:
        yield
    except HubUnknown:
        raise LanguageUnknown(language) from None
    except HubRefused:
        raise HubBusy(language, _FORBIDDEN) from None


def _size(where: RemoteFile, language: str) -> int:
    """Ask how large a file is, again and again with pauses if that may help."""
    misses = 0
    while True:
        try:
            with explained(language):
                answer = where.client.http.head(where.address, headers=where.headers)
                raise_for(answer, language)
                break
        except Failure as failure:
            misses += 1
            where.client.rest(misses, failure)
    said = answer.headers.get("Content-Length", "")
    if not said.isdecimal():
        raise HubUnreachable(language, HubFault.NO_LENGTH)
    if int(said) > _MOST_BYTES:
        raise HubUnreachable(language, HubFault.TOO_MUCH)
    return int(said)
