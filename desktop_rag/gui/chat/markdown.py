"""The text of answers as HTML that a QTextDocument can show and that does nothing by itself.

    text ─► blocks_of ─► Block ─► rendered ─► html, marks

Answers are written by a model that has read strangers' documents: HTML in them
is text, images are their descriptions, and an address stands beside every link.
A block can be rendered without those before it, so that a growing answer
renders its last one only.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate, islice, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from desktop_rag.answer.markdown_limits import bearable
from desktop_rag.answer.marks import cited, citing
from desktop_rag.domain.unicode_text import inert
from desktop_rag.gui.look import tokens as sizes
from desktop_rag.gui.look.tokens import Colours

MOST_BLOCKS = 500
MOST_IN_BLOCK = 12_000  # a longer paragraph, item or table is shown as it stands
MOST_CODE = 40_000
MOST_LINES = 400  # upright ones of a table, which is laid out as a whole whatever is added to it
MOST_COLOURED = 4_000  # signs of code: some 120 lines, in 40 ms
_COMMONEST = ("python", "json", "bash")
MOST_LINKS = 50  # that can be clicked, in a block
_AIRY = 5  # columns; more are set small and close
_CELL = 9  # signs that a cell of several words would like on a line
_LONG = 60  # signs, from which on a text is simply long
CITE = "cite"

_LISTS = {"bullet_list_open", "ordered_list_open"}
_CODE = {"fence", "code_block"}
_SAFE = ("http://", "https://", "mailto:")
# The line below the head of a table.
_RULE = re.compile(r"^[ \t]*+(?:\|[-:| \t]*+|[-:][-: \t]*+\|[-:| \t]*+)$", re.MULTILINE)
_LINE_END = re.compile(r"\r\n?|\n")  # as CommonMark 2.1 has it
_OF_TABLES = frozenset(
    f"{part}_{side}"
    for part in ("table", "thead", "tbody", "tr", "th", "td")
    for side in ("open", "close")
)
_BAR = re.compile(r"(?<!\\)\|")  # between two cells
_STARS = re.compile(r"(?<!\\)\*+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE = re.compile(r"(?<![.!?…:])[.!?…:]++[»”\"')\]]*+(?=\s)|\n")


@dataclass(frozen=True, slots=True)
class MarkdownBlock:
    """A paragraph, item, table or the like, from `start` of the text on; `kind` is its token."""

    kind: str
    source: str
    start: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A block as HTML, and the numbers cited in it in their order."""

    html: str
    marks: tuple[int, ...]


@dataclass(slots=True)
class _RenderState:
    """What one rendering keeps between tokens."""

    known: Set[int]
    seen: Counter[int]
    shown: Mapping[int, int]
    marks: list[int] = field(default_factory=list)
    links: int = 0
    open: list[str] = field(default_factory=list)


def blocks_of(text: str) -> tuple[MarkdownBlock, ...]:
    """Return the outermost blocks of `text`; each item of a list is one."""
    end = bearable(text)
    blocks = list(islice(_blocks(text[:end]), MOST_BLOCKS + 1))
    if blocks and (len(blocks) > MOST_BLOCKS or end < len(text)):
        start = blocks.pop().start
        blocks.append(MarkdownBlock("plain", text[start:], start))
    return tuple(blocks)


def _blocks(text: str) -> Iterator[MarkdownBlock]:
    starts = [0, *(found.end() for found in _LINE_END.finditer(text)), len(text)]
    spans = list(_spans(_OUTLINE.parse(text)))
    for at, (kind, first) in enumerate(spans):
        end = spans[at + 1][1] if at + 1 < len(spans) else len(starts) - 1
        source = text[starts[first] : starts[end]]
        table = kind == "paragraph_open" and _RULE.search(source)
        yield MarkdownBlock("table_open" if table else kind, source, starts[first])


def _spans(parsed: Sequence[Token]) -> Iterator[tuple[str, int]]:
    inside = False
    for token in parsed:
        if token.level == 0 and token.nesting >= 0:
            inside = token.type in _LISTS
            if token.map and not inside:
                yield token.type, token.map[0]
        elif inside and token.level == 1 and token.type == "list_item_open" and token.map:
            yield "list", token.map[0]


