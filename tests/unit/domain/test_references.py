from __future__ import annotations

import pytest

from desktop_rag.domain.authors import Author
from desktop_rag.domain.references import (
    ATTRIBUTES,
    Origin,
    Reference,
    ReferenceField,
    ReferenceKind,
    iso_date,
    normal,
    reference_of,
)


def test_each_field_has_the_attribute_of_its_name() -> None:
    assert ATTRIBUTES[ReferenceField.KIND] == "kind"
    assert ATTRIBUTES[ReferenceField.CONTAINER] == "container"
    assert ATTRIBUTES[ReferenceField.LANGUAGE] == "language"


def test_what_a_person_says_is_believed_before_all_else() -> None:
    found = reference_of(
        [
            (ReferenceField.TITLE, Origin.PERSON, "Mine"),
            (ReferenceField.TITLE, Origin.ZOTERO, "Theirs"),
            (ReferenceField.ISSUED, Origin.FIRST_PAGE, "2020"),
            (ReferenceField.ISSUED, Origin.IMPORTED, "2021-5"),
        ]
    )
    assert (found.title, found.issued, found.year) == ("Mine", "2021-05", "2021")
    assert found.origin(ReferenceField.TITLE) is Origin.PERSON
    assert found.origin(ReferenceField.ISSUED) is Origin.IMPORTED
    assert found.origin(ReferenceField.DOI) is None


def test_what_a_list_describes_is_not_published_where_the_preprint_was() -> None:
    said = [
        (ReferenceField.PUBLISHER, Origin.FIRST_PAGE, "arXiv"),
        (ReferenceField.TITLE, Origin.FIRST_PAGE, "On weirs"),
        (ReferenceField.CONTAINER, Origin.ZOTERO, "Journal of Weirs"),
    ]
    assert reference_of(said).publisher == "arXiv"
    found = reference_of([*said, (ReferenceField.KIND, Origin.ZOTERO, "article-journal")])
    assert (found.publisher, found.title) == ("", "On weirs")
    assert found.container == "Journal of Weirs"


def test_what_a_field_cannot_hold_is_not_said() -> None:
    found = reference_of(
        [
            (ReferenceField.ISSUED, Origin.PERSON, "soon"),
            (ReferenceField.ISSUED, Origin.PROPERTIES, "1999"),
            (ReferenceField.KIND, Origin.PERSON, "pamphlet"),
            (ReferenceField.TITLE, Origin.PERSON, " \n "),
        ]
    )
    assert found == Reference(issued="1999")
    assert found.origin(ReferenceField.KIND) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021", "2021"),
        ("2021-3-5", "2021-03-05"),
        ("2021/03/05", "2021-03-05"),
        ("2021-03-05T10:00:00Z", "2021-03-05"),
        ("31/12/2020", "2020-12-31"),
        ("12/31/2020", "2020-12-31"),
        ("03.2020", "2020-03"),
        ("2021-02-30", ""),
        ("0000", ""),
        ("", ""),
        ("May", ""),
    ],
)
def test_a_date_is_kept_as_exact_as_it_is_given(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_what_is_kept_of_authors_is_read_back_as_it_was() -> None:
    kept = normal(ReferenceField.AUTHORS, "Banco de España; {Green Day}; Ana Pérez; Platón")
    found = reference_of([(ReferenceField.AUTHORS, Origin.PERSON, kept)])
    assert found.authors == (
        Author("Banco de España"),
        Author("Green Day"),
        Author("Pérez", "Ana"),
        Author("Platón"),
    )
    assert found.text(ReferenceField.AUTHORS) == kept


def test_a_record_is_an_item_of_csl_json() -> None:
    found = reference_of(
        [
            (ReferenceField.KIND, Origin.PERSON, "book"),
            (ReferenceField.TITLE, Origin.PERSON, "Rayuela"),
            (ReferenceField.AUTHORS, Origin.PERSON, "Julio Cortázar; Editorial Sudamericana"),
            (ReferenceField.ISSUED, Origin.PERSON, "1963-06"),
        ]
    )
    assert found.kind is ReferenceKind.BOOK
    assert found.csl("1") == {
        "id": "1",
        "type": "book",
        "title": "Rayuela",
        "author": [
            {"family": "Cortázar", "given": "Julio"},
            {"literal": "Editorial Sudamericana"},
        ],
        "issued": {"date-parts": [[1963, 6]]},
    }
