"""Which row names the columns of a table."""

import pytest

from desktop_rag.engines.formats.table_heads import head_at


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([("Town", "Tons"), ("Ulm", "3")], 0),
        ([("Harvest", ""), ("Town", "Tons"), ("Ulm", "3")], 1),
        ([("", "Tons", "Price"), ("Ulm", "3", "4")], 0),
        ([("Town", "2021", "2022"), ("Ulm", "3", "4")], 0),
        ([("Town", "2021", "1850"), ("Ulm", "3", "4")], None),
        ([("3", "4"), ("5", "6")], None),
        ([("Ulm", "1.5 kg"), ("Bonn", "2 kg")], None),
        ([("Ulm", "12/03/2024"), ("Bonn", "13/03/2024")], None),
        ([("x", "y" * 300), ("a", "b")], None),
        ([("Ulm", "red"), ("Bonn", "red")], None),
        ([("Town", "Tons")], None),
        ([], None),
        ([(), ("", "")], None),
    ],
)
def test_names_are_words_that_stand_nowhere_below(rows, at) -> None:
    assert head_at(rows) == at
