"""Real folders, really watched."""

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from watchdog.observers import inotify_c

from desktop_rag.gui.watching.folder_watchers import FolderWatchers
from desktop_rag.jobs.watching import file_events, watched_folder
from desktop_rag.jobs.watching.watched_folder import Rhythm, Watched
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.watches import Watch

WAIT = 20_000  # milliseconds; only failures ever wait this long
QUICK = Rhythm(rest=0.2, held=1.0, beat=0.05, root=0.1, polled=0.1)
LIBRARY = LibraryId(1)


class Ear:
    """Notes what is told of watched folders."""

    def __init__(self, qtbot) -> None:
        self.qtbot = qtbot
        self.watching = FolderWatchers(QUICK)
        self.appeared: list[Path] = []
        self.batches = 0
        self.moved: list[tuple[Path, Path]] = []
        self.went: list[Path] = []
        self.told: list[tuple[str, Path]] = []
        self.watching.appeared.connect(self._on_appeared)
        self.watching.moved.connect(lambda _watch, pairs: self.moved.extend(pairs))
        self.watching.went.connect(lambda _watch, paths: self.went.extend(paths))
        for name in ("missed", "lost", "crowded"):
            signal = getattr(self.watching, name)
            signal.connect(lambda watch, name=name: self.told.append((name, watch.path)))

    def _on_appeared(self, _watch, paths) -> None:
        self.batches += 1
        self.appeared += paths

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def watch(self, *watches: Watch, state: Watched = Watched.NATIVE) -> None:
        self.watching.watch(watches)
        self.until(lambda: all(self.watching.state(one) is state for one in watches))

    def quiet(self, folder: Path) -> None:
        """Wait until something that happened now has been told, and so everything before it."""
        mark = folder / f"mark{len(self.appeared)}.pdf"
        mark.write_text("x")
        self.until(lambda: mark in self.appeared)
        self.appeared.remove(mark)


@pytest.fixture
def ear(qtbot) -> Iterator[Ear]:
    threads = set(threading.enumerate())
    made = Ear(qtbot)
    yield made
    made.watching.stop()
    left = set(threading.enumerate()) - threads
    for thread in left:
        thread.join(5)
    assert not any(thread.is_alive() for thread in left)
    made.watching.deleteLater()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    return made


@pytest.fixture(params=["told", "polled"])
def watched(request, ear, folder, monkeypatch) -> Watch:
    """A folder that is watched, by what the system tells or by looking again and again."""
    made = Watch(LIBRARY, folder, ("*.txt",))
    (folder / "there.pdf").write_text("from before")
    if request.param == "polled":
        monkeypatch.setattr(file_events, "networked", lambda _path: True)
        ear.watch(made, state=Watched.POLLED)
    else:
        ear.watch(made)
    return made


def test_a_new_a_changed_and_a_deleted_file_are_told(ear, watched) -> None:
    new, there = watched.path / "new.pdf", watched.path / "there.pdf"
    new.write_text("new")
    ear.until(lambda: ear.appeared == [new])
    there.write_text("changed")
    ear.until(lambda: ear.appeared == [new, there])
    there.unlink()
    ear.until(lambda: ear.went == [there])
    ear.quiet(watched.path)
    assert (ear.appeared, ear.went, ear.moved, ear.told) == ([new, there], [there], [], [])


def test_a_moved_and_a_renamed_file_are_told_as_such(ear, watched) -> None:
    inner = watched.path / "2021"
    inner.mkdir()
    ear.quiet(inner)
    old, renamed, moved = watched.path / "there.pdf", watched.path / "b.pdf", inner / "b.pdf"
    old.rename(renamed)
    ear.until(lambda: ear.moved == [(old, renamed)])
    renamed.rename(moved)
    ear.until(lambda: ear.moved == [(old, renamed), (renamed, moved)])
    ear.quiet(watched.path)
    assert (ear.appeared, ear.went) == ([], [])


def test_a_folder_with_files_is_told_when_it_comes_is_renamed_and_goes(
    ear, watched, tmp_path
) -> None:
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    for name in ("a.pdf", "deep/b.pdf", "deep/c.txt", "d.mp3"):
        (outside / name).write_text(name)
    inside, renamed = watched.path / "in", watched.path / "renamed"
    outside.rename(inside)
    ear.until(lambda: sorted(ear.appeared) == [inside / "a.pdf", inside / "deep" / "b.pdf"])
    inside.rename(renamed)
    pairs = [(inside / name, renamed / name) for name in ("a.pdf", "deep/b.pdf")]
    ear.until(lambda: sorted(ear.moved) == pairs)
    ear.went.clear()
    renamed.rename(outside)
    ear.until(lambda: renamed in ear.went or renamed / "deep" / "b.pdf" in ear.went)


def test_only_what_could_be_a_document_is_told(ear, watched) -> None:
    for name in ("a.txt", "~$b.docx", ".c.pdf", "d.mp3", "e.pdf.part"):
        (watched.path / name).write_text("x")
    for name in ("node_modules", ".git"):
        (watched.path / name).mkdir()
        (watched.path / name / "f.pdf").write_text("x")
    ear.quiet(watched.path)
    assert ear.appeared == []


