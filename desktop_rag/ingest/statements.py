"""Telling the pages of accounts that are a statement, by the names of their rows.

A balance sheet may be headed "Consolidated Statements of Financial Position" or nothing at all, on
the page before; its rows are called alike in all of them, by law or by custom.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_rag.domain.documents import Chunk, Layer
from desktop_rag.domain.statements import Statement

_FEWEST = 6  # rows of different names; a table about something else shares three or four
_LABEL = re.compile(r"[^\d\t$€£¥(]{3,90}(?=[\d\t$€£¥(])")
_FIGURE = re.compile(r"\d")
_CONTINUED = re.compile(r"\n\s*\|")

# Each line is a row that a statement has once, with what it may be called; one that begins with |
# goes on with the line before. English as under US GAAP and IFRS, Spanish as in Spain's Plan
# General de Contabilidad and under NIIF; lower case, without accents.
_ROWS: Mapping[Statement, str] = {
    Statement.INCOME: r"""
        (total )?(net )?(operating )?revenues?(, net)?|ingresos( de explotacion| operacionales)?
        (net )?sales( to customers| and revenues)?|turnover|ventas( netas)?
        |(importe neto de la )?cifra de negocios?
        costs? of (goods sold|(net )?sales|revenues?|products sold|services|merchandise).*
        |cost[eo]s? de (las )?ventas?
        gross (profit|margin)|(margen|beneficio|utilidad|resultado|ganancia) brut[oa]
        selling,? (and )?general.*|(general|marketing) and administrat.*|sg&a.*
        |gastos de administracion.*
        research(,| and) development.*|(gastos de )?investigacion y desarrollo
        (total )?(costs and |operating )?expenses|total costs.*|(otros )?gastos de explotacion
        |total (de )?gastos
        personnel expenses|employee benefits? expenses?|compensation and benefits
        |gastos? de personal
        aprovisionamientos|raw materials and consumables.*|consumos y otros aprovisionamientos
        (operating (income|profit|earnings|loss)|(income|earnings|profit|loss) from operations).*
        |(resultado|beneficio|utilidad) de (explotacion|operacion)
        (net )?interest (income|and dividends).*|(total )?interest revenues?
        |(finance|financial) income|ingresos financieros
        (net )?interest expense.*|(finance|financial) (costs?|expenses?)|gastos? financieros?
        |resultado financiero
        (total )?provisions? for (credit|loan).*|deterioro de .*
        (income|earnings|profit|loss).* before .*tax.*
        |(resultado|beneficio|utilidad) antes de impuestos
        (provision|benefit) (for|from) .*tax.*|income tax(es)?.*|impuestos? sobre .*
        (consolidated )?net (income|earnings|profit|loss).*
        |(profit|loss) for the (year|period).*
        |(resultado|beneficio|utilidad) (del (ejercicio|periodo|ano)|net[oa]|consolidad[oa]).*
        (net )?(income|earnings|profit|loss).* per .*share.*|eps.*
        |(resultado|beneficio|utilidad|ganancia)s? .*por accion.*
        basic( .*)?|basic[oa]s?
        diluted( .*)?|diluid[oa]s?
        weighted.?average.*|(average )?shares outstanding.*|numero medio .*acciones.*
    """,
    Statement.BALANCE: r"""
        cash and (cash )?equivalents.*|cash and due from .*
        |efectivo y (otros activos liquidos )?equivalentes.*
        (short.?term|current) (investments|financial assets)|marketable securities
        |inversiones financieras a corto plazo
        ((accounts|trade|notes|loans)( and other)? )?receivables?.*|deudores.*|clientes.*
        |cuentas por cobrar.*
        inventor(y|ies).*|existencias|inventarios
        prepaid expenses.*|periodificaciones.*|gastos pagados por anticipado
        (total )?(other )?current assets|(total )?activos? (circulante|corrientes?)
        (net )?(property|premises)(,| and) .*equipment.*|property,? plant.*
        |inmovilizado material|propiedad(es)?,? planta.*
        goodwill|fondo de comercio|plusvalia
        (other |acquired )?intangibles?( assets)?.*|(inmovilizado|activos?) intangibles?
        deferred (income )?tax(es)?( assets| liabilities)?.*
        |(activos|pasivos) por impuestos? diferidos?
        total (non.?current )?assets|total (del )?activos?|activos? no corrientes?
        ((accounts|trade)( and other)? )?payables?.*|acreedores.*|proveedores.*
        |cuentas por pagar.*
        accrued .*|(customer )?deposits|pasivos acumulados|depositos de .*
        (current (portion|maturities) of |short.?term )(debt|borrowings|long.?term).*
        |deudas? a corto plazo.*
        long.?term (debt|borrowings).*|(non.?current )?borrowings.*|deudas? a largo plazo.*
        (deferred|unearned) revenues?.*|contract liabilities|ingresos diferidos
        (total )?(other )?current liabilities|(total )?pasivos? (circulante|corrientes?)
        (total )?(other )?(non.?current |long.?term )?liabilities|pasivos? no corrientes?
        |total (del )?pasivos?
        (common|ordinary) (stock|shares).*|(share|issued) capital.*|capital( social| suscrito)?
        (additional )?paid.?in capital.*|capital in excess.*|share premium|prima de emision.*
        (retained|reinvested) earnings.*|accumulated deficit|reservas
        |(resultados|utilidades) acumulad[oa]s
        treasury (stock|shares).*|(stock|shares) held in treasury.*|acciones propias.*
        accumulated other comprehensive.*|ajustes por cambios? de valor
        total .*equity.*|total (del )?patrimonio.*|patrimonio neto|fondos propios
    """,
    Statement.CASH_FLOWS: r"""
        (cash flows? (from|of) )?operating activities.*
        |(flujos? de efectivo de las )?actividades de (explotacion|operacion).*
        (cash flows? (from|of) )?investing activities.*
        |(flujos? de efectivo de las )?actividades de inversion.*
        (cash flows? (from|of) )?financing activities.*
        |(flujos? de efectivo de las )?actividades de financiacion.*
        (total )?(net )?cash .*(operating|operations).*|cash generated from operations.*
        |efectivo .*(explotacion|operacion).*
        (total )?(net )?cash .*investing.*|efectivo .*inversion.*
        (total )?(net )?cash .*financing.*|efectivo .*financia(cion|miento).*
        adjustments.*(reconcile|net income|for).*|ajustes del resultado.*
        depreciation.*|amortization.*|(depreciacion y )?amortizacion.*
        (stock|share|equity).?based comp.*|pagos basados en (acciones|instrumentos).*
        deferred (income )?tax.*|impuestos diferidos
        changes? in .*|(accounts|trade|other) receivables?.*
        |(cambios|variaciones|variacion) en .*
        (accounts|trade|other) payables?.*|accrued .*
        (purchases?|additions|payments|acquisitions?) (of|to|for) (property|plant|fixed|intang).*
        |capital expenditures?.*|pagos por inversiones.*|adquisicion(es)? de .*
        (purchases?|maturities|sales) of .*(securities|investments).*
        (acquisitions?|payments).* net of cash.*|business acquisitions.*
        proceeds from .*|cobros por .*
        (re)?payments? (of|on) .*(debt|borrowings|notes|loans|lease).*|devolucion .*
        |pago de (prestamos|deudas).*
        (cash )?dividends? (paid|declared).*|(payments? (of|for) )?(cash )?dividends.*
        |(pagos por )?dividendos.*
        ((re)?purchases?|acquisition) of (common|treasury|own|ordinary|class) .*
        |(stock|share) repurchases.*
        effects? of .*exchange.*|efecto de las variaciones .*|diferencias de cambio.*
        (net )?(increase|decrease|change).* in cash.*
        |(aumento|disminucion|variacion) .*efectivo.*
        (cash|balance).* beginning .*|efectivo .*(comienzo|inicio|principio).*
        (cash|balance).* end of .*|efectivo .*(final|cierre).*
        (supplemental|cash paid).*|(income taxes|interest) paid.*
        |(impuestos|intereses) pagados.*
    """,
}


def _pattern(rows: str) -> re.Pattern[str]:
    """Return what matches the name of any of the rows, each in a group of its own."""
    whole = _CONTINUED.sub("|", rows).replace("(", "(?:")
    return re.compile("|".join(f"({row.strip()})" for row in whole.strip().splitlines()))


_PATTERNS = {statement: _pattern(rows) for statement, rows in _ROWS.items()}


def with_statements(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return chunks of a document that know which statements their page is.

    Only text of the body counts, and what is told of a page is told of all of its body.
    """
    texts: dict[int, list[str]] = {}
    for chunk in chunks:
        if chunk.layer is Layer.BODY:
            texts.setdefault(chunk.page, []).append(chunk.text)
    shown = {page: found for page, parts in texts.items() if (found := statements_of(parts))}
    return [
        replace(chunk, statements=shown[chunk.page])
        if chunk.page in shown and chunk.layer is Layer.BODY
        else chunk
        for chunk in chunks
    ]


def statements_of(texts: Iterable[str]) -> frozenset[Statement]:
    r"""Return which statements a page is whose text is this, a row of a table in each line.

    >>> sorted(statements_of(["Net sales\t9\t8\nCost of sales\t5\t4\nGross profit\t4\t4",
    ...     "Operating income\t2\t2\nIncome taxes\t1\t1\nNet income\t1\t1"]))
    [<Statement.INCOME: 'income'>]
    """
    names = {name for text in texts for name in _names(text)}
    if len(names) < _FEWEST:
        return frozenset()
    return frozenset(
        statement
        for statement, pattern in _PATTERNS.items()
        if len({found.lastindex for name in names if (found := pattern.fullmatch(name))}) >= _FEWEST
    )


def _names(text: str) -> Iterator[str]:
    """Yield the names of rows with figures, folded."""
    for line in text.split("\n"):
        found = _LABEL.match(line)
        if found and _FIGURE.search(line, found.end()):
            apart = unicodedata.normalize("NFKD", found.group().lower())
            bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
            yield " ".join(bare.strip(" .:,-–—'’").split())
