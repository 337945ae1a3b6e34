"""What e-mails say, in whatever way they were sent."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop_rag.engines.formats import mail, message_parts, web_archive


def parsed(data: bytes, tmp_path: Path):
    path = tmp_path / "a.eml"
    path.write_bytes(data)
    *signs, message = message_parts.parsed(path)
    assert not any(signs)
    assert message is not None
    return message


def made(data: bytes | EmailMessage, tmp_path: Path) -> str:
    source = data if isinstance(data, bytes) else data.as_bytes()
    _title, pieces = mail.of_message(parsed(source, tmp_path))
    return "".join(piece.html for piece in pieces)


def body(html: str) -> str:
    return html.partition("</h1>")[2]


def test_the_head_says_who_wrote_what_to_whom(tmp_path) -> None:
    source = (
        b"Received: from x\r\nFrom: =?utf-8?B?SsO8cmdlbg==?= <j@mill.test>\r\n"
        b"To: Ann\r\n <ann@mill.test>\r\nCc: b@mill.test\r\n"
        b"Date: Mon, 4 Mar 2024 10:00:00 +0100\r\n"
        b"Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n =?iso-8859-1?Q?_heute?=\r\n\r\nHello\r\n"
    )
    assert made(source, tmp_path) == (
        "<h1>Grüße heute</h1><p><b>From:</b> Jürgen &lt;j@mill.test&gt;</p>"
        "<p><b>To:</b> Ann &lt;ann@mill.test&gt;</p><p><b>Cc:</b> b@mill.test</p>"
        '<p><b>Date:</b> Mon, 4 Mar 2024 10:00:00 +0100</p><pre class="plain">Hello</pre>'
    )
    assert mail.of_message(parsed(source, tmp_path))[0] == "Grüße heute"


@pytest.mark.parametrize(
    ("head", "data", "words"),
    [
        ("text/plain; charset=utf-8", "año".encode(), "año"),
        ("text/plain; charset=windows-1251", "Да".encode("cp1251"), "Да"),
        ("text/plain; charset=iso-8859-1", "5 €".encode("cp1252"), "5 €"),
        ("text/plain; charset=utf-8", "año".encode("latin-1"), "año"),
        ("text/plain; charset=no-such", "año".encode(), "año"),
        ("text/plain", "año".encode(), "año"),
        ("text/plain; charset=us-ascii", "año".encode(), "año"),
        ("text/plain; charset=us-ascii", "año".encode("latin-1"), "año"),
        ("text/plain; charset=utf-7", b"a+APE-o", "año"),
        ("text/plain; charset=gb2312", "朱镕基".encode("gbk"), "朱镕基"),
    ],
)
def test_letters_are_right_in_the_charset_that_is_told_and_without_one(
    head, data, words, tmp_path
) -> None:
    source = f"Subject: s\r\nContent-Type: {head}\r\n".encode()
    eight = b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    assert words in body(made(source + eight + data, tmp_path))


@pytest.mark.parametrize("cte", ["quoted-printable", "base64"])
def test_what_was_wrapped_to_be_sent_is_unwrapped(cte, tmp_path) -> None:
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content("Der Fluß\n\nsteigt " + "weiter " * 30, cte=cte)
    said = body(made(message, tmp_path))
    assert said.startswith('<pre class="plain">Der Fluß</pre><pre class="plain">steigt weiter')


def test_raw_heads_in_utf_8_are_read(tmp_path) -> None:
    assert "<h1>Größe</h1>" in made("Subject: Größe\n\nx".encode(), tmp_path)


def alternatives(plain: str, html: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    return message


def test_of_two_texts_the_better_one_is_told(tmp_path) -> None:
    rich = alternatives("one two three", "<p>one <b>two</b> three</p>")
    assert body(made(rich, tmp_path)) == "<p>one <b>two</b> three</p>"
    poor = alternatives(
        "all of the words stand here", "<style>p {a: b; c: d}</style><p>Open me</p>"
    )
    assert "all of the words" in body(made(poor, tmp_path))
    assert "Open me" not in body(made(poor, tmp_path))


def test_texts_that_are_no_alternatives_are_all_told(tmp_path) -> None:
    intro = EmailMessage()
    intro.set_content("As agreed, the report.")
    message = EmailMessage()
    message["Subject"] = "s"
    message.make_mixed()
    message.attach(intro)
    message.attach(alternatives("Sales rose by a third.", "<p>Sales rose by a third.</p>"))
    said = body(made(message, tmp_path))
    assert said == '<pre class="plain">As agreed, the report.</pre><p>Sales rose by a third.</p>'


def test_what_is_attached_is_named_and_not_told(tmp_path) -> None:
    message = alternatives("x", "<p>x</p>")
    message.add_attachment("inner words", filename="nota.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="größe.png")
    said = body(made(message, tmp_path))
    assert said == "<p>x</p><ul><li>nota.txt</li><li>größe.png</li></ul>"


def test_lines_that_flow_are_joined(tmp_path) -> None:
    source = (
        b"Subject: s\r\nContent-Type: text/plain; format=flowed\r\n\r\n"
        b"The river \r\nrises.\r\n> quoted \r\n> words\r\n From here\r\n-- \r\nAnn\r\n"
    )
    assert body(made(source, tmp_path)) == (
        '<pre class="plain">The river rises.\n&gt; quoted \n&gt; words\nFrom here\n-- \nAnn</pre>'
    )


@pytest.mark.parametrize("depth", [50, 150])
def test_parts_within_each_other_hold_nothing_up(depth, tmp_path) -> None:
    head = b"Subject: s\r\n"
    for at in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at)
    source = head + b"Content-Type: text/plain\r\n\r\ndeep words\r\n"
    assert "deep words" in made(source, tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\0\xff",
        b"Subject: =?x?q?" + b"=" * 9_000,
        b"To: " + b"a@b.test, <" * 100_000 + b"\n\nx",
        b"Subject: s\nContent-Type: multipart/mixed\n\nno boundary",
        b"Subject: s\nContent-Type: text/plain; charset*=x''%ff\n\nx",
        b"Subject: s\nContent-Transfer-Encoding: base64\n\n!!!",
    ],
    ids=range(7),
)
def test_no_message_is_too_odd(source, tmp_path) -> None:
    made(source, tmp_path)


def archive(tmp_path: Path, more: str = "") -> bytes:
    return (
        "From: <Saved>\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: multipart/related;{more}"
        ' type="text/html"; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<p>a frame</p>\r\n"
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <root>\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<title>The Mill</title><p>gr=C3=B6=\r\n=C3=9Fer</p>\r\n"
        "--x\r\nContent-Type: text/css\r\n\r\np {}\r\n--x--\r\n"
    ).encode()


def test_of_a_saved_page_its_root_is_told(tmp_path) -> None:
    source = archive(tmp_path, ' start="<root>";')
    title, pieces = web_archive.of_archive(parsed(source, tmp_path))
    assert title == "The Mill"
    assert [piece.html for piece in pieces] == ["<p>größer</p>"]


def test_a_saved_page_that_names_no_root_begins_with_it(tmp_path) -> None:
    title, pieces = web_archive.of_archive(parsed(archive(tmp_path), tmp_path))
    assert title == "s"
    assert [piece.html for piece in pieces] == ["<p>a frame</p>"]


def test_a_saved_page_without_a_page_is_read_as_a_message(tmp_path) -> None:
    title, pieces = web_archive.of_archive(parsed(b"Subject: s\n\nplain", tmp_path))
    assert title == "s"
    assert "plain" in "".join(piece.html for piece in pieces)
