"""XML of strangers does no harm."""

from desktop_rag.engines import safe_xml


def test_nothing_is_expanded_and_nothing_fetched() -> None:
    source = (
        b'<!DOCTYPE a [<!ENTITY e "wide"><!ENTITY f SYSTEM "file:///etc/passwd">]><a>&e;&f;!</a>'
    )
    root = safe_xml.parsed(source)
    assert "".join(root.itertext()) == "&e;&f;!"
    assert [safe_xml.local(child) for child in root] == ["", ""]


def test_what_is_broken_is_mended_as_far_as_it_goes() -> None:
    root = safe_xml.parsed(b"<a xmlns='urn:x'><b>one</b><c>two")
    assert "".join(root.itertext()) == "onetwo"
    assert safe_xml.local(root) == "a"
    assert safe_xml.parsed(b"") is None
    assert safe_xml.parsed(b"no xml") is None
