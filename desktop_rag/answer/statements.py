"""Which statements of accounts a question is about: those that it names, or those that it implies.

"Does it have positive working capital?" is answered by a balance sheet, which need not have a word
of the question: a ratio is not in the statements, the lines that it is made of are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from desktop_rag.domain.statements import Statement

# One name or one ratio in each line, folded and with a space between words: English, then Spanish.
_NAMED: Mapping[Statement, str] = {
    Statement.INCOME: r"""
        (income|earnings) statements?|statements? of (\w+ )?(income|operations|earnings|profit)
        p l( statement)?|profit (and|&) loss
        cuentas? de (resultados|perdidas y ganancias|explotacion)
        |estados? de (resultados|perdidas y ganancias)
    """,
    Statement.BALANCE: r"""
        balance sheets?|statements? of (\w+ )?financial position|statements? of (\w+ )?condition
        balances? (de situacion|general(es)?)|estados? de situacion financiera
    """,
    Statement.CASH_FLOWS: r"""
        cash ?flows? statements?|statements? of (\w+ )?cash ?flows?
        estados? de flujos? de (efectivo|caja)
    """,
}
_IMPLIED: Mapping[Statement, str] = {
    Statement.INCOME: r"""
        revenues?|sales|top ?line|turnover|ingresos?|ventas|facturacion|cifra de negocios?
        gross (margins?|profits?)|(margen|margenes|beneficio|utilidad) brut[oa]s?
        operating (incomes?|margins?|profits?|results?|expenses)
        |(margen|margenes|beneficio|utilidad|resultado|gastos) (de explotacion|operativ[oa]s?)
        ebit|ebitdar?|net (incomes?|earnings|profits?|margins?|loss)
        |(beneficio|utilidad|resultado|margen|perdida)s? net[oa]s?
        cost of (goods|sales|revenues?)|cogs|cost[eo]s? de (las )?ventas
        eps|(earnings|income|profit) per share|(beneficio|utilidad|ganancia)s? por accion
        effective tax( rate)?|income tax(es)?|tax rate|tipo (impositivo )?efectivo
        |tasa (impositiva )?efectiva|impuesto de sociedades
        sg a|r d|research and development|gastos de personal|investigacion y desarrollo
        interest (coverage|expense)|cobertura de intereses|gastos financieros
        return on \w+|ro[aei]|roic|rentabilidad|rotacion de
        profitab(le|ility)|rentable
    """,
    Statement.BALANCE: r"""
        working capital|fondo de maniobra|capital (circulante|de trabajo|corriente)
        current (assets?|liabilit(y|ies)|ratio)|(activos?|pasivos?) (circulantes?|corrientes?)
        |ratio (corriente|de liquidez)
        quick ratio|acid test|liquidity|liquidez|prueba acida
        total (assets|liabilities)|assets|liabilit(y|ies)|(total )?(activos?|pasivos?)
        (accounts|trade) (payables?|receivables?)|payables?|receivables?
        |cuentas por (pagar|cobrar)|proveedores|deudores
        inventor(y|ies)|existencias|inventarios?
        days (payables?|sales|inventory)( outstanding)?|d[psi]o|periodo medio de (pago|cobro)
        debt( to equity)?|leverage|indebted(ness)?|deudas?|endeudamiento|apalancamiento
        goodwill|fondo de comercio|plusvalia
        pp e|property plant|fixed assets?|inmovilizado|activos? fijos?
        return on (\w+ )?(assets|equity)|roa|roe
        |rentabilidad (de los activos|financiera|economica)
        (share|stock)holders equity|book value|patrimonio( neto)?|fondos propios|valor contable
        cash and (cash )?equivalents|cash equivalents|efectivo y equivalentes|tesoreria
        capital intensive|intensiv[oa] en capital
    """,
    Statement.CASH_FLOWS: r"""
        cash ?flows?|flujos? de (efectivo|caja)|free cash|caja libre
        capex|capital (expenditures?|spending)|capital intensive|intensiv[oa] en capital
        |inversiones en inmovilizado
        dividends?|dividendos?
        depreciation|amortization|d a|amortizacion(es)?|depreciacion
        (share|stock) (re)?purchases?|buy ?backs?|recompras?
        cash from operations|operating cash|efectivo de las operaciones
        (operations|operating|investing|financing) activities|investing and financing
        |actividades de (explotacion|operacion|inversion|financiacion)
    """,
}


def _pattern(names: str) -> re.Pattern[str]:
    listed = "|".join(line.strip().strip("|") for line in names.strip().splitlines())
    return re.compile(rf"\b(?:{listed})\b")


_NAMES = {statement: _pattern(names) for statement, names in _NAMED.items()}
_IMPLYING = {statement: _pattern(names) for statement, names in _IMPLIED.items()}


def statements_asked(words: Sequence[str]) -> frozenset[Statement]:
    """Return the statements that a question of these words, folded and in order, is about.

    >>> sorted(statements_asked("does it have positive working capital".split()))
    [<Statement.BALANCE: 'balance'>]
    """
    text = " ".join(words)
    for patterns in (_NAMES, _IMPLYING):
        found = frozenset(one for one, pattern in patterns.items() if pattern.search(text))
        if found:
            return found
    return frozenset()
