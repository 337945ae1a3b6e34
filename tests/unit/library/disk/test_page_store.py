import dataclasses
import itertools
import json
import multiprocessing
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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
from desktop_rag.domain.errors import DiskFull
from desktop_rag.library.disk import page_store
from desktop_rag.library.disk.page_store import (
    UnreadPages,
    bind,
    keep,
    left,
    load,
    page_count,
    place,
    quality,
    remove,
    save,
    stamp,
    tidy,
)
from tests import older

A, B = DocumentId("ab" * 32), DocumentId("ac" * 32)
HALF = 0.5 / 65_535 + 1e-12
CHANCE = random.Random(7)  # noqa: S311


def word(text: str) -> Word:
    return Word(text, Box(*(CHANCE.random() for _ in range(4))))


def document(pages: int = 3) -> tuple[Outline, list[Page]]:
    texts = ["niño", "😀", "日本語", 'a"b\\', "\u2028", "ﬁ", "x" * 500]
    lines = (
        Line(0, 11.0, True, tuple(word(text) for text in texts)),
        Line(7, 0.1, False, (Word("edge", Box(0.0, 0.0, 1.0, 1.0)),)),
        Line(8, 9.0, False, (word("unseen"),), Layer.HIDDEN),
        Line(9, 9.0, False, (word("图书馆"),), glued=True, role=Role(RoleKind.HEADING, 2)),
        Line(9, 9.0, True, (word("€"),), Layer.NOTE, role=Role(RoleKind.CELL, 0, 4, 2, 3, True)),
    )
    whole = [Page(0, "i", 595.3, 841.9, lines), Page(1, "", 0.0, 0.0)]
    whole += [Page(n, f"A-{n}", 10.0, 20.0, (), True, n == 2, 0.25) for n in range(2, pages)]
    contents = (Heading(1, "Capítulo “uno”", 0), Heading(2, "", 2))
    return Outline("El título", pages, contents, "Ana", "2024-03-05", "Ñ"), whole[:pages]


def kept(folder, outline, pages, id_=A) -> None:
    assert list(save(folder, id_, outline, pages)) == list(pages)


def files_in(folder) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_pages_come_back_as_they_were(tmp_path, count: int) -> None:
    outline, pages = document(count)
    kept(tmp_path, outline, pages)
    found = load(tmp_path, A)
    assert found is not None
    assert found[0] == outline
    assert page_count(tmp_path, A) == count
    for before, after in zip(pages, found[1], strict=True):
        for name in ("number", "label", "width", "height", "picture", "unread", "quality"):
            assert getattr(after, name) == getattr(before, name)
        for old, new in zip(before.lines, after.lines, strict=True):
            assert (new.block, new.size, new.bold) == (old.block, old.size, old.bold)
            assert new.text == old.text
            for a, b in zip(old.words, new.words, strict=True):
                assert b.box == pytest.approx(a.box, rel=0, abs=HALF)


def test_keeping_again_what_came_back_changes_nothing(tmp_path) -> None:
    kept(tmp_path, *document())
    first = load(tmp_path, A)
    assert first is not None
    kept(tmp_path, *first, id_=B)
    assert load(tmp_path, B) == first


def test_documents_do_not_disturb_each_other(tmp_path) -> None:
    kept(tmp_path, *document(3))
    kept(tmp_path, *document(1), id_=B)
    assert [page_count(tmp_path, name) for name in (A, B)] == [3, 1]
    remove(tmp_path, [A])
    assert load(tmp_path, A) is None
    assert load(tmp_path, B) is not None
    remove(tmp_path, [A, B])
    assert files_in(tmp_path) == set()


def test_what_was_never_read_is_nothing(tmp_path) -> None:
    assert load(tmp_path, A) is None
    assert page_count(tmp_path, A) == 0


@pytest.mark.parametrize("old", [None, 1])
@pytest.mark.parametrize("good_pages", range(4))
def test_an_interrupted_document_leaves_what_was_kept_before(tmp_path, old, good_pages) -> None:
    if old:
        kept(tmp_path, *document(old))
    before, there = load(tmp_path, A), files_in(tmp_path)
    outline, pages = document(4)

    def failing():
        yield from pages[:good_pages]
        raise RuntimeError("the page is broken")

    with pytest.raises(RuntimeError, match="the page is broken"):
        list(save(tmp_path, A, outline, failing()))
    assert (load(tmp_path, A), files_in(tmp_path)) == (before, there)

    steps = save(tmp_path, A, outline, pages)
    list(itertools.islice(steps, good_pages))
    steps.close()  # cancelled
    assert (load(tmp_path, A), files_in(tmp_path)) == (before, there)

    kept(tmp_path, outline, pages)
    assert page_count(tmp_path, A) == 4


