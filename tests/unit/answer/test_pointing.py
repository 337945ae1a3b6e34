"""Key points: the sentences that carry each section of a document."""

from desktop_rag.answer.pointing import key_points
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Hit
from desktop_rag.engines.store import analyzer

A, B = DocumentId("a"), DocumentId("b")
FILLER = "The {n} of the {topic} was seen by the keepers of that {topic} on day {n} of the year."


def section(heading: str, topic: str, first: int, document: DocumentId = A) -> list[Hit]:
    texts = [FILLER.format(n=at, topic=topic) for at in range(first, first + 30)]
    header = f"Vorrin › {heading}"
    return [
        Hit(document, first + at, at, str(at), header, text, (), 1.0, language="en")
        for at, text in enumerate(texts)
    ]


def test_each_section_has_its_share_in_order_under_its_heading() -> None:
    passages = [*section("The lamp", "lamp", 0), *section("The harbour", "harbour", 100)]
    found = key_points(passages, 4, analyzer)
    assert [one.heading for one in found] == ["The lamp"] * 2 + ["The harbour"] * 2
    assert all("lamp" in one.sentence.text for one in found[:2])
    assert all("harbour" in one.sentence.text for one in found[2:])


def test_of_more_sections_than_points_the_longest_have_one_each() -> None:
    passages = [
        *section("The lamp", "lamp", 0),
        *section("The oil", "oil", 100),
        *section("The oil", "oil", 200),
    ]
    (one,) = key_points(passages, 1, analyzer)
    assert one.heading == "The oil"


def test_what_has_no_sections_has_points_without_a_heading() -> None:
    passages = section("The lamp", "lamp", 0)[:8]
    found = key_points(passages, 3, analyzer)
    assert [one.heading for one in found] == [""] * 3


def test_of_several_documents_headings_name_them() -> None:
    passages = [*section("The lamp", "lamp", 0), *section("The lamp", "lamp", 0, B)]
    assert {one.heading for one in key_points(passages, 2, analyzer)} == {"Vorrin › The lamp"}


def test_points_about_something_are_about_it() -> None:
    passages = [*section("The lamp", "lamp", 0), *section("The harbour", "harbour", 100)]
    found = key_points(passages, 3, analyzer, ["harbour"])
    assert found
    assert all("harbour" in one.sentence.text for one in found)


def test_the_end_of_a_sentence_is_no_point() -> None:
    cut = Hit(A, 0, 0, "1", "V", "of the lamp that the keeper lit each night for a year.", (), 1.0)
    assert key_points([cut], 3, analyzer) == []
    assert key_points([], 3, analyzer) == []
