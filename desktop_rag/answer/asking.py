"""What kind of wish a question is, read from its words alone.

    pleasantries ─► cut off; what is nothing else is a greeting or thanks
    the program  ─► what it can do, where data goes, wishes to change its rules
    a phrase     ─► in quotes, or an identifier by itself: word for word
    whole texts  ─► summary, key points, study questions, comparison, list or count
    leaning      ─► on what was said before: a follow-up; with nothing before, unclear
    a question   ─► everything else

A list is a wish for all of something, or for how many there are, over the documents: "list all
values", "which documents mention X", and not "what are the symptoms". Accents, capitals,
punctuation and drawn-out letters make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_rag.answer.counting import census_of
from desktop_rag.answer.quoting import phrases_of
from desktop_rag.domain.answers import Extent, QuestionKind
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.entities import EntityKind

SAID = frozenset(
    {QuestionKind.GREETING, QuestionKind.THANKS, QuestionKind.PROGRAM, QuestionKind.UNCLEAR}
)  #: what is answered with a sentence, and not searched


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREETINGS = _words(
    """hi hello hey hola ola holi buenas buenos saludos greetings good morning afternoon evening
    night day dias dia tardes noches yo ey howdy hallo aloha que tal q tal how are you doing
    como estas esta estan va whats up sup bye goodbye adios chao chau hasta luego
    pronto manana nos vemos see everyone k ke onda"""
)
_THANKS = _words(
    """thanks thank thx ty gracias grasias grax grac muchas mil muchisimas many so much very
    you ok okay vale perfecto perfect great genial excelente excellent cool nice super bien good
    entendido understood got it de acuerdo listo claro lot a again nuevo otra vez
    appreciate agradezco agradecido te lo le amable awesome muy tysm u"""
)
_ACKNOWLEDGING = _words(
    """ok okay vale perfecto perfect great genial excelente excellent cool nice super bien
    entendido understood got acuerdo listo claro awesome amable"""
)
_SURE_GREETINGS = _words(
    """hi hello hey hola ola holi buenas saludos greetings howdy hallo aloha sup bye goodbye adios
    chao chau"""
)
_SURE_THANKS = _words("thanks thank thx ty tysm gracias grasias grax agradezco appreciate")
_FILLERS = _words(
    """una un pregunta consulta duda rapida rapidita aprovecho oye disculpa disculpe perdon perdona
    por favor please pls porfa sorry excuse me a quick question one thing more otra cosa mas bueno
    well so bien ok okay estimado estimada estimados amigo amiga friend there all team todos todas
    equipo desde ya antemano in advance y and e"""
)
_GREETING = re.compile(
    r"buen[oa]s (?:dias|tardes|noches)|good (?:morning|afternoon|evening|night|day)"
    r"|(?:q|que|ke|k) (?:tal|onda)$|how are you|como (?:estas?|estan|va)\b|whats up"
    r"|hasta (?:luego|pronto|manana)"
    r"|nos vemos|see you"
)
_PLEASANT = _GREETINGS | _FILLERS | _THANKS
_READ = 200  # words of a question tell its kind
_LONGEST_THANKS = 7  # words
_BRIEF = 3  # words among which thanks are found
_OPENERS = _words(
    """cual cuales que q como cuando cuanto cuanta cuantos cuantas donde quien quienes por para
    what which who when where why how can could please is are do does tell dime puedes podrias
    quiero necesito me i quisiera busco explica hay tengo"""
)
_SMALL = _words(
    """a an the of in on at by to for from with and or but so then also is are was were be been am
    do does did has have had can could would should will may might it its he she they them his her
    him their this that these those there here what which who whom whose when where why how much
    many one ones other same about me my i you your we our us not no yes if as than too any some
    really please tell more even still
    el la los las lo le les un una unos unas de del al en con sin por para y e o u pero entonces
    tambien es son era eran fue fueron ser esta este estos estas esto eso ese esa esos esas aquel
    aquello su sus se me mi mis tu tus te yo ella ello ellos ellas nosotros que cual cuales quien
    quienes cuando cuanto cuanta cuantos cuantas donde como porque si no ya aun mas muy otro otra
    otros otras mismo misma hay ha han he puede puedo pueden dime algo q ahi alli aqui sobre
    entre"""
)
_CONNECTIVES = re.compile(
    r"^(?:y|e|and|but|pero|o|or|entonces|so|then|ademas)\b"
    r"|^(?:what|how) about\b|^(?:que|y que) (?:hay de|pasa con|tal)\b|^en cuanto a\b"
)
_EMPTY_IT = (
    r"it(?= (?:\w+ )?"
    r"(?:to|that|for|when|if|important|possible|necessary|mean|take)\b)"
)  # stands for nothing: "is it possible to"
_LEANING = re.compile(
    rf"\b(?:(?!{_EMPTY_IT})it|its|he|she|they|them|his|her|him|their|these|those|this one"
    rf"|that one|the others"
    r"|eso|esto|ese|esa|esos|esas|aquello|aquel|ella|ellos|ellas|ello|su|sus|los demas|las demas"
    r"|[a-z]+(?:ar|er|ir)(?:lo|la|los|las|le|les))\b"
)
_SUBJECT = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)(?: not)?"
    rf" (?:he|she|they|(?!{_EMPTY_IT})it)\b"
)  # a verb and its subject, which nothing before it names
_OBJECT = re.compile(r"\b(?:it|them|him|her)$")  # not what the subject is
_CLITIC = re.compile(
    r"\b(?:lo (?!que|mas|menos|mismo|cual|mejor|peor|siguiente|anterior|primero|ultimo)\w+"
    r"|(?:la|los|las) [^\W\d_]+(?:ó|é|aron|ieron|aban|aba))\b"
)
_ASKED_FOR = re.compile(
    r"^(?:(?:y|and) )?(?:what|which|whose|how many|how much|que|cual|cuant[oa]s?) \w+"
)  # is no antecedent of what comes after a verb: "what building did they buy?"
_ASKED_BY = re.compile(
    r"^(?:(?:y|and) )?(?:in|on|at|of|by|for|to|from|with|en|de|a|por|para|con|desde|hasta)"
    r" (?:what|which|whose|que|cual|cuant[oa]s?) \w+"
)  # nor of anything: "in what year did they ...?"
_AT_THE_END = re.compile(
    r"\b(?:that|this|there|so|esto|eso|ahi|alli|tambien|too"
    r"|the (?:first|second|third|last|former|latter|same|other)(?: ones?)?"
    r"|(?:el|la|lo) (?:mismo|misma|primero|primera|segundo|segunda|anterior|ultimo|ultima))$"
)
_OTHER = re.compile(r"\b(?:the other|el otro|la otra|los otros|las otras)\b")
_BARE = re.compile(
    r"^(?:(?:y|and|but|pero) )?(?:why(?: not| so| is that)?|por ?que(?: no)?|how(?: so| come)?|como"
    r"|when|cuando|where|donde|who|quien|how (?:much|many)|cuanto|really|seguro|sure|en serio"
    r"|como asi"
    r"|(?:tell me|cuentame|dime|give me) (?:more|mas)|mas(?: detalles| informacion)?|more"
    r"(?: details| information)?|go on|continua|sigue|explica(?:lo|me|melo)?|explain(?: that| it)?"
    r"|elaborate|amplia(?: eso)?|examples?|ejemplos?|and|y|for example|por ejemplo)$"
)
_DEFINING = re.compile(
    r"^(?:what|who) (?:is|are|was|were)(?: an?| the)? \w+$"
    r"|^(?:que|quien) (?:es|son|fue|era)(?: un| una| el| la| los| las)? \w+$"
)
_NAMED = re.compile(r"(?<=[^\s.?!¿¡:\"“«(])\s+[\"“«(]?(?!I\b)[A-ZÁÉÍÓÚÑÜ][\w&-]*|\b\w*\d\w*\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")  # says when, and nothing of what
_FEW = 2  # words of content, without a name: too few to say what is meant
_ANTECEDENT = 2  # words of content that a pronoun of the same question may stand for
_SHORT = 8  # words of a question that names "the other" of what was said before
_LONGEST_CONNECTED = 12  # words of what begins with "and"

_PROGRAM = re.compile(
    r"^(?:who|what) are you$|\bquien eres$|\bque eres$|\bcomo te llamas\b"
    r"|\bwhat(?: i)?s your name\b"
    r"|\b(?:are you|eres)(?: an?| una?)? (?:bot|robot|humano?|persona?|ai|ia|chatgpt|gpt)\b"
    r"|\b(?:what can you do|que (?:puedes|sabes|podes) hacer)(?: here| for me| por mi| aqui)?$"
    r"|^(?:help|help me|ayuda|ayudame|(?:can|could) you help me|(?:me )?(?:puedes )?ayuda(?:s"
    r"|rme))$"
    r"|^(?:what|which) (?:is|are) your (?:\w+ )?(?:prompts?|instructions|rules|api keys?)$"
    r"|^cual(?:es)? (?:es|son) tus? (?:prompts?|instrucciones|reglas|api keys?)\b(?: \w+){0,3}$"
    r"|^(?:who (?:made|created|built|trained) you|quien te (?:creo|hizo|programo|entreno))$"
    r"|^(?:what|which) languages (?:do|can) you (?:speak|understand|know)$"
    r"|^(?:en )?que idiomas (?:hablas|entiendes|sabes)$"
    r"|^(?:do you (?:use|need)|usas|necesitas) (?:the )?internet\b"
    r"|^(?:mis|nuestros) (?:datos|documentos|archivos) (?:salen|se (?:envian|suben|comparten))\b"
    r"|^is my (?:data|information) (?:sent|shared|private|safe|uploaded)\b"
    r"|\bhow (?:can|could|do) you (?:help|work)\b|\b(?:en|como) (?:que )?me puedes ayudar\b"
    r"|\bpara que sirves\b|\bcomo funcionas\b"
    r"|\bhow does this (?:program|app|application|software) work\b"
    r"|\bcomo funciona est[ea] (?:programa|aplicacion|app)\b"
    r"|\bhow (?:do|can) i (?:add|import|upload|remove|delete) (?:a |my |more |new )*(?:pdf|document"
    r"|file|folder|model|library|librarie)s?(?: here| to you| to (?:this|the) (?:app|program))?$"
    r"|\bcomo (?:puedo )?(?:agrego|anado|subo|importo|quito|borro|agregar|anadir|subir|importar"
    r"|quitar|borrar) (?:un |una |mis |mas |nuevos )*(?:pdf|documento|archivo|carpeta|modelo"
    r"|biblioteca)s?(?: aqui)?$"
    r"|\b(?:which|what) (?:language )?model (?:are you|do you use)\b"
    r"|\bque modelo (?:eres|usas|utilizas)\b"
    r"|\b(?:do you|does this (?:app|program)) (?:send|share|upload|store) (?:my|our|any)\b"
    r"|\b(?:envias|mandas|compartes|subes|guardas) (?:mis|nuestros|los)"
    r" (?:datos|documentos|archivos)\b"
    r"|\bare my (?:data|documents|files) (?:private|safe|secure|uploaded|sent)\b"
)
_RULES = re.compile(
    r"\b(?:ignor[ae]|forget|disregard|override|olvida|omite|descarta)\b.{0,60}\b(?:instruc\w+"
    r"|rules?"
    r"|reglas?|prompts?|manual|guidelines|previous|anterior(?:es)?)\b"
    r"|\b(?:you are now|eres (?:ahora )?un nuev[oa]|act as|actua como|pretend (?:to be|that|you)"
    r"|finge (?:ser|que))\b"
    r".{0,60}\b(?:assistant|asistente|ai|ia|dan|restric\w+|limit\w+|rules|reglas|hacker)\b"
    r"|^(?:from now on|a partir de ahora)\b.{0,40}\b(?:you|eres|respond\w+|contest\w+)\b"
    r"|\b(?:enter|enable|activa|entra en) (?:el )?(?:developer|god|modo) (?:mode|desarrollador)\b"
    r"|\b(?:repeat|print|output|repite\w*|imprime)\b.{0,30}\b(?:everything|all|todo)\b.{0,40}"
    r"\b(?:above|between|arriba|entre|anterior)\b"
    r"|\b(?:reveal|show|print|tell|give|list|dime|di|dame|muestra\w*|revela\w*|lista\w*)\b.{0,30}"
    r"\b(?:your|tus?) (?:\w+ )?(?:api ?keys?|passwords?|contrasenas?|credential\w*|credencial\w*)\b"
    r"|\b(?:sin|without|no) (?:restric\w+|filt\w+)\b.{0,40}\b(?:dan|asistente|assistant)\b"
    r"|\bok dan\b|\bjailbreak\b"
    r"|\b(?:reveal|show|print|repeat|tell|give|list|display|share|output|dime|di|muestra\w*"
    r"|revela\w*"
    r"|repite\w*|lista\w*|imprime\w*|dame|comparte\w*|mostrar\w*|ensena\w*|compartir)\b.{0,70}"
    r"\b(?:(?:your|tu|tus|the system|system|el|los|hidden|initial|secret)(?: \w+)? (?:prompts?"
    r"|instruc\w+|rules|reglas|secrets?|secretos?)|prompt (?:interno|del sistema|inicial)"
    r"|instructions (?:and|y) instructions|(?:api ?keys?|credential\w*|credencial\w*|passwords?"
    r"|contrasenas?|tokens?|secret\w*)\b.{0,30}\b(?:you|your|tu|tus|tengas|tienes|configurad\w+"
    r"|del sistema|of the system|interno)|api ?keys? o el prompt)\b"
)
_INQUIRING = re.compile(
    r"^(?:what|how|when|where|which|who|why|should|is|are|does|do|did|can i|could i|que|como|cuando"
    r"|donde|cual|quien|por que|debo|puedo|es|si|if)\b"
)  # begins a question about rules, not a wish to break them
_SUMMARY = re.compile(
    r"^(?:(?:please|por favor|can you|could you|puedes|podrias|me puedes|quiero|necesito|i want"
    r"|i need|hazme|hacer|haz|dame|give me|make|write|escribe) )*(?:(?:me|a|an|un|una|el|the|short"
    r"|brief"
    r"|breve|corto|que) )*(?:resume(?:me|n|lo|nos)?|resumir(?:lo|la|me)?|resumas|summari[sz]e"
    r"|summary"
    r"|overview|sintesis|tl dr|tldr)\b"
    r"|\bde que (?:trata|va|habla)n?(?: (?:el|la|los|las|este|esta|estos|estas|mi|mis))?"
    r"(?: (?:documento|archivo|pdf|texto|libro|informe|contrato|articulo|tesis|manual"
    r"|biblioteca)s?)"
    r"|\bde que (?:trata|va)n?$|^what ?(?:is|s) (?:this|it) about$|^en resumen\b|^sum up\b"
    r"|\bwhat (?:is|are|s) (?:this|the|these|my) (?:document|file|pdf|text|book|report|contract"
    r"|article|thesis|manual|paper|library)s? about\b"
)
_PLEASE = (
    r"^(?:(?:please|por favor|can you|could you|puedes|podrias|me|quiero|necesito|i want"
    r"|i need|hazme"
    r"|haz|dame|give me|make|make me|show me|show|muestrame|dime|tell me|write|escribe"
    r"|extract|extrae"
    r"|list|lista|enumera|crea|creame|create|prepare|prepara|preparame|genera|generate"
    r"|what are|what"
    r"|who are|which are|cuales son|que son|saca|sacame|find|get) )*"
)
_NAMED_THINGS = (
    r"(?:(?:proper )?names?|people|persons?|organi[sz]ations?|companies|institutions|places"
    r"|locations"
    r"|dates|amounts|figures|entities|nombres(?: propios)?|personas|gente|organizaciones|empresas"
    r"|instituciones|entidades|lugares|sitios|fechas|importes|cantidades|montos|cifras)"
)
_TEXTS = (
    r"(?:(?:the|this|these|my|our|el|la|los|las|este|esta|estos|estas|mi|mis|whole|entire|todo) )*"
    r"(?:document|file|pdf|text|book|report|contract|lease|agreement|letter|invoice|article|thesis"
    r"|paper|manual|handbook|library|chapter|section|page|documento|archivo|texto|libro|informe"
    r"|contrato|acuerdo|carta|factura|articulo|tesis|manual|biblioteca|capitulo|seccion|pagina"
    r"|escritura|acta|sentencia|ley)(?:e?s)?\b"
)
_POINTS = re.compile(
    rf"{_PLEASE}(?:(?:the|all|los|las|\d+|main|key|most important|short|short list of) )*"
    r"(?:(?:key|main|principal|most important) (?:points?|ideas?|facts?|takeaways?|messages?)"
    r"|takeaways|key takeaways|highlights of|bullet points"
    r"|(?:puntos|ideas|datos|hechos|mensajes) (?:principales|claves?|esenciales|mas importantes)"
    r"|lo mas importante (?:del|de la|de este|de esta))\b"
    rf"|{_PLEASE}(?:(?:the|all|every|of|tod[oa]s|los|las|la|l[oa]s) )*"
    rf"(?:{_NAMED_THINGS}(?: and| y| e| or| o)?(?: the| los| las)? ?)+"
    r"(?:(?:that|which|who|que) )?(?:(?:is|are|were|se) )?(?:named|mentioned|cited|appearing|appear"
    r"|nombrad\w+|mencionad\w+|citad\w+|aparecen|aparecidos|nombran|mencionan|citan|figuran"
    rf"|(?:in|of|from|del|de|en) {_TEXTS}|(?:de|en) (?:este|esta)$|in (?:it|this)$)"
    rf"|{_PLEASE}(?:(?:all|every|tod[oa]s) )(?:(?:the|of|los|las) )*"
    rf"(?:{_NAMED_THINGS}(?: and| y| e| or| o)?(?: the| los| las)? ?)+(?:in|en|$)"
    r"|^who (?:all )?(?:is|are|gets?) (?:named|mentioned|cited)(?: (?:in|here|there|by|on)\b|$)"
    r"|^(?:a )?quien(?:es)? (?:(?:es|son|esta|estan) (?:nombrad|mencionad|citad)\w+"
    r"|aparecen?|salen?|figuran?|se (?:nombran?|mencionan?|citan?))(?: (?:en|aqui)\b|$)"
    r"|^que (?:personas|empresas|organizaciones|lugares|fechas|importes|cantidades) (?:se )?"
    r"(?:aparecen|hay|salen|nombran?|mencionan?|citan?|figuran)(?: en\b|$)"
)
_MADE = r"(?:make|write|create|prepare|generate|haz\w*|escribe|crea\w*|prepara\w*|genera\w*)"
_TO_STUDY = (
    r"(?:me\b|with|con|about|on|of|from|for|over|sobre|para|cards?|deck|questions?|flash ?cards?"
    rf"|del? (?:(?:el|la|los|las|este|esta) )*(?:{_TEXTS}|tema\b|anki|estudi|repas|memori))"
)
_OTHER_CARDS = (  # "what are the test questions?", "test results", "tarjetas de crédito"
    r"(?:(?:what|which|who|cuales|que) (?!are some)"
    rf"|(?!(?:\w+ ){{0,3}}{_MADE} )(?:\w+ ){{0,2}}(?:quiz(?:zes)?|test|anki|tarjetas?|cuestionario)"
    rf" (?!{_TO_STUDY}))"
)
_STUDY = re.compile(
    rf"^(?!{_OTHER_CARDS}){_PLEASE[1:]}(?:"
    r"(?:some|a few|unas|unos|algunas|una|un|a|an|the|mis|my|set of|series of|serie de"
    r"|\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|dos|tres"
    r"|cuatro"
    r"|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte)) )*"
    r"(?:(?:study|review|revision|quiz|test|exam|practice|comprehension) (?:questions?|cards?|deck)"
    r"|flash ?cards?|anki(?: \w+)?|quiz(?:zes)?|quiz me|test me"
    r"|preguntas? (?:de|para) (?:repas\w+|estudi\w+|examen|practi\w+|comprension|test)"
    r"|tarjetas?(?: (?:de|para) (?:estudi\w+|repas\w+|memori\w+|anki))?(?= |$)|fichas? de estudio"
    r"|cuestionario|examiname|preguntame|ponme a prueba"
    r"|(?<=\d )(?:questions|preguntas)(?: (?:about|on|of|from|sobre|de|del|acerca|with|con)\b|$)"
    r"|(?:questions|preguntas) (?:with|con) (?:their |sus )?(?:answers|respuestas))"
)
_WRITING = re.compile(
    r"^(?:(?:please|por favor|can you|could you|puedes|podrias|quiero que|necesito que"
    r"|i want you to"
    r"|help me) )*(?:write|draft|compose|escrib\w+|redact\w+)(?: me| us)?(?: (?:an?|some"
    r"|the|una?|unos"
    r"|unas|la|el|mis|my|short|brief|formal|breve|corta|corto))* (?:\w+ )?(?:letter|e ?mail|mail"
    r"|post|tweet|notes|article|speech|poem|story|press release|reply|invitation|carta|correo"
    r"|publicacion|entrada|apuntes|notas|articulo|discurso|poema|cuento|historia|nota de prensa"
    r"|respuesta|invitacion)\b"
)
_NUMBER_WORDS = {
    word: count
    for count, words in (
        (1, "one una un"), (2, "two dos"), (3, "three tres"), (4, "four cuatro"), (5, "five cinco"),
        (6, "six seis"), (7, "seven siete"), (8, "eight ocho"), (9, "nine nueve"), (10, "ten diez"),
        (12, "twelve doce"), (15, "fifteen quince"), (20, "twenty veinte"),
    )
    for word in words.split()
}  # fmt: skip
_COUNTED = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(_NUMBER_WORDS)}) (?:\w+ ){{0,2}}(?:questions?|cards?"
    rf"|flashcards?|points?|ideas|facts"
    r"|takeaways|preguntas?|tarjetas?|puntos|fichas|datos)\b"
)
_KINDS_NAMED: Mapping[EntityKind, re.Pattern[str]] = {
    EntityKind.PERSON: re.compile(
        r"\b(?:names?|people|persons?|nombres|personas|gente|who|quien|quienes)\b"
    ),
    EntityKind.ORGANISATION: re.compile(
        r"\b(?:names?|organi[sz]ations?|companies|institutions|entities|nombres"
        r"|organizaciones|empresas"
        r"|instituciones|entidades|who|quien|quienes)\b"
    ),
    EntityKind.PLACE: re.compile(r"\b(?:places|locations|lugares|sitios|nombres propios)\b"),
    EntityKind.DATE: re.compile(r"\b(?:dates|fechas)\b"),
    EntityKind.AMOUNT: re.compile(r"\b(?:amounts|figures|importes|cantidades|montos|cifras)\b"),
}
_ALL_POINTS = re.compile(
    r"\b(?:points?|ideas?|facts?|takeaways?|highlights|puntos|datos|hechos|mensajes"
    r"|lo mas importante)\b"
)
POINTS: Mapping[Extent, int] = {
    Extent.SHORT: 5,
    Extent.MEDIUM: 10,
    Extent.LONG: 25,
}  #: key points
MOST_POINTS = 100
CARDS, MOST_CARDS = 10, 100  #: questions to learn by, where nobody says how many; and at most
SENTENCES: Mapping[Extent, int] = {
    Extent.SHORT: 3,
    Extent.MEDIUM: 6,
    Extent.LONG: 15,
}  #: of a summary
_LENGTHY = re.compile(
    r"\b(?:long|longer|detailed|extensive|in detail|thorough|largo|larga|extens[oa]|detallad[oa]"
    r"|detalladamente|en detalle|exhaustiv[oa]|complet[oa])\b"
)
_BRIEFLY = re.compile(
    r"\b(?:short|shorter|brief|briefly|breve|brevemente|cort[oa]|tl ?dr|en resumen"
    r"|in (?:one|two|a few) (?:sentences?|words|lines)|en (?:una|dos|pocas) (?:frases?|palabras"
    r"|lineas))\b"
)
_POINTWISE = re.compile(r"\b(?:bullets?|bullet points?|in points|en (?:puntos|vinetas))\b")
_OF_SUMMARIES = _words(
    """bullet bullets points vinetas
    resume resumen resumeme resumenes resumelo resumela resumenos resumir resumirlo resumirla
    resumirme resumas summarize summarise summary summaries overview sintesis tldr tl dr sum
    trata va habla about main key points ideas takeaways puntos principales clave principal
    document documents file files pdf pdfs text texts book books report reports contract contracts
    article articles thesis paper papers manual manuals library whole entire documento documentos
    archivo archivos texto textos libro libros informe informes contrato contratos articulo
    articulos tesis manuales biblioteca entero entera todo toda todos todas please favor puedes
    podrias quiero necesito hazme hacer haz dame give make write escribe want need me
    spanish english espanol ingles castellano"""
)
OF_DIGESTS = _words(
    """points idea facts fact takeaway highlights bullet datos hechos mensajes messages message
    claves esenciales importantes important most proper names name people persons person
    organizations organisations companies institutions places locations dates amounts figures
    entities nombres propios personas gente organizaciones empresas instituciones entidades
    lugares sitios fechas importes cantidades montos cifras named mentioned cited appear appears
    nombrados nombradas mencionados mencionadas citados citadas menciona mencionan nombra
    nombran cita citan aparece aparecen salen figuran hay list lista enumera all every todos
    todas study review revision quiz test exam practice comprehension questions question cards
    card deck flashcards flashcard anki preguntas pregunta repaso repasar estudio estudiar
    examen practica practicar tarjetas tarjeta memorizar fichas cuestionario examiname
    preguntame answers respuestas con sobre crea creame create prepare prepara preparame genera
    generate extract extrae find get show muestrame dime tell which what"""
)  #: say that key points, names or questions are wanted, and not what of
CALLED = _words(
    """document documents file files pdf pdfs text texts version versions draft drafts edition
    editions plan plans contract contracts agreement agreements policy policies report reports
    filing filings offer offers proposal proposals lease leases annex annexes book books paper
    papers article articles manual manuals act acts law laws budget budgets bill bills documento
    documentos archivo archivos texto textos versiones borrador borradores edicion ediciones
    planes contrato contratos acuerdo acuerdos poliza polizas informe informes oferta ofertas
    propuesta propuestas anexo anexos libro libros articulo articulos manuales acta actas ley
    leyes presupuesto presupuestos factura facturas one ones other others otro otra otros otras
    library biblioteca"""
)  #: what documents are called
_COMPARISON = re.compile(
    r"^(?:(?:please|por favor|can you|puedes) )*(?:compare|compara\w*|contrast)\b"
    r"|^how (?:do|does|did) .* (?:and .* differ|differ from)\b|\bse diferencian?\b.* (?:y|de) "
    r"|\bdifferences? \w*\s?(?:\w+ ){0,4}between\b|\bdiferencias? (?:\w+ ){0,6}(?:entre|con)\b"
    r"|^what (?:has |have )?changed? (?:between|from)\b|^que (?:ha |han )?cambi\w+ (?:entre|de)\b"
    r"|^(?!how|what|when|who|why|where|cuant|que|cual|quien|donde|cuando|por)"
    r".*\b(?:versus|vs)\b"
    r"|^entre \w+.* y .*\b(?:cual|quien)\b"
    r"|\b(?:which|who)\b.*\b(?:larger|bigger|better|higher|cheaper|older|longer|greater|more"
    r"|less|lower|smaller|taller|faster)\b.* or \w+"
    r"|\b(?:cual|quien|que)\b.*\b(?:mayor|menor|mejor|peor|mas|menos)\b.* (?:o|u) \w+"
)
_LIST = re.compile(
    r"^(?:(?:please|por favor|can you|puedes|podrias) )*(?:list (?:all|every|the|my|of|out|each"
    r"|\w+s$)"
    r"|enumera\w*|lista(?:me|dos)?|enlista"
    r"|(?:name|mention) (?:all|every)|menciona tod[oa]s|(?:give|show|tell) me (?:all|every"
    r"|a list)|(?:dame|muestrame|dime)"
    r" (?:tod[oa]s"
    r"|una lista|la lista)|haz(?:me)? una lista|make a list)\b"
    r"|\b(?:which|what|que|cuales|en que|in which|in what)(?: of (?:the|my|these))?"
    r"(?: de (?:los|mis))?"
    r" (?:documents?|files?|pdfs|papers|contracts|documentos?|archivos?|contratos?)\b.*\b(?:mention"
    r"|contain|talk|say|have|mencionan?|contienen?|hablan?|dicen?|tienen?|aparecen?|appears?)\w*"
    r"|\b(?:how many|cuant[oa]s) (?:of (?:the|my) |de (?:los|mis) )?(?:documents?|files|pdfs|papers"
    r"|contracts|documentos?|archivos?|contratos?)\b"
)
_FINDING = _words(
    """find search look show say says dice dicen aparece aparecen appear appears busca buscar
    buscame
    encuentra phrase frase exact exacta exactly exactamente word words palabra palabras text texto
    term termino"""
)
_ASKING_ABOUT = _words("what who whom why how when which que quien como cuando cual cuales")
_NUMBERED = re.compile(r"^(?:[A-Z]{2,6}|[A-Za-z]{2,4}\.) \d[\w.\-/]*$")
_WORD = re.compile(r"[^\W_]+")
_SEGMENT = re.compile(r"[^.,;:!?\n…]+[.,;:!?\n…]*|[.,;:!?\n…]+")
_ENDS_DRAWN_OUT = re.compile(r"([aeiouys])\1+$")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Wish:
    """A question as it is understood: its kind, and its `text` without pleasantries."""

    kind: QuestionKind
    text: str


def wish_of(text: str, *, talking: bool) -> Wish:
    """Read a question. While `talking`, something was asked and answered before.

    >>> wish_of("Hola, ¿cuál es el plazo?", talking=False)
    Wish(kind=<QuestionKind.QUESTION: 'question'>, text='¿cuál es el plazo?')
    >>> wish_of("grasias!!", talking=True).kind
    <QuestionKind.THANKS: 'thanks'>
    """
    asked, pleasant = _without_pleasantries(text)
    if not _WORD.search(asked):
        kind = pleasant or QuestionKind.UNCLEAR
        return Wish(kind, text.strip())
    words = words_of(asked)
    return Wish(_kind(asked, " ".join(words[:_READ]), talking=talking), asked)


def extent_of(text: str) -> Extent:
    """Return how much a summary is to tell that is asked for in these words.

    >>> extent_of("resume el contrato").value, extent_of("a detailed summary, please").value
    ('medium', 'long')
    """
    folded = " ".join(words_of(text))
    if _LENGTHY.search(folded):
        return Extent.LONG
    return Extent.SHORT if _BRIEFLY.search(folded) else Extent.MEDIUM


def pointwise(text: str) -> bool:
    """Tell whether a summary is wanted as a list of points.

    >>> pointwise("Resume el contrato en viñetas"), pointwise("summarize the lease")
    (True, False)
    """
    return bool(_POINTWISE.search(" ".join(words_of(text))))


def count_of(text: str) -> int | None:
    """Return how many questions or points are asked for, if that is said.

    >>> count_of("hazme 12 preguntas de repaso"), count_of("five key points"), count_of("resume")
    (12, 5, None)
    """
    for found in _COUNTED.finditer(" ".join(words_of(text))):
        count = found["count"]
        number = int(count) if count.isdigit() else _NUMBER_WORDS.get(count, 0)
        if number:
            return number
    return None


def kinds_of(text: str) -> tuple[EntityKind, ...]:
    """Return which kinds of named things alone are asked for; none where it is the key points.

    >>> [kind.value for kind in kinds_of("all dates and amounts in the lease")]
    ['date', 'amount']
    """
    folded = " ".join(words_of(text))
    if _ALL_POINTS.search(folded):
        return ()
    return tuple(kind for kind, pattern in _KINDS_NAMED.items() if pattern.search(folded))


_SPANISH_WISH = _words(
    """puntos ideas datos hechos mensajes claves esenciales importantes principales nombres personas
    gente organizaciones empresas entidades lugares sitios fechas importes cantidades montos cifras
    todas todos las los del de preguntas repaso estudio tarjetas fichas cuestionario examiname"""
)
_ENGLISH_WISH = _words(
    """points ideas facts takeaways key main important names people organizations organisations
    companies entities places dates amounts figures all the of questions study review quiz
    flashcards"""
)


def wished_in(text: str) -> str:
    """Return the language of a wish for points, names or questions; it may be very short.

    >>> wished_in("todas las fechas"), wished_in("key points"), wished_in("quiz")
    ('es', 'en', 'en')
    """
    words = words_of(text)
    spanish = sum(word in _SPANISH_WISH for word in words)
    english = sum(word in _ENGLISH_WISH for word in words)
    if spanish == english:
        return UNKNOWN_LANGUAGE
    return "es" if spanish > english else "en"


def without_count(text: str) -> str:
    """Return the words of a wish without how many questions or points it asks for."""
    folded = " ".join(words_of(text))
    for found in _COUNTED.finditer(folded):
        return f"{folded[: found.start('count')]}{folded[found.end('count') :].lstrip()}"
    return folded


def topic_of(text: str) -> list[str]:
    """Return what a summary is to be about, besides documents: its words, folded.

    >>> topic_of("Resume el contrato en pocas palabras"), topic_of("summarize the risks")
    ([], ['risks'])
    """
    rest = _BRIEFLY.sub("", _LENGTHY.sub("", " ".join(words_of(text))))
    return [word for word in content_words(rest) if word not in _OF_SUMMARIES]


def words_of(text: str) -> list[str]:
    """Return the words of a text without accents, capitals and drawn-out letters."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return _WORD.findall(_DRAWN_OUT.sub(r"\1", plain))


