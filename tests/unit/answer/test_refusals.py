"""What is said where the documents do not say it."""

import pytest

from desktop_rag.answer.refusals import refusal
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Contradiction, Extract, Hit, Passage

HIT = Hit(DocumentId("d"), 0, 0, "1", "T", "It opened in 1987.", (), 1.0)
OTHERWISE = Contradiction("1990", "1987", Extract(Passage(1, HIT), 0, 18, 1.0))


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("en", [], "Your documents do not say this."),
        ("es", [], "Tus documentos no dicen esto."),
        ("en", ["P5"], "Your documents do not say this. They do not mention “P5”."),
        ("es", ["A", "B", "C"], "Tus documentos no dicen esto. No mencionan «A», «B» ni «C»."),
        ("de", ["A", "B"], "Your documents do not say this. They do not mention “A” or “B”."),
    ],
)
def test_names_that_no_document_has_are_named(language, names, expected) -> None:
    assert refusal(language, names) == expected


def test_what_is_said_otherwise_comes_instead() -> None:
    assert refusal("en", ["X"], OTHERWISE) == "No: your documents say “1987”, not “1990”."
    assert refusal("es", [], OTHERWISE) == "No: tus documentos dicen «1987», no «1990»."