def test_nothing_is_replaced_before_the_last_page(tmp_path) -> None:
    kept(tmp_path, *document(1))
    steps = save(tmp_path, A, *document(3))
    for _ in range(3):
        next(steps)
        assert page_count(tmp_path, A) == 1
    assert list(steps) == []
    assert page_count(tmp_path, A) == 3


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path, monkeypatch) -> None:
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(page_store.os, "replace", full)
    with pytest.raises(DiskFull):
        list(save(tmp_path, A, *document()))
    assert files_in(tmp_path) == set()


def test_a_file_cut_short_has_to_be_read_again(tmp_path) -> None:
    kept(tmp_path, *document())
    path = place(tmp_path, A)
    whole = path.read_bytes()
    for length in range(0, len(whole), 41):
        path.write_bytes(whole[:length])
        assert load(tmp_path, A) is None
        assert page_count(tmp_path, A) == 0


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"outline.json": "{}"},
        {"outline.json": '{"format": 99, "title": "", "pages": 0, "contents": []}'},
        {"outline.json": '{"format": 1, "title": "", "pages": 1, "contents": []}'},
        {"outline.json": '{"format": 1, "title": "", "pages": 1, "contents": []}', "0.json": "{"},
        {"outline.json": '{"format": 1, "title": "", "pages": 1, "contents": []}', "0.json": "{}"},
    ],
)
def test_what_another_version_wrote_has_to_be_read_again(tmp_path, members) -> None:
    path = place(tmp_path, A)
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    assert load(tmp_path, A) is None


def test_a_damaged_file_has_to_be_read_again(tmp_path) -> None:
    kept(tmp_path, *document())
    path, good = place(tmp_path, A), load(tmp_path, A)
    whole = path.read_bytes()
    for at in range(0, len(whole), 5):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert load(tmp_path, A) in (None, good), at
        assert page_count(tmp_path, A) in (0, 3), at


@pytest.mark.parametrize("text", ["[]", "null", '{"format": 1, "title": "", "pages": null}'])
def test_values_of_another_kind_have_to_be_read_again(tmp_path, text: str) -> None:
    path = place(tmp_path, A)
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("outline.json", text)
    assert load(tmp_path, A) is None
    assert page_count(tmp_path, A) == 0


# What was recognized


def unread_document(pages: int = 4) -> tuple[Outline, list[Page]]:
    """Page 0 has text, the last is damaged, those between wait for recognition."""
    read = Page(0, "1", 10.0, 20.0, (Line(0, 9.0, False, (word("read"),)),))
    between = [Page(n, str(n + 1), 10.0, 20.0, (), True, True) for n in range(1, pages - 1)]
    return Outline("", pages), [read, *between, Page(pages - 1, str(pages), 0.0, 0.0)]


def recognized(number: int, text: str = "seen", quality: float = 0.5) -> Page:
    line = Line(0, 9.0, False, (Word(text, Box(0.0, 0.0, 1.0, 1.0)),))
    return Page(number, str(number + 1), 10.0, 20.0, (line,), True, False, quality)


def texts(folder) -> list[str]:
    found = load(folder, A)
    assert found is not None
    return [" ".join(line.text for line in page.lines) for page in found[1]]


def test_what_is_left_to_do_is_known(tmp_path) -> None:
    assert left(tmp_path, A) == UnreadPages()
    kept(tmp_path, *unread_document())
    assert left(tmp_path, A) == UnreadPages((1, 2), (3,))


def test_what_older_versions_kept_has_its_pictures_left(tmp_path) -> None:
    outline, pages = unread_document()
    kept(tmp_path, outline, pages)
    path = place(tmp_path, A)
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist() if name != "left.json"}
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            values = json.loads(data)
            file.writestr(name, json.dumps({k: v for k, v in values.items() if k != "unread"}))
    assert left(tmp_path, A) == UnreadPages((1, 2), (3,))
    assert load(tmp_path, A) == (outline, load(tmp_path, A)[1])


def test_a_recognized_page_counts_at_once_and_when_it_is_bound(tmp_path) -> None:
    kept(tmp_path, *unread_document())
    keep(tmp_path, A, recognized(2))
    before = load(tmp_path, A)
    assert texts(tmp_path) == ["read", "", "seen", ""]
    assert before[1][2] == recognized(2)
    assert left(tmp_path, A) == UnreadPages((1,), (3,))
    bind(tmp_path, A)
    assert load(tmp_path, A) == before
    assert left(tmp_path, A) == UnreadPages((1,), (3,))
    assert files_in(tmp_path) == {f"{A}.zip"}
    assert not place(tmp_path, A).with_suffix(".ocr").exists()
    bind(tmp_path, A)
    assert load(tmp_path, A) == before


