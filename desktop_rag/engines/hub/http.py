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
from desktop_rag.domain.patience import Patience
from desktop_rag.domain.ports import CancelToken
from desktop_rag.settings.paths import FULL

if TYPE_CHECKING:
    from desktop_rag.settings.schema import Network

REFUSALS = {401, 403, 451}
BUSY = 429
SERVER_FAILED = 500
_FAILED = 400
_MISSING = {400, 404, 410}
_LOOK_SECONDS = 0.1  # how often a pause asks whether it is still wanted
_LONGEST_REASON = 120  # characters
_SAID: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((httpx.TimeoutException, TimeoutError), "timed out"),
    ((socket.gaierror,), "its name was not found"),
    ((ConnectionRefusedError,), "connection refused"),
    ((ConnectionError, httpx.RemoteProtocolError), "connection broken"),
)


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
        self._secure = True
        set_client_factory(self._client)

    def close(self) -> None:
        """Hang up."""
        close_session()

    def secure(self, endpoint: str) -> None:
        """Follow nobody from an encrypted endpoint to one that is not."""
        self._secure = endpoint.startswith("https:")

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
                event_hooks={"request": [self._asking], "response": [self._heard]},
            )
        except ValueError as error:  # the system names a proxy of an unknown kind
            raise httpx.InvalidURL(str(error)) from error

    def _timeout(self) -> httpx.Timeout:
        return httpx.Timeout(self.patience.read, connect=self.patience.connect)

    def _asking(self, request: httpx.Request) -> None:
        """Look at each request just before it is sent, those that a redirect leads to too."""
        self.cancel.check()
        request.extensions["timeout"] = self._timeout().as_dict()  # huggingface_hub waits for ever
        if self._secure and request.url.scheme != "https":
            raise httpx.UnsupportedProtocol("redirected to an unencrypted address")


@contextmanager
def explained(name: str, file: str = "") -> Iterator[None]:
    """Turn what huggingface_hub and its HTTP client raise into our own errors.

    Those after which it is worth trying again arrive as a `Failure`.
    """
    try:
        yield
    except HFValidationError:
        raise HubUnknown(name, file) from None
    except httpx.HTTPError as error:
        answer = getattr(error, "response", None)
        if answer is not None:
            raise_for(answer, name, file)
        found = _unreachable(error, name)
        if _final(error, found):
            raise found from error
        raise Failure(found) from error
    except (httpx.InvalidURL, httpx.StreamError, ImportError) as error:
        # the last one of a proxy that needs another package
        raise HubUnreachable(name, _short(str(error))) from error


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


def _final(error: BaseException, found: RagError) -> bool:
    """Whether asking again would only end in the same."""
    final = (httpx.UnsupportedProtocol, httpx.TooManyRedirects, ssl.SSLCertVerificationError)
    return isinstance(found, DiskFull) or any(isinstance(one, final) for one in _causes(error))


def _unreachable(error: BaseException, name: str) -> RagError:
    reason = ""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in FULL:  # of the log of connections
            return DiskFull(str(cause.filename or ""))
        reason = reason or _reason(cause)
    return HubUnreachable(name, reason or _short(str(error) or type(error).__name__))


def _reason(cause: BaseException) -> str:
    """Return what the network says, in a few words; nothing where it says nothing of use."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _short(f"TLS: {getattr(cause, 'verify_message', '') or cause}")
    if isinstance(cause, ssl.SSLError):
        return _short(f"TLS: {getattr(cause, 'reason', '') or cause}")
    if isinstance(cause, OSError) and cause.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH}:
        return "no way there"
    return next((words for kinds, words in _SAID if isinstance(cause, kinds)), "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    seen = 0
    while at is not None and seen < 10:  # noqa: PLR2004 - no chain is longer
        yield at
        at = at.__cause__ or at.__context__
        seen += 1


def _short(text: str) -> str:
    """Return one short line, without the rest of any address."""
    words = (word.split("?")[0] for word in text.split())
    return " ".join(words)[:_LONGEST_REASON]
