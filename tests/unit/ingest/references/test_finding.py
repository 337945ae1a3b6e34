import pytest

from desktop_rag.domain.documents import Heading, Outline
from desktop_rag.domain.references import (
    Origin,
    Reference,
    ReferenceField,
    ReferenceKind,
    reference_of,
)
from desktop_rag.ingest.references.finding import said_of
from desktop_rag.ingest.references.front_matter import front_matter
from tests.fakes import line, lines, page

TITLE, AUTHORS, ISSUED = ReferenceField.TITLE, ReferenceField.AUTHORS, ReferenceField.ISSUED
TEXT = lines(["The keeper wrote down every ship that passed the light in that long year."] * 9, 0.5)


def found(*shown, stem="scan12", contents=(), stated=(), **properties) -> Reference:
    said = {"title": "", "author": "", "date": "", "subject": ""} | properties
    title, author, date, subject = said.values()
    outline = Outline(title, 1, contents, author, date, subject, stated=stated)
    return reference_of(said_of(outline, [page([*shown, *TEXT])], stem, "en"))


def titled(text: str = "On Weirs"):
    return line(text, 0.1, size=20)


def test_properties_say_what_a_document_is() -> None:
    reference = found(title="On Weirs", author="Ottoline Brack", date="2020-01-02T03:04:05Z")
    assert (reference.title, reference.text(AUTHORS)) == ("On Weirs", "Brack, Ottoline")
    assert (reference.issued, reference.language) == ("2020-01-02", "en")
    assert reference.origin(TITLE) is reference.origin(ISSUED) is Origin.PROPERTIES


@pytest.mark.parametrize(
    "author",
    [
        "python-docx",
        "EDGAR Online, a division",
        "Windows User",
        "admin",
        "Canon MF3010",
        "mquill",
        "x",
    ],
)
def test_what_a_program_wrote_is_no_author(author) -> None:
    assert found(titled(), author=author).authors == ()


def test_the_first_page_says_more_than_properties_that_it_does_not_bear_out() -> None:
    reference = found(titled("Harbour Rules"), title="Quarterly Template")
    assert (reference.title, reference.origin(TITLE)) == ("Harbour Rules", Origin.FIRST_PAGE)
    assert found(titled("The Harbour Rules of 1871"), title="Harbour Rules").title == (
        "The Harbour Rules of 1871"
    )
    assert found(titled("HARBOUR RULES"), title="Harbour Rules").title == "Harbour Rules"


def test_a_title_is_taken_in_full_wherever_the_page_has_it_so() -> None:
    shown = line("The Weekly Harbour Report", 0.1), line("Report Link", 0.1, 0.6)
    assert found(*shown, title="Harbour Report").title == "The Weekly Harbour Report"


def test_without_anything_the_name_of_the_file_is_the_title() -> None:
    reference = found(stem="harbour_rules")
    assert (reference.title, reference.origin(TITLE)) == ("harbour rules", Origin.FILE_NAME)


def test_the_one_part_of_a_table_of_contents_is_the_title() -> None:
    contents = (Heading(1, "On Weirs", 0), Heading(2, "Introduction", 0))
    assert found(contents=contents).title == "On Weirs"
    assert found(contents=(*contents, Heading(1, "On Keepers", 3))).title == "scan12"


def test_a_label_says_what_stands_behind_it() -> None:
    reference = found(
        line("Título: De presas", 0.05),
        line("Autor: Ana Pérez", 0.08),
        line("Editorial: Puerto", 0.11),
        title="Plantilla",
    )
    assert (reference.title, reference.text(AUTHORS)) == ("De presas", "Pérez, Ana")
    assert reference.publisher == "Puerto"


def test_a_label_before_what_is_no_name_says_nothing() -> None:
    assert found(line("Elaborado por la oficina en base a datos", 0.1)).authors == ()


def test_a_file_name_with_author_and_year_counts_where_the_page_names_the_author() -> None:
    stem = "Brack et al. - 2019 - Weirs of the north"
    reference = found(line("O. Brack", 0.2), stem=stem)
    assert (reference.title, reference.year) == ("Weirs of the north", "2019")
    assert reference.origin(TITLE) is Origin.FILE_NAME
    assert found(stem=stem).title == stem
    assert found(line("harbour energy", 0.2), stem="harbour-energy-2017-02-24").title == (
        "harbour-energy-2017-02-24"
    )


