"""What other initiatives than the six stories have filled in that only their sort of change asks for.

Swedish first, English beside it; lists hold a line each; numbers and days are the same everywhere.
"""

from collections.abc import Mapping

Said = tuple[str, str]

_LAW: dict[str, tuple[Said, str, tuple[Said, ...]]] = {
    "MV-009": (("Skollagen 7 kap. 19 a §", "The Education Act, chapter 7, section 19 a"), "2027-01-08", ()),
    "MV-029": (("Skollagen 29 kap. 13 § och socialtjänstlagen", "The Education Act, chapter 29, section 13, and the Social Services Act"), "2027-03-01", ()),
    "MV-033": (("Socialtjänstlagen och nämndens riktlinje om våld i nära relationer", "The Social Services Act and the board's guideline on violence in close relationships"), "2027-01-01",
        (("[x] Samma tre frågor till alla vid andra mötet", "[x] The same three questions to everybody at the second meeting"), ("[x] En kollega att ringa samma dag", "[x] A colleague to ring the same day"), ("Hot- och riskbedömning inom en vecka", "Threat and risk assessment within a week"))),
    "MV-036": (("Skollagen 2 kap. 25–27 §§", "The Education Act, chapter 2, sections 25–27"), "2027-02-01",
        (("[x] Skolläkare tillgänglig varje vecka", "[x] A school doctor available every week"), ("[x] Inga namn på video", "[x] No names on video"), ("Hälsobesöken hinns med under läsåret", "Health visits done within the school year"))),
    "MV-039": (("Socialtjänstlagen, barnets rätt att komma till tals", "The Social Services Act, the child's right to be heard"), "2026-07-01",
        (("[x] Samtal med barnet inom tre veckor", "[x] A talk with the child within three weeks"), ("[x] Barnet väljer plats", "[x] The child chooses the place"), ("[x] Barnets egna ord står i utredningen", "[x] The child's own words are in the assessment"))),
    "MV-040": (("Skollagen 2 kap. 27 §", "The Education Act, chapter 2, section 27"), "2027-06-10", ()),
    "MV-049": (("Skollagen 29 kap. 9 §", "The Education Act, chapter 29, section 9"), "2026-12-15", ()),
    "MV-067": (("Skolverkets föreskrifter om digitala nationella prov", "The national agency's regulations on digital national tests"), "2027-03-22",
        (("[x] En klass i taget loggar in på prov", "[x] One class at a time logs in on trial"), ("[x] Hörlurar till alla", "[x] Headphones for everybody"), ("Plats för elever med extra tid", "A place for pupils with extra time"), ("Vem gör vad när nätet faller", "Who does what when the network fails"))),
    "MV-081": (("Socialtjänstlagen och föreskrifterna om genomförandeplan", "The Social Services Act and the regulations on care plans"), "2027-01-31",
        (("[x] Planen skrivs vid köksbordet", "[x] The plan is written at the kitchen table"), ("Den enskilde har läst och strukit", "The person has read and crossed out"), ("Följs upp efter tre månader", "Followed up after three months"))),
    "MV-085": (("Lagen om barns rättigheter i skyddat boende", "The act on children's rights in sheltered housing"), "2026-12-01",
        (("[x] Utpekad rektor", "[x] A named head teacher"), ("[x] Adressen syns inte i systemet", "[x] The address does not show in the system"), ("Skolgång första veckan", "School in the first week"))),
    "MV-126": (("Skollagen 26 kap. 3–4 §§", "The Education Act, chapter 26, sections 3–4"), "2027-05-31", ()),
    "MV-139": (("Arbetsmiljölagen och nämndens krisplan", "The Work Environment Act and the board's crisis plan"), "2027-04-01", ()),
    "MV-149": (("Skollagen 2 kap. 25 §", "The Education Act, chapter 2, section 25"), "2027-06-15", ()),
    "MV-150": (("Skollagen 3 kap. 4–4 b §§, garantin för tidiga stödinsatser", "The Education Act, chapter 3, sections 4–4 b, the guarantee of early support"), "2026-06-15",
        (("[x] Kartläggning i förskoleklass före november", "[x] Screening in the preschool class before November"), ("[x] Samråd med specialpedagog", "[x] Consultation with a special educator"), ("[x] Insats beslutad före jul", "[x] Support decided before Christmas"), ("Överlämning till årskurs 1", "Handover to year 1"))),
    "MV-170": (("Skollagen 2 kap. 25 § och 3 kap. 7 §", "The Education Act, chapter 2, section 25 and chapter 3, section 7"), "2027-06-30",
        (("[x] Gemensam provdag varje vecka", "[x] A shared testing day every week"), ("[x] Samtycke från vårdnadshavare", "[x] Consent of guardians"), ("Ingen elev väntar mer än åtta veckor", "No pupil waits more than eight weeks"))),
    "MV-175": (("Lagen om skyddad yrkestitel för undersköterskor", "The act on the protected title of assistant nurse"), "2027-09-01", ()),
    "MV-177": (("Skollagen 2 kap. 25 §", "The Education Act, chapter 2, section 25"), "2027-06-15",
        (("[x] Elevhälsan på plats varje tisdag", "[x] Student health on site every Tuesday"), ("Samtalsrum utan insyn", "A room to talk in without onlookers"))),
    "MV-207": (("Arkivlagen och nämndernas gallringsbeslut", "The Archives Act and the boards' disposal decisions"), "2027-12-31", ()),
    "MV-223": (("Föreskrifterna om ledningssystem för systematiskt kvalitetsarbete", "The regulations on systematic quality work"), "2027-03-31",
        (("[x] Alla får ett samtal inom fem dagar", "[x] Everybody gets a call within five days"), ("[x] Synpunkter till brukarforum varje kvartal", "[x] Comments to the users' forum every quarter"), ("Åtgärder redovisas öppet", "Measures are told openly"))),
    "MV-232": (("Skollagen 3 kap. 12 j §", "The Education Act, chapter 3, section 12 j"), "2027-06-11", ()),
    "MV-233": (("Lagen om barnkonventionen, artikel 3", "The act on the Convention on the Rights of the Child, article 3"), "2027-02-15", ()),
    "MV-282": (("Socialtjänstlagen, utredning klar inom fyra månader", "The Social Services Act, assessments done within four months"), "2027-01-01",
        (("[x] Alla öppna utredningar på tavlan varje tisdag", "[x] All open assessments on the board every Tuesday"), ("Yttrande begärt vecka tre", "A statement asked for in week three"), ("Förlängning beslutas i tid", "Extensions are decided in time"))),
    "MV-287": (("Skollagen 10 kap. 23 a–23 f §§", "The Education Act, chapter 10, sections 23 a–23 f"), "2027-06-21",
        (("[x] Erbjudande till alla som riskerar att inte nå behörighet", "[x] An offer to everybody at risk of not qualifying"), ("Minst 50 timmar i årskurs 8 och 9", "At least 50 hours in years 8 and 9"), ("Betygsprövning före skolstart", "Grades tried before term begins"))),
    "MV-318": (("Lagen om offentlig upphandling, 19 a kap.", "The Public Procurement Act, chapter 19 a"), "2027-01-15",
        (("[x] Fyrasidig mall granskad av jurist", "[x] A four-page form checked by a lawyer"), ("[x] Riktlinje för direktupphandling uppdaterad", "[x] The guideline for direct awards updated"), ("Dokumentation av köp över hundratusen", "Purchases above a hundred thousand documented"))),
    "MV-333": (("LSS och regeringsformen 2 kap. 6 och 8 §§", "The LSS act and the Instrument of Government, chapter 2, sections 6 and 8"), "2027-02-28",
        (("[x] Lista på alla lås, grindar och larm", "[x] A list of all locks, gates and alarms"), ("Varje lås prövat", "Each lock examined"), ("Skriftligt skäl och samtycke där något blir kvar", "A written reason and consent where something stays"))),
    "MV-338": (("Lex Sarah i socialtjänstlagen", "Lex Sarah in the Social Services Act"), "2027-03-01", ()),
    "MV-358": (("Skollagen 3 kap. 7 § och 7 kap. 19 a §", "The Education Act, chapter 3, section 7 and chapter 7, section 19 a"), "2027-01-31",
        (("[x] Elevens egen karta över veckan", "[x] The pupil's own map of the week"), ("[x] Utredningen på högst två sidor", "[x] The assessment on two pages at most"), ("Beslut inom tre veckor", "A decision within three weeks"))),
    "MV-394": (("Skollagen 6 kap. 10 §", "The Education Act, chapter 6, section 10"), "2026-08-15",
        (("[x] Anmälan till rektor samma dag", "[x] Report to the head the same day"), ("[x] Anmälan till huvudmannen", "[x] Report to the authority"), ("Åtgärd följs upp efter två veckor", "The measure is followed up after two weeks"))),
}  # fmt: skip
# who gets the result, days from beginning to end before, cases a year
_ADMINISTRATION: dict[str, tuple[Said, int, int]] = {
    "MV-041": (("Rektorer och enhetschefer med egna fakturor, 210 personer", "Heads and unit managers with invoices of their own, 210 people"), 12, 31000),
    "MV-094": (("Föreningar, mest de små utan kansli", "Associations, mostly small ones without an office"), 48, 260),
    "MV-103": (("Vårdnadshavare och förskolornas rektorer", "Guardians and the preschools' heads"), 17, 1450),
    "MV-112": (("Tränare och föreningar som hyr hallarna", "Coaches and associations that hire the halls"), 3, 5200),
    "MV-141": (("Mentorer, elever och vårdnadshavare på gymnasiet", "Form teachers, pupils and guardians in upper secondary"), 9, 2100),
    "MV-157": (("Skolor, förskolor och kök som fakturerar varandra", "Schools, preschools and kitchens that invoice each other"), 21, 10080),
    "MV-171": (("Byggherrar och kontrollansvariga", "Builders and those responsible for checks"), 13, 540),
    "MV-183": (("Nio boenden och deras personal", "Nine homes and their staff"), 24, 3900),
    "MV-191": (("Rektorer och skolans ekonomer", "Heads and the schools' economists"), 14, 12),
    "MV-199": (("Chefer som anställer till sommaren, och de anställda", "Managers who hire for the summer, and those hired"), 19, 1800),
    "MV-202": (("Mentorer i årskurs 7–9", "Form teachers in years 7–9"), 7, 40),
    "MV-219": (("Elever i nian och deras lärare", "Pupils in year nine and their teachers"), 5, 160),
    "MV-220": (("Elever och lärare på fjorton skolor", "Pupils and teachers at fourteen schools"), 11, 2300),
    "MV-230": (("Den som söker bygglov, och handläggaren", "Whoever applies for a permit, and the case officer"), 33, 410),
    "MV-237": (("Vuxna med yrkesvana och deras arbetsgivare", "Adults with trade experience and their employers"), 77, 90),
    "MV-274": (("Praktikanter och handledare", "Trainees and supervisors"), 16, 620),
    "MV-288": (("Hyresgäster och driftens montörer", "Tenants and the fitters"), 14, 7400),
    "MV-324": (("Familjer som söker skolskjuts", "Families who apply for school transport"), 58, 980),
    "MV-335": (("Chefer med leasade bilar", "Managers with leased cars"), 365, 412),
    "MV-368": (("De som skriver avvikelser, 140 i personalen", "Those who write incident reports, 140 staff"), 42, 380),
}  # fmt: skip
_RECEPTION: dict[str, Said] = {
    "MV-014": ("Ringer → får svar → beställt och bokat i samma samtal → sms när det är gjort", "Rings → gets an answer → ordered and booked in the same call → text message when done"),
    "MV-053": ("Ett första besök → två vid samma bord → en plan → uppföljning varannan vecka", "One first visit → two at the same table → one plan → follow-up every other week"),
    "MV-087": ("Dottern ringer → samma person skriver och bokar → besök → samtal dagen efter", "The daughter rings → the same person writes and books → a visit → a call the day after"),
    "MV-096": ("Ett nummer → rätt yrkesroll → uppringd samma eftermiddag", "One number → the right profession → called back the same afternoon"),
    "MV-118": ("Dörren → en timme med någon → inloggad, barnomsorg ordnad → första lektionen", "The door → an hour with somebody → logged in, child care arranged → the first lesson"),
    "MV-134": ("Frågan → svar i disken → bokad tid för det svåra → komplett ansökan", "The question → an answer at the desk → a booked time for what is hard → a complete application"),
    "MV-214": ("Ringer → svar på de fyrtio vanligaste frågorna → klart, eller uppringd före kvällen", "Rings → an answer to the forty commonest questions → done, or called back before evening"),
    "MV-256": ("Väskan packas hemma → listan bockas av → vistelsen → samma lista hem", "The bag is packed at home → the list is ticked → the stay → the same list home"),
    "MV-266": ("Avbrottet → sms inom en kvart → ny tid → sms när det är varmt", "The outage → text message within a quarter → a new time → text message when it is warm"),
    "MV-278": ("Flyttdagen → tre kvällar med samma person → samtal hem varje dag → första mötet dag tio", "Moving day → three evenings with the same person → a call home each day → the first meeting on day ten"),
    "MV-297": ("Ringer när man slutat jobbet → kommer fram → uppringd om det är kö", "Rings after work → gets through → called back if there is a queue"),
    "MV-315": ("Drop-in med kuvert → sorterat tillsammans → tid hos rådgivaren → plan", "Drop-in with envelopes → sorted together → time with the adviser → a plan"),
    "MV-350": ("Ett nummer → felet fördelas av oss → lagat på ett besök → bild tillbaka", "One number → the fault is shared out by us → mended in one visit → a picture back"),
    "MV-362": ("Exempel på skärmen → egen ritning → komplett första gången → beslut", "An example on the screen → one's own drawing → complete the first time → a decision"),
    "MV-369": ("Torsdag kväll → karta och kaffe → råd före virket → ansökan", "Thursday evening → map and coffee → advice before the timber → application"),
    "MV-370": ("Ringer på sitt språk → tolk inom tre minuter → frågan löst → inget barn som tolkar", "Rings in one's own language → an interpreter within three minutes → the question solved → no child interpreting"),
    "MV-400": ("Missat samtal → syns på skärmen → uppringd före fem", "A missed call → shows on the screen → called back before five"),
}  # fmt: skip
_START_UP: dict[str, tuple[Said, str]] = {
    "MV-023": (("Åtta lägenheter, två stödpersoner. En natt på härbärge kostar 1 450 kronor, en natt i lägenhet 390.", "Eight flats, two support workers. A night at a shelter costs 1,450 kronor, a night in a flat 390."), "2026-09-01"),
    "MV-062": (("Arton elever, sju lärare. Kostar som en vanlig klass och en halv; hemundervisning och skolskjuts faller bort.", "Eighteen pupils, seven teachers. Costs as a class and a half; home tuition and transport fall away."), "2026-08-18"),
    "MV-088": (("Två kvällar i veckan, fyra behandlare i skift. Betalas av jourtid som i dag går till larm.", "Two evenings a week, four counsellors in shifts. Paid by the on-call time that now goes to alarms."), "2026-10-06"),
    "MV-121": (("Tolv lägenheter i en skola som kostar 400 000 i värme. Hyran bär driften från andra året.", "Twelve flats in a school that costs 400,000 to heat. The rent carries it from the second year."), "2027-11-01"),
    "MV-227": (("Fyra barnvakter två kvällar, 310 000 kronor om året. Varje avbruten kurs kostar 26 000.", "Four child-minders two evenings, 310,000 kronor a year. Each broken-off course costs 26,000."), "2026-01-20"),
    "MV-244": (("Fem sovplatser, tre nattpersonal. Bär sig vid fyra barn, eftersom sex nattjänster kan tillsättas.", "Five beds, three night staff. Breaks even at four children, since six night posts can be filled."), "2026-11-02"),
    "MV-269": (("Råvaror 240 kronor per onsdag, köket står redan tomt.", "Food for 240 kronor a Wednesday, the kitchen is empty anyway."), "2025-11-12"),
    "MV-277": (("Sjutton deltagare, fyrtio koppar om dagen täcker råvaror och kaffemaskin.", "Seventeen participants, forty cups a day cover ingredients and the coffee machine."), "2026-10-19"),
    "MV-294": (("Genomgång för 600 låntagare, kamera och lås 180 000 kronor. Ingen ny personal.", "An introduction for 600 borrowers, camera and locks 180,000 kronor. No new staff."), "2026-09-14"),
    "MV-296": (("500 lås à 1 900 kronor, åter på två år i minskade nyckelkörningar.", "500 locks at 1,900 kronor, paid back in two years by fewer key runs."), "2026-10-01"),
    "MV-300": (("En lokal, en pedagog, en rådgivare två dagar i veckan. Delas med regionens barnavård.", "One room, one educator, one adviser two days a week. Shared with the region's child health."), "2026-10-26"),
    "MV-337": (("En samordnare för tolv arbetsplatser, ersätter det var och en ringde runt.", "One co-ordinator for twelve workplaces, in place of everybody ringing around."), "2025-09-01"),
}  # fmt: skip
# the organisation afterwards, what stays the same for users
_UNIT_ORGANISATION: dict[str, tuple[Said, Said]] = {
    "MV-030": (("Tre vuxna följer samma grupp hela dagen", "Three adults follow the same group all day"), ("Rummet, krokarna och de tre vuxna", "The room, the pegs and the three adults")),
    "MV-172": (("En morgongrupp och en kvällsgrupp med fem i varje", "A morning group and an evening group of five each"), ("Boken på köksbordet och kontaktpersonen", "The book on the kitchen table and the contact person")),
    "MV-261": (("Fem kollegor och en arbetsterapeut tar alla hemkomster", "Five colleagues and an occupational therapist take all homecomings"), ("Hemtjänstlaget tar vid efter fjorton dagar och är med på dag tio", "The home-help team takes over after fourteen days and is there on day ten")),
    "MV-272": (("Tre enheter med högst 35 medarbetare och en administratör var", "Three units of at most 35 staff, each with an administrator"), ("Personalen på våningen är densamma", "The staff on each floor stay the same")),
    "MV-276": (("Fördelning varje fredag efter tyngd, restid och motstånd", "Cases shared out every Friday by weight, travel and resistance"), ("Familjen behåller sin handläggare", "The family keeps its case worker")),
    "MV-291": (("Fyra lärare per årskurs med gemensam konferens", "Four teachers for each year with a shared conference"), ("Ämneslärarna och mentorn", "The subject teachers and the form teacher")),
    "MV-352": (("Två lärare äger klassen i två hopslagna rum", "Two teachers own the class in two joined rooms"), ("Platserna och läxdagen", "The places and homework day")),
    "MV-359": (("Städning mellan åtta och tre i fyra lag", "Cleaning between eight and three in four teams"), ("Samma person i samma hus", "The same person in the same building")),
}  # fmt: skip
# the teams before, the team afterwards
_MERGE: dict[str, tuple[tuple[Said, ...], Said]] = {
    "MV-057": ((("Städgrupp Gymnasiet", "Cleaning team, upper secondary"), ("Städgrupp Östra förskolor", "Cleaning team, eastern preschools")), ("Lokalvård Östra", "Cleaning, East")),
    "MV-159": ((("Nattpatrull Norr", "Night patrol North"), ("Nattpatrull Syd", "Night patrol South")), ("Nattpatrullen, gemensam bas", "The night patrol, one base")),
    "MV-186": ((("Kulturskolans expedition", "The culture school's office"), ("Bibliotekets disk", "The library desk")), ("En disk i biblioteket", "One desk in the library")),
    "MV-216": ((("Förskolan Lövet", "Preschool Lövet"), ("Förskolan Granen", "Preschool Granen")), ("Lövet och Granen, en rektor", "Lövet and Granen, one head")),
}  # fmt: skip

