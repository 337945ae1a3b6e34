"""Which documents are read whole for a summary, and which of their sentences carry them."""

import pytest

from desktop_rag.answer import summarizing
from desktop_rag.answer.asking import SENTENCES, extent_of, topic_of
from desktop_rag.answer.retrieval import SearchScope, names_of
from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.domain.passages import Hit
from desktop_rag.engines.store import analyzer

A, B, C = (DocumentId(one) for one in "abc")
LAMP = "The lighthouse of Vorrin burned whale oil in its lamp until the winter of 1871."
OIL = "Whale oil for the lamp of the lighthouse came by ship from the north each winter."
KEEPER = (
    "The keeper of the lighthouse trimmed the lamp and noted each night how much oil it burned."
)
CAT = "A cat slept in the kitchen, where bread was baked on the first day of the week."
SOUP = "Soup was made of turnips, which nobody in that village has ever been fond of."


def passage(text: str, ordinal: int = 0, document: DocumentId = A, **more: object) -> Hit:
    given = {"header": "Vorrin", "language": "en", "page_label": "1", **more}
    place = (given.pop("page_label"), given.pop("header"))
    return Hit(document, ordinal, 0, *place, text, (), 1.0, **given)


def said(passages: list[Hit], limit: int = 2) -> list[str]:
    return [one.text for one in summarizing.carrying(passages, limit, analyzer)]


def test_what_says_most_of_the_rest_is_taken_in_its_order() -> None:
    passages = [passage(f"{CAT} {LAMP} {SOUP}"), passage(f"{OIL} {KEEPER}", 1)]
    assert set(said(passages, 3)) == {LAMP, OIL, KEEPER}
    assert said(passages, 3) == [LAMP, OIL, KEEPER]
    assert CAT not in said(passages)


def test_every_sentence_stands_word_for_word_where_it_is_said_to() -> None:
    passages = [passage(f"{CAT}\n{LAMP}"), passage(f"{OIL} {KEEPER}", 1)]
    texts = {one.ordinal: one.text for one in passages}
    for one in summarizing.carrying(passages, 3, analyzer):
        assert texts[one.ordinal][slice(*one.span)] == one.text


def test_nothing_is_said_twice_and_what_is_alike_not_at_once() -> None:
    again = LAMP.replace("until", "up to")
    passages = [passage(f"{LAMP} {again}"), passage(LAMP, 1), passage(f"{KEEPER} {CAT}", 2)]
    found = said(passages)
    assert len(set(found)) == 2
    assert not {LAMP, again} <= set(found)


def test_what_a_document_says_of_itself_in_short_counts_more() -> None:
    body = [passage(LAMP), passage(KEEPER, 1), passage(CAT, 2)]
    assert said([*body, passage(OIL, 3)], 1) == [LAMP]
    assert said([*body, passage(OIL, 3, header="Vorrin › 5. Conclusiones")], 1) == [OIL]
    assert said([*body, passage(f"Summary. {OIL}", 3)], 1) == [OIL]


@pytest.mark.parametrize("word", ["However, ", "Sin embargo, ", "Además "])
def test_what_leans_on_the_sentence_before_counts_less(word) -> None:
    rest = [passage(OIL, 1), passage(KEEPER, 2)]
    assert said([passage(LAMP), *rest], 1) == [LAMP]
    assert said([passage(word + LAMP), *rest], 1) != [word + LAMP]


@pytest.mark.parametrize(
    "left",
    [
        passage(KEEPER, header="Vorrin › References"),
        passage(KEEPER, header="Vorrin › Bibliografía"),
        passage(KEEPER, layer=Layer.FURNITURE),
        passage("Lamp oil. 12 3.4 5.6 7.8 9.0 1.2 3.4 5.6 7.8 9.0 1.2"),
        passage("Keywords: lamps, whale oil, the lighthouse of Vorrin, keepers."),
        passage("Figura 2: la lámpara del faro, con el aceite que quemaba cada noche."),
        passage("# The keeper and the lamp of the lighthouse of Vorrin"),
    ],
)
def test_lists_of_sources_headings_and_figures_carry_nothing(left) -> None:
    assert said([left, passage(f"{LAMP} {OIL}", 1)], 9) == [LAMP, OIL]


