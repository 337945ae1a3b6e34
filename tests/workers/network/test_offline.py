"""No process but the downloading one connects, whatever it loads."""

import dataclasses
import functools
import multiprocessing
import socket
import subprocess
import sys
from ctypes import c_uint64

import pytest

from desktop_rag import app
from desktop_rag.domain.indexes import Index, Searched
from desktop_rag.gui.processes.process_targets import ProcessTargets
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from tests import connecting
from tests.places import ROOT

SECONDS = 60  # only failures ever wait this long
CONNECTS = "connecting"
GIVEN = {
    "indexing": False,
    "searching": Searched(Index(1, None, 110)),
}  # what only the one who starts it knows
SILENT = sorted({field.name for field in dataclasses.fields(ProcessTargets)} - {CONNECTS})

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="asyncio needs a pair of sockets there"),
]


def said(target, port: int) -> tuple[dict[str, str], dict[str, str]]:
    """What comes of each way to connect in a process with this target, and its environment."""
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    mark = context.RawValue(c_uint64, 0)
    process = context.Process(
        target=functools.partial(connecting.main, target, port), args=(theirs, mark)
    )
    process.start()
    theirs.close()
    try:
        assert pipe.poll(SECONDS)
        return pipe.recv(), pipe.recv()
    finally:
        pipe.close()
        process.join(SECONDS)


@pytest.mark.parametrize("name", SILENT)
def test_a_process_cannot_connect(name, tmp_path, monkeypatch) -> None:
    for variable in connecting.ASKED:
        monkeypatch.delenv(variable, raising=False)
    targets = app.targets(open_home(tmp_path / "home"), Settings())
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        target = getattr(targets, name)
        if name in GIVEN:
            target = target(GIVEN[name])
        came, asked = said(target, server.getsockname()[1])
        assert {way for way, error in came.items() if error} == set(connecting.ABROAD)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert all("makes no connections" in came[way] for way in connecting.ABROAD)
    assert set(asked.values()) == {"1"}


def test_neither_the_command_line_nor_the_window_can_connect(tmp_path) -> None:
    code = """if True:
        import socket, sys
        from desktop_rag import __main__ as program, app, cli

        def tries(*given):
            try:
                socket.create_connection(("127.0.0.1", 9))
            except PermissionError as error:
                print(error.strerror)

        app.run = cli.run = tries
        sys.argv = ["desktop-rag", *sys.argv[1:]]
        try:
            program.main()
        except SystemExit:
            pass
    """
    for arguments in (["libraries"], ["window"]):
        ran = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout == "this process makes no connections\n"
