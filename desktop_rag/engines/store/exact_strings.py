"""Strings of a text that mean nothing but themselves, and the keys under which each is looked up.

Part numbers, amounts, dates, addresses, sections, versions and the like:

    x: as it is written           x:ppr-9087   x:max_retry_count   x:c++
    z: without what divides it    z:ppr9087    z:9783161484100
    n: a number, with its unit    n:-40°c      see `figures`
    d: t: dates and times         d:2024-03-05 see `dates`
    s: a numbered part            s:section:5.2.1
    r: from one number to another r:2019-2021
    h: the end of a telephone number, whatever stands before it

Text is compared without capitals and accents, and with one kind of hyphen, minus and space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.ports import ExactString
from desktop_rag.engines.store.codes import FEW_DIGITS, runs, telephone
from desktop_rag.engines.store.dates import moments
from desktop_rag.engines.store.figures import (
    CURRENCY_WORDS,
    NUMBER,
    readings,
    shortened,
    unit_around,
)
from desktop_rag.engines.store.keys import evened, lowered, squeezed, string_of
from desktop_rag.engines.store.sections import marked

_MOST_PARTS = 6  # of one identifier that are looked up by themselves
_MOST_SIGNS = 2_000  # of one string: what is longer is data, not a name
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d{2,}")
_INTERESTING = re.compile(
    r"[\d_+#@&/\\.:]|[a-z][A-Z]|(?<![\w'-])[A-Z](?![\w'-])|[IVXLC]{2}|--[a-z]"
)

_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_URL = re.compile(
    r"(?:[a-z][a-z\d+.-]{1,12}://|www\.|doi:|(?<![\w@.-])(?:[a-z\d-]{1,63}\.){1,6}[a-z]{2,24}/)"
    r"[^\s<>\"“”«»|]+",
    re.IGNORECASE,
)
_URL_END = ".,;:!?'\")]}>"
_TOKEN = re.compile(r"(?:[^\s;|=<>{}\[\]\"“”„«»…,]|(?<=\d),(?=\d))+")
_LEAD, _TRAIL = "('*•·~:!?¡¿≈≤≥±", ".':!?*~"
_CODE_NAME = re.compile(r"[A-Za-z]\w{0,11}(?:\+\+|#)(?!\w)|(?<![\w.])\.[A-Za-z]{2,}\w*")
_PATH = re.compile(r"(?:~|\.{1,2}|[A-Za-z]:)?(?:[/\\][\w.+-]+){2,}[/\\]?|--[A-Za-z][\w-]+")
_CAMEL = re.compile(r"[a-z]{2,}(?:[A-Z][a-z\d]+)+")
_DOTTED_WORD = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}|\w+(?:::\w+)+")
_JOINED_WORD = re.compile(r"_*[^\W_]+(?:[_&]+[^\W_]+)+_*|_+[^\W_]+_*|[^\W_]+_+")
_SINGLE = re.compile(r"[B-HJ-Z]")
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?P<money>[a-z]{{0,3}}[€$£¥₹]|(?:eur|usd|gbp|chf)(?=\d))?"
    rf"(?P<number>{NUMBER})(?P<unit>[^\W\d_]{{1,4}}\d?(?:/\w{{1,3}})?|[%‰€$£¥₹°º″][cf]?)?"
)
_DOTTED = re.compile(r"v?\d+(?:\.\d+){2,}[a-z]?")
_VERSION = re.compile(r"v(?=\d)")
_RANGE = re.compile(
    rf"(?<![\w.,'/-])(?P<a>{NUMBER})(?:\s?-\s?|\s(?:to|a|bis|à|al|until|hasta)\s)(?P<b>{NUMBER})"
    r"(?![\w/]|-\w|[.,]\d)"
)
_GROUPS = re.compile(r"(?<![\w.,'/-])[+-]?\d{1,3}(?: \d{3}){1,5}(?:[.,]\d+)?(?![\w/-]|[.,]\d| \d)")
_MIXED = re.compile(
    r"(?<![\w.,'/-])(?P<whole>\d{1,4}) (?P<over>\d{1,3})/(?P<under>\d{1,3})(?![\w/])"
)
_FRACTION = re.compile(r"(?P<over>\d{1,3})/(?P<under>\d{1,3})")
_PAIR = re.compile(
    r"(?<![\w.'-])(?P<word>[^\W\d_]{1,12})[ ]#?(?P<code>[A-Za-z]{0,3}\d(?:[\w./:-]|,(?=\d))*)"
)
_SMALL_WORDS = """
    a al and as at by de del e el en et for from in is la las le les lo los no o of on or per the to
    und von was y"""
_SMALL = frozenset({*_SMALL_WORDS.split(), *CURRENCY_WORDS})  # words that no number belongs to
_LATER = re.compile(r"(?P<name>.+\d)v\d{1,2}")  # a version of what is named without it, too
_TAX_NUMBER = re.compile(r"[a-z]{2}(?P<national>[a-z]?\d{7,10}[a-z]?)")  # and its country
_PIECES = re.compile(r"[-_/:\\@&+#'(), ]+")
_PLATE = re.compile(r"(?<![\w.,-])\d{3,4} (?P<word>[A-Z]{2,3})(?![\w'-])")


def exact_strings(text: str, language: str = "") -> list[ExactString]:
    """See `domain.ports.Analyzer`."""
    written = evened(text)
    if language == UNKNOWN_LANGUAGE:
        language = ""
    if not _INTERESTING.search(written):
        return []
    flat = lowered(written)
    found = [
        one._replace(words=tuple(_LETTERS.findall(flat[one.start : one.end])))
        for one in _unique(_all(written, flat, language))
    ]
    return sorted(found, key=lambda one: (one.start, -one.end))


def keys_of(text: str, header: str, language: str) -> list[str]:
    """Return what a passage is found by: keys, and after a `~` those that count less.

    These are other readings, parts of a string, and all of the header.
    """
    keys: dict[str, None] = {}
    less: dict[str, None] = {}
    for one in exact_strings(text, language):
        keys |= dict.fromkeys(one.keys)
        less |= dict.fromkeys((*one.readings, *one.parts))
    for one in exact_strings(header, language):
        less |= dict.fromkeys((*one.keys, *one.readings, *one.parts))
    return [*keys, *(f"~{key}" for key in less if key not in keys)]


def _all(written: str, flat: str, language: str) -> Iterator[ExactString]:
    """Yield every exact string, also those within others."""
    rest = written
    for signs, pattern, keys in _OF_ADDRESSES:
        if signs.search(rest):
            yield from map(keys, pattern.finditer(rest))
            rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    yield from _tokens(rest, flat, language)
    if _DIGIT.search(rest):
        yield from runs(rest)
        yield from _pairs(rest, flat, language)
        yield from _figures(flat, language)
    yield from marked(written)


# Addresses


def _url(match: re.Match[str]) -> ExactString:
    full = match.group().rstrip(_URL_END)[:_MOST_SIGNS].casefold()
    bare = re.sub(r"^(?:[a-z][a-z\d+.-]*://)?(?:www\.|dx\.)?", "", full).rstrip("/")
    bare = re.sub(r"^(?:doi:\s?|doi\.org/)", "", bare)
    path = re.split(r"[?#]", bare)[0].rstrip("/")
    steps = path.split("/")
    parts = {"/".join(steps[:count]) for count in range(1, min(len(steps), _MOST_PARTS) + 1)}
    parts |= {step for step in steps[1:] if _DIGIT.search(step)}
    return string_of(match.start(), match.start() + len(full), [f"x:{bare}"], parts=_named(parts))


def _address(match: re.Match[str]) -> ExactString:
    full = match.group().casefold().rstrip(".")
    local, _, domain = full.rpartition("@")
    parts = _named([local, domain])
    return string_of(match.start(), match.start() + len(full), [f"x:{full}"], parts=parts)


_OF_ADDRESSES = (  # what a text must have to hold one, which is found faster
    (re.compile(r"\w/|://|www\.|doi:", re.IGNORECASE), _URL, _url),
    (re.compile("@"), _ADDRESS, _address),
)


# Single strings


def _tokens(written: str, flat: str, language: str) -> Iterator[ExactString]:
    for match in _TOKEN.finditer(written):
        token = match.group()
        start = match.start()
        if len(token) > _MOST_SIGNS:
            continue
        if not token.isalpha():
            if path := _PATH.fullmatch(token.rstrip(_TRAIL)):
                yield string_of(start, start + len(path.group()), [f"x:{path.group().casefold()}"])
            start, token = _bared(start, token)
        if not token.isalpha():
            yield from _token(start, token, flat, language)
        elif not token.islower() and (_CAMEL.fullmatch(token) or _SINGLE.fullmatch(token)):
            name = token.lower()
            yield string_of(start, start + len(token), [f"x:{name}", f"z:{name}"])


def _bared(start: int, token: str) -> tuple[int, str]:
    """Return a token without the signs around it that belong to its sentence."""
    bare = token.lstrip(_LEAD)
    start += len(token) - len(bare)
    bare = bare.rstrip(_TRAIL).removesuffix("()")
    while bare.endswith(")") and bare.count("(") < bare.count(")"):
        bare = bare[:-1].rstrip(_TRAIL)
    while bare.startswith(("--", "-(", "/")) or (bare[:1] == "-" and not bare[1:2].isdigit()):
        bare, start = bare[1:], start + 1
    if bare.startswith(".") and not bare[1:2].isalpha():
        bare, start = bare[1:], start + 1
    return start, bare.rstrip("-/\\")


def _token(start: int, token: str, flat: str, language: str) -> Iterator[ExactString]:
    end = start + len(token)
    name = flat[start:end]
    for code in _CODE_NAME.finditer(token):
        yield string_of(start + code.start(), start + code.end(), [f"x:{code.group().casefold()}"])
    number = _NUMBER.fullmatch(name)
    if number and (not _DOTTED.fullmatch(name) or readings(name, language)):
        yield from _number(start, number, flat, language)
        if not number["unit"] or unit_around(flat, start, start + number.end("number"))[0]:
            return
    if _FRACTION.fullmatch(name):
        yield string_of(start, end, [f"x:{name}"], parts=_parts_of_fraction(*name.split("/")))
    elif _DIGIT.search(token):
        yield _identifier(start, end, name)
    elif _JOINED_WORD.fullmatch(token):
        yield string_of(start, end, [f"x:{name}", f"z:{squeezed(name)}"])
    elif _DOTTED_WORD.fullmatch(token):
        yield string_of(start, end, [f"x:{name}"])


def _parts_of_fraction(over: str, under: str) -> list[str]:
    """Return its two numbers, and its value where that is a decimal that ends soon."""
    value = [f"n:{int(over) / int(under)}"] if int(under) in {2, 4, 5, 8} else []
    return [f"n:{over}", f"n:{under}", *value]


def _identifier(start: int, end: int, name: str) -> ExactString:
    keys = [f"x:{name}"]
    if _VERSION.match(name):
        keys.append(f"x:{name[1:]}")
    if _DOTTED.fullmatch(name):
        return string_of(start, end, keys)
    if any(sign.isalpha() for sign in name):
        keys.append(f"z:{squeezed(name)}")
    return string_of(start, end, keys, parts=_parts(name))


def _parts(name: str) -> list[str]:
    """Return what an identifier is found by less well: its pieces, alone and in a row."""
    pieces = [piece for piece in _PIECES.split(name) if piece][:_MOST_PARTS]
    found = [f"x:{piece}" for piece in pieces if _DIGIT.search(piece) and piece != name]
    found += [f"n:{digits.lstrip('0') or '0'}" for digits in _DIGITS.findall(name)]
    if later := _LATER.fullmatch(name):
        found.append(f"x:{later['name']}")
    if tax := _TAX_NUMBER.fullmatch(squeezed(name)):
        found.append(f"z:{tax['national']}")
    for first in range(len(pieces)):
        for last in range(first + 2, min(len(pieces), first + len(pieces) - 1) + 1):
            joined = "".join(pieces[first:last])
            if _DIGIT.search(joined) and not joined.isdecimal():
                found.append(f"z:{joined}")
    return found


# Numbers


def _number(start: int, match: re.Match[str], flat: str, language: str) -> Iterator[ExactString]:
    """Yield a number as it stands in the text, with its sign and unit."""
    sign = "-" if match["sign"] == "-" else ""
    begin, end = start + match.start("number"), start + match.end("number")
    unit, begin, end = unit_around(flat, begin, end)
    begin = min(begin, start if sign or match["money"] else begin)
    yield from _read(begin, end, match["number"], (sign, unit, language))
    digits = match["number"]
    if digits.isdecimal() and len(digits) >= FEW_DIGITS:
        yield string_of(begin, end, [f"z:{digits}", *telephone(digits)])


def _read(start: int, end: int, written: str, how: tuple[str, str, str]) -> Iterator[ExactString]:
    sign, unit, language = how
    keys: list[str] = []
    less: list[str] = []
    parts = [f"n:{digits}" for digits, _ in readings(written, language)] if sign else []
    for digits, sure in readings(written, language):
        plain = f"n:{sign}{digits}"
        into = keys if sure else less
        into += [f"{plain}{unit}", plain] if unit else [plain]
        if (short := shortened(digits)) != digits:
            less += [f"n:{sign}{short}{unit}", f"n:{sign}{short}"]
    if not written.isdecimal() or written.startswith("0"):
        keys.insert(min(len(keys), bool(unit)), f"x:{sign}{written}")
    yield string_of(start, end, keys, less, parts)


def _figures(flat: str, language: str) -> Iterator[ExactString]:
    """Yield what numbers are in several words: groups of digits, ranges, fractions, dates."""
    for match in _GROUPS.finditer(flat):
        bare = match.group().lstrip("+-")
        sign = "-" if match.group().startswith("-") else ""
        unit, start, end = unit_around(flat, match.end() - len(bare), match.end())
        yield from _read(min(start, match.start()), end, bare, (sign, unit, language))
    for match in _RANGE.finditer(flat):
        a, b = match["a"], match["b"]
        yield string_of(*match.span(), [f"r:{a}-{b}"], parts=[f"n:{a}", f"n:{b}"])
        unit, _, _ = unit_around(flat, match.start("b"), match.end("b"))
        for name in ("a", "b"):
            yield from _read(*match.span(name), match[name], ("", unit, language))
    for match in _MIXED.finditer(flat):
        yield string_of(*match.span(), [f"x:{match['whole']}_{match['over']}/{match['under']}"])
    for moment in moments(flat, language):
        spelled = [] if moment.keys else [f"x:{flat[moment.start : moment.end]}"]
        yield string_of(moment.start, moment.end, [*spelled, *moment.keys], moment.readings)


# Several words


def _pairs(written: str, flat: str, language: str) -> Iterator[ExactString]:
    """Yield a word and its number: "ISO 9001" is also written ISO-9001, and 1234 ABC 1234ABC."""
    for match in _PLATE.finditer(written):
        if lowered(match["word"]) not in _SMALL:
            plate = squeezed(lowered(match.group()))
            yield string_of(*match.span(), [f"z:{plate}"], loose=True)
    for match in _PAIR.finditer(written):
        name = lowered(match["word"])
        if name in _SMALL:
            continue
        start, code = match.start("code"), match["code"].rstrip("./:,-")
        pieces = [piece for piece in _PIECES.split(lowered(code)) if piece]
        alone = [key for one in _token(start, code, flat, language) for key in one.keys]
        yield string_of(
            match.start(),
            start + len(code),
            [f"z:{name}{squeezed(lowered(code))}"],
            alone,
            [f"z:{name}{pieces[0]}"] if len(pieces) > 1 else [],
            loose=not match["word"].isupper(),
        )


def _unique(found: Iterable[ExactString]) -> list[ExactString]:
    """Return what stands in one place as one string."""
    places: dict[tuple[int, int, bool], ExactString] = {}
    for one in found:
        place = (one.start, one.end, one.loose)
        had = places.get(place)
        places[place] = _both(had, one) if had else one
    return list(places.values())


def _both(one: ExactString, other: ExactString) -> ExactString:
    return string_of(
        one.start,
        one.end,
        (*one.keys, *other.keys),
        (*one.readings, *other.readings),
        (*one.parts, *other.parts),
        loose=one.loose,
    )


def _named(names: Iterable[str]) -> list[str]:
    return [f"x:{name}" for name in names]