def test_a_half_written_file_is_waited_for(ear, folder) -> None:
    ear.watch(Watch(LIBRARY, folder))
    path = folder / "long.pdf"
    told: list[int] = []
    ear.watching.appeared.connect(lambda _watch, _paths: told.append(path.stat().st_size))
    written = threading.Event()

    def write() -> None:
        with path.open("wb") as file:
            for _ in range(20):
                file.write(b"x" * 1000)
                file.flush()
                written.wait(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    ear.until(lambda: bool(told))
    writer.join()
    ear.quiet(folder)
    assert told[0] == 20_000


def test_many_files_are_told_together(ear, folder, tmp_path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for number in range(2_000):
        (source / f"{number}.pdf").write_text("x")
    ear.watch(Watch(LIBRARY, folder))
    pause = threading.Event()

    def copy(old: str, new: str) -> None:
        shutil.copy(old, new)
        pause.wait(0.001)  # so that some come to rest while others come

    shutil.copytree(source, folder / "copied", copy_function=copy)
    ear.until(lambda: len(ear.appeared) == 2_000)
    assert ear.batches <= 8
    assert len(set(ear.appeared)) == 2_000


def test_after_more_than_the_system_keeps_the_folder_is_looked_through(
    ear, folder, monkeypatch
) -> None:
    monkeypatch.setattr(watched_folder, "_STORM", 10)
    ear.watch(Watch(LIBRARY, folder))
    for number in range(20):
        (folder / f"{number}.pdf").write_text("x")
    ear.until(lambda: ear.told == [("missed", folder)])


def test_a_folder_that_goes_is_unplugged_and_looked_through_when_it_is_back(ear, watched) -> None:
    away = watched.path.with_name("away")
    watched.path.rename(away)
    ear.until(lambda: ear.told == [("lost", watched.path)])
    assert ear.watching.state(watched) is Watched.UNPLUGGED
    away.rename(watched.path)
    ear.until(lambda: ear.told == [("lost", watched.path), ("missed", watched.path)])
    assert ear.went == []
    ear.quiet(watched.path)


def test_another_folder_in_its_place_is_looked_through(ear, folder) -> None:
    other = folder.with_name("other")
    other.mkdir()
    ear.watch(Watch(LIBRARY, folder))
    shutil.rmtree(folder)
    other.rename(folder)
    ear.until(lambda: ("missed", folder) in ear.told)
    ear.quiet(folder)


def test_a_folder_that_is_not_there_at_the_start_is_unplugged(ear, folder) -> None:
    missing = Watch(LIBRARY, folder / "drive")
    ear.watch(missing, state=Watched.UNPLUGGED)
    missing.path.mkdir()
    ear.until(lambda: ear.watching.state(missing) is Watched.NATIVE)
    ear.until(lambda: ear.told == [("lost", missing.path), ("missed", missing.path)])


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_to_folders_are_not_followed_but_one_that_is_watched_itself_is(
    ear, folder, tmp_path
) -> None:
    (tmp_path / "real").mkdir()
    link, inner = tmp_path / "link", folder / "inner"
    link.symlink_to(tmp_path / "real")
    inner.symlink_to(tmp_path / "real")
    ear.watch(Watch(LIBRARY, link), Watch(LIBRARY, folder))
    (tmp_path / "real" / "a.pdf").write_text("x")
    ear.until(lambda: ear.appeared == [link / "a.pdf"])
    ear.quiet(folder)
    assert ear.appeared == [link / "a.pdf"]


def test_folders_in_each_other_are_watched_for_two_libraries(ear, folder) -> None:
    inner = folder / "inner"
    inner.mkdir()
    outer, deeper = Watch(LIBRARY, folder), Watch(LibraryId(2), inner)
    told: list[tuple[Watch, Path]] = []
    ear.watching.appeared.connect(lambda watch, paths: told.extend((watch, path) for path in paths))
    ear.watch(outer, deeper)
    path = inner / "a.pdf"
    path.write_text("x")
    ear.until(lambda: len(told) == 2)
    assert {(outer, path), (deeper, path)} == set(told)


def test_what_is_watched_no_longer_tells_nothing(ear, folder) -> None:
    kept, left = Watch(LIBRARY, folder / "kept"), Watch(LIBRARY, folder / "left")
    for watch in (kept, left):
        watch.path.mkdir()
    ear.watch(kept, left)
    assert ear.watching.watch([kept]) == ()
    (left.path / "a.pdf").write_text("x")
    ear.quiet(kept.path)
    assert ear.appeared == []
    assert ear.watching.watches == (kept,)


@pytest.mark.skipif(not hasattr(inotify_c, "inotify_add_watch"), reason="Linux counts them")
@pytest.mark.parametrize("first_refused", [1, 3])
def test_a_system_that_watches_no_more_folders_is_asked_again_and_again(
    ear, folder, monkeypatch, first_refused
) -> None:
    """The limit is met by the folder itself, or by one below it, of which watchdog says nothing."""
    (folder / "inner").mkdir()
    (folder / "inner" / "last").mkdir()
    calls = []
    real = inotify_c.inotify_add_watch

    def refused(*arguments) -> int:
        calls.append(arguments)
        if len(calls) < first_refused:
            return real(*arguments)
        inotify_c.ctypes.set_errno(errno.ENOSPC)
        return -1

    monkeypatch.setattr(inotify_c, "inotify_add_watch", refused)
    ear.watch(Watch(LIBRARY, folder), state=Watched.CROWDED)
    ear.until(lambda: ("crowded", folder) in ear.told)
    path = folder / "inner" / "last" / "a.pdf"
    path.write_text("x")
    ear.until(lambda: ear.appeared == [path])


def test_a_drive_of_another_machine_is_known_by_its_file_system(monkeypatch, tmp_path) -> None:
    class Part:
        def __init__(self, mountpoint: str, fstype: str) -> None:
            self.mountpoint, self.fstype = mountpoint, fstype

    parts = [Part("/", "ext4"), Part("/net", "nfs4"), Part("/net/usb", "vfat")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_all: parts)
    monkeypatch.setattr(file_events.sys, "platform", "linux")
    found = [file_events.networked(path) for path in ("/home/a", "/net/a", "/net/usb/a", "/nets")]
    assert found == [False, True, False, False]
