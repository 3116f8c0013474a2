"""The map of initiatives: its clusters, what each holds, and whether it is drawn of what is there now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from modig.apps.initiatives.models import OPEN_STAGES, Benefit, Cluster, ClusterMap, Initiative
from modig.apps.initiatives.queries.portfolio import SILENT_WEEKS
from modig.apps.initiatives.queries.similar import state_of_initiatives
from modig.apps.jobs.models import Job

JOB = "draw-map"


@dataclass(frozen=True, slots=True)
class Counted:
    """A cluster with how many of the initiatives that fit it holds, and what is known of them."""

    cluster: Cluster
    n: int
    departments: int = 0
    measured: int = 0
    silent: int = 0

    @property
    def telling(self) -> list[str]:
        """The words that hold it together."""
        return telling_words_of(self.cluster)


def telling_words_of(cluster: Cluster | None) -> list[str]:
    """What holds a cluster together, in the language of the page where that is known."""
    known = cluster.telling if cluster else {}
    words: list[str] = known.get((get_language() or "")[:2]) or known.get("") or []
    return words


def find_cluster(cluster_id: int) -> Cluster:
    return get_object_or_404(Cluster.objects, pk=cluster_id)


def clusters() -> QuerySet[Cluster]:
    return Cluster.objects.order_by("name", "pk")


def kept_clusters() -> list[Cluster]:
    """Those that people have named, by name: where one can place an initiative."""
    return sorted(clusters().filter(is_found=False), key=lambda one: str(one).casefold())


def counted(found: Q, today: date) -> tuple[list[Counted], int]:
    """The clusters with something that fits, the largest first, and how many are in none."""
    measured = Benefit.objects.filter(readings__isnull=False).values("initiative")
    silent = Q(heard_on__lte=today - timedelta(weeks=SILENT_WEEKS), stage__in=OPEN_STAGES)
    told = (
        Initiative.objects.filter(found)
        .order_by()
        .values_list("cluster")
        .annotate(
            n=Count("pk"),
            departments=Count("unit__top", distinct=True),
            measured=Count("pk", filter=Q(pk__in=measured)),
            silent=Count("pk", filter=silent),
        )
    )
    counts = {key: rest for key, *rest in told}
    in_none = counts.pop(None, [0])[0]
    rows = Cluster.objects.filter(pk__in=counts)
    shown = [Counted(one, *counts[one.pk]) for one in rows]
    return sorted(shown, key=lambda one: (-one.n, str(one.cluster).casefold())), in_none


def empty_clusters() -> list[Cluster]:
    """Those that people have named and that no initiative is in."""
    held = Initiative.objects.filter(merged_into=None, cluster__isnull=False).values("cluster")
    return list(clusters().filter(is_found=False).exclude(pk__in=held))


def placed_in() -> dict[int, list[int]]:
    """The initiatives that people have placed, by cluster."""
    rows = Initiative.objects.filter(is_placed=True, cluster__isnull=False, merged_into=None)
    found: dict[int, list[int]] = {}
    for cluster, initiative in rows.order_by("pk").values_list("cluster", "pk"):
        found.setdefault(cluster, []).append(initiative)
    return found


def texts_by_language() -> dict[str, dict[str, str]]:
    """What each living initiative says, as it was written ("") and in each language it is told in."""
    texts: dict[str, dict[str, str]] = {"": {}}
    rows = Initiative.objects.filter(merged_into=None).order_by("pk")
    fields = ("title", "group_text", "why", "hypothesis")
    for pk, translations, *own in rows.values_list("pk", "translations", *fields):
        texts[""][str(pk)] = " ".join(own)
        for language, said in translations.items():
            told = [said.get(name, "") for name in fields]
            texts.setdefault(language, {})[str(pk)] = " ".join(told)
    return texts


# ---- is it drawn of what is there now? ----------------------------------------------------------


def current_map() -> ClusterMap | None:
    return ClusterMap.objects.first()


def state_now() -> str:
    """What the map would be drawn of: it changes with every initiative and every named cluster."""
    kept = Cluster.objects.filter(is_found=False)
    found = kept.aggregate(n=Count("pk"), last=Max("pk"), versions=Sum("version"))
    return f"{state_of_initiatives()}-{found['n']}-{found['last']}-{found['versions']}"


def latest_drawing() -> Job | None:
    """The latest job that draws or has drawn the map."""
    return Job.objects.filter(kind=JOB).order_by("-queued_at", "-pk").first()


def initiatives_of(keys: Sequence[str]) -> QuerySet[Initiative]:
    return Initiative.objects.filter(pk__in=[int(key) for key in keys])
