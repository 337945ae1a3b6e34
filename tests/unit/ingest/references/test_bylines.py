import pytest

from desktop_rag.domain.authors import written
from desktop_rag.ingest.references import bylines
from desktop_rag.ingest.references.front_matter import front_matter
from desktop_rag.ingest.references.headings import title_lines
from tests.fakes import line, lines, page

TEXT = lines(["The keeper wrote down every ship that passed the light in that long year."] * 9, 0.5)
ABSTRACT = line("Abstract", 0.4, bold=True)
TITLE = line("On Weirs and Their Keepers", 0.08, size=20)


def authors(*texts: str, paper: bool = True) -> str:
    shown = [TITLE, *lines(texts, 0.13), *([ABSTRACT] if paper else []), *TEXT]
    front = front_matter([page(shown)])
    return written(bylines.authors(front, title_lines(front)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Ottoline Brack¹, Bo Quill²∗ and Ximena Sørli",
            "Brack, Ottoline; Quill, Bo; Sørli, Ximena",
        ),
        ("Tamsin Orrel [0000-0002-1825-0097]", "Orrel, Tamsin"),
        ("Ottoline Brack y Bo Quill", "Brack, Ottoline; Quill, Bo"),
        ("Dr. Jurg K¨ohler, Ph.D.", "Köhler, Jurg"),
        ("Por María José García Pardo", "García Pardo, María José"),
        ("University of Harbours, Department of Weirs", ""),
        ("Submitted to the Journal of Weirs", ""),
        ("Version 3 of May 2019", ""),
        ("Harbour City, May 3, 2019", ""),
    ],
)
def test_names_below_the_title_of_a_paper_are_its_authors(text, found) -> None:
    assert authors(text) == found


def test_names_stand_between_addresses() -> None:
    found = authors(
        "Ottoline Brack", "University of Harbours", "brack@harbours.example", "Bo Quill"
    )
    assert found == "Brack, Ottoline; Quill, Bo"


def test_without_an_abstract_a_name_has_a_given_name_that_is_known_or_an_initial() -> None:
    assert authors("Robin Brack", paper=False) == "Brack, Robin"
    assert authors("Ottoline P. Brack", paper=False) == "Brack, Ottoline P."
    assert authors("Crime Complaints", paper=False) == ""
    assert authors("Harbour Rules", "Robin Brack", paper=False) == ""


def test_names_within_the_text_are_nobody_who_wrote_it() -> None:
    assert authors("The keepers were all of one mind in this matter, " * 2, "Bo Quill") == ""
    assert authors("1. Introduction", "Bo Quill") == ""


def test_without_a_title_nobody_wrote_it() -> None:
    assert bylines.authors(front_matter([page(TEXT)]), ()) == ()
