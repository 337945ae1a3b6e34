"""A worker that, once it is ready to serve, tries to connect in every way it knows."""

import asyncio
import os
import socket
import tempfile
import urllib.request
from collections.abc import Callable
from ctypes import c_uint64
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_rag.workers.pipe import host
from desktop_rag.workers.pipe.targets import Target

ASKED = ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK", "ORT_DISABLE_TELEMETRY")


def main(target: Target, port: int, pipe: Connection, mark: c_uint64) -> None:
    """Run the real main of a worker up to its serving, and send what came of each way."""

    def serve(*_given: object) -> None:
        pipe.send({name: tried(way, port) for name, way in (ABROAD | OWN).items()})
        pipe.send({variable: os.environ.get(variable, "") for variable in ASKED})

    host.serve = serve
    target(pipe, mark)


def tried(way: Callable[[int], object], port: int) -> str:
    """Return the error that a way to connect ends in, or nothing."""
    try:
        way(port)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we came for
        return repr(error)
    return ""


def connect(port: int) -> None:
    with socket.socket() as wire:
        wire.connect(("127.0.0.1", port))


def connect_ex(port: int) -> None:
    with socket.socket() as wire:
        wire.connect_ex(("127.0.0.1", port))


def connect_six(port: int) -> None:
    with socket.socket(socket.AF_INET6) as wire:
        wire.connect(("::1", port))


def send(port: int) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as wire:
        wire.sendto(b"x", ("127.0.0.1", port))


def look_up(_port: int) -> None:
    socket.getaddrinfo("localhost", 80)


def look_up_host(_port: int) -> None:
    socket.gethostbyname("localhost")


def create(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def browse(port: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1):
        pass


def hub(port: int) -> None:
    from huggingface_hub.utils import httpx

    httpx.get(f"http://127.0.0.1:{port}/", timeout=1, trust_env=False)


def loop(_port: int) -> None:
    asyncio.run(asyncio.sleep(0))


def bind(_port: int) -> None:
    with socket.socket() as wire:
        wire.bind(("127.0.0.1", 0))


def pair(_port: int) -> None:
    for wire in socket.socketpair():
        wire.close()


def own(_port: int) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(str(Path(folder) / "s"))
        server.listen()
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(Path(folder) / "s"))


ABROAD = {
    way.__name__: way
    for way in (
        connect,
        connect_ex,
        connect_six,
        send,
        look_up,
        look_up_host,
        create,
        browse,
        hub,
    )
}
OWN = {way.__name__: way for way in (loop, bind, pair, own)}
