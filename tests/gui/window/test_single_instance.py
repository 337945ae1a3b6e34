"""One window for each data directory: what a second start says to the first."""

from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_rag.gui.window.single_instance import SingleInstance, _name, raise_first
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
        socket.connectToServer(_name(paths))
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
    server.listen(_name(paths))
    place = Path(server.fullServerName())
    instance = SingleInstance(paths)  # removes the socket and listens anew
    server.close()
    assert len(str(place)) < 104  # more is too much for macOS
    assert instance._server.isListening()
    instance._server.close()
