"""Codes that people write in groups, however they divide them: telephones, accounts, books."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_rag.domain.ports import ExactString
from desktop_rag.engines.store.keys import squeezed, string_of

_TELEPHONE = 8  # last digits by which telephone numbers are compared
FEW_DIGITS = 7  #: of a code that is told by its digits alone
_MANY_DIGITS = 34  # of an IBAN, the longest
_GROUP = 3  # digits of each group of a telephone number with dots, which has up to three
_DOTTED = re.compile(r"\d+(?:\.\d+){2,}")
_RUN = re.compile(
    r"(?<![\w@/.,-])(?:(?P<word>[A-Z]{1,5})[ -])?\+?\(?[A-Z]{0,2}\d[\dA-Z]*\)?"
    r"(?:[ ./-]{1,2}\(?\d[\dA-Z]*\)?)+(?:[ -][A-Z])?(?![\w@])"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?!\w)")
_TRUNK = re.compile(r"\(0\)")
_ISBN = re.compile(r"\d{9}[\dx]")


def runs(written: str) -> Iterator[ExactString]:
    """Yield codes that people write in groups, however they divide them."""
    for match in (*_IBAN.finditer(written), *_RUN.finditer(written)):
        word = match.groupdict().get("word") or ""
        number = _TRUNK.sub("", match.group()[len(word) :]).strip(" -")
        bare = squeezed(number.casefold()).lstrip("+").replace(".", "")
        groups = number.split(".") if _DOTTED.fullmatch(number) else []
        if (
            len(bare) > _MANY_DIGITS
            or any(len(one) < _GROUP for one in groups)
            or len(groups) > _GROUP
        ):
            continue  # too long, a version, an address of the internet
        mixed = all(re.search("[A-Z]", one) for one in re.split("[ ./-]+", number))
        if mixed or sum(sign.isdigit() for sign in bare) >= FEW_DIGITS:
            keys = [f"z:{word.casefold()}{bare}", f"z:{bare}", *_isbn(bare)]
            if bare.startswith("00"):
                keys.append(f"z:{bare[2:]}")
            yield string_of(*match.span(), [*keys, *telephone(bare)])


def telephone(digits: str) -> list[str]:
    """Return the key by which a telephone number is found without its country and area."""
    if not digits.isdecimal() or not _TELEPHONE < len(digits) <= 2 * _TELEPHONE:
        return []
    return [f"h:{digits[-_TELEPHONE:]}"]


def _isbn(code: str) -> list[str]:
    """Return the number in 13 digits of a book that has one in 10, as ISO 2108 has it."""
    if not _ISBN.fullmatch(code):
        return []
    digits = [10 if sign == "x" else int(sign) for sign in code]
    if sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11:
        return []
    body = f"978{code[:-1]}"
    check = -sum(int(sign) * (1, 3)[at % 2] for at, sign in enumerate(body)) % 10
    return [f"z:{body}{check}"]
