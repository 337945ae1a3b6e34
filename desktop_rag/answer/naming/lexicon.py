"""Words that tell people, organisations and places apart, in English and Spanish.

All are folded: without capitals and accents. Names of several words are written with `_`. The lists
are our own, of what anybody knows; none is taken from a data set.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in text.split())


TITLES = _words(
    """alcalde alcaldesa archbishop arq arzobispo baron baronesa bishop canciller capitan capt
    captain cardenal cardinal chairman chairwoman chancellor colonel conde condesa coronel d
    dame diputada diputado doctor doctora don dona dr dra duchess duke duque duquesa earl
    emperador emperatriz emperor empress fray gen gobernador gobernadora governor ing judge juez
    jueza king lady lieutenant lord minister ministra ministro miss mr mrs ms obispo papa pope
    president presidenta presidente prince princesa princess principe prof profesor profesora
    professor queen reina rev reverend rey sargento senador senadora senator sgt sir sor sr sra
    sres srta teniente"""
)  #: stand before a person's name, and are no part of it

OFFICES = _words(
    """alcalde alcaldesa archbishop arzobispo bishop canciller cardenal cardinal chairman
    chairwoman chancellor conde condesa diputada diputado director directora duchess duke duque
    duquesa earl emperador emperatriz emperor empress general gobernador gobernadora governor
    judge juez jueza justice king major mayor minister ministra ministro obispo papa pope
    president presidenta presidente prince princesa princess principe profesor profesora
    professor queen reina representative rey saint secretaria secretario secretary senador
    senadora senator"""
)  #: titles that are written large without a name, too: "the President of the Council"

ROLES = _words(
    """abogada abogado activist activista actor actress actriz admiral alcalde alcaldesa almirante
    analista analyst apoyador architect arquitecta arquitecto artist artista astronaut
    astronauta attorney author autor autora bassist biologist biologo bishop brother businessman
    cantante capitan captain ceo cfo chairman chairwoman character chemist cientifica cientifico
    cirujano co-founder coach cofounder comandante comedian commander companera companero
    companion composer compositor compositora daughter designer director directora disenador
    disenadora doctor don dona drummer economist economista emperador emperatriz emperor
    empresario empress enfermera engineer entrenador entrenadora entrepreneur escritor escritora
    escultor escultora esposa esposo explorador explorer father filmmaker filosofo fisico
    founder fundador fundadora general gerente goalkeeper gobernador gobernadora governor
    guitarist guitarrista hermana hermano hija hijo historiador historiadora historian host
    husband ingeniero inventor journalist judge juez jueza jugador khan king lawyer leader lider
    linebacker madre manager marido mariscal matematica matematico mathematician mayor medico
    minister ministra ministro misionero missionary monk mother musician musico navegante
    navigator novelist novelista nurse obispo officer oficial padre painter pastor periodista
    personaje philosopher physician physicist pilot piloto pintor pintora pitcher player poet
    poeta preacher president presidenta presidente priest prince princesa princess principe
    producer productor productora profesor profesora professor quarterback queen quimico rapper
    receiver receptor reina rey sacerdote safety scholar scientist sculptor secretaria
    secretario secretary senador senadora senator singer sister son striker surgeon teacher
    teologo theologian viuda widow wife writer"""
)  #: stand in small letters before a person's name

BIOGRAPHIC = _words(
    """afirmo argued argumento believed born canto creyo declaro died dijo directed dirigio
    escribio estudio explained explico fallecio graduated interpreto jugo married murio nacio
    painted pinto played protagonizo quipped recalled renuncio resigned retired said sang
    starred studied testified wrote"""
)  #: what people do, and few others

GIVEN = _words(
    """aaron abby abdullah abigail abraham adam addison adele adrian agnes agustin ahmed aidan
    alain alan albert alberto alec alejandra alejandro alessandro alex alexander alexandra
    alexis alfonso alfred alfredo ali alice alicia alina alison allan allen alma alonso alvaro
    amanda amber amelia amelie amy ana anastasia anders andre andrea andreas andrei andrej
    andres andrew andrzej andy angel angela angelica angelo angus anita ann anna anne annie
    anthony antoine anton antonella antonia antonio anwar april ariana ariel arjun arlene
    armando arnold arthur arturo ashley astrid audrey augusto aurora ava ayesha ayman barack
    barbara barry bart basil beatrice beatrix beatriz becky bella ben benito benjamin bennie
    bernadette bernard bernardo bernie bert bess beth bettina betty beverly beyonce bill billie
    billy blake blanca bob bobby bonnie boris brad bradley brandon brenda brian bruce bruno
    bryan bryce bryn byron callum camila camille carl carla carlos carmela carmen carol carole
    carolina caroline carrie carter casey cassandra catalina catherine cathy cecilia cesar chad
    charles charlie charlotte chelsea cheryl chester chiara chloe chong chris christian
    christina christine christopher christos cindy claire clara clare clarence claude claudia
    claudio clay clement cleo clive clyde cody colin colleen connie conrad constanza corey
    cornelia cory craig cristian cristina cristobal curtis cynthia daisy dale damian dan dana
    daniel daniela danielle danny darius darren dave david dean deborah debra deepak denis
    denise dennis derek derrick diana diane diego dieter dimitri dirk dolores domingo dominic
    don donald donna dora doreen doris dorothy doug douglas dustin dwayne dwight dylan earl ed
    eddie edgar edith edmund edna eduard eduardo edward edwin effie eileen elaine eleanor elena
    eli elias elisa elizabeth ella ellen elliot eloisa elon elsa elvira elvis emil emilia
    emiliano emilio emily emma emmanuel enrique enzo eric erica erik erika erin ernest ernesto
    ernst esperanza esteban estefania esther ethan eugene eugenia eugenio eunice eva evan
    evelina evelyn ezequiel fabian fabio fatima faustino faye federico felicia felipe felix
    fermin fernanda fernando fidel fidelina fiona fleur flora florence frances francesca
    francesco francine francis francisca francisco franco frank franklin franz fred frederic
    frederick friedrich gabriel gabriela gail gareth gary gaston gavin gemma gene genevieve
    geoffrey george georges georgia georgina gerald gerard gerardine gerardo gerda german gianni
    gil gilbert gilberto gina giorgio giovanni giulia giuseppe gladys glen glenda glenn gloria
    gonzalo gordon grace graham greg gregorio gregory greta grzegorz guadalupe guillermo gunter
    gus gustavo guy gwen hank hannah hans harold harriet harry haruki harvey hassan hazel
    heather hector heidi heinrich helen helena helga henri henry herb herbert herman hernan
    hilary hillary hiroshi holly horacio horst hortensia howard hubert hubertus hugh hugo
    humberto ian ibrahim ida ignacio igor ike iker ilse imelda imogen imran indira ines inge
    ingrid ingvar inigo ione irene iris isaac isabel isabella isaiah isidro ismael ivan ivar ivo
    ivonne jack jackie jacob jacqueline jacques jada jaden jaime jake jamal james jamie jan jane
    janet janice jared jasmine jason jasper javier jay jayne jean jeanne jeff jeffrey jenna
    jennifer jenny jens jeremy jerome jerry jesse jessica jesus jill jim jimmy joachim joan
    joanna joanne joaquin jodie joe joel johan johann johanna john johnny jon jonas jonathan
    jordan jordi jorge joris jose josef josefa josefina joseph josh joshua josue joyce jozef
    juan juana juanita jude judith judy julia julian juliana julie julien juliet julieta julio
    julius june jurgen justin justine kai karen karim karina karl karla kasper kate katherine
    kathleen kathryn kathy katie kayla keith kelly ken kendra kenneth kevin kiera kim kimberly
    kirk klaus krista kristen kristin krzysztof kunal kurt kyle lady lana lara larry lars latoya
    laura lauren laurence laurent lawrence leah leandro lena leo leon leonard leonardo leonor
    leopold leopoldo leroy leslie leticia levi lewis liam lidia lila liliana lily linda lisa
    lizzie lois lola lorena lorenzo lorraine louis louise lourdes luca lucas lucia luciana
    luciano lucille lucinda lucy ludwig luigi luis luisa luke luz lydia lynn mabel madison mads
    magdalena magnus mahatma maite malcolm manolo manuel manuela marc marcel marcela marcelle
    marcelo marco marcos marcus maren margaret margarita maria mariana marianne mariano maribel
    maricela marie marilyn marina mario marion marisol mark marlee marlene marlon marta martha
    martin martina marvin mary mateo mathew mathias mathilde matilde matt matthew mattias
    maureen maurice mauricio mauro max maximilian maxine maxwell maya meera megan melanie
    melissa mercedes meredith mia micaela michael michaela michel michelle mickey miguel mikael
    mike mikhail mila mildred milton mina miranda miriam mitchell mohamed mohammad mohammed
    moira moises mona monica monique montserrat morgan muhammad muriel mustafa myra nadia nadine
    nancy naomi natalia natalie natasha nate nathan nathaniel neil nelly nelson nestor nicholas
    nick nicolas nicole nigel nikhil nikita niklas nikolai nils nina nino noah noam noel noelia
    nora norma norman nuria octavio odette olaf ole olga oliver olivia omar ophelia orla orlando
    osama oscar osvaldo oswald otto owen pablo paige paloma pam pamela paola pascal pascual
    patience patrice patricia patricio patrick patti paul paula paulina paulo pearl pedro peggy
    penelope percy perla peter petra peyton phil philip philippe phillip phyllis pia pierre
    pietro pilar piotr polly priscilla prudence quentin quinn rachel rafael raimundo rajesh
    ralph ramiro ramon ramona randall randy raquel rashid raul ray raymond rebecca reed regina
    reginald reinaldo renata rene rhys ricardo richard rick rita robert roberta roberto robin
    rocco rocio rod roderick rodolfo rodrigo roger roland romina ron ronald ronnie rory rosa
    rosalia rosario rose rosemary ross rowan roxana roy ruben ruby rudolf rufus rupert russell
    ruth ryan sabrina sally salma salvador salvatore sam samantha samir samuel sandeep sandra
    sanjay santiago santos sara sarah saskia saul scott sean sebastian selena serena sergei
    sergio seth shane shannon sharon shaun shauna shawn sheila shelley sherry shirley sidney
    sigmund sigrid silas silvia simon simona simone sofia sonia sonja sophia sophie spencer
    stacy stanislaw stanley stefan stefano stella stephanie stephen steve steven stewart stuart
    sue sunil susan susana susie suzanne sven sylvia tamara tania tara tarik tatiana tatjana ted
    teddy teodoro terence teresa terrance terry tessa thaddeus thea thelma theodore theresa
    thiago thomas tiffany tilda tim timothy tina tobias todd tom tomas tommaso tommy toni tony
    tracy trent trevor tristan tyler ulrich uma ursula valentin valentina valeria valerie vanda
    vanessa vera vernon veronica vicente vicki victor victoria vikram viktor vincent viola
    violet violeta virginia vivian vivienne vladimir wade wallace walter wanda warren wayne
    wendell wendy werner wes wilbur wilfred wilhelm will william willie wilma winston wojciech
    wolfgang woodrow wyatt xavier xenia ximena yasmin yolanda yuri yusuf yvonne zachary zara
    zelda zoe zygmunt"""
)  #: first names

SUFFIXES = _words(
    """ab ag bv c.v co corp corporation cv gmbh inc kg l.l.c l.p limited llc llp lp ltd n.a n.v nv
    oy plc s.a s.a.b s.a.s s.a.u s.c s.coop s.l s.l.u s.r.l sa sab sas sau scl sl slu
    sociedad_anonima spa srl"""
)  #: end the name of a company

ORGANISATIONS = _words(
    """academy administration agency airlines army assembly association authority bancorp bank
    board brigade broadcasting bureau cathedral center centre church club college commission
    committee company confederation conference congress consortium corporation council court
    department electronics entertainment exchange federation foundation fund gallery group guard
    holdings hospital industries institute institution insurance journal laboratories laboratory
    league ministry motors museum navy network news office orchestra organisation organization
    parliament partners partnership party pharmaceuticals pictures press regiment reserve school
    senate services society software studios systems technologies temple theater theatre times
    treasury trust union university"""
)  #: end the name of an organisation in English

LED_BY = _words(
    """academia administracion agencia armada asamblea asociacion audiencia autoridad ayuntamiento
    banco bolsa camara catedral centro club colegio comision comite compania confederacion
    congreso consejeria consejo consorcio contraloria cooperativa corporacion corte cortes
    defensor defensoria delegacion departamento diputacion direccion editorial ejercito escuela
    federacion fiscalia fondo fundacion galeria gerencia gobierno grupo hospital iglesia
    inspeccion instituto intendencia junta juzgado laboratorio liga mancomunidad ministerio
    municipalidad museo oficina organizacion orquesta parlamento partido procuraduria registro
    secretaria senado servicio sindicato sociedad subsecretaria superintendencia teatro
    tesoreria tribunal union universidad"""
)  #: begin the name of an organisation in Spanish

LEADING = _words(
    """academy army association bank board bureau center centre church college commission committee
    council court department federation government house institute league ministry museum office
    order organisation organization school society university"""
)  #: of those in English, what stands before "of"

ACRONYMS = _words(
    """abc bbc bce cbs cia cnn ecb epa espn eu fbi fda fifa fmi ftc gao hbo ibm ilo imf mlb nasa
    nato nba nbc nfl ocde oecd oit omc oms onu opec opep otan sec ue uefa un unesco unicef who
    wto"""
)  #: organisations that are known by their initials, where those are written large

COMPOUND = _words(
    """commission administration services department office agency ministry bureau authority"""
)  #: end names with "and" in them: "Food and Drug Administration"

NO_ORGANISATIONS = _words(
    """board_of_directors junta_directiva consejo_de_administracion stock_exchange"""
)  #: which every company has

KNOWN_ORGANISATIONS = _words(
    """adidas adobe airbnb airbus amazon apple at&t bayer bbva bloomberg bmw boe boeing chevron
    cisco coca-cola codelco comcast congress disney endesa european_union exxonmobil facebook
    forbes ford google hamas hezbollah honda iberdrola inditex instagram intel janssen kenvue
    kremlin linkedin mapfre mastercard mercedes-benz merck microsoft mossad naciones_unidas
    netflix nike nintendo nissan novartis nvidia openai oracle paypal pemex pepsi pepsico
    petrobras pfizer philips repsol reuters roche samsung santander shell siemens sony spotify
    taliban telefonica tesla toyota twitter uber union_europea united_nations verizon visa
    volkswagen walmart whatsapp wikipedia youtube"""
)

PLACES = _words(
    """airport avenue basin bay beach boulevard bridge canal canyon castle city coast county creek
    desert district drive falls forest garden gardens hall harbor harbour hill hills house
    island islands lake lane mountain mountains ocean palace park peninsula plateau province
    region river road sea square stadium strait street territory tower town valley village way"""
)  #: end the name of a place in English

PLACES_FIRST = _words(
    """aeropuerto avenida bahia barrio bosque cabo calle camino canal cape carretera cerro ciudad
    comuna condado cordillera cuenca desierto distrito estadio estrecho fort golfo gulf isla
    islas isle lago lake mar monte mount municipio oceano parque paseo peninsula playa plaza
    provincia pueblo puente puerto region rio river sierra territorio valle volcan"""
)  #: begin the name of a place

PLACE_NAMES = _words(
    """a_coruna aachen aarhus aberdeen abu_dhabi abuja acapulco accra addis_ababa adelaide aden
    afganistan afghanistan africa alabama alaska alava albacete albania alberta albuquerque
    alemania aleppo alexandria algeria algiers alicante almaty almeria alpes alps amazon_basin
    amazonas amazonia america america_del_norte america_del_sur america_latina amman amsterdam
    anchorage andalucia andes andorra angola ankara antarctica antartida antioquia antofagasta
    antwerp arabia_saudi aragon araucania arctic argelia argentina arica arizona arkansas arles
    armenia artico asia asia_pacific astana asturias asuncion atacama atenas athens atlanta
    atlantic atlantico auckland augsburg austin australia austria avignon avila azerbaijan
    azerbaiyan badajoz bagdad baghdad bahamas bahrain baku balcanes baleares balkans baltimore
    bangalore bangkok bangladesh barbados barcelona bari barranquilla basel basilea basra
    baton_rouge bavaria bay_area beaverton beijing beirut belarus belem belfast belgica belgium
    belgrade belgrado belice belize belo_horizonte benin bergen berlin bermuda bern berna bhutan
    bielorrusia bilbao biobio birmania birmingham bizkaia blackpool bogota boise bolivia bologna
    bombay bonn bordeaux borneo bosnia boston botswana bradford braga brasil brasilia bratislava
    brazil bremen brighton brisbane bristol britain british_columbia brno brooklyn bruges brujas
    brunei bruselas brussels bucarest bucharest budapest buenos_aires bulgaria burgos burma
    burundi busan caceres cadiz cagliari cairo calcutta calgary cali california cambodia camboya
    cambridge cameroon camerun canada canarias canberra cancun cantabria cape_canaveral
    cape_town caracas cardiff caribbean caribe carolina_del_norte carolina_del_sur cartagena
    casablanca castellon castilla castilla-la_mancha castilla_y_leon catalonia cataluna catania
    central_america centroamerica ceuta chad charleston chengdu cheyenne chiapas chicago chile
    china chipre chongqing cincinnati cisjordania ciudad_de_mexico ciudad_real cleveland coimbra
    cologne colombia colombo colonia colorado concepcion congo connecticut copenhagen copenhague
    coquimbo cordoba corea corea_del_norte corea_del_sur cornwall coruna costa_de_marfil
    costa_rica coventry cracovia creta crete crimea croacia croatia cuba cuenca cumbria
    cupertino curitiba cyprus czech_republic czechia dakar dallas damasco damascus danube
    danubio delaware delft delhi denmark denver detroit devon dhaka dinamarca doha dominica
    dominican_republic dorset dortmund dresden dubai dublin duero dundee durban durham
    eastern_europe ebro ecuador edimburgo edinburgh edmonton ee ee.uu eeuu egipto egypt
    eindhoven el_cairo el_paso el_salvador emiratos_arabes_unidos england eritrea escocia
    eslovaquia eslovenia espana essex estados_unidos estados_unidos_de_america estocolmo estonia
    estrasburgo ethiopia etiopia europa europe euskadi exeter extremadura far_east fez fiji
    filadelfia filipinas finland finlandia flanders flandes florence florencia florida
    fort_lauderdale fort_worth fortaleza france francia franja_de_gaza frankfurt freiburg
    fukuoka gabon gales galicia galway gambia ganges gateshead gaza gaza_strip gdansk geneva
    genoa genova georgia germany gerona ghana ghent gibraltar gijon ginebra gipuzkoa girona
    glasgow gotemburgo gothenburg gran_bretana granada graz great_britain great_lakes
    greater_china grecia greece greenland grenada grenoble groenlandia guadalajara guadalquivir
    guam guangzhou guatemala guayana guayaquil guinea guipuzcoa guyana hague haifa haiti halifax
    hamburg hamburgo hangzhou hannover hanoi hanover harare harbin hartford havana hawaii
    heidelberg helsinki herat himalayas hiroshima holland hollywood honduras hong_kong honolulu
    houston huai hue huelva huesca hungary hungria huntsville hyderabad ibadan iceland idaho
    illinois incheon india indiana indianapolis indonesia inglaterra innsbruck inverness iowa
    ipswich iquique iran iraq ireland irlanda irlanda_del_norte isla_de_pascua islamabad
    islandia israel istanbul italia italy jacksonville jaen jakarta jalisco jamaica japan japon
    java jeddah jerusalem jerusalen johannesburg jordan jordan_river jordania kabul kampala
    kandahar kansas kansas_city karachi kassel kathmandu katowice kaunas kazakhstan kazan kenia
    kent kentucky kenya khartoum kiev kigali kinshasa kioto kobe korea kosice kosovo krakow
    kuala_lumpur kuwait kyiv kyoto kyrgyzstan la_habana la_haya la_meca la_paz la_plata la_rioja
    lagos lahore lancashire laos las_palmas las_vegas latin_america latinoamerica latvia
    lausanne lebanon leeds leicester leiden leipzig leningrad leon lerida lesotho letonia libano
    liberia libia libya liechtenstein lille lima limerick linz lisboa lisbon lithuania
    little_rock lituania liverpool lleida lodz logrono lome london londres los_angeles los_gatos
    louisiana louisville luanda lublin lugano lugo luisiana lusaka luxembourg luxemburgo lviv
    lyon macau madagascar madrid magallanes maine mainz malaga malasia malawi malaysia maldives
    mali malmo malta managua manaus manchester manchuria manhattan manila manitoba maputo
    maracaibo marrakesh marruecos marseille marsella maryland massachusetts maule mauritania
    mauritius mecca medellin medina mediterranean mediterraneo mejico melbourne melilla memphis
    mendoza menlo_park merida mexicali mexico mexico_city miami michigan middle_east milan
    milwaukee minneapolis minnesota minsk mississippi mississippi_river missouri mogadishu
    moldova monaco mongolia montana montenegro monterrey montevideo montreal morocco moscow
    moscu mosul mountain_view mozambique mumbai munich murcia muscat myanmar nagasaki nagoya
    nairobi namibia nanjing nantes naples napoles nashville navarra nebraska nepal netherlands
    nevada new_delhi new_england new_hampshire new_jersey new_mexico new_orleans new_south_wales
    new_york new_zealand newark newcastle nicaragua niger nigeria nile nilo niza norfolk
    normandia normandy norteamerica north_america north_carolina north_dakota north_korea
    northern_ireland northumberland noruega norway norwich nottingham nova_scotia novosibirsk
    nueva_delhi nueva_gales_del_sur nueva_inglaterra nueva_jersey nueva_orleans nueva_york
    nueva_zelanda nuevo_mexico nuremberg oakland oaxaca oceania odesa odessa ohio oklahoma omaha
    oman ontario oporto oran oregon orense oriente_medio orlando osaka oslo ottawa
    ottoman_empire ourense oviedo oxford pacific pacifico padua pais_vasco paises_bajos pakistan
    palencia palermo palestina palestine palmas palo_alto pamplona panama panama_city
    papua_new_guinea paraguay paramaribo paris patagonia patras pearl_harbor pekin pennsylvania
    pensilvania persia perth peru perugia peshawar philadelphia philippines phnom_penh phoenix
    pirineos pisa pittsburgh plymouth poland polonia pontevedra portland porto porto_alegre
    portsmouth portugal poznan praga prague pretoria prussia puebla puerto_rico punta_arenas
    pyrenees qatar quebec queensland quito rabat raleigh recife redmond reino_unido rennes
    republica_checa republica_dominicana reykjavik rhine rhode_island rhodes richmond riga rin
    rio_de_janeiro rio_grande riyadh rochester roma romania rome rotterdam ruanda rumania rusia
    russia rwanda sacramento sahara saigon saint_petersburg salamanca salonica salt_lake_city
    salzburg samoa san_antonio san_diego san_francisco san_jose san_juan san_mateo
    san_petersburgo san_salvador san_sebastian sanaa santa_clara santa_cruz santa_fe santiago
    santiago_de_chile santo_domingo sao_paulo sapporo sarajevo saskatoon saudi_arabia savannah
    scandinavia scotland seattle segovia seine sena senegal seoul serbia seul sevilla seville
    shanghai sheffield shenyang shenzhen siberia sicilia sicily siena silicon_valley singapore
    singapur siria slovakia slovenia sofia somalia somerset sonora soria south_africa
    south_america south_australia south_carolina south_dakota south_korea south_sudan
    southampton southeast_asia soviet_union spain spokane sri_lanka st_louis st_petersburg
    stanford stockholm strasbourg stuttgart sudafrica sudamerica sudan suecia suffolk suiza
    sumatra sunderland suriname sussex suzhou swansea sweden switzerland sydney syria szczecin
    tacoma tailandia taipei taiwan tajikistan tajo tallahassee tallinn tamesis tampa tampere
    tangier tanzania tarapaca tarragona tartu tashkent tasmania tbilisi tegucigalpa teheran
    tehran tel_aviv temuco tenerife tennessee teruel texas thailand thames the_netherlands
    thessaloniki tianjin tibet tijuana togo tokio tokyo toledo tonga toronto torun toulon
    toulouse trieste trinidad tripoli tucson tucuman tulsa tunez tunis tunisia turin turkey
    turkmenistan turku turquia tyneside u.k u.s u.s.a ucrania uganda uk ukraine ulaanbaatar
    union_sovietica united_arab_emirates united_kingdom united_states united_states_of_america
    urss uruguay us_virgin_islands usa ussr utah utrecht uzbekistan valencia valladolid
    valparaiso vancouver varsovia vatican venecia venezuela venice veracruz vermont verona viena
    vienna vientiane vietnam vigo vilnius virginia vistula vitoria vizcaya vladivostok volga
    wales wall_street warsaw washington washington_d.c wellington west_bank west_virginia
    western_australia western_europe western_hemisphere westminster windhoek winnipeg wisconsin
    wroclaw wuhan wyoming xian yakarta yangon yangtze yemen yerevan yibuti yokohama york
    yorkshire yucatan yugoslavia zagreb zambia zamora zaragoza zimbabue zimbabwe zurich"""
)  #: countries, regions, cities and rivers

JOINING = _words("""& al bin da das de del den der di do dos du ibn la las le los of the van von""")
AND = _words("y e and & for para")  #: join the parts of an organisation's name alone
OF = _words("of the")  #: join what begins with what an organisation or place may be
PARTICLES = _words("von van der bin ibn")  # join the parts of a person's name alone
LOCATIVE = _words(
    """across around at between cerca desde en entre from hacia hasta in into near outside
    throughout to toward towards within"""
)  #: stand before places
UNNAMED = _words(
    """abril act adjunto agosto agreement american anexo appendix april arrendador arrendatario
    article articulo articulos assistant associate august bowl brand brands british buyer
    capitulo chapter chinese company comprador contract contrato county day december decreto
    deputy diciembre dios domingo east eastern emerito enero english estado estados este
    european exhibit febrero february figura figure form french friday game german gobierno god
    government i internet italian item items january japanese jueves julio july june junio
    landlord lessee lessor ley lunes march martes marzo may mayo mexican miercoles monday no
    norte north northern nota note november noviembre october octubre oeste one page pagina part
    partes parties party real_decreto rule russian sabado saturday schedule season seccion
    section seller september septiembre si sociedad south southern spanish state states sunday
    super sur tabla table tenant three thursday titular titulares titulo tuesday two vendedor
    vice viernes war web wednesday west western world year yes"""
)  #: written large, and names of nothing by themselves