def content_words(text: str) -> list[str]:
    """Return the words of a text, folded, that say what it is about."""
    return [word for word in words_of(text) if word not in _SMALL]


def leans(text: str) -> bool:
    """Tell whether a question says less than it asks, and leans on what was said before."""
    words = words_of(text)
    folded = " ".join(words)
    if _BARE.match(folded) or not content_words(text):
        return True
    if _CONNECTIVES.match(folded) and len(words) <= _LONGEST_CONNECTED:
        return True
    if _points_back(text, folded) or (_OTHER.search(folded) and len(words) <= _SHORT):
        return True
    if _NAMED.search(_YEAR.sub(" ", text)) or _DEFINING.match(folded):
        return False
    return bool(_AT_THE_END.search(folded)) or len(content_words(_YEAR.sub(" ", text))) <= _FEW


def _points_back(text: str, folded: str) -> bool:
    """Tell whether a pronoun of a question stands for nothing in it."""
    if _CLITIC.search(text.lower()):
        return True
    subject, last = _SUBJECT.search(folded), _OBJECT.search(folded)
    pointer = subject or last or _LEANING.search(folded)
    if not pointer:
        return False
    before = _ASKED_BY.sub("", folded[: pointer.start()])
    if subject or last:
        before = _ASKED_FOR.sub("", before)
    most = _ANTECEDENT + (1 if last and not subject else 0)  # one is the subject, and is not "it"
    few = len(content_words(before)) < most
    return few and (bool(subject or last) or not _NAMED.search(_up_to(text, pointer)))


