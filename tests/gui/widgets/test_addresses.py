import pytest

from desktop_rag.gui.widgets.addresses import target_of


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("https://example.org/a?b=c#d", "example.org"),
        ("HTTP://Example.ORG:8080/", "example.org:8080"),
        ("https://bank.example@evil.example/", "evil.example"),
        ("https://bank.example:443@evil.example/", "evil.example"),
        ("https://bank.example%2Flogin@evil.example/", "evil.example"),
        ("https://bank.example.evil.example/", "bank.example.evil.example"),
        ("https://аpple.example/", "xn--pple-43d.example"),
        ("https://ñandú.org/", "xn--and-6ma2c.org"),
        ("https://[::1]:80/", "::1:80"),
        ("mailto:ana@example.org?subject=a@b.c", "ana@example.org"),
    ],
)
def test_the_owner_is_who_is_asked(address: str, owner: str) -> None:
    target = target_of(address)
    assert target is not None
    assert target.owner == owner
    assert target.address.isascii()
    assert "bank.example@" not in target.address


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "cite:3", "qrc:/x", "a"),
        *("http://", "https:///x", "http:example.org", "mailto:", "mailto:ana", "", "ftp://a.b"),
        *("http://bank.example\\@evil.example/", "http://a b/", "smb://host/share"),
    ],
)
def test_what_is_neither_the_web_nor_mail_is_not_opened(address: str) -> None:
    assert target_of(address) is None


def test_signs_that_turn_letters_are_shown_as_codes() -> None:
    target = target_of("https://example.org/\u202egpj.exe")
    assert target is not None
    assert target.address == "https://example.org/%E2%80%AEgpj.exe"
