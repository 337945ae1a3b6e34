import errno
import tempfile

import py3langid
import pytest

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.errors import DiskFull
from desktop_rag.engines.store import analyzer
from desktop_rag.engines.store.analyzer import fold, language, terms, words_of

SPANISH = "El farero de Vorrin llevaba un registro cuidadoso de cada barco que pasaba."
ENGLISH = "The keeper of Vorrin kept a careful record of every vessel that passed the light."
GERMAN = "Der Wärter führte ein sorgfältiges Verzeichnis aller Schiffe, die vorbeifuhren."
TEXTS = [
    SPANISH, ENGLISH, GERMAN, "", " ", "!? …", "1,526,762 10-K (4.1%)", "日本語です", "d'Or U.S.",
    "don't", "ÁÉÍÓÚ ñ ü ç İ ß ﬁ Ⅳ ½", "to be or not to be", "snake_case __init__", "한국어 문서",
]  # fmt: skip
LANGUAGES = [(), ("en",), ("es",), ("es", "en"), ("ja",), ("und",), ("xx", "de")]


def meet(a: str, b: str, *languages: str) -> bool:
    return bool(set(terms(a, languages)) & set(terms(b, languages)))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("languages", LANGUAGES)
def test_terms_can_be_joined_by_spaces_and_read_back(text, languages) -> None:
    found = terms(text, languages)
    assert " ".join(found).split() == found  # the index splits them at white space
    assert [fold(term) for term in found] == found
    assert bool(found) == any(map(str.isalnum, text))
    assert terms(text, languages) == found


@pytest.mark.parametrize("text", TEXTS)
def test_folding_twice_folds_no_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text.lower().upper())


@pytest.mark.parametrize("languages", LANGUAGES)
def test_accents_and_case_make_no_difference(languages) -> None:
    for plain, written in (
        ("canción", "CANCION"),
        ("pingüino", "PINGUINO"),
        ("índice", "Indice"),
        ("cafe\u0301", "café"),
        ("ﬁnance", "FINANCE"),
    ):
        assert terms(plain, languages) == terms(written, languages)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("canción", "canciones", "es"),
        ("farero", "fareros", "es"),
        ("cuidadoso", "cuidadosamente", "es"),
        ("el cálculo", "los calculos", "es"),
        ("vessel", "vessels", "en"),
        ("index", "indexing indexed", "en"),
        ("company's", "company", "en"),
        ("company’s", "companies company", "en"),
        ("Schiff", "Schiffe", "de"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str, code: str) -> None:
    assert meet(one, other, code)
    assert meet(one, other, "es", "en", "de")
    assert not meet(one, "otherwise", code)


def test_with_two_languages_a_word_meets_passages_in_either() -> None:
    for code in ("es", "en"):
        assert meet("canciones", "canciones", code)
        stored = terms("canciones", [code])
        assert set(stored) <= set(terms("canciones", ["es", "en"]))


def test_a_word_of_another_script_is_stemmed_by_it_and_kept_as_it_stands() -> None:
    """A notice in Hebrew and Arabic is told to be in one of them."""
    for code in ("he", "en"):
        assert {"الاطفال", *terms("للأطفال", ("ar",))} <= set(terms("الأطفال", (code,))), code
    assert terms("παιδιά", ("el",))[0] in terms("παιδιά", ("en",))
    assert terms("дети", ("ru",)) == terms("детям", ("ru",)) != ["детям"]
    assert set(terms("дети", ("ru",))) <= set(terms("детям", ("en",)))


def test_function_words_are_left_out() -> None:
    assert terms("the record of every vessel", ["en"]) == terms("record every vessel", ["en"])
    assert terms("el registro de los barcos", ["es"]) == terms("registro barcos", ["es"])
    assert "the" in terms("the registro", ["es"])
    assert terms("the el de of record", ["es", "en"]) == terms("record", ["es", "en"])


@pytest.mark.parametrize(
    ("text", "code"), [("to be or not to be", "en"), ("¿Qué es esto?", "es"), ("THE WHO", "en")]
)
def test_a_question_of_function_words_keeps_them(text: str, code: str) -> None:
    assert len(terms(text, [code])) == len(text.split())


@pytest.mark.parametrize(
    "number", ["1,526,762", "1.526.762,50", "3.14", "2018", "10", "10k", "1990s"]
)
def test_a_number_is_one_term_as_it_is_written(number: str) -> None:
    for codes in LANGUAGES:
        assert terms(f"${number}", codes) == [number]
        assert terms(f"({number}%).", codes) == [number]


def test_signs_around_words_do_not_matter() -> None:
    for text in ("«vessel»", "(vessel)", "vessel.", "¿vessel?", "vessel_", "-vessel-", "vessel’"):
        assert terms(text, ["en"]) == ["vessel"]


