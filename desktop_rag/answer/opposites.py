"""Whether a question asks for the opposite of what a sentence says.

"What is not covered?" is not answered by what is, nor "the oldest" by the newest. A question that
denies is answered by a sentence that denies, or excepts; words of a pair stand for each other's
opposite in the forms that people ask with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_DENYING = {
    "en": "not never nobody none without except nothing neither nor cannot",
    "es": "no nunca jamas nadie ningun ninguna ninguno sin excepto salvo tampoco nada ni",
}
_EXCEPTING = {  # what a sentence denies with, where a question would ask with the words above
    "en": """unless lack lacks lacked fail fails failed refuse refused exclude excluded excludes
        excluding exclusion exclusions prohibit prohibited forbidden unable impossible instead""",
    "es": """carece carecen falta excluye excluyen excluido excluidos excluida excluidas exclusion
        exclusiones prohibido prohibida imposible""",
}
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_TAG = re.compile(r",\s*(?:¿\s*)?(?:no|not|n['’]t|\w+n['’]t\s+\w+)\s*\?\s*$", re.IGNORECASE)
_GROUPS = """
    more:less:fewer most:least:fewest first:last highest:lowest higher:lower high:low
    largest:smallest larger:smaller biggest:smallest large:small big:small best:worst better:worse
    before:after early:late earlier:later earliest:latest oldest:newest:youngest
    older:newer:younger old:new longest:shortest longer:shorter long:short
    increase:decrease increased:decreased increases:decreases increasing:decreasing
    rise:fall rises:falls rose:fell raise:lower raised:lowered gain:loss gained:lost win:lose
    won:lost accept:reject accepts:rejects accepted:rejected allow:forbid:prohibit:ban
    allows:forbids:prohibits:bans allowed:forbidden:prohibited:banned include:exclude
    includes:excludes included:excluded approve:oppose:reject approved:opposed:rejected
    begin:end start:end:stop started:ended:stopped begins:ends began:ended open:close
    opened:closed maximum:minimum upper:lower north:south:east:west
    northern:southern:eastern:western northeast:southwest:southeast:northwest left:right
    internal:external inside:outside male:female men:women man:woman son:daughter father:mother
    hard:easy:soft hardest:easiest:softest strong:weak stronger:weaker strongest:weakest rich:poor
    fast:slow faster:slower fastest:slowest easy:difficult always:never all:none import:export
    imports:exports importing:exporting imported:exported buy:sell bought:sold positive:negative
    majority:minority public:private true:false success:failure succeeded:failed ancient:modern
    formal:informal domestic:foreign input:output above:below attack:defend attacked:defended
    victory:defeat alive:dead birth:death born:died arrive:leave arrived:left
    mas:menos primero:ultimo primera:ultima primer:ultimo primeros:ultimos mayor:menor
    mayores:menores maximo:minimo maxima:minima superior:inferior alto:bajo alta:baja altos:bajos
    grande:pequeno grandes:pequenos mejor:peor mejores:peores antes:despues temprano:tarde
    antiguo:nuevo:moderno antigua:nueva:moderna viejo:joven largo:corto larga:corta
    aumentar:disminuir:reducir aumento:disminucion:reduccion aumentaron:disminuyeron:redujeron
    aumenta:disminuye:reduce subir:bajar subio:bajo ganar:perder gano:perdio ganaron:perdieron
    aceptar:rechazar acepto:rechazo aceptado:rechazado aceptada:rechazada permitir:prohibir
    permite:prohibe permitido:prohibido incluir:excluir incluye:excluye comenzar:terminar
    comenzo:termino empezar:acabar empezo:acabo inicio:fin abrir:cerrar abierto:cerrado
    norte:sur:este:oeste septentrional:meridional:oriental:occidental
    noreste:suroeste:sureste:noroeste izquierda:derecha interno:externo interna:externa
    dentro:fuera hombre:mujer hombres:mujeres masculino:femenino hijo:hija padre:madre
    dificil:facil dificiles:faciles duro:blando fuerte:debil fuertes:debiles rico:pobre
    ricos:pobres rapido:lento rapida:lenta siempre:nunca importar:exportar comprar:vender
    compro:vendio positivo:negativo positiva:negativa mayoria:minoria publico:privado
    publica:privada verdadero:falso exito:fracaso entrada:salida encima:debajo atacar:defender
    ataco:defendio victoria:derrota nacimiento:muerte nacio:murio"""
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "des", "anti")
_SHORTEST = 4  # letters of what a prefix turns around


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _GROUPS.split():
        words = group.split(":")
        for word in words:
            found.setdefault(word, set()).update(set(words) - {word})
    return {word: frozenset(others) for word, others in found.items()}


_OPPOSITES = _opposites()
_ASKED = {code: frozenset(words.split()) for code, words in _DENYING.items()}
_TOLD = {code: _ASKED[code].union(words.split()) for code, words in _EXCEPTING.items()}


def denies(question: str, words: Collection[str], language: str) -> bool:
    """Tell whether a question asks for what is not so; `words` are its own, without accents.

    A tag at its end, "…, isn't it?", denies nothing.
    """
    bare = _TAG.sub("", question)
    if bare != question:
        return bool(_CONTRACTED.search(bare)) or _denying(bare.casefold().split(), language, _ASKED)
    return bool(_CONTRACTED.search(question)) or _denying(words, language, _ASKED)


def denying(text: str, words: Collection[str], language: str) -> bool:
    """Tell whether a text denies or excepts something; `words` are its own, without accents."""
    return bool(_CONTRACTED.search(text)) or _denying(words, language, _TOLD)


def _denying(words: Collection[str], language: str, known: dict[str, frozenset[str]]) -> bool:
    small = known.get(language)
    return small is not None and not small.isdisjoint(words)


def reversed_words(
    question: Collection[str], sentence: Collection[str], around: Collection[str]
) -> int:
    """Return how many words of a question a sentence has the opposite of, and not the word.

    What stands `around` the sentence may have it as well. All are words without accents.
    """
    own = set(sentence)
    return sum(
        1 for word in set(question) - set(around) if not own.isdisjoint(_OPPOSITES.get(word, ()))
    )


def turned(question: Sequence[str], sentence: Collection[str]) -> int:
    """Return how many terms of a question are those of a sentence but for a prefix that denies.

    >>> turned(["unimport", "role"], {"import", "role"})
    1
    """
    own = set(sentence)
    return sum(1 for term in set(question) - own if any(_turns(term, one) for one in own))


def _turns(term: str, other: str) -> bool:
    short, long = sorted((term, other), key=len)
    return len(short) >= _SHORTEST and any(long == prefix + short for prefix in _PREFIXES)
