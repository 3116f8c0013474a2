"""What owners of initiatives write in their diaries on the way; Swedish first, English beside it."""

BEGUN = (
    (
        "Första mötet. Sju kom, två var emot, alla stannade.",
        "First meeting. Seven came, two were against, all stayed.",
    ),
    (
        "Vi skrev upp vad som är svårast i dag. Listan blev längre än tavlan.",
        "We wrote down what is hardest today. The list grew longer than the board.",
    ),
    (
        "Bad att få låna en halv dag av grannenheten. De sa ja direkt.",
        "Asked to borrow half a day from the unit next door. They said yes at once.",
    ),
    (
        "Tog upp det på arbetsplatsträffen. Största frågan: vad slutar vi med i stället?",
        "Took it up at the workplace meeting. The biggest question: what do we stop instead?",
    ),
    (
        "Har hittat någon som gjort samma sak. Vi ringer på fredag.",
        "Found somebody who has done the same. We will ring on Friday.",
    ),
    (
        "Räknade en vecka för hand. Det var inte så illa som vi trodde, men på fel ställe.",
        "Counted by hand for a week. It was not as bad as we thought, but in the wrong place.",
    ),
    (
        "Skyddsombudet var med från början i dag. Gjorde stor skillnad.",
        "The safety representative was there from the start today. It made a big difference.",
    ),
    (
        "Vi har bestämt vem som gör vad fram till nästa gång.",
        "We have settled who does what until next time.",
    ),
    (
        "En halvtimme med chefen: ja, men kom tillbaka om det kostar.",
        "Half an hour with the manager: yes, but come back if it costs.",
    ),
    (
        "Ritade hela vägen på ett smörpapper. Nu hänger det i korridoren.",
        "Drew the whole way on greaseproof paper. It hangs in the corridor now.",
    ),
)
ON_THE_WAY = (
    (
        "Provade för första gången. Ingenting gick som vi tänkt, och det blev ändå bättre.",
        "Tried it for the first time. Nothing went as planned, and it still got better.",
    ),
    ("Två nya vill vara med.", "Two more want to join."),
    (
        "Halvvägs. Vi ändrade ordningen efter att en brukare undrade varför.",
        "Halfway. We changed the order after a user asked why.",
    ),
    (
        "Stannade upp en vecka på grund av sjukdom, nu är vi igång igen.",
        "Stood still for a week because of illness, now we are going again.",
    ),
    (
        "De som tvekade mest visade det för de nya i dag.",
        "Those who doubted most showed it to the new ones today.",
    ),
    (
        "Det tar längre tid på torsdagar. Vi vet inte varför än.",
        "It takes longer on Thursdays. We do not know why yet.",
    ),
    ("Fick beröm av en anhörig i kassakön.", "Was praised by a relative in the supermarket queue."),
    (
        "Tekniken strulade hela förmiddagen, så vi gjorde det på papper.",
        "The technology failed all morning, so we did it on paper.",
    ),
    (
        "Pratade med tre som berörs. De vill ha det enklare än så här.",
        "Talked with three people concerned. They want it simpler than this.",
    ),
    (
        "Nu sitter rutinen på dörren, inte bara i pärmen.",
        "The routine is on the door now, not only in the binder.",
    ),
    (
        "Ledningsgruppen vill att fler provar. Vi vill först se en månad till.",
        "The management team wants more to try. We want to see one more month first.",
    ),
    (
        "En sak plockade vi bort. Ingen har frågat efter den.",
        "We took one thing away. Nobody has asked for it.",
    ),
)
SHOWN = (
    (
        "Siffrorna för månaden är inne. Vi vågar säga att det går åt rätt håll.",
        "The month's figures are in. We dare say it goes the right way.",
    ),
    (
        "Visade resultatet på arbetsplatsträffen. Någon applåderade, det händer inte ofta.",
        "Showed the result at the workplace meeting. Somebody clapped, which does not happen often.",
    ),
    (
        "Grannenheten kom på besök och tog med sig två saker hem.",
        "The unit next door came to visit and took two things home.",
    ),
    ("Nu fungerar det även när jag är ledig.", "It works now even when I am off."),
    (
        "Skrev ner vad vi skulle ha gjort annorlunda. En halv sida räckte.",
        "Wrote down what we would have done differently. Half a page was enough.",
    ),
    (
        "Chefen frågade om vi kan slå av på mätningen. Vi svarade: inte än.",
        "The manager asked if we could measure less. We answered: not yet.",
    ),
)
STOPPED = (
    (
        "Vi stannar här. Det är skönt att få säga det högt.",
        "We stop here. It feels good to say it aloud.",
    ),
    (
        "Berättade för laget varför vi slutar. Ingen var förvånad, flera var lättade.",
        "Told the team why we stop. Nobody was surprised, several were relieved.",
    ),
    (
        "Lämnade tillbaka pengarna och behöll listan på vad vi lärde oss.",
        "Gave the money back and kept the list of what we learned.",
    ),
)
