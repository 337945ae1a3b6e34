"""Which passages have an exact string of a question, and which only something like it."""

import pytest

from desktop_rag.answer.exactness import lifts, sought
from desktop_rag.engines.store.exact_strings import exact_strings, keys_of
from desktop_rag.engines.store.keys import evened

MANY = 1_000  # passages


def lifted(question: str, *passages: str, language: str = "en") -> list[float]:
    """By how much each passage is lifted for a question."""
    strings = sought(exact_strings(question))
    asked = {key for string in strings for key in string.weights}
    found = {
        row: frozenset(asked.intersection(keys_of(text, "", language)))
        for row, text in enumerate(passages)
    }
    lift = lifts(strings, {row: keys for row, keys in found.items() if keys}, MANY, beside=1)
    return [lift.get(row, 0.0) for row in range(len(passages))]


HASH = "4c7d659a2feaa0c55ad015a3bf4f1b9f86d08188"
ALIKE = [  # a question, what has it, and what comes after that
    ("KX-5501", "The pump KX-5501 leaks.", "The pump KX-5502 leaks."),
    ("KX 5501", "The pump KX-5501 leaks.", "The pump KX-5502 leaks."),
    ("KX5501", "The pump KX-5501 leaks.", "The pump KX-15501 leaks."),
    ("kx-5501", "The pump KX 5501 leaks.", "The pump KY 5501 leaks."),
    ("5501", "The pump KX-5501 leaks.", "The pump KX-5502 leaks."),
    ("5501", "There are 5501 stones.", "The pump KX-5501 leaks."),
    ("KX/5501", "The pump KX_5501 leaks.", "The pump KX-5502 leaks."),
    ("EN-1090:2018", "Made to EN-1090:2018 here.", "Made to EN-1090:2009 here."),
    ("EN 1090", "Made to EN-1090:2018 here.", "Made to EN-10901:2018 here."),
    ("read_timeout_ms", "Set read_timeout_ms first.", "Set readTimeoutMs first."),
    ("readTimeoutMs", "Set readTimeoutMs first.", "Set read_timeout_ms first."),
    ("readTimeoutMs", "Set read_timeout_ms first.", "Set read_timeout first."),
    ("MAX_LEVEL", "Set MAX_LEVEL here.", "Set MIN_LEVEL here."),
    ("§ 7.3.2", "§ 7.3.2 The roof.", "§ 7.3 The roof."),
    ("§ 7.3.2", "§ 7.3.2 The roof.", "§ 7.3.21 The roof."),
    ("§ 7.3.2", "§ 7.3.2 The roof.", "§ 7.3.2.1 The roof."),
    ("section 7.3.2", "§ 7.3.2 The roof.", "Version 7.3.2 is out."),
    ("sección 7.3.2", "Section 7.3.2. The roof.", "Section 73.2. The roof."),
    ("apartado 7.3", "7.3 The roof.", "7.30 The roof."),
    ("7.3.2", "7.3.2. The roof", "7.3.20. The roof"),
    ("art. 24.1", "El artículo 24.1 lo dice.", "El artículo 24.10 lo dice."),
    ("Article 24(1)", "See art. 24(1) there.", "See art. 24(2) there."),
    ("Annex IV", "As in Annex IV.", "As in Annex VI."),
    ("Figure 3a", "See Fig. 3a.", "See Fig. 3b."),
    ("table 4", "See Table 4.", "See Figure 4."),
    ("No. 17", "The house nº 17.", "The houses are 17."),
    ("10.7.0.12", "It is 10.7.0.12 now.", "It is 10.7.0.121 now."),
    ("10.7.0.12", "It is 10.7.0.12:8080 now.", "It is 10.70.12.1 now."),
    ("10.7.0.0/24", "In 10.7.0.0/24.", "In 10.7.0.0/25."),
    ("v2.4.1", "Release 2.4.1 is out.", "Release 2.4.11 is out."),
    ("2.4.1", "Release v2.4.1 is out.", "Release v2.41 is out."),
    ("version 2.4", "Version 2.4 is out.", "Version 2.40 is out."),
    ("2.4.1-rc2", "Release 2.4.1-rc2.", "Release 2.4.1-rc1."),
    ("ada.pool@quay.example", "To ada.pool@quay.example.", "To ad.pool@quay.example."),
    ("Ada.Pool@Quay.example", "To <ada.pool@quay.example>", "To ada@quay.example"),
    ("quay.example", "To ada@quay.example.", "To ada@dock.example."),
    ("https://quay.example/a?b=12", "At quay.example/a?b=12.", "At quay.example/a?b=13."),
    ("quay.example/a", "At http://www.quay.example/a/.", "At http://quay.example/b."),
    ("10.5555/abc.77", "https://doi.org/10.5555/abc.77", "https://doi.org/10.5555/abc.78"),
    ("doi:10.5555/abc.77", "DOI 10.5555/abc.77", "DOI 10.5555/abc.7"),
    ("GB29 NWBK 6016 1331 9268 19", "To GB29NWBK60161331926819.", "To GB29NWBK60161331926818."),
    ("ES9121000418450200051332", "A ES91 2100 0418 4502 0005 1332", "A ES91 2100 0418 4502 0005"),
    ("ESB12345678", "NIF ES-B12345678", "NIF ES-B12345679"),
    ("B-12345678", "NIF ESB12345678", "NIF ESB12345679"),
    ("B-12345678", "NIF: B12345678.", "NIF: B12345677."),
    ("DE 123 456 789", "USt-Id DE123456789", "USt-Id DE123456780"),
    ("+44 20 7946 0018", "Ring 020 7946 0018.", "Ring 020 7946 0081."),
    ("020 79460018", "Ring +44 (0)20 7946-0018.", "Ring +44 (0)20 7946-0081."),
    ("0044 20 7946 0018", "Ring +44 20 79460018.", "Ring +44 20 79460081."),
    ("912 345 670", "Tel. 91 234 56 70", "Tel. 91 234 56 71"),
    ("978-0-306-40615-7", "ISBN 9780306406157", "ISBN 9780306406164"),
    ("9780306406157", "ISBN 978-0-306-40615-7", "ISBN 978-0-306-40616-4"),
    ("ISBN 0-306-40615-2", "ISBN 978-0-306-40615-7", "ISBN 978-0-306-40616-4"),
    ("ISBN 978 0306406157", "978-0-306-40615-7", "978-0-306-40616-4"),
    (HASH, f"The sum is {HASH}.", f"The sum is {HASH[:-1]}0."),
    ("C++", "Written in C++ there.", "Written in C there."),
    ("C", "Written in C there.", "Written in C++ there."),
    ("C#", "Written in C#.", "Written in C."),
    (".NET", "It runs on .NET.", "It runs on the net."),
    ("F#", "C#, F#", "C#, G#"),
    ("Node.js", "It runs on Node.js.", "It runs on a node."),
    ("AT&T", "By AT&T.", "By AT and T."),
    ("QX/2021/0077", "File QX/2021/0077.", "File QX/2021/0078."),
    ("C-12/34", "Case C-12/34.", "Case C-123/4."),
    ("2,345.50", "It cost 2.345,50 €.", "It cost 2.345,05 €."),
    ("2345.5", "It cost 2,345.50.", "It cost 2,345.05."),
    ("2.345,50 €", "It cost €2,345.50.", "It cost €2,345.05."),
    ("2'345.50", "It cost 2 345,50.", "It cost 345,50."),
    ("CHF 2'345.50", "CHF 2'345.50 in all", "CHF 2'345.05 in all"),
    ("EUR 2345,50", "2 345,50 € in all", "2 345,05 € in all"),
    ("2 345,50", "It cost 2.345,50.", "It cost 23.455,0."),
    ("47500", "It holds 47,500 litres.", "It holds 4,750 litres."),
    ("47 500", "It holds 47500 litres.", "It holds 47 501 litres."),
    ("1234567", "It is 1.234.567 km.", "It is 1.234.568 km."),
    ("18 %", "A loss of 18% came.", "A loss of 18 came."),
    ("18%", "A loss of 18 percent.", "A loss of 81 %."),
    ("3,5 %", "A rate of 3.5%.", "A rate of 35%."),
    ("0,25 mm", "A gap of 0.25 mm.", "A gap of 25 mm."),
    ("10 kg", "It weighs 10kg.", "It weighs 10 t."),
    ("-15 °C", "Cooled to −15 °C.", "Warmed to 15 °C."),
    ("−15°C", "Cooled to -15 °C.", "Warmed to 15 °C."),
    ("15 °C", "Warmed to 15 °C.", "Cooled to −15 °C."),
    ("3/4", "A ¾ inch pipe.", "A 3 inch pipe."),
    ("1 1/2", "A 1½ inch pipe.", "A ½ inch pipe."),
    ("1998-2004", "The wars of 1998–2004.", "The wars of 1998 and later."),
    ("from 1998 to 2004", "The wars of 1998–2004.", "The wars of 1998–2003."),
    ("7 June 2021", "On 2021-06-07.", "On 2021-07-06."),
    ("June 7, 2021", "El 7 de junio de 2021.", "El 6 de julio de 2021."),
    ("2021-06-07", "Am 7. Juni 2021.", "Am 7. Juli 2021."),
    ("07.06.2021", "Le 7 juin 2021.", "Le 6 juin 2021."),
    ("7.6.2021", "On 7th June 2021.", "On 6th July 2021."),
    ("1 enero 2021", "On January 1st, 2021.", "On January 2nd, 2021."),
    ("7-Jun-2021", "On 7 June 2021.", "On 7 June 2022."),
    ("June 2021", "On 7 June 2021.", "On 7 June 2022."),
    ("7 de junio", "On 7 June 2021.", "On 6 June 2021."),
    ("HRB 70001", "Amtsgericht, HRB 70001", "Amtsgericht, HRB 70010"),
    ("Ley 17/2003", "La Ley 17/2003, de mayo", "La Ley 13/2007, de mayo"),
    ("Regulation (EU) 2016/0077", "Regulation (EU) 2016/0077", "Regulation (EU) 2016/0078"),
    ("arXiv:2101.00077", "See arXiv:2101.00077v3.", "See arXiv:2101.00078v3."),
    ("RFC 2616", "As in RFC2616.", "As in RFC 2166."),
    ("f47ac10b-58cc-4372-a567", "Id f47ac10b-58cc-4372-a567.", "Id f47ac10b-58cc-4372-a568."),
    ("00:1A:2B:3C:4D:5E", "MAC 00-1A-2B-3C-4D-5E", "MAC 00-1A-2B-3C-4D-5F"),
    ("2001:db8::7", "At 2001:db8::7 now.", "At 2001:db8::8 now."),
    ("M8 x 40", "A screw M8x40.", "A screw M8x45."),
    ("0.75", "¾ cups", "0.57 cups"),
    ("20 m2", "In 20 m² of it.", "In 20 m of it."),
    ("20-30 %", "Of 20–30 % a year.", "Of 20–35 % a year."),
    ("foo.shut()", "Call foo.shut() first.", "Call foo.open() first."),
    ("std::vector", "A std::vector of them.", "A std::list of them."),
    ("/etc/quay", "Edit /etc/quay now.", "Edit /etc/pier now."),
    ("--dry-run", "Use --dry-run here.", "Use a dry run here."),
    ("KX-5501", "The pump KX-\n5501 leaks.", "The pump KX-\n5502 leaks."),
    ("(555) 123-4567", "555.123.4567", "555.123.4568"),
    ("BE0123456789", "BE 0123.456.789", "BE 0123.456.788"),
    ("1234 BCD", "La matrícula 1234-BCD.", "La matrícula 1234-BCF."),
    ("1234BCD", "La matrícula 1234 BCD.", "La matrícula 1234 BCF."),
    ("SW1A1AA", "London SW1A 1AA", "London SW1A 2AA"),
    ("14:30", "At 2:30 pm.", "At 2:30 am."),
    ("2.30 p.m.", "At 14:30.", "At 14:31."),
    ("8h15", "A las 8:15.", "A las 8:51."),
]  # fmt: skip


