"""What local change in a municipality is often about, and the words that people use for it.

An organisation starts with these clusters and makes them its own: names, words, and what lies in
them. Each has its name in Swedish and English and the words, parted by |; several words count only
together, one word also as a part of a compound.
"""

STARTING_CLUSTERS = (
    (
        "Vägen in",
        "A way in",
        "väg in|reception|mottagning|mottagande|expedition|entré|kundtjänst|lotsar|besöksdisk|informationsdisk|medborgarservice|en dörr in|en ingång|ett nummer|bollas runt|kopplas runt|rätt person|startcenter|lucka|hänvisa|första kontakten|ta emot|tar emot",
    ),
    (
        "Telefonen",
        "The telephone",
        "telefon|telefontid|ringer|ringa|växel|svara|påringning|knappval|återuppringning|luren|kontaktcenter|missat samtal|rings upp|samtal|bemötande|ton",
    ),
    (
        "Kontinuitet",
        "Continuity",
        "kontinuitet|samma ansikten|fast|ansikten|kontaktman|kontaktperson|färre personer|samma person|samma medarbetare|olika människor|omsorgskontakt|brukare|bekant|hemtjänst|boende",
    ),
    (
        "Elevhälsa",
        "Pupils' health",
        "elevhälsa|skolsköterska|kurator|skolpsykolog|elevhälsoteam|skolläkare|hälsobesök|psykisk ohälsa|hälsosamtal",
    ),
    (
        "Fakturor",
        "Invoices",
        "faktura|attest|attestera|attestant|leverantör|betalning|beställningsnummer|påminnelseavgift|dröjsmål|utlägg|kvitto|kontering|utbetalning|ersättning|betala|bokföring",
    ),
    (
        "En bra start på jobbet",
        "A good start at work",
        "introduktion|nyanställd|nya medarbetare|nya kollegor|fadder|vikariepärm|första veckan|gå bredvid|bredvid|ny lärare|sommarvikarie|nyexaminerad|nyutexaminerad|introducera|hundra dagar",
    ),
    (
        "Möten",
        "Meetings",
        "möten|mötestid|dagordning|sammanträde|ledningsgrupp|APT|arbetsplatsträff|protokoll|mötesfri|beslutsmöte|ståmöte|beslutspunkt|bordläggning|planeringstid",
    ),
    (
        "Skolnärvaro",
        "School attendance",
        "skolnärvaro|frånvaro|skolfrånvaro|hemmasittare|närvaroteam|ströfrånvaro|skolk|skolka|ogiltig frånvaro|sen ankomst|komma till skolan|gå till skolan|borta från skolan|ledighet|elever",
    ),
    (
        "Lag som blir ett",
        "Teams that become one",
        "sammanslagning|slå ihop|slår ihop|slås ihop|blir ett|blir en|ett arbetslag|två arbetslag|två enheter|två grupper|två lag|samma bas|gemensam|flyttar in|flyttar ihop|delar hus",
    ),
    (
        "Scheman",
        "Rotas",
        "schema|schemaläggning|önskeschema|självschema|arbetspass|turbyte|arbetstid|helgtjänst|delade turer|bemanning|nattschema|sommarschema|turlista|öppningspass|arbetar natt|personal",
    ),
    (
        "Sjukfrånvaro",
        "Sick leave",
        "sjukfrånvaro|korttidsfrånvaro|sjukskriven|sjukskrivning|rehabilitering|rehabsamtal|ergonomi|sjukdag|sjukanmälan|frisknärvaro|sjuk|arbetsbelastning|skyddsrond|tungt arbete|vikariepool|längre ledighet|orken|medarbetare",
    ),
    (
        "Matsvinn",
        "Food waste",
        "matsvinn|svinn|slänga mat|tallrikssvinn|matrester|överskott|portion|tallrik|överbliven mat|karott|meny|matlåda|mat|kök|lunch|mellanmål",
    ),
    (
        "Samtal med föräldrar",
        "Talking with parents",
        "föräldradialog|föräldramöte|utvecklingssamtal|föräldraråd|vårdnadshavare|föräldrar|hämtning|tambur|föräldrasamtal|veckobrev|familj",
    ),
    (
        "Underskrift på skärm",
        "Signing on screen",
        "digital underskrift|signering|signera|underskrift|skriva under|namnteckning|underteckna|skriver under|e-tjänst|blankett|pappersblankett|avtal|samtycke|tillstånd|digital ansökan",
    ),
    (
        "Inflytande",
        "A say in things",
        "inflytande|brukarråd|boenderåd|husmöte|delaktighet|självbestämmande|anhörigråd|deltagarråd|elevråd|ungdomsråd|bestämma över|rösta|medbestämmande|panel|brukarforum|synpunkt|råd",
    ),
    (
        "Överlämning",
        "Handing over",
        "överlämning|övergång|byter skola|skolbyte|lämnas över|följer med upp|förskoleklass|skolstart|byta avdelning|betygslista|avhoppare|åtgärdsprogram|stadium|byter",
    ),
    (
        "Felanmälan",
        "Reporting faults",
        "felanmälan|trasig|vaktmästare|fastighetsskötare|sönder|arbetsorder|reparation|lampa|läcka|felanmäla|hantverkare|driftstörning",
    ),
    (
        "Praktik",
        "Work placements",
        "praktik|praktikplats|arbetsträning|lärling|praktikant|språkpraktik|egen försörjning|extratjänst|utan arbete|arbetsgivare",
    ),
    (
        "Hem från sjukhuset",
        "Coming home from hospital",
        "hemkomst|hemgång|utskrivning|utskriven|hem från sjukhuset|sjukhus|hemgångsteam|lasarett|vårdplanering|kommit hem|komma hem|utskrivningsklar",
    ),
    (
        "Språk",
        "Language",
        "språk|språkombud|yrkessvenska|språkstöd|modersmål|svenska|flerspråkig|språkträning|språkvän|tolk|andraspråk|språkutveckling|lättläst|sfi",
    ),
    (
        "Fordon",
        "Vehicles",
        "fordon|bilpool|elbil|laddning|laddstolpe|tjänstebil|körsträcka|rutt|samåkning|fordonspark|elcykel|laddplats|körordning|körlista",
    ),
    (
        "Återbruk",
        "Reuse",
        "återbruk|återanvända|begagnat|möbel|återbruksdepå|cirkulär|loppis|second hand|spill|kassera|riva|gemensamt förråd|laga",
    ),
    (
        "Bygglov",
        "Building permits",
        "bygglov|byggärende|komplettering|ritning|startbesked|attefall|altan|grannhörande|bygglovsansökan|handläggningstid|byggregler|lov",
    ),
)