def _up_to(text: str, pointer: re.Match[str]) -> str:
    """Return the words of a text before a pronoun that was found in its folded words."""
    count = len(pointer.string[: pointer.start()].split())
    ends = [match.start() for match in _WORD.finditer(text)]
    return text[: ends[count]] if count < len(ends) else text


def _kind(text: str, folded: str, *, talking: bool) -> QuestionKind:
    if _RULES.search(folded) and not _INQUIRING.match(folded):
        return QuestionKind.PROGRAM
    for pattern, kind in (
        (_PROGRAM, QuestionKind.PROGRAM),
        (_STUDY, QuestionKind.STUDY),
        (_WRITING, QuestionKind.WRITING),
        (_POINTS, QuestionKind.POINTS),
        (_SUMMARY, QuestionKind.SUMMARY),
        (_COMPARISON, QuestionKind.COMPARISON),
    ):
        if pattern.search(folded):
            return kind
    if _LIST.search(folded) or (census_of(text) and not _exact(text)):
        return QuestionKind.LIST
    if _exact(text):
        return QuestionKind.EXACT
    return _leaning(text, folded, talking=talking)


def _leaning(text: str, folded: str, *, talking: bool) -> QuestionKind:
    """Tell a question by whether it stands by itself."""
    if talking and leans(text):
        return QuestionKind.FOLLOW_UP
    if _BARE.match(folded) or not content_words(text):
        return QuestionKind.UNCLEAR
    return QuestionKind.QUESTION


