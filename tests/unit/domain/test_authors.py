from __future__ import annotations

import pytest

from desktop_rag.domain.authors import Author, author_of, read, written


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Ada Lovelace", "Lovelace", "Ada"),
        ("Lovelace, Ada", "Lovelace", "Ada"),
        ("John R. R. Tolkien", "Tolkien", "John R. R."),
        ("Ana García López", "García López", "Ana"),
        ("Gabriel García Márquez", "García Márquez", "Gabriel"),
        ("John Michael Smith", "Smith", "John Michael"),
        ("María José Castillo Prado", "Castillo Prado", "María José"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("Miguel de Cervantes", "de Cervantes", "Miguel"),
        ("José Ortega y Gasset", "Ortega y Gasset", "José"),
        ("Platón", "Platón", ""),
        ("Ministerio de Hacienda", "Ministerio de Hacienda", ""),
        (
            "Universidad de Chile, Facultad de Derecho",
            "Universidad de Chile, Facultad de Derecho",
            "",
        ),
        ("{Green Day}", "Green Day", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_cut_where_its_family_name_begins(name: str, family: str, given: str) -> None:
    assert author_of(name) == Author(family, given)


@pytest.mark.parametrize(
    "author",
    [
        Author("Day", "Green"),
        Author("Green Day"),
        Author("World Bank"),
        Author("Acme; Sons"),
        Author("O'Neill", "Eugene"),
        Author("Banks", "Iain M."),
    ],
)
def test_a_name_that_was_written_is_read_back(author: Author) -> None:
    assert read(written([author])) == (author._replace(family=author.family.replace(";", ",")),)


def test_authors_are_told_apart_by_semicolons() -> None:
    assert [one.natural for one in read("Ana Pérez; ; Gil, Luis;")] == ["Ana Pérez", "Luis Gil"]
