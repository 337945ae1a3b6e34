"""Everything that is said of something, in passages that are in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from desktop_rag.answer.counting import census_of, thing_of
from desktop_rag.answer.occurrences import SHOWN, SHOWN_THINGS, everywhere
from desktop_rag.answer.retrieval import SearchScope, names_of
from desktop_rag.domain.documents import Box, DocumentId, Layer, PlacedWord
from desktop_rag.domain.occurrences import Census, Counted, Manner, Needle, Net, Occurrences
from desktop_rag.domain.passages import WrittenPassage
from desktop_rag.engines.store import analyzer

A, B, C = (DocumentId(name) for name in "abc")
TITLES = {A: "Harbour guide", B: "Bird book", C: "Lease of Heron House"}


def passage(
    document: DocumentId, ordinal: int, text: str, *, page: int = 0, line: int = -1, **told
) -> WrittenPassage:
    """A passage on a line of its own, or on `line`; a word for each of its words."""
    top = (ordinal if line < 0 else line) / 100
    words: list[PlacedWord] = []
    start = 0
    for at, word in enumerate(text.split()):
        start = text.index(word, start)
        box = Box(at / 100, top, at / 100 + 0.009, top + 0.009)
        words.append(PlacedWord(start, start + len(word), box))
        start += len(word)

    def within(first: int, end: int) -> tuple[PlacedWord, ...]:
        return tuple(word for word in words if word.start < end and word.end > first)

    values = {
        "header": TITLES[document],
        "recognized": False,
        "layer": Layer.BODY,
        "language": "en",
        "placed": True,
        "words": within,
    }
    return WrittenPassage(document, ordinal, page, str(page + 1), text=text, **(values | told))


@dataclass
class Store:
    """Gives every passage, whatever a net takes: it may give more than has what is sought."""

    passages: Sequence[WrittenPassage]
    asked: list[Net] = field(default_factory=list)

    def scan(self, net: Net, among: Sequence[DocumentId] | None) -> list[WrittenPassage]:
        self.asked.append(net)
        return [one for one in self.passages if among is None or one.document in among]


def ask(census: Census | None, *passages: WrittenPassage) -> Occurrences:
    assert census is not None
    documents = tuple(dict.fromkeys(one.document for one in passages))
    titles = {id_: (TITLES[id_], "") for id_ in documents}
    names = names_of(titles, ("en", "es"), analyzer)
    scope = SearchScope(documents, True, ("en", "es"), names, len(passages))
    return everywhere(census, scope, TITLES, Store(passages).scan, analyzer)


def counts(found: Occurrences) -> dict[DocumentId, int]:
    return {one.document: one.hits for one in found.documents}


TIDES = (
    passage(A, 0, "The tide turns. High tides follow."),
    passage(A, 1, "No water here.", page=1),
    passage(A, 2, "A tide again.", page=2),
    passage(B, 0, "Herons wait for the TIDE."),
    passage(C, 0, "The rent is due."),
)


def test_every_place_counts_in_documents_that_have_most_first() -> None:
    found = ask(census_of("which documents mention the tide?"), *TIDES)
    assert counts(found) == {A: 3, B: 1}
    assert [one.document for one in found.documents] == [A, B]
    assert [one.pages for one in found.documents] == [("1", "3"), ("1",)]
    assert (found.total, found.looked_documents, found.looked_passages) == (4, 3, 5)
    assert dict(found.forms) == {"tide": 3, "tides": 1}


def test_a_place_is_shown_with_its_sentence_and_the_boxes_of_its_words() -> None:
    found = ask(census_of("list all mentions of tides"), *TIDES)
    first, second, *_ = found.shown
    assert (first.hit.text, second.hit.text) == ("The tide turns.", "High tides follow.")
    assert first.hit.text[slice(*first.span)] == "tide"
    assert [word.box.x0 for word in first.hit.words] == [0.01]
    assert [first.hit.text[word.start : word.end] for word in first.hit.words] == ["tide"]


def test_what_is_cut_off_says_so_by_its_sign() -> None:
    text = "word " * 60 + "tide" + " word" * 60 + "."
    (one,) = ask(census_of("list all mentions of tide"), passage(A, 0, text)).shown
    assert one.hit.text.startswith("…word ")
    assert one.hit.text.endswith(" word…")
    assert one.hit.text[slice(*one.span)] == "tide"


def test_documents_that_lack_it_are_told_and_the_places_of_the_others_are_not_shown() -> None:
    found = ask(census_of("which documents do not mention the tide?"), *TIDES)
    assert [one.document for one in found.without] == [C]
    assert (found.total, found.shown) == (4, ())


def test_a_row_that_is_repeated_counts_once() -> None:
    head = "Tide\tHeight"
    found = ask(
        census_of("how many times is the tide mentioned?"),
        passage(A, 0, f"{head}\n1 m", line=5),
        passage(A, 1, f"{head}\n2 m", line=5),
        passage(A, 2, f"{head}\n3 m", page=1, words=lambda *_: ()),
        passage(B, 0, f"{head}\n4 m", line=5),
    )
    assert counts(found) == {A: 1, B: 1}


def test_text_without_any_places_counts_as_it_is_read() -> None:
    bare = passage(A, 0, "tide tide", placed=False, words=lambda *_: ())
    assert ask(census_of("how many times is tide mentioned?"), bare).total == 2


def test_a_phrase_over_two_passages_is_found_once() -> None:
    one, other = passage(A, 0, "We met at low"), passage(A, 1, "tide and left.", page=1)
    found = ask(
        census_of("list all mentions of «low tide»"), one, other, passage(A, 2, "Low tide.")
    )
    assert found.total == 2
    over = found.shown[0].hit
    assert (over.text, over.page) == ("We met at low tide and left.", 0)
    assert [(word.page, word.box.y0) for word in over.words] == [(0, 0.0), (1, 0.01)]


def test_a_long_phrase_over_two_passages_is_found() -> None:
    words = [f"quay{at}" for at in range(120)]
    found = ask(
        census_of(f"list all mentions of «{' '.join(words)}»"),
        passage(A, 0, " ".join(words[:100])),
        passage(A, 1, " ".join(words[100:])),
    )
    assert found.total == 1


def test_passages_that_do_not_follow_each_other_make_no_phrase() -> None:
    found = ask(
        census_of("list all mentions of «low tide»"),
        passage(A, 0, "We met at low"),
        passage(A, 2, "tide and left."),
        passage(A, 3, "At low", layer=Layer.FURNITURE),
        passage(A, 4, "tide."),
    )
    assert found.total == 0


def test_a_place_on_the_next_page_of_its_passage_is_on_that_page() -> None:
    text = "The river and the tide"
    box = Box(0.5, 0.1, 0.6, 0.12)
    over = passage(A, 0, text, words=lambda *_: (PlacedWord(18, 22, box, 1),))
    found = ask(census_of("where is the tide mentioned?"), over)
    (one,) = found.shown
    assert (one.hit.page, one.hit.page_label, found.documents[0].pages) == (1, "2", ("2",))
    assert [(word.page, word.box) for word in one.hit.words] == [(0, box)]


def test_hidden_text_is_not_counted_and_a_running_head_is() -> None:
    found = ask(
        census_of("how many times is tide mentioned?"),
        passage(A, 0, "tide", layer=Layer.HIDDEN),
        passage(A, 1, "tide", layer=Layer.FURNITURE),
        passage(A, 2, "tide", layer=Layer.NOTE),
    )
    assert found.total == 2


def test_every_one_of_several_is_wanted_or_any() -> None:
    texts = (
        passage(A, 0, "Ana met Luis."),
        passage(B, 0, "Ana slept."),
        passage(C, 0, "Luis ate."),
    )
    both = ask(census_of("which documents mention both Ana and Luis?"), *texts)
    assert counts(both) == {A: 2}
    either = ask(census_of("which documents mention Ana or Luis?"), *texts)
    assert counts(either) == {A: 2, B: 1, C: 1}


def test_parts_are_looked_for_where_the_whole_is_nowhere() -> None:
    census = census_of("which documents mention Ana and Luis?")
    apart = ask(census, passage(A, 0, "Ana sat. Luis ate."), passage(B, 0, "Ana slept."))
    assert (apart.manner, counts(apart)) == (Manner.PARTS, {A: 2})
    whole = ask(census, passage(A, 0, "Ana and Luis."), passage(B, 0, "Ana. Luis."))
    assert (whole.manner, counts(whole)) == (Manner.WRITTEN, {A: 1})


def test_words_that_stand_nowhere_together_are_found_apart_in_a_passage() -> None:
    census = census_of("which documents mention tide tables?")
    found = ask(census, passage(A, 0, "A table of the tide."), passage(B, 0, "The tide."))
    assert (found.manner, counts(found)) == (Manner.APART, {A: 1})
    exact = census_of("which documents mention «tide tables»?")
    assert ask(exact, passage(A, 0, "A table of the tide.")).total == 0


def test_documents_that_are_named_are_looked_at_alone() -> None:
    census = census_of("how many times is the tide mentioned in the Bird book?")
    found = ask(census, *TIDES)
    assert (counts(found), found.looked_documents, found.looked_passages) == ({B: 1}, 1, 1)
    called = census_of("how many mentions of tides are there in the Bird agreement?")
    assert counts(ask(called, *TIDES)) == {B: 1}


def test_words_that_name_a_document_in_part_do_not_narrow_to_it() -> None:
    census = census_of("how many times is the tide mentioned in the garden of a bird?")
    assert counts(ask(census, *TIDES)) == {A: 3, B: 1}


def test_what_names_no_document_is_a_part_of_the_words() -> None:
    census = census_of("¿Cuántas veces aparece salud en el trabajo?")
    texts = passage(A, 0, "La salud en el trabajo; la salud.", language="es")
    assert ask(census, texts).total == 1
    assert ask(census, passage(A, 0, "La salud y más salud.", language="es")).total == 2


def test_how_the_documents_spell_it_is_told_where_it_is_nowhere() -> None:
    found = ask(
        census_of("which documents mention lanten?"), passage(A, 0, "A lantern, a lantern.")
    )
    assert (found.total, found.near) == (0, "lantern")
    assert ask(census_of("which documents mention lanten?"), passage(A, 0, "Oil.")).near == ""


def test_many_places_are_counted_and_the_first_of_them_shown() -> None:
    text = "tide " * (SHOWN + 5)
    found = ask(census_of("how many times is tide mentioned?"), passage(A, 0, text))
    assert (found.total, len(found.shown)) == (SHOWN + 5, SHOWN)


LEASE = (
    passage(C, 0, "Preamble. The tenant has no obligations yet.", header="Lease"),
    passage(
        C,
        1,
        "Obligations of the tenant:\n• To pay the rent.\n• To sweep the stairs.",
        header="Lease",
    ),
    passage(C, 2, "She keeps no dogs. She is quiet.", header="Lease › Tenant: obligations"),
    passage(C, 3, "The landlord has obligations, too.", header="Lease"),
)


def test_all_sentences_and_items_about_a_thing_are_found_those_under_its_name_first() -> None:
    found = ask(thing_of("list all obligations of the tenant"), *LEASE)
    assert [one.hit.text for one in found.shown] == [
        "• To pay the rent.",
        "• To sweep the stairs.",
        "She keeps no dogs.",
        "She is quiet.",
        "The tenant has no obligations yet.",
    ]
    assert (found.manner, found.total) == (Manner.ABOUT, 5)


def test_a_list_is_whole_that_goes_on_in_the_next_passages() -> None:
    found = ask(
        thing_of("list all values of the guild"),
        passage(A, 0, "Values of the guild:\n1. Care: we look.\n2. Calm: we wait.\n3."),
        passage(A, 1, "Craft: we make.\n4. Song: we sing.", page=1),
        passage(A, 2, "5. Bread: we bake.", page=1),
        passage(A, 3, "Prices rise. 6. Salt: we buy.", page=1),
        passage(A, 5, "7. Tin: we sell.", page=1),
    )
    assert [one.hit.text for one in found.shown] == [
        "1. Care: we look.",
        "2. Calm: we wait.",
        "3. Craft: we make.",
        "4. Song: we sing.",
        "5. Bread: we bake.",
    ]
    assert found.documents[0].pages == ("1", "2")


def test_a_thing_that_is_said_very_often_is_cut() -> None:
    text = "\n".join(f"• Duty {at} is done." for at in range(SHOWN_THINGS + 3))
    found = ask(thing_of("list all duties"), passage(A, 0, text))
    assert (found.total, len(found.shown)) == (SHOWN_THINGS + 3, SHOWN_THINGS)


@pytest.mark.parametrize("needle", [Needle("¿?"), Needle("…", literal=True)])
def test_signs_alone_are_found_nowhere(needle) -> None:
    assert ask(Census(Counted.PLACES, (needle,)), *TIDES).total == 0
