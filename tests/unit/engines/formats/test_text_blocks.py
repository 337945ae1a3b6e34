"""Text as it stands, in blocks of a bearable size."""

from desktop_rag.engines.formats import text_blocks


def test_blank_lines_part_paragraphs_whose_lines_stay() -> None:
    source = text_blocks.unified("\r\na\r\n\tb\r\n \r\n\r\nc\r")
    assert list(text_blocks.paragraphs(source)) == ["a\n    b", "c"]


def test_code_and_words_are_told_apart() -> None:
    assert list(text_blocks.preformatted("if a < b:", code=True)) == ["<pre>if a &lt; b:</pre>"]
    assert list(text_blocks.preformatted("a < b")) == ['<pre class="plain">a &lt; b</pre>']


def test_nothing_is_lost_of_long_lines_and_of_many() -> None:
    for source in ("word " * 100_000, "x" * 100_000, "line\n" * 100_000):
        parts = list(text_blocks.paragraphs(source))
        assert max(map(len, parts)) <= 13_000
        assert sum(part.count(source[0]) for part in parts) == source.count(source[0])
