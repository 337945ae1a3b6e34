"""What a question wants to have counted, or found everywhere, read from its words alone.

    which, how many documents …   ─► documents, and those that do not
    how many times, how often …   ─► times
    where, all mentions of …      ─► places
    list all …                    ─► a thing: sentences and items that are about it

What is looked for comes before or after a verb of mentioning. Words in quotes, words that are
called a word, and names are meant as they are written; others in any of their forms.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from desktop_rag.domain.occurrences import Census, Counted, Needle

_QUOTED = re.compile(
    r"\"([^\"“”„«»]+)\"|[“„”]([^\"“”„«»]+)[”“]|[«»]([^\"“”„«»]+)[»«]"
    r"|(?<!\w)['‘]([^'‘’]+)['’](?!\w)"
)
_SENTENCE = re.compile(r"(?<=[?!.])\s+")
_HELD = "\ue000"  # stands for a phrase in quotes, with a sign that numbers it
_AROUND = " \t\r\n¿?¡!.,;:()[]…"
_LONGEST = 9  # words that are looked for
_READ = 60  # words of a question
_FEW = 3  # words that are no sentence

_DOCUMENTS = (
    r"(?:documents?|files?|pdfs?|papers?|reports?|contracts?|texts?|books?|articles?|filings?"
    r"|manuals?|letters?|ones|documentos?|archivos?|ficheros?|informes?|contratos?|textos?|libros?"
    r"|articulos?|manuales|expedientes?|sentencias?|leyes|cartas?)"
)
_PLACES = (
    r"(?:places?|pages?|sentences?|passages?|paragraphs?|sections?|parts?|lines?|lugares|lugar"
    r"|sitios?|paginas?|frases?|oraciones|oracion|pasajes?|parrafos?|secciones|seccion|partes?"
    r"|lineas?|fragmentos?)"
)
_UNITS = (
    r"(?:mentions?|occurrences?|appearances?|instances?|hits?|menciones|mencion|apariciones"
    r"|aparicion|ocurrencias?|alusiones)"
)
_POLITE = (
    r"(?:(?:please|por favor|and|y|can you|could you|would you|puedes|podrias|me|i want to know"
    r"|i need to know|i want|i need|do you know|quiero saber|necesito saber|quisiera saber"
    r"|me gustaria saber|quiero|necesito|sabes|tell me|dime|decirme|show me|show|muestrame|muestra"
    r"|mostrar|find me|find|search for|look for|search|busca|buscame|buscar|encuentra|encontrar"
    r"|give me|dame|list|lista|listame|listar|enumera|enumerame|enumerar|count|cuenta|cuentame"
    r"|contar|identify|identifica|indica|indicame|ensename|get|haz una lista de|a list of"
    r"|una lista de|un listado de|la lista de|what (?:is|are)|which (?:is|are)|cuales? (?:es|son)"
    r"|(?:un |el |una |la )?(?:lista|listado) (?:de|con)|(?:a |the )?list of|is there|are there|hay"
    r"|existen?|out) )*"
)
_WHICH = (
    r"(?:which|what|how many|all|every|each|any|the|those|que|cual|cuales|cuantos|cuantas|todos"
    r"|todas|los|las|cada|(?:the |el )?(?:number|numero) (?:of|de)|la cantidad de)"
    r"(?: (?:of|the|my|these|those|our|de|los|las|mis|estos|estas|esos|nuestros))*"
)
_HEADS = (
    (Counted.DOCUMENTS, re.compile(rf"^{_POLITE}(?:in |en )?{_WHICH} {_DOCUMENTS} (?P<rest>.+)$")),
    (
        Counted.DOCUMENTS,
        re.compile(
            rf"^{_POLITE}{_DOCUMENTS} (?P<rest>(?:that|que|where|donde|with|without|con|sin"
            r"|mentioning|containing|en los que) .+)$"
        ),
    ),
    (
        Counted.TIMES,
        re.compile(
            rf"^{_POLITE}(?:in total )?(?:how many times|how often|(?:the )?number of times"
            r"|cuantas veces|con (?:que|cuanta) frecuencia|(?:el )?numero de veces(?: que)?"
            r"|la cantidad de veces(?: que)?|(?:todas )?las veces(?: en)?(?: que)?"
            r"|(?:all|every|each) (?:the )?times?) (?P<rest>.+)$"
        ),
    ),
    (
        Counted.PLACES,
        re.compile(rf"^{_POLITE}(?:in |on |en )?{_WHICH} {_PLACES} (?P<rest>.+)$"),
    ),
    (Counted.PLACES, re.compile(rf"^{_POLITE}(?:where|en donde|donde|everywhere) (?P<rest>.+)$")),
)  # fmt: skip
_UNIT_HEADS = (
    re.compile(
        rf"^{_POLITE}(?P<many>how many|cuant[oa]s|(?:the |el )?num(?:ber|ero) (?:of|de)"
        r"|la cantidad de)?"
        rf" ?(?:(?:all|every|each|any|the|todas|todos|las|los|cada|of|de|toda|la|una|alguna) )*"
        rf"{_UNITS}(?: (?:are there|is there|hay|existen|se hacen|aparecen))?"
        r" (?:of|to|for|about|del?|al?|sobre) (?P<x>.+)$"
    ),
    re.compile(
        rf"^{_POLITE}(?P<many>how many|cuant[oa]s|(?:the |el )?num(?:ber|ero) (?:of|de))?"
        r" ?(?:(?:all|every|each|any|the|todas|todos|las|los|cada|of|de) )*"
        r"(?:references?|referencias?)(?: (?:are there|hay|existen|se hacen))? (?:to|al?)"
        r" (?P<x>.+)$"
    ),
    re.compile(
        rf"^{_POLITE}(?P<many>how many|cuant[oa]s) {_UNITS} (?:does|do|tienen?) (?P<x>.+?)"
        r"(?: (?:have|has|get))?$"
    ),
)
_LEAD = re.compile(
    r"^(?:(?:that|which|where|in which|on which|do|does|did|is|are|was|were|can|could|will|would"
    r"|there|they|it|you|(?:in |en )?(?:the|my|these|our|los|mis|estos) (?:documents?|files?|pdfs?"
    r"|library|text|documentos|archivos|textos|biblioteca)|actually|also"
    r"|en (?:el|la|los|las) (?:que|cual|cuales)|en que|en donde|donde|a lo largo del documento"
    r"|que|se|le|les|ha|han|sido|es|son|esta|estan|tambien|una mencion a|here|aqui) )+"
)
_NOT = re.compile(
    r"^(?:(?:that|which|que|do|does|did|is|are|se) )*?"
    r"(?:(?:don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|not|never|no|nunca|tampoco) "
    r"|(?=without |sin |lacks? |lacking |carecen? )"
    r"|(?=(?:have|has|having|contains?|containing|tienen?|contienen?) (?:no|ningun[oa]?s?) ))"
)
_NONE = re.compile(
    r"^(?:have|has|having|contains?|containing|tienen?|contienen?) (?P<none>(?:no|ningun[oa]?s?) )"
)
_DONE = (
    r"(?:\w+ed|come|gone|begun|won|lost|grown|risen|fallen|sold|bought|made|written|published|sent"
    r"|met|kept|paid|left|become|shown|seen|given|taken|done|had)"
    r"(?:$| (?:since|in|on|by|before|after|this|last|until|so|for|from|to|with|at|during)\b)"
)
_ABOUT = re.compile(  # what comes after these is looked for
    r"^(?:(?:se |le |les |ha |han )*)"
    r"(?:(?:make|makes|hacen?) (?:any |some |alguna )?(?:mention|reference|mencion|referencia)"
    r" (?:of|to|del?|al?)"
    r"|refers? to|referring to|refieren? al?|aluden? al?"
    r"|(?:talk|talks|talking|speak|speaks|say anything|says anything) (?:about|of|on)"
    r"|(?:is|are|be)? ?about|discuss(?:es|ing)?|deals? with|covers?|mentions?|mentioned|mentioning"
    r"|mencion(?:an?|en?|ado|ada|ando)|contains?|containing|contienen?|contengan?|includes?"
    r"|including|incluyen?|incluyan?|appears?|aparecen?|aparezcan?|aparecido|names?|nombr[ae]n?"
    r"|cites?|citing|citan?|figuran?|salen?|habl[ae]n? (?:del?|al?|sobre)"
    r"|trat[ae]n? (?:del?|sobre)|dicen?|dice algo (?:del?|sobre)|habl[ae]n?|mencionar"
    r"|use|uses|using|us[ae]n?|utiliz[ae]n?|emple[ae]n?|repiten?|encuentran?|has|have|having"
    r"|tienen?|tengan?|hay|says?|without(?: mentioning)?|sin(?: mencionar)?|with|con|lacks?"
    r"|lack|lacking|carecen? de|occurs?|say) (?P<x>.+)$"
)
_SAID_OF = re.compile(  # what comes before these is looked for
    r"^(?P<x>.+?) (?:(?:is|are|was|were|be|been|being|gets?|has|have|se|ha|han|sido|es|son"
    r"|actually|ever|also|do|does|it|first|last|explicitly|expressly|specifically) )*"
    r"(?:mentioned|named|cited|referenced|referred to|discussed|talked about|appears?|appearing"
    r"|comes? up|shows? up|crops? up|(?P<real>occurs?|occurring|present)|aparecen?"
    r"|menciona(?:n|do|da)?|nombran?|citan?|figuran?|salen?|(?P<weak>used|found|written|said|there|repeated|usan?"
    r"|utilizan?|dicen?|repiten?|encuentran?|emplean?))"
    r"(?: (?P<tail>(?:in|on|across|within|throughout|at|anywhere|total|altogether|there|en|dentro"
    r"|por|a lo largo|de|del)\b.*))?$"
)
_WEAK_AFTER = re.compile(
    r"^(?:se |le )*(?:use|uses|using|us[ae]n?|utiliz[ae]n?|emple[ae]n?|repiten?|encuentran?|has"
    r"|have|having|tienen?|hay|says?|say|dicen?|with|con|salen?|covers?|names?|names|includes?"
    r"|incluyen?|contains?|contienen?|(?:is|are|be)? ?about"
    r"|habl[ae]n?(?! (?:del?|al?|sobre) ))\b"
)
_DOING = re.compile(  # what documents do, or is done to them, and not what they say
    r"^(?:(?:se |le )*(?:use|uses|using|us[ae]n?|utiliz[ae]n?|emple[ae]n?|repiten?) "
    r"|(?:appears?|aparecen?|figuran?|occurs?) (?:in|on|at|under|en|bajo) "
    rf"|(?:has|have|had) (?:{_DONE}"
    r"|(?:been|be|to|not|never|already|ever|yet|also|just|i|you|we|they|he|she|it|there) "
    rf"|(?:the|this|that|my|your|our|his|her|their|an?) (?:\w+ )+?(?:to \w+$|{_DONE})))"
)
_BUT_NOT = re.compile(r" (?:(?:and|but|y|e|pero) (?:not|no|never|nunca)|except|salvo|excepto) ")
_SAYING = re.compile(  # "how often does the letter name ...", as it is said in Spanish
    rf"^(?:el|la|los|las|est[ae]|est[ao]s|mis?) {_DOCUMENTS} (?=(?:el|la|los|las|a|al|{_HELD}.) )"
)
_THERE = frozenset("in on across within throughout".split())  # noqa: SIM905 - words, not a list
_CALLED = re.compile(
    r"^(?:(?:the|an?|la|el|los|las|una?|any|some|al?) )?(?:exact |same |very )?"
    r"(?P<what>words?|terms?|phrase|expression|string|keywords?|number|palabras?(?: clave)?"
    r"|terminos?|expresion|frase|cadena|numero|name|nombre|concepts?|conceptos?|topic|tema|acronym"
    r"|siglas?|acronimo)(?: (?:exacta|exacto|of|del?))? "
)
_OF_ONE = re.compile(  # "how many articles has the law" asks nothing of documents
    rf"^{_POLITE}(?:(?:en )?cuant[oa]s {_DOCUMENTS} (?:no )?(?:tiene|contiene|incluye|menciona|cita"
    rf"|usa|utiliza|dice|hay) |how many {_DOCUMENTS} has (?:the|this|that|your|our|my) )"
)
_BEST = re.compile(
    r"\b(?:highest|lowest|most|least|largest|biggest|smallest|best|worst|latest|newest|oldest"
    r"|mayor|menor|mejor|peor|mas|menos)\b"
)
_LOOSELY = frozenset(["concept", "concepts", "concepto", "conceptos", "topic", "tema"])
_SOMETHING = re.compile(
    r"^(?:(?:anything|something|information|algo|informacion|nada)(?: (?:is |was )?(?:said|stated"
    r"|relacionad[oa]))?"
    r" (?:about|on|of|with|con|del?|sobre|acerca de))\b ?(?:el |la |los |las |the )?"
)
_ARTICLES = frozenset(
    "the a an any some el la los las un una unos unas al a to of about sobre de del on lo".split()  # noqa: SIM905 - words, not a list
)
_TAIL = re.compile(
    r"^(?P<x>.+?) (?P<tail>(?:in|on|across|within|throughout|en|dentro de|a lo largo de[l]?) .+)$"
)
_CLOSING = re.compile(
    r"(?: (?:please|por favor|in total|en total|altogether|anywhere|at all|there|are there|hay"
    r"|exactly|in all|and where|y donde|and how often|y cuantas veces|or not|each|cada uno|aqui"
    r"|here|for the first time|por primera vez|on which pages|y en que paginas?|en que paginas?))+$"
)
_EVERYWHERE = re.compile(
    r"^(?:in|on|across|within|throughout|en|dentro de|a lo largo del?|total|altogether|there"
    r"|anywhere|de|del|por|at|them|it|ella|ellos|el|la|lo|los|las|the|all|of|my|our|these|this|those"
    r"|todos?|todas?|mis?|nuestros?|estos?|estas?|este|esta|tus?|whole|entire|entera|entero|cada|each"
    r"|every|documents?|files?|pdfs?|library|collection|corpus|folder|texts?|documentos?|archivos?"
    r"|biblioteca|coleccion|carpeta|textos?|que|which|pages?|paginas?|uno|one|any|same"
    r"|alguno?|provided|loaded|indexed|cargados|disponibles|all|lugar|part|places?|partes?| )+$"
)
_JOINED = re.compile(r" (?:and|y|e|&|as well as|plus|asi como) ")
_EITHER = re.compile(r" (?:or|o|u|ni|nor) ")
_BOTH = re.compile(r"^(?:both (?P<a>.+) and (?P<b>.+)|tanto (?P<c>.+) como (?P<d>.+))$")
_ONE_OF = re.compile(r"^(?:either|o bien|o) ")
_POINTING = frozenset(
    """it its this that these those them they he she him her there so eso esto esa ese esos esas lo
    los las le ello ella ellos ellas el la what which who whom how why when que quien cual cuales
    como cuando donde where something anything everything nothing algo nada todo esta este estos
    estas aquello""".split()  # noqa: SIM905 - words, not a list
)
_ASKING = frozenset(
    """what which who whom whose when where why how is are was were do does did can que cual cuales
    quien quienes cuando donde como cuanto cuanta cuantos cuantas por es son hay tiene""".split()  # noqa: SIM905 - words, not a list
)

_THINGS = re.compile(
    r"^(?:(?:please|por favor|can you|could you|puedes|podrias|quiero|necesito|i want|i need|me"
    r"|quiero que) )*"
    r"(?P<verb>list(?: out)?|enumera\w*|lista(?:me|r)?|enlista\w*|name|mention|menciona(?:me|r)?"
    r"|give me|show me|tell me|dame|muestrame|dime"
    r"|(?:make|haz(?:me)?|give me|dame|quiero) (?:a|una) list(?:a|ado)? (?:of|de)"
    r"|un listado de|what are|which are|cuales son|extract|extrae|find"
    r"|encuentra|busca)"
    r"(?: me)? (?P<all>(?:all|every|each|tod[oa]s?|cada)(?: of| one of| un[oa] de)?)?"
    r" ?(?:(?:the|of the|my|los|las|de los|mis|el|la) )?(?P<x>.+)$"
)
_ALWAYS = re.compile(r"^(?:list|enumera|lista|enlista|make|haz|un listado|quiero|extract|extrae)")
_OTHERS = re.compile(  # are found by what they are, not by what they are called
    r"^(?:persons?|people|names?|organi[sz]ations?|companies|places?|locations?|dates?|amounts?"
    r"|figures|numbers|documents?|files?|pdfs?|personas?|nombres?|organizaciones|empresas|lugares"
    r"|fechas?|importes?|montos?|cantidades|cifras|numeros|documentos?|archivos?|entities|entidades"
    r"|key points?|main points?|puntos (?:clave|principales)|differences|diferencias)\b"
    r"(?: (?:that|which|que|and|y|in|en|mentioned|mencionad[oa]s?)\b.*|$)"
)
_NEGATED = re.compile(  # words alone do not tell "what is not covered" from what is
    r"\b(?:not|without|except|never|no|sin|salvo|excepto|nunca|isn'?t|aren'?t|don'?t|doesn'?t)\b"
)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A question as words: `written` as they are, and the same folded; phrases are held apart."""

    written: tuple[str, ...]
    folded: tuple[str, ...]
    phrases: tuple[str, ...]

    @property
    def line(self) -> str:
        return " ".join(self.folded)


