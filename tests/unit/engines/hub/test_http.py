"""What the failures of a client to a hub mean."""

import errno
import socket
import ssl
from collections.abc import Iterator

import pytest

from desktop_rag.domain.errors import DiskFull, HubBusy, HubRefused, HubUnknown, HubUnreachable
from desktop_rag.domain.models import HubFault
from desktop_rag.domain.patience import Patience
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.hub.bounds import Misled
from desktop_rag.engines.hub.http import Failure, HubClient, explained, httpx, raise_for
from desktop_rag.settings.schema import Network
from tests.fakes import CancelAfter, NeverCancelled


@pytest.fixture
def client() -> Iterator[HubClient]:
    client = HubClient(Network(), NeverCancelled(), lambda _answer: None, Patience(first_pause=0.0))
    yield client
    client.close()


def answer(status: int, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=given)


def reason(cause: BaseException, error: Exception | None = None) -> str:
    """Say what is told of a connection that failed for this cause."""
    failed = error or httpx.ConnectError("raw")
    failed.__cause__ = cause
    with pytest.raises((Failure, HubUnreachable)) as caught, explained("ana/Mini"):
        raise failed
    found = caught.value
    error_told = found.error if isinstance(found, Failure) else found
    assert isinstance(error_told, HubUnreachable)
    return error_told.reason


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "its name was not found"),
        (ConnectionRefusedError(), "connection refused"),
        (ConnectionResetError(), "connection broken"),
        (TimeoutError(), "timed out"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "no way there"),
        (ssl.SSLError(1, "WRONG_VERSION"), "no encrypted connection"),
    ],
)
def test_a_reason_is_a_few_words(cause, words) -> None:
    assert reason(cause) == words


def test_an_unknown_reason_is_in_none_of_the_words_of_the_server() -> None:
    assert reason(ValueError(), httpx.ReadError("at https://cdn/x?token=secret")) in set(HubFault)


@pytest.mark.parametrize(
    "error",
    [
        httpx.UnsupportedProtocol("redirected to ftp"),
        httpx.TooManyRedirects("again and again"),
        httpx.InvalidURL("none"),
    ],
)
def test_what_will_never_work_is_not_tried_again(error) -> None:
    with pytest.raises(HubUnreachable), explained("ana/Mini"):
        raise error


def test_a_certificate_that_is_wrong_is_not_tried_again() -> None:
    wrong = ssl.SSLCertVerificationError(1, "certificate verify failed")
    wrong.verify_message = "self-signed certificate"
    with pytest.raises(HubUnreachable) as caught, explained("ana/Mini"):
        raise httpx.ConnectError("TLS") from wrong
    assert caught.value.reason == HubFault.CERTIFICATE


def test_a_log_that_cannot_be_written_is_a_full_disk() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/data/connections.jsonl")
    with pytest.raises(DiskFull), explained("ana/Mini"):
        raise httpx.ConnectError("raw") from full


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, HubUnknown),
        (401, HubRefused),
        (403, HubRefused),
        (404, HubUnknown),
        (410, HubUnknown),
        (418, HubBusy),
        (451, HubRefused),
    ],
)
def test_a_status_is_one_of_our_errors(status, kind) -> None:
    with pytest.raises(kind):
        raise_for(answer(status), "ana/Mini", "m.gguf")


def test_a_good_answer_is_none() -> None:
    for status in (200, 206, 302):
        raise_for(answer(status), "ana/Mini")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7.0), ("", None), ("soon", None), ("-3", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_a_hub_says_how_long_it_wants_to_be_left_alone(said, seconds) -> None:
    with pytest.raises(Failure) as caught:
        raise_for(answer(429, Retry_After=said), "ana/Mini")
    assert caught.value.wait == seconds


def test_an_encrypted_hub_sends_nobody_to_an_address_that_is_not(client) -> None:
    plain, encrypted = (httpx.Request("GET", f"{scheme}://cdn/x") for scheme in ("http", "https"))
    client.keep_to("https://mirror.lan")
    client._asking(encrypted)
    with pytest.raises(Misled):
        client._asking(plain)
    client.keep_to("http://mirror.lan")
    client._asking(plain)


def test_no_request_waits_for_ever(client) -> None:
    request = httpx.Request("GET", "https://hub/x", extensions={"timeout": {"read": None}})
    client._asking(request)
    assert request.extensions["timeout"]["read"] == Patience().read
    assert client.http.timeout.read == Patience().read


def test_a_pause_ends_when_it_is_cancelled() -> None:
    client = HubClient(Network(), CancelAfter(2), lambda _answer: None, Patience())
    with pytest.raises(Cancelled):
        client.pause(3600)
    client.close()


def test_after_so_many_tries_there_are_no_more(client) -> None:
    failure = Failure(HubBusy("ana/Mini", 503))
    client.rest(1, failure)
    with pytest.raises(HubBusy):
        client.rest(Patience().tries, failure)
    with pytest.raises(HubBusy):
        client.rest(1, Failure(failure.error, wait=3600))
