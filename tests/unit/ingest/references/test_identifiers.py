import pytest

from desktop_rag.ingest.references.identifiers import arxiv, arxiv_month, doi, isbn, issn


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://doi.org/10.1000/ABC.12-3", "10.1000/abc.12-3"),
        ("(doi:10.1000/s0140(07)60-x).", "10.1000/s0140(07)60-x"),
        ("doi 10.1000/182, and more", "10.1000/182"),
        ("version 10.2/3", ""),
        ("", ""),
    ],
)
def test_a_doi_ends_before_the_signs_of_its_sentence(text, found) -> None:
    assert doi(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ISBN 978-0-306-40615-7", "978-0-306-40615-7"),
        ("ISBN-13: 9780306406157.", "9780306406157"),
        ("ISBN: 0-306-40615-2", "0-306-40615-2"),
        ("ISBN 080442957X", "080442957X"),
        ("ISBN (tapa blanda): 978 0 306 40615 7", "978-0-306-40615-7"),
        ("ISBN 978-0-306-40615-8", ""),
        ("ISBN 0-306-40615-3 / ISBN 0-306-40615-2", "0-306-40615-2"),
        ("978-0-306-40615-7", ""),
    ],
)
def test_an_isbn_has_the_right_check_digit(text, found) -> None:
    assert isbn(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ISSN 0378-5955", "0378-5955"),
        ("eISSN: 2434-561X", "2434-561X"),
        ("ISSN 0378-5956", ""),
        ("0378-5955", ""),
    ],
)
def test_an_issn_has_the_right_check_digit(text, found) -> None:
    assert issn(text) == found


def test_numbers_of_arxiv_tell_their_month() -> None:
    assert arxiv("arXiv:1501.00001v2 [cs.CL]") == "1501.00001"
    assert arxiv_month("1501.00001v2") == "2015-01"
    assert arxiv_month("1513.00001") == arxiv_month("report 1501.00001") == ""
