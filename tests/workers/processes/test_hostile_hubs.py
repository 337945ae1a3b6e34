"""The real downloading process, and hubs that attack it."""

import functools
import gzip
import ipaddress
import itertools
import json
import ssl
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_rag.domain.errors import (
    DownloadDamaged,
    HubBusy,
    HubRefused,
    HubUnknown,
    HubUnreachable,
    RagError,
    WorkerDied,
)
from desktop_rag.domain.models import ModelKind
from desktop_rag.domain.patience import Patience
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Network
from desktop_rag.workers.commands.downloading import (
    Fetch,
    Fetched,
    Fetching,
    FetchLanguage,
    ListFiles,
    Peek,
    SearchHub,
)
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import downloading
from tests import hub_server, sudden_death
from tests.hub_server import Hub, Repository, sha256
from tests.sudden_death import Moment

HASTY = Patience(connect=2, read=1, tries=2, first_pause=0.01, longest_pause=0.02, crawl=0.4)
REPOSITORY = "ana/Mini-GGUF"
FILE = "mini-Q4_K_M.gguf"
DATA = bytes(range(256)) * 2048 + b"end"
SECRET = "hf_secret"  # noqa: S105 - of nobody
YEAR = str(365 * 24 * 3600)
MEGABYTE = b" " * (1 << 20)
MOST = 40 << 20  # bytes that a server may have got rid of, with all that waits in buffers


@pytest.fixture(scope="module")
def hub_of_module() -> Iterator[Hub]:
    with hub_server.served() as hub:
        yield hub


@pytest.fixture
def hub(hub_of_module) -> Iterator[Hub]:
    hub_of_module.repositories = {REPOSITORY: Repository({FILE: DATA})}
    hub_of_module.spoil()
    hub_of_module.asked.clear()
    hub_of_module.api.clear()
    hub_of_module.released.clear()
    yield hub_of_module
    hub_of_module.released.set()


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def calls(hub_of_module, home) -> Iterator[Calls]:
    endpoint = hub_of_module.endpoint
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HF_TOKEN", SECRET)
        with started(home, endpoint, language_data=endpoint) as calls:
            calls.start()
            yield calls


@pytest.fixture
def order(tmp_path) -> Fetch:
    target = tmp_path / "models" / FILE
    return Fetch(REPOSITORY, hub_server.REVISION, FILE, len(DATA), sha256(DATA), target)


def started(home: Path, endpoint: str, **network: object) -> Calls:
    settings = Network(endpoint=endpoint, **network)  # type: ignore[arg-type]
    return Calls("downloading", functools.partial(downloading.main, home, settings, patience=HASTY))


def fails(calls: Calls, command: object) -> RagError:
    with pytest.raises(RagError) as caught:
        list(calls.steps(command))
    return caught.value


def unreachable(calls: Calls, command: object) -> str:
    """Return why it could not be got."""
    error = fails(calls, command)
    assert isinstance(error, HubUnreachable), error
    return str(error.reason)


def fetched(calls: Calls, order: Fetch) -> None:
    assert list(calls.steps(order))[-1] == Fetched(order.target, sha256(DATA))
    assert left_over(order) == [FILE]


def left_over(order: Fetch) -> list[str]:
    folder = order.target.parent
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""])
    return head.encode("latin-1") + body


def all_ways(order: Fetch) -> list[object]:
    """Return everything that the process can be asked for."""
    peek = Peek(REPOSITORY, hub_server.REVISION, FILE, len(DATA))
    language = FetchLanguage("spa", order.target.parent.with_name("languages") / "x")
    return [SearchHub("mini"), ListFiles(REPOSITORY), peek, order, language]


# Where it leads


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "data:text/plain,x",
        "javascript:1",
        "http://" + "a" * 70 + ".invalid/x",  # no name has so long a part
        "http://[::1/x",
        "http://127.0.0.1:99999/x",
        "http://xn--\u00ff.invalid/",
        "//",
        "http:///x",
    ],
)
def test_a_redirect_that_leads_nowhere_is_said_whatever_is_asked(
    calls, hub, order, location
) -> None:
    hub.spoil(location=location)
    for command in all_ways(order):
        unreachable(calls, command)
    assert not order.target.exists()