DETAILS: Mapping[str, Mapping[str, object]] = {
    **{
        code: {"source": source, "deadline": day, **({"checklist": list(lines)} if lines else {})}
        for code, (source, day, lines) in _LAW.items()
    },
    **{
        code: {"internal_customers": who, "lead_time_days": days, "volume": cases}
        for code, (who, days, cases) in _ADMINISTRATION.items()
    },
    **{code: {"journey": journey} for code, journey in _RECEPTION.items()},
    **{code: {"business_case": case, "opens_on": day} for code, (case, day) in _START_UP.items()},
    **{
        code: {"after": after, "continuity": same}
        for code, (after, same) in _UNIT_ORGANISATION.items()
    },
    **{
        code: {"teams_before": list(before), "team_after": after}
        for code, (before, after) in _MERGE.items()
    },
}
# benefits that are claimed and not read yet: what they are called, what is to be measured, in what
CLAIMS: Mapping[str, tuple[Said, Said, Said]] = {
    "MV-008": (("Friskare städare", "Healthier cleaners"), ("Korttidsfrånvaro per månad", "Short-term absence a month"), ("%", "%")),
    "MV-018": (("Färre lektioner utan känd vuxen", "Fewer lessons without a known adult"), ("Lektioner med okänd vikarie", "Lessons with an unknown substitute"), ("lektioner", "lessons")),
    "MV-019": (("Hushåll får ström snabbare på natten", "Households get power back sooner at night"), ("Minuter från larm till åtgärd, natt", "Minutes from alarm to repair, night"), ("minuter", "minutes")),
    "MV-022": (("Mer tid hos patienten", "More time with the patient"), ("Körda mil per sköterska och vecka", "Miles driven per nurse and week"), ("mil", "Swedish miles")),
    "MV-065": (("Föräldrar som litar på skolan", "Parents who trust the school"), ("Mejl med klagomål per vecka", "Complaining e-mails a week"), ("mejl", "e-mails")),
    "MV-097": (("Mindre mat i tunnan", "Less food in the bin"), ("Matsvinn per barn och lunch", "Food waste per child and lunch"), ("gram", "grams")),
    "MV-099": (("Elever som äger sitt lärande", "Pupils who own their learning"), ("Elever som kan säga sitt nästa steg", "Pupils who can tell their next step"), ("%", "%")),
    "MV-101": (("Beslut som blir av", "Decisions that happen"), ("Beslut gjorda till utsatt dag", "Decisions carried out by their day"), ("%", "%")),
    "MV-108": (("Lugnare första dygn", "A calmer first day and night"), ("Samtal från anhöriga första dygnet", "Calls from relatives in the first day"), ("samtal", "calls")),
    "MV-130": (("Halverat inköp av mellanmål", "Half the snacks bought"), ("Inköp till mellanmål per månad", "Snack purchases a month"), ("kronor", "kronor")),
    "MV-148": (("Boende gör det de vill", "Residents do what they want"), ("Önskade aktiviteter som blev av", "Wished-for activities that happened"), ("%", "%")),
    "MV-163": (("Nya lärare stannar", "New teachers stay"), ("Nya lärare kvar efter ett år", "New teachers still here after a year"), ("%", "%")),
    "MV-198": (("Kortare väg tillbaka", "A shorter way back"), ("Sjukdagar per tillfälle", "Days of sickness each time"), ("dagar", "days")),
    "MV-212": (("En säkrare gård", "A safer yard"), ("Dagar från anmäld fara till åtgärd", "Days from reported hazard to repair"), ("dagar", "days")),
    "MV-248": (("Äldre som vågar somna", "Older people who dare to fall asleep"), ("Larm under de tre första dygnen", "Alarms in the first three days"), ("larm", "alarms")),
    "MV-260": (("Invånare får ett svar direkt", "Citizens get an answer at once"), ("Ärenden rätt fördelade vid första samtalet", "Cases rightly placed at the first call"), ("%", "%")),
    "MV-273": (("Unga får ett yrke", "Young people get a trade"), ("Lärlingar som fått anställning", "Apprentices who have been employed"), ("personer", "people")),
    "MV-286": (("Fler når nivå D", "More reach level D"), ("Elever som klarar nivå D på ett år", "Learners who pass level D in a year"), ("%", "%")),
    "MV-303": (("Små teatrar får råd", "Small theatres can afford it"), ("Lån ur förrådet per månad", "Loans from the store a month"), ("lån", "loans")),
    "MV-329": (("Tryggare byte av avdelning", "A safer change of group"), ("Barn som gråter vid lämning, första veckan", "Children who cry at drop-off, first week"), ("barn", "children")),
    "MV-342": (("Lunch vid ett bord", "Lunch at a table"), ("Förare som hinner sitta ner till lunch", "Drivers who have time to sit down for lunch"), ("%", "%")),
    "MV-374": (("Deltagare som vill komma", "Participants who want to come"), ("Närvaro på onsdagar", "Attendance on Wednesdays"), ("%", "%")),
    "MV-384": (("Måndagar som går att lita på", "Mondays that can be trusted"), ("Närvaro på måndagar", "Attendance on Mondays"), ("%", "%")),
    "MV-398": (("Fler platser med handledning", "More places with supervision"), ("Arbetsplatser som tar emot", "Workplaces that take somebody"), ("platser", "places")),
}  # fmt: skip
