"""What holds for every test: a home of its own, no network, nothing left running."""

import compileall
import ipaddress
import itertools
import os
import re
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
from hypothesis import settings

from tests.places import ROOT

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's own
os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when huggingface_hub is imported
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # of onnxruntime, which PyMuPDF loads
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What one process has compiled, all others and the next run need not, child processes included.
sys.dont_write_bytecode = False

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background job of a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("usual", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("exhaustive", max_examples=500, deadline=None)
settings.load_profile("usual")

PATIENCE_SECONDS = 5.0  # only failures ever wait this long
CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}

_calls_abroad: list[str] = []
_numbers = itertools.count()
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


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program before the workers of xdist start, and before hundreds of children."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "desktop_rag", quiet=2)


@pytest.fixture(scope="session")
def _rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rooms", numbered=False)


@pytest.fixture
def tmp_path(_rooms: Path, request: pytest.FixtureRequest) -> Path:
    """A folder of this test's own; pytest's would read through those of all earlier tests."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = _rooms / f"{next(_numbers)}-{name}"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def home(_rooms: Path) -> Iterator[Path]:
    """Where the program keeps its files during this test; not made, since most need none."""
    folder = _rooms / f"{next(_numbers)}-home"
    before = os.environ.get("DESKTOP_RAG_HOME")
    os.environ["DESKTOP_RAG_HOME"] = str(folder)
    _calls_abroad.clear()
    threads, processes = _threads(), _processes()
    yield folder
    if before is None:
        del os.environ["DESKTOP_RAG_HOME"]
    else:
        os.environ["DESKTOP_RAG_HOME"] = before
    amiss = [
        f"left running: {one}" for one in (*_threads_left(threads), *_processes_left(processes))
    ]
    amiss += [f"reached for the network: {call}" for call in _calls_abroad]
    assert not amiss, "what this test should not have done:\n" + "\n".join(amiss)


_start = threading.Thread.start


def _noted_start(thread: threading.Thread) -> None:
    _started_at[thread] = "".join(traceback.format_stack(limit=6)[:-1])
    _start(thread)


threading.Thread.start = _noted_start


def _threads_left(before: set[threading.Thread]) -> Iterator[str]:
    for thread in _threads() - before:
        thread.join(PATIENCE_SECONDS)
    for thread in _threads() - before:
        yield f"{thread.name}, started at\n{_started_at.get(thread, '?')}"


def _processes_left(before: set[psutil.Process]) -> Iterator[str]:
    others = {process.pid for process in before}  # what they have started ends with them
    started = {process for process in _processes() - before if _parent(process) not in others}
    if not started:
        return
    _, alive = psutil.wait_procs(started, PATIENCE_SECONDS)
    yield from map(_described, alive)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, PATIENCE_SECONDS)


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


def _parent(process: psutil.Process) -> int | None:
    try:
        return process.ppid()
    except psutil.Error:
        return None


def _described(process: psutil.Process) -> str:
    try:
        return f"process {process.pid}, {' '.join(process.cmdline())[:200]}"
    except psutil.Error:
        return f"process {process.pid}"