@pytest.mark.parametrize("endpoint", ["http://[::1/x", "http://hub:port", "http://" + "a" * 70])
def test_an_address_that_is_none_is_said_whatever_is_asked(tmp_path, order, endpoint) -> None:
    with started(tmp_path / "home", endpoint, language_data=endpoint) as calls:
        for command in all_ways(order):
            assert unreachable(calls, command) == "not an address"


def test_a_redirect_in_a_circle_ends(calls, hub, order) -> None:
    hub.spoil(location=f"/api/models/{REPOSITORY}?token={SECRET}")
    for command in all_ways(order):
        assert unreachable(calls, command) == "redirected again and again"


@pytest.mark.parametrize(
    ("endpoint", "location"),
    [
        ("http://huggingface.co", "http://hub.invalid/x"),
        ("http://huggingface.co", "http://huggingface.co.hub.invalid/x"),
        ("http://huggingface.co", "http://nothuggingface.co/x"),
        ("http://huggingface.co", "http://127.0.0.1:9/x"),
        ("http://huggingface.co", "http://huggingface.co@hub.invalid/x"),
    ],
)
def test_the_usual_hub_leads_to_no_host_but_its_own(
    hub, tmp_path, order, endpoint, location
) -> None:
    hub.spoil(location=location)
    with started(tmp_path / "home", endpoint, proxy=hub.endpoint) as calls:
        for command in all_ways(order)[:-1]:
            assert unreachable(calls, command) == "leads to another place"
    assert {one.headers["host"] for one in hub.api + hub.asked} == {"huggingface.co"}


@pytest.mark.parametrize("host", ["cdn-lfs-us-1.hf.co", "cas-bridge.xethub.hf.co", "hf.co"])
def test_the_usual_hub_leads_to_hosts_of_its_own(hub, tmp_path, order, host, monkeypatch) -> None:
    monkeypatch.setenv("HF_TOKEN", SECRET)
    hub.spoil(elsewhere=f"http://{host}")
    with started(tmp_path / "home", "http://huggingface.co", proxy=hub.endpoint) as calls:
        fetched(calls, order)
    there = [one for one in hub.asked if one.headers["host"] == host]
    assert there
    assert not any("authorization" in one.headers for one in there)


def test_a_token_goes_to_no_other_port_and_no_page_after_the_first(calls, hub, order) -> None:
    with hub_server.served() as other:
        other.repositories = hub.repositories
        hub.spoil(location=f"{other.endpoint}/api/models/{REPOSITORY}?blobs=1")
        calls.value(ListFiles(REPOSITORY))
        next_page = f'Link: <{other.endpoint}/api/models?next=1>; rel="next"'
        body = json.dumps([]).encode()
        page = answer(body, next_page, f"Content-Length: {len(body)}")
        hub.spoil(wire=lambda: [page])
        assert calls.value(SearchHub("mini")).models == ()
        assert [one.path for one in other.api] == [f"/api/models/{REPOSITORY}?blobs=1"]
        assert not any("authorization" in one.headers for one in other.api)


def test_no_secret_of_an_address_is_told(calls, hub, order, home) -> None:
    errors = []
    for location in (
        f"file:///x/{SECRET}?token={SECRET}",
        f"http://{SECRET}:{SECRET}@127.0.0.1:1/{SECRET}?token={SECRET}#{SECRET}",
        f"http://127.0.0.1:port{SECRET}/",
        f"http://[{SECRET}]/",
    ):
        hub.spoil(location=location)
        errors += [fails(calls, command) for command in all_ways(order)]
    hub.spoil(wire=lambda: [answer(b"", "Content-Length: 0", status=f"304 {SECRET}")])
    errors += [fails(calls, command) for command in all_ways(order)]
    assert SECRET not in repr([(one, one.__cause__, vars(one)) for one in errors])
    files = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]


def test_a_password_of_the_systems_proxy_is_not_told(hub, tmp_path, order, monkeypatch) -> None:
    for proxy in (f"http://ana:{SECRET}@127.0.0.1:1", f"gopher://ana:{SECRET}@127.0.0.1:1"):
        monkeypatch.setenv("ALL_PROXY", proxy)
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("no_proxy", "")
        with started(tmp_path / "home", hub.endpoint) as calls:
            for command in (ListFiles(REPOSITORY), order):
                assert SECRET not in repr(fails(calls, command))
    assert not hub.api
    assert SECRET.encode() not in Paths(tmp_path / "home").connections_file.read_bytes()


