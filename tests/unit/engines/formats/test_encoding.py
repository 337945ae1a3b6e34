"""Text of before UTF-8, and pages that say wrong things of theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.engines.formats import encoding, markdown, plain_text, web_page

OLD = [  # encodings, and what was written in them; what was fitted was fitted to other words
    (
        "cp1252 mac-roman cp850 cp437",
        "Für die Prüfung müssen alle Schüler pünktlich erscheinen. Wer später kommt, verliert "
        "zwanzig Punkte. Die Straße zur Schule ist gesperrt; größere Fahrzeuge fahren über die "
        "Brücke.",
    ),
    (
        "cp1252 iso8859-15 mac-roman cp850",
        "Nous avons reçu la lettre du médecin à la fin du mois de février. Le dîner était très "
        "réussi, mais l'hôtel nous a coûté plus cher que prévu; ça ira mieux à Noël.",
    ),
    (
        "cp1252 cp437",
        "La reunión se celebrará en el salón de la biblioteca. Según el acta, "
        "faltaron tres miembros; "
        "además, el tesorero presentó las cuentas del último año. ¡Qué lástima!",
    ),
    (
        "cp1252 mac-roman",
        "As eleições da câmara serão na próxima terça-feira. Haverá três sessões públicas e uma "
        "reunião com os órgãos de comunicação; é possível votar até às vinte horas.",
    ),
    (
        "cp1252 mac-roman",
        "La società ha deciso che l'attività continuerà anche lunedì e venerdì. Ogni novità sarà "
        "comunicata dal responsabile della qualità, purché ci sia la possibilità.",
    ),
    (
        "cp1252 cp850",
        "Mötet börjar klockan nio på måndag. Alla ledamöter måste anmäla sig i förväg; därefter "
        "får ni åka hem. Årets överskott går till nästa års åtgärder.",
    ),
    (
        "cp1252 cp850",
        "Mødet begynder klokken ni på lørdag. Alle medlemmer skal være på plads; bagefter må "
        "I gå hjem. Årets overskud går også til næste års møder og nødvendige ændringer.",
    ),
    (
        "cp1250 iso8859-2 cp852",
        "Zebranie odbędzie się w sobotę o dziewiątej. Wszyscy członkowie muszą "
        "się zgłosić wcześniej; "
        "później będzie można pójść do domu. Część środków przeznaczono na książki i źródła.",
    ),
    (
        "cp1250 iso8859-2 cp852",
        "Schůze se koná v sobotu v devět hodin. Všichni členové se musí přihlásit předem; potom "
        "můžete jít domů. Část peněz půjde na školní knihy, učebnice a potřeby příštího roku.",
    ),
    (
        "cp1250 iso8859-2",
        "A gyűlés szombaton kilenckor kezdődik. Minden tagnak előre kell jelentkeznie; utána "
        "hazamehetnek. A többlet egy része a következő év könyveire és az új tető költségeire "
        "megy.",
    ),
    (
        "cp1254 cp857",
        "Toplantı cumartesi günü saat dokuzda başlıyor. Bütün üyeler önceden başvurmalı; sonra "
        "evlerinize gidebilirsiniz. Artan paranın bir kısmı gelecek yılın kitaplarına ve çatının "
        "onarımına ayrıldı.",
    ),
    (
        "cp1251 koi8-r cp866 iso8859-5 mac-cyrillic",
        "Собрание начнётся в субботу в девять часов. Все участники должны записаться заранее; "
        "потом можно идти домой. Часть денег пойдёт на книги и ремонт крыши.",
    ),
    (
        "cp1251 koi8-u",
        "Збори почнуться в суботу о дев’ятій. Усі учасники мають записатися заздалегідь; потім "
        "можна йти додому. Частина грошей піде на книжки, ґанок і ремонт даху.",
    ),
    (
        "cp1251",
        "Събранието ще започне в събота в девет часа. Всички членове трябва да "
        "се запишат предварително; "
        "после може да си отидете вкъщи. Част от парите ще отиде за книги.",
    ),
    (
        "cp1253 iso8859-7",
        "Η συνέλευση αρχίζει το Σάββατο στις εννέα. Όλα τα μέλη πρέπει να δηλώσουν συμμετοχή "
        "εκ των προτέρων· μετά μπορείτε να πάτε σπίτι. Μέρος των χρημάτων θα δοθεί για βιβλία.",
    ),
    (
        "cp1255",
        "האסיפה תתחיל בשבת בשעה תשע. כל החברים צריכים להירשם מראש; אחר כך אפשר ללכת הביתה. חלק "
        "מהכסף יוקדש לספרים ולתיקון הגג.",
    ),
    (
        "cp1256 iso8859-6",
        "يبدأ الاجتماع يوم السبت في الساعة التاسعة. على جميع الأعضاء التسجيل مسبقا؛ بعد ذلك يمكنكم "
        "العودة إلى البيت. سيخصص جزء من المال للكتب وإصلاح السقف.",
    ),
    (
        "cp932 euc_jp iso2022_jp",
        "会議は土曜日の九時に始まります。会員は全員、事前に申し込んでください。そのあとは"
        "帰宅してもかまいません。お金の一部は本と屋根の修理に使います。",
    ),
    (
        "gb18030 gb2312",
        "会议将于星期六上午九点开始。所有成员必须提前报名，之后可以回家。一部分钱将用于购"
        "买图书和修理屋顶。",
    ),
    (
        "big5",
        "會議將於星期六上午九點開始。所有成員必須提前報名，之後可以回家。一部分錢將用於購"
        "買圖書和修理屋頂。",
    ),
    (
        "cp949 euc_kr",
        "회의는 토요일 아홉 시에 시작합니다. 모든 회원은 미리 신청해야 하며 그 "
        "뒤에는 집에 가도 됩니다. 돈의 일부는 책과 지붕 수리에 쓰입니다.",
    ),
    (
        "cp874",
        "การประชุมจะเริ่มในวันเสาร์เวลาเก้าโมง สมาชิกทุกคนต้องลงทะเบียนล่วงหน้า หลังจากนั้นกลับบ้านได้",
    ),
]


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for names, words in OLD for name in names.split()]
)
def test_text_of_before_utf_8_is_told_by_its_letters(name: str, words: str) -> None:
    kept = words.encode(name, "ignore").decode(name)  # old ones lack some signs
    assert encoding.decoded(kept.encode(name)) == kept
    assert encoding.decoded((kept * 20).encode(name)) == kept * 20


@pytest.mark.parametrize(
    "words",
    ["Jörg", "it’s fine", "“Heron” – €75", "§ 12 Abs. 3", "© 2024 Mill", "x² + 3°", "naïve café",
     "50 £", "Ñ", "¿Qué año?", "– a dash – here"],
)  # fmt: skip
def test_a_few_letters_are_those_of_windows(words: str) -> None:
    assert encoding.decoded(words.encode("cp1252")) == words


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "words", ["The gate creaks.", "Ворота скрипят", "門はきしむ。\n風が吹く。\n"]
)
def test_wide_letters_need_no_mark(name: str, words: str) -> None:
    assert encoding.decoded(words.encode(name)) == words


def test_a_zero_that_went_astray_makes_no_letters_wide() -> None:
    assert encoding.decoded(b"The gate\x00creaks") == "The gate\x00creaks"


def test_utf_8_stays_what_it_is_with_some_broken_bytes() -> None:
    broken = "L’été à Noël. ".encode() * 10 + b"\xff and \xe9" + "été".encode()[:-1]
    shown = encoding.decoded(broken)
    assert shown.count("L’été à Noël. ") == 10
    assert shown.count("\ufffd") == 3


def test_letters_that_come_late_are_looked_for() -> None:
    words = "a plain beginning. " * 30_000 + "Мельник чинит колесо."
    assert encoding.decoded(words.encode("cp1251")) == words


@pytest.mark.parametrize(
    ("declared", "meant"),
    [("iso-8859-1", "cp1252"), ("gb2312", "gb18030"), ("x-sjis", "utf-8"), ("shift_jis", "cp932")],
)
def test_names_mean_what_browsers_take_them_for(declared: str, meant: str) -> None:
    page = f'<meta charset="{declared}"><p>“€” 門'.encode(meant, "ignore")
    assert encoding.decoded_html(page) == page.decode(meant)


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "idna", "hex", "no-such"])
def test_only_encodings_of_text_are_believed(name: str) -> None:
    assert "año" in encoding.decoded_html(f'<meta charset="{name}"><p>año'.encode())


def test_the_encoding_that_a_page_names_is_used() -> None:
    page = '<meta charset="windows-1251"><p>Русский'.encode("cp1251")
    assert "Русский" in encoding.decoded_html(page)
    wrong = '<meta charset="no-such"><p>año'.encode()
    assert "año" in encoding.decoded_html(wrong)


@given(st.binary())
def test_no_bytes_are_too_odd_to_be_read(data: bytes) -> None:
    for read in (web_page.of_html, markdown.of_markdown, plain_text.of_text):
        list(read(data)[1])


def test_the_lines_of_old_macs_end(tmp_path) -> None:
    _, flows = plain_text.of_text(b"one\rtwo\r\rthree")
    assert "".join(flow.html for flow in flows) == (
        '<pre class="plain">one\ntwo</pre><pre class="plain">three</pre>'
    )


def test_an_endless_paragraph_ends_with_a_line() -> None:
    lines = [f"line {n} of a log" for n in range(5_000)]
    _, flows = plain_text.of_text("\n".join(lines).encode())
    parts = "".join(flow.html for flow in flows).replace("</pre>", "").split('<pre class="plain">')
    assert len(parts) > 4
    assert [line for part in parts[1:] for line in part.split("\n")] == lines


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "cp1252"])
def test_endless_blanks_are_taken_for_many(code) -> None:
    text = "año" + " " * 50_000 + "ñandú" + "\n \t" * 50_000
    assert (
        encoding.decoded(text.encode(code))
        == "año" + " " * 1_000 + "ñandú" + ("\n \t" * 334)[:1_000]
    )
    assert len(encoding.decoded_as(text.encode(code), code)) == 2_008
