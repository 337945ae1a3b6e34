"""When a job hears that it is not wanted any more."""

import errno
import multiprocessing
from ctypes import c_uint64

import pytest

from desktop_rag.domain.errors import DataLocked, DiskFull
from desktop_rag.domain.ports import Cancelled
from desktop_rag.workers.pipe.host import SharedCancel, prepared, serve
from desktop_rag.workers.pipe.protocol import Failed, Request


@pytest.mark.parametrize(("mark", "goes_on"), [(0, True), (6, True), (7, False), (8, False)])
def test_a_job_goes_on_until_it_or_a_later_one_is_given_up(mark: int, goes_on: bool) -> None:
    cancel = SharedCancel(7, c_uint64(mark))
    if goes_on:
        cancel.check()
    else:
        with pytest.raises(Cancelled):
            cancel.check()


def test_what_cannot_be_made_ready_fails_each_job_with_what_was_wrong() -> None:
    def make():
        raise DataLocked("home")

    handle = prepared(make)
    cancel = SharedCancel(1, c_uint64())
    for _ in range(2):
        with pytest.raises(DataLocked):
            list(handle(None, cancel))


@pytest.mark.parametrize(
    ("error", "path"),
    [
        (OSError(errno.ENOSPC, "", "/data/page"), "/data/page"),
        (RuntimeError("lance error: Disk quota exceeded (os error 122)"), ""),
    ],
)
def test_a_full_disk_is_no_bug_whoever_meets_it(error, path, monkeypatch) -> None:
    def handle(_command, _cancel):
        raise error

    monkeypatch.setattr("signal.signal", lambda *_: None)  # this is no process of its own
    theirs, ours = multiprocessing.Pipe()
    ours.send(Request(1, None))
    ours.send(None)
    serve(theirs, c_uint64(), handle)
    failed = ours.recv()
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, DiskFull)
    assert failed.error.path == path