def census_of(text: str) -> Census | None:
    """Return what is to be counted or found everywhere; None where nothing is.

    >>> census_of("Which documents mention goodwill?").needles
    (Needle(text='goodwill', literal=False),)
    >>> census_of("¿Cuántas veces aparece «fuerza mayor»?").needles
    (Needle(text='fuerza mayor', literal=True),)
    """
    for part in dict.fromkeys((text, *reversed(_SENTENCE.split(text)))):
        words = _words_of(part)
        found = _counting(words) or _mentions(words)
        if found:
            return found
    return None


def thing_of(text: str) -> Census | None:
    """Return what a wish for a list is about; None where it is about nothing that is looked for.

    >>> thing_of("list all obligations of the tenant").needles
    (Needle(text='obligations of the tenant', literal=False),)
    """
    words = _words_of(text)
    found = _THINGS.match(words.line)
    if found is None or not (found["all"] or _ALWAYS.match(found["verb"])):
        return None
    topic = found["x"]
    if _OTHERS.match(topic) or _NEGATED.search(topic):
        return None
    at = len(words.line[: found.start("x")].split())
    written = _CLOSING.sub("", topic)
    count = len(written.split())
    if not 1 <= count <= _LONGEST + 2:
        return None
    needles = (Needle(_as_written(words, at, count)),)
    everything = bool(found["all"])
    census = Census(Counted.PLACES, needles, thing=True, everything=everything)
    return _without_tail(census, words, at, written)