def test_each_document_has_its_share() -> None:
    passages = [passage(f"{LAMP} {OIL} {KEEPER}"), passage(f"{CAT} {SOUP}", document=B)]
    found = summarizing.carrying(passages, 2, analyzer)
    assert [one.document for one in found] == [A, B]
    many = [passage(f"{LAMP} {OIL}", document=DocumentId(str(at))) for at in range(9)]
    assert len(list(summarizing.carrying(many, 3, analyzer))) == 9


def test_where_there_is_little_all_of_it_is_said() -> None:
    assert said([]) == []
    assert said([passage(CAT)]) == [CAT]
    assert (
        len(said([passage("It is what it is, and that is that. So be it, as it is and was.")], 1))
        == 1
    )


def test_of_a_thick_book_what_is_nearest_to_all_of_it_is_compared(monkeypatch) -> None:
    monkeypatch.setattr(summarizing, "MOST_SENTENCES", 4)
    passages = [passage(f"{CAT} {LAMP} {SOUP}"), passage(f"{OIL} {KEEPER}", 1)]
    assert set(said(passages, 3)) == {LAMP, OIL, KEEPER}


# Which documents

TITLES = {A: ("Lease agreement", "lease-2024"), B: ("Vorrin", "lighthouse"), C: ("", "1506.06975")}
NAMES = names_of(TITLES, ("en", "es"), analyzer)
SCOPE = SearchScope((A, B, C), everything=True, languages=("en", "es"), names=NAMES)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("summarize the documents", (A, B, C)),
        ("Resume el documento", (A, B, C)),
        ("Resume el documento en inglés", (A, B, C)),
        ("What is this document about?", (A, B, C)),
        ("hazme un resumen de este PDF", (A, B, C)),
        ("¿De qué trata el informe?", (A, B, C)),
        ("give me a short summary of the lease", (A,)),
        ("Resume en pocas palabras el documento sobre Vorrin", (B,)),
        ("summarize the document 1506.06975", (C,)),
        ("summarize the risks", ()),
        ("resume las obligaciones del arrendatario", ()),
        ("summary of the lighthouse's budget", ()),
    ],
)
def test_documents_that_are_named_are_read_and_none_for_what_is_in_them(question, read) -> None:
    wanted = summarizing.read_whole(question, SCOPE, (), analyzer)
    assert (() if wanted.topic else wanted.documents) == read


def test_what_was_just_cited_is_meant_where_none_is_named() -> None:
    assert summarizing.read_whole(
        "summarize it", SCOPE, (C, DocumentId("z")), analyzer
    ).documents == (C,)
    assert summarizing.read_whole("summarize the lease", SCOPE, (C,), analyzer).documents == (A,)


@pytest.mark.parametrize(
    "question",
    [
        *("Summarise 3 documents", "Resumir 3 documentos", "Key points of 3 documents"),
        *("resume el documento en 5 líneas", "summarize it in 5 points"),
        *("Resume todo en tres frases", "summarize it in one sentence", "resume en una frase"),
    ],
)
def test_how_many_there_are_is_neither_a_chapter_nor_the_name_of_a_document(question) -> None:
    scope = SearchScope((A, B), {A: frozenset("3"), B: frozenset("5")}, languages=("en",))
    wanted = summarizing.read_whole(question, scope, (), analyzer)
    assert (wanted.documents, wanted.topic) == ((A, B), ())


def test_a_chapter_is_meant_by_its_number_whatever_it_is_called() -> None:
    question = "Summarise the chapter “3. Documents”"
    assert "3" in summarizing.read_whole(question, SCOPE, (), analyzer).topic
    assert "3" in summarizing.read_whole("capítulo 3 documentos", SCOPE, (), analyzer).topic