def _exact(text: str) -> bool:
    """Tell what is nothing but phrases in quotes, or one identifier."""
    phrases = phrases_of(text)
    rest = text
    for phrase in phrases:
        rest = rest.replace(phrase, " ")
    plain = _ASKING_ABOUT.isdisjoint(words_of(rest))
    if phrases and plain and _FINDING.issuperset(content_words(rest)):
        return True
    if _NUMBERED.match(text.strip(" ?¿.")) and not _YEAR.search(text):
        return True
    return len(text.split()) == 1 and any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def _without_pleasantries(text: str) -> tuple[str, QuestionKind | None]:
    """Return what is asked beside greetings and thanks, and which of them there was."""
    spans = [(*match.span(), _pleasant(match.group())) for match in _SEGMENT.finditer(text)]
    spans = [span for span in spans if text[span[0] : span[1]].strip()]
    found = []
    while spans and spans[0][2] is not None:
        found.append(spans.pop(0)[2])
    while spans and spans[-1][2] is not None:
        found.append(spans.pop()[2])
    kind = next((one for one in found if one is not QuestionKind.UNCLEAR), None)
    if not spans:
        return ("", kind) if kind else (text.strip(), None)
    if kind is None:
        return _without_first_word(text.strip())
    return text[spans[0][0] : spans[-1][1]].strip(), kind


