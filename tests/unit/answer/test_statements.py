import pytest

from desktop_rag.answer.statements import statements_asked
from desktop_rag.domain.statements import Statement, statements_in
from desktop_rag.engines.store.analyzer import words_of

INCOME, BALANCE, CASH_FLOWS = Statement


def asked(question: str) -> set[Statement]:
    return set(statements_asked(words_of(question)))


@pytest.mark.parametrize(
    ("question", "statements"),
    [
        ("Does it have positive working capital?", {BALANCE}),
        ("¿Tiene fondo de maniobra positivo?", {BALANCE}),
        ("What is its quick ratio for 2022?", {BALANCE}),
        ("Is the operating margin improving?", {INCOME}),
        ("¿Mejora el margen de explotación?", {INCOME}),
        ("How much has the effective tax rate changed?", {INCOME}),
        ("¿Cuál fue el tipo impositivo efectivo?", {INCOME}),
        ("What was the capex in 2021?", {CASH_FLOWS}),
        ("¿Qué dividendos pagó?", {CASH_FLOWS}),
        ("Is it a capital-intensive business?", {BALANCE, CASH_FLOWS}),
        ("What is the inventory turnover ratio?", {INCOME, BALANCE}),
        ("Who keeps the lighthouse?", set()),
        ("¿Quién cuida el faro?", set()),
        ("", set()),
    ],
)
def test_a_line_or_a_ratio_implies_where_it_stands(question, statements) -> None:
    assert asked(question) == statements


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("By the balance sheet, what are its revenues' receivables?", BALANCE),
        ("Según el balance de situación, ¿qué ventas están por cobrar?", BALANCE),
        ("From the P&L, what did the debt cost?", INCOME),
        ("¿Qué dice la cuenta de pérdidas y ganancias de la deuda?", INCOME),
        (
            "Use the statement of consolidated cash flows: what was depreciation of assets?",
            CASH_FLOWS,
        ),
        ("En el estado de flujos de efectivo, ¿cuánto es la deuda?", CASH_FLOWS),
    ],
)
def test_a_statement_that_is_named_is_the_one_that_is_meant(question, statement) -> None:
    assert asked(question) == {statement}


def test_words_that_only_begin_alike_imply_nothing() -> None:
    assert asked("The debtor of Salesbury proxied a roebuck.") == set()


def test_a_statement_is_found_again_by_its_key() -> None:
    assert statements_in(["n:12345", BALANCE.key, "~x:10-k"]) == {BALANCE}
    assert statements_in(["statement:other"]) == frozenset()
    assert len({one.key for one in Statement}) == len(Statement)
