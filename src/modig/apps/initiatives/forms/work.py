"""The forms of what grows on an initiative's page: steps, diary, gates, people, words and files."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modig.apps.initiatives.forms.base import TwoTextsForm, long_text
from modig.apps.initiatives.forms.fields import InitiativeField
from modig.apps.initiatives.models import Gate, Initiative, Question, Quotation, Synonym
from modig.apps.people.forms.base import DayField, NamingForm
from modig.apps.people.forms.fields import PersonField

MOST_STEPS = 60


class StageForm(forms.Form):
    """The stage that is meant, the state of the initiative that was seen, and a word on it."""

    stage = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("A word on it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StepForm(forms.Form):
    """A step; one whose text is emptied is taken away."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Step"), max_length=300, required=False)
    due_on = DayField(label=_("To be done by"), required=False)
    done_on = DayField(label=_("Done"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_new = not cleaned.get("text") and not cleaned.get("key")
        if is_new and (cleaned.get("due_on") or cleaned.get("done_on")):
            self.add_error("text", _("Write what is to be done then."))
        return cleaned


StepFormSet = forms.formset_factory(StepForm, extra=3, max_num=MOST_STEPS, validate_max=True)


class DiaryForm(forms.Form):
    """What has happened."""

    text = long_text(3, label=_("What has happened?"))
    on = DayField(label=_("Day"), required=False)

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean_on(self) -> date:
        on = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise ValidationError(_("The day has not been yet."))
        return on


class GateForm(TwoTextsForm[Gate]):
    """What was settled, on which level, when and how."""

    on = DayField(label=_("day"), required=False)
    outcome = forms.CharField(
        label=_("outcome"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Gate
        fields = ["level", "on", "outcome", "is_passed"]

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        self.asks_for_level = self.instance.kind == Gate.Kind.CO_OPERATION
        if not self.asks_for_level:
            del self.fields["level"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_passed"):
            self._refuse_empty(cleaned)
        return cleaned

    def _refuse_empty(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("on"):
            self.add_error("on", _("A settled gate has a day."))
        elif cleaned["on"] > self.today:
            self.add_error("on", _("The day has not been yet, so it is not settled."))
        if not cleaned.get("outcome"):
            self.add_error("outcome", _("Say what the outcome was."))
        if self.asks_for_level and not cleaned.get("level"):
            self.add_error("level", _("Say on which level it was taken up."))


class MemberForm(NamingForm):
    """Somebody who is to work on the initiative."""

    person = PersonField(label=_("Who?"))


class QuestionForm(forms.Form):
    """A question to the owner."""

    text = long_text(3, label=_("Your question"), max_length=2000)


class AnswerForm(TwoTextsForm[Question]):
    """The owner's answer."""

    answer = long_text(3, label=_("answer"), max_length=2000)

    class Meta:
        model = Question
        fields = ["answer"]


class MergerForm(NamingForm):
    """In which initiative this one shall live on, and why."""

    target = InitiativeField(label=_("Lives on in"))
    why = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *given: Any, source: Initiative, **named: Any) -> None:
        super().__init__(*given, **named)
        self.source = source

    def clean_target(self) -> Initiative:
        target: Initiative = self.cleaned_data["target"]
        if target.pk == self.source.pk:
            raise ValidationError(_("That is this initiative itself. Choose another one."))
        return target


class QuotationForm(TwoTextsForm[Quotation]):
    """What was said, by whom, for what it may be shown, and when consent to that was given."""

    text = long_text(3, label=_("what was said"), max_length=1000)
    consent_on = DayField(
        label=_("Consent given on"),
        required=False,
        help_text=_("Without consent the quotation is shown only to those who edit."),
    )

    class Meta:
        model = Quotation
        fields = ["text", "who", "purpose", "consent_on"]
        help_texts = {
            "who": _("As it may be shown: a name, or only “a mother of two”."),
            "purpose": _("For example: this page and the printed story."),
        }

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on = cleaned.get("consent_on")
        if on and not cleaned.get("purpose"):
            self.add_error("purpose", _("Nobody can consent without knowing for what."))
        if on and on > self.today:
            self.add_error("consent_on", _("The day has not been yet."))
        return cleaned


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("File"), max_length=250)


class SynonymForm(TwoTextsForm[Synonym]):
    """Words that mean the same, one a line."""

    words = long_text(5, label=_("words, one a line"), max_length=300)

    class Meta:
        model = Synonym
        fields = ["words"]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["words"] = "\n".join(self.instance.words.split("|"))

    def clean_words(self) -> str:
        given = self.cleaned_data["words"].replace("|", "\n").splitlines()
        words = list(dict.fromkeys(" ".join(line.split()) for line in given if line.strip()))
        if len(words) < 2:
            raise ValidationError(_("Write at least two words, each on a line of its own."))
        return "|".join(words)