def test_of_very_many_documents_the_beginnings_are_read() -> None:
    many = tuple(DocumentId(str(at)) for at in range(summarizing.MOST_DOCUMENTS + 1))
    scope = SearchScope(many, everything=True, languages=("en",))
    wanted = summarizing.read_whole("summarize the documents", scope, (), analyzer)
    assert (wanted.documents, wanted.beginnings) == (many, True)
    wanted = summarizing.read_whole("summarize it", scope, many[:2], analyzer)
    assert (wanted.documents, wanted.beginnings) == (many[:2], False)
    most = tuple(DocumentId(str(at)) for at in range(5_000))
    scope = SearchScope(most, everything=True, languages=("en",))
    wanted = summarizing.read_whole("summarize the library", scope, (), analyzer)
    assert len(wanted.documents) == summarizing.MOST_BEGINNINGS


def test_of_many_documents_those_are_told_of_that_have_most_in_common() -> None:
    texts = (LAMP, CAT, OIL, SOUP, KEEPER)
    passages = [passage(text, document=DocumentId(str(at))) for at, text in enumerate(texts)]
    found = list(summarizing.carrying_many(passages, 3, analyzer))
    assert [one.text for one in found] == [LAMP, OIL, KEEPER]
    assert len(list(summarizing.carrying_many(passages, 9, analyzer))) == 5


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Resume el contrato", 6),
        ("Resume el contrato en pocas palabras", 3),
        ("tl;dr", 3),
        ("give me a brief summary", 3),
        ("a detailed summary of the lease", 15),
        ("un resumen extenso, por favor", 15),
    ],
)
def test_how_long_a_summary_is_wanted_is_read(question, count) -> None:
    assert SENTENCES[extent_of(question)] == count
    assert topic_of(question) in ([], ["lease"])


BOOK = [
    passage(text, at, header=f"Vorrin › {heading}", page_label=str(at + 1))
    for at, (heading, text) in enumerate(
        [
            ("1 The lamp", LAMP),
            ("1 The lamp › Oil and wicks", OIL),
            ("2 The keepers", KEEPER),
            ("2 The keepers › Bread", CAT),
        ]
    )
]


@pytest.mark.parametrize(
    ("question", "part", "ordinals"),
    [
        ("summarize chapter 2", "2 The keepers", [2, 3]),
        ("Resume el capítulo «The lamp»", "1 The lamp", [0, 1]),
        ("summarize the section on oil and wicks", "Oil and wicks", [1]),
        ("resume las páginas 2 a 3", "2–3", [1, 2]),
        ("summarize page 4", "4", [3]),
        ("summarize the risks", "", []),
        ("summarize the document", "", []),
    ],
)
def test_a_chapter_or_pages_can_be_meant(question, part, ordinals) -> None:
    found, passages = summarizing.part_of(question, BOOK, topic_of(question))
    assert (found, [one.ordinal for one in passages]) == (part, ordinals)


def test_what_is_about_the_topic_is_told_before_what_is_not() -> None:
    passages = [passage(text, at) for at, text in enumerate((LAMP, OIL, KEEPER, CAT, SOUP))]
    found = summarizing.carrying(passages, 1, analyzer, ("turnips", "village"))
    assert [one.text for one in found] == [SOUP]


# Abstracts

PAPER = [
    passage(
        "On lamps\nMaria Rua\nAbstract\nWe measure how much oil the lamps of Vorrin burned.", 0
    ),
    passage("They burned more oil than wood in every winter of that long century.", 1),
    passage(f"Keywords: lamps, oil\n1 Introduction\n{LAMP} {OIL} {KEEPER}", 2),
    passage(f"{CAT} {SOUP}", 3),
]


def test_an_abstract_of_the_length_that_is_wanted_is_the_summary() -> None:
    assert said(PAPER, 3) == [
        "We measure how much oil the lamps of Vorrin burned.",
        "They burned more oil than wood in every winter of that long century.",
    ]


def test_an_abstract_that_is_far_too_short_is_not_all() -> None:
    assert len(said(PAPER, 5)) == 5


