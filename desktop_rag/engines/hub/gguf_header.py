"""Reads the header of a GGUF file that is still on the hub."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from desktop_rag.domain.errors import DownloadDamaged, HubUnreachable
from desktop_rag.domain.models import HubFault, HubFile, ModelFacts
from desktop_rag.engines.hub.bounds import WANTED
from desktop_rag.engines.hub.http import Failure, explained, raise_for
from desktop_rag.engines.hub.search import Hub

_STRIDE = 4 << 20  # bytes: most headers need two or three, for their vocabulary
_MOST = 64 << 20  # no header is longer
_PART = 206
_START = re.compile(r"bytes (\d{1,19})-")


class Beginning:
    """The beginning of a file, of which more is asked for as it is read."""

    def __init__(self, hub: Hub, address: str, repository: str, size: int) -> None:
        self._hub = hub
        self._address = address
        self._repository = repository
        self._size = min(size, _MOST)
        self._bytes = bytearray()

    def read(self, offset: int, length: int) -> bytes:
        """Return these bytes, fewer where the file or our patience ends."""
        misses = 0
        wanted = min(offset + length, self._size)
        while len(self._bytes) < wanted:
            try:
                with explained(self._repository):
                    self._more(min(max(wanted, len(self._bytes) + _STRIDE), self._size))
            except Failure as failure:
                misses += 1
                self._hub.client.rest(misses, failure)
        return bytes(self._bytes[offset : offset + length])

    def _more(self, end: int) -> None:
        start = len(self._bytes)
        asked = self._hub.headers() | {"Range": f"bytes={start}-{end - 1}"}
        http = self._hub.client.http
        with http.stream("GET", self._address, headers=asked, extensions=WANTED) as answer:
            raise_for(answer, self._repository)
            if answer.status_code == _PART:
                found = _START.match(answer.headers.get("Content-Range", ""))
                if not found or int(found[1]) != start:
                    raise DownloadDamaged(self._repository)
            else:  # it knows no ranges, and begins at the beginning
                self._bytes.clear()
            for block in answer.iter_raw():
                self._hub.client.cancel.check()
                self._bytes += block[: end - len(self._bytes)]
                if len(self._bytes) >= end:
                    return
        raise Failure(HubUnreachable(self._repository, HubFault.BROKEN))


def facts(hub: Hub, repository: str, revision: str, parts: Sequence[HubFile]) -> ModelFacts:
    """Return what the headers of a model say, for some megabytes of each of its parts."""
    from desktop_rag.engines.gguf import model_facts

    def source(part: HubFile) -> tuple[Callable[[int, int], bytes], int]:
        address = hub.address(repository, revision, part.name)
        return Beginning(hub, address, repository, part.size).read, part.size

    first, *others = parts
    return model_facts.facts_from(*source(first), list(map(source, others)), name=first.name)
