import random
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.engines.pdf.legibility import REPLACEMENT, meaningless, trusted, unspeakable

TRUE = {
    "english": "The keeper kept a careful record of every vessel that passed the light, though "
    "nobody had asked him to do so since the harbour was closed to larger ships.",
    "spanish": "El farero encendía la lámpara cada anochecer, aunque nadie navegara ya por "
    "aquellas aguas desde que cerraron el puerto a las grandes embarcaciones.",
    "german": "Der Leuchtturmwärter führte sorgfältig Buch über jedes Schiff, obwohl niemand "
    "danach fragte; Angstschweiß, Rechtsschutz und Herbstschmuck schrieb er groß.",
    "czech": "Strážce majáku vedl pečlivý záznam o každé lodi, která proplula kolem světla. "
    "Strč prst skrz krk, říkával, když čtvrt hodiny trvala smršť a potom vítr docela ustal.",
    "polish": "Latarnik prowadził staranny zapis każdego statku, który przepływał w pobliżu; "
    "chrząszcz brzmi w trzcinie, wszczęto źdźbła i szczęście wstrząsnęło nim.",
    "welsh": "Cadwodd ceidwad y goleudy gofnod gofalus o bob llong a aeth heibio i'r goleuni, "
    "er na ofynnodd neb iddo wneud hynny ers i'r harbwr gau i longau mwy.",
    "vietnamese": "Người giữ hải đăng ghi chép cẩn thận từng con tàu đi qua, mặc dù không ai "
    "yêu cầu ông làm như vậy kể từ khi bến cảng đóng cửa với những con tàu lớn hơn.",
    "turkish": "Fener bekçisi geçen her geminin dikkatli bir kaydını tuttu, ancak liman büyük "
    "gemilere kapatıldığından beri kimse ondan bunu yapmasını istememişti.",
    "russian": "Смотритель маяка вёл тщательную запись каждого судна, проходившего мимо.",
    "greek": "Ο φαροφύλακας κρατούσε προσεκτικά αρχείο κάθε πλοίου που περνούσε.",
    "arabic": "كان حارس المنارة يحتفظ بسجل دقيق لكل سفينة تمر بالقرب من الضوء.",
    "hebrew": "שומר המגדלור ניהל רישום קפדני של כל כלי שיט שעבר.",
    "hindi": "प्रकाशस्तंभ के रक्षक ने हर जहाज का सावधानीपूर्वक रिकॉर्ड रखा।",
    "thai": "ผู้ดูแลประภาคารบันทึกเรือทุกลำที่แล่นผ่านแสงไฟอย่างระมัดระวัง",
    "chinese": "灯塔看守人仔细记录了每一艘经过的船只。" * 3,
    "japanese": "灯台守は通り過ぎるすべての船を注意深く記録していた。" * 3,
    "korean": "등대지기는 지나가는 모든 배를 주의 깊게 기록했다.",
    "figures": "12,345.67 (1,204) 98.2% 2023 – 4.1 € 17 " * 20,
    "formula": "∑ᵢ xᵢ² ≤ ∫ f(x) dx ⇒ ∀ε > 0 ∃δ : |x − y| < δ \uf0a7 α β γ ≈ 3.14 " * 3,
    "code": "for (int i = 0; i < n; ++i) { buffer[i] = strlen(names[i]); printf(format, total); } "
    "while (cursor != NULL) { struct node *next = cursor->next; free(cursor); cursor = next; }",
    "genes": "ACGTTGCAAC GGATCCTTAG ATGCCGTAAC TTAGGCATCG " * 10,
    "hexadecimal": "deadbeef cafebabe 8badf00d feedface 0a1b2c3d 99aabbcc " * 8,
}


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE.keys())
def test_true_text_of_any_kind_is_taken_as_it_is(text: str) -> None:
    words = (text + " ").split() * 4
    assert not meaningless(" ".join(words))
    assert not unspeakable(words)


@pytest.mark.parametrize("shift", [3, -29, 1, -1])
@pytest.mark.parametrize("language", ["english", "spanish"])
def test_letters_that_stand_for_others_are_of_no_language(language: str, shift: int) -> None:
    plain = unicodedata.normalize("NFKD", TRUE[language]).encode("ascii", "ignore").decode()
    shifted = ["".join(chr(max(1, ord(sign) + shift)) for sign in word) for word in plain.split()]
    assert unspeakable(shifted * 4)


def test_most_secret_alphabets_are_of_no_language() -> None:
    chance = random.Random(4)  # noqa: S311
    caught = 0
    for _ in range(50):
        letters = "".join(chance.sample(string.ascii_lowercase, 26))
        table = str.maketrans(string.ascii_lowercase, letters)
        caught += unspeakable(TRUE["english"].lower().translate(table).split() * 4)
    assert caught > 20


def test_a_few_words_are_never_judged() -> None:
    assert not unspeakable(["HTML", "NYSE", "XBRL", "PDF", "SSRN"] * 5)


@pytest.mark.parametrize("sign", [REPLACEMENT, "\ue012", "\x03", "\U000f0001", "\uffff"])
def test_signs_without_meaning_make_text_meaningless(sign: str) -> None:
    assert meaningless(f"{sign * 4} {sign * 7} page {sign * 12} 3")
    assert not meaningless(TRUE["english"] + sign * 5)  # such as bullets
    assert not meaningless(sign * 5)  # such as an arrow in a corner


def test_signs_of_symbol_fonts_are_expected_in_formulas_but_not_instead_of_text() -> None:
    assert not meaningless("1 \uf02b 1 \uf0b4 22 \uf03d 23, " * 20)
    assert meaningless("\uf054\uf068\uf065 \uf06c\uf069\uf067\uf068\uf074 " * 20)


@given(
    st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z"], exclude_characters="\ufffd"))
)
def test_what_has_a_meaning_is_never_meaningless(text: str) -> None:
    assert not meaningless(text)


@given(st.lists(st.text()))
def test_any_words_can_be_judged(words: list[str]) -> None:
    meaningless(" ".join(words))
    if unspeakable(words):
        assert not trusted([word for word in words if word.isascii()])


def test_codes_are_trusted_where_they_are_words() -> None:
    assert trusted(TRUE["english"].split())
    assert not trusted(["(K", "ƥKNRNEN", "$LL@MTDK", "+¤UHM@R", "RNRSDMDU@", "BGD", "řHK"])
    assert not trusted(['!"', "!", "#$", "%&"])
    assert not trusted(["⤶㩈", "ĴǎƶơǎƹŎķ", "䩱䆀ຝ㶜"])


def test_a_few_words_among_signs_that_mean_nothing_make_no_text_trusted() -> None:
    words = ["harbour", "light", "keeper", "vessel", "record"]
    assert trusted(words)
    assert not trusted([*words, *["⤶㩈䩱䆀ຝ㶜"] * 40])