def exact_of(text: str) -> Census | None:
    """Return what is nothing but words to be found as they are written.

    >>> exact_of("“the tide is out”").needles
    (Needle(text='the tide is out', literal=True),)
    """
    words = _words_of(text)
    phrases = words.phrases or (" ".join(words.written),)
    needles = tuple(Needle(phrase, literal=True) for phrase in phrases)
    return Census(Counted.PLACES, needles) if any(phrases) else None


def about(text: str) -> Census | None:
    """Return a census of what a question is about, whatever it asks of it.

    A few words that ask nothing are looked for themselves.

    >>> about("who pays the deposit?").needles
    (Needle(text='pays deposit', literal=False),)
    """
    words = _words_of(text)
    if words.phrases:
        return exact_of(text)
    pairs = zip(words.written, words.folded, strict=True)
    told = [one for one, plain in pairs if plain not in _POINTING | _ARTICLES][:_LONGEST]
    if not told:
        return None
    asks = "?" in text or not _ASKING.isdisjoint(words.folded) or len(told) > _FEW
    return Census(Counted.PLACES, (Needle(" ".join(told)),), thing=asks, everything=asks)


def _words_of(text: str) -> _Tokens:
    phrases: list[str] = []

    def held(match: re.Match[str]) -> str:
        phrase = " ".join(next(filter(None, match.groups())).split())
        if not any(map(str.isalnum, phrase)):
            return " "
        phrases.append(phrase)
        return f" {_HELD}{chr(ord(_HELD) + len(phrases))} "

    marked = _QUOTED.sub(held, text.replace(_HELD, " "))
    pairs = [(one, _folded(one)) for word in marked.split() if (one := word.strip(_AROUND))]
    pairs = [pair for pair in pairs[:_READ] if pair[1]]
    return _Tokens(
        tuple(one for one, _ in pairs), tuple(other for _, other in pairs), tuple(phrases)
    )


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace(" ", "")


