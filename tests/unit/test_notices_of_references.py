"""What is said of lists of references that cannot be read, reason by reason."""

import pytest

from desktop_rag.domain.errors import ReferencesUnusable
from desktop_rag.notices import notice_for, sentence

OF_FILES = ("unreadable", "large", "foreign", "broken")
OF_ZOTERO = ("missing", "busy", "damaged", "no_zotero")


def english(_context: str, text: str) -> str:
    return text


def test_each_reason_has_words_of_its_own() -> None:
    said = [sentence(ReferencesUnusable("a.bib", one), english) for one in (*OF_FILES, *OF_ZOTERO)]
    assert len(set(said)) == len(said)
    assert all("“a.bib”" in words for words in said)


@pytest.mark.parametrize("reason", OF_ZOTERO)
def test_what_is_wrong_with_zotero_names_it(reason) -> None:
    notice = notice_for(ReferencesUnusable("/papers", reason), english)
    assert "Zotero" in notice.title + notice.advice


def test_a_reason_of_a_newer_process_has_words_all_the_same() -> None:
    assert "No reference" in sentence(ReferencesUnusable("a.bib", "odd"), english)
