"""Parts of documents that are told by their kind and number: § 5.2, Article 24(1), Annex IV."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_rag.domain.ports import ExactString
from desktop_rag.engines.store.keys import lowered, string_of

_MARKERS = {
    word: kind
    for kind, words in {
        "section": """§ §§ section sections sec sect seccion secciones apartado apartados abschnitt
            abschnitte abschnitts sezione sezioni secao paragraph paragraphs para parrafo parrafos
            paragraf paragrafo ziffer ziff""",
        "article": """art arts article articles articulo articulos artikel artikels articolo
            articoli artigo artigos""",
        "chapter": """chapter chapters chap chapitre chapitres cap capitulo capitulos capitolo
            kapitel kap""",
        "clause": "clause clauses clausula clausulas klausel klauseln",
        "annex": """annex annexes anexo anexos anlage anlagen anhang allegato allegati appendix
            appendices apendice apendices""",
        "figure": "figure figures fig figs figura figuras abb abbildung abbildungen",
        "table": "table tables tab tabla tablas tabelle tabellen tabela tabelas tableau",
        "page": "page pages p pp pag pags pagina paginas seite seiten",
        "number": "no nos nr num number numbers numero numeros nummer n.o",
        "version": "version versions versiones release rev revision",
        "rule": """rule rules regla reglas regulation regulations reglamento reglamentos directive
            directives directiva directivas law laws ley leyes""",
    }.items()
    for word in words.split()
}
_MARKED = re.compile(
    r"(?<![\w.])(?P<word>[^\W\d_]{1,12}|n\.o|§§?)(?:(?<=[§o])\s?|\.\s?|\s)"
    r"(?P<place>\d+(?:[./-]\d+)*(?:[a-z](?!\w))?(?:\([a-zA-Z\d]{1,4}\))*|[A-Z]-?\d+(?:[.-]\d+)*"
    r"|[IVXLC]+(?![\w'-])|[A-Z](?![\w'.-]))"
)


def marked(written: str) -> Iterator[ExactString]:
    """Yield the parts of a document that are told by their kind and number."""
    for match in _MARKED.finditer(written):
        kind = _MARKERS.get(lowered(match["word"]))
        if kind:
            place = match["place"].lower()
            plain = [f"x:{place}"] if "." in place or "/" in place else []
            yield string_of(match.start(), match.end(), [f"s:{kind}:{place}", *plain])
