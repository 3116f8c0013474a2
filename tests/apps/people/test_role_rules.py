import pytest
from django.urls import reverse
from django.utils import timezone

from apps.people.factories import make_person, make_rule, make_unit
from apps.people.imports.desk import ANNA, BO, Desk
from modig.apps.people.actions.role_rules import apply_rules
from modig.apps.people.models import Employment, RoleRule

pytestmark = pytest.mark.django_db
ADDRESS = "people:role_rules"


@pytest.fixture
def staff(organisation):
    unit = make_unit()
    for title in ("Rektor", "Enhetschef", "Enhetschef", "Chefssekreterare", "Lärare"):
        make_person(unit=unit, title=title)


@pytest.fixture
def owner(staff, signed_in):
    return signed_in("programme-owner")


def rule_as_sent(words, **given):
    return {"how": "contains", "words": words, "role": "manager", "order": 1, "version": 1, **given}


def managers():
    return sorted(Employment.objects.filter(role="manager").values_list("title", flat=True))


def test_saved_rule_gives_every_title_its_role(owner):
    owner.post(reverse(ADDRESS), rule_as_sent("chef|rektor"))

    assert managers() == ["Chefssekreterare", "Enhetschef", "Enhetschef", "Rektor"]


def test_first_rule_that_fits_decides(owner):
    make_rule("chefssekreterare", role="employee", order=1)

    owner.post(reverse(ADDRESS), rule_as_sent("chef", order=2))

    assert managers() == ["Enhetschef", "Enhetschef"]


def test_edited_rule_takes_back_what_it_gave(owner):
    rule = make_rule("chef|rektor")
    apply_rules(on=timezone.localdate())

    owner.post(reverse("people:role_rule", args=[rule.pk]), rule_as_sent("rektor"))

    assert managers() == ["Rektor"]


def test_deleted_rule_takes_back_what_it_gave(owner):
    rule = make_rule("chef")
    apply_rules(on=timezone.localdate())

    owner.post(reverse("people:rule_deletion", args=[rule.pk]))

    assert managers() == []


def test_what_the_file_says_of_a_manager_outlives_the_rules(staff):
    Employment.objects.filter(title="Lärare").update(named_manager=True)
    make_rule("rektor")

    apply_rules(on=timezone.localdate())

    assert managers() == ["Lärare", "Rektor"]


def test_role_chosen_by_hand_outlives_rules_and_files(signed_in, organisation, settings, tmp_path):
    settings.UPLOADS = tmp_path
    desk = Desk(signed_in("programme-owner"))
    desk.take(ANNA, BO)
    employment = Employment.objects.get(person__number="2")
    edit = {"unit": "BU", "title": "Lärare", "role": "key_person", "version": employment.version}
    desk.client.post(reverse("people:employment_edit", args=[employment.pk]), edit)

    desk.client.post(reverse(ADDRESS), rule_as_sent("lärare"))
    desk.take(ANNA, BO.replace("Lärare", "Förstelärare"))

    employment.refresh_from_db()
    assert (employment.title, employment.role) == ("Förstelärare", "key_person")


def test_trying_a_rule_saves_nothing_and_tells_whom_it_fits(owner):
    answer = owner.post(reverse(ADDRESS), rule_as_sent("chef", **{"try": "1"}))

    tried = answer.context["tried"]
    assert (tried.people, tried.decides, tried.changes) == (3, 3, 3)
    assert tried.titles == [("Enhetschef", 2), ("Chefssekreterare", 1)]
    assert (RoleRule.objects.count(), managers()) == (0, [])


def test_count_is_live_while_one_writes(owner):
    answer = owner.get(reverse("people:rule_matches"), rule_as_sent("rektor"))

    assert answer.context["tried"].people == 1


def test_rule_behind_another_tells_what_is_left_for_it(owner):
    make_rule("enhetschef", order=1)

    answer = owner.post(reverse(ADDRESS), rule_as_sent("chef", order=2, **{"try": "1"}))

    assert (answer.context["tried"].people, answer.context["tried"].decides) == (3, 1)


@pytest.mark.parametrize("words", ["", "  ", " | "])
def test_rule_without_words_is_refused(owner, words):
    answer = owner.post(reverse(ADDRESS), rule_as_sent(words))

    assert (answer.status_code, RoleRule.objects.count()) == (422, 0)


def test_second_edit_of_the_same_rule_is_told_of_the_first(owner):
    rule = make_rule("chef")
    address = reverse("people:role_rule", args=[rule.pk])
    owner.post(address, rule_as_sent("rektor"))

    answer = owner.post(address, rule_as_sent("lärare"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "rektor" in page
    assert "lärare" in page
    assert managers() == ["Rektor"]
