"""The statements that a company's accounts are made of."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

_KEY = "statement:"  # before its name, among keys of other kinds


class Statement(StrEnum):
    """What a page of accounts shows: IAS 1's statements but for changes in equity."""

    INCOME = "income"
    BALANCE = "balance"
    CASH_FLOWS = "cash_flows"

    @property
    def key(self) -> str:
        """What a passage on a page of it is found by."""
        return _KEY + self


def statements_in(keys: Iterable[str]) -> frozenset[Statement]:
    """Return the statements that are among the keys of a passage.

    >>> sorted(statements_in(["n:12345", Statement.INCOME.key]))
    [<Statement.INCOME: 'income'>]
    """
    names = {key.removeprefix(_KEY) for key in keys if key.startswith(_KEY)}
    return frozenset(one for one in Statement if one in names)