@pytest.mark.parametrize(("question", "right", "near"), ALIKE)
def test_what_has_the_string_comes_before_what_is_like_it(question, right, near) -> None:
    first, second = lifted(question, right, near)
    assert first > second
    assert first > 20, "more than a fused score makes up for"


NOT = [  # a question, and what does not have it
    ("-15 °C", "Warmed to 15 °C."),
    ("§ 7.3", "§ 7.3.2 The roof."),
    ("§ 7.3.2", "§ 7.3 The roof."),
    ("10.7.0.12", "At 10.70.1.2 now."),
    ("KX-5501", "The pump KX-5502."),
    ("KX-5501", "5501 stones"),
    ("C++", "Written in C."),
    ("2021-06-07", "On 2021-07-06."),
    ("12", "It is 1.2 or 0,12."),
]


@pytest.mark.parametrize(("question", "text"), NOT)
def test_what_is_like_the_string_does_not_have_it(question, text) -> None:
    assert lifted(question, text) == [0.0]


def test_the_language_says_what_a_point_before_three_digits_is() -> None:
    spanish = lifted("1234", "Pesa 1.234 kilos.", language="es")
    english = lifted("1234", "It weighs 1.234 kilos.", language="en")
    assert spanish > english
    unknown = lifted("1234", "1.234", "1,234", language="und")
    assert unknown[0] == unknown[1] == spanish[0]


