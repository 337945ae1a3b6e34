import pytest

from desktop_rag.domain.documents import Layer, Role, RoleKind
from desktop_rag.ingest.references.front_matter import accented, front_matter, joined
from desktop_rag.ingest.references.headings import title_lines
from tests.fakes import line, lines, page

TEXT = lines(["The keeper wrote down every ship that passed the light in that long year."] * 9, 0.5)


def title(*shown, rest=()) -> str:
    pages = [page([*shown, *TEXT]), *rest]
    return joined(found.text for found in title_lines(front_matter(pages)))


def test_the_largest_type_is_the_title_over_several_lines() -> None:
    found = title(line("On Weirs and", 0.1, size=20), line("Their Keepers", 0.13, size=20))
    assert found == "On Weirs and Their Keepers"


def test_what_stands_far_below_is_no_part_of_it() -> None:
    assert title(line("On Weirs", 0.1, size=20), line("Harbours", 0.4, size=20)) == "On Weirs"


def test_small_capitals_go_on_with_capitals() -> None:
    assert title(line("ON WEIRS", 0.1, size=18), line("AND KEEPERS", 0.13, size=14.5)) == (
        "ON WEIRS AND KEEPERS"
    )


def test_type_as_large_as_the_text_is_no_title() -> None:
    assert title(line("On Weirs", 0.1, size=11)) == ""


def test_where_all_type_is_of_one_size_a_bold_first_line_is_the_title() -> None:
    assert title(line("On Weirs", 0.1, size=11, bold=True)) == "On Weirs"
    assert title(line("RULES OF THE HARBOUR", 0.1, size=11)) == "RULES OF THE HARBOUR"


@pytest.mark.parametrize(
    "text",
    [
        "1. Identity",
        "Capítulo 3",
        "Table 8.12 - Shares of weirs",
        "Table of Contents",
        "www.weirs.example",
        "12 34",
        "IV. Weirs",
    ],
)
def test_what_is_part_of_a_document_is_not_its_title(text) -> None:
    assert title(line(text, 0.1, size=20)) == ""


def test_names_of_columns_are_no_title() -> None:
    names = [line("DOCUMENT", 0.1, bold=True), line("DATE", 0.1, 0.4, bold=True)]
    assert title(*names) == ""
    assert title(*(one._replace(size=14) for one in names)) == ""


def test_a_title_goes_on_beside_a_column_of_text() -> None:
    shown = [
        line("Early copies of", 0.1, 0.5, size=14),
        line("Attached are copies of the", 0.115),
        line("the tables", 0.13, 0.5, size=14),
    ]
    assert title(*shown) == "Early copies of the tables"


def test_what_begins_far_down_the_page_is_no_title() -> None:
    assert title(line("Measuring weirs", 0.7, size=14)) == ""


def test_whose_document_it_is_is_not_its_title() -> None:
    shown = line("Department of Harbours", 0.05, size=24), line("The Weir Report", 0.2, size=18)
    assert title(*shown) == "The Weir Report"
    assert title(shown[0]) == "Department of Harbours"


def test_a_cover_is_one_title_with_what_stands_large_on_it() -> None:
    cover = page([line("Harbour House", 0.2, size=36), line("Rules of Work", 0.27, size=24)])
    found = title_lines(front_matter([cover, page(TEXT, 1)]))
    assert joined(one.text for one in found) == "Harbour House Rules of Work"


def test_a_source_says_what_is_a_heading() -> None:
    told = line("On Weirs", 0.1, size=20)._replace(role=Role(RoleKind.PARAGRAPH))
    heading = line("Keepers", 0.2, size=14)._replace(role=Role(RoleKind.HEADING, 1))
    assert title(told, heading) == "Keepers"


def test_running_heads_notes_and_hidden_text_are_no_titles() -> None:
    for layer in (Layer.NOTE, Layer.HIDDEN, Layer.FURNITURE):
        assert title(line("Draft copy", 0.1, size=40)._replace(layer=layer)) == ""


def test_accents_go_onto_their_letters() -> None:
    assert (
        accented("Link¨oping, Universit´e, Mart´ın, 5 ¨ ") == "Linköping, Université, Martín, 5 ¨ "
    )
