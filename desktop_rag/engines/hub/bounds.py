"""Holds a server to its place: where it may lead, who hears the token, how much it may say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huggingface_hub.utils import httpx

from desktop_rag.domain.models import HubFault

MOST_BYTES = 16 << 20  #: of an answer that is no file: a list of some 60,000 files
WANTED = {"wanted_file": True}  #: the extension of a request whose answer is counted elsewhere
_SCHEMES = {"http", "https"}
_FAMILIES = (
    # https://huggingface.co/docs/huggingface_hub/guides/download: hf.co has its storage
    frozenset({"huggingface.co", "hf.co"}),
    frozenset({"githubusercontent.com"}),
)


class Misled(Exception):
    """A server does what it may not, and would again; `fault` says what."""

    def __init__(self, fault: HubFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a server may do whose address is `endpoint`.

    An encrypted one leads to no address that is not, and one of a known family to no host outside
    it. Where else a mirror leads is the business of who chose it.
    """

    endpoint: str

    def hold(self, request: httpx.Request) -> None:
        """Look at a request that is about to be sent, be it the first or a redirected one."""
        home, url = httpx.URL(self.endpoint), request.url
        if home.scheme not in _SCHEMES:
            raise Misled(HubFault.ADDRESS)
        schemes = {"https"} if home.scheme == "https" else _SCHEMES
        family = _family(home.host)
        if url.scheme not in schemes or (family and _family(url.host) != family):
            raise Misled(HubFault.ELSEWHERE)
        request.headers["Accept-Encoding"] = "identity"
        if (url.scheme, url.host, url.port) != (home.scheme, home.host, home.port):
            request.headers.pop("Authorization", None)

    def admit(self, answer: httpx.Response, came: Callable[[int], None]) -> None:
        """Look at an answer of which only the headers are there.

        `came` hears how many bytes each block has, and 0 at the end. Nothing is unpacked: what
        a few bytes unpack to has no bounds.
        """
        if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise Misled(HubFault.PACKED)
        answer.headers.pop("Link", None)  # huggingface_hub waits for a next page as long as told
        wanted = answer.is_success and WANTED.items() <= answer.request.extensions.items()
        if not isinstance(answer.stream, httpx.SyncByteStream):
            raise TypeError(answer.stream)
        answer.stream = _Counted(answer.stream, None if wanted else MOST_BYTES, came)


class _Counted(httpx.SyncByteStream):
    """The body of an answer, as far as it is not too long."""

    def __init__(
        self, stream: httpx.SyncByteStream, most: int | None, came: Callable[[int], None]
    ) -> None:
        self._stream = stream
        self._most = most
        self._came = came

    def __iter__(self) -> Iterator[bytes]:
        total = 0
        for block in self._stream:
            total += len(block)
            if self._most is not None and total > self._most:
                raise Misled(HubFault.TOO_MUCH)
            self._came(len(block))
            yield block
        self._came(0)

    def close(self) -> None:
        self._stream.close()


def _family(host: str) -> frozenset[str]:
    """Return the domains of who a host belongs to, none of which anybody else can have."""
    name = host.rstrip(".")
    found = (
        family
        for family in _FAMILIES
        if any(name == domain or name.endswith(f".{domain}") for domain in family)
    )
    return next(found, frozenset())