# With TLS


@pytest.fixture
def certificate(tmp_path) -> Path:
    """Write a certificate for 127.0.0.1 that nobody has signed, and its key."""
    cryptography = pytest.importorskip("cryptography", reason="keyring needs it on Linux alone")
    assert cryptography
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hub of the tests")])
    now = datetime.now(UTC)
    host = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([host]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(pem) + secret)
    return file


@pytest.fixture
def encrypted(hub, certificate) -> Iterator[Hub]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with hub_server.served(context) as encrypted:
        encrypted.repositories = hub.repositories
        yield encrypted


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(encrypted, order, tmp_path) -> None:
    with started(tmp_path / "home", encrypted.endpoint) as calls:
        for command in all_ways(order)[:4]:
            assert unreachable(calls, command) == "its certificate is not trusted"
    assert not encrypted.api + encrypted.asked


@pytest.fixture
def trusted(certificate, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.mark.usefixtures("trusted")
def test_an_encrypted_hub_leads_to_no_unencrypted_one(encrypted, hub, order, tmp_path) -> None:
    with started(tmp_path / "home", encrypted.endpoint) as calls:
        fetched(calls, order)
        order.target.unlink()
        encrypted.spoil(location=f"{hub.endpoint}/x")
        for command in all_ways(order)[:4]:
            assert unreachable(calls, command) == "leads to another place"
    assert not hub.api + hub.asked


# How much it says


def endless() -> Iterable[bytes]:
    """Send a list that has no end: a gigabyte at most."""
    yield answer(b"[", "Connection: close", "Content-Type: application/json")
    yield from itertools.repeat(MEGABYTE, 1000)


def long_redirect() -> Iterable[bytes]:
    yield answer(b"", "Connection: close", "Location: /x", status="302 Found")
    yield from itertools.repeat(MEGABYTE, 1000)


def long_refusal() -> Iterable[bytes]:
    yield answer(b"", "Connection: close", status="404 Not Found")
    yield from itertools.repeat(MEGABYTE, 1000)


@pytest.mark.parametrize("wire", [endless, long_redirect])
def test_an_answer_of_a_gigabyte_is_not_taken(calls, hub, order, wire) -> None:
    hub.spoil(wire=wire)
    for command in all_ways(order)[:2]:
        hub.api.clear()
        assert unreachable(calls, command) == "sends too much"
        assert sum(one.sent for one in hub.api) < MOST


def test_a_redirect_or_a_refusal_of_a_file_is_not_read_for_ever(calls, hub, order) -> None:
    hub.spoil(wire=long_redirect)
    assert unreachable(calls, order) == "sends too much"
    hub.spoil(wire=long_refusal)
    assert isinstance(fails(calls, order), HubUnknown)
    assert hub.sent < 2 * MOST


@functools.cache
def bomb() -> bytes:
    """Return a list of nothing, of 300 MiB, in some 300 KB."""
    return gzip.compress(b"[" + b" " * (300 << 20) + b"]", 9)


@pytest.mark.parametrize("status", ["200 OK", "302 Found", "404 Not Found"])
def test_nothing_is_unpacked(calls, hub, order, status) -> None:
    packed = answer(
        bomb(),
        "Content-Encoding: gzip",
        "Location: /x",
        f"Content-Length: {len(bomb())}",
        status=status,
    )
    hub.spoil(wire=lambda: [packed])
    for command in all_ways(order):
        assert unreachable(calls, command) == "sends it packed"
    assert {one.headers["accept-encoding"] for one in hub.api + hub.asked} == {"identity"}


def test_a_list_of_a_million_files_is_not_taken(calls, hub) -> None:
    def list_of_files() -> Iterable[bytes]:
        yield answer(b'{"id": "ana/x", "siblings": [', "Connection: close")
        for n in range(1_000_000):
            yield b'{"rfilename": "m-%d.gguf", "size": 1},' % n
        yield b'{"rfilename": "m.gguf", "size": 1}]}'

    hub.spoil(wire=list_of_files)
    assert unreachable(calls, ListFiles(REPOSITORY)) == "sends too much"


@pytest.mark.parametrize(
    "page",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"siblings": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"9" * 100_000,
        b'{"siblings": [{"rfilename": "a.gguf", "size": ' + b"9" * 5000 + b"}]}",
        b'{"siblings": 7, "id": "a/b"}',
        b'{"siblings": [7], "id": "a/b"}',
        b'{"siblings": [{"rfilename": 7, "size": 1}], "id": "a/b"}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": "large"}], "id": "a/b"}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": -5}], "id": "a/b"}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": NaN}], "id": "a/b"}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": 1, "lfs": 7}], "id": "a/b"}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": 1, '
        b'"lfs": {"size": 1, "sha256": 7, "pointerSize": 1}}], "id": "a/b"}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": 1}], "id": "a/b", "sha": 7}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": 1}], "id": "a/b", "sha": "../../x"}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": 1}], "id": "a/b", "tags": [7]}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": 1}], "id": "a/b", "tags": 7}',
        b'{"siblings": [{"rfilename": "a.gguf", "size": 1}], "lastModified": 7, "id": "a/b"}',
        b"\xff\xfe",
        b"",
    ],
)
def test_a_page_that_is_no_list_of_files_is_said(calls, hub, page) -> None:
    hub.spoil(page=page)
    for kind in (ModelKind.WRITER, ModelKind.EMBEDDER):
        assert unreachable(calls, ListFiles(REPOSITORY, kind)) == "not the answer of a hub"


