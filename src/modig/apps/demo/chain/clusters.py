"""The clusters that Mälarvik has put its initiatives in, and the map drawn of them."""

from collections import defaultdict
from collections.abc import Sequence

from modig.apps.demo.chain.ground import TODAY, Ground, morning
from modig.apps.demo.chain.initiatives import Planned
from modig.apps.initiatives.actions.clusters import draw_map, keep_starting_clusters
from modig.apps.initiatives.models import Initiative

NAMES = {
    "mottagande": "Vägen in", "telefon": "Telefonen", "kontinuitet": "Kontinuitet",
    "elevhalsa": "Elevhälsa", "fakturaflode": "Fakturor", "introduktion": "En bra start på jobbet",
    "motesstruktur": "Möten", "skolnarvaro": "Skolnärvaro", "sammanslagning": "Lag som blir ett",
    "schema": "Scheman", "sjukfranvaro": "Sjukfrånvaro", "matsvinn": "Matsvinn",
    "foraldradialog": "Samtal med föräldrar", "esign": "Underskrift på skärm",
    "brukarrad": "Inflytande", "overlamning": "Överlämning", "felanmalan": "Felanmälan",
    "praktik": "Praktik", "hemkomst": "Hem från sjukhuset", "sprak": "Språk", "fordon": "Fordon",
    "aterbruk": "Återbruk", "bygglov": "Bygglov",
}  # fmt: skip
"""What the content's marks are called on the map."""
AT_A_TIME = 500


def load_clusters(ground: Ground, planned: Sequence[Planned]) -> None:
    """Place what people have placed; draw the map, unless it is so large that a worker does."""
    named = {cluster.name: cluster for cluster in keep_starting_clusters()}
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for one in planned:
        keys[one.row["cluster"]].append(one.initiative.pk)
    for mark, name in NAMES.items():
        for first in range(0, len(keys[mark]), AT_A_TIME):
            found = Initiative.objects.filter(pk__in=keys[mark][first : first + AT_A_TIME])
            found.update(cluster=named[name], is_placed=True)
    if ground.size != "large":
        draw_map(at=morning(TODAY))
