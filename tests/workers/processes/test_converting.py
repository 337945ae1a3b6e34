"""Documents of other kinds become PDFs in the real reading process."""

import datetime as dt
import errno
import functools
import hashlib
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf  # noqa: TID253  (the witness)
import pytest

from desktop_rag.domain.documents import DocumentId, FileFact, Outline, Page
from desktop_rag.domain.errors import (
    DiskFull,
    DocumentBroken,
    DocumentChanged,
    DocumentEmpty,
    DocumentError,
    DocumentMissing,
    DocumentSealed,
    DocumentTooLarge,
    UnsupportedFile,
)
from desktop_rag.library.disk import converted_pdfs, page_store
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.reading import (
    Converting,
    FilesFound,
    FindFiles,
    Hash,
    PageRead,
    Read,
)
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import converting, reading
from desktop_rag.workers.processes.file_listing import fact_of_file
from tests import originals, pdfs

SPOKEN = "El año del ñandú: efficient ﬁshing, Ελληνικά γράμματα, Русский язык, 快速的棕色狐狸"
WORDS = "El año del ñandú: efficient fishing, Ελληνικά γράμματα, Русский язык,"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return open_home(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def calls(paths: Paths) -> Iterator[Calls]:
    with Calls("reading", functools.partial(reading.main, paths.home, 1.0)) as calls:
        calls.start()
        yield calls


def identified(path: Path) -> tuple[DocumentId, FileFact]:
    return DocumentId(hashlib.sha256(path.read_bytes()).hexdigest()), fact_of_file(path)


def read(calls: Calls, paths: Paths, path: Path) -> tuple[Outline, list[Page]]:
    """Take a file the way of every file, and return what was kept of it."""
    (found,) = calls.steps(FindFiles((path,)))
    assert isinstance(found, FilesFound)
    hashed = calls.value(Hash(path))
    steps = list(calls.steps(Read(hashed.document, found.files[0])))
    kept = page_store.load(paths.pages_folder, hashed.document)
    assert kept is not None
    assert [step.page for step in steps if isinstance(step, PageRead)] == [
        page.number for page in kept[1]
    ]
    return kept


def made(paths: Paths, path: Path) -> Path:
    return converted_pdfs.place(paths.converted_folder, identified(path)[0])


def refused(calls: Calls, path: Path) -> type[DocumentError]:
    with pytest.raises(DocumentError) as caught:
        list(calls.steps(Read(*identified(path))))
    assert caught.value.name == path.name
    return caught.type


def text(page: Page) -> str:
    return " ".join(line.text for line in page.lines)


def assert_words_are_lit(pdf: Path, pages: list[Page]) -> None:
    """Each word's box holds that word, and ink, on the page it was read from."""
    with pymupdf.open(pdf) as document:
        for page in (pages[0], pages[-1]):
            shown = document[page.number]
            drawn = shown.get_textpage()
            width, height = shown.rect.br
            for word in [word for line in page.lines for word in line.words][:30]:
                box = pymupdf.Rect(word.box) * pymupdf.Matrix(width, height)
                around = shown.get_textbox(box, textpage=drawn)
                assert word.text in around.replace("ﬁ", "fi")
                assert not shown.get_pixmap(clip=box, dpi=100).is_unicolor


# Each kind


def test_a_word_document_is_read_with_its_headings(calls, paths, tmp_path) -> None:
    sections = [("Capítulo uno", SPOKEN), ("Capítulo dos", "lighthouse " * 900), ("Fin", "Adiós")]
    path = originals.word(tmp_path / "a.docx", "Informe", sections)
    outline, pages = read(calls, paths, path)
    assert outline.title == "Informe"
    assert [(entry.title, entry.page) for entry in outline.contents] == [
        ("Capítulo uno", 0),
        ("Capítulo dos", 0),
        ("Fin", len(pages) - 1),
    ]
    assert len(pages) > 1
    assert WORDS in text(pages[0])
    assert "快速的棕色狐狸" in text(pages[0])
    assert sum(text(page).count("lighthouse") for page in pages) == 900
    assert text(pages[-1]).endswith("Fin Adiós")
    assert_words_are_lit(made(paths, path), pages)


def test_every_slide_is_a_page(calls, paths, tmp_path) -> None:
    shown = [("Uno", SPOKEN), ("Dos", "word " * 3_000), ("Tres", "Gracias")]
    path = originals.slides(tmp_path / "a.pptx", shown)
    outline, pages = read(calls, paths, path)
    assert [(entry.title, entry.page) for entry in outline.contents] == [
        ("Uno", 0),
        ("Dos", 1),
        ("Tres", 2),
    ]
    assert len(pages) == 3
    assert WORDS in text(pages[0])
    assert text(pages[1]).count("word") == 3_000
    assert pages[0].width > pages[0].height
    assert_words_are_lit(made(paths, path), pages)


def test_a_sheet_has_its_headers_on_every_page_and_says_them_once(calls, paths, tmp_path) -> None:
    rows = [(f"Zona{n}", n * 1.5, dt.date(2024, 1, 31), n % 2 == 0) for n in range(200)]
    sheets = {"Ventas": [("Región", "Importe", "Fecha", "Activo"), *rows], "Otra": [("Sola",)]}
    path = originals.workbook(tmp_path / "a.xlsx", sheets)
    outline, pages = read(calls, paths, path)
    assert [entry.title for entry in outline.contents] == ["Ventas", "Otra"]
    assert len(pages) > 3
    with pymupdf.open(made(paths, path)) as document:
        shown = [" ".join(page.get_text().split()) for page in document]
    assert all(page.count("Región Importe Fecha Activo") == 1 for page in shown[:-1])
    assert [text(page).count("Región") for page in pages] == [1, *[0] * (len(pages) - 1)]
    read_rows = [
        f"Zona{n} {n * 1.5:.10g} 2024-01-31 {str(n % 2 == 0).upper()}" for n in (0, 7, 199)
    ]
    whole = " ".join(map(text, pages))
    assert all(row in whole for row in read_rows)
    assert whole.count("Zona") == 200
    assert "Sola" in text(pages[-1])
    assert_words_are_lit(made(paths, path), pages)


def test_columns_of_a_wide_sheet_stay_beside_what_names_their_rows(calls, paths, tmp_path) -> None:
    head = ["Nombre", *(f"Columna{n}" for n in range(60))]
    path = originals.workbook(tmp_path / "a.xlsx", {"Hoja": [head, ["Ana", *range(100, 160)]]})
    _, pages = read(calls, paths, path)
    whole = " ".join(map(text, pages))
    assert all(f"Columna{n}" in whole for n in range(60))
    assert whole.count("Ana") == whole.count("Nombre") > 2
    assert all(word.box.x1 < 1 for page in pages for line in page.lines for word in line.words)


def test_a_book_keeps_its_contents(calls, paths, tmp_path) -> None:
    chapters = [("Uno", SPOKEN), ("Dos", "lighthouse " * 2_000), ("Tres", "Fin")]
    path = originals.book(tmp_path / "a.epub", "El libro", chapters)
    outline, pages = read(calls, paths, path)
    assert outline.title == "El libro"
    assert [entry.title for entry in outline.contents] == ["Uno", "Dos", "Tres"]
    assert [text(pages[entry.page]).split()[0] for entry in outline.contents] == [
        "Uno",
        "Dos",
        "Tres",
    ]
    assert WORDS in text(pages[0])
    assert_words_are_lit(made(paths, path), pages)


PAGE = f"""<!doctype html><html><head><title>El título</title><meta charset="utf-8"></head><body>
<h1>Cabecera</h1><p>{SPOKEN}</p>palabras sueltas<script>alert("no")</script>
<table><tr><th>Puerto<th>Barcos<tr><td>Cádiz<td>12</table>
<img src="http://example.org/a.png"><img src="file:///etc/hostname"><link href="x.css"></body>"""


def test_a_web_page_is_read_without_what_it_points_to(calls, paths, tmp_path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    outline, (page,) = read(calls, paths, path)
    assert outline.title == "El título"
    assert outline.contents[0].title == "Cabecera"
    assert WORDS in text(page)
    assert text(page).endswith("palabras sueltas Puerto Barcos Cádiz 12")
    assert_words_are_lit(made(paths, path), [page])


def test_markdown_is_read_as_it_is_meant(calls, paths, tmp_path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        f"# Título\n\n{SPOKEN}\n\n|a|b|\n|-|-|\n|1|2|\n\n## Sección\n\n* **x**\n", "utf-8"
    )
    outline, (page,) = read(calls, paths, path)
    assert outline.title == "Título"
    assert [(entry.level, entry.title) for entry in outline.contents] == [
        (1, "Título"),
        (2, "Sección"),
    ]
    assert WORDS in text(page)
    assert "a b 1 2 Sección" in text(page)
    assert "*" not in text(page)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-16", "utf-8-sig"])
def test_plain_text_is_right_in_every_encoding(calls, paths, tmp_path, encoding) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("¿Qué año?\n  sangría\n\nSegundo párrafo\fOtra página".encode(encoding))
    _, pages = read(calls, paths, path)
    assert [[line.text for line in page.lines] for page in pages] == [
        ["¿Qué año?", "sangría", "Segundo párrafo"],
        ["Otra página"],
    ]


@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "bmp", "gif", "webp"])
def test_a_picture_is_a_page_of_its_size_that_waits_for_recognition(
    calls, paths, tmp_path, ending
) -> None:
    path = originals.picture(tmp_path / f"a.{ending}", dpi=100)
    _, (page,) = read(calls, paths, path)
    assert page.picture
    assert page.unread
    assert page.width / page.height == pytest.approx(3, abs=0.02)
    if ending in {"png", "jpg", "tif"}:  # the others say nothing of their size
        assert page.width == pytest.approx(6 * 72, abs=2)


