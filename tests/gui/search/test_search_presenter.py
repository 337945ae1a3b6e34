"""In which order passages are listed that were searched for."""

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Hit
from desktop_rag.gui.search.search_presenter import in_order


def hit(text: str) -> Hit:
    return Hit(DocumentId("d"), 0, 0, "1", "Title", text, (), 1.0)


def test_what_has_every_word_comes_before_what_means_the_same() -> None:
    damp, dew, humid, both = map(hit, ("Damp air.", "Dew, humidity.", "HUMEDAD", "dew húmedad"))
    assert in_order([damp, dew, humid, both], "humidity") == [dew, damp, humid, both]
    assert in_order([damp, dew, humid, both], "humedad") == [humid, both, damp, dew]
    assert in_order([damp, dew, humid, both], "Dew humedad") == [both, damp, dew, humid]
    assert in_order([damp, dew], " ") == [damp, dew]


def test_what_is_meant_exactly_stays_first() -> None:
    grouped, joined, both = map(hit, ("36 500 Pa", "36500 sheets", "36500 Pa"))
    assert in_order([grouped, joined, both], "36500 Pa", exact=1) == [grouped, both, joined]
    assert in_order([grouped, joined, both], "36500 Pa") == [both, grouped, joined]


def test_quotes_around_words_make_no_difference() -> None:
    damp, dew = map(hit, ("Damp air.", "Dew falls."))
    assert in_order([damp, dew], "“dew” falls?") == [dew, damp]