def test_parts_of_a_dotted_word_are_found_and_so_is_the_whole() -> None:
    found = terms("d'Orsay example.com", ["en"])
    assert {"orsay", "d'orsay", "example.com", "exampl", "com"} <= set(found)
    assert meet("Orsay", "Musée d'Orsay", "fr")


@pytest.mark.parametrize("code", ["ja", "zh", "en"])
def test_chinese_and_japanese_are_found_by_pairs_of_signs(code: str) -> None:
    assert terms("日本語", [code]) == ["日本", "本語"]
    assert terms("日", [code]) == ["日"]
    assert meet("本語", "日本語です", code)
    assert not meet("語日", "日本語です", code)
    assert terms("日本語。中文", [code]) == ["日本", "本語", "中文"]


@pytest.mark.parametrize("text", ["2023年度報告", "iPhone手机", "第3章内容"])
def test_nothing_of_a_mixed_word_is_lost(text: str) -> None:
    found = terms(text, ["zh"])
    assert all(any(sign in term for term in found) for sign in fold(text))


def test_korean_is_found_by_pairs_of_syllables() -> None:
    assert terms("한국어", ["ko"]) == ["한국", "국어"]


def test_words_come_folded_in_order_with_function_words() -> None:
    assert words_of("¿Qué dijo la Señora del D'Orsay, en 1,526?") == [
        "que", "dijo", "la", "senora", "del", "d'orsay", "en", "1,526",
    ]  # fmt: skip
    assert words_of("") == words_of("¿?") == []


@pytest.mark.parametrize("text", ["", "one", "a few words only here", "12 34"])
def test_a_few_words_do_not_tell_a_language(text: str) -> None:
    assert language(text) == language(text, ["es", "en"]) == UNKNOWN_LANGUAGE


@pytest.fixture(scope="module")
def identifier():
    return analyzer._identifier()


@pytest.mark.usefixtures("identifier")
def test_a_language_is_told() -> None:
    assert [language(text) for text in (SPANISH, ENGLISH, GERMAN)] == ["es", "en", "de"]


@pytest.mark.usefixtures("identifier")
def test_a_language_is_told_among_those_given() -> None:
    for text in (SPANISH, ENGLISH, GERMAN):
        for among in (["es", "en"], {"de", "ja"}, ["en"]):
            assert language(text, among) in among
    assert language(SPANISH, ["en", "es", "de"]) == "es"
    assert language(GERMAN, ["en", "es", "de"]) == "de"
    assert language(SPANISH, ["no such language"]) == UNKNOWN_LANGUAGE


PLAIN = {
    "en": "The keeper of the light kept a record of every vessel that passed, and which of them "
    "had been seen by the others from the tower.",
    "es": "El farero de la torre llevaba un registro de todos los barcos que pasaban y de las "
    "horas a las que fue visto cada uno, pero también según su bandera.",
    "pt": "O faroleiro da torre mantinha um registro de todos os navios que passavam e das horas "
    "em que cada um foi visto, mas também de acordo com a sua bandeira.",
    "ca": "El faroner de la torre portava un registre de tots els vaixells que passaven i de les "
    "hores en què va ser vist cada un, però també segons la seva bandera.",
    "nl": "De wachter van de toren hield een lijst bij van alle schepen die passeerden, of het nu "
    "dag is of nacht was, en van de uren waarop elk werd gezien door anderen.",
    "fr": "Le gardien de la tour tenait un registre de tous les navires qui passaient et des "
    "heures auxquelles chacun a été vu, mais aussi selon son pavillon.",
}


@pytest.mark.parametrize("code", PLAIN)
def test_languages_beside_english_and_spanish_are_not_taken_for_them(code: str) -> None:
    assert language(PLAIN[code]) == code
    assert (analyzer._plain(PLAIN[code].casefold().split()) or "") == code * (code in {"en", "es"})


def test_a_text_in_both_languages_is_not_decided_by_its_small_words() -> None:
    both = f"{PLAIN['en']} {PLAIN['es']}"
    assert not analyzer._plain(both.casefold().split())


def test_where_a_language_cannot_be_told_for_lack_of_room_it_is_said(monkeypatch, tmp_path) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    monkeypatch.setattr(py3langid.langid, "IDENTIFIER", None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    analyzer._identifier.cache_clear()
    with pytest.raises(DiskFull) as caught:
        language("Der Leuchtturm am Hafen brannte bis zum Morgen.")
    assert caught.value.path == str(tmp_path)
    monkeypatch.undo()
    assert language("Der Leuchtturm am Hafen brannte bis zum Morgen.") == "de"
