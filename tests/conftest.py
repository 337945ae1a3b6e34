"""What holds for every test: a home of its own, no network, nothing left running."""

import ipaddress
import os
import signal
import sys
import threading
import traceback
import weakref
from collections.abc import Iterator
from multiprocessing import resource_tracker
from pathlib import Path

import psutil
import pytest

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when huggingface_hub is imported
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # of onnxruntime, which PyMuPDF loads
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background job of a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)

PATIENCE_SECONDS = 5.0  # only failures ever wait this long
CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}

_calls_abroad: list[str] = []
_started_at: weakref.WeakKeyDictionary[threading.Thread, str] = weakref.WeakKeyDictionary()


def is_local(host: object) -> bool:
    """Whether an address or a name stays on this machine."""
    if host is None:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    if text in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse connections beyond loopback."""
    if event in CONNECTING:
        address = arguments[1]
        if isinstance(address, tuple) and not is_local(address[0]):
            _refuse(event, address[0])
    elif event in LOOKING_UP and not is_local(arguments[0]):
        _refuse(event, arguments[0])


def _refuse(event: str, host: object) -> None:
    _calls_abroad.append(f"{event} {host!r}")
    raise PermissionError(f"a test may not reach {host!r}")


sys.addaudithook(_watch)


@pytest.fixture(scope="session", autouse=True)
def _llama_cpp_closes_what_it_opened() -> Iterator[None]:
    yield
    files = sys.modules.get("llama_cpp._utils")
    for file in (files.outnull_file, files.errnull_file) if files else ():
        file.close()  # else the interpreter complains at exit


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program keeps its files during this test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DESKTOP_RAG_HOME", str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return folder


@pytest.fixture(autouse=True)
def calls_abroad() -> Iterator[list[str]]:
    """Fail the test that opens a connection beyond loopback, even if it hides the refusal."""
    _calls_abroad.clear()
    yield _calls_abroad
    assert not _calls_abroad, "this test reached for the network"


@pytest.fixture(autouse=True)
def _nothing_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    start = threading.Thread.start

    def noted_start(thread: threading.Thread) -> None:
        _started_at[thread] = "".join(traceback.format_stack(limit=6)[:-1])
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted_start)
    threads, processes = _threads(), _processes()
    yield
    for thread in _threads() - threads:
        thread.join(PATIENCE_SECONDS)
    left = [
        f"{thread.name}, started at\n{_started_at.get(thread, '?')}"
        for thread in _threads() - threads
    ]
    _, alive = psutil.wait_procs(_processes() - processes, PATIENCE_SECONDS)
    left += [_described(process) for process in alive]
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, PATIENCE_SECONDS)
    assert not left, "this test left running: " + "\n".join(left)


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if not thread.daemon}


def _processes() -> set[psutil.Process]:
    if hasattr(os, "waitid"):  # asking psutil takes milliseconds, and most tests have no child
        try:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return set()
    # multiprocessing keeps one process of its own, for as long as we live.
    own = getattr(resource_tracker._resource_tracker, "_pid", None)
    children = psutil.Process().children(recursive=True)
    return {child for child in children if child.pid != own}


def _described(process: psutil.Process) -> str:
    try:
        return f"process {process.pid}, {' '.join(process.cmdline())[:200]}"
    except psutil.Error:
        return f"process {process.pid}"
