"""In which order values stand that were found in sentences, whichever way each is written."""

from __future__ import annotations

import re

from desktop_rag.answer.values import AMOUNT, DATE, MONTHS, NUMBER, folded_by_sign

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
        r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})\D+?(?P<name>{MONTHS})\b\D*(?P<year>\d{{4}})",
        rf"(?P<name>{MONTHS})\b\.? (?P<day>\d{{1,2}})(?!\d)\D*(?P<year>\d{{4}})",
        rf"(?P<name>{MONTHS})\b\D*(?P<year>\d{{4}})",
        r"(?P<year>\d{4})",
    )
)
_NAMES = "jan ene,feb,mar,apr abr,may,jun,jul,aug ago,sep set,oct,nov,dec dic"
_MONTH_OF = {
    name: month for month, names in enumerate(_NAMES.split(","), 1) for name in names.split()
}
_SCALE = re.compile(r"(?<=\d) ?(million|millon|billion|thousand|mil|bn|m|k)(?:s|es)?\b")
_SIZES = {"k": 1e3, "mil": 1e3, "thousand": 1e3, "bn": 1e9, "billion": 1e9}  # all else: millions
_WHOLE = 3  # digits after a sign that parts thousands


def order_of(text: str) -> tuple[int, float, str]:
    """Return what a value is sorted by: dates by time, amounts by size, all else by letters."""
    low = folded_by_sign(text.strip())
    if (stamp := _stamp(low)) is not None:
        return (0, stamp, low)
    if (size := _size(low)) is not None:
        return (1, size, low)
    return (2, 0.0, low)


def _stamp(low: str) -> float | None:
    """Return a text that is a date and nothing else as one number: year, month, day."""
    if not DATE.fullmatch(low):
        return None
    found = next(filter(None, (pattern.fullmatch(low) for pattern in _DATES)), None)
    if found is None:
        return None
    told = found.groupdict()
    month = _MONTH_OF[told["name"][:3]] if told.get("name") else int(told.get("month") or 0)
    return float(int(told["year"]) * 10_000 + month * 100 + int(told.get("day") or 0))


def _size(low: str) -> float | None:
    """Return the number of a text that is an amount and nothing else."""
    if not AMOUNT.fullmatch(low):
        return None
    written = re.findall(NUMBER, low)[0]
    scale = _SCALE.search(low)
    return _number(written) * (_SIZES.get(scale[1], 1e6) if scale else 1.0)


def _number(written: str) -> float:
    """Read a number with points or commas: of two signs the last one is that of decimals."""
    sign = -1.0 if written[0] in "-−" else 1.0
    digits = re.sub(r"[\s'’]", "", written.lstrip("-−"))
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return sign * float(digits)
    both = "." in digits and "," in digits
    several = digits.count(digits[last]) > 1
    thousands = not both and (several or len(digits) - last - 1 == _WHOLE)
    whole, rest = re.sub("[.,]", "", digits[:last]), digits[last + 1 :]
    return sign * float(f"{whole}{rest}" if thousands else f"{whole}.{rest}")
