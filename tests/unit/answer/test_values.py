import pytest

from desktop_rag.answer.values import is_about, value_in


def value(question: str, sentence: str) -> str | None:
    span = value_in(question, sentence)
    return None if span is None else sentence[slice(*span)]


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("When was it signed?", "Signed in Leeds on 3 March 2021 by both parties.", "3 March 2021"),
        ("¿Cuándo se firmó?", "Se firma en Lugo, a 3 de marzo de 2021.", "3 de marzo de 2021"),
        ("Fecha de vencimiento", "El pagaré vence el 31/12/2025.", "31/12/2025"),
        ("In what year was it founded?", "It was founded in 1871 by two brothers.", "1871"),
        ("How much is the rent?", "The tenant pays a rent of € 1,250.50.", "€ 1,250.50"),
        ("Renta", "La renta mensual es de 1.250,50 euros.", "1.250,50 euros"),
        ("What percentage was paid?", "Of 200 invoices 45.5 % were paid.", "45.5 %"),
        ("Duration", "The term of this agreement is 24 months.", "24 months"),
        ("Who is the tenant?", "The tenant is Maud de la Roche, of age.", "Maud de la Roche"),
        ("¿Quién es el arrendatario?", "El arrendatario es Íñigo Peña.", "Íñigo Peña"),
        ("Author", "By Anna Smith", "Anna Smith"),
        ("How much is the deposit?", "The deposit is 1828 euros in all.", "1828 euros"),
        ("When was it paid?", "The deposit of 1828 euros was paid in 2019.", "2019"),
    ],
)
def test_what_is_asked_for_is_taken_out_of_its_sentence(question, sentence, told) -> None:
    assert value(question, sentence) == told


@pytest.mark.parametrize(
    ("question", "told"), [("How much is the rent?", "900 euros"), ("Deposit", "1,800 euros")]
)
def test_of_several_amounts_the_one_beside_words_of_the_question_is_taken(question, told) -> None:
    sentence = "The rent is 900 euros and the deposit is 1,800 euros."
    assert value(question, sentence) == told


def test_a_sentence_is_about_what_it_has_a_word_of_also_in_the_other_language() -> None:
    assert is_about("When does it end?", "The contract ends on Monday.")
    assert is_about("When was the contract signed?", "El contrato se firmó ayer.")
    assert not is_about("How much is the deposit?", "The rent is 900 euros.")
    assert is_about("When?", "The rent is 900 euros.")


def test_of_several_values_that_may_be_meant_none_is_taken() -> None:
    sentence = "The contract begins on 1 March 2020 and ends on 28 February 2023."
    assert value("When does the contract end?", sentence) is None


def test_a_name_far_from_the_words_of_the_question_is_not_taken() -> None:
    sentence = "A revolt against the owner of the mine was put down in the hills by Ada Whitcombe."
    assert value("Who is the owner?", sentence) is None
    assert value("Who is the owner?", "The owner is Ada Whitcombe, of age.") == "Ada Whitcombe"


def test_what_the_question_says_itself_is_no_answer_to_it() -> None:
    sentence = "In 2019 the company sold 40 lamps."
    assert value("How many lamps were sold in 2019?", sentence) == "40"
    assert value("When was Anna Smith born?", "Anna Smith was a painter.") is None


def test_a_question_for_no_value_has_the_whole_sentence() -> None:
    assert value("What do they conclude?", "We conclude that 12 is better than 13.") is None