def _pleasant(segment: str) -> QuestionKind | None:
    """Return whether a part of a question greets or thanks; `UNCLEAR` for a filler, None else."""
    words = [_ENDS_DRAWN_OUT.sub(r"\1", word) for word in words_of(segment)]
    asks = segment.rstrip().endswith("?")
    if not words:
        return None
    named = len(words) > _BRIEF and _NAMED.search(segment)
    brief = len(words) <= _LONGEST_THANKS and not asks and not named
    if brief and _SURE_THANKS.intersection(words[:_BRIEF]):
        return QuestionKind.THANKS
    if not _PLEASANT.issuperset(words) or {"how", "much"} <= set(words):
        return None
    if _greets(words):
        return QuestionKind.GREETING
    if _ACKNOWLEDGING.intersection(words) and _THANKS.issuperset(words) and not asks:
        return QuestionKind.THANKS
    return QuestionKind.UNCLEAR if _FILLERS.issuperset(words) else None


def _greets(words: list[str]) -> bool:
    """Tell a greeting from words that only greetings begin with."""
    return words[0] in _SURE_GREETINGS or bool(_GREETING.match(" ".join(words)))


def _without_first_word(text: str) -> tuple[str, QuestionKind | None]:
    """Cut off a greeting that no comma follows: "hola cual es el plazo"."""
    first, _, rest = text.partition(" ")
    following = words_of(rest)[:1]
    if set(words_of(first)) & _SURE_GREETINGS and following and following[0] in _OPENERS:
        return rest.strip(), QuestionKind.GREETING
    return text, None
