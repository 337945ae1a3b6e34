"""Names that every system takes are those that people read."""

import pytest

from desktop_rag.library.disk.file_names import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("A\udcf1o 2021.pdf", "Año 2021.pdf"),  # in Windows-1252, as old archives have it
        ("Año 2021.pdf", "Año 2021.pdf"),
        ("\ud800.pdf", "\ufffd.pdf"),
    ],
)
def test_a_document_is_exported_with_a_name_that_can_be_read(name, safe) -> None:
    assert safe_name(name) == safe
