"""A hub on 127.0.0.1 that speaks what huggingface_hub asks, and misbehaves on demand."""

from __future__ import annotations

import hashlib
import json
import re
import socket
import ssl
import threading
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REVISION = "c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe"
LANDS_AFTER = 64 * 1024  # small enough that nothing waits in a buffer of the system
_RESOLVE = re.compile(r"/(?P<repository>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<file>.+)")
_MODEL = re.compile(r"/api/models/(?P<repository>[^/]+/[^/]+)(/revision/(?P<revision>[^/]+))?")


@dataclass
class Repository:
    """What the hub holds of one model; files are LFS ones unless their name is in `small`."""

    files: dict[str, bytes]
    small: set[str] = field(default_factory=set)
    card: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    gated: str | bool = False


@dataclass
class Asked:
    """A request for a file, as it came; `sent` bytes of its answer went out."""

    method: str
    path: str
    headers: dict[str, str]
    sent: int = 0
    status: int = 0

    @property
    def span(self) -> tuple[int, int] | None:
        """The wanted bytes, from the first to before the last."""
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        return (int(found[1]), int(found[2] or 1 << 62) + 1) if found else None

    @property
    def start(self) -> int:
        return self.span[0] if self.span else 0


@dataclass
class Manners:
    """How the hub behaves. Numbers of bytes count within one answer; `times` how often at most.

    `elsewhere` is the address of the server that files are redirected to, `location` the whole
    address that everything is redirected to. `wire` makes what is sent instead of any answer,
    status line and all, for as long as it goes.
    """

    times: int | None = None  # of misbehaving, None for always
    drop_after: int | None = None
    end_after: int | None = None  # of an answer that does not say how long it is
    stall_after: int | None = None
    too_much: int = 0
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    page: bytes | None = None  # instead of every answer of the API
    lies_by: int = 0  # how much larger a file is said to be when it is listed
    wrong_hash: bool = False
    ranges: bool = True
    etags: bool = True
    ignores_if_range: bool = False
    wrong_start: int = 0  # bytes by which what it sends begins too late
    total_off: int = 0  # bytes by which a file is larger than before, it says
    elsewhere: str = ""
    slow: bool = False  # waits for `go` after each piece
    location: str = ""
    wire: Callable[[], Iterable[bytes]] | None = None
    etag: str = ""  # said of every file
    sha: object = REVISION  # said of every repository
    siblings: list[dict[str, Any]] = field(default_factory=list)  # listed as they are