def _counting(words: _Tokens) -> Census | None:
    """Read what has a verb of mentioning."""
    line = words.line
    if _OF_ONE.match(line):
        return None
    for counted, head in _HEADS:
        found = head.match(line)
        if found is None:
            continue
        rest, at = found["rest"], found.start("rest")
        lacking = counted is Counted.DOCUMENTS and _NOT.match(rest)
        if lacking:
            rest, at = rest[lacking.end() :], at + lacking.end()
        lead = _LEAD.match(rest + " ")
        if lead:
            rest, at = rest[lead.end() :], at + lead.end()
            late = counted is Counted.DOCUMENTS and not lacking and _NOT.match(rest)
            if late:
                lacking = late
                rest, at = rest[late.end() :], at + late.end()
        census = _sought(counted, words, rest, at)
        if census is not None:
            return replace(census, lacking=bool(lacking))
    return None


def _sought(counted: Counted, words: _Tokens, rest: str, at: int) -> Census | None:
    """Return what the words after a head look for, which begin `at` a sign of the line."""
    found, tail = _ABOUT.match(rest), ""
    having = bool(found and _WEAK_AFTER.match(rest))
    weak = having and counted is not Counted.DOCUMENTS
    if found is None:
        found = _SAID_OF.match(rest)
        if found is None:
            return None
        real = found["real"] and counted is not Counted.DOCUMENTS  # in the world
        tail, weak = found["tail"] or "", bool(found["weak"] or real)
    x, start = found["x"], at + found.start("x")
    if none := _NONE.match(rest):
        x, start = rest[none.end() :], at + none.end()
    if _BUT_NOT.search(x) or (_is_plain(x) and (weak or _is_asked_of(rest, x, having=having))):
        return None
    census = _needles(counted, words, start, x)
    if census is not None and tail and not _EVERYWHERE.match(tail):
        return replace(census, within=tail, joined=())
    return census


