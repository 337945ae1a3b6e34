"""What a reader would see of TeX."""

import pytest

from desktop_rag.engines.formats import tex


def made(body: str) -> str:
    return "".join(piece.html for piece in tex.of_tex(body.encode())[1])


def words(body: str) -> str:
    return made(body).removeprefix('<pre class="plain">').removesuffix("</pre>")


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (r"a \emph{good} \textbf{dog {\it here}}", "a good dog {here}"),
        ("gone% a comment\n here, 5\\% stays", "gonehere, 5% stays"),
        (r"Stra\ss e, Gr\"o{\ss}e, ni\~no, \'Angel, caf\'{e}, gar\c{c}on", None),
        (r"``quoted'' pages 3--4 --- so~on \ldots", "“quoted” pages 3–4 — so\u00a0on …"),
        (r"\begingroup so\endgroup, on\endnote{it}", r"\begingroup so\endgroup, on\endnote{it}"),
        (r"as in \cite{knuth} and \ref{x}", r"as in \cite{knuth} and \ref{x}"),
        (r"\begin{itemize}\item one\item[x] two\end{itemize}", "• one• [x] two"),
        (r"mass\footnote{of \emph{water}} here", "mass (of water) here"),
        (r"$E = mc^2$ and \{x\}", "$E = mc^2$ and {x}"),
        (r"A \& B \_ C \# \$5", "A &amp; B _ C # $5"),
    ],
)
def test_commands_that_only_dress_words_are_gone(source, seen) -> None:
    if seen is None:
        assert (
            words(source) == "Straße, Gr\u00f6{ß}e, ni\u00f1o, \u00c1ngel, caf\u00e9, gar\u00e7on"
        )
    else:
        assert words(source) == seen


def test_sections_are_headings_below_the_title() -> None:
    source = (
        r"\documentclass{article}\title{On \emph{Mills}}"
        "\n% \\section{no}\n"
        r"\begin{document}\maketitle\section{Wa\-ter}one\subsection*{Deep}two\section[s]{Air}"
        r"three\end{document} after"
    )
    title, _ = tex.of_tex(source.encode())
    assert title == "On Mills"
    assert made(source) == (
        '<p class="title">On Mills</p><h1>Wa\\-ter</h1><pre class="plain">one</pre><h2>Deep</h2>'
        '<pre class="plain">two</pre><h1>Air</h1><pre class="plain">three</pre>'
    )


def test_listings_stay_as_they_stand_and_comments_do_not() -> None:
    source = (
        "before\n\\begin{verbatim}\nx = 1 % no comment\n\\end{verbatim}\n"
        "\\begin{comment}gone\\end{comment}after"
    )
    assert made(source) == (
        '<pre class="plain">before</pre><pre>x = 1 % no comment</pre><pre class="plain">after</pre>'
    )


@pytest.mark.parametrize(
    "source",
    [
        "{" * 300_000,
        "\\" * 300_000,
        "\\section{" * 30_000,
        "\\textbf{" * 50_000,
        "%" * 300_000,
        "\\section" + " " * 300_000,
        "\\begin{verbatim}" * 3_000,
        "\\section{{{{{" * 10_000,
    ],
    ids=lambda source: source[:10],
)
def test_no_text_holds_it_up(source) -> None:
    tex.of_tex(source.encode())
    made(source)
