"""PDFs made to hurt: whoever reads or draws them comes to an end, in bounded memory and time."""

import functools
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.pages import Drawn, Opened
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.drawing import Draw, Open
from desktop_rag.workers.processes import drawing
from tests import pdfs
from tests.jobs.indexing.test_coordinator import folder, session

__all__ = ["folder", "session"]

GIB = 1 << 30
HOSTILE_SECONDS = 2.0  # for what would take its seconds whatever they are
GOOD_SECONDS = 20.0  # for what follows; only failures ever take this long
WAIT = 120_000  # milliseconds; only failures ever wait this long
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>"
TREE = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"]
SHOWN = b"BT /F 9 Tf (A) Tj ET\n"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FONTS = "<</Font<</F 6 0 R>>>>"
ENDED = {DocumentState.READY, DocumentState.FAILED, DocumentState.WAITING}


def inflating(piece: bytes, size: int) -> bytes:
    """Return what inflates to so many bytes of the same, without holding or making them all.

    Deflate begins anew after a full flush, so that a part may follow itself. The checksum at the
    end is that of nothing, which nobody has ever been stopped by.
    """
    part = piece * max(1, (1 << 20) // len(piece))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    flushed = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return b"\x78\xda" + flushed * (size // len(part)) + end + zlib.adler32(b"").to_bytes(4, "big")


def stream(data: bytes, entries: str = "/Filter/FlateDecode") -> str:
    """Return an object with a stream; Latin-1 is bytes as text."""
    return f"<<{entries}/Length {len(data)}>>stream\n{data.decode('latin-1')}\nendstream"


def written(path: Path, content: str, *more: str, resources: str = "<<>>") -> Path:
    """A PDF of one page with this content."""
    path.write_bytes(pdfs._raw([*TREE, PAGE, content, resources, *more]))
    return path


def content_bomb(path: Path) -> Path:
    """A page on which the same letter is shown two hundred million times."""
    return written(path, stream(inflating(SHOWN, 4 * GIB)), FONT, resources=FONTS)


def twice_packed(path: Path) -> Path:
    """The same, packed again: some kilobytes."""
    data = zlib.compress(inflating(SHOWN, 4 * GIB), 9)
    content = stream(data, "/Filter[/FlateDecode/FlateDecode]")
    return written(path, content, FONT, resources=FONTS)


def saved_states(path: Path) -> Path:
    """Two billion graphics states, none of which is ever restored."""
    return written(path, stream(inflating(b"q ", 4 * GIB)))


def picture_bomb(path: Path) -> Path:
    """A picture of 35,000 x 35,000 points in colour, which are 3.7 GB."""
    edge = 35_000
    picture = stream(
        inflating(b"\x80", 3 * edge * edge + (1 << 20)),
        f"/Type/XObject/Subtype/Image/Width {edge}/Height {edge}/BitsPerComponent 8"
        "/ColorSpace/DeviceRGB/Filter/FlateDecode",
    )
    shown = stream(b"595 0 0 842 0 0 cm /P Do", "")
    return written(path, shown, picture, resources="<</XObject<</P 6 0 R>>>>")


def form_in_itself(path: Path) -> Path:
    """A form that shows itself."""
    form = stream(b"/F Do /F Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R")
    return written(path, stream(b"/F Do", ""), form, resources="<</XObject<</F 6 0 R>>>>")


def forms_in_forms(path: Path) -> Path:
    """Forms that each show the next one ten times: ten to the fifteenth in all."""
    levels = 15
    forms = [
        stream(
            b"/F Do " * 10,
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
            f"/Resources<</XObject<</F {7 + level if level + 1 < levels else 7 + levels} 0 R>>>>",
        )
        for level in range(levels)
    ]
    last = stream(b"0 0 1 1 re f", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    shown = stream(b"/F Do", "")
    return written(path, shown, *forms, last, resources="<</XObject<</F 6 0 R>>>>")


def nested_arrays(path: Path) -> Path:
    """An array in an array, a hundred thousand times."""
    return written(path, stream(b"", ""), "[" * 100_000 + "]" * 100_000, resources="6 0 R")


def endless_tree(path: Path) -> Path:
    """A page tree that claims two billion pages."""
    tree = [TREE[0], "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"]
    path.write_bytes(pdfs._raw([*tree, PAGE, stream(b"", ""), "<<>>"]))
    return path


def many_times_the_same_page(path: Path) -> Path:
    """Page trees that each hold the next one a hundred times: a million pages."""
    trees = [
        f"<</Type/Pages/Kids[{f'{level + 3} 0 R ' * 100}]/Count {100 ** (3 - level)}>>"
        for level in range(3)
    ]
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    path.write_bytes(pdfs._raw([TREE[0], *trees, page]))
    return path


HOSTILE: list[Callable[[Path], Path]] = [
    content_bomb,
    twice_packed,
    saved_states,
    picture_bomb,
    form_in_itself,
    forms_in_forms,
    nested_arrays,
    endless_tree,
    many_times_the_same_page,
]

each_hostile = pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)


@each_hostile
def test_reading_it_ends_and_the_next_one_is_read(session, folder, make) -> None:
    path = make(folder / "a.pdf")
    good = pdfs.plain(folder / "b.pdf", ["The lighthouse of Aldmere is white."])
    session.run([folder], reading=session.troubled(""))  # in a process, to be killed
    assert session.state(path) in ENDED
    assert (session.state(path) is DocumentState.READY) == (session.error(path) is None)
    assert session.state(good) is DocumentState.READY


@pytest.fixture
def line(qapp, tmp_path) -> Iterator[JobQueue]:
    """The viewer's jobs; a job that takes too long ends its process."""
    made = JobQueue("drawing", functools.partial(drawing.main, tmp_path))
    yield made
    made.stop()
    ending = getattr(made._bridge.worker, "_ending", None)
    if ending:
        ending.join()


@each_hostile
def test_drawing_it_ends_and_the_next_one_is_drawn(line, qtbot, tmp_path, make) -> None:
    hostile, good = DocumentId("ab" * 32), DocumentId("cd" * 32)
    fine = pdfs.plain(tmp_path / "b.pdf", ["Lighthouse"])
    told: list[object] = []
    ended: list[object] = []
    for command in (
        Open(hostile, make(tmp_path / "a.pdf")),
        Draw(hostile, 0, 600),
        Open(good, fine),
        Draw(good, 0, 600),
    ):
        seconds = HOSTILE_SECONDS if command.document == hostile else GOOD_SECONDS
        line.ask(
            Job(command, told.append, lambda: ended.append(""), _noted(ended), seconds=seconds)
        )
    qtbot.waitUntil(lambda: len(ended) == 4, timeout=WAIT)
    assert [type(one) for one in told[-2:]] == [Opened, Drawn]
    assert told[-1].document == good
    assert all(len(one.sizes) < 100_000 for one in told if isinstance(one, Opened))
    assert ended[2:] == ["", ""]


def _noted(ended: list[object]) -> Callable[[RagError | None, str], None]:
    def failed(error: RagError | None, details: str) -> None:
        assert isinstance(error, RagError), details
        ended.append(error)

    return failed