def _is_plain(x: str) -> bool:
    """Tell words that are neither in quotes nor called words."""
    return not (_CALLED.match(x) or _HELD in x)


def _is_asked_of(rest: str, x: str, *, having: bool) -> bool:
    """Tell what is asked of documents as of other things, not what they say."""
    best = having and _BEST.search(x)
    return bool(best or _DOING.match(rest) or x.startswith(("that ", "que ")) or x.endswith(" to"))


def _mentions(words: _Tokens) -> Census | None:
    """Read what asks for mentions of something, or for how many there are."""
    words = _without_there(words)
    for head in _UNIT_HEADS:
        found = head.match(words.line)
        if found:
            counted = Counted.TIMES if found["many"] else Counted.PLACES
            return _needles(counted, words, found.start("x"), found["x"])
    return None


def _without_there(words: _Tokens) -> _Tokens:
    """Leave out what only says that something is there: "mentions of tides are there in ..."."""
    folded = words.folded
    there = {
        place
        for at in range(len(folded) - 2)
        if folded[at] in {"are", "is"} and folded[at + 1] == "there" and folded[at + 2] in _THERE
        for place in (at, at + 1)
    }
    kept = [at for at in range(len(folded)) if at not in there]
    return replace(
        words,
        written=tuple(words.written[at] for at in kept),
        folded=tuple(folded[at] for at in kept),
    )


