"""What a file with a library holds as JSON: written, and read as the stranger's that it may be.

Both by the same declarations: values that go beyond are cut when they are written, and refused
when they are read. Types are strict, numbers within what SQLite and a page can have, and what
only shows how an answer came about is dropped where it is not as this program writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Annotated, Any, Literal
from urllib.parse import quote, unquote_to_bytes

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from desktop_rag.domain import errors
from desktop_rag.domain.bounds import COUNT, POINTS, SHORT
from desktop_rag.domain.bundles import (
    DocumentRecord,
    FileRecord,
    Made,
    Manifest,
    TalkRecord,
    TurnRecord,
)
from desktop_rag.domain.errors import DocumentError
from desktop_rag.domain.references import Origin, ReferenceField
from desktop_rag.domain.unicode_text import storable
from desktop_rag.library.db.stored_errors import error_of, fact_of
from desktop_rag.library.disk.page_store import FORMAT as PAGES
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings.schema import Sampling

FORMAT = 3  #: of the whole file; those of older versions can be read
LONGEST_LINE = 64 << 20  #: bytes of one record: a conversation keeps what its prompts were
_NUMBER = 2**62  # SQLite has 63 bits
_PATH = 32_768
_QUOTED = 3  # signs that a byte of a path takes at most
_TEXT = 16 << 20
_NAME = 200
_FIELDS = 200  # of a bibliographic record, whoever says them
_FILE_NAME = 255  # most systems allow no more
_LINES = 7  # ways to write a record, each shorter than the one before
_ROUNDS = 8  # of cutting: what is nested may be wrong in turn

Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=COUNT)]
Stamp = Annotated[int, Field(ge=0, le=_NUMBER)]
Text = Annotated[str, Field(max_length=_TEXT)]
Short = Annotated[str, Field(max_length=SHORT)]
Moment = Annotated[int, Field(ge=0, le=253_402_300_799_000_000)] | None  # the year 9999
Share = Annotated[float, Field(ge=0, le=1)]
_Place = Annotated[list[float], Field(min_length=4, max_length=4)]


class UnsoundRecord(ValueError):
    """Something in a file is not as this program would have written it."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False, frozen=True)


class _Made(_Strict):
    embedder: Annotated[str, Field(max_length=_NAME)]
    weights: Annotated[str, Field(max_length=_NAME)]
    dimension: Annotated[int, Field(ge=1, le=1 << 20)]
    chunk_tokens: Annotated[int, Field(ge=1, le=1 << 20)]
    layout: Count
    reading: Annotated[int, Field(ge=1, le=1 << 20)] = 1


class _Manifest(_Strict):
    format: Literal[1, 2, 3]
    program: Annotated[str, Field(max_length=_NAME)]
    library: Annotated[str, Field(min_length=1, max_length=_NAME)]
    made: _Made
    documents: Count
    conversations: Count
    chunks: Annotated[int, Field(ge=0, le=_NUMBER)]
    originals: Count


class _FileRecord(_Strict):
    path: Annotated[str, Field(min_length=1, max_length=_PATH)]
    size: Stamp
    mtime_ns: Annotated[int, Field(ge=-_NUMBER, le=_NUMBER)]
    added: Annotated[int, Field(ge=0, le=253_402_300_799)] | None  # the year 9999
    within: Hex | None = None


class _Document(_Strict):
    id: Hex
    title: Short
    pages: Count
    language: Annotated[str, Field(max_length=16)]
    chunks: Count
    state: Literal["queued", "reading", "embedding", "waiting", "ready", "failed"]
    error: Text | None
    quality: Share | None
    files: Annotated[list[_FileRecord], Field(min_length=1, max_length=10_000)]
    read: bool
    converted: bool
    original: Annotated[str, Field(max_length=_FILE_NAME)]
    author: Short = ""
    date: Annotated[str, Field(max_length=_NAME)] = ""
    subject: Short = ""
    said: Annotated[list[tuple[Short, Short, Short]], Field(max_length=_FIELDS)] = []


class _Turn(_Strict):
    question: Text
    answer: Text
    mode: Annotated[str, Field(max_length=16)]
    stopped: bool
    created_us: Moment
    payload: Text


class _Talk(_Strict):
    title: Short
    created_us: Moment
    changed_us: Moment
    sampling: Short | None
    scope: Text | None
    turns: Annotated[list[_Turn], Field(max_length=100_000)]


_Layer = Literal["body", "note", "furniture", "hidden"]


class _Source(_Strict):
    number: Count
    document: Hex
    title: Short
    page: Count
    page_label: Short
    snippet: Text
    boxes: list[_Place]
    header: Short = ""
    recognized: bool = False
    continued: list[tuple[Count, _Place]] = []
    layer: _Layer = "body"


class _Budget(_Strict):
    system: int
    history: int
    passages: int
    question: int
    reserve: int
    limit: int


class _LeftOut(_Strict):
    passages: int = 0
    exchanges: int = 0
    shortened: int = 0


