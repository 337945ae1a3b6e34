from __future__ import annotations

import pytest

from desktop_rag.domain.authors import Author
from desktop_rag.domain.citations.bibtex import key
from desktop_rag.domain.citations.phrases import Run
from desktop_rag.domain.citations.writing import CitationStyle, citation, runs
from desktop_rag.domain.references import Reference, ReferenceKind

APA, ISO, BIBTEX = CitationStyle.APA, CitationStyle.ISO_690, CitationStyle.BIBTEX
ANA, BO = Author("Brack Orrel", "Ana-Luz M."), Author("Quill", "Bo")
ARTICLE = Reference(
    ReferenceKind.JOURNAL_ARTICLE,
    "On weirs",
    (ANA, BO),
    "2021-03-05",
    container="Journal of Weirs",
    volume="15",
    issue="3",
    pages="1-20",
    doi="10.1000/weir",
)
BOOK = Reference(
    ReferenceKind.BOOK,
    "Presas",
    (ANA,),
    "1963",
    publisher="Puerto",
    place="Lima",
    edition="2",
    isbn="978-0-306-40615-7",
)
CHAPTER = Reference(
    ReferenceKind.CHAPTER, "Tolls", (BO,), "2015", container="On rivers", pages="3--9"
)
REPORT = Reference(
    ReferenceKind.REPORT,
    "Informe anual",
    (Author("Banco de Puertos"),),
    "2022-05",
    publisher="Banco de Puertos",
    url="https://weirs.example/1",
)
THESIS = Reference(ReferenceKind.THESIS, "Of keepers", (BO,), "2015", publisher="Harbour College")
LAW = Reference(
    ReferenceKind.LEGISLATION,
    "Ley 7/2021, de presas.",
    (Author("Jefatura del Estado"),),
    "2021-07-10",
    container="Boletín Oficial del Estado",
    issue="164",
)
PAGE = Reference(
    ReferenceKind.WEBPAGE, "What is a weir?", (BO,), "2015-10-02", url="https://w.example"
)
NOTHING = Reference(title="Plan")


@pytest.mark.parametrize(
    ("reference", "language", "text"),
    [
        (
            ARTICLE,
            "en",
            "Brack Orrel, A.-L. M., & Quill, B. (2021). On weirs. Journal of Weirs, 15(3), 1–20. "
            "https://doi.org/10.1000/weir",
        ),
        (BOOK, "en", "Brack Orrel, A.-L. M. (1963). Presas (2nd ed.). Puerto."),
        (BOOK, "es", "Brack Orrel, A.-L. M. (1963). Presas (2.ª ed.). Puerto."),
        (CHAPTER, "es", "Quill, B. (2015). Tolls. En On rivers (pp. 3–9)."),
        (REPORT, "en", "Banco de Puertos. (2022). Informe anual. https://weirs.example/1"),
        (THESIS, "es", "Quill, B. (2015). Of keepers [Tesis, Harbour College]."),
        (LAW, "es", "Ley 7/2021, de presas. (2021). Boletín Oficial del Estado, (164)."),
        (PAGE, "en", "Quill, B. (2015, October 2). What is a weir? https://w.example"),
        (PAGE, "es", "Quill, B. (2015, 2 de octubre). What is a weir? https://w.example"),
        (NOTHING, "en", "Plan. (n.d.)."),
        (NOTHING, "es", "Plan. (s. f.)."),
    ],
)
def test_apa_is_written_in_both_languages(reference, language, text) -> None:
    assert citation(reference, APA, language) == text


