"""Fields are tied to their help and errors, whatever kind they are."""

import re

import pytest
from django import forms
from django.template import Context, Template

from pages.reading import read_page

KINDS = {
    "line": forms.CharField,
    "choice": forms.ChoiceField,
    "one of several": lambda **told: forms.ChoiceField(widget=forms.RadioSelect, **told),
    "several": lambda **told: forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, **told
    ),
    "yes or no": forms.BooleanField,
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_field_and_its_error_point_at_is_there_once(kind):
    class Form(forms.Form):
        first = KINDS[kind](label="First", help_text="Some help.")
        second = KINDS[kind](label="Second", help_text="Other help.")

    page = Template(
        "{% load ui %}{% form_errors form %}{% field form.first %}{% field form.second %}"
    )
    html = page.render(Context({"form": Form({"other": "sent"})}))

    keys = re.findall(r' id="([^"]*)"', html)
    pointed_at = {
        one
        for told in re.findall(r'(?:aria-describedby="|href="#|for=")([^"]+)"', html)
        for one in told.split()
    }
    assert len(keys) == len(set(keys))
    assert pointed_at <= set(keys)
    assert {"id_first", "id_first_help", "id_first_error", "id_second_error"} <= pointed_at
    assert read_page(html).wrong == []