class _Statistics(_Strict):
    mode: Short
    seconds: float
    prompt_tokens: int
    cached_tokens: int
    answer_tokens: int
    decode_tps: float
    prompt: Text = ""
    left_out: _LeftOut = _LeftOut()
    budget: _Budget | None = None


class _Wording(_Strict):
    phrases: list[Text] = []
    phrase_hits: Count = 0
    mended: list[tuple[Short, Short]] = []


class _Payload(_Strict):
    sources: list[_Source]
    cited: list[_Source]
    statistics: _Statistics | None
    error: Short
    language: Short = "en"
    read: list[int] | None = None
    thoughts: Text = ""
    thought_seconds: float = 0.0
    incomplete: Count = 0
    wording: _Wording = _Wording()


class _ScopeRecord(_Strict):
    kind: Short
    documents: list[Hex]


class _Outline(_Strict):
    format: int
    title: Text
    pages: Count
    contents: list[tuple[int, Text, int]]
    said: tuple[Text, Text, Text] = ("", "", "")
    cut: tuple[Literal["pages", "rows"], Count] | None = None
    stated: list[tuple[Text, Text]] = []


_Edge = Annotated[int, Field(ge=-(1 << 40), le=1 << 40)]
_Kind = Literal[1, 2, 3]
_Flag = Literal[0, 1]


_Line = Annotated[
    tuple[int, float, int, list[Text], list[_Edge]]
    | tuple[int, float, int, list[Text], list[_Edge], _Layer, _Flag]
    | tuple[
        int, float, int, list[Text], list[_Edge], _Layer, _Flag,
        _Kind, Count, Count, Count, Count, _Flag,
    ],
    Field(union_mode="left_to_right"),  # only one is as long; looking for the best takes longer
]  # fmt: skip


class _PageRecord(_Strict):
    label: Short
    width: Annotated[float, Field(ge=0, le=POINTS)]
    height: Annotated[float, Field(ge=0, le=POINTS)]
    picture: bool
    unread: bool = False
    quality: Share | None = None
    lines: list[_Line]


class _Left(_Strict):
    unread: list[Count]
    damaged: list[Count]


_FACTS: dict[str, TypeAdapter[Any]] = {  # of errors that have more than a name
    "PagesLeftOut": TypeAdapter(list[Count]),
    "RecognitionDataMissing": TypeAdapter(list[Annotated[str, Field(max_length=40)]]),
    "DocumentTooSlow": TypeAdapter(Count),
    "DocumentCutShort": TypeAdapter(
        Annotated[list[Literal["pages", "rows"] | Count], Field(min_length=2, max_length=2)]
    ),
}


def line_of(record: DocumentRecord | TalkRecord) -> bytes:
    """Return a record as a line of JSON that `record_of` takes, cut where it has to be.

    Raises `UnsoundRecord` where cutting does not help.
    """
    for shorter in _shorter(record):
        line = _line(shorter)
        if len(line) <= LONGEST_LINE:
            return line
    raise UnsoundRecord


