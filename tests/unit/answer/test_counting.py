"""What is to be counted or found everywhere, in the words that people ask for it."""

import pytest

from desktop_rag.answer.counting import about, census_of, exact_of, thing_of
from desktop_rag.domain.occurrences import Census, Counted, Needle

D, T, P = Counted.DOCUMENTS, Counted.TIMES, Counted.PLACES


@pytest.mark.parametrize(
    ("question", "counted", "needles"),
    [
        ("Which documents mention lanterns?", D, ["lanterns"]),
        ("which of my files talk about the harbour", D, ["harbour"]),
        ("How many of the documents mention tide tables?", D, ["tide tables"]),
        ("In which documents is Ana Ruiz mentioned?", D, ["Ana Ruiz"]),
        ("in how many reports does the word «quay» appear?", D, ["quay"]),
        ("documents mentioning lanterns", D, ["lanterns"]),
        ("please list the documents that mention lanterns", D, ["lanterns"]),
        ("¿En qué documentos aparece la marea?", D, ["marea"]),
        ("¿Cuántos documentos hablan de la marea?", D, ["marea"]),
        ("dime qué archivos mencionan a Ana Ruiz", D, ["Ana Ruiz"]),
        ("¿En cuántos contratos se menciona el faro?", D, ["faro"]),
        ("How many times is the tide mentioned?", T, ["tide"]),
        ("How often does Heron appear in the documents?", T, ["Heron"]),
        ("how many times do the documents mention tides", T, ["tides"]),
        ("How many mentions of the tide are there?", T, ["tide"]),
        ("How many occurrences of 'low tide' are there in total?", T, ["low tide"]),
        ("¿Cuántas veces aparece la palabra faro?", T, ["faro"]),
        ("¿Cuántas veces la palabra faro aparece?", T, ["faro"]),
        ("cuantas veces se nombra La Paz en mis documentos", T, ["La Paz"]),
        ("¿Con qué frecuencia se menciona el faro?", T, ["faro"]),
        ("¿Cuántas menciones hay de «marea baja»?", T, ["marea baja"]),
        ("List all mentions of the heron", P, ["heron"]),
        ("Find every sentence with “low tide”", P, ["low tide"]),
        ("Where is COVID-19 mentioned?", P, ["COVID-19"]),
        ("Show me all references to section 5.2", P, ["section 5.2"]),
        ("Lista todas las menciones de la marea", P, ["marea"]),
        ("¿Dónde se menciona a Ana?", P, ["Ana"]),
        ("¿En qué páginas aparece la marea?", P, ["marea"]),
        ("How many mentions of tides are there in the Heron report?", T, ["tides"]),
        ("¿Cuántas veces menciona el contrato la palabra faro?", T, ["faro"]),
        ("¿Cuántas veces menciona este informe a Ana Ruiz?", T, ["Ana Ruiz"]),
        ("Where is the tide first mentioned?", P, ["tide"]),
        ("¿Dónde aparece el faro por primera vez?", P, ["faro"]),
        ("In which documents does malaria occur?", D, ["malaria"]),
        ("Which contracts have a fixed term?", D, ["fixed term"]),
    ],
)
def test_what_is_counted_is_read_in_both_languages(question, counted, needles) -> None:
    census = census_of(question)
    assert census is not None
    assert (census.counted, [one.text for one in census.needles]) == (counted, needles)


@pytest.mark.parametrize(
    "question",
    [
        "How many documents are there?",
        "How many times did the team win?",
        "Where is the harbour?",
        "Where was gold found?",
        "How often is the boiler serviced?",
        "How many articles does the law have?",
        "Which books did Ana write?",
        "Which report has the highest figure?",
        "which text says that dogs bark?",
        "Where is it mentioned?",
        "¿Dónde está el puerto?",
        "¿Cuántas veces ganó el equipo?",
        "¿Cuántos artículos tiene la ley?",
        "¿Qué partes tiene la planta?",
        "Who pays the deposit?",
        "Where does malaria occur?",
        "How often do earthquakes occur?",
        "Where is the gene present?",
        "¿Dónde se habla español?",
        "¿Cuántas veces habla con su madre?",
        "How many reports have been filed since 2020?",
        "How many contracts has the company signed?",
        "Which contracts have expired?",
        "Which documents have to be kept for ten years?",
        "What documents do I have to present?",
        "How many documents have I signed?",
        "How many articles has the law?",
        "¿Qué libros usan los alumnos?",
        "What letters appear on the plate?",
        "which documents mention tides and not herons?",
        "¿Qué documentos mencionan «marea» pero no «faro»?",
    ],
)
def test_a_question_about_one_thing_counts_nothing(question) -> None:
    assert census_of(question) is None


