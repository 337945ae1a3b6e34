import pytest

from desktop_rag.cli.gold_answers import holds, recall, words_of


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It is the Saffir–Simpson scale.", "Saffir-Simpson Scale"),
        ("Nació en CÁDIZ [2].", "cadiz"),
        ("Cost of sales was $1,234.50.", "1.234,5"),
        ("It was 36 500 m.", "36,500"),
        ("It was 36\u202f500 m.", "36500"),
        ("They paid 303 dollars.", "$303.00"),
        ("El 12,50 %", "12.5%"),
        ("1'234'567 Swiss francs", "1,234,567"),
        ("un aljibe de los grandes", "el aljibe de grandes"),
        ("A 0.125 l bottle", "0,125"),
        ("They are the [3] four", "the four"),
        ("Fe₂O₃", "Fe2O3"),
        ("¿Sí mismo?", "sí mismo"),
    ],
)
def test_the_same_answer_is_held_however_it_is_written(text: str, answer: str) -> None:
    assert holds(text, ["something else", answer])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It was 1250.", "125"),
        ("It was 12.5.", "125"),
        ("It was 0.125.", "125"),
        ("Catalan", "cat"),
        ("red and blue", "red blue"),
        ("It says so [2].", "2"),
        ("1.5", "1"),
        ("", "x"),
        ("anything", ""),
        ("anything", "…"),
    ],
)
def test_another_answer_is_not_held(text: str, answer: str) -> None:
    assert not holds(text, [answer])


def test_articles_do_not_count() -> None:
    assert words_of("The cat, el gato") == ("cat", "gato")


def test_recall_is_that_of_the_nearest_answer() -> None:
    assert recall("A red boat sank", ["the red ship", "red boat in May sank"]) == 3 / 5
    assert recall("A red boat", []) == recall("A red boat", ["…"]) == 0.0
