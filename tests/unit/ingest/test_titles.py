import itertools

import pytest

from desktop_rag.domain.documents import Layer, Outline, Role, RoleKind
from desktop_rag.ingest.titles import spelled, title_of
from tests.fakes import line, page

PAGE = page([line("Informe", 0.1, size=20), line("anual", 0.2, size=20), line("Por A. Salas", 0.3)])
MEANINGLESS = [
    "", "Microsoft Word - tesis_v3.doc", "untitled", "Untitled-1", "Sin título", "Sin titulo 2",
    "document1", "documento", "tesis.docx", "scan.pdf", "cover.indd", "2021", "--", "12-34_56",
    "IMG_20210304_121500", "Scan 12", "0000320193-22-000108", "ab",
]  # fmt: skip


def title(stated: str, stem: str, of=PAGE) -> str:
    return title_of(Outline(stated, 1), [of] if of else [], stem)


def test_a_document_says_its_own_title() -> None:
    assert title("The Book of Harbours", "book") == "The Book of Harbours"


@pytest.mark.parametrize("stated", MEANINGLESS)
def test_what_a_program_wrote_is_no_title(stated: str) -> None:
    assert title(stated, "Tesis_de-grado") == "Tesis de-grado"


def test_the_largest_words_stand_in_for_a_file_name_that_says_nothing() -> None:
    for stated, stem in itertools.product(MEANINGLESS, repeat=2):
        assert title(stated, stem) == "Informe anual", (stated, stem)


@pytest.mark.parametrize("of", [None, page([]), page([line("12 34", size=30)])])
def test_there_is_always_a_title(of) -> None:
    for stem in filter(None, MEANINGLESS):
        assert title("", stem, of) in {stem, spelled(stem)}


def test_a_larger_number_is_not_the_largest_words() -> None:
    assert title("", "1", page([line("2021", size=90), line("Informe", 0.4)])) == "Informe"


def test_what_is_not_of_the_body_is_no_title() -> None:
    for layer in (Layer.NOTE, Layer.HIDDEN, Layer.FURNITURE):
        beside = line("Draft", 0.3, size=40)._replace(layer=layer)
        assert title("", "1", page([beside, line("Informe", 0.4)])) == "Informe"


def test_text_is_no_title() -> None:
    """A word of it would name the document, and no longer be looked for in others."""
    for kind in (RoleKind.PARAGRAPH, RoleKind.CELL):
        said = line("Whales sleep", 0.3)._replace(role=Role(kind))
        assert title("", "1", page([said])) == "1"
    heading = line("Whales", 0.3)._replace(role=Role(RoleKind.HEADING, 1))
    assert title("", "1", page([heading])) == "Whales"
    assert title("", "1", page([line("Whales " * 25, 0.3)])) == "1"


def test_a_title_of_two_lines_is_mended() -> None:
    cut = [line("Har\u00ad", 0.1, size=20), line("bours", 0.2, size=20)]
    assert title("", "1", page(cut)) == "Harbours"


def test_a_title_has_an_end() -> None:
    assert 0 < len(title("word " * 200, "stem")) <= 200


@pytest.mark.parametrize(
    ("stem", "words"),
    [("Informe_anual-2021", "Informe anual-2021"), ("a__b _c", "a b c"), ("plain", "plain")],
)
def test_a_file_name_is_spelled_with_spaces(stem: str, words: str) -> None:
    assert spelled(stem) == words