@pytest.mark.parametrize(("kind", "called"), [("jpg", "png"), ("webp", "png"), ("png", "webp")])
def test_a_picture_may_have_the_name_of_another_kind(calls, paths, tmp_path, kind, called) -> None:
    path = originals.picture(tmp_path / f"a.{kind}").rename(tmp_path / f"a.{called}")
    assert len(read(calls, paths, path)[1]) == 1


def test_each_frame_of_a_scan_is_a_page(calls, paths, tmp_path) -> None:
    path = originals.picture(tmp_path / "a.tif", ["One", "Two", "Three"])
    _, pages = read(calls, paths, path)
    assert [page.unread for page in pages] == [True] * 3


def test_a_row_higher_than_a_page_loses_nothing(calls, paths, tmp_path) -> None:
    path = tmp_path / "a.html"
    cells = "".join(f"<tr><td>{n}<td>{'word ' * 2_000}</tr>" for n in range(3))
    path.write_text(f"<p>before</p><table>{cells}</table><p>after</p>", "utf-8")
    _, pages = read(calls, paths, path)
    assert sum(text(page).count("word") for page in pages) == 6_000
    assert text(pages[-1]).endswith("after")


def test_a_table_wider_than_a_page_loses_nothing(calls, paths, tmp_path) -> None:
    path = tmp_path / "a.html"
    cells = "".join(f"<td>Columna{n}" for n in range(60))
    path.write_text(f"<p>before</p><table><tr>{cells}</table><p>after</p>", "utf-8")
    _, pages = read(calls, paths, path)
    whole = " ".join(map(text, pages))
    assert all(f"Columna{n} " in whole for n in range(60))
    assert whole.endswith("after")


