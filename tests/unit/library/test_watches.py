import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.library import documents, libraries, watches
from desktop_rag.library.watches import Watch

ROOT = Path(Path.cwd().anchor)
PAPERS = ROOT / "papers"
NAMES = st.text(st.characters(exclude_characters="/\0\n\r", exclude_categories=["Cs", "Cc"]))


def test_a_folder_is_watched_once(db, tesis) -> None:
    first = watches.add(db, Watch(tesis, PAPERS, ("*.bak",)))
    assert watches.add(db, Watch(tesis, PAPERS)) == first
    assert watches.add(db, Watch(tesis, PAPERS / "2021" / "..")) == first
    assert watches.listed(db) == [first] == watches.listed(db, tesis)


def test_a_folder_inside_a_watched_one_is_part_of_it(db, tesis) -> None:
    outer = watches.add(db, Watch(tesis, PAPERS))
    assert watches.add(db, Watch(tesis, PAPERS / "2021")) == outer
    assert watches.listed(db) == [outer]
    assert watches.covering(db, tesis, PAPERS / "2021" / "a.pdf") == outer
    assert watches.covering(db, tesis, ROOT / "papers2" / "a.pdf") is None


def test_a_folder_around_watched_ones_takes_their_place_and_leaves_out_the_same(db, tesis) -> None:
    watches.add(db, Watch(tesis, PAPERS / "a", ("*.bak", "/drafts/", "!kept.bak")))
    watches.add(db, Watch(tesis, PAPERS / "b[1]", ("old/x.pdf",)))
    outer = watches.add(db, Watch(tesis, PAPERS, ("*.txt",)))
    assert watches.listed(db) == [outer]
    spec = GitIgnoreSpec.from_lines(outer.patterns)
    left_out = ["z.txt", "a/x.bak", "a/c/x.bak", "a/drafts/q.pdf", "b[1]/old/x.pdf"]
    kept = ["x.bak", "a/kept.bak", "a/c/drafts/q.pdf", "drafts/q.pdf", "old/x.pdf", "b1/old/x.pdf"]
    assert [path for path in left_out + kept if spec.match_file(path)] == left_out


def test_two_libraries_watch_the_same_folder(db, tesis) -> None:
    other = libraries.ensure(db, "Contratos")
    mine = watches.add(db, Watch(tesis, PAPERS))
    theirs = watches.add(db, Watch(other, PAPERS / "2021", ("*.txt",)))
    assert watches.listed(db) == [mine, theirs]
    assert watches.listed(db, other) == [theirs]
    watches.remove(db, mine)
    assert watches.listed(db) == [theirs]
    libraries.remove(db, other)
    assert watches.listed(db) == []


def test_a_library_that_is_gone_watches_nothing(db, tesis) -> None:
    watch = watches.add(db, Watch(tesis, PAPERS))
    libraries.remove(db, tesis)
    watches.restore(db, watch)
    assert watches.listed(db) == []


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_unicode_is_watched_too(db, tesis) -> None:
    path = Path(os.fsdecode(b"/papers/a\xf1o"))
    assert watches.add(db, Watch(tesis, path)).path == path
    assert watches.listed(db)[0].path == path


def test_patterns_that_nobody_can_read_leave_nothing_out(db, tesis) -> None:
    watches.add(db, Watch(tesis, PAPERS))
    for broken in ("{", "5", '"*.pdf"', "[1, null]"):
        db.execute("UPDATE watches SET patterns = ?", (broken,))
        assert watches.listed(db)[0].patterns == ()


def test_what_is_taken_out_of_a_watched_folder_is_left_out_until_it_is_put_back(db, tesis) -> None:
    watch = watches.add(db, Watch(tesis, PAPERS, ("*.bak",)))
    before = watches.leave_out(db, tesis, [PAPERS / "a" / "b.pdf", ROOT / "elsewhere.pdf"])
    assert before == [watch]
    assert watches.listed(db)[0].patterns == ("*.bak", "/a/b.pdf")
    for one in before:
        watches.restore(db, one)
    assert watches.listed(db) == [watch]
    assert watches.leave_out(db, tesis, [ROOT / "elsewhere.pdf"]) == []


@settings(database=None)
@given(name=NAMES.filter(lambda name: name not in {"", ".", ".."}), other=NAMES)
def test_a_file_that_is_left_out_is_the_only_one(name, other) -> None:
    spec = GitIgnoreSpec.from_lines([watches._exactly(Path(f"a/{name}"))])
    assert spec.match_file(f"a/{name}")
    if other and other not in {name, ".", ".."}:
        assert not spec.match_file(f"a/{other}")
        assert not spec.match_file(f"b/{name}")


def test_documents_below_a_folder_are_counted_once_each(db, tesis) -> None:
    inside = [PAPERS / "a.pdf", PAPERS / "x" / "copy of a.pdf", PAPERS / "b.pdf"]
    if os.name != "nt":
        inside.append(Path(os.fsdecode(b"/papers/a\xf1o.pdf")))
    outside = [ROOT / "papers.pdf", ROOT / "papers2" / "c.pdf", ROOT / "a.pdf"]
    facts = [FileFact(path, 1, 1, 1) for path in inside + outside]
    documents.add_files(db, tesis, facts)
    for fact in facts[:2]:
        documents.identify(db, fact.path, fact, DocumentId("same"))
    assert watches.count(db, Watch(tesis, PAPERS)) == len(inside) - 1
    assert watches.count(db, Watch(tesis, ROOT)) == len(facts) - 1
    assert watches.count(db, Watch(libraries.ensure(db, "Other"), PAPERS)) == 0
