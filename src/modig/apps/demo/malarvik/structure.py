"""Mälarvik's twelve top units with their departments: what they are called and who works there.

``workers`` and ``staff`` are titles with their AID code; a title that stands twice is twice as
common. ``units`` are the names of what lies below a department, in the order in which they are used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product


def _words(text: str) -> tuple[str, ...]:
    """The words between spaces."""
    return tuple(text.split())


def _names(text: str) -> tuple[str, ...]:
    """The names between bars; a name may have several words."""
    return tuple(name.strip() for name in text.split("|"))


def _shared(names: Sequence[str], parts: int) -> list[tuple[str, ...]]:
    """The names in so many equal parts, in order."""
    size = len(names) // parts
    return [tuple(names[size * part : size * (part + 1)]) for part in range(parts)]


def _several(pattern: str, names: Iterable[object]) -> list[str]:
    return [pattern.format(name) for name in names]


AREAS = ("Norr", "Syd", "Öst", "Väst", "Centrum")
NURSERIES = _words(
    """
Lärkan:Skogen Lärkan:Sjön Lärkan:Ängen Trasten Svalan Koltrasten Sparven Göken Tofsvipan Gladan
Skatan Domherren Talgoxen Blåmesen Ugglan Hackspetten Svanen Tärnan Måsen Tranan Falken Rödhaken Blåklockan Smultronet Vitsippan
Maskrosen Linnean Hallonet Blåsippan Gullvivan Tussilagon Klövern Lingonet Kastanjen Rönnen Lönnen
Eken Boken Enen Haren Igelkotten Ekorren Grävlingen Räven Humlan Fjärilen Nyckelpigan Myran Kotten
Stigen Bäcken Kullen Gläntan Ängen Lunden Kvarnen Bryggan Fyren Skutan Ankaret Musslan Snäckan Kojan
Trollet Snurran Pusslet Regnbågen Solrosen Månen Stjärnan Kometen Karusellen Tallbacken Björkbacken
Ekbacken Slottsbacken Mariedal Solgläntan Skogsbrynet
"""
)
SCHOOLS = _names(
    "Almbyskolan|Björkhagaskolan|Ekbackens skola|Fågelboskolan|Hagbyskolan|Hamnskolan|Kvarnskolan"
    "|Lillåkersskolan|Mossebo skola|Norra skolan|Rosenlundsskolan|Sjövikskolan|Slottsskolan"
    "|Stenbyskolan|Storgårdsskolan|Sörbyskolan|Tallåsens skola|Torsviksskolan|Vasahöjdsskolan"
)
HOMES = _words(
    """
Ekbacken Solgården Mälarstrand Tallåsen Rosenlund Kvarngården Lundagården Almbyhemmet Björkhaga
Strandängen Storgården Hagagården Viktoriagården Lövsta Kungsberga Fristad
"""
)
DISTRICTS = _words(
    """
Almby Björkhaga Brunnsparken Ekbacken Fristad Fågelbo Granhult Hagby Hamnen Hällby Kolsta Kungsberga
Kvarnbacken Lillåker Lunden Lövsta Mossebo Mälarstrand Norrtull Nyfors Rosenlund Sjövik Skiljebo
Slottsbacken Solvik Stenby Storgården Strandängen Sånga Sörby Talludden Tallåsen Torsvik Vasahöjd
Viktoria Västerplan Ärla Åsen Österplan Bergvik Eklunda Hagalund Klockarbo Lindö Ringstad
Snäckviken Tegelviken
"""
)
STREETS = _words(
    """
