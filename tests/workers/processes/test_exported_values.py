"""Whatever documents say of themselves: what could be indexed comes out of an export again."""

import io
import json
import math
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pymupdf  # noqa: TID253  (tests that draw PDFs need it anyway)
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain import bounds
from desktop_rag.domain.bundles import Contents, DocumentRecord, FileRecord, TalkRecord, TurnRecord
from desktop_rag.domain.documents import (
    Box,
    DocumentId,
    Heading,
    Layer,
    Line,
    Outline,
    Page,
    Role,
    RoleKind,
    Word,
)
from desktop_rag.domain.errors import ExportUnreadable
from desktop_rag.domain.indexes import Index
from desktop_rag.domain.references import Origin, ReferenceField
from desktop_rag.domain.unicode_text import storable
from desktop_rag.library.bundles import archive, exchange, schema
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.bundles import (
    Exported,
    ExportLibrary,
    ImportLibrary,
    Unloaded,
)
from desktop_rag.workers.processes.indexing import IndexingProcess
from tests import pdfs
from tests.workers.processes.test_bundles import (
    NAME,
    READY,
    Machine,
    file,
    folder,
    indexed,
    machines,
    old,
    talk,
)

__all__ = ["file", "folder", "indexed", "machines", "old"]

ID = DocumentId("a" * 64)
INDEX = Index(1, None, 110)
SENTENCE = "The lighthouse of Vorrin burned whale oil until 1871."


class Patient:
    """A job that nobody cancels."""

    def check(self) -> None:
        pass


# Real files

Change = Callable[[pymupdf.Document], None]


def keyed(key: str, value: str) -> Change:
    """Say something in the entry of the only page."""
    return lambda document: document.xref_set_key(document[0].xref, key, value)


def catalogued(key: str, value: str) -> Change:
    return lambda document: document.xref_set_key(document.pdf_catalog(), key, value)


def said(**values: str) -> Change:
    return lambda document: document.set_metadata(values)


def utf16(text: str) -> str:
    """Return a string of a PDF that may hold halves of characters."""
    return f"<FEFF{text.encode('utf-16-be', 'surrogatepass').hex()}>"


def titled(text: str) -> Change:
    def change(document: pymupdf.Document) -> None:
        document.set_metadata({"title": "T"})
        reference = document.xref_get_key(-1, "Info")[1]
        document.xref_set_key(int(reference.split()[0]), "Title", utf16(text))

    return change


def outlined_strangely(text: str) -> Change:
    def change(document: pymupdf.Document) -> None:
        document.set_toc([[1, "T", 1]])
        document.xref_set_key(document.get_outline_xrefs()[0], "Title", utf16(text))

    return change


def outlined(title: str, times: int = 1) -> Change:
    return lambda document: document.set_toc([[1, title, 1]] * times)


def labels(ranges: str) -> Change:
    return catalogued("PageLabels", f"<< /Nums [ {ranges} ] >>")


HOSTILE: dict[str, Change] = {
    "a long label": labels(f"0 << /P ({'x' * 4_001}) >>"),
    "a label of control characters": labels("0 << /P <FEFF0001D80000410007> >>"),
    "a roman label": labels("0 << /S /R /St 2000000000 >>"),
    "many labels": labels(" ".join(f"{page} << /P (x{page}) >>" for page in range(3_000))),
    "a huge unit": keyed("UserUnit", "1000000000"),
    "a tiny unit": keyed("UserUnit", "0.0000000001"),
    "a negative unit": keyed("UserUnit", "-7"),
    "a box without end": keyed("MediaBox", f"[0 0 {'9' * 60} {'9' * 60}]"),
    "a box turned round": keyed("MediaBox", "[700 900 -20 -30]"),
    "a box of no numbers": keyed("MediaBox", "[0 0 nan inf]"),
    "a long title": said(title="Whale oil " * 100_000, author="Ana " * 100_000),
    "a title of control characters": titled("Whale \x01\u202e\ud800 oil\0\x07"),
    "a date out of range": said(creationDate="D:99999999999999Z", modDate="D:00000000000000"),
    "a long outline": outlined("Whale oil " * 2_000, 50),
    "an outline of control characters": outlined_strangely("A\x01\ud800\u2028B\0"),
}


