"""What six initiatives have behind them beside their texts: unit, days, what their sort asks for.

The rest of their story is in ``initiatives.jsonl``: diary, gates, quotations, readings. Swedish
first, English beside it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BenefitStory:
    """What the register says of a benefit, beside its readings.

    ``changed_on``: when the new way began; without it nothing was read before, as in an operation
    that was not there. ``notes``: what is said of the reading so many months back.
    """

    name: Said
    method: Said
    cost: Said
    assumptions: Said
    changed_on: dt.date | None = None
    evidence: Said = ("", "")
    is_realised: bool | None = None
    national: str = ""
    notes: Mapping[int, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """``details`` are texts in both languages, lists of such, or what is the same in every language."""

    unit: str
    started_on: dt.date
    details: Mapping[str, object]
    benefits: Sequence[BenefitStory]
    challenge: Said
    ended_on: dt.date | None = None
    routine: Said = ("", "")
    born_in: str = ""
    questions: Sequence[tuple[Said, Said]] = ()


SICK_LEAVE_IS_LATE = (
    "Preliminär: lönekörningen är inte klar, ungefär tre fjärdedelar av månaden är med.",
    "Provisional: payroll is not done yet, about three quarters of the month is in.",
)
STORIES = {
    "MV-001": Story(
        unit="VO0101",
        started_on=dt.date(2025, 12, 22),
        ended_on=dt.date(2026, 10, 8),
        routine=(
            "Verksamhetsplanen för Hemtjänst Norr 2027, avsnittet om planering",
            "The 2027 operational plan of Hemtjänst Norr, the section on planning",
        ),
        challenge=(
            "En anhörigs fråga på öppet hus: hur många har nyckel till mamma?",
            "A relative's question at the open house: how many have a key to Mum's flat?",
        ),
        details={
            "teams_before": [
                ("Hemtjänsten Norra (VO0197)", "Hemtjänsten Norra (VO0197)"),
                ("Hemtjänsten Ängen (VO0198)", "Hemtjänsten Ängen (VO0198)"),
            ],
            "team_after": "VO0101",
            "people": 31,
            "merges_on": "2026-03-30",
        },
        benefits=(
            BenefitStory(
                name=("Äldre känner igen den som kommer", "Older people know who comes"),
                method=(
                    "Planeringssystemet: olika namn per brukare under 14 dagar, alla med minst två besök om dagen",
                    "The planning system: different names per person in 14 days, everyone with at least two visits a day",
                ),
                cost=(
                    "120 timmar för två planerare och fyra arbetsplatsträffar",
                    "120 hours for two planners and four workplace meetings",
                ),
                assumptions=(
                    "Håller så länge vakanserna är färre än tre. Sommarmånaderna jämförs med förra sommaren.",
                    "Holds as long as there are fewer than three vacancies. Summer months are compared with last summer.",
                ),
                changed_on=dt.date(2026, 4, 1),
                is_realised=True,
                evidence=(
                    "Planeringssystemets uttag för april till oktober, och brukarenkäten i september: 81 av 104 vet vem som kommer i kväll.",
                    "Extracts from the planning system for April to October, and the user survey in September: 81 of 104 know who comes tonight.",
                ),
                national="X99002",
                notes={
                    3: (
                        "Juli: fyra brukare på korttidsboende är inte med.",
                        "July: four people in short-term care are not included.",
                    )
                },
            ),
            BenefitStory(
                name=("Mindre tid till planering", "Less time spent on planning"),
                method=("Planerarnas egen tidrapport, per vecka", "The planners' own time sheets, by week"),
                cost=("Ingen, samma system", "None, the same system"),
                assumptions=(
                    "Timmarna går till besök, inte till andra administrativa uppgifter.",
                    "The hours go to visits, not to other administration.",
                ),
                changed_on=dt.date(2026, 4, 1),
                is_realised=True,
                evidence=(
                    "Tidrapporterna, och att en halv planerartjänst nu kör turer tre dagar i veckan.",
                    "The time sheets, and that half a planner's post now drives rounds three days a week.",
                ),
            ),
            BenefitStory(
                name=("Hjälpen kommer när den är lovad", "Help comes when it is promised"),
                method=(
                    "Nyckellåsens tidsstämplar mot planerad tid, alla besök före klockan tolv",
                    "The key locks' time stamps against planned time, all visits before noon",
                ),
                cost=("Låsen fanns redan", "The locks were there already"),
                assumptions=(
                    "Larmbesök räknas inte. Snö i februari drog ner siffran i båda lagen.",
                    "Alarm visits are not counted. Snow in February pulled the figure down in both teams.",
                ),
                changed_on=dt.date(2026, 4, 1),
                notes={
                    8: (
                        "Låsen på Ängen stod stilla i sex dagar, de besöken saknas.",
                        "The locks in Ängen were down for six days, those visits are missing.",
                    )
                },
            ),
        ),
        questions=(
            (
                ("Hur gjorde ni med bilarna? Vi fastnar alltid där.", "What did you do about the cars? We always get stuck there."),
                ("Lottade i två veckor, sedan bestämde laget själva. Ring så skickar jag listan.", "Drew lots for two weeks, then the team decided. Ring me and I will send the list."),
            ),
        ),
    ),
    "MV-002": Story(
        unit="BU",
        started_on=dt.date(2025, 11, 26),
        challenge=(
            "Skolinspektionens fråga till huvudmannen: kan alla elever nå alla fem?",
            "The school inspectorate's question to the authority: can every pupil reach all five?",
        ),
        details={
            "source": ("Skollagen 2 kap. 25–28 §§", "The Education Act, chapter 2, sections 25–28"),
            "deadline": "2026-07-01",
        },
        benefits=(
            BenefitStory(
                name=("Elever får hjälp inom två veckor", "Pupils get help within two weeks"),
                method=(
                    "Elevhälsans ärendelista: dagar mellan anmälan och första mötet, mitten av alla avslutade i månaden",
                    "The student health case list: days between referral and first meeting, the middle of all closed in the month",
                ),
                cost=(
                    "En skolpsykolog till, 720 000 kronor om året, och resor mellan skolor",
                    "One more school psychologist, 720,000 kronor a year, and travel between schools",
                ),
                assumptions=(
                    "Loven räknas inte som väntan. Två skolor utan specialpedagog drar upp mitten.",
                    "School breaks do not count as waiting. Two schools without a special educator pull the middle up.",
                ),
                changed_on=dt.date(2026, 2, 1),
                national="X99005",
                notes={
                    3: ("Juli: bara elva anmälningar.", "July: only eleven referrals."),
                    2: ("Augusti räknas från skolstart.", "August is counted from the start of term."),
                },
            ),
            BenefitStory(
                name=("Lika rätt till elevhälsa på alla skolor", "The same right to student health at every school"),
                method=(
                    "Rektors intyg den sista i månaden, granskat av förvaltningens jurist varje termin",
                    "The head's certificate on the last of the month, checked by the department's lawyer each term",
                ),
                cost=("Fyra dagar för jurist och samordnare", "Four days for lawyer and co-ordinator"),
                assumptions=("Tillgång betyder tid i schemat, inte bara ett namn.", "Access means time in the timetable, not just a name."),
                changed_on=dt.date(2026, 2, 1),
                is_realised=True,
                evidence=(
                    "Nitton undertecknade intyg från september 2026, och nämndens protokoll § 88.",
                    "Nineteen signed certificates from September 2026, and the board's minutes § 88.",
                ),
            ),
            BenefitStory(
                name=("Mentorer vet vem de ska fråga", "Form teachers know whom to ask"),
                method=("Tre frågor till alla mentorer, svar från 140–170 av 188", "Three questions to all form teachers, answers from 140–170 of 188"),
                cost=("Tjugo minuter i månaden", "Twenty minutes a month"),
                assumptions=("De som inte svarar kan vara de som vet minst.", "Those who do not answer may be those who know least."),
                changed_on=dt.date(2026, 3, 1),
            ),
        ),
        questions=(
            (
                ("Får vi låna startmötets dagordning till gymnasiet?", "May we borrow the opening meeting's agenda for upper secondary?"),
                ("Ja, den är en halv sida. Byt ut vårdnadshavare mot eleven själv.", "Yes, it is half a page. Put the pupil where it says guardian."),
            ),
        ),
    ),
    "MV-003": Story(
        unit="SB01",
        started_on=dt.date(2025, 11, 24),
        ended_on=dt.date(2026, 10, 30),
        routine=(
            "Överenskommelsen mellan administrationen och ledningsgruppen, fem tjänstelöften",
            "The agreement between administration and the management team, five service promises",
        ),
        challenge=(
            "Bygglovschefens sista bild på ledningsdagen: tre dagar arbete, 41 dagar väntan",
            "The permit manager's last slide at the management day: three days of work, 41 days of waiting",
        ),
        details={
            "flow": ("Från komplett ansökan till beslut, med faktura och arkiv på vägen", "From complete application to decision, with invoice and archive on the way"),
            "internal_customers": ("38 handläggare på bygglov, plan och miljö", "38 case officers in permits, planning and environment"),
            "lead_time_days": 41,
            "volume": 640,
        },
        benefits=(
            BenefitStory(
                name=("Besked två veckor tidigare", "A decision two weeks earlier"),
                method=("Ärendesystemet: dagar från komplett till beslut, mitten av månadens beslut", "The case system: days from complete to decision, the middle of the month's decisions"),
                cost=("Skanning 310 000 kronor, 400 timmar av egen tid", "Scanning 310,000 kronor, 400 hours of our own time"),
                assumptions=("Antalet ansökningar är ungefär detsamma: 48–61 i månaden.", "The number of applications is about the same: 48–61 a month."),
                changed_on=dt.date(2026, 2, 1),
                is_realised=True,
                evidence=("Ärendesystemets månadsrapport februari–oktober 2026, granskad av controller.", "The case system's monthly report February–October 2026, checked by the controller."),
                national="X99003",
                notes={3: ("Juli: 19 beslut, semester.", "July: 19 decisions, holidays.")},
            ),
            BenefitStory(
                name=("Fakturor betalas i tid", "Invoices are paid on time"),
                method=("Ekonomisystemet, betalda senast förfallodagen av alla betalda", "The finance system, paid by the due date out of all paid"),
                cost=("Ingen", "None"),
                assumptions=("Leverantörer utan referenskod får fakturan tillbaka samma vecka.", "Suppliers without a reference code get the invoice back the same week."),
                changed_on=dt.date(2026, 1, 1),
                is_realised=True,
                evidence=("Påminnelseavgifterna gick från 41 000 till 3 000 kronor på ett halvår.", "Reminder fees went from 41,000 to 3,000 kronor in half a year."),
            ),
            BenefitStory(
                name=("Handläggarna är nöjda med hjälpen", "Case officers are content with the help"),
                method=("Åtta frågor till 38 handläggare var sjätte vecka, index 0–100", "Eight questions to 38 case officers every six weeks, index 0–100"),
                cost=("Fem minuter per person och omgång", "Five minutes a person and round"),
                assumptions=("Frågan om telefonen efter tre är alltid lägst.", "The question about the phone after three is always lowest."),
                changed_on=dt.date(2026, 5, 1),
            ),
        ),
        questions=(
            (
                ("Skannade ni själva eller köpte ni?", "Did you scan yourselves or buy it?"),
                ("Köpte de 2 400 vi oftast hämtade. Resten tar vi när någon frågar.", "Bought the 2,400 we fetched most often. We take the rest when somebody asks."),
            ),
        ),
    ),
    "MV-004": Story(
        unit="AVU0205",
        started_on=dt.date(2025, 9, 8),
        challenge=("Ett tomt kök i hamnen och elva deltagare som ville laga mat på riktigt", "An empty kitchen by the harbour and eleven participants who wanted to cook for real"),
        details={
            "business_case": (
                "38 gäster om dagen betalar råvaror, hyra och halva kocken. Resten är arbetsträning som annars hade kostat mer i köpta platser.",
                "38 guests a day pay for food, rent and half the chef. The rest is work training that would have cost more as bought places.",
            ),
            "premises": ("Hamnmagasinet, bottenvåningen, 64 platser, hyrs av Kommunfastigheter", "Hamnmagasinet, ground floor, 64 seats, rented from Kommunfastigheter"),
            "permits": [
                ("[x] Registrering som livsmedelsanläggning, miljökontoret", "[x] Registration as a food business, the environment office"),
                ("[x] Bygglov för ändrad användning", "[x] Building permit for changed use"),
                ("[x] Fettavskiljare godkänd av Energi & Miljö", "[x] Grease separator approved by Energi & Miljö"),
                ("[x] Brandskyddsdokumentation", "[x] Fire-safety documentation"),
                ("[x] Kassaregister anmält", "[x] Cash register reported"),
            ],
            "opens_on": "2026-01-12",
            "yearly_cost": 2850,
        },
        benefits=(
            BenefitStory(
                name=("Fler deltagare får jobb eller börjar studera", "More participants get a job or begin to study"),
                method=("Andel som gått till arbete eller studier av dem som slutat de senaste tre månaderna", "Share who went on to work or studies among those who left in the last three months"),
                cost=("En kock på halvtid från Service, 310 000 kronor om året", "A half-time chef from Service, 310,000 kronor a year"),
                assumptions=("Få slutar varje månad, så enstaka personer flyttar siffran mycket.", "Few leave each month, so single persons move the figure a lot."),
                changed_on=dt.date(2026, 1, 12),
                national="X99006",
                notes={0: ("Två väntar på besked om studieplats.", "Two are waiting to hear about a study place.")},
            ),
            BenefitStory(
                name=("Mälarvikare äter lunch i hamnen", "People of Mälarvik have lunch by the harbour"),
                method=("Kassan, sålda luncher per öppen dag", "The till, lunches sold per open day"),
                cost=("Ingår i driften", "Part of running it"),
                assumptions=("Båtsäsongen lyfter maj till augusti.", "The boating season lifts May to August."),
            ),
            BenefitStory(
                name=("Restaurangen bär sina egna kostnader", "The restaurant carries its own costs"),
                method=("Ekonomisystemet, intäkter delat med kostnader utom handledarnas lön", "The finance system, income divided by costs except the supervisors' pay"),
                cost=("Startkostnad 640 000 kronor", "Start-up cost 640,000 kronor"),
                assumptions=("Handledarlönen räknas som arbetsträning och är inte med.", "The supervisors' pay counts as work training and is not included."),
                notes={9: ("Första månaden, öppet tre dagar i veckan.", "The first month, open three days a week.")},
            ),
        ),
    ),
    "MV-005": Story(
        unit="BU0101",
        started_on=dt.date(2025, 6, 26),
        challenge=("Personalens egen skiss på fikarumsväggen, ritad efter en vecka med elva vikarier", "The staff's own sketch on the coffee-room wall, drawn after a week with eleven substitutes"),
        details={
            "before": ("Sex avdelningar med sexton barn och tre pedagoger var, gemensam gård", "Six departments with sixteen children and three educators each, a shared yard"),
            "after": ("Tre hemvister: Skogen, Sjön och Ängen, med 32 barn och sex pedagoger var", "Three home areas: Skogen, Sjön and Ängen, with 32 children and six educators each"),
            "staffing": 18,
            "affected": 96,
            "continuity": (
                "Varje barn behöll minst en pedagog och sin egen hylla. Syskon hamnade i samma hemvist.",
                "Each child kept at least one educator and their own shelf. Siblings went to the same home area.",
            ),
        },
        benefits=(
            BenefitStory(
                name=("Trygga barn och föräldrar", "Children and parents who feel safe"),
                method=("Sex frågor till vårdnadshavare varje månad, 41–58 svar av 96, index 0–100", "Six questions to guardians every month, 41–58 answers of 96, index 0–100"),
                cost=("Tre tamburer, 85 000 kronor", "Three cloakrooms, 85,000 kronor"),
                assumptions=("Nya familjer i augusti svarar oftare än gamla.", "New families in August answer more often than old ones."),
                changed_on=dt.date(2025, 11, 3),
                notes={4: ("Juni: 41 svar, färre än vanligt.", "June: 41 answers, fewer than usual.")},
            ),
            BenefitStory(
                name=("Samma vuxna hela veckan", "The same adults all week"),
                method=("Schemat mot närvaron, en vecka i månaden, alla 96 barn", "The rota against attendance, one week a month, all 96 children"),
                cost=("Två timmar i månaden", "Two hours a month"),
                assumptions=("Veckan väljs av slumpen, inte av oss.", "The week is chosen by lot, not by us."),
                changed_on=dt.date(2025, 11, 3),
                is_realised=True,
                evidence=("Närvarolistorna för tolv slumpade veckor, kontrollerade av områdeschefen.", "Attendance lists for twelve random weeks, checked by the area manager."),
            ),
            BenefitStory(
                name=("Friskare personal", "Healthier staff"),
                method=("Lönesystemet, sjukfrånvaro i procent av ordinarie tid, månadens eget värde och inte rullande år", "The payroll system, sick leave in per cent of ordinary time, the month's own value and not the rolling year"),
                cost=("Ingen", "None"),
                assumptions=("Arton personer: en lång sjukskrivning är fem procent.", "Eighteen people: one long sick leave is five per cent."),
                changed_on=dt.date(2025, 11, 3),
                is_realised=False,
                evidence=("Ingen skillnad efter ett år. Vi lovar det inte längre.", "No difference after a year. We no longer promise it."),
                national="X99004",
                notes={0: SICK_LEAVE_IS_LATE, 8: ("Influensa i februari.", "Flu in February.")},
            ),
        ),
        questions=(
            (
                ("Vad sa föräldrarna om 32 barn?", "What did the parents say about 32 children?"),
                ("Först nej. Öppet hus varje fredag och löftet att få backa gjorde skillnaden.", "First no. Open house every Friday and the promise to turn back made the difference."),
            ),
        ),
    ),
    "MV-006": Story(
        unit="SOC0401",
        started_on=dt.date(2025, 12, 10),
        challenge=("Tio besökare följda med stoppur", "Ten visitors followed with a stopwatch"),
        details={
            "journey": (
                "Dörr eller telefon → samma handläggare lyssnar → tid bokas på stället → första mötet inom fem dagar",
                "Door or telephone → the same case worker listens → a time is booked on the spot → first meeting within five days",
            ),
            "waiting_days": 9,
            "visitors": 1900,
            "treatment": (
                "En fråga på en skärm vid utgången: ”Blev du bemött som du ville?”, 1 till 5",
                "One question on a screen by the exit: “Were you met as you wished?”, 1 to 5",
            ),
        },
        benefits=(
            BenefitStory(
                name=("Kortare väntan på första mötet", "A shorter wait for the first meeting"),
                method=("Ärendesystemet: dagar från första kontakt till första möte, alla nya i månaden", "The case system: days from first contact to first meeting, all new ones in the month"),
                cost=("Fyra handläggare i mottagning varje förmiddag", "Four case workers in reception every morning"),
                assumptions=("Två vakanta tjänster ger en halv dag längre väntan.", "Two vacant posts make the wait half a day longer."),
                changed_on=dt.date(2026, 2, 1),
                is_realised=True,
                evidence=("Ärendesystemet februari–oktober 2026, 1 430 nya ärenden.", "The case system February–October 2026, 1,430 new cases."),
                national="X99001",
                notes={1: ("September: två handläggare slutade.", "September: two case workers left.")},
            ),
            BenefitStory(
                name=("Besökare känner sig väl bemötta", "Visitors feel well met"),
                method=("Skärmen vid utgången, 90–160 svar i månaden", "The screen by the exit, 90–160 answers a month"),
                cost=("Skärmen 9 000 kronor", "The screen 9,000 kronor"),
                assumptions=("Den som är mest arg kanske inte stannar vid skärmen.", "Whoever is angriest may not stop at the screen."),
                changed_on=dt.date(2026, 2, 1),
            ),
            BenefitStory(
                name=("Fler kommer fram på telefon", "More get through on the phone"),
                method=("Växelns statistik, besvarade av alla samtal som väntat mer än tio sekunder", "The switchboard's statistics, answered out of all calls that waited more than ten seconds"),
                cost=("Ingen, telefontiden flyttades", "None, the phone hour was moved"),
                assumptions=("Räknar inte den som ringer igen.", "Does not count whoever calls again."),
                changed_on=dt.date(2026, 2, 1),
                notes={5: ("Maj: statistiken saknas för tre dagar.", "May: three days are missing from the statistics.")},
            ),
        ),
        questions=(
            (
                ("Kan växeln hos oss få samma bokningsbild?", "Can our switchboard get the same booking view?"),
                ("Ja. Be om läsrättighet till tiderna, inte till ärendena, så säger dataskyddsombudet ja.", "Yes. Ask for the right to read times, not cases, and the data-protection officer will say yes."),
            ),
        ),
    ),
}  # fmt: skip
