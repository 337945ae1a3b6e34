from desktop_rag.engines.formats import markdown


def test_front_matter_is_not_read() -> None:
    title, pieces = markdown.of_markdown(b"---\ntitle: x\n---\n# A *title*\n\ntext\n")
    assert title == "A title"
    assert "".join(piece.html for piece in pieces) == "<h1>A <i>title</i></h1><p>text</p>"