@pytest.mark.parametrize(
    "found",
    [
        {"id": "../../etc"},
        {"id": 7},
        {"id": "a/" + "b" * 4000},
        {"id": "a/b\u202egnp"},
        {"id": "-a/b"},
        {"id": "a/b/c"},
    ],
)
def test_a_search_tells_nothing_that_is_no_repository(calls, hub, found) -> None:
    hub.spoil(
        page=json.dumps([found, {"id": "ana/Good", "tags": ["license:" + "x" * 5000]}]).encode()
    )
    (good,) = calls.value(SearchHub("mini")).models
    assert good.repository == "ana/Good"
    assert len(good.licence) <= 100


@pytest.mark.parametrize("count", ["many", 1 << 80, -1, 1.5, None, [7]])
def test_what_a_hub_counts_is_a_number_that_can_be_shown(calls, hub, count) -> None:
    hub.spoil(page=json.dumps([{"id": "ana/Good", "downloads": count, "likes": 7}]).encode())
    (good,) = calls.value(SearchHub("mini")).models
    assert (good.downloads, good.likes) == (0, 7)


@pytest.mark.parametrize(
    "name",
    [
        "../m.gguf",
        "a/../../m.gguf",
        "/etc/m.gguf",
        "\\\\host\\m.gguf",
        "..\\m.gguf",
        "C:m.gguf",
        "C:/m.gguf",
        "a\x00.gguf",
        "a" * 4000 + ".gguf",
        "a" * 250 + ".gguf",  # no room for the names beside it
        "\u00f1" * 125 + ".gguf",  # so long in bytes
        "a\ud800.gguf",
        "a\u202efugg.gguf",
        "a\u2028.gguf",
        "%2e%2e/..",
        "~/.gguf/.",
        "CON.gguf",
        "m.gguf.part",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_neither_listed_nor_got(calls, hub, order, name) -> None:
    bad = {"rfilename": name, "size": 3}
    hub.spoil(siblings=[bad])
    assert [file.name for file in calls.value(ListFiles(REPOSITORY)).files] == [FILE]
    given = {one: getattr(order, one) for one in order.__slots__} | {"file": name}
    if "\ud800" not in name:
        assert isinstance(fails(calls, Fetch(**given)), HubUnknown)
    assert not hub.asked


def test_what_is_kept_beside_a_file_is_not_had_from_a_hub(calls, hub) -> None:
    wanted = dict.fromkeys(("config.json", "model.safetensors"), b"x")
    hub.repositories[REPOSITORY].files = {**wanted, "model.safetensors.part.json": b"x"}
    found = calls.value(ListFiles(REPOSITORY, ModelKind.EMBEDDER)).files
    assert sorted(file.name for file in found) == sorted(wanted)


def test_of_names_that_are_one_on_some_systems_the_first_counts(calls, hub) -> None:
    hub.spoil(siblings=[{"rfilename": FILE.upper(), "size": 3}, {"rfilename": FILE, "size": 4}])
    (file,) = calls.value(ListFiles(REPOSITORY)).files
    assert (file.name, file.size) == (FILE, len(DATA))


# How slowly


def drip(head: bytes, hub: Hub) -> Callable[[], Iterable[bytes]]:
    """Send a few bytes, each in time, without an end."""

    def wire() -> Iterable[bytes]:
        yield head
        for _ in range(600):
            yield b"x"
            hub.released.wait(0.05)

    return wire


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[",
        b"HTTP/1.1 200 OK\r\nContent-Length: 524291\r\n\r\n[",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 524291\r\n\r\n",
    ],
)
def test_a_server_that_drips_is_given_up(calls, hub, order, head) -> None:
    hub.spoil(wire=drip(head, hub))
    for command in all_ways(order)[:4]:
        assert unreachable(calls, command) in {"timed out", "connection broken"}
        assert max(one.sent for one in hub.api + hub.asked) < 400


def test_a_server_that_only_says_wait_is_given_up(calls, hub, order) -> None:
    def wire() -> Iterable[bytes]:
        for _ in range(600):
            yield b"HTTP/1.1 100 Continue\r\n\r\n"
            hub.released.wait(0.05)

    hub.spoil(wire=wire)
    for command in all_ways(order)[1:4]:
        assert unreachable(calls, command) in {"timed out", "connection broken"}
        assert max(one.sent for one in hub.api + hub.asked) < 400 * 25


# What it says of a file


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Length: -1"],
        ["Content-Length: 1", "Content-Length: 2"],
        ["Content-Length: 0x10"],
        ["Content-Length: " + "9" * 5000],
        ["Content-Length: 9999999999999999999"],
        ["Content-Length: 12"],
        ["Transfer-Encoding: gzip", "Content-Length: 3"],
        ["Content-Range: bytes 7-9/10", "Content-Length: 3"],
    ],
)
@pytest.mark.parametrize("status", ["200 OK", "206 Partial Content"])
def test_a_length_that_is_none_is_not_believed(calls, hub, order, headers, status) -> None:
    hub.spoil(wire=lambda: [answer(b"abc", *headers, status=status)])
    for command in all_ways(order)[2:]:
        assert isinstance(fails(calls, command), (HubUnreachable, DownloadDamaged))
    assert not order.target.exists()
    hub.spoil()
    fetched(calls, order)