@pytest.mark.parametrize(
    ("reference", "language", "text"),
    [
        (
            ARTICLE,
            "es",
            "BRACK ORREL, Ana-Luz M. y QUILL, Bo, 2021. On weirs. Journal of Weirs, vol. 15, "
            "n.º 3, pp. 1–20. DOI: 10.1000/weir.",
        ),
        (
            BOOK,
            "en",
            "BRACK ORREL, Ana-Luz M., 1963. Presas. 2nd ed. Lima: Puerto. ISBN 978-0-306-40615-7.",
        ),
        (CHAPTER, "en", "QUILL, Bo, 2015. Tolls. In: On rivers, pp. 3–9."),
        (
            REPORT,
            "es",
            "BANCO DE PUERTOS, 2022. Informe anual [en línea]. Banco de Puertos. Disponible en: "
            "https://weirs.example/1",
        ),
        (THESIS, "en", "QUILL, Bo, 2015. Of keepers. Thesis. Harbour College."),
        (LAW, "es", "Ley 7/2021, de presas, 2021. Boletín Oficial del Estado, n.º 164."),
        (NOTHING, "es", "Plan, [sin fecha]."),
    ],
)
def test_iso_690_is_written_in_both_languages(reference, language, text) -> None:
    assert citation(reference, ISO, language) == text


def test_an_article_is_an_entry_of_bibtex() -> None:
    assert citation(ARTICLE, BIBTEX) == (
        "@article{brack2021weirs,\n"
        "  author = {Brack Orrel, Ana-Luz M. and Quill, Bo},\n"
        "  title = {On weirs},\n"
        "  journal = {Journal of Weirs},\n"
        "  year = {2021},\n"
        "  volume = {15},\n"
        "  number = {3},\n"
        "  pages = {1--20},\n"
        "  doi = {10.1000/weir},\n"
        "  month = mar\n"
        "}"
    )


def test_what_tex_would_take_for_commands_is_escaped() -> None:
    text = citation(Reference(title=r"50% of {A_1} & \input{x} ~ ^"), BIBTEX)
    assert (
        r"{50\% of \{A\_1\} \& \textbackslash{}input\{x\} \textasciitilde{} \textasciicircum{}}"
    ) in text


def test_an_organization_stays_whole_in_bibtex() -> None:
    assert "author = {{Banco de Puertos}}," in citation(REPORT, BIBTEX)


@pytest.mark.parametrize(
    ("reference", "name"),
    [(NOTHING, "plan"), (Reference(), "document"), (BOOK, "brack1963presas")],
)
def test_an_entry_has_a_name_of_plain_letters(reference, name) -> None:
    assert key(reference) == name


def test_a_page_is_told_as_each_style_does() -> None:
    assert citation(BOOK, APA, "es", "12").startswith("(Brack Orrel, 1963, p. 12)\nBrack Orrel, ")
    assert "Puerto. p. 12. ISBN" in citation(BOOK, ISO, "es", "12")
    assert "  note = {p. 12}\n}" in citation(BOOK, BIBTEX, "es", "12")


@pytest.mark.parametrize(
    ("authors", "language", "text"),
    [
        ((ANA, BO), "en", "(Brack Orrel & Quill, 2021, p. 3)"),
        ((ANA, BO), "es", "(Brack Orrel y Quill, 2021, p. 3)"),
        ((BO, ANA, BO), "en", "(Quill et al., 2021, p. 3)"),
        ((), "en", "(“On weirs”, 2021, p. 3)"),
        ((), "es", "(«On weirs», 2021, p. 3)"),
    ],
)
def test_what_goes_into_the_text_names_two_authors_at_most(authors, language, text) -> None:
    reference = Reference(title="On weirs", authors=authors, issued="2021")
    assert citation(reference, APA, language, "3").split("\n")[0] == text


def test_of_very_many_authors_the_last_one_is_named() -> None:
    many = tuple(Author(f"Quill{number}", "Bo") for number in range(30))
    text = citation(Reference(title="On weirs", authors=many), APA)
    assert "Quill18, B., … Quill29, B. (n.d.)" in text
    assert citation(Reference(title="On weirs", authors=many), ISO).startswith("QUILL0, Bo et al.")


@pytest.mark.parametrize("style", [APA, ISO])
def test_the_title_of_the_whole_is_italic(style) -> None:
    assert Run("Presas", italic=True) in runs(BOOK, style)
    assert Run("Journal of Weirs", italic=True) in runs(ARTICLE, style)
    assert [run for run in runs(ARTICLE, style) if run.italic and "On weirs" in run.text] == []


@pytest.mark.parametrize("style", CitationStyle)
def test_nothing_known_is_still_a_citation(style) -> None:
    text = citation(Reference(), style)
    assert text == text.strip() != ""
