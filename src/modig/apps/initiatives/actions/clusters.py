"""Drawing the map of initiatives, and making its clusters one's own."""

from collections.abc import Mapping, Sequence
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


@transaction.atomic
def draw_map(*, at: datetime) -> ClusterMap:
    """Put every initiative in its cluster anew; what people have placed stays there."""
    drawing, is_new = ClusterMap.objects.select_for_update().get_or_create(
        organisation=current_organisation(), defaults={"state": "", "drawn_at": at}
    )
    if is_new:
        keep_starting_clusters()
    drawing.state, drawing.drawn_at = state_now(), at
    texts = [Known(text, terms) for text, terms in texts_read()]
    kept = list(Cluster.objects.filter(is_found=False).order_by("pk"))
    placed = placed_in()
    result = clusters_of(texts, [_topic(one, placed.get(one.pk, [])) for one in kept])
    members: dict[Cluster, Sequence[str]] = {one: result.of_topics[str(one.pk)] for one in kept}
    members |= _found_again(result.found)
    _describe({one: keys for one, keys in members.items() if keys}, texts)
    _place_all(members)
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


def _found_again(groups: Sequence[Sequence[str]]) -> dict[Cluster, Sequence[str]]:
    """A cluster for each group: the one that most of it lay in before, or a new one.

    So that an address of a found cluster leads to the same thing after the map is drawn anew.
    """
    old = {one.pk: one for one in Cluster.objects.filter(is_found=True)}
    lay_in = dict(
        Initiative.objects.filter(cluster__in=old).order_by().values_list("pk", "cluster")
    )
    found: dict[Cluster, Sequence[str]] = {}
    for keys in groups:
        before = [lay_in[int(key)] for key in keys if lay_in.get(int(key)) in old]
        most = max(sorted(set(before)), key=before.count, default=0)
        same = old.pop(most, None) if 2 * before.count(most) > len(keys) else None
        found[same or _new_found()] = keys
    Cluster.objects.filter(pk__in=old).delete()
    return found


def _new_found() -> Cluster:
    return Cluster.objects.create(organisation=current_organisation(), name="–", is_found=True)


def _describe(members: Mapping[Cluster, Sequence[str]], texts: Sequence[Known]) -> None:
    """What holds each cluster together, in every language, and where it lies on the map."""
    for (x, y), one in zip(lie_of(texts, list(members.values())), members, strict=True):
        one.x, one.y, one.telling = x, y, {}
    for language, said in texts_by_language().items():
        for one, words in zip(members, telling_words(said, members.values()), strict=True):
            if words:
                one.telling[language] = words
    for one in members:
        if one.is_found:
            one.name, one.translations = _named(one.telling)
    Cluster.objects.bulk_update(members, ["x", "y", "telling", "name", "translations"])


def _named(telling: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, Any]]:
    """A name out of the words that hold a cluster together, in each language."""
    names = {
        language: ", ".join(words[:NAMED_BY]).capitalize()[:100]
        for language, words in telling.items()
    }
    own = names.pop("", "–")
    return own, {language: {"name": name} for language, name in names.items()}


def _place_all(members: Mapping[Cluster, Sequence[str]]) -> None:
    """Say of each initiative where it lies, without a new version: nobody has edited it."""
    Initiative.objects.filter(is_placed=False).exclude(cluster=None).update(cluster=None)
    for cluster, keys in members.items():
        for first in range(0, len(keys), AT_A_TIME):
            initiatives_of(keys[first : first + AT_A_TIME]).update(cluster=cluster)


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