def rendered(
    block: MarkdownBlock,
    known: Set[int],
    seen: Mapping[int, int] | None = None,
    shown: Mapping[int, int] | None = None,
    columns: int | None = None,
) -> Rendered:
    """Return `block` as HTML.

    Marks of `known` numbers are links, `cite:3` for the first one of a number
    and `cite:3.1` for the next; `seen` counts those in the blocks before. The reader sees what
    they are `shown` as, which is their own number where nothing else is said. A table of more
    `columns` than there is room for is written row by row, below each other.
    """
    if block.kind == "plain" or _too_much(block):
        return Rendered(f'<p class="plain">{html.escape(inert(block.source))}</p>', ())
    state = _RenderState(known, Counter(seen or {}), shown or {})
    parsed = _PARSER.parse(block.source)
    if columns is not None and sum(token.type == "th_open" for token in parsed) > columns:
        parsed = list(_below_each_other(parsed))
    made = str(_PARSER.renderer.render(parsed, _PARSER.options, {"state": state}))
    # only now: “&#8238;” is one sign to Markdown, which turns around what follows
    return Rendered(inert(made.strip()), tuple(state.marks))


def _below_each_other(parsed: Sequence[Token]) -> Iterator[Token]:
    """Yield each row of a table as a heading, and paragraphs that begin with its columns' names."""
    heads: list[Token] = []
    cells: list[Token] = []
    inside = ""
    for token in parsed:
        if token.type in {"thead_open", "tr_open", "table_close"}:
            inside = {"thead_open": "head", "tr_open": inside or "row"}.get(token.type, "")
        elif token.type == "thead_close":
            heads, cells, inside = cells, [], ""
        elif token.type == "inline" and inside:
            cells.append(token)
        elif token.type == "tr_close" and inside == "row":
            yield from _row_below(heads, cells)
            cells, inside = [], ""
        elif token.type not in _OF_TABLES:
            yield token


def _row_below(heads: Sequence[Token], cells: Sequence[Token]) -> Iterator[Token]:
    for at, (head, cell) in enumerate(zip(heads, cells, strict=False)):
        if not cell.content.strip():
            continue
        kind, tag = ("heading", "h3") if at == 0 else ("paragraph", "p")
        inline = Token("inline", "", 0, content=cell.content, children=list(cell.children or ()))
        if at and head.content.strip():
            named = [Token("strong_open", "strong", 1), *(head.children or ())]
            named += [Token("strong_close", "strong", -1), Token("text", "", 0, content=": ")]
            inline.children = [*named, *(cell.children or ())]
        yield Token(f"{kind}_open", tag, 1)
        yield inline
        yield Token(f"{kind}_close", tag, -1)


def spoken(text: str) -> str:
    r"""Return a text as it is read aloud: the rows of a table in sentences, with its names.

    >>> spoken("| About | A | B |\n| --- | --- | --- |\n| Rent | **9** | 10 |")
    'Rent. A: 9. B: 10.'
    """
    lines: list[str] = []
    head: list[str] = []
    for line in text.split("\n"):
        cells = [_plain_cell(cell) for cell in _BAR.split(line.strip())[1:-1]]
        if not cells:
            head = []
            lines.append(line)
        elif _RULE.fullmatch(line):
            continue
        elif not head:
            head = cells
        else:
            pairs = zip(head[1:], cells[1:], strict=False)
            named = (f"{name}: {cell}" for name, cell in pairs if cell)
            lines.append(" ".join(f"{part.rstrip('.')}." for part in (cells[0], *named) if part))
    return "\n".join(lines)


def _plain_cell(cell: str) -> str:
    return _ESCAPE.sub(r"\1", _STARS.sub("", cell)).strip()


def place_of(address: str) -> tuple[int, int] | None:
    """Return number and occurrence that a `cite:` address stands for; None for any other."""
    found = re.fullmatch(CITE + r":(\d{1,4})(?:\.(\d{1,4}))?", address)
    return (int(found[1]), int(found[2] or 0)) if found else None


class GrowingCitations:
    """The numbers that a growing text cites; what was looked through once is not again."""

    def __init__(self) -> None:
        self._text = ""
        self._open = 0  # where the last mark begins, which may not be whole yet
        self._order: dict[int, None] = {}

    def of(self, text: str) -> tuple[int, ...]:
        """Return what `cited` does of a text, at little cost if it begins as the one before."""
        if not text.startswith(self._text):
            self._open, self._order = 0, {}
        self._order |= dict.fromkeys(cited(text[self._open :]))
        self._text, self._open = text, max(0, text.rfind("["))
        return tuple(self._order)


def read_out(text: str) -> str:
    """Return what a reader of `text` reads: the letters, without the signs that shape them."""
    parsed = _PARSER.parse(text[:MOST_IN_BLOCK])
    parts = (part for token in parsed for part in token.children or ())
    words = (" " if part.type.endswith("break") else part.content for part in parts)
    return "".join(words).strip() or text


