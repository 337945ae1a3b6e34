"""The way to a hub: one HTTP client at a time, its patience, and what its failures mean."""

from __future__ import annotations

import email.utils
import errno
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from huggingface_hub import close_session, get_session, set_client_factory
from huggingface_hub.errors import HFValidationError
from huggingface_hub.utils import httpx  # httpx2 in huggingface_hub 2

from desktop_rag.domain.errors import (
    DiskFull,
    DownloadError,
    HubBusy,
    HubRefused,
    HubUnknown,
    HubUnreachable,
    RagError,
)
from desktop_rag.domain.models import HubFault
from desktop_rag.domain.patience import Patience
from desktop_rag.domain.ports import CancelToken
from desktop_rag.engines.hub.bounds import Bounds, Misled
from desktop_rag.engines.hub.watchdog import Watchdog
from desktop_rag.settings.paths import FULL

if TYPE_CHECKING:
    from desktop_rag.settings.schema import Network

REFUSALS = {401, 403, 451}
BUSY = 429
SERVER_FAILED = 500
_FAILED = 400
_MISSING = {400, 404, 410}
_LOOK_SECONDS = 0.1  # how often a pause asks whether it is still wanted
_SAID: tuple[tuple[tuple[type[BaseException], ...], HubFault], ...] = (
    ((ssl.SSLCertVerificationError,), HubFault.CERTIFICATE),
    ((ssl.SSLError,), HubFault.TLS),
    ((httpx.TimeoutException, TimeoutError), HubFault.TIMED_OUT),
    ((socket.gaierror,), HubFault.NO_SUCH_HOST),
    ((ConnectionRefusedError,), HubFault.REFUSED),
    ((httpx.ProxyError,), HubFault.PROXY),
    ((httpx.TooManyRedirects,), HubFault.LOOP),
    ((httpx.UnsupportedProtocol,), HubFault.ELSEWHERE),
    ((httpx.InvalidURL, UnicodeError), HubFault.ADDRESS),
    ((httpx.DecodingError,), HubFault.NO_HUB),
)
_LASTING = {
    HubFault.CERTIFICATE,
    HubFault.ELSEWHERE,
    HubFault.LOOP,
    HubFault.ADDRESS,
    HubFault.NO_HUB,
}


class Failure(Exception):
    """Something that may go better next time; `wait` is what the hub asks for, in seconds."""

    def __init__(self, error: RagError, wait: float | None = None) -> None:
        super().__init__(error, wait)
        self.error = error
        self.wait = wait


class HubClient:
    """One HTTP client, made as the settings want it, that huggingface_hub uses too."""

    def __init__(
        self,
        network: Network,
        cancel: CancelToken,
        heard: Callable[[Any], None],
        patience: Patience,
    ) -> None:
        self.cancel = cancel
        self.patience = patience
        self._network = network
        self._heard = heard
        self._bounds = Bounds("https:")
        self._watchdog = Watchdog(patience.crawl)
        set_client_factory(self._client)

    def close(self) -> None:
        """Hang up."""
        close_session()
        self._watchdog.close()

    def keep_to(self, endpoint: str) -> None:
        """Go only where this server may lead."""
        self._bounds = Bounds(endpoint)

    @property
    def http(self) -> httpx.Client:
        """The client that is used now."""
        return get_session()

    def pause(self, seconds: float) -> None:
        """Wait, unless it is cancelled meanwhile."""
        end = time.monotonic() + seconds
        never = threading.Event()
        while (left := end - time.monotonic()) > 0:
            self.cancel.check()
            never.wait(min(left, _LOOK_SECONDS))
        self.cancel.check()

    def rest(self, misses: int, failure: Failure) -> None:
        """Wait before the next try, or raise what went wrong if there should be none."""
        self._watchdog.rest()
        patience = self.patience
        wait = failure.wait or 0.0
        if misses >= patience.tries or wait > patience.longest_wait:
            raise failure.error
        longer = patience.first_pause * 2 ** (misses - 1)
        self.pause(max(wait, min(longer, patience.longest_pause)))

    def _client(self) -> httpx.Client:
        proxy = self._network.proxy or None
        try:
            return httpx.Client(
                proxy=proxy,
                follow_redirects=True,
                timeout=self._timeout(),
                event_hooks={
                    "request": [self._asking],
                    "response": [self._heard, self._answered],
                },
            )
        except (ValueError, ImportError, httpx.InvalidURL):
            # the system names a proxy of an unknown kind, or one that needs another package
            raise Misled(HubFault.PROXY) from None

    def _timeout(self) -> httpx.Timeout:
        return httpx.Timeout(self.patience.read, connect=self.patience.connect)

    def _asking(self, request: httpx.Request) -> None:
        """Look at each request just before it is sent, those that a redirect leads to too."""
        self.cancel.check()
        request.extensions["timeout"] = self._timeout().as_dict()  # huggingface_hub waits for ever
        request.extensions["trace"] = self._watchdog.trace
        self._bounds.hold(request)
        self._watchdog.begin()

    def _answered(self, answer: httpx.Response) -> None:
        """Look at each answer before any of its body is read."""
        self._watchdog.begin()
        self._bounds.admit(answer, self._came)

    def _came(self, count: int) -> None:
        self.cancel.check()
        if self._watchdog.bit:  # an answer that does not say how long it is seems to end
            raise httpx.ReadTimeout("too slow")
        self._watchdog.came(count)