Alvägen Aspvägen Björkvägen Blåbärsstigen Ekvägen Granvägen Hagtornsvägen Kaprifolvägen Lindgatan
Ljungvägen Lönnvägen Nyponvägen Rönnvägen Slånbärsvägen Tallvägen Videvägen
"""
)


@dataclass(frozen=True, slots=True)
class Department:
    """A department; ``head`` is the title of those who lead its units."""

    name: str
    chief: str
    units: tuple[str, ...]
    workers: tuple[str, ...]
    head: str = "Enhetschef"


@dataclass(frozen=True, slots=True)
class Top:
    """A department of the municipality or a company.

    ``team_size`` is that of its management team; ``own_teams`` so many of its departments have a
    team of their own; ``key_seats`` are the key persons in the team; ``women`` of 100 employees.
    ``staff`` are the other members of the management team.
    """

    code: str
    name: str
    head: str
    employees: int
    units: int
    team_size: int
    own_teams: int
    women: int
    departments: tuple[Department, ...]
    staff: tuple[str, ...] = ()
    key_titles: tuple[str, ...] = ()
    key_seats: int = 0
    own_units: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    is_company: bool = False


# ---- Barn & utbildning ---------------------------------------------------------------------------

PRESCHOOL = _names("Förskollärare 403010|Barnskötare 404010|Barnskötare 404010")
SCHOOL = _names(
    "Lärare grundskola 402015|Lärare grundskola 402015|Lärare grundskola 402015"
    "|Lärare i fritidshem 403020|Elevassistent 404030|Speciallärare 402030"
)
_STAGES = [
    f"{school} {stage}" for school, stage in product(SCHOOLS, ("F-3", "4-6", "7-9", "fritids"))
]

PRESCHOOLS = [
    Department(f"Förskola {area}", "Verksamhetschef", units, PRESCHOOL, "Rektor")
    for area, units in zip(
        AREAS,
        _shared([f"Förskolan {name}".replace(":", " hemvist ") for name in NURSERIES], 5),
        strict=True,
    )
]
COMPREHENSIVES = [
    Department(f"Grundskola {area}", "Verksamhetschef", units, SCHOOL, "Rektor")
    for area, units in zip(AREAS, _shared(_STAGES, 5), strict=True)
]
ADAPTED = Department(
    "Anpassad grundskola",
    "Verksamhetschef",
    tuple(
        f"Anpassade skolan {place} {years}"
        for place, years in product(
            ("Almby", "Hagby", "Kvarnen", "Stenby", "Vasahöjd"), ("1-3", "4-6", "7-9")
        )
    ),
    _names("Speciallärare 402030|Elevassistent 404030|Elevassistent 404030"),
    "Rektor",
)
THEORY = Department(
    "Gymnasium Teori",
    "Gymnasiechef",
    (
        *_several(
            "Slottsgymnasiet {}",
            _words("natur teknik samhälle ekonomi estet humanist språk introduktion"),
        ),
        *_several(
            "Mälargymnasiet {}", _words("natur teknik samhälle ekonomi musik teater bibliotek")
        ),
    ),
    _names("Gymnasielärare 402050|Gymnasielärare 402050|Studie- och yrkesvägledare 405080"),
    "Rektor",
)
CRAFTS = Department(
    "Gymnasium Yrke",
    "Gymnasiechef",
    tuple(
        _several(
            "Kvarngymnasiet {}",
            _words("""bygg el fordon vvs industri restaurang handel fritid vård hantverk hotell naturbruk
            lärling introduktion transport"""),
        )
    ),
    _names("Yrkeslärare 402060|Yrkeslärare 402060|Gymnasielärare 402050"),
    "Rektor",
)
HEALTH = Department(
    "Elevhälsa",
    "Elevhälsochef",
    _names(
        "Skolsköterskor Norr|Skolsköterskor Syd|Skolsköterskor Centrum|Skolsköterskor gymnasiet"
        "|Kuratorer Norr|Kuratorer Syd|Kuratorer Centrum|Kuratorer gymnasiet|Skolpsykologer"
        "|Specialpedagoger Norr|Specialpedagoger Syd|Specialpedagoger Centrum|Logopeder"
        "|Närvaroteamet|Skolläkarna"
    ),
    _names("Skolsköterska 206020|Kurator 405020|Skolpsykolog 206060|Specialpedagog 402040"),
)
AFTERNOON = Department(
    "Fritidshem",
    "Verksamhetschef",
    tuple(_several("Fritidshemmet {}", DISTRICTS[:15])),
    _names("Lärare i fritidshem 403020|Fritidsledare 404020|Barnskötare 404010"),
    "Rektor",
)
SUPPORT = Department(
    "Utveckling & stöd",
    "Utvecklingschef",
    _names(
        "Öppna förskolan|Familjecentralen|Nattis|Modersmål arabiska och somaliska|Modersmål Europa"
        "|Mottagning av nyanlända elever|Pedagogisk utveckling|Digitalt lärande|Placering och kö"
        "|Skoladministration Norr|Skoladministration Syd|Skolbibliotekscentralen|Naturskolan"
        "|Resursteamet förskola|Resursteamet skola"
    ),
    _names("Skoladministratör 151014|Modersmålslärare 402070|Specialpedagog 402040"),
)

# ---- Vård & omsorg -------------------------------------------------------------------------------

CARE = _names("Undersköterska 207024|Undersköterska 207024|Vårdbiträde 207026")
HOME_CARE = [
    Department(f"Hemtjänst {area}", "Verksamhetschef", units, CARE)
    for area, units in zip(
        ("Norr", "Syd", "Centrum"),
        _shared(_several("Hemtjänsten {}", DISTRICTS[:45]), 3),
        strict=True,
    )
]
NURSING_HOMES = [
    Department(
        f"Särskilt boende {area}", "Verksamhetschef", units, (*CARE, *CARE, "Sjuksköterska 206014")
    )
    for area, units in zip(
        ("Norr", "Syd", "Väster", "Centrum"),
        _shared(
            [f"Äldreboendet {home} plan {floor}" for home, floor in product(HOMES, range(1, 5))], 4
        ),
        strict=True,
    )
]
CARE_REST = (
    Department(
        "LSS bostad",
        "Verksamhetschef",
        tuple(_several("Gruppbostaden {}", STREETS)),
        _names("Stödassistent 207030|Stödassistent 207030|Stödpedagog 207031"),
    ),
    Department(
        "LSS daglig verksamhet",
        "Verksamhetschef",
        tuple(
            _several(
                "Dagliga verksamheten {}",
                _words("""Verkstan Trädgården Kaféet Medialabbet Snickeriet Tvätteriet Butiken Ateljén
                Naturgruppen Paketet Köket Musiken Cykelverkstan Teatern Stallet"""),
            )
        ),
        _names("Stödassistent 207030|Handledare 207033"),
    ),
    Department(
        "Personlig assistans",
        "Verksamhetschef",
        tuple(_several("Personlig assistans grupp {}", range(1, 16))),
        _names("Personlig assistent 207023"),
    ),
    Department(
        "Hälso- & sjukvård",
        "Verksamhetschef",
        (
            *_several("Hemsjukvården {}", DISTRICTS[:9]),
            *_names(
                "Nattpatrullen|Palliativa teamet|Demensteamet|Sårteamet|Hjälpmedel|Korttidsvården"
            ),
        ),
        _names(
            "Sjuksköterska 206014|Sjuksköterska 206014|Distriktssköterska 206012|Undersköterska 207024"
        ),
    ),
    Department(
        "Rehab & förebyggande",
        "Verksamhetschef",
        (
            *_several("Arbetsterapin {}", AREAS),
            *_several("Fysioterapin {}", AREAS),
            *_names("Hemgångsteamet|Syn och hörsel|Träffpunkterna|Fallförebyggarna|Fixartjänst"),
        ),
        _names("Arbetsterapeut 206015|Fysioterapeut 206016|Rehabassistent 207029"),
    ),
    Department(
        "Bistånd & planering",
        "Biståndschef",
        _names(
            "Bistånd Norr|Bistånd Syd|Bistånd Centrum|Bistånd LSS|Hemgångsplanering"
            "|Planering Norr|Planering Syd|Planering Centrum|Bemanning dag|Bemanning natt"
            "|Trygghetslarm|Korttidsboendet Lunden|Korttidsboendet Rosenlund|Anhörigcenter|Avgifter"
        ),
        _names("Biståndshandläggare 151040|Planerare 151050|Undersköterska 207024"),
    ),
)

# ---- the other departments -----------------------------------------------------------------------

SOCIAL = (
    Department(
        "Barn & familj",
        "Områdeschef",
        _names(
            "Mottagning barn och unga|Utredning barn grupp 1|Utredning barn grupp 2|Utredning unga"
            "|Öppenvård familj|Familjerätten|Fältgruppen|Ungdomsteamet"
        ),
        _names("Socialsekreterare 151030|Socialsekreterare 151030|Familjebehandlare 151035"),
    ),
    Department(
        "Vuxen & missbruk",
        "Områdeschef",
        _names(
            "Utredning vuxen|Beroendemottagningen|Behandlingsenheten Kvarnen|Boendestöd vuxen"
            "|Stödboendet Bryggan|Bostad först|Våld i nära relationer|Anhörigstöd vuxen"
        ),
        _names("Socialsekreterare 151030|Behandlingsassistent 207040|Boendestödjare 207041"),
    ),
    Department(
        "Försörjningsstöd",
        "Områdeschef",
        _names(
            "Nya ansökningar|Försörjningsstöd grupp 1|Försörjningsstöd grupp 2"
            "|Försörjningsstöd grupp 3|Etablering vuxna|Budget- och skuldrådgivning"
            "|Egna medel|Arbetsinriktat stöd"
        ),
        _names("Socialsekreterare 151030|Handläggare 151090|Budget- och skuldrådgivare 151036"),
    ),
    Department(
        "Mottagning & utredning",
        "Områdeschef",
        _names(
            "Receptionen socialkontoret|Socialjouren|Förhandsbedömning|Orosanmälningar"
            "|Samordnad mottagning|Rådgivning|Registratur social"
        ),
        _names("Socialsekreterare 151030|Receptionist 151016|Administratör 151014"),
    ),
    Department(
        "Familjehem & placering",
        "Områdeschef",
        _names(
            "Familjehem grupp 1|Familjehem grupp 2|Jourhem|Uppföljning av placeringar|HVB Sjövik"
            "|HVB Lunden|Kontaktpersoner"
        ),
        _names("Familjehemssekreterare 151032|Behandlingsassistent 207040"),
    ),
    Department(
        "Socialpsykiatri",
        "Områdeschef",
        _names(
            "Boendestöd Norr|Boendestöd Syd|Gruppboendet Solvik|Gruppboendet Almby"
            "|Sysselsättningen Verkstan|Träffpunkten Oasen|Personligt ombud"
        ),
        _names("Boendestödjare 207041|Boendestödjare 207041|Stödpedagog 207031"),
    ),
)
SERVICE = (
    Department(
        "Måltid",
        "Måltidschef",
        _names(
            "Centralköket|Skolköken Norr|Skolköken Syd|Skolköken Centrum|Förskoleköken Norr"
            "|Förskoleköken Syd|Äldreomsorgens kök"
        ),
        _names("Kock 455010|Måltidsbiträde 455020|Måltidsbiträde 455020"),
    ),
    Department(
        "Lokalvård",
        "Lokalvårdschef",
        _names(
            "Lokalvård skolor Norr|Lokalvård skolor Syd|Lokalvård förskolor|Lokalvård vårdboenden"
            "|Lokalvård kontor|Lokalvård idrott|Storstädning"
        ),
        _names("Lokalvårdare 453010"),
    ),
    Department(
        "Fordon & transport",
        "Fordonschef",
        _names("Fordonsservice|Bilpoolen|Skolskjuts|Transporter|Hjälpmedelsförrådet|Verkstaden"),
        _names("Fordonstekniker 451020|Chaufför 451010|Transportplanerare 151050"),
    ),
    Department(
        "Intern service",
        "Servicechef",
        _names(
            "Kontaktcenter|Vaktmästeri Stadshuset|Vaktmästeri skolor|Post och tryck|Telefoni"
            "|Konferens och reception"
        ),
        _names("Kommunvägledare 151016|Vaktmästare 452010|Receptionist 151016"),
    ),
)
WORK = (
    Department(
        "Vuxenutbildning",
        "Verksamhetschef",
        _names(
            "Komvux grundläggande|Komvux gymnasial|Komvux anpassad utbildning|Yrkesvux"
            "|Vägledningscentrum"
        ),
        _names("Vuxenutbildningslärare 402055|Studie- och yrkesvägledare 405080"),
        "Rektor",
    ),
    Department(
        "Arbetsmarknad",
        "Verksamhetschef",
        _names("Jobbcoacherna|Arbetsträningen|Unga vidare|Återbruket|Restaurang Kajen"),
        _names("Arbetsmarknadssekreterare 151038|Handledare 207033|Jobbcoach 151038"),
    ),
    Department(
        "Integration",
        "Verksamhetschef",
        _names("Sfi Centrum|Sfi Norr|Samhällsorientering|Etableringsstöd"),
        _names("Sfi-lärare 402056|Integrationshandläggare 151039"),
    ),
    Department(
        "Yrkeshögskola",
        "Verksamhetschef",
        _names("Yh Vård och hälsa|Yh Teknik|Lärcentrum|Utbildningsadministration"),
        _names("Utbildare 402057|Utbildningssamordnare 151014"),
        "Rektor",
    ),
)
CULTURE = (
    Department(
        "Bibliotek",
        "Bibliotekschef",
        _names(
            "Stadsbiblioteket barn och unga|Stadsbiblioteket vuxen|Biblioteket Almby"
            "|Biblioteket Torsvik|Bokbussen"
        ),
        _names("Bibliotekarie 352010|Biblioteksassistent 352020"),
    ),
    Department(
        "Idrott & anläggning",
        "Idrottschef",
        _names("Simhallen|Ishallen|Idrottshallarna|Utomhusanläggningar|Bokning och föreningar"),
        _names("Badmästare 353010|Anläggningsarbetare 353020|Bokningshandläggare 151014"),
    ),
    Department(
        "Ungdom & fritid",
        "Fritidschef",
        _names("Fritidsgården Kuben|Fritidsgården Hamnen|Ungdomens hus|Lov och läger"),
        _names("Fritidsledare 404020"),
    ),
    Department(
        "Kulturskola & scen",
        "Kulturskolechef",
        _names("Kulturskolan musik|Kulturskolan dans och teater|Konserthuset|Museet"),
        _names("Musiklärare 402080|Danspedagog 402081|Scentekniker 354010|Museipedagog 354020"),
    ),
)
CITY = (
    Department(
        "Bygglov & kart",
        "Bygglovschef",
        _names("Bygglov|Byggtillsyn|Kart och mät"),
        _names("Bygglovshandläggare 151060|Byggnadsinspektör 151061|Kartingenjör 151062"),
    ),
    Department(
        "Plan",
        "Planchef",
        _names("Detaljplan|Översiktsplan|Mark och exploatering"),
        _names("Planarkitekt 151063|Exploateringsingenjör 151064"),
    ),
    Department(
        "Gata & park",
        "Gatuchef",
        _names("Gatudrift|Parkdrift|Trafik och projektering"),
        _names("Gatuarbetare 451030|Parkarbetare 451040|Trafikingenjör 151065"),
    ),
    Department(
        "Miljö & hälsa",
        "Miljöchef",
        _names("Miljötillsyn|Livsmedelskontroll|Hälsoskydd"),
        _names("Miljöinspektör 151066|Livsmedelsinspektör 151067"),
    ),
)
OFFICE = (
    Department(
        "Ekonomi",
        "Ekonomichef",
        _names("Redovisning|Budget och upphandling"),
        _names("Ekonom 151070|Redovisningsekonom 151070|Upphandlare 151071"),
    ),
    Department(
        "HR",
        "HR-chef",
        _names("HR-stöd|Lön och pension"),
        _names("HR-specialist 151072|Löneadministratör 151073"),
    ),
    Department(
        "Digitalisering",
        "Digitaliseringschef",
        _names("It-drift och support|Digital utveckling"),
        _names("It-tekniker 151074|Systemförvaltare 151075"),
    ),
    Department(
        "Kansli & juridik",
        "Kanslichef",
        _names("Kansli och arkiv|Juridik och säkerhet"),
        _names("Registrator 151076|Nämndsekreterare 151077|Kommunjurist 151078"),
    ),
    Department(
        "Kommunikation",
        "Kommunikationschef",
        _names("Press och webb|Medborgardialog"),
        _names("Webbredaktör 151079|Pressekreterare 151079"),
    ),
)
ENERGY = (
    Department(
        "Vatten & avlopp",
        "VA-chef",
        _names("Vattenverket|Reningsverket|Ledningsnätet|Mätning och kund"),
        _names("Drifttekniker 451050|Rörnätstekniker 451051|Kundrådgivare 151016"),
        "Driftchef",
    ),
    Department(
        "Fjärrvärme & elnät",
        "Nätchef",
        _names("Kraftvärmeverket|Fjärrvärmenätet|Elnätet"),
        _names("Drifttekniker 451050|Elnätstekniker 451052"),
        "Driftchef",
    ),
    Department(
        "Återvinning",
        "Återvinningschef",
        _names("Återvinningscentralerna|Insamlingen|Biogasanläggningen"),
        _names("Renhållningsarbetare 451060|Återvinningstekniker 451061"),
        "Driftchef",
    ),
)
PROPERTY = (
    Department(
        "Fastighetsdrift",
        "Fastighetschef",
        _names("Drift skolor och förskolor|Drift vård och kontor"),
        _names("Fastighetsskötare 452020|Drifttekniker 451050"),
        "Driftchef",
    ),
    Department(
        "Projekt",
        "Projektchef",
        _names("Ny- och ombyggnad|Underhåll och energi"),
        _names("Byggprojektledare 151068|Energiingenjör 151069"),
        "Driftchef",
    ),
)

# ---- all of it -----------------------------------------------------------------------------------

SCHOOL_KEYS = _names("Förstelärare|Verksamhetsutvecklare|Kvalitetssamordnare")
CARE_KEYS = _names("Verksamhetsutvecklare|Metodutvecklare|Kvalitetssamordnare")
OFFICE_KEYS = _names("HR-partner|Controller|Kommunikatör|Projektledare")
ALL_KEYS = tuple(dict.fromkeys((*SCHOOL_KEYS, *CARE_KEYS, *OFFICE_KEYS)))
STAFF = _names(
    "Administrativ chef|Utvecklingschef|Kvalitetschef|Ekonomichef|Kommunikationschef|Säkerhetschef"
)

TOPS = (
    Top(
        "BU", "Barn & utbildning", "Utbildningsdirektör", 3150, 230, 10, 14, 81,
        (
            *PRESCHOOLS[:3], *COMPREHENSIVES[:3], THEORY, CRAFTS, HEALTH, *PRESCHOOLS[3:],
            *COMPREHENSIVES[3:], ADAPTED, AFTERNOON, SUPPORT,
        ),
        STAFF, SCHOOL_KEYS,
    ),
    Top(
        "VO", "Vård & omsorg", "Vård- och omsorgsdirektör", 2650, 190, 10, 11, 86,
        (*HOME_CARE, *NURSING_HOMES, *CARE_REST), STAFF, CARE_KEYS,
    ),
    Top(
        "SOC", "Socialförvaltningen", "Socialdirektör", 720, 45, 10, 3, 80, SOCIAL, STAFF, CARE_KEYS
    ),
    Top(
        "SER", "Service", "Servicedirektör", 430, 26, 9, 2, 66, SERVICE, STAFF, OFFICE_KEYS
    ),
    Top(
        "AVU", "Arbetsmarknad & vuxenutbildning", "Förvaltningschef", 380, 18, 9, 1, 67, WORK, STAFF,
        OFFICE_KEYS,
    ),
    Top(
        "KF", "Kultur & fritid", "Kultur- och fritidschef", 330, 18, 9, 1, 56, CULTURE, STAFF,
        OFFICE_KEYS,
    ),
    Top("SB", "Stadsbyggnad", "Stadsbyggnadsdirektör", 250, 12, 9, 1, 46, CITY, STAFF, OFFICE_KEYS),
    Top(
        "KLK", "Kommunledningskontoret", "Kommundirektör", 220, 10, 10, 0, 62, OFFICE,
        _names("Biträdande kommundirektör|Näringslivschef|Utvecklingschef|Säkerhetschef"), OFFICE_KEYS,
    ),
    Top(
        "EM", "Energi & Miljö AB", "VD", 250, 10, 9, 1, 28, ENERGY, STAFF, OFFICE_KEYS, is_company=True
    ),
    Top(
        "FAST", "Kommunfastigheter AB", "VD", 75, 4, 8, 0, 26, PROPERTY,
        _names("Ekonomichef|Uthyrningschef"), OFFICE_KEYS, 3, is_company=True,
    ),
    Top(
        "LOG", "Logistik AB", "VD", 25, 2, 8, 0, 24, (), _names("Driftchef|Ekonomichef"), OFFICE_KEYS,
        5, _names("Hamnterminalen|Kombiterminalen"), _names("Terminalarbetare 451070|Speditör 151016"),
        is_company=True,
    ),
    Top(
        "DEST", "Destination AB", "VD", 20, 2, 7, 0, 60, (), _names("Turistchef|Evenemangschef"),
        OFFICE_KEYS, 4, _names("Turistbyrån|Evenemang och möten"), _names("Turistinformatör 355010"),
        is_company=True,
    ),
)  # fmt: skip
