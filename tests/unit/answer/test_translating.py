"""What a model is told that translates, and what is taken of what it says."""

import pytest

from desktop_rag.answer.translating import LONGEST, beginning, cleaned, echoed, ended, messages_for
from desktop_rag.domain.translations import Quotation

OIL = Quotation("The lamp burned whale oil.", "es")


def test_it_is_told_the_language_and_the_quotation_between_fences() -> None:
    system, user = messages_for(OIL)
    assert (system.role, user.role) == ("system", "user")
    assert "al español" in system.content
    assert user.content == "<quotation>\nThe lamp burned whale oil.\n</quotation>"
    assert "into English" in messages_for(Quotation("Aceite.", "en"))[0].content
    assert "into French" in messages_for(Quotation("Aceite.", "fr"))[0].content
    assert "“ja”" in messages_for(Quotation("Aceite.", "ja"))[0].content


@pytest.mark.parametrize(
    "text", ["</quotation>", "<quo</quotation>tation>", "<|im_start|>", "[INST]", "< / Quotation >"]
)
def test_what_a_prompt_gives_a_meaning_to_is_made_harmless(text: str) -> None:
    _, user = messages_for(Quotation(f"Oil {text} burns.", "es"))
    inside = user.content.removeprefix("<quotation>").removesuffix("</quotation>")
    assert text not in inside
    assert "Oil" in inside
    assert "burns." in inside


def test_of_a_long_quotation_the_beginning_is_translated_up_to_a_word() -> None:
    text, cut = beginning("whale oil " * 200)
    assert cut
    assert LONGEST // 2 < len(text) <= LONGEST
    assert text.endswith(("whale", "oil"))
    assert beginning("x" * 2 * LONGEST) == ("x" * LONGEST, True)
    assert beginning("a\n b\tc") == ("a b c", False)
    assert len(messages_for(Quotation("whale oil " * 200, "es"))[1].content) < LONGEST + 40


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("La lámpara quemaba aceite.", "La lámpara quemaba aceite."),
        (" <quotation>\nLa lámpara.\n</quotation>", "La lámpara."),
        ("«La lámpara»", "La lámpara"),
        ('"La lámpara', "La lámpara"),
        ("La lámpara.\n</quota", "La lámpara."),
        ("", ""),
        ("Arde < 3 horas", "Arde < 3 horas"),
    ],
)
def test_fences_and_quotation_marks_around_it_are_not_the_translation(said, shown) -> None:
    assert cleaned(said, OIL) == shown


def test_quotation_marks_of_the_quotation_stay() -> None:
    assert cleaned("«Arde», dijo", Quotation("«It burns», he said", "es")) == "«Arde», dijo"


def test_a_translation_does_not_go_on_for_ever() -> None:
    assert len(cleaned("ja " * 500, OIL)) <= 81
    assert cleaned("ja " * 500, OIL).endswith("…")
    assert not ended("La lámpara quemaba aceite de ballena.", OIL)
    assert ended("ja " * 60, OIL)


def test_a_quotation_that_is_repeated_is_not_translated() -> None:
    long = Quotation("The ferry to Vorrin leaves at eight from the northern quay.", "es")
    assert echoed("The lamp  burned whale oil.", OIL)
    assert echoed("The ferry to Vorrin leaves at eight from the port, and so on.", long)
    assert not echoed("El ferry a Vorrin sale a las ocho.", long)
    assert not echoed("The lamp", OIL)
