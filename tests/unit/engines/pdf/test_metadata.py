"""What a PDF says of itself."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.engines.pdf import reading
from desktop_rag.engines.pdf.metadata import iso_date

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
xmp:CreateDate="2021-03-04T05:06:07+01:00"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">
The Weir</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Ottoline Brack</rdf:li>
<rdf:li>Bo Quill</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt><rdf:li>Of tolls</rdf:li>
</rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"""


def said(tmp_path: Path, information: dict[str, str], xmp: str = "") -> tuple[str, ...]:
    path = tmp_path / "sample.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.set_metadata(information)
        if xmp:
            document.set_xml_metadata(xmp)
        document.save(path)
    with reading.opened(path) as document:
        found = reading.outline(document)
    return found.title, found.author, found.date, found.subject


def test_the_information_of_a_file_is_told(tmp_path) -> None:
    information = {
        "title": "The  Weir\t",
        "author": "Ottoline\nBrack",
        "creationDate": "D:20210304050607+01'00'",
        "subject": "Of tolls",
    }
    expected = ("The Weir", "Ottoline Brack", "2021-03-04T05:06:07+01:00", "Of tolls")
    assert said(tmp_path, information) == expected


def test_what_is_missing_is_taken_from_the_other_place(tmp_path) -> None:
    rest = ("Ottoline Brack, Bo Quill", "2021-03-04T05:06:07+01:00", "Of tolls")
    assert said(tmp_path, {"title": "Mine"}, XMP) == ("Mine", *rest)
    assert said(tmp_path, {}, XMP) == ("The Weir", *rest)
    assert said(tmp_path, {}, XMP[: len(XMP) // 2])[0] in {"The Weir", ""}
    assert said(tmp_path, {}, "no XML") == ("", "", "", "")


def test_of_a_title_in_several_languages_one_is_told(tmp_path) -> None:
    other = '<rdf:li xml:lang="de">Das Wehr</rdf:li>'
    default = '<rdf:li xml:lang="x-default">'
    assert said(tmp_path, {}, XMP.replace(default, other + default))[0] == "The Weir"
    end = "</rdf:Alt></dc:title>"
    without = XMP.replace(default, '<rdf:li xml:lang="en">').replace(end, other + end)
    assert said(tmp_path, {}, without)[0] == "The Weir"


def test_titles_of_broken_signs_can_be_stored(tmp_path) -> None:
    path = tmp_path / "sample.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.set_metadata({"title": "x"})
        kind, value = document.xref_get_key(-1, "Info")
        assert kind == "xref"
        document.xref_set_key(int(value.split()[0]), "Title", "<FEFFD800004100000042DC00>")
        document.save(path)
    with reading.opened(path) as document:
        title = reading.outline(document).title
    title.encode()
    assert "B" in title
    assert "\x00" not in title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("D:20240229120503+02'00'", "2024-02-29T12:05:03+02:00"),
        ("D:20240229120503Z", "2024-02-29T12:05:03Z"),
        ("D:202402291205", "2024-02-29T12:05:00"),
        ("D:20240229", "2024-02-29"),
        ("D:2024", "2024"),
        ("202402", "2024-02"),
        ("D:20230229", ""),
        ("D:00000000", ""),
        ("D:9999", ""),
        ("yesterday", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_dates_become_those_of_iso_8601(text: str | None, date: str) -> None:
    assert iso_date(text) == date


PRISM = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"
xmlns:prism="http://prismstandard.org/namespaces/basic/2.1/" prism:volume="15">
<dc:publisher><rdf:Bag><rdf:li>Harbour Press</rdf:li></rdf:Bag></dc:publisher>
<prism:publicationName>Journal of Weirs</prism:publicationName><prism:number> 3 </prism:number>
<prism:issn></prism:issn><pdfx:doi>10.1000/weir</pdfx:doi><pdfx:volume>99</pdfx:volume>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def stated(tmp_path: Path, xmp: str) -> dict[str, str]:
    path = tmp_path / "sample.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.set_xml_metadata(xmp)
        document.save(path)
    with reading.opened(path) as document:
        return {str(which): text for which, text in reading.outline(document).stated}


def test_what_publishers_of_journals_state_is_told(tmp_path) -> None:
    assert stated(tmp_path, PRISM) == {
        "volume": "15",
        "container-title": "Journal of Weirs",
        "issue": "3",
        "DOI": "10.1000/weir",
        "publisher": "Harbour Press",
    }


def test_of_a_packet_that_says_nothing_more_nothing_is_told(tmp_path) -> None:
    assert stated(tmp_path, "no XML") == stated(tmp_path, XMP) == {}


def test_a_packet_that_ends_too_soon_is_read_as_far_as_it_goes(tmp_path) -> None:
    assert stated(tmp_path, PRISM[: len(PRISM) // 2]) == {"volume": "15"}