def test_a_preprint_says_so_with_its_stamp() -> None:
    reference = found(titled(), line("arXiv:1501.00001v2 [cs.CL] 4 Dec 2021", 0.9))
    assert (reference.kind, reference.publisher) == (ReferenceKind.ARTICLE, "arXiv")
    assert (reference.url, reference.issued) == ("https://arxiv.org/abs/1501.00001", "2021-12-04")
    assert found(titled(), stem="1501.00001v2").issued == "2015-01"


def test_an_article_is_told_by_its_doi_and_its_journal() -> None:
    stated = ((ReferenceField.CONTAINER, "Journal of Weirs"), (ReferenceField.VOLUME, "15"))
    reference = found(titled(), line("doi:10.1000/ABC", 0.9), stated=stated)
    assert (reference.kind, reference.doi) == (ReferenceKind.JOURNAL_ARTICLE, "10.1000/abc")
    assert (reference.container, reference.volume) == ("Journal of Weirs", "15")


def test_a_book_is_told_by_its_isbn() -> None:
    reference = found(titled(), line("ISBN 978-0-306-40615-7", 0.9))
    assert (reference.kind, reference.isbn) == (ReferenceKind.BOOK, "978-0-306-40615-7")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Informe de presas", ReferenceKind.REPORT),
        ("Tesis sobre presas", ReferenceKind.THESIS),
        ("On Weirs", ReferenceKind.DOCUMENT),
    ],
)
def test_a_title_may_say_what_kind_it_is(title, kind) -> None:
    assert found(titled(title)).kind is kind


def test_an_annual_report_to_the_commission_is_filed_by_its_registrant() -> None:
    reference = found(
        line("SECURITIES AND EXCHANGE COMMISSION", 0.05, size=20),
        line("FORM 10-K", 0.08, size=14),
        line("For the fiscal year ended November 27, 2015", 0.12),
        line("WEIRS, INC.", 0.2, size=18),
        line("____________", 0.22),
        line("(Exact name of registrant as specified in its charter)", 0.24),
        title="0000796343-16-000225",
        author="EDGAR Online",
        date="2016-02-12",
    )
    assert reference.title == "Form 10-K for the fiscal year ended November 27, 2015"
    assert (reference.text(AUTHORS), reference.year) == ("WEIRS, INC.", "2016")
    assert reference.kind is ReferenceKind.REPORT


def test_a_law_has_its_full_name_its_maker_and_its_journal() -> None:
    reference = found(
        line("Ley 7/2021, de 9 de julio, de", 0.1, size=13),
        line("presas y molinos.", 0.12, size=13),
        line("Jefatura del Estado", 0.2),
        line("«BOE» núm. 164, de 10 de julio de 2021", 0.22),
        date="2024-05-06",
    )
    assert reference.title == "Ley 7/2021, de 9 de julio, de presas y molinos"
    assert (reference.text(AUTHORS), reference.issued) == ("Jefatura del Estado", "2021-07-10")
    assert (reference.container, reference.issue) == ("Boletín Oficial del Estado", "164")
    assert reference.kind is ReferenceKind.LEGISLATION


def test_an_announcement_of_a_journal_ends_with_its_sentence() -> None:
    reference = found(
        line("I. DISPOSICIONES GENERALES", 0.05, size=15, bold=True),
        line("MINISTERIO DE PUERTOS", 0.1, size=15),
        line("Resolución de 8 de julio de 2024, de la Dirección General de", 0.2),
        line("Presas, por la que se publican las tablas.", 0.215),
        line("Vista la relación de presas del país,", 0.25),
        title="Disposición 1 del BOE núm. 172 de 2024",
        author="MINISTERIO DE PUERTOS",
    )
    assert reference.title.endswith(
        "Dirección General de Presas, por la que se publican las tablas"
    )
    assert (reference.container, reference.issue) == ("Boletín Oficial del Estado", "172")


def test_an_act_says_what_it_is_to_do() -> None:
    reference = found(line("An Act", 0.2, size=18), line("To improve the weirs of the land.", 0.25))
    assert reference.title == "An Act To improve the weirs of the land"


def test_of_an_empty_document_the_name_is_known() -> None:
    said = said_of(Outline("", 0), [], "x")
    assert said == [(TITLE, Origin.FILE_NAME, "x")]


def test_of_a_line_without_an_end_the_beginning_is_looked_at() -> None:
    front = front_matter([page([line("1," * 100_000, 0.1)])])
    assert [len(one.text) for one in front.lines] == [1_000]
