"""Source code stays as it stands."""

from desktop_rag.engines.formats import source_code


def test_lines_and_indents_stay() -> None:
    title, pieces = source_code.of_code(b"def f(x):\n\tif x < 1:\n\t\treturn 'a'\n\n\nf(0)\n")
    assert title == ""
    assert [piece.html for piece in pieces] == [
        "<pre>def f(x):\n    if x &lt; 1:\n        return 'a'</pre><pre>f(0)</pre>"
    ]


def test_a_long_log_is_cut_into_bearable_pieces() -> None:
    pieces = list(source_code.of_code(b"12:00 started\n" * 100_000)[1])
    assert max(len(piece.html) for piece in pieces) < 50_000
    assert sum(piece.html.count("started") for piece in pieces) == 100_000
