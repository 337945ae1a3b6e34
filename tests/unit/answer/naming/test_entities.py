"""Who, where, when and how much passages name, each once, with its places."""

import pytest

from desktop_rag.answer.naming.entities import MOST, entities, most_named
from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.domain.entities import EntityKind
from desktop_rag.domain.passages import Hit
from desktop_rag.engines.store import analyzer

PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
ORGANISATION, DATE, AMOUNT = EntityKind.ORGANISATION, EntityKind.DATE, EntityKind.AMOUNT
D = DocumentId("d")


def passage(text: str, ordinal: int = 0, language: str = "en", **more: object) -> Hit:
    return Hit(D, ordinal, ordinal, str(ordinal + 1), "T", text, (), 1.0, language=language, **more)


def named(*texts: str, language: str = "en") -> dict[EntityKind, list[str]]:
    passages = [passage(text, at, language) for at, text in enumerate(texts)]
    found: dict[EntityKind, list[str]] = {}
    for one in entities(passages, analyzer):
        found.setdefault(one.kind, []).append(one.text)
    return found


@pytest.mark.parametrize(
    ("text", "language", "kind", "name"),
    [
        ("The lamp was lit by Martha Quill at night.", "en", PERSON, "Martha Quill"),
        ("The lamp was lit by Dr. Vorrin at night.", "en", PERSON, "Dr. Vorrin"),
        ("La lámpara la encendió doña Zulma Prats.", "es", PERSON, "Zulma Prats"),
        ("Firma el contrato J. K. Quilder por sí.", "es", PERSON, "J. K. Quilder"),
        ("A house of the architect Olm Brandt burned.", "en", PERSON, "Olm Brandt"),
        ("Lo dibujó el arquitecto alemán Gotz Varn ayer.", "es", PERSON, "Gotz Varn"),
        ("It was paid by Vorrin Lamps, Inc. in cash.", "en", ORGANISATION, "Vorrin Lamps, Inc"),
        ("Lo compró Faros del Norte S.A. al contado.", "es", ORGANISATION, "Faros del Norte S.A"),
        ("It was built by the Vorrin Lighthouse Company.", "en", ORGANISATION, None),
        ("He read at the University of Vorrin for years.", "en", ORGANISATION, None),
        ("Estudió en la Universidad de los Faros hasta hoy.", "es", ORGANISATION, None),
        ("Rules of the Food and Lamp Administration apply.", "en", ORGANISATION, None),
        ("Ships came from Portugal with oil.", "en", PLACE, "Portugal"),
        ("Los barcos llegaban de Nueva York con aceite.", "es", PLACE, "Nueva York"),
        ("They met on the Vorrin River at noon.", "en", PLACE, "Vorrin River"),
        ("Vivió en la Calle Mayor hasta su muerte.", "es", PLACE, "Calle Mayor"),
        ("It was signed on 5 March 2021 at noon.", "en", DATE, "5 March 2021"),
        ("Se firmó el 3 de enero de 1999 en casa.", "es", DATE, "3 de enero de 1999"),
        ("It burned down in 1871 after a storm.", "en", DATE, "1871"),
        ("The rent is $1,200 a month, no less.", "en", AMOUNT, "$1,200"),
        ("La renta sube un 3,5 % cada año.", "es", AMOUNT, "3,5 %"),
        ("Se avisará con treinta días de antelación.", "es", AMOUNT, "treinta días"),
        ("It cost 4 million euros in all.", "en", AMOUNT, "4 million euros"),
    ],
)
def test_a_name_is_told_for_what_it_is(text, language, kind, name) -> None:
    found = named(text, language=language)[kind]
    assert len(found) == 1
    assert name is None or found == [name]
    assert found[0] in text


def test_forms_of_one_name_are_one_name() -> None:
    found = entities(
        [
            passage("Paga Juan García López la renta de la casa.", 0, "es"),
            passage("El Sr. García López vive lejos. La casa es de García.", 1, "es"),
        ],
        analyzer,
    )
    assert [(one.text, len(one.places)) for one in found] == [("Juan García López", 3)]


def test_a_company_goes_by_its_name_without_its_ending_and_by_its_initials() -> None:
    text = "Oil is sold by Vorrin Lamps Inc. to many. We know that Vorrin Lamps is honest."
    assert named(text)[ORGANISATION] == ["Vorrin Lamps Inc"]
    text = "La Organización de Faros Unidos (OFU) manda. Lo dice la OFU en su carta."
    assert named(text, language="es")[ORGANISATION] == ["Organización de Faros Unidos"]


def test_dates_and_amounts_are_the_same_however_they_are_written() -> None:
    text = "Signed on 5 March 2021. Since March 5, 2021 it costs 2 million dollars, or $2,000,000."
    found = entities([passage(text)], analyzer)
    assert [(one.kind, len(one.places)) for one in found] == [(DATE, 2), (AMOUNT, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Lamps were lit. Oil was dear. Keepers slept.",
        "THE KEEPER OF THE LAMP AND MARTHA QUILL",
        "NOTICE: PORTUGAL, SPAIN AND OSLO",
        "The Agreement binds the Tenant and the Landlord.",
        "Of Lamps, Oil And Keepers Of The Old Days",
        "See Article 4 and Chapter 2 of Annex I.",
        "Law 1999 is on page 2001.",
    ],
)
def test_what_opens_a_sentence_capitals_and_parts_of_texts_name_nothing(text) -> None:
    assert named(text) == {}


def test_what_is_named_in_one_breath_is_of_one_kind() -> None:
    text = "The lamp was seen by Martha Quill and Ombra Selk. It shone on."
    assert named(text)[PERSON] == ["Martha Quill", "Ombra Selk"]
    text = "Both Apple and Portugal grew. Also Martha Quill, Portugal grew."
    assert named(text)[PLACE] == ["Portugal"]


def test_a_word_that_the_document_writes_small_is_no_name() -> None:
    assert PLACE in named("They live in Orlo now. We met in Orlo then.")
    assert named("They live in Orlo now. We met in Orlo then. An orlo is a lamp.") == {}


def test_every_place_has_the_words_that_name_it() -> None:
    texts = ["• Martha Quill — “keeper” — came from Portugal…", "In 1871 M. Quill paid 5 %."]
    passages = [passage(text, at) for at, text in enumerate(texts)]
    for one in entities(passages, analyzer):
        for place in one.places:
            words = texts[place.passage][place.start : place.end]
            assert words == one.text or words.split()[-1] in one.text


def test_only_the_kinds_that_are_asked_for_are_told_and_furniture_is_not_read() -> None:
    text = "Martha Quill paid $40 in 1871."
    assert {one.kind for one in entities([passage(text)], analyzer, [DATE])} == {DATE}
    assert entities([passage(text, layer=Layer.FURNITURE)], analyzer) == []


def test_of_very_many_the_most_named_are_listed() -> None:
    texts = [f"It cost {at} euros." for at in range(2, MOST + 12)]
    found = entities([passage(" ".join(texts)), passage("It cost 7 euros.", 1)], analyzer)
    assert len(found) == MOST + 10
    listed = most_named(found)
    assert (len(listed), listed[0].text) == (MOST, "7 euros")