class Hub:
    """The server; `asked` are the requests for files, `api` the paths of all others.

    `plain` files are sent from where they lie, by their paths, as a mirror without a hub does.
    """

    def __init__(self, encrypted: ssl.SSLContext | None = None) -> None:
        self.repositories: dict[str, Repository] = {}
        self.plain: dict[str, bytes] = {}
        self.manners = Manners()
        self.asked: list[Asked] = []
        self.api: list[Asked] = []
        self.released = threading.Event()
        self.sending = threading.Event()
        hub = self

        class Handler(_Handler):
            def __init__(self, *given: Any) -> None:
                self.hub = hub
                super().__init__(*given)

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._scheme = "http"
        if encrypted:
            self._scheme = "https"
            self._server.socket = encrypted.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def endpoint(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def sent(self) -> int:
        return sum(one.sent for one in self.asked)

    def spoil(self, **manners: Any) -> None:
        """Misbehave like this from now on."""
        self.manners = Manners(**manners)

    def misbehaves(self) -> bool:
        """Whether this answer is one to spoil; counts them."""
        if self.manners.times is None:
            return True
        self.manners.times -= 1
        return self.manners.times >= 0

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.close_all()
        self._server.server_close()


@contextmanager
def served(encrypted: ssl.SSLContext | None = None) -> Iterator[Hub]:
    hub = Hub(encrypted)
    try:
        yield hub
    finally:
        hub.close()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, *given: Any) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def close_all(self) -> None:
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that hang up are part of the tests


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, *_given: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        address = urllib.parse.urlsplit(self.path)
        path = urllib.parse.unquote(address.path)
        query = urllib.parse.parse_qs(address.query)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers)
        manners = self.hub.manners
        if (manners.wire or manners.location) and self.hub.misbehaves():
            (self.hub.api if path.startswith("/api/") else self.hub.asked).append(asked)
            self._attack(asked, manners)
        elif path.startswith("/api/"):
            self.hub.api.append(asked)
            self._api(path, query)
        elif path.startswith("/cdn/"):
            self.hub.asked.append(asked)
            owner, model, file = path.removeprefix("/cdn/").split("/", 2)
            self._file(asked, self.hub.repositories[f"{owner}/{model}"].files[file])
        elif path in self.hub.plain and not self.hub.manners.status:
            self.hub.asked.append(asked)
            self._file(asked, self.hub.plain[path])
        else:
            self._resolve(asked, path)

    def _attack(self, asked: Asked, manners: Manners) -> None:
        if manners.wire is None:
            self._plain(302, b"", {"Location": manners.location})
            return
        self.close_connection = True
        for piece in manners.wire():
            self.wfile.write(piece)
            asked.sent += len(piece)

    def _api(self, path: str, query: dict[str, list[str]]) -> None:
        manners = self.hub.manners
        if (manners.status or manners.page is not None) and self.hub.misbehaves():
            self._plain(manners.status or 200, manners.page or b"", manners.headers)
            return
        if path == "/api/models":
            self._json(self._found(query))
            return
        found = _MODEL.fullmatch(path)
        repository = self.hub.repositories.get(found["repository"]) if found else None
        if not found or repository is None:
            headers = {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Invalid username"}
            self._plain(401, b"{}", headers)
            return
        self._json(self._told(found["repository"], repository, "blobs" in query))

    def _found(self, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        assert query["filter"] == ["gguf"]
        words = query["search"][0].lower()
        names = [name for name in self.hub.repositories if words in name.lower()]
        told = [self._told(name, self.hub.repositories[name], False) for name in names]
        return told[: int(query["limit"][0])]

    def _told(self, name: str, repository: Repository, blobs: bool) -> dict[str, Any]:
        siblings = []
        for file, data in repository.files.items():
            one: dict[str, Any] = {"rfilename": file}
            if blobs:
                size = len(data) + self.hub.manners.lies_by
                one |= {"size": size, "blobId": hashlib.sha1(data).hexdigest()}  # noqa: S324
                if file not in repository.small:
                    digest = "0" * 64 if self.hub.manners.wrong_hash else sha256(data)
                    one["lfs"] = {"size": size, "sha256": digest, "pointerSize": 135}
            siblings.append(one)
        return {
            "id": name,
            "modelId": name,
            "sha": self.hub.manners.sha,
            "gated": repository.gated,
            "downloads": 17,
            "likes": 4,
            "lastModified": "2026-11-02T10:11:12.000Z",
            "tags": repository.tags,
            "cardData": repository.card,
            "siblings": siblings + self.hub.manners.siblings,
        }

    def _resolve(self, asked: Asked, path: str) -> None:
        self.hub.asked.append(asked)
        manners = self.hub.manners
        if manners.status and self.hub.misbehaves():
            asked.status = manners.status
            self._plain(manners.status, b"", manners.headers)
            return
        found = _RESOLVE.fullmatch(path)
        repository = self.hub.repositories.get(found["repository"]) if found else None
        if not found or repository is None or found["file"] not in repository.files:
            asked.status = 404
            self._plain(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        asked.status = 302
        there = f"/cdn/{found['repository']}/{urllib.parse.quote(found['file'])}?signed=secret"
        etag = {"X-Linked-Etag": f'"{sha256(repository.files[found["file"]])}"'}
        self._plain(302, b"", etag | {"Location": manners.elsewhere + there})

    def _file(self, asked: Asked, data: bytes) -> None:
        manners = self.hub.manners
        etag = manners.etag or f'"{sha256(data)[:16]}"'
        span = asked.span if manners.ranges else None
        if asked.headers.get("if-range", etag) != etag and not manners.ignores_if_range:
            span = None
        start, end = span or (0, len(data))
        start += manners.wrong_start if span else 0
        if start >= len(data) > 0:
            asked.status = 416
            self._plain(416, b"", {"Content-Range": f"bytes */{len(data)}"})
            return
        asked.status = 206 if span else 200
        self.send_response(asked.status)
        body = data[start:end] + b"+" * manners.too_much
        if manners.etags:
            self.send_header("ETag", etag)
        if manners.end_after is None and not manners.too_much:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
        if span:
            total = len(data) + manners.total_off
            self.send_header("Content-Range", f"bytes {start}-{min(end, len(data)) - 1}/{total}")
        self.end_headers()
        if self.command != "HEAD":
            self._send(asked, body)

    def _send(self, asked: Asked, body: bytes) -> None:
        manners = self.hub.manners
        spoilt = self.hub.misbehaves()
        ends = [
            end
            for end in (manners.drop_after, manners.stall_after, manners.end_after)
            if spoilt and end is not None
        ]
        end = min([*ends, len(body)])
        for at in range(0, end, LANDS_AFTER):
            piece = body[at : min(at + LANDS_AFTER, end)]
            self.wfile.write(piece)
            asked.sent += len(piece)
            self.hub.sending.set()
            if manners.slow:
                self.hub.released.wait(20)
        if not ends:
            if manners.too_much:
                self.close_connection = True
            return
        if manners.stall_after is not None:
            self.hub.released.wait(20)
        self.close_connection = True
        if manners.drop_after is not None:
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    def _json(self, value: object) -> None:
        self._plain(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _plain(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
