"""What the cells of a notebook say."""

import json

import pytest

from desktop_rag.engines.formats import notebook


def made(value: object) -> tuple[str, str]:
    title, pieces = notebook.of_notebook(json.dumps(value).encode())
    return title, "".join(piece.html for piece in pieces)


def test_text_is_markdown_and_code_stays_with_what_it_printed() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Tides\n", "\n", "at *Olhão*"]},
        {
            "cell_type": "code",
            "source": "print(1 < 2)",
            "outputs": [
                {"output_type": "stream", "text": ["True\n"]},
                {"data": {"text/plain": "42", "image/png": "aGVsbG8="}},
                {"ename": "ValueError", "evalue": "no", "traceback": ["\x1b[31mx\x1b[0m"]},
            ],
        },
        {"cell_type": "raw", "source": "raw words"},
    ]
    title, said = made({"cells": cells})
    assert title == "Tides"
    assert said == (
        "<h1>Tides</h1><p>at <i>Olhão</i></p><pre>print(1 &lt; 2)</pre>"
        '<pre class="plain">True</pre><pre class="plain">42</pre>'
        '<pre class="plain">ValueError: no</pre><pre class="plain">raw words</pre>'
    )


def test_older_notebooks_are_read() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Old"},
        {"cell_type": "code", "input": ["x = 1"], "outputs": []},
    ]
    assert made({"worksheets": [{"cells": cells}]})[1] == "<h2>Old</h2><pre>x = 1</pre>"


@pytest.mark.parametrize("value", [{}, [], 1, {"cells": 3}, {"cells": [1, {}, {"source": 5}]}])
def test_what_is_no_notebook_says_nothing(value) -> None:
    assert made(value) == ("", "")


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000])
def test_what_is_no_json_is_damaged(data) -> None:
    with pytest.raises(notebook.DAMAGE):
        notebook.of_notebook(data)