def test_what_a_named_document_is_called_is_no_part_of_it() -> None:
    scope = SearchScope((A, B), True, ("en",), NAMES)
    assert summarizing.read_whole("summarize the Vorrin plan", scope, (), analyzer).topic == ()
    asked = summarizing.read_whole("summarize the annex of the lease", scope, (), analyzer)
    assert asked.topic == ("annex",)
    alone = SearchScope((B,), False, ("en",), NAMES)
    assert summarizing.read_whole("summarize the policy", alone, (), analyzer).topic == ()
    asked = summarizing.read_whole("summarize the policy on dogs", alone, (), analyzer)
    assert asked.topic == ("policy", "dogs")


def test_a_line_in_the_middle_of_a_book_begins_no_abstract() -> None:
    late = [passage(f"{LAMP} {at}", at) for at in range(20)]
    found = list(summarizing.carrying([*late, *PAPER[:2]], 3, analyzer))
    assert len(found) == 3
    assert not any(one.abstract for one in found)


# Sections


def long_passage(at: int, heading: str, document: DocumentId = A) -> Hit:
    text = " ".join(f"Lamp {at} of room {word} burned oil in winter." for word in range(13))
    return passage(text, at, document, header=f"Vorrin › {heading}")


def test_sections_begin_with_headings_and_are_not_very_short() -> None:
    passages = [long_passage(at, f"Room {at // 6}") for at in range(12)]
    passages += [long_passage(12, "Cellar"), long_passage(13, "Roof")]
    found = summarizing.sections(passages, analyzer)
    assert [one.title for one in found] == ["Room 0", "Room 1", "Cellar, Roof"]
    assert [one.ordinal for part in found for one in part.passages] == list(range(14))


def test_no_section_has_passages_of_two_documents() -> None:
    passages = [long_passage(0, "Room"), long_passage(0, "Room", B), long_passage(1, "Room", B)]
    found = summarizing.sections(passages, analyzer)
    assert [{one.document for one in part.passages} for part in found] == [{A}, {B}]


def test_of_a_very_long_section_what_carries_it_is_read() -> None:
    passages = [long_passage(at, "Room") for at in range(400)]
    found = summarizing.sections(passages, analyzer)
    assert len(found) <= summarizing.MOST_SECTIONS + 1
    assert all(0 < len(one.passages) < 20 for one in found)


@pytest.mark.parametrize(
    "words",
    [
        "This brochure of the lamp and its oil is given without any warranty of the keeper.",
        "Este folleto de la lámpara y el aceite no constituye una oferta del farero de Vorrin.",
    ],
)
def test_what_stands_in_every_brochure_carries_none(words) -> None:
    passages = [passage(text, at) for at, text in enumerate((words, OIL, KEEPER))]
    assert words not in said(passages, 3)


@pytest.mark.parametrize(
    "words",
    [
        "(a) See the notes on the lamp and its oil for what the keeper of Vorrin burned.",
        "Véase el anexo sobre la lámpara para saber cuánto aceite gastó el farero de Vorrin.",
        "☒ The keeper of the lighthouse has ticked this for the lamp that burned whale oil.",
        "THE KEEPER OF THE LIGHTHOUSE OF VORRIN BURNED WHALE OIL IN ITS LAMP.",
    ],
)
def test_what_only_points_elsewhere_and_forms_carry_nothing(words) -> None:
    passages = [passage(text, at) for at, text in enumerate((words, OIL, KEEPER))]
    assert words not in said(passages, 3)


def test_what_accounts_say_of_their_year_counts_more_until_the_next_item() -> None:
    heads = ("Item 2. Management’s discussion", "Sales", "Item 3. Risks")
    passages = [
        passage(text, at, header=f"Vorrin › {head}")
        for at, (text, head) in enumerate(zip((CAT, SOUP, LAMP), heads, strict=True))
    ]
    marked = {one.text: one.summary for one in summarizing._marked(passages)}
    assert marked == {CAT: True, SOUP: True, LAMP: False}


def test_a_document_without_sentences_is_told_by_how_it_begins() -> None:
    rows = [passage(f"Room {at} | 12 | 40 | lamp\n" * 30, at) for at in range(9)]
    found = said(rows, 3)
    assert len(found) == 3
    assert all(one.startswith(f"Room {at} | 12") for at, one in enumerate(found))
    assert said([passage("x" * 90_000)], 3) == ["x" * 1_800]
