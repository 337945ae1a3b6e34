import pytest

from desktop_rag.ingest.references.front_matter import front_matter
from desktop_rag.ingest.references.issues import dates, issued
from tests.fakes import line, lines, page

BODY = lines(["The keeper wrote down every ship that passed the light that year."] * 9, 0.4)


def when(*texts: str, body=BODY) -> str:
    return issued(front_matter([page([*lines(texts, 0.1), *body])]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on the 3rd of May 2019", ["2019-05-03"]),
        ("Lima, 3 de mayo del 2019", ["2019-05-03"]),
        ("MAYO 2019 and Sept. 2020", ["2019-05", "2020-09"]),
        ("22-SEP-2005", ["2005-09-22"]),
        ("2019-05-03 or 3.5.2019 or 05/13/2019", ["2019-05-03", "2019-05-03", "2019-05-13"]),
        ("31 de febrero de 2019", []),
        ("versions 1.2.2019.4 and 2019", []),
        ("marching 2019", []),
    ],
)
def test_dates_are_read_in_both_languages(text, found) -> None:
    assert list(dates(text)) == found


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Fecha de emisión: 15 de marzo de 2024", "2024-03-15"),
        ("Published on May 3, 2019", "2019-05-03"),
        ("Publicación: 22-SEP-2005 | Promulgación: 17-SEP-2005", "2005-09-22"),
        ("Segunda edición, 2011", "2011"),
        ("(Rev. December 2010)", "2010-12"),
        ("60% antes de diciembre de 2026.", ""),
        ("Año: 2018", "2018"),
        ("arXiv:1501.00001v2 [cs.CL] 4 Dec 2021", "2021-12-04"),
        ("Madrid, 8 de julio de 2024", "2024-07-08"),
        ("September 5, 2022", "2022-09-05"),
        ("© 2016 Harbour Press. All rights reserved.", "2016"),
        ("Copyright 2014-2017 Harbour Press", "2017"),
        ("Documento generado el: 20 de junio de 2024", ""),
        ("In our full year 2022 results of May 3, 2022 we said so to all", ""),
        ("fiestas laborales para el año 2025.", ""),
        ("Fecha de nacimiento: 3 de mayo de 1950", ""),
    ],
)
def test_a_document_says_when_it_was_issued(text, date) -> None:
    assert when("The Weir", text) == date


def test_a_date_within_the_text_is_not_its_own() -> None:
    assert when("The Weir", body=[*BODY, line("May 3, 2019", 0.8)]) == ""


def test_a_date_in_the_cell_of_a_table_is_not_the_documents_own() -> None:
    cells = [line("06/03/2019", 0.2), line("DISTRICT DIRECTOR", 0.2, 0.5)]
    assert issued(front_matter([page([*cells, *BODY])])) == ""
    assert issued(front_matter([page([cells[0], *BODY])])) == "2019-03-06"


def test_what_is_labelled_counts_before_what_is_claimed() -> None:
    assert when("© 2016 Harbour Press", "Date: 3 May 2019") == "2019-05-03"
