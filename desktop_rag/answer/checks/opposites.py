"""Words that say the opposite of others, in English and Spanish, and words that deny.

Each line is a dimension: what goes one way, a bar, what goes the other. A star stands for any
ending. Words are without accents and capitals.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_PAIRS = """
increas* rise rises rising rose risen grew grow grows growing grown growth gain gained climb* \
    expand* expansion upward* uptick soar* surge* raise raised raising higher aument* crec* subi* \
    sube suben subid* subida alza increment* ampli* elev* | decreas* declin* fall falls falling \
    fell fallen drop* shrink* shrank shrunk reduc* lower lowered lowering downward* plunge* \
    plummet* dimin* disminu* baj* cae caen cayo cayeron caid* descen* recort* merm* decrec* \
    contra[ij]*
more mas | less menos
more greater larger bigger exceed* above superior superiores super[oa] superan exced* | fewer \
    less smaller below beneath inferior inferiores
max maximum maximal highest most largest greatest biggest maxim* | min minimum minimal lowest \
    least smallest minim*
up upwards upper arriba | down downwards abajo
before earlier prior preceding antes previo previa previos previas anterior anteriores | after \
    later following subsequent* afterwards despues posterior posteriores posteriormente tras
first primer primero primera primeros primeras | last final ultimo ultima ultimos ultimas
start starts started starting begin begins began begun beginning opening comien* comenz* \
    empez* empie* inici* | end ends ended ending finish* close closes closed closing conclu* \
    termin* finaliz*
includ* incluy* inclui* incluso inclusive comprend* | exclud* except excepting exception \
    exclu* excepto salvo excepcion omit*
allow* permit* authoriz* authoris* permite* permiti* autoriz* | prohibit* forbid* forbad* \
    forbidden ban bans banned disallow* prohib* imped* deny denied denies deneg*
accept* approv* acept* aprob* aprueb* | reject* refus* rechaz* rehus* disapprov*
always siempre | never nunca jamas
all every everyone everything entire both todos todas todo toda ambos ambas cada | none nobody \
    nothing neither ningun ninguno ninguna nadie nada
mandatory required compulsory obligatory requires must obligatori* obligad* requerid* | \
    optional voluntary opcional* voluntari* facultativ*
win wins won winning winner victory victori* gano ganar* ganador* vencio vencer* | lose loses \
    lost losing loser defeat* perdio perder* derrota*
profit profits profitable beneficio beneficios ganancia ganancias utilidad | loss losses \
    unprofitable perdida perdidas
buy buys bought purchas* acquir* acquisition* compr* adquir* adquis* | sell sells sold selling \
    sale divest* vend* vent[ae]*
open opens opened opening abiert* abri* | close closes closed closing shut cerrad* cerr*
positive favorable favourable positiv* | negative unfavorable unfavourable negativ*
success* succeed* exito exitos* logr* | fail* failure* unsuccessful* fracas* fall[oó]
strong stronger strongest fuerte fuertes | weak weaker weakest debil debiles
early temprano temprana tempranos | late tarde tardio tardia
north northern norte septentrional | south southern sur meridional
east eastern este oriental | west western oeste occidental
left izquierda izquierdo | right derecha derecho
high alto alta altos altas | low bajo baja bajos bajas
long longer longest largo larga largos largas | short shorter shortest corto corta cortos \
    cortas
large big great grande grandes | small little pequen*
old older oldest viejo vieja viejos antigu* | new newer newest young younger youngest nuevo \
    nueva nuevos nuevas joven jovenes
hot warm hotter warmer caliente calid* | cold cool colder cooler frio fria frios frias
fast faster fastest quick quick* rapid* | slow slower slowest slow* lent[oa]*
easy easier easiest easily facil faciles facilmente | hard difficult harder dificil dificiles
rich rico rica ricos | poor pobre pobres
better best mejor mejores mejor* | worse worst peor peores empeor*
import imports imported importa* | export exports exported exporta*
public publico publica publicos publicas | private privado privada privados privadas
internal interno interna internos internas | external externo externa externos externas
enable* activ[aeo]* habilit* | disable* deactiv* desactiv* deshabilit* inhabilit*
support supported supports supporting apoy* | oppos* opus* opon*
agree* agreed coincid* acuerdo | disagree* discrep* desacuerdo
true correct correctly verdader* correct* | false incorrect* wrong fals*
with con | without sin
over | under
minimize* minimis* minimiz* | maximize* maximis* maximiz*
many much mucho mucha muchos muchas | few little poco poca pocos pocas
often frequent* frecuent* | rarely seldom raramente rara
in-network | out-of-network
inside within dentro | outside fuera
join* joined uni* | leave leaves left abandon*
add adds added adding anad* agreg* | remove* removed removing delet* elimin* quit*
create* creat* cre[oa]* | destroy* destru*
active activ[oa]s | inactive inactiv*
male man men hombre hombres masculin* | female woman women mujer mujeres femenin*
day daytime dia | night nighttime noche
legal legally lawful licit* | illegal* unlawful* ilegal* ilicit*
majority mayoria | minority minoria
only solely solo solamente unicamente exclusivamente | also too ademas tambien
"""
_DENYING_WORDS = """
    not no never without nor neither cannot none nobody nothing except excepting nowhere
    hardly unable ni nunca jamas sin tampoco excepto salvo ningun ninguno ninguna nadie nada
    lacks lacking carece carecen"""
DENYING = frozenset(_DENYING_WORDS.split())
_NOTHING_DENIED = re.compile(
    r"\b(?:not only|no solo|no solamente|no obstante|whether or not|not just|nothing but|"
    r"sin embargo|"
    r"sin duda|no doubt|no longer than|no more than|no later than|no less than|not less than|"
    r"not more than|not later than|no mas de|no menos de|sino|nevertheless|no\.|"
    r"so much so|if not|cuando no|a no ser|no mas tarde)\b|\bno\.? ?\d|\bn\.? ?[ºo] ?\d"
)
_PREFIX_WORDS = "un in im il ir dis non non- des anti anti- de mis"
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_SHORTEST = 4


class Pole(NamedTuple):
    """One end of a dimension: 1 or -1."""

    dimension: int
    sign: int


def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    found = []
    for line in _PAIRS.strip().splitlines():
        one, other = line.split(" | ")
        found.append((_pattern(one), _pattern(other)))
    return tuple(found)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(word.replace("*", r"\w*") for word in words.split()))


_DIMENSIONS = _patterns()


@lru_cache(maxsize=20_000)
def poles(word: str) -> tuple[Pole, ...]:
    """Return on which sides a folded word stands.

    >>> [pole.sign for pole in poles("rose")], [pole.sign for pole in poles("cayo")]
    ([1], [-1])
    """
    return tuple(
        Pole(at, sign)
        for at, (one, other) in enumerate(_DIMENSIONS)
        for pattern, sign in ((one, 1), (other, -1))
        if pattern.fullmatch(word)
    )


def denies(word: str) -> bool:
    """Tell whether a folded word denies what follows it."""
    return word in DENYING or word.endswith("n't")


def without_idioms(low: str) -> str:
    """Return a folded text with blanks where its denying words deny nothing, as in "not only"."""
    return _NOTHING_DENIED.sub(lambda found: " " * len(found.group()), low)


def negated(word: str, other: str) -> bool:
    """Tell whether a word is another with a prefix that denies it.

    >>> negated("unable", "able"), negated("under", "der")
    (True, False)
    """
    return len(other) >= _SHORTEST and word.endswith(other) and word[: -len(other)] in _PREFIXES
