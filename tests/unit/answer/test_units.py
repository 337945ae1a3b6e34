from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer.units import STATING, UnitRole, told, units


def parts(text: str, language: str = "en") -> list[tuple[UnitRole, str]]:
    return [(unit.role, told(unit, text)) for unit in units(text, language)]


def roles(text: str, language: str = "en") -> list[str]:
    return [unit.role.value for unit in units(text, language)]


def test_a_heading_heads_the_items_below_it() -> None:
    text = "Small kiln\n• Price: 40 euros\n• Power: 2 kW\nThe large kiln is sold out this year."
    assert parts(text) == [
        (UnitRole.HEADING, "Small kiln"),
        (UnitRole.ITEM, "Small kiln • Price: 40 euros"),
        (UnitRole.ITEM, "Small kiln • Power: 2 kW"),
        (UnitRole.STATEMENT, "The large kiln is sold out this year."),
    ]


def test_a_heading_with_a_number_is_one() -> None:
    assert roles("3. Firing the kiln\nWait for a day before it is opened again.") == [
        "heading",
        "statement",
    ]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Cuarta. Depósito", "es"),
        ("Artículo 12. Depósito y llaves", "es"),
        ("Section 4. Deposit", "en"),
    ],
)
def test_the_number_and_the_name_of_a_clause_are_one_heading(name: str, language: str) -> None:
    text = f"{name}\nSe pagan dos meses."
    assert parts(text, language) == [
        (UnitRole.HEADING, name),
        (UnitRole.STATEMENT, f"{name} Se pagan dos meses."),
    ]


def test_two_short_sentences_on_a_line_are_no_heading() -> None:
    assert roles("Wait there. The kiln is hot.") == ["statement", "statement"]


def test_lines_with_numbers_are_a_list() -> None:
    text = "To fire:\n1. Load the shelves\n2. Close the door\nThen it is left alone for a day."
    found = parts(text)
    assert [role for role, _ in found] == [
        UnitRole.INTRO,
        UnitRole.ITEM,
        UnitRole.ITEM,
        UnitRole.STATEMENT,
    ]
    assert found[2][1] == "To fire: 2. Close the door"
    assert found[3][1] == "Then it is left alone for a day."


def test_a_question_in_a_document_heads_its_answer_alone() -> None:
    text = "¿Cada cuánto se limpia?\nCada tres meses.\nLa llave está en la puerta de atrás."
    assert parts(text, "es") == [
        (UnitRole.QUESTION, "¿Cada cuánto se limpia?"),
        (UnitRole.STATEMENT, "¿Cada cuánto se limpia? Cada tres meses."),
        (UnitRole.STATEMENT, "La llave está en la puerta de atrás."),
    ]


def test_a_row_is_told_with_the_names_of_its_columns() -> None:
    text = "Glaze\tHeat\nCeladon\t1280\nTenmoku\t1300"
    assert [words for _, words in parts(text)] == [
        "Glaze Heat",
        "Glaze Heat Celadon 1280",
        "Glaze Heat Tenmoku 1300",
    ]


def test_a_first_row_of_figures_names_no_columns() -> None:
    assert parts("Celadon\t1280\t4\n1300\t5\t6")[1][1] == "1300 5 6"


def test_an_item_that_is_a_name_heads_what_is_told_of_it() -> None:
    text = "• Celadon\n• Heat: 1280\n• Colour: green\n• Tenmoku\n• Heat: 1300"
    assert parts(text)[1][1] == "• Celadon • Heat: 1280"
    assert parts(text)[2][1] == "• Celadon • Colour: green"
    assert parts(text)[4][1] == "• Tenmoku • Heat: 1300"


@pytest.mark.parametrize("line", ["Firing ......... 12", "Glazes . . . . . . 7", "4.", "Name ____"])
def test_leaders_and_lone_numbers_state_nothing(line) -> None:
    (unit,) = units(line, "en")
    assert unit.role is UnitRole.LEADER
    assert unit.role not in STATING


@given(st.text(alphabet=st.sampled_from("aB. ?:\n\t•1)-…¿"), max_size=80))
def test_units_come_in_order_and_lose_no_word(text) -> None:
    found = units(text, "en")
    spans = [(unit.start, unit.end) for unit in found]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(
        text[a:b].strip() for unit in found for a, b in [(unit.start, unit.end), *unit.heads]
    )
