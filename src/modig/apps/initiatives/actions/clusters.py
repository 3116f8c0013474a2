"""Drawing the map of initiatives, and making its clusters one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.clustering import (
    Known,
    Topic,
    clusters_of,
    lie_of,
    telling_words,
)
from modig.apps.initiatives.models import Cluster, ClusterMap, Initiative
from modig.apps.initiatives.queries.clusters import (
    initiatives_of,
    placed_in,
    state_now,
    texts_by_language,
)
from modig.apps.initiatives.queries.similar import texts_read
from modig.apps.initiatives.topics import STARTING_CLUSTERS
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

NAMED_BY = 2
"""So many of its telling words name a cluster that modig has found."""
FIELDS = ["name", "words", "translations"]
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class _Group:
    """Initiatives of one cluster: where it lies, and what holds it together by language."""

    cluster: Cluster | None
    keys: Sequence[str]
    place: tuple[float, float]
    telling: dict[str, list[str]]


def draw_map(*, at: datetime) -> ClusterMap:
    """Put every initiative in its cluster anew; what people have placed stays there.

    It reads and thinks first and writes at the end, so that nobody waits for it. What is changed
    meanwhile makes the map one of what was, and it is drawn again.
    """
    _begin(at)
    state = state_now()
    groups = _groups()
    return _keep(groups, state, at)


@transaction.atomic
def _begin(at: datetime) -> None:
    own = {"organisation": current_organisation()}
    _, is_new = ClusterMap.objects.get_or_create(**own, defaults={"state": "", "drawn_at": at})
    if is_new:
        keep_starting_clusters()


def _groups() -> list[_Group]:
    """The clusters that have something in them, those that people have named first."""
    texts = [Known(text, terms) for text, terms in texts_read()]
    kept = list(Cluster.objects.filter(is_found=False).order_by("pk"))
    placed = placed_in()
    result = clusters_of(texts, [_topic(one, placed.get(one.pk, [])) for one in kept])
    members: list[tuple[Cluster | None, Sequence[str]]] = [
        *((one, keys) for one in kept if (keys := result.of_topics[str(one.pk)])),
        *((None, keys) for keys in result.found),
    ]
    every = [keys for _cluster, keys in members]
    told = {language: telling_words(said, every) for language, said in texts_by_language().items()}
    return [
        _Group(
            cluster,
            keys,
            place,
            {language: words[number] for language, words in told.items() if words[number]},
        )
        for number, ((cluster, keys), place) in enumerate(
            zip(members, lie_of(texts, every), strict=True)
        )
    ]


@transaction.atomic
def _keep(groups: Sequence[_Group], state: str, at: datetime) -> ClusterMap:
    drawing = ClusterMap.objects.select_for_update().get()
    there = {one.pk: one for one in Cluster.objects.filter(is_found=False)}
    named = [
        (there[group.cluster.pk], group)
        for group in groups
        if group.cluster is not None and group.cluster.pk in there
    ]
    members = [*named, *_found_again([group for group in groups if group.cluster is None])]
    _describe(members)
    _place_all([(cluster, group.keys) for cluster, group in members])
    drawing.state, drawing.drawn_at = state, at
    drawing.save()
    return drawing


def keep_starting_clusters() -> list[Cluster]:
    """What an organisation without clusters begins with."""
    if Cluster.objects.exists():
        return []
    own = current_organisation()
    return Cluster.objects.bulk_create(
        Cluster(organisation=own, name=sv, words=words, translations={"en": {"name": en}})
        for sv, en, words in STARTING_CLUSTERS
    )


def _topic(cluster: Cluster, placed: Sequence[int]) -> Topic:
    words = [word for word in cluster.words.split("|") if word]
    return Topic(str(cluster.pk), words, frozenset(map(str, placed)))


def _found_again(groups: Sequence[_Group]) -> list[tuple[Cluster, _Group]]:
    """A cluster for each group: the one that most of it lay in before, or a new one.

    So that an address of a found cluster leads to the same thing after the map is drawn anew.
    """
    old = {one.pk: one for one in Cluster.objects.filter(is_found=True)}
    lay_in = dict(
        Initiative.objects.filter(cluster__in=old).order_by().values_list("pk", "cluster")
    )
    found = []
    for group in groups:
        before = [lay_in[int(key)] for key in group.keys if lay_in.get(int(key)) in old]
        most = max(sorted(set(before)), key=before.count, default=0)
        same = old.pop(most, None) if 2 * before.count(most) > len(group.keys) else None
        found.append((same or _new_found(), group))
    Cluster.objects.filter(pk__in=old).delete()
    return found


def _new_found() -> Cluster:
    return Cluster.objects.create(organisation=current_organisation(), name="–", is_found=True)


def _describe(members: Sequence[tuple[Cluster, _Group]]) -> None:
    """Write down where each cluster lies and what holds it together; name what modig has found."""
    for cluster, group in members:
        (cluster.x, cluster.y), cluster.telling = group.place, group.telling
        if cluster.is_found:
            cluster.name, cluster.translations = _named(group.telling)
    rows = [cluster for cluster, _group in members]
    Cluster.objects.bulk_update(rows, ["x", "y", "telling", "name", "translations"])


def _named(telling: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, Any]]:
    """A name out of the words that hold a cluster together, in each language."""
    names = {
        language: ", ".join(words[:NAMED_BY]).capitalize()[:100]
        for language, words in telling.items()
    }
    own = names.pop("", "–")
    return own, {language: {"name": name} for language, name in names.items()}


def _place_all(members: Sequence[tuple[Cluster, Sequence[str]]]) -> None:
    """Say of each initiative where it lies, without a new version: nobody has edited it."""
    Initiative.objects.filter(is_placed=False).exclude(cluster=None).update(cluster=None)
    for cluster, keys in members:
        for first in range(0, len(keys), AT_A_TIME):
            found = initiatives_of(keys[first : first + AT_A_TIME])
            found.filter(is_placed=False).update(cluster=cluster)


# ---- making clusters one's own ------------------------------------------------------------------


@transaction.atomic
def keep_cluster(name: str, words: str, *, by: User | None, at: datetime) -> Cluster:
    """A new cluster; sent again, it is the one that is there already."""
    same = Cluster.objects.filter(name=name, words=words, is_found=False).first()
    if same is not None:
        return same
    cluster = Cluster.objects.create(organisation=current_organisation(), name=name, words=words)
    record("create", cluster, at=at, by=by)
    return cluster


@transaction.atomic
def edit_cluster(cluster: Cluster, *, version: int, by: User | None, at: datetime) -> None:
    """Save name and words. One that modig had found stays from now on, with what lies in it."""
    before = Cluster.objects.get(pk=cluster.pk)
    if before.name != cluster.name:
        cluster.translations = {}
    if before.is_found:
        cluster.is_found = False
        cluster.initiatives.update(is_placed=True)
    save_edit(cluster, version=version, fields=[*FIELDS, "is_found"])
    record("edit", cluster, at=at, by=by)


@transaction.atomic
def remove_cluster(cluster: Cluster, *, by: User | None, at: datetime) -> None:
    """The cluster goes; its initiatives are placed anew when the map is drawn."""
    record("delete", cluster, at=at, by=by)
    cluster.initiatives.update(is_placed=False, cluster=None)
    cluster.delete()


@transaction.atomic
def place_in_cluster(
    initiative: Initiative, cluster: Cluster, *, version: int, by: User | None, at: datetime
) -> None:
    """Put an initiative in a cluster, where it stays however the map is drawn."""
    initiative.cluster, initiative.is_placed = cluster, True
    save_edit(initiative, version=version, fields=["cluster", "is_placed"])
    record("edit", initiative, at=at, by=by, changed=["cluster"])