def hostile(path: Path, change: Change) -> Path:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), f"{SENTENCE} {path.stem}")
    change(document)
    document.save(path)
    return path


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that has indexed a file of each kind."""
    place = tmp_path_factory.mktemp("strange").resolve()
    (place / "files").mkdir()
    for number, change in enumerate(HOSTILE.values()):
        hostile(place / "files" / f"{number}.pdf", change)
    names = ["x" * 196 + ".pdf", "A\u0301\u202e \u200bñ😀.pdf", "con.pdf", "a:b?.pdf"]
    for number, name in enumerate(names):
        pdfs.plain(place / "files" / name, [f"{SENTENCE} {number}"])
    paths = open_home(place / "home")
    with closing(open_database(paths.database)) as db:
        machine = Machine(paths, db)
        machine.take([place / "files"])
        yield machine


def kept(machine: Machine) -> dict[str, object]:
    """All that is known of the documents of a library, but for where their files are."""
    rows = {
        row.document: replace(row, path=Path(), within=None, added=None)
        for row in machine.listing()
    }
    pages = {one: page_store.load(machine.paths.pages_folder, one) for one in rows if one}
    return {one: (repr(rows[one]), pages.get(one)) for one in rows if one}


@pytest.mark.parametrize("places", [False, True])
def test_what_could_be_indexed_comes_again(strange, machines, file, places) -> None:
    new = machines("new")
    exported = strange.export(file, originals=True, places=places)
    assert (exported.away, exported.damaged) == ((), ())
    assert "7.pdf" in strange.states()  # of the page without end nothing can be seen
    tally = new.bring(file, into=file.parent / "mine")
    assert (tally.ready, tally.failed, tally.queued) == (len(HOSTILE) + 3, 1, 0)
    assert tally.damaged == ()
    assert kept(new) == kept(strange)
    assert new.rows() == strange.rows()
    assert new.embedded == []


# Values that reading can yield, whatever they are

TEXT = st.text(st.characters(), max_size=5) | st.sampled_from(
    ["x" * 4_001, "\ud800", "\0", "😀" * 4_001, "\u202e\u2028", "x" * 9_000]
)
NUMBER = st.floats(width=64) | st.sampled_from([1e9 * 595, -3.0, 0.0, 1e300])
COUNT = st.integers(-3, 12) | st.sampled_from([10**7 + 1, 10**12])
WORDS = st.lists(st.builds(Word, TEXT, st.builds(Box, NUMBER, NUMBER, NUMBER, NUMBER)), max_size=3)
ROLES = st.none() | st.builds(
    Role, st.sampled_from(RoleKind), COUNT, COUNT, COUNT, COUNT, st.booleans()
)
LINES = st.builds(
    Line,
    COUNT,
    NUMBER,
    st.booleans(),
    WORDS.map(tuple),
    st.sampled_from(Layer),
    st.booleans(),
    ROLES,
)
PAGES = st.builds(
    Page,
    st.just(0),
    TEXT,
    NUMBER,
    NUMBER,
    st.lists(LINES, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    st.none() | NUMBER,
)
OUTLINES = st.builds(
    Outline,
    TEXT,
    st.just(1),
    st.lists(st.builds(Heading, COUNT, TEXT, COUNT), max_size=2).map(tuple),
    TEXT,
    TEXT,
    TEXT,
    stated=st.dictionaries(st.sampled_from(ReferenceField), TEXT, max_size=2).map(
        lambda said: tuple(said.items())
    ),
)


STORED = TEXT.map(storable)  # as the database has it
STAMP = st.integers(-(2**63), 2**63 - 1)
MOMENT = st.integers(0, 2**62)
FILES = st.builds(
    FileRecord,
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9).map(
        "/data/".__add__
    )
    | st.sampled_from(["/data/\udcff.pdf", f"/{'ñ' * 16_000}", "a\\"]),
    STAMP,
    STAMP,
    st.none() | STAMP,
)
RECORDS = st.builds(
    DocumentRecord,
    st.just(ID),
    STORED,
    st.just(1),
    st.text("abc", max_size=20),
    st.just(0),
    st.sampled_from(["queued", "ready"]),
    st.none(),
    st.none() | NUMBER,
    st.lists(FILES, min_size=1, max_size=2, unique_by=lambda one: one.path).map(tuple),
    author=STORED,
    date=STORED,
    subject=STORED,
    said=st.lists(
        st.tuples(st.sampled_from(ReferenceField), st.sampled_from(Origin), STORED), max_size=2
    ).map(tuple),
)
TURNS = st.builds(
    TurnRecord, STORED, STORED, st.text("abc", max_size=20), st.booleans(), MOMENT, STORED
)
TALKS = st.builds(
    TalkRecord,
    STORED,
    MOMENT,
    MOMENT,
    st.none() | STORED,
    st.none() | STORED,
    st.lists(TURNS, max_size=2).map(tuple),
)


class Homes(NamedTuple):
    """Two data directories, and what exports from the one and imports into the other."""

    old: Paths
    new: Paths
    exporting: IndexingProcess
    importing: IndexingProcess


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    place = tmp_path_factory.mktemp("homes")
    old, new = open_home(place / "old"), open_home(place / "new")
    return Homes(old, new, IndexingProcess(old), IndexingProcess(new))


def carried(homes: Homes, contents: Contents, *, places: bool = True) -> tuple[Contents, Exported]:
    """Export contents from one home, and bring them into the other."""
    target = homes.old.home / "all.ragx"
    command = ExportLibrary(target, contents, INDEX, places=places)
    *_, exported = homes.exporting.handle(command, Patient())
    assert isinstance(exported, Exported)
    bring = ImportLibrary(target, INDEX, frozenset(), frozenset())
    steps = homes.importing.handle(bring, Patient())
    parts = [step for step in steps if isinstance(step, Unloaded)]
    return exchange.joined((one.contents, one.brought) for one in parts)[0], exported


LIBRARIES = st.builds(
    lambda record, talk: Contents("Tesis", (record,), (talk,)),
    RECORDS,
    TALKS,
)


@given(OUTLINES, PAGES, LIBRARIES, st.booleans())
def test_any_values_are_carried(homes, outline, page, given, places) -> None:
    list(page_store.save(homes.old.pages_folder, ID, outline, [page]))
    (record,), (talk,) = given.documents, given.talks
    came, exported = carried(homes, given, places=places)
    assert (exported.damaged, came.damaged) == ((), ())
    before, after = (page_store.load(home.pages_folder, ID) for home in homes[:2])
    assert before == after != None  # noqa: E711
    again, _ = carried(homes, came, places=places)
    assert again == came
    found, said = came.documents[0], came.talks[0]
    assert found.title == record.title[: bounds.SHORT]
    assert [turn.question for turn in said.turns] == [turn.question for turn in talk.turns]
    if places:
        assert found.files[0].path[:99] == record.files[0].path[:99]


# What an older version kept


def test_what_an_older_version_kept_beyond_bounds_is_cut(homes, monkeypatch) -> None:
    old, new = homes[:2]
    with monkeypatch.context() as patched:
        patched.setattr(page_store, "bounded_page", lambda page: page)
        patched.setattr(page_store, "bounded_outline", lambda outline: outline)
        words = (Word("oil", Box(0.1, 0.1, 0.2, 0.2)),)
        lines = (Line(0, 11.0, False, words),)
        pages = [Page(0, "x" * 5_000, 595e9, 842e9, lines), Page(1, "2", math.nan, 1.0, lines)]
        list(page_store.save(old.pages_folder, ID, Outline("T" * 9_999, 2), pages))
    record = DocumentRecord(
        ID, "T" * 9_999, 2, "en", 0, "ready", None, None, (FileRecord("/a", 1, 1),)
    )
    came, exported = carried(homes, Contents("L" * 999, (record,), ()))
    assert exported.damaged == ()
    assert (len(came.name), len(came.documents[0].title)) == (200, bounds.SHORT)
    loaded = page_store.load(new.pages_folder, ID)
    assert loaded is not None
    assert [len(page.label) for page in loaded[1]] == [bounds.SHORT, 1]
    assert [page.lines[0].text for page in loaded[1]] == ["oil", "oil"]


@pytest.mark.parametrize("noise", [b"", b"noise" * 999, b"PK\5\6" + bytes(18)])
def test_noise_in_the_pages_costs_only_them(old, machines, file, noise) -> None:
    new = machines("new")
    (damaged,) = [row.document for row in old.listing() if row.path.name == "a.pdf"]
    page_store.place(old.paths.pages_folder, damaged).write_bytes(noise)
    assert old.export(file).damaged == ("a.pdf",)
    tally = new.bring(file)
    assert (tally.ready, tally.damaged) == (3, ())
    assert new.states() == READY
    assert new.rows() == old.rows()


def test_a_conversation_of_any_length_is_carried(homes, monkeypatch) -> None:
    monkeypatch.setattr(schema, "LONGEST_LINE", 66 << 10)
    statistics = {
        "mode": "model",
        "seconds": 1.0,
        "prompt_tokens": 1,
        "cached_tokens": 0,
        "answer_tokens": 1,
        "decode_tps": 1.0,
        "prompt": "x" * 15_000,
    }
    payload = {"sources": [], "cited": [], "statistics": statistics, "error": ""}
    turn = TurnRecord("What?", "That.", "model", False, 1, json.dumps(payload))
    talk = TalkRecord("Light", 1, 1, None, None, (turn,) * 5)
    came, exported = carried(homes, Contents("L", (), (talk,)))
    assert exported.damaged == ()
    turns = came.talks[0].turns
    assert [one.answer for one in turns] == ["That."] * 5
    assert [len(one.payload) > 99 for one in turns] == [False, True, True, True, True]


def test_a_conversation_that_is_too_long_without_its_prompts_is_named(homes, monkeypatch) -> None:
    monkeypatch.setattr(schema, "LONGEST_LINE", 66 << 10)
    turn = TurnRecord("What?", "That. " * 4_000, "model", False, 1, "{}")
    talks = tuple(
        TalkRecord(title, 1, 1, None, None, turns)
        for title, turns in (("Light", (turn,) * 5), ("Oil", (turn,)))
    )
    came, exported = carried(homes, Contents("L", (), talks))
    assert exported.damaged == ("Light",)
    assert came.talks == talks[1:]


def test_records_that_pack_to_very_little_are_taken(homes) -> None:
    turn = TurnRecord("?" * (1 << 20), "!", "model", False, 1, "{}")
    talks = tuple(TalkRecord(str(n), 1, 1, None, None, (turn,)) for n in range(80))
    came, _ = carried(homes, Contents("L", (), talks))
    assert came.talks == talks


def test_pages_left_out_of_a_long_document_are_still_told(homes) -> None:
    error = json.dumps({"error": "PagesLeftOut", "args": ["a.pdf", list(range(3_000))]})
    file = FileRecord("/a", 1, 1)
    record = DocumentRecord(ID, "T", 1, "en", 0, "ready", error, None, (file,))
    assert carried(homes, Contents("L", (record,), ()))[0].documents[0].error == error


# What is read back


def test_an_export_that_cannot_be_read_back_is_removed(old, file, monkeypatch) -> None:
    def lost(bundle: zipfile.ZipFile, *_: object) -> None:
        bundle.writestr(archive.RECORDS, b"")

    monkeypatch.setattr(archive, "write_records", lost)
    with pytest.raises(ExportUnreadable) as error:
        old.export(file)
    assert error.value.path == str(file)
    assert list(file.parent.iterdir()) == []


def test_an_older_export_stays_where_the_new_one_fails(old, file, monkeypatch) -> None:
    old.export(file)
    before = file.read_bytes()
    monkeypatch.setattr(archive, "write_manifest", lambda *_: None)
    with pytest.raises(ExportUnreadable):
        old.export(file)
    assert file.read_bytes() == before


def test_rows_are_read_back_once(old, file, monkeypatch) -> None:
    read: list[str] = []
    opened = archive.Bundle.opened

    def noted(bundle: archive.Bundle, name: str) -> object:
        read.append(name)
        return opened(bundle, name)

    monkeypatch.setattr(archive.Bundle, "opened", noted)
    old.export(file)
    assert read.count(archive.CHUNKS) == 1


def test_pages_are_read_back_on_the_disk_of_the_data(old, file, monkeypatch) -> None:
    folders: list[str | None] = []
    spooled = tempfile.SpooledTemporaryFile

    def noted(most: int, **where: str | None) -> object:
        folders.append(where["dir"])
        return spooled(most, **where)

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", noted)
    assert old.export(file).damaged == ()
    assert {*folders} == {str(old.paths.pages_folder)}


# What is not said


def test_an_export_says_neither_where_nor_when(old, file, folder) -> None:
    talk(old, old.listing()[0].document)
    old.export(file, places=False)
    with zipfile.ZipFile(file) as bundle:
        dates = {one.date_time for one in bundle.infolist()}
        records = bundle.read(archive.RECORDS).decode()
        for name in bundle.namelist():
            if name.startswith("pages/"):
                with zipfile.ZipFile(io.BytesIO(bundle.read(name))) as pages:
                    dates |= {one.date_time for one in pages.infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert str(folder) not in records
    assert str(old.paths.home) not in records
    found = [json.loads(line) for line in records.splitlines()]
    paths = [one["path"] for record in found for one in record.get("files", ())]
    assert sorted(paths) == sorted(READY)
    moments = {
        value
        for record in found
        for values in (record, *record.get("files", ()), *record.get("turns", ()))
        for key, value in values.items()
        if key in {"added", "mtime_ns", "created_us", "changed_us"}
    }
    assert moments == {None, 0}


def test_conversations_without_times_are_known_by_what_was_said(old, machines, file) -> None:
    new = machines("new")
    talk(old, old.listing()[0].document)
    old.export(file, places=False)
    assert new.bring(file).conversations == 2
    assert new.bring(file, name=NAME).conversations == 0