def test_a_word_longer_than_a_line_is_broken_and_not_cut(calls, paths, tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" * 500, "utf-8")
    _, (page,) = read(calls, paths, path)
    assert text(page).count("x") == 500
    assert page.width == 595


# Once, and whole or not at all


def test_a_document_is_converted_once(calls, paths, tmp_path) -> None:
    path = originals.word(tmp_path / "a.docx", "Once", [("A", "b")])
    read(calls, paths, path)
    before = made(paths, path).stat()
    steps = list(calls.steps(Read(*identified(path))))
    assert not [step for step in steps if isinstance(step, Converting)]
    assert made(paths, path).stat() == before


@pytest.mark.parametrize("left", [b"", b"damaged"])
def test_a_pdf_whose_text_is_lost_is_made_again(calls, paths, tmp_path, left) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"ห้องสมุด 🦉 {left!r}", "utf-8")
    read(calls, paths, path)
    place = converted_pdfs.text_place(paths.converted_folder, identified(path)[0])
    before = place.read_bytes()
    place.write_bytes(left)
    _, (page,) = read(calls, paths, path)
    assert text(page) == f"ห้องสมุด 🦉 {left!r}"
    assert place.read_bytes()[10:] == before[10:]  # the time stands before


def test_a_page_that_is_recognized_keeps_the_words_of_its_source(calls, paths, tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one\fการ 🦉", "utf-8")
    read(calls, paths, path)
    document = identified(path)[0]
    with pymupdf.open(made(paths, path)) as opened:
        page = converting.page(paths.converted_folder, document, opened, 1)
        assert text(page) == "การ 🦉"
        converted_pdfs.text_place(paths.converted_folder, document).unlink()
        assert converting.page(paths.converted_folder, document, opened, 0).lines[0].text == "one"


def test_a_pdf_is_left_as_it_is(calls, paths, tmp_path) -> None:
    path = pdfs.plain(tmp_path / "a.pdf", ["Lighthouse"])
    read(calls, paths, path)
    assert not made(paths, path).exists()


def test_every_page_is_a_sign_of_life(calls, paths, tmp_path) -> None:
    path = originals.word(tmp_path / "a.docx", "Long", [("A", "lighthouse " * 900)] * 10)
    steps = list(calls.steps(Read(*identified(path))))
    done = [step.done for step in steps if isinstance(step, Converting)]
    pages = sum(isinstance(step, PageRead) for step in steps)
    assert set(range(1, pages)) <= set(done)


def test_cancelling_leaves_nothing_behind(calls, paths, tmp_path) -> None:
    path = originals.word(tmp_path / "a.docx", "Cancelled", [("A", "lighthouse " * 900)] * 50)
    steps = calls.steps(Read(*identified(path)))
    for step in steps:
        if isinstance(step, Converting) and step.done:
            break
    steps.close()
    assert not made(paths, path).exists()
    assert not list(paths.converted_folder.rglob("*.part"))


def test_what_a_dead_reader_left_is_removed(paths) -> None:
    left = paths.converted_folder / "ab" / f"{'ab' * 32}.part"
    left.parent.mkdir(exist_ok=True)
    left.touch()
    reading.ReadingProcess(paths)
    assert not left.exists()


def test_a_file_that_changed_is_not_kept_as_what_it_was(calls, paths, tmp_path) -> None:
    path = originals.word(tmp_path / "a.docx", "Before", [("A", "b")])
    document, fact = identified(path)
    originals.word(path, "After, which is longer", [("A", "b " * 100)])
    with pytest.raises(DocumentChanged):
        list(calls.steps(Read(document, fact)))
    assert not converted_pdfs.place(paths.converted_folder, document).exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("name", ["{}.{}.part", "{}.{}-raw.part"])
def test_a_full_disk_is_told(calls, paths, tmp_path, name) -> None:
    path = originals.word(tmp_path / "a.docx", name, [("A", "b " * 9_000)])
    document, fact = identified(path)
    place = converted_pdfs.place(paths.converted_folder, document)
    place.parent.mkdir(exist_ok=True)
    reader = calls._worker._life.process.pid
    place.with_name(name.format(document, reader)).symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        list(calls.steps(Read(document, fact)))
    assert not place.exists()
    assert not list(place.parent.glob("*.part"))


# What cannot be read


def test_a_file_that_is_gone_is_missing(calls, tmp_path) -> None:
    path = originals.word(tmp_path / "a.docx", "", [("A", "b")])
    document, fact = identified(path)
    path.unlink()
    with pytest.raises(DocumentMissing):
        list(calls.steps(Read(document, fact)))


def test_a_file_that_goes_meanwhile_is_missing_and_a_full_disk_is_none_of_its_troubles(
    tmp_path,
) -> None:
    path = tmp_path / "a.docx"
    with pytest.raises(DocumentMissing), converting._told(path):
        raise FileNotFoundError(errno.ENOENT, "no such file", str(path))
    with pytest.raises(OSError, match="full"), converting._told(path):
        raise OSError(errno.ENOSPC, "full", str(tmp_path / "b.part"))


ENDINGS = ["docx", "pptx", "xlsx", "epub", "png", "tif"]


@pytest.mark.parametrize("ending", [*ENDINGS, "html", "md", "txt", "webp"])
def test_an_empty_file_is_told_as_such(calls, tmp_path, ending) -> None:
    path = tmp_path / f"a.{ending}"
    path.touch()
    assert refused(calls, path) is DocumentEmpty


@pytest.mark.parametrize("ending", [*ENDINGS, "webp"])
def test_a_file_of_another_kind_is_broken(calls, tmp_path, ending) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"This is not what its name says." * 100)
    assert refused(calls, path) is DocumentBroken


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx", "epub"])
def test_a_zip_file_of_something_else_is_broken(calls, tmp_path, ending) -> None:
    path = tmp_path / f"a.{ending}"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("song.txt", "la la la")
    assert refused(calls, path) is DocumentBroken


