"""One window for each data directory: what a second start says to the first."""

import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_rag.gui.window.single_instance import SingleInstance, _address, raise_first
from desktop_rag.settings.paths import Paths, open_home


@pytest.fixture
def paths(home: Path) -> Paths:
    return open_home(home)


@pytest.fixture
def first(paths, qapp):
    instance = SingleInstance(paths)
    yield instance
    instance._server.close()
    instance.deleteLater()


def say(paths: Paths, qtbot, words: bytes) -> None:
    """Send bytes as anybody of this user could, and hang up."""
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.connected):
        socket.connectToServer(_address(paths))
    with qtbot.waitSignal(socket.disconnected):
        socket.write(words)
        socket.disconnectFromServer()


def test_the_first_window_is_given_the_files_of_the_second(first, paths, qtbot, tmp_path) -> None:
    files = [tmp_path / "año «1».pdf", Path("relative.pdf")]
    with qtbot.waitSignal(first.raised) as raised:
        assert raise_first(paths, files)
    assert raised.args == [[tmp_path / "año «1».pdf", Path.cwd() / "relative.pdf"]]


def test_starting_again_without_files_raises_the_window_all_the_same(first, paths, qtbot) -> None:
    with qtbot.waitSignal(first.raised) as raised:
        assert raise_first(paths, [])
    assert raised.args == [[]]


def test_it_hears_as_often_as_it_is_told(first, paths, qtbot, tmp_path) -> None:
    heard = []
    first.raised.connect(heard.append)
    for number in range(3):
        with qtbot.waitSignal(first.raised):
            raise_first(paths, [tmp_path / str(number)])
    assert [[path.name for path in files] for files in heard] == [["0"], ["1"], ["2"]]


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\xff\xfe\x00",
        b"{",
        b"7",
        b"null",
        b'"/etc/passwd"',
        b'{"a": 1}',
        b"[1, null]",
        b"[" * 100_000,
    ],
)
def test_rubbish_is_ignored_and_the_window_still_listens(first, paths, qtbot, rubbish) -> None:
    heard = []
    first.raised.connect(heard.append)
    say(paths, qtbot, rubbish)
    with qtbot.waitSignal(first.raised):
        raise_first(paths, [])
    assert heard == [[]]


def test_a_message_without_end_is_not_kept(first, paths, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("desktop_rag.gui.window.single_instance._LONGEST", 10)
    heard = []
    first.raised.connect(heard.append)
    say(paths, qtbot, b'["/a", "/b", "/c", "/d"]')
    with qtbot.waitSignal(first.raised):
        raise_first(paths, [])
    assert heard == [[]]


def test_without_a_first_window_nobody_is_told(paths, qapp) -> None:
    assert not raise_first(paths, [])


def test_the_window_of_another_folder_is_not_disturbed(first, tmp_path, qtbot) -> None:
    other = open_home(tmp_path / "other")
    with qtbot.assertNotEmitted(first.raised):
        assert not raise_first(other, [tmp_path / "a.pdf"])


def test_what_a_killed_program_left_behind_is_taken_over(paths, qtbot, qapp) -> None:
    server = QLocalServer()
    server.listen(_address(paths))
    place = Path(server.fullServerName())
    instance = SingleInstance(paths)  # removes the socket and listens anew
    server.close()
    assert len(os.fsencode(place)) < 104  # more is too much for macOS
    assert instance._server.isListening()
    instance._server.close()


on_posix = pytest.mark.skipif(sys.platform == "win32", reason="a pipe lies in no folder")


@on_posix
def test_they_meet_in_the_folder_that_the_system_has_for_the_user(
    paths, qapp, monkeypatch, tmp_path
) -> None:
    runtime = tmp_path.parent / "run"  # addresses are short
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    instance = SingleInstance(paths)
    assert [stat.S_ISSOCK(path.stat().st_mode) for path in runtime.iterdir()] == [True]
    assert not instance.trouble
    instance._server.close()


@on_posix
@pytest.mark.parametrize("mode", [0o1777, 0o750, 0o701])
def test_a_folder_that_others_enter_is_not_used(paths, qapp, monkeypatch, tmp_path, mode) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(mode)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where there is no other either
    instance = SingleInstance(paths)
    assert list((tmp_path / "run").iterdir()) == []
    assert instance._server.isListening()
    assert Path(instance._server.fullServerName()).parent == paths.runtime_folder
    instance._server.close()


@on_posix
def test_nor_is_the_one_below_the_data_if_it_is_open(paths, qapp, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert not SingleInstance(paths).trouble
    paths.runtime_folder.chmod(0o755)
    assert SingleInstance(paths).trouble


@on_posix
def test_somebody_else_is_not_heard(first, paths, qtbot, monkeypatch) -> None:
    me = os.geteuid()
    address = _address(paths)
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)  # as which the first window runs
    heard = []
    first.raised.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(address)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"[]")
    assert heard == []


@on_posix
def test_somebody_else_who_listens_is_told_nothing(paths, qtbot, qapp, monkeypatch) -> None:
    server = QLocalServer()
    address = _address(paths)
    server.listen(address)
    me = os.geteuid()
    monkeypatch.setattr("desktop_rag.gui.window.single_instance._address", lambda _: address)
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert not raise_first(paths, [Path("secret.pdf")])
    assert server.waitForNewConnection(1000)
    other = server.nextPendingConnection()
    other.waitForDisconnected(1000)
    assert other.bytesAvailable() == 0
    server.close()


@on_posix
def test_a_name_that_is_taken_is_said_and_no_more(paths, qapp) -> None:
    taken = Path(_address(paths))
    taken.mkdir()
    (taken / "more").write_text("")
    instance = SingleInstance(paths)
    assert "will not find this window" in instance.trouble
    (taken / "more").unlink()
    taken.rmdir()


@on_posix
def test_a_place_whose_name_is_too_long_is_none(qapp, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    far = open_home(tmp_path / ("x" * 90))
    assert SingleInstance(far).trouble
    assert not raise_first(far, [])