def test_the_language_says_whether_the_day_comes_first() -> None:
    (day_first,) = lifted("2021-06-07", "El 07/06/2021.", language="es")
    (month_first,) = lifted("2021-07-06", "El 07/06/2021.", language="es")
    assert day_first > 20
    assert month_first == 0
    either = [lifted(day, "On 07/06/2021.") for day in ("2021-06-07", "2021-07-06")]
    assert either[0] == either[1] > [0.0]
    assert lifted("2021-06-17", "On 06/17/2021.") > either[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KX-5501", {"kx"}),
        ("5 de marzo de 2024", {"de", "marzo"}),
        ("1.234,56 euros", {"euros"}),
        ("EUR 1,234", {"eur"}),
        ("36 500 Pa", {"pa"}),
        ("Sección 5.2", {"seccion"}),
    ],
)
def test_an_exact_string_knows_the_words_that_it_has(text, words) -> None:
    assert {word for one in exact_strings(text) if not one.loose for word in one.words} == words


def test_a_header_counts_less_than_the_text() -> None:
    own, above = keys_of("Pump KX-5501.", "", "en"), keys_of("The pump.", "Pump KX-5501", "en")
    assert "x:kx-5501" in own
    assert "x:kx-5501" not in above
    assert "~x:kx-5501" in above


