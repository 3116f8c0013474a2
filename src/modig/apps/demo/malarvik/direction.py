"""Where Mälarvik is going: vision, shifts, goals, strategy. Swedish first, English beside it."""

VISION = {
    "title": ("Tillsammans gör vi Mälarvik", "Together we make Mälarvik"),
    "lead": (
        "Mälarvik är en kommun där människor vågar, lär av varandra och möts över gränser.",
        "Mälarvik is a municipality where people dare, learn from each other and meet across borders.",
    ),
}
STATEMENTS = (
    ("Alla barn blir sedda och når längre än de själva trodde.", "Every child is seen and goes further than it thought it could."),
    ("Den som behöver stöd möter en dörr, inte en labyrint.", "Whoever needs support meets one door, not a maze."),
    ("Den som blir gammal här känns igen av den som hjälper till.", "Whoever grows old here is known by the one who helps."),
    ("Det är enkelt att bo, bygga och driva företag i Mälarvik.", "It is easy to live, build and run a business in Mälarvik."),
    ("Vi lämnar över en stad som är lättare att leva i än den vi fick.", "We hand over a town that is easier to live in than the one we were given."),
)  # fmt: skip
# from, to, and (year, level, what is seen) from the baseline on
SHIFTS = (
    (("En förvaltande organisation", "An administrating organisation"),
     ("En modern kunskapsorganisation", "A modern knowledge organisation"),
     ((2024, 2, ("Vi kan våra regler bättre än våra brukares vardag.", "We know our rules better than our users' everyday life.")),
      (2025, 2, ("Enstaka enheter prövar och delar, de flesta väntar.", "Single units try and share, most wait.")),
      (2026, 3, ("Fyra förvaltningar lär av varandra på möten utanför stuprören.", "Four departments learn from each other outside their silos.")))),
    (("Var förvaltning för sig", "Each department by itself"),
     ("En koncern som möts runt invånaren", "One group that meets around the citizen"),
     ((2024, 1, ("Invånaren är den som samordnar oss.", "The citizen is the one who co-ordinates us.")),
      (2025, 2, ("De första överenskommelserna mellan enheter är skrivna.", "The first agreements between units are written.")),
      (2026, 3, ("Sextio initiativ drivs av flera förvaltningar tillsammans.", "Sixty initiatives are run by several departments together.")))),
    (("Chefen har svaren", "The manager has the answers"),
     ("Laget prövar, lär och vågar säga till", "The team tries, learns and dares to speak up"),
     ((2024, 2, ("Möten är information uppifrån.", "Meetings are information from above.")),
      (2026, 3, ("Fler lag stoppar det som inte fungerar och berättar varför.", "More teams stop what does not work and tell why.")))),
)  # fmt: skip
AREAS = (
    ("F1", ("Trygg start och bildning", "A safe start and learning")),
    ("F2", ("Omsorg nära dig", "Care close to you")),
    ("F3", ("En hållbar och växande stad", "A growing, sustainable city")),
    ("F4", ("En modern kunskapsorganisation", "A modern knowledge organisation")),
)
# code, area, name, orientations, sources (by key below)
GOALS = (
    ("G1", "F1", ("Alla barn når längre i förskola och skola", "All children go further in preschool and school"), ("results", "customer"), ("school",)),
    ("G2", "F1", ("Fler unga och vuxna i arbete eller studier", "More young people and adults in work or studies"), ("results",), ("council",)),
    ("G3", "F2", ("Kortare väg till rätt stöd", "A shorter way to the right support"), ("customer", "flexibility"), ("social",)),
    ("G4", "F2", ("Äldre möter få och kända ansikten", "Older people meet few and known faces"), ("customer",), ("social",)),
    ("G5", "F2", ("Brukare bestämmer mer om sin vardag", "Users decide more about their everyday life"), ("customer", "flexibility"), ("support",)),
    ("G6", "F3", ("Enkelt att bo, bygga och driva företag", "Easy to live, build and run a business"), ("customer", "businesslike"), ("building",)),
    ("G7", "F3", ("Mindre klimatpåverkan från vår egen verksamhet", "Less climate impact from our own operations"), ("results", "businesslike"), ("council",)),
    ("G8", "F3", ("Levande mötesplatser och kultur för alla", "Lively meeting places and culture for all"), ("customer",), ()),
    ("G9", "F4", ("Chefer och medarbetare som håller och utvecklas", "Managers and staff who last and develop"), ("flexibility",), ("work",)),
    ("G10", "F4", ("En administration som hjälper i stället för hindrar", "An administration that helps instead of hindering"), ("businesslike", "customer"), ()),
)  # fmt: skip
# code, parent, top unit, name
UNIT_GOALS = (
    ("G1-BU", "G1", "BU", ("Varje elev har minst godkänt i svenska i årskurs 6", "Every pupil passes Swedish in year 6")),
    ("G1-BU-N", "G1-BU", "BU", ("Frånvaro märks samma dag och följs upp inom en vecka", "Absence is noticed the same day and followed up within a week")),
    ("G2-AVU", "G2", "AVU", ("Hälften av deltagarna går vidare inom ett halvår", "Half of the participants move on within six months")),
    ("G3-SOC", "G3", "SOC", ("Första mötet inom fem dagar", "The first meeting within five days")),
    ("G3-SOC-M", "G3-SOC", "SOC", ("En handläggare följer med hela vägen", "One officer stays all the way")),
    ("G4-VO", "G4", "VO", ("Högst tolv olika personer på fjorton dagar", "At most twelve different people in fourteen days")),
    ("G5-VO", "G5", "VO", ("Alla har en plan som de själva har skrivit under", "Everybody has a plan that they have signed themselves")),
    ("G6-SB", "G6", "SB", ("Bygglov inom fem veckor från komplett ansökan", "Permits within five weeks of a complete application")),
    ("G7-SER", "G7", "SER", ("Halverat matsvinn i alla kök", "Food waste halved in every kitchen")),
    ("G7-LOG", "G7", "LOG", ("Hälften så många tomma körningar", "Half as many empty runs")),
    ("G8-KF", "G8", "KF", ("Öppet när människor är lediga", "Open when people are free")),
    ("G10-KLK", "G10", "KLK", ("Rätt från början i sju av åtta ärenden", "Right at once in seven cases of eight")),
)  # fmt: skip
# key, kind, name, reference, decided or applies from
SOURCES = (
    ("school", "law", ("Skollagen", "The Education Act"), "SFS 2010:800"),
    ("social", "law", ("Socialtjänstlagen", "The Social Services Act"), "SFS 2025:400"),
    ("support", "law", ("Lagen om stöd och service till vissa funktionshindrade", "The Act on Support and Service for Persons with Certain Functional Impairments"), "SFS 1993:387"),
    ("building", "law", ("Plan- och bygglagen", "The Planning and Building Act"), "SFS 2010:900"),
    ("work", "law", ("Arbetsmiljölagen", "The Work Environment Act"), "SFS 1977:1160"),
    ("council", "council", ("Mål och budget 2025–2028", "Goals and budget 2025–2028"), "KF 2024-11-18 § 164"),
)  # fmt: skip
LEADERSHIP = (
    ("2024-03-12", ("Som chefer ska vi vara tydliga, närvarande och följa upp.", "As managers we shall be clear, present and follow up."), ""),
    ("2025-02-04", ("Vi är tydliga med vad som gäller, närvarande där arbetet görs, och vågar fråga innan vi svarar.", "We are clear about what applies, present where work is done, and dare to ask before we answer."),
     ("Cheferna ville se modet, inte bara ordningen.", "The managers wanted to see the courage, not only the order.")),
    ("2026-03-10", ("Vi är tydliga med vad som gäller och varför. Vi är närvarande där arbetet görs. Vi vågar fråga innan vi svarar, pröva innan vi vet, och stoppa det som inte hjälper.", "We are clear about what applies and why. We are present where work is done. We dare to ask before we answer, to try before we know, and to stop what does not help."),
     ("Tolv ledningsgrupper skrev om den efter ett år: att få stoppa saknades.", "Twelve management teams rewrote it after a year: being allowed to stop was missing.")),
)  # fmt: skip
STRATEGY = (
    ("Modigt Ledarskap", "Brave Leadership"),
    (
        "När hela ledningsgrupper från olika håll lär tillsammans, och prövar hemma mellan träffarna, förändras vardagen snabbare än av direktiv.",
        "When whole management teams from different parts learn together, and try at home between the meetings, everyday work changes faster than by directives.",
    ),
)
THEORY = (
    ("input", ("Tid: åtta dagar för varje chef och nyckelperson", "Time: eight days for every manager and key person"), ("verksamheten är bemannad under tiden", "operations are staffed meanwhile")),
    ("activity", ("Hela ledningsgrupper möts i blandade programgrupper", "Whole management teams meet in mixed programme groups"), ("grupperna blandas på riktigt", "the groups are really mixed")),
    ("use", ("Varje deltagare lovar något och berättar vad som hände", "Each participant promises something and tells what happened"), ("närmaste chefen frågar", "the nearest manager asks")),
    ("change", ("Lokala förändringsinitiativ och överenskommelser mellan enheter", "Local change initiatives and agreements between units"), ("de får stoppas lika gärna som startas", "they may be stopped as gladly as started")),
    ("benefit", ("Brukare, kunder och medborgare märker skillnaden", "Users, customers and citizens notice the difference"), ("någon mäter innan och efter", "somebody measures before and after")),
)  # fmt: skip
