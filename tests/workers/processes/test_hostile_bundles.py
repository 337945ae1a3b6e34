"""Files with a library that somebody has tampered with: nothing unsound gets into the store."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa  # noqa: TID253  (tests that forge rows need it anyway)
import pytest

from desktop_rag.domain.bundles import Brought
from desktop_rag.domain.errors import BundleUnusable
from desktop_rag.library.bundles import schema
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.bundles import (
    ImportLibrary,
    LookInto,
    Seen,
    Unloaded,
)
from desktop_rag.workers.processes.indexing import IndexingProcess
from tests.fakes import NeverCancelled
from tests.tampering import (
    ID,
    INDEX,
    TEXTS,
    Members,
    exported,
    members_of,
    members_of_bytes,
    packed,
    table_of,
    written,
)

Change = Callable[[Members], None]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(tmp_path_factory.mktemp("stick"))


@pytest.fixture
def paths(home: Path) -> Paths:
    return open_home(home)


def bring(paths: Paths, source: Path, into: Path | None = None) -> list[object]:
    command = ImportLibrary(source, INDEX, frozenset(), frozenset(), into)
    return list(IndexingProcess(paths).handle(command, NeverCancelled()))


def refused(paths: Paths, source: Path, into: Path | None = None) -> str:
    """Return why a file is refused; nothing of it may be left."""
    with pytest.raises(BundleUnusable) as error:
        bring(paths, source, into)
    assert error.value.path == str(source)
    assert table_of(paths).holdings() == {}
    left = [
        one for place in (paths.pages_folder, paths.converted_folder) for one in place.glob("*/*")
    ]
    assert left == []
    return error.value.reason


def test_what_nobody_tampered_with_is_taken(good, paths, tmp_path) -> None:
    same = written(tmp_path / "same.ragx", members_of(good))
    (last,) = [step for step in bring(paths, same) if isinstance(step, Unloaded)]
    assert last.brought[0].whole
    assert table_of(paths).holdings() == {ID: (2, 2)}
    read = page_store.load(paths.pages_folder, ID)
    assert read is not None
    (seen,) = IndexingProcess(paths).handle(LookInto(same), NeverCancelled())
    assert isinstance(seen, Seen)
    assert (seen.manifest.documents, seen.manifest.chunks) == (1, 2)


def record(**changes: object) -> Change:
    def change(members: Members) -> None:
        values = json.loads(members["records.jsonl"])
        members["records.jsonl"] = json.dumps(values | changes).encode() + b"\n"

    return change


def manifest(**changes: object) -> Change:
    def change(members: Members) -> None:
        values = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps(values | changes).encode()

    return change


def rows(edit: Callable[[pa.Table], pa.Table], **options: object) -> Change:
    def change(members: Members) -> None:
        table = edit(pa.ipc.open_stream(members["chunks.arrow"]).read_all())
        sink = io.BytesIO()
        with pa.ipc.new_stream(
            sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)
        ) as stream:
            stream.write_table(table)
        members["chunks.arrow"] = sink.getvalue()

    return change


def column(name: str, values: list[object]) -> Change:
    def edit(table: pa.Table) -> pa.Table:
        kind = table.schema.field(name)
        at = table.schema.get_field_index(name)
        return table.set_column(at, kind, pa.array(values, kind.type))

    return rows(edit)


def of_another_embedder(change: Change) -> Change:
    """Have the rows be of no use, so that what is wrong is not found by them."""

    def both(members: Members) -> None:
        made = json.loads(members["manifest.json"])["made"]
        manifest(made=made | {"weights": "other"})(members)
        change(members)

    return both


def page(**changes: object) -> Change:
    def change(members: Members) -> None:
        inner = members_of_bytes(members[f"pages/{ID}.zip"])
        values = json.loads(inner["0.json"])
        inner["0.json"] = json.dumps(values | changes).encode()
        members[f"pages/{ID}.zip"] = packed(inner)

    return change


def pages(**inner: bytes) -> Change:
    def change(members: Members) -> None:
        members[f"pages/{ID}.zip"] = packed({f"{k}.json": v for k, v in inner.items()})

    return change


def without(name: str) -> Change:
    return lambda members: members.pop(name) and None


def cut(name: str) -> Change:
    def change(members: Members) -> None:
        members[name] = members[name][: len(members[name]) // 2]

    return change


def vector(*numbers: float) -> list[float]:
    return [*numbers, *[0.0] * (384 - len(numbers))]


FILE = {"path": "/a", "size": 1, "mtime_ns": 2, "added": 3}
NAN, HUGE = float("nan"), 1e6
HOSTILE: dict[str, Change] = {
    "an id that is a path": of_another_embedder(record(id="../../../etc/passwd", read=False)),
    "an id that is too short": of_another_embedder(record(id="abc", read=False)),
    "a number that is text": record(pages="1"),
    "a number that is negative": record(chunks=-1),
    "a state that is none": record(state="done"),
    "a share beyond all": record(quality=1e9),
    "no file": record(files=[]),
    "a path with an end in it": record(
        files=[{"path": "/a%00b", "size": 1, "mtime_ns": 2, "added": 3}]
    ),
    "a size beyond SQLite": record(
        files=[{"path": "/a", "size": 2**63, "mtime_ns": 2, "added": 3}]
    ),
    "fewer records than said": manifest(documents=2),
    "a manifest of another kind": manifest(made={"embedder": 1}),
    "no records": without("records.jsonl"),
    "records that are cut off": cut("records.jsonl"),
}
DAMAGED_PAGES: dict[str, Change] = {
    "pages that are missing": without(f"pages/{ID}.zip"),
    "pages that are cut off": cut(f"pages/{ID}.zip"),
    "a page with boxes of text": page(lines=[[0, 1.0, 0, ["a"], ["x", 1, 2, 3]]]),
    "a page with too few edges": page(lines=[[0, 1.0, 0, ["a"], [1, 2, 3]]]),
    "a page without words": page(lines=[[0, 1.0, 0, [7], [1, 2, 3, 4]]]),
    "a page that unpacks to very much": page(label=" " * (65 << 20)),
    "an outline of more pages": pages(outline=b'{"format":1,"title":"","pages":9,"contents":[]}'),
    "pages of another format": pages(outline=b'{"format":9,"title":"","pages":0,"contents":[]}'),
}
DAMAGED_ROWS: dict[str, Change] = {
    "rows that are cut off": cut("chunks.arrow"),
    "a vector that is no number": column("vector", [vector(NAN), vector(1.0)]),
    "a vector that is too long": column("vector", [vector(HUGE), vector(1.0)]),
    "a vector beyond all": column("vector", [vector(1e30, -1e30), vector(1.0)]),
    "a key of another document": column("key", [f"{ID}:0", f"{'b' * 64}:1"]),
    "a row of another document": column("document", [ID, "b" * 64]),
    "a row twice": column("ordinal", [0, 0]),
    "a row beyond": rows(lambda table: pa.concat_tables([table, table])),
    "a row too few": rows(lambda table: table.slice(0, 1)),
    "a page that is not there": column("page", [0, 7]),
    "a text of another digest": column("text", [TEXTS[0], "Something else."]),
    "words that are half": column("words", [b"abc", b""]),
    "words beyond the text": column("words", [b"\xff" * 14, b""]),
    "columns of another schema": rows(lambda table: table.drop_columns(["header"])),
    "rows that are packed": rows(lambda table: table, compression="zstd"),
    "text in place of rows": lambda members: members.update({"chunks.arrow": b"x" * 999}),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_tampered_with_is_refused(good, paths, tmp_path, change) -> None:
    members = members_of(good)
    change(members)
    assert refused(paths, written(tmp_path / "bad.ragx", members)) == "broken"


def brought(paths: Paths, source: Path) -> Brought:
    """Bring in what is sound of a document that is damaged, and said to be."""
    parts = [step for step in bring(paths, source) if isinstance(step, Unloaded)]
    assert [name for part in parts for name in part.contents.damaged] == ["a.pdf"]
    (one,) = [one for part in parts for one in part.brought]
    return one


@pytest.mark.parametrize("change", DAMAGED_PAGES.values(), ids=DAMAGED_PAGES.keys())
def test_pages_that_are_tampered_with_are_left_out(good, paths, tmp_path, change) -> None:
    members = members_of(good)
    change(members)
    one = brought(paths, written(tmp_path / "bad.ragx", members))
    assert (one.chunks, one.whole) == (2, True)
    assert table_of(paths).holdings() == {ID: (2, 2)}
    assert list(paths.pages_folder.glob("*/*")) == []


@pytest.mark.parametrize("change", DAMAGED_ROWS.values(), ids=DAMAGED_ROWS.keys())
def test_rows_that_are_tampered_with_are_left_out(good, paths, tmp_path, change) -> None:
    members = members_of(good)
    change(members)
    one = brought(paths, written(tmp_path / "bad.ragx", members))
    assert (one.chunks, one.whole) == (0, False)
    assert table_of(paths).holdings() == {}
    assert page_store.load(paths.pages_folder, ID)


@pytest.mark.parametrize("change", DAMAGED_PAGES.values(), ids=DAMAGED_PAGES.keys())
def test_a_document_of_which_nothing_is_sound_is_left_out(good, paths, tmp_path, change) -> None:
    members = members_of(good)
    change(members)
    column("vector", [vector(NAN), vector(1.0)])(members)
    assert refused(paths, written(tmp_path / "bad.ragx", members)) == "broken"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "foreign"), (b"%PDF-1.7", "foreign"), (b"PK\5\6" + bytes(18), "foreign")],
)
def test_what_is_no_library_is_foreign(paths, tmp_path, content, reason) -> None:
    file = tmp_path / "some.ragx"
    file.write_bytes(content)
    assert refused(paths, file) == reason
    assert refused(paths, tmp_path / "missing.ragx") == "unreadable"
    other = written(tmp_path / "other.zip", {"a.txt": b"a"})
    assert refused(paths, other) == "foreign"


def test_what_a_newer_program_wrote_says_so(good, paths, tmp_path) -> None:
    members = members_of(good)
    manifest(format=schema.FORMAT + 1)(members)
    assert refused(paths, written(tmp_path / "new.ragx", members)) == "newer"


def test_only_records_may_be_packed(good, paths, tmp_path) -> None:
    members = members_of(good)
    assert refused(paths, written(tmp_path / "a.ragx", members, zipfile.ZIP_DEFLATED)) == "broken"
    members["records.jsonl"] += b" " * (80 << 20)
    with zipfile.ZipFile(tmp_path / "b.ragx", "w") as file:
        for name, content in members.items():
            kind = zipfile.ZIP_DEFLATED if name == "records.jsonl" else zipfile.ZIP_STORED
            file.writestr(name, content, kind)
    assert refused(paths, tmp_path / "b.ragx") == "broken"


def test_a_member_twice_is_refused(good, paths, tmp_path) -> None:
    file = written(tmp_path / "twice.ragx", members_of(good))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as more:
        more.writestr("records.jsonl", members_of(good)["records.jsonl"])
    assert refused(paths, file) == "broken"


def test_a_document_that_is_another_one_is_not_unpacked(good, paths, tmp_path) -> None:
    members = members_of(good)
    record(original="../../run.exe")(members)
    members[f"files/{ID}/../../run.exe"] = b"%PDF-1.7 not what the id says"
    mine = tmp_path / "mine"
    steps = bring(paths, written(tmp_path / "bad.ragx", members), mine)
    parts = [step for step in steps if isinstance(step, Unloaded)]
    assert parts[0].contents.damaged == ("a.pdf",)
    assert [one.unpacked for part in parts for one in part.brought] == [None]
    assert list(mine.iterdir()) == []
    assert not (tmp_path / "run.exe").exists()


def test_a_conversation_that_cannot_be_read_loses_only_what_is_wrong(good, paths, tmp_path) -> None:
    members = members_of(good)
    turn = {
        "question": "?",
        "answer": "!",
        "mode": "model",
        "stopped": False,
        "created_us": 1,
        "payload": '{"sources": [{"number": "one"}]}',
    }
    talk = {
        "kind": "talk",
        "title": "T",
        "created_us": 1,
        "changed_us": 1,
        "sampling": '{"temperature": "hot"}',
        "scope": '{"kind": 7}',
        "turns": [turn],
    }
    members["records.jsonl"] += json.dumps(talk).encode() + b"\n"
    manifest(conversations=1)(members)
    steps = bring(paths, written(tmp_path / "talk.ragx", members))
    (found,) = [
        talk for step in steps if isinstance(step, Unloaded) for talk in step.contents.talks
    ]
    assert (found.sampling, found.scope, found.turns[0].payload) == (None, None, "{}")


@pytest.mark.parametrize(
    "error",
    [
        '{"error": "WorkerDied", "args": ["x", 1]}',
        '{"error": "PagesLeftOut", "args": ["x", "y"]}',
        '{"error": "DocumentBroken", "args": [[1]]}',
        '{"error": "os", "args": ["x"]}',
        "[" * 3000,
    ],
)
def test_an_error_without_words_here_is_dropped(good, paths, tmp_path, error) -> None:
    members = members_of(good)
    record(error=error, state="failed")(members)
    steps = bring(paths, written(tmp_path / "error.ragx", members))
    (last,) = [step for step in steps if isinstance(step, Unloaded)]
    assert (last.brought[0].record.error, last.brought[0].record.state) == (None, "queued")
