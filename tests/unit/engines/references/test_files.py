"""Lists of references, sound, broken and hostile."""

import json
from pathlib import Path

import pytest

from desktop_rag.domain.errors import ReferencesUnusable
from desktop_rag.domain.references import ListedReference
from desktop_rag.engines.references import files
from desktop_rag.engines.references.bibtex import plain

BIBTEX = r"""
@comment{made by hand}
@string{jw = "Journal of Weirs"}
@Article{brack2021,
  author = {Garc{\'\i}a M{\'a}rquez, Ana and {World Bank} and Ludwig van Orrel},
  title = {The {DNA} of weirs \& more}, journal = jw, year = 2021, month = mar,
  pages = {1--3}, file = {:papers/weirs.pdf:PDF}, doi = {10.1000/X}
}
@book{open, title = "Never closed
@phdthesis{quill, title = {Of keepers}, author = {Quill, Bo}, date = {2015-10-02/2016},
  school = {H. College}}
@book{quill, title = {The same name}}
"""
RIS = """TY  - JOUR
AU  - Pérez, Ana
AU  - World Bank
TI  - On weirs
JO  - Journal of Weirs
PY  - 2020/03/05
SP  - 1
EP  - 9
SN  - 0378-5955
DO  - 10.1000/X
UR  - https://weirs.example
L1  - file:///home/ana/weirs.pdf
ER  -{space}
TY  - BOOK
T1  - Presas
SN  - 978-0-306-40615-7
ER  -{space}
""".replace("{space}", " ")
CSL = [
    {
        "id": "a",
        "type": "book",
        "title": "Presas",
        "author": [
            {"family": "Orrel", "non-dropping-particle": "van", "given": "L."},
            {"literal": "ONU"},
        ],
        "issued": {"date-parts": [[2021, "3"]]},
        "publisher": {"not": "text"},
        "volume": 3,
    },
    "junk",
    {"id": 7, "title": "Otra", "issued": {"raw": "2020-05-06"}},
]


def listed(path: Path, text: str) -> list[ListedReference]:
    path.write_text(text, "utf-8")
    return files.records(path)


def said(record: ListedReference) -> dict[str, str]:
    return {str(which): text for which, text in record.said}


def test_entries_of_bibtex_are_read_and_damaged_ones_passed_over(tmp_path) -> None:
    article, thesis, other = listed(tmp_path / "a.bib", BIBTEX)
    assert said(article) == {
        "title": "The DNA of weirs & more",
        "container-title": "Journal of Weirs",
        "page": "1--3",
        "DOI": "10.1000/X",
        "type": "article-journal",
        "author": "García Márquez, Ana; World Bank; van Orrel, Ludwig",
        "issued": "2021-3",
    }
    assert (article.files, article.name) == (("papers/weirs.pdf",), "brack2021")
    assert said(thesis)["issued"] == "2015-10-02"
    assert said(thesis)["publisher"] == "H. College"
    assert said(other) == {"title": "The same name", "type": "book"}


def test_references_of_ris_are_read(tmp_path) -> None:
    article, book = listed(tmp_path / "a.ris", RIS)
    assert said(article) == {
        "title": "On weirs",
        "container-title": "Journal of Weirs",
        "DOI": "10.1000/X",
        "type": "article-journal",
        "author": "Pérez, Ana; World Bank",
        "issued": "2020/03/05",
        "page": "1-9",
        "ISSN": "0378-5955",
        "URL": "https://weirs.example",
    }
    assert article.files == ("file:///home/ana/weirs.pdf",)
    assert said(book)["ISBN"] == "978-0-306-40615-7"


def test_items_of_csl_json_are_read(tmp_path) -> None:
    book, other = listed(tmp_path / "a.json", json.dumps(CSL))
    assert said(book) == {
        "type": "book",
        "title": "Presas",
        "volume": "3",
        "author": "van Orrel, L.; ONU",
        "issued": "2021-3",
    }
    assert (said(other), other.name) == ({"title": "Otra", "issued": "2020-05-06"}, "7")
    assert len(listed(tmp_path / "b.json", json.dumps({"items": CSL}))) == 2


def test_what_a_file_is_called_does_not_matter(tmp_path) -> None:
    assert len(listed(tmp_path / "a.txt", RIS)) == 2
    (tmp_path / "latin.bib").write_bytes("@book{a, title={Señal}}".encode("cp1252"))
    (found,) = files.records(tmp_path / "latin.bib")
    assert found.title == "Señal"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "foreign"),
        ("Dear Ana, see you @ noon.", "foreign"),
        ("%PDF-1.7\n" + "\x00" * 99, "foreign"),
        ("[1, 2", "broken"),
        ("[]", "broken"),
        ('{"a": 1}', "broken"),
        ("[" * 100_000, "broken"),
        ("TY  - JOUR\nER  - \n", "broken"),
        ("@book{", "broken"),
        ("@book{a, title={" + "{" * 100_000, "broken"),
    ],
)
def test_what_is_no_list_is_told_by_its_trouble(tmp_path, text, reason) -> None:
    with pytest.raises(ReferencesUnusable) as raised:
        listed(tmp_path / "a.bib", text)
    assert (raised.value.name, raised.value.reason) == ("a.bib", reason)


def test_what_is_not_there_or_too_large_is_not_read(tmp_path) -> None:
    with pytest.raises(ReferencesUnusable) as raised:
        files.records(tmp_path / "none.bib")
    assert raised.value.reason == "unreadable"
    with (tmp_path / "large.bib").open("wb") as file:
        file.truncate(40 << 20)
    with pytest.raises(ReferencesUnusable) as raised:
        files.records(tmp_path / "large.bib")
    assert raised.value.reason == "large"


@pytest.mark.parametrize(
    "text", ["{" * 1_500, "\\" * 1_500, "$" * 1_500, "{\\'" * 500, "\\input{/etc/passwd}"]
)
def test_hostile_tex_ends_as_text(text) -> None:
    assert "root" not in plain(text)