def _needles(counted: Counted, words: _Tokens, start: int, x: str) -> Census | None:
    """Return what is looked for in words that begin at a sign of the line."""
    at = len(words.line[:start].split())
    x = _CLOSING.sub("", x)
    if counted is not Counted.DOCUMENTS:
        x, at = _after(_SAYING, x, at)
    x, at = _after(_SOMETHING, x, at)
    called = _CALLED.match(x + " ")
    literal = bool(called and called["what"] not in _LOOSELY)
    x, at = _after(_CALLED, x, at)
    if _HELD in x:
        return _quoted(counted, words, x, at)
    own = x.split()
    while own and not literal and own[0] in _ARTICLES and not _is_name(words, at):
        own, at = own[1:], at + 1
    x = " ".join(own)
    if not own or len(own) > _LONGEST or _POINTING.issuperset(own):
        return None
    return _split(counted, words, at, x, literal=literal)


def _split(counted: Counted, words: _Tokens, at: int, x: str, *, literal: bool) -> Census | None:
    """Return what is looked for in words without quotes: one thing, or several."""
    both = _BOTH.match(x)
    if both:
        a, b = (both["a"], both["b"]) if both["a"] else (both["c"], both["d"])
        first = at + 1
        second = first + len(a.split()) + 1
        pair = (
            Needle(_as_written(words, first, len(a.split())), literal),
            Needle(_as_written(words, second, len(b.split())), literal),
        )
        return Census(counted, pair, every=counted is Counted.DOCUMENTS)
    either = _ONE_OF.match(x)
    if either:
        x, at = x[either.end() :], at + len(either.group().split())
    census = Census(counted, _apart(words, at, x, _EITHER, literal=literal))
    if len(census.needles) == 1:
        census = _without_tail(census, words, at, x, literal=literal)
        parts = _apart(words, at, x, _JOINED, literal=literal)
        if len(parts) > 1:
            census = replace(census, parts=parts)
    return census


