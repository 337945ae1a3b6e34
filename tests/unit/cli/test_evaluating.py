import json
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.cli import evaluating, session
from desktop_rag.cli.evaluating import (
    Case,
    Trial,
    _figures,
    _rank,
    _searches,
    cases_of,
    chosen,
    evaluate,
)
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DocumentUnknown, QuestionsUnusable
from desktop_rag.domain.passages import Hit
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.workers.commands.searching import Search, SearchDone


def entry(**values) -> dict:
    return {"id": "en-1", "set": "en", "question": "Why?", "gold": []} | values


GOOD = json.dumps(entry())


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "qa.jsonl"
    path.write_text(text, "utf-8")
    return path


# Reading questions


def test_a_question_knows_its_pages_from_0(tmp_path) -> None:
    gold = [{"doc": "a.pdf", "page": 1}, {"doc": "b/c.pdf", "page": 12}, {"doc": "no page"}]
    (case,) = cases_of(written(tmp_path, json.dumps(entry(gold=gold, more="ignored"))))
    assert case == Case("en-1", "en", "Why?", frozenset({("a.pdf", 0), ("b/c.pdf", 11)}))


@pytest.mark.parametrize("question", ["¿Qué?", "one\u2028two", "a\u0085b", "a\u000bb", "x\u001cy"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n  \n"])
def test_one_line_is_one_question_whatever_is_in_it(tmp_path, question: str, end: str) -> None:
    raw = json.dumps(entry(question=question), ensure_ascii=False)
    found = cases_of(written(tmp_path, f"{GOOD}\n{raw}{end}"))
    assert [case.question for case in found] == ["Why?", question]


BAD = [
    "{",
    "null",
    "[]",
    "3",
    '"text"',
    "{}",
    json.dumps({"id": "1", "set": "s", "question": "q"}),
    json.dumps({"id": "1", "set": "s", "gold": []}),
    json.dumps(entry(gold=None)),
    json.dumps(entry(gold=[{"page": 1}])),
    json.dumps(entry(gold=[{"doc": "a", "page": "first"}])),
    json.dumps(entry(gold=[3])),
]


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("before", ["", f"{GOOD}\n", f"{GOOD}\n\n{GOOD}\n"])
def test_a_bad_line_is_named_by_its_number(tmp_path, bad: str, before: str) -> None:
    path = written(tmp_path, f"{before}{bad}\n{GOOD}\n")
    with pytest.raises(QuestionsUnusable) as refused:
        cases_of(path)
    assert refused.value.args == (str(path), before.count("\n") + 1)


def test_a_file_that_cannot_be_read_is_named(tmp_path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes("¿Qué?".encode("latin-1"))
    for path in (latin, tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(QuestionsUnusable) as refused:
            cases_of(path)
        assert refused.value.args == (str(path), 0)


def test_a_file_of_nothing_asks_nothing(tmp_path) -> None:
    assert cases_of(written(tmp_path, "\n \n")) == []


# Choosing questions

GOLD_1, GOLD_2 = frozenset({("a.pdf", 0)}), frozenset({("b.pdf", 4)})
CASES = [
    Case("fin-en-1", "en", "Why?", GOLD_1),
    Case("fin-en-2", "en", "Who?", GOLD_2),
    Case("fin-es-2", "es", "¿Quién?", frozenset()),
    Case("fin-es-1", "es", "¿Por qué?", frozenset({("old.pdf", 1)})),
    Case("fin-es-3", "es", "¿Qué?", frozenset({("c.pdf", 2)})),
]


def test_without_a_set_every_question_is_asked() -> None:
    assert chosen(CASES, None, None) == CASES


def test_a_set_is_asked_alone() -> None:
    assert chosen(CASES, "en", None) == CASES[:2]
    assert chosen(CASES, "fr", None) == []


def test_pages_of_another_set_are_paired_by_the_end_of_the_id() -> None:
    found = chosen(CASES, "es", "en")
    assert [(case.id, case.question, case.gold) for case in found] == [
        ("fin-es-2", "¿Quién?", GOLD_2),
        ("fin-es-1", "¿Por qué?", GOLD_1),
        ("fin-es-3", "¿Qué?", frozenset()),  # without a partner: to be skipped
    ]
    assert chosen(CASES, "en", "en") == CASES[:2]


# Figures


def test_figures_are_those_worked_out_by_hand() -> None:
    found = _figures([1, 2, None, 4, 10], [0.001, 0.002, 0.003, 0.004, 0.005])
    assert {key: found[key] for key in ("hit@1", "hit@3", "hit@5", "hit@10")} == {
        "hit@1": 0.2,
        "hit@3": 0.4,
        "hit@5": 0.6,
        "hit@10": 0.8,
    }
    assert found["mrr"] == pytest.approx((1 + 1 / 2 + 1 / 4 + 1 / 10) / 5, abs=5e-5)
    assert found["search_ms"] == {"p50": 3.0, "p95": 4.8}


def test_a_rank_beyond_ten_counts_for_nothing() -> None:
    found = _figures([11, 1], [])
    assert (found["hit@10"], found["mrr"]) == (0.5, 0.5)


def test_no_questions_have_figures_too() -> None:
    found = _figures([], [])
    assert {value for key, value in found.items() if key != "search_ms"} == {0.0}
    assert found["search_ms"] == {"p50": 0.0, "p95": 0.0}


@pytest.mark.parametrize(
    ("seconds", "middle"),
    [([0.004], 4.0), ([0.001, 0.003], 2.0), ([0.001, 0.002, 0.009], 2.0), ([0.009, 0.001], 5.0)],
)
def test_the_middle_of_the_times_is_their_median(seconds, middle: float) -> None:
    found = _figures([], seconds)["search_ms"]
    assert found["p50"] == middle
    assert min(seconds) * 1000 <= found["p50"] <= found["p95"] <= max(seconds) * 1000


def test_better_ranks_never_give_worse_figures() -> None:
    for rank in (1, 2, 3, 4, 5, 6, 9, 10, 11):
        better, worse = _figures([rank, None], []), _figures([rank + 1, None], [])
        for key in ("hit@1", "hit@3", "hit@5", "hit@10", "mrr"):
            assert better[key] >= worse[key]


def test_the_first_right_page_gives_the_rank(tmp_path) -> None:
    case = Case("1", "s", "?", frozenset({("a.pdf", 3), ("sub/b.pdf", 0)}))
    a, b = str(tmp_path / "a.pdf"), str(tmp_path / "sub" / "b.pdf")
    assert _rank([], case, tmp_path) is None
    assert _rank([(a, 2), (b, 1)], case, tmp_path) is None
    assert _rank([(a, 2), (b, 0), (a, 3)], case, tmp_path) == 2
    assert _rank([(f"{tmp_path}/sub/../a.pdf", 3)], case, tmp_path) == 1


# The whole of it


class FakeSearching:
    """Answers each question with the pages it was given, and remembers what it was asked."""

    def __init__(self, pages: dict[str, list[tuple[DocumentId, int]]]) -> None:
        self.pages = pages
        self.asked: list[Search] = []

    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        pass

    def value(self, command: Search) -> SearchDone:
        self.asked.append(command)
        if command.document and command.document.name == "missing.pdf":
            raise DocumentUnknown(str(command.document), command.library)
        hits = [
            Hit(document, at, page, str(page + 1), "", "", (), 1.0)
            for at, (document, page) in enumerate(self.pages.get(command.query, []))
        ]
        return SearchDone(tuple(hits[: command.limit]), "en", 0.002)


A, B = DocumentId("aa" * 32), DocumentId("bb" * 32)


@pytest.fixture
def searching(tmp_path, monkeypatch) -> FakeSearching:
    home, _ = session.opened()
    with closing(open_database(home.database)) as db:
        library = libraries.ensure(db, "Tesis")
        for name, document in (("a.pdf", A), ("b.pdf", B)):
            fact = FileFact(tmp_path / name, 1, 1, 1)
            documents.add_files(db, library, [fact])
            documents.identify(db, fact.path, fact, document)
    fake = FakeSearching({"one": [(B, 0), (A, 4)], "two": [(B, 7)], "three": [(A, 1)]})
    monkeypatch.setattr(evaluating, "Searching", lambda *_: fake)
    return fake


def asked(question: str, *gold: tuple[str, int]) -> Case:
    return Case(question, "s", question, frozenset(gold))


def test_every_question_with_pages_is_asked_once(searching, tmp_path) -> None:
    cases = [
        asked("one", ("a.pdf", 4)),
        asked("skipped"),
        asked("two", ("a.pdf", 7)),
        asked("three", ("a.pdf", 1), ("b.pdf", 1)),
    ]
    shown = []
    found = evaluate(
        cases, Trial("Tesis", tmp_path, within=False), lambda all_: shown.extend(all_) or all_
    )
    assert [case.id for case in shown] == ["one", "two", "three"]
    assert [command.query for command in searching.asked] == ["one", "two", "three"]
    assert all(c.by_page and c.library == "Tesis" and not c.document for c in searching.asked)
    assert found == {
        "n": 3,
        "skipped": 1,
        "hit@1": 0.3333,
        "hit@3": 0.6667,
        "hit@5": 0.6667,
        "hit@10": 0.6667,
        "mrr": 0.5,
        "search_ms": {"p50": 2.0, "p95": 2.0},
    }


def test_within_documents_each_of_them_is_searched(searching, tmp_path) -> None:
    cases = [asked("three", ("b.pdf", 1), ("a.pdf", 1), ("a.pdf", 2))]
    found = evaluate(cases, Trial("Tesis", tmp_path, within=True), list)
    assert [command.document for command in searching.asked] == [
        tmp_path / "a.pdf",
        tmp_path / "b.pdf",
    ]
    assert found["hit@1"] == 1.0


def test_a_document_that_is_not_in_the_library_is_a_miss(searching, tmp_path) -> None:
    cases = [asked("one", ("missing.pdf", 1)), asked("three", ("a.pdf", 1))]
    found = evaluate(cases, Trial("Tesis", tmp_path, within=True), list)
    assert (found["n"], found["skipped"], found["hit@1"]) == (2, 0, 0.5)


def test_nothing_to_ask_searches_nothing(searching, tmp_path) -> None:
    found = evaluate([asked("skipped")], Trial("Tesis", tmp_path, within=False), list)
    assert (found["n"], found["skipped"], found["mrr"]) == (0, 1, 0.0)
    assert searching.asked == []


@pytest.mark.parametrize("within", [True, False])
def test_ten_different_pages_are_looked_at_wherever_that_is(tmp_path, within: bool) -> None:
    case = Case("en-1", "en", "Why?", frozenset({("a.pdf", 0), ("b.pdf", 3)}))
    found = _searches(case, Trial("Tesis", tmp_path, within=within))
    assert len(found) == (2 if within else 1)
    assert all(search.by_page and search.limit == 10 for search in found)
