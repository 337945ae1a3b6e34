import pytest

from desktop_rag.domain.documents import Chunk, DocumentId, Layer
from desktop_rag.domain.statements import Statement
from desktop_rag.ingest.statements import statements_of, with_statements

INCOME = "Net sales\t910\t850\nCost of sales\t(600)\t(580)\nGross profit\t310\t270"
MORE = "Operating income\t90\t80\nIncome taxes\t20\t18\nNet income\t70\t62"
BALANCE = """Cash and cash equivalents\t$ 31\t$ 29
Accounts receivable, net\t12\t11
Inventories\t8\t9
Total current assets\t51\t49
Goodwill\t7\t7
Accounts payable\t14\t12
Retained earnings\t40\t38"""
CASH_FLOWS = """Depreciation and amortization\t9\t8
Stock-based compensation\t2\t2
Net cash provided by operating activities\t88\t80
Purchases of property, plant and equipment\t(30)\t(25)
Net cash used in investing activities\t(31)\t(26)
Dividends paid\t(12)\t(11)
Net cash used in financing activities\t(50)\t(49)"""
CUENTA = """Importe neto de la cifra de negocios\t1.250\t1.100
Aprovisionamientos\t(500)\t(450)
Gastos de personal\t(300)\t(280)
Resultado de explotación\t210\t180
Gastos financieros\t(12)\t(14)
Resultado antes de impuestos\t198\t166
Resultado del ejercicio\t150\t126"""
SITUACION = """Inmovilizado material\t400\t390
Existencias\t80\t85
Deudores comerciales y otras cuentas a cobrar\t120\t110
Total activo\t900\t870
Patrimonio neto\t500\t480
Deudas a largo plazo\t150\t160
Proveedores\t90\t85"""
FLUJOS = """Amortización del inmovilizado\t40\t38
Cambios en el capital corriente\t(5)\t3
Flujos de efectivo de las actividades de explotación\t220\t200
Pagos por inversiones\t(60)\t(55)
Flujos de efectivo de las actividades de inversión\t(58)\t(50)
Dividendos\t(30)\t(28)
Flujos de efectivo de las actividades de financiación\t(90)\t(80)"""


def chunk(ordinal: int, page: int, text: str, layer: Layer = Layer.BODY) -> Chunk:
    return Chunk(DocumentId("a"), ordinal, page, str(page + 1), "T", text, layer=layer)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (f"{INCOME}\n{MORE}", Statement.INCOME),
        (BALANCE, Statement.BALANCE),
        (CASH_FLOWS, Statement.CASH_FLOWS),
        (CUENTA, Statement.INCOME),
        (SITUACION, Statement.BALANCE),
        (FLUJOS, Statement.CASH_FLOWS),
        ("\n".join(line.upper() for line in BALANCE.splitlines()), Statement.BALANCE),
    ],
)
def test_a_page_is_told_by_the_names_of_its_rows(text: str, statement: Statement) -> None:
    assert statements_of([text]) == {statement}


def test_a_few_rows_make_no_statement() -> None:
    assert statements_of([INCOME]) == frozenset()
    assert statements_of([INCOME, INCOME]) == frozenset()  # the same ones again
    assert statements_of(
        ["Net sales fell by 9 % and gross profit by 4 %, as inventories rose."]
    ) == (frozenset())


def test_names_without_figures_are_a_list_of_contents() -> None:
    assert statements_of([BALANCE.replace("\t", " ").translate(dict.fromkeys(b"0123456789"))]) == (
        frozenset()
    )


def test_all_of_the_body_of_a_page_counts_and_is_told() -> None:
    chunks = [
        chunk(0, 4, INCOME),
        chunk(1, 4, MORE),
        chunk(2, 4, "A remark", Layer.NOTE),
        chunk(3, 5, INCOME),
        chunk(4, 6, f"{INCOME}\n{MORE}", Layer.HIDDEN),
    ]
    found = with_statements(chunks)
    assert [one.statements for one in found] == [{Statement.INCOME}] * 2 + [frozenset()] * 3
    assert [one.text for one in found] == [one.text for one in chunks]


def test_a_long_page_of_odd_lines_takes_no_time() -> None:
    line = "cash " * 17 + "9"
    assert statements_of([f"{line}\n" * 20_000, "(" * 500_000, "9\t" * 200_000]) == frozenset()
