"""Frequent given names of the languages around us, folded: they tell people from headings."""

from __future__ import annotations

import unicodedata

_NAMES = """
aaron abel abigail abraham ada adam adolfo adrian adriana agnes agustin ahmed aitor alan albert
alberto alejandra alejandro aleksandr alessandro alex alexander alexandra alexandre alexis alfonso
alfred alfredo ali alice alicia alison alonso alvaro amalia amanda amelia amy ana anastasia anders
andre andrea andreas andres andrew andrey angel angela angeles angelica anita anke ann anna anne
annie anthony antoine anton antonia antonio arnold arthur arturo ashley astrid augusto aurora axel
barbara beatriz ben benito benjamin bernard bernardo berta beth bill blanca bob boris brandon
brenda brian bruce bruno camila camille carl carla carlo carlos carmen carol carolina caroline
caterina catherine cecilia celia cesar charles charlotte chen chloe chris christian christina
christine christoph christopher clara claude claudia claudio colin consuelo cristian cristina
cynthia daniel daniela david dawn deborah delia denis dennis diana diego dieter dimitri dmitry
dolores dominic dominique donald dora doris dorothy douglas eduardo edward edwin elena eleanor
elias elisa elizabeth ellen elsa emil emilia emiliano emilio emily emma enrique eric erica erik
ernest ernesto ernst esteban esther eugene eugenia eugenio eva evelyn fabian fabio fatima federico
felipe felix fernanda fernando florence florian francesca francesco francis francisca francisco
francois frank franz fred frederic frederick friedrich gabriel gabriela gary gemma geoffrey george
georges gerald gerard gerardo german gilbert gina giovanni giulia giuseppe gloria gonzalo gordon
grace graciela graham greg gregory guadalupe guido guillermo gustav gustavo hannah hans harold
harry hector heidi heinrich helen helena henri henry herbert hernan hilda hiroshi horacio howard
hugo humberto ian ignacio igor ines inga inmaculada irene iris isaac isabel isabella ismael ivan
jack jacob jacqueline jacques jaime james jan jana jane janet jason javier jay jean jeff jeffrey
jennifer jeremy jerome jesper jessica jesus jim jimena joan joanna joaquin joe joel johan johann
johannes john jon jonas jonathan jordi jorge jose josef josefa joseph josep joshua juan juana
judith julia julian juliana julie julien julieta julio jurgen karen karin karl karla kate
katherine kathleen kathryn keith kelly ken kenneth kevin kim klaus kurt lars laura lauren laurent
lawrence lea leandro lee lena leo leon leonard leonardo leonor leticia lewis lia liam lidia lilian
lina linda lisa logan lorena lorenzo louis louise lourdes lucas lucia luciana luciano luigi luis
luisa luke luz lydia mabel madeleine magdalena manuel manuela marc marcel marcela marcelo marco
marcos marcus margaret margarita maria mariana mariano marie marina mario marion marisol mark
markus marta martha martin martina mary mateo matias matthew matthias maurice mauricio max
maximiliano melissa mercedes michael michel michele michelle miguel mike milagros mohamed mohammed
moises monica monika montserrat nadia nancy natalia nathan neil nelson nicholas nick nicola
nicolas nicole niels nina noelia nora norma nuria octavio olga oliver olivia olivier omar oscar
pablo paloma pamela paola paolo patricia patricio patrick paul paula paulo pedro peggy peter petra
philip philipp philippe pierre pilar rachel rafael rainer ralph ramiro ramon raquel raul ray
raymond rebeca rebecca regina renata rene ricardo richard rita robert roberto robin rocio rodolfo
rodrigo roger roland roman ronald rosa rosario rose roy ruben rudolf rui russell ruth ryan
salvador sam samuel sandra santiago sara sarah scott sebastian sergei sergio sharon sheila silvia
simon simone sofia sonia sophia sophie soraya stefan stefano stephanie stephen steve steven stuart
susan susana susanne sven sylvia tania tatiana teresa theo theodore theresa thomas tim timothy
tobias tom tomas tony ulrich ursula valentina valeria vanessa vera veronica vicente victor
victoria vincent violeta virginia vladimir walter wang wei wendy werner wilhelm william wolfgang
xavier yolanda yuki yuri yvonne zoe
"""
_KNOWN = frozenset(_NAMES.split())


def is_given_name(word: str) -> bool:
    """Whether a word is a frequent given name, its accents and hyphens aside.

    >>> is_given_name("José"), is_given_name("Jean-Pierre"), is_given_name("Crime")
    (True, True, False)
    """
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(sign for sign in plain if sign.isalpha() or sign == "-")
    return letters.partition("-")[0] in _KNOWN
