"""A cluster of the map: its name, and the words that its initiatives use."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from modig.apps.initiatives.forms.base import TwoTextsForm, long_text
from modig.apps.initiatives.models import Cluster


class ClusterForm(TwoTextsForm[Cluster]):
    """Name and words, one a line. A found cluster brings the words that hold it together."""

    words = long_text(
        10,
        label=_("words for it, one a line"),
        required=False,
        help_text=_(
            "An initiative that uses several of them is put here. A word counts in compounds too;"
            " several words on a line count only together."
        ),
    )

    class Meta:
        model = Cluster
        fields = ["name", "words"]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        cluster = self.instance
        words = cluster.words or "|".join(cluster.telling.get("", []))
        self.initial["words"] = "\n".join(words.split("|"))
        if cluster.pk and (get_language() or "")[:2] in cluster.translations:
            self.fields["name"].help_text = _(
                "Its translations are dropped when the name is changed."
            )

    def clean_words(self) -> str:
        given = self.cleaned_data["words"].replace("|", "\n").splitlines()
        words = dict.fromkeys(" ".join(line.split()) for line in given if line.strip())
        return "|".join(words)