def test_of_several_sentences_the_one_that_asks_for_mentions_is_read() -> None:
    two = census_of("I read about tides. Which documents mention the heron?")
    assert two.needles == (Needle("heron"),)
    assert census_of("Is there any mention of herons?").needles == (Needle("herons"),)
    assert census_of("lista de documentos que mencionan la marea").needles == (Needle("marea"),)


def test_a_name_may_have_a_word_that_compares_in_it() -> None:
    assert census_of("¿qué documentos mencionan la calle Mayor?").needles[0].text == "calle Mayor"
    assert census_of("which documents mention the latest tide?").needles[0].text == "latest tide"
    assert census_of("which documents have the highest tide?") is None


def test_quotes_and_what_is_called_a_word_are_meant_as_they_are_written() -> None:
    assert census_of("how many times does the word tide appear?").needles[0].literal
    assert census_of("which documents mention 'tides'?").needles[0].literal
    assert not census_of("which documents mention tides?").needles[0].literal
    assert not census_of("which documents mention the concept of justice?").needles[0].literal


@pytest.mark.parametrize(
    "question",
    [
        "Which documents don't mention the tide?",
        "which documents that do not contain tide",
        "¿Qué documentos no mencionan la marea?",
        "documents without tide",
        "¿Qué documentos no hablan de la marea?",
        "Which contracts have no tide?",
        "Which documents lack a tide?",
        "documents containing no tide",
        "¿Qué contratos carecen de marea?",
        "¿Qué contratos no tienen ninguna marea?",
    ],
)
def test_documents_that_lack_it_can_be_asked_for(question) -> None:
    census = census_of(question)
    assert census.lacking
    assert census.needles[0].text in {"tide", "marea"}


def test_a_sign_that_stands_for_nothing_is_no_phrase_in_quotes() -> None:
    assert census_of("how many times is the \ue000 mentioned") is None
    assert census_of("how many times is \ue000tide mentioned").needles == (Needle("tide"),)


def test_several_are_wanted_each_or_together() -> None:
    both = census_of("Which documents mention both Ana and Luis?")
    assert ([one.text for one in both.needles], both.every) == (["Ana", "Luis"], True)
    either = census_of("which documents mention Ana or Luis?")
    assert ([one.text for one in either.needles], either.every) == (["Ana", "Luis"], False)
    tanto = census_of("¿Qué documentos mencionan tanto Ana como Luis?")
    assert ([one.text for one in tanto.needles], tanto.every) == (["Ana", "Luis"], True)
    quoted = census_of("which documents mention «low tide» and «spring tide»?")
    assert ([one.text for one in quoted.needles], quoted.every) == (
        ["low tide", "spring tide"],
        True,
    )
    named = census_of("which documents mention Trinidad and Tobago?")
    assert [one.text for one in named.needles] == ["Trinidad and Tobago"]
    assert [one.text for one in named.parts] == ["Trinidad", "Tobago"]


def test_a_document_may_be_named_behind_it() -> None:
    census = census_of("how many times is goodwill mentioned in the Heron report?")
    assert (census.needles[0].text, census.within) == ("goodwill", "in the heron report")
    spanish = census_of("¿Cuántas veces aparece salud en el trabajo?")
    assert (spanish.needles[0].text, spanish.joined[0].text) == ("salud", "salud en el trabajo")
    whole = census_of("how many times is goodwill mentioned in all my documents?")
    assert (whole.within, whole.joined) == ("", ())


def test_a_list_is_about_a_thing() -> None:
    tenant = thing_of("list all obligations of the tenant")
    assert tenant.needles == (Needle("obligations of the tenant"),)
    assert (tenant.thing, tenant.everything) == (True, True)
    assert not thing_of("enumera los valores de la empresa").everything
    assert thing_of("dame todos los requisitos").needles == (Needle("requisitos"),)


@pytest.mark.parametrize(
    "question", ["list all dates", "lista todas las personas mencionadas", "what are the symptoms"]
)
def test_what_is_found_by_what_it_is_is_no_thing_to_be_looked_for(question) -> None:
    assert thing_of(question) is None


def test_a_phrase_by_itself_is_looked_for_as_it_is() -> None:
    assert exact_of("«low tide»").needles == (Needle("low tide", literal=True),)
    assert exact_of("ISO 9001").needles == (Needle("ISO 9001", literal=True),)


def test_any_question_is_about_its_words_where_somebody_chose_a_list() -> None:
    assert about("what is the deposit?").needles == (Needle("is deposit"),)
    assert about("what is the deposit?").thing
    assert about("net income") == Census(Counted.PLACES, (Needle("net income"),))
    assert about("«net income» rose").needles == (Needle("net income", literal=True),)
    assert about("it?") is None


def test_what_is_not_so_is_found_by_no_words() -> None:
    assert thing_of("List all services that are not covered") is None
    assert thing_of("lista los servicios sin cobertura") is None
    assert thing_of("list all notices") is not None
