"""What papers consist of."""

from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.papers import PaperSource


def test_a_source_opens_at_a_page_where_its_file_has_pages() -> None:
    file = Path("/a b/ñ#1.pdf")
    source = PaperSource(DocumentId("a"), "A", (), file)
    assert source.address(11) == "file:///a%20b/%C3%B1%231.pdf#page=12"
    assert source.address() == "file:///a%20b/%C3%B1%231.pdf"
    flowing = PaperSource(DocumentId("a"), "A", (), Path("/a/b.docx"), paged=False)
    assert flowing.address(11) == "file:///a/b.docx"
    assert PaperSource(DocumentId("a"), "A", ()).address(11) == ""