def end_of_sentences(text: str) -> int:
    """Return where the last complete sentence of `text` ends; 0 if there is none."""
    end = 0
    for found in _SENTENCE.finditer(text):
        end = found.end()
    return end


def sheet(colours: Colours, fixed: str) -> str:
    """Return the style of answers; `fixed` is a font family with letters of one width."""
    c, t = colours, sizes
    line = f"line-height: {round(t.READING_LINE * 100)}%"
    return f"""
    p {{ {line}; margin: 0 0 {t.SPACE_S + 2}px 0; }}
    p.plain {{ white-space: pre-wrap; }}
    p.heading {{ font-weight: 600; margin-top: {t.SPACE_S}px; }}
    p.large {{ font-size: {t.TEXT_READING + 2}px; }}
    ul, ol {{ margin: 0; }}
    li {{ {line}; margin: 0 0 {t.SPACE_XS}px 0; }}
    blockquote {{ color: {c.muted}; margin: 0 {t.SPACE_L}px 0 {t.SPACE_L}px; }}
    a {{ color: {c.accent}; text-decoration: none; }}
    a.address {{ text-decoration: underline; }}
    code {{ font-family: '{fixed}'; font-size: {t.TEXT}px; background-color: {c.raised}; }}
    pre {{ font-family: '{fixed}'; font-size: {t.TEXT - 1}px; line-height: 135%;
           margin: 0; white-space: pre-wrap; }}
    table.code {{ background-color: {c.raised};
                  margin-top: {t.SPACE_XS}px; margin-bottom: {t.SPACE_M}px; }}
    table.grid {{ border-color: {c.line}; border-style: solid; border-collapse: collapse;
                  margin-top: {t.SPACE_XS}px; margin-bottom: {t.SPACE_M}px; }}
    th {{ background-color: {c.raised}; font-weight: 600; font-size: {t.TEXT}px; }}
    td {{ font-size: {t.TEXT}px; }}
    table.dense th, table.dense td {{ font-size: {t.TEXT_SMALL}px; }}
    table.dense th {{ font-weight: 400; }}
    .kw {{ color: {c.accent}; font-weight: 600; }}
    .st {{ color: {c.good}; }}
    .nu {{ color: {c.warning}; }}
    .fn {{ font-weight: 600; }}
    .cm {{ color: {c.muted}; font-style: italic; }}
    """


def coloured(code: str, language: str) -> str:
    """Return `code` as HTML, its words classed by what they are where the language is known."""
    if not language or len(code) > MOST_COLOURED:
        return html.escape(code)
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped,unused-ignore]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped,unused-ignore]

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return html.escape(code)
    return "".join(_classed(str(kind), value) for kind, value in lexer.get_tokens(code))


def warm() -> None:
    """Load what colours the commonest code: a fifth of a second each, so not in the event loop."""
    for language in _COMMONEST:
        coloured("x = 1", language)


def _classed(kind: str, value: str) -> str:
    for start, name in _CLASSES:
        if kind.startswith(start):
            return f'<span class="{name}">{html.escape(value)}</span>'
    return html.escape(value)


_CLASSES = (
    ("Token.Keyword", "kw"),
    ("Token.Operator.Word", "kw"),
    ("Token.Literal.String", "st"),
    ("Token.Literal.Number", "nu"),
    ("Token.Name.Function", "fn"),
    ("Token.Name.Class", "fn"),
    ("Token.Name.Tag", "kw"),
    ("Token.Comment", "cm"),
)


def _too_much(block: MarkdownBlock) -> bool:
    lines = block.source.count("|") if block.kind == "table_open" else 0
    return lines > MOST_LINES or len(block.source) > _limit(block.kind)


def _limit(kind: str) -> int:
    return MOST_CODE if kind in _CODE else MOST_IN_BLOCK


def _cited(text: str, state: _RenderState) -> str:
    parts, end = [], 0
    for mark, numbers in citing(text, state.known):
        known = [number for number in numbers if number in state.known]
        unknown = [str(number) for number in numbers if number not in state.known]
        parts.append(html.escape(text[end : mark.start()]))
        if mark[0].startswith((" ", "\t")):
            parts.append("\u202f")  # a mark never begins a line
        parts.append(f"<sup>{''.join(_link(number, state) for number in known)}</sup>")
        if unknown:
            parts.append(f" [{', '.join(unknown)}]")
        end = mark.end()
    return "".join(parts) + html.escape(text[end:])


