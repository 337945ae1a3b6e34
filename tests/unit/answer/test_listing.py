"""What is said of everything that was found, in both languages."""

import pytest

from desktop_rag.answer.listing import body, head
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.occurrences import (
    Census,
    Counted,
    DocumentCount,
    Manner,
    Needle,
    Occurrence,
    Occurrences,
)
from desktop_rag.domain.passages import Hit, Passage

TIDE = Census(Counted.DOCUMENTS, (Needle("tide"),))
TIMES = Census(Counted.TIMES, (Needle("tide"),))
A, B = (
    DocumentCount(DocumentId("a"), "Harbour guide", 1_200, ("1", "3")),
    DocumentCount(DocumentId("b"), "Bird [2] book", 1, ("iv",)),
)


def found(**values) -> Occurrences:
    made = {"documents": (A, B), "total": 1_201, "looked_documents": 40, "looked_passages": 4_310}
    return Occurrences(**({"needles": TIDE.needles, "shown": ONE * 1_201} | made | values))


def hit(text: str, document: str = "a") -> Hit:
    return Hit(DocumentId(document), 0, 2, "3", "", text, (), 0.0)


ONE = (Occurrence(hit("The tide."), (4, 8)),)
NONE = found(documents=(), total=0, shown=())


@pytest.mark.parametrize(
    ("census", "what", "english", "spanish"),
    [
        (
            TIDE,
            found(),
            "2 of 40 documents mention “tide”, 1,201 times in all, on 3 pages.",
            "2 de 40 documentos mencionan «tide», 1201 veces en total, en 3 páginas.",
        ),
        (
            TIMES,
            found(),
            "“tide” is mentioned 1,201 times in 2 of 40 documents, on 3 pages.",
            "«tide» se menciona 1201 veces en 2 de 40 documentos, en 3 páginas.",
        ),
        (
            TIDE,
            found(documents=(B,), total=1, looked_documents=1, shown=ONE),
            "“tide” is mentioned once, on 1 page.",
            "«tide» se menciona 1 vez, en 1 página.",
        ),
        (
            TIDE,
            found(looked_documents=2),
            "All 2 documents mention “tide”, 1,201 times in all, on 3 pages.",
            "Los 2 documentos mencionan «tide», 1201 veces en total, en 3 páginas.",
        ),
        (
            TIDE,
            NONE,
            "None of the 40 documents mentions “tide”.",
            "Ninguno de los 40 documentos menciona «tide».",
        ),
        (
            TIDE,
            found(documents=(), total=0, shown=(), looked_documents=1, near="tile"),
            "The document does not mention “tide”. The nearest that they say is “tile”.",
            "El documento no menciona «tide». Lo más parecido que dicen es «tile».",
        ),
        (
            TIDE,
            found(forms=(("tide", 1_000), ("tides", 201))),
            "2 of 40 documents mention “tide”, 1,201 times in all, on 3 pages."
            " Its forms count: “tide” 1000, “tides” 201.",
            "2 de 40 documentos mencionan «tide», 1201 veces en total, en 3 páginas."
            " Cuentan sus formas: «tide» 1000, «tides» 201.",
        ),
        (
            TIMES,
            found(shown=ONE * 200),
            "“tide” is mentioned 1,201 times in 2 of 40 documents, on 3 pages."
            " The first 200 of 1,201 places are shown.",
            "«tide» se menciona 1201 veces en 2 de 40 documentos, en 3 páginas."
            " Aquí están los primeros 200 de 1201 lugares.",
        ),
        (
            TIDE,
            found(manner=Manner.APART, total=3, shown=ONE * 3),
            "“tide” does not stand together anywhere; 3 passages have all of its words in 2 of 40"
            " documents.",
            "«tide» no aparece tal cual; 3 pasajes tienen todas sus palabras en 2 de 40"
            " documentos.",
        ),
        (
            Census(Counted.PLACES, TIDE.needles, thing=True),
            found(manner=Manner.ABOUT, total=3, shown=ONE * 3),
            "3 sentences and items about “tide” in 2 of 40 documents."
            " All 4,310 passages of 40 documents were looked at.",
            "3 frases o puntos sobre «tide» en 2 de 40 documentos."
            " Se revisaron los 4310 pasajes de 40 documentos.",
        ),
        (
            Census(Counted.DOCUMENTS, TIDE.needles, lacking=True),
            found(without=(DocumentCount(DocumentId("c"), "Lease", 0),), looked_documents=3),
            "1 of 3 documents does not mention “tide”: Lease.",
            "1 de 3 documentos no menciona «tide»: Lease.",
        ),
        (
            Census(Counted.DOCUMENTS, TIDE.needles, lacking=True),
            found(looked_documents=2),
            "All documents (2) mention “tide”.",
            "Todos los documentos (2) mencionan «tide».",
        ),
        (
            Census(Counted.DOCUMENTS, (), every=True),
            found(needles=(Needle("Ana"), Needle("Luis"))),
            "2 of 40 documents mention “Ana” and “Luis”, 1,201 times in all, on 3 pages.",
            "2 de 40 documentos mencionan «Ana» y «Luis», 1201 veces en total, en 3 páginas.",
        ),
    ],
)
def test_the_first_sentence_has_the_number(census, what, english, spanish) -> None:
    assert head(census, what, "en") == english
    assert head(census, what, "es") == spanish


def test_documents_come_with_their_places_below_them() -> None:
    passages = [Passage(4, hit("The tide [9] turns.")), Passage(5, hit("A tide.", "b"))]
    assert body(found(), passages, "en").splitlines() == [
        "- Harbour guide: 1,200 (p. 1, 3)",
        "  - p. 3: “The tide (9) turns.” [4]",
        "- Bird (2) book: 1 (p. iv)",
        "  - p. 3: “A tide.” [5]",
    ]
    assert body(found(), passages, "es").splitlines()[1] == "  - pág. 3: «The tide (9) turns.» [4]"


def test_what_is_more_than_can_be_read_is_left_out_and_said_so() -> None:
    many = tuple(
        DocumentCount(DocumentId(f"d{at}"), f"Letter {at}", 1, ("1",)) for at in range(250)
    )
    lines = body(found(documents=many), [], "en").splitlines()
    assert (len(lines), lines[-1]) == (201, "- … 50 documents")
    pages = DocumentCount(DocumentId("a"), "Long", 20, tuple(map(str, range(1, 21))))
    (line,) = body(found(documents=(pages,)), [], "en").splitlines()
    assert line.endswith("11, 12 …)")


def test_titles_are_one_line_without_marks_of_their_own() -> None:
    strange = DocumentCount(DocumentId("a"), "A\n\nB\x1b[8m [3]", 1, ("1",))
    (line,) = body(found(documents=(strange,)), [], "en").splitlines()
    assert "\x1b" not in line
    assert "[3]" not in line
