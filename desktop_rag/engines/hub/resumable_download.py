"""Gets one file over HTTP, goes on where it stopped, and trusts nothing that it was not promised.

    begin ─► `<target>.part` and `<target>.part.json` ─► checked ─► target

The second says which file the first is the beginning of, and the ETag it had.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from huggingface_hub.utils import httpx

from desktop_rag.domain.errors import DiskTooSmall, DownloadDamaged, HubUnreachable
from desktop_rag.domain.models import HubFault
from desktop_rag.domain.ports import CancelToken
from desktop_rag.engines.hub.bounds import WANTED
from desktop_rag.engines.hub.http import Failure, HubClient, explained, raise_for
from desktop_rag.settings.paths import reported

_BLOCK = 1 << 20  # bytes
_GIB = 2**30
_SPARE = 64 << 20  # bytes that are left to everything else on the disk
_PROGRESS = 1 << 16  # bytes, after which the tries are counted from the start
_PART, _WHOLE, _PAST_END = 206, 200, 416
_RANGE = re.compile(r"bytes (\d{1,19})-\d{1,19}/(\d{1,19}|\*)")
_LONGEST_ETAG = 200  # characters


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """The client that a file comes through, its address, and what a request for it has to say."""

    client: HubClient
    address: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """A file of a repository, its promised size and hash, and where it is to go.

    `later` bytes of other files are to find room beside it.
    """

    repository: str
    revision: str
    file: str
    size: int
    sha256: str
    target: Path
    later: int = 0


class PartialFile:
    """What has come of a file, with its hash."""

    def __init__(self, order: Order) -> None:
        self.path = order.target.with_name(order.target.name + ".part")
        self.done = 0
        self.etag = ""
        self._order = order
        self._about = self.path.with_name(self.path.name + ".json")
        self._digest = hashlib.sha256()
        self._file: IO[bytes] | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of what has come."""
        return self._digest.hexdigest()

    def open(self, cancel: CancelToken) -> None:
        """Take up what is there, if it is the beginning of the same file."""
        with reported(self.path):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self.path.open("ab+", buffering=0)
            known = self._known()
            if known is None or self.path.stat().st_size > self._order.size:
                self.begin("")
                return
            self.etag = known
            self._file.seek(0)
            while block := self._file.read(_BLOCK):
                cancel.check()
                self._digest.update(block)
                self.done += len(block)

    def begin(self, etag: str) -> None:
        """Begin anew, with the file that has this ETag."""
        with reported(self.path):
            self._opened.truncate(0)
            self._digest, self.done, self.etag = hashlib.sha256(), 0, etag
            fact = asdict(self._order) | {"etag": etag, "target": self._order.target.name}
            self._about.write_text(json.dumps(fact), "utf-8")

    def add(self, block: bytes) -> None:
        """Write down what came."""
        with reported(self.path.parent):
            left = memoryview(block)
            while left:
                written = self._opened.write(left)
                self._digest.update(left[:written])
                self.done += written
                left = left[written:]

    def finish(self) -> None:
        """Make it the file that was wanted."""
        with reported(self.path.parent):
            os.fsync(self._opened.fileno())
            self.close()
            self.path.replace(self._order.target)
            self._about.unlink(missing_ok=True)
            _keep_folder(self.path.parent)

    def discard(self) -> None:
        """Throw away what came."""
        self.close()
        with reported(self.path.parent):
            self.path.unlink(missing_ok=True)
            self._about.unlink(missing_ok=True)

    def close(self) -> None:
        """Leave what has come for the next time."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def _opened(self) -> IO[bytes]:
        assert self._file is not None  # noqa: S101 - between open and close
        return self._file

    def _known(self) -> str | None:
        """Return the ETag of what is there, `None` where it belongs to another file."""
        try:
            fact: dict[str, Any] = json.loads(self._about.read_text("utf-8"))
            etag = str(fact.pop("etag"))
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return None
        wanted = asdict(self._order) | {"target": self._order.target.name}
        return etag if fact == wanted and (etag or self._order.sha256) else None


def _anything(_file: Path) -> bool:
    """Whether a file is right of which nothing but its hash is known."""
    return True


def fetch(
    source: RemoteFile, order: Order, right: Callable[[Path], bool] = _anything
) -> Generator[int, None, str]:
    """Get a file; yield again and again how many bytes of it are there. Returns its SHA-256.

    What has come is kept whatever happens, unless it is not what was promised, or not `right`.
    """
    there = _there(order, source.client.cancel)
    part = PartialFile(order)
    if there and right(order.target):
        part.discard()  # what a process left that ended too soon to do so
        yield order.size
        return there
    try:
        part.open(source.client.cancel)
        _make_sure_it_fits(part, order)
        yield part.done
        yield from _filled(source, part, order)
        _make_sure_it_is_right(part, order, right)
        part.finish()
    except DownloadDamaged:
        part.discard()
        raise
    finally:
        part.close()
    return part.digest


def _filled(source: RemoteFile, part: PartialFile, order: Order) -> Iterator[int]:
    """Ask until all is there, with growing pauses where nothing comes."""
    misses, best = 0, part.done
    while part.done < order.size:
        try:
            with explained(order.repository, order.file):
                yield from _stream(source, part, order)
        except Failure as failure:
            if part.done >= best + _PROGRESS:
                misses, best = 0, part.done
            misses += 1
            source.client.rest(misses, failure)


def _stream(source: RemoteFile, part: PartialFile, order: Order) -> Iterator[int]:
    """Ask once for what is missing, and take what comes."""
    asked = dict(source.headers)
    if part.done:
        asked["Range"] = f"bytes={part.done}-"
        if part.etag:
            asked["If-Range"] = part.etag
    http = source.client.http
    with http.stream("GET", source.address, headers=asked, extensions=WANTED) as answer:
        if answer.status_code == _PAST_END:
            part.begin("")
            raise Failure(HubUnreachable(order.repository, HubFault.OTHER_PART))
        raise_for(answer, order.repository, order.file)
        _take_up(answer, part, order)
        for block in answer.iter_raw():
            source.client.cancel.check()
            if part.done + len(block) > order.size:
                raise DownloadDamaged(order.repository)
            part.add(block)
            yield part.done
    if part.done < order.size:  # it ended too soon without saying so
        raise Failure(HubUnreachable(order.repository, HubFault.BROKEN))


def _take_up(answer: httpx.Response, part: PartialFile, order: Order) -> None:
    """See what an answer is the rest of, and begin anew if it is not of what is there."""
    etag = _etag(answer)
    if answer.status_code == _PART:
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        start, size = (int(found[1]), found[2]) if found else (-1, "*")
        if size not in {"*", str(order.size)}:
            raise DownloadDamaged(order.repository)
        if start != part.done or (etag and part.etag and etag != part.etag):
            part.begin("")
            raise Failure(HubUnreachable(order.repository, HubFault.OTHER_PART))
        return
    size = answer.headers.get("Content-Length", "")
    if size.isdecimal() and int(size) != order.size:
        raise DownloadDamaged(order.repository)
    if answer.status_code != _WHOLE:
        raise HubUnreachable(order.repository, HubFault.NO_HUB)
    part.begin(etag)


def _etag(answer: httpx.Response) -> str:
    """Return what tells the bytes of a file from others, if it can be said back."""
    etag: str = answer.headers.get("ETag", "")
    sayable = etag.isascii() and etag.isprintable() and len(etag) <= _LONGEST_ETAG
    return etag if sayable and not etag.startswith("W/") else ""  # weak ones do not tell


def _there(order: Order, cancel: CancelToken) -> str:
    """Return the hash of the target if it has come already, whole and right."""
    try:
        if order.target.stat().st_size != order.size:
            return ""
        digest = hashlib.sha256()
        with order.target.open("rb") as file:
            while block := file.read(_BLOCK):
                cancel.check()
                digest.update(block)
    except OSError:
        return ""
    same = not order.sha256 or digest.hexdigest() == order.sha256.lower()
    return digest.hexdigest() if same else ""


def _make_sure_it_fits(part: PartialFile, order: Order) -> None:
    with reported(part.path.parent):
        free = shutil.disk_usage(part.path.parent).free
    needed = order.size - part.done
    if needed and needed + order.later + _SPARE > free:
        whole = needed + order.later
        raise DiskTooSmall(str(part.path.parent), whole / _GIB, free / _GIB)


def _make_sure_it_is_right(part: PartialFile, order: Order, right: Callable[[Path], bool]) -> None:
    promised = not order.sha256 or part.digest == order.sha256.lower()
    if not promised or not right(part.path):
        raise DownloadDamaged(order.repository)


def _keep_folder(folder: Path) -> None:
    """Have the new name on the disk, too, where the system lets us."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