def _link(number: int, state: _RenderState) -> str:
    nth = state.seen[number]
    state.seen[number] += 1
    state.marks.append(number)
    address = f"{CITE}:{number}" + (f".{nth}" if nth else "")
    return f'<a href="{address}">[{state.shown.get(number, number)}]</a>'


class _Renderer(RendererHTML):
    """HTML as QTextDocument understands it: code and tables are tables, headings paragraphs."""

    def text(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        state: _RenderState = env["state"]
        if state.open:
            itself = tokens[idx].content == state.open[-1]
            return "" if itself else html.escape(tokens[idx].content)
        return _cited(tokens[idx].content, state)

    def image(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        return html.escape(self.renderInlineAsText(tokens[idx].children, _options, _env))

    def link_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        state: _RenderState = env["state"]
        address = str(tokens[idx].attrGet("href") or "")
        state.open.append(address)
        return ""

    def link_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        state: _RenderState = env["state"]
        address = state.open.pop()
        shown = html.escape(address)
        state.links += 1
        if address.lower().startswith(_SAFE) and state.links <= MOST_LINKS:
            shown = f'<a class="address" href="{shown}">{shown}</a>'
        itself = tokens[idx - 1].type == "text" and tokens[idx - 1].content == address
        return shown if itself else f" ({shown})"

    def heading_open(self, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
        return f'<p class="heading{" large" if tokens[idx].tag in {"h1", "h2"} else ""}">'

    def heading_close(self, *_rest: Any) -> str:
        return "</p>"

    def fence(self, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
        language = tokens[idx].info.strip().split(" ")[0] if tokens[idx].info else ""
        code = coloured(tokens[idx].content.rstrip("\n"), language)
        cell = f"<tr><td><pre>{code}</pre></td></tr>"
        return f'<table class="code" width="100%" cellspacing="0" cellpadding="8">{cell}</table>'

    def code_block(self, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
        return self.fence(tokens, idx)

    def table_open(self, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
        end = next(at for at in range(idx, len(tokens)) if tokens[at].type == "table_close")
        heads = [token for token in tokens[idx:end] if token.type == "th_open"]
        cells = [token.content for token in tokens[idx:end] if token.type == "inline"]
        widths = _widths(cells, len(heads))
        for token, width in zip(heads, widths, strict=False):
            token.attrSet("width", f"{width}%")
        room = ' width="99%"' if widths else ""  # with its border, all of it is a pixel too wide
        kind, padding = ("grid dense", 3) if len(heads) > _AIRY else ("grid", 6)
        return f'<table class="{kind}" border="1" cellspacing="0" cellpadding="{padding}"{room}>'

    def th_open(self, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
        width = tokens[idx].attrGet("width")
        room = f' width="{width}"' if width else ""
        return f'<th align="{_side(tokens[idx])}"{room}>'

    def td_open(self, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
        return f'<td align="{_side(tokens[idx])}">'


def _widths(cells: Sequence[str], count: int) -> list[int]:
    """Return the share of each of `count` columns in percent; none if the table is not too wide.

    Left to itself, Qt makes all columns alike and breaks words in the narrow ones.
    """
    columns = [cells[at::count] for at in range(count)]
    longest = [max(map(len, column), default=0) for column in columns]
    if sum(longest) + 3 * count <= sizes.READING_SIGNS:
        return []
    together = 0 if count > _AIRY else _CELL
    wanted = [
        max(_longest_word(column), min(whole, together))
        + max(0, min(whole, _LONG) - 2 * _CELL) // 2
        + 5
        for column, whole in zip(columns, longest, strict=True)
    ]
    ends = [round(100 * end / sum(wanted)) for end in accumulate(wanted)]
    return [end - start for start, end in pairwise([0, *ends])]


def _longest_word(column: Sequence[str]) -> int:
    """Return the signs of a column's longest word that should not be broken."""
    lengths = [len(word) for cell in column for word in cell.split()]
    return min(max(lengths, default=0), 2 * _CELL)


def _side(token: Token) -> str:
    side = str(token.attrGet("style") or "").removeprefix("text-align:")
    return side if side in {"center", "right"} else "left"


def _parser() -> MarkdownIt:
    # definitions are no rule: “[1]: so says …” cites, and a block is to need no other
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer)
    return parser.enable(["table", "strikethrough"]).disable(["reference"])


_PARSER = _parser()
# of a table it would make each cell each time, where its lines are enough: those of a paragraph
_OUTLINE = _parser().disable(["inline", "text_join", "table"])