def _line(record: DocumentRecord | TalkRecord) -> bytes:
    values = asdict(record)
    if isinstance(record, TalkRecord):
        kind = "talk"
        for turn in values["turns"]:
            turn["payload"] = _cut_json(_Payload, turn["payload"])
        text = _cut(_Talk, values)
    else:
        kind = "document"
        for file in values["files"]:
            path = file["path"].encode(errors="surrogateescape")[: _PATH // _QUOTED]
            file["path"] = quote(path, safe="/ ")
        text = _cut(_Document, values)
    return f'{{"kind": "{kind}", {text.removeprefix("{")}\n'.encode()


def _shorter(record: DocumentRecord | TalkRecord) -> Iterator[DocumentRecord | TalkRecord]:
    """Yield a record, and then what is left of it without what can be missed best."""
    yield record
    if isinstance(record, DocumentRecord):
        yield replace(record, files=record.files[:1])
        return
    plain = tuple(replace(turn, payload="{}") for turn in record.turns)
    for count in range(1, _LINES):  # the earliest turns lose first how their answers came about
        bare = len(plain) * count // (_LINES - 1)
        yield replace(record, turns=plain[:bare] + record.turns[bare:])


def _cut(kind: type[_Strict], values: dict[str, Any]) -> str:
    """Return values as JSON, cut to what `kind` allows. Raises `UnsoundRecord`."""
    text = json.dumps(values)
    for _ in range(_ROUNDS):
        try:
            kind.model_validate_json(text)
        except ValidationError as error:
            given = json.loads(text)
            for fault in error.errors(include_url=False, include_input=False):
                _cut_fault(given, fault)
            text = json.dumps(given)
        else:
            return text
    raise UnsoundRecord


def _cut_fault(values: Any, fault: ErrorDetails) -> None:
    """Cut the value that is at fault; one that cannot be cut stays as it is."""
    *places, last = fault["loc"] or ("",)
    limits = fault.get("ctx", {})
    try:
        for place in places:
            values = values[place]
        match fault["type"]:
            case "string_too_long" | "too_long":
                values[last] = values[last][: limits["max_length"]]
            case "less_than_equal":
                values[last] = limits["le"]
            case "greater_than_equal":
                values[last] = limits["ge"]
            case "finite_number":
                values[last] = None
            case "float_type":
                values[last] = 0.0
            case _:
                pass
    except (LookupError, TypeError):  # what held it was cut off
        return


def _cut_json(kind: type[_Strict], text: str) -> str:
    """Return JSON within what `kind` allows, nothing of it where that does not do."""
    try:
        text = _cut(kind, json.loads(text))
    except (ValueError, RecursionError):
        return "{}"
    return text if len(text) <= _TEXT else "{}"


def record_of(line: bytes) -> DocumentRecord | TalkRecord:
    """Return the record of a line. Raises `UnsoundRecord`."""
    try:
        return _talk(line) if line.startswith(b'{"kind": "talk"') else _document(line)
    except ValueError as error:
        raise UnsoundRecord from error


def title_in(line: bytes) -> str:
    """Return what a record that is not sound calls itself, "" where it does not."""
    try:
        title = json.loads(line)["title"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return storable(title[:_NAME]) if isinstance(title, str) else ""


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return what a file says of itself, cut where it has to be. Raises `UnsoundRecord`."""
    return _cut(_Manifest, asdict(manifest)).encode()


def manifest_of(text: bytes) -> Manifest:
    """Return what a file says of itself. Raises `UnsoundRecord`."""
    try:
        values = _Manifest.model_validate_json(text).model_dump()
    except ValidationError as error:
        raise UnsoundRecord from error
    return Manifest(**values | {"made": Made(**values["made"])})


def version_of(text: bytes) -> int:
    """Return the version of a manifest that may be a newer program's, 0 where it is nobody's."""
    try:
        found = json.loads(text)["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return 0
    return found if type(found) is int else 0


def checked_outline(text: bytes) -> int:
    """Return how many pages the outline of a document speaks of. Raises `UnsoundRecord`."""
    try:
        outline = _Outline.model_validate_json(text)
    except ValidationError as error:
        raise UnsoundRecord from error
    if not 1 <= outline.format <= PAGES:
        raise UnsoundRecord
    return outline.pages


def check_page(text: bytes) -> None:
    """Refuse a page that is none. Raises `UnsoundRecord`."""
    try:
        page = _PageRecord.model_validate_json(text)
    except ValidationError as error:
        raise UnsoundRecord from error
    if any(len(line[3]) * 4 != len(line[4]) for line in page.lines):
        raise UnsoundRecord


def check_left(text: bytes) -> None:
    """Refuse a list of pages that are left to be done that is none. Raises `UnsoundRecord`."""
    try:
        _Left.model_validate_json(text)
    except ValidationError as error:
        raise UnsoundRecord from error


def _document(line: bytes) -> DocumentRecord:
    values = _Document.model_validate_json(line).model_dump()
    files = tuple(FileRecord(**one | {"path": _path(one["path"])}) for one in values["files"])
    said = tuple(
        (ReferenceField(which), Origin(origin), text)
        for which, origin, text in values["said"]
        if which in set(ReferenceField) and origin in set(Origin)  # others are a newer version's
    )
    record = DocumentRecord(**values | {"files": files, "said": said})
    error = _sound_error(record.error)
    stuck = record.state in {DocumentState.WAITING, DocumentState.FAILED}
    state = DocumentState.QUEUED if stuck and error is None else record.state
    return replace(record, error=error, state=str(state))


def _path(quoted: str) -> str:
    path = unquote_to_bytes(quoted).decode(errors="surrogateescape")
    if not path or "\0" in path:
        raise UnsoundRecord
    return path


def _sound_error(fact: str | None) -> str | None:
    """Return an error of a document as facts; none where it is not one that has words here."""
    if fact is None:
        return None
    try:
        values = json.loads(fact)
        name, args = values["error"], values["args"]
        kind = vars(errors)[name]
        more = _FACTS.get(name)
        if not issubclass(kind, DocumentError) or not _texts(args[:1]):
            return None
        if len(args) != 1 + (more is not None):
            return None
        if more is not None:
            more.validate_python(args[1], strict=True)
        return fact_of(error_of(json.dumps({"error": name, "args": args})))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _texts(values: object) -> bool:
    return isinstance(values, list) and bool(values) and all(type(one) is str for one in values)


def _talk(line: bytes) -> TalkRecord:
    values = _Talk.model_validate_json(line).model_dump()
    turns = tuple(
        TurnRecord(**one | {"payload": _sound(_Payload, one["payload"]) or "{}"})
        for one in values["turns"]
    )
    scope = _sound(_ScopeRecord, values["scope"])
    return TalkRecord(
        **values | {"turns": turns, "scope": scope, "sampling": _sampling(values["sampling"])}
    )


def _sound(kind: type[_Strict], text: str | None) -> str | None:
    """Return JSON with what is known of it, or None where it is something else."""
    if text is None:
        return None
    try:
        return json.dumps(kind.model_validate_json(text).model_dump(), ensure_ascii=False)
    except ValidationError:
        return None


def _sampling(text: str | None) -> str | None:
    try:
        return None if text is None else Sampling.model_validate_json(text).model_dump_json()
    except ValueError:
        return None
