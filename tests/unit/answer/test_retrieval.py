"""What is looked up for a question, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from desktop_rag.answer.retrieval import (
    Begun,
    EmbedQuestion,
    ExactSearch,
    FetchHits,
    FetchMatches,
    KeywordSearch,
    Lookup,
    PhraseSearch,
    Query,
    RankedHits,
    Rankings,
    Rerank,
    SearchScope,
    TermSearch,
    VectorSearch,
    gathered,
    names_of,
    retrieve,
)
from desktop_rag.domain.documents import (
    UNKNOWN_LANGUAGE,
    Box,
    Chunk,
    DocumentId,
    Layer,
    PlacedWord,
)
from desktop_rag.domain.passages import Wording
from desktop_rag.domain.ports import SplitDocument
from desktop_rag.domain.statements import Statement
from desktop_rag.engines.store import analyzer
from desktop_rag.ingest.indexer import digest
from tests.fakes import (
    FakeAnalyzer,
    FakeEmbedder,
    FakeReranker,
    FakeRetriever,
    FakeStore,
    NeverCancelled,
    direction_of,
)
from tests.operations import calls_of

A, B = DocumentId("a"), DocumentId("b")
EVERYTHING = SearchScope((A, B), everything=True, languages=("en",))
TEXTS = {
    A: ("Gulls fly over the harbour.", "Whale oil burned in lamps.", "Oil was dear."),
    B: ("Crabs walk.", "The oil press of the mill.", "Whales dive."),
}


class Drive:
    """Does what a retrieval wishes for with the fakes, one thing after the other."""

    def __init__(
        self,
        texts: dict[DocumentId, Sequence[str]] = TEXTS,
        layers: dict[tuple[DocumentId, int], Layer] | None = None,
        statements: dict[tuple[DocumentId, int], frozenset[Statement]] | None = None,
        languages: dict[DocumentId, str] | None = None,
    ) -> None:
        self.store = FakeStore()
        for document, own in texts.items():
            chunks = [
                Chunk(
                    document,
                    at,
                    at // 2,
                    str(at // 2 + 1),
                    "T",
                    text,
                    language=(languages or {}).get(document, "en"),
                    layer=(layers or {}).get((document, at), Layer.BODY),
                    statements=(statements or {}).get((document, at), frozenset()),
                )
                for at, text in enumerate(own)
            ]
            digests = [digest(text) for text in own]
            self.store.add([SplitDocument(document, chunks, digests)])
            vectors = [direction_of(text) for text in own]
            self.store.fill([(document, at) for at in range(len(own))], vectors)
        self.retriever = FakeRetriever(self.store)
        self.steps: list[Lookup] = []

    def __call__(self, query: Query, scope: SearchScope = EVERYTHING) -> RankedHits:
        steps = retrieve(query, scope, FakeAnalyzer())
        self.steps, begun, came = [], [], None
        try:
            while True:
                step = steps.send(came)
                self.steps.append(step)
                came = self._looked_up(step, begun)
        except StopIteration as end:
            return end.value

    def _looked_up(self, step: Lookup, begun: list[object]) -> object:
        match step:
            case Rankings():
                found = begun[:]
                begun.clear()
                return found
            case EmbedQuestion() | FetchMatches() | FetchHits() | Rerank():
                return self._fetched(step)
            case _:
                begun.append(self._searched(step))
                return None

    def _searched(self, step: Begun) -> object:
        match step:
            case KeywordSearch(terms, scope, limit):
                return self.retriever.by_keyword(terms, scope, limit)
            case VectorSearch(vector, scope, limit):
                return self.retriever.by_vector(vector, scope, limit)
            case ExactSearch(keys, scope, limit):
                return self.retriever.with_exact(keys, scope, limit)
            case TermSearch(sought, scope, limit):
                return self.retriever.with_terms(sought, scope, limit)
            case PhraseSearch(phrase, languages, scope):
                return self.retriever.with_phrase(phrase, languages, scope)

    def _fetched(self, step: Lookup) -> object:
        match step:
            case EmbedQuestion(text):
                return FakeEmbedder().embed_question(text)
            case FetchMatches(rows, question):
                return self.retriever.matches(rows, question)
            case FetchHits(rows):
                return self.retriever.hits_of(rows)
            case Rerank(question, texts):
                return FakeReranker().scores(question, texts, NeverCancelled())
            case _:
                raise AssertionError(step)

    def kinds(self) -> list[type]:
        return [type(step) for step in self.steps]

    def only(self, kind: type) -> list:
        return [step for step in self.steps if isinstance(step, kind)]


@pytest.fixture
def drive() -> Drive:
    return Drive()


def query(text: str = "whale oil", **more: object) -> Query:
    return Query(**{"text": text, "limit": 2, "candidates": 20} | more)


def named_scope(count: int = 60) -> SearchScope:
    """Filings of as many firms, of which two go by the same name."""
    titles = {DocumentId(f"d{at}"): (f"Firm{at} report", f"firm{at}") for at in range(count)}
    titles |= {A: ("Lumen report", "lumen"), B: ("Lumen report", "lumen")}
    names = names_of(titles, ("en",), FakeAnalyzer())
    return SearchScope(tuple(titles), everything=True, languages=("en",), names=names)


def test_everything_is_begun_before_anything_is_waited_for(drive) -> None:
    drive(query())
    assert drive.kinds() == [
        KeywordSearch,
        TermSearch,
        EmbedQuestion,
        VectorSearch,
        Rankings,
        FetchMatches,
        FetchHits,
    ]
    drive(query('Who says "whale oil" of 1850?'))
    assert drive.kinds()[:4] == [KeywordSearch, ExactSearch, PhraseSearch, EmbedQuestion]


BALANCES = {(document, 5): frozenset({Statement.BALANCE}) for document in (A, B)}
PAGES = ("Whales dive.", "Lamps.", "Gulls fly.", "Crabs walk.", "The oil press.", "7 8 9")
WORKING_CAPITAL = "Does Lumen have positive working capital?"


def test_the_statements_of_the_only_document_are_looked_at_whatever_their_words() -> None:
    drive = Drive({A: PAGES, B: PAGES}, statements=BALANCES)
    found = drive(query(WORKING_CAPITAL, limit=1), SearchScope((A,), everything=False))
    assert [hit.ordinal for hit in found.hits] == [5]
    (search,) = drive.only(ExactSearch)
    assert (search.keys, search.scope) == ({Statement.BALANCE.key}, (A,))
    drive(query("Where do whales dive?"), SearchScope((A,), everything=False))
    assert drive.only(ExactSearch) == []


def test_of_many_documents_those_that_are_named_have_their_statements_looked_at() -> None:
    drive = Drive({A: PAGES, DocumentId("d7"): PAGES}, statements=BALANCES)
    found = drive(query(WORKING_CAPITAL, limit=1), named_scope())
    assert [(hit.document, hit.ordinal) for hit in found.hits] == [(A, 5)]
    assert [step.scope for step in drive.only(ExactSearch)] == [(A, B)]
    drive(query("Has anybody positive working capital?"), named_scope())
    assert drive.only(ExactSearch) == []


def test_keywords_alone_need_no_embedder(drive) -> None:
    found = drive(query(meaning=False, rerank=True))
    assert drive.kinds() == [KeywordSearch, TermSearch, Rankings, FetchMatches, FetchHits]
    assert [hit.text for hit in found.hits] == ["Whale oil burned in lamps.", "Oil was dear."]


def test_what_is_found_by_word_and_by_meaning_comes_first(drive) -> None:
    found = drive(query("Whale oil burned in lamps."))
    assert (found.hits[0].document, found.hits[0].ordinal) == (A, 1)
    assert [hit.score for hit in found.hits] == sorted((h.score for h in found.hits), reverse=True)
    assert len(found.hits) == 2


def test_a_document_that_was_just_cited_is_preferred(drive) -> None:
    plain = drive(query("oil", limit=9)).hits
    last = plain[-1].document
    gained = {hit.ordinal: hit.score for hit in plain if hit.document == last}
    for hit in drive(query("oil", limit=9, preferred=frozenset({last}))).hits:
        if hit.document == last:
            assert hit.score > gained[hit.ordinal]


def test_nothing_is_found_in_an_empty_store() -> None:
    drive = Drive({})
    found = drive(query("oil", rerank=True), SearchScope((), everything=True))
    assert found == RankedHits((), UNKNOWN_LANGUAGE)


@pytest.mark.parametrize(("everything", "scope"), [(True, None), (False, (A,))])
def test_a_scope_is_told_unless_it_is_everything(drive, everything, scope) -> None:
    found = drive(query(), SearchScope((A,), everything=everything))
    assert {step.scope for step in drive.only(KeywordSearch | VectorSearch)} == {scope}
    if not everything:
        assert {hit.document for hit in found.hits} == {A}


@pytest.mark.parametrize(
    ("limit", "by_page", "expected"),
    [(2, False, 20), (25, False, 25), (2, True, 20), (5, True, 40)],
)
def test_candidates_are_as_many_as_can_be_wanted(drive, limit, by_page, expected) -> None:
    drive(query(limit=limit, by_page=by_page))
    assert [step.limit for step in drive.only(VectorSearch)] == [expected]
    assert [step.limit for step in drive.only(KeywordSearch)] == [3 * expected]


def test_keyword_matches_beyond_the_candidates_lend_their_score_alone(drive) -> None:
    drive(query("oil", limit=1, candidates=1))
    (fetch,) = drive.only(FetchMatches)
    by_word = drive.retriever.by_keyword(["oil"], None, 3)
    by_vector = drive.retriever.by_vector(direction_of("oil"), None, 1)
    assert len(by_word) == 3
    assert fetch.rows == {*list(by_word)[:1], *by_vector}
    assert fetch.question == direction_of("oil")


def test_documents_that_are_named_are_searched_by_themselves_too(drive) -> None:
    drive(query("What does Lumen say of oil?"), named_scope())
    assert [step.scope for step in drive.only(KeywordSearch)] == [None, (A, B)]
    assert [step.scope for step in drive.only(VectorSearch)] == [None, (A, B)]
    assert drive.kinds().index(Rankings) == 6
    assert all("lumen" not in step.terms for step in drive.only(KeywordSearch))
    assert all("oil" in step.terms for step in drive.only(KeywordSearch))


def test_a_name_is_sought_when_nothing_else_was_said(drive) -> None:
    drive(query("Lumen"), named_scope())
    assert {step.terms for step in drive.only(KeywordSearch)} == {("lumen",)}


def test_among_few_documents_a_name_is_a_word_like_others(drive) -> None:
    drive(query("What does Lumen say of oil?"), named_scope(count=3))
    assert [step.scope for step in drive.only(KeywordSearch)] == [None]
    assert all("lumen" in step.terms for step in drive.only(KeywordSearch))


def test_a_reranker_chooses_among_four_times_as_many(drive) -> None:
    asked = "the oil press"
    found = drive(query(asked, limit=1, rerank=True))
    (fetch,), (rerank,) = drive.only(FetchHits), drive.only(Rerank)
    assert len(fetch.rows) == len(rerank.texts) == 4
    assert all(text.startswith("T\n") for text in rerank.texts)
    scores = FakeReranker().scores(asked, rerank.texts, NeverCancelled())
    (hit,) = found.hits
    assert hit.score == max(scores)
    assert f"T\n{hit.text}" == rerank.texts[scores.index(max(scores))]


def test_each_page_counts_once_where_pages_are_wanted(drive) -> None:
    chunks = [(hit.document, hit.page) for hit in drive(query("oil", limit=6)).hits]
    assert len(chunks) == 6
    pages = [(hit.document, hit.page) for hit in drive(query("oil", limit=6, by_page=True)).hits]
    assert pages == list(dict.fromkeys(chunks))
    assert len(pages) == 4


@pytest.mark.parametrize(
    ("text", "languages", "expected"),
    [
        ("oil", ("es", "en"), UNKNOWN_LANGUAGE),
        ("oil", (), UNKNOWN_LANGUAGE),
        ("¿Qué oil?", ("en",), "es"),
        ("What was it that burned in the lamps?", ("es",), "en"),
        ("¿Qué es lo que se quemaba en las lámparas?", ("en",), "es"),
    ],
)
def test_the_language_of_a_question_is_its_own_and_not_that_of_the_documents(
    drive, text, languages, expected
) -> None:
    scope = SearchScope((A, B), everything=True, languages=languages)
    assert drive(query(text), scope).language == expected


@pytest.mark.parametrize(
    ("question", "known", "apart", "expected"),
    [
        ("¿Qué nada?", {"en", "es"}, 5.0, A),
        ("What swims?", {"en", "es"}, 5.0, B),
        ("¿Qué nada?", {"en"}, 5.0, None),
        ("Oil 9001", {"en", "es"}, 5.0, None),
    ],
)
def test_what_two_languages_cost_an_embedder_that_knows_both_is_made_up_for(
    question, known, apart, expected
) -> None:
    drive = Drive(languages={A: "en", B: "es"})
    scope = SearchScope((A, B), everything=True, languages=("en", "es"))
    wanted = query(question, limit=6)
    plain = drive(replace(wanted, known=frozenset(known)), scope)
    found = drive(replace(wanted, known=frozenset(known), apart=apart), scope)
    if expected is None:
        assert found == plain
    else:
        assert {hit.document for hit in found.hits[:3]} == {expected}
        assert found != plain


def test_the_embedder_is_believed_less_in_languages_it_was_not_made_for(drive) -> None:
    asked = "What burned in the lamps?"
    made_for = drive(query(asked, limit=6, known=frozenset({"en"}))).hits
    foreign = drive(query(asked, limit=6)).hits
    assert [hit.text for hit in foreign] != [hit.text for hit in made_for]
    assert foreign[0].text == "Whale oil burned in lamps."


@pytest.mark.parametrize("form", ["lamp", "lamps"])
def test_the_very_form_of_a_word_comes_before_other_forms_of_it(form) -> None:
    lamps = {A: ("One lamp burns.", "Tin."), B: ("One lamps burns.", "Silk.")}
    found = Drive(lamps)(query(form, limit=4, meaning=False)).hits
    assert form in found[0].text.split()


# What is meant exactly

PUMPS = {
    A: ("Pump KX-5501 leaks oil.", "Pump KX-5502 leaks oil.", "The oil pump is dear."),
    B: ("Oil of KX-5502.", "Whale oil for the pump.", "In 2021 oil was dear."),
}
EXACTLY = SearchScope((A, B), everything=True, languages=("en",), passages=6)


def texts(found: RankedHits) -> list[str]:
    return [hit.text for hit in found.hits]


@pytest.mark.parametrize("rerank", [False, True])
def test_who_has_an_exact_string_comes_first(rerank) -> None:
    drive = Drive(PUMPS)
    found = drive(query("Which oil of the pump KX-5502 leaks?", limit=6, rerank=rerank), EXACTLY)
    assert {*texts(found)[:2]} == {"Pump KX-5502 leaks oil.", "Oil of KX-5502."}
    assert found.exact == 2
    assert [hit.score for hit in found.hits] == sorted((h.score for h in found.hits), reverse=True)
    found = drive(query("Which oil of the pump KX-5501 leaks?", limit=6, rerank=rerank), EXACTLY)
    assert texts(found)[0] == "Pump KX-5501 leaks oil."
    assert found.exact == 1


def test_who_has_more_exact_strings_comes_earlier() -> None:
    texts_of = {
        A: ("KX-1 and KX-2.", "KX-1 and KX-3.", "KX-3.", *[f"Oil {'so ' * at}" for at in range(9)])
    }
    scope = SearchScope((A,), everything=True, languages=("en",), passages=12)
    found = Drive(texts_of)(query("KX-3 KX-1", limit=4), scope)
    assert texts(found)[0] == "KX-1 and KX-3."


def test_what_most_passages_have_decides_nothing() -> None:
    years = {A: [f"In 2021 {word} was dear." for word in ("oil", "silk", "tin", "tea", "rye")]}
    scope = SearchScope((A,), everything=True, languages=("en",), passages=5)
    asked = "What of the silk was dear in the towns of the coast: 2021?"
    assert Drive(years)(query(asked, limit=5), scope).exact == 0


def test_a_year_in_a_sentence_is_no_name_but_by_itself_it_is() -> None:
    sentence = "When was the oil for the lamps of the pump dear: 2021?"
    assert Drive(PUMPS)(query(sentence, limit=6), EXACTLY).exact == 0
    found = Drive(PUMPS)(query("2021", limit=6), EXACTLY)
    assert (texts(found)[0], found.exact) == ("In 2021 oil was dear.", 1)


def test_a_part_of_an_exact_string_is_found_where_nothing_has_it_whole() -> None:
    found = Drive(PUMPS)(query("5501", limit=6), EXACTLY)
    assert texts(found)[0] == "Pump KX-5501 leaks oil."


def test_a_phrase_comes_first_and_is_counted() -> None:
    drive = Drive()
    found = drive(query('"burned in lamps" oil press mill', limit=6))
    assert texts(found)[0] == "Whale oil burned in lamps."
    assert (found.wording, found.exact) == (Wording(("burned in lamps",), 1), 1)
    both = drive(query('"oil" “was dear”', limit=6))
    assert texts(both)[0] == "Oil was dear."
    assert both.wording == Wording(("oil", "was dear"), 1)


def test_a_phrase_that_nobody_has_is_said_to_be_so() -> None:
    found = Drive()(query('"lamps burned" oil', limit=6))
    assert (found.wording, found.exact) == (Wording(("lamps burned",), 0), 0)
    assert texts(found) != []


def test_no_phrase_is_counted_where_none_was_asked_for(drive) -> None:
    assert drive(query()).wording == Wording()


# Words that are a letter off


@pytest.mark.parametrize("spelled", ["harbuor", "harbor", "harbourr", "harpour", "HARBUOR"])
def test_a_word_that_is_a_letter_off_is_mended_where_nobody_has_it(drive, spelled) -> None:
    found = drive(query(f"gulls of the {spelled}", limit=1))
    assert found.wording.mended == ((spelled.lower(), "harbour"),)
    assert texts(found) == ["Gulls fly over the harbour."]
    assert [step.text for step in drive.only(EmbedQuestion)][-1] == "gulls of the harbour"


@pytest.mark.parametrize(
    "text", ["harbour", "oyl", "aeroplane", "harxxour", '"harbuor"', "harbuor-5"]
)
def test_no_other_word_is_mended(drive, text) -> None:
    assert drive(query(text)).wording.mended == ()


def test_in_a_sentence_the_first_letter_has_to_be_right(drive) -> None:
    asked = "What do the crabs and the gulls eat in the {}?"
    assert drive(query(asked.format("harbuor"))).wording.mended == (("harbuor", "harbour"),)
    assert drive(query(asked.format("barbour"))).wording.mended == ()
    assert drive(query("barbour")).wording.mended == (("barbour", "harbour"),)


def test_words_of_a_language_that_nothing_is_written_in_are_left_alone(drive) -> None:
    asked = "¿Qué es lo que hay en el harbuor de las gaviotas?"
    assert drive(query(asked)).wording.mended == ()
    scope = SearchScope((A, B), everything=True, languages=("en", "es"))
    assert drive(query(asked), scope).wording.mended == (("harbuor", "harbour"),)


# What nobody reads


def test_an_answer_is_never_sought_in_what_nobody_reads() -> None:
    layers = {(A, 1): Layer.HIDDEN, (A, 2): Layer.FURNITURE, (B, 1): Layer.NOTE}
    drive = Drive(TEXTS, layers)
    answering = drive(query("oil", limit=6, answering=True)).hits
    assert {hit.layer for hit in answering} == {Layer.BODY, Layer.NOTE}
    assert "The oil press of the mill." in [hit.text for hit in answering]
    searching = drive(query("oil", limit=6)).hits
    assert {hit.layer for hit in searching} == {*Layer}


# Neighbours


def placed(text: str) -> tuple[PlacedWord, ...]:
    return (PlacedWord(0, len(text), Box(0.1, 0.1, 0.9, 0.2)),)


def stored(texts: list[str], pages: list[int]) -> FakeRetriever:
    store = FakeStore()
    chunks = [
        Chunk(A, at, page, "1", "T", text, words=placed(text))
        for at, (text, page) in enumerate(zip(texts, pages, strict=True))
    ]
    store.add([SplitDocument(A, chunks, [digest(text) for text in texts])])
    return FakeRetriever(store)


def gathered_at(retriever: FakeRetriever, *ordinals: int, around: bool = False) -> dict[int, str]:
    known = retriever.hits([(A, at) for at in ordinals])
    hits = [known[A, at] for at in ordinals]
    return {hit.ordinal: hit.text for hit in gathered(hits, retriever, around=around)}


def test_hits_are_joined_with_what_stands_around_them_on_their_page() -> None:
    retriever = stored(["One.", "Two.", "Three.", "Four.", "Five."], [0, 0, 0, 1, 1])
    assert gathered_at(retriever, 1, 3, around=True) == {1: "One.\nTwo.\nThree.", 3: "Four.\nFive."}
    assert gathered_at(retriever) == {}


def test_no_line_stands_in_two_hits() -> None:
    retriever = stored(["One.", "Two.", "Three.", "Four.", "Five.", "Six."], [0] * 6)
    assert gathered_at(retriever, 4, 0, 2) == {4: "Five.", 0: "One.", 2: "Three."}
    assert gathered_at(retriever, 2, 0, 1) == {2: "One.\nTwo.\nThree."}
    assert gathered_at(retriever, 4, 0, around=True) == {4: "Four.\nFive.\nSix.", 0: "One.\nTwo."}
    # the third hit meets both of the others, which do not meet each other
    assert list(gathered_at(retriever, 0, 4, 2, around=True)) == [0]


def test_a_question_a_heading_and_an_introduction_bring_what_follows() -> None:
    texts = ["It is cold. How hot is it?", "Very hot.", "Kilns", "There are two.", "To fire:"]
    retriever = stored([*texts, "• Wait."], [0, 0, 0, 0, 0, 1])
    assert gathered_at(retriever, 0) == {0: "It is cold. How hot is it?\nVery hot."}
    assert gathered_at(retriever, 2) == {2: "Kilns\nThere are two."}
    assert gathered_at(retriever, 1) == {1: "Very hot."}
    assert gathered_at(retriever, 4) == {4: "To fire:"}  # what follows is on another page


def test_a_hit_is_joined_with_nothing_of_another_layer() -> None:
    store = FakeStore()
    layers = [Layer.HIDDEN, Layer.BODY, Layer.BODY, Layer.FURNITURE, Layer.NOTE]
    chunks = [
        Chunk(A, at, 0, "1", "T", f"{at}.", words=placed("0."), layer=layer)
        for at, layer in enumerate(layers)
    ]
    store.add([SplitDocument(A, chunks, [digest(chunk.text) for chunk in chunks])])
    retriever = FakeRetriever(store)
    hits = tuple(retriever.hits([(A, at) for at in (1, 2, 4)]).values())
    found = gathered(hits, retriever, around=True)
    assert [hit.text for hit in found] == ["1.\n2.", "4."]


def test_a_long_question_takes_as_much_longer_as_it_is_longer() -> None:
    def read(count: int) -> int:
        names = (f"palabra{chr(97 + n % 26)} AB-{n}" for n in range(count))
        asked = retrieve(Query(" ".join(names), 5, 100), SearchScope((), True), analyzer)
        return calls_of(lambda: next(asked))

    read(800)  # what is loaded and remembered then is
    assert read(800) < 2.5 * read(400)
