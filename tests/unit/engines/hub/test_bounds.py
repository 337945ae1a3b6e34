"""Where a server may lead, who hears the token, and how much may come."""

from collections.abc import Iterator

import pytest

from desktop_rag.domain.models import HubFault
from desktop_rag.engines.hub.bounds import MOST_BYTES, WANTED, Bounds, Misled
from desktop_rag.engines.hub.http import httpx

USUAL = "https://huggingface.co"
SECRET = "Bearer hf_secret"  # noqa: S105 - of nobody


def request(address: str) -> httpx.Request:
    return httpx.Request("GET", address, headers={"Authorization": SECRET})


@pytest.mark.parametrize(
    ("home", "address"),
    [
        (USUAL, "https://huggingface.co/x"),
        (USUAL, "https://cdn-lfs-eu-1.hf.co/x"),
        (USUAL, "https://CAS-Bridge.xethub.hf.co./x"),
        ("https://raw.githubusercontent.com/a/b", "https://objects.githubusercontent.com/x"),
        ("https://mirror.example", "https://storage.example/x"),
        ("http://mirror.lan:8080", "http://192.168.1.7/x"),
        ("http://mirror.lan", "https://huggingface.co/x"),
    ],
)
def test_a_server_leads_to_its_own_and_a_mirror_where_it_wants(home, address) -> None:
    Bounds(home).hold(request(address))


@pytest.mark.parametrize(
    ("home", "address"),
    [
        (USUAL, "http://huggingface.co/x"),
        (USUAL, "https://huggingface.co.example/x"),
        (USUAL, "https://nothf.co/x"),
        (USUAL, "https://hf.co@example.com/x"),
        (USUAL, "https://192.168.1.1/x"),
        (USUAL, "https://raw.githubusercontent.com/x"),
        (USUAL, "file:///etc/passwd"),
        ("https://cdn-lfs.hf.co", "https://example.com/x"),
        ("https://raw.githubusercontent.com/a/b", "https://example.com/x"),
        ("https://mirror.example", "http://mirror.example/x"),
        ("http://mirror.lan", "ftp://mirror.lan/x"),
        ("http://mirror.lan", "file:///etc/passwd"),
    ],
)
def test_a_server_leads_nowhere_else(home, address) -> None:
    with pytest.raises(Misled):
        Bounds(home).hold(request(address))


@pytest.mark.parametrize("home", ["huggingface.co", "localhost:8080", "ftp://mirror.lan"])
def test_a_server_whose_own_address_is_none_is_not_said_to_lead_elsewhere(home) -> None:
    with pytest.raises(Misled) as met:
        Bounds(home).hold(request(f"{home}/x"))
    assert met.value.fault is HubFault.ADDRESS


@pytest.mark.parametrize(
    ("home", "address", "told"),
    [
        (USUAL, "https://huggingface.co:443/x", True),
        (USUAL, "https://huggingface.co:444/x", False),
        (USUAL, "https://cdn.huggingface.co/x", False),
        (USUAL, "https://hf.co/x", False),
        ("http://mirror.lan:80", "http://mirror.lan/y", True),
        ("http://mirror.lan", "https://mirror.lan/y", False),
    ],
)
def test_the_token_is_for_the_server_alone(home, address, told) -> None:
    asked = request(address)
    Bounds(home).hold(asked)
    assert ("Authorization" in asked.headers) == told


class Blocks(httpx.SyncByteStream):
    """A body of so many mebibytes."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self._count):
            yield bytes(1 << 20)


def answer(status: int, mebibytes: int, **extensions: object) -> httpx.Response:
    asked = httpx.Request("GET", USUAL, extensions=extensions)
    return httpx.Response(status, request=asked, stream=Blocks(mebibytes))


@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_an_answer_has_an_end(status) -> None:
    heard: list[int] = []
    endless = answer(status, 1 << 20)
    Bounds(USUAL).admit(endless, heard.append)
    with pytest.raises(Misled):
        endless.read()
    assert sum(heard) == MOST_BYTES


def test_a_file_is_as_long_as_it_is_but_not_what_comes_in_its_place() -> None:
    more = (MOST_BYTES >> 20) + 1
    file = answer(200, more, **WANTED)
    Bounds(USUAL).admit(file, lambda _count: None)
    assert len(file.read()) > MOST_BYTES
    page = answer(302, more, **WANTED)
    Bounds(USUAL).admit(page, lambda _count: None)
    with pytest.raises(Misled):
        page.read()