def half_fetched(calls: Calls, hub: Hub, order: Fetch) -> int:
    """Get a part of a file; return how much."""
    hub.spoil(drop_after=len(DATA) // 2)
    for step in calls.steps(order):
        if isinstance(step, Fetching) and step.done:
            break
    part = order.target.with_name(FILE + ".part")
    return part.stat().st_size


@pytest.mark.parametrize(
    "said",
    [
        "bytes 0-9/{size}",
        "bytes {far}-{size}/{size}",
        "bytes " + "9" * 5000 + "-9/*",
        "bytes -1-9/*",
        "bytes */{size}",
        "pages 1-2/3",
        "",
    ],
)
def test_a_part_of_another_place_is_not_put_in_this_one(calls, hub, order, said) -> None:
    done = half_fetched(calls, hub, order)
    told = said.format(size=len(DATA), far=done + 1)
    wrong = answer(
        b"wrong", f"Content-Range: {told}", "Content-Length: 5", status="206 Partial Content"
    )
    hub.spoil(wire=lambda: [wrong], times=1)
    fetched(calls, order)


@pytest.mark.parametrize("length", ["-1", "5", "99999999999", None])
def test_a_wrong_length_of_the_rest_takes_nothing_wrong(calls, hub, order, length) -> None:
    done = half_fetched(calls, hub, order)
    headers = [f"Content-Range: bytes {done}-{len(DATA) - 1}/{len(DATA)}"]
    headers += [f"Content-Length: {length}"] if length else ["Connection: close"]
    rest = answer(DATA[done : done + 5], *headers, status="206 Partial Content")
    hub.spoil(wire=lambda: [rest], times=1)
    fetched(calls, order)


def test_the_rest_of_other_bytes_is_found_out_by_the_hash(calls, hub, order) -> None:
    done = half_fetched(calls, hub, order)
    rest = answer(
        bytes(len(DATA) - done),
        f"Content-Range: bytes {done}-{len(DATA) - 1}/{len(DATA)}",
        f"Content-Length: {len(DATA) - done}",
        status="206 Partial Content",
    )
    hub.spoil(wire=lambda: [rest])
    assert isinstance(fails(calls, order), DownloadDamaged)
    assert left_over(order) == []


@pytest.mark.parametrize("etag", ['"\xe9"', '"' + "x" * 50_000 + '"', "W/", '"a b\x7f"'])
def test_an_etag_that_cannot_be_said_back_is_not(calls, hub, order, etag) -> None:
    hub.spoil(etag=etag, drop_after=len(DATA) // 2, times=1)
    fetched(calls, order)
    assert not any("if-range" in one.headers for one in hub.asked)


def test_an_etag_that_changes_with_each_answer_is_not_followed_for_ever(calls, hub, order) -> None:
    numbers = itertools.count()

    def wire() -> Iterable[bytes]:
        yield answer(
            DATA[: 1 << 17],
            f'ETag: "{next(numbers)}"',
            f"Content-Range: bytes 0-{len(DATA) - 1}/{len(DATA)}",
            f"Content-Length: {len(DATA)}",
            status="206 Partial Content",
        )

    hub.spoil(wire=wire)
    unreachable(calls, order)
    assert next(numbers) < 10


@pytest.mark.parametrize(
    "refusal", [(401, HubRefused), (403, HubRefused), (429, HubBusy), (503, HubBusy)]
)
@pytest.mark.parametrize("wait", [YEAR, "9" * 5000, "Wed, 21 Oct 9999 07:28:00 GMT", "\xb2", "-1"])
def test_nobody_is_waited_for_a_year(calls, hub, order, refusal, wait) -> None:
    status, kind = refusal
    hub.spoil(status=status, headers={"Retry-After": wait})
    for command in all_ways(order)[:4]:
        assert isinstance(fails(calls, command), kind)
    refused = fails(calls, all_ways(order)[4])
    assert isinstance(refused, HubBusy)


def test_a_second_page_is_never_waited_for(calls, hub) -> None:
    pages = iter(
        [
            answer(b"[]", 'Link: </api/models?next=1>; rel="next"', "Content-Length: 2"),
            answer(b"", f"Retry-After: {YEAR}", "Content-Length: 0", status="429 Too Many"),
        ]
    )
    hub.spoil(wire=lambda: [next(pages)])
    assert calls.value(SearchHub("mini")).models == ()
    assert len(hub.api) == 1


def test_what_was_attacked_is_still_of_use(calls, hub, order, home) -> None:
    hub.spoil(wire=endless)
    fails(calls, ListFiles(REPOSITORY))
    hub.spoil()
    assert calls.value(ListFiles(REPOSITORY)).files
    fetched(calls, order)
    assert connection_log.read(Paths(home))


# And when it is ended

MOMENTS = [
    *[("open", line) for line in (1, 2, 3)],
    *[("begin", line) for line in (1, 2, 3, 4)],
    ("_make_sure_it_fits", 1),
    *[("_stream", line) for line in (2, 8, 20)],
    *[("add", line) for line in (1, 3, 4, 25, 45)],
    ("_make_sure_it_is_right", 0),
    *[("finish", line) for line in range(1, 6)],
    ("_keep_folder", 2),
]


@pytest.mark.slow
def test_a_file_comes_whole_wherever_its_process_was_ended(hub, order, tmp_path) -> None:
    settings = Network(endpoint=hub.endpoint)
    given = {one: getattr(order, one) for one in order.__slots__}
    waiting: list[Fetch] = []
    for number, moment in enumerate(MOMENTS):
        place = tmp_path / str(number) / FILE
        doomed = Fetch(**given | {"target": place})
        at = Moment(len(waiting), *moment)
        target = functools.partial(sudden_death.main, tmp_path / "home", settings, at)
        with Calls("downloading", target) as calls:
            for one in waiting:
                fetched(calls, one)
            with pytest.raises(WorkerDied):
                list(calls.steps(doomed))
        assert set(left_over(doomed)) <= {FILE, f"{FILE}.part", f"{FILE}.part.json"}
        assert not place.exists() or place.read_bytes() == DATA
        waiting = [doomed]
    with started(tmp_path / "home", hub.endpoint) as calls:
        fetched(calls, waiting[0])