MAKERS: dict[str, Callable[[Path], Path]] = {
    "docx": lambda path: originals.word(path, "T", [("A", "text " * 400)]),
    "pptx": lambda path: originals.slides(path, [("A", "text " * 400)]),
    "xlsx": lambda path: originals.workbook(path, {"S": [("text", n) for n in range(400)]}),
    "epub": lambda path: originals.book(path, "T", [("A", "text " * 400)]),
}
PARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/slides/slide1.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "epub": "1.xhtml",
}
every_package = pytest.mark.parametrize("ending", MAKERS)


@every_package
@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_half_a_file_is_broken(calls, tmp_path, ending, share) -> None:
    path = MAKERS[ending](tmp_path / f"a.{ending}")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refused(calls, path) is DocumentBroken


@every_package
def test_a_part_that_is_no_xml_is_broken(calls, paths, tmp_path, ending) -> None:
    path = MAKERS[ending](tmp_path / f"a.{ending}")
    originals.repacked(path, {PARTS[ending]: b"\x00\xff<<<" * 50})
    if ending == "epub":  # MuPDF makes what it can of it
        list(calls.steps(Read(*identified(path))))
    else:
        assert refused(calls, path) is DocumentBroken


@every_package
def test_a_file_that_unpacks_to_gigabytes_is_too_large(calls, tmp_path, ending) -> None:
    path = MAKERS[ending](tmp_path / f"a.{ending}")
    originals.repacked(path, {"media/bomb.xml": b" " * (97 << 20)})
    assert path.stat().st_size < 1 << 20
    assert refused(calls, path) is DocumentTooLarge


BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">%s]><b>&x8;</b>""" % b"".join(
    b'<!ENTITY x%d "%s">' % (n, (b"&x%d;" % (n - 1) if n else b"&a;") * 10) for n in range(9)
)


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_entities_are_refused(calls, tmp_path, ending) -> None:
    path = MAKERS[ending](tmp_path / f"a.{ending}")
    originals.repacked(path, {PARTS[ending]: BOMB})
    assert refused(calls, path) is DocumentBroken


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_even_harmless_entities_are_refused(calls, tmp_path, ending) -> None:
    path = MAKERS[ending](tmp_path / f"a.{ending}")
    with zipfile.ZipFile(path) as file:
        known = file.read(PARTS[ending])
    at = known.index(b"?>") + 2 if known.startswith(b"<?xml") else 0
    harmless = known[:at] + b'<!DOCTYPE a [<!ENTITY b "c">]>' + known[at:]
    originals.repacked(path, {PARTS[ending]: harmless})
    assert refused(calls, path) is DocumentBroken


def test_entities_of_a_book_do_not_grow(calls, tmp_path) -> None:
    path = MAKERS["epub"](tmp_path / "a.epub")
    originals.repacked(path, {PARTS["epub"]: BOMB})
    assert len(list(calls.steps(Read(*identified(path))))) < 20