def test_a_page_that_could_not_be_recognized_is_left_out(tmp_path) -> None:
    kept(tmp_path, *unread_document())
    keep(tmp_path, A, Page(1, "2", 0.0, 0.0))
    for _ in range(2):
        assert left(tmp_path, A) == UnreadPages((2,), (1, 3))
        bind(tmp_path, A)


@pytest.mark.parametrize("broken_at", ["before", "within", "after", "cleaning"])
def test_binding_that_breaks_off_loses_and_repeats_nothing(
    tmp_path, monkeypatch, broken_at
) -> None:
    kept(tmp_path, *unread_document(6))
    for number in (1, 3):
        keep(tmp_path, A, recognized(number, f"seen{number}"))
    expected, todo = load(tmp_path, A), left(tmp_path, A)
    own = page_store.os.replace
    writes, unlinks = iter(range(99)), iter(range(99))

    def broken(*_given, **_named):
        raise KeyboardInterrupt

    def replace(source, target):
        if broken_at == "after":
            own(source, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if broken_at == "before":
            patched.setattr(page_store, "replacing", broken)
        elif broken_at == "within":
            values = page_store._page_values
            patched.setattr(
                page_store,
                "_page_values",
                lambda page: values(page) if next(writes) < 3 else broken(),
            )
        elif broken_at == "after":
            patched.setattr(page_store.os, "replace", replace)
        else:
            unlink = page_store.Path.unlink
            patched.setattr(
                page_store.Path,
                "unlink",
                lambda *given, **named: broken() if next(unlinks) > 1 else unlink(*given, **named),
            )
        with pytest.raises(KeyboardInterrupt):
            bind(tmp_path, A)
    assert (load(tmp_path, A), left(tmp_path, A)) == (expected, todo)
    bind(tmp_path, A)
    assert (load(tmp_path, A), left(tmp_path, A)) == (expected, todo)
    assert files_in(tmp_path) == {f"{A}.zip"}


@pytest.mark.parametrize("length", [0, 10, -9])
def test_a_damaged_recognized_page_is_recognized_again(tmp_path, length: int) -> None:
    kept(tmp_path, *unread_document())
    keep(tmp_path, A, recognized(1))
    path = place(tmp_path, A).with_suffix(".ocr") / "1.json"
    path.write_text(path.read_text("ascii")[:length], "ascii")
    for _ in range(2):
        assert texts(tmp_path) == ["read", "", "", ""]
        assert left(tmp_path, A) == UnreadPages((1, 2), (3,))
        bind(tmp_path, A)


def test_a_recognized_page_without_its_document_is_nothing(tmp_path) -> None:
    keep(tmp_path, A, recognized(1))
    assert load(tmp_path, A) is None
    bind(tmp_path, A)
    kept(tmp_path, *unread_document())  # it was read again, and what was recognized still counts
    assert texts(tmp_path) == ["read", "seen", "", ""]


def test_recognized_pages_are_removed_with_their_document(tmp_path) -> None:
    kept(tmp_path, *unread_document())
    keep(tmp_path, A, recognized(1))
    keep(tmp_path, B, recognized(1))
    remove(tmp_path, [A])
    assert files_in(tmp_path) == {"1.json"}
    remove(tmp_path, [A, B])
    assert files_in(tmp_path) == set()


def _keep_some(folder: str, first: int) -> None:
    for _ in range(3):
        for number in range(first % 2, 40):  # some of them twice, as after a death
            keep(Path(folder), A, recognized(number, f"seen{number}"))


def test_several_processes_keep_pages_of_one_document(tmp_path) -> None:
    kept(tmp_path, *unread_document(42))
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_keep_some, args=(str(tmp_path), n)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 2
    expected = ["seen0", *(f"seen{n}" for n in range(1, 40)), "", ""]
    assert texts(tmp_path) == expected
    bind(tmp_path, A)
    assert texts(tmp_path) == expected


def test_what_dead_processes_left_unfinished_is_removed_and_nothing_else(tmp_path) -> None:
    kept(tmp_path, *unread_document())
    keep(tmp_path, A, recognized(1))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait(60)
    path = place(tmp_path, A)
    inner = path.with_suffix(".ocr")
    dead = [path.with_suffix(f".{gone.pid}.part"), inner / f"1.{gone.pid}.part"]
    dead.append(path.with_suffix(".part"))  # of an older version
    alive = [path.with_suffix(f".{os.getppid()}.part"), inner / f"1.{os.getppid()}.part"]
    alive.append(path.with_suffix(f".{os.getppid()}-raw.part"))
    for each in (*dead, *alive):
        each.write_bytes(b"")
    tidy(tmp_path)
    assert not any(each.exists() for each in dead)
    assert all(each.exists() for each in alive)
    assert texts(tmp_path) == ["read", "seen", "", ""]


def test_quality_is_that_of_all_words_that_were_recognized(tmp_path) -> None:
    long = recognized(1, quality=0.9)
    long = dataclasses.replace(long, lines=long.lines * 3)
    assert quality([unread_document()[1][0]]) is None
    assert quality([recognized(2, quality=0.1), long]) == pytest.approx(0.7)


def test_its_stamp_changes_with_what_is_kept(tmp_path) -> None:
    stamps = [stamp(tmp_path, A)]
    kept(tmp_path, *unread_document())
    stamps.append(stamp(tmp_path, A))
    keep(tmp_path, A, recognized(1))
    stamps.append(stamp(tmp_path, A))
    bind(tmp_path, A)
    stamps.append(stamp(tmp_path, A))
    assert len(set(stamps)) == 4


def test_what_is_no_character_is_kept_as_what_can_be_stored(tmp_path) -> None:
    box = Box(0.0, 0.0, 0.5, 0.5)
    line = Line(0, 9.0, False, (Word("do\0cks", box), Word("\ud83d\ude00\udc00", box)))
    outline = Outline("A \ud800", 1, (Heading(1, "B \0", 0),), "C \udc80", "", "D \udfff")
    list(save(tmp_path, A, outline, [Page(0, "\ud800", 10.0, 20.0, (line,))]))
    found, (page,) = load(tmp_path, A) or (None, [])
    assert found == Outline("A \ufffd", 1, (Heading(1, "B \ufffd", 0),), "C \ufffd", "", "D \ufffd")
    assert page.label == "\ufffd"
    assert [word.text for word in page.lines[0].words] == ["do\ufffdcks", "😀\ufffd"]
    keep(tmp_path, A, Page(0, "", 10.0, 20.0, (line,)))
    assert page_store.kept(tmp_path, A, 0).lines[0].text == "do\ufffdcks 😀\ufffd"


def test_what_an_older_version_read_comes_back_and_says_so(tmp_path) -> None:
    outline, pages = document()
    kept(tmp_path, outline, pages)
    assert page_store.form(tmp_path, A) == page_store.FORMAT
    older.pages(tmp_path, A)
    assert page_store.form(tmp_path, A) == 1
    known, found = load(tmp_path, A) or (None, [])
    assert (known.title, known.author, known.date) == (outline.title, "", "")
    assert [page.label for page in found] == [page.label for page in pages]
    assert {line.layer for page in found for line in page.lines} == {Layer.BODY}
    assert page_store.form(tmp_path, B) == 0


def test_binding_recognized_pages_makes_no_older_reading_a_new_one(tmp_path) -> None:
    kept(tmp_path, *document())
    older.pages(tmp_path, A)
    keep(tmp_path, A, Page(1, "", 10.0, 20.0, (), True, quality=0.5))
    bind(tmp_path, A)
    assert page_store.form(tmp_path, A) == 1
    assert load(tmp_path, A)[1][1].recognized


@pytest.mark.parametrize("form", [0, page_store.FORMAT + 1, None, "2"])
def test_what_a_newer_or_no_version_read_is_read_again(tmp_path, form) -> None:
    kept(tmp_path, *document())
    with zipfile.ZipFile(place(tmp_path, A)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    members["outline.json"] = json.dumps(json.loads(members["outline.json"]) | {"format": form})
    with zipfile.ZipFile(place(tmp_path, A), "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    assert load(tmp_path, A) is None
    assert page_store.form(tmp_path, A) == 0


def test_pages_are_sound_until_they_are_damaged(tmp_path) -> None:
    list(save(tmp_path, A, *document()))
    file = place(tmp_path, A)
    good, later = file.read_bytes(), file.stat().st_ctime + 10
    assert page_store.sound(tmp_path, A)
    assert page_store.sound(tmp_path, A, later)
    spoilt = bytearray(good)
    spoilt[len(good) // 3] ^= 0xFF
    for content in (b"", good[: len(good) // 2], bytes(len(good)), bytes(spoilt)):
        file.write_bytes(content)
        assert not page_store.sound(tmp_path, A)
    file.write_bytes(good[:-30])
    assert not page_store.sound(tmp_path, A, later)
    file.unlink()
    assert not page_store.sound(tmp_path, A)


def test_pages_of_which_some_are_missing_are_not_sound(tmp_path) -> None:
    outline, pages = document()
    list(save(tmp_path, A, outline, pages))
    with zipfile.ZipFile(place(tmp_path, A)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    del members[f"{len(pages) - 1}.json"]
    with zipfile.ZipFile(place(tmp_path, A), "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    assert not page_store.sound(tmp_path, A, place(tmp_path, A).stat().st_ctime + 10)
