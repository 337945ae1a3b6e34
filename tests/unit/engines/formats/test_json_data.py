"""What data in JSON says."""

import pytest

from desktop_rag.engines.formats import json_data


def made(source: str | bytes) -> str:
    data = source if isinstance(source, bytes) else source.encode()
    pieces = json_data.of_json(data)[1]
    return "".join(p.html + p.head + "".join(p.rows) for p in pieces).replace(' id="r"', "")


@pytest.mark.parametrize(
    "source",
    [
        '[{"part": "Gro\\u00dfrad", "teeth": 1.10}, {"part": "Ritzel", "teeth": 12, "note": null}]',
        '{"part": "Großrad", "teeth": 1.10}\n{"part": "Ritzel", "teeth": 12, "note": null}\n',
    ],
)
def test_records_that_are_alike_are_a_table(source) -> None:
    assert made(source) == (
        "<tr><th>part</th><th>teeth</th><th>note</th></tr>"
        "<tr><td>Großrad</td><td>1.10</td><td></td></tr>"
        "<tr><td>Ritzel</td><td>12</td><td></td></tr>"
    )


def test_records_within_an_object_have_its_name_as_a_heading() -> None:
    said = made('{"mill": "Ost", "wheels": [{"a": 1, "b": true}, {"a": 2, "b": ["x", "y"]}]}')
    assert said == (
        '<pre class="plain">mill: Ost</pre><h1>wheels</h1><tr><th>a</th><th>b</th></tr>'
        "<tr><td>1</td><td>true</td></tr><tr><td>2</td><td>x, y</td></tr>"
    )


def test_all_else_is_indented() -> None:
    source = '{"mill": {"name": "Ost \\"2\\"", "wheels": [1, [2, 3], {"a": {}}], "text": "x\\ny"}}'
    assert made(source) == (
        '<pre class="plain">mill:\n  name: Ost "2"\n  wheels:\n    - 1\n'
        "    -\n      - 2\n      - 3\n"
        "    -\n      a\n  text: x\n    y</pre>"
    )


def test_records_that_differ_stand_one_below_the_other() -> None:
    assert made('[{"a": 1}, {"b": 2, "c": 3, "d": 4}, "x"]') == (
        '<pre class="plain">a: 1</pre><pre class="plain">b: 2\nc: 3\nd: 4</pre>'
        '<pre class="plain">x</pre>'
    )


@pytest.mark.parametrize(
    "source",
    ["[" * 100_000, "[" * 900 + "]" * 900, '{"a":' * 100_000, "{", "no json at all", "", "NaN"],
    ids=range(7),
)
def test_what_is_no_json_or_too_deep_is_shown_as_it_stands(source) -> None:
    said = made(source)
    assert said.count("[") in {source.count("["), 0}


def test_a_long_number_stands_as_it_is_written() -> None:
    assert "n: " + "1" * 5_000 in made('{"n": ' + "1" * 5_000 + "}")


def test_records_that_differ_are_set_together() -> None:
    source = "[" + ",".join(f'{{"a": {{"b": {n}}}}}' for n in range(1_000)) + "]"
    pieces = list(json_data.of_json(source.encode())[1])
    assert len(pieces) < 10
    assert "b: 999" in pieces[-1].html
