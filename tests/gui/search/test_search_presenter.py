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