TEXTS = [
    "", " ", "the quiet quay", "1 234,56 € am 5. März 2024", "½ + ⅔ − ７", "a" * 300 + "1",
    "x-" * 500 + "1", "日本 2024年3月5日", "٣٤٥", "http://a.example/" + "b" * 300, "\x00 1\u202e2",
    "\ud800-1 " + "\udc00" * 50 + "2",
    "§", "-", "+", "1.", ".1", "(1)", "1'2'3", "²³", "ǅ1 ß2 İ3",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["", "en", "es", "und"])
def test_a_key_is_one_short_word_of_the_index(text, language) -> None:
    for key in keys_of(text, text, language):
        assert 2 < len(key) <= 40
        assert key.split() == [key]
        assert key.encode()


def test_prose_has_no_exact_strings() -> None:
    assert (
        exact_strings("The tide goes out, and well-known and/or other boats lie on the mud.") == []
    )


def test_signs_that_look_alike_are_one() -> None:
    assert evened("10–20 −5 it’s") == "10-20 -5 it's"


REPEATED = [
    "1 2 ", "123 ", "a_", "1.2.", "A1-", "a@", "www.", "5 mar 2024 ", "§ 1 ", "1/2 ", "A 1 ", "'1",
    "1,", "1-", "a.b", "+1", "(1", "1 to ", "€1", "://", "-", " ", "1e", "aB",
]  # fmt: skip


@pytest.mark.parametrize("unit", REPEATED)
def test_a_hundred_thousand_signs_take_no_longer_than_they_are_many(unit) -> None:
    text = unit * (100_000 // len(unit)) + "!"  # minutes, where work grows with the square
    assert all(one.end <= len(text) for one in exact_strings(text))
