"""What is named as it is listed: its pages, and the words there, lit."""

from desktop_rag.answer.naming import listing
from desktop_rag.answer.naming.joining import JoinedName, MentionPlace
from desktop_rag.domain.documents import Box, DocumentId, PlacedWord
from desktop_rag.domain.entities import EntityKind
from desktop_rag.domain.passages import Hit

D = DocumentId("d")
TEXT = "Martha Quill lit it."


def hit(ordinal: int, page: int) -> Hit:
    words = tuple(
        PlacedWord(
            TEXT.index(word), TEXT.index(word) + len(word), Box(at, page, at + 0.5, page + 1)
        )
        for at, word in enumerate(TEXT.split())
    )
    return Hit(D, ordinal, page, f"{page + 1}", "T", TEXT, words, 1.0)


def test_a_name_has_each_page_once_with_its_own_words_lit() -> None:
    passages = [hit(0, 0), hit(1, 0), hit(2, 4)]
    places = tuple(MentionPlace(at, 0, 12) for at in range(3))
    name = JoinedName(EntityKind.PERSON, "Martha Quill", places)
    wanted = listing.wanted([name], passages)
    assert wanted == [(D, 0), (D, 2)]
    (one,) = listing.listed([name], passages, {(D, 0): passages[0], (D, 2): passages[2]})
    assert (one.text, one.count, one.pages) == ("Martha Quill", 3, 2)
    assert [(place.page, place.page_label) for place in one.places] == [(0, "1"), (4, "5")]
    assert one.places[1].boxes == ((4, Box(0, 4, 1.5, 5)),)


def test_of_very_many_pages_the_first_can_be_opened_and_all_are_counted() -> None:
    passages = [hit(at, at) for at in range(listing.MOST_PLACES + 5)]
    places = tuple(MentionPlace(at, 0, 12) for at in range(len(passages)))
    name = JoinedName(EntityKind.PERSON, "Martha Quill", places)
    assert len(listing.wanted([name], passages)) == listing.MOST_PLACES
    (one,) = listing.listed([name], passages, {})
    assert (one.pages, len(one.places)) == (len(passages), listing.MOST_PLACES)
    assert one.places[0].boxes == ()