def _apart(
    words: _Tokens, at: int, x: str, between: re.Pattern[str], *, literal: bool
) -> tuple[Needle, ...]:
    """Return the parts of words that a conjunction divides."""
    found: list[Needle] = []
    for part in between.split(x):
        own = part.split()
        while own and own[0] in _ARTICLES and not _is_name(words, at) and not literal:
            own, at = own[1:], at + 1
        if own:
            found.append(Needle(_as_written(words, at, len(own)), literal))
        at += len(own) + 1
    return tuple(found)


def _quoted(counted: Counted, words: _Tokens, x: str, at: int) -> Census | None:
    """Return what is looked for in words of which some are in quotes: those."""
    held = [one for one in x.split() if one.startswith(_HELD)]
    phrases = [words.phrases[ord(one[1]) - ord(_HELD) - 1] for one in held]
    needles = tuple(Needle(phrase, literal=True) for phrase in phrases)
    either = bool(_EITHER.search(x))
    census = Census(counted, needles, every=counted is Counted.DOCUMENTS and not either)
    last = len(x.split()) - 1 - x.split()[::-1].index(held[-1])
    tail = " ".join(x.split()[last + 1 :])
    if tail and not _EVERYWHERE.match(tail):
        census = replace(census, within=_as_written(words, at + last + 1, len(tail.split())))
    return census


def _without_tail(
    census: Census, words: _Tokens, at: int, x: str, *, literal: bool = False
) -> Census:
    """Take away what says where to look, or note what may: "goodwill in the annual report"."""
    found = _TAIL.match(x)
    if found is None:
        return census
    count = len(found["x"].split())
    needles = (Needle(_as_written(words, at, count), literal),)
    if _EVERYWHERE.match(found["tail"]):
        return replace(census, needles=needles)
    within = _as_written(words, at + count, len(found["tail"].split()))
    return replace(census, needles=needles, within=within, joined=census.needles)


def _after(pattern: re.Pattern[str], x: str, at: int) -> tuple[str, int]:
    """Return what comes after a beginning, if words have that, and where it begins."""
    found = pattern.match(x + " ")
    if found is None or found.end() > len(x):
        return x, at
    return x[found.end() :], at + len(found.group().split())


def _is_name(words: _Tokens, at: int) -> bool:
    """Tell whether an article is part of a name: "La Paz"."""
    return at > 0 and words.written[at][:1].isupper() and _capital(words, at + 1)


def _capital(words: _Tokens, at: int) -> bool:
    return at < len(words.written) and words.written[at][:1].isupper()


def _as_written(words: _Tokens, at: int, count: int) -> str:
    """Return so many words as they are written, without quotes at their ends."""
    return " ".join(words.written[at : at + count]).strip("'\"“”«»‘’")