@contextmanager
def explained(name: str, file: str = "") -> Iterator[None]:
    """Turn what huggingface_hub and its HTTP client raise into our own errors.

    Those after which it is worth trying again arrive as a `Failure`.
    """
    try:
        yield
    except HFValidationError:
        raise HubUnknown(name, file) from None
    except Misled as error:
        raise HubUnreachable(name, error.fault) from None
    except httpx.HTTPError as error:
        answer = getattr(error, "response", None)
        if answer is not None:
            raise_for(answer, name, file)
            raise HubUnreachable(name, HubFault.NO_HUB) from None
        found = _unreachable(error, name)
        if _final(found):
            raise found from None
        raise Failure(found) from None
    except (httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        # the last one of a name of a host that the system's resolver is not even asked for
        raise HubUnreachable(name, _fault(error) or HubFault.BROKEN) from None


def raise_for(answer: httpx.Response, name: str, file: str = "") -> None:
    """Raise what an answer says, unless it is the wanted one."""
    status = answer.status_code
    if status < _FAILED:
        return
    if status == BUSY or status >= SERVER_FAILED:
        raise Failure(HubBusy(name, status), _wait(answer))
    raise _refusal(answer, name, file)


def _refusal(answer: httpx.Response, name: str, file: str) -> DownloadError:
    status = answer.status_code
    said = answer.headers.get("X-Error-Code", "")
    if said == "RepoNotFound":  # with 401, unless one is signed in
        return HubUnknown(name)
    if status in REFUSALS:
        return HubRefused(name)
    return HubUnknown(name, file) if status in _MISSING else HubBusy(name, status)


def _wait(answer: httpx.Response) -> float | None:
    """Return how many seconds a hub wants to be left alone, if it says so."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _final(found: RagError) -> bool:
    """Whether asking again would only end in the same."""
    return isinstance(found, DiskFull) or getattr(found, "reason", None) in _LASTING


def _unreachable(error: BaseException, name: str) -> RagError:
    """Say why nothing came, in none of the words of the server, which may hold an address."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in FULL:  # of the log of connections
            return DiskFull(str(cause.filename or ""))
    faults = (_fault(cause) for cause in _causes(error))
    return HubUnreachable(name, next(filter(None, faults), HubFault.BROKEN))


def _fault(cause: BaseException) -> HubFault | None:
    if isinstance(cause, OSError) and cause.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH}:
        return HubFault.NO_WAY
    return next((fault for kinds, fault in _SAID if isinstance(cause, kinds)), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    seen = 0
    while at is not None and seen < 10:  # noqa: PLR2004 - no chain is longer
        yield at
        at = at.__cause__ or at.__context__
        seen += 1
