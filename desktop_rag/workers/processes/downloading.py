"""The process that gets models and data of languages, and the only one that may connect."""

from __future__ import annotations

import collections
import contextlib
import os
import signal
import time
import urllib.parse
from collections.abc import Callable, Generator, Iterator
from ctypes import c_uint64
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, assert_never

from desktop_rag.domain.errors import HubUnreachable, Offline
from desktop_rag.domain.models import HubFault, HubFile, HubListing, ModelFacts
from desktop_rag.domain.patience import Patience
from desktop_rag.domain.ports import Cancelled, CancelToken
from desktop_rag.settings import logs
from desktop_rag.settings.paths import Paths, reported
from desktop_rag.settings.schema import Network
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.downloading import (
    DownloadingCommand,
    Fetch,
    Fetched,
    Fetching,
    FetchLanguage,
    HubFound,
    ListFiles,
    Peek,
    SearchHub,
)
from desktop_rag.workers.network.connection_log import Purpose
from desktop_rag.workers.network.recorder import ConnectionRecorder
from desktop_rag.workers.pipe.protocol import Pipe

if TYPE_CHECKING:
    from desktop_rag.engines.hub.http import HubClient
    from desktop_rag.engines.hub.search import Hub

Asked = TypeVar("Asked", bound=DownloadingCommand)
R = TypeVar("R")

MOST_GIB = 2.0  #: of memory; what comes is written down, and headers end at 64 MiB
_SECONDS_PER_STEP = 0.25
_SPEED_SECONDS = 5.0  # of which the speed is told
_PATIENCE = Patience()
_QUIET = {"HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_XET", "HF_HUB_DISABLE_IMPLICIT_TOKEN"}