def test_what_a_document_points_to_outside_is_not_opened(calls, paths, tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("treasure")
    path = originals.word(tmp_path / "a.docx", "T", [("A", "b")])
    link = b"""<Relationship Id="rId99" TargetMode="External" Target="file://%s"
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>"""
    with zipfile.ZipFile(path) as file:
        known = file.read("word/_rels/document.xml.rels")
    outside = link % str(tmp_path / "secret.txt").encode()
    changed = known.replace(b"</Relationships>", outside + b"</Relationships>")
    originals.repacked(path, {"word/_rels/document.xml.rels": changed})
    _, pages = read(calls, paths, path)
    assert "treasure" not in " ".join(map(text, pages))


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_a_password_is_told_from_a_file_of_old_office(calls, tmp_path, ending) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    assert refused(calls, path) is UnsupportedFile
    with path.open("ab") as file:
        file.write("EncryptedPackage".encode("utf-16-le"))
    assert refused(calls, path) is DocumentSealed


def test_a_book_that_its_shop_locks_is_told(calls, tmp_path) -> None:
    path = MAKERS["epub"](tmp_path / "a.epub")
    originals.repacked(path, {"META-INF/rights.xml": b"<rights/>"})
    assert refused(calls, path) is DocumentSealed


def test_a_picture_of_too_many_pixels_is_refused_by_its_head(calls, tmp_path) -> None:
    path = originals.picture(tmp_path / "a.png")
    path.write_bytes(originals.claiming(path, 35_000))
    assert refused(calls, path) is DocumentTooLarge


def test_text_of_too_many_bytes_is_refused(calls, tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a " * (17 << 20))
    assert refused(calls, path) is DocumentTooLarge


def test_what_is_no_document_is_refused(calls, tmp_path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3")
    assert refused(calls, path) is UnsupportedFile


DEEP = {
    "html": "<div>" * 3_000 + "deep" + "</div>" * 3_000,
    "md": ">" * 3_000 + " deep",
    "lists.html": "<ul><li>" * 2_000 + "deep",
    "tables.html": "<table><tr><td>" * 1_000 + "deep",
}


@pytest.mark.parametrize("name", DEEP)
def test_endless_nesting_ends(calls, paths, tmp_path, name) -> None:
    path = tmp_path / f"a.{name}"
    path.write_text(f"<p>before</p>\n\n{DEEP[name]}", "utf-8")
    assert "before" in text(read(calls, paths, path)[1][0])


def test_the_reader_goes_on_after_all_of_these(calls, paths, tmp_path) -> None:
    assert sys.platform  # the same process has served every test of this module
    assert read(calls, paths, pdfs.plain(tmp_path / "a.pdf", ["Goes on"]))[1]
