"""What managers of Mälarvik answer for, and what they have agreed with each other."""

# what is agreed between which top units, and what each side promises
AGREEMENTS = (
    (("SER", "BU"), ("Lunch som barnen äter upp", "Lunch that the children eat up"),
     (("Köket får närvaron senast klockan nio", "The kitchen gets the attendance by nine"), ("Personalen äter med barnen", "Staff eat with the children")),
     (("Två rätter på prov varje månad", "Two dishes on trial every month"), ("Svinnet vägs och sätts upp på dörren", "The waste is weighed and put up on the door"))),
    (("FAST", "BU"), ("Fel som lagas innan de anmäls två gånger", "Faults mended before they are reported twice"),
     (("Svar inom en arbetsdag, även när svaret är nej", "An answer within a working day, also when it is no"), ("En fast kontakt för varje skola", "One fixed contact for each school")),
     (("Vi anmäler med bild och rum", "We report with picture and room"), ("Vaktmästaren får nycklar till alla utrymmen", "The caretaker gets keys to all rooms"))),
    (("SOC", "AVU"), ("Från bistånd till arbete utan glapp", "From allowance to work without a gap"),
     (("Vi bokar trepartsmötet innan beslutet går ut", "We book the three-party meeting before the decision goes out"), ("Samma handläggare i minst tre månader", "The same officer for at least three months")),
     (("Plats i arbetsträning inom två veckor", "A training place within two weeks"), ("Besked samma dag om någon inte kommer", "Word the same day if somebody does not come"))),
    (("VO", "SER"), ("Rena rum och kända ansikten", "Clean rooms and known faces"),
     (("Vi säger till dagen före om någon flyttar in", "We tell the day before if somebody moves in"), ("Städvagnen har en egen plats", "The cleaning trolley has a place of its own")),
     (("Samma person städar samma avdelning", "The same person cleans the same ward"), ("Städdagar bestäms med boenderådet", "Cleaning days are set with the residents' council"))),
    (("SB", "EM"), ("Ett grävtillstånd, en gata, en gång", "One digging permit, one street, once"),
     (("Gemensam grävplan varje kvartal", "A joint digging plan every quarter"), ("Vi granskar på plats, inte på kontoret", "We review on site, not in the office")),
     (("Vi väntar in varandra i två veckor", "We wait for each other for two weeks"), ("Boende får ett brev, inte tre", "Residents get one letter, not three"))),
    (("KLK", "KF"), ("Administration som syns lite och hjälper mycket", "Administration that shows little and helps much"),
     (("Fakturor konteras samma vecka", "Invoices are booked the same week"), ("En person svarar, inte en brevlåda", "A person answers, not a mailbox")),
     (("Referens på varje beställning", "A reference on every order"), ("Vi säger till när något är onödigt", "We tell when something is needless"))),
    (("BU", "SOC"), ("Oro för ett barn, ett samtal", "Worry about a child, one call"),
     (("Rektor ringer innan anmälan skrivs", "The head rings before the report is written"), ("Frånvaro över tjugo procent tas upp varje månad", "Absence above twenty per cent is taken up every month")),
     (("Återkoppling inom en vecka, så långt lagen medger", "Word back within a week, as far as the law allows"), ("En namngiven kontakt per skola", "A named contact for each school"))),
    (("VO", "FAST"), ("Boenden där dörren går att öppna", "Homes where the door can be opened"),
     (("Vi samlar småfel till en lista i veckan", "We gather small faults in one list a week"), ("En kontaktperson på varje boende", "One contact at each home")),
     (("Akuta fel inom fyra timmar, alla dagar", "Urgent faults within four hours, every day"), ("Vi säger till en vecka före större arbeten", "We tell a week before larger works"))),
    (("SER", "VO"), ("Måltiden som dagens höjdpunkt", "The meal as the best part of the day"),
     (("Önskerätt varje fredag", "A wished-for dish every Friday"), ("Kocken äter med en gång i månaden", "The cook eats along once a month")),
     (("Dukat bord och ingen personal som springer", "A laid table and no staff rushing"), ("Vi väger det som blir över i två veckor per kvartal", "We weigh what is left for two weeks a quarter"))),
    (("LOG", "SER"), ("Rätt varor, färre bilar", "The right goods, fewer vans"),
     (("Två fasta leveransdagar per kök", "Two fixed delivery days for each kitchen"), ("Besked före klockan sju om något saknas", "Word before seven if something is missing")),
     (("Beställning senast onsdag klockan tolv", "Orders by Wednesday noon"), ("Tomma lådor står framme", "Empty crates are ready"))),
    (("LOG", "VO"), ("Hjälpmedel hemma i tid", "Aids at home in time"),
     (("Leverans inom två dagar från utskrivning", "Delivery within two days of discharge"), ("Samma förare i samma område", "The same driver in the same area")),
     (("Mått och kod till porten skickas med", "Measures and the door code are sent along"), ("Återlämning anmäls samma vecka", "Returns are reported the same week"))),
    (("EM", "FAST"), ("Energin vi inte använder", "The energy we do not use"),
     (("Timvärden från alla skolor varje måndag", "Hourly figures from all schools every Monday"), ("Larm när en byggnad drar på natten", "An alarm when a building runs at night")),
     (("Vi åtgärdar inom en vecka eller säger varför inte", "We mend within a week or say why not"), ("Vaktmästarna går kurs tillsammans", "The caretakers take the course together"))),
    (("SB", "DEST"), ("Evenemang utan krångel", "Events without trouble"),
     (("Ett svar om alla tillstånd inom tio dagar", "One answer about all permits within ten days"), ("En genomgång på plats", "One walk-through on site")),
     (("Ansökan är komplett från början", "The application is complete from the start"), ("Grannarna får besked två veckor före", "Neighbours are told two weeks before"))),
    (("KF", "BU"), ("Biblioteket är också ett klassrum", "The library is a classroom too"),
     (("Varje klass i årskurs 2 får en egen timme", "Each year-2 class gets an hour of its own"), ("Bokpåsar till nyanlända", "Book bags for newly arrived pupils")),
     (("Läraren stannar och läser med", "The teacher stays and reads along"), ("Lånekort ordnas av skolan", "Library cards are arranged by the school"))),
    (("AVU", "BU"), ("Praktik som leder vidare", "Practice that leads on"),
     (("Handledning ute på skolan varannan vecka", "Supervision at the school every other week"), ("Vi byter plats om det inte fungerar, inom tre dagar", "We change the place if it does not work, within three days")),
     (("Tio platser i kök och på fritids", "Ten places in kitchens and after-school care"), ("Ett riktigt schema, inte ett bredvid", "A real rota, not one beside"))),
    (("KLK", "VO"), ("Chefer som slipper leta", "Managers who need not search"),
     (("Ett nummer till HR som svarar före lunch", "One number to HR that answers before lunch"), ("Rehabmöten bokas av oss", "Rehabilitation meetings are booked by us")),
     (("Underlag samma vecka någon blir sjuk", "The papers in the same week somebody falls ill"), ("Vi säger vad som är onödigt", "We say what is needless"))),
    (("KLK", "BU"), ("Siffror som går att lita på", "Figures that can be trusted"),
     (("Samma rapport till alla, den femtonde", "The same report to all, on the fifteenth"), ("En kort text om vad som ändrats", "A short text on what has changed")),
     (("Elevantal rättade senast den tionde", "Pupil numbers put right by the tenth"), ("Vi frågar innan vi bygger en egen fil", "We ask before we build a file of our own"))),
    (("SOC", "VO"), ("Hem från sjukhuset utan mellanrum", "Home from hospital without a gap"),
     (("Beslutet är klart innan bilen kommer", "The decision is ready before the car comes"), ("Handläggaren ringer dag tre", "The officer rings on day three")),
     (("Första besöket samma kväll", "The first visit the same evening"), ("Avvikelser tas upp varje fredag", "What went wrong is taken up every Friday"))),
)  # fmt: skip
# what a manager and her superior promise each other: title, the superior's, the manager's
BETWEEN_MANAGERS = (
    (("Mandat att bestämma schema och bemanning", "A mandate to decide rota and staffing"),
     (("Jag lägger mig inte i enskilda byten", "I stay out of single swaps"), ("Besked om budget senast den tionde", "Word on the budget by the tenth")),
     (("Jag säger till innan det går över, inte efter", "I tell before it runs over, not after"), ("En gång i månaden visar jag hur det går", "Once a month I show how it goes"))),
    (("Tid för att leda", "Time to lead"),
     (("Två möten mindre i veckan", "Two meetings fewer a week"), ("Administrativt stöd på tisdagar", "Administrative help on Tuesdays")),
     (("En halv dag i veckan ute i verksamheten", "Half a day a week out in operations"), ("Samtal med alla före jul", "A dialogue with everybody before Christmas"))),
    (("Det vi ska våga i år", "What we shall dare this year"),
     (("Jag står bakom ett försök som misslyckas", "I stand behind a try that fails"), ("Jag frågar om löftena, inte om siffrorna först", "I ask about the promises, not the figures first")),
     (("Ett initiativ provat och berättat om", "One initiative tried and told about"), ("Jag stoppar det som inte hjälper", "I stop what does not help"))),
    (("Färre mål, tydligare ordning", "Fewer goals, a clearer order"),
     (("Tre mål i år, i turordning", "Three goals this year, in order"), ("När något nytt kommer säger jag vad som går bort", "When something new comes I say what goes")),
     (("Laget kan säga dem i sömnen", "The team can say them in their sleep"), ("Jag säger nej till det fjärde", "I say no to the fourth"))),
    (("Arbetsmiljön kommer först på mötet", "The work environment comes first at the meeting"),
     (("Jag läser riskbedömningen före beslutet", "I read the risk assessment before the decision"), ("Skyddsombudet är med när det börjar", "The safety representative is there when it begins")),
     (("Tillbud tas upp samma vecka", "Near misses are taken up the same week"), ("Sjukfrånvaron visas per månad, inte rullande", "Sick leave is shown by month, not rolling"))),
    (("Samarbetet över gränsen", "Working across the border"),
     (("Jag öppnar dörren hos grannförvaltningen", "I open the door at the department next door"), ("Vi delar på kostnaden första året", "We share the cost the first year")),
     (("En överenskommelse skriven före sommaren", "One agreement written before summer"), ("Vi mäter tillsammans", "We measure together"))),
)  # fmt: skip
# what managers of a top unit answer for, {unit} for the name
ASSIGNMENTS = {
    "BU": (
        ("Barn och elever på {unit} ska nå längre och vara trygga. Du leder pedagogerna, håller budgeten och ser till att frånvaro märks samma dag.", "Children and pupils at {unit} shall go further and be safe. You lead the educators, keep the budget and see that absence is noticed the same day."),
        ("Led {unit} så att varje barn blir sett. Rekrytera behöriga, följ upp stödet varje månad och säg till när det inte räcker.", "Lead {unit} so that every child is seen. Recruit qualified staff, follow up support every month and say when it is not enough."),
    ),
    "VO": (
        ("De vi hjälper på {unit} ska möta få och kända ansikten. Du svarar för bemanning, kvalitet och att avvikelser leder till något.", "Those we help at {unit} shall meet few and known faces. You answer for staffing, quality and that incidents lead to something."),
        ("Led {unit} så att brukaren bestämmer mer om sin dag. Kontinuitet, genomförandeplaner som stämmer, och en arbetsmiljö som håller året runt.", "Lead {unit} so that users decide more about their day. Continuity, care plans that are true, and a work environment that lasts all year."),
    ),
    "SOC": (
        ("Vägen till rätt stöd ska bli kortare. På {unit} svarar du för rättssäkra beslut, rimliga ärendemängder och att ingen väntar i onödan.", "The way to the right support shall be shorter. At {unit} you answer for lawful decisions, a fair number of cases and that nobody waits in vain."),
    ),
    "SER": (
        ("{unit} är till för dem som äter, leker, lär och bor hos oss. Leverera i tid, minska svinnet och håll överenskommelserna.", "{unit} is there for those who eat, play, learn and live with us. Deliver on time, cut the waste and keep the agreements."),
    ),
    "AVU": (
        ("Fler ska gå vidare till arbete eller studier. Led {unit} med individuella planer, arbetsgivare nära och uppföljning efter sex månader.", "More shall move on to work or studies. Lead {unit} with individual plans, employers close and a follow-up after six months."),
    ),
    "KF": (
        ("{unit} ska vara öppet när människor är lediga och för dem som inte brukar komma. Du svarar för verksamhet, personal och ideella krafter.", "{unit} shall be open when people are free and for those who do not usually come. You answer for activities, staff and volunteers."),
    ),
    "SB": (
        ("Det ska vara enkelt att bo, bygga och driva företag. På {unit} svarar du för tider som håller, begripliga beslut och en stad som hänger ihop.", "It shall be easy to live, build and run a business. At {unit} you answer for times that hold, decisions that can be understood and a town that hangs together."),
    ),
    "KLK": (
        ("{unit} hjälper dem som hjälper invånarna. Korta svar, siffror som stämmer och ett stöd som chefer faktiskt använder.", "{unit} helps those who help the citizens. Short answers, figures that are right and a support that managers really use."),
    ),
    "EM": (
        ("Säker försörjning, lägre klimatpåverkan och en rak taxa. Du leder {unit} affärsmässigt och i linje med ägardirektivet.", "Safe supply, less climate impact and a straight tariff. You lead {unit} in a businesslike way and in line with the owner's directive."),
    ),
    "FAST": (
        ("Lokaler som fungerar för dem som är i dem. På {unit} svarar du för fel som lagas, energin som inte används och dialogen med hyresgästerna.", "Premises that work for those who are in them. At {unit} you answer for faults that are mended, energy not used and the dialogue with tenants."),
    ),
    "LOG": (
        ("Rätt vara på rätt plats med så få mil som möjligt. Led {unit} med fasta tider, säkra förare och öppna siffror.", "The right thing in the right place with as few miles as possible. Lead {unit} with fixed times, safe drivers and open figures."),
    ),
    "DEST": (
        ("Fler ska hitta till Mälarvik och fler här ska ha glädje av det. Du leder {unit} nära företagen, föreningarna och staden.", "More shall find their way to Mälarvik and more here shall gain from it. You lead {unit} close to businesses, associations and the town."),
    ),
}  # fmt: skip
OTHER_ASSIGNMENT = (
    "Svara för verksamhet, ekonomi och arbetsmiljö på {unit}, och för att målen når dem vi är till för.",
    "Answer for operations, economy and work environment at {unit}, and for the goals reaching those we are here for.",
)
