from desktop_rag.domain.formats import FORMATS
from desktop_rag.gui.libraries.empty_library import EmptyLibrary

IN_WORDS = {  # what has no name that all languages share, by the words of the sentence
    "html": "web pages",
    "web_archive": "web pages",
    "mail": "e-mail",
    **dict.fromkeys(
        ("structured_text", "tex", "subtitles", "notebook", "json", "xml", "source_code"), "text"
    ),
    "markdown": "text",
    "text": "text",
    "image": "scanned pictures",
}


def test_every_format_is_named_where_there_is_nothing_yet(qtbot, theme) -> None:
    page = EmptyLibrary()
    qtbot.addWidget(page)
    named = page.kinds.text().replace(" and ", ", ").split(", ")
    assert {form.title or IN_WORDS[form.name] for form in FORMATS} == set(named)
