import itertools
import random
import zipfile

import pytest

from desktop_rag.domain.documents import Box, DocumentId, Heading, Line, Outline, Page, Word
from desktop_rag.domain.errors import DiskFull
from desktop_rag.library import page_store
from desktop_rag.library.page_store import load, page_count, place, remove, save

A, B = DocumentId("ab" * 32), DocumentId("ac" * 32)
HALF = 0.5 / 65_535 + 1e-12
CHANCE = random.Random(7)  # noqa: S311


def word(text: str) -> Word:
    return Word(text, Box(*(CHANCE.random() for _ in range(4))))


def document(pages: int = 3) -> tuple[Outline, list[Page]]:
    texts = ["niño", "😀", "日本語", 'a"b\\', "\u2028", "\ud800", "ﬁ", "x" * 500]
    lines = (
        Line(0, 11.0, True, tuple(word(text) for text in texts)),
        Line(7, 0.1, False, (Word("edge", Box(0.0, 0.0, 1.0, 1.0)),)),
    )
    whole = [Page(0, "i", 595.3, 841.9, lines), Page(1, "", 0.0, 0.0)]
    whole += [Page(n, f"A-{n}", 10.0, 20.0, (), picture=True) for n in range(2, pages)]
    contents = (Heading(1, "Capítulo “uno”", 0), Heading(2, "", 2))
    return Outline("El título", pages, contents), whole[:pages]


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
        for name in ("number", "label", "width", "height", "picture"):
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