class DownloadingProcess:
    """Connects for each command, and never where the settings forbid it."""

    def __init__(self, network: Network, recorder: ConnectionRecorder, patience: Patience) -> None:
        self._network = network
        self._recorder = recorder
        self._patience = patience

    def handle(self, command: DownloadingCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.downloading`."""
        cancel.check()
        match command:
            case SearchHub():
                return command.answer(self._connected(_searched, command, cancel))
            case ListFiles():
                return command.answer(self._connected(_listed, command, cancel))
            case Peek():
                return command.answer(self._connected(_peeked, command, cancel))
            case Fetch():
                return command.answer(self._connected(_fetched, command, cancel))
            case FetchLanguage():
                return command.answer(self._connected(_language_fetched, command, cancel))
            case _:
                assert_never(command)

    def _connected(
        self,
        work: Callable[[HubClient, Network, Asked], Iterator[R]],
        command: Asked,
        cancel: CancelToken,
    ) -> Iterator[R]:
        name, purpose, subject = _about(command)
        if self._network.offline:
            raise Offline(name)
        if not _readable(self._network.endpoint or os.environ.get("HF_ENDPOINT", "")):
            raise HubUnreachable(name, HubFault.ADDRESS)  # huggingface_hub cannot be imported
        with self._opened(purpose, subject, cancel) as client:
            yield from work(client, self._network, command)

    @contextlib.contextmanager
    def _opened(self, purpose: Purpose, subject: str, cancel: CancelToken) -> Iterator[HubClient]:
        from desktop_rag.engines.hub.http import HubClient

        stopped = False
        self._recorder.begin(purpose, subject)
        client = HubClient(self._network, cancel, self._recorder.heard, self._patience)
        try:
            yield client
        except (Cancelled, GeneratorExit):
            stopped = True
            raise
        finally:
            client.close()
            self._recorder.end(stopped=stopped)


def _readable(endpoint: str) -> bool:
    """Whether an address, or none at all, can be taken apart."""
    try:
        parts = urllib.parse.urlsplit(endpoint)
        return parts.port is None or bool(parts.hostname)
    except ValueError:
        return False


def _about(command: DownloadingCommand) -> tuple[str, Purpose, str]:
    """Return the name that errors say, what a command connects for, and what about."""
    match command:
        case SearchHub(words=words):
            return words, Purpose.SEARCH, ""
        case ListFiles(repository=repository):
            return repository, Purpose.LISTING, repository
        case Peek(repository=repository, file=file):
            return repository, Purpose.HEADER, f"{repository}/{file}"
        case Fetch(repository=repository, file=file):
            return repository, Purpose.DOWNLOAD, f"{repository}/{file}"
        case FetchLanguage(language=language):
            return language, Purpose.LANGUAGE, language
        case _:
            assert_never(command)


def _hub(client: HubClient, network: Network) -> Hub:
    from desktop_rag.engines.hub.search import Hub, endpoint_of

    return Hub(client, endpoint_of(network))


def _searched(client: HubClient, network: Network, command: SearchHub) -> Iterator[HubFound]:
    yield HubFound(_hub(client, network).search(command.words, command.limit))


def _listed(client: HubClient, network: Network, command: ListFiles) -> Iterator[HubListing]:
    yield _hub(client, network).listing(command.repository, command.kind)


def _peeked(client: HubClient, network: Network, command: Peek) -> Iterator[ModelFacts]:
    from desktop_rag.engines.hub import gguf_header

    parts = (HubFile(command.file, command.size), *command.others)
    hub = _hub(client, network)
    yield gguf_header.facts(hub, command.repository, command.revision, parts)


def _fetched(client: HubClient, network: Network, command: Fetch) -> Iterator[Fetching | Fetched]:
    from desktop_rag.engines.hub import resumable_download

    hub = _hub(client, network)
    order = resumable_download.Order(
        repository=command.repository,
        revision=command.revision,
        file=command.file,
        size=command.size,
        sha256=command.sha256,
        target=command.target,
        later=command.later,
    )
    address = hub.address(command.repository, command.revision, command.file)
    source = resumable_download.RemoteFile(hub.client, address, hub.headers())
    digest = yield from _paced(resumable_download.fetch(source, order), command.size)
    yield Fetched(command.target, digest)


def _language_fetched(
    client: HubClient, network: Network, command: FetchLanguage
) -> Iterator[Fetching | Fetched]:
    from desktop_rag.engines.hub import resumable_download, tessdata

    with tessdata.explained_as_language(command.language):
        source = tessdata.source(client, network, command.language)
        order = tessdata.order(source, command.language, command.target)
        coming = resumable_download.fetch(source, order, tessdata.is_data)
        digest = yield from _paced(coming, order.size)
    yield Fetched(command.target, digest)


def _paced(coming: Generator[int, None, str], size: int) -> Generator[Fetching, None, str]:
    """Tell how far it is a few times a second, and how fast it came lately."""
    points: collections.deque[tuple[float, int]] = collections.deque()
    due = 0.0
    while True:
        try:
            done = next(coming)
        except StopIteration as end:
            return str(end.value)
        now = time.monotonic()
        if now < due and done < size:
            continue
        due = now + _SECONDS_PER_STEP if points else 0.0  # the first bytes are told at once
        if points and done < points[-1][1]:
            points.clear()  # it began anew
        points.append((now, done))
        while now - points[0][0] > _SPEED_SECONDS:
            points.popleft()
        (since, before) = points[0]
        speed = (done - before) / (now - since) if now > since else 0.0
        yield Fetching(done, size, speed)


def _prepare(network: Network) -> None:
    """Say what huggingface_hub reads once, when it is imported."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ.pop(name, None)
    for name in _QUIET:  # telemetry also asks the hub for a list of agents
        os.environ[name] = "1"
    os.environ["HF_HUB_VERBOSITY"] = "error"
    if network.endpoint:
        os.environ["HF_ENDPOINT"] = network.endpoint.rstrip("/")


def main(
    home: Path,
    network: Network,
    pipe: Pipe[DownloadingCommand],
    mark: c_uint64,
    patience: Patience = _PATIENCE,
) -> None:
    """Serve one owner of the data directory `home`; every connection is written down there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    _prepare(network)
    logs.hush(Paths(home).logs_folder)

    from desktop_rag.workers.pipe import host

    with reported(home):
        recorder = ConnectionRecorder(Paths(home))
    recorder.watch()
    handle = DownloadingProcess(network, recorder, patience).handle
    host.serve(pipe, mark, handle)
